"""SQL of events that two sources tell: candidates, edges, which record stays."""

from __future__ import annotations

import pyarrow as pa

from goodwill.journeys._words import DAY_US, NODE, given_sql
from goodwill.tables import FACTS

_S, _I64, _F64 = pa.string(), pa.int64(), pa.float64()
SAID = pa.schema([("source", _S), ("contact_id", _S), ("us", _I64), ("text", _S)])
TOLD = pa.schema(
    [("source", _S), ("contact_id", _S), ("us", _I64), ("digest", _S), ("words", _I64)]
)
KEYED = pa.schema([("source", _S), ("contact_id", _S), ("us", _I64), ("key", _S)])
PAIRS = pa.schema([("a", _S), ("b", _S), ("evidence", _S), ("text_a", _S), ("text_b", _S)])
SCORED = pa.schema([("a", _S), ("b", _S), ("evidence", _S), ("score", _F64)])
EDGES = SCORED
RANKED = pa.schema([("node", _S), ("component", _S), ("place", _I64)])
SUMS = pa.schema(
    [("source", _S), ("node", _S), ("number", _S), ("side", _S), ("payment", pa.bool_()),
     ("currency", _S), ("total", _I64), ("us", _I64), ("customer_ref", _S)]
)  # fmt: skip

_UNDONE_SQL = "(SELECT * FROM same_event_decisions WHERE decision = 'apart')"
"""What a person took apart, and did not put back."""
_NEAR_US = 3 * DAY_US
_WEEK_US = 7 * DAY_US
_OWN_WORDS = 12
"""Words from which an equal text alone, without a key, is one event."""
_MOST_OF_KEY = 100
"""A key that more contacts or orders have is the company's own, or stands for nobody."""


def no_edges_sql() -> str:
    """Return the SELECT of no edge."""
    return (
        "SELECT source AS a, source AS b, source AS evidence, CAST(0 AS DOUBLE) AS score "
        "FROM contacts WHERE 1 = 0"
    )


def sources_sql(table: str) -> str:
    """Return the SELECT of how many sources a table has."""
    return f"SELECT count(DISTINCT source) AS sources FROM {table}"


def said_sql() -> str:
    """Return the SELECT of what customers wrote, with its time."""
    return """
    SELECT source, contact_id, epoch_us("at") AS us, text
    FROM contacts
    WHERE direction = 'in' AND text IS NOT NULL AND "at" IS NOT NULL
    """


def keyed_sql() -> str:
    """Return the SELECT of the keys of each contact that hold over sources."""
    return f"""
    WITH keys AS (
        SELECT s.source, s.contact_id, s.us, i.kind || ':' || i.value AS key
        FROM _said AS s
        JOIN contacts AS c ON c.source = s.source AND c.contact_id = s.contact_id
        JOIN identities AS i ON i.source = c.source AND i.customer_ref = c.customer_ref
        WHERE i.kind IN ('email', 'phone')
        UNION
        SELECT s.source, s.contact_id, s.us, i.kind || ':' || i.value AS key
        FROM _said AS s
        JOIN identities AS i ON i.source = s.source AND i.contact_id = s.contact_id
        WHERE i.kind IN ('email', 'phone')
        UNION
        SELECT s.source, s.contact_id, s.us,
            'order:' || upper(replace(c.order_id, '#', '')) AS key
        FROM _said AS s
        JOIN contacts AS c ON c.source = s.source AND c.contact_id = s.contact_id
        WHERE {given_sql("c.order_id")}
    ),
    counted AS (SELECT *, count(*) OVER (PARTITION BY source, key) AS holders FROM keys)
    SELECT source, contact_id, us, key FROM counted WHERE holders <= {_MOST_OF_KEY}
    """


