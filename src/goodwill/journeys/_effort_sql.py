"""SQL of what an episode cost its customer, and of the time between his contacts."""

from __future__ import annotations

from goodwill.journeys._episodes_sql import episode_id_sql, told_sql, within_sql
from goodwill.journeys._waits_sql import (
    BOT,
    CLOSING,
    CUSTOMER,
    PERSON,
    seconds_sql,
    turns_sql,
    waiting_sql,
    waits_sql,
)
from goodwill.journeys._words import NODE

KEY = ("customer_n", "theme_id")
"""What stands for customer and problem in the story of a Book."""


def within_episode_sql() -> str:
    """Return the columns of `marked_sql` that tell how a row stands in its episode.

    ``episode_n`` stands for the episode; ``first`` is its first contact; ``waits`` says that no
    answer of a person and no thanks come after the row. A part of a message is no repeat, nor is
    what says nothing but thanks; and what follows that alone repeats nothing.
    """
    near = within_sql(KEY)
    # In the same order as the others, so that all of them take one sort; and no running counts,
    # which cost more than what holds for all rows.
    whole = f"{near} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
    return f""",
            min(n) OVER ({whole}) AS episode_n,
            nth = min(CASE WHEN direction = 'in' THEN nth END) OVER ({whole}) AS first,
            CASE WHEN direction = 'in' THEN NOT closing AND NOT part
                AND nth > min(CASE WHEN direction = 'in' AND NOT closing THEN nth END)
                    OVER ({whole}) END AS repeat,
            last_value(CASE WHEN direction = 'in' THEN coalesce(channel, '{NODE}') END IGNORE NULLS)
                OVER ({near} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS channel_before,
            {waiting_sql("nth", whole)} AS waits,
            {turns_sql(near)}"""


def episode_counts_sql(quiet_days: int, as_of_us: int) -> str:
    """Return the SELECT of one row an episode: what is counted of its rows; needs ``_marked``.

    ``hops`` counts how often a contact comes by another channel than the contact before it.
    """
    return f"""
    SELECT episode_n, customer_n, theme_id, {told_sql(quiet_days, as_of_us)},
        min(us) AS opened_us, max(CASE WHEN first THEN channel END) AS channel,
        count(DISTINCT conversation_n) AS conversations,
        count(CASE WHEN role = '{PERSON}' THEN 1 END) AS answers,
        count(CASE WHEN role = '{BOT}' THEN 1 END) AS bot_answers,
        count(DISTINCT CASE WHEN role = '{PERSON}' THEN agent_id END) AS agents,
        count(CASE WHEN role = '{CLOSING}' THEN 1 END) AS closings,
        count(CASE WHEN repeat THEN 1 END) AS repeats,
        count(CASE WHEN retold THEN 1 END) AS retold,
        count(CASE WHEN direction = 'in' AND channel <> channel_before
            AND channel_before <> '{NODE}' THEN 1 END) AS hops,
        min(CASE WHEN role = '{CUSTOMER}' AND waits THEN us END) AS waiting_us,
        {waits_sql()}
    FROM (
        SELECT m.*, s.at, s.public, s.conversation_n, s.agent_id, s.retold
        FROM _marked AS m
        JOIN _spoken AS s ON s.n = m.n
    ) AS rows
    GROUP BY episode_n, customer_n, theme_id
    """


def episode_tickets_sql() -> str:
    """Return the SELECT of the reopens and transfers of an episode.

    Those of a conversation belong to the first episode that it is in.
    """
    return """
    WITH told AS (
        SELECT conversation_id, reopens, transfers FROM conversation_metrics
        WHERE reopens IS NOT NULL OR transfers IS NOT NULL
    ),
    held AS (
        SELECT s.conversation_id, s.place, m.episode_n
        FROM _marked AS m
        JOIN _spoken AS s ON s.n = m.n
        WHERE s.conversation_id IN (SELECT conversation_id FROM told)
    ),
    firsts AS (
        SELECT conversation_id, min(place) AS place FROM held GROUP BY conversation_id
    )
    SELECT h.episode_n, CAST(sum(t.reopens) AS BIGINT) AS reopens,
        CAST(sum(t.transfers) AS BIGINT) AS transfers
    FROM firsts AS f
    JOIN held AS h ON h.conversation_id = f.conversation_id AND h.place = f.place
    JOIN told AS t ON t.conversation_id = f.conversation_id
    GROUP BY h.episode_n
    """


def named_sql() -> str:
    """Return the SELECT of the id of every episode and of its customer; needs ``_counted``."""
    return f"""
    SELECT e.episode_n, s.customer_id,
        {episode_id_sql("s.customer_id", "e.theme_id", "e.opened_us")} AS episode_id
    FROM _counted AS e
    JOIN _spoken AS s ON s.n = e.customer_n
    """


def whole_episodes_sql() -> str:
    """Return the SELECT of `episodes`; needs ``_counted`` and ``_named``."""
    return f"""
    SELECT d.episode_id, d.customer_id, e.theme_id, e.opened_at, e.last_at, e.contacts_in,
        e.contacts_out, e.channels, e.public_at, e.status, e.channel, e.conversations, e.agents,
        e.answers, e.bot_answers, e.closings, e.repeats, e.retold, e.hops, t.transfers, t.reopens,
        {seconds_sql("e.customer_us")} AS customer_wait_seconds,
        {seconds_sql("e.customer_work_us")} AS customer_wait_work_seconds,
        {seconds_sql("e.company_us")} AS company_wait_seconds,
        {seconds_sql("e.bot_us")} AS bot_seconds,
        make_timestamptz(e.waiting_us) AS waiting_since
    FROM _counted AS e
    JOIN _named AS d ON d.episode_n = e.episode_n
    LEFT JOIN ({episode_tickets_sql()}) AS t ON t.episode_n = e.episode_n
    """


def gaps_sql() -> str:
    """Return the SELECT of `contact_gaps`: how long before each contact its customer last wrote.

    ``theme_id`` is that of the problem (`spoken_sql`). ``part_any`` and ``part_same`` say that it
    is a later part of a message; what says nothing but thanks has no row. ``history_us`` is how
    long its source had been known: a window that is longer reaches back before the data.
    """
    near = "ORDER BY us, contact_id"
    return f"""
    WITH begun AS (
        SELECT source, min(us) AS first_us FROM _spoken WHERE asks GROUP BY source
    ),
    near AS (
        SELECT n, us - lag(us) OVER (PARTITION BY customer_n {near}) AS any_us,
            us - lag(us) OVER (PARTITION BY customer_n, problem_id {near}) AS same_us
        FROM _spoken
        WHERE asks AND us IS NOT NULL AND customer_n IS NOT NULL AND NOT closing
    )
    SELECT s.source, s.contact_id, s.at, s.channel, s.customer_id, s.problem_id AS theme_id,
        n.any_us, s.part AS part_any,
        CASE WHEN s.problem_id IS NOT NULL THEN n.same_us END AS same_us,
        CASE WHEN s.problem_id IS NOT NULL THEN s.part END AS part_same,
        s.us - b.first_us AS history_us
    FROM near AS n
    JOIN _spoken AS s ON s.n = n.n
    JOIN begun AS b ON b.source = s.source
    """
