"""Rows that come again: what the Book holds already with the same content is not redacted anew.

A row's hash stands for all of its content but the names that serve the redaction, so that a row of
the same hash would give the same text, and the same keys, which were stored with it. Whether
such rows really bring nothing is known only when all rows are judged; where one of them has to be
written after all, the file is read once more, and all of it redacted.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from goodwill.literals import quoted, text_sql
from goodwill.tables import FACTS

from ._recipe import TableMapping
from ._rows import LINE, PART
from ._store import Store, rows_sql
from .privacy import REDACTION_VERSION

_PLACE = f"{quoted(LINE)}, {quoted(PART)}"


class KnownRowsChange(Exception):
    """A row whose content the store holds has to be written after all."""


class KnownRows:
    """What the store holds of one source, asked chunk by chunk.

    Leaves a table ``known_lines`` (number, line, part) in the connection.
    """

    def __init__(
        self, con: Any, store: Store, source: str, mappings: Mapping[int, TableMapping]
    ) -> None:
        self._con = con
        self._numbers: set[int] = set()
        con.execute("CREATE OR REPLACE TABLE known_lines (number BIGINT, line BIGINT, part BIGINT)")
        for number, mapping in mappings.items():
            schema = FACTS[mapping.table].schema
            # Where the content belongs to the id, the redacted text tells which id a row has.
            if "redaction_version" not in schema.names or mapping.id_with or mapping.group:
                continue
            # Short hashes are enough: rows that agree by chance are found out by judging.
            con.execute(
                f"CREATE OR REPLACE TEMP TABLE known_{number} AS "
                f"SELECT DISTINCT hash(row_hash) AS content "
                f"FROM {rows_sql(store.uris(mapping.table), schema)} "
                f"WHERE source = {text_sql(source)} AND redaction_version = {REDACTION_VERSION}"
            )
            if con.execute(f"SELECT count(*) FROM known_{number}").fetchall()[0][0]:
                self._numbers.add(number)

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def split(self, number: int) -> tuple[pa.Table, pa.Table | None]:
        """Return a chunk's good rows of one table: those to take, and those that came before."""
        good = f"FROM mapped_{number} WHERE {quoted(LINE)} NOT IN (SELECT line FROM bad)"
        if number not in self._numbers:
            return self._con.sql(f"SELECT * {good}").to_arrow_table(), None
        self._con.execute(
            f"CREATE OR REPLACE TEMP TABLE came_before AS SELECT {_PLACE} "
            f"FROM (SELECT {_PLACE}, hash(row_hash) AS content {good}) "
            f"SEMI JOIN known_{number} USING (content)"
        )
        self._con.execute(f"INSERT INTO known_lines SELECT {number}, {_PLACE} FROM came_before")
        both = f"FROM (SELECT * {good}) {{}} JOIN came_before USING ({_PLACE})"
        fresh, known = (
            self._con.sql(f"SELECT * {both.format(how)}").to_arrow_table()
            for how in ("ANTI", "SEMI")
        )
        return fresh, known


def refuse_changes(con: Any, number: int, staged: str) -> None:
    """Hold that rows left unredacted bring nothing, with ``judged`` and ``known_lines`` there.

    Raises:
        KnownRowsChange: one of them is to be written, or stands beside other content of its id.
    """
    con.execute(
        "CREATE OR REPLACE TEMP TABLE known_ids AS SELECT id, count(action) AS written "
        "FROM judged j JOIN known_lines k ON j.line = k.line AND j.part = k.part "
        f"WHERE k.number = {number} GROUP BY id"
    )
    several = "SELECT id FROM judged SEMI JOIN known_ids USING (id) GROUP BY id HAVING count(*) > 1"
    changed = con.execute(
        "SELECT (SELECT count(*) FROM known_ids WHERE written > 0) + "
        f"(SELECT count(*) FROM (SELECT j.id FROM (FROM judged WHERE id IN ({several})) j "
        f"JOIN {staged} r ON r.__line = j.line AND r.__part = j.part "
        "GROUP BY j.id HAVING count(DISTINCT r.row_hash) > 1))"
    ).fetchall()[0][0]
    if changed:
        raise KnownRowsChange
