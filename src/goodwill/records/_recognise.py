"""Which recipe a member gets, and the preview that shows it before anything is stored."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from goodwill.durable import replacing
from goodwill.errors import FileRefused, InputError, MappingError

from ._decide import decide
from ._files import Member
from ._generic import recognise
from ._labels import safe_label
from ._mapping_sql import computed, leave_out, mapped_sql, typed_sql
from ._messages import (
    by_content,
    document_by_content,
    is_by_content,
    keep_by_content,
    told,
    watched,
)
from ._objects import Reader, laid_out, reader_of
from ._plan import Plan, Settings, cleaned
from ._private import Protector
from ._questions import document_of, with_questions
from ._recipe import Recipe, TableMapping, fingerprint, plain, read_recipe, recipe_from, shipped
from ._report import MappedField, Preview
from ._rows import Chunk, first_rows
from ._store import Store, connection

_SAMPLE_ROWS = 500
_SHOWN = 3


class Recognised:
    """A member with its reader and recipe."""

    def __init__(
        self,
        member: Member,
        reader: Reader,
        recipe: Recipe,
        why: str,
        document: Mapping[str, Any] | None,
        rows: pa.Table,
        certain: bool,
    ) -> None:
        self.member = member
        self.reader = reader
        self.recipe = recipe
        self.why = why
        self.document = document
        """What is to be saved among the Book's mappings once it is accepted."""
        self.rows = rows
        self.certain = certain

    def repeat(self, store: Store, rows: int) -> None:
        """Take the ids of this file for those of tickets, from now on.

        Args:
            rows: How many share their id with another.
        """
        number = next(m.fields["contact_id"] for m in watched(self.recipe).tables if m.own_id)
        column = self.recipe.found(self.reader.columns).get(number, number)
        self.recipe = by_content(self.recipe)
        self.member.facts.notes.append(told(rows, column))
        if self.document is not None:
            self.document = document_by_content(self.document)
        else:
            keep_by_content(store.folder, self.recipe)

    def preview(self, store: Store, settings: Settings, *, show_values: bool = False) -> Preview:
        """Return what was recognised, with a redacted sample of each field."""
        return _preview(self, store, settings, show_values)


def recognised(
    member: Member, store: Store, mapping: Path | None, source: str | None
) -> Recognised:
    """Return the member's recipe: the given mapping, a saved one, a shipped one, a generic one.

    Raises:
        FileRefused: nothing fits; the reason is in the message.
        MappingError: the given mapping names columns that the file does not have.
        InputError: the source is new, and its name holds a colon.
    """
    _check_source(store, source)
    reader = reader_of(member)
    rows = first_rows(reader.chunks(_SAMPLE_ROWS), _SAMPLE_ROWS, reader.columns)
    mark = fingerprint(reader.columns)
    if mapping is not None:
        recipe = read_recipe(Path(mapping)).with_source(source)
        reader, rows = _laid_out(reader, recipe, rows)
        _check(recipe, reader.columns, mapping)
        text = Path(mapping).read_text(encoding="utf-8")
        document: dict[str, Any] | None = {
            "text": text, "name": recipe.name, "match": mark, "source": recipe.source,
        }  # fmt: skip
        if any(is_by_content(known) for _, known in saved(store.folder)
               if (known.match, known.source) == (mark, recipe.source)):  # fmt: skip
            recipe, document = by_content(recipe), document_by_content(document or {})
        return Recognised(
            member, reader, recipe, f"the mapping {Path(mapping).name} was given", document, rows,
            True,
        )  # fmt: skip
    for path, recipe in saved(store.folder):
        if recipe.match == mark and source in (None, recipe.source):
            reader, rows = _laid_out(reader, recipe, rows)
            return Recognised(
                member, reader, recipe, f"files with these columns are read by {path.name}", None,
                rows, True,
            )  # fmt: skip
    for recipe in shipped():
        if recipe.fits(reader.columns, rows):
            if recipe.refuse:
                raise FileRefused(f"{member.label}: {recipe.refuse}")
            named = ", ".join(repr(recipe.found(reader.columns)[c]) for c in recipe.detect[:4])
            reader, rows = _laid_out(reader, recipe, rows)
            recipe, document = recipe.with_source(source), None
            if recipe.questions:
                recipe = with_questions(recipe, reader)
                document = document_of(recipe, mark)
            return Recognised(
                member, reader, recipe, f"it has the columns {named}", document, rows, True,
            )  # fmt: skip
    con = connection(only=store.folder)
    try:
        document, why = recognise(con, rows)
    finally:
        con.close()
    if not document:
        raise FileRefused(
            f"{member.label}: not recognised: {why}",
            hint="Say with a mapping file (--map) which column is what.",
        )
    document |= {"source": source or "company", "match": mark}
    recipe = recipe_from(document, member.label)
    return Recognised(member, reader, recipe, why, document, rows, False)


def _laid_out(reader: Reader, recipe: Recipe, rows: pa.Table) -> tuple[Reader, pa.Table]:
    """Return the reader as the recipe's rows lie, and its first rows."""
    new = laid_out(reader, recipe)
    if new is reader:
        return reader, rows
    return new, first_rows(new.chunks(_SAMPLE_ROWS), _SAMPLE_ROWS, new.columns)


def saved(folder: Path) -> list[tuple[Path, Recipe]]:
    """Return the mappings that were accepted for this Book."""
    out = []
    for path in sorted((folder / "mappings").glob("*.toml")):
        out.append((path, read_recipe(path)))
    return out


