"""Whom something bad happened to lately, and what they did after someone followed up."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import pyarrow as pa

from goodwill.errors import InputError
from goodwill.figures import Figure
from goodwill.generations import Reader
from goodwill.report.customer_shapes import Afterwards, Harm, HarmedPage
from goodwill.report.signals import public_complaint_sql
from goodwill.settings import HARMS, Settings
from goodwill.tables import low_rating_sql

LATELY = timedelta(days=28)
"""How old a broken promise, a public complaint or a low rating may be."""
SILENT = (timedelta(days=56), timedelta(days=7))
"""A broken promise without a word: so old at most, and at least, so that he had time to write."""
RISK = timedelta(days=90)
"""How long ago a valuable customer whom we may lose had his last trouble."""
VALUABLE = 0.9
"""A valuable customer has spent more than this share of the customers with orders."""
LOSING = 0.5
"""We may lose him: more likely gone than not."""
_CAREFUL = (
    r"lawyer|attorney|solicitor|legal action|\bcourt\b|\bsue\b|ombudsman|police|injur|\bburn(t|ed)|"
    r"caught fire|electric shock|hospital|allerg|unsafe|dangerous|anwalt|rechtlich|verletzt|"
    r"abogad|denuncia|herid|avocat|tribunal|bless[ée]|avvocat"
)
"""Words of law and of safety, in the languages that most customers of the samples write."""


def harmed(
    reader: Reader,
    settings: Settings,
    *,
    kinds: Sequence[str] = HARMS,
    without: Collection[tuple[str, str]] = (),
    customer_id: str = "",
    offset: int = 0,
    limit: int = 50,
) -> HarmedPage:
    """Return customers whom something bad happened to lately, the most valuable first.

    One row a customer and problem, however many things happened.

    Args:
        reader: The generation.
        settings: Of the Book.
        kinds: Out of `goodwill.settings.HARMS`.
        without: Pairs of customer and problem to leave out: someone follows up already.
        customer_id: Only this customer's.
        offset: Rows to pass over.
        limit: Rows to return at most.

    Raises:
        InputError: There is no such kind.
    """
    if wrong := sorted(set(kinds) - set(HARMS)):
        raise InputError(f"No harm is called {wrong[0]!r}.", hint="One of: " + ", ".join(HARMS))
    now = reader.as_of
    if now is None or not kinds:
        return HarmedPage(now, (), 0, offset)
    taken = frozenset(without)
    whose, cases = _cases(reader, tuple(kinds))
    rows = [
        place
        for place, case in enumerate(whose)
        if (not customer_id or case[0] == customer_id) and case not in taken
    ]
    shown = cases.take(pa.array(rows[offset : offset + limit], pa.int64())).to_pylist()
    careful = _careful(reader, tuple(row["customer_id"] for row in shown), now - RISK)
    harms = tuple(_harm(row, settings, row["customer_id"] in careful) for row in shown)
    return HarmedPage(now, harms, len(rows), offset)


@lru_cache(maxsize=4)
def _cases(reader: Reader, kinds: tuple[str, ...]) -> tuple[tuple[tuple[str, str], ...], pa.Table]:
    """Return every customer and problem harmed in these ways; found once a generation, then kept.

    A large Book has tens of thousands and a page shows a few: beside the pairs they stay Arrow.

    Whom somebody follows up changes with every click: that is left to the caller.
    """
    now = reader.as_of
    assert now is not None  # the caller has asked
    values: list[Any] = [now - LATELY, now, *(now - each for each in SILENT), now - LATELY,
                         now - LATELY, now - RISK, list(kinds)]  # fmt: skip
    found = reader.arrow(
        f"""
            WITH found AS ({_found_sql()}),
            left_over AS (
                SELECT f.customer_id, f.problem, max(f.at) AS "at",
                    list_sort(list(DISTINCT f.kind)) AS kinds, arg_max(f.text, f.at) AS text
                FROM found f GROUP BY f.customer_id, f.problem
            )
            SELECT l.*, h.theme_id, h.label, v.lifetime_value, v.lifetime_value_low,
                v.lifetime_value_high, v.orders
            FROM left_over l
            LEFT JOIN themes h ON 'theme:' || h.theme_id = l.problem
            LEFT JOIN customer_value v ON v.customer_id = l.customer_id
            ORDER BY v.lifetime_value DESC NULLS LAST, l.at DESC, l.customer_id, l.problem
            """,
        values,
    )
    whose = zip(*(found[name].to_pylist() for name in ("customer_id", "problem")), strict=True)
    return tuple(whose), found


def _found_sql() -> str:
    """Return the SQL of each thing that happened, one row a customer, kind and moment."""
    problem = """CASE WHEN {t}.theme_id IS NOT NULL THEN 'theme:' || {t}.theme_id
        ELSE {other} END"""
    promised = problem.format(t="p", other="'promise:' || coalesce(p.what, p.kind)")
    written = problem.format(t="m", other="'contact'")
    return f"""
    SELECT * FROM (
        SELECT 'broken_promise' AS kind, p.customer_id, {promised} AS problem, p.due_at AS "at",
            p.words AS text
        FROM promises p
        WHERE p.status IN ('broken', 'overdue') AND p.customer_id IS NOT NULL
            AND p.due_at BETWEEN ? AND ?
        UNION ALL
        SELECT 'silent', c.customer_id, {promised}, c.due_at, p.words
        FROM chain c JOIN promises p ON p.promise_id = c.promise_id
        WHERE c.status IN ('broken', 'overdue') AND c.wrote_at IS NULL AND c.public_at IS NULL
            AND c.due_at BETWEEN ? AND ? AND EXISTS (SELECT 1 FROM messages WHERE direction = 'in')
        UNION ALL
        SELECT 'public_complaint', m.customer_id, {written}, m.at, m.text
        FROM messages m
        WHERE m.customer_id IS NOT NULL AND m.at >= ? AND {public_complaint_sql()}
        UNION ALL
        SELECT 'detractor', m.customer_id, {written}, m.at, m.text
        FROM messages m
        WHERE m.direction = 'in' AND m.customer_id IS NOT NULL AND m.at >= ?
            AND ({low_rating_sql()})
        UNION ALL
        SELECT 'valuable_at_risk', e.customer_id, {problem.format(t="e", other="'contact'")},
            e.last_at, NULL
        FROM episodes e
        JOIN customer_value v ON v.customer_id = e.customer_id
        WHERE e.last_at >= ? AND v.p_alive < {LOSING} AND v.revenue > (
            SELECT quantile_cont(revenue, {VALUABLE}) FROM customer_value)
    ) WHERE list_contains(?::VARCHAR[], kind)
    """


@lru_cache(maxsize=64)
def _careful(reader: Reader, customers: tuple[str, ...], since: datetime) -> frozenset[str]:
    """Return those who lately wrote of law or of safety: no experiment is made with them."""
    # By number, in a query of its own: so that only their own texts are held against the words.
    numbers = reader.rows(
        "SELECT customer_no FROM customers WHERE list_contains(?::VARCHAR[], customer_id)",
        [list(customers)],
    )
    if not numbers:
        return frozenset()
    found = reader.rows(
        f"""
        SELECT DISTINCT m.customer_id FROM messages m
        WHERE m.customer_no IN ({", ".join(str(number) for (number,) in numbers)})
            AND m.direction = 'in' AND m.at >= ?
            AND regexp_matches(lower(coalesce(m.subject, '') || ' ' || coalesce(m.text, '')),
                '{_CAREFUL}')
        """,
        [since],
    )
    return frozenset(customer for (customer,) in found)


def _harm(row: dict[str, Any], settings: Settings, careful: bool) -> Harm:
    money = f"minor:{settings.currency}"
    mine = {"table": "orders", "where": {"customer_id": row["customer_id"]}}
    if row["lifetime_value"] is not None:
        value = Figure(row["lifetime_value"], money, "lifetime_value",
                       low=row["lifetime_value_low"], high=row["lifetime_value_high"], people=1,
                       events=row["orders"], coverage=1.0, records=mine)  # fmt: skip
    else:
        reason = "No order of this customer is known."
        value = Figure(None, money, "lifetime_value", people=1, events=0, reason=reason)
    kind, _, name = row["problem"].partition(":")
    label = row["label"] or (f"{name} promised" if kind == "promise" else "no theme")
    return Harm(row["customer_id"], row["problem"], label, row["theme_id"], tuple(row["kinds"]),
                row["at"], row["text"] or "", value, careful)  # fmt: skip


def afterwards(reader: Reader, asked: Sequence[tuple[str, datetime]]) -> tuple[Afterwards, ...]:
    """Return what each customer did after a moment: bought, wrote again, went public.

    Args:
        reader: The generation.
        asked: Customers, each with the moment.

    Returns:
        One each, in that order.
    """
    if not asked:
        return ()
    rows = reader.dicts(
        """
        WITH asked AS (
            SELECT unnest(range(len(?::VARCHAR[]))) AS place, unnest(?::VARCHAR[]) AS customer_id,
                unnest(?::TIMESTAMPTZ[]) AS since
        )
        SELECT a.place,
            (SELECT min(o.at) FROM orders o WHERE o.customer_id = a.customer_id
                AND o.kind IN ('order', 'payment') AND o.at > a.since) AS bought_at,
            (SELECT min(m.at) FROM messages m WHERE m.customer_id = a.customer_id
                AND m.direction = 'in' AND m.at > a.since) AS wrote_at,
            (SELECT min(m.at) FROM messages m WHERE m.customer_id = a.customer_id
                AND m.direction = 'in' AND m.public AND m.at > a.since) AS public_at
        FROM asked a ORDER BY a.place
        """,
        [[each[0] for each in asked], [each[0] for each in asked], [each[1] for each in asked]],
    )
    now = reader.as_of
    return tuple(
        Afterwards(row["bought_at"], row["wrote_at"], row["public_at"],
                   max(0.0, (now - since).total_seconds() / 86400) if now else 0.0)
        for row, (_, since) in zip(rows, asked, strict=True)
    )  # fmt: skip
