"""SQL of the exports over a page file; each gives the columns that ``_columns`` names."""

from __future__ import annotations

from goodwill.export._columns import SIGNALS
from goodwill.tables import PROMISE_STATES, low_rating_sql

_MINUTES = "CAST(round((epoch_us({}) - epoch_us({})) / 6e7, 1) AS DECIMAL(18, 1))"


def _minutes(end: str, start: str) -> str:
    return _MINUTES.format(end, start)


def _in_minutes(seconds: str) -> str:
    return f"CAST(round({seconds} / 60, 1) AS DECIMAL(18, 1))"


def _states(of: str = "p", what: str = "promises", only: str = "TRUE") -> str:
    return ", ".join(
        f"count(*) FILTER ({of}.status = '{state}' AND {only}) AS {what}_{state}"
        for state in PROMISE_STATES
    )


def _highest() -> str:
    return ", ".join(f"round(CAST(max({name}) AS DOUBLE), 4) AS signal_{name}" for name in SIGNALS)


_WAITS = ("customer_wait", "customer_wait_work", "company_wait", "bot")
_TOOLS = ("zendesk", "intercom", "zoho", "freshservice", "zammad")


def _counted(of: str, what: str) -> str:
    return ", ".join(
        f"coalesce({of}.{what}_{state}, 0) AS {what}_{state}" for state in PROMISE_STATES
    )


_NO_STATES = _counted("p", "promises")


