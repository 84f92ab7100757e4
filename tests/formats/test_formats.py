"""Files in the exact shape of each product are recognised, counted and read as they say.

Beside each file lies ``<file>.expected.toml``, written from the descriptions of the formats and
without sight of the readers:

* ``recipe``: how the recipe's name begins; ``notes_match``: a pattern that the import's notes hold.
* ``planted``: readable identities of the file, which must not be found in any byte of the Book.
* ``after``: the file that is added before this one (a later export of the same records).
* ``[counts]``: the accounting of the source rows. ``[rows]``: rows of a table from this file.
* ``[[fact]]``: rows of ``table`` that fit ``where``, and what holds for them; of this file's
  import, or with ``scope = "all"`` of the whole Book. At least one, unless it says otherwise.
* ``[[history]]``: the same over what was replaced.

In ``where`` and ``expect`` a value stands for itself (a time ends in Z), or is one of ``{has}``
(contains), ``{any}``, ``{any_has}``, ``{word}`` (whatever the case), ``{null}``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import shutil
import tomllib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

import goodwill
from formats.second import CASES, TABLES, Case, second
from goodwill.book import Book
from goodwill.errors import FileRefused
from goodwill.tables import FACTS
from soak import SOAK

HERE = Path(__file__).parent
FILES = sorted(
    str(path.relative_to(HERE)).removesuffix(".expected.toml")
    for path in HERE.glob("*/*.expected.toml")
)

Row = dict[str, Any]


def expectation(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.expected.toml").read_text(encoding="utf-8"))


def _twice() -> list[str]:
    """The files that are added a second time: one of each recipe, all in a soak."""
    first: dict[str, str] = {}
    for name in FILES:
        if not expectation(name).get("or_refused"):
            first.setdefault(expectation(name)["recipe"], name)
    return FILES if SOAK else sorted(first.values())


TWICE = _twice()


@dataclass
class Taken:
    """What became of one file: the reports and the tables, at once and after a second time."""

    reports: list[Any]
    tables: dict[str, list[Row]]
    history: dict[str, list[Row]]
    again: list[Any]
    tables_after_again: dict[str, list[Row]]

    def of_this_import(self, table: str) -> list[Row]:
        ids = {report.import_id for report in self.reports}
        return [row for row in self.tables[table] if row["import_id"] in ids]


class Bookkeeper:
    """One Book for all files; each is added once, when the first test asks for it."""

    def __init__(self, folder: Path) -> None:
        self.book: Book = goodwill.create(folder / "book", time_zone="UTC", currency="EUR")
        self.uploads = folder / "uploads"
        self.taken: dict[str, Taken | FileRefused] = {}
        self.read: dict[Path, tuple[int, list[Row]]] = {}

    def add(self, name: str) -> Taken:
        if name not in self.taken:
            expected = expectation(name)
            if "after" in expected:
                self.add(f"{Path(name).parent}/{expected['after']}")
            try:
                reports = self.book.add(HERE / name)
            except FileRefused as refused:
                self.taken[name] = refused
            else:
                tables, history = self.tables(), self.replaced()
                again = self.add_under_another_name(name) if name in TWICE else []
                self.taken[name] = Taken(reports, tables, history, again, self.tables())
        found = self.taken[name]
        if isinstance(found, FileRefused):
            raise found
        return found

    def add_under_another_name(self, name: str) -> list[Any]:
        copy = self.uploads / Path(name).with_suffix("") / f"Q3 (final){Path(name).suffix}"
        copy.parent.mkdir(parents=True)
        shutil.copyfile(HERE / name, copy)
        return self.book.add(copy)

    def tables(self) -> dict[str, list[Row]]:
        # A table has no order of its own.
        return {name: sorted(self.rows(name), key=repr) for name in FACTS}

    def replaced(self) -> dict[str, list[Row]]:
        return {name: self.rows(f"{name}_history") for name in FACTS}

    def rows(self, table: str) -> list[Row]:
        """Return all rows; equal versions of a Delta table hold equal rows."""
        folder = self.book.folder / "records" / table
        if not folder.exists():
            return []
        delta = DeltaTable(str(folder))
        version, held = self.read.get(folder, (-1, []))
        if version != delta.version():
            plain = table.endswith("_history")
            held = (
                delta.to_pyarrow_table().to_pylist()
                if plain
                else self.book.table(table).to_pylist()
            )
            self.read[folder] = delta.version(), held
        return held


@pytest.fixture(scope="module")
def bookkeeper(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bookkeeper]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GOODWILL_KEY_FILE", str(tmp_path_factory.mktemp("key") / "key"))
        yield Bookkeeper(tmp_path_factory.mktemp("formats"))


@pytest.fixture(autouse=True)
def _one_key(bookkeeper: Bookkeeper, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the Book's key over all tests of this module."""
    key = next(bookkeeper.book.folder.parent.parent.glob("key*/key"))
    monkeypatch.setenv("GOODWILL_KEY_FILE", str(key))


