"""The table of words fitted to one's own texts: better on held-out texts or refused, and undone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from company import make_messages

from goodwill.engine import DuckDBEngine
from goodwill.errors import NotEnoughData
from goodwill.language import (
    _fit,
    book_encoder,
    discover,
    find_themes,
    fit_language,
    forget_words,
    former_encoder,
    language_fits,
    own_words,
    reset_language,
)
from goodwill.language._encoder import Encoder, shipped
from goodwill.language._themes import kept_themes
from goodwill.tables import FACTS


class Teacher:
    """Tells messages apart by what they are about and by their mark, hardly by other words."""

    name, dimensions = "teacher-1", 320

    def __init__(self, about: dict[str, str], mad: bool = False) -> None:
        kinds = sorted(set(about.values()))
        self.about = {text: kinds.index(kind) for text, kind in about.items()}
        self.mad = mad

    def encode(self, texts: Any) -> Any:
        if self.mad:  # nothing that could be learned
            return np.random.default_rng(0).normal(size=(len(texts), 320)).astype(np.float32)
        found = np.zeros((len(texts), self.dimensions), np.float32)
        found[:, :256] = 0.2 * shipped().encode(texts)
        row = np.arange(len(texts))
        found[row, [256 + self.about[text] for text in texts]] = 0.6
        found[row, [270 + MARKS.index(text.split()[-1]) for text in texts]] = 1
        return found


MARKS = [f"{a}{b}" for a in "zqxvw" for b in "aeiou"]


@pytest.fixture(scope="module")
def about() -> dict[str, str]:
    said = make_messages(700)
    return {f"{t} zorbex {n} {MARKS[n % 25]}": kind
            for n, (t, kind) in enumerate(said)}  # fmt: skip


@pytest.fixture(autouse=True)
def few_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_fit, "STEPS", 32)
    monkeypatch.setattr(_fit, "RATE", 0.2)


@pytest.fixture
def engine(tmp_path: Path, about: dict[str, str]) -> Any:
    made = DuckDBEngine(tmp_path / "engine", memory="1GB", threads=2)
    load(made, list(about))
    yield made
    made.close()


def load(engine: DuckDBEngine, texts: list[str]) -> None:
    rows = [
        {"contact_id": str(number), "text": text, "source": "shop", "direction": "in",
         "author_role": "customer", "channel": "email"}
        for number, text in enumerate(texts)
    ]  # fmt: skip
    engine.load("contacts", pa.Table.from_pylist(rows, schema=FACTS["contacts"].schema))
    engine.load("orders", FACTS["orders"].schema.empty_table())


def test_a_fit_is_kept_used_by_the_next_refresh_and_taken_back(
    engine: DuckDBEngine, tmp_path: Path, about: dict[str, str]
) -> None:
    own, themes = tmp_path / "models" / "encoder", tmp_path / "models" / "themes"
    find_themes(engine, themes, encoder=book_encoder(own, "static"))
    first = kept_themes(themes / "themes.npz")
    fit = fit_language(engine, own, teacher=Teacher(about))
    assert fit.taken and fit.after - fit.before > fit.gain_low > 0
    assert fit.texts + fit.held_out > 650 and fit.new_words >= 1
    assert language_fits(own) == [fit]
    again = fit_language(engine, tmp_path / "again", teacher=Teacher(about))
    assert (again.encoder, again.after) == (fit.encoder, fit.after)

    encoder = book_encoder(own, "static")
    assert isinstance(encoder, Encoder) and encoder.name == fit.encoder
    assert "zorbex" in own_words(own)
    find_themes(engine, themes, encoder=encoder)
    second = kept_themes(themes / "themes.npz")
    assert first is not None and second is not None and second.encoder == fit.encoder
    assert second.labels[: len(first)] == first.labels

    assert reset_language(own) and not reset_language(own)
    assert book_encoder(own, "static") is shipped()
    assert former_encoder(own, fit.encoder) is not None
    find_themes(engine, themes, encoder=shipped(), former=lambda name: former_encoder(own, name))
    third = kept_themes(themes / "themes.npz")
    assert third is not None and third.labels[: len(second)] == second.labels
    forget_words(own, {"zorbex", "parcel"})
    kept = former_encoder(own, fit.encoder)
    assert kept is not None
    assert "zorbex" not in kept.vocabulary and "parcel" in kept.vocabulary


def test_a_worse_fit_is_refused_and_few_texts_are_no_ground(
    engine: DuckDBEngine, tmp_path: Path, about: dict[str, str]
) -> None:
    fit = fit_language(engine, tmp_path, teacher=Teacher(about, mad=True))
    assert not fit.taken and fit.gain_low <= 0
    assert book_encoder(tmp_path, "static") is shipped()
    assert [each.taken for each in language_fits(tmp_path)] == [False]
    load(engine, list(about)[:499])
    with pytest.raises(NotEnoughData, match="499 different texts"):
        fit_language(engine, tmp_path, teacher=Teacher(about))
    assert len(discover(list(about)[:100]))
