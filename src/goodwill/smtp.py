"""The company's mail server: named by the environment, since its address holds a password."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

from goodwill.environment import secret_of
from goodwill.errors import SettingsError

TIMEOUT_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Server:
    """Where mails are handed in: ``smtp://user:password@host:587`` or ``smtps://host:465``."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    """From the first byte on; else STARTTLS is used where a user is named."""


def server() -> Server | None:
    """Return the server that GOODWILL_SMTP_URL or GOODWILL_SMTP_URL_FILE names; None without.

    Raises:
        SettingsError: It cannot be read as an address of that kind.
    """
    text = secret_of("GOODWILL_SMTP_URL")
    if not text:
        return None
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise SettingsError(
            "GOODWILL_SMTP_URL is no address of a mail server.",
            hint="Such as smtp://user:password@mail.example.org:587, or smtps://mail.example.org",
        )
    tls = parts.scheme == "smtps"
    return Server(parts.hostname, port or (465 if tls else 587), unquote(parts.username or ""),
                  unquote(parts.password or ""), tls)  # fmt: skip


def hand_in(where: Server, message: EmailMessage) -> None:
    """Hand a mail to the server; certificates are checked, and no password goes without TLS."""
    secure = ssl.create_default_context()
    with (
        smtplib.SMTP_SSL(where.host, where.port, timeout=TIMEOUT_SECONDS, context=secure)
        if where.tls
        else smtplib.SMTP(where.host, where.port, timeout=TIMEOUT_SECONDS)
    ) as smtp:
        if where.user:
            if not where.tls:
                smtp.starttls(context=secure)
            smtp.login(where.user, where.password)
        smtp.send_message(message)
