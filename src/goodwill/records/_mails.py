"""One mail as cells: who wrote to whom, when, in answer to what, and what was said.

Parsed by the standard library's ``email`` package. Of a mail with parts the plain text is taken,
else the HTML; attachments are counted, never kept. What is too long or too deep to be an honest
mail is a fault.
"""

from __future__ import annotations

import email
import email.header
import email.policy
import email.utils
import hashlib
import re
from email.message import Message
from typing import Any

MAX_MAIL = 64 * 1024**2
"""Bytes of one mail beyond which it is a fault."""
_MAX_HEADERS = 256 * 1024
_MAX_NESTED = 100
_MAX_PARTS = 2_000
_REPLY = re.compile(
    r"^\s*(?:(?:re|aw|sv|vs|res|rv|antw|odp|fwd?|wg|tr|enc)\s*(?:\[\d+\])?\s*:\s*)+", re.I
)
_AWAY = re.compile(
    r"^\W*(?:automatic reply|auto(?:matic)?[- ]?(?:response|reply)|out of (?:the )?office|"
    r"abwesen|automatische antwort|respuesta autom|resposta autom|réponse automatique|"
    r"risposta automatica|undeliver|delivery (?:status|failure)|mail delivery failed|"
    r"returned mail|unzustellbar)",
    re.IGNORECASE,
)


class BadMail(ValueError):
    """A mail that cannot be taken; the message says why."""


def headers_of(raw: bytes) -> Message:
    """Return a mail's headers, parsed.

    Raises:
        BadMail: they are too long, or no headers.
    """
    end = re.search(rb"\r?\n\r?\n", raw)
    head = raw[: end.end()] if end else raw
    if len(head) > _MAX_HEADERS:
        raise BadMail(f"headers of more than {_MAX_HEADERS:,} bytes")
    return email.message_from_bytes(head, policy=email.policy.compat32)


def text_of_header(message: Message, name: str) -> str:
    """Return a header with its encoded words decoded, on one line."""
    value = message.get(name)
    if value is None:
        return ""
    try:
        text = str(email.header.make_header(email.header.decode_header(str(value))))
    except (ValueError, LookupError, UnicodeError):
        text = str(value)
    return _clean(" ".join(text.split()))


def addresses(message: Message, *names: str) -> list[tuple[str, str]]:
    """Return (name, address) of all that these headers list."""
    values = [str(v) for name in names for v in message.get_all(name, [])]
    found = []
    for shown, address in email.utils.getaddresses(values):
        bare = address.strip().lower()
        if re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", bare):
            try:
                name = str(email.header.make_header(email.header.decode_header(shown)))
            except (ValueError, LookupError, UnicodeError):
                name = shown
            found.append((_clean(" ".join(name.split())), _clean(bare)))
    return found


def time_of(message: Message) -> str:
    """Return the mail's date in ISO form; as it stands where it is none."""
    value = str(message.get("Date") or "").strip()
    try:
        return email.utils.parsedate_to_datetime(value).isoformat(" ")
    except (ValueError, TypeError, IndexError, OverflowError):
        return _clean(value)


def ids_of(message: Message, name: str) -> list[str]:
    """Return the ids of mails that a header names, without their brackets."""
    values = " ".join(str(value) for value in message.get_all(name, []))
    found = re.findall(r"<([^<>\s]+)>", values) or values.split()[:1]
    return [_clean(one) for one in found]


def plain_subject(subject: str) -> str:
    """Return a subject for comparison, without ``Re:``.

    >>> plain_subject("AW: Re: Order  late")
    'order late'
    """
    return " ".join(_REPLY.sub("", subject).lower().split())


def is_reply(subject: str) -> bool:
    """Return whether a subject says that the mail answers another."""
    return bool(_REPLY.match(subject))


def is_automatic(message: Message, subject: str) -> bool:
    """Return whether no person wrote it: an absence, a receipt, a bounce, a list's mail."""
    said = str(message.get("Auto-Submitted") or "no").split(";")[0].strip().lower()
    weight = str(message.get("Precedence") or "").strip().lower()
    return (
        said not in ("no", "")
        or weight in ("auto_reply", "bulk", "junk", "list")
        or any(message.get(n) for n in ("X-Autoreply", "X-Autorespond", "X-Auto-Response-Suppress",
                                        "List-Unsubscribe"))
        or message.get_content_type() == "multipart/report"
        or bool(_AWAY.match(subject))
    )  # fmt: skip


def own_id(message: Message, raw: bytes) -> str:
    """Return the mail's id; one made of its content where it has none."""
    found = ids_of(message, "Message-ID")
    return found[0] if found else hashlib.sha256(raw).hexdigest()[:32]


def body_of(raw: bytes) -> tuple[str, int]:
    """Return what a mail says, plain or HTML, and how many attachments it has.

    Raises:
        BadMail: it has too many parts, or they lie too deep.
    """
    nested = len(re.findall(rb"(?i)content-type:\s*(?:multipart/|message/)", raw))
    if nested > _MAX_NESTED:
        raise BadMail("parts that lie too deep in one another")
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    plain, html, attached = "", "", 0
    for number, part in enumerate(message.walk()):
        if number > _MAX_PARTS:
            raise BadMail(f"more than {_MAX_PARTS:,} parts")
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        disposition = str(part.get("Content-Disposition") or "").strip().lower()
        if disposition.startswith("attachment") or not kind.startswith("text/"):
            attached += 1
        elif kind == "text/html":
            html = html or _decoded(part)
        elif kind == "text/plain" and not plain:
            plain = _flowed(_decoded(part), part)
    return (plain if plain.strip() else html), attached


def _decoded(part: Message) -> str:
    data: Any = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return _clean(str(part.get_payload()))
    for charset in (str(part.get_content_charset() or "utf-8"), "utf-8", "cp1252"):
        try:
            return _clean(data.decode(charset))
        except (LookupError, UnicodeError):
            continue
    return _clean(data.decode("latin-1"))


def _flowed(text: str, part: Message) -> str:
    """Return a text whose lines were broken for width with its paragraphs whole."""
    if str(part.get_param("format") or "").lower() != "flowed":
        return text
    return re.sub(r"(?m)(?<=[^\s-]) \r?\n(?!>|-- ?$)", " ", text)


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode().replace("\0", "")
