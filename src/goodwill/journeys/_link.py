"""The first step: which contacts are one conversation, and which customer each is of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import pyarrow as pa

from goodwill.engine import Engine
from goodwill.journeys._identities import RESOLVED, Pair, resolve_keys
from goodwill.journeys._orders_sql import (
    lines_sql,
    order_numbers_sql,
    ours_sql,
    split_orders_sql,
)
from goodwill.journeys._words import NODE, given_sql
from goodwill.tables import DERIVED, FACTS

CONTACT_CUSTOMERS = pa.schema(
    [("source", pa.string()), ("contact_id", pa.string()), ("customer_id", pa.string())]
)
ORDER_CUSTOMERS = pa.schema(
    [("source", pa.string()), ("order_id", pa.string()), ("customer_id", pa.string())]
)
ORDER_NUMBERS = pa.schema(
    [("n", pa.int64()), ("source", pa.string()), ("number", pa.string()),
     ("order_id", pa.string()), ("whole", pa.bool_()), ("customer_id", pa.string()),
     ("first_us", pa.int64()), ("last_us", pa.int64()), ("promised_us", pa.int64()),
     ("delivered_us", pa.int64()), ("amount", pa.int64())]
)  # fmt: skip
SPLIT_ORDERS = pa.schema(
    [FACTS["orders"].schema.field(name) for name in (
        "source", "order_id", "order_number", "customer_ref", "at", "kind", "amount", "currency",
        "promised_at", "delivered_at", "status", "related_order_id")]
)  # fmt: skip


REFS = pa.schema(
    [("ref_id", pa.string()), ("customer_id", pa.string()), ("head_source", pa.string()),
     ("head_ref", pa.string())]
)  # fmt: skip


def link(
    engine: Engine,
    *,
    undo: Iterable[Pair] = (),
    same: Iterable[Pair] = (),
    shared_keys: Sequence[str] = ("email", "phone"),
    currency: str | None = None,
    folder: Path | None = None,
) -> None:
    """Make conversations, customer_refs, contact_customers, order_customers and customers.

    It leaves order_numbers and split_orders too, which `follow` and `find_processes` need.

    A conversation is a thread where the source names one, else all contacts that reply ids join.
    A customer is all references that their keys join (`resolve_keys`), called
    ``source:customer_ref`` of the least of them. Who wrote is known

    - by the contact's own ``customer_ref``;
    - else by the order that the contact names, when all orders of that number in the source are
      of one customer;
    - for a message *to* a customer, else by its conversation, when every inbound contact in it is
      of one known customer.

    Any other contact has no customer and no row in contact_customers.

    Args:
        engine: Holds contacts, orders, threads and identities.
        undo: Pairs of (source, customer_ref) that a person took apart; they stay apart.
        same: Pairs that a person said are one customer.
        shared_keys: Kinds of keys that mean the same in every source.
        currency: Only money in it is summed; lines without a currency are taken to be in it.
    """
    same = list(same)
    if same or int(engine.scalar("SELECT count(*) FROM identities")):
        resolve_keys(engine, undo=undo, same=same, global_kinds=shared_keys, folder=folder)
    else:
        engine.load("resolved", RESOLVED.empty_table())
    engine.save("customer_refs", customer_refs_sql(), DERIVED["customer_refs"].schema)
    engine.save("_refs", refs_sql(), REFS)
    engine.drop("resolved")
    engine.components("_joined", reply_edges_sql())
    engine.save("conversations", conversations_sql(), DERIVED["conversations"].schema)
    engine.save("_writers", writers_sql(), CONTACT_CUSTOMERS)
    engine.save("contact_customers", contact_customers_sql(), CONTACT_CUSTOMERS)
    engine.drop("_joined", "_writers")
    engine.save("order_numbers", lines_sql(currency), ORDER_NUMBERS)
    engine.save("order_customers", order_customers_sql(), ORDER_CUSTOMERS)
    if int(engine.scalar("SELECT count(order_id) FROM order_numbers")):
        engine.save("order_numbers", order_numbers_sql(), ORDER_NUMBERS)
    engine.save("split_orders", split_orders_sql(SPLIT_ORDERS.names), SPLIT_ORDERS)
    engine.save("customers", customers_sql(currency), DERIVED["customers"].schema)
    engine.drop("_refs")


def customer_refs_sql() -> str:
    """Return the SELECT of the references that share their customer with another."""
    return """
    SELECT r.customer_id, r.source, r.customer_ref, r.evidence
    FROM resolved AS r
    JOIN (
        SELECT customer_id FROM resolved GROUP BY customer_id HAVING count(*) > 1
    ) AS joined ON joined.customer_id = r.customer_id
    """


def refs_sql() -> str:
    """Return the SELECT of which customer a joined reference is of, and his least reference."""
    return """
    WITH heads AS (
        SELECT customer_id, source AS head_source, customer_ref AS head_ref
        FROM customer_refs
        WHERE source || ':' || customer_ref = customer_id
    )
    SELECT r.source || ':' || r.customer_ref AS ref_id, r.customer_id, h.head_source, h.head_ref
    FROM customer_refs AS r
    JOIN heads AS h ON h.customer_id = r.customer_id
    """


def reply_edges_sql() -> str:
    """Return the SELECT of the pairs of messages that one contact's reply ids name.

    An id of ``answer_ids`` is a company message, mostly one that we do not hold. It joins all the
    same: the customer's next contact names it as its ``reply_to_id``.
    """
    return f"""
    SELECT source || '{NODE}' || contact_id AS a, source || '{NODE}' || trim(reply_to_id) AS b
    FROM contacts
    WHERE {given_sql("reply_to_id")}
    UNION ALL
    SELECT a, source || '{NODE}' || trim(answer) AS b
    FROM (
        SELECT source, source || '{NODE}' || contact_id AS a,
            unnest(string_split(answer_ids, ',')) AS answer
        FROM contacts
        WHERE answer_ids IS NOT NULL
    ) AS answers
    WHERE {given_sql("answer")}
    """


def conversations_sql() -> str:
    """Return the SELECT of `conversations`; needs the components of the replies as ``_joined``.

    The id of a conversation without a thread is the least contact id held in it. A contact
    without a thread belongs to the thread that its replies lead to, when they lead to one only.
    """
    return f"""
    WITH parts AS (
        SELECT c.source, c.contact_id, CASE WHEN {given_sql("c.thread_id")} THEN c.thread_id END
            AS thread_id, j.component
        FROM contacts AS c
        LEFT JOIN _joined AS j ON j.node = c.source || '{NODE}' || c.contact_id
    ),
    wholes AS (
        SELECT component, min(contact_id) AS least_id, min(thread_id) AS first_thread,
            max(thread_id) AS last_thread
        FROM parts
        WHERE component IS NOT NULL
        GROUP BY component
    )
    SELECT p.source, p.contact_id,
        CASE WHEN p.thread_id IS NOT NULL THEN p.source || ':thread:' || p.thread_id
            WHEN w.first_thread = w.last_thread THEN p.source || ':thread:' || w.first_thread
            ELSE p.source || ':contact:' || coalesce(w.least_id, p.contact_id)
        END AS conversation_id
    FROM parts AS p
    LEFT JOIN wholes AS w ON w.component = p.component
    """


def writers_sql() -> str:
    """Return the SELECT of the contacts whose customer is known by himself or by an order."""
    return f"""
    WITH quoted AS (
        SELECT source, contact_id, order_id AS number
        FROM contacts
        WHERE NOT ({given_sql("customer_ref")}) AND {given_sql("order_id")}
    ),
    numbers AS (SELECT DISTINCT source, number FROM quoted),
    buyers AS (
        SELECT n.source, n.number, o.customer_ref
        FROM numbers AS n
        JOIN orders AS o ON o.source = n.source
            AND ltrim(o.order_number, '#') = ltrim(n.number, '#')
        WHERE {given_sql("o.customer_ref")}
        UNION
        SELECT n.source, n.number, o.customer_ref
        FROM numbers AS n
        JOIN orders AS o ON o.source = n.source AND o.order_id = n.number
        WHERE {given_sql("o.customer_ref")}
    ),
    sure AS (
        SELECT source, number, min(customer_ref) AS customer_ref
        FROM buyers
        GROUP BY source, number
        HAVING count(*) = 1
    )
    SELECT w.source, w.contact_id, coalesce(r.customer_id, w.ref_id) AS customer_id
    FROM (
        SELECT source, contact_id, source || ':' || customer_ref AS ref_id
        FROM contacts
        WHERE {given_sql("customer_ref")}
        UNION ALL
        SELECT q.source, q.contact_id, q.source || ':' || s.customer_ref AS ref_id
        FROM quoted AS q
        JOIN sure AS s ON s.source = q.source AND s.number = q.number
    ) AS w
    LEFT JOIN _refs AS r ON r.ref_id = w.ref_id
    """


def contact_customers_sql() -> str:
    """Return the SELECT of `contact_customers`: the writers, and whom the company wrote to."""
    return """
    WITH known AS (
        SELECT c.source, c.contact_id, c.direction, v.conversation_id, w.customer_id
        FROM contacts AS c
        JOIN conversations AS v ON v.source = c.source AND v.contact_id = c.contact_id
        LEFT JOIN _writers AS w ON w.source = c.source AND w.contact_id = c.contact_id
    ),
    alone AS (
        SELECT conversation_id, min(customer_id) AS only_customer
        FROM known
        WHERE direction = 'in'
        GROUP BY conversation_id
        HAVING count(customer_id) = count(*) AND min(customer_id) = max(customer_id)
    )
    SELECT k.source, k.contact_id, coalesce(k.customer_id, a.only_customer) AS customer_id
    FROM known AS k
    LEFT JOIN alone AS a ON a.conversation_id = k.conversation_id
        AND k.direction IN ('out', 'internal')
    WHERE coalesce(k.customer_id, a.only_customer) IS NOT NULL
    """


def order_customers_sql() -> str:
    """Return the SELECT of `order_customers`; needs ``order_numbers`` line by line.

    What is given back of a payment is left out, as the payment itself is no order: the order that
    it pays tells of both.
    """
    return f"""
    SELECT source, coalesce(order_id, number) AS order_id, customer_id
    FROM order_numbers
    WHERE customer_id IS NOT NULL
    UNION ALL
    SELECT source, order_id, customer_id FROM ({_others_sql("")}) AS owned
    """


def _others_sql(columns: str) -> str:
    """Return the SELECT of what a known customer has in `orders` that is of no kind order.

    Args:
        columns: More columns of ``orders AS o``, each with a comma before it.
    """
    owned = f"""
    SELECT o.source, o.order_id,
        coalesce(r.customer_id, o.source || ':' || o.customer_ref) AS customer_id{columns}
    FROM orders AS o
    LEFT JOIN customer_refs AS r ON r.source = o.source AND r.customer_ref = o.customer_ref
    WHERE {given_sql("o.customer_ref")}"""
    # Refunds apart: few orders are one, and the others need not be looked for.
    return f"""{owned} AND o.kind NOT IN ('order', 'refund')
    UNION ALL
    {owned} AND o.kind = 'refund' AND NOT EXISTS (
        SELECT 1 FROM orders AS p WHERE p.source = o.source AND p.order_id = o.related_order_id
            AND p.kind = 'payment')
    """


def customers_sql(currency: str | None = None) -> str:
    """Return the SELECT of `customers`.

    ``contacts`` are inbound; ``orders`` are distinct order numbers of kind order; ``revenue`` is
    the orders' amount less what was refunded or cancelled, of money in ``currency`` (None: all).
    """
    ours = ours_sql(currency, "o.currency")
    line = f""", o.at, o.kind, CASE WHEN o.kind = 'order' THEN coalesce(o.order_number, o.order_id)
            END AS number, CASE WHEN NOT ({ours}) THEN NULL
                WHEN o.kind = 'order' THEN o.amount
                WHEN o.kind IN ('refund', 'cancellation') THEN -abs(o.amount) END AS amount"""
    others = _others_sql(line)
    split = f"""
        SELECT o.source, o.order_id,
            coalesce(r.customer_id, o.source || ':' || o.customer_ref) AS customer_id{line}
        FROM split_orders AS o
        LEFT JOIN _refs AS r ON r.ref_id = o.source || ':' || o.customer_ref
        WHERE {given_sql("o.customer_ref")}"""
    return f"""
    WITH bought AS (
        SELECT customer_id, source, make_timestamptz(min(first_us)) AS first_at,
            make_timestamptz(max(last_us)) AS last_at, CAST(sum(amount) AS BIGINT) AS amount,
            count(*) AS orders
        FROM order_numbers WHERE whole
        GROUP BY customer_id, source
        UNION ALL
        SELECT customer_id, source, min("at") AS first_at, max("at") AS last_at,
            CAST(sum(amount) AS BIGINT) AS amount, max(CASE WHEN kind = 'order' THEN 1 ELSE 0 END)
                AS orders
        FROM ({others} UNION ALL {split}) AS owned
        GROUP BY customer_id, source, number
    ),
    seen AS (
        SELECT k.customer_id, k.source, min(c.at) AS first_at, max(c.at) AS last_at,
            count(CASE WHEN c.direction = 'in' THEN 1 END) AS contacts, 0 AS orders,
            CAST(NULL AS BIGINT) AS amount
        FROM contact_customers AS k
        JOIN contacts AS c ON c.source = k.source AND c.contact_id = k.contact_id
        GROUP BY k.customer_id, k.source
        UNION ALL
        SELECT customer_id, source, min(first_at) AS first_at, max(last_at) AS last_at,
            0 AS contacts, sum(orders) AS orders, sum(amount) AS amount
        FROM bought
        GROUP BY customer_id, source
        UNION ALL
        SELECT coalesce(r.customer_id, t.source || ':' || t.customer_ref) AS customer_id, t.source,
            t.opened_at AS first_at, coalesce(t.closed_at, t.solved_at, t.opened_at) AS last_at,
            0 AS contacts, 0 AS orders, CAST(NULL AS BIGINT) AS amount
        FROM threads AS t
        LEFT JOIN _refs AS r ON r.ref_id = t.source || ':' || t.customer_ref
        WHERE {given_sql("t.customer_ref")}
    ),
    named AS (
        SELECT s.*, h.head_source, h.head_ref
        FROM seen AS s
        LEFT JOIN (SELECT DISTINCT customer_id, head_source, head_ref FROM _refs) AS h
            ON h.customer_id = s.customer_id
    )
    SELECT customer_id, coalesce(min(head_source), min(source)) AS source,
        coalesce(min(head_ref), substr(customer_id, length(min(source)) + 2)) AS customer_ref,
        min(first_at) AS first_at, max(last_at) AS last_at,
        CAST(sum(contacts) AS BIGINT) AS contacts, CAST(sum(orders) AS BIGINT) AS orders,
        CAST(coalesce(sum(amount), 0) AS BIGINT) AS revenue
    FROM named
    GROUP BY customer_id
    """
