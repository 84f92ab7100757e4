"""A recipe bound to one file: which column is where, what was decided, and its cells cleaned."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goodwill.literals import quoted

from ._bodies import cleaned_bodies
from ._cells_sql import PLAIN_TIME, TimeRule
from ._numbers_sql import NumberRule
from ._recipe import Recipe, TableMapping
from ._rows import LINE, PART


@dataclass(frozen=True, slots=True)
class Settings:
    """What the Book decides for the mapping of a file."""

    time_zone: str = "UTC"
    currency: str = "EUR"
    public_channels: tuple[str, ...] = ("social", "review")
    hash_salt: str = ""
    zone_of: str = ""
    """Where the zone comes from, when it is not the Book's."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A recipe bound to one file: which column is where, and the decided rules."""

    recipe: Recipe
    found: Mapping[str, str]
    settings: Settings
    times: Mapping[str, TimeRule] = field(default_factory=dict)
    numbers: Mapping[str, NumberRule] = field(default_factory=dict)


def cell(recipe: Recipe, ours: str) -> str:
    """Return the identifier of a column's unparsed cell in ``typed``."""
    return quoted(ours if recipe.columns[ours].kind == "text" else f"{ours}:cell")


def cleaned(plan: Plan, rows: pa.Table, only_quoted: Counter[str] | None = None) -> pa.Table:
    """Return a chunk under our names: cells trimmed, NULL where empty or a sign of absence.

    Args:
        plan: The recipe bound to the file.
        rows: A chunk's rows.
        only_quoted: Where to count, by column, bodies that are nothing but a quotation.
    """
    parts = rows.column(PART) if PART in rows.schema.names else pa.repeat(0, rows.num_rows)
    arrays, names = [rows.column(LINE), parts], [LINE, PART]
    done: dict[str, Any] = {}
    missing = pa.array(["", *plan.recipe.missing], pa.string())
    nothing = pa.nulls(rows.num_rows, pa.string())
    for ours in plan.recipe.columns:
        source = plan.found.get(ours)
        if source is not None and source not in done:
            trimmed = pc.utf8_trim_whitespace(rows.column(source))
            if plan.recipe.columns[ours].kind == "time":
                # Between a date and its clock some products write a space that does not break.
                trimmed = pc.replace_substring_regex(trimmed, "[\u00a0\u202f]", " ")
            done[source] = pc.if_else(pc.is_in(trimmed, missing), None, trimmed)
        array = nothing if source is None else done[source]
        if source is not None and plan.recipe.columns[ours].kind == "body":
            array, quotes = cleaned_bodies(array)
            if only_quoted is not None:
                only_quoted[source] += quotes
        arrays.append(array)
        names.append(f"{ours}:cell")
    return pa.table(arrays, names=names)


def plain_times(plan: Plan, cells: pa.Table) -> frozenset[str]:
    """Return our columns of times whose cells, in a cleaned chunk, all look like most do."""
    return frozenset(
        ours
        for ours, column in plan.recipe.columns.items()
        if column.kind == "time" and ours in plan.found
        and pc.all(pc.match_substring_regex(cells.column(f"{ours}:cell"), PLAIN_TIME)).as_py()
    )  # fmt: skip


def column_of(plan: Plan, mapping: TableMapping, name: str) -> str:
    """Return the source column behind a field, or the field when it is computed."""
    return plan.found.get(mapping.fields.get(name, ""), name)


def text_columns(plan: Plan) -> set[str]:
    """Return the file's columns that go into the texts of contacts."""
    return {
        plan.found[ours]
        for m in plan.recipe.tables if m.table == "contacts"
        for ours in plan.recipe.columns
        if ours in plan.found and re.search(rf"\b{ours}\b", m.fields.get("text", ""))
    }  # fmt: skip
