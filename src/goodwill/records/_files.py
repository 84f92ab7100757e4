"""Where intake begins: a path becomes members, each a readable stream with format and encoding.

A zip gives one member per file in it. Nothing is ever extracted to a folder, so a member's name is
only a label; sizes are limited while reading, not by what the archive claims.
"""

from __future__ import annotations

import codecs
import gzip
import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from goodwill.errors import FileRefused

from ._labels import safe_label

MAX_BYTES = 16 * 1024**3
"""Uncompressed bytes of one member beyond which it is refused."""
MAX_RATIO = 300
"""Uncompressed over compressed size beyond which an archive is taken for a bomb."""
MAX_MEMBERS = 1000
MAX_SHEET = 1024**3
"""Bytes of one part of a workbook, unpacked, beyond which it is refused."""
MAX_LINE = 8 * 1024**2
"""Bytes of one line beyond which a file is taken for no table."""
_RATIO_FROM_BYTES = 64 * 1024**2
_BLOCK = 1 << 20
_ARCHIVES = {".7z", ".bz2", ".gz", ".rar", ".tar", ".tgz", ".xz", ".zip", ".zst"}
_MAILBOX = re.compile(r"From \S+ [^\n]*\d{4}[^\n]*\n[A-Za-z][A-Za-z0-9-]*:")
_MAIL = re.compile(
    r"(?:return-path|received|delivered-to|from|to|cc|date|subject|message-id|mime-version|"
    r"dkim-signature|arc-[a-z-]+|content-[a-z-]+|reply-to|authentication-results|sender|list-[a-z-]+|"
    r"in-reply-to|references|x-[a-z0-9-]+)[ \t]*:",
    re.IGNORECASE,
)
_MAIL_TOO = re.compile(r"(?mi)^(?:date|message-id|mime-version|received):")
_MAGIC = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"SQLite format 3": "an SQLite database",
    b"\x89PNG": "an image",
    b"\xff\xd8\xff": "an image",
    b"GIF8": "an image",
    b"\x7fELF": "a program",
    b"7z\xbc\xaf": "a 7z archive",
    b"Rar!": "a RAR archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
}


class _Limited(io.RawIOBase):
    """A stream that refuses to give more bytes than an honest file would hold."""

    def __init__(self, inner: BinaryIO, label: str, compressed: int | None) -> None:
        self._inner = inner
        self._label = label
        self._given = 0
        self._most = MAX_BYTES
        if compressed is not None:
            self._most = min(MAX_BYTES, max(_RATIO_FROM_BYTES, compressed * MAX_RATIO))

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(cast(bytearray, buffer)).cast("B")
        try:
            data = self._inner.read(len(view))
        except (EOFError, OSError, zipfile.BadZipFile, RuntimeError, ValueError) as error:
            raise FileRefused(f"{self._label}: the archive is damaged ({error})") from error
        except Exception as error:  # zlib.error is no OSError
            raise FileRefused(f"{self._label}: the archive is damaged ({error})") from error
        self._given += len(data)
        if self._given > self._most:
            raise FileRefused(
                f"{self._label}: it unpacks to more than {self._most:,} bytes",
                hint="Unpack it yourself and add the parts.",
            )
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._inner.close()
        super().close()


@dataclass(frozen=True, slots=True)
class Member:
    """One readable file: a plain file, the content of a gz, or a member of a zip."""

    label: str
    path: Path
    open: Callable[[], BinaryIO]
    facts: Facts = field(default_factory=lambda: Facts())


@dataclass(slots=True)
class Facts:
    """What one look at all bytes of a member found out."""

    kind: str = ""
    encoding: str = "utf-8"
    file_hash: str = ""
    size: int = 0
    lines: int = 0
    notes: list[str] = field(default_factory=list)


def shown(text: str) -> str:
    """Return a name or a message that is not ours as it may be shown: printable and short.

    >>> shown("a" + chr(0) + "b.csv")
    'a?b.csv'
    """
    return "".join(letter if letter.isprintable() else "?" for letter in text[:500])


