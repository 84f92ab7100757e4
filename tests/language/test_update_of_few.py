"""Updates of any size: what a few new texts have in common is found, whatever was there before."""

from __future__ import annotations

import csv
from collections import defaultdict
from itertools import product
from pathlib import Path
from random import Random

import numpy as np
import pytest
from company import make_messages
from test_languages_apart import SPANISH

from goodwill.language import discover

OLD, NEW = (20, 60, 120, 199, 240, 400), (10, 20, 40, 80, 120)


def _grouped(messages: list[tuple[str, str]]) -> dict[str, list[str]]:
    by: dict[str, list[str]] = defaultdict(list)
    for text, matter in dict.fromkeys(messages):
        by[matter].append(text)
    return by


ENGLISH, SPANISH_BY = _grouped(make_messages(3000)), _grouped(SPANISH)
KNOWN = [text for matter in ("parcel", "refund", "password") for text in ENGLISH[matter]]
PLANTED = {"en": ("size", "invoice"), "es": ("factura", "reembolso", "paquete")}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("all_texts", [True, False], ids=["all texts", "only new ones"])
def test_a_new_matter_is_found_at_any_size(language: str, all_texts: bool) -> None:
    shares = []
    for old_size, new_size in product(OLD, NEW):
        random = Random(old_size * 1000 + new_size)
        matter = random.choice(PLANTED[language])
        pool = (ENGLISH if language == "en" else SPANISH_BY)[matter]
        old, new = random.sample(KNOWN, old_size), random.sample(pool, min(new_size, len(pool)))
        themes = discover(old)
        known, before = len(themes), themes.assign(old)
        themes.update(old + new if all_texts else new)
        shares.append(np.mean(themes.assign(new) >= known))
        assert np.mean(themes.assign(old)[before >= 0] == before[before >= 0]) >= 0.9
    assert np.mean(shares) >= 0.9
    assert np.mean(np.array(shares) > 0.5) >= 0.95


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_new_matter_is_found_of_which_some_texts_were_there_without_a_theme(
    language: str,
) -> None:
    found = []
    for old_size, part, times in product((100, 130, 170), (4, 5, 6, 7), (1, 1.5, 2)):
        random = Random(old_size * 100 + part)
        pool = (ENGLISH if language == "en" else SPANISH_BY)[random.choice(PLANTED[language])]
        more = min(int(part * times), 199 - old_size - part)
        matter = random.sample(pool, part + more)
        old = random.sample(KNOWN, old_size) + matter[:part]
        themes = discover(old)
        known = len(themes)
        if np.mean(themes.assign(matter[:part]) >= 0) > 0.5:
            continue  # taken by a known theme
        themes.update(old + matter[part:])
        found.append(np.mean(themes.assign(matter[part:]) >= known) > 0.5)
        assert len(themes) <= known + 1
    assert len(found) >= 30 and np.mean(found) >= 0.8


def test_a_matter_of_five_texts_a_day_becomes_a_theme() -> None:
    found = []
    for seed in range(4):
        random = Random(seed)
        texts, matter = random.sample(KNOWN, 120), random.sample(ENGLISH["size"], 40)
        themes = discover(texts)
        known = len(themes)
        for day in range(8):
            texts += matter[5 * day : 5 * day + 5]
            themes.update(texts)
        found.append(np.mean(themes.assign(matter) >= known))
        assert len(themes) <= known + 1
    assert np.mean(found) >= 0.6


@pytest.mark.parametrize("size", [10, 20, 40])
@pytest.mark.parametrize("known", OLD[:4])
def test_a_few_more_beside_those_that_were_there_add_no_theme(known: int, size: int) -> None:
    pool = list(KNOWN)
    Random(known + size).shuffle(pool)
    themes = discover(pool[:known])
    before = len(themes)
    assert len(themes.update(pool[: known + size])) - before <= (known == 20)


@pytest.mark.parametrize("size", [10, 20, 40, 120])
@pytest.mark.parametrize("known", OLD)
def test_a_few_more_of_the_same_add_no_theme(known: int, size: int) -> None:
    pool = list(KNOWN)
    Random(known + size).shuffle(pool)
    themes = discover(pool[:known])
    before = len(themes)
    added = len(themes.update(pool[known : known + size])) - before
    assert added <= (known == 20)


def test_real_questions_of_a_new_kind_are_found(data_folder: Path) -> None:
    with (data_folder / "banking77" / "train.csv").open(newline="") as file:
        by = _grouped([(row["text"], row["category"]) for row in csv.DictReader(file)])
    found = []
    for number, old_size in enumerate(OLD):
        for new_size in NEW[:4]:
            random = Random(number * 100 + new_size)
            kinds = random.sample(sorted(kind for kind in by if len(by[kind]) >= 80), 9)
            old = random.sample([text for kind in kinds[1:] for text in by[kind]], old_size)
            new = random.sample(by[kinds[0]], new_size)
            themes = discover(old)
            known = len(themes)
            found.append(np.mean(themes.update(new).assign(new) >= known))
    assert np.mean(found) > 0.5
