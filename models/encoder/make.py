"""Make the static encoder that goodwill ships: ``python models/encoder/make.py DATA``.

1. Words: the teacher's vocabulary, the frequent words of the texts, frequent pairs of words.
2. Start: the teacher's vector of each word on the principal axes of the teacher's sentences,
   weighted by how rare the word is (Arora et al. 2017; model2vec). Pairs start at zero.
3. Fit: a text's vector shall be the teacher's, and a text's neighbours the teacher's neighbours.
4. Pack: int8, one scale a word.

``--plain`` stops after the second step. ``--cache FILE`` keeps the teacher's vectors.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from fit import Fit
from teacher import Teacher
from texts import banking77, chosen, listing, swapped

from goodwill.language._encoder import Encoder
from goodwill.language._stopwords import SMALL
from goodwill.language._words import plain, words

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "src" / "goodwill" / "language" / "data" / "encoder.npz"
NAME = "goodwill-static-2"
DIMENSIONS = 256
RARE = 1e-3
"""The `a` of a / (a + p(word)): words more frequent than this count for less than half."""
FEWEST = 4
"""How often the texts hold a word before it gets a vector of its own."""
FEWEST_PAIR = 20
PAIRS = 20_000


def spellings(texts: list[str]) -> dict[str, Counter[str]]:
    """Return, by word as goodwill cuts it, how it was spelled (``dont``: don't, dont)."""
    forms = Counter(
        part.strip(".,;:!?\"'()[]<>-*/&¿¡")
        for text in texts
        for part in text.lower().replace("’", "'").split()
    )
    parts = sorted(forms)
    found: dict[str, Counter[str]] = {}
    for part, cut in zip(parts, plain(parts).to_pylist(), strict=True):
        if cut and len(cut.split()) == 1:
            found.setdefault(cut.strip(), Counter())[part] = forms[part]
    return found


def vocabulary(teacher: Teacher, texts: list[str]) -> tuple[list[str], list[str]]:
    """Return the words and pieces, and what the teacher is given for each, its own first."""
    held = [
        token
        for token in teacher.tokenizer.get_vocab()
        if (letters := token.removeprefix("##")).isalnum()
        and letters.isascii()
        and not letters.isdigit()
    ]
    held.sort(key=teacher.tokenizer.convert_tokens_to_ids)
    known = set(held)
    new = {
        word: max(forms, key=lambda form: (forms[form], form))
        for word, forms in spellings(texts).items()
        if word not in known and forms.total() >= FEWEST and word.isalpha() and len(word) < 25
    }
    return held + sorted(new), held + [new[word] for word in sorted(new)]


def everyday(teacher: Teacher) -> list[str]:
    """Return the more frequent words of the teacher's vocabulary, which is in order of that."""
    tokens = teacher.tokenizer.get_vocab()
    return [
        word
        for word in sorted(tokens, key=tokens.__getitem__)
        if 1996 <= tokens[word] < 14_000
        and word.isalpha()
        and word.isascii()
        and len(word) > 2
        and word not in SMALL
    ]


def weights(names: list[str], texts: list[str]) -> np.ndarray:
    """Return the weight of each word by its frequency in the texts; an absent one has a whole."""
    found = words(texts)
    counts = dict(zip(found.vocabulary, np.bincount(found.ids).tolist(), strict=True))
    shares = np.array([counts.get(word, 0) / len(found.ids) for word in names])
    return (RARE / (RARE + shares)).astype(np.float32)


def pairs(encoder: Encoder, names: list[str], texts: list[str]) -> list[str]:
    """Return the frequent pairs of neighbouring words, most frequent first."""
    ids, offsets = encoder.tokens(words(texts))
    inner = np.ones(len(ids) - 1, bool)
    ends = offsets[(offsets > 0) & (offsets < len(ids))]
    inner[ends - 1] = False
    keys = (ids[:-1].astype(np.int64) * len(names) + ids[1:])[inner]
    keys, counts = np.unique(keys, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    keys = keys[order][counts[order] >= FEWEST_PAIR][:PAIRS]
    both = [(names[key // len(names)], names[key % len(names)]) for key in keys.tolist()]
    return [f"{left} {right}" for left, right in both if "##" not in left + right]


def axes_of(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the mean of the teacher's sentences and their first principal axes."""
    mean = vectors.mean(axis=0)
    _, axes = np.linalg.eigh(np.cov((vectors - mean).T))
    return mean, axes[:, ::-1][:, :DIMENSIONS].copy()


def pack(path: Path, names: list[str], vectors: np.ndarray) -> None:
    """Write the encoder file: int8 numbers and one float32 scale a word."""
    scale = np.abs(vectors).max(axis=1) / 127
    table = np.rint(vectors / np.maximum(scale, 1e-12)[:, None]).astype(np.int8)
    joined = np.frombuffer("\n".join(names).encode(), np.uint8)
    np.savez_compressed(
        path, name=np.array(NAME), words=joined, table=table, scale=scale.astype(np.float32)
    )
    print(f"{path}: {len(names):,} words and pairs, {path.stat().st_size / 1e6:.1f} MB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with support_texts/ and banking77/")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--cache", type=Path)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--plain", action="store_true")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)

    teacher = Teacher(options.cache)
    rows = chosen(options.data)
    english = [text for text, language, _ in rows if language == "en"]
    made = swapped(english, everyday(teacher), banking77(options.data))
    (Path(__file__).parent / "data.tsv").write_text(listing(rows, made), encoding="utf-8")
    print(f"{len(rows):,} texts, {len(made):,} made")

    lessons = english + made
    taught = teacher.encode(lessons)
    mean, axes = axes_of(taught[: len(english)])
    names, given = vocabulary(teacher, [text for text, _, _ in rows])
    raw = teacher.encode_words(given) @ axes
    raw -= raw.mean(axis=0)
    raw /= np.linalg.norm(raw, axis=1).mean()
    vectors = (raw * weights(names, english)[:, None]).astype(np.float32)
    if not options.plain:
        encoder = Encoder(NAME, names, vectors)
        names = names + pairs(encoder, names, english)
        vectors = np.concatenate([vectors, np.zeros((len(names) - len(vectors), DIMENSIONS))])
        ids, offsets = Encoder(NAME, names, vectors.astype(np.float32)).tokens(words(lessons))
        fit = Fit(vectors.astype(np.float32), ids, offsets, (taught - mean) @ axes)
        vectors = fit.run(options.epochs)
    pack(options.out, names, vectors)


if __name__ == "__main__":
    main()
