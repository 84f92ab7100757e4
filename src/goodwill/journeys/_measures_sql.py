"""SQL of what is measured of each conversation, by our definitions and by those of other tools."""

from __future__ import annotations

from goodwill.journeys._hours import HOURS, on_day_sql, worked_sql
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

_CLOSED = (
    "state LIKE 'clos%' OR state LIKE 'solved%' OR state LIKE 'resolv%' "
    "OR state IN ('done', 'complete', 'completed', 'merged', 'archived')"
)
_OPEN = (
    "state LIKE 'open%' OR state LIKE 'reopen%' OR state LIKE 'await%' OR state LIKE 'waiting%' "
    "OR state LIKE 'pending%' OR state LIKE 'new%' OR state LIKE '%hold' "
    "OR state IN ('active', 'assigned', 'in progress', 'snoozed')"
)
QUICK_US = 15 * 60 * 1_000_000
"""Zammad counts a ticket as solved at once when it is closed within 15 minutes."""


def closed_sql(status: str) -> str:
    """Return whether a help desk's word for a state means closed; NULL where it says neither."""
    state = f"lower(trim({status}))"
    closed, opened = (text.replace("state", state) for text in (_CLOSED, _OPEN))
    return f"CASE WHEN {opened} THEN FALSE WHEN {closed} THEN TRUE END"


def said_sql() -> str:
    """Return the SELECT of one row a conversation out of its messages; needs ``_spoken``.

    ``asked_us`` is the first contact of a customer that asks; ``first_reply_us`` the first answer
    of a person after it, unless a person of the company spoke first. ``handed_on`` counts how
    often another person answers than the one before.
    """
    near = "PARTITION BY conversation_n ORDER BY place"
    # In the same order as the others, so that all of them take one sort.
    whole = f"{near} ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING"
    agent = f"CASE WHEN role = '{PERSON}' THEN agent_id END"
    return f"""
    WITH placed AS (
        SELECT conversation_n, customer_n, channel, public, direction, us, worked_us,
            agent_id, answered, retold, role, place, theme_id,
            {waiting_sql("place", whole)} AS waits,
            min(CASE WHEN role = '{CUSTOMER}' THEN us END) OVER ({whole}) AS asked_us,
            last_value({agent} IGNORE NULLS) OVER ({near}
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS agent_before,
            {turns_sql(near)}
        FROM _spoken
        WHERE role IS NOT NULL
    ),
    counted AS (
        SELECT conversation_n,
            CASE WHEN min(customer_n) = max(customer_n) THEN min(customer_n) END AS customer_n,
            nullif(min_by(coalesce(channel, '{NODE}'), place), '{NODE}') AS channel,
            coalesce(bool_or(public AND direction = 'in'), FALSE) AS public,
            coalesce(min_by(role, CASE WHEN role <> '{BOT}' THEN place END) = '{PERSON}', FALSE)
                AS ours,
            min(us) AS opened_us, max(us) AS last_us, min(asked_us) AS asked_us,
            count(CASE WHEN direction = 'in' THEN 1 END) AS contacts_in,
            count(CASE WHEN role = '{CLOSING}' THEN 1 END) AS closings,
            count(CASE WHEN retold THEN 1 END) AS retold,
            count(CASE WHEN role = '{PERSON}' THEN 1 END) AS answers,
            count(CASE WHEN role = '{BOT}' THEN 1 END) AS bot_answers,
            count(DISTINCT {agent}) AS agents,
            min(CASE WHEN role = '{PERSON}' AND us >= asked_us THEN us END) AS first_reply_us,
            min(CASE WHEN role = '{PERSON}' AND us >= asked_us THEN worked_us END)
                AS first_reply_work,
            min(CASE WHEN role = '{CUSTOMER}' THEN worked_us END) AS asked_work,
            min(worked_us) AS opened_work,
            min(CASE WHEN role = '{CUSTOMER}' AND waits THEN us END) AS waiting_us,
            min(CASE WHEN answered = FALSE THEN us END) AS unanswered_us,
            {waits_sql()},
            count(CASE WHEN role = '{PERSON}' AND agent_id <> agent_before THEN 1 END)
                AS handed_on,
            min_by(theme_id, CASE WHEN theme_id IS NOT NULL THEN place END) AS theme_id
        FROM placed
        GROUP BY conversation_n
    )
    SELECT s.conversation_id, s.source, k.customer_id, c.channel, c.public, c.ours, c.opened_us,
        c.last_us, c.asked_us, c.contacts_in, c.closings, c.retold, c.answers, c.bot_answers,
        c.agents, c.first_reply_us, c.first_reply_work, c.asked_work, c.opened_work, c.waiting_us,
        c.unanswered_us, c.customer_us, c.customer_work_us, c.company_us, c.bot_us, c.handed_on,
        c.theme_id
    FROM counted AS c
    JOIN (
        SELECT n, conversation_id, source FROM _spoken WHERE n = conversation_n
    ) AS s ON s.n = c.conversation_n
    LEFT JOIN (SELECT n, customer_id FROM _spoken WHERE n = customer_n) AS k ON k.n = c.customer_n
    """


