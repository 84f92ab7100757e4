"""The first look at a batch stops no text in which something would be found."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodwill.records.privacy import Screen, _screen, find_keys, redact
from privacy import planted

_PIECES = (
    "Ana", "at", " at ", "[at]", "(dot) com", "gmail", "@", "%40", "#", "order", "ord\u0131ne",
    "pin", "PIN:", "12", "345", "+34 ", "2 Main Street", "SW1A 1AA", "zip", "born", "\u017ft",
    "www.", "://", "x.io", "Str.", "weg ", "user name", "jane_92", "٣٤٥", "\u212a", " ", ", ",
    "\n", "password: a1b2",
)  # fmt: skip
_NUMBERED = (
    "7053824", "call ", "my number is ", "hotel ", "no: ", " is my cell", "X", "-k", ".", "NO",
    "12", "1:2::3", "[email]", " order ", "ticket", "#", "+", "00", "01", "é", "personal id",
    "\u2019", " ", "3702", " at ", "@al", "l, calle ", "AB 12", "sent to ", "envía al ", "PPS no ",
    ". ", "! ", "?\n", "12345", "65,50 euros", "Customer: ", "phone number", "LW4H3YK4Z6",
)  # fmt: skip
_NAMED = (
    "Maria", "maria", "de", "Souza", "souza", "May", "Will", "WILL", "JO", "J.", "Ng", "smith",
    "hi", "regards", "to", "from", "my name is", "sent from", ":", " - ", "-", "~", "\n", " ",
    ". ", "'s", "\u2019s", "xo", "x", "O'Neil", "e\u0301va", "@jo", "Miller Street", "agent",
    "it", "Marco", "promised", "Petal", "I am", "call", "[name]",
)  # fmt: skip


def planted_texts() -> list[str]:
    texts = [t for made in (planted.phone_texts, planted.mail_texts, planted.number_texts)
             for t, _ in made()]  # fmt: skip
    return texts + [text for _, text, _ in planted.named_texts()]


def one_by_one(texts: list[str]) -> list[object]:
    # A batch this small is not screened.
    return [(redact([text])[0], find_keys([text])[0]) for text in texts]


def together(texts: list[str]) -> list[object]:
    filled = [*texts, *("nothing here",) * 200]
    found = zip(redact(filled), find_keys(filled), strict=True)
    return list(found)[: len(texts)]


def test_planted_data_is_found_in_a_batch_as_alone() -> None:
    chance = random.Random(4)
    texts = planted_texts()
    texts += [text[: chance.randint(4, 40)] for text in texts[::3]]
    assert together(texts) == one_by_one(texts)


TOLD = [
    "Bestellung 12345. 030 1234567",
    "Order 12345. 415 371 7157",
    "Quiero mi reembolso de 65,50 euros. 91 734 87 02",
    "What phone number can I use to reach you about this late order?\nCustomer: 655209117",
    "On which phone may we reach you today, please?\nOrder: 655209117",
    "pedido, escríbeme al 655209117",
    "pedido, dudas: 655209117",
    "Bestellung, Rückfragen: 655209117",
    "order, questions: 655209117",
    "pedido, llega al 655209117",
    "ist LW4H3YK4Z6",
]


@pytest.mark.parametrize("text", TOLD)
def test_a_number_behind_words_of_another_is_found_in_a_batch_too(text: str) -> None:
    alone = redact([text])[0]
    assert alone != [text]
    assert redact([text, *("nothing here",) * 250])[0][0] == alone[0]


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.lists(st.sampled_from(_PIECES), max_size=7).map("".join), max_size=12))
def test_any_mixture_is_found_in_a_batch_as_alone(texts: list[str]) -> None:
    assert together(texts) == one_by_one(texts)


@settings(max_examples=80, deadline=None)
@given(texts=st.lists(st.lists(st.sampled_from(_NUMBERED), max_size=7).map("".join), max_size=12))
def test_any_numbers_are_found_in_a_batch_as_alone(texts: list[str]) -> None:
    assert together(texts) == one_by_one(texts)


@settings(max_examples=120, deadline=None)
@given(texts=st.lists(st.lists(st.sampled_from(_NAMED), max_size=9).map("".join), max_size=12))
def test_any_names_are_found_in_a_batch_as_alone(texts: list[str]) -> None:
    assert together(texts) == one_by_one(texts)


@pytest.mark.data
def test_real_texts_are_found_in_a_batch_as_alone(data_folder: Path) -> None:
    table = pq.read_table(data_folder / "support_texts" / "support_texts.parquet")
    texts = random.Random(8).sample(table.column("text").to_pylist(), 1500)
    texts += tweets(data_folder)[:1500]
    assert together(texts) == one_by_one(texts)
    dear = sum(bits != 0 for bits in Screen(texts).bits)
    assert 0.1 < dear / len(texts) < 0.9


def tweets(data_folder: Path) -> list[str]:
    with (data_folder / "airline_tweets" / "Tweets.csv").open(encoding="utf-8") as file:
        return [row["text"] for row in csv.DictReader(file)]


def test_handles_of_the_company_are_no_reason_to_look() -> None:
    texts = ["@acme where is it?", "@acme and @jo where is it?", *("nothing here",) * 200]
    assert [bits != 0 for bits in Screen(texts, frozenset({"acme"})).bits[:2]] == [False, True]
    assert redact(texts, keep_handles={"acme"})[1][0] == "@acme and [handle] where is it?"


def test_a_text_with_a_lone_surrogate_is_looked_at_like_any_other() -> None:
    texts = ["call +34 612 345 678 \ud800", *("nothing",) * 300]
    assert redact(texts)[0][0] == "call [phone] \ud800"


def test_long_texts_are_looked_at_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = planted_texts()[::5]
    whole = [redact(texts), find_keys(texts)]
    monkeypatch.setattr(_screen, "_MOST", 2_000)
    monkeypatch.setattr(_screen, "_LONGEST", 30)
    assert [redact(texts), find_keys(texts)] == whole
    assert len({bits == _screen.EVERYTHING for bits in Screen(texts).bits}) == 2
