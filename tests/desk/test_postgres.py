"""The desk's tables in PostgreSQL: the address, the schema of each Book, the same tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import postgres
import pytest

from goodwill import settings
from goodwill.desk.database import database
from goodwill.errors import SettingsError
from goodwill.settings import Settings

HERE = Path(__file__).parent
FEW = "one_a_customer_and_problem or two_who_open or killed or forgotten_customers"
"""What differs most between databases: constraints, threads, a kill, many rows at once."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    if reason := postgres.why_not():
        pytest.skip(reason)
    with postgres.cluster() as found:
        yield found


@pytest.fixture
def book_folder(tmp_path: Path) -> Path:
    settings.write(tmp_path, Settings(book_id="0123456789abcdef", name="Harbour & Pine"))
    return tmp_path


def test_the_same_tests_pass_in_postgresql(address: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", HERE / "test_follow_ups.py",
         "-p", "no:cacheprovider", "-k", FEW],
        env={**os.environ, "GOODWILL_DATABASE_URL": address}, cwd=HERE.parents[1],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout[-3000:]
    assert " passed" in ran.stdout and postgres.PASSWORD not in ran.stdout + ran.stderr


OPEN = "import sys; from pathlib import Path; from goodwill.desk import has_users;" + (
    "from goodwill.errors import GoodwillError\n"
    "try: print(has_users(Path(sys.argv[1])))\n"
    "except GoodwillError as error: print(error)"
)


def test_a_wrong_password_is_told_without_the_password(address: str, book_folder: Path) -> None:
    wrong = address.replace(postgres.PASSWORD, "wr0ng-word")
    ran = subprocess.run(
        [sys.executable, "-c", OPEN, book_folder], capture_output=True, text=True, check=True,
        env={**os.environ, "GOODWILL_DATABASE_URL": wrong},
    )  # fmt: skip
    assert "the user or the password is wrong" in ran.stdout
    assert "wr0ng-word" not in ran.stdout + ran.stderr and "Traceback" not in ran.stderr
    assert not list((book_folder / "desk").glob("*.sqlite3"))


def test_an_address_becomes_settings_with_the_schema_of_the_book(
    book_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("psycopg", reason="no driver for PostgreSQL")
    kept = book_folder / "url"
    kept.write_text("postgresql://ada:p%40ss@db.example.org:6432/people?sslmode=require\n")
    monkeypatch.setenv("GOODWILL_DATABASE_URL", "")
    assert database(book_folder)["ENGINE"] == "django.db.backends.sqlite3"
    monkeypatch.setenv("GOODWILL_DATABASE_URL_FILE", str(kept))
    found = database(book_folder)
    assert found["ENGINE"] == "django.db.backends.postgresql"
    named = [found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")]
    assert named == ["people", "ada", "p@ss", "db.example.org", "6432"]
    assert found["OPTIONS"]["sslmode"] == "require"
    assert found["OPTIONS"]["options"] == "-c search_path=goodwill_0123456789abcdef"


@pytest.mark.parametrize(
    "value",
    ["mysql://a:hidden@h/x", "postgresql://a:hidden@h", "postgresql://a:hidden@h:port/x",
     "postgresql://a:hidden@h/x?options=-c+role%3Droot", "postgresql://a:hidden@h/x?sslmode"],
)  # fmt: skip
def test_an_address_that_cannot_be_used_is_refused_and_never_repeated(
    book_folder: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("GOODWILL_DATABASE_URL", value)
    with pytest.raises(SettingsError, match="GOODWILL_DATABASE_URL") as caught:
        database(book_folder)
    assert caught.value.hint and "hidden" not in str(caught.value)
