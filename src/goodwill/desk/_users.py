"""Who may sign in: made from the command line, before the desk is opened."""

from __future__ import annotations

import secrets
from pathlib import Path

from goodwill.desk.settings import configure


def ensure_user(book_folder: Path, username: str, password: str | None = None) -> str:
    """Make ``username`` able to sign in to the Book's desk and return the password.

    The user is made when absent. With no password given a random one is set, so that a second
    call changes it.

    Raises:
        GoodwillError: This process already serves another Book.
    """
    configure(Path(book_folder))
    from goodwill.desk.accounts.models import User

    chosen = password if password is not None else secrets.token_urlsafe(9)
    user = User.objects.filter(username=username).first() or User(username=username)
    user.set_password(chosen)
    user.is_active = True
    user.save()
    return chosen


def has_users(book_folder: Path) -> bool:
    """Tell whether anyone can sign in to the Book's desk yet."""
    configure(Path(book_folder))
    from goodwill.desk.accounts.models import User

    return bool(User.objects.filter(is_active=True).exists())
