"""Names from a language model: off by default, asked with redacted texts, taken when they fit."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from copy import deepcopy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from company import make_messages

from goodwill.errors import SettingsError
from goodwill.language import Themes
from goodwill.language._discover import themes_of
from goodwill.language._naming import Namer, NoAnswer, namer, rename
from goodwill.language._sample import sample_of


class Model(ThreadingHTTPServer):
    """A server that answers as a language model does, and keeps what it was asked."""

    answers: list[str | int]
    asked: list[tuple[dict[str, Any], str | None]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1/chat/completions"


class _Answering(BaseHTTPRequestHandler):
    server: Model

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((body, self.headers["Authorization"]))
        answers = self.server.answers
        answer = answers[(len(self.server.asked) - 1) % len(answers)]
        said = {"choices": [{"message": {"content": answer}}]}
        self.send_response(answer if isinstance(answer, int) else 200)
        self.end_headers()
        self.wfile.write(b"{" if answer == "broken" else json.dumps(said).encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def model() -> Iterator[Model]:
    server = Model(("127.0.0.1", 0), _Answering)
    server.answers, server.asked = ["delivery overdue"], []
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def made() -> tuple[Themes, Any]:
    sample = sample_of([text for text, _ in make_messages(200)])
    return themes_of(sample), sample


@pytest.fixture
def themes(made: tuple[Themes, Any]) -> tuple[Themes, Any]:
    return deepcopy(made[0]), made[1]


def test_it_works(model: Model, themes: tuple[Themes, Any]) -> None:
    found, sample = themes
    before = list(found.labels)
    model.answers = [
        '"Delivery overdue."',
        "delivery overdue",
        "I am sorry, I cannot do that now",
    ]
    assert rename(found, sample, 0, Namer(model.url, "small", "k3y")) == 1
    assert found.labels[0] == "delivery overdue" and found.labels[1:] == before[1:]
    assert found.terms[0][:2] == ["delivery overdue", before[0]]
    body, key = model.asked[0]
    assert len(model.asked) == len(found) and key == "Bearer k3y"
    assert body["model"] == "small" and body["temperature"] == 0
    assert before[0] in body["messages"][1]["content"]


def test_only_redacted_text_leaves(model: Model) -> None:
    said = "Hello, I am Judith Carter, judith@example.org, card 4111 1111 1111 1111, lost parcel"
    Namer(model.url, "small").name(["parcel"], [said])
    sent = json.dumps(model.asked[0][0])
    assert "lost parcel" in sent
    assert not any(part in sent for part in ("Judith", "Carter", "example.org", "4111"))


def test_known_themes_are_not_asked_for(model: Model, themes: tuple[Themes, Any]) -> None:
    found, sample = themes
    assert rename(found, sample, len(found), Namer(model.url, "small")) == 0
    assert not model.asked


@pytest.mark.parametrize("answer", ["", "call 4111111111111111", "a b c d e f g h", "x" * 60])
def test_an_answer_that_is_no_name_is_not_taken(model: Model, answer: str) -> None:
    model.answers = [answer]
    assert Namer(model.url, "small").name(["parcel"], ["lost parcel"]) is None


@pytest.mark.parametrize("answer", [500, 302, "broken"])
def test_no_answer_leaves_the_names(
    model: Model, themes: tuple[Themes, Any], answer: str | int
) -> None:
    found, sample = themes
    before = list(found.labels)
    model.answers = [answer]
    assert rename(found, sample, 0, Namer(model.url, "small")) == 0
    assert found.labels == before and len(model.asked) == min(3, len(found))
    with pytest.raises(NoAnswer):
        Namer("http://127.0.0.1:9/v1", "small").name(["parcel"], [])


def test_it_is_off_unless_it_is_configured(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    assert namer("", "small") is None
    file = tmp_path / "key"
    monkeypatch.setenv("GOODWILL_NAMING_KEY_FILE", str(file))
    with pytest.raises(SettingsError, match="GOODWILL_NAMING_KEY_FILE"):
        namer("http://127.0.0.1:9/v1", "small")
    file.write_text("k3y\n")
    found = namer("http://127.0.0.1:9/v1", "small")
    assert found is not None and found.key == "k3y"
