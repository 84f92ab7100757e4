"""Stores to add to, and small files written in one line."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from goodwill.records import Store, create_store
from goodwill.records.privacy import Keyring

SECRET = bytes(range(32))


def keyring() -> Keyring:
    """The keys of every store of these tests, so that equal content has equal hashes."""
    return Keyring("records-tests", SECRET)


def new_store(folder: Path) -> Store:
    """An empty store in a new folder."""
    create_store(folder)
    return Store(folder, keyring())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return new_store(tmp_path / "book")


def written_csv(folder: Path, name: str, header: Sequence[str], rows: Iterable[Any]) -> Path:
    """Write a CSV file into a folder."""
    path = folder / name
    with path.open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(header)
        out.writerows(rows)
    return path


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Write a CSV file: ``write("a.csv", ["id", "x"], [[1, 2]])``."""
    return partial(written_csv, tmp_path)


CONTACTS = ["contact_id", "created_at", "channel", "customer_id", "message"]


def contact(number: int, text: str = "my parcel is late", day: int = 5) -> list[Any]:
    """A row under ``CONTACTS``."""
    return [number, f"2024-01-{day:02} 10:00:00", "email", f"C-{number}", text]
