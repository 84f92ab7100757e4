"""Hostile zips, gzips, workbooks and Parquet files, built byte by byte."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

HEADER = "message id,customer id,created at,message\n"
GOOD = (HEADER + "1,C-1,2026-01-01 10:00,where is my parcel\n").encode()
Case = tuple[str, bytes, str, str]
REFUSED, HARMLESS, EITHER = "refused", "harmless", "either"
MEGABYTE = 1 << 20


def member(
    name: bytes,
    packed: bytes,
    *,
    method: int = 8,
    size: int | None = None,
    crc: int = 0,
    flags: int = 0,
    mode: int = 0o100644,
) -> tuple[bytes, bytes]:
    """Return the local and the central record of one member, true or not."""
    told = len(packed) if size is None else size
    low = (20, flags, method, 0, 0x5A21, crc, len(packed), told)
    local = struct.pack("<4s5H3I2H", b"PK\3\4", *low, len(name), 0) + name + packed
    central = struct.pack("<4s6H3I5H2I", b"PK\1\2", 0x314, *low, len(name), 0, 0, 0, 0,
                          mode << 16, 0) + name  # fmt: skip
    return local, central


def archive(parts: list[tuple[bytes, bytes]], *, count: int | None = None) -> bytes:
    """Return a zip of the members; those without a local record lie where the first lies."""
    body = b"".join(local for local, _ in parts)
    table, at = b"", 0
    for local, central in parts:
        table += central[:42] + struct.pack("<I", at if local else 0) + central[46:]
        at += len(local)
    n = min(len(parts) if count is None else count, 0xFFFF)
    return body + table + struct.pack("<4s4H2IH", b"PK\5\6", 0, 0, n, n, len(table), len(body), 0)


def one_member(name: bytes, data: bytes, **other: int) -> bytes:
    packed = deflated(data)
    told = {"size": len(data), "crc": zlib.crc32(data), **other}
    return archive([member(name, packed, **told)])


def deflated(data: bytes) -> bytes:
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeeze.compress(data) + squeeze.flush()


def swollen(start: bytes, chunk: bytes, times: int) -> tuple[bytes, int]:
    """Return a deflate stream of ``start`` and ``times`` chunks, made from one packed chunk."""
    squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = squeeze.compress(start) + squeeze.flush(zlib.Z_FULL_FLUSH)
    again = squeeze.compress(chunk) + squeeze.flush(zlib.Z_FULL_FLUSH)
    return head + again * times + squeeze.flush(), len(start) + len(chunk) * times


def plain_zip(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, data in members.items():
            packed.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return out.getvalue()


def bombs() -> Iterator[Case]:
    zeros = bytes(MEGABYTE)
    rows = b"7,C-7,2026-01-01 10:00,please call me\n" * 27_000
    for name, start, chunk, times, why in (
        ("zeros.zip", b"", zeros, 1000, "one member of 1 GB of zeros"),
        ("cell.zip", HEADER.encode() + b'1,C-1,2026-01-01,"', b"a" * MEGABYTE, 2000, "a 2 GB cell"),
        ("rows.zip", HEADER.encode(), rows, 400, "400 MB of the same row"),
        ("lines.zip", HEADER.encode(), b"\n" * MEGABYTE, 1000, "1 GB of empty lines"),
    ):
        packed, size = swollen(start, chunk, times)
        yield name, archive([member(b"a.csv", packed, size=size)]), why, REFUSED
        small = why.replace("one member of ", "")
        data = b"\x1f\x8b\x08\0\0\0\0\0\0\xff" + packed + struct.pack("<II", 0, size & 0xFFFFFFFF)
        yield name.replace(".zip", ".csv.gz"), data, f"gz: {small}", REFUSED
    packed, size = swollen(b"", zeros, 400)
    lie = archive([member(b"a.csv", packed, size=10)])
    yield "says-ten-bytes.zip", lie, "400 MB that are said to be 10 bytes", REFUSED
    small = archive([member(b"a.csv", deflated(GOOD), size=0xFFFFFFF0, crc=zlib.crc32(GOOD))])
    yield "says-4-gb.zip", small, "100 bytes that are said to be 4 GB", REFUSED
    local, central = member(b"a.csv", packed[: MEGABYTE // 8], size=100 * MEGABYTE)
    overlapping = [(local if n == 0 else b"", central) for n in range(2000)]
    yield "overlap.zip", archive(overlapping), "2,000 members in the same bytes", REFUSED
    inner = one_member(b"a.csv", zeros * 10)
    for _ in range(3):
        inner = plain_zip({f"{n}.zip": inner for n in range(8)})
    yield "nested.zip", inner, "zips in zips in zips: 5 GB", REFUSED
    for level in range(60):
        inner = plain_zip({f"{level}.zip": inner if level else GOOD})
    yield "matryoshka.zip", inner, "60 zips, one in another", REFUSED
    nothing = [member(b"%d.csv" % n, b"", method=0) for n in range(5_000)]
    yield "many.zip", archive(nothing), "5,000 empty members", REFUSED
    for method, name, squeeze in ((12, "bz2", bz2.compress), (14, "lzma", lzma.compress)):
        data = squeeze(zeros * 16)
        bomb = archive([member(b"a.csv", data, method=method, size=16 * MEGABYTE)])
        yield f"{name}.zip", bomb, f"a {name} member that swells", REFUSED


def names() -> Iterator[Case]:
    hostile = (
        "../../escaped.csv", "../" * 40 + "tmp/escaped.csv", "/tmp/escaped.csv",
        "C:\\Windows\\escaped.csv", "..\\..\\escaped.csv", "a/../../escaped.csv",
        "\\\\server\\share\\escaped.csv", "C:escaped.csv", "../goodwill.toml",
    )  # fmt: skip
    for n, name in enumerate(hostile):
        yield f"path-{n}.zip", one_member(name.encode(), GOOD), f"a member named {name!r}", REFUSED
    odd = (
        "x" * 60_000 + ".csv", "gnp.\u202evsc.csv", "..%2f..%2fescaped.csv", "\u2025/escaped.csv",
        "a.csv\0.exe", "<script>alert(1)</script>.csv", "a\nb\x1b[31m.csv", "*.csv",
        "sub\\folder\\a.csv",
    )  # fmt: skip
    for n, name in enumerate(odd):
        yield (
            f"name-{n}.zip",
            one_member(name.encode(), GOOD),
            f"a member named {name[:40]!r}",
            EITHER,
        )
    link = archive([member(b"a.csv", b"/etc/passwd", method=0, size=11, mode=stat.S_IFLNK | 0o777)])
    yield "link.zip", link, "a member that is a link to /etc/passwd", REFUSED
    up = archive([member(b"sub", b"../..", method=0, size=5, mode=stat.S_IFLNK | 0o777),
                  member(b"sub/a.csv", GOOD, method=0, crc=zlib.crc32(GOOD))])  # fmt: skip
    yield "link-folder.zip", up, "a link to a folder and a member in it", REFUSED
    pipe = archive([member(b"a.csv", b"", method=0, mode=stat.S_IFIFO | 0o666)])
    yield "pipe.zip", pipe, "a member that is a pipe", REFUSED


def broken() -> Iterator[Case]:
    whole = one_member(b"a.csv", GOOD * 50)
    yield "locked.zip", one_member(b"a.csv", GOOD, flags=1), "an encrypted member", REFUSED
    yield "cut.zip", whole[: len(whole) // 2], "a zip cut in half", REFUSED
    yield "no-table.zip", whole[: whole.index(b"PK\1\2")], "a zip without its table", REFUSED
    yield "crc.zip", one_member(b"a.csv", GOOD, crc=7), "a wrong checksum", REFUSED
    yield "method.zip", one_member(b"a.csv", GOOD, method=99), "an unknown compression", REFUSED
    yield "empty.zip", archive([]), "a zip of nothing", REFUSED
    yield "folders.zip", plain_zip({"a/": b"", "b/": b""}), "a zip of folders", REFUSED
    yield "program.zip", plain_zip({"a.csv": b"\x7fELF" + bytes(4000)}), "a program", REFUSED
    twice = archive([member(b"a.csv", GOOD, method=0, crc=zlib.crc32(GOOD))] * 2)
    yield "twice.zip", twice, "two members of one name and place", EITHER
    yield "shell.zip", b"#!/bin/sh\nrm -rf /\n" + whole, "a shell script and a zip", EITHER
    squeezed = gzip.compress(GOOD, mtime=0)
    yield "cut.csv.gz", gzip.compress(GOOD * 500, mtime=0)[:-40], "gz cut off", REFUSED
    yield "twice.csv.gz", gzip.compress(squeezed, mtime=0), "gz of gz", EITHER
    deep = GOOD
    for _ in range(200):
        deep = gzip.compress(deep, mtime=0)
    yield "deep.csv.gz", deep, "gz of gz, 200 times", REFUSED
    yield "crc.csv.gz", squeezed[:-8] + b"\0" * 8, "gz with a wrong checksum", REFUSED
    yield "tail.csv.gz", squeezed + b"\xde\xad\xbe\xef" * 99, "gz with garbage behind", EITHER
    named = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff../../escaped.csv\0" + squeezed[10:]
    yield "named.csv.gz", named, "gz that names a path", HARMLESS
    yield "program.csv.gz", gzip.compress(b"MZ" + bytes(9000), mtime=0), "gz of a program", REFUSED
    yield "none.csv.gz", gzip.compress(b"", mtime=0), "gz of nothing", REFUSED


SHEET = ('<?xml version="1.0"?>{dtd}<worksheet xmlns="http://schemas.openxmlformats.org/'
         'spreadsheetml/2006/main">{dim}<sheetData>{rows}</sheetData></worksheet>')  # fmt: skip
TICKET = ("#", "Title", "State", "Group", "Customer", "Create Channel", "Created At")


def row_xml(number: object, cells: tuple[str, ...]) -> str:
    inner = "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in cells)
    return f'<row r="{number}">{inner}</row>'


def workbook(sheet: str, **more: bytes | str) -> bytes:
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/><Default '
        'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="rId1" Type="{rels}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/'
        f'main" xmlns:r="{rels}"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets>'
        "</workbook>",
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
        f'package/2006/relationships"><Relationship Id="rId1" Type="{rels}/worksheet" '
        'Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
        **more,
    }
    return plain_zip({k: v if isinstance(v, bytes) else v.encode() for k, v in parts.items()})


def workbooks() -> Iterator[Case]:
    rows = row_xml(1, TICKET) + row_xml(2, ("7", "late", "open", "A", "B", "web", "2026-01-01"))
    good = SHEET.format(dtd="", dim="", rows=rows)
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    dtd = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}]>'
    bomb = rows.replace("late", "&l11;")
    yield "laughs.xlsx", workbook(SHEET.format(dtd=dtd, dim="", rows=bomb)), "XML bomb", REFUSED
    shared = f'<?xml version="1.0"?>{dtd}<sst><si><t>&l11;</t></si></sst>'
    parts = {"xl/sharedStrings.xml": shared}
    yield "shared.xlsx", workbook(good, **parts), "XML bomb in the shared strings", EITHER
    dtd = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    sheet = SHEET.format(dtd=dtd, dim="", rows=rows.replace("late", "&e;"))
    yield "entity.xlsx", workbook(sheet), "an external entity", REFUSED
    for n, target in enumerate(("file:///etc/passwd", "http://127.0.0.1:9/x.xml", "../../../etc")):
        rels = (workbook_rels(target), f"a sheet that lies at {target}")
        data = workbook(good, **{"xl/_rels/workbook.xml.rels": rels[0]})
        yield f"relation-{n}.xlsx", data, rels[1], REFUSED
    sheet = SHEET.format(dtd="", dim='<dimension ref="A1:XFD1048576"/>', rows=rows)
    yield "dimension.xlsx", workbook(sheet), "said to have 17 billion cells", EITHER
    far = '<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>'
    sheet = SHEET.format(dtd="", dim="", rows=rows + far)
    yield "far.xlsx", workbook(sheet), "a cell in the last corner", EITHER
    sheet = SHEET.format(dtd="", dim="", rows=rows + row_xml(99999999999, TICKET))
    yield "row-number.xlsx", workbook(sheet), "an impossible row number", EITHER
    sheet = SHEET.format(
        dtd="", dim="", rows=rows + '<row r="3"><c t="s"><v>99999999</v></c></row>'
    )
    yield "no-string.xlsx", workbook(sheet), "a shared string that is not there", EITHER
    start, end = good.split("</sheetData>")
    packed, size = swollen(start.encode(), b" " * MEGABYTE, 700)
    parts2 = [member(b"xl/worksheets/sheet1.xml", packed, size=size)]
    with zipfile.ZipFile(io.BytesIO(workbook(good))) as opened:
        for info in opened.infolist():
            if "sheet1" not in info.filename:
                data = opened.read(info)
                parts2.append(member(info.filename.encode(), data, method=0, crc=zlib.crc32(data)))
    yield "swollen.xlsx", archive(parts2), "700 MB of blanks in a sheet", REFUSED
    many = "".join(f'<c t="inlineStr"><is><t>c{n}</t></is></c>' for n in range(16384))
    sheet = SHEET.format(dtd="", dim="", rows=f'<row r="1">{many}</row>')
    yield "wide.xlsx", workbook(sheet), "16,384 columns", REFUSED
    formulas = rows.replace("<t>late</t>", "<t>=cmd|' /C calc'!A0</t>")
    sheet = SHEET.format(dtd="", dim="", rows=formulas)
    yield "formula.xlsx", workbook(sheet), "a cell that is a command", EITHER
    data = workbook(good, **{"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(999)})
    yield "macro.xlsx", data, "a workbook with macros", EITHER
    yield "locked.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000), "encrypted", REFUSED
    yield "not-xml.xlsx", workbook("<worksheet><sheetData><row>"), "XML cut off", REFUSED


def workbook_rels(target: str) -> str:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    )


def parquets(chance: random.Random) -> Iterator[Case]:
    columns = {
        "message id": ["1", "2"], "customer id": ["C-1", "C-2"],
        "created at": ["2026-01-01 10:00", "2026-01-02 10:00"], "message": ["late", "=1+1"],
    }  # fmt: skip
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    good = out.getvalue()
    size = struct.unpack("<I", good[-8:-4])[0]
    yield "magic.parquet", b"PAR1", "nothing but the magic", REFUSED
    yield "twice.parquet", b"PAR1PAR1", "nothing but two magics", REFUSED
    yield "cut.parquet", good[:-9], "footer cut off", REFUSED
    yield "size.parquet", good[:-8] + b"\xff\xff\xff\xffPAR1", "a footer of 4 GB", REFUSED
    zero = good[: -8 - size] + bytes(size) + good[-8:]
    yield "zero.parquet", zero, "a footer of zeros", REFUSED
    for n in range(3):
        data = bytearray(good)
        for _ in range(12):
            data[len(good) - 8 - 1 - chance.randrange(size)] = chance.randrange(256)
        yield f"footer-{n}.parquet", bytes(data), "a damaged footer", EITHER
    data = bytearray(good)
    data[4:60] = chance.randbytes(56)
    yield "pages.parquet", bytes(data), "damaged pages", REFUSED
    out = io.BytesIO()
    big = pa.table({**{k: v[:1] for k, v in columns.items()}, "message": ["a" * (30 * MEGABYTE)]})
    pq.write_table(big, out, compression="zstd")
    yield "cell.parquet", out.getvalue(), "one cell of 30 MB", EITHER
    out = io.BytesIO()
    pq.write_table(pa.table({f"c{n}": ["1"] for n in range(2000)}), out)
    yield "wide.parquet", out.getvalue(), "2,000 columns", REFUSED
