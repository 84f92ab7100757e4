"""SQL of what problems do to contracts: renewals after a problem, and all renewals, by stratum.

A *hit* is a problem of a contract's customer while the contract ran: an episode of a theme, a
promise due and broken, a contact about a rule. It reaches the renewal that comes next, and those
due within `REACH_DAYS`. Where in the period before a renewal the first hit lay counts (its *part*,
0 for one that was there from the begin): contracts that had ended by then could not be hit and are
nobody's like.

Strata: source, plan, period, renewals lived (in bands), quarter of the due date.
"""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from goodwill.literals import text_sql
from goodwill.value._contract_sql import before_sql, complete_sql, due_sql, made_sql

_S, _I64, _F64, _D = pa.string(), pa.int64(), pa.float64(), pa.date32()

REACH_DAYS = 182
PARTS = 16
"""Parts of a period; a contract that ended late in it could still be hit early."""
_LIVED = (1, 2, 3, 4, 6, 9, 12, 18, 24, 36)
STRATUM = ("source", "plan", "period", "lived", "quarter")
NUMBERS = pa.schema([("n", _I64)])
HELD = pa.schema(
    [("number", _I64), ("source", _S), ("customer_id", _S), ("plan", _S), ("cohort", _S),
     ("period", _S), ("months", _I64), ("started", _D), ("ended", _D), ("amount", _I64),
     ("last", _I64), ("gone_at", _I64), ("gone_part", _I64)]
)  # fmt: skip
HITS = pa.schema([("problem", _I64), ("customer_id", _S), ("day", _D)])
EXPOSED = pa.schema(
    [("problem", _I64), ("number", _I64), ("renewal", _I64), ("part", _I64), ("day", _D)]
)


def _part_sql(day: str, started: str, period_number: str) -> str:
    """Return in which part of its period a day lies, from 0 to one less than `PARTS`."""
    begun = due_sql(started, f"{period_number} - 1", "months")
    length = "greatest(months, 1) * 30.4375"
    by_month = f"date_diff('day', {begun}, {day}) * {PARTS} / ({length})"
    by_week = f"(date_diff('day', {started}, {day}) % 7) * {PARTS} / 7.0"
    value = f"(CASE WHEN months = 0 THEN {by_week} ELSE {by_month} END)"
    return f"CAST(least(greatest(floor({value}), 0), {PARTS - 1}) AS BIGINT)"


def held_sql(as_of: str) -> str:
    """Return the query to the contracts with the renewals that came due up to a day.

    ``gone_at``: the renewal at which it left, 0 for none seen; ``gone_part`` in which part of the
    period before it it ended, `PARTS` where that was with the period.
    """
    day = f"DATE '{as_of}'"
    due = f"greatest({complete_sql('started', before_sql(day, 'grace'))}, 0)"
    over = f"{complete_sql('started', 'ended')} >= gone"
    return f"""
    WITH counted AS (
        SELECT *, {due} AS due, CASE WHEN ended <= {day} THEN {made_sql()} + 1 END AS gone
        FROM _contracts WHERE started <= {day} AND customer_id IS NOT NULL
    )
    SELECT row_number() OVER (ORDER BY source, subscription_id) AS number, source, customer_id,
        plan, cohort, period, months, started, ended, amount,
        CASE WHEN gone IS NULL OR gone > due THEN least(due, coalesce(gone - 1, due))
            ELSE gone END AS last,
        CASE WHEN gone IS NOT NULL AND gone <= due THEN gone ELSE 0 END AS gone_at,
        CASE WHEN gone IS NULL OR {over} THEN {PARTS}
            ELSE {_part_sql("ended", "started", "gone")} END AS gone_part
    FROM counted
    """


