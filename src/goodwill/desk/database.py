"""Where the desk keeps what people write: SQLite in the Book's folder, or PostgreSQL by address.

Environment:

- ``GOODWILL_DATABASE_URL`` or ``GOODWILL_DATABASE_URL_FILE``: such as
  ``postgresql://user:password@db.example.org:5432/goodwill?sslmode=verify-full``. Without it the
  desk keeps its tables in ``<book>/desk/desk.sqlite3``. The address holds a password: no message
  and no log ever repeats it.

Each Book has a schema of its own in that database, named by its id: a desk never meets the
follow-ups of another Book, which it would take for those of forgotten customers.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from goodwill import settings
from goodwill.environment import secret_of
from goodwill.errors import GoodwillError, SettingsError

SQLITE = "desk.sqlite3"
_ALLOWED = ("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name")
"""Options of libpq that the address may carry."""
_HINT = "Such as postgresql://user:password@db.example.org:5432/goodwill?sslmode=verify-full"


def database(folder: Path) -> dict[str, Any]:
    """Return Django's settings of the database of the Book in ``folder``.

    Raises:
        SettingsError: The address cannot be used, or the driver for it is not installed.
        BookError: The Book that names the schema cannot be read.
    """
    address = _address()
    return _postgres(address, folder) if address else _sqlite(folder)


def is_elsewhere() -> bool:
    """Return whether the desk's tables lie outside the Book's folder."""
    return bool(_address())


def schema_of(folder: Path) -> str:
    """Return the schema of a Book's desk: its id, with a word before it."""
    return f"goodwill_{settings.read(folder).book_id}"


def make_schema() -> None:
    """Make the schema of this Book's desk where it is not there yet.

    Raises:
        GoodwillError: The database does not answer, or does not let this user in.
    """
    from django.db import OperationalError, ProgrammingError, connection

    if connection.vendor != "postgresql":
        return
    told = connection.settings_dict
    schema = told["SCHEMA"]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [schema])
            if cursor.fetchone() is None:
                name = connection.ops.quote_name(schema)
                cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {name}")
    except (OperationalError, ProgrammingError) as error:
        # Drivers may repeat parts of the address: what they say stays out of the message.
        raise GoodwillError(
            f"The database {told['NAME']} at {told['HOST'] or 'its socket'} cannot be used: "
            f"{_kind(error)}.",
            hint="Look whether it runs, and whether GOODWILL_DATABASE_URL names a user who may "
            "connect and make a schema there.",
        ) from None


def _kind(error: Exception) -> str:
    text = str(error).lower()
    for sign, words in (
        ("permission denied", "this user may not make a schema"),
        ("authentication failed", "the user or the password is wrong"),
        ("does not exist", "there is no such database or user"),
        ("no password supplied", "it asks for a password"),
        ("ssl", "the encrypted connection cannot be made"),
    ):
        if sign in text:
            return words
    return "it does not answer"


def _address() -> str:
    return secret_of("GOODWILL_DATABASE_URL")


def _sqlite(folder: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(folder / "desk" / SQLITE),
        "OPTIONS": {
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
            # What is deleted is overwritten: an erased customer is in no free page.
            "PRAGMA secure_delete=ON;",
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }


def _postgres(address: str, folder: Path) -> dict[str, Any]:
    try:
        parts = urlsplit(address)
        port = parts.port
        name = unquote(parts.path.lstrip("/"))
        asked = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError:
        raise SettingsError(
            "GOODWILL_DATABASE_URL is no address of a database.", hint=_HINT
        ) from None
    if parts.scheme not in ("postgresql", "postgres") or not name:
        raise SettingsError(
            "GOODWILL_DATABASE_URL must name a PostgreSQL database, or be left out for SQLite.",
            hint=_HINT,
        )
    # A socket's folder cannot stand where a host does: it comes as ?host=/run/postgresql.
    host = asked.pop("host", "") or parts.hostname or ""
    if wrong := sorted(set(asked) - set(_ALLOWED)):
        raise SettingsError(
            f"GOODWILL_DATABASE_URL: {', '.join(wrong)}: no such option.",
            hint="It takes host, " + ", ".join(_ALLOWED),
        )
    try:
        import psycopg  # noqa: F401  (asked for here, so that its absence can be told)
    except ImportError:
        raise SettingsError(
            "GOODWILL_DATABASE_URL names PostgreSQL, and its driver is not installed.",
            hint="pip install 'goodwill[postgres]'",
        ) from None
    schema = schema_of(folder)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": host,
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 300,
        "CONN_HEALTH_CHECKS": True,
        "SCHEMA": schema,
        "OPTIONS": {"connect_timeout": "10", **asked, "options": f"-c search_path={schema}"},
    }
