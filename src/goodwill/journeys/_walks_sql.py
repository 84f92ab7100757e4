"""SQL of what is counted of the walks of cases: steps, what follows what, and paths.

``_process`` holds the walks step by step; ``_plain`` counts the plain orders, all steps in a row.
Both hold numbers for steps, which ``_steps`` names, with their process.
"""

from __future__ import annotations

from goodwill.journeys._process_sql import step_sql

_LONGEST = 12
"""Steps of a path that are told; what comes after is left out."""
_CODE = 1_000_000
"""More than there are steps with a number."""
_ROOM = 4096
"""Seconds of a room in which a median is looked for."""


def steps_sql() -> str:
    """Return the SELECT of `process_steps`; needs ``_process``, ``_plain``, ``_steps``.

    ``places`` adds up where in its case each event stands, from 0 to 1,000: steps are ordered by
    its mean.
    """
    wrote = ", ".join(map(step_sql, ("wrote", "wrote again", "wrote in public")))
    plain = " UNION ALL ".join(
        f"SELECT step_{k} AS step, cases, (2000 * {k} - 1000) // (2 * steps) AS place, "
        f"CASE WHEN {k} = 1 THEN cases ELSE 0 END AS starts, "
        f"CASE WHEN {k} = steps THEN cases ELSE 0 END AS ends FROM ways WHERE steps >= {k}"
        for k in range(1, 5)
    )
    sums = ", ".join(
        f"CAST(sum(c.{name}) AS BIGINT) AS {name}"
        for name in ("cases", "events", "places", "starts", "ends", "repeated", "contacted")
    )
    return f"""
    WITH ways AS (
        SELECT step_1, step_2, step_3, step_4,
            CASE WHEN step_4 IS NOT NULL THEN 4 WHEN step_3 IS NOT NULL THEN 3
                WHEN step_2 IS NOT NULL THEN 2 ELSE 1 END AS steps,
            sum(cases) AS cases
        FROM _plain
        GROUP BY step_1, step_2, step_3, step_4
    ),
    passed AS (
        SELECT step, n, count(*) AS events,
            sum((2000 * place - 1000) // (2 * steps)) AS places,
            count(CASE WHEN place = 1 THEN 1 END) AS starts,
            count(CASE WHEN next_step IS NULL THEN 1 END) AS ends,
            count(CASE WHEN next_step IN ({wrote}) THEN 1 END) AS contacts
        FROM _process
        GROUP BY step, n
    ),
    counted AS (
        SELECT step, count(*) AS cases, sum(events) AS events, sum(places) AS places,
            sum(starts) AS starts, sum(ends) AS ends,
            count(CASE WHEN events > 1 THEN 1 END) AS repeated,
            count(CASE WHEN contacts > 0 THEN 1 END) AS contacted
        FROM passed
        GROUP BY step
        UNION ALL
        SELECT step, cases, cases AS events, cases * place AS places, starts, ends, 0 AS repeated,
            0 AS contacted
        FROM ({plain}) AS plain
    )
    SELECT s.process, s.step, {sums}
    FROM counted AS c
    JOIN _steps AS s ON s.step_n = c.step
    GROUP BY s.process, s.step
    """


def links_sql() -> str:
    """Return the SELECT of `process_links`: the median wait is the lower one of two."""
    key = "from_step, to_step"
    plain = " UNION ALL ".join(
        f"SELECT step_{k} AS from_step, step_{k + 1} AS to_step, wait_{k} AS wait, cases "
        f"FROM _plain WHERE step_{k + 1} IS NOT NULL"
        for k in range(1, 4)
    )
    return f"""
    WITH walked AS (
        SELECT step AS from_step, next_step AS to_step, n AS case_n,
            (next_us - us) // 1000000 AS wait
        FROM _process WHERE next_step IS NOT NULL
    ),
    single AS (SELECT from_step, to_step, wait, cases FROM ({plain}) AS pairs),
    taken AS (
        SELECT {key}, count(*) AS cases
        FROM (SELECT DISTINCT {key}, case_n FROM walked) AS once GROUP BY {key}
        UNION ALL
        SELECT {key}, sum(cases) AS cases FROM single GROUP BY {key}
    ),
    taken_once AS (
        SELECT {key}, CAST(sum(cases) AS BIGINT) AS cases FROM taken GROUP BY {key}
    ),
    waited AS (
        SELECT {key}, wait, CAST(sum(n) AS BIGINT) AS n
        FROM (
            SELECT {key}, wait, count(*) AS n FROM walked GROUP BY {key}, wait
            UNION ALL
            SELECT {key}, wait, cases AS n FROM single
        ) AS waits
        GROUP BY {key}, wait
    ),
    {_medians_sql(("from_step", "to_step"), "wait", "waited")}
    SELECT a.process, a.step AS from_step, b.step AS to_step, t.cases, c.n AS events,
        c.median_seconds
    FROM medians AS c
    JOIN taken_once AS t ON t.from_step = c.from_step AND t.to_step = c.to_step
    JOIN _steps AS a ON a.step_n = c.from_step
    JOIN _steps AS b ON b.step_n = c.to_step
    """


