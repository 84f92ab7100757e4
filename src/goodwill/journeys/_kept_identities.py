"""Identities kept from one refresh to the next: what came in since is joined, the rest stands.

References hang together in *clusters*: two that share a key which joins, or that such keys lead
to step by step, are in one, whatever the guards say of them. Nothing outside a cluster changes who
is a customer in it, but for the limits of improbably many references, which are counted over all.
So a key that came in touches the clusters of those who hold it; these are resolved anew, and all
others are taken as they were. Where that cannot be told (rows went away, a limit or a setting
changed, most is touched), all is resolved anew. Both ways give the same table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import blake2b
from importlib import resources
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from goodwill.durable import replacing
from goodwill.engine import Engine
from goodwill.journeys import _identities_sql as sql
from goodwill.literals import text_sql

KEPT_KEYS, KEPT_CUSTOMERS = "identity_keys.parquet", "identity_customers.parquet"
_S, _I64 = pa.string(), pa.int64()
KEY = pa.schema(
    [("source", _S), ("node", _S), ("kind", _S), ("key", _S), ("value", _S), ("role", pa.bool_())]
)
PERSON = pa.schema([("source", _S), ("customer_ref", _S), ("node", _S)])
CUSTOMER = pa.schema(
    [("source", _S), ("customer_ref", _S), ("node", _S), ("customer_id", _S), ("evidence", _S),
     ("cluster", _S)]
)  # fmt: skip
ONE = pa.schema([("key", _S)])
_NODE = pa.schema([("node", _S)])
_COUNT = pa.schema([("kind", _S), ("key", _S), ("before", _I64), ("refs", _I64)])
MOST = 0.3
"""Share of the references from which on all are resolved anew."""


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier refresh kept beside its two tables.

    Attributes:
        imports: Rows by import.
        usage: By kind, how many keys are used by how many references.
        limits: By kind, how many references a key may have.
        held: The keys of more.
        apart: Pairs of nodes that a person took apart.
        said: Pairs of nodes of which a person said that they are one customer.
        rules: A mark of the rules and the settings.
        global_kinds: Kinds whose values mean the same in every source.
    """

    imports: Mapping[str, int]
    usage: Mapping[str, Mapping[int, int]]
    limits: Mapping[str, int]
    held: Sequence[str]
    apart: Sequence[tuple[str, str]]
    said: Sequence[tuple[str, str]]
    rules: str
    global_kinds: tuple[str, ...]


def rules_of(global_kinds: Sequence[str], most_refs: int | None) -> str:
    """Return a mark of the code and the settings that say who is joined."""
    digest = blake2b(digest_size=8)
    place = resources.files("goodwill.journeys")
    for name in ("_identities.py", "_identities_sql.py", "_kept_identities.py", "_words.py"):
        digest.update((place / name).read_bytes())
    digest.update(repr((sorted(global_kinds), most_refs)).encode())
    return digest.hexdigest()


def imports_of(engine: Engine) -> dict[str, int] | None:
    """Return the rows of `identities` by import; None where a row names none.

    Rows of an import are never changed: they come, and may go.
    """
    found = engine.arrow("SELECT import_id, count(*) AS n FROM identities GROUP BY import_id")
    rows = found.to_pylist()
    if any(row["import_id"] is None for row in rows):
        return None
    return {str(row["import_id"]): int(row["n"]) for row in rows}


def known(
    folder: Path, rules: str, imports: Mapping[str, int], said: Sequence[tuple[str, str]]
) -> Known | None:
    """Return what is kept in ``folder``; None where it is absent, torn, or of other rules.

    None too where rows of an import went away since, or a pair of those that a person said.
    """
    try:
        told = [
            (pq.read_schema(folder / name).metadata or {})[b"known"]
            for name in (KEPT_KEYS, KEPT_CUSTOMERS)
        ]
        facts = json.loads(told[0])
    except (OSError, pa.ArrowInvalid, KeyError, ValueError):
        return None
    # A refresh that is killed between the two files leaves an old one beside a new one.
    if told[0] != told[1] or facts["rules"] != rules:
        return None
    if any(imports.get(each) != rows for each, rows in facts["imports"].items()):
        return None
    apart, before = ([(str(a), str(b)) for a, b in facts[name]] for name in ("apart", "said"))
    if not set(before) <= set(said):
        return None
    return Known(
        imports=facts["imports"],
        usage={
            kind: {int(refs): int(n) for refs, n in of.items()}
            for kind, of in facts["usage"].items()
        },
        limits=facts["limits"],
        held=facts["held"],
        apart=apart,
        said=before,
        rules=facts["rules"],
        global_kinds=tuple(facts["global_kinds"]),
    )


