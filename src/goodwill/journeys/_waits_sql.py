"""SQL of waits: of the time between two messages, who waited for whom."""

from __future__ import annotations

from goodwill.journeys._words import PART_US

CUSTOMER, CLOSING, BOT, PERSON = "c", "d", "b", "p"


def role_sql(asks: str, closing: str) -> str:
    """Return who speaks: ``c`` a customer who asks, ``d`` one who says thanks, ``b`` a bot, ``p``.

    >>> role_sql("asks", "thanks").split()[:5]
    ['CASE', 'WHEN', 'asks', 'AND', 'thanks']
    """
    return (
        f"CASE WHEN {asks} AND {closing} THEN '{CLOSING}' WHEN {asks} THEN '{CUSTOMER}' "
        f"WHEN author_role = 'bot' THEN '{BOT}' ELSE '{PERSON}' END"
    )


def turns_sql(near: str) -> str:
    """Return the columns that `waits_sql` needs: the next message, and whether he was owed one.

    Args:
        near: PARTITION BY the key and ORDER BY us, direction, row_id, of rows with us, worked_us
            and role.
    """
    return f"""lead(us) OVER ({near}) AS next_us, lead(worked_us) OVER ({near}) AS next_work,
            lead(role) OVER ({near}) AS next_role,
            last_value(CASE WHEN role <> '{BOT}' THEN role END IGNORE NULLS) OVER ({near}
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS owed"""


def waiting_sql(place: str, whole: str) -> str:
    """Return whether no answer of a person and no thanks come after a row.

    Args:
        place: The row's number in its key.
        whole: The window of all rows of the key.
    """
    done = f"CASE WHEN role IN ('{PERSON}', '{CLOSING}') THEN {place} END"
    return f"{place} >= coalesce(max({done}) OVER ({whole}), 0)"


def waits_sql() -> str:
    """Return the columns of the waits of a key, in microseconds; they add up to its length.

    They are sums of a SELECT grouped by the key over `turns_sql`. The time between two messages
    belongs to one of three:

    - *customer*: he has asked since a person of the company last spoke, and waits.
    - *bot*: he has asked, and a bot speaks before or after, at most half an hour apart. A longer
      span is a wait: a receipt by a bot ends none, nor does a bot answer for a person.
    - *company*: a person of the company spoke last, or he gave thanks: nobody waits but it.
    """
    waits = f"owed = '{CUSTOMER}'"
    bot = f"""(next_role = '{BOT}' OR (role = '{BOT}' AND next_role <> '{PERSON}'))
                AND next_us - us <= {PART_US}"""
    by_bot, by_customer = f"{waits} AND ({bot})", f"{waits} AND NOT coalesce({bot}, FALSE)"
    by_company = f"NOT coalesce({waits}, FALSE)"
    columns = (
        ("customer_us", by_customer, "next_us - us"),
        ("customer_work_us", by_customer, "next_work - worked_us"),
        ("company_us", by_company, "next_us - us"),
        ("bot_us", by_bot, "next_us - us"),
    )
    return ", ".join(
        f"CAST(coalesce(sum(CASE WHEN {kind} THEN {span} END), 0) AS BIGINT) AS {name}"
        for name, kind, span in columns
    )


def seconds_sql(us: str) -> str:
    """Return whole seconds of microseconds; NULL where they are negative, as bad dates make them.

    >>> seconds_sql("a - b")
    'CASE WHEN a - b >= 0 THEN CAST((a - b) // 1000000 AS BIGINT) END'
    """
    return f"CASE WHEN {us} >= 0 THEN CAST(({us}) // 1000000 AS BIGINT) END"
