"""SQL of commitments: what a message promised, and what the data shows happened to it."""

from __future__ import annotations

from goodwill.journeys._words import DAY_US, NODE, PART_US, given_sql, local_day_sql
from goodwill.literals import text_sql

REFUND_DAYS = 60
"""A refund so many days after its date, of no order that was named, is of something else."""

UNDATED = "no date was given"
NO_CUSTOMER = "whose it is is not known"
NO_ORDER = "which order it is about is not known"
NO_REFUNDS = "the source holds no refunds"
NO_DELIVERIES = "the source holds no delivery dates"
CAME_BEFORE = "the order had come before it was said"
UNSEEN = "the data does not show whether it was done"
AGAIN = "the customer wrote again about it after the date"
LATE = "it was done after the date"
NOTHING = "nothing shows that it was done"


def said_sql() -> str:
    """Return the SELECT of the commitments with who said them to whom; needs `messages`."""
    return """
    SELECT s.source, s.contact_id, s.place, s.what, s.words, s.due_at, epoch_us(s.due_at) AS due_us,
        m.at AS made_at, epoch_us(m.at) AS made_us, m.customer_id, m.conversation_id, c.agent_id
    FROM commitments AS s
    JOIN messages AS m ON m.source = s.source AND m.contact_id = s.contact_id
    JOIN contacts AS c ON c.source = s.source AND c.contact_id = s.contact_id
    WHERE m.at IS NOT NULL
    """


def about_sql() -> str:
    """Return the SELECT of what each message with a commitment is about: a theme, an order.

    They are those of the last messages before it in its conversation that have one.
    """
    so_far = (
        'OVER (PARTITION BY m.conversation_id ORDER BY epoch_us(m."at"), m.direction, m.contact_id '
        "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)"
    )
    return f"""
    WITH near AS (
        SELECT m.source, m.contact_id,
            last_value(m.theme_id IGNORE NULLS) {so_far} AS theme_id,
            last_value(CASE WHEN {given_sql("m.order_id")} THEN m.order_id END IGNORE NULLS)
                {so_far} AS named
        FROM messages AS m
        JOIN (SELECT DISTINCT conversation_id FROM _said) AS s
            ON s.conversation_id = m.conversation_id
        WHERE m.at IS NOT NULL
    )
    SELECT n.source, n.contact_id, n.theme_id, n.named
    FROM near AS n
    JOIN (SELECT DISTINCT source, contact_id FROM _said) AS s
        ON s.source = n.source AND s.contact_id = n.contact_id
    """


def bought_sql() -> str:
    """Return the SELECT of the orders of customers who were promised something."""
    return """
    SELECT k.customer_id, coalesce(o.order_number, o.order_id) AS number,
        min(epoch_us(o.at)) AS ordered_us, CAST(sum(o.amount) AS BIGINT) AS amount,
        CASE WHEN count(*) = count(o.delivered_at) THEN max(o.delivered_at) END AS delivered_at
    FROM orders AS o
    JOIN order_customers AS k ON k.source = o.source AND k.order_id = o.order_id
    JOIN (SELECT DISTINCT customer_id FROM _said) AS s ON s.customer_id = k.customer_id
    WHERE o.kind = 'order'
    GROUP BY k.customer_id, coalesce(o.order_number, o.order_id)
    """


def order_of_sql() -> str:
    """Return the SELECT of the order that each commitment is about, where that is sure.

    It is the order that the conversation names; else the only one that can be meant: for a
    delivery the only one on its way, for anything else the only one that was made before.
    """
    meant = """b.ordered_us <= s.made_us AND (s.what <> 'delivery' OR b.delivered_at IS NULL
                OR epoch_us(b.delivered_at) >= s.made_us)"""
    return f"""
    WITH could AS (
        SELECT s.source, s.contact_id, s.place, b.number, b.amount, b.delivered_at,
            coalesce(a.named = b.number, FALSE) AS is_named,
            coalesce({meant}, FALSE) AS is_meant
        FROM _said AS s
        JOIN _bought AS b ON b.customer_id = s.customer_id
        LEFT JOIN _about AS a ON a.source = s.source AND a.contact_id = s.contact_id
    ),
    counted AS (
        SELECT source, contact_id, place,
            max(CASE WHEN is_named THEN number END) AS named,
            count(CASE WHEN is_meant THEN 1 END) AS meant,
            max(CASE WHEN is_meant THEN number END) AS only
        FROM could
        GROUP BY source, contact_id, place
    )
    SELECT c.source, c.contact_id, c.place, c.number, c.amount, c.delivered_at
    FROM could AS c
    JOIN counted AS n ON n.source = c.source AND n.contact_id = c.contact_id AND n.place = c.place
    WHERE c.number = coalesce(n.named, CASE WHEN n.meant = 1 THEN n.only END)
    """


