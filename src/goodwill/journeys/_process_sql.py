"""SQL of processes: what follows what, how long it takes, and where customers write.

Two processes are read off the facts. ``order``: the case is an order; its steps are money,
delivery, missed dates, and contacts about it with answers. ``ticket``: the case is a ticket; its
steps are the states that the help desk logged. Directly-follows counts are those of process mining
(van der Aalst, Process Mining, 2016).
"""

from __future__ import annotations

from goodwill.journeys._measures_sql import closed_sql
from goodwill.journeys._words import DAY_US, NODE, given_sql

NEAR_DAYS = 60
"""A contact that names no order is about the customer's last one, if it is at most so old."""
_LONGEST = 12
"""Steps of a path that are told; what comes after is left out."""
_CASE = f"{{0}}.source || '{NODE}' || coalesce({{0}}.order_number, {{0}}.order_id)"


def order_events_sql() -> str:
    """Return the SELECT of the steps of orders that are money, delivery or a missed date."""
    return f"""
    WITH made AS (
        SELECT {_CASE.format("o")} AS case_id, min(epoch_us(o.at)) AS us,
            CASE WHEN count(*) = count(o.delivered_at) THEN max(epoch_us(o.delivered_at)) END
                AS delivered_us
        FROM orders AS o
        WHERE o.kind = 'order' AND o.at IS NOT NULL
        GROUP BY {_CASE.format("o")}
    ),
    other AS (
        SELECT DISTINCT CASE o.kind WHEN 'payment' THEN 'paid' WHEN 'refund' THEN 'refunded'
                WHEN 'fee' THEN 'fee charged' ELSE 'cancelled' END AS step, epoch_us(o.at) AS us,
            o.source || '{NODE}' || coalesce(r.order_number, r.order_id, o.order_number,
                o.related_order_id) AS case_id
        FROM orders AS o
        LEFT JOIN orders AS r ON r.source = o.source AND r.order_id = o.related_order_id
        WHERE o.kind <> 'order' AND o.at IS NOT NULL
    )
    SELECT case_id, us, 0 AS tie, 'ordered' AS step, '' AS id FROM made
    UNION ALL
    SELECT o.case_id, o.us, 1 AS tie, o.step, '' AS id
    FROM other AS o JOIN made AS m ON m.case_id = o.case_id
    UNION ALL
    SELECT m.case_id, epoch_us(p.due_at) AS us, 2 AS tie, 'promised day missed' AS step, '' AS id
    FROM promises AS p
    JOIN made AS m ON m.case_id = p.source || '{NODE}' || p.order_number
    WHERE p.kind = 'delivery' AND p.status IN ('broken', 'overdue')
    UNION ALL
    SELECT case_id, delivered_us AS us, 3 AS tie, 'delivered' AS step, '' AS id
    FROM made WHERE delivered_us IS NOT NULL
    """


def contact_events_sql() -> str:
    """Return the SELECT of the steps of orders that are messages; needs ``_order_events``.

    A contact belongs to the order that it names, else to its customer's last one before it.
    Parts of a message are one step, and so are answers without a contact in between.
    """
    return f"""
    WITH opened AS (SELECT case_id, us FROM _order_events WHERE step = 'ordered'),
    bought AS (
        SELECT DISTINCT k.customer_id, {_CASE.format("o")} AS case_id
        FROM orders AS o
        JOIN order_customers AS k ON k.source = o.source AND k.order_id = o.order_id
        WHERE o.kind = 'order'
    ),
    asked AS (
        SELECT m.source, m.contact_id, m.customer_id, epoch_us(m.at) AS us,
            n.case_id AS named,
            CASE WHEN m.public THEN 'wrote in public' WHEN m.repeat THEN 'wrote again'
                ELSE 'wrote' END AS step
        FROM messages AS m
        LEFT JOIN opened AS n ON {given_sql("m.order_id")}
            AND n.case_id = m.source || '{NODE}' || m.order_id
        LEFT JOIN contact_gaps AS g ON g.source = m.source AND g.contact_id = m.contact_id
        WHERE m.direction = 'in' AND m.at IS NOT NULL AND NOT coalesce(m.closing, FALSE)
            AND NOT coalesce(g.part_any, FALSE)
    ),
    line AS (
        SELECT b.customer_id, o.us, 0 AS tie, b.case_id, o.us AS ordered_us,
            CAST(NULL AS VARCHAR) AS source, '' AS contact_id
        FROM bought AS b JOIN opened AS o ON o.case_id = b.case_id
        UNION ALL
        SELECT customer_id, us, 1 AS tie, CAST(NULL AS VARCHAR) AS case_id,
            CAST(NULL AS BIGINT) AS ordered_us, source, contact_id
        FROM asked WHERE named IS NULL AND customer_id IS NOT NULL
    ),
    last_ones AS (
        SELECT source, contact_id, tie, us,
            last_value(case_id IGNORE NULLS) OVER (PARTITION BY customer_id
                ORDER BY us, tie, case_id, source, contact_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS case_id,
            max(ordered_us) OVER (PARTITION BY customer_id
                ORDER BY us, tie, case_id, source, contact_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS ordered_us
        FROM line
    ),
    wrote AS (
        SELECT a.source, a.contact_id, a.us, a.step, coalesce(a.named, l.case_id) AS case_id
        FROM asked AS a
        LEFT JOIN last_ones AS l ON l.tie = 1 AND l.source = a.source
            AND l.contact_id = a.contact_id AND l.us - l.ordered_us <= {NEAR_DAYS * DAY_US}
    ),
    told AS (
        SELECT m.conversation_id, m.contact_id, epoch_us(m.at) AS us, m.direction, w.case_id,
            w.step,
            m.direction = 'out' AND coalesce(m.author_role, '') NOT IN ('system', 'bot') AS answers
        FROM messages AS m
        LEFT JOIN wrote AS w ON w.source = m.source AND w.contact_id = m.contact_id
        WHERE m.at IS NOT NULL AND m.direction IN ('in', 'out')
    ),
    heard AS (
        SELECT contact_id, us, direction, step, answers,
            last_value(case_id IGNORE NULLS) OVER (PARTITION BY conversation_id
                ORDER BY us, direction, contact_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS case_id,
            case_id IS NOT NULL AS own
        FROM told
    )
    SELECT case_id, us, CASE WHEN answers THEN 5 ELSE 4 END AS tie,
        CASE WHEN answers THEN 'answered' ELSE step END AS step, contact_id AS id
    FROM heard
    WHERE case_id IS NOT NULL AND (own OR answers)
    """