def fits(value: Any, wanted: Any) -> bool:
    if isinstance(wanted, dict):
        ((how, what),) = wanted.items()
        text = "" if value is None else str(value)
        match how:
            case "has":
                return what.casefold() in text.casefold()
            case "any_has":
                return any(part in text for part in what)
            case "any":
                return any(fits(value, one) for one in what)
            case "word":
                return text.casefold() == what.casefold()
            case "null":
                return (value is None or value == "") is what
        raise AssertionError(f"{how} is no condition")
    if isinstance(value, dt.datetime):
        return value == dt.datetime.fromisoformat(wanted)
    return bool(value == wanted)


def selected(rows: list[Row], where: Row) -> list[Row]:
    return [row for row in rows if all(fits(row[key], want) for key, want in where.items())]


def net(rows: list[Row]) -> int:
    """What was paid or is due, less what went back."""
    back = ("refund", "cancellation")
    paid = sum(r["amount"] or 0 for r in rows if r["kind"] in ("order", "payment"))
    return paid - sum(abs(r["amount"] or 0) for r in rows if r["kind"] in back)


def faults(fact: Row, rows: list[Row]) -> Iterator[str]:
    """Say what of a fact does not hold."""
    found = selected(rows, fact.get("where", {}))
    about = f"{fact['table']} {fact.get('where', {})}"
    if "count" in fact and len(found) != fact["count"]:
        yield f"{about}: {len(found)} rows, not {fact['count']}"
    if "count" not in fact and len(found) < fact.get("at_least", 1):
        yield f"{about}: {len(found)} rows, not at least {fact.get('at_least', 1)}"
    for row in found:
        for key, want in fact.get("expect", {}).items():
            if not fits(row[key], want):
                yield f"{about}: {key} is {row[key]!r}, not {want!r}"
        text = "\n".join(str(row[key]) for key in ("subject", "text") if row.get(key))
        for part in fact.get("text_contains", ()):
            if part not in text:
                yield f"{about}: {part!r} is not in {text!r}"
        for part in fact.get("text_lacks", ()):
            if part in text:
                yield f"{about}: {part!r} is in {text!r}"
    for key, want in fact.get("sum", {}).items():
        if sum(row[key] or 0 for row in found) != want:
            yield f"{about}: {key} adds up to {sum(row[key] or 0 for row in found)}, not {want}"
    for key, want in fact.get("abs_sum", {}).items():
        if abs(sum(row[key] or 0 for row in found)) != want:
            yield f"{about}: {key} adds up to {sum(row[key] or 0 for row in found)}, not {want}"
    if "net" in fact and net(found) != fact["net"]:
        yield f"{about}: {net(found)} is left, not {fact['net']}"
    if "net_at_most" in fact and net(found) > fact["net_at_most"]:
        yield f"{about}: {net(found)} is left, not at most {fact['net_at_most']}"
    for key, want in fact.get("distinct", {}).items():
        if len({row[key] for row in found}) != want:
            yield f"{about}: {len({row[key] for row in found})} different {key}, not {want}"
    for key, want in fact.get("distinct_at_least", {}).items():
        if len({row[key] for row in found}) < want:
            yield f"{about}: {len({row[key] for row in found})} different {key}, under {want}"


@pytest.mark.parametrize("name", FILES)
def test_a_file_is_recognised_and_read_as_it_says(name: str, bookkeeper: Bookkeeper) -> None:
    expected = expectation(name)
    try:
        taken = bookkeeper.add(name)
    except FileRefused as refused:
        # A summary holds nothing to be stored: then its reason names the product.
        assert expected.get("or_refused"), refused
        assert expected["recipe"] in str(refused).casefold()
        return
    wrong = []
    for report in taken.reports:
        if not report.recipe.startswith(expected["recipe"]):
            wrong.append(f"recipe is {report.recipe!r}, not {expected['recipe']!r}")
        if report.read != report.new + report.updated + report.duplicate + report.quarantined:
            wrong.append(f"rows are lost: {report}")
    for key, want in expected.get("counts", {}).items():
        have = sum(getattr(report, key) for report in taken.reports)
        if have != want:
            wrong.append(f"{key} is {have}, not {want}")
    for table, want in expected.get("rows", {}).items():
        if len(taken.of_this_import(table)) != want:
            wrong.append(f"{len(taken.of_this_import(table))} rows of {table}, not {want}")
    notes = "\n".join(note for report in taken.reports for note in report.notes)
    if not re.search(expected.get("notes_match", ""), notes):
        wrong.append(f"no note fits {expected['notes_match']!r}: {notes!r}")
    for fact in expected.get("fact", []):
        whole = fact.get("scope") == "all"
        table = fact["table"]
        rows = taken.tables[table] if whole else taken.of_this_import(table)
        wrong += faults(fact, rows)
    for fact in expected.get("history", []):
        wrong += [f"replaced {fault}" for fault in faults(fact, taken.history[fact["table"]])]
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("name", TWICE)
def test_a_file_that_comes_again_under_another_name_adds_nothing(
    name: str, bookkeeper: Bookkeeper
) -> None:
    try:
        taken = bookkeeper.add(name)
    except FileRefused:
        assert expectation(name).get("or_refused")
        return
    recipe = expectation(name)["recipe"]
    assert all(report.recipe.startswith(recipe) for report in taken.again)
    assert sum(report.new + report.updated for report in taken.again) == 0
    assert sum(r.read for r in taken.again) == sum(r.read for r in taken.reports)
    assert taken.tables_after_again == taken.tables


