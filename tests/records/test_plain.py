"""Plain delimited text is cut by numpy into the same cells as Python's reader gives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodwill.errors import FileRefused
from goodwill.records import _delimited, _sorting
from goodwill.records._files import members
from goodwill.records._plain import plain
from records import damage

_PIECES = ('"', '"', ",", ",", "\n", "\r\n", "\r", "a", "é€", '""', ',"', '",', '\n"', '"\n', "\0")
_CELLS = ("", "a", "Zoë", '"a, b"', '"say ""hi"""', '"two\nlines"', '"two\r\nlines"', '""', '""""')


def twin(block: list[str]) -> tuple[list[list[str]], list[int], bool] | None:
    """What Python's reader gives for three columns, if each record has as many."""
    rows, ends, error = _sorting.parsed(block, ",")
    if any(len(row) != 3 for row in rows) or error not in ("", "unexpected end of data"):
        return None
    return rows, ends, bool(error)


def cut(block: list[str]) -> tuple[list[list[str]], list[int], int, bool] | None:
    found = plain("".join(block), ",", 3, 1000)
    if found is None:
        return None
    assert _sorting._lines(found.left) == block[found.used :]
    rows = [list(row) for row in zip(*(c.to_pylist() for c in found.columns), strict=True)]
    return rows, found.lines.tolist(), found.used, bool(found.left)


@settings(max_examples=200, deadline=None)
@given(pieces=st.lists(st.sampled_from(_PIECES), max_size=16))
def test_any_text_gives_the_same_cells_or_is_left_alone(pieces: list[str]) -> None:
    block = "".join(pieces).splitlines(keepends=True)
    found = cut(block)
    if found is not None:
        rows, lines, used, open_ = found
        assert (rows, [*lines[1:], used], open_) == twin(block)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(st.lists(st.sampled_from(_CELLS), min_size=3, max_size=3), min_size=1))
def test_what_follows_the_rules_is_taken(rows: list[list[str]]) -> None:
    text = "\r\n".join(",".join(row) for row in rows)
    block = text.replace("\r\n", "\n").split("\n")
    found = cut([line + "\n" for line in block])
    assert found is not None and (found[0], found[3]) == (
        [[c[1:-1].replace('""', '"').replace("\r\n", "\n") if c[:1] == '"' else c for c in row]
         for row in rows], False,
    )  # fmt: skip


@pytest.mark.parametrize("lines", [3, 8192])
def test_a_damaged_file_reads_alike_with_and_without_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: int
) -> None:
    monkeypatch.setattr(_sorting, "_BLOCK_LINES", lines)
    path = tmp_path / "file.csv"
    taken = 0
    for seed in range(60):
        path.write_bytes(damage.damaged(seed))
        with monkeypatch.context() as patch:
            patch.setattr(_sorting, "plain", lambda *_: None)
            try:
                without = read(path)
            except FileRefused:
                continue
        found = read(path)
        assert found == without
        taken += len(found[0])
    assert taken > 100


def read(path: Path) -> tuple[list[Any], list[Any], int, list[Any]]:
    rows, faults, skipped, whole = [], [], 0, []
    for member in members(path):
        if member.facts.kind != "csv":
            continue
        for chunk in _delimited.Delimited(member).chunks(rows=37):
            rows += chunk.rows.to_pylist()
            faults += [(f.line, f.reason, f.value, f.raw) for f in chunk.faults]
            skipped += chunk.skipped
            whole += [chunk.whole(place) for place in range(chunk.rows.num_rows)]
    return rows, faults, skipped, whole
