"""Who may sign in: made from the command line, before the desk is opened."""

from __future__ import annotations

import secrets
from pathlib import Path

from goodwill.desk.settings import configure
from goodwill.errors import InputError


def ensure_user(book_folder: Path, username: str, password: str | None = None) -> str:
    """Make ``username`` able to sign in to the Book's desk and return the password.

    The user is made when absent. With no password given a random one is set, so that a second
    call changes it.

    Raises:
        InputError: The name or the password is empty, or the name is too long.
        GoodwillError: This process already serves another Book.
    """
    if not username.strip() or len(username) > 150 or password == "":
        raise InputError(
            f"{username!r} with that password cannot sign in.",
            hint="Give a name of 1 to 150 characters, and a password or none.",
        )
    configure(Path(book_folder))
    from django.contrib.auth.models import Group

    from goodwill.desk.accounts.models import User
    from goodwill.desk.imports.access import GROUP

    chosen = password if password is not None else secrets.token_urlsafe(9)
    user = User.objects.filter(username=username).first() or User(username=username)
    user.set_password(chosen)
    user.is_active = True
    user.save()
    # Who makes users on the command line may add files there: so may whom he makes.
    user.groups.add(Group.objects.get_or_create(name=GROUP)[0])
    return chosen


def has_users(book_folder: Path) -> bool:
    """Return whether anyone may sign in to the Book's desk yet.

    Raises:
        GoodwillError: This process already serves another Book.
    """
    configure(Path(book_folder))
    from goodwill.desk.accounts.models import User

    return User.objects.filter(is_active=True).exists()
