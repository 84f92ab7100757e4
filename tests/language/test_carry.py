"""Themes carried over to another encoder: what stays, what is gone, what went into what."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from company import make_messages

from goodwill.language import Themes, discover
from goodwill.language._carry import carried
from goodwill.language._encoder import Encoder, shipped
from goodwill.language._labels import Naming
from goodwill.language._sample import sample_of
from goodwill.language._space import nearest, on_grid

TEXTS = [text for text, _ in make_messages(1500)]


def _with_one_cut_in_two(themes: Themes) -> int:
    """Add a theme that half of another one's messages are nearest to; return the other's id."""
    whole = int(np.bincount(themes.assign(TEXTS)[themes.assign(TEXTS) >= 0]).argmax())
    sample = sample_of(TEXTS)
    points = themes.space.points(sample.vectors)
    held = points[nearest(points, themes.centres)[0][:, 0] == whole]
    far = held[np.argsort(held @ themes.centres[whole], kind="stable")[: len(held) // 2]]
    centre = on_grid(far.astype(np.float64).sum(axis=0, keepdims=True))
    near = np.array([whole], np.int32)
    themes.add(centre, Naming(["a half"], [["a half"]]), near, np.array([False]))
    return whole


def test_a_theme_that_is_found_in_another_is_merged_into_it(tmp_path: Path) -> None:
    known = discover(TEXTS)
    whole, half = _with_one_cut_in_two(known), len(known) - 1
    base = shipped()
    other = Encoder("another", base.vocabulary, base.vectors)
    now = carried(known, sample_of(TEXTS, encoder=other))
    assert len(now.gone & {whole, half}) == 1
    (gone,) = now.gone
    kept = whole if gone == half else half
    assert now.merged_into == {gone: kept}
    now.save(tmp_path / "themes.npz")
    assert Themes.read(tmp_path / "themes.npz").merged_into == now.merged_into


def test_merges_are_kept_where_nothing_alike_is_found() -> None:
    known = discover(TEXTS)
    known.gone, known.merged_into = frozenset({0}), {0: 1}
    sample = sample_of(["bake the bread"] * 9 + ["paint the garden fence"] * 9)
    now = carried(known, sample)
    assert len(now.ids) == 2 and now.ids == [len(known), len(known) + 1]
    assert now.merged_into[0] == 1 and now.gone == frozenset(range(len(known)))


def test_what_went_into_a_theme_is_told_by_way_of_others() -> None:
    themes = discover([])
    themes.merged_into = {1: 4, 2: 4, 4: 6, 5: 7}
    assert themes.merged_from(6) == (1, 2, 4) and themes.merged_from(7) == (5,)
    assert themes.merged_from(4) == (1, 2) and themes.merged_from(1) == ()