def members(path: Path) -> list[Member]:
    """Return the members of a file in the order in which the archive lists them.

    Raises:
        FileRefused: it is absent, empty, no table, a bomb, or names a path outside itself.
    """
    path = Path(path)
    try:
        absent = not path.is_file()
    except OSError:  # a name that no disk holds
        absent = True
    if absent:
        raise FileRefused(
            f"{shown(str(path))}: no such file", hint="Check the path; a folder cannot be added."
        )
    size = path.stat().st_size
    if size == 0:
        raise FileRefused(f"{path.name}: the file is empty")
    with path.open("rb") as stream:
        head = stream.read(8)
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return [_looked(member) for member in _zip_members(path)]
    if head.startswith(b"\x1f\x8b"):

        def open_gz() -> BinaryIO:
            inner = cast(BinaryIO, gzip.GzipFile(path))
            return cast(BinaryIO, io.BufferedReader(_Limited(inner, path.name, size), _BLOCK))

        return [_looked(Member(safe_label(path.name), path, open_gz))]

    def open_plain() -> BinaryIO:
        return path.open("rb", buffering=_BLOCK)

    return [_looked(Member(safe_label(path.name), path, open_plain))]


def _zip_members(path: Path) -> list[Member]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise FileRefused(f"{path.name}: the zip is damaged ({error})") from error
    if any(info.filename == "xl/workbook.xml" for info in infos):
        return [_workbook(path, infos)]
    if any(info.filename == "[Content_Types].xml" for info in infos):
        raise FileRefused(f"{path.name}: it is an office document, no table")
    wanted = []
    for info in infos:
        if not info.filename:
            raise FileRefused(f"{path.name}: a member of the zip has no name")
        name = PurePosixPath(info.filename.replace("\\", "/"))
        if info.is_dir() or name.name.startswith(".") or "__MACOSX" in name.parts:
            continue
        if name.is_absolute() or ".." in name.parts or ":" in name.parts[0]:
            raise FileRefused(f"{path.name}: a member's name points outside the archive")
        if info.flag_bits & 1:
            raise FileRefused(f"{path.name}: the zip is encrypted", hint="Unpack it first.")
        if name.suffix.lower() in _ARCHIVES - {".gz"}:
            raise FileRefused(f"{path.name}: it holds another archive", hint="Unpack it first.")
        if info.file_size > MAX_BYTES or (
            info.file_size > _RATIO_FROM_BYTES
            and info.file_size > MAX_RATIO * max(1, info.compress_size)
        ):
            raise FileRefused(f"{path.name}: a member claims {info.file_size:,} bytes")
        if info.file_size:
            wanted.append(info)
    if not wanted:
        raise FileRefused(f"{path.name}: the zip holds no file")
    if len(wanted) > MAX_MEMBERS:
        raise FileRefused(f"{path.name}: the zip holds {len(wanted):,} files")
    return [_zip_member(path, info) for info in wanted]


def _workbook(path: Path, infos: list[zipfile.ZipInfo]) -> Member:
    """Return a workbook as one member; what it unpacks to is limited as an archive's members."""
    for info in infos:
        if info.file_size > MAX_SHEET or (
            info.file_size > _RATIO_FROM_BYTES
            and info.file_size > MAX_RATIO * max(1, info.compress_size)
        ):
            raise FileRefused(
                f"{path.name}: the workbook claims {info.file_size:,} bytes",
                hint="Save the sheet as CSV and add that.",
            )
        if info.flag_bits & 1:
            raise FileRefused(f"{path.name}: the workbook is encrypted", hint="Save it without.")

    def open_plain() -> BinaryIO:
        return path.open("rb", buffering=_BLOCK)

    return Member(path.name, path, open_plain)


def _zip_member(path: Path, info: zipfile.ZipInfo) -> Member:
    label = f"{safe_label(path.name)}/{safe_label(PurePosixPath(info.filename).name)}"

    def open_member() -> BinaryIO:
        archive = zipfile.ZipFile(path)
        try:
            inner = cast(BinaryIO, archive.open(info))
        except Exception as error:
            archive.close()
            raise FileRefused(f"{label}: the archive is damaged ({error})") from error
        # The member's stream keeps the archive's file open for itself.
        limited = _Limited(inner, label, info.compress_size)
        if label.lower().endswith(".gz"):
            # One level, no more: what a gz holds is limited against the size in the archive.
            packed = cast(BinaryIO, gzip.GzipFile(fileobj=io.BufferedReader(limited, _BLOCK)))
            limited = _Limited(packed, label, info.compress_size)
        return cast(BinaryIO, io.BufferedReader(limited, _BLOCK))

    return Member(label, path, open_member)


