"""What intake tells its caller: the report of an import and the preview of a mapping."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What became of each source row of one file: read = accepted + duplicate + quarantined.

    Attributes:
        file: The file's name; of a zip's member ``archive.zip/member.csv``.
        recipe: The recipe that fitted; ``generic`` or a saved mapping's name else.
        source: The source that its keys belong to.
        tables: Rows accepted by fact table.
        skipped: Lines that are no data: blank lines, titles, totals.
        notes: What was decided: encoding, delimiter, order of day and month, zone.
    """

    file: str
    recipe: str
    source: str
    tables: Mapping[str, int]
    read: int
    new: int
    updated: int
    duplicate: int
    quarantined: int
    skipped: int
    import_id: str = ""
    notes: tuple[str, ...] = ()

    @property
    def accepted(self) -> int:
        """Rows that changed the records: the new and the updated."""
        return self.new + self.updated

    def as_dict(self) -> dict[str, Any]:
        """Return the report as plain values, as ``--json`` prints it."""
        return {
            "file": self.file,
            "recipe": self.recipe,
            "tables": dict(self.tables),
            "read": self.read,
            "accepted": self.accepted,
            "new": self.new,
            "updated": self.updated,
            "duplicate": self.duplicate,
            "quarantined": self.quarantined,
            "skipped": self.skipped,
            "source": self.source,
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class MappedField:
    """One field of a mapping, with what a sample of rows gave for it."""

    table: str
    field: str
    columns: tuple[str, ...]
    rule: str
    sample: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What was recognised in a file, before anything is stored.

    Attributes:
        file: The file's name.
        recipe: Name of the recipe, ``generic``, or of the saved mapping.
        title: What the recipe is for.
        why: Why this recipe was taken, in one sentence.
        source: The source that the keys will belong to.
        mapping: Field by field, with redacted sample values.
        unmapped: Columns that nothing is taken from.
        notes: Decisions so far.
        certain: True when the recipe was made for these columns.
    """

    file: str
    recipe: str
    title: str
    why: str
    source: str
    mapping: tuple[MappedField, ...]
    unmapped: tuple[str, ...]
    notes: tuple[str, ...] = field(default=())
    certain: bool = True
