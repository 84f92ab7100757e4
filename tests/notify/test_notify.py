"""What rises is told once, by real servers, again only when it grows, and through every crash."""

from __future__ import annotations

import hashlib
import hmac
import json
import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from goodwill.errors import BookLocked, SettingsError
from goodwill.figures import Figure
from goodwill.notify import _channels, digest, notify, try_channels
from goodwill.notify._outbox import FIRST_WAIT, MOST_TRIES, Outbox
from goodwill.report import Alert, AlertsPage, Done, Fix
from goodwill.settings import Settings, check

Controller = pytest.importorskip(
    "aiosmtpd.controller", reason="no SMTP server: aiosmtpd is not installed"
).Controller
DAY = date(2026, 6, 1)
SECRET = "a secret of the webhook"
_channels_post = _channels._post


def alert(key: str, *, contacts: int = 80, raised: date = DAY, sure: bool = True) -> Alert:
    figures = {
        "contacts": Figure(contacts, "contacts", "contacts", people=contacts - 9, events=contacts),
        "times_expected": Figure(2.64, "times", "times_expected", low=2.0, high=3.1),
    }
    return Alert(
        key, f"Problem {key}", "rise", "theme", {}, 1, DAY - timedelta(9), raised, figures, (), (),
        sure,
    )  # fmt: skip


def page(*alerts: Alert) -> AlertsPage:
    return AlertsPage(alerts, (), "At most 2 a month are expected.", 30, 600, "")