def save_mapping(folder: Path, member: Member, document: Mapping[str, Any]) -> Path:
    """Keep an accepted mapping for the next file with the same columns."""
    (folder / "mappings").mkdir(exist_ok=True)
    words = plain(safe_label(member.path.name).split(".")[0])
    slug = words.replace(" ", "-").replace("#", "")[:60] or "mapping"
    path = folder / "mappings" / f"{slug}.toml"
    count = 2
    while path.exists() and read_recipe(path).match != document["match"]:
        path = path.with_name(f"{slug}-{count}.toml")
        count += 1
    if "text" in document:
        # What was given stays as it was written, but for the keys that saving sets.
        top, bracket, rest = str(document["text"]).partition("\n[")
        if str(document["text"]).startswith("["):
            top, bracket, rest = "", "", str(document["text"])
        top = re.sub(r"(?m)^(match|name|source)\s*=.*$\n?", "", top)
        head = {key: document[key] for key in ("name", "match", "source")}
        text = toml_of(head) + top + bracket + rest
    else:
        text = toml_of(document)
    with replacing(path) as file:
        file.write(text.encode())
    return path


def toml_of(document: Mapping[str, Any]) -> str:
    """Return a mapping document as TOML text."""
    lines = [f"{k} = {_toml(v)}" for k, v in document.items() if not isinstance(v, Mapping)]
    for name, part in document.items():
        if isinstance(part, Mapping):
            lines += ["", f"[{name}]", *(f"{_key(k)} = {_toml(v)}" for k, v in part.items())]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else json.dumps(name)


def _toml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(k)} = {_toml(v)}" for k, v in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_toml(v) for v in value) + "]"
    # JSON's escapes are TOML's; DEL is the one sign that only TOML forbids.
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _check(recipe: Recipe, header: Iterable[str], mapping: Path) -> None:
    found = recipe.found(header)
    absent = [f"{' or '.join(map(repr, column.names))}" for ours, column in recipe.columns.items()
              if ours not in found]  # fmt: skip
    needed = {
        name for table in recipe.tables for name in table.required
        if table.fields.get(name, "") in recipe.columns and table.fields[name] not in found
    }  # fmt: skip
    if needed or (absent and len(absent) == len(recipe.columns)):
        raise MappingError(
            f"{Path(mapping).name}: the file has no column {', '.join(absent)}",
            hint=f"Its columns: {', '.join(map(repr, list(header)[:30]))}",
        )


def _preview(item: Recognised, store: Store, settings: Settings, show_values: bool) -> Preview:
    recipe, reader = item.recipe, item.reader
    con = connection(only=store.folder)
    try:
        plan = Plan(recipe, recipe.found(reader.columns), settings)
        plan, notes = decide(con, plan, iter([Chunk(item.rows)]))
        shown: list[MappedField] = []
        con.register("chunk", cleaned(plan, item.rows))
        con.execute(f"CREATE TEMP TABLE typed AS {typed_sql(plan)}")
        leave_out(con, recipe)
        protector = Protector(store.keyring, recipe.source)
        for mapping in recipe.tables:
            computed(con, mapped_sql(plan, mapping), mapping, "mapped")
            rows = con.sql("SELECT * FROM mapped LIMIT 50").to_arrow_table()
            if not show_values:
                rows, _ = protector.protect(rows, mapping.table)
            shown.extend(_fields(plan, mapping, rows))
    finally:
        con.close()
    used = {column for field in shown for column in field.columns}
    private = [*recipe.names, *(c for cs in recipe.identities.values() for c in cs)]
    used |= {plan.found[c] for c in private if c in plan.found}
    used |= {plan.found[c] for c in recipe.columns if c in plan.found}
    return Preview(
        file=item.member.label,
        recipe=recipe.name,
        title=recipe.title or "a table recognised by its column names",
        why=item.why,
        source=recipe.source,
        mapping=tuple(shown),
        unmapped=tuple(name for name in reader.columns if name not in used),
        notes=(*item.member.facts.notes, *reader.notes, *notes, *recipe.notes, _who(plan)),
        certain=item.certain,
    )


def _who(plan: Plan) -> str:
    """Return in words which columns say who the customer is."""
    recipe = plan.recipe
    keys = [
        f"{plan.found[ours]!r} ({kind})"
        for kind, columns in recipe.identities.items() for ours in columns if ours in plan.found
    ]  # fmt: skip
    if keys:
        told = ", ".join(dict.fromkeys(keys))
        return f"customers are told by {told}: kept as hashes, readable in the vault alone"
    if recipe.identities_sql or any("customer_ref" in mapping.fields for mapping in recipe.tables):
        return "customers are told by their reference"
    return "no column says who the customer is: each row is a customer of its own"


def _fields(plan: Plan, mapping: TableMapping, rows: pa.Table) -> list[MappedField]:
    out = []
    for name, sql in mapping.fields.items():
        columns = tuple(
            plan.found[ours]
            for ours in plan.recipe.columns
            if ours in plan.found and re.search(rf"\b{re.escape(ours)}\b", sql)
        )
        values = [v for v in rows.column(name).to_pylist() if v is not None]
        sample = tuple(_shown(v) for v in dict.fromkeys(values))[:_SHOWN]
        out.append(MappedField(mapping.table, name, columns, sql, sample))
    return out


def _shown(value: Any) -> str:
    text = value.isoformat(" ") if isinstance(value, datetime) else str(value)
    return text if len(text) <= 60 else text[:59] + "…"


def _check_source(store: Store, source: str | None) -> None:
    """Refuse a new source whose name would run into the ids behind it (``source:id``)."""
    if source and ":" in source and source not in store.arrow("imports")["source"].to_pylist():
        raise InputError(
            f"The name of a new source holds no colon: {source!r}.",
            hint=f"Call it, say, {source.replace(':', '-')!r}.",
        )
