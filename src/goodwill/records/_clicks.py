"""Ratings that a machine clicked: mail gateways open every link of a survey to look for harm.

Such answers come as soon as the mail does: both ends of the scale from one customer within seconds,
or many from one company in the same second. They are kept and flagged; gauges leave them out. A
recipe may flag more where its file says when a survey was sent.
"""

from __future__ import annotations

from typing import Any

from goodwill.literals import quoted

SECONDS = 10
"""Answers at both ends of the scale by one customer within these are no person's."""
_MANY = 3
"""Answers from one mail domain in one second from which they are taken for a machine's."""
_OPEN_TO_ALL = (
    "'gmail.com', 'googlemail.com', 'outlook.com', 'hotmail.com', 'live.com', 'msn.com', "
    "'yahoo.com', 'yahoo.es', 'yahoo.fr', 'yahoo.de', 'yahoo.co.uk', 'icloud.com', 'me.com', "
    "'aol.com', 'gmx.de', 'gmx.net', 'web.de', 't-online.de', 'orange.fr', 'free.fr', "
    "'proton.me', 'protonmail.com', 'uol.com.br', 'bol.com.br', 'mail.ru', 'qq.com'"
)
_LOW = (
    "CASE rating_scale WHEN 'nps' THEN rating <= 6 WHEN 'thumbs' THEN rating = 0 "
    "WHEN 'ces7' THEN rating <= 3 ELSE rating <= 2 END"
)
_HIGH = (
    "CASE rating_scale WHEN 'nps' THEN rating >= 9 WHEN 'thumbs' THEN rating = 1 "
    "WHEN 'ces7' THEN rating >= 5 ELSE rating >= 4 END"
)


def flag_clicks(con: Any, table: str) -> int:
    """Flag what a machine clicked among a chunk's mapped contacts; return how many are flagged.

    Args:
        con: The connection with the mapped rows.
        table: The mapped rows of ``contacts``.
    """
    answers = "channel = 'survey' AND rating IS NOT NULL AND \"at\" IS NOT NULL"
    # A day without a time of day says nothing of seconds, and a full minute is more likely rounded
    # than met to the second by many.
    timed = 'epoch_us("at") % 86400000000 <> 0'
    exact = 'epoch_us("at") % 60000000 <> 0'
    rated = con.execute(f"SELECT count(*) FROM {table} WHERE {answers}").fetchall()[0][0]
    if not rated:
        return 0
    if rated > 1:
        names = [row[0] for row in con.execute(f"DESCRIBE {table}").fetchall()]
        domain = "split_part(lower(__email), '@', 2)" if "__email" in names else "NULL"
        con.execute(
            f"""CREATE OR REPLACE TEMP TABLE clicked AS
            SELECT "__line" AS line, "__part" AS part, CASE
                WHEN who IS NOT NULL AND bool_or({_LOW}) OVER near
                    AND bool_or({_HIGH}) OVER near AND {timed}
                    THEN 'both ends at once'
                WHEN {exact} AND domain <> '' AND domain NOT IN ({_OPEN_TO_ALL})
                    AND count(*) OVER (PARTITION BY domain, epoch("at")::BIGINT) >= {_MANY}
                    THEN 'many of one domain at once' END AS flag
            FROM (SELECT *, {domain} AS domain,
                coalesce('t' || thread_id, 'c' || customer_ref) AS who FROM {table} WHERE {answers})
            WINDOW near AS (PARTITION BY who, rating_scale ORDER BY "at"
                RANGE BETWEEN INTERVAL {SECONDS} SECOND PRECEDING
                    AND INTERVAL {SECONDS} SECOND FOLLOWING)"""
        )
        con.execute(
            f"UPDATE {table} SET rating_flag = c.flag FROM clicked c WHERE rating_flag IS NULL "
            f'AND c.flag IS NOT NULL AND {table}."__line" = c.line AND {table}."__part" = c.part'
        )
    found = con.execute(f"SELECT count(*) FROM {table} WHERE {quoted('rating_flag')} IS NOT NULL")
    return int(found.fetchall()[0][0])
