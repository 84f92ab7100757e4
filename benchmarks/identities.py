"""Customers of hundreds of thousands of references: all joined, and 1 in 100 that come later.

``python benchmarks/identities.py 100000`` takes another number of people. They have references in
up to four sources, all keys hashed; one mail in ten is another, one phone in twenty the family's.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from _bench import peak_gb, report, timed
from goodwill.engine import DuckDBEngine
from goodwill.journeys._identities import resolve_keys
from goodwill.tables import FACTS


def identities_sql(first: int, people: int, import_id: str) -> str:
    """Return the SELECT of the identities of so many people, numbered from ``first``."""
    return f"""
    WITH who AS (SELECT range AS p FROM range({first}, {first + people})),
    refs AS (
        SELECT p, src, hash(p * 31 + src * 7) AS h1, hash(p * 17 + src) AS h2
        FROM who, (SELECT unnest([1, 2, 3, 4]) AS src) AS sources
        WHERE src = 1 OR (src = 2 AND hash(p) % 10 < 7) OR (src = 3 AND hash(p + 5) % 10 < 4)
            OR (src = 4 AND hash(p + 9) % 10 < 3)
    ),
    named AS (
        SELECT *, ['shop', 'desk', 'chat', 'calls'][src] AS source,
            md5(src || ':' || p) AS customer_ref
        FROM refs
    ),
    keys AS (
        SELECT source, customer_ref, CASE WHEN src = 1 THEN 'A' || p END AS account_ref,
            'email' AS kind,
            md5('m' || CASE WHEN h1 % 10 = 0 THEN 'x' || src || p ELSE CAST(p AS VARCHAR) END)
                AS value
        FROM named WHERE src <> 4
        UNION ALL
        SELECT source, customer_ref, NULL AS account_ref, 'phone' AS kind,
            md5('p' || CASE WHEN h2 % 20 = 0 THEN 'f' || (p // 3) ELSE CAST(p AS VARCHAR) END)
                AS value
        FROM named WHERE src <> 3
        UNION ALL
        SELECT source, customer_ref, NULL AS account_ref, 'order' AS kind,
            md5('o' || p || '-' || k) AS value
        FROM named, (SELECT unnest([1, 2]) AS k) AS numbers
        WHERE src = 1 OR (src = 2 AND k = 1)
    )
    SELECT *, NULL AS contact_id, '{import_id}' AS import_id FROM keys
    """


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 400_000
    few = people // 100
    rows: list[dict[str, Any]] = []
    schema = FACTS["identities"].schema
    with tempfile.TemporaryDirectory() as folder:
        engine = DuckDBEngine(Path(folder), memory="2500MB", threads=2)
        first = identities_sql(0, people, "first")
        # Half of those who come later are new; the others have a reference in a source more.
        late = f"(SELECT * FROM ({identities_sql(people - few // 2, few, 'later')}) AS late)"
        both = (
            f"SELECT f.* FROM ({first}) AS f WHERE (f.source, f.customer_ref) NOT IN "
            f"(SELECT source, customer_ref FROM {late} AS l WHERE source IN ('desk', 'chat'))"
        )
        for label, select, keep in (
            ("all, kept nowhere", both, None),
            ("all", both, Path(folder) / "kept"),
            ("1 in 100 more", None, Path(folder) / "kept"),
            ("the same, all anew", None, None),
        ):
            if select is not None:
                engine.save("identities", select, schema)
            elif keep is not None:
                engine.save(
                    "identities",
                    f"SELECT * FROM identities UNION ALL SELECT l.* FROM {late} AS l WHERE NOT "
                    "EXISTS (SELECT 1 FROM identities AS i WHERE i.source = l.source "
                    "AND i.customer_ref = l.customer_ref AND i.kind = l.kind "
                    "AND i.value = l.value)",
                    schema,
                )
            anew, wall, cpu = timed(lambda keep=keep: resolve_keys(engine, folder=keep))
            rows.append(
                {"step": label, "keys": engine.scalar("SELECT count(*) FROM identities"),
                 "references": engine.scalar("SELECT count(*) FROM resolved"),
                 "resolved anew": anew, "wall s": round(wall, 1), "CPU s": round(cpu, 2),
                 "peak GB so far": round(peak_gb(), 2), "table": engine.table_hash("resolved")}
            )  # fmt: skip
            print(rows[-1], flush=True)
        engine.close()
    share = rows[2]["CPU s"] / rows[3]["CPU s"]
    same = rows[2]["table"] == rows[3]["table"]
    report("identities", rows, share_of_increment=round(share, 3), same_table=same)


if __name__ == "__main__":
    main()
