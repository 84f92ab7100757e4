"""The Import page: upload, look, correct, take, mend, refresh; what is accounted for and shown."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from importing import at_once, desk_over, job_of, send, tickets
from reader import said

import goodwill
from goodwill.desk.imports import jobs, uploading, views
from goodwill.desk.imports.names import safe_name
from goodwill.errors import FileRefused


@pytest.fixture
def real(client: Client, tmp_path: Path) -> Iterator[goodwill.Book]:
    """An empty Book that the desk serves, and whose jobs are worked on at once."""
    with pytest.MonkeyPatch.context() as patch, desk_over(tmp_path, patch) as book:
        at_once(patch, book)
        yield book


@pytest.fixture
def ada(client: Client, user: Any, real: goodwill.Book) -> Client:
    """Ada's browser; she may import."""
    return client


def taken(ada: Client, *files: tuple[str, bytes]) -> Any:
    """Upload and take files, without a refresh."""
    job = job_of(send(ada, *files))
    every = [str(f["n"]) for f in job["files"]]
    return ada.post(f"/import/{job['id']}/take/", {"take": every}, follow=True)


def test_it_works_from_upload_to_the_accounting(ada: Client, real: goodwill.Book) -> None:
    seen = send(ada, ("tickets.csv", tickets(0, 40)))
    text = said(seen)
    assert "Is this right?" in text and "Description" in text and "day/month/year" in text
    assert real.table("contacts").num_rows == 0
    done = ada.post(f"/import/{job_of(seen)['id']}/take/", {"take": "1"}, follow=True)
    assert "40 read = 40 new + 0 updated + 0 duplicate + 0 quarantined" in said(done)
    assert real.table("contacts").num_rows == 40
    again = taken(ada, ("tickets.csv", tickets(0, 41)))
    assert "41 read = 1 new + 0 updated + 40 duplicate" in said(again)
    history = said(ada.get("/import/"))
    assert history.count("tickets.csv") == 2 and "Rows came in" not in history


def test_nothing_readable_is_shown_or_written_in_a_job(ada: Client, real: goodwill.Book) -> None:
    name = "Maria Lopez maria.lopez@example.com.csv"
    seen = send(ada, (name, tickets(0, 9, {3: "31/02/2025 maria.lopez@example.com"})))
    folder = real.folder / "uploads" / job_of(seen)["id"]
    held = [p for p in folder.rglob("*") if p.is_file() and p.suffix == ".json"]
    assert len(held) == 2
    pages = [seen, ada.get(f"/import/{folder.name}/1/mapping/")]
    done = ada.post(f"/import/{folder.name}/take/", {"take": "1"}, follow=True)
    pages += [done, ada.get("/import/"), ada.get("/import/quarantine/"),
              ada.get("/import/quarantine.csv")]  # fmt: skip
    held += list(folder.rglob("*.json"))
    texts = [p.content.decode() for p in pages] + [p.read_text() for p in held if p.exists()]
    for secret in ("Lopez", "maria", "600 123", "@example"):
        assert [text for text in texts if secret in text] == [], secret


def test_the_folder_is_private_and_holds_no_name_of_the_client(
    ada: Client, real: goodwill.Book
) -> None:
    seen = send(ada, ("../../evil\\..\\=cmd|x.csv", tickets(0, 5)))
    folder = real.folder / "uploads"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / job_of(seen)["id"]).stat().st_mode) == 0o700
    files = [p for p in folder.rglob("*") if p.is_file()]
    assert {stat.S_IMODE(p.stat().st_mode) for p in files} == {0o600}
    assert job_of(seen)["files"][0]["label"] == "cmd-x.csv"
    assert {p.name for p in real.folder.parent.iterdir()} == {"book", "config"}


@pytest.mark.parametrize(
    ("given", "label"),
    [
        ("tickets week_12.csv", "tickets-week-12.csv"),
        ("export 2026-11-22.CSV.GZ", "export-2026-11-22.csv.gz"),
        ("Maria Lopez.csv", "name.csv"),
        ("<script>alert(1)</script>.csv", "script.csv"),
        ("..", "file"),
        ("maria.lopez@example.com", "email.com"),
        ("of maria.lopez@example.com.zip", "of-email.zip"),
        (".env", "file.env"),
        ("a\x00b\u202ecsv.exe", "a-b-csv.exe"),
        ("x" * 300, "x" * 60),
        ("Klagen Öl 価格.csv", "Klagen-Öl-価格.csv"),
    ],
)
def test_a_name_is_made_safe(given: str, label: str) -> None:
    assert safe_name(given) == label


