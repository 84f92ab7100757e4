"""The second export of each product: what changed is updated and kept, nothing lost or doubled.

Each case takes a file of ``tests/formats`` as the first export, and the same with a few cells
changed, as the product writes them a week later, as the second.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
TABLES = ("contacts", "threads", "orders")
Change = tuple[str, str, str, str, str]
"""Table, part of the row's id, field, and patterns of its value before and after."""


@dataclass(frozen=True)
class Case:
    file: str
    cells: dict[str, str]
    """What stands in the first export, and what in the second."""
    changes: list[Change] = field(default_factory=list)
    new: dict[str, int] = field(default_factory=dict)
    soak: bool = False
    """Whether it is read in the long run of tests only."""
    """Rows that only the second export brings, by table."""


CASES = [
    Case(
        "freshdesk/export-01.csv",
        {",Open,Medium,Portal,Question,Sander": ",Resolved,Medium,Portal,Question,Sander",
         ",,,2025-02-03 09:10:11,,,,,,,,,,,,Amparo":
         ",2025-02-08 10:00:00,,2025-02-08 10:00:00,,,,,,,,,,Unhappy,,Amparo"},
        [("threads", "52002", "status", "open", "resolved|solved"),
         ("threads", "52002", "solved_at", "None", "2025-02-08 10:00"),
         ("threads", "52002", "satisfaction", "None", "(?i)unhappy|0|bad")],
    ),
    Case(
        "intercom/export-02.json",
        {'"rating": 5,\n    "remark": "quick and kind"': '"rating": 2,\n    "remark": "no"',
         '"state": "closed",\n   "open": false': '"state": "open",\n   "open": true'},
        [("contacts", "320001", "rating", "5", "2"),
         ("contacts", "320001", "text", "quick and kind", "no"),
         ("threads", "320001", "status", "closed", "open")],
    ),
    Case(
        "intercom/export-01.csv",
        {"310001,closed,2024-11-14 21:45:08,2024-11-14 22:10:00,2024-11-15 09:30:00":
         "310001,open,2024-11-14 21:45:08,2024-11-14 22:10:00,"},
        [("threads", "310001", "status", "closed", "open"),
         ("threads", "310001", "closed_at", "2024-11-15", "None")],
    ),
    Case(
        "gorgias/export-01.json",
        {'"id": 650001,\n      "uri": "/api/tickets/650001/",\n      "external_id": null,\n'
         '      "status": "closed"': '"id": 650001,\n      "uri": "/api/tickets/650001/",\n'
         '      "external_id": null,\n      "status": "open"',
         '"score": 5,\n        "body_text": "A pleasure to deal with"':
         '"score": 1,\n        "body_text": "It broke again"'},
        [("threads", "650001", "status", "closed", "open"),
         ("contacts", "650001", "rating", "5", "1"),
         ("contacts", "650001", "text", "pleasure", "broke again")],
    ),
    Case(
        "helpscout/export-01.json",
        {'"status": "closed", "state": "published", "subject": "Curtain too short"':
         '"status": "active", "state": "published", "subject": "Curtain too short"',
         '"closedAt": "2025-04-03T12:00:00Z"': '"closedAt": null'},
        [("threads", "2100001|501", "status", "closed", "active|open")],
    ),
    Case(
        "stripe/export-02.csv",
        {'"75.00","0.00","eur","true","75.00","0.00","eur","","","0.60","","ACME","Paid"':
         '"75.00","75.00","eur","true","75.00","75.00","eur","","","0.60",'
         '"2024-05-12 08:00:00","ACME","Refunded"'},
        [], {"orders": 1},
    ),
    Case(
        "qualtrics/export-01.csv",
        {",2,Detractor,The refund took six weeks.": ",8,Passive,It came in the end."},
        [("contacts", "R_1aaAAbbBB000001", "rating", "2", "8"),
         ("contacts", "R_1aaAAbbBB000001", "text", "six weeks", "in the end")],
    ),
    Case(
        "surveymonkey/export-01.csv",
        {",3,\"Two calls, two promises, nothing came.\"": ",6,They called at last."},
        [("contacts", "118200000001", "rating", "3", "6"),
         ("contacts", "118200000001", "text", "nothing came", "at last")],
    ),
    Case(
        "frappe/export-01.csv",
        {'"71002","Delivery slot","cosmin.vladimirescu@posta.example","Replied"':
         '"71002","Delivery slot","cosmin.vladimirescu@posta.example","Closed"',
         "You sent me the same iron again": "A new iron came"},
        [("threads", "71002", "status", "replied|pending|open", "closed"),
         ("contacts", "71001", "text", "same iron again", "new iron came")],
        soak=True,
    ),
    Case(
        "woocommerce/export-01.csv",
        {"83004,83004,04/02/2025 09:04:00,04/02/2025 09:04:00,processing":
         "83004,83004,04/02/2025 09:04:00,04/02/2025 09:04:00,refunded"},
        [], {"orders": 1},
        soak=True,
    ),
    Case(
        "appstore/export-01.json",
        {'"rating": 1,\n        "title": "Order vanished"':
         '"rating": 4,\n        "title": "Order found"'},
        [("contacts", "00000051-2d9e-4a10-8001-000000000001", "rating", "1", "4"),
         ("contacts", "00000051-2d9e-4a10-8001-000000000001", "subject", "vanished", "found")],
        soak=True,
    ),
    Case(
        "formbricks/export-01.csv",
        {"us?,,,,3,,,,en,50101": "us?,,,,7,,,,en,50101", "wobbles since day one": "is mended"},
        [("contacts", "sub-101", "rating", "3", "7"),
         ("contacts", "sub-101", "text", "wobbles", "mended")],
        soak=True,
    ),
    Case(
        "zammad/export-01.xlsx", {">closed<": ">open<"},
        [("threads", "", "status", "closed", "open")],
    ),
]  # fmt: skip


def second(case: Case) -> bytes:
    """The second export: the first with its cells changed."""
    data = (HERE / case.file).read_bytes()
    if not data.startswith(b"PK"):
        return _changed(data.decode("utf-8"), case).encode()
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        parts = {info.filename: old.read(info).decode("utf-8") for info in old.infolist()}
        joined = "\f".join(parts.values())
        for name, text in zip(parts, _changed(joined, case).split("\f"), strict=True):
            new.writestr(name, text)
    return out.getvalue()


def _changed(text: str, case: Case) -> str:
    for before, after in case.cells.items():
        assert before in text, before
        text = text.replace(before, after)
    return text