def pairs_sql() -> str:
    """Return the SELECT of two contacts that may be one event, with their texts."""
    a, b = _node("x"), _node("y")
    own = f"""
        SELECT *, count(*) OVER (PARTITION BY source, digest) AS times
        FROM _told WHERE words >= {_OWN_WORDS}"""
    return f"""
    WITH own AS (SELECT * FROM ({own}) AS counted WHERE times = 1),
    found AS (
        SELECT x.source AS source_a, x.contact_id AS id_a, y.source AS source_b,
            y.contact_id AS id_b, {a} AS a, {b} AS b,
            min(CASE WHEN substr(x.key, 1, 6) = 'order:' THEN 'order number' ELSE 'customer' END)
                AS evidence
        FROM _keyed AS x
        JOIN _keyed AS y ON y.key = x.key AND x.source < y.source
            AND abs(x.us - y.us) <= {_NEAR_US}
        GROUP BY x.source, x.contact_id, y.source, y.contact_id
    ),
    equal AS (
        SELECT x.source AS source_a, x.contact_id AS id_a, y.source AS source_b,
            y.contact_id AS id_b, {a} AS a, {b} AS b, 'text' AS evidence
        FROM own AS x
        JOIN own AS y ON y.digest = x.digest AND x.source < y.source
            AND abs(x.us - y.us) <= {_NEAR_US}
    ),
    either AS (
        SELECT * FROM found
        UNION ALL
        SELECT e.* FROM equal AS e
        LEFT JOIN found AS f ON f.a = e.a AND f.b = e.b
        WHERE f.a IS NULL
    )
    SELECT p.a, p.b, p.evidence, s.text AS text_a, t.text AS text_b
    FROM either AS p
    JOIN _said AS s ON s.source = p.source_a AND s.contact_id = p.id_a
    JOIN _said AS t ON t.source = p.source_b AND t.contact_id = p.id_b
    """


def _node(row: str) -> str:
    return f"'contact{NODE}' || {row}.source || '{NODE}' || {row}.contact_id"


def contact_edges_sql() -> str:
    """Return the SELECT of the edges so far and those of contacts, less those undone."""
    return f"""
    SELECT * FROM _ties
    UNION ALL
    SELECT s.a, s.b, s.evidence, s.score
    FROM _scored AS s
    LEFT JOIN {_UNDONE_SQL} AS d ON d.same_event_id = {pair_id_sql("s.a", "s.b")}
    WHERE d.same_event_id IS NULL
    """


def sums_sql() -> str:
    """Return the SELECT of each order, payment or refund as a whole, over its lines."""
    return f"""
    SELECT source, 'order{NODE}' || source || '{NODE}' || side || '{NODE}' || own AS node,
        min(named) AS number, side, payment, min(code) AS currency,
        CAST(sum(abs(minor)) AS BIGINT) AS total, min(epoch_us("at")) AS us,
        min(ref) AS customer_ref
    FROM (
        SELECT source, {own_sql("orders")} AS own, {side_sql("kind")} AS side,
            kind = 'payment' AS payment, currency AS code, amount AS minor, "at",
            customer_ref AS ref,
            CASE WHEN {given_sql("order_number")} THEN upper(replace(order_number, '#', ''))
                END AS named
        FROM orders
        WHERE kind IN ('order', 'payment', 'refund', 'cancellation') AND amount IS NOT NULL
            AND "at" IS NOT NULL
    ) AS lines
    GROUP BY source, own, side, payment
    HAVING count(DISTINCT code) = 1 AND sum(abs(minor)) > 0
    """


def own_sql(row: str) -> str:
    """Return what the lines of one order share."""
    return f"coalesce({row}.order_number, {row}.order_id)"


def side_sql(kind: str) -> str:
    """Return which way the money went."""
    return f"CASE WHEN {kind} IN ('order', 'payment') THEN 'paid' ELSE 'back' END"