def keep(engine: Engine, folder: Path, now: Known) -> None:
    """Write ``_keys`` and ``_customers`` as what the next refresh starts from."""
    folder.mkdir(parents=True, exist_ok=True)
    told = {"known": json.dumps(asdict(now), sort_keys=True)}
    for name, table, schema in (
        (KEPT_KEYS, "_keys", KEY),
        (KEPT_CUSTOMERS, "_customers", CUSTOMER),
    ):
        marked = schema.with_metadata(told)
        with replacing(folder / name) as out, pq.ParquetWriter(out, marked) as writer:
            for batch in engine.batches(f"SELECT {', '.join(schema.names)} FROM {table}", 65536):
                writer.write_table(pa.Table.from_batches([batch]).cast(marked))


def fresh(engine: Engine, before: Known) -> None:
    """Leave the keys and references that came in since: ``_new_keys`` and ``_new_people``."""
    imports = pa.table({"import_id": pa.array(sorted(before.imports), _S)})
    engine.load("_known_imports", imports)
    engine.save(
        "_fresh",
        """SELECT i.source, i.customer_ref, i.account_ref, i.kind, i.value FROM identities AS i
        LEFT JOIN _known_imports AS k ON k.import_id = i.import_id WHERE k.import_id IS NULL""",
        pa.schema([(name, _S) for name in
                   ("source", "customer_ref", "account_ref", "kind", "value")]),
    )  # fmt: skip
    engine.save(
        "_new_keys",
        f"""SELECT f.source, f.node, f.kind, f.key, f.value, f.role
        FROM ({sql.keys_sql(before.global_kinds, accounts=True, identities="_fresh")}) AS f
        LEFT JOIN _kept_keys AS k ON k.node = f.node AND k.key = f.key
        WHERE k.node IS NULL""",
        KEY,
    )
    engine.save(
        "_new_people",
        f"""SELECT f.source, f.customer_ref, f.node FROM ({sql.people_sql("_fresh")}) AS f
        LEFT JOIN _kept_customers AS k ON k.node = f.node WHERE k.node IS NULL""",
        PERSON,
    )
    # Few keys are new: of those kept, only their holders are looked at.
    engine.save(
        "_holders",
        """SELECT DISTINCT k.kind, k.key, k.node FROM _kept_keys AS k
        JOIN (SELECT DISTINCT key FROM _new_keys WHERE NOT role) AS n ON n.key = k.key""",
        pa.schema([("kind", _S), ("key", _S), ("node", _S)]),
    )
    engine.save(
        "_counts",
        """SELECT n.kind, n.key, coalesce(h.refs, 0) AS before, coalesce(h.refs, 0) + n.refs AS refs
        FROM (SELECT kind, key, count(*) AS refs FROM _new_keys WHERE NOT role
            GROUP BY kind, key) AS n
        LEFT JOIN (SELECT key, count(*) AS refs FROM _holders GROUP BY key) AS h
            ON h.key = n.key""",
        _COUNT,
    )


def usage_after(engine: Engine, before: Known) -> dict[str, dict[int, int]]:
    """Return how many keys are used by how many references, with those that came in."""
    usage = {kind: dict(of) for kind, of in before.usage.items()}
    changes = engine.arrow(
        "SELECT kind, before, refs, count(*) AS keys FROM _counts GROUP BY kind, before, refs"
    )
    for row in changes.to_pylist():
        of = usage.setdefault(row["kind"], {})
        keys = int(row["keys"])
        of[int(row["refs"])] = of.get(int(row["refs"]), 0) + keys
        if row["before"]:
            of[int(row["before"])] -= keys
    return {kind: {refs: n for refs, n in of.items() if n} for kind, of in usage.items()}


