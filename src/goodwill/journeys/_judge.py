"""The last step of promises: commitments and published promises join the orders' dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pyarrow as pa

from goodwill.engine import Engine
from goodwill.journeys import _kept_sql as kept
from goodwill.journeys._follow import as_of
from goodwill.journeys._local_days import LOCAL_DAYS, load_local_days
from goodwill.journeys._promises_sql import promises_sql
from goodwill.journeys._published_sql import answers_sql, pledged_sql, pledges_sql
from goodwill.journeys.commitments import Calendar
from goodwill.settings import PublishedPromise
from goodwill.tables import DERIVED, FACTS, TIME

_S, _I64 = pa.string(), pa.int64()
_PLACE = [("source", _S), ("contact_id", _S), ("place", pa.int32())]
_SAID = pa.schema(
    [*_PLACE, ("what", _S), ("words", _S), ("due_at", TIME), ("due_us", _I64), ("made_at", TIME),
     ("made_us", _I64), ("customer_id", _S), ("conversation_id", _S), ("agent_id", _S)]
)  # fmt: skip
_ABOUT = pa.schema([*_PLACE[:2], ("theme_id", pa.int32()), ("named", _S)])
_BOUGHT = pa.schema(
    [("customer_id", _S), ("number", _S), ("ordered_us", _I64), ("amount", _I64),
     ("delivered_at", TIME)]
)  # fmt: skip
_ORDER_OF = pa.schema([*_PLACE, ("number", _S), ("amount", _I64), ("delivered_at", TIME)])
_DONE = pa.schema([*_PLACE, ("done_at", TIME)])
_AGAIN = pa.schema([*_PLACE, ("again_at", TIME)])
_AHEAD = 800
"""Days of the calendar after the last fact: a promise is at most so long."""


def judge_promises(
    engine: Engine,
    *,
    time_zone: str = "UTC",
    quiet_days: int = 14,
    calendar: Calendar | None = None,
    published: Sequence[PublishedPromise] = (),
) -> None:
    """Add to `promises` the company's commitments and published promises, and judge them.

    Args:
        engine: Holds what `follow` left, and ``commitments``.
        time_zone: IANA name; days are of this zone.
        quiet_days: A customer who writes about a promise up to so many days after its date tells
            that it was broken.
        calendar: The days on which the company works; days are counted by it.
        published: What is promised to everybody.
    """
    now = as_of(engine)
    moment = now.isoformat() if now is not None else "1970-01-01T00:00:00+00:00"
    spec = DERIVED["promises"]
    engine.save("_said", kept.said_sql(), _SAID)
    engine.save("_about", kept.about_sql(), _ABOUT)
    engine.save("_bought", kept.bought_sql(), _BOUGHT)
    engine.save("_order_of", kept.order_of_sql(), _ORDER_OF)
    engine.save("_paid", kept.paid_sql(), _DONE)
    engine.save("_answered", kept.answered_sql(), _DONE)
    engine.save("_again", kept.again_sql(quiet_days), _AGAIN)
    engine.save("_promised", kept.commitments_sql(time_zone, moment), spec.schema)
    engine.drop("_said", "_about", "_bought", "_order_of", "_paid", "_answered", "_again")
    parts = ["_promised"]
    if published and now is not None:
        days = Calendar(time_zone=time_zone) if calendar is None else calendar
        _load_days(engine, days, now.date())
        for number, promise in enumerate(published):
            parts.append(f"_published_{number}")
            _publish(engine, parts[-1], number, promise, time_zone, moment)
        engine.drop("_days", "_pledged")
    columns = ", ".join(spec.schema.names)
    # Added, as the promises of orders are many and stay as they are.
    for part in parts:
        engine.append("promises", f"SELECT {columns} FROM {part}", spec.schema)
    engine.drop(*parts)


def _publish(
    engine: Engine, name: str, number: int, promise: PublishedPromise, time_zone: str, moment: str
) -> None:
    """Leave the promises that one published promise made as table ``name``."""
    count, unit = promise.span
    schema = DERIVED["promises"].schema
    if promise.what == "answer":
        select = answers_sql(
            number, promise.words, count, unit, promise.since, promise.channels, time_zone, moment
        )
        engine.save(name, select, schema)
        return
    fields = ["source", "order_id", "order_number", "line", "related_order_id", "customer_ref",
              "at", "kind", "amount", "delivered_at", "status", "promised_at"]  # fmt: skip
    pledged = pa.schema(
        [("pledge", pa.int32()), *(FACTS["orders"].schema.field(each) for each in fields)]
    )
    engine.save("_pledged", pledged_sql(number, count, unit, promise.since, time_zone), pledged)
    load_local_days(engine, time_zone, "_pledged")
    rows = promises_sql(time_zone, moment, "_pledged")
    engine.save(name, pledges_sql(rows, number, promise.words), schema)
    engine.drop(LOCAL_DAYS)


def _load_days(engine: Engine, calendar: Calendar, last: date) -> None:
    """Load each day with whether it is worked, and how many were worked up to it."""
    first = engine.scalar(
        'SELECT min("at") FROM (SELECT min("at") AS "at" FROM orders '
        'UNION ALL SELECT min("at") AS "at" FROM contacts) AS firsts'
    )
    start = (first.date() if first is not None else last) - timedelta(days=2)
    length = (last - start).days + _AHEAD
    days = [start + timedelta(days=n) for n in range(length)]
    works = [calendar.works(day) for day in days]
    worked, so_far = [], 0
    for does in works:
        so_far += does
        worked.append(so_far)
    table = {"day": pa.array(days, pa.date32()), "works": works, "worked": pa.array(worked, _I64)}
    engine.load("_days", pa.table(table))
