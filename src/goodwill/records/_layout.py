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
        header_rows: Rows that make up the header at most; names are those of the first, joined
            with the next where the first leaves gaps.
        first_row: The pattern that a row's cell in ``first_column`` matches; a row further up is
            of the header.
        first_column: The column that tells a row from a further header row; empty is the first.
        unfold: Columns that may hold a JSON list; the first that a file has is unfolded. The
            source row gives one row of its own, and each element of the list one more beside the
            source row's cells. An element's values stand under ``each.``, its place in the list
            (1 is the first; 0 is the source row's own) under ``unfolded.place``, their number
            under ``unfolded.count``.
        own: The company's addresses or their domains, in a mailbox.
    """

    header_rows: int = 1
    first_row: str = ""
    first_column: str = ""
    unfold: tuple[str, ...] = ()
    own: tuple[str, ...] = ()


def layout_from(document: Mapping[str, Any], where: str) -> Layout:
    """Return the layout that a recipe's section describes.

    Raises:
        MappingError: it names what no layout has.
    """
    unknown = set(document) - {field.name for field in fields(Layout)}
    if unknown:
        raise MappingError(f"{where}: layout.{min(unknown)}: unknown")
    unfold = document.get("unfold", ())
    unfold = (unfold,) if isinstance(unfold, str) else tuple(unfold)
    own = tuple(document.get("own", ()))
    return Layout(**{**document, "unfold": unfold, "own": own})
