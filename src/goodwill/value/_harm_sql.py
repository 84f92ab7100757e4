"""SQL of harm: which orders a problem hit, and which orders can be compared with them.

A *moment* is an order of a known customer (orders of one instant are one). A *problem* is a number:
a theme, a kind of broken promise, a rule, or all themes together. A problem hits a moment when

- a promise of that kind was broken on that order, or
- a customer named the order when he wrote about the theme or the rule, or else
- it was his last order before he wrote, at most `REACH_DAYS` earlier. That he had bought nothing
  since then is known of him, so it is asked of the orders that he is compared with as well: they
  too must be followed by as many days without an order (their *landmark*).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from goodwill.literals import text_sql

_S, _I64, _I32, _F64, _B = pa.string(), pa.int64(), pa.int32(), pa.float64(), pa.bool_()

DAY_US = 86_400_000_000
WEEK_US = 7 * DAY_US
REACH_DAYS = 60
LANDMARKS = (1, 2, 3, 5, 7, 10, 14, 21, 30, 45, 60)
"""Days without an order; landmark 0 asks for none."""

_RECENT = (1, 2, 3, 4, 6, 9, 13, 19, 28, 42, 63)
_TENURE = (13, 26, 52, 104)
_SEASON_WEEKS = 4
_QUARTER_WEEKS = 13

BUYERS = pa.schema([("customer_id", _S), ("customer", _I64)])
MOMENTS = pa.schema([("customer", _I64), ("us", _I64), ("worth", _F64), ("returned", _F64)])
ANCHORS = pa.schema(
    [("customer", _I64), ("us", _I64), ("y", _I64), ("p", _I64), ("e", _I64), ("l", _I64),
     ("fine", _I64), ("coarse", _I64), ("band", _I64)]
)  # fmt: skip
GIVEN = pa.schema([("customer", _I64), ("us", _I64), ("given", _I64), ("gestures", _I64)])
HITS = pa.schema([("problem", _I32), ("customer", _I64), ("us", _I64), ("landmark", _I64)])


def buyers_sql() -> str:
    """Return the query to a number for each customer with an order."""
    return """
    SELECT customer_id, row_number() OVER (ORDER BY customer_id) AS customer
    FROM (
        SELECT DISTINCT c.customer_id
        FROM order_customers AS c
        JOIN orders AS o ON o.source = c.source AND o.order_id = c.order_id
        WHERE c.customer_id IS NOT NULL AND o.kind = 'order' AND o.at IS NOT NULL
    ) AS known
    """


def _line_sql(alias: str) -> str:
    return f"coalesce({alias}.order_number, {alias}.order_id)"


def moments_sql(currency: str, margins: Mapping[str, float]) -> str:
    """Return the query to the moments.

    ``worth`` is the amount times its source's margin, ``returned`` what was paid back on it; both
    NULL or nil where the money is in another currency.
    """
    ours = f"(o.currency IS NULL OR o.currency = {text_sql(currency)})"
    cases = " ".join(
        f"WHEN {text_sql(source)} THEN {share!r}" for source, share in sorted(margins.items())
    )
    margin = f"CASE o.source {cases} ELSE 1.0 END" if cases else "1.0"
    return f"""
    WITH bought AS (
        SELECT o.source, {_line_sql("o")} AS number, b.customer, min(epoch_us(o.at)) AS us,
            CAST(sum(CASE WHEN {ours} AND o.amount > 0 THEN o.amount END) AS DOUBLE)
                * min({margin}) AS worth
        FROM orders AS o
        JOIN order_customers AS c ON c.source = o.source AND c.order_id = o.order_id
        JOIN _buyers AS b ON b.customer_id = c.customer_id
        WHERE o.kind = 'order' AND o.at IS NOT NULL AND coalesce(o.amount, 0) >= 0
        GROUP BY o.source, {_line_sql("o")}, b.customer
    ),
    backs AS (
        SELECT o.source, coalesce(o.related_order_id, o.order_number) AS number,
            CAST(sum(abs(o.amount)) AS DOUBLE) AS returned
        FROM orders AS o
        WHERE o.kind = 'refund' AND {ours} AND coalesce(o.related_order_id, o.order_number)
            IS NOT NULL AND o.amount IS NOT NULL
        GROUP BY o.source, coalesce(o.related_order_id, o.order_number)
    )
    SELECT m.customer, m.us, sum(m.worth) AS worth, coalesce(sum(r.returned), 0) AS returned
    FROM bought AS m
    LEFT JOIN backs AS r ON r.source = m.source AND r.number = m.number
    GROUP BY m.customer, m.us
    """


def given_sql(currency: str) -> str:
    """Return the query to what was given as a gesture on the order of each moment.

    A gesture belongs to the order that it names, as a refund does; where lines of several
    customers bear that number, to the first of them.
    """
    ours = f"(g.currency IS NULL OR g.currency = {text_sql(currency)})"
    return f"""
    WITH gave AS (
        SELECT g.source, coalesce(g.related_order_id, g.order_number) AS number,
            CAST(sum(abs(g.amount)) AS BIGINT) AS given, count(*) AS gestures
        FROM orders AS g
        WHERE g.kind = 'gesture' AND {ours} AND g.amount IS NOT NULL
        GROUP BY g.source, coalesce(g.related_order_id, g.order_number)
    ),
    named AS (
        SELECT g.source, g.number, b.customer, min(epoch_us(o.at)) AS us,
            min(g.given) AS given, min(g.gestures) AS gestures
        FROM gave AS g
        JOIN orders AS o ON o.source = g.source AND {_line_sql("o")} = g.number
        JOIN order_customers AS c ON c.source = o.source AND c.order_id = o.order_id
        JOIN _buyers AS b ON b.customer_id = c.customer_id
        WHERE o.kind = 'order' AND o.at IS NOT NULL AND coalesce(o.amount, 0) >= 0
        GROUP BY g.source, g.number, b.customer
    ),
    placed AS (
        SELECT customer, us, given, gestures,
            row_number() OVER (PARTITION BY source, number ORDER BY us, customer) AS place
        FROM named
    )
    SELECT customer, us, CAST(sum(given) AS BIGINT) AS given,
        CAST(sum(gestures) AS BIGINT) AS gestures
    FROM placed WHERE place = 1 GROUP BY customer, us
    """


def _band_sql(value: str, steps: Sequence[int]) -> str:
    """Return in which band a value lies: how many of the steps it has reached."""
    cases = " ".join(
        f"WHEN {value} >= {step} THEN {place}"
        for place, step in reversed(list(enumerate(steps, start=1)))
    )
    return f"(CASE {cases} ELSE 0 END)"


def anchors_sql(window_weeks: int, horizon_weeks: int) -> str:
    """Return the query to the moments that can be compared: history before, future after.

    ``y``: orders in the horizon after it; ``p``: in the window before; ``e`` and ``l``: in the
    early and the late half of that. ``fine`` and ``coarse`` are strata of season and of what the
    customer had bought up to the window's begin. ``band``: landmarks that he passed.
    """
    window, horizon = window_weeks * WEEK_US, horizon_weeks * WEEK_US
    near = "PARTITION BY customer ORDER BY us RANGE BETWEEN"
    recent = _band_sql("recent", _RECENT)
    total = _band_sql("older", _RECENT)
    tenure = _band_sql(f"((us - first_us - {window}) // {WEEK_US})", _TENURE)
    passed = " + ".join(
        f"(CASE WHEN next_us IS NULL OR next_us - us > {days * DAY_US} THEN 1 ELSE 0 END)"
        for days in LANDMARKS
    )
    return f"""
    WITH ends AS (SELECT max(us) AS last_us FROM _moments),
    counted AS (
        SELECT customer, us,
            count(*) OVER ({near} 1 FOLLOWING AND {horizon} FOLLOWING) AS y,
            count(*) OVER ({near} {window} PRECEDING AND 1 PRECEDING) AS p,
            count(*) OVER ({near} {window // 2} PRECEDING AND 1 PRECEDING) AS l,
            count(*) OVER ({near} UNBOUNDED PRECEDING AND {window + 1} PRECEDING) AS older,
            count(*) OVER ({near} {2 * window} PRECEDING AND {window + 1} PRECEDING) AS recent,
            min(us) OVER (PARTITION BY customer) AS first_us,
            lead(us) OVER (PARTITION BY customer ORDER BY us) AS next_us
        FROM _moments
    ),
    kept AS (
        SELECT c.* FROM counted AS c CROSS JOIN ends AS z
        WHERE c.older > 0 AND c.us + {horizon} <= z.last_us
    )
    SELECT customer, us, y, p, p - l AS e, l,
        (((us // {_SEASON_WEEKS * WEEK_US}) * 16 + {recent}) * 16 + {total}) * 8 + {tenure}
            AS fine,
        ((us // {_QUARTER_WEEKS * WEEK_US}) * 16 + {recent}) * 8
            + (CASE WHEN {tenure} > 2 THEN 2 ELSE {tenure} END) AS coarse,
        {passed} AS band
    FROM kept
    """


def _landmark_sql(gap: str) -> str:
    cases = " ".join(
        f"WHEN {gap} <= {days * DAY_US} THEN {place}"
        for place, days in enumerate(LANDMARKS, start=1)
    )
    return f"(CASE {cases} END)"


def hits_sql(
    kinds: Sequence[str], everything: int, promises: int, rules: Sequence[str] = ()
) -> str:
    """Return the query to which problem hit which moment.

    Args:
        kinds: Kinds of promises; the first is problem -1, the next -2, and so on.
        everything: The number under which all themes together stand.
        promises: That of all broken promises together.
        rules: Ids of rules; the first is problem ``promises`` + 1, and so on.
    """
    codes = " ".join(
        f"WHEN {text_sql(kind)} THEN {-place}" for place, kind in enumerate(kinds, start=1)
    )
    problem = f"CASE p.kind {codes} END" if codes else "NULL"
    return f"""
    WITH numbers AS (
        SELECT DISTINCT o.source, {_line_sql("o")} AS number, b.customer_id, b.customer,
            epoch_us(o.at) AS us
        FROM orders AS o
        JOIN order_customers AS c ON c.source = o.source AND c.order_id = o.order_id
        JOIN _buyers AS b ON b.customer_id = c.customer_id
        WHERE o.kind = 'order' AND o.at IS NOT NULL AND coalesce(o.amount, 0) >= 0
    ),
    placed AS (
        SELECT source, number, customer_id, customer, min(us) AS us FROM numbers
        GROUP BY source, number, customer_id, customer
    ),
    named AS (
        SELECT m.episode_id, min(n.us) AS us
        FROM messages AS m
        JOIN placed AS n ON n.source = m.source AND n.number = m.order_id
            AND n.customer_id = m.customer_id
        WHERE m.direction = 'in' AND m.episode_id IS NOT NULL AND m.order_id IS NOT NULL
            AND n.us <= epoch_us(m.at)
        GROUP BY m.episode_id
    ),
    told AS (
        SELECT 'e' || e.episode_id AS id, e.theme_id AS problem, b.customer,
            epoch_us(e.opened_at) AS us, n.us AS named_us
        FROM episodes AS e
        JOIN _buyers AS b ON b.customer_id = e.customer_id
        LEFT JOIN named AS n ON n.episode_id = e.episode_id
        WHERE e.theme_id IS NOT NULL
        UNION ALL
        SELECT 'p' || p.promise_id AS id, {problem} AS problem, b.customer,
            epoch_us(p.made_at) AS us, n.us AS named_us
        FROM promises AS p
        JOIN _buyers AS b ON b.customer_id = p.customer_id
        LEFT JOIN placed AS n ON n.source = p.source AND n.number = p.order_number
            AND n.customer_id = p.customer_id
        WHERE p.status IN ('broken', 'overdue') AND p.made_at IS NOT NULL
        {_rules_sql(rules, promises)}
    ),
    line AS (
        SELECT customer, us, 0 AS rank, us AS order_us, '' AS id, 0 AS problem FROM _moments
        UNION ALL
        SELECT customer, us, 1 AS rank, NULL AS order_us, id, problem FROM told
        WHERE named_us IS NULL
    ),
    before AS (
        SELECT customer, problem, us, rank,
            last_value(order_us IGNORE NULLS) OVER (
                PARTITION BY customer ORDER BY us, rank, id, problem
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS order_us
        FROM line
    ),
    found AS (
        SELECT problem, customer, named_us AS us, 0 AS landmark FROM told
        WHERE named_us IS NOT NULL
        UNION ALL
        SELECT problem, customer, order_us AS us, {_landmark_sql("us - order_us")} AS landmark
        FROM before WHERE rank = 1 AND us - order_us <= {REACH_DAYS * DAY_US}
    ),
    each_one AS (
        SELECT problem, customer, us, min(landmark) AS landmark
        FROM found WHERE problem IS NOT NULL AND us IS NOT NULL
        GROUP BY problem, customer, us
    )
    SELECT problem, customer, us, landmark FROM each_one
    UNION ALL
    SELECT {everything} AS problem, customer, us, min(landmark) AS landmark
    FROM each_one WHERE problem >= 0 AND problem < {everything}
    GROUP BY customer, us
    UNION ALL
    SELECT {promises} AS problem, customer, us, min(landmark) AS landmark
    FROM each_one WHERE problem < 0
    GROUP BY customer, us
    """


def _rules_sql(rules: Sequence[str], promises: int) -> str:
    """Return the part of `hits_sql` on rules: each counts once in an episode, when it is named."""
    if not rules:
        return ""
    codes = " ".join(
        f"WHEN {text_sql(rule)} THEN {promises + place}" for place, rule in enumerate(rules, 1)
    )
    return f"""UNION ALL
        SELECT 'r' || c.rule_id || ':' || coalesce(c.episode_id, c.source || ':' || c.contact_id)
                AS id,
            min(CASE c.rule_id {codes} END) AS problem, b.customer, min(epoch_us(c.at)) AS us,
            min(n.us) AS named_us
        FROM rule_contacts AS c
        JOIN _buyers AS b ON b.customer_id = c.customer_id
        LEFT JOIN named AS n ON n.episode_id = c.episode_id
        WHERE c.at IS NOT NULL
        GROUP BY c.rule_id, coalesce(c.episode_id, c.source || ':' || c.contact_id), b.customer"""


def tally_sql(since_us: int) -> str:
    """Return the query to what each problem hit: orders, people, of them in the last year, worth.

    ``worth`` and ``worth_error`` are the mean value of the orders that it hit, and its error;
    ``returned`` what was paid back on those of the last year beyond what is usual, which is
    ``usual`` of their amount; ``given`` what was given as a gesture on those, in so many
    ``gestures`` to so many ``given_people``.
    """
    return f"""
    WITH usual AS (
        SELECT CASE WHEN sum(worth) > 0 THEN sum(returned) / sum(worth) ELSE 0 END AS share
        FROM _moments
    )
    SELECT h.problem, count(*) AS orders, count(DISTINCT h.customer) AS people,
        CAST(sum(CASE WHEN h.us > {since_us} THEN 1 ELSE 0 END) AS BIGINT) AS orders_year,
        avg(m.worth) AS worth,
        CASE WHEN count(m.worth) > 1 THEN stddev_samp(m.worth) / sqrt(count(m.worth)) END
            AS worth_error,
        coalesce(sum(CASE WHEN h.us > {since_us} THEN m.returned - u.share * m.worth END), 0)
            AS returned,
        CAST(coalesce(sum(CASE WHEN h.us > {since_us} THEN g.given END), 0) AS BIGINT) AS given,
        CAST(coalesce(sum(CASE WHEN h.us > {since_us} THEN g.gestures END), 0) AS BIGINT)
            AS gestures,
        count(DISTINCT CASE WHEN h.us > {since_us} THEN g.customer END) AS given_people
    FROM _hits AS h
    JOIN _moments AS m ON m.customer = h.customer AND m.us = h.us
    LEFT JOIN _given AS g ON g.customer = h.customer AND g.us = h.us
    CROSS JOIN usual AS u
    GROUP BY h.problem
    """
