"""The records behind a figure: rows of a page table, chosen by its columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import duckdb

from goodwill.errors import InputError, NotFound
from goodwill.generations import Reader
from goodwill.literals import quoted
from goodwill.report.page_columns import INNER
from goodwill.report.shapes import RecordsPage

TABLES = (
    "alerts", "chain", "contact_gaps", "contact_themes", "contract_effects",
    "contract_renewals", "contract_value", "conversation_metrics", "customer_refs",
    "customer_value", "customers", "episodes", "equity_months", "equity_segments", "first_days",
    "fix_weeks", "fixes", "further_themes", "imports", "ledger", "messages", "orders",
    "phrases", "problem_costs", "process_links", "process_paths", "process_steps", "promises",
    "quarantine", "rule_contacts", "rule_costs", "same_event", "signals", "themes", "weekly",
)  # fmt: skip

_CONDITION = re.compile(r"^([a-z_]+)(>=|>|<=|<|!)?$")


def records(
    reader: Reader, table: str, where: Mapping[str, Any], offset: int = 0, limit: int = 50
) -> RecordsPage:
    """Return rows of a page table.

    Args:
        reader: The generation.
        table: One of `TABLES`.
        where: Column to value. A list means "one of"; None means "empty"; a column may end in
            ``>``, ``>=``, ``<``, ``<=``, or ``!`` (is not).
        offset: Rows to pass over.
        limit: Rows to return at most.

    Raises:
        NotFound: There is no such table or column.
        InputError: A value does not fit its column.
    """
    if table not in TABLES:
        raise NotFound(f"There are no records {table!r}.", hint="One of: " + ", ".join(TABLES))
    described = reader.rows(f"DESCRIBE {table}")
    kinds = {row[0]: row[1] for row in described}
    parts, values = [], []
    for name, value in where.items():
        match = _CONDITION.match(name)
        if match is None or match[1] not in kinds:
            raise NotFound(
                f"The table {table} has no column {name!r}.", hint="One of: " + ", ".join(kinds)
            )
        part, more = _condition(match[1], match[2] or "", value)
        parts.append(part)
        values += more
    condition = " WHERE " + " AND ".join(parts) if parts else ""
    try:
        total = reader.rows(f"SELECT count(*) FROM {table}{condition}", values)[0][0]
    except duckdb.ConversionException as error:
        raise InputError(f"A value does not fit its column: {error}") from error
    columns = tuple(name for name in kinds if name not in INNER)
    shown = ", ".join(map(quoted, columns))
    # The file is sorted by what its pages ask for; rowid keeps that order over its pages.
    rows = reader.rows(
        f"SELECT {shown} FROM {table}{condition} ORDER BY rowid LIMIT ? OFFSET ?",
        [*values, limit, offset],
    )
    return RecordsPage(table, dict(where), columns, tuple(rows), total, offset)


def _condition(column: str, operator: str, value: Any) -> tuple[str, list[Any]]:
    named = quoted(column)
    if value is None:
        return f"{named} IS {'NOT ' if operator == '!' else ''}NULL", []
    if isinstance(value, list | tuple):
        marks = ", ".join("?" for _ in value)
        return f"{named} {'NOT ' if operator == '!' else ''}IN ({marks})", list(value)
    sign = {"": "=", "!": "<>"}.get(operator, operator)
    if operator in (">", ">=", "<", "<=") and isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError as error:
            raise InputError(f"{column} {operator}: not a time in ISO 8601.") from error
    return f"{named} {sign} ?", [value]
