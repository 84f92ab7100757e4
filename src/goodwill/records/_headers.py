"""Headers of one row or several: unique names of columns, and the question that each one holds."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from goodwill.errors import FileRefused

from ._layout import Layout

_OPEN = re.compile(r"(open[- ]?ended )?response", re.IGNORECASE)
MOST_NAME = 2_000
"""Signs of a name; a survey's question may be long, a header that swallowed rows is longer."""


@dataclass(frozen=True, slots=True)
class Title:
    """What was asked in a column.

    Attributes:
        question: The question as people read it.
        part: The answer option or sub-question that this column is for, where it is one of several.
        mark: What the product itself says of the column in a further header row.
    """

    question: str
    part: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a file: unique names, and titles where the header has more than one row."""

    names: list[str]
    titles: dict[str, Title]


def header_of(rows: Sequence[Sequence[str]]) -> Header:
    """Return the header that one row or several make.

    Where the first row names every column, the second holds their titles. Where it leaves gaps, a
    gap belongs to the question before it, and the second row tells its columns apart.

    >>> header_of([["ID", "Why?", "Which?", ""], ["", "Response", "Red", "Blue"]]).names
    ['ID', 'Why?', 'Which? - Red', 'Which? - Blue']
    """
    first = [_one_line(cell) for cell in rows[0]]
    if len(rows) == 1:
        return Header(unique_names(first), {})
    second = [_one_line(cell) for cell in rows[1]]
    marks = [_one_line(cell) for cell in rows[2]] if len(rows) > 2 else [""] * len(first)
    if all(first):
        names = unique_names(first)
        titles = [Title(name if _OPEN.fullmatch(title) else title or name, "", mark)
                  for name, title, mark in zip(names, second, marks, strict=True)]  # fmt: skip
        return Header(names, dict(zip(names, titles, strict=True)))
    follows = [not after for _, after in pairwise([*first, "end"])]
    parts: list[Title] = []
    question = ""
    for name, part, many, mark in zip(first, second, follows, marks, strict=True):
        question = name or question
        alone = name and not many
        if not question or (alone and (not part or _OPEN.fullmatch(part))):
            part = "" if question else part
        parts.append(Title(question or part, part if question else "", mark))
    names = unique_names([f"{t.question} - {t.part}" if t.part else t.question for t in parts])
    return Header(names, dict(zip(names, parts, strict=True)))


def header_place(rows: Sequence[Sequence[str]]) -> int | None:
    """Return which of a file's first rows, all of the usual width, names the columns.

    A survey's first row may be mostly gaps, which the second fills.
    """
    for place, row in enumerate(rows):
        filled = [bool(cell.strip()) for cell in row]
        if sum(filled) * 2 > len(row):
            return place
        if place + 1 < len(rows) and filled[0] and sum(filled) >= 3:
            below = [bool(cell.strip()) for cell in rows[place + 1]]
            both = sum(a or b for a, b in zip(filled, below, strict=True))
            if not below[0] and both * 10 >= 9 * len(row):
                return place
    return None


def further_rows(rows: Sequence[Sequence[str]], names: Sequence[str], layout: Layout) -> int:
    """Return how many of the rows below the first header row are of the header too."""
    place = names.index(layout.first_column) if layout.first_column in names else 0
    count = 0
    for row in rows[: layout.header_rows - 1]:
        if len(row) != len(names):
            break
        if layout.first_row and re.search(layout.first_row, row[place].strip()):
            break
        count += 1
    return count


def refuse_no_header(label: str, row: Sequence[str]) -> None:
    """Refuse a file whose first row holds values.

    Raises:
        FileRefused: a third of the cells look like values, most are alike, or one is too long for
            a name: a header that swallowed rows.
    """
    cells = [cell.strip() for cell in row if cell.strip()]
    numbers = sum(bool(re.fullmatch(r"[-+]?[\d.,:/ ]+", cell)) for cell in cells)
    long = sum(len(cell) > 120 for cell in cells)
    # A survey's questions are as long as texts, but no header holds numbers beside them.
    values = numbers + long if numbers or len(cells) < 4 else 0
    if any(len(_one_line(cell)) > MOST_NAME for cell in row):
        raise FileRefused(
            f"{label}: a column's name is longer than {MOST_NAME:,} signs",
            hint="Look for a quote in the first line that is not closed.",
        )
    # Only values, never names, are given as a reason: they could be a customer's.
    if values * 3 >= len(cells) or (len(cells) > 1 and len(set(cells)) * 2 < len(cells)):
        raise FileRefused(
            f"{label}: the first line holds values, no column names",
            hint="Write the columns' names into the first line.",
        )


def unique_names(header: Sequence[str]) -> list[str]:
    """Return column names made unique: a second ``category`` becomes ``category (2)``.

    >>> unique_names(["a", "", "a "])
    ['a', 'column 2', 'a (2)']
    """
    seen: Counter[str] = Counter()
    out: list[str] = []
    taken: set[str] = set()
    for place, cell in enumerate(header, start=1):
        name = _one_line(cell)[:MOST_NAME] or f"column {place}"
        name = name.encode("utf-8", "replace").decode()
        seen[name] += 1
        unique = name if seen[name] == 1 else f"{name} ({seen[name]})"
        while unique in taken:
            unique += "'"
        taken.add(unique)
        out.append(unique)
    return out


def _one_line(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").split())
