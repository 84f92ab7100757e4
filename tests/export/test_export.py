"""Exports: what the files hold, how they are written, and what a spreadsheet makes of them."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet as pq
import pytest

import goodwill
from goodwill.book import Book
from goodwill.errors import InputError, NotEnoughData
from goodwill.export import WHAT, as_markdown, columns_of, safe_sql
from goodwill.export import _write as write
from goodwill.export._columns import FIGURES, RULE_FIGURES

TICKETS = ["message id", "ticket id", "customer id", "created at", "channel", "direction",
           "rating", "subject", "message"]  # fmt: skip
PROBLEMS = [
    "my parcel has not arrived and the tracking does not move",
    "where is my refund, you promised it weeks ago",
    "the invoice for my last order is missing",
]
MORE = [
    [f"x{n}", f"X{n}", f"C-{10 + n % 60}", f"2026-01-{1 + n % 28:02} 10:00", "web_form", "in",
     str(1 + n % 5), "", f"{PROBLEMS[n % 3]}, number {n}"]
    for n in range(240)
]  # fmt: skip
ROWS = [
    ["m1", "T1", "C-1", "2026-01-05 09:00", "email", "in", "", "late", "my parcel is late"],
    ["m2", "T1", "C-1", "2026-01-05 09:30", "email", "out", "", "", "we look into it"],
    ["m3", "T1", "C-1", "2026-01-06 09:00", "email", "in", "", "", "and where is my parcel now"],
    ["m4", "T1", "C-1", "2026-01-06 09:10", "email", "in", "", "", "please answer me"],
    ["m5", "T1", "C-1", "2026-01-06 12:00", "email", "out", "", "", "it is on its way"],
    ["m6", "T1", "C-1", "2026-01-07 08:00", "email", "in", "", "", "it is still not here"],
    ["m7", "T2", "C-2", "2026-01-05 10:00", "social", "in", "1", "",
     "=cmd|' /C calc'!A1;+1 the refund"],
    ["m8", "T3", "C-1", "2026-02-05 10:00", "email", "in", "5", "", "@thanks for\n=1+1 the refund"],
]  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("export")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        made = goodwill.create(folder / "book")
        files = {
            "tickets.csv": [TICKETS, *ROWS, *MORE],
            "orders.csv": [
                ["order number", "customer id", "ordered at", "total", "promised at",
                 "delivered at"],
                ["5001", "C-1", "2026-01-01", "19.99", "2026-01-03", "2026-01-09"],
                ["5002", "C-2", "2026-01-02", "5", "2026-01-05", "2026-01-04"],
            ],
        }  # fmt: skip
        for name, rows in files.items():
            with (folder / name).open("w", newline="", encoding="utf-8") as out:
                csv.writer(out).writerows(rows)
        made.add(*(folder / name for name in files), source="shop")
        made.tell_rule("Refunds in 14 days", patterns=["refund"], brings_year=120.5)
        made.refresh()
    return made


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_it_works(book: Book, tmp_path: Path) -> None:
    done = book.export(tmp_path / "out", formats=("csv", "parquet"))
    assert {f.name: f.rows for f in done.files} == {
        "conversations.parquet": 243, "conversations.csv": 243,
        "customers.parquet": 62, "customers.csv": 62,
        "problems.parquet": len(book.problems()), "problems.csv": len(book.problems()),
        "rules.parquet": 1, "rules.csv": 1,
        "contracts.parquet": 0, "contracts.csv": 0,
    }  # fmt: skip
    told = json.loads((tmp_path / "out" / "export.json").read_text(encoding="utf-8"))
    assert told["generation"] == done.generation
    assert [f["sha256"] for f in told["files"]] == [f.sha256 for f in done.files]
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == sorted(
        [*(f.name for f in done.files), "export.json"]
    )


def test_the_documentation_lists_exactly_the_columns(book: Book, tmp_path: Path) -> None:
    docs = Path(__file__).resolve().parents[2] / "docs" / "export.md"
    assert docs.read_text(encoding="utf-8") == as_markdown(), (
        "run: python -m goodwill.export > docs/export.md"
    )
    book.export(tmp_path, formats=("csv", "parquet"))
    for what in WHAT:
        named = [column.name for column in columns_of(what)]
        schema = pq.read_schema(tmp_path / f"{what}.parquet")
        header = (tmp_path / f"{what}.csv").read_text(encoding="utf-8").split("\n")[0]
        assert schema.names == named == header.split(",")
        assert all(schema.field(name).metadata[b"meaning"] for name in named)


def test_every_figure_of_a_problem_is_exported(book: Book) -> None:
    problems = book.problems()
    assert problems
    assert set(problems[0].figures) == set(FIGURES), "name the figure in export/_columns.py"


def test_a_rule_is_shown_and_exported_with_its_figures(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [without_key] = book.rules().rules
    assert without_key.figures
    monkeypatch.setenv("XDG_CONFIG_HOME", str(book.folder.with_name("config")))
    [rule] = book.rules().rules
    assert set(rule.figures) == set(RULE_FIGURES), "name the figure in export/_columns.py"
    assert (rule.name, rule.place, rule.figures["brings_in"].value) == (
        "Refunds in 14 days", 1, 12050,
    )  # fmt: skip
    about = rule.figures["contacts"]
    page = book.records(about.records["table"], about.records["where"], limit=200)
    assert rule.events == page.total > 70
    assert rule.figures["rule_cost"].value is None and rule.figures["rule_net"].reason
    assert any("cannot be told" in sentence for sentence in rule.sentences)
    themes = [p for p in book.problems() if book.problem(p.theme_id).rules]
    [named] = book.problem(themes[0].theme_id).rules
    assert (named.rule_id, named.share.value) == (rule.rule_id, named.events / themes[0].events)
    book.export(tmp_path, what=["rules"], formats=["parquet"])
    [row] = pq.read_table(tmp_path / "rules.parquet").to_pylist()
    assert (row["rule"], float(row["brings_in"]), row["people"]) == (
        rule.name, 120.5, rule.people,
    )  # fmt: skip
    assert row["rule_net_reason"]
    later = book.tell_rule("No returns", patterns=["return"])
    new = next(each for each in book.rules().rules if each.rule_id == later)
    assert new.place is None and "next" in new.reason
    book.withdraw_rule(later)
    assert [each.rule_id for each in book.rules().rules] == [rule.rule_id]


def test_a_problem_carries_its_figures_with_interval_and_coverage(
    book: Book, tmp_path: Path
) -> None:
    book.export(tmp_path, what=["problems"], formats=["parquet"])
    rows = pq.read_table(tmp_path / "problems.parquet").to_pylist()
    for row, problem in zip(rows, book.problems(), strict=True):
        assert row["theme_id"] == problem.theme_id
        for name, figure in problem.figures.items():
            scale = 100 if FIGURES[name] == "money" else 1
            told = row[name]
            assert (None if told is None else float(told) * scale) == figure.value
            assert row[f"{name}_coverage"] == figure.coverage
            assert row[f"{name}_people"] == figure.people
            assert bool(row[f"{name}_reason"]) == bool(figure.reason)


def test_a_conversation_has_the_waits_that_counting_by_hand_gives(
    book: Book, tmp_path: Path
) -> None:
    book.export(tmp_path, what=["conversations"], formats=["parquet"])
    rows = pq.read_table(tmp_path / "conversations.parquet").to_pylist()
    found = {row["conversation_id"]: row for row in rows}
    by_hand: dict[str, list[dict[str, Any]]] = defaultdict(list)
    signals = {row["contact_id"]: row for row in book.table("signals").to_pylist()}
    messages = book.table("messages").to_pylist()
    for message in sorted(messages, key=lambda m: (m["at"], m["contact_id"])):
        by_hand[message["conversation_id"]].append(message)
    assert set(found) == set(by_hand)
    episodes = {row["episode_id"]: row for row in book.table("episodes").to_pylist()}
    measured = {
        row["conversation_id"]: row for row in book.table("conversation_metrics").to_pylist()
    }
    for name, told in by_hand.items():
        episode, said = episodes.get(found[name]["episode_id"]), measured[name]
        assert found[name]["episode_status"] == (episode["status"] if episode else None)
        if episode:
            quiet = episode["status"] == "quiet"
            assert found[name]["solved_at_first_contact"] is (
                episode["repeats"] == 0 if quiet else None
            )
            assert found[name]["channel_hops"] == episode["hops"]
        assert float(found[name]["customer_wait_minutes"]) == pytest.approx(
            said["customer_wait_seconds"] / 60, abs=0.051
        )
        assert found[name]["agents"] == said["agents"]
        waits, since, row = [], None, found[name]
        for message in told:
            if message["direction"] == "in":
                since = since or message["at"]
            elif since:
                waits.append((message["at"] - since).total_seconds() / 60)
                since = None
        assert row["waits"] == len(waits)
        assert [float(row["longest_wait_minutes"] or 0)] == [max(waits, default=0)]
        assert float(row["first_reply_minutes"] or 0) == (waits[0] if waits else 0)
        assert row["contacts_in"] == sum(m["direction"] == "in" for m in told)
        assert row["waiting_since"] == since
        for signal in ("complaint", "threat_to_leave"):
            asked = [signals.get(m["contact_id"]) for m in told if m["direction"] == "in"]
            read = [each[signal] for each in asked if each and each[signal] is not None]
            assert row[f"signal_{signal}"] == (round(max(read), 4) if read else None)
        assert row["ratings"] == sum(m["rating"] is not None for m in told)
    first = found["shop:thread:T1"]
    assert (first["waits"], float(first["longest_wait_minutes"])) == (2, 180.0)
    assert first["first_text"] == "my parcel is late"
    assert first["customer_id"] == "shop:C-1"


def test_a_customer_has_his_amounts_in_the_currency_itself(book: Book, tmp_path: Path) -> None:
    book.export(tmp_path)
    rows = {row["customer_id"]: row for row in rows_of(tmp_path / "customers.csv")}
    assert rows["shop:C-1"]["revenue"] == "19.99"
    assert rows["shop:C-1"]["promises_broken"] == "1"
    assert rows["shop:C-2"]["promises_kept"] == "1"
    assert rows["shop:C-1"]["conversations"] == "2"
    episodes = [e for e in book.table("episodes").to_pylist() if e["customer_id"] == "shop:C-1"]
    waited = sum(e["customer_wait_seconds"] for e in episodes) / 60
    assert episodes and float(rows["shop:C-1"]["customer_wait_minutes"]) == pytest.approx(
        waited, abs=0.051
    )
    once = [e for e in episodes if e["status"] == "quiet" and not e["repeats"]]
    assert rows["shop:C-1"]["episodes_solved_at_first_contact"] == str(len(once))


def test_both_formats_hold_the_same(book: Book, tmp_path: Path) -> None:
    book.export(tmp_path, formats=("csv", "parquet"))
    for what in WHAT:
        whole = pq.read_table(tmp_path / f"{what}.parquet").to_pylist()
        cells = rows_of(tmp_path / f"{what}.csv")
        numbers = [c.name for c in columns_of(what) if c.spoken_kind in ("number", "whole number")]
        assert len(whole) == len(cells)
        for row, cell in zip(whole, cells, strict=True):
            for name in numbers:
                assert (cell[name] == "") == (row[name] is None)
                assert not cell[name] or float(cell[name]) == float(row[name])


def test_the_same_book_gives_the_same_bytes(book: Book, tmp_path: Path) -> None:
    one = book.export(tmp_path / "one", formats=("csv", "parquet"))
    two = book.export(tmp_path / "two", formats=("csv", "parquet"))
    assert [f.sha256 for f in one.files] == [f.sha256 for f in two.files]


HOSTILE = [
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "  =1", "\u00a0=1", "\u200b=1", "\ufeff=1",
    '"=1', "'=1", "\u201c=1", "＝1", "＋1", "＠a", "a;=1", 'a;"=1', "a;\t@b", "a\n=1", "a\r\n-b",
    "a\t=1", "-", "=cmd|' /C calc'!A1", "a;;=1", "\x00=1",
]  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_begins_a_formula_however_a_spreadsheet_parts_the_cells(text: str) -> None:
    with duckdb.connect() as con:
        safe = con.execute(f"SELECT {safe_sql('t')} FROM (SELECT ?::VARCHAR AS t)", [text])
        [[cell]] = safe.fetchall()
    blank = " \u00a0\u200b\ufeff\"'\u201c\u0000"
    for delimiter in (";", "\t", "\n", "\r"):
        for part in cell.split(delimiter):
            assert not (part[:1] in "=+-@＝＋＠－" and part)
            assert part.lstrip(blank)[:1] not in tuple("=+-@＝＋＠－") or "'" in part
            assert not part.startswith(("\t", "\r"))


@pytest.mark.parametrize("text", ["-5", "+4.5", "12", "hello - you", "a,=b", "", "me@you.example"])
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    with duckdb.connect() as con:
        safe = con.execute(f"SELECT {safe_sql('t')} FROM (SELECT ?::VARCHAR AS t)", [text])
        assert safe.fetchall() == [(text,)]


def test_hostile_texts_are_harmless_in_the_file(book: Book, tmp_path: Path) -> None:
    book.export(tmp_path, what=["conversations"], bom=True)
    raw = (tmp_path / "conversations.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    texts = {r["thread_id"]: r["first_text"] for r in rows_of(tmp_path / "conversations.csv")}
    assert texts["T2"].startswith("'=cmd")
    assert ";'+1" in texts["T2"]
    assert "\n" not in texts["T3"]


def test_filters_and_days_keep_the_rows_asked_for(book: Book, tmp_path: Path) -> None:
    book.export(tmp_path, what=["conversations"], where={"channel": "social"})
    assert [r["thread_id"] for r in rows_of(tmp_path / "conversations.csv")] == ["T2"]
    book.export(tmp_path, what=["conversations"], since=date(2026, 2, 1))
    assert [r["thread_id"] for r in rows_of(tmp_path / "conversations.csv")] == ["T3"]
    book.export(tmp_path, what=["conversations"], until=date(2026, 2, 1), where={"waits": "0"})
    found = {r["thread_id"] for r in rows_of(tmp_path / "conversations.csv")}
    assert "T2" in found
    assert not found & {"T1", "T3"}


def test_what_cannot_be_exported_is_said_at_once(book: Book, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no export of 'letters'.*'xls' is no format"):
        book.export(tmp_path, what=["letters"], formats=["xls"])
    with pytest.raises(InputError, match="inside a Book"):
        book.export(book.folder / "out")
    with pytest.raises(InputError, match="no column"):
        book.export(tmp_path, where={"x; DROP TABLE": "1"})
    fresh = goodwill.create(tmp_path / "fresh")
    with pytest.raises(NotEnoughData):
        fresh.export(tmp_path / "out")


def test_an_export_that_fails_half_way_leaves_the_one_before(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book.export(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    real = write._csv

    def failing(con: Any, path: Path, *rest: Any) -> int:
        if path.name == "customers.csv":
            raise OSError("the disk is full")
        return real(con, path, *rest)

    monkeypatch.setattr(write, "_csv", failing)
    with pytest.raises(OSError, match="full"):
        book.export(tmp_path, where={"channel": "social"})
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_drafts_of_a_killed_export_are_cleared_away(book: Book, tmp_path: Path) -> None:
    left = tmp_path / ".goodwill-export-dead"
    left.mkdir()
    (left / "conversations.csv").write_text("half", encoding="utf-8")
    book.export(tmp_path)
    assert not left.exists()


def test_a_generation_of_an_earlier_goodwill_is_said_to_be_one(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lacking(con: Any, *_: Any) -> Any:
        yield con.execute("SELECT no_column_yet FROM contacts LIMIT 1")

    monkeypatch.setattr(write, "_one", lacking)
    with pytest.raises(NotEnoughData, match="earlier goodwill") as error:
        book.export(tmp_path / "out")
    assert error.value.hint == "goodwill refresh"
    assert not list((tmp_path / "out").glob("*"))
