"""Processes: the real paths of orders and of tickets."""

from __future__ import annotations

import pyarrow as pa

from goodwill.engine import Engine
from goodwill.journeys import _process_sql as sql
from goodwill.tables import DERIVED

_S, _I64 = pa.string(), pa.int64()
_EVENTS = pa.schema([("case_id", _S), ("us", _I64), ("tie", pa.int32()), ("step", _S), ("id", _S)])
_ALL = pa.schema([("process", _S), *_EVENTS])
_WALK = pa.schema(
    [("process", _S), ("case_id", _S), ("us", _I64), ("step", _S), ("place", _I64),
     ("steps", _I64), ("next_step", _S), ("next_us", _I64), ("nth", _I64)]
)  # fmt: skip


def find_processes(engine: Engine) -> None:
    """Make process_steps, process_links and process_paths of orders and of tickets.

    Args:
        engine: Holds what `follow` left, and `promises`.
    """
    engine.save("_order_events", sql.order_events_sql(), _EVENTS)
    engine.save("_contact_events", sql.contact_events_sql(), _EVENTS)
    engine.save("_ticket_events", sql.ticket_events_sql(), _EVENTS)
    columns = "case_id, us, tie, step, id"
    union = " UNION ALL ".join(
        f"SELECT '{process}' AS process, {columns} FROM {table}"
        for process, table in (
            ("order", "_order_events"),
            ("order", "_contact_events"),
            ("ticket", "_ticket_events"),
        )
    )
    engine.save("_process_events", union, _ALL)
    engine.drop("_order_events", "_contact_events", "_ticket_events")
    engine.save("_process", sql.process_sql(), _WALK)
    engine.drop("_process_events")
    for name, select in (
        ("process_steps", sql.steps_sql()),
        ("process_links", sql.links_sql()),
        ("process_paths", sql.paths_sql()),
    ):
        engine.save(name, select, DERIVED[name].schema)
    engine.drop("_process")
