"""SQL of messages: whose turn it was, whether the company answered, what repeats an earlier one."""

from __future__ import annotations

from goodwill.journeys._hours import HOURS, on_day_sql, worked_sql
from goodwill.journeys._phrases_sql import closing_sql, ending_sql, retold_sql
from goodwill.journeys._waits_sql import role_sql
from goodwill.journeys._words import DAY_US, PART_US, given_sql

LIVE = ("chat", "phone", "in_person")
"""Channels in which both sides speak in one sitting: what a customer says in it is one contact."""

_COLUMNS = (
    "subject", "text", "language", "rating", "rating_scale", "order_id", "product", "region", "url"
)  # fmt: skip

CARRIED = ("n", "us", "worked_us", "direction", "channel", "part", "role", "closing")
"""What of a message its place in its episode needs: each goes through sorts, so they are few."""


def told_sql(spans: int = 0, time_zone: str = "UTC", signals: bool = False) -> str:
    """Return the SELECT of every contact with what is known of it alone, and with a number.

    The number ``n`` stands for the contact, for its conversation and for its customer in the
    steps that follow: numbers are joined and put in order sooner than texts. It says nothing of
    any order, and no table that is kept has it.

    With ``spans`` it needs the table ``_hours`` (of days with so many, in ``time_zone``), and
    tells the hours worked up to each contact. ``closes`` is nothing but thanks. With ``signals``
    it needs that table: ``ends`` is what the signals say ends the matter. ``unseen`` is the
    message that a customer's contact replies to, where we do not hold it.
    """
    worked = worked_sql("epoch_us(c.at)", "h", spans) if spans else "CAST(NULL AS BIGINT)"
    more = f"LEFT JOIN {HOURS} AS h ON {on_day_sql('c.at', 'h', time_zone)}" if spans else ""
    ends = f"c.direction = 'in' AND {ending_sql('c.text', 'g')}" if signals else "FALSE"
    if signals:
        more += "\n    LEFT JOIN signals AS g ON g.source = c.source "
        more += "AND g.contact_id = c.contact_id"
    # Numbered last: what an engine works out after rows are numbered, it does on one thread.
    return f"""
    WITH told AS (
        SELECT c.source, c.contact_id, c.at, epoch_us(c.at) AS us, {worked} AS worked_us,
            c.channel, c.public, c.direction, c.author_role, c.agent_id, v.conversation_id,
            k.customer_id, t.theme_id, t.similarity,
            coalesce(c.direction = 'in', FALSE) AS asks,
            coalesce(c.direction = 'out', FALSE) AND coalesce(c.author_role, '') <> 'system'
                AS answers,
            CASE WHEN c.direction = 'in' THEN {closing_sql("c.text")} ELSE FALSE END AS closes,
            {ends} AS ends,
            CASE WHEN c.direction = 'in' THEN {retold_sql("c.text")} ELSE FALSE END AS retells,
            {given_sql("c.answer_ids")} AS has_answers,
            CASE WHEN {given_sql("c.reply_to_id")} AND c.direction = 'in'
                AND r.contact_id IS NULL THEN trim(c.reply_to_id) END AS unseen
        FROM contacts AS c
        JOIN conversations AS v ON v.source = c.source AND v.contact_id = c.contact_id
        LEFT JOIN contact_customers AS k ON k.source = c.source AND k.contact_id = c.contact_id
        LEFT JOIN contact_themes AS t ON t.source = c.source AND t.contact_id = c.contact_id
        LEFT JOIN contacts AS r ON r.source = c.source AND r.contact_id = trim(c.reply_to_id)
        {more}
    )
    SELECT row_number() OVER () AS n, told.* FROM told
    """


