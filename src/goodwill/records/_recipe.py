"""A recipe: which columns a source writes, how to know it, and how its rows become facts.

Recipes are TOML files, the shipped ones in ``records/recipes/`` and a Book's own in its
``mappings/``. Every field of a table is an SQL expression (DuckDB dialect) over *columns*; a
column has a name of our own, the names that the source writes, and a kind that says how its cells
are parsed. A short form (``[contacts]`` with ``at = "Created at"``) needs no columns section.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa

from goodwill.errors import MappingError
from goodwill.literals import text_sql
from goodwill.tables import FACTS, IDENTITY_KINDS

from ._layout import Layout, layout_from

KINDS = ("text", "body", "id", "time", "number", "whole", "flag", "duration")
IDS = frozenset(
    {
        "contact_id", "thread_id", "reply_to_id", "event_id", "order_id", "order_number",
        "related_order_id", "customer_ref", "agent_id", "assignee", "subscription_id",
    }
)  # fmt: skip
MAPPABLE = ("contacts", "threads", "thread_events", "orders", "subscriptions")
_OURS = frozenset({"source", "month", "import_id", "row_hash", "redaction_version"})
_ROW_ID = {
    "contacts": "contact_id",
    "threads": "thread_id",
    "thread_events": "event_id",
    "orders": "order_id",
    "subscriptions": "subscription_id",
}
_REQUIRED = {
    "contacts": ("at",),
    "threads": ("thread_id",),
    "thread_events": ("thread_id", "at"),
    "orders": ("at", "amount"),
    "subscriptions": ("subscription_id", "started_at"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column under a name of our own.

    Attributes:
        names: What the source calls it; the first that a file has is taken.
        kind: How its cells are parsed: one of ``KINDS``.
        order: ``dmy`` or ``mdy`` when the source is known to write slash dates so.
        zone: Zone of times that name none; empty is the Book's zone.
        decimal: ``,`` or ``.`` when the source is known to write numbers so.
        unless: A pattern of cells that are no value of this kind, and no fault either.
        usually: ``dmy`` or ``mdy``, where nothing in the file decides it.
    """

    names: tuple[str, ...]
    kind: str = "text"
    order: str = ""
    zone: str = ""
    decimal: str = ""
    unless: str = ""
    usually: str = ""


