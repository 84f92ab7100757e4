"""What a coach talks over with a team: conversations that went wrong on the way, and praise.

No person of the company is compared with another here: who gets the hard conversations is nowhere
in the data, and a ranking without that would be unfair.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from goodwill.days import RECENT_DAYS
from goodwill.generations import Reader
from goodwill.report.sentences import IS_SENTENCE, chosen
from goodwill.report.shapes import Sentence

PRAISE = "praise of person"
"""The word beside a message that is sure to praise a person."""
_REASONS = {
    "retold": ("retold > 0", "had to tell again what was told already"),
    "handed": ("transfers >= 2", "was handed on {transfers} times"),
    "reopened": ("reopens > 0", "was opened again after it was closed"),
    "often": ("contacts_in - closings >= 3", "wrote {wrote} times"),
    "waits": ("waiting_since IS NOT NULL", "still waits for an answer"),
}
_HARD = "retold", "handed", "reopened", "often"
"""Without one of these a conversation that waits is the queue's, and not a coach's."""


@dataclass(frozen=True, slots=True)
class Talk:
    """One conversation worth talking about, and what happened in it."""

    conversation_id: str
    customer_id: str | None
    at: datetime
    channel: str
    theme_id: int | None
    theme: str
    reasons: tuple[str, ...]
    text: str
    """What the customer wrote first, redacted."""


@dataclass(frozen=True, slots=True)
class CoachingPage:
    """What a coach meets first."""

    since: datetime | None
    talks: tuple[Talk, ...]
    total: int
    """Conversations of the time with one such thing at least."""
    praise: tuple[Sentence, ...]
    praised: int
    """Contacts that praise a person, of all times."""


def coaching(reader: Reader, *, limit: int = 8) -> CoachingPage:
    """Return the conversations of the last weeks in which most went wrong, and the newest praise.

    A customer tells again, is handed on twice or more, has his ticket opened again, or writes three
    times or more: the conversation with most of these comes first, then the newest.
    """
    as_of = reader.as_of
    since = as_of - timedelta(RECENT_DAYS) if as_of else None
    hard = " OR ".join(f"coalesce({_REASONS[key][0]}, FALSE)" for key in _HARD)
    count = " + ".join(f"CAST(coalesce({test}, FALSE) AS INTEGER)" for test, _ in _REASONS.values())
    shown = ", ".join(f"coalesce({test}, FALSE) AS {key}" for key, (test, _) in _REASONS.items())
    where = f"opened_at > ? AND ({hard})"
    total = reader.rows(f"SELECT count(*) FROM conversation_metrics WHERE {where}", [since])[0][0]
    rows = reader.dicts(
        f"""
        WITH worst AS (
            SELECT conversation_id, customer_id, opened_at, channel, theme_id, transfers,
                contacts_in - closings AS wrote, {count} AS reasons, {shown}
            FROM conversation_metrics WHERE {where}
            ORDER BY reasons DESC, opened_at DESC, conversation_id LIMIT ?
        ),
        first AS (
            SELECT m.conversation_id, first(coalesce(nullif(trim(m.text), ''), m.subject)
                ORDER BY m."at", m.source, m.contact_id) AS text
            FROM worst w JOIN messages m ON m.conversation_id = w.conversation_id
                AND m.direction = 'in'
            GROUP BY m.conversation_id
        )
        SELECT w.*, t.label AS theme, f.text
        FROM worst w LEFT JOIN first f ON f.conversation_id = w.conversation_id
        LEFT JOIN themes t ON t.theme_id = w.theme_id
        ORDER BY w.reasons DESC, w.opened_at DESC, w.conversation_id
        """,
        [since, limit],
    )
    praises = f"contains(signals, '{PRAISE}') AND {IS_SENTENCE}"
    praised = reader.rows(f"SELECT count(*) FROM messages WHERE {praises}")[0][0]
    newest = 'ORDER BY "at" DESC NULLS LAST, source, contact_id'
    praise = chosen(reader, f"contains(signals, '{PRAISE}')", [], newest, "praise", limit)
    return CoachingPage(
        since,
        tuple(_talk(row) for row in rows),
        total,
        praise,
        praised,
    )


def _talk(row: dict[str, Any]) -> Talk:
    return Talk(
        row["conversation_id"],
        row["customer_id"],
        row["opened_at"],
        row["channel"] or "",
        row["theme_id"],
        row["theme"] or "",
        tuple(words.format(**row) for key, (_, words) in _REASONS.items() if row[key]),
        " ".join((row["text"] or "").split()),
    )
