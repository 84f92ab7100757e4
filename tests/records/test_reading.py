"""Reading: encodings, delimiters, archives, and what is no row."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from goodwill.errors import FileRefused
from goodwill.records._files import members
from goodwill.records._objects import reader_of
from goodwill.records._rows import LINE, Fault

TEXT = 'id,name\n1,Zoë\n2,"a, ""b""\nc"\n'


def read(path: Path) -> tuple[list[dict[str, str]], list[Fault], int, list[str]]:
    """All rows (with their lines), faults, skipped lines and notes of a one-member file."""
    [member] = members(path)
    reader = reader_of(member)
    rows, faults, skipped = [], [], 0
    for chunk in reader.chunks():
        rows += chunk.rows.to_pylist()
        faults += chunk.faults
        skipped += chunk.skipped
    return rows, faults, skipped, member.facts.notes + reader.notes


def cells(rows: list[dict[str, str]]) -> list[list[str]]:
    return [[v for k, v in row.items() if k != LINE] for row in rows]


EXPECTED = [["1", "Zoë"], ["2", 'a, "b"\nc']]


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
        ("cp1252", "cp1252"),
    ],
)
def test_the_encoding_is_found_and_reported(tmp_path: Path, encoding: str, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(TEXT.encode(encoding))
    rows, faults, _, notes = read(path)
    assert cells(rows) == EXPECTED
    assert [row[LINE] for row in rows] == [2, 3]
    assert faults == []
    assert f"encoding {said}" in notes


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_ends_are_found(tmp_path: Path, delimiter: str, end: str) -> None:
    path = tmp_path / "a.csv"
    lines = [delimiter.join(row) for row in (["id", "note", "at"], ["1", "x", "y"], ["2", "", ""])]
    path.write_text(end.join(lines), encoding="utf-8", newline="")
    rows, faults, _, _ = read(path)
    assert cells(rows) == [["1", "x", "y"], ["2", "", ""]]
    assert [row[LINE] for row in rows] == [2, 3]
    assert faults == []


def test_gz_and_zip_and_parquet_and_json_give_the_same_rows(tmp_path: Path) -> None:
    plain, packed, zipped = (tmp_path / n for n in ("a.csv", "a.csv.gz", "a.zip"))
    plain.write_text(TEXT, encoding="utf-8")
    packed.write_bytes(gzip.compress(TEXT.encode()))
    with zipfile.ZipFile(zipped, "w") as archive:
        archive.writestr("folder/a.csv", TEXT)
    table = pa.table({"id": [1, 2], "name": ["Zoë", 'a, "b"\nc']})
    pq.write_table(table, tmp_path / "a.parquet")
    buffer = io.BytesIO()
    pq.write_table(table, buffer)
    (tmp_path / "b.parquet.gz").write_bytes(gzip.compress(buffer.getvalue()))
    objects = [{"id": 1, "name": "Zoë"}, {"id": 2, "name": 'a, "b"\nc'}]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, objects)), encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps(objects, indent=1), encoding="utf-8")
    for name in (
        "a.csv", "a.csv.gz", "a.zip", "a.parquet", "b.parquet.gz", "a.jsonl", "a.json",
    ):  # fmt: skip
        rows, faults, _, _ = read(tmp_path / name)
        assert cells(rows) == EXPECTED, name
        assert faults == []


def test_a_zip_gives_a_member_for_each_file_and_none_for_hidden_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("x/one.csv", "two.csv", "__MACOSX/._one.csv", ".DS_Store"):
            archive.writestr(name, TEXT)
    assert [m.label for m in members(path)] == ["a.zip/one.csv", "a.zip/two.csv"]


def test_a_row_with_a_wrong_number_of_fields_is_a_fault_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,name\n1,a\n2\n3,b,c\n\n4,d\n", encoding="utf-8")
    rows, faults, skipped, _ = read(path)
    assert cells(rows) == [["1", "a"], ["4", "d"]]
    assert [(f.line, f.reason) for f in faults] == [
        (3, "1 fields where the header has 2"),
        (4, "3 fields where the header has 2"),
    ]
    assert skipped == 1


def test_a_broken_quote_costs_its_own_line_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = [f"{n},text {n}" for n in range(1, 501)]
    lines[99] = '100,"never closed'
    lines[299] = '300,"closed" too early'
    lines[399] = '400,"two\nlines"'
    path.write_text("id,name\n" + "\n".join(lines), encoding="utf-8")
    rows, faults, _, _ = read(path)
    assert len(rows) == 498
    assert [(f.line, f.reason) for f in faults] == [
        (101, "a quote stands where none may stand"),
        (301, "a quote stands where none may stand"),
    ]
    assert rows[-1] == {"id": "500", "name": "text 500", LINE: 502}


def test_bytes_that_are_no_utf8_quarantine_their_row_only(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("id,name\n1,Zoë\n2,Ægir\n".encode() + b"3,caf\xe9\n4,x\n")
    rows, faults, _, notes = read(path)
    assert [row["id"] for row in rows] == ["1", "2", "4"]
    assert [(f.line, f.column, f.reason) for f in faults] == [
        (4, "name", "bytes that are no utf-8")
    ]
    assert "1 bytes are no UTF-8: their rows are quarantined" in notes


def test_titles_totals_and_blank_lines_are_skipped_and_not_rows(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(
        "Reporting period 2024-01-01 to 2024-01-31\n\nid,name,n\n1,a,2\n\nTotal,,2\n"
        "Reporting period 2024\n",
        encoding="utf-8",
    )
    rows, faults, skipped, notes = read(path)
    assert cells(rows) == [["1", "a", "2"]]
    assert rows[0][LINE] == 4
    assert faults == []
    assert skipped == 5
    assert "2 lines before the header were skipped" in notes


def test_columns_of_one_name_are_told_apart(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b,a,\n1,2,3,4\n", encoding="utf-8")
    assert reader_of(members(path)[0]).columns == ["a", "b", "a (2)", "column 4"]


def test_json_lines_that_are_no_objects_are_faults(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"id": 1}\n[2]\n{"id": 3\n\n{"id": 4, "via": {"to": "x"}}\n', encoding="utf-8")
    rows, faults, skipped, _ = read(path)
    assert [(row["id"], row["via.to"], row[LINE]) for row in rows] == [
        ("1", None, 1),
        ("4", "x", 5),
    ]
    assert [f.line for f in faults] == [2, 3]
    assert skipped == 1


def test_a_json_array_that_ends_too_early_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text('[{"id": 1}, {"id": 2}, {"id"', encoding="utf-8")
    with pytest.raises(FileRefused, match="damaged after object 2"):
        read(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \n\n", "no text"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"\x01\x02\x00\x03\x05" * 100, "no text file"),
        (b"a,b\n" + b"x" * (9 * 1024**2), "a line is longer"),
        (b"1,2015-01-01\n2,2015-01-02\n", "values, no column names"),
        (",".join(f"c{n}" for n in range(3000)).encode() + b"\n", "columns are too many"),
    ],
)
def test_what_is_no_table_is_refused_with_the_reason(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=reason):
        read(path)


def test_archives_that_are_traps_are_refused(tmp_path: Path) -> None:
    outside, bomb, nested, cut = (tmp_path / n for n in ("o.zip", "b.zip", "n.zip", "c.gz"))
    with zipfile.ZipFile(outside, "w") as archive:
        archive.writestr("../../etc/a.csv", TEXT)
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * (80 * 1024**2))
    with zipfile.ZipFile(nested, "w") as archive:
        archive.writestr("inner.zip", b"PK")
    cut.write_bytes(gzip.compress(TEXT.encode() * 1000)[:-30])
    for path, reason in (
        (outside, "outside the archive"),
        (bomb, "claims 83,886,080 bytes"),
        (nested, "another archive"),
        (cut, "archive is damaged"),
    ):
        with pytest.raises(FileRefused, match=reason):
            read(path)
    (tmp_path / "big.gz").write_bytes(gzip.compress(b"0\n" * (40 * 1024**2)))
    with pytest.raises(FileRefused, match="unpacks to more than"):
        read(tmp_path / "big.gz")


def test_a_huge_cell_of_a_parquet_file_costs_its_own_row_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "file.parquet"
    huge = "x" * (1024**2 + 1)
    columns = {
        "id": ["1", "2", "3", "4"],
        "text": ["a", huge, "b", "c"],
        "raw": [b"a", b"b", huge.encode(), b"d"],
        "list": [["a"], ["b"], ["c"], [huge]],
    }
    pq.write_table(pa.table(columns), path)
    rows, faults, _, _ = read(path)
    assert [row["id"] for row in rows] == ["1"]
    assert [(f.line, f.column, f.reason) for f in faults] == [
        (line, column, "a cell of more than 1,048,576 bytes")
        for line, column in ((2, "text"), (3, "raw"), (4, "list"))
    ]
    pq.write_table(pa.table({"id": ["1", "2"], "text": ["a", huge[:-1]]}), path)
    assert len(read(path)[0]) == 2


def test_a_huge_cell_that_is_written_once_for_many_rows_is_found(tmp_path: Path) -> None:
    path = tmp_path / "file.parquet"
    texts = pa.array(["x" * (1024**2 + 1), "a"] * 30).dictionary_encode()
    pq.write_table(pa.table({"id": [str(n) for n in range(60)], "text": texts}), path)
    rows, faults, _, _ = read(path)
    assert (len(rows), len(faults)) == (30, 30)
