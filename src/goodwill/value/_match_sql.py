"""SQL of the comparison of hit moments with like ones, for all problems in one pass.

The estimator is that of `goodwill.value.effect`; what differs is how it is computed. Sums over the
moments of each stratum are made once; what a problem's own customers put into them is taken out,
problem by problem, so that the work grows with the hits and not with problems times orders.
Sums of influences are of whole numbers (`SCALE`), so that they come out the same in any order.

Beyond `SAMPLE` customers the comparison group is every n-th customer, and the part of the
variance that comes from it is taken from every m-th of those.
"""

from __future__ import annotations

import pyarrow as pa

_I64, _I32, _F64, _B = pa.int64(), pa.int32(), pa.float64(), pa.bool_()

SCALE = 10_000
SHARE = 1_000_000_000
ENOUGH = (5, 2)
"""Customers that a fine, and failing that a coarse stratum must hold."""

VALUES = ("y", "p", "e", "l")
_SUMS = [(f"s{value}", _I64) for value in VALUES]

TOUCHED = pa.schema(
    [("problem", _I32), ("customer", _I64), ("us", _I64), *((value, _I64) for value in VALUES),
     ("fine", _I64), ("coarse", _I64), ("band", _I64), ("landmark", _I64), ("hit", _B),
     ("lately", _B), ("before", _B)]
)  # fmt: skip
STRATA = pa.schema([("stratum", _I64), ("band", _I64), ("n", _I64), ("people", _I64), *_SUMS])
OWN = pa.schema(
    [("problem", _I32), ("customer", _I64), ("stratum", _I64), ("band", _I64), ("n", _I64), *_SUMS]
)
POOLS = pa.schema(
    [("problem", _I32), ("stratum", _I64), ("landmark", _I64), ("n", _I64), ("people", _I64),
     *_SUMS]
)  # fmt: skip
MATCHED = pa.schema(
    [("problem", _I32), ("customer", _I64), ("us", _I64), ("stratum", _I64), ("landmark", _I64),
     ("share", _I64), *((value, _I64) for value in VALUES),
     *((f"x{value}", _I64) for value in VALUES), *((f"o{value}", _I64) for value in VALUES)]
)  # fmt: skip
WEIGHTS = pa.schema(
    [("problem", _I32), ("stratum", _I64), ("band", _I64), ("share", _F64),
     *((f"m{value}", _F64) for value in VALUES)]
)  # fmt: skip
MEANS = pa.schema(
    [("problem", _I32), ("events", _I64), ("customers", _I64),
     *((f"hit_{value}", _F64) for value in VALUES), *((f"like_{value}", _F64) for value in VALUES)]
)  # fmt: skip


def touched_sql(window_us: int) -> str:
    """Return the query to all comparable moments of the customers whom a problem ever hit.

    ``hit``: by the problem itself; ``lately``: another hit in the window before; ``before``:
    another hit before that window.
    """
    columns = ", ".join(f"min(a.{name}) AS {name}" for name in (*VALUES, "fine", "coarse", "band"))
    return f"""
    SELECT h.problem, a.customer, a.us, {columns},
        min(CASE WHEN h.us = a.us THEN h.landmark END) AS landmark,
        max(CASE WHEN h.us = a.us THEN 1 ELSE 0 END) = 1 AS hit,
        max(CASE WHEN h.us < a.us AND h.us >= a.us - {window_us} THEN 1 ELSE 0 END) = 1 AS lately,
        max(CASE WHEN h.us < a.us - {window_us} THEN 1 ELSE 0 END) = 1 AS before
    FROM _hits AS h
    JOIN _anchors AS a ON a.customer = h.customer
    GROUP BY h.problem, a.customer, a.us
    """


def _sums(source: str = "", sign: str = "") -> str:
    return ", ".join(f"CAST(sum({sign}{source}{v}) AS BIGINT) AS s{v}" for v in VALUES)


# A stratum's number ends in 0 (fine, never hit before), 1 (fine, hit before) or 2 (coarse).
_KEYS = (("fine * 4", "0"), ("fine * 4 + 1", "1"), ("coarse * 4 + 2", "2"))


def strata_sql(every: int) -> str:
    """Return the query to sums over strata, of every ``every``-th customer."""
    parts = [
        f"""
        SELECT {key} AS stratum, band, count(*) AS n, count(DISTINCT customer) AS people, {_sums()}
        FROM _anchors WHERE customer % {every} = 0
        GROUP BY {key}, band
        """
        for key, kind in _KEYS
        if kind != "1"
    ]
    return " UNION ALL ".join(parts)


