"""SQL of messages: whose turn it was, whether the company answered, what repeats an earlier one."""

from __future__ import annotations

from goodwill.journeys._hours import HOURS, on_day_sql, worked_sql
from goodwill.journeys._phrases_sql import closing_sql, retold_sql
from goodwill.journeys._words import PART_US, given_sql

_COLUMNS = (
    "subject", "text", "language", "rating", "rating_scale", "order_id", "product", "region", "url"
)  # fmt: skip


def spoken_sql(spans: int = 0, time_zone: str = "UTC") -> str:
    """Return the SELECT of every contact with its conversation, customer, theme, turn and answer.

    With ``spans`` it needs the table ``_hours`` (of days with so many, in ``time_zone``), and
    tells the hours worked up to each contact. A *closing* contact is nothing but thanks: it
    asks for nothing, so that ``answered`` is NULL.

    An *answer* is an outbound contact of anyone but the system: a receipt is none. ``turn`` is
    how often the company had answered in the conversation up to this contact; an answer that we
    do not hold counts where a customer first replies to it. ``heard_customer`` and
    ``heard_theme`` are those of the last inbound contact before, which an answer is about.
    """
    so_far = (
        "OVER (PARTITION BY conversation_id ORDER BY us, direction, contact_id "
        "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    )
    worked = worked_sql("epoch_us(c.at)", "h", spans) if spans else "CAST(NULL AS BIGINT)"
    hours = f"LEFT JOIN {HOURS} AS h ON {on_day_sql('c.at', 'h', time_zone)}" if spans else ""
    about = "asks AND customer_id IS NOT NULL AND theme_id IS NOT NULL"
    return f"""
    WITH told AS (
        SELECT c.source, c.contact_id, c.at, epoch_us(c.at) AS us, c.channel, c.public,
            c.direction, c.author_role, c.agent_id, v.conversation_id, k.customer_id,
            t.theme_id, t.similarity,
            c.direction = 'in' AND {closing_sql("c.text")} AS closes,
            c.direction = 'in' AND {retold_sql("c.text")} AS retells,
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
        SELECT d.*, f.contact_id IS NOT NULL AS replies, n.knows
        FROM told AS d
        JOIN knowing AS n ON n.source = d.source
        LEFT JOIN first_replies AS f ON f.source = d.source AND f.contact_id = d.contact_id
    )
    SELECT source, contact_id, "at", us, worked_us, channel, public, direction, author_role,
        agent_id, conversation_id, customer_id, theme_id, similarity, asks, answers,
        CASE WHEN asks THEN closes END AS closing, CASE WHEN asks THEN retells END AS retold,
        CAST(sum(CASE WHEN answers OR replies THEN 1 ELSE 0 END) {so_far} AS BIGINT) AS turn,
        last_value(CASE WHEN {about} THEN customer_id END IGNORE NULLS) {so_far}
            AS heard_customer,
        last_value(CASE WHEN {about} THEN theme_id END IGNORE NULLS) {so_far} AS heard_theme,
        CASE WHEN NOT asks OR closes THEN NULL
            WHEN has_answers THEN TRUE
            WHEN max(CASE WHEN answers THEN us END) OVER (PARTITION BY conversation_id) >= us
                THEN TRUE
            WHEN knows THEN FALSE
        END AS answered
    FROM joined
    """


def story_sql() -> str:
    """Return the SELECT of the story: inbound contacts of a theme, and the answers to them.

    An answer without a customer of its own, or with the same, is about the last inbound contact
    of its conversation.
    """
    return """
    SELECT source, contact_id, contact_id AS row_id, customer_id, theme_id, "at", us, worked_us,
        direction, channel, public, conversation_id, turn, author_role, agent_id, closing, retold
    FROM _spoken
    WHERE asks AND us IS NOT NULL AND customer_id IS NOT NULL AND theme_id IS NOT NULL
    UNION ALL
    SELECT source, contact_id, contact_id AS row_id, heard_customer AS customer_id,
        heard_theme AS theme_id, "at", us, worked_us, direction, channel, public, conversation_id,
        turn, author_role, agent_id, closing, retold
    FROM _spoken
    WHERE answers AND us IS NOT NULL AND heard_customer IS NOT NULL
        AND coalesce(customer_id, heard_customer) = heard_customer
    """


def repeats_sql() -> str:
    """Return the SELECT of ``episode_id`` and ``repeat`` for every contact in an episode.

    A part of a message is no repeat: a contact of the same conversation and the same turn (the
    company has not answered in between) at most half an hour after the part before it. Nor is
    what says nothing but thanks; and what follows that alone repeats nothing.
    """
    return f"""
    WITH placed AS (
        SELECT source, contact_id, episode_id, direction, us, closing,
            row_number() OVER (PARTITION BY episode_id, direction, closing
                ORDER BY us, row_id) AS place,
            lag(us) OVER (PARTITION BY episode_id, direction, closing, conversation_id, turn
                ORDER BY us, row_id) AS part_us
        FROM _marked
    )
    SELECT source, contact_id, episode_id,
        CASE WHEN direction = 'in'
            THEN NOT closing AND place > 1
                AND (part_us IS NULL OR us - part_us > {PART_US}) END AS repeat
    FROM placed
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