def paths_sql(most: int = 100) -> str:
    """Return the SELECT of `process_paths`: the paths that most cases take.

    A path is counted as the text of its steps' numbers, each with its place before it, and named
    once.
    """
    plain = _code_sql("1", "step_1") + "".join(
        f" || coalesce(' ' || {_code_sql(str(k), f'step_{k}')}, '')" for k in range(2, 5)
    )
    return f"""
    WITH walked AS (
        SELECT (max(us) - min(us)) // 1000000 AS span, count(*) AS steps,
            array_to_string(list_sort(list(CASE WHEN place <= {_LONGEST}
                THEN {_code_sql("place", "step")} END)), ' ') AS codes
        FROM _process
        GROUP BY n
    ),
    told AS (
        SELECT codes, span, count(*) AS n,
            max(CASE WHEN steps > {_LONGEST} THEN 1 ELSE 0 END) AS long
        FROM walked
        GROUP BY codes, span
        UNION ALL
        SELECT {plain} AS codes, span, cases AS n, 0 AS long FROM _plain
    ),
    spans AS (
        SELECT codes, span, CAST(sum(n) AS BIGINT) AS n, max(long) AS long
        FROM told
        GROUP BY codes, span
    ),
    counted AS (
        SELECT codes, CAST(sum(n) AS BIGINT) AS cases, max(long) = 1 AS cut
        FROM spans
        GROUP BY codes
    ),
    parts AS (
        SELECT codes, code, CAST(code AS BIGINT) % {_CODE} AS step_n
        FROM (SELECT codes, unnest(string_split(codes, ' ')) AS code FROM counted) AS split
    ),
    named AS (
        SELECT p.codes, min(s.process) AS process, regexp_replace(array_to_string(list_sort(list(
            substr(p.code, 1, 3) || '=' || s.step)), ' > '), '[0-9][0-9][0-9]=', '', 'g') AS path
        FROM parts AS p
        JOIN _steps AS s ON s.step_n = p.step_n
        GROUP BY p.codes
    ),
    placed AS (
        SELECT c.codes, c.cases, c.cut, d.process, d.path, row_number() OVER (
            PARTITION BY d.process ORDER BY c.cases DESC, d.path) AS place
        FROM counted AS c JOIN named AS d ON d.codes = c.codes
    ),
    first_ones AS (SELECT * FROM placed WHERE place <= {most}),
    taken AS (
        SELECT s.codes, s.span, s.n FROM spans AS s JOIN first_ones AS f ON f.codes = s.codes
    ),
    {_medians_sql(("codes",), "span", "taken")}
    SELECT f.process, CAST(f.place AS INTEGER) AS place, f.path, f.cut, f.cases, m.median_seconds
    FROM first_ones AS f
    JOIN medians AS m ON m.codes = f.codes
    """


def _code_sql(place: str, step: str) -> str:
    """Return nine digits for a step and its place, so that texts are in the order of places."""
    return f"CAST((100 + {place}) * {_CODE} + {step} AS VARCHAR)"


def _medians_sql(key: tuple[str, ...], value: str, table: str) -> str:
    """Return CTEs, the last of them ``medians``: the key, the sum of ``n``, ``median_seconds``.

    The median is the least value that at least half of the ``n`` of a key do not exceed. It is
    looked for in rooms of seconds first, so that few values are put in order.
    """
    names = ", ".join(key)
    same = " AND ".join(f"h.{name} = s.{name}" for name in key)
    so_far = f"PARTITION BY {names} ORDER BY {{0}} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
    return f"""rooms AS (
        SELECT {names}, {value} // {_ROOM} AS room, CAST(sum(n) AS BIGINT) AS n
        FROM {table} GROUP BY {names}, {value} // {_ROOM}
    ),
    heaped AS (
        SELECT {names}, room, n, CAST(sum(n) OVER ({so_far.format("room")}) AS BIGINT) AS upto,
            CAST(sum(n) OVER (PARTITION BY {names}) AS BIGINT) AS whole
        FROM rooms
    ),
    halves AS (
        SELECT {names}, room, upto - n AS before, whole
        FROM heaped WHERE 2 * upto >= whole AND 2 * (upto - n) < whole
    ),
    near AS (
        SELECT {", ".join(f"s.{name}" for name in key)}, s.{value}, s.n, h.before, h.whole
        FROM {table} AS s JOIN halves AS h ON {same} AND h.room = s.{value} // {_ROOM}
    ),
    reached AS (
        SELECT {names}, {value}, whole,
            before + sum(n) OVER ({so_far.format(value)}) AS upto
        FROM near
    ),
    medians AS (
        SELECT {names}, CAST(min(whole) AS BIGINT) AS n,
            CAST(min({value}) AS BIGINT) AS median_seconds
        FROM reached WHERE 2 * upto >= whole GROUP BY {names}
    )"""
