"""Rows that could not be taken, on their way into the quarantine: masked, the raw row encrypted."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from goodwill.literals import text_sql
from goodwill.tables import ACCOUNTS

from ._ages import REASON as OLD
from ._files import Member
from ._forgotten import REASON as FORGOTTEN
from ._forgotten import Marks
from ._recipe import Recipe
from ._rows import LINE, Chunk, Fault, raw_json
from ._store import Store, rows_sql
from .privacy import mask


@dataclass(slots=True)
class Aside:
    """The rows of one import that are put aside."""

    store: Store
    member: Member
    recipe: Recipe
    folder: Path
    import_id: str
    forgotten: Marks
    raw_by_line: dict[int, dict[str, Any]]
    count: int = 0
    lines: set[int] = field(default_factory=set)

    def put(self, faults: list[Fault], part: int) -> None:
        """Stage faults."""
        if not faults:
            return
        self.count += len(faults)
        keyring = self.store.keyring
        rows = []
        self.lines.update(fault.line for fault in faults)
        for fault in faults:
            whole = self.raw_by_line.get(fault.line, fault.raw)
            if self.forgotten and (fault.reason == FORGOTTEN or self.forgotten.has_raw(whole)):
                rows.append(self._trace_of(fault, FORGOTTEN))
                continue
            if fault.reason == OLD:
                rows.append(self._trace_of(fault, OLD))
                continue
            raw = raw_json(whole)
            known = f"{self.recipe.source}\x1f{fault.line}\x1f{raw.decode()}"
            rows.append(
                self._row(keyring.hash("quarantine", known), fault, fault.reason)
                | {
                    "column": fault.column,
                    "masked_value": mask(fault.value),
                    "raw": keyring.encrypt(raw),
                }
            )
        table = pa.Table.from_pylist(rows, schema=ACCOUNTS["quarantine"].schema)
        pq.write_table(table, self.folder / f"quarantine-{part:05}.parquet")

    def _trace_of(self, fault: Fault, reason: str) -> dict[str, Any]:
        """Return the quarantine's entry of a row of which nothing may be kept."""
        place = f"{reason}\x1f{self.member.facts.file_hash}\x1f{fault.line}"
        return self._row(self.store.keyring.hash("quarantine", place), fault, reason)

    def _row(self, quarantine_id: str, fault: Fault, reason: str) -> dict[str, Any]:
        return {
            "quarantine_id": quarantine_id,
            "import_id": self.import_id,
            "file": self.member.label,
            "source": self.recipe.source,
            "recipe": self.recipe.name,
            "line": fault.line,
            "column": "",
            "reason": reason,
            "masked_value": "",
            "raw": None,
            "resolved_by": None,
        }

    def step(self, con: Any) -> list[dict[str, Any]]:
        """Stage the rows that the quarantine does not list already."""
        if not self.count:
            return []
        stored = rows_sql(self.store.uris("quarantine"), ACCOUNTS["quarantine"].schema)
        target = text_sql(str(self.folder / "fresh-quarantine.parquet"))
        files = text_sql(str(self.folder / "quarantine-*.parquet"))
        con.execute(
            f"COPY (SELECT * FROM read_parquet({files}) WHERE quarantine_id NOT IN "
            f"(SELECT quarantine_id FROM {stored})) TO {target} (FORMAT parquet)"
        )
        return [{"name": "quarantine", "table": "quarantine", "how": "append",
                 "rows": "fresh-quarantine.parquet"}]  # fmt: skip


def faults_of(chunk: Chunk, by_line: dict[int, tuple[int, str, str, str]]) -> list[Fault]:
    """Return the faults of a chunk's rows, each with all its cells."""
    if not by_line:
        return []
    out = []
    for place, line in enumerate(chunk.rows.column(LINE).to_pylist()):
        if line in by_line:
            _, column, reason, value = by_line.pop(line)
            out.append(Fault(line, column, reason, value or "", {"cells": chunk.whole(place)}))
    return out