def test_what_was_taken_is_deleted_and_what_was_not_taken_too(
    ada: Client, real: goodwill.Book
) -> None:
    seen = send(ada, ("a.csv", tickets(0, 5)), ("b.csv", tickets(5, 5)))
    ada.post(f"/import/{job_of(seen)['id']}/take/", {"take": "2"})
    left = {p.name for p in (real.folder / "uploads" / job_of(seen)["id"]).iterdir()}
    assert left <= {"job.json", "change", "worker"}
    assert real.table("contacts").num_rows == 5
    thrown = job_of(send(ada, ("c.csv", tickets(9, 5))))["id"]
    ada.post(f"/import/{thrown}/throw-away/")
    assert not (real.folder / "uploads" / thrown).exists()


def test_an_upload_that_nobody_takes_is_deleted_after_some_days(
    ada: Client, real: goodwill.Book
) -> None:
    old = real.folder / "uploads" / job_of(send(ada, ("a.csv", tickets(0, 5))))["id"]
    fresh = real.folder / "uploads" / job_of(send(ada, ("b.csv", tickets(0, 5))))["id"]
    with jobs.changing(old) as job:
        job["at"] = "2020-01-01T00:00:00+00:00"
    assert ada.get("/import/").status_code == 200
    assert not old.exists() and fresh.exists()


def test_two_files_of_one_name_are_both_kept(ada: Client, real: goodwill.Book) -> None:
    seen = taken(ada, ("t.csv", tickets(0, 5)), ("T.csv", tickets(5, 5)))
    assert [r["file"] for r in job_of(seen)["reports"]] == ["t.csv", "T-2.csv"]
    assert real.table("contacts").num_rows == 10


def test_a_file_that_is_no_table_says_why_and_what_next(ada: Client, real: goodwill.Book) -> None:
    seen = send(ada, ("tickets.csv", b"%PDF-1.7 nothing here"))
    assert "Refused: tickets.csv: it is a PDF Export it as CSV or JSON lines." in said(seen)
    assert job_of(seen)["state"] == "refused"
    assert list((real.folder / "uploads" / job_of(seen)["id"]).glob("1/*")) == []


def test_a_file_that_is_not_recognised_is_read_as_somebody_says(
    ada: Client, real: goodwill.Book
) -> None:
    content = b"k1,k2,k3\n7,3.4.2025 10:00,the lamp is broken\n8,4.4.2025 11:00,where is it\n"
    seen = send(ada, ("odd.csv", content))
    assert "Say which column is which" in said(seen)
    address = f"/import/{job_of(seen)['id']}/1/mapping/"
    assert "k2 (9.9.9999 99:99)" in said(ada.get(address))
    form = {"source": "shop", "contacts.at": "c1", "contacts.at.zone": "Europe/Madrid",
            "contacts.text": "c2", "contacts.contact_id": "c0",
            "contacts.channel.value": "phone"}  # fmt: skip
    wrong = ada.post(address, form | {"contacts.at.zone": "Mars", "contacts.channel.value": "pipe"})
    assert wrong.status_code == 400
    assert "'Mars' is no time zone" in said(wrong) and "one of email, chat" in said(wrong)
    seen = ada.post(address, form, follow=True)
    assert "Read as you said, source shop" in said(seen)
    ada.post(f"/import/{job_of(seen)['id']}/take/", {"take": "1"})
    rows = real.table("contacts").to_pylist()
    assert {(r["contact_id"], r["channel"], r["source"]) for r in rows} == {
        ("7", "phone", "shop"), ("8", "phone", "shop"),
    }  # fmt: skip
    assert rows[0]["at"].hour == 8
    saved = next((real.folder / "mappings").glob("*.toml"))
    assert saved.name == "odd.toml"
    kept = send(ada, ("next-week.csv", content.replace(b"7,", b"9,")))
    assert "files with these columns are read by odd.toml" in said(kept)


def test_a_correction_is_taken_back(ada: Client, real: goodwill.Book) -> None:
    job = job_of(send(ada, ("t.csv", tickets(0, 9))))["id"]
    address = f"/import/{job}/1/mapping/"
    form = {"contacts.at": "c1", "contacts.text": "c3", "contacts.text.value": ""}
    seen = ada.post(address, form, follow=True)
    mapping = job_of(seen)["files"][0]["looks"][0]["preview"]["mapping"]
    assert {line["field"] for line in mapping} == {"at", "text"}
    seen = ada.post(address, {"reset": "1"}, follow=True)
    assert len(job_of(seen)["files"][0]["looks"][0]["preview"]["mapping"]) > 2


