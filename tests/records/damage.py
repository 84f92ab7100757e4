"""Damaged files from a seed, and the proof that every character of one is accounted for."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

from goodwill.errors import InputError
from goodwill.records._files import members
from goodwill.records._objects import reader_of
from goodwill.records._rows import LINE, Delimited

_CELLS = (
    "17", "2024-03-05 10:00:00", "C-9", "my parcel, late", 'he said "no"', "line\nbreak", "é ñ ß",
    "", "Total", "12,50", "x" * 90, "a;b", "\t", "'", "🙂 ok", "0", "N/A", "31/02/2024",
)  # fmt: skip
_BROKEN = (b'"', b"\n", b"\r", b",", b";", b"\x00", b"\xff\xfe", b"\xc3", b"\\", b'""', b"\t")


def damaged(seed: int) -> bytes:
    """Return one damaged file: a table in some encoding, bytes changed, put in or cut out."""
    chance = random.Random(seed)
    delimiter, end = chance.choice(",;\t|"), chance.choice(("\n", "\r\n", "\n", "\r"))
    width = chance.randint(2, 6)
    header = ["contact_id", "created_at", "customer_id", "message", "channel", "extra"][:width]
    lines = [delimiter.join(header)]
    for _ in range(chance.randint(1, 25)):
        cells = [chance.choice(_CELLS) for _ in range(width)]
        lines.append(delimiter.join(_quoted(cell, delimiter, chance) for cell in cells))
    text = end.join(lines) + end * chance.randint(0, 1)
    encoding = chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"))
    data = bytearray(text.encode(encoding, "replace"))
    for _ in range(chance.choice((0, 1, 1, 3, 10))):
        place, span = chance.randrange(len(data) + 1), chance.choice((0, 1, 1, 5))
        data[place : place + span] = chance.choice((*_BROKEN, chance.randbytes(2), b""))
    if chance.random() < 0.3:
        del data[chance.randrange(len(data) + 1) :]
    return bytes(data)


def _quoted(cell: str, delimiter: str, chance: random.Random) -> str:
    must = any(sign in cell for sign in (delimiter, '"', "\n"))
    if chance.random() < 0.9 and (must or chance.random() < 0.3):
        return '"' + cell.replace('"', '""') + '"'
    return cell


def outcome(path: Path) -> str:
    """Return ``refused`` or ``taken``, having proved that no character of the file was lost.

    Letters and digits are counted: those of the rows and of the rows put aside are all that stand
    below the header, but for lines that were skipped as no data.
    """
    try:
        [member] = members(path)
        reader = reader_of(member)
        if not isinstance(reader, Delimited):
            return "not delimited"
        starts: list[int] = []
        kept: Counter[str] = Counter()
        skipped = 0
        for chunk in reader.chunks(rows=9):
            lines = chunk.rows.column(LINE).to_pylist()
            starts += lines + [fault.line for fault in chunk.faults]
            for place in range(len(lines)):
                kept.update("".join(str(v) for v in chunk.whole(place).values()))
            for fault in chunk.faults:
                raw = fault.raw
                kept.update(raw["text"] if "text" in raw else "".join(raw["cells"].values()))
            skipped += chunk.skipped
    except InputError as refused:
        assert refused.message
        return "refused"
    if not starts and not skipped:
        return "refused"  # all of it is one header line: no recipe fits without a row
    assert len(starts) == len(set(starts)), "a line was taken twice"
    facts = member.facts
    errors = "surrogateescape" if "utf-8" in facts.encoding else "replace"
    with member.open() as stream:
        text = stream.read().decode(facts.encoding, errors)
    lost = _signs(Counter(text)) - _signs(kept)
    made = _signs(kept) - _signs(Counter(text))
    assert not made, f"signs that the file does not hold: {made}"
    header = _signs(Counter("".join(reader.columns)))
    if not skipped:
        assert not lost - header, f"signs were lost: {lost - header}"
    return "taken"


def _signs(counted: Counter[str]) -> Counter[str]:
    return Counter({sign: n for sign, n in counted.items() if sign.isalnum()})
