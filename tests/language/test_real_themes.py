"""Themes of real messages agree with what people said the messages are about."""

from __future__ import annotations

import csv
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goodwill.language import discover
from goodwill.language._matter import matter_of

BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture(scope="module")
def mutual_information() -> Callable[[Any, Any], float]:
    spec = importlib.util.spec_from_file_location("agreement", BENCHMARKS / "_agreement.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Callable[[Any, Any], float] = module.mutual_information
    return found


def test_agreement_is_that_of_a_published_example(
    mutual_information: Callable[[Any, Any], float],
) -> None:
    assert mutual_information([0, 0, 1, 1], [1, 1, 0, 0]) == pytest.approx(1)
    assert mutual_information([0, 0, 1, 1], [0, 1, 0, 1]) == pytest.approx(0)
    # Manning, Raghavan, Schuetze: Introduction to Information Retrieval, figure 16.4: 0.36
    truth = "xxxxxo" + "xoooo#" + "xx###"
    groups = [0] * 6 + [1] * 6 + [2] * 5
    assert mutual_information(list(truth), groups) == pytest.approx(0.36, abs=0.005)


@pytest.mark.data
@pytest.mark.parametrize(
    ("path", "text", "label", "floor"),
    [
        ("airline_tweets/Tweets.csv", "text", "negativereason", 0.18),
        (
            "olist_reviews/olist_classified_public_dataset.csv",
            "review_comment_message",
            "most_voted_subclass",
            0.18,
        ),
    ],
)
def test_themes_agree_with_labels(
    data_folder: Path,
    mutual_information: Callable[[Any, Any], float],
    path: str,
    text: str,
    label: str,
    floor: float,
) -> None:
    with (data_folder / path).open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row[text] and row[label]]
    themes = discover([row[text] for row in rows])
    found = themes.assign([row[text] for row in rows])
    filed = found >= 0
    says = matter_of([row[text] for row in rows]).says
    assert filed[says].mean() >= 0.95
    assert not filed[~says].any()
    assert says.mean() >= 0.85  # "muito bom" is praise, and about nothing
    truth = [row[label] for row, held in zip(rows, filed, strict=True) if held]
    assert mutual_information(truth, found[filed].tolist()) >= floor