def spoken_sql(quiet_days: int = 14) -> str:
    """Return the SELECT of every contact: its conversation, customer, problem, turn and answer.

    It needs ``_told``. ``conversation_n`` and ``customer_n`` are the least ``n`` of their
    contacts; ``place`` is the contact's in its conversation. A *closing* contact is nothing but
    thanks: it asks for nothing, so that ``answered`` is NULL; what ends the matter by
    its signals is one too, once the company has answered.

    An *answer* is an outbound contact of anyone but the system: a receipt is none. ``turn`` is
    how often the company had answered in the conversation up to this contact; an answer that we
    do not hold counts where a customer first replies to it.

    ``problem_id`` is the one problem of a customer in a conversation: the theme of his first
    contact in it that has one and says more than thanks. A conversation that lay quiet for
    ``quiet_days`` begins anew. ``heard_customer_n`` and ``heard_problem`` are those of the last
    inbound contact before, which an answer is about.

    ``role`` says who speaks (`role_sql`), of a contact with a time that asks or answers.

    ``part`` says that a contact goes on with the one before it: the customer's own before it is
    at most half an hour old and nobody answered in between; or, in a live channel, neither side
    was silent for half an hour since.
    """
    first = "OVER (PARTITION BY conversation_n ORDER BY us, direction, contact_id"
    near = "OVER (PARTITION BY conversation_n ORDER BY place"
    own = "OVER (PARTITION BY conversation_n, customer_n, stretch ORDER BY place"
    so_far = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    before = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)"
    whole = "ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)"
    live = ", ".join(f"'{channel}'" for channel in LIVE)
    about = "asks AND us IS NOT NULL AND customer_n IS NOT NULL AND problem_id IS NOT NULL"
    return f"""
    WITH conversations_n AS (
        SELECT conversation_id, min(n) AS conversation_n FROM _told GROUP BY conversation_id
    ),
    customers_n AS (
        SELECT customer_id, min(n) AS customer_n FROM _told WHERE customer_id IS NOT NULL
        GROUP BY customer_id
    ),
    knowing AS (
        SELECT source, bool_or(answers OR has_answers) AS knows FROM _told GROUP BY source
    ),
    numbered AS (
        SELECT d.n, w.conversation_n, p.customer_n, d.contact_id, d.us, d.direction, d.asks,
            d.answers, d.closes, d.ends, d.theme_id, d.unseen
        FROM _told AS d
        JOIN conversations_n AS w ON w.conversation_id = d.conversation_id
        LEFT JOIN customers_n AS p ON p.customer_id = d.customer_id
    ),
    first_replies AS (
        SELECT n
        FROM (
            SELECT n, row_number() OVER (
                PARTITION BY conversation_n, unseen ORDER BY us, contact_id) AS place
            FROM numbered
            WHERE unseen IS NOT NULL
        ) AS placed
        WHERE place = 1
    ),
    counted AS (
        SELECT d.*, answers OR f.n IS NOT NULL AS counts
        FROM numbered AS d
        LEFT JOIN first_replies AS f ON f.n = d.n
    ),
    joined AS (
        SELECT n, conversation_n, customer_n, us, asks, answers, closes, ends, theme_id,
            row_number() {first}) AS place,
            us - last_value(CASE WHEN asks OR answers THEN us END IGNORE NULLS) {first} {before}
                AS gap_us,
            CAST(sum(CASE WHEN counts THEN 1 ELSE 0 END) {first} {so_far} AS BIGINT) AS turn,
            max(CASE WHEN answers THEN us END) {first} {whole} AS last_answer
        FROM counted
    ),
    turned AS (
        SELECT n, conversation_n, customer_n, us, asks, theme_id, place, turn, last_answer,
            closes OR (ends AND turn > 0) AS done,
            CAST(sum(CASE WHEN gap_us >= {quiet_days * DAY_US} THEN 1 ELSE 0 END) {near} {so_far}
                AS BIGINT) AS stretch,
            CAST(sum(CASE WHEN gap_us > {PART_US} THEN 1 ELSE 0 END) {near} {so_far} AS BIGINT)
                AS sitting
        FROM joined
    ),
    placed AS (
        SELECT n, conversation_n, customer_n, us, asks, place, turn, last_answer, done, sitting,
            first_value(CASE WHEN asks AND NOT done AND us IS NOT NULL THEN theme_id END
                IGNORE NULLS) {own} {whole} AS problem_id,
            last_value(CASE WHEN asks AND NOT done THEN us END IGNORE NULLS) {own} {before}
                AS asked_us,
            last_value(CASE WHEN asks AND NOT done THEN turn END IGNORE NULLS) {own} {before}
                AS asked_turn,
            last_value(CASE WHEN asks AND NOT done THEN sitting END IGNORE NULLS) {own} {before}
                AS asked_sitting
        FROM turned
    ),
    heard AS (
        SELECT n, conversation_n, customer_n, place, turn, last_answer, done, problem_id,
            asked_turn = turn AND us - asked_us <= {PART_US} AS goes_on,
            asked_sitting = sitting AS same_sitting,
            last_value(CASE WHEN {about} THEN customer_n END IGNORE NULLS) {near} {so_far}
                AS heard_customer_n,
            last_value(CASE WHEN {about} THEN problem_id END IGNORE NULLS) {near} {so_far}
                AS heard_problem
        FROM placed
    )
    SELECT d.n, h.conversation_n, h.customer_n, h.place, d.source, d.contact_id, d.at, d.us,
        d.worked_us, d.channel, d.public, d.direction, d.author_role, d.agent_id, d.conversation_id,
        d.customer_id, d.theme_id, d.similarity, d.asks, d.answers,
        CASE WHEN d.asks THEN h.done END AS closing, CASE WHEN d.asks THEN d.retells END AS retold,
        h.turn, CASE WHEN d.asks AND h.customer_n IS NOT NULL AND d.us IS NOT NULL
            THEN h.problem_id END AS problem_id,
        CASE WHEN (d.asks OR d.answers) AND d.us IS NOT NULL THEN {role_sql("d.asks", "h.done")}
            END AS role,
        CASE WHEN d.asks AND NOT h.done THEN coalesce(
            h.goes_on OR (h.same_sitting AND d.channel IN ({live})), FALSE) END AS part,
        h.heard_customer_n, h.heard_problem,
        CASE WHEN NOT d.asks OR h.done THEN NULL
            WHEN d.has_answers OR h.last_answer >= d.us THEN TRUE
            WHEN k.knows THEN FALSE
        END AS answered
    FROM _told AS d
    JOIN heard AS h ON h.n = d.n
    JOIN knowing AS k ON k.source = d.source
    """


