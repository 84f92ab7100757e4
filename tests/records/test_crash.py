"""A writer that is killed at any moment: nothing is lost, nothing doubled."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from goodwill.errors import BookLocked
from goodwill.records import Store, add, readd
from goodwill.tables import FACTS
from records.conftest import CONTACTS, contact, keyring, new_store, written_csv
from soak import SOAK

Write = Callable[..., Path]

_WRITER = """
import sys
from pathlib import Path
from goodwill.records import Store, add
from goodwill.records.privacy import Keyring
store = Store(Path(sys.argv[1]), Keyring("records-tests", bytes(range(32))))
print("ready", flush=True)
add(store, sys.argv[2:])
"""


def rows_of(store: Store) -> dict[str, list[Any]]:
    """All facts without the id of the import that brought them, in a fixed order."""
    out = {}
    for table in (*FACTS, "contacts_history", "orders_history"):
        rows = store.arrow(table)
        kept = [n for n in rows.schema.names if n not in ("import_id", "replaced_at")]
        out[table] = sorted(map(repr, rows.select(kept).to_pylist()))
    return out


def files(write: Write) -> list[Path]:
    first = [contact(n, f"text {n}, mail a{n}@example.com") for n in range(1, 300)]
    second = [row[:4] + [row[4] + " again" * bool(row[0] % 3)] for row in first]
    orders = [[f"O-{n}", f"C-{n}", f"2024-0{n % 9 + 1}-03", n] for n in range(1, 300)]
    bad = [["O-9999", "C-1", "no date", "1"]]
    return [
        write("one.csv", CONTACTS, first),
        write("two.csv", CONTACTS, second),
        write("orders.csv", ["order number", "customer id", "order date", "amount"], orders + bad),
    ]


def test_a_writer_killed_at_random_moments_loses_and_doubles_nothing(
    tmp_path: Path, write: Write
) -> None:
    paths = files(write)
    calm = new_store(tmp_path / "calm")
    began = time.monotonic()
    add(calm, paths)
    needed = time.monotonic() - began
    chance = random.Random(7)
    store = new_store(tmp_path / "killed")
    add(store, paths[:1])
    killed = 0
    for _ in range(4 if SOAK else 2):
        process = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(store.folder), *map(str, paths[1:])],
            stdout=subprocess.PIPE,
            env=os.environ,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, needed))
        process.send_signal(signal.SIGKILL)
        killed += process.wait() == -signal.SIGKILL
        process.stdout.close()
        # A reader in between sees whole imports or none of them.
        assert store.arrow("orders").num_rows in (0, 299)
    assert killed
    add(store, paths[1:])
    assert rows_of(store) == rows_of(calm)
    assert not list((store.folder / "staging").iterdir())
    assert store.arrow("quarantine").num_rows == 1
    ids = store.arrow("imports").column("import_id").to_pylist()
    assert len(ids) == len(set(ids))
    # Every import that brought facts is listed, once.
    assert set(store.arrow("contacts").column("import_id").to_pylist()) <= set(ids)


@pytest.fixture(scope="module")
def calm_rows(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """The facts after an import that nothing disturbed."""
    folder = tmp_path_factory.mktemp("calm")
    store = new_store(folder / "book")
    add(store, files(partial(written_csv, folder)))
    return rows_of(store)


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that has the first file; tests go on with a copy of its folder."""
    folder = tmp_path_factory.mktemp("begun")
    store = new_store(folder / "book")
    add(store, files(partial(written_csv, folder))[:1])
    return store


@pytest.mark.parametrize("survived", range(8) if SOAK else (0, 2, 4, 6, 7))
def test_an_import_that_dies_after_any_commit_is_finished_by_the_next_writer(
    tmp_path: Path,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    begun: Store,
    calm_rows: dict[str, list[Any]],
    survived: int,
) -> None:
    paths = files(write)
    shutil.copytree(begun.folder, tmp_path / "dying")
    store = Store(tmp_path / "dying", keyring())
    commits = 0
    commit = Store._commit

    def dying(self: Store, *args: Any) -> None:
        nonlocal commits
        if commits == survived:
            raise KeyboardInterrupt
        commits += 1
        commit(self, *args)

    monkeypatch.setattr(Store, "_commit", dying)
    died = False
    try:
        add(store, paths[1:])
    except KeyboardInterrupt:
        died = True
    monkeypatch.undo()
    assert died == (survived < 7)
    again = Store(store.folder, keyring())
    with again.lock():
        finished = again.recover()
    assert len(finished) == (1 if died else 0)
    add(again, paths[1:])
    assert rows_of(again) == calm_rows
    imports = again.arrow("imports").to_pylist()
    assert len({row["import_id"] for row in imports}) == len(imports)
    assert sum(row["new"] for row in imports) == 299 * 2
    assert sum(row["updated"] for row in imports) == sum(1 for n in range(1, 300) if n % 3)


def test_staging_without_its_mark_is_dropped(store: Store, write: Write) -> None:
    left = store.folder / "staging" / "20240101T000000-00000000"
    left.mkdir()
    (left / "rows-0-00000.parquet").write_bytes(b"half")
    add(store, [write("a.csv", CONTACTS, [contact(1)])])
    assert not left.exists()


def test_the_mark_comes_last(store: Store, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", stop)
    with pytest.raises(KeyboardInterrupt):
        add(store, [write("a.csv", CONTACTS, [contact(1)])])
    monkeypatch.undo()
    with store.lock():
        assert store.recover() == []
    assert store.arrow("contacts").num_rows == 0


def test_two_writers_exclude_each_other_and_the_message_names_the_pid(
    store: Store, write: Write
) -> None:
    path = write("a.csv", CONTACTS, [contact(1)])
    other = Store(store.folder, keyring())
    with store.lock():
        with pytest.raises(BookLocked, match=f"pid {os.getpid()}"):
            add(other, [path])
        with pytest.raises(BookLocked):
            readd(other)
        assert other.arrow("contacts").num_rows == 0
    assert add(other, [path])[0].new == 1
