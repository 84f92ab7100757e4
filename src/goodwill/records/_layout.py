"""How the rows of a file lie, where that is not one header line and one row a line.

A recipe's ``[layout]`` section says it; once the recipe is chosen, the reader is laid out anew.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from goodwill.errors import MappingError


@dataclass(frozen=True, slots=True)
class Layout:
    """How rows lie in a file.

    Attributes:
        header_rows: Lines that make up the header; names are those of the first.
        unfold: A column that holds a JSON list: each element becomes a row beside its parent's
            cells, and a parent without elements stays one row.
    """

    header_rows: int = 1
    unfold: str = ""


def layout_from(document: Mapping[str, Any], where: str) -> Layout:
    """Return the layout that a recipe's section describes.

    Raises:
        MappingError: it names what no layout has.
    """
    unknown = set(document) - {field.name for field in fields(Layout)}
    if unknown:
        raise MappingError(f"{where}: layout.{min(unknown)}: unknown")
    return Layout(**document)
