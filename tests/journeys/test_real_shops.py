"""Two real shops: promised dates against what customers said, and a shop that holds no contacts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from goodwill import journeys, report
from goodwill.engine import DuckDBEngine
from goodwill.generations import Reader
from goodwill.report.links import chain_links
from goodwill.report.page_columns import BY_TIME, columns_sql
from goodwill.report.pages import orders_sql
from goodwill.settings import Settings
from goodwill.tables import DERIVED, FACTS

pytestmark = pytest.mark.data
OLIST = "olist_reviews/olist_classified_public_dataset.csv"
RETAIL = "online_retail/online_retail_2010_2011.parquet"


@pytest.fixture
def engine() -> Iterator[DuckDBEngine]:
    made = DuckDBEngine(threads=2)
    for name in ("contacts", "orders", "threads", "thread_events", "identities"):
        made.load(name, FACTS[name].schema.empty_table())
    made.load("contact_themes", DERIVED["contact_themes"].schema.empty_table())
    yield made
    made.close()


def _facts(name: str, columns: dict[str, Any], rows: int) -> pa.Table:
    """A fact table of these columns; all others are null."""
    return pa.table(
        [
            pa.array(columns[f.name], f.type)
            if isinstance(columns.get(f.name), list)
            else pa.array([columns.get(f.name)] * rows, f.type)
            for f in FACTS[name].schema
        ],
        schema=FACTS[name].schema,
    )


def _moment(value: datetime | None) -> datetime | None:
    return value.replace(tzinfo=UTC) if value else None


def test_who_was_let_down_says_so(engine: DuckDBEngine, data_folder: Path) -> None:
    path = data_folder / OLIST
    if not path.is_file():
        pytest.skip(f"real data absent: {path}")
    rows = pyarrow.csv.read_csv(path).to_pylist()
    ids = [str(row["id"]) for row in rows]
    assert len(set(ids)) == len(ids) > 3000
    promised = [_moment(row["order_estimated_delivery_date"]) for row in rows]
    delivered = [_moment(row["order_delivered_customer_date"]) for row in rows]
    bought = [_moment(row["order_purchase_timestamp"]) for row in rows]
    shop = {"source": "olist", "customer_ref": ids, "order_id": ids}
    engine.load("orders", _facts("orders", shop | {
        "order_number": ids, "kind": "order", "at": bought, "promised_at": promised,
        "delivered_at": delivered, "status": [row["order_status"] for row in rows],
    }, len(rows)))  # fmt: skip
    engine.load("contacts", _facts("contacts", shop | {
        "contact_id": [f"r{n}" for n in ids], "direction": "in", "channel": "review",
        "public": True, "author_role": "customer", "rating_scale": "stars5",
        "at": [_moment(row["review_creation_date"]) for row in rows],
        "rating": [float(row["review_score"]) for row in rows],
    }, len(rows)))  # fmt: skip
    journeys.link(engine)
    journeys.follow(engine)
    found = {
        row["order_number"]: row
        for row in engine.arrow("SELECT order_number, status, days_late FROM promises").to_pylist()
    }

    # The same by loops over the file: a day's promise lasts until the day ends.
    now = max(m for m in (*delivered, *bought) if m)
    now = max(now, *(_moment(row["review_creation_date"]) or now for row in rows))
    expected, scores = Counter(), {"kept": [], "broken": []}  # type: ignore[var-annotated]
    for n, row in enumerate(rows):
        due, came = promised[n], delivered[n]
        assert due is not None
        last = datetime.combine(due.date(), time.max, UTC)
        if row["order_status"] in ("canceled", "unavailable"):
            state = "unknown"
        elif came:
            state = "kept" if came <= last else "broken"
        else:
            state = "overdue" if last < now else "open"
        assert found[ids[n]]["status"] == state, row
        expected[state] += 1
        if state in scores:
            scores[state].append(row["review_score"])
        if state == "broken":
            assert (
                came is not None and found[ids[n]]["days_late"] == (came.date() - due.date()).days
            )
    assert sum(expected.values()) == len(found) and expected["broken"] > 100
    kept, broken = (sum(scores[s]) / len(scores[s]) for s in ("kept", "broken"))
    assert broken < kept - 1, (kept, broken)
    linked = engine.arrow(
        """
        SELECT p.status, avg(m.rating) AS score, count(*) AS n
        FROM promises AS p JOIN messages AS m ON m.customer_id = p.customer_id
        WHERE p.status IN ('kept', 'broken') GROUP BY p.status ORDER BY p.status
        """
    ).to_pylist()
    assert [(r["status"], r["n"]) for r in linked] == [
        ("broken", expected["broken"]), ("kept", expected["kept"]),
    ]  # fmt: skip
    assert [r["score"] for r in linked] == pytest.approx([broken, kept])


def test_a_shop_without_contacts_says_what_it_lacks(
    engine: DuckDBEngine, data_folder: Path
) -> None:
    path = data_folder / RETAIL
    if not path.is_file():
        pytest.skip(f"real data absent: {path}")
    table = pq.read_table(path).slice(0, 15_000)
    names = {name.lower().replace(" ", "").replace("_", ""): name for name in table.column_names}
    refs = table[names["customerid"]]
    whole = [None if v is None or v != v else str(int(v)) for v in refs.to_pylist()]
    bills = [str(v) for v in table[names.get("invoiceno", names.get("invoice", ""))].to_pylist()]
    moments = pc.cast(table[names["invoicedate"]], pa.timestamp("us")).to_pylist()
    engine.load("orders", _facts("orders", {
        "source": "retail", "order_id": [str(n) for n in range(len(whole))],
        "order_number": bills, "kind": "order", "amount": 100, "currency": "GBP",
        "at": [_moment(m) for m in moments], "customer_ref": whole,
    }, len(whole)))  # fmt: skip
    journeys.link(engine)
    journeys.follow(engine)
    engine.load("customer_value", DERIVED["customer_value"].schema.empty_table())
    for name in ("problem_effects", "contract_effects", "signals", "themes"):
        engine.load(name, DERIVED[name].schema.empty_table())
    report.follow_chain(engine)

    # Each reference is a customer by itself: nothing joins two.
    assert engine.scalar("SELECT count(*) FROM customers") == len(set(whole) - {None})
    assert engine.scalar("SELECT count(*) FROM customer_refs") == 0
    bought = {(c, b) for c, b in zip(whole, bills, strict=True) if c}
    assert engine.scalar("SELECT sum(orders) FROM customers") == len(bought)
    reader = Reader("g", {}, duckdb.connect())
    held = reader.connection
    pages = ("messages", "episodes", "promises", "chain", "contact_gaps", "orders", "themes",
             "conversation_metrics", "customers", "customer_value", "problem_effects")  # fmt: skip
    for name in (*pages, "signals"):
        rows = orders_sql() if name == "orders" else f"SELECT * FROM {name}"
        held.register("_held", engine.arrow(rows))
        held.execute(f"CREATE TABLE found_{name} AS SELECT * FROM _held")
    held.execute("CREATE TABLE teams (source TEXT, contact_id TEXT, team TEXT)")
    held.execute(
        "CREATE TABLE numbers AS SELECT customer_id, '' AS segment, "
        "row_number() OVER () AS customer_no FROM found_customers"
    )
    for name in pages:
        held.execute(f"CREATE TABLE {name} AS {columns_sql(name, f'found_{name}')}")
    for name, select in BY_TIME.items():
        held.execute(f"CREATE TABLE {name} AS {select}")
    settings = Settings(book_id="b", name="Acme", currency="GBP")
    links = chain_links(reader, settings.currency)
    assert all(link.people is None and link.reason for link in links)
    page = report.journeys(reader, settings, since=date(2000, 1, 1))
    figures = [g.figure for group in page.groups for g in group.gauges]
    assert all(f.value is None and f.reason for f in figures) and not page.paths
    reader.connection.close()
