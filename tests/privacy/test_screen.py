"""The first look at a batch stops no text in which something would be found."""

from __future__ import annotations

import random
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodwill.records.privacy import Screen, find_keys, redact
from privacy import planted

_PIECES = (
    "Ana", "at", " at ", "[at]", "(dot) com", "gmail", "@", "%40", "#", "order", "ordıne", "pin",
    "PIN:", "12", "345", "+34 ", "2 Main Street", "SW1A 1AA", "zip", "born", "ſt", "www.", "://",
    "x.io", "Str.", "weg ", "user name", "jane_92", "٣٤٥", "K", " ", ", ", "\n", "password: a1b2",
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


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(st.lists(st.sampled_from(_PIECES), max_size=7).map("".join), max_size=12))
def test_any_mixture_is_found_in_a_batch_as_alone(texts: list[str]) -> None:
    assert together(texts) == one_by_one(texts)


@pytest.mark.data
def test_real_texts_are_found_in_a_batch_as_alone(data_folder: Path) -> None:
    table = pq.read_table(data_folder / "support_texts" / "support_texts.parquet")
    texts = random.Random(8).sample(table.column("text").to_pylist(), 1500)
    assert together(texts) == one_by_one(texts)
    assert 0.02 < Screen(texts).structured.mean() < 0.5


def test_a_text_with_a_lone_surrogate_is_looked_at_like_any_other() -> None:
    texts = ["call +34 612 345 678 \ud800", *("nothing",) * 300]
    assert redact(texts)[0][0] == "call [phone] \ud800"
