"""From orders to cells: customers with the same history are one row with a weight."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.errors import InputError
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

    distinct = True
    """Rows are distinct and in order already."""

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
    """Return the weighted cells of a shop's orders, by one SQL query.

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
        InputError: A column is absent, or the unit is none of the four.
    """
    if unit not in DAYS:
        raise InputError(f"unknown unit {unit!r}", hint=f"use one of {', '.join(DAYS)}")
    table = arrow(orders)
    need_columns(table, ("customer_ref", "at", "amount"), "the orders")
    with duckdb.connect(config={"autoinstall_known_extensions": False}) as db:
        db.execute("SET TimeZone = 'UTC'")
        db.register("orders", table)
        ends = db.sql(f"SELECT min({_DAY}), max({_DAY}) FROM orders AS o").fetchall()[0]
        first, last = ends[0], _day(end) or ends[1]
        found = db.sql(cells_sql("kind" in table.column_names, unit, first, last)).to_arrow_table()
    is_money = pc.is_valid(found["monetary_value"])
    money = found.filter(is_money).select(["frequency", "monetary_value", "weight"])
    cells = found.filter(pc.invert(is_money)).select(["frequency", "recency", "T", "weight"])
    return Cells(cells, money, unit, last)


_DAY = "CAST(CAST(o.at AS TIMESTAMP) AS DATE)"

# Sums of floats depend on the order of rows in their last digits; to this place they do not.
_PLACES = 9
_MOST_BITS = 4096
"""Days that a customer's purchases are marked on, a bit for each; over longer times they are
counted as they are, which takes half as long again and less memory."""


def cells_sql(has_kind: bool, unit: str, first: date | None, end: date | None) -> str:
    """Return the query from ``orders`` to the cells of both kinds, told apart by monetary_value.

    Lines are summed by customer at once, not by day: days with a purchase are counted as bits.

    Args:
        has_kind: The orders have a column ``kind``.
        unit: Of recency and T.
        first: A day before which there are no orders.
        end: The last day observed.
    """
    days = DAYS[unit]
    until = f"DATE '{end.isoformat()}'" if end else "NULL"
    kind = "o.kind" if has_kind else "'order'"
    occasions = "count(DISTINCT day) FILTER (WHERE bought)"
    if first and end and first <= end and (end - first).days < _MOST_BITS:
        place = f"date_diff('day', DATE '{first.isoformat()}', day)"
        marked = f"bitstring_agg({place}, 0, {(end - first).days}) FILTER (WHERE bought)"
        occasions = f"bit_count({marked})"
    return f"""
    WITH lines AS (
        SELECT o.customer_ref, {_DAY} AS day,
            coalesce({kind}, 'order') AS kind, CAST(o.amount AS DOUBLE) AS amount
        FROM orders AS o
        WHERE o.customer_ref IS NOT NULL AND {_DAY} <= {until}
    ),
    parts AS (
        SELECT customer_ref, day, kind = 'order' AND coalesce(amount, 0) >= 0 AS bought,
            CASE WHEN kind = 'order' THEN greatest(coalesce(amount, 0), 0) ELSE 0 END AS spent,
            CASE WHEN kind IN ('refund', 'cancellation') THEN abs(coalesce(amount, 0))
                WHEN kind = 'order' THEN greatest(-coalesce(amount, 0), 0) ELSE 0 END AS returned
        FROM lines
    ),
    seen AS MATERIALIZED (
        SELECT customer_ref, {occasions} - 1 AS frequency,
            min(day) FILTER (WHERE bought) AS first_day,
            max(day) FILTER (WHERE bought) AS last_day,
            round(sum(spent), {_PLACES}) AS spent, round(sum(returned), {_PLACES}) AS returned
        FROM parts
        GROUP BY customer_ref
        HAVING count(*) FILTER (WHERE bought) > 0
    ),
    firsts AS (
        SELECT s.customer_ref, round(sum(p.spent), {_PLACES}) AS spent_first
        FROM seen AS s
        JOIN parts AS p ON p.customer_ref = s.customer_ref AND p.day = s.first_day
        WHERE s.frequency > 0
        GROUP BY s.customer_ref
    ),
    histories AS (
        SELECT s.*, f.spent_first
        FROM seen AS s LEFT JOIN firsts AS f ON f.customer_ref = s.customer_ref
    ),
    customers AS (
        SELECT CAST(frequency AS DOUBLE) AS frequency,
            (last_day - first_day) / {days!r} AS recency,
            ({until} - first_day) / {days!r} AS T,
            CASE WHEN frequency > 0 AND spent > spent_first AND spent > returned
                THEN (spent - spent_first) / frequency * ((spent - returned) / spent) END AS mean
        FROM histories
    )
    SELECT frequency, recency, T, CAST(NULL AS DOUBLE) AS monetary_value,
        CAST(count(*) AS DOUBLE) AS weight
    FROM customers GROUP BY frequency, recency, T
    UNION ALL
    SELECT frequency, NULL, NULL, mean, CAST(count(*) AS DOUBLE)
    FROM customers WHERE mean IS NOT NULL GROUP BY frequency, mean
    ORDER BY frequency, recency, T, monetary_value
    """


def _day(end: date | datetime | str | None) -> date | None:
    if isinstance(end, str):
        try:
            return datetime.fromisoformat(end).date()
        except ValueError as error:
            raise InputError(f"end {end!r} is no date", hint="write it as 2011-12-09") from error
    if isinstance(end, datetime):
        return end.date()
    if end is not None and not isinstance(end, date):
        return datetime.fromisoformat(str(end)).date()
    return end
