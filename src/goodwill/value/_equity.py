"""The step of a refresh that follows customer equity through the months.

All months are seen with the models of today: what changes from month to month is then what the
customers did, not what was learned since. (What would have been *said* at the time is another
question; the replayed forecasts answer it.) Each customer of a month is in one part, *new*, *kept*,
*growing*, *shrinking* or *lost*, with his worth before and after, so that the parts add up to the
equity at both ends of the month.

Return on Customer: Peppers and Rogers, "Return on Customer", 2005.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from math import hypot, sqrt
from typing import Any

import numpy as np
import pyarrow as pa

from goodwill.engine import Engine
from goodwill.figures import Z95
from goodwill.literals import text_sql
from goodwill.tables import DERIVED
from goodwill.value import _equity_sql as sql
from goodwill.value._contract_value import contract_worth
from goodwill.value._equity_error import equity_error
from goodwill.value._known import last_day, model_of, outlook_now, spend_of
from goodwill.value._moved import AliveSlopes, known_error, moves
from goodwill.value._outlook import discounted_if_alive

MOST_MONTHS = 36
"""The last so many months are followed."""


def follow_equity(engine: Engine, account: Mapping[str, Any]) -> None:
    """Make ``equity_months``, ``equity_segments`` and ``first_days``.

    Args:
        engine: Holds what `value_customers` left, orders, order_customers, messages, promises.
        account: What `value_customers` returned.
    """
    rows: list[dict[str, Any]] = []
    for source, one in sorted(account.get("sources", {}).items()):
        rows += _source_months(engine, source, one, account)
    contracts = account.get("contracts", {})
    for source, one in sorted(contracts.get("sources", {}).items()):
        if "value" in one:
            rows += _contract_months(engine, source, one, account)
    schema = DERIVED["equity_months"].schema
    engine.load("equity_months", pa.Table.from_pylist(rows, schema=schema))
    engine.save("first_days", sql.first_days_sql(), sql.FIRST_DAYS)
    days = [last_day(one) for one in account.get("sources", {}).values()]
    days += [last_day(contracts)] if "as_of" in contracts else []
    if not days:
        engine.load("equity_segments", sql.SEGMENTS.empty_table())
        return
    as_of = (max(days) + timedelta(days=1)).isoformat()
    error = float(account.get("sum_error", account.get("parameter_error", 0.0)))
    held = "as_of" in contracts
    engine.save("equity_segments", sql.segments_sql(as_of, error, contracts=held), sql.SEGMENTS)


def _source_months(
    engine: Engine, source: str, one: Mapping[str, Any], account: Mapping[str, Any]
) -> list[dict[str, Any]]:
    model, spend = model_of(one), spend_of(one)
    if model is None or spend is None:
        return []
    margin = 1.0 if one["margin"] is None else float(one["margin"])
    first = engine.scalar(
        f"SELECT min(day) FROM value_days WHERE bought AND source = {text_sql(source)}"
    )
    slopes = _alive_slopes(engine, source, model, (last_day(one) - first).days / 7, account)
    rows = []
    for number, (since, until) in enumerate(month_ends(first, last_day(one))):
        now, before = f"_equity_{number % 2}", f"_equity_{(number + 1) % 2}"
        _worth(engine, now, source, since, until, model, spend, margin, account, slopes)
        if number:
            parts = engine.arrow(sql.parts_sql(now, before, (until - since).days)).to_pylist()
            rows += _month(source, until, parts, one, margin, float(one.get("missed_error", 0.0)))
    engine.drop("_equity_0", "_equity_1", "_equity_at", "_equity_histories", "_equity_paid")
    return rows


def _contract_months(
    engine: Engine, source: str, one: Mapping[str, Any], account: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """Return the months of a source's contracts; those of its orders are rows of their own."""
    name = f"{source}, contracts" if source in account.get("sources", {}) else source
    begun = engine.scalar(
        f"SELECT CAST(min(started) AS DATE) FROM _contracts WHERE source = {text_sql(source)}"
    )
    rows = []
    margin = account["contracts"]["margin"]
    share = 1.0 if margin is None else float(margin)
    missed = sqrt(max(one["sum_error"] ** 2 - one["parameter_error"] ** 2, 0.0))
    for number, (since, until) in enumerate(month_ends(begun, last_day(account["contracts"]))):
        now, before = f"_equity_{number % 2}", f"_equity_{(number + 1) % 2}"
        contract_worth(engine, now, source, account, since, until)
        if number:
            parts = engine.arrow(sql.parts_sql(now, before, (until - since).days)).to_pylist()
            rows += _month(name, until, parts, one, share, missed)
    engine.drop("_equity_0", "_equity_1")
    return rows


def month_ends(first: date, last: date) -> Iterator[tuple[date, date]]:
    """Yield the last day of the month before and that of the month, up to ``last``.

    The first pair only opens the books: at its end nobody, or what came before `MOST_MONTHS`.

    >>> [str(end) for _, end in month_ends(date(2025, 1, 20), date(2025, 3, 9))]
    ['2024-12-31', '2025-01-31', '2025-02-28', '2025-03-09']
    """
    ends = [first.replace(day=1) - timedelta(days=1)]
    while ends[-1] < last:
        begun = ends[-1] + timedelta(days=1)
        ends.append(min((begun + timedelta(days=31)).replace(day=1) - timedelta(days=1), last))
    ends = ends[-MOST_MONTHS - 1 :]
    before = (ends[0].replace(day=1)) - timedelta(days=1)
    yield from zip([before, *ends], ends, strict=False)


