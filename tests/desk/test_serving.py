"""The desk as it is really served: its own process, a real Book, and a refresh beneath it."""

from __future__ import annotations

import csv
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import pytest

import goodwill

SERVE = """
import sys
from pathlib import Path
from goodwill import desk
folder = Path(sys.argv[1])
password = desk.ensure_user(folder, "ada")
desk.serve(folder, port=0, ready=lambda address: print(address, password, flush=True))
"""
SAID = (
    "My parcel has not arrived and the tracking page does not move",
    "I want my refund, the money is still not back on my account",
    "The cup arrived broken and the box was crushed",
)


def letters(path: Path, first: int, count: int) -> Path:
    """Write a file of letters from a help desk that nobody knows."""
    start = datetime(2025, 1, 1, 9, tzinfo=UTC)
    with path.open("w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out)
        rows.writerow(["message_id", "created_at", "channel", "customer_id", "direction", "text"])
        for n in range(first, first + count):
            at = start + timedelta(hours=7 * n)
            text = f"{SAID[n % 3]}, and that is letter {n}"
            rows.writerow([n, at.isoformat(), "email", f"C-{10000 + n % 40}", "in", text])
    return path


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[goodwill.Book, str, str]]:
    """A Book with 120 letters, the address of its desk, and Ada's password."""
    folder = tmp_path_factory.mktemp("real")
    keys = {**os.environ, "XDG_CONFIG_HOME": str(folder / "config")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", keys["XDG_CONFIG_HOME"])
        book = goodwill.create(folder / "book", name="Small Letters")
        book.add(letters(folder / "first.csv", 0, 120))
        book.refresh()
        with subprocess.Popen(
            [sys.executable, "-c", SERVE, str(book.folder)],
            env=keys,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdout is not None
            address, password = process.stdout.readline().split()
            yield book, address, password
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 0


class Visitor:
    """A browser without scripts: it keeps cookies and sends forms."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.open = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(CookieJar())
        ).open

    def get(self, path: str) -> str:
        with self.open(self.address + path, timeout=60) as answer:
            return str(answer.read().decode())

    def sign_in(self, password: str) -> str:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get("sign-in/"))
        assert token is not None
        form = {"csrfmiddlewaretoken": token[1], "username": "ada", "password": password}
        data = urlencode(form).encode()
        with self.open(self.address + "sign-in/", data, timeout=60) as answer:
            return str(answer.read().decode())


def test_a_refresh_shows_at_the_next_request_and_nothing_is_started_again(
    real: tuple[goodwill.Book, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    book, address, password = real
    visitor = Visitor(address)
    assert "<h1>Today" in visitor.sign_in(password)
    assert "<b>120</b> read" in visitor.get("")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(book.folder.parent / "config"))
    book.add(letters(book.folder.parent / "second.csv", 120, 30))
    assert "<b>120</b> read" in visitor.get("")
    book.refresh()
    assert "<b>150</b> read" in visitor.get("")


def test_every_link_of_the_pages_leads_somewhere(real: tuple[goodwill.Book, str, str]) -> None:
    _, address, password = real
    visitor = Visitor(address)
    visitor.sign_in(password)
    seen, todo = set(), [""]
    while todo and len(seen) < 120:
        path = todo.pop(0)
        seen.add(path)
        for link in re.findall(r'href="/([^"#]*)"', visitor.get(path)):
            link = link.replace("&amp;", "&")
            if link not in seen and link not in todo and not link.startswith("static/"):
                todo.append(link)
    kinds = {path.split("/")[0] for path in seen}
    assert kinds >= {"", "problems", "customers", "records"}


@pytest.mark.parametrize(
    "path",
    ["records/messages/?theme_id=abc", "records/messages/?at%3E=never",
     "records/messages/?public=maybe"],
)  # fmt: skip
def test_a_value_that_does_not_fit_is_refused(
    real: tuple[goodwill.Book, str, str], path: str
) -> None:
    _, address, password = real
    visitor = Visitor(address)
    visitor.sign_in(password)
    with pytest.raises(urllib.error.HTTPError) as caught:
        visitor.get(path)
    assert caught.value.code == 400


def test_a_taken_port_is_told(real: tuple[goodwill.Book, str, str]) -> None:
    book, address, _ = real
    port = address.rstrip("/").rsplit(":", 1)[1]
    code = (
        "import sys; from goodwill import desk; from goodwill.errors import GoodwillError\n"
        "try: desk.serve(sys.argv[1], port=int(sys.argv[2]))\n"
        "except GoodwillError as error: sys.exit(str(error))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(book.folder), port],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert f"cannot listen on 127.0.0.1 port {port}" in done.stderr
    assert "Hint: Choose another port" in done.stderr
