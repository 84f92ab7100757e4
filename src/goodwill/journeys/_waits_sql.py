"""SQL of waits: of the time between two messages, who waited for whom."""

from __future__ import annotations

from goodwill.journeys._words import PART_US

CUSTOMER, CLOSING, BOT, PERSON = "c", "d", "b", "p"


def role_sql(asks: str) -> str:
    """Return who speaks: ``c`` a customer who asks, ``d`` one who says thanks, ``b`` a bot, ``p``.

    >>> role_sql("asks").split()[:4]
    ['CASE', 'WHEN', 'asks', 'AND']
    """
    return (
        f"CASE WHEN {asks} AND closing THEN '{CLOSING}' WHEN {asks} THEN '{CUSTOMER}' "
        f"WHEN author_role = 'bot' THEN '{BOT}' ELSE '{PERSON}' END"
    )


def waits_sql(roles: str, key: str) -> str:
    """Return the SELECT of the waits of each ``key``, in microseconds; they add up to its length.

    ``roles`` has the columns of ``key``, us, worked_us, direction, row_id and role. The time
    between two messages belongs to one of three:

    - *customer*: he has asked since a person of the company last spoke, and waits.
    - *bot*: he has asked, and a bot speaks before or after, at most half an hour apart. A longer
      span is a wait: a receipt by a bot ends none, nor does a bot answer for a person.
    - *company*: a person of the company spoke last, or he gave thanks: nobody waits but it.
    """
    order = f"PARTITION BY {key} ORDER BY us, direction, row_id"
    return f"""
    SELECT {key},
        CAST(sum(CASE WHEN kind = 'customer' THEN span_us ELSE 0 END) AS BIGINT) AS customer_us,
        CAST(sum(CASE WHEN kind = 'customer' THEN span_work ELSE 0 END) AS BIGINT)
            AS customer_work_us,
        CAST(sum(CASE WHEN kind = 'company' THEN span_us ELSE 0 END) AS BIGINT) AS company_us,
        CAST(sum(CASE WHEN kind = 'bot' THEN span_us ELSE 0 END) AS BIGINT) AS bot_us
    FROM (
        SELECT {key}, coalesce(next_us - us, 0) AS span_us,
            coalesce(next_work - worked_us, 0) AS span_work,
            CASE WHEN coalesce(owed, '{CLOSING}') <> '{CUSTOMER}' THEN 'company'
                WHEN (next_role = '{BOT}' OR (role = '{BOT}' AND next_role <> '{PERSON}'))
                    AND next_us - us <= {PART_US} THEN 'bot'
                ELSE 'customer' END AS kind
        FROM (
            SELECT {key}, us, worked_us, role, lead(us) OVER ({order}) AS next_us,
                lead(worked_us) OVER ({order}) AS next_work, lead(role) OVER ({order}) AS next_role,
                last_value(CASE WHEN role <> '{BOT}' THEN role END IGNORE NULLS) OVER ({order}
                    ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS owed
            FROM {roles}
        ) AS near
    ) AS spans
    GROUP BY {key}
    """


def seconds_sql(us: str) -> str:
    """Return whole seconds of microseconds; NULL where they are negative, as bad dates make them.

    >>> seconds_sql("a - b")
    'CASE WHEN a - b >= 0 THEN CAST((a - b) // 1000000 AS BIGINT) END'
    """
    return f"CASE WHEN {us} >= 0 THEN CAST(({us}) // 1000000 AS BIGINT) END"
