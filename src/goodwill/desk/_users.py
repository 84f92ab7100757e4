"""Who may sign in: made and changed from the command line, before the desk is opened."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from goodwill.desk.settings import configure
from goodwill.errors import InputError, NotFound


@dataclass(frozen=True, slots=True)
class Reader:
    """Someone who may sign in to the desk, or could once."""

    name: str
    role: str
    active: bool
    last_signed_in: datetime | None

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill user list --json`` prints them."""
        return asdict(self)


def ensure_user(
    book_folder: Path, username: str, password: str | None = None, *, role: str = "admin"
) -> str:
    """Make ``username`` able to sign in to the Book's desk and return the password.

    The user is made when absent, with this role; one who is there keeps his. With no password
    given a random one is set, so that a second call changes it.

    Raises:
        InputError: The name or the password is empty, the name is too long, or the role unknown.
        GoodwillError: This process already serves another Book.
    """
    if not username.strip() or len(username) > 150 or password == "":
        raise InputError(
            f"{username!r} with that password cannot sign in.",
            hint="Give a name of 1 to 150 characters, and a password or none.",
        )
    configure(Path(book_folder))
    from goodwill.desk.accounts import people
    from goodwill.desk.accounts.models import User

    user = User.objects.filter(username=username).first()
    if user is None:
        return people.add(username, role, password)[1]
    user.is_active = True
    user.save(update_fields=["is_active"])
    if password is None:
        return people.renew(user)
    user.set_password(password)
    user.save(update_fields=["password"])
    return password


def add_user(book_folder: Path, username: str, role: str) -> str:
    """Make someone new able to sign in and return his random password.

    Raises:
        InputError: The name is taken or cannot be one, or there is no such role.
        GoodwillError: This process already serves another Book.
    """
    configure(Path(book_folder))
    from goodwill.desk.accounts import people

    return people.add(username, role)[1]


def change_user(
    book_folder: Path, username: str, *, role: str | None = None, active: bool | None = None
) -> None:
    """Change someone's role, or whether he may sign in.

    Raises:
        NotFound: Nobody has that name.
        InputError: There is no such role, or no admin would be left.
        GoodwillError: This process already serves another Book.
    """
    configure(Path(book_folder))
    from goodwill.desk.accounts import people
    from goodwill.desk.accounts.models import User

    user = User.objects.filter(username=username).first()
    if user is None:
        raise NotFound(f"Nobody signs in as {username!r}.", hint="`goodwill user list` lists all.")
    people.change(user, role=role, active=active)


def users(book_folder: Path) -> list[Reader]:
    """Return all who may sign in to the Book's desk, or could once, by name.

    Raises:
        GoodwillError: This process already serves another Book.
    """
    configure(Path(book_folder))
    from goodwill.desk.accounts.models import User

    return [
        Reader(user.username, user.role, user.is_active, user.last_login)
        for user in User.objects.order_by("username")
    ]


def has_users(book_folder: Path) -> bool:
    """Return whether anyone may sign in to the Book's desk yet.

    Raises:
        GoodwillError: This process already serves another Book.
    """
    configure(Path(book_folder))
    from goodwill.desk.accounts.models import User

    return User.objects.filter(is_active=True).exists()
