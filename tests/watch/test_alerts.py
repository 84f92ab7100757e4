"""Alerts of a Book: the rise that was planted is raised once, where it happened."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from engines import agree, engine
from goodwill.engine import Engine
from goodwill.tables import DERIVED, FACTS
from goodwill.watch import find_alerts

__all__ = ["agree", "engine"]
START = date(2025, 1, 1)
DAYS = 200
BROKE = 150
THEMES = {1: 10, 2: 10, 3: 20}
CHANNELS = ("email", "chat")


def messages(*, factor: float = 1.0, theme: int = 1, channel: str = "chat") -> pa.Table:
    """Contacts of three themes by two channels, 4 a day each; one cell rises on day ``BROKE``."""
    draw = np.random.default_rng(7)
    rows: list[dict[str, Any]] = []
    for number in THEMES:
        for way in CHANNELS:
            for day in range(DAYS):
                rate = 4.0
                if (number, way) == (theme, channel) and day >= BROKE:
                    rate *= factor
                for n in range(draw.poisson(rate)):
                    at = datetime(2025, 1, 1, 8, tzinfo=UTC) + timedelta(days=day, minutes=n)
                    rows.append(
                        {
                            "source": "s", "contact_id": f"c{len(rows)}", "at": at,
                            "channel": way, "direction": "in", "theme_id": number,
                            "customer_id": f"p{draw.integers(900)}", "text": "It broke again.",
                        }
                    )  # fmt: skip
    return pa.Table.from_pylist(rows, schema=DERIVED["messages"].schema)


def themes() -> pa.Table:
    rows = [{"theme_id": n, "area_id": area, "label": f"theme {n}"} for n, area in THEMES.items()]
    return pa.Table.from_pylist(rows, schema=DERIVED["themes"].schema)


def watched(
    engine: Engine, facts: pa.Table, per_month: float = 2.0, orders: pa.Table | None = None
) -> Any:
    engine.load("messages", facts)
    engine.load("themes", themes())
    engine.load("orders", orders if orders is not None else FACTS["orders"].schema.empty_table())
    known = find_alerts(engine, time_zone="UTC", false_alerts_per_month=per_month)
    return known, engine.arrow("SELECT * FROM alerts ORDER BY raised_at, alert_id").to_pylist()


@pytest.mark.parametrize("factor", [3.0])
def test_a_planted_rise_is_one_case_that_names_where_it_happened(
    engine: Engine, agree: Callable[..., None], factor: float
) -> None:
    known, rows = watched(engine, messages(factor=factor))
    (lead,) = [row for row in rows if row["lead"]]
    assert (lead["theme_id"], lead["case_id"]) == (1, lead["alert_id"])
    broke = START + timedelta(days=BROKE)
    assert abs(lead["since"] - broke) <= timedelta(days=3)
    assert broke <= lead["raised_at"] <= broke + timedelta(days=14)
    narrow = [row for row in rows if row["level"] == "theme_channel"]
    assert {row["channel"] for row in narrow} == {"chat"}
    assert all(row["case_id"] == lead["case_id"] for row in rows)
    assert lead["ratio"] == pytest.approx(lead["count"] / lead["expected"])
    assert known["reason"] == ""
    agree("alerts")


def test_people_and_contacts_of_an_alert_are_those_counted_by_hand(engine: Engine) -> None:
    facts = messages(factor=3.0)
    _, rows = watched(engine, facts)
    for row in rows:
        hit = [
            m for m in facts.to_pylist()
            if row["since"] <= m["at"].date() <= row["raised_at"]
            and row["theme_id"] in (None, m["theme_id"])
            and row["channel"] in (None, m["channel"])
            and row["area_id"] in (None, THEMES[m["theme_id"]])
        ]  # fmt: skip
        assert (row["count"], row["people"]) == (len(hit), len({m["customer_id"] for m in hit}))


def test_a_steady_company_is_left_in_peace_and_the_rate_is_told(engine: Engine) -> None:
    known, rows = watched(engine, messages(), per_month=0.5)
    assert rows == []
    # company, 2 channels, 2 areas, 3 themes, 6 crossings
    assert known["series"] == 14
    assert known["observed"] == 0.0
    # The part week from Wednesday and eight whole weeks are history; the last day has not ended.
    assert known["replayed"] == DAYS - 1 - (5 + 8 * 7)


def test_the_day_that_has_not_ended_is_not_watched(engine: Engine) -> None:
    facts = messages()
    last = {
        "source": "s", "at": datetime(2025, 7, 20, 9, tzinfo=UTC), "channel": "chat",
        "direction": "in", "theme_id": 1, "customer_id": "p1",
    }  # fmt: skip
    flood = [last | {"contact_id": f"x{n}"} for n in range(200)]
    more = pa.Table.from_pylist(flood, schema=facts.schema)
    _, rows = watched(engine, pa.concat_tables([facts, more]))
    assert rows == []
    next_day = pa.Table.from_pylist(
        [last | {"contact_id": "y", "at": datetime(2025, 7, 21, 9, tzinfo=UTC)}],
        schema=facts.schema,
    )
    _, rows = watched(engine, pa.concat_tables([facts, more, next_day]))
    assert {row["raised_at"] for row in rows} == {date(2025, 7, 20)}


@pytest.mark.parametrize("days", [0, 1, 30])
def test_too_little_history_is_said_and_raises_nothing(engine: Engine, days: int) -> None:
    end = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(days=days)
    facts = messages().filter(pa.compute.field("at") < pa.scalar(end))
    known, rows = watched(engine, facts)
    assert rows == []
    assert known["observed"] is None
    assert known["reason"]


def test_growth_in_orders_is_no_rise_and_what_is_counted_per_is_told(engine: Engine) -> None:
    draw = np.random.default_rng(3)
    # Orders double within a fortnight, and contacts with them.
    level = np.interp(np.arange(DAYS), [0, BROKE, BROKE + 14, DAYS], [1.0, 1.0, 2.0, 2.0])

    def rows(per_day: float, number: Any) -> list[dict[str, Any]]:
        counts = draw.poisson(per_day * level)
        at = [datetime(2025, 1, 1, 9, tzinfo=UTC) + timedelta(days=d) for d in range(DAYS)]
        return [
            {"source": "s", "at": at[d], **number(f"{d}-{n}", n)}
            for d in range(DAYS) for n in range(counts[d])
        ]  # fmt: skip

    told = rows(8, lambda key, n: {
        "contact_id": key, "direction": "in", "channel": "chat", "theme_id": 1,
        "customer_id": key,
    })  # fmt: skip
    bought = rows(20, lambda key, n: {
        "order_id": key, "customer_ref": f"c{n}", "kind": "order", "currency": "EUR",
    })  # fmt: skip
    facts = pa.Table.from_pylist(told, schema=DERIVED["messages"].schema)
    orders = pa.Table.from_pylist(bought, schema=FACTS["orders"].schema)
    known, alone = watched(engine, facts)
    assert known["per"] == "days"
    assert alone
    known, with_orders = watched(engine, facts, orders=orders)
    assert known["per"] == "orders"
    assert len(with_orders) < len(alone)
