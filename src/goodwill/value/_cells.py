"""From orders to cells: customers with the same history are one row with a weight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.errors import InputError
from goodwill.given import spelled, whole
from goodwill.value._inputs import arrow, need_columns

DAYS = {"day": 1.0, "week": 7.0, "month": 365.25 / 12, "year": 365.25}


@dataclass(frozen=True, slots=True)
class Cells:
    """Customers grouped by history; what the models are fitted on.

    It can be read like a table: ``cells["frequency"]``, ``pl.DataFrame(cells)``,
    ``cells.to_pandas()``.

    Attributes:
        table: Arrow (frequency, recency, T, weight), one row per distinct history. ``frequency``
            is the number of days with a purchase after the first such day; ``recency`` the time
            from the first to the last of them, ``T`` that from the first to ``end``, in ``unit``.
        money: Arrow (frequency, monetary_value, weight), one row per distinct pair, of customers
            with a repeat purchase and money left after refunds.
        unit: ``day``, ``week``, ``month`` (a twelfth of 365.25 days) or ``year``.
        end: The last day observed.
    """

    table: pa.Table
    money: pa.Table
    unit: str
    end: date | None

    @property
    def column_names(self) -> list[str]:
        """Names of the columns of ``table``."""
        return list(self.table.column_names)

    @property
    def customers(self) -> int:
        """Number of customers in the cells."""
        return int(pc.sum(self.table["weight"]).as_py() or 0)

    def __getitem__(self, name: str) -> Any:
        return self.table[name].to_numpy()

    def __len__(self) -> int:
        return int(self.table.num_rows)

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        return self.table.__arrow_c_stream__(requested_schema)

    def to_arrow(self) -> pa.Table:
        """Return ``table``."""
        return self.table

    def to_pandas(self) -> Any:
        """Return ``table`` as a pandas frame."""
        return self.table.to_pandas()


def rfm(orders: Any, *, unit: str = "week", end: date | datetime | str | None = None) -> Cells:
    """Return the weighted cells of a shop's orders; SQL does the work.

    Args:
        orders: Arrow, pandas or polars with ``customer_ref``, ``at`` (date, time or ISO text; UTC)
            and ``amount``; ``kind`` (as in the table ``orders``) is used where it is there.
        unit: Unit of ``recency`` and ``T``.
        end: Last day observed; orders after it are left out. The day of the last order when None.

    All purchases of one customer on one day are one purchase occasion. A row is a purchase when
    its amount is zero, positive or missing, and its kind, if any, is ``order``. A negative row,
    and a row of kind ``refund`` or ``cancellation`` whatever its sign, is no purchase: it lowers
    the customer's ``monetary_value`` in the proportion in which it lowers what he spent in all.
    Rows of other kinds, and rows without customer or time, are left out.

    Raises:
        InputError: A column is absent, a value of ``at`` or ``amount`` is no time or number (its
            row is named), ``end`` is no date, or the unit is none of the four.
    """
    if unit not in DAYS:
        raise InputError(f"unknown unit {unit!r}", hint=f"use one of {', '.join(DAYS)}")
    table = arrow(orders)
    need_columns(table, ("customer_ref", "at", "amount"), "the orders")
    table = spelled(table, at=["at"], amounts=["amount"])
    place = table.column_names.index("customer_ref")
    table = table.set_column(place, "customer_ref", whole(table["customer_ref"]))
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as db:
        db.execute("SET TimeZone = 'UTC'")
        db.register("orders", table)
        kind = "coalesce(o.kind, 'order')" if "kind" in table.column_names else "'order'"
        seen = f"SELECT min({_DAY}), max({_DAY}), bool_or(o.amount < 0 OR {kind} <> 'order')"
        first, last, returns = db.sql(f"{seen} FROM orders AS o").fetchall()[0]
        last = _day(end) or last
        histories = histories_sql(kind, bool(returns), first, last)
        db.execute(f"CREATE TEMP TABLE histories AS {histories}")
        cells = db.sql(cells_sql(unit, last)).to_arrow_table()
        money = db.sql(money_sql(kind, bool(returns), last)).to_arrow_table()
    return Cells(cells, money, unit, last)


_DAY = "CAST(CAST(o.at AS TIMESTAMP) AS DATE)"

# Sums of floats depend on the order of rows in their last digits; to this place they do not.
_PLACES = 9
_MOST_BITS = 4096
"""Days that a customer's purchases are marked on, a bit for each; over longer times they are
counted as they are, which takes half as long again and less memory."""


def histories_sql(kind: str, returns: bool, first: date | None, end: date | None) -> str:
    """Return the query from ``orders`` to what each customer bought.

    Lines are summed by customer at once, not by day: days with a purchase are counted as bits.

    Args:
        kind: What says the kind of a line of the orders o.
        returns: There are lines that are no purchases.
        first: A day before which there are no orders.
        end: The last day observed.
    """
    bought = " FILTER (WHERE bought)" if returns else ""
    occasions = f"count(DISTINCT day){bought}"
    if first and end and first <= end and (end - first).days < _MOST_BITS:
        place = f"date_diff('day', DATE '{first.isoformat()}', day)"
        occasions = f"bit_count(bitstring_agg({place}, 0, {(end - first).days}){bought})"
    return f"""
    SELECT customer_ref, {occasions} - 1 AS frequency,
        min(day){bought} AS first_day, max(day){bought} AS last_day,
        round(sum(spent), {_PLACES}) AS spent,
        {f"round(sum(returned), {_PLACES})" if returns else "0"} AS returned,
        count(*){bought} AS purchases, round(arg_min(spent, day){bought}, {_PLACES}) AS spent_first
    FROM ({_lines_sql(kind, returns, end)})
    GROUP BY customer_ref
    HAVING count(*){bought} > 0
    """


def _lines_sql(kind: str, returns: bool, end: date | None) -> str:
    """Return the query to each line's day and money; ``bought`` and ``returned`` if asked for."""
    amount = "coalesce(CAST(o.amount AS DOUBLE), 0)"
    parts = f"{amount} AS spent"
    if returns:
        parts = f"""
            {kind} = 'order' AND {amount} >= 0 AS bought,
            CASE WHEN {kind} = 'order' THEN greatest({amount}, 0) ELSE 0 END AS spent,
            CASE WHEN {kind} IN ('refund', 'cancellation') THEN abs({amount})
                WHEN {kind} = 'order' THEN greatest(-{amount}, 0) ELSE 0 END AS returned"""
    return f"""
        SELECT o.customer_ref, {_DAY} AS day, {parts}
        FROM orders AS o
        WHERE o.customer_ref IS NOT NULL AND {_DAY} <= {_literal(end)}
    """