def hits_sql(kinds: Sequence[str], everything: int, promises: int, rules: Sequence[str]) -> str:
    """Return the query to whom each problem hit when; numbers are those of ``_harm_sql``."""
    cases = " ".join(
        f"WHEN {text_sql(kind)} THEN {-place}" for place, kind in enumerate(kinds, start=1)
    )
    kind = f"CASE p.kind {cases} END" if cases else "NULL"
    codes = " ".join(
        f"WHEN {text_sql(rule)} THEN {promises + place}" for place, rule in enumerate(rules, 1)
    )
    ruled = f"""
        UNION ALL
        SELECT CASE c.rule_id {codes} END AS problem, c.customer_id, CAST(c.at AS DATE) AS day
        FROM rule_contacts AS c WHERE c.at IS NOT NULL""" if rules else ""  # fmt: skip
    return f"""
    WITH told AS (
        SELECT CAST(e.theme_id AS BIGINT) AS problem, e.customer_id,
            CAST(e.opened_at AS DATE) AS day
        FROM episodes AS e WHERE e.theme_id IS NOT NULL AND e.opened_at IS NOT NULL
        UNION ALL
        SELECT {kind} AS problem, p.customer_id, CAST(p.due_at AS DATE) AS day
        FROM promises AS p
        WHERE p.status IN ('broken', 'overdue') AND p.due_at IS NOT NULL{ruled}
    ),
    known AS (
        SELECT DISTINCT t.problem, t.customer_id, t.day
        FROM told AS t JOIN (SELECT DISTINCT customer_id FROM _held) AS h
            ON h.customer_id = t.customer_id
        WHERE t.problem IS NOT NULL
    )
    SELECT problem, customer_id, day FROM known
    UNION ALL
    SELECT DISTINCT {everything} AS problem, customer_id, day FROM known
    WHERE problem >= 0 AND problem < {everything}
    UNION ALL
    SELECT DISTINCT {promises} AS problem, customer_id, day FROM known WHERE problem < 0
    """


def exposed_sql() -> str:
    """Return the query to the renewals that each problem reached, with the first hit's part."""
    reached = f"CAST(h.day + INTERVAL {REACH_DAYS} DAY AS DATE)"
    return f"""
    WITH met AS (
        SELECT h.problem, k.number, k.last, k.gone_at, k.gone_part, h.day,
            {complete_sql("k.started", "h.day", "k.months")} + 1 AS first,
            {complete_sql("k.started", reached, "k.months")} AS furthest,
            {_part_sql("h.day", "k.started", complete_sql("k.started", "h.day") + " + 1")} AS part
        FROM _contract_hits AS h
        JOIN _held AS k ON k.customer_id = h.customer_id AND h.day >= k.started
            AND (k.ended IS NULL OR h.day < k.ended)
    )
    SELECT m.problem, m.number, x.n AS renewal,
        min(CASE WHEN m.first < x.n THEN 0 ELSE m.part END) AS part, min(m.day) AS day
    FROM met AS m
    JOIN _numbers AS x ON x.n >= m.first AND x.n <= m.last
        AND (x.n <= m.furthest OR x.n = m.first)
    WHERE m.first <= m.last
    GROUP BY m.problem, m.number, x.n
    """


def _lived_sql(renewal: str) -> str:
    cases = " ".join(
        f"WHEN {renewal} - 1 >= {step} THEN {place}"
        for place, step in reversed(list(enumerate(_LIVED, start=1)))
    )
    return f"(CASE {cases} ELSE 0 END)"


def _quarter_sql(started: str, renewal: str, months: str) -> str:
    by_month = f"(year({started}) * 12 + month({started}) - 1 + {months} * {renewal}) // 3"
    by_week = f"(date_diff('day', DATE '1970-01-05', {started}) + 7 * {renewal}) // 91"
    return f"(CASE WHEN {months} = 0 THEN {by_week} ELSE {by_month} END)"


def all_sql() -> str:
    """Return the query to all renewals that came due, by stratum and by when contracts left.

    Contracts that began in one month are one row until they are laid out by renewal.
    """
    month = "CAST(date_trunc('month', started) AS DATE)"
    begun = f"CASE WHEN months = 0 THEN started ELSE {month} END"
    return f"""
    WITH alike AS (
        SELECT source, plan, period, months, {begun} AS begun, last, gone_at,
            CASE WHEN gone_at > 0 THEN gone_part ELSE {PARTS} END AS gone_part, count(*) AS many
        FROM _held WHERE last > 0
        GROUP BY source, plan, period, months, {begun}, last, gone_at,
            CASE WHEN gone_at > 0 THEN gone_part ELSE {PARTS} END
    )
    SELECT a.source, a.plan, a.period, {_lived_sql("x.n")} AS lived,
        {_quarter_sql("a.begun", "x.n", "a.months")} AS quarter,
        CASE WHEN a.gone_at = x.n THEN a.gone_part ELSE {PARTS} END AS gone_part,
        a.gone_at = x.n AS went, CAST(sum(a.many) AS BIGINT) AS many
    FROM alike AS a JOIN _numbers AS x ON x.n <= a.last
    GROUP BY a.source, a.plan, a.period, {_lived_sql("x.n")},
        {_quarter_sql("a.begun", "x.n", "a.months")},
        CASE WHEN a.gone_at = x.n THEN a.gone_part ELSE {PARTS} END, a.gone_at = x.n
    """


