"""Every command does for a user at a terminal, and for a program, what it says."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import Result

MESSAGES = """
[contacts]
contact_id = "message id"
thread_id = "ticket id"
customer_ref = "customer id"
at = "created at"
channel = "channel"
author_role = "author"
direction = { sql = "CASE WHEN contacts_author_role = 'agent' THEN 'out' ELSE 'in' END" }
text = "message"
"""
Run = Callable[..., Result]
Printed = Callable[..., Any]


@pytest.fixture
def book(tmp_path: Path, printed: Printed, shop: tuple[Path, Path]) -> Path:
    folder = tmp_path / "book"
    printed("init", folder, "--name", "Acme")
    printed("add", *shop, "--book", folder, "--source", "shop", "--yes")
    return folder


def test_it_works(book: Path, run: Run, printed: Printed) -> None:
    made = printed("refresh", "--book", book)
    assert made["rows"]["messages"] == 240
    problems = printed("problems", "--book", book)
    assert problems
    first = problems[0]
    assert {"theme_id", "label", "people", "events", "figures", "sentences"} <= set(first)
    assert first["figures"]["people"]["value"] == first["people"] > 0
    assert first["sentences"][0]["text"]
    signals = {each["name"]: each for each in printed("signals", "--book", book)}
    assert signals["complaint"]["languages"] == ["en", "pt"]
    assert signals["complaint"]["share"]["coverage"] > 0.9
    assert 0 < signals["complaint"]["people"] <= signals["complaint"]["contacts"]
    journeys = printed("journeys", "--book", book, "--most", 3)
    assert journeys["figures"]["customers_who_wrote"]["coverage"] == 1
    assert journeys["paths"][0]["share"]["low"] is not None and len(journeys["paths"]) <= 3
    for words in (["problems"], ["show", "problem", first["theme_id"]], ["signals"], ["doctor"],
                  ["journeys"]):  # fmt: skip
        told = run(*words, "--book", book)
        assert told.exit_code == 0, told.output
        assert told.stdout.strip()


def test_the_report_of_an_add_has_the_keys_that_programs_rely_on(
    tmp_path: Path, printed: Printed, shop: tuple[Path, Path]
) -> None:
    printed("init", tmp_path / "b")
    reports = printed("add", *shop, "--book", tmp_path / "b", "--yes")
    for report in reports:
        assert {
            "file", "recipe", "tables", "read", "accepted", "new", "updated", "duplicate",
            "quarantined", "skipped",
        } <= set(report)  # fmt: skip
        assert report["accepted"] == report["new"] + report["updated"]
        assert report["read"] == report["accepted"] + report["duplicate"] + report["quarantined"]
    tickets, orders = reports
    assert (tickets["read"], tickets["quarantined"]) == (242, 2)
    assert tickets["tables"]["contacts"] == 240
    assert orders["tables"]["orders"] == 300


def test_a_second_add_accepts_nothing(
    book: Path, printed: Printed, shop: tuple[Path, Path]
) -> None:
    again = printed("add", *shop, "--book", book, "--source", "shop", "--yes")
    assert [report["accepted"] for report in again] == [0, 0]
    assert [report["duplicate"] for report in again] == [240, 300]


def test_quarantine_names_line_column_and_reason_and_masks_the_value(
    book: Path, run: Run, printed: Printed
) -> None:
    rows = {row["line"]: row for row in printed("quarantine", "--book", book)}
    assert set(rows) == {242, 243}
    assert rows[242]["column"] == "created at"
    assert "31/02/2026" not in json.dumps(rows[242])
    assert rows[242]["reason"]
    assert run("quarantine", "--book", book).exit_code == 0


def test_a_customer_is_shown_with_orders_contacts_and_promises(
    refreshed: Path, run: Run, printed: Printed
) -> None:
    page = printed("show", "customer", "C-7", "--book", refreshed)
    assert page["customer_id"] == "shop:C-7"
    kinds = {entry["kind"] for entry in page["timeline"]}
    assert {"contact", "order", "promise"} <= kinds
    assert page["figures"]["orders"]["value"] == 5
    assert run("show", "customer", "C-7", "--book", refreshed).exit_code == 0


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["problems"], 8),
        (["show", "customer", "C-1"], 8),
        (["show", "table", "nonsense"], 6),
        (["add", "no-such-file.csv", "--yes"], 5),
        (["quarantine", "--readd", "--id", "no-such-row"], 6),
    ],
)
def test_an_error_has_its_exit_code_and_a_hint(
    book: Path, run: Run, words: list[str], code: int
) -> None:
    told = run(*words, "--book", book)
    assert told.exit_code == code, told.output
    assert "Error:" in told.output
    as_json = run(*words, "--book", book, "--json")
    assert json.loads(as_json.stdout)["error"]["message"]


def test_a_folder_without_a_book_is_refused_by_every_command(tmp_path: Path, run: Run) -> None:
    for words in (["refresh"], ["problems"], ["quarantine"], ["doctor"], ["desk"]):
        told = run(*words, "--book", tmp_path)
        assert told.exit_code == 3, words
        assert "goodwill init" in told.output


def test_a_mapping_that_was_not_accepted_stores_nothing(
    tmp_path: Path, run: Run, printed: Printed, shop: tuple[Path, Path]
) -> None:
    printed("init", tmp_path / "b")
    told = run("add", shop[0], "--book", tmp_path / "b", give="n\n")
    assert "customer id" in told.output
    assert "Nothing was taken." in told.output
    rows = printed("show", "table", "contacts", "--book", tmp_path / "b")
    assert rows == []


def test_a_written_mapping_decides(
    tmp_path: Path, printed: Printed, shop: tuple[Path, Path]
) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        """
        source = "helpdesk"
        [contacts]
        contact_id = "ticket id"
        at = "created at"
        text = "message"
        customer_ref = "customer id"
        channel = { value = "phone" }
        """
    )
    printed("init", tmp_path / "b")
    report = printed("add", shop[0], "--book", tmp_path / "b", "--map", mapping, "--yes")[0]
    assert report["source"] == "helpdesk"
    rows = printed("show", "table", "contacts", "--book", tmp_path / "b")
    assert {row["channel"] for row in rows} == {"phone"}


def test_the_doctor_finds_a_missing_key(book: Path, run: Run, tmp_path: Path) -> None:
    import os

    keys = Path(os.environ["XDG_CONFIG_HOME"]) / "goodwill" / "keys"
    for key in keys.iterdir():
        key.unlink()
    told = run("doctor", "--book", book, "--json")
    assert told.exit_code == 3
    assert any(c["name"] == "key" and c["state"] == "bad" for c in json.loads(told.stdout))


def test_the_doctor_warns_of_a_key_that_others_can_read(book: Path, run: Run) -> None:
    import os

    keys = Path(os.environ["XDG_CONFIG_HOME"]) / "goodwill" / "keys"
    next(keys.iterdir()).chmod(0o644)
    told = run("doctor", "--book", book, "--json")
    assert any(c["name"] == "key" and c["state"] == "warning" for c in json.loads(told.stdout))


def test_a_refresh_twice_gives_the_same_tables(refreshed: Path, printed: Printed) -> None:
    import goodwill
    from goodwill.tables import DERIVED

    def tables() -> dict[str, Any]:
        opened = goodwill.open(refreshed)
        return {name: opened.table(name).to_pylist() for name in DERIVED}

    first = tables()
    printed("refresh", "--book", refreshed)
    assert tables() == first


def test_value_and_its_ledger_are_shown_and_a_bad_month_is_refused(
    refreshed: Path, run: Run, printed: Printed
) -> None:
    page = printed("value", "equity", "--book", refreshed)
    assert page["figures"]["customer_equity"]["value"] > 0
    assert (
        sum(part["value"] for part in page["months"][0]["parts"].values())
        == (page["months"][0]["change"]["value"])
    )
    assert printed("value", "ledger", "--book", refreshed)["waiting"] > 0
    assert "cannot be tried" in str(printed("value", "check", "--book", refreshed)["checks"])
    for words in (["equity"], ["ledger"], ["check"]):
        assert run("value", *words, "--book", refreshed).exit_code == 0
    assert run("value", "equity", "--month", "spring", "--book", refreshed).exit_code == 5
    assert run("value", "equity", "--month", "2001-01", "--book", refreshed).exit_code == 6


def test_export_writes_the_files_and_tells_of_them(
    run: Run, printed: Callable[..., Any], refreshed: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run("init", tmp_path / "empty")
    assert run("export", out, "--book", tmp_path / "empty").exit_code == 8
    told = printed("export", out, "--book", refreshed, "--format", "both", "--what", "customers")
    assert [(f["name"], f["rows"]) for f in told["files"]] == [
        ("customers.parquet", 60), ("customers.csv", 60),
    ]  # fmt: skip
    assert run("export", out, "--book", refreshed, "--filter", "nonsense").exit_code == 5
    assert run("export", refreshed / "x", "--book", refreshed).exit_code == 5


def test_promises_of_orders_and_of_messages_are_listed(
    book: Path, run: Run, printed: Printed, tmp_path: Path
) -> None:
    said = tmp_path / "said.csv"
    said.write_text(
        "message id,ticket id,customer id,created at,channel,author,message\n"
        "m1,t1,C-3,2026-05-01T09:00:00Z,email,customer,where is my money\n"
        "m2,t1,C-3,2026-05-01T10:00:00Z,email,agent,We will refund you within 400 days.\n"
        "m3,t1,C-3,2026-05-03T10:00:00Z,email,agent,I will call you tomorrow.\n"
        "m4,t1,C-3,2026-05-09T10:00:00Z,email,customer,where is my money and nobody called\n"
    )
    mapping = tmp_path / "said.toml"
    mapping.write_text(MESSAGES)
    printed("add", said, "--book", book, "--source", "desk", "--map", mapping, "--yes")
    printed("refresh", "--book", book)
    seen = printed("promises", "--book", book)
    assert seen["state"] == "open"
    assert [each["words"] for each in seen["promises"] if each["kind"] == "commitment"] == [
        "We will refund you within 400 days"
    ]
    broken = printed("promises", "--broken", "--book", book, "--kind", "commitment")
    assert [(each["what"], each["status"]) for each in broken["promises"]] == [("call", "broken")]
    told = run("promises", "--all", "--most", 3, "--book", book)
    assert told.exit_code == 0 and "more: use --most" in told.stdout
    assert run("promises", "--open", "--broken", "--book", book).exit_code == 2


def test_the_vault_is_opened_with_a_reason_only(
    run: Run, printed: Callable[..., Any], tmp_path: Path
) -> None:
    book, file = tmp_path / "book", tmp_path / "a.csv"
    file.write_text(
        "ticket id,customer id,created at,email,message\n"
        "1,C-1,2026-01-05,zq@x.example,it is late\n2,C-2,no day,zr@x.example,late\n",
        encoding="utf-8",
    )
    run("init", book)
    run("add", file, "--book", book, "--yes")
    assert run("vault", "C-1", "--book", book).exit_code == 2
    assert run("vault", "C-9", "--book", book, "--reason", "why").exit_code == 6
    found = printed("vault", "C-1", "--book", book, "--reason", "call back", "--actor", "eve")
    assert found["emails"] == ["zq@x.example"]
    by_mail = run("vault", "-", "--book", book, "--reason", "why", give="zq@x.example\n")
    assert "zq@x.example" in by_mail.output
    assert run("quarantine", "--book", book, "--show-values").exit_code == 5
    [row] = printed("quarantine", "--book", book, "--show-values", "--reason", "mend")
    assert row["value"] == "no day"
    looks = printed("show", "table", "vault_looks", "--book", book)
    assert len(looks) == 3


def test_a_zone_given_once_is_kept_for_the_next_file(
    run: Run, printed: Printed, tmp_path: Path
) -> None:
    book, file = tmp_path / "book", tmp_path / "a.csv"
    head = "ticket id,customer id,created at,message\n"
    file.write_text(head + "1,C-1,2026-01-05 10:00,it is late\n", encoding="utf-8")
    run("init", book)
    assert run("add", file, "--book", book, "--yes", "--zone", "Mars/Base").exit_code == 5
    told = run("add", file, "--book", book, "--yes", "--zone", "America/Lima")
    assert "read as America/Lima (given)" in told.output.replace("\n", " ")
    [again] = printed("add", file, "--book", book)
    assert again["duplicate"] == 1
    assert any("read as America/Lima (remembered" in note for note in again["notes"])


def test_a_fix_is_declared_judged_and_taken_back_and_its_history_stays(
    refreshed: Path, run: Run, printed: Printed
) -> None:
    theme = printed("problems", "--book", refreshed)[0]["theme_id"]
    told = [
        "fix",
        "declare",
        "New depot, says anna@example.org",
        "--theme",
        theme,
        "--book",
        refreshed,
    ]
    made = printed(*told, "--on", "2026-04-15", "--by", "ada")
    assert "anna@" not in json.dumps(made)
    assert made["verdict"] in ("worked", "did_not", "too_early", "worse", "unknown")
    assert made["history"][0]["what"] == "declared"
    listed = run("fixes", "--book", refreshed)
    assert made["event_id"] in listed.stdout
    # A refresh keeps it, and says the same of the same records.
    printed("refresh", "--book", refreshed)
    assert printed("fixes", "--book", refreshed)[0] == made | {"weeks": []}
    ways = printed("fix", "rollouts", "--theme", theme, "--on", "2030-01-07", "--book", refreshed)
    assert {way["by"] for way in ways} == {"region", "product", "channel", "ticket"}
    assert all(way["said"] for way in ways)
    printed("fix", "withdraw", made["event_id"], "--book", refreshed)
    assert printed("fixes", "--book", refreshed) == []
    (gone,) = printed("fixes", "--withdrawn", "--book", refreshed)
    assert [done["what"] for done in gone["history"]] == ["declared", "withdrawn"]
    assert "No channel is set" in run("notify", "--book", refreshed).stdout
    assert printed("notify", "--test", "--book", refreshed) == {}
    for wrong in (
        ["fix", "withdraw", made["event_id"]],
        ["fix", "recount", "none"],
        [*told[:4], "999", "--on", "2026-04-15"],
        [*told[:5], "--on", "2026-04-15", "--until", "2026-04-01"],
        [*told[:5], "--on", "2026-04-15", "--region", "Nowhere"],
        [*told[:5], "--on", "2026-04-15", "--rollout-by", "channel"],
        [*told[:5], "--on", "2030-04-15", "--rollout-by", "moon"],
    ):
        refused = run(*wrong, "--book", refreshed)
        assert refused.exit_code not in (0, 1), refused.output
