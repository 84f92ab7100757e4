"""The desk's settings: made from the Book's folder and the environment, checked at start."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from goodwill.desk import ensure_user, has_users, settings
from goodwill.errors import GoodwillError, InputError, SettingsError

KEY = "k" * 40


@pytest.fixture(autouse=True)
def no_other_database(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is tested here does not ask for one; in PostgreSQL it would ask for a Book."""
    monkeypatch.delenv("GOODWILL_DATABASE_URL", raising=False)


def test_the_secret_key_is_made_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    first = settings.values(tmp_path)["SECRET_KEY"]
    path = tmp_path / "desk" / "secret_key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert len(first) >= 48
    assert settings.values(tmp_path)["SECRET_KEY"] == first
    assert [p.name for p in path.parent.iterdir()] == ["secret_key"]


def test_the_secret_key_may_come_from_the_environment_or_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "key"
    kept.write_text(KEY + "\n")
    monkeypatch.setenv("GOODWILL_SECRET_KEY_FILE", str(kept))
    assert settings.values(tmp_path)["SECRET_KEY"] == KEY
    monkeypatch.setenv("GOODWILL_SECRET_KEY", KEY.upper())
    assert settings.values(tmp_path)["SECRET_KEY"] == KEY.upper()
    assert not (tmp_path / "desk" / "secret_key").exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GOODWILL_SECRET_KEY", "short"),
        ("GOODWILL_SECRET_KEY_FILE", "/no/such/file"),
        ("GOODWILL_HOSTS", "desk.example.org,*"),
        ("GOODWILL_HOSTS", "https://desk.example.org"),
        ("GOODWILL_HTTPS", "maybe"),
    ],
)
def test_a_bad_value_is_named_with_its_variable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError, match=name) as caught:
        settings.values(tmp_path)
    assert caught.value.hint


def test_hosts_are_the_loopback_and_those_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings.values(tmp_path)["ALLOWED_HOSTS"] == ["127.0.0.1", "localhost", "[::1]"]
    monkeypatch.setenv("GOODWILL_HOSTS", " Desk.example.org, .intern.example ,192.168.1.20,")
    chosen = settings.values(tmp_path)
    assert chosen["ALLOWED_HOSTS"][3:] == ["desk.example.org", ".intern.example", "192.168.1.20"]
    assert chosen["CSRF_TRUSTED_ORIGINS"] == [
        "https://desk.example.org", "https://*.intern.example", "https://192.168.1.20",
    ]  # fmt: skip


def test_behind_https_cookies_stay_on_https(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = settings.values(tmp_path)
    assert not plain["SESSION_COOKIE_SECURE"] and not plain["SECURE_HSTS_SECONDS"]
    monkeypatch.setenv("GOODWILL_HTTPS", "1")
    chosen = settings.values(tmp_path)
    assert chosen["SESSION_COOKIE_SECURE"] and chosen["CSRF_COOKIE_SECURE"]
    assert chosen["SECURE_HSTS_SECONDS"] > 0


def test_the_desks_tables_are_private_and_in_wal(desk_folder: Path) -> None:
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("the desk's tables lie in another database")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA journal_mode")
        assert cursor.fetchone() == ("wal",)
    path = desk_folder / "desk" / "desk.sqlite3"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_models_and_migrations_agree(desk_folder: Path) -> None:
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_user_gets_a_random_password_and_a_new_one_when_asked_again(
    desk_folder: Path, user: object
) -> None:
    from django.contrib.auth import authenticate

    first = ensure_user(desk_folder, "bob")
    assert len(first) >= 12
    assert authenticate(username="bob", password=first) is not None
    second = ensure_user(desk_folder, "bob")
    assert second != first
    assert authenticate(username="bob", password=first) is None
    assert ensure_user(desk_folder, "bob", "chosen by hand") == "chosen by hand"
    assert authenticate(username="bob", password="chosen by hand") is not None


def test_a_book_without_users_says_so(desk_folder: Path, user: Any) -> None:
    assert has_users(desk_folder)
    user.delete()
    assert not has_users(desk_folder)


@pytest.mark.parametrize(
    ("name", "password"), [("", None), (" ", None), ("x" * 151, None), ("bob", "")]
)
def test_a_user_without_name_or_password_is_refused(
    desk_folder: Path, name: str, password: str | None
) -> None:
    with pytest.raises(InputError):
        ensure_user(desk_folder, name, password)


def test_one_process_serves_one_book(desk_folder: Path, tmp_path: Path) -> None:
    with pytest.raises(GoodwillError, match="another Book"):
        ensure_user(tmp_path, "bob")