def tickets_sql(spans: int, time_zone: str) -> str:
    """Return the SELECT of one row a ticket, as its help desk saw it.

    ``reopens`` are the help desk's own count, else what its log of states shows: from a closed
    state to an open one.
    """
    times = ("opened", "first_reply", "resolved")
    joins = "\n    ".join(
        f"LEFT JOIN {HOURS} AS h{n} ON {on_day_sql(f't.{name}_at', f'h{n}', time_zone)}"
        for n, name in enumerate(times)
    )
    works = ", ".join(
        f"epoch_us(t.{name}_at) AS {name}_us, "
        f"{worked_sql(f'epoch_us(t.{name}_at)', f'h{n}', spans)} AS {name}_work"
        for n, name in enumerate(times)
    )
    return f"""
    WITH states AS (
        SELECT source, thread_id, "at", event_id, {closed_sql("status")} AS closed
        FROM thread_events
    ),
    logged AS (
        SELECT source, thread_id, count(CASE WHEN before AND NOT closed THEN 1 END) AS reopens
        FROM (
            SELECT source, thread_id, closed, lag(closed) OVER (
                PARTITION BY source, thread_id ORDER BY epoch_us("at"), closed, event_id) AS before
            FROM states
            WHERE closed IS NOT NULL AND "at" IS NOT NULL
        ) AS changes
        GROUP BY source, thread_id
    ),
    told AS (
        SELECT source, thread_id, source || ':thread:' || thread_id AS conversation_id, channel,
            customer_ref, opened_at, first_reply_at, closed_at, solved_at, status, due_at, sla_met,
            reopens, transfers, coalesce(solved_at, closed_at) AS resolved_at
        FROM threads
    )
    SELECT t.source, t.thread_id, t.conversation_id, t.channel,
        coalesce(r.customer_id, k.customer_id) AS customer_id,
        coalesce({closed_sql("t.status")}, t.resolved_at IS NOT NULL) AS closed,
        CAST(coalesce(t.reopens, l.reopens) AS BIGINT) AS reopens,
        CAST(t.transfers AS BIGINT) AS transfers, t.sla_met,
        epoch_us(t.due_at) AS due_us, epoch_us(coalesce(t.closed_at, t.solved_at)) AS closed_us,
        {works}
    FROM told AS t
    LEFT JOIN logged AS l ON l.source = t.source AND l.thread_id = t.thread_id
    LEFT JOIN customer_refs AS r ON r.source = t.source AND r.customer_ref = t.customer_ref
    LEFT JOIN customers AS k ON k.customer_id = t.source || ':' || t.customer_ref
    {joins}
    """


