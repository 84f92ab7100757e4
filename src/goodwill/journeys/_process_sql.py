"""SQL of processes: what follows what, how long it takes, and where customers write.

Two processes are read off the facts. ``order``: the case is an order; its steps are money,
delivery, missed dates, and contacts about it with answers. ``ticket``: the case is a ticket; its
steps are the states that the help desk logged. Directly-follows counts are those of process mining
(van der Aalst, Process Mining, 2016).
"""

from __future__ import annotations

from goodwill.journeys._measures_sql import closed_sql
from goodwill.journeys._words import DAY_US, given_sql

NEAR_DAYS = 60
"""A contact that names no order is about the customer's last one, if it is at most so old."""
ORDER_STEPS = (
    "answered", "cancelled", "delivered", "fee charged", "gesture made", "ordered", "paid",
    "promised day missed", "refunded", "wrote", "wrote again", "wrote in public",
)  # fmt: skip
"""The steps of orders in the order of their texts: tables hold the place here for the step."""


def step_sql(step: str) -> str:
    """Return the number that stands for a step of orders.

    >>> step_sql("cancelled")
    '1'
    """
    return str(ORDER_STEPS.index(step))


_ORDERED, _PAID, _DELIVERED = step_sql("ordered"), step_sql("paid"), step_sql("delivered")
_MISSED, _ANSWERED = step_sql("promised day missed"), step_sql("answered")


def steps_n_sql() -> str:
    """Return the SELECT of which process and which step a number stands for.

    Numbers are in the order of the texts, within a process, and are put in order sooner.
    """
    orders = " UNION ALL ".join(
        f"SELECT {n} AS step_n, 'order' AS process, '{step}' AS step"
        for n, step in enumerate(ORDER_STEPS)
    )
    return f"""
    {orders}
    UNION ALL
    SELECT {len(ORDER_STEPS)} + row_number() OVER (ORDER BY step) AS step_n, 'ticket' AS process,
        step
    FROM (
        SELECT DISTINCT lower(trim(status)) AS step FROM thread_events
        WHERE "at" IS NOT NULL AND {given_sql("status")}
    ) AS states
    """


def side_events_sql() -> str:
    """Return the SELECT of the steps of orders that are money, or a date missed in part."""
    return f"""
    WITH other AS (
        SELECT DISTINCT CASE o.kind WHEN 'payment' THEN {_PAID}
                WHEN 'refund' THEN {step_sql("refunded")} WHEN 'fee' THEN {step_sql("fee charged")}
                WHEN 'gesture' THEN {step_sql("gesture made")}
                ELSE {step_sql("cancelled")} END AS step, epoch_us(o.at) AS us, o.source,
            coalesce(r.order_number, r.order_id, o.order_number, o.related_order_id) AS number
        FROM (SELECT * FROM orders WHERE kind <> 'order' AND "at" IS NOT NULL) AS o
        LEFT JOIN orders AS r ON r.source = o.source AND r.order_id = o.related_order_id
    ),
    wanted AS (
        SELECT n, source, number FROM order_numbers
        WHERE first_us IS NOT NULL AND number IN (SELECT number FROM other)
    )
    SELECT m.n, s.us, 1 AS tie, s.step, '' AS id
    FROM other AS s
    JOIN wanted AS m ON m.source = s.source AND m.number = s.number
    UNION ALL
    SELECT n, us, 2 AS tie, {_MISSED} AS step, '' AS id FROM missed_dates WHERE NOT whole
    """


def asked_sql() -> str:
    """Return the SELECT of the contacts about orders, with the order that they name.

    Parts of a message are one step.
    """
    return f"""
    WITH names AS (
        SELECT q.source, q.order_id, n.n
        FROM (SELECT DISTINCT source, order_id FROM messages WHERE {given_sql("order_id")}) AS q
        JOIN order_numbers AS n ON n.source = q.source AND n.number = q.order_id
        WHERE n.first_us IS NOT NULL
    )
    SELECT row_number() OVER () AS contact_n, m.source, m.contact_id, m.customer_id,
        m.conversation_id, epoch_us(m.at) AS us, n.n AS named,
        CASE WHEN m.public THEN {step_sql("wrote in public")}
            WHEN m.repeat THEN {step_sql("wrote again")} ELSE {step_sql("wrote")} END AS step
    FROM messages AS m
    LEFT JOIN names AS n ON n.source = m.source AND n.order_id = m.order_id
    LEFT JOIN contact_gaps AS g ON g.source = m.source AND g.contact_id = m.contact_id
    WHERE m.direction = 'in' AND m.at IS NOT NULL AND NOT coalesce(m.closing, FALSE)
        AND NOT coalesce(g.part_any, FALSE)
    """