def _alive_slopes(
    engine: Engine, source: str, model: Any, oldest: float, account: Mapping[str, Any]
) -> AliveSlopes | None:
    """Return how the worth of who is alive moves with the parameters; None where nothing tells."""
    if not known_error(model):
        return None
    most = engine.scalar(
        f"SELECT max(frequency) FROM value_histories WHERE source = {text_sql(source)}"
    )
    weeks, rate = float(account["horizon_weeks"]), float(account["discount_rate"])
    return AliveSlopes(
        model, lambda at, x, T: discounted_if_alive(at, x, T, weeks, rate), int(most), oldest
    )


def _worth(
    engine: Engine, name: str, source: str, since: date, until: date, model: Any, spend: Any,
    margin: float, account: Mapping[str, Any], slopes: AliveSlopes | None,
) -> None:  # fmt: skip
    """Make table ``name``: what each customer of the source is worth on the day ``until``."""
    engine.save("_equity_at", sql.at_sql(source, since.isoformat(), until.isoformat()), sql.AT)
    names = ("frequency", "recency_days", "age_days")
    named = ", ".join(names)
    cells = engine.arrow(f"SELECT DISTINCT {named} FROM _equity_at ORDER BY {named}")
    x, recency, age = (np.asarray(cells[n].to_numpy(), dtype=np.float64) for n in names)
    worth, alive = outlook_now(
        model, x, recency / 7, age / 7,
        float(account["horizon_weeks"]), float(account["discount_rate"]),
    )  # fmt: skip
    made = cells.append_column("worth", pa.array(worth)).append_column("alive", pa.array(alive))
    moved: list[Any] = [None] * len(sql.PURCHASES_MOVED)
    if slopes is not None:
        moved = list(moves(model, x, recency / 7, age / 7, alive, slopes.of(x, age / 7)))
    for column, each in zip(sql.PURCHASES_MOVED, moved, strict=True):
        values = pa.nulls(len(x), pa.float64()) if each is None else pa.array(each)
        made = made.append_column(column, values)
    engine.load("_equity_histories", made.cast(sql.HISTORY_CELLS))
    paid = np.asarray(
        engine.arrow("SELECT DISTINCT paid FROM _equity_at ORDER BY paid")["paid"].to_numpy(),
        dtype=np.float64,
    )
    base, slope = spend.base_and_slope(paid)
    columns = (paid.astype(np.int64), base, slope, *np.concatenate(spend.moves(paid)))
    table = pa.Table.from_arrays([pa.array(each) for each in columns], sql.PAID_CELLS.names)
    engine.load("_equity_paid", table.cast(sql.PAID_CELLS))
    engine.save(name, sql.worth_sql(margin), sql.WORTH)


def _month(
    source: str, until: date, parts: list[dict[str, Any]], one: Mapping[str, Any], margin: float,
    missed: float,
) -> list[dict[str, Any]]:  # fmt: skip
    """Return the rows of a month.

    Args:
        source: Their source.
        until: The month's last day.
        parts: What `parts_sql` finds.
        one: What `value_customers` says of the source.
        margin: Share of what was earned that is left.
        missed: By how much of a worth the replays missed, both worths of a part alike.
    """
    key = {"source": source, "month": until.replace(day=1), "until": until}
    found = {row["part"]: row for row in parts}
    rows = []
    total = {"customers": 0, "left_now": 0, "equity_before": 0, "equity": 0, "earned": 0}
    moved: list[float | None] = [0.0] * len(sql.MOVED)
    # Parts may be missed apart from each other, so that their misses do not cancel out.
    misses: list[float] = []
    for part in sql.PARTS:
        row = found.get(part, dict.fromkeys((*total, *sql.MOVED), 0))
        values = {name: int(row[name]) for name in total}
        values["earned"] = round(values["earned"] * margin)
        mine = [row[name] for name in sql.MOVED]
        misses.append(missed * (values["equity"] - values["equity_before"]))
        ends = _change(values, mine, misses[-1]) if part != "new" else _worth_of_new(values, one)
        rows.append(key | {"part": part} | values | ends)
        total = {name: total[name] + values[name] for name in total}
        moved = [None if b is None or a is None else a + b
                 for a, b in zip(moved, mine, strict=True)]  # fmt: skip
    half = Z95 * equity_error(one, float(total["equity"]))
    rows.append(
        key | {"part": "all"} | total | _change(total, moved, hypot(*misses))
        | {"equity_low": round(max(total["equity"] - half, 0)),
           "equity_high": round(total["equity"] + half)}
    )  # fmt: skip
    return rows


def _worth_of_new(values: Mapping[str, int], one: Mapping[str, Any]) -> dict[str, int | None]:
    """Return the ends of what new customers are worth: of a sum of worth, chance and all."""
    half = Z95 * equity_error(one, float(values["equity"]))
    worth = values["equity"]
    return {"change_low": round(max(worth - half, 0)), "change_high": round(worth + half)}


def _change(
    values: Mapping[str, int], moved: list[float | None], missed: float
) -> dict[str, int | None]:
    """Return the ends of the interval of a change; both worths are moved together.

    It holds no chance: worth is what is expected of a customer, and what he did is known.

    Args:
        values: Worths before and after.
        moved: By one standard error in each direction of the parameters.
        missed: Standard error, in money, by what the replays missed.
    """
    known = [each / sql.FINE for each in moved if each is not None]
    if len(known) < len(moved):
        return {"change_low": None, "change_high": None}
    change = values["equity"] - values["equity_before"]
    half = Z95 * hypot(*known, missed)
    return {"change_low": round(change - half), "change_high": round(change + half)}
