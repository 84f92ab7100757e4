"""Damaged files from a seed, and the proof that every character of one is accounted for.

Of ten files six are delimited text, and one each JSON lines, a JSON list, a mailbox and a workbook.
"""

from __future__ import annotations

import bisect
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from goodwill.errors import InputError
from goodwill.records._delimited import Delimited
from goodwill.records._files import Member, members
from goodwill.records._mailbox import Mailbox
from goodwill.records._objects import Objects, Reader, reader_of
from goodwill.records._rows import LINE, Chunk
from goodwill.records._sheets import Sheets
from hostile_archives import SHEET, row_xml, workbook

_CELLS = (
    "17", "2024-03-05 10:00:00", "C-9", "my parcel, late", 'he said "no"', "line\nbreak", "é ñ ß",
    "", "Total", "12,50", "x" * 90, "a;b", "\t", "'", "🙂 ok", "0", "N/A", "31/02/2024",
)  # fmt: skip
_BROKEN = (b'"', b"\n", b"\r", b",", b";", b"\x00", b"\xff\xfe", b"\xc3", b"\\", b'""', b"\t")
_HEADER = ("contact_id", "created_at", "customer_id", "message", "channel", "extra")
_NO_DATA = re.compile(
    r"\W*(total|sum|reporting period|\d+ rows?\b|page \d|exported|generated|report )", re.I
)


def damaged(seed: int) -> bytes:
    """Return one damaged file: bytes changed, put in or cut out, or the end missing."""
    chance = random.Random(seed)
    made = (_objects, _list, _mails, _workbook)[seed % 10 - 6] if seed % 10 > 5 else _table
    data = bytearray(made(chance))
    for _ in range(chance.choice((0, 1, 1, 3, 10))):
        place, span = chance.randrange(len(data) + 1), chance.choice((0, 1, 1, 5))
        data[place : place + span] = chance.choice((*_BROKEN, chance.randbytes(2), b""))
    if chance.random() < 0.3:
        del data[chance.randrange(len(data) + 1) :]
    return bytes(data)


def _table(chance: random.Random) -> bytes:
    delimiter, end = chance.choice(",;\t|"), chance.choice(("\n", "\r\n", "\n", "\r"))
    width = chance.randint(2, 6)
    lines = [delimiter.join(_HEADER[:width])]
    for _ in range(chance.randint(1, 25)):
        cells = [chance.choice(_CELLS) for _ in range(width)]
        lines.append(delimiter.join(_quoted(cell, delimiter, chance) for cell in cells))
    text = end.join(lines) + end * chance.randint(0, 1)
    encoding = chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"))
    return text.encode(encoding, "replace")


def _quoted(cell: str, delimiter: str, chance: random.Random) -> str:
    must = any(sign in cell for sign in (delimiter, '"', "\n"))
    if chance.random() < 0.9 and (must or chance.random() < 0.3):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def _records(chance: random.Random) -> list[dict[str, Any]]:
    out = []
    for number in range(chance.randint(1, 15)):
        record: dict[str, Any] = {name: chance.choice(_CELLS) for name in _HEADER}
        record |= {"id": number, "via": {"channel": chance.choice(_CELLS)}, "tags": ["a", "é"]}
        out.append(record)
    return out


def _objects(chance: random.Random) -> bytes:
    ascii_only = chance.random() < 0.5
    lines = [json.dumps(each, ensure_ascii=ascii_only) for each in _records(chance)]
    return ("\n".join(lines) + "\n" * chance.randint(0, 2)).encode()


def _list(chance: random.Random) -> bytes:
    records = _records(chance)
    whole = {"tickets": records, "count": 3} if chance.random() < 0.5 else records
    return json.dumps(whole, indent=chance.choice((None, 2)), ensure_ascii=False).encode()


def _mails(chance: random.Random) -> bytes:
    parts = []
    for number in range(chance.randint(1, 8)):
        body = "\n".join(chance.choice(_CELLS) for _ in range(chance.randint(1, 5)))
        parts.append(
            f"From ann@example.com Mon Jan  5 10:0{number}:00 2026\n"
            f"From: ann{number}@example.com\nTo: help@shop.example\nSubject: word{number}\n"
            f"Message-ID: <{number}@example.com>\nDate: Mon, 5 Jan 2026 10:0{number}:00 +0100\n\n"
            f"{body}\n"
        )
    return "\n".join(parts).encode()


@cache
def _sheet() -> list[list[str]]:
    chance = random.Random(1)
    cells = [cell for cell in _CELLS if cell.isprintable()]
    return [[f"m-{n}", *chance.choices(cells, k=len(_HEADER) - 1)] for n in range(12)]


