"""A mapping corrected field by field: what a document says of each field, and a changed document.

A document is a mapping as TOML gives it. It holds a part for each table it feeds: a section
(``[contacts]``) in the short form, an entry of ``[[tables]]`` in the long one. What was not
changed stays as it was written.
"""

from __future__ import annotations

import copy
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from goodwill.literals import text_sql
from goodwill.tables import IDENTITY_KINDS

from ._recipe import MAPPABLE, Recipe, field_kind, fields_of, plain, recipe_from
from ._recognise import saved, toml_of

_LITERAL = re.compile(r"'((?:[^']|'')*)'\Z|(-?\d+(?:\.\d+)?|true|false)\Z")
_MINOR = ("amount", "margin")


@dataclass(frozen=True, slots=True)
class Choice:
    """How one field is filled: from a column, by one value for every row, or by a kept rule.

    Attributes:
        column: The file's column.
        value: The same for every row.
        rule: An expression that the mapping holds; it can be kept or dropped, never sent in.
        order: ``dmy`` or ``mdy`` for times; empty when the file decides.
        zone: Zone of times that name none; empty is the Book's.
        decimal: ``,`` or ``.`` for numbers; empty when the file decides.
        hundredths: The amounts are in hundredths of the currency (cents).
    """

    column: str = ""
    value: str = ""
    rule: str = ""
    order: str = ""
    zone: str = ""
    decimal: str = ""
    hundredths: bool = False

    @property
    def empty(self) -> bool:
        """Whether nothing fills the field."""
        return not (self.column or self.value or self.rule)


@dataclass(frozen=True, slots=True)
class Part:
    """What a mapping says of one table: a choice for each field that it fills."""

    key: str
    table: str
    choices: Mapping[str, Choice]

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields of the table that a mapping may fill."""
        return fields_of(self.table)


@dataclass(frozen=True, slots=True)
class Draft:
    """A mapping laid open for correction."""

    source: str = ""
    parts: tuple[Part, ...] = ()
    identities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    names: tuple[str, ...] = ()


def kind_of(table: str, name: str) -> str:
    """Return how a field's cells are parsed: text, id, time, number, whole or flag."""
    return field_kind(table, name)