def reached_sql(margin: float) -> str:
    """Return the query to the renewals that problems reached, by stratum, part and departure.

    ``near`` is what departures at them cost within the reach of the hit, ``far`` in the whole
    horizon; each with the sum over those who left and the sum of squares.
    """
    until = f"CAST(e.day + INTERVAL {REACH_DAYS} DAY AS DATE)"
    reach = f"greatest({complete_sql('k.started', until, 'k.months')} - e.renewal + 1, 1)"
    went = "k.gone_at = e.renewal"
    share = f"CAST({margin!r} AS DOUBLE)"
    sums = ", ".join(
        f"sum({name}) AS {name}, sum(CASE WHEN went THEN {name} END) AS {name}_left, "
        f"sum({name} * {name}) AS {name}_squares"
        for name in ("near", "far")
    )
    return f"""
    WITH each_one AS (
        SELECT e.problem, k.source, k.plan, k.period, {_lived_sql("e.renewal")} AS lived,
            {_quarter_sql("k.started", "e.renewal", "k.months")} AS quarter, e.part,
            CASE WHEN {went} THEN k.gone_part ELSE {PARTS} END AS gone_part, {went} AS went,
            CAST(coalesce(CAST(k.amount AS DOUBLE) * {share} * {reach}, 0) AS DOUBLE) AS near,
            CAST(coalesce(CAST(k.amount AS DOUBLE) * {share} * w.worth, 0) AS DOUBLE) AS far
        FROM _exposed AS e JOIN _held AS k ON k.number = e.number
        LEFT JOIN _contract_worth AS w ON w.source = k.source AND w.period = k.period
            AND w.plan = k.plan AND w.cohort = k.cohort AND w.renewal = e.renewal
    )
    SELECT problem, source, plan, period, lived, quarter, part, gone_part, went,
        count(*) AS many, {sums}
    FROM each_one
    GROUP BY problem, source, plan, period, lived, quarter, part, gone_part, went
    ORDER BY problem, source, plan, period, lived, quarter, part, gone_part, went
    """


def tally_sql(since: str) -> str:
    """Return the query to how many contracts and people each problem hit, and since a day.

    ``overlap`` is by how much variances may grow because customers hold several contracts.
    """
    return f"""
    WITH met AS (
        SELECT h.problem, k.number, k.customer_id,
            max(CASE WHEN h.day > DATE '{since}' THEN 1 ELSE 0 END) AS lately
        FROM _contract_hits AS h
        JOIN _held AS k ON k.customer_id = h.customer_id AND h.day >= k.started
            AND (k.ended IS NULL OR h.day < k.ended)
        GROUP BY h.problem, k.number, k.customer_id
    ),
    people AS (
        SELECT problem, customer_id, count(*) AS contracts, sum(lately) AS lately
        FROM met GROUP BY problem, customer_id
    ),
    came AS (
        SELECT problem, count(DISTINCT number) AS compared, count(*) AS renewals
        FROM _exposed GROUP BY problem
    )
    SELECT p.problem, CAST(sum(p.contracts) AS BIGINT) AS contracts, count(*) AS people,
        CAST(sum(p.lately) AS BIGINT) AS contracts_year, c.compared, c.renewals,
        CAST(sum(p.contracts * p.contracts) AS DOUBLE) / sum(p.contracts) AS overlap
    FROM people AS p LEFT JOIN came AS c ON c.problem = p.problem
    GROUP BY p.problem, c.compared, c.renewals
    ORDER BY p.problem
    """