def contact_events_sql() -> str:
    """Return the SELECT of the steps of orders that are messages; needs ``_asked``.

    A contact belongs to the order that it names, else to its customer's last one before it.
    Answers without a contact in between are one step.
    """
    span = NEAR_DAYS * DAY_US
    so_far = """(PARTITION BY customer_n ORDER BY us, tie, source, number, contact_n
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"""
    # Few orders are near a contact: of the others none is sorted. Customer and span are one key,
    # which no planner can take apart and join by the span alone.
    return f"""
    WITH asking AS (
        SELECT customer_id, min(contact_n) AS customer_n FROM _asked
        WHERE named IS NULL AND customer_id IS NOT NULL
        GROUP BY customer_id
    ),
    nameless AS (
        SELECT a.contact_n, k.customer_n, a.us, a.us // {span} AS span
        FROM _asked AS a
        JOIN asking AS k ON k.customer_id = a.customer_id
        WHERE a.named IS NULL
    ),
    wanted AS (
        SELECT customer_n * 100000 + span AS key FROM nameless
        UNION
        SELECT customer_n * 100000 + span - 1 AS key FROM nameless
    ),
    bought AS (
        SELECT k.customer_n, o.n, o.source, o.number, o.first_us AS us
        FROM order_numbers AS o
        JOIN asking AS k ON k.customer_id = o.customer_id
        WHERE o.whole
        UNION ALL
        SELECT k.customer_n, n.n, n.source, n.number, n.first_us AS us
        FROM (SELECT * FROM split_orders WHERE {given_sql("customer_ref")}) AS o
        JOIN order_numbers AS n ON n.source = o.source
            AND n.number = coalesce(o.order_number, o.order_id)
        LEFT JOIN customer_refs AS r ON r.source = o.source AND r.customer_ref = o.customer_ref
        JOIN asking AS k
            ON k.customer_id = coalesce(r.customer_id, o.source || ':' || o.customer_ref)
        WHERE n.first_us IS NOT NULL
    ),
    line AS (
        SELECT customer_n, us, 0 AS tie, n, us AS ordered_us, source, number,
            CAST(NULL AS BIGINT) AS contact_n
        FROM bought
        WHERE customer_n * 100000 + us // {span} IN (SELECT key FROM wanted)
        UNION ALL
        SELECT customer_n, us, 1 AS tie, CAST(NULL AS BIGINT) AS n,
            CAST(NULL AS BIGINT) AS ordered_us, CAST(NULL AS VARCHAR) AS source,
            CAST(NULL AS VARCHAR) AS number, contact_n
        FROM nameless
    ),
    last_ones AS (
        SELECT contact_n, tie, us, last_value(n IGNORE NULLS) OVER {so_far} AS n,
            last_value(ordered_us IGNORE NULLS) OVER {so_far} AS ordered_us
        FROM line
    ),
    near_ones AS (
        SELECT contact_n, n FROM last_ones WHERE tie = 1 AND us - ordered_us <= {span}
    ),
    wrote AS (
        SELECT a.source, a.contact_id, a.conversation_id, a.us, a.step,
            coalesce(a.named, l.n) AS n
        FROM _asked AS a
        LEFT JOIN near_ones AS l ON l.contact_n = a.contact_n
        WHERE coalesce(a.named, l.n) IS NOT NULL
    ),
    told AS (
        SELECT conversation_id, contact_id, us, 'in' AS direction, n, step, FALSE AS answers
        FROM wrote
        UNION ALL
        SELECT m.conversation_id, m.contact_id, epoch_us(m.at) AS us, m.direction,
            CAST(NULL AS BIGINT) AS n, {_ANSWERED} AS step, TRUE AS answers
        FROM messages AS m
        WHERE m.at IS NOT NULL AND m.direction = 'out'
            AND coalesce(m.author_role, '') NOT IN ('system', 'bot')
            AND m.conversation_id IN (SELECT conversation_id FROM wrote)
    ),
    heard AS (
        SELECT contact_id, us, direction, step, answers,
            last_value(n IGNORE NULLS) OVER (PARTITION BY conversation_id
                ORDER BY us, direction, contact_id
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS n,
            n IS NOT NULL AS own
        FROM told
    )
    SELECT n, us, CASE WHEN answers THEN 5 ELSE 4 END AS tie, step, contact_id AS id
    FROM heard
    WHERE n IS NOT NULL AND (own OR answers)
    """


def sides_sql() -> str:
    """Return the SELECT of the orders with other steps than three; needs their events.

    The three are the order, its one missed date and its delivery. ``plain`` says that money came
    once at most, that one date was missed at most, and that nobody wrote: `plain_sql` counts those
    without sorting them.
    """
    return f"""
    SELECT n, max(CASE WHEN step = {_PAID} THEN us END) AS paid_us,
        max(CASE WHEN step = {_MISSED} THEN us END) AS missed_us,
        count(CASE WHEN step = {_PAID} THEN 1 END) < 2
            AND count(CASE WHEN step = {_MISSED} THEN 1 END) < 2
            AND count(CASE WHEN step NOT IN ({_PAID}, {_MISSED}) THEN 1 END) = 0 AS plain
    FROM (
        SELECT n, us, step FROM _side_events
        UNION ALL SELECT n, us, step FROM _contact_events
    ) AS events
    GROUP BY n
    """


