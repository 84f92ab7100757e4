"""Contacts that come late: learned from the imports, and the last days are judged by it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from engines import agree, engine
from goodwill.engine import Engine
from goodwill.tables import ACCOUNTS, DERIVED, FACTS
from goodwill.watch import Lateness, find_alerts, lateness
from goodwill.watch._comparison import tell
from goodwill.watch._late import MOST

__all__ = ["agree", "engine"]
START, TODAY, BROKE, FIRST_IMPORT = date(2025, 1, 1), 154, 151, 60
PLANTED = {1: 0.5, 2: 0.25, 4: 0.25}
"""Share of a day's contacts by the days after which they come in."""
CONTACTS = FACTS["contacts"].schema


def book(factor: float = 1.0) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Contacts as they are known on day ``TODAY``, what was replaced, and the imports, one a day.

    Every tenth contact that came in was brought again, changed, by the last import.
    """
    draw = np.random.default_rng(11)
    rows: list[dict[str, Any]] = []
    before: list[dict[str, Any]] = []
    for day in range(TODAY):
        for n in range(draw.poisson(40.0 * (factor if day >= BROKE else 1.0))):
            delay = int(draw.choice(list(PLANTED), p=list(PLANTED.values())))
            if day + delay > TODAY:
                continue
            row = {
                "source": "s", "contact_id": f"{day}-{n}", "direction": "in", "channel": "chat",
                "at": datetime(2025, 1, 1, tzinfo=UTC)
                + timedelta(days=day, minutes=int(draw.integers(1440))),
                "import_id": f"i{max(day + delay, FIRST_IMPORT)}",
            }  # fmt: skip
            if n % 10 == 0:
                before.append(row)
                row = row | {"import_id": f"i{TODAY}"}
            rows.append(row)
    imports = [
        {"import_id": f"i{day}", "source": "s", "new": 40, "updated": 1,
         "at": datetime(2025, 1, 1, 2, tzinfo=UTC) + timedelta(days=day)}
        for day in range(FIRST_IMPORT, TODAY + 1)
    ]  # fmt: skip
    return (
        pa.Table.from_pylist(rows, schema=CONTACTS),
        pa.Table.from_pylist(before, schema=CONTACTS),
        pa.Table.from_pylist(imports, schema=ACCOUNTS["imports"].schema),
    )


def known(engine: Engine, factor: float = 1.0) -> Lateness | None:
    contacts, before, imports = book(factor)
    themed = [
        row | {"theme_id": 1, "customer_id": row["contact_id"]} for row in contacts.to_pylist()
    ]
    engine.load("contacts", contacts)
    engine.load("contacts_history", before)
    engine.load("imports", imports)
    engine.load("messages", pa.Table.from_pylist(themed, schema=DERIVED["messages"].schema))
    theme = [{"theme_id": 1, "area_id": 1, "label": "one"}]
    engine.load("themes", pa.Table.from_pylist(theme, schema=DERIVED["themes"].schema))
    engine.load("orders", FACTS["orders"].schema.empty_table())
    return lateness(engine, time_zone="UTC")


def test_a_planted_delay_is_found_and_the_last_days_are_held_against_what_is_there(
    engine: Engine, agree: Callable[..., None]
) -> None:
    late = known(engine, factor=2.2)
    assert late is not None
    planted = np.cumsum([PLANTED.get(age, 0.0) for age in range(MOST + 1)])
    assert np.abs(late.there["s"] - planted).max() < 0.03
    assert late.last == {"s": START + timedelta(TODAY)}
    assert late.late("s")
    # A source of which nothing is known is not late.
    assert late.share("other", np.array(["2025-06-01"], "datetime64[D]")).tolist() == [1.0]

    def raised(**other: Any) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        said = find_alerts(engine, time_zone="UTC", false_alerts_per_month=2.0, **other)
        rows = engine.arrow("SELECT * FROM alerts WHERE level = 'theme'").to_pylist()
        return said, [row for row in rows if row["since"] >= START + timedelta(BROKE - 2)]

    plain, without = raised()
    said, rows = raised(late=late)
    agree("alerts")
    assert plain["late"] is None
    assert [row["there"] for row in without] == [None] * len(without)
    # The last day in the data has not ended; of the day before some three quarters have come in.
    assert said["late"]["day"] == (START + timedelta(TODAY - 2)).isoformat()
    assert abs(said["late"]["newest"] - 0.75) < 0.03
    assert said["late"]["watched_to"] == said["late"]["day"]
    complete = START + timedelta(TODAY - 4)
    assert said["late"]["complete_to"] == complete.isoformat()
    (row,) = rows
    assert 0.7 < row["there"] < 0.98
    # What is missing is not expected: the rise is found at its true size, and so sooner.
    assert abs(row["ratio"] - 2.2) < 0.4
    assert all(row["raised_at"] <= other["raised_at"] for other in without)
    told = tell(engine, "UTC", complete)
    assert told is not None
    assert told.days[-1].item() == complete


def test_days_of_which_too_little_is_there_wait(engine: Engine) -> None:
    late = known(engine)
    assert late is not None
    rare = Lateness(late.last, {"s": np.r_[np.full(4, 0.3), np.ones(MOST - 3)]})
    said = find_alerts(engine, time_zone="UTC", false_alerts_per_month=2.0, late=rare)
    assert said["late"]["watched_to"] == (START + timedelta(TODAY - 4)).isoformat()
    assert engine.arrow("SELECT * FROM alerts").num_rows == 0


def test_imports_too_few_to_learn_from_tell_nothing(engine: Engine) -> None:
    contacts, before, imports = book()
    engine.load("contacts", contacts)
    engine.load("contacts_history", before)
    engine.load("imports", imports.slice(0, 3))
    assert lateness(engine, time_zone="UTC") is None
