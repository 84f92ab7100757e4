"""Marks of those who asked to be forgotten: by them an import knows their rows, and takes none.

A mark is a keyed hash of a stored reference, key or id, under a name of its own, so that it equals
no hash elsewhere in the Book and tells nothing without the key outside.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goodwill.tables import IDENTITY_KINDS

from ._plan import Plan
from ._rows import LINE, Chunk
from ._store import Store
from .privacy import Keyring, e164, find_keys, safe_ref

REASON = "the customer asked to be forgotten"
_EVERYWHERE = ("email", "phone", "name")
ID_FIELDS: Mapping[str, str] = {
    "customer_ref": "ref",
    "contact_id": "contact",
    "reply_to_id": "contact",
    "thread_id": "thread",
    "order_id": "order",
    "order_number": "order",
    "related_order_id": "order",
    "subscription_id": "subscription",
}
"""What a field's value is called in a mark; an order's id and its number are one name space."""
_LONGEST = 400
_WORDS = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_NAME_WORDS = range(2, 6)


def name_key(name: str) -> str:
    """Return what is marked of a name: its words in any order; nothing of a single word.

    >>> name_key("González, María") == name_key("MARIA GONZALEZ")
    True
    """
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    words = sorted(_WORDS.findall(bare.casefold()))
    return " ".join(words) if len(words) in _NAME_WORDS else ""


def _names_in(cells: list[str]) -> Iterator[str]:
    """Yield what may be a name: a short cell, two beside each other, capital words in a text."""
    short = [cell if len(cell) <= 80 else "" for cell in cells]
    yield from short
    for place, cell in enumerate(short):
        yield from (f"{cell} {other}" for other in short[place + 1 : place + 3] if cell and other)
    for cell in cells:
        words = list(_WORDS.finditer(cell))
        for first in range(len(words)):
            for last in range(first + 1, min(first + _NAME_WORDS.stop - 1, len(words))):
                if not (words[last][0][0].isupper() and words[first][0][0].isupper()):
                    break
                yield cell[words[first].start() : words[last].end()]


class Marks:
    """The marks of one source's forgotten customers; empty in nearly every Book."""

    def __init__(self, keyring: Keyring, source: str, marks: Iterable[str]) -> None:
        self._keyring = keyring
        self._source = source
        self._marks = frozenset(marks)
        self._known: dict[tuple[str, str], bool] = {}

    @classmethod
    def of(cls, store: Store, source: str) -> Marks:
        """Return the marks that the store holds, to be asked about rows of a source."""
        return cls(store.keyring, source, store.arrow("forgotten").column("mark").to_pylist())

    def __bool__(self) -> bool:
        return bool(self._marks)

    def has(self, kind: str, value: str) -> bool:
        """Whether a reference, an id or a key's hash, as stored, is a forgotten customer's."""
        asked = (kind, value)
        if asked not in self._known:
            if len(self._known) > 1_000_000:
                self._known.clear()
            self._known[asked] = mark(self._keyring, kind, self._source, value) in self._marks
        return self._known[asked]

    def has_cell(self, cell: str, *, text: bool = True) -> bool:
        """Whether a cell of a source row, as it came, is or holds something of his."""
        value = cell.strip()
        if not value:
            return False
        hashed = self._keyring.hash
        if len(value) <= _LONGEST:
            stored = {value, safe_ref(value, self._keyring), "h:" + hashed("ref", value)}
            kinds = (*dict.fromkeys(ID_FIELDS.values()),)
            if any(self.has(kind, form) for form in stored for kind in kinds):
                return True
            if self.has("order", value.upper().lstrip("#")):
                return True
            keys = [("email", value.lower()), ("handle", value.lstrip("@").lower())]
            keys += [("account", value), ("external", value), ("order", value.upper())]
            phone = e164(value, None) or re.sub(r"[^\d+]", "", value)
            keys += [("phone", phone)] if phone else []
            if any(self.has(f"key:{kind}", hashed(kind, v)) for kind, v in keys):
                return True
        if not text or not re.search(r"[@#\d]", value):
            return False
        return any(
            self.has(f"key:{key.kind}", hashed(key.kind, key.value))
            for key in find_keys([value])[0]
            if key.kind in IDENTITY_KINDS and key.kind != "order"
        )

    def has_raw(self, raw: Mapping[str, Any]) -> bool:
        """Whether a raw row of the quarantine is his."""
        cells = raw.get("cells")
        if cells is None:
            cells = {"": raw.get("text", "")}
            parts = re.split(r"[,;\t|]", str(raw.get("text", "")))
            cells |= {str(place): part.strip(" \"'") for place, part in enumerate(parts)}
        filled = [value for value in cells.values() if value]
        if any(self.has_cell(value) for value in filled):
            return True
        # A name is no key: it decides nothing where a row is taken, and here nothing else is left.
        return any(self.has("name", key) for key in set(map(name_key, _names_in(filled))) if key)

    def lines(self, plan: Plan, chunk: Chunk) -> list[int]:
        """Return the lines of a chunk's rows that are his."""
        if not self._marks or not chunk.rows.num_rows:
            return []
        named = _id_columns(plan)
        hit = pa.array([False] * chunk.rows.num_rows)
        for column in sorted(named):
            coded = chunk.rows.column(column).combine_chunks().dictionary_encode()
            his = pa.array([bool(v) and self.has_cell(v, text=False)
                            for v in coded.dictionary.to_pylist()], pa.bool_())  # fmt: skip
            if his.true_count:
                hit = pc.or_(hit, pc.fill_null(his.take(coded.indices), False))
        found = set(chunk.rows.filter(hit).column(LINE).to_pylist())
        found |= self._without_author(plan, chunk, found)
        return sorted(found)

    def _without_author(self, plan: Plan, chunk: Chunk, found: set[int]) -> set[int]:
        """Return the lines of texts by nobody known that hold his mail or phone."""
        texts = _columns_of(plan, ("text", "subject"))
        authors = _columns_of(plan, ("customer_ref",)) | _identity_columns(plan)
        out = set()
        lines = chunk.rows.column(LINE).to_pylist()
        blank = [True] * len(lines)
        for column in authors:
            for place, value in enumerate(chunk.rows.column(column).to_pylist()):
                blank[place] = blank[place] and not (value and value.strip())
        for column in sorted(texts):
            for place, value in enumerate(chunk.rows.column(column).to_pylist()):
                if blank[place] and value and lines[place] not in found and self.has_cell(value):
                    out.add(lines[place])
        return out

    def cleaned(self, mapped: pa.Table, identities: pa.Table) -> tuple[pa.Table, pa.Table]:
        """Return others' rows without his ids, and the identities without his keys."""
        if not self._marks:
            return mapped, identities
        for name in ("reply_to_id", "related_order_id"):
            mapped = self._nulled(mapped, name, ID_FIELDS[name])
        if "text" in mapped.schema.names:
            mapped = self._nulled(mapped, "order_id", "order")
        keep = [
            not self.has(f"key:{kind}", value)
            for kind, value in zip(
                identities["kind"].to_pylist(), identities["value"].to_pylist(), strict=True
            )
        ]
        return mapped, identities.filter(pa.array(keep, pa.bool_()))

    def _nulled(self, rows: pa.Table, name: str, kind: str) -> pa.Table:
        if name not in rows.schema.names or rows.column(name).null_count == rows.num_rows:
            return rows
        values = rows.column(name).to_pylist()
        clean = [None if value and self.has(kind, value) else value for value in values]
        return rows.set_column(
            rows.schema.get_field_index(name), name, pa.array(clean, pa.string())
        )


