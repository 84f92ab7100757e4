"""The channels: a mail over SMTP, and a signed POST. Each sends a message, or raises `NotSent`."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import smtplib
import time
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import urlsplit

from goodwill.environment import secret_of
from goodwill.errors import GoodwillError
from goodwill.settings import Settings
from goodwill.smtp import Server, hand_in, server

SECONDS = 15.0
"""How long a server may be silent."""


class NotSent(GoodwillError):
    """A server could not be reached, or refused; the words hold no address and no secret."""


def channels(settings: Settings) -> dict[str, Callable[[str, str, str], None]]:
    """Return what is configured: ``mail`` and ``webhook``, each called with id, subject, body."""
    found: dict[str, Callable[[str, str, str], None]] = {}
    where = server() if settings.notify_mail_to else None
    if where is not None:
        found["mail"] = lambda id, subject, body: _mail(where, settings, id, subject, body)
    if settings.webhook_url:
        found["webhook"] = lambda id, subject, body: _post(settings, id, body)
    return found


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return what the header ``Goodwill-Signature`` must hold: HMAC-SHA256 of timestamp.body.

    >>> signature("s", "1700000000", b"{}")[:19]
    'sha256=e9232c9945da'
    """
    mac = hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256)
    return f"sha256={mac.hexdigest()}"


def _mail(where: Server, settings: Settings, id: str, subject: str, body: str) -> None:
    message = EmailMessage()
    message["Subject"] = " ".join(subject.split())
    message["From"] = settings.mail_from or settings.notify_mail_to[0]
    message["To"] = ", ".join(settings.notify_mail_to)
    message["Date"] = formatdate(usegmt=True)
    # The same at each try: by it a server or reader knows a message that it has already.
    message["Message-ID"] = f"<{id}@goodwill.invalid>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body)
    try:
        hand_in(where, message)
    except smtplib.SMTPResponseException as error:
        raise NotSent(f"the mail server answered {error.smtp_code}") from error
    except (smtplib.SMTPException, OSError) as error:
        raise NotSent(f"the mail server: {type(error).__name__}") from error


def _post(settings: Settings, id: str, body: str) -> None:
    parts = urlsplit(settings.webhook_url)
    data, stamp = body.encode(), str(int(time.time()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "goodwill",
        "Goodwill-Delivery": id,
        "Goodwill-Timestamp": stamp,
    }
    if secret := secret_of("GOODWILL_WEBHOOK_SECRET"):
        headers["Goodwill-Signature"] = signature(secret, stamp, data)
    path = parts.path or "/"
    if parts.query:
        path += f"?{parts.query}"
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        # Redirects are not followed: a signed message goes where it was meant to go, or nowhere.
        connection.request("POST", path, data, headers)
        status = connection.getresponse().status
    except (http.client.HTTPException, OSError, ValueError) as error:
        raise NotSent(f"the webhook: {type(error).__name__}") from error
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotSent(f"the webhook answered {status}")
