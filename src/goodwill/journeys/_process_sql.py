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
_MISSED = "promised day missed"
_CASE = f"{{0}}.source || '{NODE}' || coalesce({{0}}.order_number, {{0}}.order_id)"


def made_sql() -> str:
    """Return the SELECT of one row an order: when it was made, and when all of it had come."""
    case = _CASE.format("o")
    return f"""
    SELECT {case} AS case_id, min(epoch_us(o.at)) AS us,
        CASE WHEN count(*) = count(o.delivered_at) THEN max(epoch_us(o.delivered_at)) END
            AS delivered_us
    FROM orders AS o
    WHERE o.kind = 'order' AND o.at IS NOT NULL
    GROUP BY {case}
    """


def side_events_sql() -> str:
    """Return the SELECT of the steps of orders that are money or a missed date; needs ``_made``."""
    return f"""
    WITH other AS (
        SELECT DISTINCT CASE o.kind WHEN 'payment' THEN 'paid' WHEN 'refund' THEN 'refunded'
                WHEN 'fee' THEN 'fee charged' ELSE 'cancelled' END AS step, epoch_us(o.at) AS us,
            o.source || '{NODE}' || coalesce(r.order_number, r.order_id, o.order_number,
                o.related_order_id) AS case_id
        FROM (SELECT * FROM orders WHERE kind <> 'order' AND "at" IS NOT NULL) AS o
        LEFT JOIN orders AS r ON r.source = o.source AND r.order_id = o.related_order_id
    ),
    side AS (
        SELECT case_id, us, 1 AS tie, step FROM other
        UNION ALL
        SELECT source || '{NODE}' || order_number AS case_id, epoch_us(due_at) AS us, 2 AS tie,
            '{_MISSED}' AS step
        FROM promises
        WHERE kind = 'delivery' AND status IN ('broken', 'overdue')
    )
    SELECT s.case_id, s.us, s.tie, s.step, '' AS id
    FROM side AS s JOIN _made AS m ON m.case_id = s.case_id
    """


