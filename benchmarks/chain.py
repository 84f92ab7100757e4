"""The chain on unseen companies: exact with true labels, and how often intervals hold the truth.

Each company is simulated from a seed of its own, its exports are added as anybody's files, and its
chain is made end to end: customers, themes and promises are found. Then true customers, problems,
thanks and commitments are fed into the same steps: those counts are the truth, and where plain
loops over the truth can count the same, they must be equal.
"""

from __future__ import annotations

import os
import tempfile
from datetime import timedelta
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

import goodwill
from _bench import report as tell
from _bench import timed
from goodwill import demo, journeys, language, refresh, report
from goodwill.demo._build import SOURCE
from goodwill.engine import DuckDBEngine
from goodwill.generations import Reader
from goodwill.report.links import chain_links
from goodwill.report.page_columns import columns_sql
from goodwill.tables import DERIVED, FACTS

FIRST_SEED = int(os.environ.get("FIRST_SEED", "9001"))
SEEDS = int(os.environ.get("SEEDS", "20"))
CUSTOMERS = int(os.environ.get("CUSTOMERS", "1000"))
KEYS = ("broken", "wrote", "again", "public")
SCOPES = {"all": "TRUE", "commitments": "kind = 'commitment'"}
_DAYS = timedelta(days=28)


def _follow(engine: DuckDBEngine, book: Any) -> None:
    chosen = book.settings
    journeys.follow(engine, quiet_days=chosen.quiet_days, time_zone=chosen.time_zone,
                    calendar=refresh.calendar_of(chosen), signals=True)  # fmt: skip


def _find(engine: DuckDBEngine, book: Any) -> None:
    """Make all that the chain rests on out of the facts."""
    chosen = book.settings
    calendar = refresh.calendar_of(chosen)
    journeys.join_same(engine)
    journeys.link(engine, shared_keys=chosen.shared_keys, currency=chosen.currency)
    language.find_themes(engine, book.folder / "models" / "themes")
    language.find_signals(engine, book.folder / "cache")
    _follow(engine, book)
    journeys.find_commitments(engine, book.folder / "cache", calendar=calendar)
    journeys.judge_promises(engine, time_zone=chosen.time_zone, quiet_days=chosen.quiet_days,
                            calendar=calendar, published=chosen.promises)  # fmt: skip
    report.follow_chain(engine)


def _links(engine: DuckDBEngine, where: str) -> dict[str, Any]:
    """Return the counts of the links, as the chain's page makes them of the engine's tables."""
    reader = Reader("", {}, duckdb.connect())
    run = reader.connection.execute
    tables = ("promises", "chain", "customer_value", "problem_effects")
    for table in tables:
        empty = DERIVED[table].schema.empty_table()
        held = engine.arrow(f"SELECT * FROM {table}") if table in tables[:2] else empty
        reader.connection.register("_held", held)
        run(f"CREATE TABLE found_{table} AS SELECT * FROM _held")
    run("CREATE TABLE numbers AS SELECT customer_id, CAST(NULL AS VARCHAR) AS segment, "
        "row_number() OVER () AS customer_no FROM (SELECT DISTINCT customer_id FROM "
        "found_promises WHERE customer_id IS NOT NULL) AS known")  # fmt: skip
    for table in tables:
        run(f"CREATE TABLE {table} AS {columns_sql(table, f'found_{table}')}")
    # The links ask of the messages alone whether any came in.
    reader.connection.register("_held", engine.arrow("SELECT direction FROM messages"))
    run("CREATE TABLE messages AS SELECT * FROM _held")
    found = {link.key: link.events for link in chain_links(reader, "EUR", where)}
    reader.connection.close()
    return found


def _feed_truth(engine: DuckDBEngine, truth: Path) -> None:
    """Put true customers, problems, thanks and commitments in the place of those found."""
    said = pq.read_table(truth / "contacts.parquet")
    engine.load("_said", said)
    engine.save(
        "contact_customers",
        f"""
        SELECT '{SOURCE}' AS source, contact_id, 'true:' || customer_id AS customer_id
        FROM _said WHERE customer_id IS NOT NULL
        """,
        pa.schema([(n, pa.string()) for n in ("source", "contact_id", "customer_id")]),
    )
    engine.save(
        "contact_themes",
        f"""
        SELECT '{SOURCE}' AS source, contact_id, CAST(t.place AS INTEGER) AS theme_id,
            CAST(1.0 AS FLOAT) AS similarity, 'theme' AS state,
            CAST(t.place AS INTEGER) AS nearest_id, CAST(NULL AS INTEGER) AS second_id,
            CAST(NULL AS FLOAT) AS second_similarity
        FROM _said s JOIN (
            SELECT topic, row_number() OVER (ORDER BY topic) AS place
            FROM (SELECT DISTINCT topic FROM _said) AS topics
        ) AS t ON t.topic = s.topic
        WHERE s.role = 'customer'
        """,
        DERIVED["contact_themes"].schema,
    )
    columns = ", ".join(
        "CASE WHEN s.act = 'thanks' THEN 'Thank you' ELSE 'x' END AS text"
        if name == "text"
        else f'c."{name}"'
        for name in FACTS["contacts"].schema.names
    )
    engine.save(
        "contacts",
        f"SELECT {columns} FROM contacts c LEFT JOIN _said s ON s.contact_id = c.contact_id",
        FACTS["contacts"].schema,
    )
    engine.load("signals", DERIVED["signals"].schema.empty_table())