def conversation_metrics_sql(as_of_us: int) -> str:
    """Return the SELECT of `conversation_metrics`; needs ``_said`` and ``_tickets``.

    What another tool counts as solved at first contact is TRUE, FALSE, or NULL where the data
    cannot say: ``once_zendesk`` (closed, at most one answer of a person), ``once_intercom``
    (closed, never opened again, one person), ``once_zoho`` (closed, one answer),
    ``once_freshservice`` (closed, the customer wrote once), ``once_zammad`` (within 15 minutes).
    """
    first = "coalesce(c.first_reply_us - c.asked_us, t.first_reply_us - t.opened_us)"
    first_work = "coalesce(c.first_reply_work - c.asked_work, t.first_reply_work - t.opened_work)"
    began = "coalesce(c.opened_us, t.opened_us)"
    began_work = "coalesce(c.opened_work, t.opened_work)"

    def at(us: str) -> str:
        return f"make_timestamptz({us})"

    return f"""
    WITH holding AS (
        SELECT source, bool_or(role = '{PERSON}') AS holds FROM _spoken
        WHERE role IS NOT NULL GROUP BY source
    ),
    seen AS (
        SELECT coalesce(c.conversation_id, t.conversation_id) AS conversation_id,
            coalesce(c.source, t.source) AS source,
            coalesce(c.customer_id, CASE WHEN c.conversation_id IS NULL THEN t.customer_id END)
                AS customer_id,
            coalesce(c.channel, t.channel) AS channel, coalesce(c.public, FALSE) AS public,
            c.theme_id, CASE WHEN c.ours THEN 'company' ELSE 'customer' END AS started_by,
            {began} AS opened_us, c.asked_us, c.last_us,
            coalesce(c.contacts_in, 0) AS contacts_in, coalesce(c.closings, 0) AS closings,
            coalesce(c.retold, 0) AS retold, coalesce(c.answers, 0) AS answers,
            coalesce(c.bot_answers, 0) AS bot_answers, coalesce(c.agents, 0) AS agents,
            CASE WHEN coalesce(c.ours, FALSE) THEN NULL ELSE {first} END AS first_reply,
            CASE WHEN coalesce(c.ours, FALSE) THEN NULL ELSE {first_work} END AS first_reply_work,
            coalesce(c.ours, FALSE) AS ours, coalesce(h.holds, FALSE) AS holds,
            c.first_reply_us IS NULL AND t.first_reply_us IS NOT NULL AS by_desk,
            c.customer_us, c.customer_work_us, c.company_us, c.bot_us,
            CASE WHEN coalesce(h.holds, FALSE) THEN c.waiting_us ELSE c.unanswered_us END
                AS waiting_us,
            t.closed, CASE WHEN t.closed THEN t.resolved_us END AS resolved_us,
            CASE WHEN t.closed THEN t.resolved_us - {began} END AS resolution,
            CASE WHEN t.closed THEN t.resolved_work - {began_work} END AS resolution_work,
            CASE WHEN t.closed THEN t.closed_us - coalesce(t.opened_us, c.opened_us) END AS shut,
            t.reopens, coalesce(t.transfers, CASE WHEN c.agents > 0 THEN c.handed_on END)
                AS transfers,
            CASE WHEN t.sla_met IS NOT NULL THEN t.sla_met
                WHEN t.due_us IS NULL THEN NULL
                WHEN t.closed THEN t.resolved_us <= t.due_us
                WHEN t.due_us < {as_of_us} THEN FALSE END AS agreement_met
        FROM _said AS c
        FULL JOIN _tickets AS t ON t.conversation_id = c.conversation_id
        LEFT JOIN holding AS h ON h.source = c.source
    )
    SELECT conversation_id, source, customer_id, channel, public, theme_id, started_by,
        {at("opened_us")} AS opened_at, {at("asked_us")} AS asked_at, {at("last_us")} AS last_at,
        contacts_in, closings, retold, answers, bot_answers, agents,
        {seconds_sql("first_reply")} AS first_reply_seconds,
        CASE WHEN first_reply >= 0 THEN {seconds_sql("first_reply_work")} END
            AS first_reply_work_seconds,
        CASE WHEN first_reply >= 0 THEN CASE WHEN by_desk THEN 'help desk' ELSE 'contacts' END END
            AS first_reply_from,
        NOT ours AND (holds OR by_desk) AND (asked_us IS NOT NULL OR by_desk) AS expects_reply,
        {seconds_sql("customer_us")} AS customer_wait_seconds,
        {seconds_sql("customer_work_us")} AS customer_wait_work_seconds,
        {seconds_sql("company_us")} AS company_wait_seconds,
        {seconds_sql("bot_us")} AS bot_seconds,
        CASE WHEN coalesce(closed, FALSE) AND (resolved_us IS NULL OR resolved_us >= waiting_us)
            THEN NULL ELSE {at("waiting_us")} END AS waiting_since,
        closed, {at("resolved_us")} AS resolved_at,
        {seconds_sql("resolution")} AS resolution_seconds,
        CASE WHEN resolution >= 0 THEN {seconds_sql("resolution_work")} END
            AS resolution_work_seconds,
        reopens, transfers, agreement_met,
        CASE WHEN closed AND holds THEN answers < 2 END AS once_zendesk,
        CASE WHEN NOT coalesce(closed, FALSE) OR NOT holds OR reopens IS NULL THEN NULL
            WHEN agents > 0 THEN reopens = 0 AND agents = 1
            WHEN transfers IS NOT NULL AND answers > 0 THEN reopens = 0 AND transfers = 0
            WHEN answers = 0 THEN FALSE END AS once_intercom,
        CASE WHEN closed AND holds THEN answers = 1 END AS once_zoho,
        CASE WHEN closed AND holds AND contacts_in > 0 THEN contacts_in = 1 END
            AS once_freshservice,
        CASE WHEN closed AND shut >= 0 THEN shut < {QUICK_US} END AS once_zammad
    FROM seen
    """
