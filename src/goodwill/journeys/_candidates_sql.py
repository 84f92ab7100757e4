"""SQL of candidates: which pairs of customers are looked at, and how often likeness is chance."""

from __future__ import annotations

from dataclasses import dataclass

from goodwill.literals import text_sql

MOST_IN_BLOCK = 40
"""A trait that more customers have is no reason to compare them."""
_SAMPLE = 200_000
"""So many pairs of neighbours in a shuffled order tell how often names share words by chance."""


@dataclass(frozen=True, slots=True)
class Level:
    """One way in which two customers are alike, or not.

    Attributes:
        name: Of the column that marks it in ``_pairs``; empty where pairs are not looked up by it.
        sql: Its condition on two rows of ``_people``, ``l`` and ``r``.
        m: How likely two records of one customer look like this. Stated, not learned: no Book
            holds enough pairs whose truth is known.
        words: As the evidence tells it.
    """

    name: str
    sql: str
    m: float
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What is compared: the column that must not be empty on either side, and its levels."""

    name: str
    present: str
    levels: tuple[Level, ...]
    against: str
    """The evidence where no level fits."""
    more: str = ""
    """A column of which at least one side must hold something."""

    @property
    def known_sql(self) -> str:
        """The condition that ``l`` and ``r`` can be compared by it."""
        more = f" AND len(l.{self.more}) + len(r.{self.more}) > 0" if self.more else ""
        return f"len(l.{self.present}) > 0 AND len(r.{self.present}) > 0{more}"


def _any(column: str) -> str:
    return f"list_has_any(l.{column}, r.{column})"


COMPARISONS = (
    Comparison("name", "parts", (
        Level("name", "l.name = r.name", 0.70, "same name"),
        Level("name_slip", _any("name_slips"), 0.08, "names one slip apart"),
        Level("", "list_has_all(l.parts, r.parts) OR list_has_all(r.parts, l.parts)", 0.12,
              "one name within the other"),
        Level("", _any("parts"), 0.04, "names share a word"),
    ), "other names"),
    Comparison("mail", "emails", (
        Level("email", _any("emails"), 0.10, "same mail, which several share"),
        Level("mail", _any("mails"), 0.25, "mails alike but for the domain"),
        Level("mail_slip", _any("mail_slips"), 0.35, "mails one slip apart"),
    ), "other mails"),
    Comparison("phone", "phones", (
        Level("phone", _any("phones"), 0.45, "same phone, which several share"),
        Level("phone_slip", _any("phone_slips"), 0.25, "phones one digit apart"),
    ), "other phones"),
    Comparison("handle", "aliases", (
        Level("handle", "list_has_any(l.handles, r.aliases) OR list_has_any(r.handles, l.aliases)",
              0.60, "a handle like the other's name or mail"),
    ), "other handles", "handles"),
    Comparison("order", "orders", (
        Level("order", _any("orders"), 0.60, "same order number"),
    ), "other orders"),
    Comparison("place", "places", (
        Level("", _any("places"), 0.85, "same region"),
    ), "other regions"),
)  # fmt: skip
BLOCKED = tuple(level.name for each in COMPARISONS for level in each.levels if level.name)
_LISTS = {
    "name_slips": "name_slip", "parts": "name_part", "emails": "email",
    "mails": "mail", "mail_slips": "mail_slip", "phones": "phone", "phone_slips": "phone_slip",
    "orders": "order", "aliases": "handle", "places": "place",
}  # fmt: skip


def traits_sql() -> str:
    """Return the SELECT of the traits by number of customer; ``own`` is a handle, not made up.

    A handle that the names or mails of several others would make points at none of them.
    """
    return """
    WITH held AS (
        SELECT n.number, CASE t.kind WHEN 'alias' THEN 'handle' ELSE t.kind END AS kind,
            hash(t.value) AS value, t.kind = 'handle' AS handle
        FROM traits AS t
        LEFT JOIN refs AS r ON r.source = t.source AND r.customer_ref = t.customer_ref
        JOIN _numbers AS n
            ON n.customer_id = coalesce(r.customer_id, t.source || ':' || t.customer_ref)
        UNION ALL
        SELECT n.number, 'place' AS kind, hash(p.place) AS value, FALSE AS handle
        FROM places AS p JOIN _numbers AS n ON n.customer_id = p.customer_id
    )
    SELECT number, kind, value, own
    FROM (
        SELECT number, kind, value, bool_or(handle) AS own,
            count(*) OVER (PARTITION BY kind, value) AS many
        FROM held GROUP BY number, kind, value
    ) AS each
    WHERE kind <> 'handle' OR own OR many < 3
    """


def blocks_sql() -> str:
    """Return the SELECT of traits that several customers have, with how many."""
    kinds = ", ".join(f"'{name}'" for name in BLOCKED)
    return f"""
    SELECT kind, value, count(*) AS members, count(*) FILTER (own) AS owners
    FROM _traits WHERE kind IN ({kinds})
    GROUP BY kind, value
    HAVING count(*) > 1 AND (kind <> 'handle' OR count(*) FILTER (own) > 0)
    """


def pairs_sql() -> str:
    """Return the SELECT of the pairs that share a trait of few, but for those in ``closed``.

    ``alike`` counts in how many comparisons they do.
    """
    marks = ", ".join(f"bool_or(x.kind = '{name}') AS \"{name}\"" for name in BLOCKED)
    alike = " + ".join(
        f"CAST({' OR '.join(chr(34) + lv.name + chr(34) for lv in each.levels if lv.name)} AS INT)"
        for each in COMPARISONS if any(lv.name for lv in each.levels)
    )  # fmt: skip
    return f"""
    WITH met AS (
        SELECT x.number AS l, y.number AS r, {marks}
        FROM _blocks AS b
        JOIN _traits AS x ON x.kind = b.kind AND x.value = b.value
        JOIN _traits AS y ON y.kind = b.kind AND y.value = b.value AND y.number > x.number
        WHERE b.members <= {MOST_IN_BLOCK} AND (b.kind <> 'handle' OR x.own OR y.own)
        GROUP BY x.number, y.number
    )
    SELECT m.*, {alike} AS alike
    FROM met AS m
    JOIN _numbers AS a ON a.number = m.l
    JOIN _numbers AS b ON b.number = m.r
    ANTI JOIN closed AS c ON c.a = a.customer_id AND c.b = b.customer_id
    """


def people_sql() -> str:
    """Return the SELECT of one row for each customer in a pair, with the lists of his traits."""
    lists = ", ".join(
        f"coalesce(list(value ORDER BY value) FILTER (kind = '{kind}'), []) AS {name}"
        for name, kind in _LISTS.items()
    )
    return f"""
    SELECT number AS unique_id, {lists},
        coalesce(list(value ORDER BY value) FILTER (own), []) AS handles,
        min(value) FILTER (kind = 'name') AS name
    FROM _traits
    WHERE number IN (SELECT l FROM _pairs UNION SELECT r FROM _pairs)
    GROUP BY number
    """


def chances_sql() -> str:
    """Return the SELECT of how many pairs of each level are chance, and may be compared at all.

    A pair alike in one way only is taken for chance, one alike in two for one customer; so are
    none of the pairs of a block too large to be compared.
    """
    parts = []
    for each in COMPARISONS:
        kind = _LISTS[each.present]
        several = f"(SELECT count(DISTINCT number) AS n FROM _traits WHERE kind = '{kind}')"
        before = "FALSE"
        for level in each.levels:
            if not level.name:
                continue
            column = f'"{level.name}"'
            parts.append(
                f"""SELECT '{each.name}' AS comparison, {text_sql(level.words)} AS level,
                    (SELECT count(*) FROM _pairs WHERE alike = 1 AND {column} AND NOT ({before}))
                    + (SELECT coalesce(sum(members * (members - 1) // 2), 0) FROM _blocks
                        WHERE kind = '{level.name}' AND members > {MOST_IN_BLOCK}) AS chance,
                    (SELECT n * (n - 1) // 2 FROM {several}) AS pairs"""
            )
            before += f" OR {column}"
    return " UNION ALL ".join(parts)


def neighbours_sql(comparison: Comparison) -> str:
    """Return the SELECT of how many of some pairs, drawn alike every time, fit each level.

    Each customer is compared with those next to him in an order that means nothing.
    """
    parts = {name for level in comparison.levels for name in _LISTS if f"l.{name}" in level.sql}
    lists = ", ".join(
        f"list(value ORDER BY value) FILTER (kind = '{_LISTS[name]}') AS {name}"
        for name in sorted(parts)
    )
    kinds = ", ".join(f"'{_LISTS[name]}'" for name in sorted(parts))
    cases = " ".join(
        f"WHEN {level.sql} THEN {text_sql(level.words)}" for level in comparison.levels
    )
    return f"""
    WITH drawn AS (
        SELECT number, {lists}, min(value) FILTER (kind = 'name') AS name,
            row_number() OVER (ORDER BY hash(number), number) AS place
        FROM _traits WHERE kind IN ('name', {kinds})
        GROUP BY number HAVING count(*) FILTER (kind = '{_LISTS[comparison.present]}') > 0
    ),
    steps AS (SELECT unnest(range(1, 51)) AS step)
    SELECT CASE {cases} ELSE '' END AS level, count(*) AS pairs
    FROM drawn AS l
    CROSS JOIN steps AS s
    JOIN drawn AS r ON r.place = l.place + s.step
    WHERE l.place <= {_SAMPLE} // 50
    GROUP BY 1
    """