def order_edges_sql() -> str:
    """Return the SELECT of the edges so far and those of orders, less those undone."""
    return f"""
    WITH keys AS (
        SELECT DISTINCT s.node, i.kind || ':' || i.value AS key
        FROM _sums AS s
        JOIN identities AS i ON i.source = s.source AND i.customer_ref = s.customer_ref
        WHERE i.kind IN ('email', 'phone')
    ),
    shared AS (
        SELECT DISTINCT x.node AS a, y.node AS b
        FROM keys AS x JOIN keys AS y ON y.key = x.key AND x.node < y.node
    ),
    pairs AS (
        SELECT x.node AS a, y.node AS b, 'order number' AS evidence
        FROM _sums AS x
        JOIN _sums AS y ON y.number = x.number AND x.node < y.node AND x.source <> y.source
            AND y.side = x.side AND y.currency = x.currency AND y.total = x.total
            AND abs(y.us - x.us) <= {_WEEK_US}
        LEFT JOIN shared AS k ON k.a = x.node AND k.b = y.node
        WHERE k.a IS NOT NULL OR x.payment <> y.payment
        UNION ALL
        SELECT x.node AS a, y.node AS b, 'customer, day and total' AS evidence
        FROM shared AS k
        JOIN _sums AS x ON x.node = k.a
        JOIN _sums AS y ON y.node = k.b AND y.source <> x.source AND y.side = x.side
            AND y.currency = x.currency AND y.total = x.total
            AND abs(y.us - x.us) <= {DAY_US}
        WHERE x.number IS NULL OR y.number IS NULL OR x.payment <> y.payment
    ),
    best AS (SELECT a, b, max(evidence) AS evidence FROM pairs GROUP BY a, b),
    alone AS (
        SELECT a, b, evidence, count(*) OVER (PARTITION BY a) AS of_a,
            count(*) OVER (PARTITION BY b) AS of_b
        FROM best
    )
    SELECT * FROM _ties
    UNION ALL
    SELECT p.a, p.b, p.evidence, CAST(1 AS DOUBLE) AS score
    FROM alone AS p
    LEFT JOIN {_UNDONE_SQL} AS d ON d.same_event_id = {pair_id_sql("p.a", "p.b")}
    WHERE d.same_event_id IS NULL AND of_a = 1 AND of_b = 1
    """


def ranked_sql() -> str:
    """Return the SELECT of every told record with its place: the first of a group stays.

    A contact in a longer conversation goes first, then the earlier; an order before a payment.
    """
    return f"""
    WITH nodes AS (
        SELECT {_node("c")} AS node, epoch_us(c."at") AS us,
            CASE WHEN {given_sql("c.thread_id")} THEN
                count(*) OVER (PARTITION BY c.source, c.thread_id) ELSE 1 END AS weight
        FROM contacts AS c
        UNION ALL
        SELECT {_order_node("o")} AS node, min(epoch_us(o."at")) AS us,
            max(CASE WHEN o.kind = 'payment' THEN 0 ELSE 1 END) AS weight
        FROM orders AS o
        GROUP BY {_order_node("o")}
    )
    SELECT g.node, g.component, row_number() OVER (
        PARTITION BY g.component ORDER BY n.weight DESC, n.us, g.node) AS place
    FROM _tied AS g
    JOIN nodes AS n ON n.node = g.node
    """


def _order_node(row: str) -> str:
    return (
        f"'order{NODE}' || {row}.source || '{NODE}' || {side_sql(row + '.kind')} || '{NODE}' || "
        f"{own_sql(row)}"
    )


def pair_id_sql(one: str, other: str) -> str:
    """Return the id of two records as one event, whichever of them stays."""
    return f"substr(md5(least({one}, {other}) || '{NODE}' || greatest({one}, {other})), 1, 16)"


