"""One file into staging: read, map, find faults, protect, judge. Nothing is written to a table."""

from __future__ import annotations

import json
import secrets
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from goodwill.literals import quoted
from goodwill.tables import FACTS

from ._ages import REASON as OLD
from ._ages import leave_old, young
from ._aside import Aside, faults_of
from ._clicks import flag_clicks
from ._decide import decide
from ._faults_sql import cell_faults_sql, mapped_faults_sql
from ._files import Member
from ._forgotten import REASON as FORGOTTEN
from ._forgotten import Marks
from ._grouped import keep_rows, kept_columns, map_groups
from ._judge import judge, number_plain, stage_identities, verdict_counts
from ._known_rows import KnownRows
from ._mapping_sql import computed, leave_out, mapped_sql, rounded_sql, typed_sql
from ._plan import Plan, Settings, cleaned, plain_times, text_columns
from ._private import Pending, Protector
from ._recipe import Recipe, TableMapping, shipped
from ._report import ImportReport
from ._rows import LINE, PART, Chunk, Fault, Source
from ._sooner import collected_seldom
from ._staging import write_staged
from ._store import Store, connection, rows_sql
from ._texts import Pool, workers_for
from ._vault import Sealer, stage_vault
from ._zones import clock_changes, clock_notes
from .privacy import common_handles

Progress = Callable[[int, int, str], None]
"""Called as ``progress(rows read, rows expected, file)``."""
_KNOWN_ORDERS = 500_000
_GROUPS_PART = 50_000


@dataclass(frozen=True, slots=True)
class _Write:
    """Rows of one table on their way to a staged file."""

    number: int
    part: int
    pending: Pending
    known: pa.Table | None = None
    """Rows that the store holds already."""


def new_import_id(now: datetime) -> str:
    """Return an id that sorts by time."""
    return f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(4)}"


