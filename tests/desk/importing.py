"""What the tests of the Import page share: files, a desk over a real Book, a worker at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import goodwill
from goodwill.desk.imports import jobs, worker

if TYPE_CHECKING:
    from django.test import Client

SAID = (
    "My parcel has not arrived and the tracking page does not move",
    "I want my refund, the money is still not back on my account",
    "The cup arrived broken, write to maria.lopez@example.com or call +34 600 123 456",
)
HEADER = ("Ticket ID", "Opened", "Requester ID", "Description")


def tickets(first: int, count: int, bad: dict[int, str] | None = None) -> bytes:
    """Return a CSV of tickets; ``bad`` gives other dates by ticket."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(HEADER)
    for n in range(first, first + count):
        at = datetime(2025, 1, 14, 9) + timedelta(hours=7 * n)
        opened = (bad or {}).get(n, f"{at:%d/%m/%Y %H:%M}")
        rows.writerow([n, opened, f"C-{10000 + n % 30}", f"{SAID[n % 3]}, letter {n}"])
    return out.getvalue().encode()


@contextmanager
def desk_over(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[goodwill.Book]:
    """Let the desk of this process serve a real Book of its own."""
    from django.conf import settings

    # Kept for the worker's process too: the key lies outside the Book.
    patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
    book = goodwill.create(folder / "book", name="Harbour & Pine")
    patch.setattr(settings, "BOOK_FOLDER", book.folder)
    patch.setattr("goodwill.desk.reading._open", lambda: book)
    yield book


def at_once(patch: pytest.MonkeyPatch, book: goodwill.Book) -> None:
    """Work on jobs in this process, as soon as they are started."""

    def start(_: Path, folder: Path) -> bool:
        worker.work(book, folder)
        return True

    patch.setattr(jobs, "start", start)


def send(client: Client, *files: tuple[str, bytes], **more: str) -> Any:
    """Upload files as a browser does, whatever they are called; follow the redirect."""
    edge = b"--a-line-that-no-file-holds"
    parts = [
        b'%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
        % (edge, name.encode(), value.encode())
        for name, value in more.items()
    ]
    for name, content in files:
        escaped = name.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
        parts.append(
            b'%s\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n'
            b"Content-Type: text/csv\r\n\r\n%s\r\n"
            % (edge, escaped.encode("utf-8", "surrogateescape"), content)
        )
    body = b"".join([*parts, edge, b"--\r\n"])
    kind = f"multipart/form-data; boundary={edge[2:].decode()}"
    return client.post("/import/upload/", body, content_type=kind, follow=True)


def job_of(response: Any) -> dict[str, Any]:
    """Return the job that a page shows."""
    from goodwill.desk.imports.state import folder, shown

    job_id = response.request["PATH_INFO"].split("/")[2]
    return shown(jobs.read(jobs.folder_of(folder(), job_id)))