def own_sql(every: int) -> str:
    """Return the query to what each touched customer has among the compared, by stratum."""
    may = {
        "0": "NOT hit AND NOT lately AND NOT before",
        "1": "NOT hit AND NOT lately AND before",
        "2": "NOT hit AND NOT lately",
    }
    parts = [
        f"""
        SELECT problem, customer, {key} AS stratum, band, count(*) AS n, {_sums()}
        FROM _touched WHERE customer % {every} = 0 AND {may[kind]}
        GROUP BY problem, customer, {key}, band
        """
        for key, kind in _KEYS
    ]
    return " UNION ALL ".join(parts)


def pools_sql(every: int) -> str:
    """Return the query to what each hit moment may be compared with, by stratum and landmark."""
    gone = {"0": "(hit OR lately OR before)", "2": "(hit OR lately)"}
    removed = [
        f"""
        SELECT problem, {key} AS stratum, band, -count(*) AS n,
            -count(DISTINCT customer) AS people, {_sums(sign="-")}
        FROM _touched WHERE customer % {every} = 0 AND {gone[kind]}
        GROUP BY problem, {key}, band
        """
        for key, kind in _KEYS
        if kind != "1"
    ]
    columns = ", ".join(f"s{v}" for v in VALUES)
    sums = ", ".join(f"CAST(sum(f.s{v}) AS BIGINT) AS s{v}" for v in VALUES)
    return f"""
    WITH hit AS (
        SELECT problem, fine * 4 + CASE WHEN before THEN 1 ELSE 0 END AS fine,
            coarse * 4 + 2 AS coarse, landmark
        FROM _touched WHERE hit AND NOT lately AND landmark <= band
    ),
    wanted AS (
        SELECT problem, fine AS stratum, landmark FROM hit
        UNION
        SELECT problem, coarse AS stratum, landmark FROM hit
    ),
    changed AS (
        {" UNION ALL ".join(removed)}
        UNION ALL
        SELECT problem, stratum, band, CAST(sum(n) AS BIGINT) AS n,
            count(DISTINCT customer) AS people, {
        ", ".join(f"CAST(sum(s{v}) AS BIGINT) AS s{v}" for v in VALUES)
    }
        FROM _own WHERE stratum % 4 = 1
        GROUP BY problem, stratum, band
    ),
    found AS (
        SELECT w.problem, w.stratum, w.landmark, g.n, g.people, {columns}
        FROM wanted AS w
        JOIN _strata AS g ON g.stratum = w.stratum AND g.band >= w.landmark
        UNION ALL
        SELECT w.problem, w.stratum, w.landmark, c.n, c.people, {columns}
        FROM wanted AS w
        JOIN changed AS c ON c.problem = w.problem AND c.stratum = w.stratum
            AND c.band >= w.landmark
    )
    SELECT f.problem, f.stratum, f.landmark, CAST(sum(f.n) AS BIGINT) AS n,
        CAST(sum(f.people) AS BIGINT) AS people, {sums}
    FROM found AS f
    GROUP BY f.problem, f.stratum, f.landmark
    """


def matched_sql() -> str:
    """Return the query to the hit moments that found like ones: in fine strata, else in coarse.

    ``share`` is one over the number of like moments, x the mean of theirs, o what the customer
    himself adds to the influence of his own: he is never compared with himself.
    """
    values = ", ".join(f"t.{v}" for v in VALUES)
    own = ", ".join(f"CAST(sum(o.s{v}) AS BIGINT) AS s{v}" for v in VALUES)
    own_columns = ", ".join(f"coalesce(o.s{v}, 0) AS o{v}" for v in VALUES)
    pool_columns = ", ".join(f"p.s{v} AS p{v}" for v in VALUES)
    means = ", ".join(
        f"CAST(round({SCALE} * (c.p{v} - c.o{v}) / CAST(c.left_n AS DOUBLE)) AS BIGINT) AS x{v}"
        for v in VALUES
    )
    back = ", ".join(
        f"CAST(round({SCALE} * (c.o{v} - c.own_n * (c.p{v} / CAST(c.n AS DOUBLE)))"
        f" / c.left_n) AS BIGINT) AS o{v}"
        for v in VALUES
    )
    return f"""
    WITH hit AS (
        SELECT * FROM _touched WHERE hit AND NOT lately AND landmark <= band
    ),
    tried AS (
        SELECT problem, customer, us, landmark, {", ".join(VALUES)},
            fine * 4 + CASE WHEN before THEN 1 ELSE 0 END AS stratum, 1 AS turn,
            {ENOUGH[0]} AS enough
        FROM hit
        UNION ALL
        SELECT problem, customer, us, landmark, {", ".join(VALUES)},
            coarse * 4 + 2 AS stratum, 2 AS turn, {ENOUGH[1]} AS enough
        FROM hit
    ),
    own AS (
        SELECT t.problem, t.customer, t.us, t.turn, CAST(sum(o.n) AS BIGINT) AS n, {own}
        FROM tried AS t
        JOIN _own AS o ON o.problem = t.problem AND o.customer = t.customer
            AND o.stratum = t.stratum AND o.band >= t.landmark
        GROUP BY t.problem, t.customer, t.us, t.turn
    ),
    joined AS (
        SELECT t.problem, t.customer, t.us, t.landmark, t.stratum, t.turn, t.enough, {values},
            p.n, p.n - coalesce(o.n, 0) AS left_n, coalesce(o.n, 0) AS own_n,
            p.people - CASE WHEN o.n IS NULL THEN 0 ELSE 1 END AS people,
            {pool_columns}, {own_columns}
        FROM tried AS t
        JOIN _pools AS p ON p.problem = t.problem AND p.stratum = t.stratum
            AND p.landmark = t.landmark
        LEFT JOIN own AS o ON o.problem = t.problem AND o.customer = t.customer
            AND o.us = t.us AND o.turn = t.turn
    ),
    chosen AS (
        SELECT *, row_number() OVER (PARTITION BY problem, customer, us ORDER BY turn) AS place
        FROM joined
        WHERE people >= enough AND left_n > 0
    )
    SELECT c.problem, c.customer, c.us, c.stratum, c.landmark,
        CAST(round({SHARE} / CAST(c.left_n AS DOUBLE)) AS BIGINT) AS share,
        {", ".join(f"c.{v}" for v in VALUES)}, {means}, {back}
    FROM chosen AS c
    WHERE c.place = 1
    """


