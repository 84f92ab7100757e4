"""Phrases that come up, and copies told from voices."""

from __future__ import annotations

import csv
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodwill.errors import InputError
from goodwill.watch import emerging

SENTENCE = (
    "my order came late again and the box was open why does nobody answer i want money back "
    "please tell me when it will be here this is the second time thanks for nothing really"
)
WORDS = SENTENCE.split()


def chatter(messages=600, days=6, seed=0):
    rng = np.random.default_rng(seed)
    texts = [" ".join(rng.choice(WORDS, rng.integers(6, 14))) for _ in range(messages)]
    at = [datetime(2024, 3, 1) + timedelta(days=int(d)) for d in rng.integers(0, days, messages)]
    return texts, at


def tweets(folder):
    with (folder / "airline_tweets" / "Tweets.csv").open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [row["text"] for row in rows], [row["tweet_created"] for row in rows]


def test_a_phrase_planted_on_one_day_is_found_on_that_day_alone():
    texts, at = chatter()
    rng = np.random.default_rng(1)
    for i in range(14):
        texts.append(f"{rng.choice(WORDS)} gift card code {rng.choice(WORDS)} {rng.choice(WORDS)}")
        at.append(datetime(2024, 3, 5, i))
    found = emerging(texts, at).to_pylist()
    assert {row["day"] for row in found} == {date(2024, 3, 5)}
    lead = [row for row in found if not row["said_by"]]
    assert [row["phrase"] for row in lead] == ["gift card code"]
    assert lead[0]["count"] == 14
    assert lead[0]["expected"] == 0.0
    assert lead[0]["copied"] is False
    assert {"gift", "card", "code", "gift card", "card code"} <= {row["phrase"] for row in found}


def test_chatter_without_news_yields_nothing():
    assert sum(len(emerging(*chatter(seed=seed))) for seed in range(8)) == 0


def test_a_template_sent_many_times_is_counted_apart():
    texts, at = chatter()
    for i in range(20):
        texts.append(
            f"Dear customer {i} your parcel {1000 + i} has been delayed by heavy storms today"
        )
        at.append(datetime(2024, 3, 4, i))
    found = emerging(texts, at).to_pylist()
    assert found
    assert all(row["copied"] for row in found)
    assert {row["day"] for row in found} == {date(2024, 3, 4)}


def test_the_words_around_a_retweet_are_the_writer_s_own():
    texts, at = chatter()
    for i in range(12):
        texts.append(f"{WORDS[i]} shame RT @shop: brand new colours in store")
        at.append(datetime(2024, 3, 4, i))
    found = {row["phrase"]: row["copied"] for row in emerging(texts, at).to_pylist()}
    assert found["shame"] is False
    assert found["brand new colours"] is True


@pytest.mark.data
def test_the_airlines_days_of_february_2015_show_their_phrases(data_folder):
    texts, at = tweets(data_folder)
    found = {(r["phrase"], r["day"].day): r for r in emerging(texts, at).to_pylist()}
    assert not found["cancelled flightled", 21]["copied"]
    assert found["cancelled flightled", 21]["said_by"] == "cancelled" or (
        not found["cancelled flightled", 21]["said_by"]
    )
    assert not found["on hold", 21]["copied"]
    assert not found["dfw", 22]["copied"]
    assert found["fleet's on fleek", 23]["copied"]
    assert ("fleek", 22) not in found


@pytest.mark.data
def test_shuffled_dates_show_nothing(data_folder):
    texts, at = tweets(data_folder)
    rng = np.random.default_rng(5)
    any_found = [len(emerging(texts, [at[i] for i in rng.permutation(len(at))])) > 0
                 for _ in range(5)]  # fmt: skip
    # With one false discovery in fifty runs, two in five come once in 260.
    assert sum(any_found) <= 1


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_the_order_of_the_texts_does_not_matter(seed):
    texts, at = chatter(120, 4, seed)
    texts += ["free upgrade offer"] * 3 + [f"free upgrade {w}" for w in WORDS[:12]]
    at += [datetime(2024, 3, 4)] * 15
    order = np.random.default_rng(seed).permutation(len(texts))
    mixed = emerging([texts[i] for i in order], [at[i] for i in order])
    assert mixed.equals(emerging(texts, at))


def test_texts_and_times_come_in_any_usual_container():
    texts, at = chatter()
    texts += [f"{w} voucher broken" for w in WORDS[:15]]
    at += [datetime(2024, 3, 4)] * 15
    expected = emerging(texts, at)
    assert len(expected)
    assert emerging(pa.array(texts), pa.array(at)).equals(expected)
    assert emerging(np.array(texts, object), [str(t) for t in at]).equals(expected)


def test_a_time_with_a_zone_counts_on_the_day_of_its_zone():
    texts, at = chatter()
    texts += [f"{w} voucher broken" for w in WORDS[:15]]
    at += [datetime(2024, 3, 4, 23)] * 15
    west = pa.array(at).cast(pa.timestamp("us")).cast(pa.timestamp("us", "UTC"))
    late = pc.add(west, timedelta(hours=8))
    shifted = late.cast(pa.timestamp("us", "America/Los_Angeles"))
    assert emerging(texts, shifted).equals(emerging(texts, at))


def test_no_texts_and_one_day_yield_an_empty_table_with_the_columns():
    columns = ["phrase", "day", "count", "expected", "e_value", "copied", "said_by"]
    assert emerging([], []).column_names == columns
    assert len(emerging(["all new words here now"] * 9, ["2024-01-01"] * 9)) == 0


@pytest.mark.parametrize(
    "texts, at, says",
    [
        (["a", "b"], ["2024-01-01"], "2 texts and 1 times"),
        (["a", 3], ["2024-01-01"] * 2, "int at position 1"),
        ("a text", ["2024-01-01"], "str"),
        (["a"], ["noon"], "at cannot be read"),
    ],
)
def test_bad_input_is_refused(texts, at, says):
    with pytest.raises(InputError, match=says):
        emerging(texts, at)
