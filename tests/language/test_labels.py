"""Labels: short phrases from the messages' own words, without handles, numbers or greetings."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import numpy as np
import pytest

from goodwill.language import discover
from goodwill.language._labels import brand_words, name_groups
from goodwill.language._matter import matter_of
from goodwill.language._meanings import Meanings
from goodwill.language._phrases import Phrases
from goodwill.language._stopwords import LIGHT, SMALL
from goodwill.language._wording import BETWEEN, PARTICLES, stem
from goodwill.language._words import plain, words


def named(*groups: list[str], **options: frozenset[str]) -> list[str]:
    texts = [text for group in groups for text in group]
    of = np.repeat(np.arange(len(groups), dtype=np.int32), [len(group) for group in groups])
    return name_groups(texts, of, np.ones(len(texts), np.float32), len(groups), **options).labels


LATE = ["My card has not arrived", "the card hasn't arrived yet!", "card still not arrived?"] * 3
PENDING = ["my refund is pending", "Refund still pending", "the refund, pending for days"] * 3
OTHERS = ["wrong shoes", "nice weather", "invoice please", "where do I log in"] * 3


def test_it_works() -> None:
    assert named(LATE, PENDING, OTHERS)[:2] == ["card not arrived", "refund pending"]


TOP_UP = ["my top up has failed", "why did the top up fail?", "top up failed again, help"] * 3
CHARGED = ["charged by the shop on Monday twice", "you charged me twice", "charged twice!"] * 3


def test_a_word_is_named_with_the_particle_that_makes_it_one() -> None:
    assert named(TOP_UP, LATE, OTHERS)[0] == "top up failed"
    assert "log in" in named(["I cannot log in", "log in fails", "not able to log in"] * 3, LATE)[0]


def test_a_label_says_more_than_one_word_where_texts_do() -> None:
    assert named(CHARGED, LATE, OTHERS)[0] == "charged twice"
    apart = ["the bill that came is wrong", "is this bill, I ask you, wrong", "bill wrong?"] * 3
    assert named(apart, LATE, OTHERS)[0] == "bill wrong"


def test_siblings_have_different_labels() -> None:
    labels = named(LATE, LATE, LATE, OTHERS)
    assert len({frozenset(label.split()) for label in labels}) == 4


def test_siblings_do_not_differ_by_one_word_more() -> None:
    longer = ["gold card has not arrived", "my gold card hasn't arrived, the gold one"] * 5
    first, second = named(LATE, longer, OTHERS)[:2]
    assert first == "card not arrived"
    assert second.startswith("gold") and second != "gold card not arrived"


WITHDRAW = ["I want to withdraw money", "withdraw money please", "where can one withdraw money"]
FEES = ["any overdraft fees?", "overdraft fees again", "those overdraft fees!"]


def test_a_theme_of_two_matters_is_named_by_both() -> None:
    label = named((WITHDRAW + FEES) * 3, LATE, PENDING, OTHERS)[0]
    assert set(label.split(" / ")) == {"withdraw money", "overdraft fees"}
    mostly = named(WITHDRAW * 6 + FEES, LATE, PENDING, OTHERS)[0]
    assert mostly == "withdraw money"
    spent = ["spend less money", "how much I spend"] * 4 + ["spent money", "what was spent"] * 4
    assert "/" not in named(spent, LATE, PENDING, OTHERS)[0]


def test_one_matter_in_two_wordings_is_named_once() -> None:
    again = ["late delivery again", "again a late delivery", "delivery late again"] * 3
    post = ["a late post delivery", "post delivery late", "late is the post delivery"] * 3
    assert "/" not in named(again + post, LATE, PENDING, OTHERS)[0]


def test_two_matters_are_named_where_small_words_of_the_first_stand_in_all_texts() -> None:
    phone = ["update my phone number", "phone number: update it", "new phone number to update"]
    pins = ["change the pin", "change pin, my number is lost", "number lost, change pin"]
    label = named((phone + pins) * 3, LATE, PENDING, OTHERS)[0]
    assert "pin" in label and "phone" in label


def test_two_matters_may_share_a_word() -> None:
    opened = ["open a checking account", "I would open a checking account", "open checking account"]
    saved = ["what is a savings account", "savings account?", "have you a savings account"]
    label = named((opened + saved) * 3, LATE, PENDING, OTHERS)[0]
    assert set(label.split(BETWEEN)) == {"open checking account", "savings account"}


CONFIRM = ["confirm my order", "I confirm the order", "please confirm this order"]
COMPLETE = ["complete my order", "complete the order now", "to complete this order"]


def test_alternatives_are_one_phrase() -> None:
    label = named((CONFIRM + COMPLETE) * 3, LATE, PENDING, OTHERS)[0]
    assert label in ("confirm/complete order", "complete/confirm order")
    assert named(CONFIRM * 6 + COMPLETE[:1], LATE, PENDING, OTHERS)[0] == "confirm order"


def test_a_theme_is_known_by_each_of_two_alternatives() -> None:
    texts = (CONFIRM + COMPLETE) * 3 + LATE
    groups = np.array([0] * 18 + [1] * len(LATE), np.int32)
    naming = name_groups(texts, groups, np.ones(len(texts), np.float32), 2)
    assert set(naming.terms[0][:2]) == {"confirm order", "complete order"}
    assert not any("/" in term for terms in naming.terms for term in terms)


def test_words_of_other_uses_are_no_alternatives() -> None:
    booked = ["cancel my order", "please cancel the order", "I cancel this order"]
    large = ["a large order", "it is a large order", "large order here"]
    label = named((booked + large) * 3, LATE, PENDING, OTHERS)[0]
    assert "cancel/large" not in label and "large/cancel" not in label


def test_what_is_wrong_is_named_beside_a_label_that_says_nothing_of_it() -> None:
    paid = [
        "my payment by card was then declined",
        "a payment by card that the shop said was declined",
        "paid by card, declined I think",
        "payment by card",
    ]
    assert named(paid * 3, LATE, PENDING, OTHERS * 3)[0] == "payment by card / declined"


def test_no_phrase_goes_over_a_denial_that_is_left_out() -> None:
    texts = ["the sofa was not painted correctly", "my sofa had not landed correctly", "a sofa"] * 6
    others = ["the cake was not painted", "they had not landed"] * 6
    found, weights = words(texts + others), np.ones(len(texts + others))
    groups = np.repeat(np.arange(2, dtype=np.int32), [len(texts), len(others)])
    said = Phrases(found, groups, weights, 2).candidates(Meanings(found, groups, weights, 2))[0]
    assert said and "sofa correctly" not in {each.phrase for each in said}


def test_questions_of_amounts_are_kept() -> None:
    asked = ["how long does a transfer take", "how long will my transfer take?", "how long"] * 3
    assert named(asked, LATE, PENDING, OTHERS)[0] == "how long transfer take"


def test_what_texts_mostly_deny_is_no_phrase_of_theirs() -> None:
    texts = ["why won't my chip work", "my chip failed", "chip failed", "won't the chip work"] * 3
    found, weights = words(texts + OTHERS), np.ones(len(texts + OTHERS))
    groups = np.repeat(np.arange(2, dtype=np.int32), [len(texts), len(OTHERS)])
    meanings = Meanings(found, groups, weights, 2)
    said = Phrases(found, groups, weights, 2).candidates(meanings)[0]
    names = {each.phrase for each in said}
    assert "chip failed" in names and "chip work" not in names


def test_the_phrase_that_is_nearer_to_what_the_texts_mean_is_the_name() -> None:
    beds = ["the mattress was hard", "I slept badly", "no sleep here", "my pillow hurts"]
    both = [f"{text}, {said}" for text in beds for said in ("lumpy bed", "brown cow")]
    assert named(both, LATE, PENDING, OTHERS)[0].split(BETWEEN)[0] == "lumpy bed"


def test_a_companion_takes_no_label_of_a_theme_of_its_own() -> None:
    dedicated = ["overdraft fees wrong", "overdraft fees?", "your overdraft fees"] * 3
    labels = named((WITHDRAW + FEES) * 3, dedicated, LATE * 6, PENDING * 6, OTHERS * 6)
    assert labels[:2] == ["withdraw money", "overdraft fees"]


def test_what_stands_second_in_a_label_may_name_a_new_theme() -> None:
    known = frozenset({"withdraw money / overdraft fees"})
    assert named(FEES * 3, LATE, taken=known)[0] == "overdraft fees"
    assert "withdraw money" not in named(WITHDRAW * 3, LATE, taken=known)[0]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["I want to change my pin", "change the pin please", "can I change pin?"], "change pin"),
        (["I need a new card", "order a new card please", "is my new card here?"], "new card"),
        (["set up automatic payments", "set up my automatic payments please",
          "automatic payments: how do I set up those?"], "set up automatic payments"),
        (["the app doesn't open", "my app does not open", "app doesn't open any more"],
         "app doesn't open"),
        (["still sitting on the plane", "we sit on this plane", "sitting on a plane for hours"],
         "sitting on plane"),
        (["speak to a human", "let me speak to a human please", "speak to human"],
         "speak to human"),
        (["it is not working", "still not working", "this isn't working"], "not working"),
        (["quiero cancelar mi pedido", "cancelar el pedido", "cancelar pedido por favor"],
         "cancelar pedido"),
        (["recebi antes do prazo", "produto recebi antes do prazo", "recebi muito antes do prazo"],
         "recebi antes do prazo"),
    ],
)  # fmt: skip
def test_labels_say_what_is_asked_or_wrong_in_whole_phrases(
    texts: list[str], expected: str
) -> None:
    assert named(texts * 3, LATE, PENDING, OTHERS)[0] == expected


def test_a_narrow_label_gives_way_to_the_noun_of_nearly_all_texts() -> None:
    names = "Ann Ben Cora Dan Eve Finn Gus Hal Ida Jon Kim Leo Mia Nat Ole Pia Quin Rob Sue Tim Uma"
    texts = [f"{name} on the location" for name in [*names.split(), "Vic", "Wes", "Yan", "Zoe"]]
    for said, expected in (("convenient", "location"), ("wrong", "wrong location")):
        few = [f"{said} location", f"a {said} location", f"{said} location!"]
        assert named(texts + few, [*LATE, *["location"] * 3], PENDING)[0] == expected


def test_no_label_goes_over_the_end_of_a_clause() -> None:
    texts = ["The tent is torn. Money back", "Torn tent! Money back, now", "My tent, torn: money"]
    matter = matter_of(texts * 4 + OTHERS)
    of = np.repeat(np.arange(2, dtype=np.int32), 12)
    said = name_groups(texts * 4 + OTHERS, of, np.ones(24, np.float32), 2,
                       found=matter.words, places=matter.places)  # fmt: skip
    assert said.labels[0] in {"torn tent", "tent torn", "money back"}
    assert not any({"tent", "money"} <= set(term.split()) for term in said.terms[0])


def test_a_word_that_is_mostly_denied_names_nothing_without_its_denial() -> None:
    texts = ["não recebi produto", "ainda não recebi o produto", "não recebi meu produto"] * 3
    assert named(texts, LATE, OTHERS)[0] == "não recebi produto"


def test_many_copies_of_one_text_have_a_phrase_for_a_name() -> None:
    assert discover(["my card has not arrived"] * 30).labels == ["card not arrived"]


def test_a_label_in_use_is_not_given_again() -> None:
    assert named(LATE, OTHERS, taken=frozenset({"card not arrived"}))[0] != "card not arrived"


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["@AcmeCares where is my parcel", "@AcmeCares my parcel, Acme?"] * 4, "parcel"),
        (["Hello, thanks, order 12345 lost parcel", "hi! parcel lost 998877"] * 4, "lost parcel"),
        (["[name] lost parcel [email]", "<phone> lost parcel {{order_id}}"] * 4, "lost parcel"),
        (["o produto não chegou", "Produto não chegou ainda"] * 4, "produto não chegou"),
        (["el envío no llegó", "mi envío no llegó todavía"] * 4, "envío no llegó"),
    ],
)
def test_labels_hold_words_of_meaning_only(texts: list[str], expected: str) -> None:
    assert named(texts, OTHERS, brands=brand_words(texts))[0] == expected


def test_a_group_of_small_words_is_called_by_what_it_says() -> None:
    assert named(["ok thanks", "ok, thank you", "thanks"] * 4, OTHERS)[0] in {"ok thanks", "thanks"}


def test_brands_are_the_words_of_frequent_handles() -> None:
    texts = ["@SpotifyCares hi", "@SpotifyCares my app", "@SpotifyCares x @jo"] * 2 + ["no"] * 50
    assert brand_words(texts) == {"spotify", "spotifycares"}


def test_stems_join_the_forms_of_a_word() -> None:
    assert len({stem(word) for word in ("delay", "delays", "delayed", "delaying")}) == 1
    assert len({stem(word) for word in ("charge", "charged", "charges", "charging")}) == 1
    assert stem("miss") != stem("mis") and stem("bus") == "bus"


@pytest.mark.data
def test_labels_of_real_tweets_are_clean(data_folder: Path) -> None:
    with (data_folder / "airline_tweets" / "Tweets.csv").open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)][::4]
    themes = discover(texts)
    assert 10 <= len(themes) <= 120
    brands = brand_words(texts)
    assert {"virginamerica", "united", "southwestair"} <= brands
    for label in themes.labels:
        assert len(label.split(BETWEEN)) <= 2
        assert not re.search(r"[@#\[\]<>]|\d|http", label)
    for phrase in (phrase for label in themes.labels for phrase in label.split(BETWEEN)):
        words = plain([phrase])[0].as_py().split()
        assert 1 <= len(words) <= 4
        if len(words) < 4:  # four words are the start of a message: the group had no phrase
            assert not {words[0], words[-1]} & SMALL - LIGHT - set(PARTICLES)
            assert not set(words) & brands