def means_sql() -> str:
    """Return the query to the means of both groups, by problem."""
    a = ", ".join(f"CAST(sum({v}) AS DOUBLE) / count(*) AS hit_{v}" for v in VALUES)
    b = ", ".join(f"CAST(sum(x{v}) AS DOUBLE) / {SCALE} / count(*) AS like_{v}" for v in VALUES)
    return f"""
    SELECT problem, count(*) AS events, count(DISTINCT customer) AS customers, {a}, {b}
    FROM _matched
    GROUP BY problem
    """


def again_sql(every: int, horizon_us: int) -> str:
    """Return the query to each problem's sums over later hits, of both groups.

    ``hit`` counts hits in the horizon over the matched moments, ``alike`` sums the mean of their
    like ones; ``after`` does so for the orders after such a hit, once for each hit between. The
    last two are times `SHARE`. Who was never hit adds nothing, so that only touched customers are
    looked at.
    """
    may = {
        "0": "NOT t.hit AND NOT t.lately AND NOT t.before",
        "1": "NOT t.hit AND NOT t.lately AND t.before",
        "2": "NOT t.hit AND NOT t.lately",
    }
    like = " UNION ALL ".join(
        f"""
        SELECT t.problem, t.customer, {key} AS stratum, t.band, t.hits, t.again
        FROM later AS t WHERE t.customer % {every} = 0 AND {may[kind]}
        """
        for key, kind in _KEYS
    )
    return f"""
    WITH ranked AS (
        SELECT customer, us, row_number() OVER (PARTITION BY customer ORDER BY us) AS n
        FROM _moments WHERE customer IN (SELECT customer FROM _hits)
    ),
    later AS (
        SELECT t.problem, t.customer, t.us, t.fine, t.coarse, t.band, t.hit, t.lately, t.before,
            count(*) AS hits, CAST(sum(r.n + t.y - j.n) AS BIGINT) AS again
        FROM _touched AS t
        JOIN ranked AS r ON r.customer = t.customer AND r.us = t.us
        JOIN _hits AS h ON h.problem = t.problem AND h.customer = t.customer AND h.us > t.us
            AND h.us <= t.us + {horizon_us}
        JOIN ranked AS j ON j.customer = h.customer AND j.us = h.us
        GROUP BY t.problem, t.customer, t.us, t.fine, t.coarse, t.band, t.hit, t.lately, t.before
    ),
    own AS ({like}),
    sums AS (
        SELECT m.problem, l.hits AS hit, 0 AS alike, 0 AS after
        FROM _matched AS m
        JOIN later AS l ON l.problem = m.problem AND l.customer = m.customer AND l.us = m.us
        UNION ALL
        SELECT m.problem, 0 AS hit, m.share * o.hits AS alike, m.share * o.again AS after
        FROM _matched AS m
        JOIN own AS o ON o.problem = m.problem AND o.stratum = m.stratum
            AND o.band >= m.landmark AND o.customer <> m.customer
    )
    SELECT problem, CAST(sum(hit) AS BIGINT) AS hit,
        CAST(sum(alike) AS DOUBLE) AS alike, CAST(sum(after) AS DOUBLE) AS after
    FROM sums GROUP BY problem
    """


