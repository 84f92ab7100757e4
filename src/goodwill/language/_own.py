"""A Book's own encoder: the shipped one fitted to its texts, kept with what it was measured by.

Each is a file named after what it holds. ``OWN`` names the one that the next refresh reads messages
with; the one that the last refresh read with stays, since by it known themes are found again among
those of another encoder. ``fits.jsonl`` says what was tried.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

import numpy as np

from goodwill.durable import replacing
from goodwill.engine import Engine
from goodwill.errors import NotEnoughData
from goodwill.language._encoder import (
    Encoder,
    TextEncoder,
    Vectors,
    encoder_called,
    shipped,
)
from goodwill.language._fit import HELD_OUT, fit_table
from goodwill.language._refresh import texts_sql
from goodwill.language._sample import Gatherer
from goodwill.language._themes import kept_themes

Progress = Callable[[int, int, str], None]

TEXTS = 8_000
"""Texts that a fit reads with MiniLM by default."""
FEWEST_TEXTS = 500
_OWN, _FITS = "OWN", "fits.jsonl"
_PART = 1024
_LABEL = "fit language"


@dataclass(frozen=True, slots=True)
class LanguageFit:
    """What a fit of the encoder to a Book's texts came to.

    Attributes:
        at: When.
        encoder: Name and version of what was made.
        texts: Distinct texts that it was fitted to.
        held_out: Further ones that it was measured on.
        new_words: Words that got a vector of their own.
        before: Of the ten texts nearest to a held-out one by MiniLM, the share that was among the
            ten nearest.
        after: The share with the fitted encoder.
        gain_low: What it gained, at least (95 %).
        taken: Whether the next refresh reads with it: only when it surely gained.
    """

    at: datetime
    encoder: str
    texts: int
    held_out: int
    new_words: int
    before: float
    after: float
    gain_low: float
    taken: bool

    def as_dict(self) -> dict[str, object]:
        """Return plain values, as ``goodwill language fit --json`` prints them."""
        return asdict(self)


def fit_language(
    engine: Engine,
    folder: Path,
    *,
    texts: int = TEXTS,
    seed: int = 0,
    teacher: TextEncoder | None = None,
    progress: Progress | None = None,
) -> LanguageFit:
    """Fit the shipped encoder to messages of customers, and keep it when it is surely better.

    The same messages give the same encoder. One that was fitted before is begun anew, not built on.

    Args:
        engine: Holds the table ``contacts``.
        folder: Where the encoder is kept.
        texts: How many distinct ones are read at most.
        seed: Sets the order in which they are visited.
        teacher: What they are read with; MiniLM by default.
        progress: Is told texts done, texts in all and what is done.

    Raises:
        SettingsError: MiniLM is not installed.
        NotEnoughData: There are too few texts.
    """
    teacher = teacher or encoder_called("minilm")
    gathered = Gatherer(size=texts)
    for batch in engine.batches(texts_sql()):
        gathered.add(batch.column("text"))
    said = gathered.texts
    if len(said) < FEWEST_TEXTS:
        raise NotEnoughData(
            f"The Book holds {len(said)} different texts of customers; a fit needs {FEWEST_TEXTS}."
        )
    taught = []
    for start in range(0, len(said), _PART):
        taught.append(teacher.encode(said[start : start + _PART]))
        if progress:
            progress(min(start + _PART, len(said)), len(said), _LABEL)
    base = shipped()
    found = fit_table(said, np.concatenate(taught), base, seed=seed)
    digest = blake2b(found.vectors.tobytes(), digest_size=4).hexdigest()
    name = f"{base.name}+{digest}"
    taken = found.gain_low > 0
    folder.mkdir(parents=True, exist_ok=True)
    if taken:
        write_encoder(folder / f"{digest}.npz", name, found.vocabulary, found.vectors)
        with replacing(folder / _OWN) as file:
            file.write(name.encode())
        _prune(folder, name)
    held = -(-len(said) // HELD_OUT)
    fit = LanguageFit(
        datetime.now(UTC).replace(microsecond=0), name, len(said) - held, held, found.new_words,
        round(found.before, 4), round(found.after, 4), round(found.gain_low, 4), taken,
    )  # fmt: skip
    with (folder / _FITS).open("a", encoding="utf-8") as lines:
        lines.write(json.dumps({**fit.as_dict(), "at": fit.at.isoformat()}) + "\n")
    return fit


def reset_language(folder: Path) -> bool:
    """Have the next refresh read with the shipped encoder again; False when it would anyway."""
    found = (folder / _OWN).exists()
    (folder / _OWN).unlink(missing_ok=True)
    return found


def language_fits(folder: Path) -> list[LanguageFit]:
    """Return what was tried in a Book, the oldest first."""
    path = folder / _FITS
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    rows = [json.loads(line) for line in lines]
    return [LanguageFit(**{**row, "at": datetime.fromisoformat(row["at"])}) for row in rows]


def book_encoder(folder: Path, name: str) -> TextEncoder:
    """Return what a Book's messages are read with.

    Args:
        folder: Where its own encoder is kept, if it has one.
        name: Of the settings: ``static`` is the Book's own, or the shipped one.
    """
    own = folder / _OWN
    if name == "static" and own.exists():
        fitted = former_encoder(folder, own.read_text(encoding="utf-8"))
        if fitted is not None:
            return fitted
    return encoder_called(name)


def former_encoder(folder: Path, name: str) -> Encoder | None:
    """Return the Book's own encoder of this name; None when it is not kept."""
    path = folder / f"{name.rpartition('+')[2]}.npz"
    if not path.exists():
        return None
    with path.open("rb") as file:
        found = Encoder.read(file)
    return found if found.name == name else None


def own_words(folder: Path) -> set[str]:
    """Return the words that the Book's texts brought into its own encoders."""
    known = set(shipped().vocabulary) if folder.exists() else set()
    return {word for _, encoder in _each(folder) for word in encoder.vocabulary} - known


def forget_words(folder: Path, lost: set[str]) -> None:
    """Take words that nobody uses any more out of the Book's own encoders."""
    known = set(shipped().vocabulary) if lost else set()
    for path, encoder in _each(folder):
        held = [n for n, word in enumerate(encoder.vocabulary) if word not in lost - known]
        if len(held) < len(encoder.vocabulary):
            words = [encoder.vocabulary[n] for n in held]
            write_encoder(path, encoder.name, words, encoder.vectors[held])


def write_encoder(path: Path, name: str, vocabulary: Sequence[str], vectors: Vectors) -> None:
    """Write an encoder file: whole numbers of sixteen bits and one scale a word."""
    path.parent.mkdir(parents=True, exist_ok=True)
    scale = np.abs(vectors).max(axis=1) / 32767
    table = np.rint(vectors / np.maximum(scale, 1e-12)[:, None]).astype(np.int16)
    joined = np.frombuffer("\n".join(vocabulary).encode(), np.uint8)
    with replacing(path) as file:
        np.savez(
            file, name=np.array(name), words=joined, table=table, scale=scale.astype(np.float32)
        )


def _each(folder: Path) -> Iterator[tuple[Path, Encoder]]:
    for path in sorted(folder.glob("*.npz")):
        with path.open("rb") as file:
            yield path, Encoder.read(file)


def _prune(folder: Path, name: str) -> None:
    """Remove encoders but this one and the one that the kept themes were found with."""
    themes = kept_themes(folder.parent / "themes" / "themes.npz")
    held = {each.rpartition("+")[2] for each in (name, themes.encoder if themes else "")}
    for path in folder.glob("*.npz"):
        if path.stem not in held:
            path.unlink()
