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
        min(us) AS opened_us, max(CASE WHEN first THEN channel END)
            AS channel,
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
    FROM _marked
    GROUP BY episode_n, customer_n, theme_id
    """


def episode_tickets_sql() -> str:
    """Return the SELECT of the reopens and transfers of an episode.

    Those of a conversation belong to the first episode that it is in.
    """
    return """
    WITH firsts AS (
        SELECT conversation_n, min(place) AS place FROM _marked GROUP BY conversation_n
    )
    SELECT m.episode_n, CAST(sum(c.reopens) AS BIGINT) AS reopens,
        CAST(sum(c.transfers) AS BIGINT) AS transfers
    FROM firsts AS f
    JOIN _marked AS m ON m.conversation_n = f.conversation_n AND m.place = f.place
    JOIN _spoken AS s ON s.n = f.conversation_n
    JOIN conversation_metrics AS c ON c.conversation_id = s.conversation_id
    WHERE c.reopens IS NOT NULL OR c.transfers IS NOT NULL
    GROUP BY m.episode_n
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
        SELECT source, contact_id, "at", us, channel, customer_id, problem_id, part,
            us - lag(us) OVER (PARTITION BY customer_n {near}) AS any_us,
            us - lag(us) OVER (PARTITION BY customer_n, problem_id {near}) AS same_us
        FROM _spoken
        WHERE asks AND us IS NOT NULL AND customer_n IS NOT NULL AND NOT closing
    )
    SELECT n.source, n.contact_id, n.at, n.channel, n.customer_id, n.problem_id AS theme_id,
        n.any_us, n.part AS part_any,
        CASE WHEN n.problem_id IS NOT NULL THEN n.same_us END AS same_us,
        CASE WHEN n.problem_id IS NOT NULL THEN n.part END AS part_same,
        n.us - b.first_us AS history_us
    FROM near AS n
    JOIN begun AS b ON b.source = n.source
    """
