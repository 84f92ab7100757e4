"""The second step: from contacts with customer and theme to episodes, messages and promises."""

from __future__ import annotations

from datetime import datetime

import pyarrow as pa

from goodwill.engine import Engine
from goodwill.journeys._episodes_sql import episodes_sql, marked_sql
from goodwill.journeys._messages_sql import messages_sql, repeats_sql, spoken_sql, story_sql
from goodwill.journeys._promises_sql import promises_sql
from goodwill.journeys._words import local_day_sql
from goodwill.tables import DERIVED, TIME

_S, _B, _I64 = pa.string(), pa.bool_(), pa.int64()
SPOKEN = pa.schema(
    [("source", _S), ("contact_id", _S), ("at", TIME), ("us", _I64), ("channel", _S),
     ("public", _B), ("direction", _S), ("author_role", _S), ("conversation_id", _S),
     ("customer_id", _S), ("theme_id", pa.int32()), ("similarity", pa.float32()), ("asks", _B),
     ("answers", _B), ("turn", _I64), ("heard_customer", _S), ("heard_theme", pa.int32()),
     ("answered", _B)]
)  # fmt: skip
STORY = pa.schema(
    [("source", _S), ("contact_id", _S), ("row_id", _S), ("customer_id", _S),
     ("theme_id", pa.int32()), ("at", TIME), ("us", _I64), ("direction", _S), ("channel", _S),
     ("public", _B), ("conversation_id", _S), ("turn", _I64)]
)  # fmt: skip
MARKED = STORY.append(pa.field("episode_id", _S))
REPEATS = pa.schema([("source", _S), ("contact_id", _S), ("episode_id", _S), ("repeat", _B)])


def follow(engine: Engine, *, quiet_days: int = 14, time_zone: str = "UTC") -> None:
    """Make episodes, messages, promises and weekly; needs what `link` left, and contact_themes.

    - An *episode* is one customer and one theme, from the first inbound contact until neither he
      nor the company wrote for ``quiet_days``. Contacts without customer or theme are in none.
      It is ``open`` while its window runs, and then never counts as solved, else ``quiet``.
    - A contact is a *repeat* when its episode holds an earlier inbound contact. A part of a
      message is none: it stands in the same conversation, at most 30 minutes after the part
      before it, and the company has not answered in between.
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
    """
    now = as_of(engine)
    moment = now.isoformat() if now is not None else "1970-01-01T00:00:00+00:00"
    micros = int(engine.scalar(f"SELECT epoch_us(CAST('{moment}' AS TIMESTAMPTZ))"))
    engine.save("_spoken", spoken_sql(), SPOKEN)
    engine.save("_story", story_sql(), STORY)
    engine.save("_marked", marked_sql("_story", quiet_days, STORY.names), MARKED)
    engine.drop("_story")
    engine.save("episodes", episodes_sql("_marked", quiet_days, micros), DERIVED["episodes"].schema)
    engine.save("_repeats", repeats_sql(), REPEATS)
    engine.drop("_marked")
    engine.save("messages", messages_sql(), DERIVED["messages"].schema)
    engine.drop("_spoken", "_repeats")
    engine.save("promises", promises_sql(time_zone, moment), DERIVED["promises"].schema)
    engine.save("weekly", weekly_sql(time_zone), DERIVED["weekly"].schema)


def as_of(engine: Engine) -> datetime | None:
    """Return the last moment that the facts know of; None when they are empty.

    It stands for now. A promised date is no fact yet and does not count.
    """
    found = engine.scalar(as_of_sql())
    return found if isinstance(found, datetime) else None


def as_of_sql() -> str:
    """Return the SELECT of the last moment in the facts."""
    moments = {
        "contacts": ("at",),
        "orders": ("at", "delivered_at"),
        "threads": ("opened_at", "first_reply_at", "solved_at", "closed_at"),
        "thread_events": ("at",),
    }
    union = " UNION ALL ".join(
        f'SELECT max("{column}") AS "at" FROM {table}'
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