def story_sql() -> str:
    """Return the SELECT of the story: inbound contacts of a problem, and the answers to them.

    Its ``theme_id`` is that of the problem; ``customer_n`` stands for the customer.

    An answer without a customer of its own, or with the same, is about the last inbound contact
    of its conversation.
    """
    columns = f"{', '.join(CARRIED)}, contact_id AS row_id"
    return f"""
    SELECT {columns}, customer_n, problem_id AS theme_id
    FROM _spoken
    WHERE problem_id IS NOT NULL
    UNION ALL
    SELECT {columns}, heard_customer_n AS customer_n, heard_problem AS theme_id
    FROM _spoken
    WHERE answers AND us IS NOT NULL AND heard_customer_n IS NOT NULL
        AND coalesce(customer_n, heard_customer_n) = heard_customer_n
    """


def messages_sql() -> str:
    """Return the SELECT of `messages`."""
    # A rating that a machine clicked is kept among the contacts, and says nothing here.
    said = {"rating": "CASE WHEN c.rating_flag IS NULL THEN c.rating END AS rating"}
    facts = ", ".join(said.get(column, f"c.{column}") for column in _COLUMNS)
    return f"""
    SELECT s.source, s.contact_id, s.at, s.channel, s.public, s.direction, s.author_role,
        s.customer_id, s.conversation_id, s.theme_id, s.similarity, e.episode_id, s.turn,
        r.repeat, s.answered, s.closing, s.retold, {facts}
    FROM _spoken AS s
    JOIN contacts AS c ON c.source = s.source AND c.contact_id = s.contact_id
    LEFT JOIN _marked AS r ON r.n = s.n
    LEFT JOIN _named AS e ON e.episode_n = r.episode_n
    """
