"""Django's settings of the desk, made in code from a Book's folder and the environment.

Environment (each bad value fails at start, by name):

- ``GOODWILL_HOSTS``: host names under which the desk may be asked for, beside the loopback ones;
  separated by commas.
- ``GOODWILL_HTTPS``: ``1`` when a proxy in front speaks HTTPS: cookies are then sent over HTTPS
  only, and browsers are told to stay with it.
- ``GOODWILL_DATABASE_URL``: PostgreSQL instead of SQLite; see `goodwill.desk.database`.
- ``GOODWILL_SECRET_KEY`` or ``GOODWILL_SECRET_KEY_FILE``: signs sessions. Without it a key is
  made on the first run in ``<book>/desk/secret_key``, readable by its owner only.
"""

from __future__ import annotations

import os
import re
import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from goodwill.desk.database import SQLITE, database, make_schema
from goodwill.durable import create_once
from goodwill.environment import secret_of
from goodwill.errors import GoodwillError, SettingsError

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
SLICES = (
    "accounts", "overview", "problems", "chain", "promises", "metrics", "processes", "alerts",
    "fixes", "customers", "records", "imports", "value", "figures", "charts", "look", "vault",
    "today", "followups", "themes", "search", "rules", "company", "help", "own",
)  # fmt: skip
SESSION_SECONDS = 14 * 24 * 3600
_HOST = re.compile(
    r"^(\.?[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\])$"
)
_SHORTEST_KEY = 32


def configure(folder: Path) -> None:
    """Configure Django for the Book in ``folder`` and bring the desk's own tables up to date.

    A second call for the same folder does nothing.

    Raises:
        SettingsError: A variable of the environment has a value that cannot be used.
        GoodwillError: This process already serves another Book, or the database does not answer.
    """
    import django
    from django.conf import settings

    folder = folder.absolute()
    if settings.configured:
        if getattr(settings, "BOOK_FOLDER", None) != folder:
            raise GoodwillError(
                f"This process already serves another Book than {folder}.",
                hint="Serve each Book from a process of its own.",
            )
        return
    settings.configure(**values(folder))
    django.setup()
    from django.core.management import call_command

    make_schema()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("clearsessions", verbosity=0)
    for path in (folder / "desk").glob(f"{SQLITE}*"):
        path.chmod(0o600)


def values(folder: Path) -> dict[str, Any]:
    """Return Django's settings for the Book in ``folder``; makes ``<book>/desk`` when absent."""
    own = folder / "desk"
    own.mkdir(mode=0o700, parents=True, exist_ok=True)
    hosts, https = _hosts(), _https()
    templates = Path(__file__).parent / "templates"
    return {
        "ALLOWED_HOSTS": [*LOOPBACK, *hosts],
        "AUTH_USER_MODEL": "accounts.User",
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": {
                "default-src": [NONE],
                "script-src": [SELF],
                "style-src": [SELF],
                "img-src": [SELF],
                "connect-src": [SELF],
                "form-action": [SELF],
                "frame-ancestors": [NONE],
                "base-uri": [NONE],
            }
        },
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_SECURE": https,
        "CSRF_FAILURE_VIEW": "goodwill.desk.errors.forbidden",
        "CSRF_TRUSTED_ORIGINS": [
            f"https://{'*' if host.startswith('.') else ''}{host}" for host in hosts
        ],
        "DATABASES": {"default": database(folder)},
        "DEBUG": False,
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "BOOK_FOLDER": folder,
        "INSTALLED_APPS": [
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.staticfiles",
            "csp",
            "goodwill.desk",
            *(f"goodwill.desk.{name}" for name in SLICES),
        ],
        "LANGUAGE_CODE": "en-gb",
        "LOGGING": _LOGGING,
        "LOGIN_REDIRECT_URL": "/",
        "LOGIN_URL": "/sign-in/",
        "MIDDLEWARE": [
            "django.middleware.security.SecurityMiddleware",
            "goodwill.desk.middleware.SecureHeaders",
            "csp.middleware.CSPMiddleware",
            "whitenoise.middleware.WhiteNoiseMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.auth.middleware.LoginRequiredMiddleware",
            "goodwill.desk.middleware.Rights",
            "goodwill.desk.middleware.BookErrors",
            "goodwill.desk.middleware.BookTimeZone",
        ],
        "PASSWORD_HASHERS": [
            "django.contrib.auth.hashers.ScryptPasswordHasher",
            "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        ],
        "ROOT_URLCONF": "goodwill.desk.urls",
        "SECRET_KEY": _secret_key(own / "secret_key"),
        "SECURE_HSTS_SECONDS": 31_536_000 if https else 0,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if https else None,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SESSION_COOKIE_AGE": SESSION_SECONDS,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": https,
        "STATIC_URL": "/static/",
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [str(templates)],
                "APP_DIRS": True,
                "OPTIONS": {
                    "builtins": [
                        "django.templatetags.static",
                        "goodwill.desk.figures.templatetags.figures",
                        "goodwill.desk.charts.templatetags.charts",
                        "goodwill.desk.keeping",
                    ],
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "goodwill.desk.look.context.look",
                        "goodwill.desk.reading.company",
                        "goodwill.desk.rights.rights",
                        "goodwill.desk.help.context.help_in_place",
                        "goodwill.desk.scope.carried",
                    ],
                },
            }
        ],
        "USE_THOUSAND_SEPARATOR": False,
        "USE_TZ": True,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_IMMUTABLE_FILE_TEST": r"-\d+\.\d+\.\d+\.min\.js$",
        "WHITENOISE_MAX_AGE": 300,
        "WHITENOISE_USE_FINDERS": True,
        "X_FRAME_OPTIONS": "DENY",
    }


_LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "ERROR", "propagate": True},
        "django.security.DisallowedHost": {"handlers": ["stderr"], "level": "CRITICAL"},
    },
}


def _hosts() -> list[str]:
    found = [host.strip().lower() for host in os.environ.get("GOODWILL_HOSTS", "").split(",")]
    found = [host for host in found if host]
    for host in found:
        if not _HOST.match(host):
            raise SettingsError(
                f"GOODWILL_HOSTS: {host!r} is no host name.",
                hint="Give names separated by commas, such as: desk.example.org,192.168.1.20",
            )
    return found


def _https() -> bool:
    value = os.environ.get("GOODWILL_HTTPS", "0").strip().lower()
    if value in ("1", "true", "yes"):
        return True
    if value in ("", "0", "false", "no"):
        return False
    raise SettingsError(f"GOODWILL_HTTPS: {value!r} is neither 1 nor 0.", hint="Set it to 1 or 0.")


def _secret_key(path: Path) -> str:
    value = secret_of("GOODWILL_SECRET_KEY")
    if value:
        if len(value) < _SHORTEST_KEY:
            raise SettingsError(
                f"GOODWILL_SECRET_KEY has {len(value)} characters; it needs {_SHORTEST_KEY}.",
                hint="Make one with: python -c 'import secrets; print(secrets.token_urlsafe(48))'",
            )
        return value
    return _kept_key(path)


def _kept_key(path: Path) -> str:
    if not path.exists():
        # Where another process was quicker, its key is the one that counts.
        create_once(path, (secrets.token_urlsafe(48) + "\n").encode())
    return path.read_text(encoding="ascii").strip()
