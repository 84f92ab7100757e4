"""Fixes of a Book: the right controls, no proof by moving contacts, and the return of a problem."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from engines import agree, engine
from goodwill.engine import DuckDBEngine, Engine
from goodwill.errors import InputError
from goodwill.records import Event
from goodwill.tables import DERIVED, FACTS
from goodwill.watch import draw_rollout, judge_fixes, prove_fix

__all__ = ["agree", "engine"]
START = date(2024, 1, 1)
DAYS, FIXED = 420, 300
FIXED_ON = START + timedelta(days=FIXED)
AREAS = {1: 10, 2: 10, 3: 20, 4: 20, 5: 30}
FIX = Event("f", "fix", "New depot", (1,), FIXED_ON, theme_version="v1")


def world(
    seed: int, rates: dict[tuple[int, str], float], shape: Callable[[int, str], Any]
) -> pa.Table:
    """Contacts by theme and region at 9 o'clock; ``shape`` multiplies a cell's daily rates.

    Customers of theme 5 are those of theme 1; all others write about one theme only.
    """
    draw = np.random.default_rng(seed)
    parts = []
    for (theme, region), rate in rates.items():
        counts = draw.poisson(rate * np.broadcast_to(shape(theme, region), DAYS))
        day = np.repeat(np.arange(DAYS), counts)
        who = draw.integers(0, 4000, len(day)) + 10_000 * (1 if theme == 5 else theme)
        parts.append((np.full(len(day), theme), np.full(len(day), region), day, who))
    theme, region, day, who = (np.concatenate(column) for column in zip(*parts, strict=True))
    first = np.datetime64(datetime(2024, 1, 1, 9), "us")
    columns = {
        "source": pa.array(["s"] * len(day)),
        "contact_id": pa.array([f"c{n}" for n in range(len(day))]),
        "at": pa.array(first + day.astype("timedelta64[D]")).cast(pa.timestamp("us", tz="UTC")),
        "direction": pa.array(["in"] * len(day)),
        "theme_id": pa.array(theme, pa.int32()),
        "region": pa.array(region),
        "customer_id": pa.array([f"p{n}" for n in who]),
    }
    schema = DERIVED["messages"].schema
    return pa.table(
        [columns.get(f.name, pa.nulls(len(day), f.type)) for f in schema], schema=schema
    )


def judged(
    engine: Engine, facts: pa.Table, *events: Event, orders: pa.Table | None = None
) -> list[dict[str, Any]]:
    engine.load("messages", facts)
    themes = [
        {"theme_id": n, "area_id": area, "label": f"theme {n}", "version": "v1"}
        for n, area in AREAS.items()
    ]
    engine.load("themes", pa.Table.from_pylist(themes, schema=DERIVED["themes"].schema))
    engine.load("orders", FACTS["orders"].schema.empty_table() if orders is None else orders)
    judge_fixes(engine, events, time_zone="UTC")
    found = engine.arrow("SELECT * FROM fixes").to_pylist()
    return [next(row for row in found if row["event_id"] == e.event_id) for e in events]


@pytest.fixture(scope="module")
def duckdb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DuckDBEngine]:
    engine = DuckDBEngine(Path(tmp_path_factory.mktemp("scratch")))
    yield engine
    engine.close()


def after(factor: float, theme: int = 1, region: str | None = None) -> Callable[[int, str], Any]:
    """Return the shape of one cell that changes on the day of the fix."""

    def shape(number: int, where: str) -> Any:
        hit = number == theme and region in (None, where)
        return np.where(np.arange(DAYS) >= FIXED, factor if hit else 1.0, 1.0)

    return shape


def everywhere(rate: float = 5.0) -> dict[tuple[int, str], float]:
    return {(theme, region): rate for theme in AREAS for region in ("North", "South")}


def test_a_fix_of_one_region_is_held_against_the_same_theme_elsewhere(
    engine: Engine, agree: Callable[..., None]
) -> None:
    rates = everywhere() | {(1, region): 10.0 for region in ("North", "South")}
    facts = world(1, rates, after(0.4, region="South"))
    (row,) = judged(engine, facts, replace(FIX, region="South"))
    assert (row["verdict"], row["compared_with"], row["control_themes"]) == (
        "worked", "elsewhere", [],
    )  # fmt: skip
    assert row["low"] < 0.4 < row["high"] < 0.6
    assert FIXED_ON < row["proven_on"] < FIXED_ON + timedelta(days=60)
    assert row["returned_on"] is None
    hit = [
        m for m in facts.select(["at", "theme_id", "region", "customer_id"]).to_pylist()
        if m["theme_id"] == 1 and m["region"] == "South" and m["at"].date() >= FIXED_ON
        and m["at"].date() < START + timedelta(days=DAYS - 1)
    ]  # fmt: skip
    assert (row["count"], row["people"]) == (len(hit), len({m["customer_id"] for m in hit}))
    weeks = engine.arrow("SELECT * FROM fix_weeks ORDER BY week").to_pylist()
    since = [week for week in weeks if week["phase"] == "after"]
    assert sum(week["count"] for week in since) == row["count"]
    assert sum(week["expected"] for week in since) == pytest.approx(row["expected"])
    assert since[0]["week"] == FIXED_ON
    assert all(week["low"] < week["expected"] < week["high"] for week in weeks)
    agree("fixes")
    agree("fix_weeks")


def test_controls_are_neither_sisters_nor_of_the_same_people_nor_named_by_others(
    duckdb: DuckDBEngine,
) -> None:
    facts = world(2, everywhere(), after(0.4))
    other = Event("o", "incident", "Strike", (4,), START + timedelta(days=120),
                  START + timedelta(days=130), theme_version="v1")  # fmt: skip
    row, strike = judged(duckdb, facts, FIX, other)
    # 2 is of the same area, 5 has the same customers, 4 has an incident of its own.
    assert (row["compared_with"], row["control_themes"]) == ("themes", [3])
    assert row["verdict"] == "worked"
    assert strike["verdict"] in ("too_early", "did_not")
    assert strike["days"] == 11


def test_moving_a_third_to_a_sister_theme_never_works(duckdb: DuckDBEngine) -> None:
    naive = moved = 0
    days = np.datetime64(START) + np.arange(DAYS - 1)

    def shape(theme: int, region: str) -> Any:
        step = np.arange(DAYS) >= FIXED
        return np.where(step, {1: 0.7, 2: 1.3}.get(theme, 1.0), 1.0)

    for seed in range(8):
        facts = world(seed, everywhere(12.0), shape)
        (row,) = judged(duckdb, facts, FIX)
        assert row["verdict"] in ("recount", "too_early")
        assert row["moved_to"] == (2 if row["verdict"] == "recount" else None)
        moved += row["verdict"] == "recount"
        assert row["proven_on"] is None
        assert "theme 2" in row["reason"]
        theme, day = (facts.column(name).to_numpy() for name in ("theme_id", "at"))
        place = (day.astype("datetime64[D]") - np.datetime64(START)).astype(int)
        counts = [
            np.bincount(place[theme == n], minlength=DAYS)[: DAYS - 1].astype(float) for n in (1, 3)
        ]
        proof = prove_fix(counts[0], dates=days, fixed_at=FIXED_ON, controls=counts[1])
        naive += proof.verdict == "worked"
    assert naive >= 6
    assert moved >= 6


def test_a_proven_problem_that_returns_is_reopened_with_its_day(duckdb: DuckDBEngine) -> None:
    def shape(theme: int, region: str) -> Any:
        day = np.arange(DAYS)
        return np.where((theme == 1) & (day >= FIXED) & (day < FIXED + 80), 0.3, 1.0)

    back = START + timedelta(days=FIXED + 80)
    (row,) = judged(duckdb, world(3, everywhere(), shape), FIX)
    assert row["proven_on"] < back
    assert abs(row["returned_on"] - back) <= timedelta(days=3)
    (stays,) = judged(duckdb, world(3, everywhere(), after(0.3)), FIX)
    assert (stays["verdict"], stays["returned_on"]) == ("worked", None)


def test_what_cannot_be_judged_says_why(duckdb: DuckDBEngine) -> None:
    facts = world(4, everywhere(1.0), after(1.0))
    edited, back, ahead, early, gone = judged(
        duckdb, facts,
        replace(FIX, event_id="a", theme_version="v0"),
        replace(FIX, event_id="b", withdrawn=True),
        replace(FIX, event_id="c", started_on=START + timedelta(days=DAYS + 30)),
        replace(FIX, event_id="d", started_on=START + timedelta(days=30)),
        replace(FIX, event_id="e", theme_ids=(77,)),
    )  # fmt: skip
    assert (edited["verdict"], gone["verdict"]) == ("recount", "recount")
    assert "no more" in gone["reason"]
    assert (back["verdict"], back["ratio"]) == ("withdrawn", None)
    assert ahead["verdict"] == "too_early"
    assert ahead["weeks_to_proof"] > 1
    assert (early["verdict"], "84 days" in early["reason"]) == ("unknown", True)


def test_without_a_control_orders_are_the_measure_and_without_those_nothing_is_said(
    duckdb: DuckDBEngine,
) -> None:
    facts = world(5, {(1, "North"): 6.0, (2, "North"): 6.0}, after(0.4))
    (alone,) = judged(duckdb, facts, FIX)
    assert (alone["verdict"], alone["compared_with"]) == ("unknown", "")
    rows = [
        {"source": "s", "order_id": f"o{d}-{n}", "kind": "order", "region": "North",
         "at": datetime(2024, 1, 1, 9, tzinfo=UTC) + timedelta(days=d)}
        for d in range(DAYS) for n in range(20 if d < FIXED else 10)
    ]  # fmt: skip
    orders = pa.Table.from_pylist(rows, schema=FACTS["orders"].schema)
    (row,) = judged(duckdb, facts, FIX, orders=orders)
    assert row["compared_with"] == "orders"
    # Contacts fell to 40 %, orders to half: an order brings four fifths of the contacts.
    assert row["low"] < 0.8 < row["high"]
    assert row["verdict"] != "worked"


def test_a_staggered_roll_out_is_drawn_kept_and_judged_as_an_experiment(
    duckdb: DuckDBEngine,
) -> None:
    regions = [f"region {n}" for n in range(14)]
    rates = {(theme, region): 1.0 + 0.2 * n for theme in (1, 2, 3)
             for n, region in enumerate(regions)}  # fmt: skip
    last = FIXED_ON + timedelta(days=42)

    def known(counts: pa.Table, until: date) -> pa.Table:
        end = datetime(until.year, until.month, until.day, 12, tzinfo=UTC)
        return counts.filter(pa.compute.field("at") < pa.scalar(end))

    def drawn(facts: pa.Table, starts: list[date], by: str = "region") -> Any:
        judged(duckdb, facts)
        return draw_rollout(duckdb, FIX, starts, by=by, seed=11, time_zone="UTC")

    before = known(world(7, rates, after(1.0)), FIXED_ON)
    plan = drawn(before, [FIXED_ON + timedelta(days=1), last])
    assert plan.draws == 2**7
    assert plan.smallest_fall is not None
    with pytest.raises(InputError, match="data goes to"):
        drawn(before, [FIXED_ON - timedelta(days=7), last])
    with pytest.raises(InputError, match="No contact names a ticket"):
        drawn(before, [FIXED_ON + timedelta(days=1), last], "ticket")
    event = replace(
        FIX, started_on=plan.starts[0], seed=11, units_by="region",
        units=tuple((unit, plan.first_day(unit)) for unit in plan.units),
        smallest_fall=plan.smallest_fall, weeks_to_proof=plan.weeks_to_proof,
    )  # fmt: skip

    def rolled(theme: float, sister: float = 1.0, again: float = 1.0) -> Callable[[int, str], Any]:
        def shape(number: int, region: str) -> Any:
            since = (plan.first_day(region) - START).days
            day = np.arange(DAYS)
            factor = {1: theme, 2: sister}.get(number, 1.0)
            back = np.where((day >= DAYS - 50) & (number == 1), again / theme, 1.0)
            return np.where(day >= since, factor, 1.0) * (back if again != 1.0 else 1.0)

        return shape

    facts = world(7, rates, rolled(0.5))
    (early,) = judged(duckdb, known(facts, last - timedelta(days=1)), event)
    assert (early["verdict"], early["ratio"], early["judged_on"]) == ("too_early", None, last)
    assert "not before" in early["reason"]
    (row,) = judged(duckdb, facts, event)
    assert (row["verdict"], row["compared_with"]) == ("worked", "rollout")
    assert (row["proven_on"], row["returned_on"]) == (last, None)
    assert row["low"] < 0.5 < row["high"] < 1
    assert row["p_value"] <= 0.025
    first = {unit for unit, wave in zip(plan.units, plan.waves, strict=True) if wave == 0}
    hit = [
        m for m in facts.select(["at", "theme_id", "region", "customer_id"]).to_pylist()
        if m["theme_id"] == 1 and m["region"] in first
        and plan.starts[0] <= m["at"].date() < last
    ]  # fmt: skip
    assert (row["count"], row["people"]) == (len(hit), len({m["customer_id"] for m in hit}))
    weeks = duckdb.arrow("SELECT * FROM fix_weeks WHERE phase = 'after'").to_pylist()
    assert sum(week["count"] for week in weeks) == len(hit)
    (nothing,) = judged(duckdb, world(8, rates, rolled(1.0)), event)
    assert (nothing["verdict"], nothing["proven_on"]) == ("unknown", None)
    (moved,) = judged(duckdb, world(9, rates, rolled(0.6, 1.4)), event)
    assert moved["verdict"] in ("recount", "unknown")
    assert "theme 2" in moved["reason"]
    (back,) = judged(duckdb, world(7, rates, rolled(0.4, again=1.01)), event)
    assert back["proven_on"] == last
    assert abs(back["returned_on"] - (START + timedelta(days=DAYS - 50))) <= timedelta(days=5)
