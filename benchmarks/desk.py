"""The desk's pages on a large page file: CPU and wall milliseconds of each, and fifty people.

``python benchmarks/desk.py BOOK [CONTACTS]`` copies the newest generation of a refreshed Book (the
demo company, say), multiplies its customers with all that is theirs until there are a million
contacts and five million orders, and asks every page of it the way a browser does. Themes and what
is summed by them stay as many as they are. The index of words is not multiplied: `search` has a
benchmark of its own.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import duckdb

import goodwill
from _bench import peak_gb, report
from goodwill.generations import PAGES
from goodwill.report import build_answers
from goodwill.report import pages as report_pages

CONTACTS = 1_000_000
"""Five times as many orders come with them."""
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
WARM = 12
PEOPLE, CLICKS = 50, 4


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
    for file in ("manifest.json", "search.sqlite"):
        shutil.copyfile(was / file, made / file)
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


def asked(one: Any) -> list[str]:
    """Return the addresses to ask for, each as it is met first."""
    book = one()
    theme = book.problems()[0].theme_id
    hit = book.problem(theme).hits[0].customer_id
    return [
        "/", "/today/", "/follow-ups/", "/problems/", f"/problems/{theme}/", "/chain/",
        f"/chain/?theme={theme}", "/promises/", "/promises/?state=broken", "/value/", "/ledger/",
        "/metrics/", "/metrics/?channel=email", "/processes/", "/themes/", f"/themes/{theme}/",
        "/rules/", "/alerts/", "/fixes/", "/search/?q=refund", f"/customers/{hit}/",
        f"/records/messages/?theme_id={theme}", "/import/", "/settings/", "/people/",
        "/people/log/", "/help/desk/",
    ]  # fmt: skip


def main() -> None:
    """Build, ask, tell."""
    if len(sys.argv) not in (2, 3):
        raise SystemExit("name the folder of a refreshed Book, such as that of `goodwill demo`")
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as scratch:
        folder = Path(scratch) / "book"
        most = int(sys.argv[2]) if len(sys.argv) == 3 else CONTACTS
        told = large(Path(sys.argv[1]), folder, most)
        print(told, flush=True)
        from goodwill.desk.settings import configure

        configure(folder)
        from django.conf import settings
        from django.test import Client

        from goodwill.desk.accounts.models import User
        from goodwill.desk.reading import whole_book

        settings.ALLOWED_HOSTS.append("testserver")
        ada = User.objects.create_user("ada", role="admin")
        client = Client()
        client.force_login(ada)
        rows, addresses = [], asked(whole_book)
        for address in addresses:
            spent: list[tuple[float, float]] = []
            for _ in range(WARM + 1):
                wall, cpu = time.perf_counter(), time.process_time()
                status = client.get(address).status_code
                spent.append((time.process_time() - cpu, time.perf_counter() - wall))
                assert status == 200, (address, status)
            cpus, walls = (sorted(each[i] for each in spent[1:]) for i in (0, 1))
            rows.append(
                {
                    "page": address.split("?")[0],
                    "first cpu ms": round(1000 * spent[0][0]),
                    "cpu ms p50": round(1000 * cpus[len(cpus) // 2]),
                    "cpu ms p95": round(1000 * cpus[int(0.95 * (len(cpus) - 1))]),
                    "wall ms p50": round(1000 * walls[len(walls) // 2]),
                    "wall ms p95": round(1000 * walls[int(0.95 * (len(walls) - 1))]),
                }
            )
            print(rows[-1], flush=True)
        report("desk", rows, **told, crowd=crowd(addresses, ada), peak_gb=round(peak_gb(), 2))


def crowd(addresses: list[str], user: Any) -> dict[str, Any]:
    """Let fifty people click at once, in threads as many as the server has; return what came."""
    from concurrent.futures import ThreadPoolExecutor

    from django.db import connections
    from django.test import Client

    walls: list[float] = []
    wrong: list[tuple[str, int]] = []
    lock, server = threading.Lock(), ThreadPoolExecutor(4)  # as `goodwill desk` serves

    def answer(client: Any, address: str) -> int:
        try:
            return int(client.get(address).status_code)
        finally:
            connections.close_all()

    def person(n: int) -> None:
        client = Client()
        client.force_login(user)
        for click in range(CLICKS):
            address = addresses[(7 * n + 3 * click) % len(addresses)]
            began = time.perf_counter()
            status = server.submit(answer, client, address).result()
            with lock:
                walls.append(time.perf_counter() - began)
                if status != 200:
                    wrong.append((address, status))
        connections.close_all()

    cpu, wall = time.process_time(), time.perf_counter()
    people = [threading.Thread(target=person, args=(n,)) for n in range(PEOPLE)]
    for each in people:
        each.start()
    for each in people:
        each.join()
    walls.sort()
    return {
        "clicks": len(walls),
        "errors": len(wrong),
        "wall s p50": round(walls[len(walls) // 2], 2),
        "wall s p95": round(walls[int(0.95 * (len(walls) - 1))], 2),
        "cpu ms a click": round(1000 * (time.process_time() - cpu) / len(walls)),
        "whole wall s": round(time.perf_counter() - wall, 1),
    }


if __name__ == "__main__":
    main()
