"""Writing exports: streamed from the engine into drafts, and put in place when all are whole."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from goodwill.currencies import exponent, major
from goodwill.durable import sync_folder
from goodwill.errors import InputError, NotEnoughData
from goodwill.export._cells import safe_sql
from goodwill.export._columns import COLUMNS, FIGURES, MONEY, RULE_FIGURES, Column
from goodwill.export._sql import contracts_sql, conversations_sql, customers_sql, money_sql
from goodwill.figures import Figure
from goodwill.generations import PAGES, Generations
from goodwill.literals import text_sql
from goodwill.report import known_rules, problems
from goodwill.settings import Settings
from goodwill.tables import DERIVED, FACTS

WHAT = tuple(COLUMNS)
FORMATS = ("csv", "parquet")
MANIFEST = "export.json"
_ROWS = 65_536
_PART_MESSAGES = 400_000
_ORDER = {
    "conversations": "conversation_id", "customers": "customer_id", "problems": "place",
    "rules": "place", "contracts": "source, subscription_id",
}  # fmt: skip
_DATED = {"conversations": "opened_at", "customers": "last_at"}
_DRAFT = ".goodwill-export-"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """One file of an export."""

    name: str
    what: str
    format: str
    rows: int
    columns: tuple[str, ...]
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Export:
    """What was exported: the files, and the generation that all of them are of."""

    folder: Path
    generation: str
    as_of: str | None
    files: tuple[ExportedFile, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill export --json`` prints them."""
        out = asdict(self)
        out["folder"] = str(self.folder)
        out["files"] = [{**asdict(f), "columns": list(f.columns)} for f in self.files]
        return out


def export(
    generations: Generations,
    settings: Settings,
    folder: Path,
    *,
    what: Sequence[str] = WHAT,
    formats: Sequence[str] = ("csv",),
    where: Mapping[str, str] | None = None,
    since: date | None = None,
    until: date | None = None,
    bom: bool = False,
    memory: str = "1GB",
) -> Export:
    """Write the exports into ``folder`` and return what was written.

    Args:
        generations: The Book's; all files are of the one that is current.
        settings: The Book's.
        folder: Where to; made if absent. Files of an earlier export in it are replaced.
        what: Which of ``WHAT``.
        formats: ``csv``, ``parquet`` or both.
        where: Only rows whose column has this value, by name; of exports that have the column.
        since: Only conversations opened, and customers seen, on this day or later (UTC).
        until: Only those before this day.
        bom: Begin CSV files with the mark by which Excel knows UTF-8.
        memory: What the engine may use; what does not fit goes to files beside the drafts.

    Raises:
        InputError: An export, a format or a column has no such name, or the folder lies in a Book.
        NotEnoughData: There was no refresh yet, or none since an update.
    """
    where = dict(where or {})
    _check(folder, what, formats, where)
    reader = generations.reader()
    folder = folder.absolute()
    with _drafts(folder) as draft:
        con = duckdb.connect(config={"autoinstall_known_extensions": False})
        try:
            con.execute(f"SET memory_limit = {text_sql(memory)}")
            con.execute(f"SET temp_directory = {text_sql(str(draft / 'spill'))}")
            con.execute("SET TimeZone = 'UTC'")
            con.execute("SET preserve_insertion_order = false")
            pages = generations.folder / reader.name / PAGES
            con.execute(f"ATTACH {text_sql(str(pages))} AS pages (READ_ONLY)")
            con.execute("USE pages")
            _older_pages(con)
            if "problems" in what:
                con.register("problem_rows", _problem_rows(reader, settings))
            if "rules" in what:
                con.register("rule_rows", _rule_rows(reader, settings))
            files = [
                written
                for name in what
                for written in _one(con, draft, name, settings, formats, where, since, until, bom)
            ]
        except (duckdb.BinderException, duckdb.CatalogException):
            raise NotEnoughData(
                f"The generation {reader.name} was made by an earlier goodwill, which did not "
                "know all that is exported.",
                hint="goodwill refresh",
            ) from None
        finally:
            con.close()
        done = Export(folder, reader.name, reader.manifest.get("as_of"), tuple(files))
        with (draft / MANIFEST).open("w", encoding="utf-8") as out:
            json.dump({**done.as_dict(), "folder": "."}, out, indent=1)
            out.flush()
            os.fsync(out.fileno())
        # The manifest last: until it is there, what it tells of is not complete.
        for name in [*(file.name for file in files), MANIFEST]:
            os.replace(draft / name, folder / name)
        sync_folder(folder)
    return done


