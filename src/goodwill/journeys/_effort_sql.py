"""SQL of what an episode cost its customer, and of the time between his contacts."""

from __future__ import annotations

from goodwill.journeys._waits_sql import (
    BOT,
    CLOSING,
    CUSTOMER,
    PERSON,
    role_sql,
    seconds_sql,
    turns_sql,
    waits_sql,
)
from goodwill.journeys._words import NODE


def episode_roles_sql() -> str:
    """Return the SELECT of who speaks in every message of an episode; needs ``_marked``."""
    return f"""
    SELECT episode_id, source, row_id, conversation_id, us, worked_us, direction, channel,
        agent_id, retold, {role_sql("direction = 'in'")} AS role
    FROM _marked
    """


def effort_sql() -> str:
    """Return the SELECT of one row an episode: its effort; needs ``_episode_roles``.

    ``hops`` counts how often a contact comes by another channel than the contact before it.
    Reopens and transfers of a conversation belong to the first episode that it is in.
    """
    near = "PARTITION BY episode_id ORDER BY us, direction, row_id"
    so_far = f"{near} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW"
    # In the same order as the others, so that all of them take one sort.
    whole = f"{near} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
    is_done = f"CASE WHEN role IN ('{PERSON}', '{CLOSING}') THEN 1 ELSE 0 END"
    return f"""
    WITH placed AS (
        SELECT episode_id, conversation_id, us, worked_us, direction, channel, agent_id, retold,
            role, row_number() OVER ({near}) AS place,
            last_value(CASE WHEN direction = 'in' THEN coalesce(channel, '{NODE}') END IGNORE NULLS)
                OVER ({near} ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS channel_before,
            sum({is_done}) OVER ({so_far}) AS done, sum({is_done}) OVER ({whole}) AS all_done,
            {turns_sql(near)}
        FROM _episode_roles
    ),
    firsts AS (
        SELECT episode_id, conversation_id, row_number() OVER (PARTITION BY conversation_id
            ORDER BY us, direction, row_id) AS in_conversation
        FROM _episode_roles
    ),
    tickets AS (
        SELECT p.episode_id, CAST(sum(c.reopens) AS BIGINT) AS reopens,
            CAST(sum(c.transfers) AS BIGINT) AS transfers
        FROM firsts AS p
        JOIN conversation_metrics AS c ON c.conversation_id = p.conversation_id
        WHERE p.in_conversation = 1
        GROUP BY p.episode_id
    ),
    again AS (
        SELECT episode_id, count(CASE WHEN repeat THEN 1 END) AS repeats
        FROM _repeats GROUP BY episode_id
    ),
    counted AS (
        SELECT episode_id, max(CASE WHEN place = 1 THEN channel END) AS channel,
            count(DISTINCT conversation_id) AS conversations,
            count(CASE WHEN role = '{PERSON}' THEN 1 END) AS answers,
            count(CASE WHEN role = '{BOT}' THEN 1 END) AS bot_answers,
            count(DISTINCT CASE WHEN role = '{PERSON}' THEN agent_id END) AS agents,
            count(CASE WHEN role = '{CLOSING}' THEN 1 END) AS closings,
            count(CASE WHEN retold THEN 1 END) AS retold,
            count(CASE WHEN direction = 'in' AND channel <> channel_before
                AND channel_before <> '{NODE}' THEN 1 END) AS hops,
            min(CASE WHEN role = '{CUSTOMER}' AND done = all_done THEN us END) AS waiting_us,
            {waits_sql()}
        FROM placed GROUP BY episode_id
    )
    SELECT c.*, a.repeats, t.reopens, t.transfers
    FROM counted AS c
    JOIN again AS a ON a.episode_id = c.episode_id
    LEFT JOIN tickets AS t ON t.episode_id = c.episode_id
    """


def whole_episodes_sql(columns: list[str]) -> str:
    """Return the SELECT of `episodes`: the plain ones (``columns``) with their effort."""
    return f"""
    SELECT {", ".join(f"e.{column}" for column in columns)}, f.channel, f.conversations, f.agents,
        f.answers, f.bot_answers, f.closings, f.repeats, f.retold, f.hops, f.transfers, f.reopens,
        {seconds_sql("f.customer_us")} AS customer_wait_seconds,
        {seconds_sql("f.customer_work_us")} AS customer_wait_work_seconds,
        {seconds_sql("f.company_us")} AS company_wait_seconds,
        {seconds_sql("f.bot_us")} AS bot_seconds,
        make_timestamptz(f.waiting_us) AS waiting_since
    FROM _plain_episodes AS e
    JOIN _effort AS f ON f.episode_id = e.episode_id
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
            us - lag(us) OVER (PARTITION BY customer_id {near}) AS any_us,
            us - lag(us) OVER (PARTITION BY customer_id, problem_id {near}) AS same_us
        FROM _spoken
        WHERE asks AND us IS NOT NULL AND customer_id IS NOT NULL AND NOT closing
    )
    SELECT n.source, n.contact_id, n.at, n.channel, n.customer_id, n.problem_id AS theme_id,
        n.any_us, n.part AS part_any,
        CASE WHEN n.problem_id IS NOT NULL THEN n.same_us END AS same_us,
        CASE WHEN n.problem_id IS NOT NULL THEN n.part END AS part_same,
        n.us - b.first_us AS history_us
    FROM near AS n
    JOIN begun AS b ON b.source = n.source
    """
