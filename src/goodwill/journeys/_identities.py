"""Identities: which customer_refs of all sources are one customer, and by what evidence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goodwill.engine import DuckDBEngine, Engine
from goodwill.errors import InputError
from goodwill.given import arrow, need_columns, texts
from goodwill.journeys import _identities_sql as sql
from goodwill.journeys import _kept_identities as kept
from goodwill.journeys._words import NODE
from goodwill.literals import text_sql
from goodwill.records.privacy import e164

RESOLVED = pa.schema(
    [(name, pa.string()) for name in ("source", "customer_ref", "customer_id", "evidence")]
)
_PREFIX = re.compile(r"^['\s]*(?:tel:)?\s*")
"""What spreadsheets and links put before a telephone number."""
LEAST_REFS = 4
"""A key that so many refs use is never one of improbably many."""

_KEY = pa.schema(
    [("source", pa.string()), ("node", pa.string()), ("kind", pa.string()), ("key", pa.string()),
     ("value", pa.string())]
)  # fmt: skip
_EDGE = pa.schema([("a", pa.string()), ("b", pa.string()), ("strength", pa.int64())])
_SAID = pa.schema([("a", pa.string()), ("b", pa.string())])
_NODE = pa.schema([("node", pa.string()), ("component", pa.string())])
_MADE = (
    "_people", "_held", "_usable", "_mailboxes", "_similar", "_strong_edges", "_strong",
    "_anchors", "_double_edges", "_groups", "_apart", "_weak_edges", "_wholes", "_torn", "_joins",
    "_found", "_said", "_clusters",
)  # fmt: skip

Pair = tuple[tuple[str, str], tuple[str, str]]


def resolve(
    identities: Any,
    *,
    undo: Iterable[Pair] = (),
    same: Iterable[Pair] = (),
    global_kinds: Sequence[str] = ("email", "phone"),
    most_refs: int | None = None,
) -> pa.Table:
    """Return which customer_refs are one customer, and what each merge rests on.

    ``docs/identities.md`` holds the rules. A mail, an account or an external key is enough; a
    phone, an order or a handle only where no different mail or account speaks against it. Keys
    of roles, shared mailboxes and keys of improbably many refs join nobody.

    Args:
        identities: An Arrow, pandas or Polars table with columns source, customer_ref, kind
            (email, phone, handle, account, order, external), value (readable or a keyed hash;
            a phone with the code of its country in any spelling)
            and, if there is one, account_ref.
        undo: Pairs of (source, customer_ref) that a person took apart. They are in different
            customers whatever the keys say, in this call and in every later one that is given
            them.
        same: Pairs that a person said are one customer. They are, also where no key joins them;
            ``undo`` goes before.
        global_kinds: Kinds whose values mean the same in every source. Others join within one.
        most_refs: A key that more refs use joins nobody; None takes it from the data, by kind.

    Returns:
        One row for each ref: source, customer_ref, customer_id (``source:customer_ref`` of the
        customer's least ref by code points; in the name of a source a colon is ``%3A`` and a
        percent sign ``%25``, so that no two have one id) and evidence (``email 2, phone 1``: it
        shares a mail with two other refs of the customer and a phone with one; null for a ref
        alone), by source and ref.

    Raises:
        InputError: A column is missing, or a pair of ``undo`` or ``same`` names one ref twice.

    >>> rows = {"source": ["shop", "desk"], "customer_ref": ["7", "ana"], "kind": ["email"] * 2,
    ...         "value": ["Ana@example.org", "ana@example.org "]}
    >>> resolve(pa.table(rows)).to_pylist()[0]["customer_id"]
    'desk:ana'
    """
    engine = DuckDBEngine()
    try:
        engine.load("identities", _taken(identities))
        resolve_keys(
            engine,
            undo=undo,
            same=same,
            global_kinds=global_kinds,
            most_refs=most_refs,
            any_source=True,
        )
        return engine.arrow("SELECT * FROM resolved ORDER BY source, customer_ref", RESOLVED)
    finally:
        engine.close()


def resolve_keys(
    engine: Engine,
    *,
    undo: Iterable[Pair] = (),
    same: Iterable[Pair] = (),
    global_kinds: Sequence[str] = ("email", "phone"),
    most_refs: int | None = None,
    folder: Path | None = None,
    any_source: bool = False,
) -> int:
    """Make ``resolved`` from the engine's table ``identities``, as `resolve` does.

    Args:
        engine: Holds identities.
        undo: As in `resolve`.
        same: As in `resolve`.
        global_kinds: As in `resolve`.
        most_refs: As in `resolve`.
        folder: Where the result is kept: the next call resolves only what came in since and
            whom it touches. The table is the same as without.
        any_source: Names of sources may hold a colon, which ids write in another way. A Book
            spells its ids plainly everywhere.

    Returns:
        How many references were resolved anew.
    """
    apart, said = _pairs(undo, "undo"), _pairs(same, "same")
    engine.load("_said", pa.Table.from_pylist([{"a": a, "b": b} for a, b in said], _SAID))
    imports = kept.imports_of(engine) if folder is not None else None
    if folder is None or imports is None:
        _take_all(engine, global_kinds, most_refs)
        refs = _join(engine, apart, any_source=any_source)
        engine.drop("_keys")
        return refs
    rules = kept.rules_of(global_kinds, most_refs)
    before = kept.known(folder, rules, imports, said)
    now = kept.Known(imports, {}, {}, [], apart, said, rules, tuple(global_kinds))
    taken = None if before is None else _take_touched(engine, folder, before, now, most_refs)
    if before is None or taken is None:
        limits, usage = _take_all(engine, global_kinds, most_refs)
        held = engine.arrow(sql.many_sql(), kept.ONE)["key"].to_pylist()
    else:
        limits, (usage, held) = dict(before.limits), taken
    refs = _join(engine, apart, clusters=True)
    if taken is not None:
        kept.widen(engine)
        columns = ", ".join(RESOLVED.names)
        engine.save("resolved", f"SELECT {columns} FROM _customers", RESOLVED)
    now = replace(now, usage=usage, limits=limits, held=sorted(held))
    if now != before:
        kept.keep(engine, folder, now)
    engine.drop("_customers", "_keys")
    return refs


def _take_all(
    engine: Engine, global_kinds: Sequence[str], most_refs: int | None
) -> tuple[dict[str, int], dict[str, dict[int, int]]]:
    """Leave ``_keys``, ``_people`` and ``_held`` of all; return the limits and the usage."""
    engine.save("_keys", sql.keys_sql(global_kinds, accounts=True), kept.KEY)
    engine.save("_people", sql.people_sql(), kept.PERSON)
    usage: dict[str, dict[int, int]] = {}
    for row in engine.arrow(sql.usage_sql()).to_pylist():
        usage.setdefault(row["kind"], {})[int(row["refs"])] = int(row["keys"])
    sources = int(engine.scalar("SELECT count(DISTINCT source) FROM _people"))
    limits = limits_of(usage, sources, most_refs)
    engine.save("_held", sql.held_sql(limits), kept.ONE)
    return limits, usage


def _take_touched(
    engine: Engine,
    folder: Path,
    before: kept.Known,
    now: kept.Known,
    most_refs: int | None,
) -> tuple[dict[str, dict[int, int]], list[str]] | None:
    """Leave ``_keys``, ``_people`` and ``_held`` of those whom what came in touches.

    Returns:
        The usage and the held keys of all; None where all must be resolved anew.
    """
    engine.load("_kept_keys", [str(folder / kept.KEPT_KEYS)])
    engine.load("_kept_customers", [str(folder / kept.KEPT_CUSTOMERS)])
    kept.fresh(engine, before)
    usage = kept.usage_after(engine, before)
    sources = int(engine.scalar(kept.sources_sql()))
    if limits_of(usage, sources, most_refs) == before.limits:
        kept.touched(engine, before, now)
        count = "SELECT count(*) FROM {}".format
        if int(engine.scalar(count("_touched"))) <= kept.MOST * int(
            engine.scalar(count("_kept_customers"))
        ):
            return usage, kept.narrow(engine, before)
    kept.forget(engine)
    return None


def _join(
    engine: Engine,
    apart: list[tuple[str, str]],
    *,
    clusters: bool = False,
    any_source: bool = False,
) -> int:
    """Make ``resolved`` of ``_keys``, ``_people`` and ``_held``; return how many references."""
    pair = pa.schema([("a", pa.string()), ("b", pa.string())])
    engine.save("_usable", sql.usable_sql(), _KEY)
    engine.save("_mailboxes", sql.mailboxes_sql(), kept.ONE)
    engine.save("_similar", sql.similar_sql(), pair)
    engine.save("_strong_edges", sql.strong_sql(), _EDGE)
    engine.components("_strong", sql.graph_sql("_strong_edges"))
    engine.save("_double_edges", sql.double_sql(), _EDGE)
    engine.components("_groups", sql.graph_sql("_strong_edges", "_double_edges"))
    anchor = pa.schema([("part", pa.string()), ("anchor", pa.string())])
    engine.save("_anchors", sql.anchors_sql("_groups"), anchor)
    engine.save("_apart", sql.apart_sql("_groups"), kept.ONE)
    engine.save("_weak_edges", sql.weak_sql(), _EDGE)
    engine.components("_wholes", sql.graph_sql("_strong_edges", "_double_edges", "_weak_edges"))
    engine.save("_torn", sql.torn_sql(), pa.schema([("whole", pa.string())]))
    engine.save("_joins", sql.edges_sql(), _EDGE)
    engine.components("_found", sql.graph_sql("_joins"))
    if apart:
        _take_apart(engine, apart)
    engine.save("resolved", sql.resolved_sql(any_source), RESOLVED)
    if clusters:
        engine.components("_clusters", sql.clusters_sql())
        engine.save("_customers", sql.customers_sql(), kept.CUSTOMER)
    refs = int(engine.scalar("SELECT count(*) FROM resolved"))
    engine.drop(*_MADE)
    return refs


def limits_of(
    usage: Mapping[str, Mapping[int, int]], sources: int, most_refs: int | None
) -> dict[str, int]:
    """Return by kind how many refs a key may have and still be one customer's.

    A customer has about one ref in each source. So the limit is what all but 1 in 1,000 keys of
    the kind have, at least `LEAST_REFS`, and at most twice the number of sources.
    """
    if most_refs is not None:
        return dict.fromkeys(sql.KINDS, most_refs)
    return {
        kind: min(max(LEAST_REFS, usual(usage.get(kind, {}).items())), max(LEAST_REFS, 2 * sources))
        for kind in sql.KINDS
    }


def usual(counts: Iterable[tuple[int, int]], rare: int = 1000) -> int:
    """Return the fewest refs that all but one in ``rare`` keys do not exceed; 0 without keys.

    >>> usual([(1, 5000), (2, 900), (3, 95), (40, 5)])
    3
    """
    counts = sorted(counts)
    above = sum(keys for _, keys in counts)
    allowed = above // rare
    for refs, keys in counts:
        above -= keys
        if above <= allowed:
            return refs
    return 0


def _take_apart(engine: Engine, apart: list[tuple[str, str]]) -> None:
    """Split the customers that hold a pair which a person took apart.

    Their edges are added again, the strongest first, but for those that would join such a pair.
    """
    names = ", ".join(sorted({text_sql(node) for pair in apart for node in pair}))
    hit = f"SELECT component FROM _found WHERE node IN ({names})"
    nodes = engine.arrow(f"SELECT node, component FROM _found WHERE component IN ({hit})", _NODE)
    edges = engine.arrow(
        "SELECT e.a, e.b, min(e.strength) AS strength FROM _joins AS e "
        f"JOIN _found AS f ON f.node = e.a WHERE f.component IN ({hit}) GROUP BY e.a, e.b",
        _EDGE,
    ).to_pylist()
    members = {node: {node} for node in nodes["node"].to_pylist()}
    enemies: dict[str, set[str]] = {}
    for one, other in apart:
        enemies.setdefault(one, set()).add(other)
        enemies.setdefault(other, set()).add(one)
    for edge in sorted(edges, key=lambda each: (each["strength"], each["a"], each["b"])):
        mine, theirs = members[edge["a"]], members[edge["b"]]
        if mine is theirs or any(enemies.get(node, set()) & theirs for node in mine):
            continue
        mine |= theirs
        for node in theirs:
            members[node] = mine
    split = [{"node": node, "component": min(mine)} for node, mine in members.items()]
    engine.load("_split", pa.Table.from_pylist(split, schema=_NODE))
    engine.save(
        "_found",
        "SELECT f.node, coalesce(s.component, f.component) AS component FROM _found AS f "
        "LEFT JOIN _split AS s ON s.node = f.node",
        _NODE,
    )
    engine.drop("_split")


def _pairs(given: Iterable[Pair], name: str) -> list[tuple[str, str]]:
    """Return the pairs as nodes, each in its order."""
    pairs = set()
    for pair in given:
        if not _is_two(pair) or not all(_is_two(each) for each in pair):
            raise InputError(
                f"{name} holds what is no pair of references",
                hint="give pairs of (source, customer_ref): [((s, a), (t, b))]",
            )
        one, other = pair
        a, b = (NODE.join(map(str, each)) for each in (one, other))
        if a == b:
            raise InputError(f"a pair of {name} is {tuple(one)} twice")
        pairs.add((min(a, b), max(a, b)))
    return sorted(pairs)


def _is_two(each: Any) -> bool:
    return isinstance(each, Sequence) and not isinstance(each, str | bytes) and len(each) == 2


def _taken(identities: Any) -> pa.Table:
    """Return the columns that matter as texts; account_ref is empty where there is none."""
    table = arrow(identities)
    need_columns(table, ("source", "customer_ref", "kind", "value"), "identities")
    nothing = pa.nulls(table.num_rows, pa.string())
    columns: dict[str, Any] = {
        name: texts(table.column(name), name) if name in table.column_names else nothing
        for name in ("source", "customer_ref", "kind", "value", "account_ref")
    }
    columns["value"] = _in_e164(columns["kind"], columns["value"])
    return pa.table(columns)


def _in_e164(kinds: pa.ChunkedArray, values: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return the values, telephones with the code of their country in E.164.

    A keyed hash, and a number that is valid nowhere, stay as they are.
    """
    phones = pc.equal(pc.utf8_lower(pc.utf8_trim_whitespace(kinds)), "phone")
    said = pc.if_else(phones, values, None)
    distinct = pc.unique(said).drop_null()
    numbers = [e164(_PREFIX.sub("", each), None) for each in distinct.to_pylist()]
    found = pa.array(numbers, pa.string()).take(pc.index_in(said, value_set=distinct))
    return pc.coalesce(found, values)
