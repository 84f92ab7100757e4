"""Mails: who is the company, what belongs together, what no person wrote, what is damaged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from goodwill.records import ImportReport, Store, add

START = "From x@x.example Mon Mar  3 10:00:00 2025\n"


def mail(number: int, sender: str, to: str, body: str = "where is my parcel", **more: str) -> str:
    heads = {
        "Message-ID": f"<{number}@mail.example>",
        "Date": f"Mon, 3 Mar 2025 10:{number:02}:00 +0100",
        "From": sender,
        "To": to,
        "Subject": "late",
    } | {name.replace("_", "-"): value for name, value in more.items()}
    return START + "".join(f"{k}: {v}\n" for k, v in heads.items() if v) + f"\n{body}\n\n"


def taken(store: Store, folder: Path, *mails: str) -> tuple[ImportReport, list[dict[str, Any]]]:
    path = folder / "box.mbox"
    path.write_text("".join(mails), encoding="utf-8")
    [report] = add(store, [path])
    assert report.read == report.new + report.updated + report.duplicate + report.quarantined
    return report, sorted(store.arrow("contacts").to_pylist(), key=lambda row: row["at"])


def test_the_company_is_told_from_its_customers(store: Store, tmp_path: Path) -> None:
    report, rows = taken(
        store, tmp_path,
        mail(1, "Ann <ann@home.example>", "help@acme.example"),
        mail(2, "Ivo <ivo@acme.example>", "ann@home.example", In_Reply_To="<1@mail.example>"),
        mail(3, "bob@gmail.com", "sales@acme.example"),
        mail(4, "ivo@acme.example", "eva@acme.example"),
    )  # fmt: skip
    assert [row["direction"] for row in rows] == ["in", "out", "in", "internal"]
    assert rows[0]["thread_id"] == rows[1]["thread_id"] != rows[2]["thread_id"]
    assert rows[0]["customer_ref"] == rows[1]["customer_ref"] != rows[2]["customer_ref"]
    assert any("company's addresses" in note for note in report.notes)


def test_a_mapping_may_say_which_addresses_are_the_companys(store: Store, tmp_path: Path) -> None:
    path, mapping = tmp_path / "one.eml", tmp_path / "m.toml"
    path.write_text(mail(1, "help@acme.example", "shop@other.example")[len(START) :])
    mapping.write_text(
        '[layout]\nown = ["other.example"]\n'
        '[contacts]\ncontact_id = "Message-ID"\nat = "Date"\ntext = "Body"\n'
        'direction = "Direction"\n'
    )
    add(store, [path], mapping=mapping)
    [row] = store.arrow("contacts").to_pylist()
    assert row["direction"] == "in"


def test_an_answer_without_references_joins_by_subject_and_customer(
    store: Store, tmp_path: Path
) -> None:
    _, rows = taken(
        store, tmp_path,
        mail(1, "ann@home.example", "help@acme.example"),
        mail(2, "help@acme.example", "ann@home.example", Subject="AW: Re: late"),
        mail(3, "bob@home.example", "help@acme.example", Subject="Re: late"),
    )  # fmt: skip
    threads = [row["thread_id"] for row in rows]
    assert threads[0] == threads[1] != threads[2]


def test_what_no_person_wrote_is_the_systems(store: Store, tmp_path: Path) -> None:
    _, rows = taken(
        store, tmp_path,
        mail(1, "ann@home.example", "help@acme.example"),
        mail(2, "ann@home.example", "help@acme.example", Auto_Submitted="auto-replied"),
        mail(3, "help@acme.example", "ann@home.example", X_Autoreply="yes"),
        mail(4, "ann@home.example", "help@acme.example", Subject="Out of office: late"),
    )  # fmt: skip
    assert [row["author_role"] for row in rows] == ["customer", "system", "system", "system"]
    assert [row["direction"] for row in rows] == ["in", "internal", "out", "internal"]


def test_a_mail_without_a_possible_date_waits_in_quarantine(store: Store, tmp_path: Path) -> None:
    report, rows = taken(
        store, tmp_path,
        mail(1, "ann@home.example", "help@acme.example"),
        mail(2, "ann@home.example", "help@acme.example", Date="Mon, 99 Foo 2025 10:00:00"),
        mail(3, "ann@home.example", "help@acme.example", Date=""),
    )  # fmt: skip
    assert (report.read, report.new, report.quarantined) == (3, 1, 2)
    assert len(rows) == 1


def test_the_same_mail_in_two_folders_counts_once(store: Store, tmp_path: Path) -> None:
    one = mail(1, "ann@home.example", "help@acme.example")
    report, rows = taken(store, tmp_path, one, one)
    assert (report.read, report.new, report.duplicate, len(rows)) == (2, 1, 1, 1)


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_the_plain_part_is_taken_and_attachments_are_left_out(
    store: Store, tmp_path: Path, ends: str
) -> None:
    body = ends.join([
        "--b", "Content-Type: text/html", "", "<p>in html</p>",
        "--b", "Content-Type: text/plain; charset=iso-8859-1",
        "Content-Transfer-Encoding: quoted-printable", "", "it is caf=E9 brown",
        "--b", "Content-Disposition: attachment; filename=secret.txt", "", "attached words",
        "--b--",
    ])  # fmt: skip
    whole = mail(1, "a@home.example", "help@acme.example", "", MIME_Version="1.0",
                 Content_Type='multipart/mixed; boundary="b"')  # fmt: skip
    path = tmp_path / "a.eml"
    text = whole[len(START) :].rstrip("\n").replace("\n", ends)
    path.write_bytes((text + ends * 2 + body).encode())
    add(store, [path])
    [row] = store.arrow("contacts").to_pylist()
    assert row["text"] == "it is café brown"
