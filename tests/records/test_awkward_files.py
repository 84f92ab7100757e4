"""Files as offices in other countries, spreadsheets and mail programs leave them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goodwill.records import Store, add, preview
from hostile_archives import SHEET, row_xml, workbook

Write = Callable[..., Path]
HEADER = ["id", "created", "customer id", "message"]


def added(store: Store, path: Path) -> tuple[Any, dict[str, Any]]:
    """Add a file; return its report and its contacts and orders by id."""
    [report] = add(store, [path], settings_time_zone="Europe/Madrid")
    assert report.read == report.new + report.updated + report.duplicate + report.quarantined
    [again] = add(store, [path], settings_time_zone="Europe/Madrid")
    assert (again.new, again.updated) == (0, 0)
    rows = {row["contact_id"]: row for row in store.arrow("contacts").to_pylist()}
    rows |= {row["order_id"]: row for row in store.arrow("orders").to_pylist()}
    return report, rows


def test_german_tickets_of_a_spreadsheet_are_read(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "Auszug.csv"
    path.write_bytes(
        "sep=;\r\nTicketnummer;Kunde-Nr;Erstellt am;Betreff;Nachricht;Kanal;Telefon\r\n"
        "T-1;K-7;03.02.2025 14:05 Uhr;Paket fehlt;Mein Paket fehlt – bitte prüfen;E-Mail;"
        "'+49 170 1234567\r\n"
        "T-2;K-8;13.02.2025 09:00;Erstattung;Wo sind die 12,50 €?;Telefon;3,46E+11\r\n"
        "T-3;K-9;31.02.2025 09:00;Datum;Der Tag ist falsch;E-Mail;\r\n"
        ";;;;;;\r\n;;;;;;\r\n".encode("cp1252")
    )
    report, rows = added(store, path)
    assert (report.read, report.new, report.quarantined, report.skipped) == (3, 2, 1, 3)
    assert [rows[i]["channel"] for i in ("T-1", "T-2")] == ["email", "phone"]
    assert rows["T-1"]["at"].isoformat() == "2025-02-03T13:05:00+00:00"
    assert rows["T-1"]["customer_ref"] == "K-7" and rows["T-1"]["subject"] == "Paket fehlt"
    # The phone that the spreadsheet shortened is many people's, and so nobody's key.
    kinds = [r["kind"] for r in store.arrow("identities").to_pylist()]
    assert kinds.count("phone") == 1


def test_german_orders_end_with_a_sum_and_empty_rows(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "Bestellungen.csv"
    path.write_text(
        "Bestellnummer;Kundennummer;Bestelldatum;Gesamtbetrag;Währung;Liefertermin;Geliefert am;\n"
        "B-1;K-7;01.02.2025;1.234,50;EUR;05.02.2025;09.02.2025;\n"
        "B-2;K-8;14.02.2025;-5,00;EUR;;;\nSumme;;;1.229,50;;;;\n;;;;;;;\n"
    )
    report, rows = added(store, path)
    assert (report.new, report.quarantined, report.skipped) == (2, 0, 2)
    assert (rows["B-1"]["amount"], rows["B-2"]["kind"]) == (123450, "refund")
    assert rows["B-1"]["promised_at"] < rows["B-1"]["delivered_at"]


@pytest.mark.parametrize(
    ("header", "row", "wanted"),
    [
        (
            ["Número de caso", "Fecha de creación", "Cliente ID", "Mensaje", "Canal"],
            ["C-1", "15/03/2025 10:00", "901", "el pedido no llegó", "teléfono"],
            {"contact_id": "C-1", "customer_ref": "901", "channel": "phone"},
        ),
        (
            ["Protocolo", "Data de abertura", "Código do cliente", "Mensagem", "Direção"],
            ["P-1", "2025-03-15 10:00", "C1", "o pedido não chegou", "saída"],
            {"contact_id": "P-1", "customer_ref": "C1", "direction": "out"},
        ),
        (
            ["name", "communication_date", "content", "sent_or_received", "reference_name"],
            ["c-2", "2025-03-15 10:00", "we will send a new one", "Sent", "77"],
            {"thread_id": "77", "direction": "out", "author_role": "agent"},
        ),
    ],
)
def test_columns_of_other_languages_and_systems_are_known(
    store: Store, write: Write, header: list[str], row: list[str], wanted: dict[str, str]
) -> None:
    _, rows = added(store, write("a.csv", header, [row]))
    [found] = rows.values()
    assert {name: found[name] for name in wanted} == wanted
    assert found["at"].isoformat() == "2025-03-15T09:00:00+00:00"


TIMES = {
    "2025-03-01 10:00:00 PST": "2025-03-01T18:00:00+00:00",
    "2025-07-01 10:00:00 CEST": "2025-07-01T08:00:00+00:00",
    "2025-01-01 10:00 America/New_York": "2025-01-01T15:00:00+00:00",
    "01/03/2025 10:00 PM (EST)": "2025-03-02T03:00:00+00:00",
    "2025-03-01 10:00 PM": "2025-03-01T21:00:00+00:00",
    "2025-03-01\u00a010:00": "2025-03-01T09:00:00+00:00",
    "2025-03-01 2:05\u202fPM": "2025-03-01T13:05:00+00:00",
    "45658.4375": "2025-01-01T09:30:00+00:00",
    "45659,5": "2025-01-02T11:00:00+00:00",
    "2025-03-01 10:00:00 Xx/Yy": "",
    "2025-03-01 10:00:00 what": "",
    "12345": "",
}


def test_what_stands_behind_the_clock_counts(store: Store, write: Write) -> None:
    cells = [[f"m-{n}", time, "c-1", f"text {n}"] for n, time in enumerate(TIMES)]
    report, rows = added(store, write("a.csv", HEADER, cells))
    assert report.quarantined == sum(not wanted for wanted in TIMES.values())
    for n, (time, wanted) in enumerate(TIMES.items()):
        found = rows.get(f"m-{n}")
        assert (found["at"].isoformat() if found else "") == wanted, time


def test_serial_days_make_a_time_and_order_numbers_none(store: Store, write: Write) -> None:
    header = ["Ticket ID", "Created at", "Order number", "Message"]
    cells = [[n, 45658 + n, 45000 + n, f"text {n}"] for n in range(4)]
    _, rows = added(store, write("a.csv", header, cells))
    assert rows["1"]["at"].isoformat() == "2025-01-01T23:00:00+00:00"


def test_ids_that_a_spreadsheet_has_shortened_are_refused(store: Store, write: Write) -> None:
    cells = [["1.23457E+12", "2025-01-01 10:00", "c-1", "text one"],
             ["1.23457E+12", "2025-01-02 10:00", "c-2", "text two"],
             ["77", "2025-01-03 10:00", "5.5E+09", "text three"],
             ["78", "2025-01-03 10:00", "c-4", "text four"]]  # fmt: skip
    report, rows = added(store, write("a.csv", HEADER, cells))
    assert report.quarantined == 3 and list(rows) == ["78"]
    reasons = set(store.arrow("quarantine").column("reason").to_pylist())
    assert reasons == {"a number that a spreadsheet has shortened"}


def test_a_mails_markup_and_what_it_quotes_are_left_out(store: Store, write: Write) -> None:
    cells = [["1", "2025-01-01 10:00", "c-1", "<p>My parcel is late</p>"],
             ["2", "2025-01-02 10:00", "c-1", "<p>We look</p><blockquote>My parcel is late"
              "</blockquote>"]]  # fmt: skip
    _, rows = added(store, write("a.csv", HEADER, cells))
    assert [rows[n]["text"] for n in "12"] == ["My parcel is late", "We look"]


@pytest.mark.parametrize("rating", ["85%", "★★★★☆", "4/5", "37"])
def test_a_rating_that_is_not_taken_is_said(store: Store, write: Write, rating: str) -> None:
    header = ["Review ID", "Date", "Rating", "Review"]
    report, rows = added(store, write("a.csv", header, [["1", "2025-01-01", rating, "good"]]))
    assert rows["1"]["rating"] is None
    assert any("'Rating'" in note and "not taken" in note for note in report.notes)


def test_what_customers_said_is_found_under_any_name(store: Store, write: Write) -> None:
    header = ["Case no", "Raised on", "Mail address", "Via", "Ship to", "What they said"]
    place = "Flat 3, 12 Wharf Road, Leeds LS1 4AB"
    cells = [[f"T{n}", f"2025-01-{n:02}", f"a{n}@x.example", "email", place,
              f"Where is my parcel, you promised it for day {n}"] for n in range(1, 9)]  # fmt: skip
    report, _ = added(store, write("a.csv", header, cells))
    assert any("'What they said' is taken" in note for note in report.notes)
    assert all("my parcel" in text for text in store.arrow("contacts").column("text").to_pylist())
    [found] = preview(store, write("a.csv", header, cells))
    assert "customers are told by 'Mail address' (email)" in found.notes[-1]
    [none] = preview(store, write("b.csv", header[:-1], [row[:-1] for row in cells]))
    assert any("no column is taken for what customers said" in note for note in none.notes)


FEW = ("Id,Requester,Requester email,Subject,Status,Via,Created at,Solved at,Satisfaction Score\r\n"
       "9201,Bo,bo@x.example,late,Solved,Phone,2025-02-03 14:05:00,,Bad\r\n")  # fmt: skip
SURVEY = (
    "Respondent ID;Collector ID;Start Date;End Date;First Name;"
    "¿Qué probabilidad hay de que recomiende Acme a un amigo?;¿Por qué?\r\n"
    ";;;;;;Open-Ended Response\r\n"
    "118;45;13/09/2025 08:01:10;13/09/2025 08:04:40;Íñigo;2;Nadie contestó\r\n"
    "119;45;04/09/2025 08:01:10;04/09/2025 08:04:40;;9;\r\n"
)
FRAPPE = (
    '{"data": [{"name": 10101, "subject": "Iron", "raised_by": "u@x.example", "status": "Closed",'
    ' "description": "<p>It drips</p>", "opening_date": "2025-02-03", "opening_time": "14:05:00",'
    ' "first_response_time": 3600.0, "feedback_rating": 0.8, "via_customer_portal": 0,'
    ' "agent_group": "A", "agreement_status": "Fulfilled"}]}'
)
BARE = ('{"id": 9302, "subject": "x", "description": "y", "status": "solved", "requester_id": 78, '
        '"via": {"channel": "voice"}, "tags": ["a"], "created_at": "2025-02-04T14:05:00Z", '
        '"satisfaction_rating": {"score": "bad", "comment": "zu langsam"}}\r\n')  # fmt: skip


def test_known_products_are_read_with_columns_left_out_and_in_other_lands(
    store: Store, tmp_path: Path
) -> None:
    files = {"few.csv": FEW.encode(), "survey.csv": SURVEY.encode("cp1252"),
             "frappe.json": FRAPPE.encode(), "bare.jsonl": BARE.encode()}  # fmt: skip
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    reports = add(store, [tmp_path / name for name in files])
    assert [r.recipe.split("_")[0] for r in reports] == [
        "zendesk", "surveymonkey", "frappe", "zendesk",
    ]  # fmt: skip
    assert [(r.read, r.new, r.quarantined) for r in reports] == [
        (1, 1, 0), (2, 2, 0), (1, 1, 0), (1, 1, 0),
    ]  # fmt: skip
    contacts = store.arrow("contacts").to_pylist()
    survey = {row["contact_id"]: row for row in contacts if row["source"] == "surveymonkey"}
    # The whole column says day first, whatever the product is known for; no answer is left out.
    assert [survey[n]["at"].month for n in sorted(survey)] == [9, 9]
    assert [(survey[n]["rating"], survey[n]["rating_scale"]) for n in sorted(survey)] == [
        (2.0, "nps"), (9.0, "nps"),
    ]  # fmt: skip
    assert any("'¿Por qué?'" in note for note in reports[1].notes)
    assert {"It drips", "zu langsam", "y"} <= {row["text"] for row in contacts}


@pytest.mark.parametrize("first", (1, 2, 5))
def test_a_workbook_tells_its_own_row_numbers_wherever_its_table_begins(
    store: Store, tmp_path: Path, first: int
) -> None:
    good = ("T-1", "2025-02-03 14:05", "K-7", "where is my parcel")
    bad = ("T-2", "2025-02-31 09:00", "K-8", "the day is wrong")
    # A gap of a row, as where one was deleted.
    placed = {first: tuple(HEADER), first + 1: good, first + 3: bad}
    rows = "".join(row_xml(number, cells) for number, cells in placed.items())
    path = tmp_path / "tickets.xlsx"
    path.write_bytes(workbook(SHEET.format(dtd="", dim="", rows=rows)))
    report, found = added(store, path)
    assert (report.new, report.quarantined) == (1, 1)
    assert list(found) == ["T-1"]
    [aside] = store.arrow("quarantine").to_pylist()
    assert aside["line"] == first + 3