def document_of(folder: Path, recipe: Recipe, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the document of a recipe: as given, as saved in the Book, or as shipped."""
    if given is not None:
        text = given.get("text")
        return tomllib.loads(text) if isinstance(text, str) else copy.deepcopy(dict(given))
    for path, known in saved(folder):
        if recipe.match and known.match == recipe.match and known.source == recipe.source:
            return tomllib.loads(path.read_text(encoding="utf-8"))
    shipped = resources.files("goodwill.records.recipes") / f"{recipe.name}.toml"
    document = tomllib.loads(shipped.read_text(encoding="utf-8")) if shipped.is_file() else {}
    return {"name": recipe.name} | document | {"source": recipe.source}


def draft_of(document: Mapping[str, Any], header: Collection[str]) -> Draft:
    """Return what a document says of each field, for a file with these columns."""
    if not _parts(document):
        return Draft(source=str(document.get("source", "")))
    recipe = recipe_from(document, "mapping")
    found = recipe.found(header)
    parts = []
    for (key, table, _), mapping in zip(_parts(document), recipe.tables, strict=True):
        choices = {
            name: choice
            for name, sql in mapping.fields.items()
            if not (choice := _choice(recipe, found, sql)).empty
        }
        parts.append(Part(key, table, choices))
    return Draft(
        source=recipe.source,
        parts=tuple(parts),
        identities={
            kind: tuple(found[c] for c in columns if c in found)
            for kind, columns in recipe.identities.items()
        },
        names=tuple(found[c] for c in recipe.names if c in found),
    )


def corrected(
    document: Mapping[str, Any], wanted: Draft, header: Collection[str], name: str
) -> dict[str, Any]:
    """Return the document with the draft's choices in place of its own.

    A part whose key is a table's name and that the document lacks is added. A field that the
    draft leaves out is taken out.

    Raises:
        MappingError: the result describes no recipe; all faults are listed.
    """
    now = draft_of(document, header)
    out = copy.deepcopy(dict(document))
    out.setdefault("name", name)
    if out["name"] == "generic":
        out["name"] = name
    out["source"] = wanted.source or "company"
    known = {part.key: part for part in now.parts}
    places = {key: fields for key, _, fields in _parts(out)}
    for part in wanted.parts:
        before = known[part.key].choices if part.key in known else {}
        if part.key not in places:
            if part.key not in MAPPABLE or not part.choices:
                continue
            out[part.key] = places[part.key] = {}
        for each in part.fields:
            choice = part.choices.get(each, Choice())
            if choice == before.get(each, Choice()):
                continue
            _put(out, places[part.key], part, each, choice)
    _drop_empty(out)
    for kind in IDENTITY_KINDS:
        columns = wanted.identities.get(kind, ())
        if columns != now.identities.get(kind, ()):
            section = out.setdefault("identities", {})
            section.pop(kind, None)
            if columns:
                section[kind] = list(columns)
    if set(wanted.names) != set(now.names):
        out["names"] = list(wanted.names)
    out.pop("match", None)
    recipe_from(out, "the mapping")
    return out


def mapping_text(document: Mapping[str, Any]) -> str:
    """Return a document as the text of a mapping file."""
    return toml_of(document)


def mapping_name(label: str) -> str:
    """Return a short name for the mapping of a file.

    >>> mapping_name("Tickets (week 12).csv")
    'tickets-week-12'
    """
    stem = label.rsplit("/", 1)[-1].split(".")[0]
    return re.sub(r"[^a-z0-9]+", "-", plain(stem)).strip("-")[:60] or "mapping"


def _parts(document: Mapping[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    """Return key, table and fields of each part, in the order in which a recipe has them."""
    found = []
    for place, part in enumerate(document.get("tables", [])):
        found.append((f"tables.{place}", str(part.get("table", "")), part.get("fields", {})))
    found += [(name, name, document[name]) for name in MAPPABLE if name in document]
    return found


def _choice(recipe: Recipe, found: Mapping[str, str], sql: str) -> Choice:
    sql = sql.strip()
    alias = sql.removesuffix(" / 100")
    if alias in recipe.columns:
        if alias not in found:
            return Choice()
        column = recipe.columns[alias]
        return Choice(
            found[alias],
            order=column.order,
            zone=column.zone,
            decimal=column.decimal,
            hundredths=alias != sql,
        )
    if match := _LITERAL.match(sql):
        return Choice(value=match[2] or match[1].replace("''", "'"))
    return Choice(rule=sql)


def _put(
    document: dict[str, Any], fields: dict[str, Any], part: Part, name: str, choice: Choice
) -> None:
    """Write one choice into a part: plainly in the short form, over a new column in the long."""
    short = part.key in MAPPABLE
    if choice.empty:
        fields.pop(name, None)
        return
    if choice.rule:  # it was there before; a rule that was not is not taken from a form
        return
    if choice.value:
        fields[name] = {"value": choice.value} if short else text_sql(choice.value)
        return
    how = {
        key: value
        for key, value in (
            ("order", choice.order), ("zone", choice.zone), ("decimal", choice.decimal),
        )
        if value
    }  # fmt: skip
    minor = choice.hundredths and name in _MINOR
    if short:
        if minor:
            how |= {"kind": "number", "divide": 100}  # type: ignore[dict-item]
        fields[name] = {"column": choice.column, **how} if how else choice.column
        return
    alias = f"chosen_{part.key.removeprefix('tables.')}_{name}"
    document.setdefault("columns", {})[alias] = {
        "from": [choice.column],
        "kind": field_kind(part.table, name),
        **how,
    }
    fields[name] = f"{alias} / 100" if minor else alias


def _drop_empty(document: dict[str, Any]) -> None:
    for name in MAPPABLE:
        if name in document and not document[name]:
            del document[name]
    if "tables" in document:
        document["tables"] = [part for part in document["tables"] if part.get("fields")]