class Servers:
    """A mail server and a web server of this machine, and what they were sent."""

    def __init__(self) -> None:
        self.mails: list[Any] = []
        self.posts: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        servers = self

        class Hook(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                servers.posts.append((dict(self.headers), body))
                self.send_response(servers.answers.pop(0) if servers.answers else 204)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                """Be quiet."""

        self.web = HTTPServer(("127.0.0.1", 0), Hook)
        threading.Thread(target=self.web.serve_forever, daemon=True).start()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.mail_port = probe.getsockname()[1]
        self.smtp = Controller(self, hostname="127.0.0.1", port=self.mail_port)
        self.smtp.start()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"

    def stop(self) -> None:
        self.smtp.stop()
        self.web.shutdown()
        self.web.server_close()


@pytest.fixture(scope="module")
def both() -> Iterator[Servers]:
    made = Servers()
    yield made
    made.stop()


@pytest.fixture
def servers(both: Servers, monkeypatch: pytest.MonkeyPatch) -> Servers:
    for kept in (both.mails, both.posts, both.answers):
        kept.clear()
    monkeypatch.setenv("GOODWILL_WEBHOOK_SECRET", SECRET)
    return both


@pytest.fixture
def settings(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("GOODWILL_SMTP_URL", f"smtp://127.0.0.1:{servers.mail_port}")
    return Settings(
        "b", "Harbour & Pine", notify_mail_to=("ada@example.org", "bob@example.org"),
        webhook_url=f"http://127.0.0.1:{servers.web.server_port}/hook?a=b",
    )  # fmt: skip


def hook(settings: Settings) -> Settings:
    return replace(settings, notify_mail_to=())


def test_a_rise_is_told_once_and_again_only_when_it_grows(
    servers: Servers, settings: Settings, tmp_path: Path
) -> None:
    done = notify(tmp_path, settings, page(alert("a"), alert("b")))
    assert (done.queued, done.sent, done.waiting, done.errors) == (2, 2, 0, ())
    (mail,) = servers.mails
    assert mail["Subject"] == "[Harbour & Pine] Problem a and 1 more"
    assert mail["To"] == "ada@example.org, bob@example.org"
    text = mail.get_content()
    assert "Problem b: since 2026-05-23, 80 contacts of 71 people, 2.6 times the expected" in text
    assert "At most 2 a month" in text
    ((headers, body),) = servers.posts
    told = json.loads(body)
    assert [item["key"] for item in told["items"]] == ["a", "b"]
    signed = hmac.new(
        SECRET.encode(), headers["Goodwill-Timestamp"].encode() + b"." + body, hashlib.sha256
    )
    assert headers["Goodwill-Signature"] == f"sha256={signed.hexdigest()}"
    assert abs(int(headers["Goodwill-Timestamp"]) - time.time()) < 60
    assert headers["Goodwill-Delivery"] == told["id"] == mail["Message-ID"][1:].split("@")[0]

    again = notify(tmp_path, settings, page(alert("b"), alert("a")))
    assert (again.queued, again.sent) == (0, 0)
    grown = notify(tmp_path, settings, page(alert("a", raised=DAY + timedelta(3)), alert("b")))
    assert (grown.queued, grown.sent) == (2, 2)
    assert "Problem a: has grown since" in servers.mails[1].get_content()
    assert "Problem b" not in servers.mails[1].get_content()


def test_returns_come_first_then_what_is_sure_and_few_contacts_are_told_to_nobody() -> None:
    back = Fix(
        "f", "fix", "New depot", ((1, "late parcel"),), DAY, None, {}, "worked", "returned", "", "",
        {}, DAY, DAY + timedelta(40), None, "", (), "", (Done(DAY, "declared", "ada"),), (),
    )  # fmt: skip
    steady = replace(back, event_id="g", state="worked", returned_on=None)
    seen = page(alert("x", sure=False), alert("y"), alert("few", contacts=9))
    found = digest("Acme", seen, [steady, back], {}, least=10)
    assert [item.key for item in found.items] == ["fix:f", "y", "x"]
    assert "late parcel: the problem was fixed, and has returned" in found.text
    rich = replace(
        alert("r"), phrases=("app crashes",), parts=(alert("by chat"),),
        figures=alert("r").figures
        | {"value_touched": Figure(1234500, "minor:EUR", "lifetime_value_of_people", people=71)},
    )  # fmt: skip
    words = digest("ACME", page(rich), [], {}, least=10).items[0].words()
    for part in (
        "since 2026-05-23, 80 contacts of 71 people, 2.6 times the expected",
        "most of it: Problem by chat", "worth 12,345 EUR", "new words: “app crashes”",
    ):  # fmt: skip
        assert part in words
    assert found.text.count("(less sure)") == 1
    assert digest("Acme", page(), [back], {"fix:f": DAY + timedelta(40)}, least=10).items == ()


def test_a_server_that_refuses_is_tried_again_later_with_the_same_id(
    servers: Servers, settings: Settings, tmp_path: Path
) -> None:
    servers.answers[:] = [503, 302]
    first = notify(tmp_path, hook(settings), page(alert("a")), clock=1000.0)
    assert (first.sent, first.waiting) == (0, 1)
    assert first.errors == ("webhook: the webhook answered 503",)
    soon = notify(tmp_path, hook(settings), page(alert("a")), clock=1000.0 + FIRST_WAIT - 1)
    assert (soon.queued, len(servers.posts)) == (0, 1)
    at = 1000.0 + FIRST_WAIT
    moved = notify(tmp_path, hook(settings), page(alert("a")), clock=at)
    assert moved.errors == ("webhook: the webhook answered 302",)
    assert notify(tmp_path, hook(settings), None, clock=at + 4 * FIRST_WAIT - 1).sent == 0
    assert notify(tmp_path, hook(settings), None, clock=at + 4 * FIRST_WAIT).sent == 1
    ids = {headers["Goodwill-Delivery"] for headers, _ in servers.posts}
    assert (len(servers.posts), len(ids)) == (3, 1)


def test_what_nobody_takes_is_given_up_in_the_end_and_said(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.setenv("GOODWILL_SMTP_URL", f"smtp://127.0.0.1:{port}")
    closed = replace(settings, webhook_url="")
    clock = 0.0
    for number in range(MOST_TRIES):
        done = notify(tmp_path, closed, page(alert("a")), clock=clock)
        assert done.errors == ("mail: the mail server: ConnectionRefusedError",)
        assert done.waiting == (1 if number < MOST_TRIES - 1 else 0)
        clock += 7 * 3600
    last = notify(tmp_path, closed, page(alert("a")), clock=clock, now=True)
    assert (last.errors, last.given_up) == ((), 1)


@pytest.mark.parametrize("moment", ["before it is sent", "after it was taken"])
def test_killed_while_sending_nothing_is_lost_and_nothing_is_queued_twice(
    servers: Servers, settings: Settings, tmp_path: Path, moment: str
) -> None:
    def post(chosen: Settings, id: str, body: str) -> None:
        if moment == "after it was taken":
            _channels_post(chosen, id, body)
        os.kill(os.getpid(), signal.SIGKILL)

    def run() -> None:
        _channels._post = post
        notify(tmp_path, hook(settings), page(alert("a")))

    killed = multiprocessing.get_context("fork").Process(target=run)
    killed.start()
    killed.join()
    assert killed.exitcode == -signal.SIGKILL
    done = notify(tmp_path, hook(settings), page(alert("a")))
    assert (done.queued, done.sent, done.waiting) == (0, 1, 0)
    # A message that was cut off after the server's yes comes again, under the same id.
    assert len({headers["Goodwill-Delivery"] for headers, _ in servers.posts}) == 1
    assert notify(tmp_path, hook(settings), page(alert("a")), now=True).sent == 0


def test_two_processes_never_send_at_once(settings: Settings, tmp_path: Path) -> None:
    outbox = Outbox(tmp_path)
    with outbox.lock(), pytest.raises(BookLocked):
        notify(tmp_path, settings, page(alert("a")))
    outbox.close()


def test_a_test_goes_by_each_channel_and_past_the_outbox(
    servers: Servers, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    servers.answers[:] = [404]
    found = try_channels(settings)
    assert found == {"mail": "", "webhook": "the webhook answered 404"}
    assert "Nothing rises" in servers.mails[0].get_content()
    assert list(tmp_path.iterdir()) == []
    # A password goes out over TLS alone, which this server does not speak.
    where = f"smtp://ada:a%20word@127.0.0.1:{servers.mail_port}"
    monkeypatch.setenv("GOODWILL_SMTP_URL", where)
    assert try_channels(settings)["mail"] == "the mail server: SMTPNotSupportedError"


def test_secrets_are_read_from_the_environment_or_a_file_and_never_kept(
    servers: Servers, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GOODWILL_WEBHOOK_SECRET")
    monkeypatch.setenv("GOODWILL_WEBHOOK_SECRET_FILE", str(tmp_path / "secret"))
    with pytest.raises(SettingsError, match="cannot be read"):
        notify(tmp_path, hook(settings), page(alert("a")))
    (tmp_path / "secret").write_text(SECRET + "\n")
    assert notify(tmp_path, hook(settings), page(alert("a"))).sent == 1
    headers, body = servers.posts[0]
    signed = hmac.new(
        SECRET.encode(), headers["Goodwill-Timestamp"].encode() + b"." + body, hashlib.sha256
    )
    assert headers["Goodwill-Signature"].endswith(signed.hexdigest())
    kept = b"".join(path.read_bytes() for path in (tmp_path / "outbox").iterdir())
    assert SECRET.encode() not in kept


@pytest.mark.parametrize(
    ("name", "value"),
    [("webhook_url", "ftp://x"), ("webhook_url", "https://user:word@example.org/"),
     ("notify_mail_to", ["ada"]), ("notify_mail_to", ["a@b.c\n"]),
     ("notify_least_contacts", -1)],
)  # fmt: skip
def test_settings_that_cannot_be_used_are_named(name: str, value: Any) -> None:
    with pytest.raises(SettingsError, match=name):
        check({"book_id": "b", "name": "n", name: value}, where="goodwill.toml")