def weights_sql() -> str:
    """Return the query to what a like moment of a stratum and band weighs in each problem.

    ``share`` is its weight, m the weighted means that are taken off: over all landmarks up to the
    band. Both carry the jackknife's correction for strata of few moments.
    """
    bands = " UNION ALL ".join(f"SELECT {band} AS band" for band in range(12))
    spare = f"greatest(1 - 1 / CAST(p.n AS DOUBLE), 0.5 / {ENOUGH[0]})"
    each = ", ".join(f"g.share / {spare} * p.s{v} / p.n AS m{v}" for v in VALUES)
    sums = ", ".join(
        f"CAST(sum(CAST(round(e.m{v} * {SHARE}) AS BIGINT)) AS DOUBLE) / {SHARE} AS m{v}"
        for v in VALUES
    )
    return f"""
    WITH grouped AS (
        SELECT problem, stratum, landmark, CAST(sum(share) AS DOUBLE) / {SHARE} AS share
        FROM _matched GROUP BY problem, stratum, landmark
    ),
    each_one AS (
        SELECT g.problem, g.stratum, g.landmark, g.share / {spare} AS share, {each}
        FROM grouped AS g
        JOIN _pools AS p ON p.problem = g.problem AND p.stratum = g.stratum
            AND p.landmark = g.landmark
    ),
    bands AS ({bands})
    SELECT e.problem, e.stratum, b.band,
        CAST(sum(CAST(round(e.share * {SHARE}) AS BIGINT)) AS DOUBLE) / {SHARE} AS share, {sums}
    FROM each_one AS e
    JOIN bands AS b ON b.band >= e.landmark
    GROUP BY e.problem, e.stratum, b.band
    """


def influence_sql() -> str:
    """Return the query to the second moments of influence over the touched customers."""
    return f"""
    WITH parts AS (
        SELECT t.problem, t.customer,
            {_columns("hit_", lambda v: f"{SCALE} * t.{v} - {SCALE} * m.hit_{v}")},
            {_columns("like_", lambda v: f"t.x{v} - {SCALE} * m.like_{v} - t.o{v}")}
        FROM _matched AS t JOIN _means AS m ON m.problem = t.problem
        UNION ALL
        SELECT o.problem, o.customer,
            {", ".join(f"0 AS hit_{v}" for v in VALUES)},
            {_columns("like_", lambda v: f"{SCALE} * (w.share * o.s{v} - w.m{v} * o.n)")}
        FROM _own AS o
        JOIN _weights AS w ON w.problem = o.problem AND w.stratum = o.stratum AND w.band = o.band
    ),
    people AS (
        SELECT problem, customer, {
        ", ".join(
            f"CAST(sum({side}{v}) AS BIGINT) AS {side}{v}"
            for side in ("hit_", "like_")
            for v in VALUES
        )
    }
        FROM parts GROUP BY problem, customer
    )
    SELECT problem, {_moments([f"{side}{v}" for side in ("hit_", "like_") for v in VALUES])}
    FROM people GROUP BY problem
    """


def others_sql(every: int) -> str:
    """Return the query to the same over untouched customers, of every ``every``-th."""
    return f"""
    WITH line AS (
        SELECT customer, fine * 4 AS stratum, band, {", ".join(VALUES)}
        FROM _anchors WHERE customer % {every} = 0
        UNION ALL
        SELECT customer, coarse * 4 + 2 AS stratum, band, {", ".join(VALUES)}
        FROM _anchors WHERE customer % {every} = 0
    ),
    own AS (SELECT DISTINCT problem, customer FROM _hits),
    people AS (
        SELECT w.problem, x.customer, {
        ", ".join(
            f"CAST(sum(CAST(round({SCALE} * (w.share * x.{v} - w.m{v})) AS BIGINT)) AS BIGINT)"
            f" AS like_{v}"
            for v in VALUES
        )
    }
        FROM line AS x
        JOIN _weights AS w ON w.stratum = x.stratum AND w.band = x.band
        GROUP BY w.problem, x.customer
    )
    SELECT p.problem, {_moments([f"like_{v}" for v in VALUES], "p.")}
    FROM people AS p
    LEFT JOIN own AS o ON o.problem = p.problem AND o.customer = p.customer
    WHERE o.customer IS NULL
    GROUP BY p.problem
    """


def _columns(side: str, value: object) -> str:
    assert callable(value)
    return ", ".join(f"CAST(round({value(v)}) AS BIGINT) AS {side}{v}" for v in VALUES)


def _moments(columns: list[str], source: str = "") -> str:
    pairs = [(one, two) for i, one in enumerate(columns) for two in columns[i:]]
    return ", ".join(
        f"CAST(sum(CAST({source}{one} AS DECIMAL(18, 0)) * CAST({source}{two} AS DECIMAL(18, 0)))"
        f" AS DOUBLE) AS {one}_{two}"
        for one, two in pairs
    )
