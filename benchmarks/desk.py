"""The desk's pages on a large page file: each page, fifty people at once, a real browser.

``python benchmarks/desk.py BOOK [CONTACTS [FOLDER]]`` copies the newest generation of a refreshed
Book (the demo company, say), multiplies its customers with all that is theirs until there are a
million contacts and five million orders, and asks every page of it the way a browser does. Themes
and what is summed by them stay as many as they are; the index of words holds the million contacts.
Then the desk is served in processes of its own to fifty people, and to Chromium. With FOLDER the
large Book is made there and kept, and used again where it is there. ``pages``, ``people`` or
``browser`` as a last word asks for that part alone; results are written once there are pages.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import duckdb

from _bench import report
from _desk_book import large
from _desk_people import crowd, seen, served, sessions
from goodwill.generations import PAGES

CONTACTS = 1_000_000
"""Five times as many orders come with them."""
LATER = 3
"""Clicks on each page after the first."""
PEOPLE = 50
TOLD = "made.json"
PART = "from=2026-01-01&to=2026-03-31"
MONTH = "from=2026-05-01&to=2026-05-31"


def asked(folder: Path) -> list[str]:
    """Return the addresses to ask for, each as it is met first."""
    base: Any = duckdb.connect(str(next((folder / "derived").glob("g*")) / PAGES), read_only=True)

    def texts(sql: str) -> list[str]:
        return [quote(str(row[0])) for row in base.execute(sql).fetchall()]

    def common(column: str) -> list[str]:
        return texts(
            f"SELECT {column} FROM messages WHERE {column} IS NOT NULL GROUP BY 1 "
            "ORDER BY count(*) DESC, 1 LIMIT 1"
        )

    themes = texts("SELECT theme_id FROM problem_costs ORDER BY place, theme_id")
    small = texts("SELECT theme_id FROM themes WHERE theme_id IN (SELECT theme_id FROM "
                  "problem_costs) ORDER BY contacts, theme_id LIMIT 1")  # fmt: skip
    first, middle = themes[0], themes[len(themes) // 2]
    some = [first, themes[1], themes[5], middle, *small]
    hit = texts(f"SELECT customer_id FROM messages WHERE theme_id = {first} AND customer_id "
                "IS NOT NULL ORDER BY contact_id LIMIT 3")  # fmt: skip
    busiest = texts("SELECT customer_id FROM timeline GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
    fixes = texts("SELECT event_id FROM fixes ORDER BY event_id LIMIT 2")
    parts = {name: value for name in ("channel", "product", "region", "team", "segment")
             for value in common(name)}  # fmt: skip
    base.close()
    return [
        "/", "/today/", "/owned/", "/team/", "/follow-ups/", "/follow-ups/?show=closed",
        "/problems/",
        "/problems/?offset=50", *(f"/problems/{each}/" for each in some),
        "/chain/", "/chain/?offset=20", f"/chain/?{PART}", f"/chain/?{MONTH}",
        *(f"/chain/?theme={each}" for each in some), f"/chain/?segment={parts['segment']}",
        *(f"/promises/?state={each}" for each in
          ("open", "overdue", "broken", "kept", "unknown", "all")),
        "/promises/?state=all&offset=5000", "/promises/?state=kept&kind=delivery",
        "/promises/?state=all&what=refund",
        "/value/", "/value/?month=2026-03", "/ledger/", "/ledger/?offset=50",
        "/metrics/", "/metrics/?channel=email", "/metrics/?channel=chat", f"/metrics/?{PART}",
        f"/metrics/?{MONTH}", f"/metrics/?theme={first}",
        f"/metrics/?theme={first}&channel=email&{PART}",
        "/processes/", "/themes/", *(f"/themes/{each}/" for each in some),
        f"/themes/{first}/preview/?kind=mute", f"/themes/{first}/audit/", "/rules/",
        "/alerts/", *(f"/alerts/?{name}={value}" for name, value in parts.items()),
        f"/alerts/?theme={first}", "/fixes/", *(f"/fixes/{each}/" for each in fixes),
        f"/fixes/rollouts/?theme={first}",
        "/search/", "/search/?q=refund", "/search/?q=the", "/search/?q=parcl",
        "/search/?q=%22where%20is%20my%22", "/search/?q=deliver*",
        f"/search/?q=refund&theme={first}",
        "/search/?q=refund+-parcel&channel=email", "/search/?q=order&month=2026-03",
        "/customers/", *(f"/customers/{each}/" for each in hit), f"/customers/{busiest[0]}/",
        "/customers/candidates/", "/vault/looks/",
        "/records/messages/", f"/records/messages/?theme_id={first}",
        "/records/messages/?direction=in&repeat=true",
        "/records/messages/?direction=in&offset=5000",
        "/records/orders/?kind=order", f"/records/orders/?customer_id={hit[0]}",
        "/records/promises/?status=open", "/records/customer_value/",
        *(f"/?{name}={value}" for name, value in {"theme": first, **parts}.items()),
        f"/?{PART}", f"/?{MONTH}&against=before", f"/?{PART}&against=year",
        f"/?{PART}&channel=chat",
        *(f"/problems/?{name}={value}" for name, value in parts.items()), f"/problems/?{PART}",
        *(f"/problems/{first}/?{name}={value}" for name, value in parts.items()),
        f"/problems/{first}/?{PART}&against=year",
        "/import/", "/import/quarantine/", "/settings/", "/people/", "/people/log/", "/account/",
        "/help/", "/help/desk/",
    ]  # fmt: skip


def mix(addresses: list[str]) -> list[tuple[str, int]]:
    """Return what people click: every page, those that a day begins with more often."""
    often = {
        "/": 20,
        "/today/": 20,
        "/problems/": 14,
        "/follow-ups/": 12,
        "/alerts/": 6,
        "/promises/?state=open": 8,
        "/chain/": 6,
        "/metrics/": 6,
        "/search/?q=refund": 6,
    }
    return [(each, often.get(each, 1)) for each in addresses]


def pages(folder: Path, addresses: list[str]) -> list[dict[str, Any]]:
    """Return what each page takes, asked in this process: the first click and later ones."""
    from django.test import Client

    from goodwill.desk.accounts.models import User
    from goodwill.desk.warming import warm

    user, _ = User.objects.get_or_create(username="ada", defaults={"role": "admin"})
    client, rows = Client(), []
    client.force_login(user)
    warm()
    client.get("/help/")
    for address in addresses:
        spent: list[tuple[float, float]] = []
        for _ in range(LATER + 1):
            wall, cpu = time.perf_counter(), time.process_time()
            answer = client.get(address)
            spent.append((time.process_time() - cpu, time.perf_counter() - wall))
            assert answer.status_code == 200, (address, answer.status_code)
        cpus, walls = ([1000 * each[i] for each in spent] for i in (0, 1))
        rows.append(
            {
                "page": address,
                "first cpu ms": round(cpus[0]),
                "first wall ms": round(walls[0]),
                "later cpu ms": round(sorted(cpus[1:])[LATER // 2]),
                "later wall ms": round(sorted(walls[1:])[LATER // 2]),
            }
        )
        print(rows[-1], flush=True)
    return rows


def p95(rows: list[dict[str, Any]], column: str) -> int:
    """Return the 95 % quantile of a column, and of no page more."""
    return int(sorted(row[column] for row in rows)[int(0.95 * (len(rows) - 1))])


def main(book: str, contacts: str = str(CONTACTS), kept: str = "", only: str = "") -> None:
    """Build, ask, tell."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(kept or scratch) / "book"
        if not (folder / TOLD).exists():
            told = large(Path(book), folder, int(contacts))
            (folder / TOLD).write_text(json.dumps(told))
        from goodwill.desk.settings import configure

        configure(folder)
        from django.conf import settings

        settings.ALLOWED_HOSTS.append("testserver")
        addresses = asked(folder)
        for part, work in PARTS.items():
            if only in ("", part):
                found = work(folder, addresses)
                (folder / f"{part}.json").write_text(json.dumps(found))
                print(json.dumps(found, indent=1), flush=True)
        told = json.loads((folder / TOLD).read_text())
        parts = {part: json.loads((folder / f"{part}.json").read_text())
                 for part in PARTS if (folder / f"{part}.json").exists()}  # fmt: skip
        if "pages" in parts:  # the others are added when they are there
            rows = parts.pop("pages")
            columns = [each for each in rows[0] if each != "page"]
            p95s = {each: p95(rows, each) for each in columns}
            report("desk", rows, **told, **{"p95 over pages": p95s}, **parts)