def mark(keyring: Keyring, kind: str, source: str, value: str) -> str:
    """Return the mark of a reference, an id (``contact`` ...) or a key's hash (``key:email``)."""
    scope = "" if kind.removeprefix("key:") in _EVERYWHERE else source
    return keyring.hash("forgotten", f"{kind}\x1f{scope}\x1f{value}")


def raw_of(keyring: Keyring, sealed: bytes | None) -> dict[str, Any]:
    """Return a quarantined raw row; empty for a row of which nothing was kept."""
    found: dict[str, Any] = json.loads(keyring.decrypt(sealed)) if sealed else {}
    return found


def _id_columns(plan: Plan) -> set[str]:
    return _columns_of(plan, tuple(ID_FIELDS)) | _identity_columns(plan)


def _identity_columns(plan: Plan) -> set[str]:
    ours = {name for names in plan.recipe.identities.values() for name in names}
    return {plan.found[name] for name in ours if name in plan.found}


def _columns_of(plan: Plan, fields: tuple[str, ...]) -> set[str]:
    """Return the file's columns that go into these fields."""
    sql = " ".join(
        text for table in plan.recipe.tables for name, text in table.fields.items()
        if name in fields
    )  # fmt: skip
    return {
        column for ours, column in plan.found.items() if re.search(rf"\b{re.escape(ours)}\b", sql)
    }