def same_event_sql() -> str:
    """Return the SELECT of `same_event`: each other voice, and the record that stays."""
    return f"""
    WITH joined AS (
        SELECT k.node AS kept, r.node AS other, {pair_id_sql("k.node", "r.node")}
            AS same_event_id
        FROM _ranked AS r
        JOIN _ranked AS k ON k.component = r.component AND k.place = 1
        WHERE r.place > 1
    ),
    why AS (
        SELECT node, max(evidence) AS evidence, max(score) AS score
        FROM (SELECT a AS node, evidence, score FROM _ties
              UNION ALL SELECT b AS node, evidence, score FROM _ties) AS ends
        GROUP BY node
    ),
    standing AS (
        SELECT j.* FROM joined AS j
        LEFT JOIN {_UNDONE_SQL} AS d ON d.same_event_id = j.same_event_id
        WHERE d.same_event_id IS NULL
    )
    SELECT s.same_event_id, 'contact' AS kind, c.source, c.contact_id AS id,
        o.source AS other_source, o.contact_id AS other_id, w.evidence, w.score, o."at",
        o.channel, o.public, o.subject, o.text, o.rating, o.rating_scale,
        CAST(NULL AS BIGINT) AS amount, CAST(NULL AS VARCHAR) AS currency
    FROM standing AS s
    JOIN contacts AS c ON {_node("c")} = s.kept
    JOIN contacts AS o ON {_node("o")} = s.other
    JOIN why AS w ON w.node = s.other
    UNION ALL
    SELECT s.same_event_id, CASE WHEN c.side = 'paid' THEN 'order' ELSE 'refund' END AS kind,
        c.source, c.id, o.source AS other_source,
        o.id AS other_id, w.evidence, w.score, o."at", CAST(NULL AS VARCHAR) AS channel,
        FALSE AS public, CAST(NULL AS VARCHAR) AS subject, CAST(NULL AS VARCHAR) AS text,
        CAST(NULL AS DOUBLE) AS rating, CAST(NULL AS VARCHAR) AS rating_scale, o.amount,
        o.currency
    FROM standing AS s
    JOIN ({_wholes()}) AS c ON c.node = s.kept
    JOIN ({_wholes()}) AS o ON o.node = s.other
    JOIN why AS w ON w.node = s.other
    """


def _wholes() -> str:
    return f"""
        SELECT {_order_node("w")} AS node, {side_sql("w.kind")} AS side, w.source,
            {own_sql("w")} AS id, min(w."at") AS "at",
            CAST(sum(w.amount) AS BIGINT) AS amount, min(w.currency) AS currency
        FROM orders AS w
        GROUP BY {_order_node("w")}, {side_sql("w.kind")}, w.source, {own_sql("w")}
    """


def kept_sql(table: str) -> str:
    """Return the SELECT of a fact table without the other voices of an event.

    The record that stays is public when any voice is, and has the rating of one that has.
    """
    names = FACTS[table].schema.names
    if table == "orders":
        columns = ", ".join(f'o."{name}"' for name in names)
        return f"""
        SELECT {columns} FROM orders AS o
        LEFT JOIN (
            SELECT DISTINCT other_source, other_id,
                CASE WHEN kind = 'order' THEN 'paid' ELSE 'back' END AS side
            FROM same_event
            WHERE kind <> 'contact'
        ) AS e
            ON e.other_source = o.source AND e.other_id = {own_sql("o")}
            AND e.side = {side_sql("o.kind")}
        WHERE e.other_id IS NULL
        """
    gained = {
        "public": "coalesce(c.public OR v.public, c.public)",
        "rating": "coalesce(c.rating, v.rating)",
        "rating_scale": "CASE WHEN c.rating IS NULL THEN coalesce(v.rating_scale, "
        "c.rating_scale) ELSE c.rating_scale END",
    }
    columns = ", ".join(gained.get(name, f'c."{name}"') + f' AS "{name}"' for name in names)
    return f"""
    SELECT {columns} FROM contacts AS c
    LEFT JOIN (SELECT DISTINCT other_source, other_id FROM same_event WHERE kind = 'contact') AS e
        ON e.other_source = c.source AND e.other_id = c.contact_id
    LEFT JOIN (
        SELECT source, id, bool_or(public) AS public, max(rating) AS rating,
            max(rating_scale) AS rating_scale
        FROM same_event WHERE kind = 'contact' GROUP BY source, id
    ) AS v ON v.source = c.source AND v.id = c.contact_id
    WHERE e.other_id IS NULL
    """
