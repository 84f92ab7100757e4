"""A desk to test: Django configured once for an empty Book's folder, and a Book made by hand."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from made_book import MadeBook
from reader import NAME, PASSWORD

from goodwill.desk.database import is_elsewhere
from goodwill.desk.settings import configure
from goodwill.settings import Settings, write

if TYPE_CHECKING:
    from django.test import Client


@pytest.fixture(scope="session")
def desk_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that Django is configured for, in this process once and for all."""
    from django.conf import settings

    if settings.configured:
        return Path(settings.BOOK_FOLDER)
    folder = tmp_path_factory.mktemp("desk-book")
    if is_elsewhere():  # the schema of its tables is named by the Book's id
        write(folder, Settings(book_id=secrets.token_hex(8), name="Harbour & Pine"))
    configure(folder)
    settings.ALLOWED_HOSTS.append("testserver")
    # Quick on purpose: each test makes a user, and none of them tests how a password is kept.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return folder


@pytest.fixture
def book(desk_folder: Path, monkeypatch: pytest.MonkeyPatch) -> MadeBook:
    """The Book that every page of the test reads; change it to change what they show."""
    made = MadeBook()
    monkeypatch.setattr("goodwill.desk.reading._open", lambda: made)
    return made


@pytest.fixture
def user(desk_folder: Path) -> Iterator[object]:
    """Ada, an admin; nobody else, no failed sign-ins and no log are remembered."""
    from goodwill.desk.accounts.models import AuditEntry, FailedSignIn, User

    for model in (User, FailedSignIn, AuditEntry):
        model.objects.all().delete()
    yield User.objects.create_user(NAME, password=PASSWORD, role="admin")


@pytest.fixture
def client(book: MadeBook, user: object) -> Client:
    """Ada's browser, signed in."""
    from django.test import Client

    signed_in = Client()
    signed_in.force_login(user)  # type: ignore[arg-type]
    return signed_in


@pytest.fixture
def stranger(book: MadeBook, user: object) -> Client:
    """The browser of someone who is not signed in."""
    from django.test import Client

    return Client()