def conversations_sql(part: int = 0, parts: int = 1) -> str:
    """Return the SELECT of one row a conversation, tickets without a message included.

    With ``parts`` only of one part of them, so that each fits into memory.

    A wait begins with a customer's first contact since the last answer and ends with the next.
    """
    return f"""
    WITH told AS (
        SELECT *, direction = 'in' AS asks,
            direction = 'out' AND coalesce(author_role, '') <> 'system' AS answers
        FROM messages
        WHERE hash(conversation_id) % {parts} = {part}
    ),
    placed AS (
        SELECT *,
            row_number() OVER (PARTITION BY conversation_id
                ORDER BY "at", direction, contact_id) AS place,
            row_number() OVER (PARTITION BY conversation_id
                ORDER BY NOT asks, "at", contact_id) AS asked
        FROM told
    ),
    opening AS (
        SELECT conversation_id, channel, language, subject FROM placed WHERE place = 1
    ),
    asking AS (
        SELECT conversation_id, text AS first_text FROM placed WHERE asked = 1 AND asks
    ),
    counted AS (
        SELECT conversation_id, min(source) AS source, min("at") AS opened_at,
            max("at") AS last_at, count(*) FILTER (asks) AS contacts_in,
            count(*) FILTER (direction = 'out') AS contacts_out,
            count(*) FILTER (answers) AS answers,
            count(*) FILTER (repeat) AS repeats, coalesce(bool_or(public), false) AS public,
            min("at") FILTER (asks AND public) AS public_at,
            count(DISTINCT customer_id) AS customers, min(customer_id) AS customer_id,
            count(DISTINCT episode_id) AS episodes, arg_min(episode_id, place) AS episode_id,
            min("at") FILTER (asks) AS asked_at,
            min("at") FILTER (asks AND answered = false) AS waiting_since,
            count(rating) AS ratings, count(*) FILTER ({low_rating_sql()}) AS low_ratings,
            arg_max(rating, place) AS rating,
            arg_max(rating_scale, place) FILTER (rating IS NOT NULL) AS rating_scale,
            arg_min(theme_id, place) AS theme_id, arg_min(product, place) AS product,
            arg_min(region, place) AS region, arg_min(order_id, place) AS order_number
        FROM placed GROUP BY conversation_id
    ),
    turns AS (
        SELECT conversation_id, turn, min("at") FILTER (asks) AS asked_at
        FROM told GROUP BY conversation_id, turn
    ),
    replies AS (
        SELECT conversation_id, turn - 1 AS turn, min("at") AS answered_at
        FROM told WHERE answers GROUP BY conversation_id, turn
    ),
    waited AS (
        SELECT t.conversation_id, count(*) AS waits, min(r.answered_at) AS first_reply_at,
            max(epoch_us(r.answered_at) - epoch_us(t.asked_at)) AS longest_us
        FROM turns t JOIN replies r USING (conversation_id, turn)
        WHERE r.answered_at >= t.asked_at
        GROUP BY t.conversation_id
    ),
    named AS (
        SELECT DISTINCT conversation_id, source, order_id FROM told WHERE order_id IS NOT NULL
    ),
    promised AS (
        SELECT n.conversation_id, {_states()}
        FROM named n JOIN promises p ON p.source = n.source AND p.order_number = n.order_id
        GROUP BY n.conversation_id
    ),
    committed AS (
        SELECT p.conversation_id, {_states(what="commitments")}
        FROM promises p WHERE p.kind = 'commitment' GROUP BY p.conversation_id
    ),
    measured AS (
        SELECT * FROM conversation_metrics WHERE hash(conversation_id) % {parts} = {part}
    ),
    shown AS (
        SELECT conversation_id, {_highest()}
        FROM signals
        WHERE direction = 'in' AND hash(conversation_id) % {parts} = {part}
        GROUP BY conversation_id
    ),
    tickets AS (
        SELECT *, source || ':thread:' || thread_id AS conversation_id FROM threads
        WHERE hash(source || ':thread:' || thread_id) % {parts} = {part}
    )
    SELECT coalesce(c.conversation_id, t.conversation_id) AS conversation_id,
        coalesce(c.source, t.source) AS source,
        CASE WHEN t.thread_id IS NOT NULL THEN t.thread_id
            WHEN starts_with(c.conversation_id, c.source || ':thread:')
            THEN substr(c.conversation_id, length(c.source) + 9) END AS thread_id,
        CASE WHEN c.customers = 1 THEN c.customer_id
            WHEN c.conversation_id IS NULL THEN u.customer_id END AS customer_id,
        coalesce(c.customers, CASE WHEN u.customer_id IS NULL THEN 0 ELSE 1 END) AS customers,
        coalesce(o.channel, t.channel) AS channel, coalesce(c.public, false) AS public,
        c.public_at, coalesce(c.opened_at, t.opened_at) AS opened_at, c.last_at,
        coalesce(c.contacts_in, 0) AS contacts_in, coalesce(c.contacts_out, 0) AS contacts_out,
        coalesce(c.answers, 0) AS answers, coalesce(c.repeats, 0) AS repeats,
        coalesce(w.first_reply_at, t.first_reply_at) AS first_reply_at,
        CASE WHEN w.first_reply_at IS NOT NULL THEN {_minutes("w.first_reply_at", "c.asked_at")}
            ELSE {_minutes("t.first_reply_at", "t.opened_at")} END AS first_reply_minutes,
        CASE WHEN w.first_reply_at IS NOT NULL THEN 'contacts'
            WHEN t.first_reply_at IS NOT NULL THEN 'help desk' END AS first_reply_from,
        CAST(round(w.longest_us / 6e7, 1) AS DECIMAL(18, 1)) AS longest_wait_minutes,
        coalesce(w.waits, 0) AS waits, c.waiting_since,
        coalesce(t.solved_at, t.closed_at) AS resolved_at,
        {_minutes("coalesce(t.solved_at, t.closed_at)", "coalesce(c.opened_at, t.opened_at)")}
            AS resolution_minutes,
        t.reopens, t.transfers, t.status, t.priority, t.team, t.due_at, t.sla_met, t.satisfaction,
        c.theme_id, h.label AS theme, coalesce(c.episodes, 0) AS episodes, c.episode_id,
        coalesce(c.ratings, 0) AS ratings, c.rating, c.rating_scale,
        coalesce(c.low_ratings, 0) AS low_ratings, c.order_number, {_NO_STATES},
        {_counted("k", "commitments")},
        n.started_by, n.expects_reply,
        {_in_minutes("n.first_reply_work_seconds")} AS first_reply_work_minutes,
        {", ".join(f"{_in_minutes(f'n.{w}_seconds')} AS {w}_minutes" for w in _WAITS)},
        {_in_minutes("n.resolution_work_seconds")} AS resolution_work_minutes,
        coalesce(n.agents, 0) AS agents, coalesce(n.bot_answers, 0) AS bot_answers,
        coalesce(n.closings, 0) AS closings, coalesce(n.retold, 0) AS retold, n.closed,
        n.agreement_met, e.theme_id AS episode_problem_id, e.status AS episode_status,
        CASE WHEN e.status = 'quiet' THEN e.repeats = 0 END AS solved_at_first_contact,
        e.hops AS channel_hops, {", ".join(f"n.once_{tool}" for tool in _TOOLS)}, o.language,
        coalesce(c.product, t.product) AS product, c.region,
        {", ".join(f"g.signal_{name}" for name in SIGNALS)},
        coalesce(o.subject, t.subject) AS subject, a.first_text
    FROM counted c
    FULL JOIN tickets t ON t.conversation_id = c.conversation_id
    LEFT JOIN customers u ON u.customer_id = t.source || ':' || t.customer_ref
    LEFT JOIN opening o ON o.conversation_id = c.conversation_id
    LEFT JOIN asking a ON a.conversation_id = c.conversation_id
    LEFT JOIN waited w ON w.conversation_id = c.conversation_id
    LEFT JOIN promised p ON p.conversation_id = c.conversation_id
    LEFT JOIN committed k ON k.conversation_id = c.conversation_id
    LEFT JOIN measured n ON n.conversation_id = coalesce(c.conversation_id, t.conversation_id)
    LEFT JOIN episodes e ON e.episode_id = c.episode_id
    LEFT JOIN shown g ON g.conversation_id = c.conversation_id
    LEFT JOIN themes h ON h.theme_id = c.theme_id
    """


