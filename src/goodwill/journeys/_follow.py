"""The second step: from contacts with customer and theme to episodes, messages and promises."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pyarrow as pa

from goodwill.engine import Engine
from goodwill.journeys._effort_sql import (
    KEY,
    episode_counts_sql,
    gaps_sql,
    named_sql,
    whole_episodes_sql,
    within_episode_sql,
)
from goodwill.journeys._episodes_sql import marked_sql
from goodwill.journeys._hours import HOURS, load_hours
from goodwill.journeys._local_days import LOCAL_DAYS, load_local_days
from goodwill.journeys._measures_sql import conversation_metrics_sql, said_sql, tickets_sql
from goodwill.journeys._messages_sql import CARRIED, messages_sql, spoken_sql, story_sql, told_sql
from goodwill.journeys._promises_sql import missed_sql, promises_sql
from goodwill.journeys._words import local_day_sql
from goodwill.journeys.commitments import Calendar
from goodwill.tables import DERIVED, TIME

_THREAD_TIMES = ("opened_at", "first_reply_at", "solved_at", "closed_at")
_S, _B, _I64 = pa.string(), pa.bool_(), pa.int64()
_ALONE = [
    ("source", _S), ("contact_id", _S), ("at", TIME), ("us", _I64), ("worked_us", _I64),
    ("channel", _S), ("public", _B), ("direction", _S), ("author_role", _S), ("agent_id", _S),
    ("conversation_id", _S), ("customer_id", _S), ("theme_id", pa.int32()),
    ("similarity", pa.float32()), ("asks", _B), ("answers", _B),
]  # fmt: skip
TOLD = pa.schema(
    [("n", _I64), *_ALONE, ("closes", _B), ("ends", _B), ("retells", _B), ("has_answers", _B),
     ("unseen", _S)]
)  # fmt: skip
SPOKEN = pa.schema(
    [("n", _I64), ("conversation_n", _I64), ("customer_n", _I64), ("place", _I64), *_ALONE,
     ("closing", _B), ("retold", _B), ("turn", _I64), ("problem_id", pa.int32()), ("role", _S),
     ("part", _B), ("heard_customer_n", _I64), ("heard_problem", pa.int32()), ("answered", _B)]
)  # fmt: skip
MARKED = pa.schema(
    [("n", _I64), ("episode_n", _I64), ("us", _I64), ("worked_us", _I64), ("direction", _S),
     ("channel", _S), ("role", _S), ("first", _B), ("repeat", _B), ("channel_before", _S),
     ("waits", _B), ("next_us", _I64), ("next_work", _I64), ("next_role", _S), ("owed", _S),
     ("customer_n", _I64), ("theme_id", pa.int32()), ("number", _I64), ("opened_us", _I64)]
)  # fmt: skip
SAID = pa.schema(
    [("conversation_id", _S), ("source", _S), ("customer_id", _S), ("channel", _S),
     ("public", _B), ("ours", _B), ("opened_us", _I64), ("last_us", _I64),
     ("asked_us", _I64), ("contacts_in", _I64), ("closings", _I64), ("retold", _I64),
     ("answers", _I64), ("bot_answers", _I64), ("agents", _I64), ("first_reply_us", _I64),
     ("first_reply_work", _I64), ("asked_work", _I64), ("opened_work", _I64),
     ("waiting_us", _I64), ("unanswered_us", _I64), ("customer_us", _I64),
     ("customer_work_us", _I64), ("company_us", _I64), ("bot_us", _I64), ("handed_on", _I64),
     ("theme_id", pa.int32())]
)  # fmt: skip
TICKETS = pa.schema(
    [("source", _S), ("thread_id", _S), ("conversation_id", _S), ("channel", _S),
     ("customer_id", _S), ("closed", _B), ("reopens", _I64), ("transfers", _I64),
     ("sla_met", _B), ("due_us", _I64), ("closed_us", _I64), ("opened_us", _I64),
     ("opened_work", _I64), ("first_reply_us", _I64), ("first_reply_work", _I64),
     ("resolved_us", _I64), ("resolved_work", _I64)]
)  # fmt: skip
PLAIN = pa.schema(list(DERIVED["episodes"].schema)[:10])
"""Of `episodes`, the columns that need no more than a table of contacts."""
COUNTED = pa.schema(
    [("episode_n", _I64), ("customer_n", _I64), *list(PLAIN)[2:], ("opened_us", _I64),
     ("channel", _S), ("conversations", _I64), ("answers", _I64), ("bot_answers", _I64),
     ("agents", _I64), ("closings", _I64), ("repeats", _I64), ("retold", _I64), ("hops", _I64),
     ("waiting_us", _I64), ("customer_us", _I64), ("customer_work_us", _I64),
     ("company_us", _I64), ("bot_us", _I64)]
)  # fmt: skip
MISSED = pa.schema([("n", _I64), ("us", _I64), ("whole", _B)])
NAMED = pa.schema([("episode_n", _I64), ("customer_id", _S), ("episode_id", _S)])


def follow(
    engine: Engine,
    *,
    quiet_days: int = 14,
    time_zone: str = "UTC",
    calendar: Calendar | None = None,
    signals: bool = False,
) -> None:
    """Make conversation_metrics, episodes, messages, contact_gaps, promises and weekly.

    It needs what `link` left, and contact_themes. It leaves missed_dates too, which
    `find_processes` needs.

    - A customer has one *problem* in a conversation: the theme of his first contact in it that has
      one. What he writes there later belongs to it, whatever its own theme.
    - An *episode* is one customer and one problem, from the first inbound contact until neither he
      nor the company wrote for ``quiet_days``. Contacts without customer or problem are in none.
      It is ``open`` while its window runs, and then never counts as solved, else ``quiet``.
    - A contact is a *repeat* when its episode holds an earlier inbound contact. A part of a
      message is none: it stands in the same conversation, at most 30 minutes after the part
      before it, and the company has not answered in between; in a chat or a call, nobody was
      silent for 30 minutes. Nor is "thanks" and no more.
    - A contact is *answered* when it names an answer, or when an outbound contact of anyone but
      the system stands later in its conversation. That is NULL where the source tells of no
      answers at all.
    - *Promises* are the delivery dates of orders; see `promises_sql`.
    - *Weekly* counts inbound contacts of a theme in weeks from Monday.

    The last moment that the facts know of is now, so that the same facts give the same tables.

    Args:
        engine: Holds contacts, orders, threads, thread_events, conversations, contact_customers,
            order_customers and contact_themes.
        quiet_days: Days without a message that end an episode.
        time_zone: IANA name; days and weeks are of this zone.
        calendar: When the company works; without it whole days from Monday to Friday.
        signals: Whether the engine holds the table signals, which finds more of the contacts that
            only give thanks.
    """
    now = as_of(engine)
    moment = now.isoformat() if now is not None else "1970-01-01T00:00:00+00:00"
    micros = int(engine.scalar(f"SELECT epoch_us(CAST('{moment}' AS TIMESTAMPTZ))"))
    days = Calendar(time_zone=time_zone) if calendar is None else calendar
    spans = load_hours(engine, days, *_known_days(engine))
    engine.save("_told", told_sql(spans, days.time_zone, signals), TOLD)
    engine.save("_spoken", spoken_sql(quiet_days), SPOKEN)
    engine.drop("_told")
    _measure(engine, spans, days.time_zone, micros)
    marked = marked_sql(
        f"({story_sql()}) AS story",
        quiet_days,
        MARKED.names[:-2],
        KEY,
        within_episode_sql(),
        ", ".join((*CARRIED, *KEY)),
    )
    engine.save("_marked", marked, MARKED)
    engine.save("_counted", episode_counts_sql(quiet_days, micros), COUNTED)
    engine.save("_named", named_sql(), NAMED)
    engine.save("episodes", whole_episodes_sql(), DERIVED["episodes"].schema)
    engine.save("messages", messages_sql(), DERIVED["messages"].schema)
    engine.drop("_counted", "_marked", "_named")
    engine.save("contact_gaps", gaps_sql(), DERIVED["contact_gaps"].schema)
    engine.drop("_spoken", HOURS)
    load_local_days(engine, time_zone)
    engine.save("promises", promises_sql(time_zone, moment), DERIVED["promises"].schema)
    engine.save("missed_dates", missed_sql(time_zone, moment), MISSED)
    engine.drop(LOCAL_DAYS)
    engine.save("weekly", weekly_sql(time_zone), DERIVED["weekly"].schema)


def _measure(engine: Engine, spans: int, zone: str, now_us: int) -> None:
    """Make conversation_metrics; needs ``_spoken`` and ``_hours``."""
    engine.save("_said", said_sql(), SAID)
    engine.save("_tickets", tickets_sql(spans, zone), TICKETS)
    schema = DERIVED["conversation_metrics"].schema
    engine.save("conversation_metrics", conversation_metrics_sql(now_us), schema)
    engine.drop("_said", "_tickets")


def _known_days(engine: Engine) -> tuple[date, date]:
    """Return the first and the last day of a contact or of a ticket's state, with room around."""
    times = {"contacts": ("at",), "threads": _THREAD_TIMES}
    union = " UNION ALL ".join(
        f'SELECT min("{column}") AS first_at, max("{column}") AS last_at FROM {table}'
        for table, columns in times.items()
        for column in columns
    )
    first, last = (
        engine.scalar(f"SELECT {end} FROM ({union}) AS moments")
        for end in ("min(first_at)", "max(last_at)")
    )
    if first is None or last is None:
        return date(1970, 1, 1), date(1970, 1, 1)
    return first.date() - timedelta(days=2), last.date() + timedelta(days=2)