def _looked(member: Member) -> Member:
    """Read all bytes once: hash, size, format and encoding."""
    facts = member.facts
    length = longest = 0
    digest = hashlib.sha256()
    with member.open() as stream:
        head = stream.read(_BLOCK)
        if head.startswith(b"PK\x03\x04"):
            return _workbook_looked(member, stream, head)
        _refuse_magic(member.label, head)
        encoding = _bom_or_wide(head)
        parquet = head.startswith(b"PAR1")
        census = None if encoding or parquet else _Utf8Census()
        block = head
        while block:
            digest.update(block)
            facts.size += len(block)
            facts.lines += block.count(b"\n")
            if census:
                census.feed(block)
            ends = block.rfind(b"\n"), block.rfind(b"\r")
            length = len(block) - max(ends) if max(ends) >= 0 else length + len(block)
            longest = max(longest, length)
            block = stream.read(_BLOCK)
    facts.file_hash = digest.hexdigest()
    if parquet:
        facts.kind = "parquet"
        return member
    if census:
        encoding, note = census.verdict()
        if note:
            facts.notes.append(note)
    facts.encoding = encoding or "utf-8"
    facts.notes.insert(0, f"encoding {facts.encoding}")
    text = head.decode(facts.encoding, errors="replace").lstrip("\ufeff \t\r\n")
    if not text.strip("\x00"):
        raise FileRefused(f"{member.label}: there is no text in it")
    if census and b"\x00" in head and head.count(b"\x00") > len(head) // 100:
        raise FileRefused(f"{member.label}: it is no text file")
    facts.kind = _text_kind(text)
    if longest > MAX_LINE and facts.kind not in ("json", "jsonl"):
        raise FileRefused(f"{member.label}: a line is longer than {MAX_LINE:,} bytes")
    return member


def _workbook_looked(member: Member, stream: BinaryIO, block: bytes) -> Member:
    digest = hashlib.sha256()
    while block:
        digest.update(block)
        member.facts.size += len(block)
        block = stream.read(_BLOCK)
    member.facts.kind, member.facts.file_hash = "workbook", digest.hexdigest()
    return member


def _text_kind(text: str) -> str:
    if text[0] == "{":
        return "jsonl"
    if text[0] == "[" and text[1:].lstrip()[:1] in ("{", "]"):
        return "json"
    if _MAILBOX.match(text):
        return "mailbox"
    head = text[: text.find("\n\n")] if "\n\n" in text else text.split("\r\n\r\n")[0]
    if _MAIL.match(head) and re.search(r"(?mi)^from:", head) and _MAIL_TOO.search(head):
        return "mail"
    return "csv"


def _refuse_magic(label: str, head: bytes) -> None:
    for magic, what in _MAGIC.items():
        if head.startswith(magic):
            raise FileRefused(f"{label}: it is {what}", hint="Export it as CSV or JSON lines.")
    start = head[:512].lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml")):
        raise FileRefused(f"{label}: it is a web page or XML, no table")


def _bom_or_wide(head: bytes) -> str | None:
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "utf-32"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = head[:4096]
    if len(sample) >= 4:
        even, odd = sample[0::2].count(0), sample[1::2].count(0)
        if odd > 0.4 * len(sample[1::2]) and even < odd // 8:
            return "utf-16-le"
        if even > 0.4 * len(sample[0::2]) and odd < even // 8:
            return "utf-16-be"
    return None


class _Utf8Census:
    """Counts good and bad UTF-8 sequences, to tell a damaged UTF-8 file from a cp1252 one."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8")(errors="surrogateescape")
        self.good = 0
        self.bad = 0
        self.undefined = 0

    def feed(self, block: bytes) -> None:
        text = self._decoder.decode(block)
        if text.isascii():
            return
        try:
            # A byte that is no UTF-8 became a lone surrogate, which cannot be encoded.
            self.good += len(text.encode("utf-8")) - len(text)
            return
        except UnicodeEncodeError:
            bad = sum("\udc80" <= c <= "\udcff" for c in text)
        self.bad += bad
        self.good += sum(c > "\x7f" for c in text) - bad
        self.undefined += sum(block.count(b) for b in (b"\x81", b"\x8d", b"\x8f", b"\x90"))

    def verdict(self) -> tuple[str, str]:
        if self.bad == 0:
            return "utf-8", ""
        if self.good >= self.bad:
            return "utf-8", f"{self.bad} bytes are no UTF-8: their rows are quarantined"
        encoding = "latin-1" if self.undefined else "cp1252"
        return encoding, f"no UTF-8: {self.bad} bytes above 127 were read as {encoding}"
