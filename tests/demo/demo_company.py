"""What the tests of the demo read: a company's files and its truth."""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from goodwill import demo

CUSTOMERS = 2_500


@dataclass(frozen=True)
class Company:
    """The files of a demo company, read."""

    files: demo.DemoFiles
    orders: list[dict[str, str]]
    tickets: list[dict[str, str]]
    chats: list[dict[str, Any]]
    posts: list[dict[str, str]]

    def truth(self, name: str) -> list[dict[str, Any]]:
        """Rows of a Parquet file of the truth."""
        return pq.read_table(self.files.truth / f"{name}.parquet").to_pylist()

    def faults(self) -> dict[str, dict[str, Any]]:
        """The faults of the truth by name."""
        entries = json.loads((self.files.truth / "faults.json").read_text())
        return {entry["fault"]: entry for entry in entries}

    def inbound_texts(self) -> list[str]:
        """What customers wrote."""
        texts = [row["body"] for row in self.tickets if row["author_role"] == "customer"]
        return texts + [
            row["text"] for row in [*self.chats, *self.posts] if row["author_role"] == "customer"
        ]


def rows(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
