"""One run: queue what is new for each channel, and send what is due."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from goodwill.notify._channels import NotSent, channels
from goodwill.notify._digest import Digest, digest
from goodwill.notify._outbox import FOLDER, Message, Outbox
from goodwill.report import AlertsPage, Fix
from goodwill.settings import Settings


@dataclass(frozen=True, slots=True)
class Notified:
    """What a run did.

    Attributes:
        channels: What is configured.
        queued: Messages that were queued.
        sent: Messages that were sent.
        waiting: Messages that wait for their next try.
        given_up: Messages that no try could send.
        errors: What went wrong in this run, by channel.
    """

    channels: tuple[str, ...]
    queued: int
    sent: int
    waiting: int
    given_up: int
    errors: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill notify --json`` prints them."""
        return asdict(self)


def configured(settings: Settings) -> bool:
    """Return whether there is a channel to tell anybody by."""
    return bool(channels(settings))


def drop_sent(folder: Path) -> None:
    """Remove from the outbox what was sent; what was told of is not told again."""
    if (folder / FOLDER / "outbox.sqlite3").is_file():
        box = Outbox(folder)
        try:
            box.drop_sent()
        finally:
            box.close()


def notify(
    folder: Path,
    settings: Settings,
    page: AlertsPage | None,
    fixes: Sequence[Fix] = (),
    *,
    now: bool = False,
    clock: float | None = None,
) -> Notified:
    """Queue what nobody was told of yet, send what is due, and say what became of it.

    Args:
        folder: The Book's.
        settings: The Book's.
        page: The alerts; None queues nothing.
        fixes: Events with their verdicts.
        now: Send also what waits for a later try.
        clock: The moment, in seconds since 1970; that of the machine when left out.

    Raises:
        BookLocked: Another process sends.
    """
    ways = channels(settings)
    if not ways:
        return Notified((), 0, 0, 0, 0, ())
    at = time.time() if clock is None else clock
    outbox = Outbox(folder)
    try:
        with outbox.lock():
            queued = 0
            for name in ways if page is not None else ():
                assert page is not None
                least = settings.notify_least_contacts
                found = digest(settings.name, page, fixes, outbox.told(name), least=least)
                if found.items:
                    states = [(item.key, item.state) for item in found.items]
                    outbox.queue(_message(settings, name, found), states, at)
                    queued += 1
            sent, errors = 0, []
            for message in outbox.waiting() if now else outbox.due(at):
                way = ways.get(message.channel)
                if way is None:
                    continue  # it was taken out of the settings since
                try:
                    way(message.id, message.subject, message.body)
                except NotSent as error:
                    outbox.missed(message, error.message, at)
                    errors.append(f"{message.channel}: {error.message}")
                else:
                    outbox.sent(message, at)
                    sent += 1
            left = len(outbox.waiting())
            return Notified(tuple(ways), queued, sent, left, outbox.given_up(), tuple(errors))
    finally:
        outbox.close()


def try_channels(settings: Settings) -> dict[str, str]:
    """Send a test over each channel, past the outbox; return what went wrong, empty for nothing."""
    found = {}
    body = f"This is a test of goodwill for {settings.name}. Nothing rises."
    for name, way in channels(settings).items():
        text = body if name == "mail" else json.dumps({"company": settings.name, "test": True})
        try:
            way(f"test-{time.time_ns():x}", f"[{settings.name}] A test", text)
            found[name] = ""
        except NotSent as error:
            found[name] = error.message
    return found


def _message(settings: Settings, channel: str, found: Digest) -> Message:
    states = "\x1f".join(f"{item.key} {item.state}" for item in found.items)
    id = hashlib.sha256(f"{settings.book_id}\x1f{states}".encode()).hexdigest()[:24]
    body = found.text if channel == "mail" else json.dumps(found.as_dict() | {"id": id})
    return Message(id, channel, found.subject, body, 0)