def as_of(engine: Engine) -> datetime | None:
    """Return the last moment that the facts know of; None when they are empty.

    It stands for now. A promised date is no fact yet and does not count; nor does what was written
    at the desk, which may be days ahead of the files that came in.
    """
    found = engine.scalar(as_of_sql())
    return found if isinstance(found, datetime) else None


DESK_CONTACT = "goodwill-desk-"
"""How the ids of contacts begin that were written at the desk."""
_NOT_OURS = f" WHERE contact_id NOT LIKE '{DESK_CONTACT}%'"


def as_of_sql() -> str:
    """Return the SELECT of the last moment in the facts."""
    moments = {
        "contacts": ("at",),
        "orders": ("at", "delivered_at"),
        "threads": _THREAD_TIMES,
        "thread_events": ("at",),
    }
    union = " UNION ALL ".join(
        f'SELECT max("{column}") AS "at" FROM {table}{_NOT_OURS if table == "contacts" else ""}'
        for table, columns in moments.items()
        for column in columns
    )
    return f'SELECT max("at") AS "at" FROM ({union}) AS moments'


def weekly_sql(time_zone: str) -> str:
    """Return the SELECT of `weekly`; people are distinct known customers."""
    day = local_day_sql('"at"', time_zone)
    return f"""
    SELECT theme_id, CAST(date_trunc('week', day) AS DATE) AS week, count(*) AS events,
        count(DISTINCT customer_id) AS people
    FROM (
        SELECT theme_id, customer_id, {day} AS day
        FROM messages
        WHERE direction = 'in' AND theme_id IS NOT NULL AND "at" IS NOT NULL
    ) AS days
    GROUP BY theme_id, CAST(date_trunc('week', day) AS DATE)
    """
