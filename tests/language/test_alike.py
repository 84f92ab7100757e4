"""Words that a search takes for each other: near in meaning, the nearest first, always the same."""

from __future__ import annotations

from goodwill.language import alike_words, notion

HELD = ("refund", "parcel", "furious", "kettle", "zzzz", "where")


def test_a_word_is_given_with_the_held_ones_that_mean_nearly_the_same() -> None:
    found = list(alike_words(HELD))
    assert ("reimbursement", "refund") in {(word, other) for word, other, _ in found}
    assert ("angry", "furious") in {(word, other) for word, other, _ in found}
    assert {other for _, other, _ in found} <= set(HELD) - {"zzzz", "where"}
    assert all(word != other and 0.5 <= cosine <= 1 for word, other, cosine in found)
    assert found == list(alike_words(reversed(HELD)))
    for word in ("reimbursement", "deliveries"):
        near = [cosine for each, _, cosine in found if each == word]
        assert near == sorted(near, reverse=True) and len(near) <= 8


def test_forms_of_a_word_share_a_notion_and_small_words_have_none() -> None:
    assert notion("parcels") == notion("parcel") != notion("kettle")
    assert {notion(word) for word in ("where", "not", "12", "o", "a1b")} == {""}
    assert notion("angry") and notion("late")


def test_of_no_held_word_nothing_is_given() -> None:
    assert list(alike_words(["zzzz", "where"])) == []