def customers_sql(currency: str, digits: int) -> str:
    """Return the SELECT of one row a customer."""
    return f"""
    WITH said AS (
        SELECT customer_id, count(DISTINCT conversation_id) AS conversations,
            count(*) FILTER (direction = 'in') AS contacts,
            count(*) FILTER (direction = 'in' AND repeat) AS repeats,
            count(*) FILTER (direction = 'in' AND public) AS public_contacts,
            count(*) FILTER (direction = 'in' AND answered = false) AS unanswered,
            max("at") FILTER (direction = 'in') AS last_contact_at,
            count(rating) AS ratings, count(*) FILTER ({low_rating_sql()}) AS low_ratings
        FROM messages WHERE customer_id IS NOT NULL GROUP BY customer_id
    ),
    told AS (
        SELECT customer_id, count(*) AS episodes,
            count(*) FILTER (status = 'open') AS episodes_open,
            count(*) FILTER (status = 'quiet' AND repeats = 0) AS once, count(public_at) AS public,
            sum(hops) AS hops, sum(transfers) AS transfers, sum(reopens) AS reopens,
            sum(closings) AS closings, sum(retold) AS retold,
            {", ".join(f"sum({w}_seconds) AS {w}" for w in _WAITS)}
        FROM episodes GROUP BY customer_id
    ),
    talked AS (
        SELECT customer_id, median(first_reply_seconds) AS first_reply,
            count(waiting_since) AS waiting
        FROM conversation_metrics WHERE customer_id IS NOT NULL GROUP BY customer_id
    ),
    promised AS (
        SELECT p.customer_id, {_states()},
            {_states(what="commitments", only="p.kind = 'commitment'")}
        FROM promises p
        WHERE p.customer_id IS NOT NULL GROUP BY p.customer_id
    )
    SELECT c.customer_id, c.source, c.customer_ref, c.first_at, c.last_at,
        '{currency}' AS currency, coalesce(v.orders, c.orders) AS orders,
        {money_sql("coalesce(v.revenue, c.revenue)", digits)} AS revenue,
        {money_sql("v.refunded", digits)} AS refunded, v.expected_orders,
        v.expected_orders_low, v.expected_orders_high, v.p_alive, v.p_alive_low, v.p_alive_high,
        {money_sql("v.lifetime_value", digits)} AS lifetime_value,
        {money_sql("v.lifetime_value_low", digits)} AS lifetime_value_low,
        {money_sql("v.lifetime_value_high", digits)} AS lifetime_value_high,
        v.contracts, v.running AS contracts_running,
        {money_sql("v.contract_value", digits)} AS contract_value,
        coalesce(s.conversations, 0) AS conversations, coalesce(s.contacts, 0) AS contacts,
        coalesce(s.repeats, 0) AS repeats, coalesce(s.public_contacts, 0) AS public_contacts,
        coalesce(s.unanswered, 0) AS unanswered, s.last_contact_at,
        coalesce(e.episodes, 0) AS episodes, coalesce(e.episodes_open, 0) AS episodes_open,
        coalesce(s.ratings, 0) AS ratings, coalesce(s.low_ratings, 0) AS low_ratings, {_NO_STATES},
        {_counted("p", "commitments")}, coalesce(e.once, 0) AS episodes_solved_at_first_contact,
        coalesce(e.public, 0) AS episodes_public, coalesce(e.hops, 0) AS channel_hops,
        e.transfers, e.reopens, coalesce(e.closings, 0) AS closings,
        coalesce(e.retold, 0) AS retold,
        {", ".join(f"{_in_minutes(f'e.{w}')} AS {w}_minutes" for w in _WAITS)},
        {_in_minutes("k.first_reply")} AS first_reply_minutes,
        coalesce(k.waiting, 0) AS conversations_waiting
    FROM customers c
    LEFT JOIN talked k ON k.customer_id = c.customer_id
    LEFT JOIN customer_value v ON v.customer_id = c.customer_id
    LEFT JOIN said s ON s.customer_id = c.customer_id
    LEFT JOIN told e ON e.customer_id = c.customer_id
    LEFT JOIN promised p ON p.customer_id = c.customer_id
    """


def money_sql(amount: str, digits: int) -> str:
    """Return an amount of the minor unit in the currency itself, exactly.

    >>> money_sql("x", 2)
    "CAST(CAST(x AS DECIMAL(22, 0)) * 0.01 AS DECIMAL(22, 3))"
    """
    unit = "1" if not digits else "0." + "0" * (digits - 1) + "1"
    return f"CAST(CAST({amount} AS DECIMAL(19, 0)) * {unit} AS DECIMAL(22, 3))"


def contracts_sql(currency: str, digits: int) -> str:
    """Return the SELECT of the contracts."""
    money = ", ".join(
        f"{money_sql(f'k.{name}', digits)} AS {name}"
        for name in ("amount", "paid", "value", "value_low", "value_high", "value_ever")
    )
    return f"""
    SELECT k.source, k.subscription_id, k.customer_id, k.plan, k.period, k.started_on, k.ended_on,
        k.running, k.renewals, k.next_due_days, '{currency}' AS currency, k.renews_next,
        k.renews_next_low, k.renews_next_high,
        k.expected_renewals, {money}
    FROM contract_value k
    """
