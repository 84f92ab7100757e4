"""A Book as large as the bars ask for, made of a small one: its newest generation multiplied."""

from __future__ import annotations

import json
import shutil
import time
from pathlib import Path
from typing import Any

import duckdb

import goodwill
from goodwill.generations import PAGES
from goodwill.report import build_answers, build_index
from goodwill.report import pages as report_pages

OWNED = ("messages", "signals", "episodes", "contact_gaps", "conversation_metrics", "chain",
         "contact_themes", "page_teams")  # fmt: skip
"""Tables that grow with the contacts; those of `BOUGHT` grow with the orders."""
BOUGHT = ("page_orders", "promises", "timeline", "customers", "customer_value")
KEYS = ("customer_id", "contact_id", "conversation_id", "episode_id", "order_id", "promise_id",
        "id")  # fmt: skip
_ORDER = ('source, order_id, order_number, customer_id, "at", kind, amount, currency, product, '
          "promised_at, delivered_at, region, status")  # fmt: skip
_TIMELINE = ('customer_id, "at", kind, source, id, title, text, channel, public, theme_id, amount, '
             "currency, state")  # fmt: skip
SCRATCH_ROWS = {
    "page_orders": f"(SELECT {_ORDER} FROM was.orders)",
    "timeline": f"(SELECT {_TIMELINE} FROM was.timeline)",
    "page_teams": "(SELECT source, contact_id, team FROM was.messages WHERE team IS NOT NULL)",
    **{name: f"(FROM was.{name})" for name in ("imports", "quarantine", "threads")},
}
"""What a refresh makes for the page file alone, out of a page file."""


def large(book: Path, into: Path, most: int) -> dict[str, Any]:
    """Copy a Book with its newest generation multiplied, and make its page file; say what it took.

    Every file that the page file is made of is multiplied, and then made into one as a refresh
    does it, with its answers.
    """
    left = shutil.ignore_patterns("contacts", "orders", "staging", "cache", "desk", "derived")
    shutil.copytree(book, into, ignore=left)
    name = (book / "derived" / "CURRENT").read_text().strip()
    was, made = book / "derived" / name, into / "derived" / name
    (made / "scratch").mkdir(parents=True)
    shutil.copyfile(book / "derived" / "CURRENT", into / "derived" / "CURRENT")
    shutil.copyfile(was / "manifest.json", made / "manifest.json")
    base: Any = duckdb.connect()
    base.execute("SET TimeZone = 'UTC'; SET preserve_insertion_order = false")
    base.execute(f"ATTACH '{was / PAGES}' AS was (READ_ONLY)")

    def number(sql: str) -> int:
        return int(base.execute(sql).fetchone()[0])

    times = {
        **dict.fromkeys(OWNED, -(-most // number("SELECT count(*) FROM was.messages "
                                                 "WHERE direction = 'in'"))),
        **dict.fromkeys(BOUGHT, -(-5 * most // number("SELECT count(*) FROM was.orders "
                                                      "WHERE kind = 'order'"))),
    }  # fmt: skip
    files = {path.stem: f"read_parquet('{path}')" for path in was.glob("*.parquet")}
    for table, rows in {**files, **SCRATCH_ROWS}.items():
        columns = {row[0] for row in base.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()}
        changed = ", ".join(
            f"CASE WHEN k = 0 THEN {key} ELSE {key} || '-' || k END AS {key}"
            for key in KEYS
            if key in columns
        )
        replaced = f" REPLACE ({changed})" if changed else ""
        into_file = made / ("scratch" if table in SCRATCH_ROWS else "") / f"{table}.parquet"
        base.execute(
            f"COPY (SELECT * EXCLUDE (k) FROM (SELECT *{replaced} FROM {rows}, "
            f"range({times.get(table, 1)}) AS times(k))) TO '{into_file}' (FORMAT parquet)"
        )
    base.close()
    told, began = {}, time.process_time()
    report_pages.fill_pages(made)
    told["page file cpu s"] = round(time.process_time() - began, 1)
    began = time.process_time()
    build_index(made)
    told["index of words cpu s"] = round(time.process_time() - began, 1)
    began = time.process_time()
    manifest = json.loads((made / "manifest.json").read_text())
    told["answers"] = build_answers(made, manifest, goodwill.open(into).settings)
    told["answers cpu s"] = round(time.process_time() - began, 1)
    told["page file MB"] = round((made / PAGES).stat().st_size / 2**20)
    for path in (*made.glob("*.parquet"), *(made / "scratch").glob("*.parquet")):
        path.unlink()
    base = duckdb.connect(str(made / PAGES), read_only=True)
    told["contacts"] = number("SELECT count(*) FROM messages WHERE direction = 'in'")
    told["orders"] = number("SELECT count(*) FROM orders WHERE kind = 'order'")
    base.close()
    return told