@pytest.mark.parametrize("chosen", ["c9", "c-1", "rule:keep", "read_csv('/etc/passwd')", "c²"])
def test_a_form_brings_no_column_and_no_rule_that_is_not_there(
    ada: Client, real: goodwill.Book, chosen: str
) -> None:
    job = job_of(send(ada, ("t.csv", tickets(0, 9))))["id"]
    sent = {"contacts.at": chosen, "contacts.text": "c3"}
    assert ada.post(f"/import/{job}/1/mapping/", sent).status_code == 400
    assert not (real.folder / "uploads" / job / "1" / "mapping.toml").exists()


def test_a_row_is_mended_by_its_right_value_and_the_rest_stays(
    ada: Client, real: goodwill.Book
) -> None:
    bad = {3: "31/02/2025 10:00", 5: "30/02/2025 10:00", 6: ""}
    done = taken(ada, ("t.csv", tickets(0, 50, bad)))
    assert "47 new" in said(done) and "3 quarantined" in said(done)
    assert "3 rows could not be taken" in said(ada.get("/import/quarantine/"))
    rows = {row["line"]: row["quarantine_id"] for row in real.waiting().rows}
    assert sorted(rows) == [5, 7, 8]
    form = {}
    for line, value in ((5, "03/02/2025 10:00"), (7, "99/99/2025"), (8, "")):
        form |= {f"column.{rows[line]}": "Opened", f"value.{rows[line]}": value}
    done = ada.post("/import/quarantine/again/", form, follow=True)
    assert "2 read = 1 new" in said(done)
    assert real.table("contacts").num_rows == 48
    assert sorted(real.quarantine().column("line").to_pylist()) == [7, 8]
    assert list((real.folder / "uploads").rglob("cells.sealed")) == []
    page = said(ada.get(f"/import/quarantine/{rows[8]}/"))
    assert "t.csv, line 8" in page and "this one" in page and "X-99999" in page
    form = {"row": rows[8], "name": ["Ticket ID", "Opened"], "cell.1": "04/02/2025 11:30"}
    done = ada.post("/import/quarantine/again/", form, follow=True)
    assert "1 read = 1 new" in said(done)
    gone = ada.get(f"/import/quarantine/{rows[8]}/")
    assert gone.status_code == 404


def test_rows_are_mended_by_a_corrected_mapping_which_is_kept(
    ada: Client, real: goodwill.Book
) -> None:
    # The first rows speak for day first, so that the American ones cannot be.
    content = b"id,created at,text\n1,28/03/2025,hello there\n2,30/03/2025,the lamp is broken\n"
    content += b"3,03/31/2025,where is my parcel\n"
    done = taken(ada, ("t.csv", content))
    import_id = job_of(done)["reports"][0]["import_id"]
    assert "2 new" in said(done) and "1 quarantined" in said(done)
    address = f"/import/quarantine/mapping/?import={import_id}&file=t.csv"
    assert "created at (99/99/9999)" in said(ada.get(address))
    form = {"contacts.at": "c1", "contacts.at.order": "mdy", "contacts.text": "c2",
            "contacts.contact_id": "c0"}  # fmt: skip
    done = ada.post(address, form, follow=True)
    assert "1 read = 1 new" in said(done)
    assert real.quarantine().num_rows == 0
    assert "mdy" in "".join(p.read_text() for p in (real.folder / "mappings").glob("*.toml"))


def test_a_download_holds_no_formula(ada: Client, real: goodwill.Book) -> None:
    content = b'id,created at,text\n1,2025-03-03,hello\n2,=1+cmd|x,hi\n3,"@a ""b"", c",ho\n'
    taken(ada, ("t.csv", content))
    answer = ada.get("/import/quarantine.csv")
    assert answer.headers["Content-Type"].startswith("text/csv")
    text = answer.content.decode()
    assert "'=9+xxx|x" in text and "'@x" in text
    assert not [c for line in text.splitlines() for c in line.split(",") if c[:1] in "=+-@" and c]