def _check(
    folder: Path, what: Sequence[str], formats: Sequence[str], where: Mapping[str, str]
) -> None:
    faults = [f"there is no export of {name!r}" for name in what if name not in WHAT]
    faults += [f"{name!r} is no format" for name in formats if name not in FORMATS]
    for name in where:
        if not any(c.name == name for w in what if w in WHAT for c in COLUMNS[w]):
            faults.append(f"no column of the export is called {name!r}")
    for place in (folder.absolute(), *folder.absolute().parents):
        if (place / "goodwill.toml").exists():
            faults.append(f"{folder} lies inside a Book, where nobody would find it to erase it")
    if faults or not what or not formats:
        raise InputError(
            "; ".join(faults) or "nothing is to be exported",
            hint=f"Exports: {', '.join(WHAT)}. Formats: {', '.join(FORMATS)}. "
            "docs/export.md lists every column.",
        )


@contextmanager
def _drafts(folder: Path) -> Iterator[Path]:
    """Give a folder for drafts beside their places; those of exports that were killed go."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_DRAFT}*"):
        with suppress(OSError), (left / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
    draft = folder / f"{_DRAFT}{secrets.token_hex(4)}"
    draft.mkdir(mode=0o700)
    with (draft / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            yield draft
        finally:
            shutil.rmtree(draft, ignore_errors=True)


def _one(
    con: Any,
    draft: Path,
    what: str,
    settings: Settings,
    formats: Sequence[str],
    where: Mapping[str, str],
    since: date | None,
    until: date | None,
    bom: bool,
) -> Iterator[ExportedFile]:
    digits = exponent(settings.currency)
    money = pa.decimal128(22, digits)
    columns = tuple(replace(c, kind=money) if c.kind == MONEY else c for c in COLUMNS[what])
    named = {column.name for column in columns}
    keep = [f'CAST("{name}" AS VARCHAR) = {text_sql(value)}' for name, value in where.items()
            if name in named]  # fmt: skip
    if dated := _DATED.get(what):
        keep += [f"{dated} >= TIMESTAMPTZ '{since} 00:00:00+00'"] if since else []
        keep += [f"{dated} < TIMESTAMPTZ '{until} 00:00:00+00'"] if until else []
    kept = f" WHERE {' AND '.join(keep)}" if keep else ""
    picked = ", ".join(
        f'CAST("{c.name}" AS DECIMAL(22, {digits})) AS "{c.name}"' if c.kind == money
        else f'"{c.name}"'
        for c in columns
    )  # fmt: skip
    rows = f"(SELECT {picked} FROM ({_rows_sql(what, settings)}){kept})"
    if what == "conversations":
        rows = _in_parts(con, draft / "parts", f"SELECT {picked} FROM ({{}}){kept}")
    # The one streams the result, the other then reads the first's file and not the whole again.
    if "parquet" in formats:
        path = draft / f"{what}.parquet"
        yield _told(path, what, _parquet(con, path, rows, _ORDER[what], columns), columns)
        rows = f"read_parquet({text_sql(str(path))})"
    if "csv" in formats:
        path = draft / f"{what}.csv"
        yield _told(path, what, _csv(con, path, rows, _ORDER[what], columns, bom), columns)


def _in_parts(con: Any, folder: Path, sql: str) -> str:
    """Make the conversations part by part; return the FROM item that reads them all."""
    [[messages]] = con.execute("SELECT count(*) FROM messages").fetchall()
    parts = 1 + messages // _PART_MESSAGES
    folder.mkdir()
    for part in range(parts):
        con.execute(
            f"COPY ({sql.format(conversations_sql(part, parts))}) "
            f"TO {text_sql(str(folder / f'{part:05}.parquet'))} (FORMAT parquet)"
        )
    return f"read_parquet({text_sql(str(folder / '*.parquet'))})"


def _rows_sql(what: str, settings: Settings) -> str:
    if what == "conversations":
        return conversations_sql()
    digits = exponent(settings.currency)
    if what == "customers":
        return customers_sql(settings.currency, digits)
    if what == "contracts":
        return contracts_sql(settings.currency, digits)
    if what == "rules":
        return "SELECT * FROM rule_rows"
    given = {column.name for column in COLUMNS["problems"]}
    amounts = ("lifetime_value_low", "lifetime_value_high")
    more = [
        f"{money_sql(f'p.{field.name}', digits)} AS {field.name}" if field.name in amounts
        else f"p.{field.name}"
        for field in DERIVED["problem_costs"].schema
        if field.name in given and field.name not in _problem_schema().names
    ]  # fmt: skip
    return (
        f"SELECT r.*, {', '.join(more)} FROM problem_rows r JOIN problem_costs p USING (theme_id)"
    )


def _problem_schema() -> pa.Schema:
    names = {"theme_id", "place", "problem", "terms", "currency"}
    names |= {
        f"{figure}{part}" for figure in FIGURES
        for part in ("", "_low", "_high", "_grade", "_people", "_events", "_coverage", "_reason")
    }  # fmt: skip
    return pa.schema([pa.field(c.name, c.kind) for c in COLUMNS["problems"] if c.name in names])


def _problem_rows(reader: Any, settings: Settings) -> pa.Table:
    """Return the problems with their figures, each figure in its columns."""
    rows = []
    for problem in problems(reader, settings, sentences=0):
        row: dict[str, Any] = {
            "theme_id": problem.theme_id,
            "place": problem.place,
            "problem": problem.label,
            "terms": ", ".join(problem.terms),
            "currency": settings.currency,
        }
        for name in FIGURES:
            row |= _flat(name, problem.figures[name], FIGURES[name], settings.currency)
        rows.append(row)
    return _loose(rows, _problem_schema())


def _rule_rows(reader: Any, settings: Settings) -> pa.Table:
    """Return the rules with their figures, each figure in its columns."""
    rows = []
    for rule in known_rules(reader, settings).rules:
        row: dict[str, Any] = {
            "rule_id": rule.rule_id, "place": rule.place, "rule": rule.name, "kind": rule.kind,
            "wording": rule.wording or None, "currency": settings.currency,
        }  # fmt: skip
        for name, unit in RULE_FIGURES.items():
            row |= _flat(name, rule.figures[name], unit, settings.currency)
        rows.append(row)
    return _loose(rows, pa.schema([pa.field(c.name, c.kind) for c in COLUMNS["rules"]]))


def _loose(rows: list[dict[str, Any]], schema: pa.Schema) -> pa.Table:
    loose = pa.schema([
        pa.field(f.name, pa.float64() if pa.types.is_decimal(f.type) else f.type) for f in schema
    ])  # fmt: skip
    return pa.Table.from_pylist(rows, schema=loose)


def _flat(name: str, figure: Figure, unit: str, currency: str) -> dict[str, Any]:
    def told(value: float | None) -> float | None:
        if value is None or unit != "money":
            return value
        return major(value, currency)

    return {
        name: told(figure.value),
        f"{name}_low": told(figure.low),
        f"{name}_high": told(figure.high),
        f"{name}_grade": figure.grade,
        f"{name}_people": figure.people,
        f"{name}_events": figure.events,
        f"{name}_coverage": figure.coverage,
        f"{name}_reason": figure.reason or None,
    }


def _older_pages(con: Any) -> None:
    """Give a page file of an earlier goodwill the tables that it lacks, empty."""
    known = {name for (name,) in con.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if "threads" not in known:
        con.register("threads", FACTS["threads"].schema.empty_table())
    if "contract_value" not in known:
        con.register("contract_value", DERIVED["contract_value"].schema.empty_table())


def _parquet(con: Any, path: Path, source: str, order: str, columns: Sequence[Column]) -> int:
    schema = pa.schema([pa.field(c.name, c.kind, metadata={"meaning": c.meaning}) for c in columns])
    rows = 0
    with path.open("wb") as out:
        with pq.ParquetWriter(out, schema, compression="zstd") as writer:
            sql = f"SELECT * FROM {source} ORDER BY {order}"
            for batch in con.sql(sql).to_arrow_reader(_ROWS):
                table = pa.Table.from_batches([batch])
                arrays = [table.column(c.name).cast(c.kind) for c in columns]
                writer.write_table(pa.table(arrays, schema=schema))
                rows += batch.num_rows
        out.flush()
        os.fsync(out.fileno())
    return rows


def _csv(
    con: Any, path: Path, source: str, order: str, columns: Sequence[Column], bom: bool
) -> int:
    cells = ", ".join(f'{_cell_sql(c)} AS "cell:{c.name}"' for c in columns)
    rows = 0
    with path.open("wb") as out:
        out.write(_BOM if bom else b"")
        out.write((",".join(c.name for c in columns) + "\n").encode())
        reader = con.sql(f"SELECT {cells} FROM {source} ORDER BY {order}").to_arrow_reader(_ROWS)
        options = pa_csv.WriteOptions(include_header=False, quoting_style="needed")
        with pa_csv.CSVWriter(out, reader.schema, write_options=options) as writer:
            for batch in reader:
                writer.write_batch(batch)
                rows += batch.num_rows
        out.flush()
        os.fsync(out.fileno())
    return rows


def _cell_sql(column: Column) -> str:
    name = f'"{column.name}"'
    if pa.types.is_string(column.kind):
        return safe_sql(name)
    if pa.types.is_timestamp(column.kind):
        return f"strftime({name}, '%Y-%m-%d %H:%M:%S')"
    return name


def _told(path: Path, what: str, rows: int, columns: Sequence[Column]) -> ExportedFile:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return ExportedFile(
        name=path.name,
        what=what,
        format=path.suffix[1:],
        rows=rows,
        columns=tuple(c.name for c in columns),
        bytes=path.stat().st_size,
        sha256=digest.hexdigest(),
    )