def cells_sql(unit: str, end: date | None) -> str:
    """Return the query from ``histories`` to the cells."""
    days = f"{DAYS[unit]!r}"
    return f"""
    SELECT CAST(frequency AS DOUBLE) AS frequency, recency / {days} AS recency, age / {days} AS T,
        CAST(many AS DOUBLE) AS weight
    FROM (
        SELECT frequency, last_day - first_day AS recency, {_literal(end)} - first_day AS age,
            count(*) AS many
        FROM histories GROUP BY 1, 2, 3
    )
    ORDER BY 1, 2, 3
    """


def money_sql(kind: str, returns: bool, end: date | None) -> str:
    """Return the query from ``histories`` and ``orders`` to the cells of money.

    What was spent on the first day is looked up in the orders only for who bought twice on a day.
    """
    return f"""
    WITH twice AS (
        SELECT h.customer_ref, round(sum(l.spent), {_PLACES}) AS spent_first
        FROM ({_lines_sql(kind, returns, end)}) AS l
        JOIN histories AS h ON h.customer_ref = l.customer_ref AND h.first_day = l.day
        WHERE h.frequency > 0 AND h.purchases > h.frequency + 1
        GROUP BY h.customer_ref
    ),
    parts AS (
        SELECT h.frequency, h.spent, h.returned, coalesce(t.spent_first, h.spent_first) AS first
        FROM histories AS h LEFT JOIN twice AS t ON t.customer_ref = h.customer_ref
        WHERE h.frequency > 0
    )
    SELECT CAST(frequency AS DOUBLE) AS frequency,
        (spent - first) / frequency * ((spent - returned) / spent) AS monetary_value,
        CAST(count(*) AS DOUBLE) AS weight
    FROM parts
    WHERE spent > first AND spent > returned
    GROUP BY 1, 2
    ORDER BY 1, 2
    """


def _literal(day: date | None) -> str:
    return f"DATE '{day.isoformat()}'" if day else "CAST(NULL AS DATE)"


def _day(end: date | datetime | str | None) -> date | None:
    if isinstance(end, datetime):
        return end.date()
    if end is None or isinstance(end, date):
        return end
    try:
        return datetime.fromisoformat(str(end)).date()
    except ValueError as error:
        raise InputError(f"end {end!r} is no date", hint="write it as 2011-12-09") from error
