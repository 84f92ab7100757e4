"""A ticket's number on each of its messages: the id is then the number with the message's content.

A mapping that was accepted while there was one row a ticket takes the ticket's number for the
message's own id. Once a file has many messages a ticket they would update one another. Such an id
is extended by a hash of time and text, and of each ticket the message that the store holds under
the bare number, else the earliest, keeps the bare number: what came in before is neither lost nor
doubled.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from goodwill.durable import replacing
from goodwill.literals import text_sql

from ._recipe import Recipe, TableMapping

CONTENT = ("at", "text")
_SIGNS = 12
_SECTION = re.compile(r'(?m)^(\[contacts\]|table\s*=\s*(?:"contacts"|\'contacts\'))[ \t]*(#.*)?$')


class IdsRepeat(Exception):
    """Rows of one file share their id, and are different messages.

    Attributes:
        rows: How many.
    """

    def __init__(self, rows: int) -> None:
        super().__init__(f"{rows} rows")
        self.rows = rows


def watched(recipe: Recipe) -> Recipe:
    """Return a recipe of which `judge` raises `IdsRepeat` instead of taking messages as updates."""
    return replace(recipe, tables=tuple(
        replace(m, own_id=True) if _has_own_id(recipe, m) and not m.id_with else m
        for m in recipe.tables
    ))  # fmt: skip


def by_content(recipe: Recipe) -> Recipe:
    """Return the recipe with the messages' content in their ids."""
    return replace(recipe, tables=tuple(
        replace(m, own_id=False, id_with=CONTENT) if _has_own_id(recipe, m) else m
        for m in recipe.tables
    ))  # fmt: skip


def is_by_content(recipe: Recipe) -> bool:
    """Return whether ids of this recipe's messages hold their content."""
    return any(m.id_with for m in recipe.tables)


def _has_own_id(recipe: Recipe, mapping: TableMapping) -> bool:
    given = mapping.fields.get("contact_id")
    return mapping.table == "contacts" and not mapping.group and given in recipe.columns


def told(rows: int, column: str) -> str:
    """Return what the report says."""
    return (
        f"{rows} rows share their {column!r} with a row that has another time and text: it is the "
        "number of a ticket, not of a message. Each message is kept by number, time and text, and "
        "those with one number are one thread; this mapping does so from now on"
    )


def with_content_sql(
    expressions: Mapping[str, str], mapping: TableMapping, salt: str
) -> dict[str, str]:
    """Return the expressions of id and thread where the content belongs to the id."""
    number = f"CAST({expressions['contact_id']} AS VARCHAR)"
    parts = [
        f"{text_sql(name + '=')} || CAST({_instant(name, expressions[name])} AS VARCHAR)"
        for name in mapping.id_with
    ]
    content = f"sha256(concat_ws('\x1f', {text_sql(salt)}, {', '.join(parts)}))[:{_SIGNS}]"
    thread = expressions["thread_id"]
    return {
        "contact_id": f"({number} || ':' || {content})",
        "thread_id": number if thread == "NULL" else thread,
    }


def _instant(name: str, sql: str) -> str:
    return f"epoch_us({sql})" if name == "at" else f"({sql})"


def plain_ids_sql(mapping: TableMapping, staged: str, stored: str, source: str) -> str:
    """Return the SELECT of the staged rows (line, part) that keep the bare number, and it.

    Args:
        mapping: With ``id_with``.
        staged: FROM item of the staged rows.
        stored: FROM item of the stored table.
        source: Whose ids these are.
    """
    number = f"regexp_replace(contact_id, ':[0-9a-f]{{{_SIGNS}}}$', '')"
    if mapping.fields.get("thread_id") is None:
        # A number that reads like a person's was hashed, alike in both.
        number = "thread_id"
    return f"""WITH candidates AS (
            SELECT r.__line AS line, r.__part AS part, r.number, r.contact_id AS extended, r."at",
                coalesce(CAST(r."at" = s."at" AS INTEGER), 0) AS same_at,
                coalesce(CAST(r.text = s.text AS INTEGER), 0) AS same_text,
                s.contact_id IS NULL AS free
            FROM (SELECT *, {number} AS number FROM {staged}) r
            LEFT JOIN (FROM {stored} WHERE source = {text_sql(source)}) s
                ON s.contact_id = r.number
            WHERE r.contact_id IS NOT NULL AND r.contact_id NOT IN (
                SELECT contact_id FROM {stored} WHERE source = {text_sql(source)})
        ), best AS (
            SELECT number, extended FROM candidates WHERE free OR same_at + same_text > 0
            QUALIFY row_number() OVER (PARTITION BY number
                ORDER BY same_at + same_text DESC, same_at DESC, "at", line, part) = 1
        )
        SELECT line, part, number, extended FROM candidates JOIN best USING (number, extended)"""


def keep_by_content(folder: Path, recipe: Recipe) -> None:
    """Write into the saved mapping that the messages' content belongs to their ids."""
    from ._recognise import saved

    for path, known in saved(folder):
        same = (known.match, known.source) == (recipe.match, recipe.source)
        if same and not is_by_content(known):
            text = extended(path.read_text(encoding="utf-8"))
            with replacing(path) as file:
                file.write(text.encode())


def extended(text: str) -> str:
    """Return a mapping's text with the content in the ids of its contacts."""
    words = ", ".join(f'"{name}"' for name in CONTENT)
    return _SECTION.sub(lambda found: f"{found[0]}\nid_with = [{words}]", text)


def document_by_content(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document that is to be saved, with the content in the ids of its contacts."""
    if "text" in document:
        return {**document, "text": extended(str(document["text"]))}
    contacts = {**document.get("contacts", {}), "id_with": list(CONTENT)}
    return {**document, "contacts": contacts}
