"""Updating themes: known ones keep ids and labels, a planted one is found and named."""

from __future__ import annotations

import numpy as np
import pytest
from company import make_messages

from goodwill.language import Themes, discover

OLD = ("parcel", "refund", "password", "invoice")


@pytest.fixture(scope="module")
def old() -> list[str]:
    return [text for text, _ in make_messages(1500, themes=OLD)]


@pytest.fixture
def themes(old: list[str]) -> Themes:
    return discover(old)


@pytest.mark.parametrize("all_texts", [True, False], ids=["all texts", "only new ones"])
def test_a_planted_theme_is_found_and_old_ones_stay(
    themes: Themes, old: list[str], all_texts: bool
) -> None:
    before, labels, count = themes.assign(old), list(themes.labels), len(themes)
    planted = [text for text, _ in make_messages(150, seed=9, themes=("size",))]
    new = planted + [text for text, _ in make_messages(150, seed=8, themes=OLD)]
    assert themes.update(old + new if all_texts else new) is themes
    after = themes.assign(old)
    assert np.mean(before[before >= 0] == after[before >= 0]) >= 0.97
    assert themes.labels[:count] == labels
    assert np.mean(themes.assign(planted) >= count) > 0.6
    added = " ".join(themes.labels[count:])
    assert any(word in added for word in ("size", "shoes", "jacket", "trousers", "fit"))
    assert len(themes.parents) == len(themes.terms) == len(themes.labels) == len(themes)


@pytest.mark.parametrize("all_texts", [True, False], ids=["all texts", "only new ones"])
def test_a_new_matter_does_not_come_in_pieces(
    themes: Themes, old: list[str], all_texts: bool
) -> None:
    known = len(themes)
    planted = [text for text, _ in make_messages(60, seed=9, themes=("size",))]
    whole = discover(old + planted).assign(planted)
    assert np.mean(whole == np.bincount(whole[whole >= 0]).argmax()) > 0.8
    themes.update(old + planted if all_texts else planted)
    # Each saying is a matter of its own beside few texts, so that one may be left over.
    assert known < len(themes) <= known + 1 + (not all_texts)
    assert np.mean(themes.assign(planted) >= known) > 0.8


def test_a_new_matter_beside_a_known_one_is_found(themes: Themes, old: list[str]) -> None:
    known = len(themes)
    said = ("the parcel arrived damaged", "my parcel was damaged", "box of the parcel crushed",
            "parcel came with a damaged box", "the courier damaged the parcel")  # fmt: skip
    ends = ("", " today", " again", ", please help", " on Monday", " I am waiting")
    damaged = [one + end for one in said for end in ends]
    themes.update(old + damaged)
    assert np.mean(themes.assign(damaged) >= known) > 0.6
    assert "damaged" in " ".join(themes.labels[known:])


def test_a_few_messages_of_a_new_matter_among_many_new_ones_are_found(
    themes: Themes, old: list[str]
) -> None:
    known, before = len(themes), themes.assign(old)
    said = ("is the refund a voucher", "my refund came as a voucher", "no voucher, a refund",
            "why a voucher and no refund")  # fmt: skip
    ends = ("", " today", " again", " please help", " on Monday")
    few = [one + end for one in said for end in ends]
    more = [text for text, _ in make_messages(200, seed=4, themes=OLD)]
    themes.update(old + more + few)
    assert len(themes) == known + 1
    assert np.mean(themes.assign(few) == known) > 0.6
    assert "voucher" in themes.labels[known]
    assert np.mean(themes.assign(old) == before) >= 0.97


def test_more_of_the_same_adds_no_theme(themes: Themes, old: list[str]) -> None:
    version = themes.version
    more = [text for text, _ in make_messages(300, seed=4, themes=OLD)]
    themes.update(old + more)
    assert themes.version == version


def test_an_update_is_the_same_in_any_order(old: list[str]) -> None:
    new = [text for text, _ in make_messages(200, seed=9)]
    one = discover(old).update(old + new)
    two = discover(old[::-1]).update((old + new)[::-1])
    assert one.version == two.version and one.labels == two.labels


def test_no_themes_take_those_of_the_update(old: list[str]) -> None:
    themes = discover([]).update(old)
    assert themes.labels == discover(old).labels