def paid_sql() -> str:
    """Return the SELECT of when each promised refund was made."""
    return f"""
    WITH refunds AS (
        SELECT k.customer_id, o.at, epoch_us(o.at) AS us,
            coalesce(o.order_number, r.order_number, o.related_order_id) AS number
        FROM orders AS o
        JOIN order_customers AS k ON k.source = o.source AND k.order_id = o.order_id
        LEFT JOIN orders AS r ON r.source = o.source AND r.order_id = o.related_order_id
        WHERE o.kind = 'refund' AND o.at IS NOT NULL
    )
    SELECT s.source, s.contact_id, s.place, min(r.at) AS done_at
    FROM _said AS s
    JOIN refunds AS r ON r.customer_id = s.customer_id
    LEFT JOIN _order_of AS b ON b.source = s.source AND b.contact_id = s.contact_id
        AND b.place = s.place
    WHERE s.what = 'refund' AND r.us >= s.made_us - {DAY_US}
        AND (r.number = b.number OR (b.number IS NULL
            AND r.us <= s.due_us + {REFUND_DAYS * DAY_US}))
    GROUP BY s.source, s.contact_id, s.place
    """


def answered_sql() -> str:
    """Return the SELECT of when the company next wrote (or called) after it said that it would.

    What follows within half an hour is a part of the same message. A promised call is kept by a
    call where the data holds the company's calls, else by any message.
    """
    return f"""
    WITH spoke AS (
        SELECT customer_id, conversation_id, "at", epoch_us("at") AS us, channel
        FROM messages
        WHERE direction = 'out' AND coalesce(author_role, 'agent') = 'agent' AND "at" IS NOT NULL
    ),
    calls AS (SELECT count(*) AS n FROM spoke WHERE channel = 'phone'),
    both_ways AS (
        SELECT s.source, s.contact_id, s.place, s.what, s.made_us, m.at, m.us, m.channel
        FROM _said AS s
        JOIN spoke AS m ON m.customer_id = s.customer_id
        UNION ALL
        SELECT s.source, s.contact_id, s.place, s.what, s.made_us, m.at, m.us, m.channel
        FROM _said AS s
        JOIN spoke AS m ON m.conversation_id = s.conversation_id
        WHERE s.customer_id IS NULL
    )
    SELECT b.source, b.contact_id, b.place, min(b.at) AS done_at
    FROM both_ways AS b
    CROSS JOIN calls AS c
    WHERE b.us > b.made_us + {PART_US}
        AND (b.what = 'reply' OR (b.what = 'call' AND (b.channel = 'phone' OR c.n = 0)))
    GROUP BY b.source, b.contact_id, b.place
    """


def again_sql(quiet_days: int) -> str:
    """Return the SELECT of when the customer first wrote about it after the date.

    About it means: on its theme, or, where the promise has no theme, in its conversation.
    """
    return f"""
    WITH asked AS (
        SELECT customer_id, conversation_id, theme_id, "at", epoch_us("at") AS us
        FROM messages
        WHERE direction = 'in' AND "at" IS NOT NULL
    ),
    about AS (
        SELECT s.source, s.contact_id, s.place, s.due_us, m.at, m.us
        FROM _said AS s
        JOIN _about AS a ON a.source = s.source AND a.contact_id = s.contact_id
        JOIN asked AS m ON m.customer_id = s.customer_id AND m.theme_id = a.theme_id
        UNION ALL
        SELECT s.source, s.contact_id, s.place, s.due_us, m.at, m.us
        FROM _said AS s
        JOIN _about AS a ON a.source = s.source AND a.contact_id = s.contact_id
        JOIN asked AS m ON m.conversation_id = s.conversation_id
        WHERE a.theme_id IS NULL OR s.customer_id IS NULL
    )
    SELECT source, contact_id, place, min("at") AS again_at
    FROM about
    WHERE us > due_us AND us <= due_us + {quiet_days * DAY_US}
    GROUP BY source, contact_id, place
    """