def test_the_refresh_makes_the_pages_new(ada: Client, real: goodwill.Book) -> None:
    first = said(ada.get("/"))
    assert "Nothing was refreshed in this Book yet." in first and "Import files here" in first
    job = job_of(send(ada, ("t.csv", tickets(0, 60))))["id"]
    done = ada.post(f"/import/{job}/take/", {"take": "1", "refresh": "on"}, follow=True)
    assert "The pages are new: 60 contacts" in said(done)
    assert "60 read" in said(ada.get("/"))
    taken(ada, ("more.csv", tickets(60, 5)))
    assert "Rows came in since the pages were made" in said(ada.get("/import/"))
    done = ada.post("/import/refresh/", follow=True)
    assert "The pages are new: 65 contacts" in said(done)
    assert "The pages are up to date" in said(ada.get("/import/"))


def test_an_upload_that_is_too_large_is_refused_and_nothing_of_it_kept(
    ada: Client, real: goodwill.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploading.IntoBook, "chunk_size", 1024)
    monkeypatch.setattr("goodwill.desk.reading._open", lambda: real.configure(upload_megabytes=1))
    answer = send(ada, ("a.csv", tickets(0, 10)), ("big.csv", b"x" * 1_200_000))
    assert answer.status_code == 413
    assert "more than 1 MB, which is the limit" in said(answer)
    assert list((real.folder / "uploads").iterdir()) == []


def test_too_many_files_and_too_many_uploads_are_refused(
    ada: Client, real: goodwill.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = send(ada, *((f"{n}.csv", b"x") for n in range(21)))
    assert answer.status_code == 413 and "at most 20 files" in said(answer)
    monkeypatch.setattr(views, "UPLOADS_AN_HOUR", 1)
    assert send(ada, ("a.csv", b"x")).status_code == 200
    assert send(ada, ("a.csv", b"x")).status_code == 429
    assert len(jobs.every(real.folder)) == 1


def test_a_form_without_file_or_token_leaves_nothing(
    ada: Client, real: goodwill.Book, user: Any
) -> None:
    assert ada.post("/import/upload/", {"source": "x"}).status_code == 400
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert send(strict, ("a.csv", tickets(0, 5))).status_code == 403
    damaged = ada.generic("POST", "/import/upload/", b"--x\r\nnonsense", "multipart/form-data")
    assert damaged.status_code == 400
    assert list(jobs.uploads(real.folder).iterdir()) == []


def test_only_those_with_the_right_may_import(
    client: Client, user: Any, real: goodwill.Book
) -> None:
    user.role = "frontline"
    user.save()
    answer = send(client, ("a.csv", tickets(0, 5)))
    assert answer.status_code == 403 and "not for frontlines" in said(answer)
    assert b"/import/" not in client.get("/look-here/").content
    assert not (real.folder / "uploads").exists()


@pytest.mark.parametrize(
    "job_id", ["20260101T000000-0123456789ab", "..", "20260101T000000-0123456789ab%2F..", "x"]
)
def test_a_job_that_is_not_there_is_not_found(
    ada: Client, real: goodwill.Book, job_id: str
) -> None:
    assert ada.get(f"/import/{job_id}/").status_code in (404, 302)
    assert ada.post(f"/import/{job_id}/throw-away/").status_code == 404
    assert (real.folder / "goodwill.toml").exists()


def test_a_fault_of_our_own_shows_its_kind_and_no_value(
    ada: Client, real: goodwill.Book, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    def broken(*args: Any, **more: Any) -> Any:
        raise ZeroDivisionError("maria.lopez@example.com")

    monkeypatch.setattr(goodwill.Book, "look", broken)
    seen = send(ada, ("a.csv", tickets(0, 5)))
    assert "a fault of its own here (ZeroDivisionError)" in said(seen)
    log = capfd.readouterr().err
    assert "ZeroDivisionError" in log and "test_import.py" in log and "maria" not in log


def test_a_refusal_while_adding_is_told_with_what_came_in_before(
    ada: Client, real: goodwill.Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = goodwill.Book.add

    def some(self: goodwill.Book, path: Path, **more: Any) -> Any:
        if Path(path).name == "b.csv":
            raise FileRefused("b.csv: it is damaged.", hint="Export it again.")
        return whole(self, path, **more)

    monkeypatch.setattr(goodwill.Book, "add", some)
    seen = taken(ada, ("a.csv", tickets(0, 5)), ("b.csv", tickets(5, 5)))
    assert "5 read = 5 new" in said(seen)
    assert "b.csv: b.csv: it is damaged. Export it again." in said(seen)