@dataclass(slots=True)
class Intake:
    """The import of one member: its counts and what it has staged so far."""

    store: Store
    member: Member
    recipe: Recipe
    settings: Settings
    folder: Path
    import_id: str
    at: datetime
    read: int = 0
    skipped: int = 0
    notes: list[str] = field(default_factory=list)
    raw_by_line: dict[int, dict[str, Any]] = field(default_factory=dict)
    """When rows are tried again: what each was, so that its id in quarantine stays."""
    again: bool = True
    """Whether rows that the store holds already are left unredacted."""
    protector: Protector | None = None
    pool: Pool | None = None
    only_quoted: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    """Rows that no customer wrote, by reason."""
    clicked: int = 0
    clocks: Counter[tuple[str, str]] = field(default_factory=Counter)
    """Times within a change of the clocks, by column and kind."""
    rounded: int = 0
    """Amounts with parts below the minor unit."""
    emptied: Counter[str] = field(default_factory=Counter)
    """Rows whose texts are older than the company keeps, by table."""
    sealer: Sealer = field(init=False)
    forgotten: Marks = field(init=False)
    aside: Aside = field(init=False)

    def __post_init__(self) -> None:
        self.sealer = Sealer(self.store.keyring, self.recipe.source)
        self.forgotten = Marks.of(self.store, self.recipe.source)
        self.aside = Aside(
            self.store, self.member, self.recipe, self.folder, self.import_id, self.forgotten,
            self.raw_by_line,
        )  # fmt: skip

    def stage(self, reader: Source, progress: Progress | None = None) -> dict[str, Any]:
        """Stage all that the member holds; return the manifest, the report's counts included.

        Raises:
            FileRefused: the file is damaged so that its rows cannot be told apart.
        """
        con = connection(only=self.store.folder)
        try:
            return self._stage(con, reader, progress)
        finally:
            con.close()

    def _stage(self, con: Any, reader: Source, progress: Progress | None) -> dict[str, Any]:
        plan = Plan(self.recipe, self.recipe.found(reader.columns), self.settings)
        plan, decisions = decide(con, plan, reader.chunks(only=set(plan.found.values())))
        self.notes += [*self.member.facts.notes, *reader.notes, *decisions, *self.recipe.notes]
        single = {n: m for n, m in enumerate(plan.recipe.tables) if not m.group}
        grouped = {n: m for n, m in enumerate(plan.recipe.tables) if m.group}
        try:
            with collected_seldom():
                self._read(con, plan, reader, single, grouped, progress)
        finally:
            if self.pool is not None:
                self.pool.close()
        if self.clicked:
            self.notes.append(
                f"{self.clicked} ratings look like a link scanner's clicks: kept and flagged, "
                "left out of the gauges"
            )
        self.notes += [
            f"{count} cells of {name!r} are nothing but a quotation: kept whole"
            for name, count in sorted(self.only_quoted.items()) if count
        ]  # fmt: skip
        self.notes += clock_notes(self.clocks, plan)
        if self.rounded:
            self.notes.append(
                f"{self.rounded} amounts have parts below the currency's minor unit: rounded, "
                "halves to the even"
            )
        self.read -= self.left_out.total()
        self.skipped += self.left_out.total()
        self.notes += [f"left out: {n} rows ({reason})" for reason, n in self.left_out.items()]
        self.notes += [
            f"{count} {table} without their texts: these are {OLD}"
            for table, count in self.emptied.items()
        ]
        if not self.read:
            self.notes.append("below the header there is no row: nothing came in")
        mappings = dict(enumerate(plan.recipe.tables))
        number_plain(con, self.store, self.folder, mappings, self.recipe.source)
        with ThreadPoolExecutor(1) as beside:
            people = beside.submit(self._stage_people, con.cursor())
            verdicts = judge(con, self.store, self.folder, mappings, self.recipe.source, self.at)
            staged = people.result()
        if self.recipe.name not in {recipe.name for recipe in shipped()}:
            self.notes += verdicts.notes
        steps = verdicts.steps + staged + self.aside.step(con)
        counts = verdict_counts(con)
        return {
            "steps": steps,
            "import": {
                "import_id": self.import_id,
                "file": self.member.label,
                "file_hash": self.member.facts.file_hash,
                "source": self.recipe.source,
                "recipe": self.recipe.name,
                "at": int(self.at.timestamp() * 1_000_000),
                "tables": json.dumps(verdicts.accepted),
                "read": self.read,
                **counts,
                "quarantined": self.aside.count,
                "skipped": self.skipped,
                "notes": json.dumps(self.notes),
            },
        }

    def _stage_people(self, con: Any) -> list[dict[str, Any]]:
        """Stage who wrote, with a connection of its own."""
        with closing(con):
            steps = stage_identities(con, self.store, self.folder)
            return steps + stage_vault(con, self.store.uris("vault"), self.folder)

    def _read(
        self,
        con: Any,
        plan: Plan,
        reader: Source,
        single: dict[int, TableMapping],
        grouped: dict[int, TableMapping],
        progress: Progress | None,
    ) -> None:
        """Read, map and protect chunk by chunk; texts are redacted while the next is mapped."""
        kept = kept_columns(plan, grouped.values())
        known = KnownRows(con, self.store, self.recipe.source, single if self.again else {})
        self.pool = Pool(workers_for(self.member.facts.lines) if text_columns(plan) else 0)
        if not known:
            self.pool.start()  # while the first rows are read and mapped
        waiting: list[_Write] = []
        for part, chunk in enumerate(reader.chunks(only=set(plan.found.values()))):
            self.skipped += chunk.skipped
            self.read += chunk.read
            if self.protector is None:
                self.protector = self._new_protector(con, plan, chunk)
            faults = list(chunk.faults)
            mapped: list[_Write] = []
            if chunk.rows.num_rows:
                faults += self._map(con, plan, chunk, single)
                mapped = [self._begin(known, m, n, part) for n, m in single.items()]
                if grouped:
                    keep_rows(con, kept, single)
            for write in waiting:
                self._finish(write)
            waiting = mapped
            self.aside.put(faults, part)
            if progress:
                progress(self.read, max(self.read, self.member.facts.lines), self.member.label)
        if grouped and _exists(con, "grouped_rows"):
            faulty = map_groups(con, plan, grouped, self.store.keep, self.emptied)
            for mapping in grouped.values():
                self._count_rounded(con, plan, mapping, "grouped_rows")
            self._flag(con, grouped)
            waiting += [self._begin(known, m, n, 0) for n, m in grouped.items()]
            self._quarantine_groups(reader, plan, faulty)
        for write in waiting:
            self._finish(write)

    def _flag(self, con: Any, mappings: dict[int, TableMapping]) -> None:
        for number, mapping in mappings.items():
            if mapping.table == "contacts" and "rating" in mapping.fields:
                self.clicked += flag_clicks(con, f"mapped_{number}")

    def _quarantine_groups(
        self, reader: Source, plan: Plan, faulty: dict[int, tuple[int, str, str, str]]
    ) -> None:
        """Read again, for the raw rows of groups that turned out to be faulty."""
        if not faulty:
            return
        chunks = reader.chunks(only=set(plan.found.values()))
        for part, chunk in enumerate(chunks):
            self.aside.put(faults_of(chunk, faulty), _GROUPS_PART + part)

    def _new_protector(self, con: Any, plan: Plan, chunk: Chunk) -> Protector:
        handles: frozenset[str] = frozenset()
        orders: frozenset[str] = frozenset()
        if any(m.table == "contacts" for m in plan.recipe.tables) and chunk.rows.num_rows:
            for name in text_columns(plan):
                handles |= common_handles(chunk.rows.column(name).to_pylist())
            stored = rows_sql(self.store.uris("orders"), FACTS["orders"].schema)
            known = con.execute(
                f"SELECT DISTINCT upper(ltrim(order_number, '#')) FROM {stored} "
                f"WHERE order_number IS NOT NULL LIMIT {_KNOWN_ORDERS + 1}"
            ).fetchall()
            orders = frozenset(number for (number,) in known[:_KNOWN_ORDERS])
        return Protector(
            self.store.keyring,
            self.recipe.source,
            keep_handles=handles,
            known_orders=orders,
            pool=self.pool,
        )

    def _map(
        self, con: Any, plan: Plan, chunk: Chunk, single: dict[int, TableMapping]
    ) -> list[Fault]:
        """Map one chunk into tables ``mapped_<n>``; return the faults of the rows left out."""
        cells = cleaned(plan, chunk.rows, self.only_quoted)
        con.register("chunk", cells)
        typed = typed_sql(plan, plain_times(plan, cells))
        con.execute(f"CREATE OR REPLACE TEMP TABLE typed AS {typed}")
        self.left_out.update(leave_out(con, plan.recipe))
        self.clocks.update(clock_changes(con, plan))
        faults = con.execute(cell_faults_sql(plan)).fetchall()
        for number, mapping in single.items():
            computed(con, mapped_sql(plan, mapping), mapping, f"mapped_{number}")
            self._count_rounded(con, plan, mapping)
            self._flag(con, {number: mapping})
            faults += con.execute(mapped_faults_sql(plan, mapping, number)).fetchall()
        taken = " UNION ".join(f"SELECT {quoted(LINE)} FROM mapped_{n}" for n in single)
        if taken and len(single) == len(plan.recipe.tables):
            faults += con.execute(
                f"SELECT {quoted(LINE)}, '', 'no table takes this row', '' FROM typed "
                f"WHERE {quoted(LINE)} NOT IN ({taken})"
            ).fetchall()
        by_line: dict[int, tuple[int, str, str, str]] = {}
        for fault in sorted(faults, key=lambda f: f[0]):
            by_line.setdefault(fault[0], fault)
        if self.store.keep:
            tables = {number: mapping.table for number, mapping in single.items()}
            old = leave_old(con, self.store.keep, tables, self.emptied)
            by_line |= {line: (line, "", OLD, "") for line in old}
        by_line |= {line: (line, "", FORGOTTEN, "") for line in self.forgotten.lines(plan, chunk)}
        con.register("bad_lines", pa.table({"line": pa.array(list(by_line), pa.int64())}))
        con.execute("CREATE OR REPLACE TEMP TABLE bad AS SELECT line FROM bad_lines")
        return faults_of(chunk, by_line)

    def _count_rounded(
        self, con: Any, plan: Plan, mapping: TableMapping, rows: str = "typed"
    ) -> None:
        if "amount" in mapping.fields:
            self.rounded += con.execute(rounded_sql(plan, mapping, rows)).fetchall()[0][0]

    def _begin(self, known: KnownRows, mapping: TableMapping, number: int, part: int) -> _Write:
        """Start protecting the good mapped rows of one table."""
        assert self.protector is not None
        fresh, again = known.split(number)
        return _Write(number, part, self.protector.begin(fresh, mapping.table), again)

    def _finish(self, write: _Write) -> None:
        """Stage rows that are protected."""
        assert self.protector is not None
        name, pending = f"{write.number}-{write.part:05}", write.pending
        if pending.rows.num_rows:
            rows, found = self.protector.finish(pending)
            rows, identities = self.forgotten.cleaned(rows, found)
            write_staged(self._typed(rows, pending.table), self.folder / f"rows-{name}.parquet")
            if identities.num_rows:
                place = identities.schema.get_field_index("import_id")
                constant = _constant(self.import_id, identities.num_rows)
                identities = identities.set_column(place, "import_id", constant)
                write_staged(identities, self.folder / f"identities-{name}.parquet")
            self._seal(pending.rows, rows, pending.table, name)
        if write.known is not None and write.known.num_rows:
            rows = self.protector.known(write.known, pending.table)
            name += "-known"
            write_staged(self._typed(rows, pending.table), self.folder / f"rows-{name}.parquet")
            self._seal(write.known, rows, pending.table, name)

    def _typed(self, rows: pa.Table, table: str) -> pa.Table:
        """Return protected rows with the table's columns, to be staged."""
        schema = FACTS[table].schema
        filled = {"source": self.recipe.source, "import_id": self.import_id}
        names = [n for n in schema.names if n != "month"]
        columns = [
            _constant(filled[name], rows.num_rows) if name in filled
            else rows.column(name).cast(schema.field(name).type)
            for name in names
        ]  # fmt: skip
        own = [rows.column(LINE), rows.column(PART)]
        return pa.table([*columns, *own], names=[*names, LINE, PART])

    def _seal(self, mapped: pa.Table, rows: pa.Table, table: str, name: str) -> None:
        """Stage what the vault gets of mapped rows, given them as they are stored."""
        if not self.store.vault or "customer_ref" not in rows.schema.names:
            return
        refs = rows.column("customer_ref")
        if self.store.keep:
            kept = young(mapped, table, self.store.keep)
            mapped, refs = mapped.filter(kept), refs.filter(kept)
        sealed = self.sealer.sealed(mapped, refs, self.import_id)
        if sealed.num_rows:
            write_staged(sealed, self.folder / f"vault-{name}.parquet")


def report_of(manifest: dict[str, Any]) -> ImportReport:
    """Return the report of a staged import."""
    row = manifest["import"]
    return ImportReport(
        file=row["file"],
        recipe=row["recipe"],
        source=row["source"],
        tables=json.loads(row["tables"]),
        read=row["read"],
        new=row["new"],
        updated=row["updated"],
        duplicate=row["duplicate"],
        quarantined=row["quarantined"],
        skipped=row["skipped"],
        import_id=row["import_id"],
        notes=tuple(json.loads(row["notes"])),
    )


def now() -> datetime:
    """Return the time of an import."""
    return datetime.now(UTC)


def _constant(value: str, count: int) -> Any:
    return pa.array([value], pa.string()).take(pa.array([0] * count, pa.int32()))


def _exists(con: Any, table: str) -> bool:
    found = con.execute(
        f"SELECT count(*) FROM information_schema.tables WHERE table_name = '{table}'"
    ).fetchall()[0]
    return bool(found[0])
