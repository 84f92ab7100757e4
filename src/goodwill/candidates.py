"""Finding candidates: customers who may be one, proposed to a person and joined by nobody else.

The vault is read once, on the record; what is compared are keyed hashes, which lie in a folder of
``staging/`` while it lasts, so that the next writer removes what a killed one left.
"""

from __future__ import annotations

import secrets
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from goodwill import journeys, records
from goodwill.errors import NotEnoughData
from goodwill.generations import Generations
from goodwill.literals import text_sql

_MEMORY = "1GB"


@dataclass(frozen=True, slots=True)
class Found:
    """What one search for candidates found.

    Attributes:
        references: How many references of the vault were looked at.
        candidates: How many pairs are proposed.
        note: Why there may be none, in words; empty where nothing stands in the way.
    """

    references: int
    candidates: int
    note: str = ""


def find(folder: Path, store: records.Store, *, actor: str, reason: str) -> Found:
    """Look for customers who may be one, and keep what is found as proposals.

    Args:
        folder: The Book's.
        store: The Book's records.
        actor: Who looks into the vault.
        reason: Why.

    Raises:
        NotEnoughData: There was no refresh yet, or Splink is not installed.
        InputError: Actor or reason is empty.
        BookLocked: Another process writes.
    """
    journeys.scorer()
    pages = Generations(folder / "derived").pages()
    if pages is None:
        raise NotEnoughData(
            "Nothing was refreshed in this Book yet.",
            hint="Add files with: goodwill add FILE... and then: goodwill refresh",
        )
    with store.lock():
        store.recover()
        making = folder / "staging" / f"candidates-{secrets.token_hex(6)}"
        making.mkdir(parents=True)
        try:
            traits = making / "traits.parquet"
            looked = records.write_traits(
                store, traits, roles=journeys.ROLES, actor=actor, reason=reason
            )
            found = _scored(store, pages, traits)
        finally:
            shutil.rmtree(making)
        records.keep_candidates(store, found)
    note = "" if looked else "The vault holds no mail, phone or name: there is little to compare."
    return Found(looked, len(found), note)


def _scored(
    store: records.Store, pages: Path, traits: Path
) -> list[tuple[records.Ref, records.Ref, float, str, str]]:
    con = duckdb.connect(
        config={"memory_limit": _MEMORY, "temp_directory": str(traits.parent / "spilled")}
    )
    try:
        con.execute(f"CREATE VIEW traits AS FROM read_parquet({text_sql(str(traits))})")
        con.execute(f"ATTACH {text_sql(str(pages))} AS pages (READ_ONLY)")
        con.execute("CREATE VIEW refs AS SELECT source, customer_ref, customer_id FROM "
                    "pages.customer_refs")  # fmt: skip
        con.execute("CREATE VIEW customers AS SELECT customer_id FROM pages.customers")
        con.execute(
            "CREATE VIEW places AS SELECT customer_id, max(region) AS place FROM pages.orders "
            "WHERE customer_id IS NOT NULL AND region IS NOT NULL GROUP BY customer_id"
        )
        said = records.decided(store)
        pairs = [
            pair for kind in (records.APART, records.SAME, records.DECLINED) for pair in said[kind]
        ]
        con.execute("CREATE TABLE said (source TEXT, ref TEXT, other_source TEXT, other_ref TEXT)")
        if pairs:
            con.executemany("INSERT INTO said VALUES (?, ?, ?, ?)", [[*a, *b] for a, b in pairs])
        con.execute(
            """CREATE TABLE closed AS
            SELECT DISTINCT least(x, y) AS a, greatest(x, y) AS b
            FROM (
                SELECT coalesce(r.customer_id, s.source || ':' || s.ref) AS x,
                    coalesce(o.customer_id, s.other_source || ':' || s.other_ref) AS y
                FROM said AS s
                LEFT JOIN refs AS r ON r.source = s.source AND r.customer_ref = s.ref
                LEFT JOIN refs AS o ON o.source = s.other_source AND o.customer_ref = s.other_ref
            ) AS pairs"""
        )
        con.register("found", journeys.find_candidates(con))
        rows = con.execute(
            """SELECT x.source, x.customer_ref, y.source, y.customer_ref, f.probability, f.evidence,
                f.against
            FROM found AS f
            JOIN pages.customers AS x ON x.customer_id = f.a
            JOIN pages.customers AS y ON y.customer_id = f.b
            ORDER BY f.probability DESC, f.a, f.b"""
        ).fetchall()
        return [((s, r), (t, q), p, evidence, against) for s, r, t, q, p, evidence, against in rows]
    finally:
        con.close()
