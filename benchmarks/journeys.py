"""Journeys at a million contacts and five million orders: CPU seconds and memory of each step.

``python benchmarks/journeys.py 10000000 8GB`` takes another number of contacts and lets the engine
use more memory before it goes to disk; orders are five times as many, customers a quarter. Then a
hundredth of contacts comes in, and all steps run again, as a refresh runs them. Results are written
for a million alone.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from _bench import peak_gb, report, timed
from goodwill import journeys
from goodwill.engine import DuckDBEngine
from goodwill.tables import DERIVED, FACTS

MILLION = 1_000_000
TEXTS = (
    "where is my parcel, the tracking has not moved", "thanks, that solved it", "we look into it",
    "the refund has not come", "I already told you", "it arrived broken",
)  # fmt: skip


def contacts_sql(first: int, end: int, customers: int) -> str:
    """Return the SELECT of contacts: four a ticket, every third of them the company's."""
    words = ", ".join("'" + text.replace("'", "''") + "'" for text in TEXTS)
    return f"""
        SELECT 'desk' AS source, 'c' || i AS contact_id, 't' || (i // 4) AS thread_id,
            TIMESTAMPTZ '2024-01-01' + to_seconds(CAST((hash(i // 4) % 60000000 + 40000 * (i % 4))
                AS BIGINT)) AS "at",
            ['email', 'chat', 'phone', 'social'][CAST(1 + hash(i // 4) % 4 AS BIGINT)] AS channel,
            hash(i // 4) % 4 = 3 AS public,
            CASE WHEN i % 3 = 2 THEN 'out' ELSE 'in' END AS direction,
            CASE WHEN i % 3 = 2 THEN 'agent' ELSE 'customer' END AS author_role,
            CASE WHEN i % 3 = 2 THEN 'a' || hash(i) % 50 END AS agent_id,
            CASE WHEN i % 3 <> 2 THEN 'k' || hash(i // 4) % {customers} END AS customer_ref,
            [{words}][CAST(1 + hash(i * 7) % {len(TEXTS)} AS BIGINT)] AS text
        FROM range({first}, {end}) AS r(i)
    """


def orders_sql(count: int) -> str:
    """Return the SELECT of orders, each with a promised and a delivered day."""
    return f"""
        SELECT 'desk' AS source, 'o' || i AS order_id, 'o' || i AS order_number,
            'k' || hash(i * 3) % {count // 20} AS customer_ref,
            TIMESTAMPTZ '2024-01-01' + to_seconds(CAST(hash(i * 5) % 60000000 AS BIGINT)) AS "at",
            'order' AS kind, CAST(1000 + hash(i) % 9000 AS BIGINT) AS amount, 'EUR' AS currency,
            "at" + INTERVAL 5 DAY AS promised_at,
            "at" + to_days(CAST(2 + hash(i * 11) % 6 AS INTEGER)) AS delivered_at
        FROM range({count}) AS r(i)
    """


def write(folder: Path, name: str, sql: str) -> list[str]:
    """Write rows as a fact table in a Parquet file, the columns that they lack empty."""
    schema = FACTS[name].schema
    engine = DuckDBEngine(folder, memory="1GB", threads=2)
    found = engine.arrow(f"SELECT * FROM ({sql}) AS made LIMIT 1").column_names
    missing = [field for field in schema if field.name not in found]
    nulls = "".join(f', NULL AS "{field.name}"' for field in missing)
    engine.save(name, f"SELECT *{nulls} FROM ({sql}) AS made", schema)
    path = folder / f"{name}.parquet"
    engine.write(name, path)
    engine.close()
    return [str(path)]


def run(folder: Path, facts: dict[str, list[str]], memory: str) -> dict[str, tuple[float, float]]:
    """Return wall and CPU seconds of each step over these facts."""
    engine = DuckDBEngine(folder, memory=memory, threads=2)
    for name, paths in facts.items():
        engine.load(name, paths)
    for name in ("threads", "thread_events", "identities"):
        engine.load(name, FACTS[name].schema.empty_table())
    engine.save(
        "contact_themes",
        "SELECT source, contact_id, CAST(hash(thread_id) % 20 AS INTEGER) AS theme_id, "
        "CAST(0.5 AS FLOAT) AS similarity, 'filed' AS state, NULL AS nearest_id, "
        "NULL AS second_id, NULL AS second_similarity FROM contacts WHERE direction = 'in'",
        DERIVED["contact_themes"].schema,
    )
    spent = {}
    for label, work in (
        ("link", lambda: journeys.link(engine)),
        ("follow", lambda: journeys.follow(engine, time_zone="Europe/Madrid")),
        ("find processes", lambda: journeys.find_processes(engine)),
    ):
        _, *spent[label] = timed(work)
        print(label, *(round(each, 1) for each in spent[label]), round(peak_gb(), 2), flush=True)
    engine.close()
    return {label: (wall, cpu) for label, (wall, cpu) in spent.items()}


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else MILLION
    memory = sys.argv[2] if len(sys.argv) > 2 else "2500MB"
    customers = count // 4
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        more = folder / "more"
        more.mkdir()
        # The facts are files, as they are in a Book.
        contacts = write(folder, "contacts", contacts_sql(0, count, customers))
        later = write(more, "contacts", contacts_sql(count, count + count // 100, customers))
        orders = write(folder, "orders", orders_sql(5 * count))
        spent = run(folder, {"contacts": contacts, "orders": orders}, memory)
        peak = peak_gb()
        again = run(folder, {"contacts": contacts + later, "orders": orders}, memory)
    rows: list[dict[str, Any]] = [
        {"contacts": count, "orders": 5 * count, "step": label, "wall s": round(wall, 1),
         "CPU s": round(cpu, 1), "CPU s with 1 % more contacts": round(again[label][1], 1)}
        for label, (wall, cpu) in spent.items()
    ]  # fmt: skip
    total = sum(cpu for _, cpu in spent.values())
    if count != MILLION:
        print(f"in all {total:.1f} CPU s, {sum(wall for wall, _ in spent.values()):.0f} s")
        return
    report("journeys", rows, relational_cpu_s=round(total, 1), peak_gb=round(peak, 2))


if __name__ == "__main__":
    main()