@dataclass(frozen=True, slots=True)
class TableMapping:
    """How rows become rows of one table.

    Attributes:
        table: A fact table.
        fields: SQL expression by field, over the recipe's columns.
        when: A source row gives a row of this table only where this holds.
        key: More expressions that tell two rows without id apart.
        group: When given, all source rows of one value of it give one row; fields are aggregates.
        required: Fields without which the source row is quarantined.
        beside: Expressions by name that the fields may use, over all rows (of the file where they
            are grouped, else of a chunk); each may use those before it.
        id_with: Fields that belong to the row's id: a ticket's number stands on each of its
            messages, which the time and the text tell apart.
        own_id: Whether rows of one id that differ in time and content are an error of the mapping.
    """

    table: str
    fields: Mapping[str, str]
    when: str = ""
    key: tuple[str, ...] = ()
    group: str = ""
    required: tuple[str, ...] = ()
    beside: Mapping[str, str] = field(default_factory=dict)
    id_with: tuple[str, ...] = ()
    own_id: bool = False

    @property
    def row_id(self) -> str:
        """The field that holds the row's own id within its source."""
        return _ROW_ID[self.table]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is known about one kind of file.

    Attributes:
        name: Short name, beginning with the product's.
        title: What it is, for people.
        source: The source that its keys belong to.
        columns: Columns by our name.
        tables: The tables that its rows feed.
        detect: Columns that a file must have to be taken for one of these.
        values: For a column, a pattern that its first values match.
        missing: Texts that mean "no value".
        names: Columns with names of persons, taken out of the texts.
        identities: Columns with keys of the customer, by kind of identity.
        identities_sql: Expressions that give such keys, by kind of identity.
        notes: What the report says beside the counts.
        match: Fingerprint of the file that a saved mapping was made for.
        layout: How its rows lie.
        refuse: What it is, where it holds nothing that the records could take.
        leave_out: Conditions by reason: rows that no customer wrote, skipped and said.
        questions: Set where columns that no name fits are the questions of a survey, which
            ``_questions`` sorts by their titles and answers.
    """

    name: str
    source: str
    columns: Mapping[str, Column]
    tables: tuple[TableMapping, ...]
    title: str = ""
    detect: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    identities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    match: str = ""
    layout: Layout = Layout()
    refuse: str = ""
    leave_out: Mapping[str, str] = field(default_factory=dict)
    questions: Mapping[str, Any] = field(default_factory=dict)
    identities_sql: Mapping[str, str] = field(default_factory=dict)

    def found(self, header: Iterable[str]) -> dict[str, str]:
        """Return the source column of each of our columns that this header has."""
        by_plain: dict[str, str] = {}
        names = list(header)
        for name in names:
            by_plain.setdefault(plain(name), name)
        for name in names:
            # A custom field may carry its type: "Product [list]".
            by_plain.setdefault(plain(re.sub(r"\s*\[[A-Za-z ]{2,12}\]\s*$", "", name)), name)
        out = {}
        for ours, column in self.columns.items():
            for name in column.names:
                if plain(name) in by_plain:
                    out[ours] = by_plain[plain(name)]
                    break
        return out

    def fits(self, header: Iterable[str], rows: pa.Table) -> bool:
        """Return whether header and first rows are those of this recipe."""
        found = self.found(header)
        if not self.detect or any(name not in found for name in self.detect):
            return False
        for ours, pattern in self.values.items():
            if ours not in found:
                return False
            cells = [v for v in rows.column(found[ours]).to_pylist() if v and v.strip()]
            if cells and sum(bool(re.search(pattern, v.strip())) for v in cells) * 2 < len(cells):
                return False
        return True

    def with_source(self, source: str | None) -> Recipe:
        """Return the recipe with its keys under another source."""
        return replace(self, source=source) if source else self


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """Return a column name for comparison: no accents, case, or signs between words.

    >>> plain(" Número de_Pedido ")
    'numero de pedido'
    """
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name)
    bare = "".join(c for c in unicodedata.normalize("NFKD", spaced) if not unicodedata.combining(c))
    words = re.sub(r"[^a-z0-9#?]+", " ", bare.lower()).strip()
    return words or bare.strip().lower()


def fingerprint(header: Iterable[str]) -> str:
    """Return what two files with the same columns share."""
    joined = "\x1f".join(sorted(plain(name) for name in header))
    return hashlib.sha256(joined.encode()).hexdigest()[:16]


def field_kind(table: str, name: str) -> str:
    """Return how a cell that is mapped straight to a field is parsed."""
    kind = FACTS[table].schema.field(name).type
    if pa.types.is_timestamp(kind):
        return "time"
    if pa.types.is_boolean(kind):
        return "flag"
    if pa.types.is_int32(kind):
        return "whole"
    if pa.types.is_integer(kind) or pa.types.is_floating(kind):
        return "number"
    return "id" if name in IDS else "text"


def fields_of(table: str) -> tuple[str, ...]:
    """Return the fields of a table that a mapping may fill."""
    return tuple(name for name in FACTS[table].schema.names if name not in _OURS)


def recipe_from(document: Mapping[str, Any], where: str) -> Recipe:
    """Return the recipe that a TOML document describes.

    Raises:
        MappingError: it names an unknown table, field or kind; all faults are listed.
    """
    faults: list[str] = []
    columns = {
        ours: _column(value, f"columns.{ours}", faults)
        for ours, value in document.get("columns", {}).items()
    }
    tables = [
        _table(part, dict(part.get("fields", {})), columns, faults)
        for part in document.get("tables", [])
    ]
    for name in MAPPABLE:
        if name in document:
            tables.append(_table({"table": name}, dict(document[name]), columns, faults))
    identities: dict[str, tuple[str, ...]] = {}
    identities_sql: dict[str, str] = {}
    for kind, value in document.get("identities", {}).items():
        if kind not in IDENTITY_KINDS:
            faults.append(f"identities.{kind}: one of {', '.join(IDENTITY_KINDS)} is meant")
        if isinstance(value, Mapping) and "sql" in value:
            identities_sql[kind] = str(value["sql"])
        else:
            identities[kind] = _named(value, f"identity_{kind}", columns)
    names = _named(document.get("names", []), "name", columns)
    if not tables and "refuse" not in document:
        faults.append("no table is mapped: give a section such as [contacts] or [orders]")
    known = {"columns", "tables", "identities", "names", "name", "title", "source", "detect",
             "values", "missing", "notes", "match", "layout", "refuse", "leave_out", "questions",
             *MAPPABLE}  # fmt: skip
    faults.extend(f"{key}: unknown" for key in document if key not in known)
    if faults:
        raise MappingError(
            f"{where}: " + "; ".join(faults), hint="docs/tables.md lists the fields of each table."
        )
    return Recipe(
        name=str(document.get("name", "mapping")),
        title=str(document.get("title", "")),
        source=str(document.get("source", "") or "company"),
        columns=columns,
        tables=tuple(tables),
        detect=tuple(document.get("detect", ())),
        values=dict(document.get("values", {})),
        missing=tuple(document.get("missing", ())),
        names=names,
        identities=identities,
        notes=tuple(document.get("notes", ())),
        match=str(document.get("match", "")),
        layout=layout_from(document.get("layout", {}), where),
        refuse=str(document.get("refuse", "")),
        leave_out=dict(document.get("leave_out", {})),
        questions=dict(document.get("questions", {})),
        identities_sql=identities_sql,
    )


def _column(value: Any, where: str, faults: list[str]) -> Column:
    if isinstance(value, str):
        return Column((value,))
    if isinstance(value, list):
        return Column(tuple(str(name) for name in value))
    names = value.get("from", value.get("column", ()))
    names = (names,) if isinstance(names, str) else tuple(names)
    kind = value.get("kind", "text")
    if kind not in KINDS:
        faults.append(f"{where}: kind {kind!r} is none of {', '.join(KINDS)}")
    order, usually = value.get("order", ""), value.get("usually", "")
    for each in (order, usually):
        if each not in ("", "dmy", "mdy"):
            faults.append(f"{where}: order {each!r} is neither dmy nor mdy")
    zone, decimal, unless = (str(value.get(name, "")) for name in ("zone", "decimal", "unless"))
    return Column(names, kind, order, zone, decimal, unless, usually)


def _table(
    part: Mapping[str, Any], fields: dict[str, Any], columns: dict[str, Column], faults: list[str]
) -> TableMapping:
    table = str(part.get("table", ""))
    if table not in MAPPABLE:
        faults.append(f"table {table!r} is none of {', '.join(MAPPABLE)}")
        return TableMapping(table, {})
    options = {
        name: part.get(name, fields.pop(name, None)) for name in ("when", "key", "group", "id_with")
    }
    required = part.get("required", fields.pop("required", None))
    short = "fields" not in part
    out: dict[str, str] = {}
    for name, value in fields.items():
        if name not in fields_of(table):
            faults.append(f"{table}.{name}: no such field")
        elif isinstance(value, str) and not short:
            out[name] = value
        elif isinstance(value, Mapping) and "value" in value:
            given = value["value"]
            text = str(given).lower() if isinstance(given, bool) else str(given)
            out[name] = text if isinstance(given, (bool, int, float)) else text_sql(text)
        elif isinstance(value, Mapping) and "sql" in value:
            out[name] = str(value["sql"])
        else:
            ours = f"{table}_{name}"
            column = _column(value, f"{table}.{name}", faults)
            kind = field_kind(table, name)
            columns[ours] = replace(column, kind=kind) if column.kind == "text" else column
            out[name] = ours
            if isinstance(value, Mapping) and "divide" in value:
                out[name] = f"{ours} / {int(value['divide'])}"
            elif isinstance(value, Mapping) and "times" in value:
                out[name] = f"{ours} * {value['times']}"
    key = options["key"] or ()
    id_with = options["id_with"] or ()
    faults.extend(f"{table}.id_with: no field {n!r}" for n in id_with if n not in fields_of(table))
    return TableMapping(
        table,
        out,
        when=str(options["when"] or ""),
        key=(key,) if isinstance(key, str) else tuple(key),
        group=str(options["group"] or ""),
        required=tuple(required) if required is not None else _REQUIRED[table],
        beside={str(name): str(sql) for name, sql in part.get("beside", {}).items()},
        id_with=tuple(id_with),
    )


def _named(value: Any, prefix: str, columns: dict[str, Column]) -> tuple[str, ...]:
    """Return our column names for a list that holds our names or the source's."""
    out = []
    for place, name in enumerate([value] if isinstance(value, str) else value):
        if name in columns:
            out.append(name)
        else:
            ours = f"{prefix}_{place}"
            columns[ours] = Column((str(name),))
            out.append(ours)
    return tuple(out)


def read_recipe(path: Path) -> Recipe:
    """Return the recipe in a TOML file.

    Raises:
        MappingError: the file is absent, no TOML, or describes no recipe.
    """
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingError(f"{path}: {error}") from error
    document.setdefault("name", path.stem)
    return recipe_from(document, path.name)


@cache
def shipped() -> tuple[Recipe, ...]:
    """Return the recipes that come with goodwill, the most particular first."""
    folder = resources.files("goodwill.records.recipes")
    found = [
        recipe_from(
            {"name": entry.name.removesuffix(".toml")}
            | tomllib.loads(entry.read_text(encoding="utf-8")),
            entry.name,
        )
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
    ]
    return tuple(sorted(found, key=lambda r: (-len(r.detect) - len(r.values), r.name)))