@pytest.mark.parametrize("name", [f for f in FILES if "after" in expectation(f)])
def test_a_later_export_loses_nothing_doubles_nothing_and_keeps_what_it_replaced(
    name: str, bookkeeper: Bookkeeper
) -> None:
    first = bookkeeper.add(f"{Path(name).parent}/{expectation(name)['after']}")
    later = bookkeeper.add(name)
    assert sum(report.updated for report in later.reports) > 0
    for table in ("contacts", "threads", "orders"):
        key = FACTS[table].key
        keys = [tuple(row[k] for k in key) for row in later.tables[table]]
        assert len(keys) == len(set(keys)), table
        assert {tuple(row[k] for k in key) for row in first.tables[table]} <= set(keys), table
        columns = [k for k in FACTS[table].schema.names if k not in ("import_id", "row_hash")]
        before = {tuple(row[k] for k in key): row for row in first.tables[table]}
        now = {tuple(row[k] for k in key): row for row in later.tables[table]}
        changed = {k for k, row in before.items() if any(row[c] != now[k][c] for c in columns)}
        kept = {tuple(row[k] for k in key) for row in later.history[table]}
        assert changed <= kept, table
        for row in later.history[table]:
            assert row["replaced_at"] is not None, table


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.file)
def test_the_second_export_of_a_product_updates_what_changed_and_keeps_what_it_was(
    case: Case, bookkeeper: Bookkeeper, tmp_path: Path
) -> None:
    if case.soak and not SOAK:
        pytest.skip("one of the less common products: set GOODWILL_TEST_SOAK")
    first = bookkeeper.add(case.file)
    source = first.reports[0].source
    before, was_kept = bookkeeper.tables(), bookkeeper.replaced()
    path = tmp_path / f"another name{Path(case.file).suffix}"
    path.write_bytes(second(case))
    [later] = bookkeeper.book.add(path)
    assert later.read == later.new + later.updated + later.duplicate + later.quarantined
    assert later.updated >= 1 and later.new <= sum(case.new.values())
    assert later.quarantined == sum(report.quarantined for report in first.reports)
    now, kept = bookkeeper.tables(), bookkeeper.replaced()
    for table in TABLES:
        key = FACTS[table].key
        old = {tuple(row[k] for k in key) for row in before[table]}
        keys = [tuple(row[k] for k in key) for row in now[table]]
        assert len(keys) == len(set(keys)) and old <= set(keys), table
        assert len(keys) - len(old) == case.new.get(table, 0), table
    for table, part, name, was, is_now in case.changes:
        [row_id] = [k for k in FACTS[table].key if k != "source"]
        changed = [r for r in before[table] if r["source"] == source
                   and re.search(part, r[row_id]) and re.search(was, str(r[name]))]  # fmt: skip
        assert changed, name
        for row in changed:
            same = {row_id: row[row_id], "source": source}
            [found] = selected(now[table], same)
            assert re.search(is_now, str(found[name])), (name, found[name])
            new = [r for r in selected(kept[table], same) if r not in was_kept[table]]
            assert [(r[name], r["replaced_at"] is None) for r in new] == [(row[name], False)]


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and of what is packed in it."""
    data = path.read_bytes()
    yield data
    if path.suffix == ".parquet":
        yield repr(pq.read_table(path, partitioning=None).to_pydict()).encode()
    if data[:2] == b"\x1f\x8b":
        yield zlib.decompress(data, wbits=31)


def test_no_readable_identity_of_any_file_is_in_any_byte_of_the_book(
    bookkeeper: Bookkeeper,
) -> None:
    planted = set()
    for name in FILES:
        with contextlib.suppress(FileRefused):
            bookkeeper.add(name)
        planted |= set(expectation(name).get("planted", []))
    assert len(planted) > 100
    everything = [
        (path, part)
        for path in sorted(bookkeeper.book.folder.rglob("*"))
        if path.is_file()
        for part in contents(path)
    ]
    assert len(everything) > 50
    hits = {
        (one, str(path.relative_to(bookkeeper.book.folder)).split("/part-")[0])
        for one in planted
        for path, part in everything
        if one.casefold().encode() in part.lower() or one.encode() in part
    }
    assert not hits, "\n".join(f"{one} in {where}" for one, where in sorted(hits))