def people(folder: Path, addresses: list[str]) -> dict[str, Any]:
    """Return how fifty people fare: a click each five seconds, then without any pause."""
    who, clicks = sessions(PEOPLE), mix(addresses)
    with served(folder) as (address, process):
        # A morning: some have looked at some pages already.
        crowd(address, process, who[:4], clicks, seconds=6, think=0)
        return {
            "with pauses": crowd(address, process, who, clicks, seconds=40, think=5),
            "at the same moment": crowd(address, process, who, clicks, seconds=31, together=5),
            "without": crowd(address, process, who, clicks, seconds=20, think=0),
        }


def browser(folder: Path, addresses: list[str]) -> list[dict[str, Any]]:
    """Return after how long a browser shows the main pages."""
    problem = next(each for each in addresses if each.startswith("/problems/") and "?" not in each
                   and each != "/problems/")  # fmt: skip
    shown = ["/", "/today/", "/problems/", problem, "/chain/", "/metrics/", "/promises/?state=open",
             "/follow-ups/", "/alerts/", "/value/", "/themes/", "/search/?q=refund"]  # fmt: skip
    with served(folder) as (address, _):
        return seen(address, sessions(1)[0], shown, 4)


PARTS = {"pages": pages, "browser": browser, "people": people}


if __name__ == "__main__":
    if not 2 <= len(sys.argv) <= 5:
        raise SystemExit("name the folder of a refreshed Book, such as that of `goodwill demo`")
    main(*sys.argv[1:])
