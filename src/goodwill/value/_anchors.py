"""Orders as anchors: what their customers bought before and after, and their history."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from goodwill.errors import InputError, NotEnoughData
from goodwill.given import spelled
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
        InputError: A column is absent.
        NotEnoughData: There are no purchases.
    """
    table = arrow(orders)
    need_columns(table, ("customer_ref", "order_id", "at", "amount"), "the orders")
    table = spelled(table, at=["at"], amounts=["amount"])
    rows = _rows(table, _ids(failures, table.schema.field("order_id").type))
    return anchors_among(rows, outcome, window_weeks, horizon_weeks)


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
    table = table.select(["customer_ref", "order_id", "at", "amount"])
    if not pc.all(known).as_py():
        table = table.filter(known)
    if pc.count_distinct(table["order_id"]).as_py() < table.num_rows:
        grouped = table.group_by(["customer_ref", "order_id"], use_threads=False)
        table = grouped.aggregate([("at", "min"), ("amount", "sum")])
        table = table.rename_columns(["customer_ref", "order_id", "at", "amount"])
    at = table["at"]
    seconds = pc.cast(pc.cast(at, pa.timestamp("s"), safe=False), pa.int64()).to_numpy()
    codes = table["customer_ref"].combine_chunks().dictionary_encode()
    codes = codes.combine_chunks() if isinstance(codes, pa.ChunkedArray) else codes
    customer = codes.indices.to_numpy(zero_copy_only=False).astype(np.int64)
    amount = np.asarray(
        pc.cast(table["amount"], pa.float64(), safe=False).to_numpy(), dtype=np.float64
    )
    amount = np.nan_to_num(amount)
    marked = pc.is_in(table["order_id"], value_set=failed).to_numpy(zero_copy_only=False)
    unsorted = OrderRows(
        np.arange(len(customer)),
        customer,
        seconds.astype(np.int64),
        amount,
        amount >= 0,
        np.asarray(marked, dtype=np.bool_),
    )
    ahead = np.diff(customer) * np.int64(2**40) + np.diff(unsorted.at)
    return unsorted if (ahead >= 0).all() else unsorted.pick(np.lexsort((seconds, customer)))


def _ids(failures: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(failures, (list, tuple, set, frozenset, np.ndarray)):
        column = pa.array(list(failures))
    elif isinstance(failures, (pa.Array, pa.ChunkedArray)):
        column = failures
    elif hasattr(failures, "columns") or hasattr(failures, "column_names"):
        found = arrow(failures)
        need_columns(found, ("order_id",), "the failures")
        column = found["order_id"]
    else:
        column = pa.array(list(failures))
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    try:
        return column.cast(kind)
    except pa.ArrowInvalid as error:
        raise InputError(
            f"the failures' order_id cannot be read as {kind}, the type that it has in the orders",
            hint="hand in ids of one type",
        ) from error
