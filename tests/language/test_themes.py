"""Themes: found without a number, named, the same each time, none for what fits nowhere."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from goodwill.errors import BookFormat, InputError
from goodwill.language import Themes, discover
from goodwill.language._companions import alternatives
from goodwill.language._wording import BETWEEN

Messages = list[tuple[str, str]]


@pytest.fixture(scope="module")
def themes(messages: Messages) -> Themes:
    return discover([text for text, _ in messages])


def test_it_works(themes: Themes, messages: Messages) -> None:
    found = themes.assign([text for text, _ in messages])
    assert found.dtype == np.int32
    held = [(number, theme) for number, (_, theme) in zip(found, messages, strict=True)]
    most = Counter(held)
    pure = sum(
        max(most[number, theme] for theme in {t for _, t in held}) for number in set(found.tolist())
    )
    assert pure / len(messages) > 0.8
    assert 5 <= len(themes) <= 40


def test_every_theme_has_a_label_terms_and_an_area(themes: Themes) -> None:
    assert len(themes.labels) == len(themes.terms) == len(themes.parents) == len(themes)
    assert len({label.lower() for label in themes.labels}) == len(themes)
    assert set(themes.parents) == set(range(len(themes.area_labels)))
    for label, terms in zip(themes.labels, themes.terms, strict=True):
        assert 1 <= len(label.split()) <= 5
        assert terms[0] == alternatives(label.split(BETWEEN)[0])[0]


def test_order_of_rows_changes_nothing(themes: Themes, messages: Messages) -> None:
    turned = list(messages)
    Random(5).shuffle(turned)
    again = discover(text for text, _ in turned)
    assert again.version == themes.version
    assert again.labels == themes.labels
    assert again.terms == themes.terms
    assert again.parents.tolist() == themes.parents.tolist()


def test_copies_of_a_text_change_no_theme(themes: Themes, messages: Messages) -> None:
    texts = [text for text, _ in messages]
    copies = texts + [texts[0].upper() + "!!"] * 500 + texts[:100]
    assert discover(copies).version == themes.version


@pytest.mark.parametrize("threads", [1, 3])
def test_threads_change_nothing(themes: Themes, messages: Messages, threads: int) -> None:
    code = (
        "from company import make_messages\n"
        "from goodwill.language import discover\n"
        "texts = [text for text, _ in make_messages(2000)]\n"
        "themes = discover(texts)\n"
        "print(discover(texts[:30]).version, themes.version, '|'.join(themes.labels))"
    )
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")
    here = Path(__file__).resolve().parent
    path = os.pathsep.join([str(here), str(here.parents[1] / "src")])
    env = {**os.environ, **dict.fromkeys(names, str(threads)), "PYTHONPATH": path}
    run = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    )
    # Fewer texts than dimensions leave axes on which none lies.
    few = discover([text for text, _ in messages[:30]]).version
    assert run.stdout.strip() == f"{few} {themes.version} {'|'.join(themes.labels)}"


def test_assigning_does_not_hang_on_the_batch(themes: Themes, messages: Messages) -> None:
    texts = [text for text, _ in messages[:200]]
    alone = [int(themes.assign([text])[0]) for text in texts]
    assert themes.assign(texts).tolist() == alone
    assert themes.assign(pa.array(texts)).tolist() == alone


@pytest.mark.parametrize("text", ["", None, "12345", "@someone", "😀😀", "https://t.co/a"])
def test_a_text_without_words_has_no_theme(themes: Themes, text: str | None) -> None:
    assert themes.assign([text]).tolist() == [-1]


@pytest.mark.parametrize("text", ["qwrt zzxv plmk bbnh", "xkcd fjfj wvwv", "hjkl ghgh vbvb trtr"])
def test_gibberish_has_no_theme(themes: Themes, text: str) -> None:
    assert themes.assign([text]).tolist() == [-1]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 12, 20, 60])
def test_few_texts_give_few_themes(messages: Messages, count: int) -> None:
    texts = [text for text, _ in messages[:count]]
    themes = discover(texts)
    assert len(themes) <= max(count // 4, 2)
    found = themes.assign(texts)
    assert found.shape == (count,)
    assert all(label.strip() for label in themes.labels)
    assert (found >= 0).any() == (len(themes) > 0) == (count >= 5)


def test_texts_that_are_all_alike_give_one_theme() -> None:
    themes = discover(["where is my parcel?"] * 50)
    assert len(themes) == 1
    assert "parcel" in themes.labels[0]
    assert themes.assign(["where is my parcel?"]).tolist() == [0]


def test_texts_without_any_word_give_no_theme() -> None:
    themes = discover(["", None, "!!", "123"])
    assert len(themes) == 0
    assert themes.assign(["hello parcel"]).tolist() == [-1]


def test_saved_themes_assign_alike(themes: Themes, messages: Messages, tmp_path: Path) -> None:
    texts = [text for text, _ in messages]
    themes.save(tmp_path / "t.npz")
    again = Themes.load(tmp_path / "t.npz")
    assert again.version == themes.version
    assert again.labels == themes.labels and again.terms == themes.terms
    assert again.assign(texts).tobytes() == themes.assign(texts).tobytes()
    assert [path.name for path in tmp_path.iterdir()] == ["t.npz"]


def test_a_file_that_holds_no_themes_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "junk.npz").write_bytes(b"no themes at all")
    (tmp_path / "empty.npz").touch()
    np.savez(tmp_path / "other.npz", numbers=np.arange(3))
    np.savez(tmp_path / "meta.npz", meta=np.frombuffer(b"[1]", np.uint8))
    np.save(tmp_path / "array.npy", np.arange(3))
    whole = tmp_path / "whole.npz"
    discover([]).save(whole)
    (tmp_path / "half.npz").write_bytes(whole.read_bytes()[:300])
    for name in ("junk.npz", "empty.npz", "other.npz", "meta.npz", "array.npy", "half.npz", "."):
        with pytest.raises(BookFormat, match=r"holds no themes .*\nHint: Give a file") as told:
            Themes.load(tmp_path / name)
        assert str(tmp_path / name) in told.value.message
    with pytest.raises(FileNotFoundError):
        Themes.load(tmp_path / "nowhere.npz")


@pytest.mark.parametrize("seed", ["x", 1.5, -1, None, True])
def test_a_seed_that_is_no_whole_number_is_refused(seed: Any) -> None:
    with pytest.raises(InputError, match="seed is .* not a whole number"):
        discover(["my parcel"], seed=seed)


def test_no_themes_can_be_saved_too(tmp_path: Path) -> None:
    discover([]).save(tmp_path / "t.npz")
    assert Themes.load(tmp_path / "t.npz").assign(["parcel"]).tolist() == [-1]
