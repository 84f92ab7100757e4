"""SQL of messages: whose turn it was, whether the company answered, what repeats an earlier one."""

from __future__ import annotations

from goodwill.journeys._hours import HOURS, on_day_sql, worked_sql
from goodwill.journeys._phrases_sql import closing_sql, ending_sql, retold_sql
from goodwill.journeys._words import DAY_US, PART_US, given_sql

LIVE = ("chat", "phone", "in_person")
"""Channels in which both sides speak in one sitting: what a customer says in it is one contact."""

_COLUMNS = (
    "subject", "text", "language", "rating", "rating_scale", "order_id", "product", "region", "url"
)  # fmt: skip


def spoken_sql(
    spans: int = 0, time_zone: str = "UTC", quiet_days: int = 14, signals: bool = False
) -> str:
    """Return the SELECT of every contact: its conversation, customer, problem, turn and answer.

    With ``spans`` it needs the table ``_hours`` (of days with so many, in ``time_zone``), and
    tells the hours worked up to each contact. A *closing* contact is nothing but thanks: it
    asks for nothing, so that ``answered`` is NULL. With ``signals`` it needs that table, and
    takes for closing also what the signals say ends the matter, once the company has answered.

    An *answer* is an outbound contact of anyone but the system: a receipt is none. ``turn`` is
    how often the company had answered in the conversation up to this contact; an answer that we
    do not hold counts where a customer first replies to it.

    ``problem_id`` is the one problem of a customer in a conversation: the theme of his first
    contact in it that has one and says more than thanks. A conversation that lay quiet for
    ``quiet_days`` begins anew. ``heard_customer`` and ``heard_problem`` are those of the last
    inbound contact before, which an answer is about.

    ``part`` says that a contact goes on with the one before it: the customer's own before it is
    at most half an hour old and nobody answered in between; or, in a live channel, neither side
    was silent for half an hour since.
    """
    order = "ORDER BY us, direction, contact_id"
    so_far = (
        f"OVER (PARTITION BY conversation_id {order} "
        "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    )
    own = f"OVER (PARTITION BY conversation_id, customer_id, stretch {order} ROWS BETWEEN "
    near = order.replace("contact_id", "d.contact_id")
    whole = f"{own}UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"
    before = f"{own}UNBOUNDED PRECEDING AND 1 PRECEDING)"
    live = ", ".join(f"'{channel}'" for channel in LIVE)
    worked = worked_sql("epoch_us(c.at)", "h", spans) if spans else "CAST(NULL AS BIGINT)"
    hours = f"LEFT JOIN {HOURS} AS h ON {on_day_sql('c.at', 'h', time_zone)}" if spans else ""
    ends = f"c.direction = 'in' AND {ending_sql('c.text', 'g')}" if signals else "FALSE"
    if signals:
        hours += "\n        LEFT JOIN signals AS g ON g.source = c.source "
        hours += "AND g.contact_id = c.contact_id"
    about = "asks AND us IS NOT NULL AND customer_id IS NOT NULL AND problem_id IS NOT NULL"
    return f"""
    WITH told AS (
        SELECT c.source, c.contact_id, c.at, epoch_us(c.at) AS us, c.channel, c.public,
            c.direction, c.author_role, c.agent_id, v.conversation_id, k.customer_id,
            t.theme_id, t.similarity,
            CASE WHEN c.direction = 'in' THEN {closing_sql("c.text")} ELSE FALSE END AS closes,
            {ends} AS ends,
            CASE WHEN c.direction = 'in' THEN {retold_sql("c.text")} ELSE FALSE END AS retells,
            {worked} AS worked_us,
            coalesce(c.direction = 'in', FALSE) AS asks,
            coalesce(c.direction = 'out', FALSE) AND coalesce(c.author_role, '') <> 'system'
                AS answers,
            {given_sql("c.answer_ids")} AS has_answers,
            CASE WHEN {given_sql("c.reply_to_id")} AND c.direction = 'in'
                AND r.contact_id IS NULL THEN trim(c.reply_to_id) END AS unseen
        FROM contacts AS c
        JOIN conversations AS v ON v.source = c.source AND v.contact_id = c.contact_id
        LEFT JOIN contact_customers AS k ON k.source = c.source AND k.contact_id = c.contact_id
        LEFT JOIN contact_themes AS t ON t.source = c.source AND t.contact_id = c.contact_id
        LEFT JOIN contacts AS r ON r.source = c.source AND r.contact_id = trim(c.reply_to_id)
        {hours}
    ),
    first_replies AS (
        SELECT source, contact_id
        FROM (
            SELECT source, contact_id, row_number() OVER (
                PARTITION BY conversation_id, unseen ORDER BY us, contact_id) AS place
            FROM told
            WHERE unseen IS NOT NULL
        ) AS placed
        WHERE place = 1
    ),
    knowing AS (
        SELECT source, bool_or(answers OR has_answers) AS knows FROM told GROUP BY source
    ),
    joined AS (
        SELECT d.*, n.knows,
            us - last_value(CASE WHEN asks OR answers THEN us END IGNORE NULLS) OVER (
                PARTITION BY d.conversation_id {near}
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS gap_us,
            CAST(sum(CASE WHEN answers OR f.contact_id IS NOT NULL THEN 1 ELSE 0 END) OVER (
                PARTITION BY d.conversation_id {near}
                ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS BIGINT) AS turn
        FROM told AS d
        JOIN knowing AS n ON n.source = d.source
        LEFT JOIN first_replies AS f ON f.source = d.source AND f.contact_id = d.contact_id
    ),
    turned AS (
        SELECT *, closes OR (ends AND turn > 0) AS done,
            CAST(sum(CASE WHEN gap_us >= {quiet_days * DAY_US} THEN 1 ELSE 0 END) {so_far}
                AS BIGINT) AS stretch,
            CAST(sum(CASE WHEN gap_us > {PART_US} THEN 1 ELSE 0 END) {so_far} AS BIGINT)
                AS sitting,
            max(CASE WHEN answers THEN us END) OVER (PARTITION BY conversation_id) AS last_answer
        FROM joined
    ),
    placed AS (
        SELECT *,
            first_value(CASE WHEN asks AND NOT done AND us IS NOT NULL THEN theme_id END
                IGNORE NULLS) {whole} AS problem_id,
            last_value(CASE WHEN asks AND NOT done THEN us END IGNORE NULLS) {before}
                AS asked_us,
            last_value(CASE WHEN asks AND NOT done THEN turn END IGNORE NULLS) {before}
                AS asked_turn,
            last_value(CASE WHEN asks AND NOT done THEN sitting END IGNORE NULLS) {before}
                AS asked_sitting
        FROM turned
    )
    SELECT source, contact_id, "at", us, worked_us, channel, public, direction, author_role,
        agent_id, conversation_id, customer_id, theme_id, similarity, asks, answers,
        CASE WHEN asks THEN done END AS closing, CASE WHEN asks THEN retells END AS retold,
        turn, CASE WHEN asks AND customer_id IS NOT NULL AND us IS NOT NULL
            THEN problem_id END AS problem_id,
        CASE WHEN asks AND NOT done THEN coalesce(
            (asked_turn = turn AND us - asked_us <= {PART_US})
            OR (asked_sitting = sitting AND channel IN ({live})), FALSE) END AS part,
        last_value(CASE WHEN {about} THEN customer_id END IGNORE NULLS) {so_far}
            AS heard_customer,
        last_value(CASE WHEN {about} THEN problem_id END IGNORE NULLS) {so_far}
            AS heard_problem,
        CASE WHEN NOT asks OR done THEN NULL
            WHEN has_answers OR last_answer >= us THEN TRUE
            WHEN knows THEN FALSE
        END AS answered
    FROM placed
    """


def story_sql() -> str:
    """Return the SELECT of the story: inbound contacts of a problem, and the answers to them.

    Its ``theme_id`` is that of the problem.

    An answer without a customer of its own, or with the same, is about the last inbound contact
    of its conversation.
    """
    return """
    SELECT source, contact_id, contact_id AS row_id, customer_id, problem_id AS theme_id, "at", us,
        worked_us, direction, channel, public, conversation_id, part, author_role, agent_id,
        closing, retold
    FROM _spoken
    WHERE problem_id IS NOT NULL
    UNION ALL
    SELECT source, contact_id, contact_id AS row_id, heard_customer AS customer_id,
        heard_problem AS theme_id, "at", us, worked_us, direction, channel, public,
        conversation_id, part, author_role, agent_id, closing, retold
    FROM _spoken
    WHERE answers AND us IS NOT NULL AND heard_customer IS NOT NULL
        AND coalesce(customer_id, heard_customer) = heard_customer
    """


def repeats_sql() -> str:
    """Return the SELECT of ``episode_id`` and ``repeat`` for every contact in an episode.

    A part of a message is no repeat, nor is what says nothing but thanks; and what follows that
    alone repeats nothing.
    """
    return """
    SELECT source, contact_id, episode_id,
        CASE WHEN direction = 'in' THEN NOT closing AND NOT part AND place > 1 END AS repeat
    FROM (
        SELECT source, contact_id, episode_id, direction, closing, part,
            row_number() OVER (PARTITION BY episode_id, direction, closing
                ORDER BY us, row_id) AS place
        FROM _marked
    ) AS placed
    """


def messages_sql() -> str:
    """Return the SELECT of `messages`."""
    # A rating that a machine clicked is kept among the contacts, and says nothing here.
    said = {"rating": "CASE WHEN c.rating_flag IS NULL THEN c.rating END AS rating"}
    facts = ", ".join(said.get(column, f"c.{column}") for column in _COLUMNS)
    return f"""
    SELECT s.source, s.contact_id, s.at, s.channel, s.public, s.direction, s.author_role,
        s.customer_id, s.conversation_id, s.theme_id, s.similarity, r.episode_id, s.turn,
        r.repeat, s.answered, s.closing, s.retold, {facts}
    FROM _spoken AS s
    JOIN contacts AS c ON c.source = s.source AND c.contact_id = s.contact_id
    LEFT JOIN _repeats AS r ON r.source = s.source AND r.contact_id = s.contact_id
    """
