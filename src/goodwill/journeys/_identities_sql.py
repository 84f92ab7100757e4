"""SQL of identities: which keys join, which are held back, and what a merge rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from goodwill.journeys._words import NODE, given_sql
from goodwill.literals import text_sql

KINDS = ("email", "phone", "account", "external", "order", "handle")
STRONG = ("email", "account", "external")
"""One such key is enough, where no guard holds it back."""

WEAK = ("phone", "order", "handle")
"""Such a key joins nobody against different mails or accounts."""

ROLES = (
    "abuse", "accounting", "accounts", "admin", "administracion", "administration", "atencion",
    "atendimento", "billing", "bookings", "buchhaltung", "care", "clientes", "comercial", "compras",
    "contact", "contacto", "contato", "customercare", "customerservice", "do-not-reply",
    "donotreply", "einkauf", "enquiries", "facturacion", "feedback", "finance", "financeiro",
    "general", "geral", "hello", "help", "helpdesk", "hola", "hotel", "hr", "info", "informacion",
    "inquiries", "invoices", "kontakt", "kundenservice", "mail", "mailer-daemon", "marketing",
    "newsletter", "no-reply", "no_reply", "noreply", "notifications", "office", "oficina",
    "orders", "pedidos", "postmaster", "privacy", "purchasing", "reception", "recepcion",
    "reservas", "reservations", "returns", "sales", "secretaria", "service", "shop", "soporte",
    "spam", "suporte", "support", "team", "tienda", "undisclosed", "vendas", "ventas", "webmaster",
)  # fmt: skip
"""Local parts of addresses that belong to a role, not to a person."""


def keys_sql(global_kinds: Sequence[str], accounts: bool, identities: str = "identities") -> str:
    """Return the SELECT of the distinct keys of ``identities``, in one spelling.

    A key of a kind that is not global is scoped by its source. ``role`` says that a readable
    address is of a role; in a hash it cannot be seen.
    """
    everywhere = ", ".join(map(text_sql, global_kinds)) or "''"
    digits = "value"
    for sign in (" ", "-", "(", ")", ".", "/"):
        digits = f"replace({digits}, {text_sql(sign)}, '')"
    person = "split_part(split_part(value, '@', 1), '+', 1)"
    more = f"""
        UNION ALL
        SELECT source, customer_ref, 'account' AS kind, trim(account_ref) AS value
        FROM {identities} WHERE {given_sql("account_ref")}
    """
    return f"""
    WITH given AS (
        SELECT source, customer_ref, lower(trim(kind)) AS kind,
            CASE WHEN lower(trim(kind)) IN ('email', 'handle') THEN lower(trim(value))
                ELSE trim(value) END AS value
        FROM {identities} WHERE {given_sql("value")}
        {more if accounts else ""}
    ),
    spelled AS (
        SELECT source, source || '{NODE}' || customer_ref AS node, kind,
            CASE WHEN kind = 'phone' THEN {digits} ELSE value END AS value
        FROM given
        WHERE {given_sql("customer_ref")} AND {given_sql("source")}
    )
    SELECT DISTINCT source, node, kind,
        kind || '{NODE}' || CASE WHEN kind IN ({everywhere}) THEN '' ELSE source END
            || '{NODE}' || value AS key,
        value,
        CASE WHEN kind = 'email' AND strpos(value, '@') > 0
            THEN {person} IN ({", ".join(map(text_sql, ROLES))}) ELSE FALSE END AS role
    FROM spelled
    WHERE kind IN ({", ".join(map(text_sql, KINDS))}) AND value <> ''
    """


def people_sql(identities: str = "identities") -> str:
    """Return the SELECT of every customer_ref, with or without a key, those in ``_said`` too."""
    said = " UNION ALL ".join(
        f"SELECT split_part({node}, '{NODE}', 1) AS source, "
        f"split_part({node}, '{NODE}', 2) AS customer_ref FROM _said"
        for node in ("a", "b")
    )
    return f"""
    SELECT DISTINCT source, customer_ref, source || '{NODE}' || customer_ref AS node
    FROM (SELECT source, customer_ref FROM {identities} UNION ALL {said}) AS known
    WHERE {given_sql("customer_ref")} AND {given_sql("source")}
    """


def usage_sql() -> str:
    """Return the SELECT of how many keys of each kind are used by how many refs."""
    return """
    SELECT kind, refs, count(*) AS keys
    FROM (SELECT kind, key, count(DISTINCT node) AS refs FROM _keys WHERE NOT role
          GROUP BY kind, key) AS used
    GROUP BY kind, refs
    """


def held_sql(most_refs: Mapping[str, int]) -> str:
    """Return the SELECT of the keys that join nobody: roles, and those of too many refs."""
    many = " ".join(f"WHEN {text_sql(kind)} THEN {int(most)}" for kind, most in most_refs.items())
    return f"""
    SELECT key FROM _keys WHERE role
    UNION
    SELECT key FROM _keys GROUP BY kind, key
    HAVING count(DISTINCT node) > CASE kind {many} ELSE 0 END
    """


def many_sql() -> str:
    """Return the SELECT of the keys that are held back for too many refs alone."""
    return """
    SELECT h.key FROM _held AS h
    LEFT JOIN (SELECT DISTINCT key FROM _keys WHERE role) AS r ON r.key = h.key
    WHERE r.key IS NULL
    """


def usable_sql() -> str:
    """Return the SELECT of the keys that are not held back."""
    return """
    SELECT k.source, k.node, k.kind, k.key, k.value
    FROM _keys AS k LEFT JOIN _held AS h ON h.key = k.key
    WHERE h.key IS NULL
    """


def mailboxes_sql() -> str:
    """Return the SELECT of shared mailboxes.

    One source holds several refs under the mail, and these have phones (or accounts), each its
    own: they are people who read one mailbox.
    """
    return """
    WITH marks AS (
        SELECT m.key AS mail, m.source, m.node, o.kind, o.key AS mark
        FROM _usable AS m
        JOIN _usable AS o ON o.node = m.node AND o.kind IN ('phone', 'account')
        WHERE m.kind = 'email'
    ),
    shared AS (
        SELECT mail, source, kind, mark, count(DISTINCT node) AS refs
        FROM marks GROUP BY mail, source, kind, mark
    ),
    alike AS (SELECT mail, source, kind, max(refs) AS most FROM shared GROUP BY mail, source, kind),
    counted AS (
        SELECT mail, source, kind, count(DISTINCT node) AS marked
        FROM marks GROUP BY mail, source, kind
    )
    SELECT DISTINCT c.mail AS key
    FROM counted AS c
    JOIN alike AS a ON a.mail = c.mail AND a.source = c.source AND a.kind = c.kind
    WHERE c.marked > 1 AND a.most = 1
    """


def similar_sql() -> str:
    """Return the SELECT of refs that share a phone or an order and whose mails differ by a letter.

    Only readable mails can be compared. Short ones are not, nor a difference in digits alone:
    ``jo@`` and ``ana2@`` may well be the sister.
    """
    plain = "translate({0}, '0123456789', '')"
    return f"""
    WITH mails AS (
        SELECT node, value FROM _usable
        WHERE kind = 'email' AND strpos(value, '@') > 6
    )
    SELECT DISTINCT x.node AS a, y.node AS b
    FROM _usable AS p
    JOIN _usable AS q ON q.key = p.key AND p.node < q.node
    JOIN mails AS x ON x.node = p.node
    JOIN mails AS y ON y.node = q.node
    WHERE p.kind IN ('phone', 'order') AND levenshtein(x.value, y.value) = 1
        AND levenshtein({plain.format("x.value")}, {plain.format("y.value")}) = 1
    """


def strong_sql() -> str:
    """Return the SELECT of the edges that strong keys and similar mails make."""
    return f"""
    WITH first AS (
        SELECT u.key, min(u.node) AS a
        FROM _usable AS u LEFT JOIN _mailboxes AS m ON m.key = u.key
        WHERE u.kind IN ({", ".join(map(text_sql, STRONG))}) AND m.key IS NULL
        GROUP BY u.key
    )
    SELECT f.a, u.node AS b, 1 AS strength FROM first AS f JOIN _usable AS u ON u.key = f.key
    WHERE f.a < u.node
    UNION
    SELECT a, b, 2 AS strength FROM _similar
    """


def graph_sql(*tables: str) -> str:
    """Return the SELECT of every ref as its own node, and of the edges of these tables."""
    edges = "".join(f" UNION ALL SELECT a, b FROM {table}" for table in tables)
    return f"SELECT node AS a, node AS b FROM _people{edges}"


def anchors_sql(group: str) -> str:
    """Return the SELECT of what holds a group apart: its mail, and its account in each source.

    Two groups with the same anchor have different mails, or different accounts of one source.
    """
    return f"""
    SELECT DISTINCT g.component AS part,
        CASE WHEN u.kind = 'email' THEN 'mail' ELSE 'account{NODE}' || u.source END AS anchor
    FROM {group} AS g JOIN _usable AS u ON u.node = g.node
    WHERE u.kind IN ('email', 'account')
    """


def apart_sql(group: str) -> str:
    """Return the SELECT of the weak keys that are shared by groups which stay apart."""
    return f"""
    SELECT DISTINCT key FROM (
        SELECT u.key, a.anchor
        FROM _usable AS u
        JOIN {group} AS g ON g.node = u.node
        JOIN _anchors AS a ON a.part = g.component
        WHERE u.kind IN ({", ".join(map(text_sql, WEAK))})
        GROUP BY u.key, a.anchor
        HAVING count(DISTINCT g.component) > 1
    ) AS torn
    """


def double_sql() -> str:
    """Return the SELECT of the edges between groups that share a phone and an order."""
    return """
    WITH shared AS (
        SELECT DISTINCT g.component AS part, u.kind, u.key
        FROM _usable AS u JOIN _strong AS g ON g.node = u.node
        WHERE u.kind IN ('phone', 'order')
    ),
    pairs AS (
        SELECT p.part AS a, q.part AS b, p.kind
        FROM shared AS p JOIN shared AS q ON q.key = p.key AND p.part < q.part
    )
    SELECT a, b, 3 AS strength FROM pairs GROUP BY a, b HAVING count(DISTINCT kind) > 1
    """


def weak_sql() -> str:
    """Return the SELECT of the edges that weak keys make where nothing speaks against them.

    A handle joins no group that has an account: anybody can take a name that looks like another's.
    """
    return f"""
    WITH joining AS (
        SELECT u.key, u.node, g.component
        FROM _usable AS u
        JOIN _groups AS g ON g.node = u.node
        LEFT JOIN _apart AS t ON t.key = u.key
        LEFT JOIN (SELECT DISTINCT part FROM _anchors WHERE anchor <> 'mail') AS a
            ON a.part = g.component
        WHERE u.kind IN ({", ".join(map(text_sql, WEAK))}) AND t.key IS NULL
            AND (u.kind <> 'handle' OR a.part IS NULL)
    ),
    first AS (SELECT key, min(node) AS a FROM joining GROUP BY key)
    SELECT DISTINCT f.a, j.node AS b, 4 AS strength
    FROM first AS f JOIN joining AS j ON j.key = f.key WHERE f.a < j.node
    """


def torn_sql() -> str:
    """Return the SELECT of the wholes in which weak keys joined groups that stay apart."""
    return """
    SELECT DISTINCT whole FROM (
        SELECT w.component AS whole, a.anchor
        FROM _wholes AS w
        JOIN _groups AS g ON g.node = w.node
        JOIN _anchors AS a ON a.part = g.component
        GROUP BY w.component, a.anchor
        HAVING count(DISTINCT g.component) > 1
    ) AS torn
    """


def edges_sql() -> str:
    """Return the SELECT of all edges that hold: in a torn whole, the weak ones do not.

    What a person said (``_said``) comes before all keys, and tears nothing.
    """
    return """
    SELECT a, b, strength FROM _strong_edges
    UNION ALL SELECT a, b, strength FROM _double_edges
    UNION ALL
    SELECT e.a, e.b, e.strength FROM _weak_edges AS e
    JOIN _wholes AS w ON w.node = e.a
    LEFT JOIN _torn AS t ON t.whole = w.component
    WHERE t.whole IS NULL
    UNION ALL
    SELECT s.a, s.b, 0 AS strength FROM _said AS s
    JOIN _people AS p ON p.node = s.a JOIN _people AS q ON q.node = s.b
    """


def clusters_sql() -> str:
    """Return the SELECT of every ref as its own node, and of edges that make its cluster."""
    return """
    SELECT node AS a, node AS b FROM _people
    UNION ALL SELECT a, b FROM _said
    UNION ALL
    SELECT f.a, u.node AS b
    FROM (SELECT key, min(node) AS a FROM _usable GROUP BY key) AS f
    JOIN _usable AS u ON u.key = f.key
    WHERE f.a < u.node
    """


def customers_sql() -> str:
    """Return the SELECT of ``resolved`` with the node and the cluster of every ref."""
    return """
    SELECT p.source, p.customer_ref, p.node, r.customer_id, r.evidence, c.component AS cluster
    FROM _people AS p
    JOIN resolved AS r ON r.source = p.source AND r.customer_ref = p.customer_ref
    JOIN _clusters AS c ON c.node = p.node
    """


def resolved_sql(any_source: bool = False) -> str:
    """Return the SELECT of the result; ``_found`` has the component of every ref.

    Args:
        any_source: Write a colon in the name of a source as ``%3A``: ``b:c`` of source ``a`` and
            ``c`` of source ``a:b`` are two.
    """
    customer_id = f"replace(f.component, '{NODE}', ':')"
    if any_source:
        source, ref = (f"split_part(f.component, '{NODE}', {part})" for part in (1, 2))
        customer_id = f"replace(replace({source}, '%', '%25'), ':', '%3A') || ':' || {ref}"
    kinds = ("email", "similar email", *KINDS[1:], "said by a person")
    sums = ", ".join(
        f"count(DISTINCT CASE WHEN kind = {text_sql(kind)} THEN other END) AS n{n}"
        for n, kind in enumerate(kinds)
    )
    words = ", ".join(
        f"CASE WHEN s.n{n} > 0 THEN {text_sql(kind + ' ')} || CAST(s.n{n} AS VARCHAR) END"
        for n, kind in enumerate(kinds)
    )
    return f"""
    WITH links AS (
        SELECT x.node, x.kind, y.node AS other
        FROM _usable AS x JOIN _usable AS y ON y.key = x.key AND y.node <> x.node
        UNION SELECT a AS node, 'similar email' AS kind, b AS other FROM _similar
        UNION SELECT b AS node, 'similar email' AS kind, a AS other FROM _similar
        UNION SELECT a AS node, 'said by a person' AS kind, b AS other FROM _said
        UNION SELECT b AS node, 'said by a person' AS kind, a AS other FROM _said
    ),
    shared AS (
        SELECT l.node, {sums}
        FROM links AS l
        JOIN _found AS f ON f.node = l.node
        JOIN _found AS o ON o.node = l.other AND o.component = f.component
        GROUP BY l.node
    )
    SELECT p.source, p.customer_ref, {customer_id} AS customer_id,
        nullif(concat_ws(', ', {words}), '') AS evidence
    FROM _people AS p
    JOIN _found AS f ON f.node = p.node
    LEFT JOIN shared AS s ON s.node = p.node
    """
