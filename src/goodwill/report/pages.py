"""The page file: one sorted, read-only DuckDB file a generation, out of which pages are answered.

Pages never read the file that is being written, and never scan: each table is sorted by what its
page asks for, so that DuckDB's zone maps leave out nearly all of it.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb

from goodwill.engine import Engine
from goodwill.literals import text_sql
from goodwill.report.page_columns import BY_TIME, columns_sql, numbers_sql, teams_sql
from goodwill.tables import TIME

import pyarrow as pa  # isort: skip

_S = pa.string()
_TIMELINE = pa.schema(
    [
        ("customer_id", _S),
        ("at", TIME),
        ("kind", _S),
        ("source", _S),
        ("id", _S),
        ("title", _S),
        ("text", _S),
        ("channel", _S),
        ("public", pa.bool_()),
        ("theme_id", pa.int32()),
        ("amount", pa.int64()),
        ("currency", _S),
        ("state", _S),
    ]
)
_ORDERS = pa.schema(
    [
        ("source", _S),
        ("order_id", _S),
        ("order_number", _S),
        ("customer_id", _S),
        ("at", TIME),
        ("kind", _S),
        ("amount", pa.int64()),
        ("currency", _S),
        ("product", _S),
        ("promised_at", TIME),
        ("delivered_at", TIME),
        ("region", _S),
        ("status", _S),
    ]
)

_TEAMS = pa.schema([(name, _S) for name in ("source", "contact_id", "team")])
SCRATCH = ("page_orders", "timeline", "imports", "quarantine", "threads")
"""What page tables are made of that is no table of the generation."""

# Each page table: what it is made of, and what it is sorted by.
_SORTED = {
    "messages": 'theme_id NULLS LAST, "at" DESC, contact_id',
    "timeline": 'customer_id, "at" DESC, kind, id',
    "orders": 'customer_id NULLS LAST, "at" DESC, order_id',
    "promises": "status, due_at, promise_id",
    "customers": "customer_id",
    "customer_refs": "customer_id, source, customer_ref",
    "customer_value": "customer_id",
    "contract_value": "customer_id, source, subscription_id",
    "contract_renewals": "source, period, plan, renewal",
    "contract_effects": "theme_id, problem",
    "episodes": "customer_id, opened_at, episode_id",
    "conversation_metrics": "opened_at, conversation_id",
    "process_steps": "process, step",
    "process_links": "process, cases DESC, from_step, to_step",
    "process_paths": "process, place",
    "contact_gaps": '"at", source, contact_id',
    "themes": "theme_id",
    "contact_themes": "nearest_id, similarity DESC, source, contact_id",
    "further_themes": 'theme_id, "at" DESC, source, contact_id',
    "problem_costs": "place, theme_id",
    "problem_effects": "theme_id, problem",
    "rule_costs": "place, rule_id",
    "rule_contacts": 'rule_id, "at" DESC, source, contact_id',
    "equity_months": "source, month, part",
    "equity_segments": "dimension, equity DESC, segment",
    "first_days": "source, month",
    "ledger": "published DESC, due_on DESC, figure, source, subject, weeks",
    "weekly": "theme_id, week",
    "alerts": "raised_at, alert_id",
    "phrases": "day, phrase, copied",
    "fixes": "started_on, event_id",
    "fix_weeks": "event_id, week",
    "chain": "customer_id, due_at, promise_id",
    "imports": '"at", import_id',
    "quarantine": "import_id, line, quarantine_id",
    "threads": "source, thread_id",
    "same_event": "same_event_id",
    "signals": 'theme_id NULLS LAST, "at" DESC, source, contact_id',
}

RENEWED = ("fixes", "fix_weeks")
"""Tables that are made anew between two refreshes; no answer that reads them is kept."""


def timeline_sql() -> str:
    """Return the SQL of all that happened to each known customer, one row an entry."""
    return """
    SELECT
        customer_id, "at",
        CASE direction WHEN 'in' THEN 'contact' WHEN 'out' THEN 'reply' ELSE 'note' END AS kind,
        source, contact_id AS id, subject AS title, text, channel, public, theme_id,
        CAST(NULL AS BIGINT) AS amount, CAST(NULL AS VARCHAR) AS currency,
        CASE WHEN repeat THEN 'repeat' ELSE '' END AS state
    FROM messages
    WHERE customer_id IS NOT NULL AND "at" IS NOT NULL
    UNION ALL
    SELECT
        customer_id, min("at") AS "at", kind, source,
        coalesce(order_number, min(order_id)) AS id,
        coalesce(order_number, min(order_id)) AS title,
        CASE WHEN count(*) = 1 THEN max(product)
             ELSE CAST(count(*) AS VARCHAR) || ' lines' END AS text,
        CAST(NULL AS VARCHAR) AS channel, false AS public, CAST(NULL AS INTEGER) AS theme_id,
        sum(amount) AS amount, max(currency) AS currency, max(status) AS state
    FROM page_orders
    WHERE customer_id IS NOT NULL AND "at" IS NOT NULL
    GROUP BY customer_id, kind, source, order_number,
        CASE WHEN order_number IS NULL THEN order_id END
    UNION ALL
    SELECT
        customer_id, due_at AS "at",
        CASE kind WHEN 'delivery' THEN 'promise' ELSE kind END AS kind, source,
        promise_id AS id, coalesce(words, order_number) AS title, reason AS text,
        CAST(NULL AS VARCHAR) AS channel, false AS public, theme_id,
        CAST(NULL AS BIGINT) AS amount, CAST(NULL AS VARCHAR) AS currency, status AS state
    FROM promises
    WHERE customer_id IS NOT NULL AND due_at IS NOT NULL
        AND (kind <> 'published' OR status <> 'kept')
    UNION ALL
    SELECT
        m.customer_id, e.at AS "at", 'voice' AS kind, e.other_source AS source,
        e.other_id AS id, e.subject AS title, e.text, e.channel, e.public, m.theme_id,
        CAST(NULL AS BIGINT) AS amount, CAST(NULL AS VARCHAR) AS currency,
        e.same_event_id AS state
    FROM same_event e
    JOIN messages m ON m.source = e.source AND m.contact_id = e.id
    WHERE e.kind = 'contact' AND m.customer_id IS NOT NULL
    UNION ALL
    SELECT
        o.customer_id, min(e.at) AS "at", 'voice' AS kind, e.other_source AS source,
        e.other_id AS id, e.other_id AS title, e.evidence AS text,
        CAST(NULL AS VARCHAR) AS channel, false AS public, CAST(NULL AS INTEGER) AS theme_id,
        min(e.amount) AS amount, min(e.currency) AS currency, e.same_event_id AS state
    FROM same_event e
    JOIN page_orders o
        ON o.source = e.source AND coalesce(o.order_number, o.order_id) = e.id
        AND (o.kind IN ('order', 'payment')) = (e.kind = 'order')
    WHERE e.kind <> 'contact' AND o.customer_id IS NOT NULL
    GROUP BY o.customer_id, e.other_source, e.other_id, e.evidence, e.same_event_id
    UNION ALL
    SELECT
        customer_id, kept_at AS "at", 'delivered' AS kind, source, promise_id AS id,
        order_number AS title, CAST(NULL AS VARCHAR) AS text, CAST(NULL AS VARCHAR) AS channel,
        false AS public, CAST(NULL AS INTEGER) AS theme_id, CAST(NULL AS BIGINT) AS amount,
        CAST(NULL AS VARCHAR) AS currency, status AS state
    FROM promises
    WHERE customer_id IS NOT NULL AND kept_at IS NOT NULL AND kind = 'delivery'
    """


def orders_sql() -> str:
    """Return the SQL of the order lines with their customer."""
    return """
    SELECT
        o.source, o.order_id, o.order_number, c.customer_id, o.at, o.kind, o.amount, o.currency,
        o.product, o.promised_at, o.delivered_at, o.region, o.status
    FROM orders o
    LEFT JOIN order_customers c ON c.source = o.source AND c.order_id = o.order_id
    """


def build_pages(engine: Engine, making: Path) -> None:
    """Write ``pages.duckdb`` into the generation that is being made in ``making``."""
    engine.save("page_orders", orders_sql(), _ORDERS)
    engine.save("page_teams", teams_sql(), _TEAMS)
    engine.save("timeline", timeline_sql(), _TIMELINE)
    scratch = making / "scratch"
    scratch.mkdir(exist_ok=True)
    for name in (*SCRATCH, "page_teams"):
        engine.write(name, scratch / f"{name}.parquet")
    fill_pages(making)


def fill_pages(making: Path) -> None:
    """Write ``pages.duckdb`` out of the Parquet files in ``making`` and its folder ``scratch``."""
    connection: Any = duckdb.connect(str(making / "pages.duckdb"))
    try:
        connection.execute("SET TimeZone = 'UTC'")
        for name in ("signals", "chain", "messages", "episodes", "promises"):
            connection.execute(
                f"CREATE TEMP VIEW found_{name} AS SELECT * FROM {_rows(making / name)}"
            )
        connection.execute(
            f"CREATE TEMP TABLE teams AS SELECT * FROM {_rows(making / 'scratch' / 'page_teams')}"
        )
        files = (str(making / f"{name}.parquet") for name in ("customers", "customer_value"))
        connection.execute(f"CREATE TEMP TABLE numbers AS {numbers_sql(*files)}")
        for name in _SORTED:
            _take(connection, name, making)
        for name, rows in BY_TIME.items():
            connection.execute(f"CREATE TABLE {name} AS {rows}")
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def renew_pages(before: Path, making: Path) -> None:
    """Write ``pages.duckdb`` into ``making``: the one before with `RENEWED` made anew."""
    shutil.copyfile(before, making / "pages.duckdb")
    connection: Any = duckdb.connect(str(making / "pages.duckdb"))
    try:
        connection.execute("SET TimeZone = 'UTC'")
        for name in RENEWED:
            connection.execute(f"DROP TABLE IF EXISTS {name}")
            _take(connection, name, making)
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def _take(connection: Any, name: str, making: Path) -> None:
    path = making / name
    if name == "signals":  # told of messages
        path = making / "messages"
    elif name == "further_themes":
        path = making / "contact_themes"
    elif name == "orders":
        path = making / "scratch" / "page_orders"
    elif name in SCRATCH:
        path = making / "scratch" / name
    connection.execute(
        f"CREATE TABLE {name} AS SELECT * FROM ({columns_sql(name, _rows(path))}) "
        f"ORDER BY {_SORTED[name]}"
    )


def _rows(path: Path) -> str:
    return f"read_parquet({text_sql(str(path) + '.parquet')})"
