"""SQL text that finds the cells and the mapped rows that cannot be taken, with the reason."""

from __future__ import annotations

from goodwill.literals import quoted, text_sql

from ._cells_sql import SHORTENED, outside_sql
from ._plan import Plan, cell, column_of
from ._recipe import TableMapping, fields_of
from ._rows import LINE

_MOST_MINOR = 10**13
"""A line of more than a hundred thousand million euros is a fault of the file."""
_SCALES = {"nps": (0, 10), "csat5": (1, 5), "ces7": (1, 7), "stars5": (1, 5), "thumbs": (0, 1)}


def cell_faults_sql(plan: Plan) -> str:
    """Return the SELECT of cells that hold a value which could not be parsed, or cannot be."""
    reasons = {"time": "no possible time", "number": "no number", "whole": "no whole number",
               "flag": "neither yes nor no"}  # fmt: skip
    parts = []
    for ours, column in plan.recipe.columns.items():
        if column.kind == "id" and ours in plan.found:
            raw = cell(plan.recipe, ours)
            parts.append(
                f"SELECT {quoted(LINE)}, {text_sql(plan.found[ours])}, 'a number that a "
                f"spreadsheet has shortened', {raw} "
                f"FROM typed WHERE regexp_matches({raw}, '{SHORTENED}')"
            )
        if column.kind in reasons and ours in plan.found:
            raw, value = cell(plan.recipe, ours), quoted(ours)
            beyond = f" OR {outside_sql(value)}" if column.kind == "time" else ""
            if column.unless:
                beyond += f") AND NOT (regexp_matches({raw}, {text_sql(column.unless)})"
            parts.append(
                f"SELECT {quoted(LINE)} AS line, {text_sql(plan.found[ours])} AS col, "
                f"{text_sql(reasons[column.kind])} AS reason, {raw} AS value FROM typed "
                f"WHERE {raw} IS NOT NULL AND ({value} IS NULL{beyond})"
            )
    nothing = "SELECT 0 AS line, '' AS col, '' AS reason, '' AS value WHERE false"
    return " UNION ALL ".join([nothing, *parts])


def mapped_faults_sql(plan: Plan, mapping: TableMapping, number: int) -> str:
    """Return the SELECT of mapped rows that lack what is required or hold what cannot be."""
    parts = []
    at = f"FROM mapped_{number} WHERE"
    for name in mapping.required:
        column = column_of(plan, mapping, name)
        parts.append(
            f"SELECT {quoted(LINE)} AS line, {text_sql(column)} AS col, "
            f"{text_sql(f'{name} is missing')} AS reason, '' AS value {at} {quoted(name)} IS NULL"
        )
    if "currency" in fields_of(mapping.table):
        column = column_of(plan, mapping, "currency")
        parts.append(
            f"SELECT {quoted(LINE)}, {text_sql(column)}, "
            "'no currency of three letters (ISO 4217)', "
            f"currency {at} NOT regexp_full_match(currency, '[A-Z]{{3}}')"
        )
        column = column_of(plan, mapping, "amount")
        parts.append(
            f"SELECT {quoted(LINE)}, {text_sql(column)}, 'an amount beyond all reason', "
            f"CAST(amount AS VARCHAR) {at} abs(amount) > {_MOST_MINOR}"
        )
    if mapping.table == "contacts":
        column = column_of(plan, mapping, "rating")
        for scale, (low, high) in _SCALES.items():
            parts.append(
                f"SELECT {quoted(LINE)}, {text_sql(column)}, "
                f"{text_sql(f'rating outside {low} to {high}')}, CAST(rating AS VARCHAR) {at} "
                f"rating_scale = '{scale}' AND rating NOT BETWEEN {low} AND {high}"
            )
        parts.append(
            f"SELECT {quoted(LINE)}, '', 'nothing in it: no text, subject, rating or customer', "
            f"'' {at} text IS NULL AND subject IS NULL AND rating IS NULL "
            "AND customer_ref IS NULL"
        )
    nothing = "SELECT 0 AS line, '' AS col, '' AS reason, '' AS value WHERE false"
    return " UNION ALL ".join([nothing, *parts])
