"""Orders as anchors: what their customers bought before and after, and their history."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from goodwill.errors import InputError, NotEnoughData
from goodwill.given import column_of, spelled, texts, whole
from goodwill.value._inputs import Floats, arrow, need_columns

Ints = NDArray[np.int64]
_WEEK = 7 * 24 * 3600
_BANDS = np.array([1, 2, 3, 4, 6, 9, 13, 19, 28, 42, 63])
_TENURE = np.array([13, 26, 52, 104])


@dataclass(frozen=True, slots=True)
class Anchors:
    """Orders that can be compared: with a window of history before and a horizon after.

    Attributes:
        position: Row of the order among those handed in (after rows of one order are one).
        customer: Code of the customer, 0 to ``customers`` - 1.
        customers: Number of customers.
        failed: Orders with the failure.
        at: Seconds since 1970.
        after: Outcome in the horizon after the order.
        before, early, late: Outcome in the window before it, and in its two halves.
        again: Outcome in the horizon, each purchase times the failures between the order and it.
        failures_after: Failures in the horizon.
        bands: History one window before the order, in bands; one column each: purchases in the
            window before that, purchases in all, time as a customer, failed before.
        failures: Failed orders in all; then how many were left out for which reason.
        at_orders: Every failed order is a purchase.
        mean_amount: Of a purchase.
        strangers: Failures that are none of the orders; not in ``failures``.
    """

    position: Ints
    customer: Ints
    customers: int
    failed: NDArray[np.bool_]
    at: Ints
    after: Floats
    before: Floats
    early: Floats
    late: Floats
    again: Floats
    failures_after: Floats
    bands: Ints
    failures: int
    short_history: int
    short_future: int
    washed_out: int
    at_orders: bool
    mean_amount: float
    strangers: int = 0

    def strata(self, season_weeks: int) -> tuple[Ints, Ints]:
        """Return the fine and the coarse stratum of each anchor, as codes."""
        recent, total, tenure, hurt = self.bands.T
        season = self.at // (season_weeks * _WEEK)
        quarter = self.at // (13 * _WEEK)
        fine = (((season * 16 + recent) * 16 + total) * 8 + tenure) * 2 + hurt
        coarse = (quarter * 16 + recent) * 8 + np.minimum(tenure, 2)
        return fine, coarse


def read_anchors(
    orders: Any, failures: Any, outcome: str, window_weeks: int, horizon_weeks: int
) -> Anchors:
    """Return the comparable orders of ``orders``, those in ``failures`` marked.

    Raises:
        InputError: A column is absent or cannot be read, or no failure is one of the orders.
        NotEnoughData: There are no purchases, or no failures.
    """
    table = arrow(orders)
    need_columns(table, ("customer_ref", "order_id", "at", "amount"), "the orders")
    table = spelled(table, at=["at"], amounts=["amount"])
    place = table.column_names.index("customer_ref")
    table = table.set_column(place, "customer_ref", whole(table["customer_ref"]))
    failed = pc.drop_null(_ids(failures, table.schema.field("order_id").type).unique())
    if not len(failed):
        raise NotEnoughData(
            "there are no failures", hint="hand in the order_id of every order with the failure"
        )
    found = len(failed) - _strangers(failed, table["order_id"])
    if not found and table.num_rows:
        raise InputError(
            f"none of the {len(failed):,} failures is among the orders' order_id",
            hint="hand in ids as the orders spell them",
        )
    anchors = anchors_among(_rows(_signed(table), failed), outcome, window_weeks, horizon_weeks)
    return replace(anchors, strangers=len(failed) - found)


def _strangers(failed: pa.Array, orders: Any) -> int:
    return len(failed) - int(pc.sum(pc.is_in(failed, value_set=orders.combine_chunks())).as_py())


def _signed(table: pa.Table) -> pa.Table:
    """Return the orders with what their ``kind`` says, as `rfm` reads it.

    Rows of kind refund and cancellation lower the amount whatever their sign; only one of kind
    order is a purchase; rows of other kinds are left out.
    """
    if "kind" not in table.column_names:
        return table
    kind = pc.fill_null(texts(table["kind"], "kind"), "order")
    back = pc.is_in(kind, value_set=pa.array(["refund", "cancellation"]))
    buys = pc.equal(kind, "order")
    amount = pc.cast(table["amount"], pa.float64(), safe=False)
    amount = pc.if_else(back, pc.negate(pc.abs(amount)), amount)
    table = table.set_column(table.column_names.index("amount"), "amount", amount)
    return table.append_column("buys", buys).filter(pc.or_(back, buys))


def anchors_among(rows: OrderRows, outcome: str, window_weeks: int, horizon_weeks: int) -> Anchors:
    """Return the comparable ones of ``rows``.

    Raises:
        NotEnoughData: There are no purchases.
    """
    window, horizon = window_weeks * _WEEK, horizon_weeks * _WEEK
    buys, hits = rows.pick(rows.bought), rows.pick(rows.failed)
    if not len(buys.at):
        raise NotEnoughData(
            "there are no purchases among the orders",
            hint="a row counts as a purchase when its amount is zero or more",
        )
    # One number line for all customers, far enough apart that no window reaches the next one.
    zero, end = int(rows.at.min()), int(rows.at.max())
    span = end - zero + max(2 * window, horizon) + 2
    key, bad = buys.line(zero, span), hits.line(zero, span)
    anchor = rows.pick(rows.bought | rows.failed)
    bought = np.bincount(buys.customer, minlength=int(anchor.customer[-1]) + 1)
    starts = (np.cumsum(bought) - bought)[anchor.customer]
    first = buys.at[np.minimum(starts, len(key) - 1)]
    old_enough = (bought[anchor.customer] > 0) & (first <= anchor.at - window)
    seen_enough = anchor.at + horizon <= end
    known = np.flatnonzero(old_enough & seen_enough)
    mark = anchor.line(zero, span)[known]
    bad_early = np.searchsorted(bad, mark - window)
    alone = np.searchsorted(bad, mark) == bad_early
    used = known[alone]
    mark, bad_early, starts, first = mark[alone], bad_early[alone], starts[used], first[used]
    failed, at = anchor.failed[used], anchor.at[used]
    early = np.searchsorted(key, mark - window)
    older = np.maximum(np.searchsorted(key, mark - 2 * window), starts)
    money = outcome == "amount"
    each = rows.amount if money else np.ones(len(key))
    line = rows.line(zero, span) if money else key
    begin = np.searchsorted(line, mark - window) if money else early
    half, here = (np.searchsorted(line, mark - back) for back in (window // 2, 0))
    past, far = (np.searchsorted(line, mark + on, side="right") for on in (0, horizon))
    total = np.concatenate([[0.0], np.cumsum(each)])
    # Each purchase times the failures before it: what comes after failures, by differences.
    times = np.concatenate([[0.0], np.cumsum(each * np.searchsorted(bad, line))])
    bad_here, bad_far = (np.searchsorted(bad, mark + on, side="right") for on in (0, horizon))
    after = total[far] - total[past]
    first_half, second_half = total[half] - total[begin], total[here] - total[half]
    bands = np.column_stack(
        [
            np.searchsorted(_BANDS, early - older, side="right"),
            np.searchsorted(_BANDS, early - starts, side="right"),
            np.searchsorted(_TENURE, (at - window - first) // _WEEK, side="right"),
            bad_early > np.searchsorted(bad, anchor.customer[used] * span),
        ]
    )
    codes, customer = np.unique(anchor.customer[used], return_inverse=True)
    return Anchors(
        position=anchor.position[used],
        customer=customer.reshape(-1).astype(np.int64),
        customers=len(codes),
        failed=failed,
        at=at,
        after=after,
        before=first_half + second_half,
        early=first_half,
        late=second_half,
        again=times[far] - times[past] - bad_here * after,
        failures_after=(bad_far - bad_here).astype(np.float64),
        bands=bands,
        failures=int(anchor.failed.sum()),
        short_history=int((anchor.failed & ~old_enough).sum()),
        short_future=int((anchor.failed & old_enough & ~seen_enough).sum()),
        washed_out=int((anchor.failed[known] & ~alone).sum()),
        at_orders=bool((anchor.bought | ~anchor.failed).all()),
        mean_amount=float(buys.amount.mean()),
    )


@dataclass(frozen=True, slots=True)
class OrderRows:
    """Orders, one a row, sorted by customer (numbered from 0) and time (seconds)."""

    position: Ints
    customer: Ints
    at: Ints
    amount: Floats
    bought: NDArray[np.bool_]
    failed: NDArray[np.bool_]

    def line(self, zero: int, span: int) -> Ints:
        """Return the place of each order on one number line, a stretch of ``span`` a customer."""
        return self.customer * span + (self.at - zero)

    def pick(self, which: Any) -> OrderRows:
        return OrderRows(*(getattr(self, name)[which] for name in self.__dataclass_fields__))


def _rows(table: pa.Table, failed: pa.Array) -> OrderRows:
    known = pc.and_(pc.is_valid(table["customer_ref"]), pc.is_valid(table["at"]))
    kinds = [("buys", "max")] if "buys" in table.column_names else []
    names = ["customer_ref", "order_id", "at", "amount", *(name for name, _ in kinds)]
    table = table.select(names)
    if not pc.all(known).as_py():
        table = table.filter(known)
    if pc.count_distinct(table["order_id"]).as_py() < table.num_rows:
        grouped = table.group_by(["customer_ref", "order_id"], use_threads=False)
        table = grouped.aggregate([("at", "min"), ("amount", "sum"), *kinds])
        table = table.rename_columns(names)
    at = table["at"]
    seconds = pc.cast(pc.cast(at, pa.timestamp("s"), safe=False), pa.int64()).to_numpy()
    codes = table["customer_ref"].combine_chunks().dictionary_encode()
    codes = codes.combine_chunks() if isinstance(codes, pa.ChunkedArray) else codes
    customer = codes.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    amount = np.asarray(
        pc.cast(table["amount"], pa.float64(), safe=False).to_numpy(), dtype=np.float64
    )
    amount = np.nan_to_num(amount)
    bought = amount >= 0
    if kinds:
        bought &= table["buys"].to_numpy()
    marked = pc.is_in(table["order_id"], value_set=failed).to_numpy(zero_copy_only=False)
    unsorted = OrderRows(
        np.arange(len(customer)),
        customer,
        seconds.astype(np.int64),
        amount,
        bought,
        np.asarray(marked, dtype=np.bool_),
    )
    ahead = np.diff(customer) * np.int64(2**40) + np.diff(unsorted.at)
    return unsorted if (ahead >= 0).all() else unsorted.pick(np.lexsort((seconds, customer)))


def _ids(failures: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(failures, str | bytes) or failures is None:
        raise InputError(
            f"failures is {failures!r:.40}, not the order_id of several orders",
            hint="hand in a list of ids, or a table with the column order_id",
        )
    if isinstance(failures, list | tuple | set | frozenset | np.ndarray):
        column = column_of(list(failures), "order_id of the failures")
    elif isinstance(failures, pa.Array | pa.ChunkedArray):
        column = failures
    elif hasattr(failures, "columns") or hasattr(failures, "column_names"):
        found = arrow(failures)
        need_columns(found, ("order_id",), "the failures")
        column = found["order_id"]
    else:
        try:
            column = column_of(list(failures), "order_id of the failures")
        except TypeError as error:
            raise InputError(
                f"failures is a {type(failures).__name__}, not the order_id of several orders",
                hint="hand in a list of ids, or a table with the column order_id",
            ) from error
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    try:
        return column.cast(kind)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
        raise InputError(
            f"the failures' order_id cannot be read as {kind}, the type that it has in the orders",
            hint="hand in ids of one type",
        ) from error
