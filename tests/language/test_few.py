"""Few texts: themes where they are plainly apart, none where nothing is said twice."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from company import make_messages

from goodwill.language import Themes, discover

SAID = {
    "lost": ["my card is lost", "I lost my card yesterday", "card was stolen please block",
             "lost my bank card on the bus", "someone stole my card"],
    "refund": ["where is my refund", "refund still not received",
               "I want my money back for the return", "refund pending for two weeks",
               "when will I get the refund"],
    "password": ["cannot log in", "forgot my password", "password reset mail never comes",
                 "login does not work in the app", "reset my password please"],
    "parcel": ["parcel not arrived", "my package is late", "where is my delivery",
               "the courier never came", "delivery is delayed again"],
}  # fmt: skip
NONSENSE = [
    "purple elephants dance on the moon", "the recipe needs two eggs and flour",
    "my dog is ill", "weather tomorrow in Paris", "the museum opens at nine", "lorem ipsum dolor",
]  # fmt: skip


def _by_theme(themes: Themes) -> list[Counter[int]]:
    return [Counter(themes.assign(said).tolist()) for said in SAID.values()]


def test_twenty_texts_of_four_matters_are_four_themes() -> None:
    themes = discover([text for said in SAID.values() for text in said])
    assert len(themes) == 4
    most = [found.most_common(1)[0] for found in _by_theme(themes)]
    assert len({theme for theme, _ in most}) == 4
    assert all(theme >= 0 and count >= 4 for theme, count in most)
    assert all(label.strip() for label in themes.labels)


@pytest.mark.parametrize("count", [20, 60, 199])
def test_what_fits_nowhere_has_no_theme(count: int) -> None:
    themes = discover([text for text, _ in make_messages(count)])
    assert themes.assign(NONSENSE).tolist() == [-1] * len(NONSENSE)


def test_a_text_that_is_written_often_is_a_theme() -> None:
    themes = discover(["card"] * 50 + ["refund"] * 50)
    assert sorted(themes.labels) == ["card", "refund"]
    once = discover(["card", "refund"])
    assert len(once) == 0 and once.assign(["card"]).tolist() == [-1]


def test_the_order_of_few_texts_changes_nothing() -> None:
    texts = [text for text, _ in make_messages(90)]
    one, two = discover(texts), discover(texts[::-1])
    assert one.version == two.version and one.labels == two.labels


def test_few_texts_can_be_saved_and_updated(tmp_path: Path) -> None:
    themes = discover([text for text, _ in make_messages(60, themes=("parcel", "refund"))])
    themes.save(tmp_path / "themes.npz")
    kept = Themes.load(tmp_path / "themes.npz")
    assert kept.version == themes.version
    known, planted = len(kept), [text for text, _ in make_messages(60, themes=("password",))]
    before = kept.assign(SAID["parcel"])
    kept.update(planted)
    assert (kept.assign(planted) >= known).mean() > 0.6
    assert (kept.assign(SAID["parcel"]) == before).all()
