"""Decisions that need a whole column: which comes first, day or month; comma or point."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from goodwill.literals import quoted

from ._cells_sql import TimeRule, clean_sql, slash_evidence_sql, zoneless_sql
from ._numbers_sql import NumberRule, number_evidence_sql
from ._plan import Plan, Settings
from ._rows import Chunk

_WIDTH = 5


def decide(con: Any, plan: Plan, chunks: Iterator[Chunk]) -> tuple[Plan, list[str]]:
    """Return the plan with its rules for times and numbers, and the decisions in words.

    The whole file is read only when its first rows hold dates such as 3/4/2015, or numbers such as
    1.234.
    """
    recipe, settings = plan.recipe, plan.settings
    columns = [
        ours
        for ours, column in recipe.columns.items()
        if column.kind in ("time", "number") and ours in plan.found
    ]
    if not columns:
        return plan, []
    parts = []
    for ours in columns:
        cell = quoted(ours)
        if recipe.columns[ours].kind == "time":
            parts.append(slash_evidence_sql(cell))
        else:
            parts.append(number_evidence_sql(cell) + ", 0")
    cells = ", ".join(
        f"{clean_sql(plan.found[ours], recipe.missing)} AS {quoted(ours)}" for ours in columns
    )
    sql = f"SELECT {', '.join(parts)} FROM (SELECT {cells} FROM chunk)"
    sums = [0] * (_WIDTH * len(columns))
    undecided = [o for o in columns if recipe.columns[o].kind == "time"
                 and not recipe.columns[o].order]  # fmt: skip
    unsure = [o for o in columns if recipe.columns[o].kind == "number"
              and not recipe.columns[o].decimal]  # fmt: skip
    for chunk in chunks:
        if not chunk.rows.num_rows:
            continue
        con.register("chunk", chunk.rows)
        row = con.execute(sql).fetchall()[0]
        sums = [a + b for a, b in zip(sums, row, strict=True)]
        slashed = any(sums[_WIDTH * columns.index(ours)] for ours in undecided)
        either = any(sums[_WIDTH * columns.index(ours) + 2] for ours in unsure)
        if not slashed and not either:
            break
    evidence = {ours: sums[_WIDTH * i : _WIDTH * (i + 1)] for i, ours in enumerate(columns)}
    times, numbers, notes = {}, {}, []
    settled = _settled([evidence[ours] for ours in undecided])
    for ours in columns:
        column, name = recipe.columns[ours], plan.found[ours]
        if column.kind == "time":
            order, said = _order(evidence[ours], column.order, name, settled, column.usually)
            zone = column.zone or settings.time_zone
            times[ours] = TimeRule(order, zone)
            notes.extend(said)
            if evidence[ours][4]:
                notes.append(_zone_note(name, column.zone, settings))
        else:
            decimal, said = _decimal(evidence[ours], column.decimal, name)
            numbers[ours] = NumberRule(decimal)
            notes.extend(said)
    return replace(plan, times=times, numbers=numbers), notes


def _zone_note(name: str, known: str, settings: Settings) -> str:
    said = f"times in {name!r} name no zone: read as {known or settings.time_zone}"
    if known:
        return said
    if settings.zone_of:
        return f"{said} ({settings.zone_of})"
    return f"{said} (the Book's; --zone gives another)"


def zoneless(con: Any, plan: Plan, rows: Any) -> tuple[str, ...]:
    """Return the columns among whose first times some name no zone, and that no recipe knows."""
    open_zones = [
        ours
        for ours, column in plan.recipe.columns.items()
        if column.kind == "time" and not column.zone and ours in plan.found
    ]
    if not open_zones or not rows.num_rows:
        return ()
    con.register("first_rows", rows)
    missing = plan.recipe.missing
    counts = ", ".join(
        f"count(*) FILTER (WHERE {zoneless_sql(clean_sql(plan.found[ours], missing))})"
        for ours in open_zones
    )
    found = con.execute(f"SELECT {counts} FROM first_rows").fetchall()[0]
    con.unregister("first_rows")
    return tuple(plan.found[o] for o, count in zip(open_zones, found, strict=True) if count)


def _decimal(evidence: list[int], known: str, name: str) -> tuple[str, list[str]]:
    comma, point, either, named, _ = evidence
    decimal = known or ("," if comma > point else ".")
    said = [f"numbers in {name!r} have a decimal comma"] if decimal == "," else []
    if not known and comma and point:
        said.append(
            f"numbers in {name!r} contradict each other ({comma} with a decimal comma, {point} "
            f"with a point): read with {decimal!r}, those that do not fit are quarantined"
        )
    if not known and either and not comma and not point:
        said.append(
            f"numbers in {name!r} such as 1,234 or 1.234 are read with a decimal point: nothing in "
            'the column decides it; a mapping with decimal = "," changes it'
        )
    if named:
        said.append(f"cells of {name!r} name a currency: it counts where no column names one")
    return decimal, said


def _settled(all_evidence: list[list[int]]) -> str:
    """Return the order that the file's decided columns agree on, else nothing."""
    orders = {"dmy" if e[1] else "mdy" for e in all_evidence if bool(e[1]) != bool(e[2])}
    return orders.pop() if len(orders) == 1 else ""


def _order(
    evidence: list[int], known: str, name: str, settled: str, usually: str
) -> tuple[str, list[str]]:
    slashed, first, second, dotted, _ = evidence
    if known:
        return known, []
    if not slashed:
        return "dmy", []
    if first and not second:
        return "dmy", [f"dates in {name!r} are day/month/year ({first} have a first part over 12)"]
    if second and not first:
        return "mdy", [f"dates in {name!r} are month/day/year ({second} have a second over 12)"]
    if first or second:
        order = "dmy" if first >= second else "mdy"
        spoken = "day/month" if order == "dmy" else "month/day"
        return order, [
            f"dates in {name!r} contradict each other ({first} day first, {second} month first): "
            f"read as {spoken}, the others are quarantined"
        ]
    if settled:
        spoken = "day/month" if settled == "dmy" else "month/day"
        return settled, [f"dates in {name!r} are {spoken}/year, as the file's other dates are"]
    if usually and not dotted:
        spoken = "day/month" if usually == "dmy" else "month/day"
        return usually, [f"dates in {name!r} are taken as {spoken}/year, as this product writes"]
    reason = "written with dots" if dotted else "nothing in the column decides it"
    return "dmy", [f"dates in {name!r} are taken as day/month/year: {reason}; "
                   "a mapping with order = \"mdy\" changes it"]  # fmt: skip