def plain_sql() -> str:
    """Return the SELECT of how many plain orders went which way in which times; needs ``_sides``.

    Orders with the same spans after they were made are one row. The steps stand in columns: none
    comes twice, so that its place is the number of steps before it. Waits are whole seconds.
    """
    steps = [("o", _ORDERED), ("p", _PAID), ("m", _MISSED), ("d", _DELIVERED)]

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

    names = [step for _, step in steps]
    columns = [column for column, _ in steps]
    places = ", ".join(f"{place(n)} AS {column}_place" for n, column in enumerate(columns))
    walks = ", ".join(
        f"{at(k, names)} AS step_{k}, {at(k, columns)} AS us_{k}" for k in range(1, 5)
    )
    waits = ", ".join(f"(us_{k + 1} - us_{k}) // 1000000 AS wait_{k}" for k in range(1, 4))
    return f"""
    WITH moments AS (
        SELECT s.paid_us - m.first_us AS p, coalesce(d.us, s.missed_us) - m.first_us AS m,
            m.delivered_us - m.first_us AS d
        FROM order_numbers AS m
        LEFT JOIN _sides AS s ON s.n = m.n
        LEFT JOIN (SELECT n, us FROM missed_dates WHERE whole) AS d ON d.n = m.n
        WHERE coalesce(s.plain, TRUE) AND m.first_us IS NOT NULL
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
    return f"""
    WITH busy AS (
        SELECT m.n, m.first_us AS us, m.delivered_us
        FROM order_numbers AS m JOIN _sides AS s ON s.n = m.n WHERE NOT s.plain
    )
    SELECT n, us, 0 AS tie, {_ORDERED} AS step, '' AS id FROM busy
    UNION ALL
    SELECT n, delivered_us AS us, 3 AS tie, {_DELIVERED} AS step, '' AS id
    FROM busy WHERE delivered_us IS NOT NULL
    UNION ALL
    SELECT e.n, e.us, e.tie, e.step, e.id
    FROM _side_events AS e JOIN _sides AS s ON s.n = e.n WHERE NOT s.plain
    UNION ALL
    SELECT d.n, d.us, 2 AS tie, {_MISSED} AS step, '' AS id
    FROM missed_dates AS d JOIN _sides AS s ON s.n = d.n WHERE d.whole AND NOT s.plain
    UNION ALL
    SELECT n, us, tie, step, id FROM _contact_events
    """


def logged_sql() -> str:
    """Return the SELECT of the tickets of which a state was logged, each with a number.

    It is below zero, so that no order has it.
    """
    return """
    SELECT -1 - row_number() OVER () AS n, source, thread_id
    FROM (SELECT DISTINCT source, thread_id FROM thread_events) AS logged
    """


def ticket_events_sql() -> str:
    """Return the SELECT of the states of tickets, as logged; needs ``_logged`` and ``_steps``.

    Many logs know minutes alone: of two states at one moment the new one comes first, and the
    closed one last.
    """
    return f"""
    SELECT k.n, epoch_us(e."at") AS us,
        CASE WHEN lower(trim(status)) LIKE 'new%' THEN 0
            WHEN lower(trim(status)) LIKE 'clos%' THEN 3
            WHEN {closed_sql("status")} THEN 2 ELSE 1 END AS tie,
        s.step_n AS step, event_id AS id
    FROM thread_events AS e
    JOIN _logged AS k ON k.source = e.source AND k.thread_id = e.thread_id
    JOIN _steps AS s ON s.process = 'ticket' AND s.step = lower(trim(e.status))
    WHERE e."at" IS NOT NULL AND {given_sql("status")}
    """


def process_sql() -> str:
    """Return the SELECT of each case's steps in order; needs ``_process_events``.

    A state that is logged again, and an answer after an answer, is no new step.
    """
    order = "PARTITION BY n ORDER BY us, tie, step, id"
    near = "PARTITION BY n ORDER BY nth"
    whole = f"{near} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
    return f"""
    WITH near AS (
        SELECT n, us, step, lag(step) OVER ({order}) AS before,
            row_number() OVER ({order}) AS nth
        FROM _process_events
    ),
    kept AS (
        SELECT n, us, step, nth FROM near
        WHERE before IS NULL OR before <> step OR (n >= 0 AND step <> {_ANSWERED})
    )
    SELECT n, us, step, row_number() OVER ({near}) AS place,
        count(*) OVER ({whole}) AS steps,
        lead(step) OVER ({near}) AS next_step, lead(us) OVER ({near}) AS next_us
    FROM kept
    """
