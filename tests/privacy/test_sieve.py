"""The second look at a batch takes no text from a finder that would find something in it."""

from __future__ import annotations

import random
import re

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from goodwill.records.privacy import Screen, _sieve, find_keys, redact
from goodwill.records.privacy._flags import EVERYTHING
from goodwill.records.privacy._relaxed import relaxed
from privacy import planted

_FORMED = (
    "call ", "my number is ", "CPF ", "passport no. ", "sort code account ", "order ", "[name] ",
    "612 345 678", "+34 612 345 678", "7053824", "00 44 20 7946 0958", "123.456.789-09",
    "X1234567L", "GB82 WEST 1234 5698 7654 32", "4111 1111 1111 1111", "10.0.0.7", "1:2::3",
    "born on 3/4/1990", "username: jane_92", "ig h", "PIN 12x4", "2 Main Street", "Rua Nova 12",
    "Große Straße 5", "zip 12345", "SW1A 1AA", "https://x.io/?email=a", "www.fb.com/jane",
    "\u00a0", " ", ", ", "é", "\u0663\u0664\u0665", "wa.me/34612345678", " at ", "@jo", "v1.2.3.4",
    " is my cell", "(021) 555-0199", "10%", "\n",
)  # fmt: skip
_HANDLED = (
    "@jo", "@jo_ann", "@jo's", "@_jo", "@jo1", "Hi", "hi ", "Dear ", "Maria", "maria ", "Souza",
    " ", ", ", "-", " - ", "xo", "\n", "*", " at ", " AT ", "12", "345", ".", ": ", "thanks ",
    "is ", "this ", "name ", "J.", "https://t.co/x1", "]", "I am ", "from ", "team ", "e\u0301",
)  # fmt: skip


def mixtures(pieces: tuple[str, ...], many: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return ["".join(chance.choices(pieces, k=chance.randint(1, 8))) for _ in range(many)]


def alone(texts: list[str]) -> list[object]:
    # A batch this small is not screened.
    return [(redact([text])[0], find_keys([text])[0]) for text in texts]


def together(texts: list[str]) -> list[object]:
    return list(zip(redact(texts), find_keys(texts), strict=True))


@pytest.mark.parametrize(("pieces", "seed"), [(_FORMED, 1), (_HANDLED, 2)])
def test_mixtures_are_found_in_a_batch_as_alone(
    pieces: tuple[str, ...], seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_sieve, "_WORTH_FROM", 1)
    texts = mixtures(pieces, 700, seed)
    assert together(texts) == alone(texts)


def test_a_sieve_leaves_out_numbers_that_are_nobodys() -> None:
    texts = [
        f"Call us: order {n} came broken, version 8.4.{n}" for n in range(1_000_000, 1_000_200)
    ]
    bits = Screen(texts).bits
    assert all(
        sieved < plain for sieved, plain in zip(bits, Screen(texts, sieved=False).bits, strict=True)
    )
    assert EVERYTHING not in bits


def test_handles_of_texts_that_hold_nothing_else_are_found_at_once() -> None:
    texts = [f"@jo why is it late {'@al' * (n % 2)}" for n in range(200)]
    screen = Screen(texts)
    assert len(screen.bits) == len(screen.handles) == 200
    assert redact(texts)[1][0] == "[handle] why is it late [handle]"
    assert redact(texts, keep=lambda kind, value: value == "@jo")[0][0] == texts[0]


_PATTERNS = (
    re.compile(r"\b(?:born|geb\.)\s(?P<d>\d{1,2}(?!\d))[^\W\d_]+(?<=x)$", re.IGNORECASE),
    re.compile(r"[^\s@]+?@[\w.-]{2,}\W[^\Sx]"),
    re.compile(r"(\d)x\1|é{2}[^a-c\d]"),
)


def test_a_relaxed_pattern_matches_wherever_the_pattern_does() -> None:
    pieces = (
        "born",
        "BORN",
        " ",
        "\u00a0",
        "1",
        "12",
        "é",
        "x",
        "ßx",
        "@",
        "a.b",
        "-",
        "1x1",
        "d",
        "\n",
    )
    texts = [*mixtures(pieces, 2500, 3), "born 1éx", "a@b.c-\u00a0", "éé-"]
    texts += [text for _, text, _ in planted.named_texts()][:200]
    for pattern in _PATTERNS:
        matches = pc.match_substring_regex(pa.array(texts), relaxed(pattern)).to_pylist()
        assert {bool(pattern.search(text)) for text in texts} == {False, True}
        assert all(
            found for text, found in zip(texts, matches, strict=True) if pattern.search(text)
        )
        assert not all(matches)
