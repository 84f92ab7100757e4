"""Files that are odd and honest: no row below a known header, a gz inside a zip, damage."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from goodwill.errors import FileRefused
from goodwill.records import Store, add
from records.conftest import CONTACTS, contact
from records.damage import damaged, outcome

Write = Callable[..., Path]


def test_a_known_header_without_a_row_is_taken_and_said(store: Store, write: Write) -> None:
    add(store, [write("a.csv", CONTACTS, [contact(1)])])
    [empty, full] = add(
        store, [write("b.csv", CONTACTS, []), write("c.csv", CONTACTS, [contact(2)])]
    )
    assert (empty.read, empty.new, full.new) == (0, 0, 1)
    assert "below the header there is no row: nothing came in" in empty.notes
    assert store.arrow("imports").num_rows == 3


def test_an_unknown_header_without_a_row_is_refused(store: Store, write: Write) -> None:
    with pytest.raises(FileRefused, match="no row"):
        add(store, [write("a.csv", CONTACTS, [])])


def zipped(path: Path, name: str, data: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return path


def test_a_gz_inside_a_zip_is_read(store: Store, write: Write, tmp_path: Path) -> None:
    plain = write("a.csv", CONTACTS, [contact(1), contact(2)]).read_bytes()
    [report] = add(store, [zipped(tmp_path / "a.zip", "a.csv.gz", gzip.compress(plain))])
    assert (report.file, report.new) == ("a.zip/a.csv.gz", 2)


def test_a_bomb_in_a_gz_in_a_zip_is_refused(store: Store, tmp_path: Path) -> None:
    bomb = io.BytesIO()
    with gzip.GzipFile(fileobj=bomb, mode="wb") as packed:
        packed.write(b"a,b\n" + b"1,2\n" * 30_000_000)
    with pytest.raises(FileRefused, match="unpacks to more than"):
        add(store, [zipped(tmp_path / "a.zip", "a.csv.gz", bomb.getvalue())])


def test_two_levels_of_gz_are_refused(store: Store, write: Write, tmp_path: Path) -> None:
    plain = gzip.compress(gzip.compress(write("a.csv", CONTACTS, [contact(1)]).read_bytes()))
    with pytest.raises(FileRefused):
        add(store, [zipped(tmp_path / "a.zip", "a.csv.gz", plain)])


def test_of_damaged_files_every_character_is_accounted_for(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    found: Counter[str] = Counter()
    for seed in range(300):
        path.write_bytes(damaged(seed))
        found[outcome(path)] += 1
    assert found["taken"] > 200
    assert found["refused"] > 30
