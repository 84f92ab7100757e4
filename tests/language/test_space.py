"""Neighbours are exact, equals stand in order; lists of texts are read whatever stands in them."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pytest

from goodwill.language._labels import surfaces
from goodwill.language._space import RADIUS, neighbours, on_grid
from goodwill.language._words import as_array


@pytest.mark.parametrize(("total", "count"), [(3, 5), (40, 5), (700, 15)])
def test_neighbours_are_the_nearest_and_equals_stand_in_order(total: int, count: int) -> None:
    random = np.random.default_rng(2)
    points = on_grid(random.integers(-2, 3, (total, 6)).astype(np.float64))
    near, alike = neighbours(points, count)
    every = points.astype(np.int64) @ points.T.astype(np.int64)
    np.fill_diagonal(every, -(RADIUS**2) - 1)
    best = -np.sort(-every, axis=1)[:, : min(count, total - 1)]
    assert np.array_equal(alike, (best / RADIUS**2).astype(np.float32))
    assert np.array_equal(np.take_along_axis(every, near.astype(np.int64), axis=1), best)
    equal = np.diff(best) == 0
    assert (np.diff(near)[equal] > 0).all()
    assert equal.any() or total < 40


def test_words_are_spelled_as_most_people_spell_them() -> None:
    texts = ["Olá! Não chegou_ainda", "nao chegou, não é?", "I can’t pay; I can't", "'tis  a-b"]
    said = Counter(
        part for text in texts for part in re.findall(r"[^\W_]+(?:['’][^\W_]+)*", text.lower())
    )
    forms = surfaces(texts)
    assert said["não"] > said["nao"]
    assert forms == {"ola": "olá", "nao": "não", "e": "é", "cant": "can't"}


def test_a_list_of_anything_is_read_as_texts() -> None:
    assert as_array(["a", None, "é"]).to_pylist() == ["a", "", "é"]
    assert as_array(["a", float("nan"), 5, b"b", b"\xff"]).to_pylist() == ["a", "", "", "b", "�"]
    assert as_array(["a\ud800", "b"]).to_pylist() == ["a?", "b"]
    assert as_array(text for text in ("a", None)).to_pylist() == ["a", ""]
