"""SQL of published promises: what is promised to everybody, applied to orders and conversations."""

from __future__ import annotations

from goodwill.journeys._words import NODE, day_end_sql, given_sql, local_day_sql
from goodwill.literals import text_sql

NO_ANSWERS = "the source tells of no answers"


def pledged_sql(number: int, count: int, unit: str, since: str, time_zone: str) -> str:
    """Return the SELECT of the orders without a date, with that of a published promise.

    Args:
        number: Which of the published promises.
        count: Of ``unit``.
        unit: ``hours``, ``days`` or ``working days``, which needs the table ``_days``.
        since: The first day on which it was given; empty when it always was.
        time_zone: IANA name.
    """
    day = local_day_sql('o."at"', time_zone)
    columns = ("source", "order_id", "order_number", "line", "related_order_id", "customer_ref",
               "at", "kind", "amount", "delivered_at", "status")  # fmt: skip
    named = ", ".join(f'o."{column}"' for column in columns)
    after, joins = _due_sql('o."at"', day, count, unit, time_zone)
    return f"""
    SELECT {number} AS pledge, {named}, {after} AS promised_at
    FROM orders AS o
    {joins}
    LEFT JOIN (
        SELECT DISTINCT source, coalesce(order_number, order_id) AS number FROM orders
        WHERE promised_at IS NOT NULL
    ) AS dated ON dated.source = o.source
        AND dated.number = coalesce(o.order_number, o.order_id)
    WHERE o.kind = 'order' AND o.at IS NOT NULL AND dated.number IS NULL
        AND {_since_sql(day, since)}
    """


def pledges_sql(rows: str, number: int, words: str) -> str:
    """Return delivery promises as those of a published one."""
    columns = """source, customer_id, order_number, contact_id, conversation_id, theme_id, agent_id,
        made_at, due_at, kept_at, again_at, status, reason, days_late, amount"""
    return f"""
    SELECT substr(md5('published{NODE}{number}{NODE}' || promise_id), 1, 20) AS promise_id,
        'published' AS kind, what, {text_sql(words)} AS words, {columns}
    FROM ({rows}) AS rows_of
    """


def answers_sql(
    number: int,
    words: str,
    count: int,
    unit: str,
    since: str,
    channels: tuple[str, ...],
    time_zone: str,
    as_of: str,
) -> str:
    """Return the SELECT of a promised answer to the first contact of each conversation.

    An answer is the first message of a person of the company after it: a bot's is none.
    """
    day = local_day_sql('f."at"', time_zone)
    after, joins = _due_sql('f."at"', day, count, unit, time_zone)
    today = local_day_sql(f"CAST({text_sql(as_of)} AS TIMESTAMPTZ)", time_zone)
    if channels:
        where = f"channel IN ({', '.join(map(text_sql, channels))})"
    else:
        where = "coalesce(channel, '') NOT IN ('review', 'survey')"
    return f"""
    WITH asked AS (
        SELECT *, row_number() OVER (PARTITION BY conversation_id
            ORDER BY epoch_us("at"), contact_id) AS place
        FROM messages
        WHERE direction = 'in' AND "at" IS NOT NULL
    ),
    first_ones AS (SELECT * FROM asked WHERE place = 1 AND {where}),
    due AS (
        SELECT f.source, f.contact_id, f.conversation_id, f.customer_id, f.theme_id, f.order_id,
            f.at AS made_at, {after} AS due_at
        FROM first_ones AS f
        {joins}
        WHERE {_since_sql(day, since)}
    ),
    answers AS (
        SELECT m.conversation_id, min(m.at) AS kept_at
        FROM messages AS m
        JOIN due AS d ON d.conversation_id = m.conversation_id
        WHERE m.direction = 'out' AND coalesce(m.author_role, 'agent') = 'agent'
            AND m.at >= d.made_at
        GROUP BY m.conversation_id
    ),
    knowing AS (
        SELECT source, count(CASE WHEN direction = 'out' THEN 1 END) AS answers
        FROM messages GROUP BY source
    ),
    judged AS (
        SELECT d.*, a.kept_at,
            CASE WHEN k.answers = 0 THEN 'unknown'
                WHEN a.kept_at <= d.due_at THEN 'kept'
                WHEN a.kept_at > d.due_at THEN 'broken'
                WHEN d.due_at >= CAST({text_sql(as_of)} AS TIMESTAMPTZ) THEN 'open'
                ELSE 'overdue' END AS status
        FROM due AS d
        JOIN knowing AS k ON k.source = d.source
        LEFT JOIN answers AS a ON a.conversation_id = d.conversation_id
    )
    SELECT substr(md5('published{NODE}{number}{NODE}' || source || '{NODE}' || contact_id), 1, 20)
            AS promise_id,
        'published' AS kind, 'answer' AS what, {text_sql(words)} AS words, source, customer_id,
        CASE WHEN {given_sql("order_id")} THEN order_id END AS order_number, contact_id,
        conversation_id, theme_id, CAST(NULL AS VARCHAR) AS agent_id, made_at, due_at, kept_at,
        CAST(NULL AS TIMESTAMPTZ) AS again_at, status,
        CASE WHEN status = 'unknown' THEN '{NO_ANSWERS}' END AS reason,
        CASE WHEN status IN ('kept', 'broken')
                THEN CAST(date_diff('day', {local_day_sql("due_at", time_zone)},
                    {local_day_sql("kept_at", time_zone)}) AS DOUBLE)
            WHEN status = 'overdue'
                THEN CAST(date_diff('day', {local_day_sql("due_at", time_zone)}, {today}) AS DOUBLE)
        END AS days_late,
        CAST(NULL AS BIGINT) AS amount
    FROM judged
    """


def _due_sql(time: str, day: str, count: int, unit: str, time_zone: str) -> tuple[str, str]:
    """Return the due moment after ``time``, and the joins that it needs."""
    if unit == "hours":
        return f"{time} + INTERVAL {count} HOUR", ""
    if unit == "days":
        return day_end_sql(f"({day} + INTERVAL {count} DAY)", time_zone), ""
    joins = f"""JOIN _days AS d0 ON d0.day = {day}
        JOIN _days AS d1 ON d1.works AND d1.worked = d0.worked + {count}"""
    return day_end_sql("d1.day", time_zone), joins


def _since_sql(day: str, since: str) -> str:
    return f"{day} >= CAST({text_sql(since)} AS DATE)" if since else "TRUE"