def contact_events_sql() -> str:
    """Return the SELECT of the steps of orders that are messages; needs ``_made``.

    A contact belongs to the order that it names, else to its customer's last one before it.
    Parts of a message are one step, and so are answers without a contact in between.
    """
    span = NEAR_DAYS * DAY_US
    # Few orders are near a contact: of the others none is sorted. Customer and span are one key,
    # which no planner can take apart and join by the span alone.
    return f"""
    WITH asked AS (
        SELECT m.source, m.contact_id, m.customer_id, m.conversation_id, epoch_us(m.at) AS us,
            n.case_id AS named,
            CASE WHEN m.public THEN 'wrote in public' WHEN m.repeat THEN 'wrote again'
                ELSE 'wrote' END AS step
        FROM messages AS m
        LEFT JOIN _made AS n ON {given_sql("m.order_id")}
            AND n.case_id = m.source || '{NODE}' || m.order_id
        LEFT JOIN contact_gaps AS g ON g.source = m.source AND g.contact_id = m.contact_id
        WHERE m.direction = 'in' AND m.at IS NOT NULL AND NOT coalesce(m.closing, FALSE)
            AND NOT coalesce(g.part_any, FALSE)
    ),
    nameless AS (
        SELECT source, contact_id, customer_id, us, us // {span} AS span
        FROM asked WHERE named IS NULL AND customer_id IS NOT NULL
    ),
    wanted AS (
        SELECT customer_id || '{NODE}' || CAST(span AS VARCHAR) AS key FROM nameless
        UNION
        SELECT customer_id || '{NODE}' || CAST(span - 1 AS VARCHAR) AS key FROM nameless
    ),
    bought AS (
        SELECT k.customer_id, {_CASE.format("o")} AS case_id
        FROM order_customers AS k
        JOIN orders AS o ON k.source = o.source AND k.order_id = o.order_id
        WHERE o.kind = 'order' AND k.customer_id IN (SELECT customer_id FROM nameless)
    ),
    line AS (
        SELECT b.customer_id, o.us, 0 AS tie, b.case_id, o.us AS ordered_us,
            CAST(NULL AS VARCHAR) AS source, '' AS contact_id
        FROM bought AS b
        JOIN _made AS o ON o.case_id = b.case_id
        WHERE b.customer_id || '{NODE}' || CAST(o.us // {span} AS VARCHAR)
            IN (SELECT key FROM wanted)
        UNION ALL
        SELECT customer_id, us, 1 AS tie, CAST(NULL AS VARCHAR) AS case_id,
            CAST(NULL AS BIGINT) AS ordered_us, source, contact_id
        FROM nameless
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
    near_ones AS (
        SELECT source, contact_id, case_id FROM last_ones
        WHERE tie = 1 AND us - ordered_us <= {span}
    ),
    wrote AS (
        SELECT a.source, a.contact_id, a.conversation_id, a.us, a.step,
            coalesce(a.named, l.case_id) AS case_id
        FROM asked AS a
        LEFT JOIN near_ones AS l ON l.source = a.source AND l.contact_id = a.contact_id
        WHERE coalesce(a.named, l.case_id) IS NOT NULL
    ),
    told AS (
        SELECT m.conversation_id, m.contact_id, epoch_us(m.at) AS us, m.direction, w.case_id,
            w.step,
            m.direction = 'out' AND coalesce(m.author_role, '') NOT IN ('system', 'bot') AS answers
        FROM messages AS m
        LEFT JOIN wrote AS w ON w.source = m.source AND w.contact_id = m.contact_id
        WHERE m.at IS NOT NULL AND m.direction IN ('in', 'out')
            AND m.conversation_id IN (SELECT conversation_id FROM wrote)
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


def sides_sql() -> str:
    """Return the SELECT of the orders with more than two plain steps; needs their events.

    ``plain`` says that money came once at most, that one date was missed at most, and that nobody
    wrote: `plain_sql` counts those without sorting them.
    """
    return f"""
    SELECT case_id, max(CASE WHEN step = 'paid' THEN us END) AS paid_us,
        max(CASE WHEN step = '{_MISSED}' THEN us END) AS missed_us,
        count(CASE WHEN step = 'paid' THEN 1 END) < 2
            AND count(CASE WHEN step = '{_MISSED}' THEN 1 END) < 2
            AND count(CASE WHEN step NOT IN ('paid', '{_MISSED}') THEN 1 END) = 0 AS plain
    FROM (
        SELECT case_id, us, step FROM _side_events
        UNION ALL SELECT case_id, us, step FROM _contact_events
    ) AS events
    GROUP BY case_id
    """


def plain_sql() -> str:
    """Return the SELECT of how many plain orders went which way in which times; needs ``_sides``.

    Orders with the same spans after they were made are one row. The steps stand in columns: none
    comes twice, so that its place is the number of steps before it. Waits are whole seconds.
    """
    steps = [("o", "ordered"), ("p", "paid"), ("m", _MISSED), ("d", "delivered")]

    def place(n: int) -> str:
        # At one moment the step that stands first in the list comes first.
        before = [
            f"CASE WHEN {other} {'<=' if k < n else '<'} {steps[n][0]} THEN 1 ELSE 0 END"
            for k, (other, _) in enumerate(steps)
            if k != n
        ]
        return f"CASE WHEN {steps[n][0]} IS NOT NULL THEN 1 + {' + '.join(before)} END"

    def at(k: int, values: list[str]) -> str:
        cases = " ".join(
            f"WHEN {column}_place = {k} THEN {value}"
            for (column, _), value in zip(steps, values, strict=True)
        )
        return f"CASE {cases} END"

    names = [f"'{step}'" for _, step in steps]
    columns = [column for column, _ in steps]
    places = ", ".join(f"{place(n)} AS {column}_place" for n, column in enumerate(columns))
    walks = ", ".join(
        f"{at(k, names)} AS step_{k}, {at(k, columns)} AS us_{k}" for k in range(1, 5)
    )
    waits = ", ".join(f"(us_{k + 1} - us_{k}) // 1000000 AS wait_{k}" for k in range(1, 4))
    return f"""
    WITH moments AS (
        SELECT s.paid_us - m.us AS p, s.missed_us - m.us AS m, m.delivered_us - m.us AS d
        FROM _made AS m
        LEFT JOIN _sides AS s ON s.case_id = m.case_id
        WHERE coalesce(s.plain, TRUE)
    ),
    counted AS (
        SELECT CAST(0 AS BIGINT) AS o, p, m, d, count(*) AS cases FROM moments GROUP BY p, m, d
    ),
    placed AS (SELECT o, p, m, d, cases, {places} FROM counted),
    walked AS (SELECT cases, {walks} FROM placed)
    SELECT step_1, step_2, step_3, step_4, {waits},
        (coalesce(us_4, us_3, us_2, us_1) - us_1) // 1000000 AS span, cases
    FROM walked
    """


def busy_events_sql() -> str:
    """Return the SELECT of the events of the orders that are not plain; needs ``_sides``."""
    return """
    WITH busy AS (
        SELECT m.case_id, m.us, m.delivered_us
        FROM _made AS m JOIN _sides AS s ON s.case_id = m.case_id WHERE NOT s.plain
    )
    SELECT case_id, us, 0 AS tie, 'ordered' AS step, '' AS id FROM busy
    UNION ALL
    SELECT case_id, delivered_us AS us, 3 AS tie, 'delivered' AS step, '' AS id
    FROM busy WHERE delivered_us IS NOT NULL
    UNION ALL
    SELECT e.case_id, e.us, e.tie, e.step, e.id
    FROM _side_events AS e JOIN _sides AS s ON s.case_id = e.case_id WHERE NOT s.plain
    UNION ALL
    SELECT case_id, us, tie, step, id FROM _contact_events
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
