"""The outbox: what is to be sent and what was told, in one SQLite file in the Book's folder."""

from __future__ import annotations

import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from goodwill.errors import BookLocked

FOLDER = "outbox"
MOST_TRIES = 9
FIRST_WAIT, TIMES, MOST_WAIT = 60.0, 4.0, 6 * 3600.0
"""Seconds until the second try, what each wait grows by, and the longest."""
KEEP_DAYS = 90
"""Sent messages are removed after so many days; what was told stays known."""
_TABLES = """
CREATE TABLE IF NOT EXISTS messages (
    id TEXT NOT NULL, channel TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
    created_at REAL NOT NULL, due_at REAL NOT NULL, tries INTEGER NOT NULL DEFAULT 0,
    sent_at REAL, error TEXT NOT NULL DEFAULT '', PRIMARY KEY (id, channel)
);
CREATE TABLE IF NOT EXISTS told (
    channel TEXT NOT NULL, key TEXT NOT NULL, state TEXT NOT NULL, PRIMARY KEY (channel, key)
);
"""


@dataclass(frozen=True, slots=True)
class Message:
    """A message that waits: the same id at each try."""

    id: str
    channel: str
    subject: str
    body: str
    tries: int


class Outbox:
    """The outbox of one Book; made when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder / FOLDER
        self._folder.mkdir(mode=0o700, exist_ok=True)
        self._base = sqlite3.connect(self._folder / "outbox.sqlite3", timeout=20)
        self._base.execute("PRAGMA journal_mode = WAL")
        self._base.execute("PRAGMA synchronous = FULL")
        self._base.executescript(_TABLES)
        for path in self._folder.iterdir():
            path.chmod(0o600)

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Keep other processes from sending: two must not send the same message.

        Raises:
            BookLocked: Another process sends.
        """
        handle = os.open(self._folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            yield
        except BlockingIOError:
            raise BookLocked("another process sends notifications of this Book") from None
        finally:
            os.close(handle)

    def told(self, channel: str) -> dict[str, date]:
        """Return for each matter the state of which this channel was told."""
        rows = self._base.execute("SELECT key, state FROM told WHERE channel = ?", [channel])
        return {key: date.fromisoformat(state) for key, state in rows}

    def queue(self, message: Message, states: Iterable[tuple[str, date]], now: float) -> None:
        """Queue a message and note what it tells of, both or neither."""
        with self._base:
            self._base.execute(
                "INSERT OR IGNORE INTO messages (id, channel, subject, body, created_at, due_at) "
                "VALUES (?, ?, ?, ?, ?, ?)",
                [message.id, message.channel, message.subject, message.body, now, now],
            )
            self._base.executemany(
                "INSERT OR REPLACE INTO told VALUES (?, ?, ?)",
                [(message.channel, key, state.isoformat()) for key, state in states],
            )

    def waiting(self) -> list[Message]:
        """Return every message that is not sent and not given up, the oldest first."""
        return self._messages("1 = 1", [])

    def due(self, now: float) -> list[Message]:
        """Return those of them whose wait is over."""
        return self._messages("due_at <= ?", [now])

    def given_up(self) -> int:
        """Return how many were not sent after the last try."""
        sql = "SELECT count(*) FROM messages WHERE sent_at IS NULL AND tries >= ?"
        return int(self._base.execute(sql, [MOST_TRIES]).fetchone()[0])

    def sent(self, message: Message, now: float) -> None:
        """Note that a message was sent, and remove what was sent long ago."""
        with self._base:
            self._base.execute(
                "UPDATE messages SET sent_at = ?, tries = tries + 1, error = '' "
                "WHERE id = ? AND channel = ?",
                [now, message.id, message.channel],
            )
            self._base.execute("DELETE FROM messages WHERE sent_at < ?", [now - KEEP_DAYS * 86_400])

    def drop_sent(self) -> None:
        """Remove what was sent, and every byte of it; what was told of stays known."""
        with self._base:
            self._base.execute("DELETE FROM messages WHERE sent_at IS NOT NULL")
        self._base.execute("VACUUM")
        self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def missed(self, message: Message, error: str, now: float) -> None:
        """Note a try that failed, and when the next one is due."""
        wait = min(MOST_WAIT, FIRST_WAIT * TIMES**message.tries)
        with self._base:
            self._base.execute(
                "UPDATE messages SET tries = tries + 1, error = ?, due_at = ? "
                "WHERE id = ? AND channel = ?",
                [error, now + wait, message.id, message.channel],
            )

    def _messages(self, condition: str, values: list[float]) -> list[Message]:
        rows = self._base.execute(
            "SELECT id, channel, subject, body, tries FROM messages WHERE sent_at IS NULL "
            f"AND tries < {MOST_TRIES} AND {condition} ORDER BY created_at, id, channel",
            values,
        )
        return [Message(*row) for row in rows]
