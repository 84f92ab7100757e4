"""Tables of which one row comes from many source rows: mapped after the last chunk."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from goodwill.literals import quoted

from ._ages import AGES, REASON, CutOffs, empty_old
from ._faults_sql import mapped_faults_sql
from ._mapping_sql import computed, mapped_sql
from ._plan import Plan, cell
from ._recipe import TableMapping
from ._rows import LINE

_LINE = quoted(LINE)
Found = tuple[int, str, str, str]
"""Line, column, reason and value of a fault."""


def kept_columns(plan: Plan, grouped: Iterable[TableMapping]) -> list[str]:
    """Return the columns of ``typed`` that grouped tables need after the last chunk."""
    mappings = list(grouped)
    sql = " ".join(
        text for m in mappings
        for text in (*m.fields.values(), *m.key, *m.beside.values(), m.when, m.group)
    )  # fmt: skip
    sql = " ".join([sql, *plan.recipe.identities_sql.values()])
    columns = [quoted(o) for o in plan.recipe.columns if re.search(rf"\b{re.escape(o)}\b", sql)]
    private = {*plan.recipe.names, *(c for cs in plan.recipe.identities.values() for c in cs)}
    cells = [cell(plan.recipe, o) for o in plan.recipe.columns if o in private]
    return list(dict.fromkeys(columns + cells))


def keep_rows(con: Any, columns: list[str], single: Iterable[int]) -> None:
    """Keep a chunk's good rows in ``grouped_rows``, and which of them a table has taken."""
    good = f"{_LINE} NOT IN (SELECT line FROM bad)"
    _into(
        con, "grouped_rows", f"SELECT {', '.join([*_own(con), *columns])} FROM typed WHERE {good}"
    )
    parts = [f"SELECT {_LINE} AS line FROM mapped_{n} WHERE {good}" for n in single]
    nothing = "SELECT 0::BIGINT AS line WHERE false"
    _into(con, "taken_lines", " UNION ".join([nothing, *parts]))


def _own(con: Any) -> list[str]:
    """Return our own columns of ``typed``: the line, and the part where it has one."""
    names = [row[0] for row in con.execute("SELECT column_name FROM (DESCRIBE typed)").fetchall()]
    return [quoted(name) for name in names if name.startswith("__")]


def map_groups(
    con: Any,
    plan: Plan,
    grouped: Mapping[int, TableMapping],
    cut: CutOffs,
    emptied: Counter[str],
) -> dict[int, Found]:
    """Map all groups into ``mapped_<n>``; return the faults of the rows that nothing takes.

    ``group_lines_<n>`` holds which source rows (``line``) are in the group of each fact (``head``),
    and ``bad`` the heads of facts that cannot be stored.
    """
    faults: list[Found] = []
    spread: list[str] = []
    for number, mapping in grouped.items():
        computed(con, mapped_sql(plan, mapping, "grouped_rows"), mapping, f"mapped_{number}")
        where = f"({mapping.when}) AND " if mapping.when else ""
        con.execute(
            f"CREATE OR REPLACE TEMP TABLE group_lines_{number} AS SELECT {_LINE} AS line, "
            f"min({_LINE}) OVER (PARTITION BY {mapping.group}) AS head "
            f"FROM grouped_rows WHERE {where}({mapping.group}) IS NOT NULL"
        )
        if cut.records is not None and mapping.table in AGES:
            old = con.execute(
                f"SELECT DISTINCT g.line FROM mapped_{number} t JOIN group_lines_{number} g "
                f"ON g.head = t.{_LINE} WHERE {cut.before_sql(mapping.table, cut.records)}"
            ).fetchall()
            faults += [(line, "", REASON, "") for (line,) in old]
        empty_old(con, cut, number, mapping.table, emptied)
        spread.append(f"SELECT line FROM group_lines_{number}")
        faults += con.execute(
            "SELECT DISTINCT ON (g.line) g.line, f.col, f.reason, f.value FROM "
            f"({mapped_faults_sql(plan, mapping, number)}) f "
            f"JOIN group_lines_{number} g ON g.head = f.line ORDER BY g.line, f.col, f.reason"
        ).fetchall()
    faults += con.execute(
        f"SELECT DISTINCT {_LINE}, '', 'no table takes this row', '' FROM grouped_rows "
        f"WHERE {_LINE} NOT IN ({' UNION '.join(spread)} UNION SELECT line FROM taken_lines) "
        "ORDER BY 1"
    ).fetchall()
    # Rows that another table has taken are no faults, and the facts of their groups stay.
    taken = {line for (line,) in con.execute("SELECT line FROM taken_lines").fetchall()}
    by_line: dict[int, Found] = {}
    for fault in faults:
        if fault[0] not in taken:
            by_line.setdefault(fault[0], fault)
    con.execute("CREATE OR REPLACE TEMP TABLE bad (line BIGINT)")
    if by_line:
        con.executemany("INSERT INTO bad VALUES (?)", [(line,) for line in by_line])
    return by_line


def _into(con: Any, table: str, select: str) -> None:
    found = con.execute(
        f"SELECT count(*) FROM information_schema.tables WHERE table_name = '{table}'"
    ).fetchall()[0][0]
    con.execute(f"INSERT INTO {table} {select}" if found else f"CREATE TABLE {table} AS {select}")