def commitments_sql(time_zone: str, as_of: str) -> str:
    """Return the SELECT of the commitments as rows of `promises`, each with what became of it.

    ``done_at`` by the date is kept, after it broken. Without it, a customer who wrote again about
    it after the date tells that it was broken; else it is overdue where the data would show it,
    and unknown, with the reason, where it would not. A refund or a delivery would be shown by the
    sources of the customer's orders; where he has none, by that of the message when it has orders,
    else by any.
    """
    key = "{0}.source = s.source AND {0}.contact_id = s.contact_id AND {0}.place = s.place"
    today = local_day_sql(f"CAST({text_sql(as_of)} AS TIMESTAMPTZ)", time_zone)
    return f"""
    WITH holds AS (
        SELECT source, count(CASE WHEN kind = 'refund' THEN 1 END) AS refunds,
            count(delivered_at) AS deliveries
        FROM orders
        GROUP BY source
    ),
    anywhere AS (
        SELECT coalesce(max(refunds), 0) AS refunds, coalesce(max(deliveries), 0) AS deliveries,
            epoch_us(CAST({text_sql(as_of)} AS TIMESTAMPTZ)) AS now_us
        FROM holds
    ),
    theirs AS (
        SELECT k.customer_id, max(h.refunds) AS refunds, max(h.deliveries) AS deliveries
        FROM order_customers AS k
        JOIN (SELECT DISTINCT customer_id FROM _said) AS s ON s.customer_id = k.customer_id
        JOIN holds AS h ON h.source = k.source
        GROUP BY k.customer_id
    ),
    seen AS (
        SELECT s.*, a.theme_id, b.number, b.amount,
            CASE WHEN s.what = 'refund' THEN p.done_at
                WHEN s.what IN ('reply', 'call') THEN r.done_at
                WHEN s.what = 'delivery' AND epoch_us(b.delivered_at) >= s.made_us
                    THEN b.delivered_at END AS done_at,
            g.again_at, e.now_us,
            CASE WHEN s.due_us IS NULL THEN '{UNDATED}'
                WHEN s.what IN ('reply', 'call') THEN NULL
                WHEN s.what NOT IN ('refund', 'delivery') THEN '{UNSEEN}'
                WHEN s.customer_id IS NULL THEN '{NO_CUSTOMER}'
                WHEN s.what = 'refund' AND coalesce(t.refunds, h.refunds, e.refunds) = 0
                    THEN '{NO_REFUNDS}'
                WHEN s.what = 'delivery'
                    AND coalesce(t.deliveries, h.deliveries, e.deliveries) = 0
                    THEN '{NO_DELIVERIES}'
                WHEN s.what = 'delivery' AND b.number IS NULL THEN '{NO_ORDER}'
                WHEN s.what = 'delivery' AND epoch_us(b.delivered_at) < s.made_us
                    THEN '{CAME_BEFORE}' END AS blind
        FROM _said AS s
        CROSS JOIN anywhere AS e
        LEFT JOIN holds AS h ON h.source = s.source
        LEFT JOIN theirs AS t ON t.customer_id = s.customer_id
        LEFT JOIN _about AS a ON a.source = s.source AND a.contact_id = s.contact_id
        LEFT JOIN _order_of AS b ON {key.format("b")}
        LEFT JOIN _paid AS p ON {key.format("p")}
        LEFT JOIN _answered AS r ON {key.format("r")}
        LEFT JOIN _again AS g ON {key.format("g")}
    ),
    judged AS (
        SELECT *,
            CASE WHEN due_us IS NULL THEN 'unknown'
                WHEN epoch_us(done_at) <= due_us THEN 'kept'
                WHEN epoch_us(done_at) > due_us THEN 'broken'
                WHEN due_us >= now_us THEN 'open'
                WHEN again_at IS NOT NULL THEN 'broken'
                WHEN blind IS NOT NULL THEN 'unknown'
                ELSE 'overdue' END AS status
        FROM seen
    )
    SELECT
        substr(md5('commitment{NODE}' || source || '{NODE}' || contact_id || '{NODE}'
            || CAST(place AS VARCHAR)), 1, 20) AS promise_id,
        'commitment' AS kind, what, source, customer_id, number AS order_number, contact_id,
        conversation_id, theme_id, agent_id, words, made_at, due_at,
        CASE WHEN due_us IS NOT NULL THEN done_at END AS kept_at, again_at, status,
        CASE WHEN status = 'unknown' THEN blind
            WHEN status = 'broken' AND done_at IS NOT NULL THEN '{LATE}'
            WHEN status = 'broken' THEN '{AGAIN}'
            WHEN status = 'overdue' THEN '{NOTHING}' END AS reason,
        CASE WHEN status = 'overdue'
                THEN CAST(date_diff('day', {local_day_sql("due_at", time_zone)}, {today}) AS DOUBLE)
            WHEN status IN ('kept', 'broken') AND done_at IS NOT NULL
                THEN CAST(date_diff('day', {local_day_sql("due_at", time_zone)},
                    {local_day_sql("done_at", time_zone)}) AS DOUBLE)
        END AS days_late,
        amount
    FROM judged
    """