def touched(engine: Engine, before: Known, now: Known) -> None:
    """Leave ``_touched``: every reference of a cluster that what came in may change."""
    limits = " ".join(f"WHEN {text_sql(k)} THEN {most}" for k, most in before.limits.items())
    pairs = ({*before.apart} ^ {*now.apart}) | ({*before.said} ^ {*now.said})
    changed = sorted({node for pair in pairs for node in pair})
    engine.load("_torn_pairs", pa.table({"node": pa.array(changed, _S)}))
    engine.save(
        "_touched",
        f"""
        WITH started AS (
            SELECT node FROM _torn_pairs
            UNION SELECT node FROM _new_keys
            UNION SELECT h.node FROM _holders AS h JOIN _counts AS c ON c.key = h.key
            WHERE c.before <= CASE c.kind {limits} ELSE 0 END
        ),
        clusters AS (
            SELECT DISTINCT k.cluster FROM _kept_customers AS k
            JOIN started AS s ON s.node = k.node
        )
        SELECT k.node FROM _kept_customers AS k JOIN clusters AS c ON c.cluster = k.cluster
        UNION SELECT node FROM _new_people
        """,
        _NODE,
    )


def narrow(engine: Engine, before: Known) -> list[str]:
    """Leave ``_keys``, ``_people`` and ``_held`` of the touched references; return what is held."""
    engine.save(
        "_keys",
        """SELECT k.source, k.node, k.kind, k.key, k.value, k.role FROM _kept_keys AS k
        JOIN _touched AS t ON t.node = k.node
        UNION ALL SELECT source, node, kind, key, value, role FROM _new_keys""",
        KEY,
    )
    engine.save(
        "_people",
        """SELECT k.source, k.customer_ref, k.node FROM _kept_customers AS k
        JOIN _touched AS t ON t.node = k.node
        UNION ALL SELECT source, customer_ref, node FROM _new_people""",
        PERSON,
    )
    engine.load("_were_held", pa.table({"key": pa.array(sorted(before.held), _S)}))
    many = " ".join(f"WHEN {text_sql(k)} THEN {most}" for k, most in before.limits.items())
    held = f"""SELECT key FROM _were_held
        UNION SELECT key FROM _counts WHERE refs > CASE kind {many} ELSE 0 END"""
    engine.save("_held", f"{held} UNION SELECT key FROM _keys WHERE role", ONE)
    return [str(key) for key in engine.arrow(held, ONE)["key"].to_pylist()]


def sources_sql() -> str:
    """Return the SELECT of how many sources there are, with what came in."""
    return """
    SELECT count(*) AS sources
    FROM (SELECT source FROM _kept_customers UNION SELECT source FROM _new_people) AS sources
    """


def widen(engine: Engine) -> None:
    """Put what was resolved anew beside what stands: ``resolved``, ``_customers``, ``_keys``."""
    columns = ", ".join(CUSTOMER.names)
    stands = ", ".join(f"k.{name}" for name in CUSTOMER.names)
    engine.save(
        "_customers",
        f"""SELECT {columns} FROM _customers UNION ALL
        SELECT {stands} FROM _kept_customers AS k LEFT JOIN _touched AS t ON t.node = k.node
        WHERE t.node IS NULL""",
        CUSTOMER,
    )
    names = ", ".join(KEY.names)
    engine.save(
        "_keys",
        f"SELECT {names} FROM _kept_keys UNION ALL SELECT {names} FROM _new_keys",
        KEY,
    )
    forget(engine)


def forget(engine: Engine) -> None:
    """Drop all tables of this module."""
    engine.drop(
        "_fresh", "_new_keys", "_new_people", "_holders", "_counts", "_torn_pairs", "_touched",
        "_were_held", "_known_imports", "_kept_keys", "_kept_customers",
    )  # fmt: skip
