"""Processes: the real paths of orders and of tickets."""

from __future__ import annotations

import pyarrow as pa

from goodwill.engine import Engine
from goodwill.journeys import _process_sql as sql
from goodwill.journeys._walks_sql import links_sql, paths_sql, steps_sql
from goodwill.tables import DERIVED

_S, _I32, _I64 = pa.string(), pa.int32(), pa.int64()
_STEPS = pa.schema([("step_n", _I32), ("process", _S), ("step", _S)])
_ASKED = pa.schema(
    [("contact_n", _I64), ("source", _S), ("contact_id", _S), ("customer_id", _S),
     ("conversation_id", _S), ("us", _I64), ("named", _I64), ("step", _I32)]
)  # fmt: skip
_LOGGED = pa.schema([("n", _I64), ("source", _S), ("thread_id", _S)])
_EVENTS = pa.schema([("n", _I64), ("us", _I64), ("tie", _I32), ("step", _I32), ("id", _S)])
_SIDES = pa.schema([("n", _I64), ("paid_us", _I64), ("missed_us", _I64), ("plain", pa.bool_())])
_PLAIN = pa.schema(
    [*((f"step_{k}", _I32) for k in range(1, 5)), *((f"wait_{k}", _I64) for k in range(1, 4)),
     ("span", _I64), ("cases", _I64)]
)  # fmt: skip
_WALK = pa.schema(
    [("n", _I64), ("us", _I64), ("step", _I32), ("place", _I64), ("steps", _I64),
     ("next_step", _I32), ("next_us", _I64)]
)  # fmt: skip


def find_processes(engine: Engine) -> None:
    """Make process_steps, process_links and process_paths of orders and of tickets.

    Args:
        engine: Holds what `link` and `follow` left.
    """
    engine.save("_side_events", sql.side_events_sql(), _EVENTS)
    engine.save("_asked", sql.asked_sql(), _ASKED)
    engine.save("_contact_events", sql.contact_events_sql(), _EVENTS)
    engine.save("_sides", sql.sides_sql(), _SIDES)
    engine.save("_plain", sql.plain_sql(), _PLAIN)
    engine.save("_busy_events", sql.busy_events_sql(), _EVENTS)
    engine.drop("_asked", "_side_events", "_contact_events", "_sides")
    engine.save("_steps", sql.steps_n_sql(), _STEPS)
    engine.save("_logged", sql.logged_sql(), _LOGGED)
    engine.save("_ticket_events", sql.ticket_events_sql(), _EVENTS)
    columns = ", ".join(_EVENTS.names)
    union = f"SELECT {columns} FROM _busy_events UNION ALL SELECT {columns} FROM _ticket_events"
    engine.save("_process_events", union, _EVENTS)
    engine.drop("_busy_events", "_ticket_events", "_logged")
    engine.save("_process", sql.process_sql(), _WALK)
    engine.drop("_process_events")
    for name, select in (
        ("process_steps", steps_sql()),
        ("process_links", links_sql()),
        ("process_paths", paths_sql()),
    ):
        engine.save(name, select, DERIVED[name].schema)
    engine.drop("_process", "_plain", "_steps")