@cache
def _clean_workbook() -> bytes:
    rows = [row_xml(n, tuple(map(escape, row))) for n, row in enumerate([_HEADER, *_sheet()], 1)]
    return workbook(SHEET.format(dtd="", dim="", rows="".join(rows)))


def _workbook(chance: random.Random) -> bytes:
    return _clean_workbook()


def outcome(path: Path) -> str:
    """Return ``refused`` or ``taken``, having proved that no character of the file was lost.

    Letters and digits are counted: those of the rows and of the rows put aside are all that stand
    below the header, but for the lines before it and for lines that name a total or a period.
    """
    try:
        [member] = members(path)
        reader = reader_of(member)
        chunks = [(chunk, _kept(chunk)) for chunk in reader.chunks(rows=9)]
    except InputError as refused:
        assert refused.message
        return "refused"
    starts = [line for chunk, _ in chunks for line in chunk.rows.column(LINE).to_pylist()]
    starts += [fault.line for chunk, _ in chunks for fault in chunk.faults]
    skipped = sum(chunk.skipped for chunk, _ in chunks)
    if not starts and not skipped:
        return "refused"  # all of it is one header line: no recipe fits without a row
    assert len(starts) == len(set(starts)), "a line was taken twice"
    kept: Counter[str] = Counter()
    for _, texts in chunks:
        kept.update("".join(texts))
    _prove(member, reader, sorted(starts), _signs(kept))
    return "taken"


def _kept(chunk: Chunk) -> list[str]:
    """All texts that a chunk holds; read before the next chunk comes."""
    texts = [str(value) for place in range(chunk.rows.num_rows)
             for value in chunk.whole(place).values() if value is not None]  # fmt: skip
    for fault in chunk.faults:
        texts += (
            [fault.raw["text"]] if "text" in fault.raw else map(str, fault.raw["cells"].values())
        )
    return texts


def _prove(member: Member, reader: Reader, starts: list[int], kept: Counter[str]) -> None:
    if isinstance(reader, Sheets):
        # Every part of a workbook has a check sum: what is taken is what was written.
        cells = [cell for row in _sheet() for cell in row]
        assert kept == _signs(Counter("".join(cells))), "a workbook's cells were lost or changed"
        return
    text = _text(member)
    if isinstance(reader, Objects):
        lines = re.split(r"\r\n|\n|\r", text)
        filled = {number for number, line in enumerate(lines, start=1) if line.strip("\ufeff \t")}
        if reader._lines:
            assert set(starts) == filled, f"lines were lost: {filled ^ set(starts)}"
        values = _signs(Counter("".join(_leaves(text if not reader._lines else lines))))
        assert not values - kept, f"signs were lost: {values - kept}"
        return
    if isinstance(reader, Mailbox):
        mails = re.findall(r"(?m)(?:\A|(?<=\n\n)|(?<=\r\n\r\n)|(?<=\n\r\n))From \S+ .*\d{4}", text)
        assert len(starts) >= len(mails), "a mail was lost"
        return
    assert isinstance(reader, Delimited)
    held = _signs(Counter(text))
    made = kept - held
    assert not made, f"signs that the file does not hold: {made}"
    lines = re.split(r"\r\n|\n|\r", text)
    aside = "".join(lines[: reader._before])
    # A line that is no data goes as far as the next that is: a cell of it may hold line ends.
    following = [bisect.bisect_right(starts, number) for number in range(len(lines) + 1)]
    starts = [*starts, len(lines) + 1]
    for number, line in enumerate(lines, start=1):
        if _NO_DATA.match(line):
            aside += "".join(lines[number - 1 : starts[following[number]] - 1])
    lost = held - kept - _signs(Counter("".join(reader.columns))) - _signs(Counter(aside))
    assert not lost, f"signs were lost: {lost}"


def _leaves(texts: str | list[str]) -> Iterator[str]:
    for text in [texts] if isinstance(texts, str) else texts:
        try:
            yield from _within(json.loads(text.lstrip("\ufeff")))
        except ValueError:
            continue


def _within(item: Any) -> Iterator[str]:
    if isinstance(item, dict):
        if "tickets" in item:
            item = item["tickets"]
            yield from _within(item)
            return
        for value in item.values():
            yield from _within(value)
    elif isinstance(item, list):
        for value in item:
            yield from _within(value)
    elif isinstance(item, str):
        yield item
    elif isinstance(item, bool) or item is None:
        return
    else:
        yield str(item)


def _text(member: Member) -> str:
    facts = member.facts
    errors = "surrogateescape" if "utf-8" in facts.encoding else "replace"
    with member.open() as stream:
        return stream.read().decode(facts.encoding, errors)


def _signs(counted: Counter[str]) -> Counter[str]:
    return Counter({sign: n for sign, n in counted.items() if sign.isalnum()})