def _true_promises(engine: DuckDBEngine, truth: Path) -> None:
    """Put the true commitments beside the orders' dates, which the facts tell as they are."""
    orders = pq.read_table(truth / "orders.parquet").to_pylist()
    owner = {row["order_id"]: f"true:{row['customer_id']}" for row in orders}
    rows = engine.arrow("SELECT * FROM promises WHERE kind = 'delivery'").to_pylist()
    for row in rows:
        row["customer_id"] = owner[row["order_number"]]
    for number, row in enumerate(pq.read_table(truth / "promises.parquet").to_pylist()):
        rows.append({
            "promise_id": f"true{number}", "kind": "commitment", "what": row["kind"],
            "source": SOURCE, "customer_id": f"true:{row['customer_id']}",
            "contact_id": row["contact_id"], "made_at": row["made_at"], "due_at": row["due_at"],
            "status": row["outcome"],
        })  # fmt: skip
    schema = DERIVED["promises"].schema
    engine.load("promises", pa.Table.from_pylist(rows, schema))
    report.follow_chain(engine)


def _loops(truth: Path, promises: list[dict[str, Any]]) -> dict[str, int]:
    """Count by loops over the truth alone: broken promises, who wrote, who went public."""
    asked: dict[str, list[tuple[Any, bool]]] = {}
    for row in pq.read_table(truth / "contacts.parquet").to_pylist():
        if row["role"] == "customer":
            public = row["file"] == "reviews_and_posts.csv"
            asked.setdefault(f"true:{row['customer_id']}", []).append((row["at"], public))
    found = dict.fromkeys(("broken", "wrote", "public"), 0)
    for promise in promises:
        after = [public for at, public in asked.get(promise["customer_id"] or "", [])
                 if timedelta() <= at - promise["due_at"] < _DAYS]  # fmt: skip
        found["broken"] += 1
        found["wrote"] += bool(after)
        found["public"] += any(after)
    return found


def _company(seed: int, folder: Path) -> list[dict[str, Any]]:
    book = goodwill.create(folder / "book", currency="EUR", time_zone="Europe/Madrid")
    files = demo.write(folder / "exports", folder / "truth", customers=CUSTOMERS, seed=seed)
    book.add(*files.exports, source=SOURCE)
    store = book.store()
    engine = DuckDBEngine(folder / "scratch")
    for name, spec in FACTS.items():
        engine.load(name, store.uris(name) or spec.schema.empty_table())
    _find(engine, book)
    ours = {scope: _links(engine, sql) for scope, sql in SCOPES.items()}
    found = engine.arrow("SELECT * FROM promises")
    _feed_truth(engine, files.truth)
    _follow(engine, book)
    engine.load("promises", found)  # `follow` makes those of orders alone
    _true_promises(engine, files.truth)
    true = {scope: _links(engine, sql) for scope, sql in SCOPES.items()}
    rows = []
    for scope, sql in SCOPES.items():
        promises = engine.arrow(
            f"SELECT customer_id, due_at FROM promises WHERE status IN ('broken', 'overdue') "
            f"AND due_at IS NOT NULL AND {sql}"
        ).to_pylist()
        loops = _loops(files.truth, promises)
        for key in KEYS:
            figure, truth = ours[scope][key], int(true[scope][key].value)
            low = figure.value if figure.low is None else figure.low
            high = figure.value if figure.high is None else figure.high
            rows.append({
                "seed": seed, "promises": scope, "link": key, "truth": truth,
                "found": int(figure.value), "low": int(low), "high": int(high),
                "held": low <= truth <= high, "loops": loops.get(key),
                "exact": loops.get(key, truth) == truth,
            })  # fmt: skip
    engine.close()
    return rows


def main() -> None:
    rows: list[dict[str, Any]] = []
    cpu = 0.0
    for seed in range(FIRST_SEED, FIRST_SEED + SEEDS):
        with tempfile.TemporaryDirectory() as folder:
            os.environ["GOODWILL_KEY_FILE"] = str(Path(folder) / "key")
            made, _, spent = timed(lambda s=seed, f=folder: _company(s, Path(f)))
        rows += made
        cpu += spent
        # After each company, so that a run that is ended early has told what it found.
        tell("chain", _summary(rows), customers=CUSTOMERS, first_seed=FIRST_SEED,
             cpu_seconds=round(cpu, 1), companies=rows)  # fmt: skip


def _summary(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    summary = []
    for scope in SCOPES:
        for key in KEYS:
            mine = [r for r in rows if r["promises"] == scope and r["link"] == key]
            off = [r["found"] / r["truth"] - 1 for r in mine if r["truth"]]
            wide = [(r["high"] - r["low"]) / r["truth"] for r in mine if r["truth"]]
            summary.append({
                "promises": scope, "link": key, "companies": len(mine),
                "exact": sum(r["exact"] for r in mine), "held": sum(r["held"] for r in mine),
                "bias": round(sum(off) / len(off), 3) if off else None,
                "width": round(sum(wide) / len(wide), 2) if wide else None,
            })  # fmt: skip
    return summary


if __name__ == "__main__":
    main()