def ticket_events_sql() -> str:
    """Return the SELECT of the states of tickets, as they were logged.

    Many logs know minutes alone: of two states at one moment the new one comes first, and the
    closed one last.
    """
    return f"""
    SELECT source || '{NODE}' || thread_id AS case_id, epoch_us("at") AS us,
        CASE WHEN lower(trim(status)) LIKE 'new%' THEN 0
            WHEN lower(trim(status)) LIKE 'clos%' THEN 3
            WHEN {closed_sql("status")} THEN 2 ELSE 1 END AS tie,
        lower(trim(status)) AS step, event_id AS id
    FROM thread_events
    WHERE "at" IS NOT NULL AND {given_sql("status")}
    """


def process_sql() -> str:
    """Return the SELECT of each case's steps in order; needs ``_process_events``.

    A state that is logged again, and an answer after an answer, is no new step.
    """
    order = "PARTITION BY process, case_id ORDER BY us, tie, step, id"
    return f"""
    WITH near AS (
        SELECT *, lag(step) OVER ({order}) AS before FROM _process_events
    ),
    kept AS (
        SELECT process, case_id, us, tie, step, id FROM near
        WHERE before IS NULL OR before <> step OR (process = 'order' AND step <> 'answered')
    )
    SELECT process, case_id, us, step, row_number() OVER ({order}) AS place,
        count(*) OVER (PARTITION BY process, case_id) AS steps,
        lead(step) OVER ({order}) AS next_step, lead(us) OVER ({order}) AS next_us,
        row_number() OVER (PARTITION BY process, case_id, step ORDER BY us, tie, id) AS nth
    FROM kept
    """


def steps_sql() -> str:
    """Return the SELECT of `process_steps`; needs ``_process``.

    ``places`` adds up where in its case each event stands, from 0 to 1,000: steps are ordered by
    its mean.
    """
    wrote = "('wrote', 'wrote again', 'wrote in public')"
    return f"""
    SELECT process, step, count(DISTINCT case_id) AS cases, count(*) AS events,
        CAST(sum((2000 * place - 1000) // (2 * steps)) AS BIGINT) AS places,
        count(CASE WHEN place = 1 THEN 1 END) AS starts,
        count(CASE WHEN next_step IS NULL THEN 1 END) AS ends,
        count(CASE WHEN nth = 2 THEN 1 END) AS repeated,
        count(DISTINCT CASE WHEN process = 'order' AND next_step IN {wrote} THEN case_id END)
            AS contacted
    FROM _process
    GROUP BY process, step
    """


def links_sql() -> str:
    """Return the SELECT of `process_links`: the median wait is the lower one of two."""
    near = "PARTITION BY process, step, next_step"
    return f"""
    WITH ranked AS (
        SELECT process, case_id, step, next_step, next_us - us AS wait_us,
            row_number() OVER ({near} ORDER BY next_us - us, case_id, place) AS rank,
            count(*) OVER ({near}) AS n
        FROM _process
        WHERE next_step IS NOT NULL
    )
    SELECT process, step AS from_step, next_step AS to_step, count(DISTINCT case_id) AS cases,
        count(*) AS events,
        CAST(max(CASE WHEN 2 * rank - n IN (0, 1) THEN wait_us END) // 1000000 AS BIGINT)
            AS median_seconds
    FROM ranked
    GROUP BY process, step, next_step
    """


def paths_sql(most: int = 100) -> str:
    """Return the SELECT of `process_paths`: the paths that most cases take."""
    return f"""
    WITH walked AS (
        SELECT process, case_id, max(us) - min(us) AS span_us, count(*) AS steps,
            regexp_replace(array_to_string(list_sort(list(CASE WHEN place <= {_LONGEST}
                THEN lpad(CAST(place AS VARCHAR), 3, '0') || '=' || step END)), ' > '),
                '[0-9][0-9][0-9]=', '', 'g') AS path
        FROM _process
        GROUP BY process, case_id
    ),
    ranked AS (
        SELECT *, row_number() OVER (PARTITION BY process, path ORDER BY span_us, case_id) AS rank,
            count(*) OVER (PARTITION BY process, path) AS n
        FROM walked
    ),
    counted AS (
        SELECT process, path, count(*) AS cases,
            max(CASE WHEN steps > {_LONGEST} THEN 1 ELSE 0 END) = 1 AS cut,
            CAST(max(CASE WHEN 2 * rank - n IN (0, 1) THEN span_us END) // 1000000 AS BIGINT)
                AS median_seconds
        FROM ranked
        GROUP BY process, path
    ),
    placed AS (
        SELECT *, row_number() OVER (PARTITION BY process ORDER BY cases DESC, path) AS place
        FROM counted
    )
    SELECT process, CAST(place AS INTEGER) AS place, path, cut, cases, median_seconds
    FROM placed WHERE place <= {most}
    """
