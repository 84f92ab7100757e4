"""Damaged files: every line is in a row, a fault or skipped, or the file is refused whole."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodwill.errors import FileRefused, InputError
from goodwill.records import add
from goodwill.records._delimited import Delimited
from goodwill.records._files import members
from goodwill.records._objects import reader_of
from goodwill.records._rows import LINE
from records.conftest import new_store

_ALPHABET = 'ab,;"\n\r\t 1é'


def accounted(path: Path) -> None:
    """Assert that what a reader gives covers the file's lines, each once."""
    [member] = members(path)
    reader = reader_of(member)
    assert isinstance(reader, Delimited)
    text = path.read_bytes().decode(member.facts.encoding, "surrogateescape")
    lines = text.splitlines(keepends=True) if text.isascii() else _lines(text)
    starts: list[int] = []
    skipped = 0
    for chunk in reader.chunks(rows=7):
        starts += chunk.rows.column(LINE).to_pylist()
        starts += [fault.line for fault in chunk.faults]
        skipped += chunk.skipped
    assert len(starts) == len(set(starts))
    assert all(1 <= line <= len(lines) for line in starts)
    # A record may span lines, so there are at most as many records as lines, and not none.
    records = len(starts) + skipped + 1
    assert records <= len(lines)
    spans = sum(line.count('"') for line in lines)
    if not spans:
        assert records == len(lines)


def _lines(text: str) -> list[str]:
    out, current = [], ""
    for place, sign in enumerate(text):
        current += sign
        if sign == "\n" or (sign == "\r" and text[place + 1 : place + 2] != "\n"):
            out.append(current)
            current = ""
    return out + [current] * bool(current)


@settings(max_examples=60, deadline=None)
@given(body=st.text(_ALPHABET, max_size=200))
def test_any_text_below_a_header_is_accounted_line_by_line(
    tmp_path_factory: pytest.TempPathFactory, body: str
) -> None:
    path = tmp_path_factory.mktemp("fuzz") / "a.csv"
    path.write_bytes(("id,name\n" + body).encode())
    try:
        accounted(path)
    except FileRefused as refused:
        assert refused.message


def test_damaged_bytes_leave_the_accounting_whole(tmp_path: Path) -> None:
    chance = random.Random(20)
    clean = "contact_id,created_at,customer_id,message\n" + "".join(
        f'{n},2024-01-{n % 28 + 1:02} 10:00:00,C-{n % 9},"text é {n}, and ""more"""\n'
        for n in range(1, 60)
    )
    outcomes = set()
    store = new_store(tmp_path / "book")
    for number in range(25):
        data = bytearray(clean.encode())
        for _ in range(chance.randint(1, 12)):
            place = chance.randrange(len(data))
            data[place : place + chance.choice([0, 1, 1, 3])] = chance.randbytes(
                chance.choice([0, 1, 2])
            )
        del data[chance.randrange(len(data) // 2, len(data)) :]
        path = tmp_path / f"{number}.csv"
        path.write_bytes(data)
        try:
            [report] = add(store, [path])
        except InputError as refused:
            outcomes.add("refused")
            assert refused.message
            continue
        outcomes.add("taken")
        assert report.read == report.accepted + report.duplicate + report.quarantined
        assert report.read > 0
    assert "taken" in outcomes


def test_a_header_that_swallowed_rows_is_refused_whole(tmp_path: Path) -> None:
    rows = "".join(f"{n},2024-01-05,a text of some length\n" for n in range(100))
    path = tmp_path / "a.csv"
    path.write_text(
        f'contact_id,created_at,"message\n{rows}"\n1,2024-01-05,text\n', encoding="utf-8"
    )
    [member] = members(path)
    with pytest.raises(FileRefused, match=r"name is longer than 2,000 signs"):
        reader_of(member)


def test_a_question_of_many_words_is_kept_whole_as_a_columns_name(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    question = "Why " + "so " * 300 + "late?"
    path.write_text(f"contact_id,created_at,q3,{question}\n1,2024-01-05,2,text\n", encoding="utf-8")
    [member] = members(path)
    assert question in reader_of(member).columns
