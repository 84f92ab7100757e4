"""The doctor: checks a Book and what it stands on, and says how to mend what is wrong."""

from __future__ import annotations

import shutil
import stat
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from goodwill import settings
from goodwill.errors import BookFormat, BookMissing, GoodwillError
from goodwill.generations import Generations
from goodwill.records import Store
from goodwill.records.privacy import Keyring, lies_inside
from goodwill.settings import Settings
from goodwill.tables import FACTS, TableSpec

State = Literal["good", "warning", "bad"]

MIGRATIONS: dict[int, Callable[[Path], None]] = {}
"""What brings a Book of each older format to the next one. Format 1 is the first."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at, what was found, and what to do about it."""

    name: str
    state: State
    found: str
    hint: str = ""


def examine(folder: Path) -> list[Check]:
    """Return the checks of the Book in ``folder``; those of the settings raise.

    Raises:
        BookMissing: The folder holds no Book.
        BookFormat: The Book has another format number.
        SettingsError: A setting cannot be used.
    """
    where = folder.absolute()
    chosen = settings.read(where)
    checks = [Check("settings", "good", f"{chosen.name}, format {chosen.format}")]
    checks += _key(where, chosen)
    if any(check.state == "bad" for check in checks):
        return checks
    store = Store(where, Keyring.load(chosen.book_id))
    checks += [_facts(store), _statistics(where), _staging(where), _generation(where), _disk(where)]
    return checks


def migrate(folder: Path) -> None:
    """Bring an older Book to the format of this goodwill.

    Raises:
        BookMissing: The folder holds no Book.
        BookFormat: No way leads from that format to this one.
    """
    path = folder.absolute() / settings.FILE_NAME
    if not path.exists():
        raise BookMissing(f"There is no Book in {folder}.")
    found = tomllib.loads(path.read_text(encoding="utf-8")).get("format")
    while found != settings.FORMAT:
        step = MIGRATIONS.get(found) if isinstance(found, int) else None
        if step is None:
            raise BookFormat(
                f"No way leads from format {found!r} to format {settings.FORMAT}.",
                hint="Make a new Book with goodwill init, and add the files to it again.",
            )
        step(folder)
        found = tomllib.loads(path.read_text(encoding="utf-8")).get("format")


def _key(folder: Path, chosen: Settings) -> list[Check]:
    try:
        path = Keyring.load(chosen.book_id, fingerprint=chosen.key_fingerprint).path
    except GoodwillError as error:
        return [Check("key", "bad", error.message, error.hint)]
    checks = []
    assert path is not None  # a keyring that was loaded knows its file
    if lies_inside(path, folder):
        checks.append(
            Check(
                "key",
                "warning",
                f"The key lies inside the Book: {path}",
                "Move it out and name it in GOODWILL_KEY_FILE: a copy of the folder holds both.",
            )
        )
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        checks.append(
            Check("key", "warning", f"Others can read the key: {mode:o}", f"chmod 600 {path}")
        )
    return checks or [Check("key", "good", "outside the Book, readable by its owner alone")]


def _facts(store: Store) -> Check:
    try:
        rows = {
            name: sum(pq.read_metadata(uri).num_rows for uri in store.uris(name)) for name in FACTS
        }
    except Exception as error:
        return Check(
            "facts", "bad", f"{type(error).__name__}: a table cannot be read", "Restore it."
        )
    told = ", ".join(f"{count:,} {name}" for name, count in rows.items() if count)
    return Check("facts", "good", told or "empty", "" if told else "goodwill add FILE...")


def _statistics(folder: Path) -> Check:
    """Look at the logs of the tables: they may hold no statistics of texts or keys."""
    leaks = [
        f"{name}.{column}"
        for name, spec in FACTS.items()
        for column in _texts(spec)
        if _in_log(folder / "records" / name / "_delta_log", column)
    ]
    if leaks:
        return Check(
            "statistics",
            "bad",
            "the logs hold values of " + ", ".join(leaks),
            "Make a new Book with this goodwill, and add the files to it again.",
        )
    return Check("statistics", "good", "the logs hold no texts and no keys")


def _texts(spec: TableSpec) -> list[str]:
    ours = {"source", "import_id"}
    return [f.name for f in spec.schema if pa.types.is_string(f.type) and f.name not in ours]


def _in_log(log: Path, column: str) -> bool:
    mark = f'\\"{column}\\":'
    for path in sorted(log.glob("*.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            at = line.find("minValues")
            if at >= 0 and mark in line[at:].split("nullCount")[0]:
                return True
    return False


def _staging(folder: Path) -> Check:
    left = [entry for entry in (folder / "staging").glob("*") if entry.is_dir()]
    if left:
        return Check(
            "imports",
            "warning",
            f"{len(left)} import was interrupted",
            "The next add or refresh finishes it.",
        )
    return Check("imports", "good", "none was interrupted")


def _generation(folder: Path) -> Check:
    generations = Generations(folder / "derived")
    name = generations.current()
    if name is None:
        return Check("generation", "warning", "none yet", "goodwill refresh")
    try:
        generations.reader()
    except Exception as error:
        return Check("generation", "bad", f"{name}: {type(error).__name__}", "goodwill refresh")
    return Check("generation", "good", name)


def _disk(folder: Path) -> Check:
    free = shutil.disk_usage(folder).free / 2**30
    if free < 2:
        return Check(
            "disk", "warning", f"{free:.1f} GiB free", "Make room before the next refresh."
        )
    return Check("disk", "good", f"{free:.0f} GiB free")
