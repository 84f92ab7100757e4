"""Make the static encoder that goodwill ships: ``python models/encoder/make.py DATA``.

Words are the teacher's vocabulary and the frequent words of the texts; each gets the teacher's
vector of it, cut to 256 numbers by principal components and weighted by how rare the word is
(Arora et al. 2017; model2vec). The result is written as int8 with one scale a word.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

import numpy as np
import torch
from teacher import Teacher
from texts import chosen

from goodwill.language._words import plain, words

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "src" / "goodwill" / "language" / "data" / "encoder.npz"
DIMENSIONS = 256
RARE = 1e-3
"""The `a` of a / (a + p(word)): words more frequent than this count for less than half."""
FEWEST = 5
"""Texts that must hold a word before it gets a vector of its own."""


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
    """Return the words and pieces, and what the teacher is given for each."""
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
        word: forms.most_common(1)[0][0]
        for word, forms in spellings(texts).items()
        if word not in known and forms.total() >= FEWEST and word.isalpha() and len(word) < 25
    }
    return held + sorted(new), held + [new[word] for word in sorted(new)]


def weights(vocabulary: list[str], texts: list[str]) -> np.ndarray:
    """Return the weight of each word by its frequency in the texts; a piece has a whole one."""
    found = words(texts)
    counts = dict(zip(found.vocabulary, np.bincount(found.ids).tolist(), strict=True))
    total = len(found.ids)
    shares = np.array([counts.get(word, 0) / total for word in vocabulary])
    return (RARE / (RARE + shares)).astype(np.float32)


def principal(vectors: np.ndarray, dimensions: int) -> np.ndarray:
    """Return the vectors on their first principal axes, about their mean."""
    middle = vectors - vectors.mean(axis=0)
    _, axes = np.linalg.eigh(middle.T @ middle)
    return middle @ axes[:, ::-1][:, :dimensions]


def pack(path: Path, name: str, vocabulary: list[str], vectors: np.ndarray) -> None:
    """Write the encoder file: int8 numbers and one float32 scale a word."""
    scale = np.abs(vectors).max(axis=1) / 127
    table = np.rint(vectors / np.maximum(scale, 1e-12)[:, None]).astype(np.int8)
    joined = np.frombuffer("\n".join(vocabulary).encode(), np.uint8)
    np.savez_compressed(
        path, name=np.array(name), words=joined, table=table, scale=scale.astype(np.float32)
    )
    print(f"{path}: {len(vocabulary):,} words, {path.stat().st_size / 1e6:.1f} MB")


def distil(texts: list[str]) -> tuple[list[str], np.ndarray]:
    """Return words and vectors of the plain distilled model."""
    teacher = Teacher()
    names, given = vocabulary(teacher, texts)
    known = teacher.tokenizer.get_vocab()
    single = [token for token in given if token in known]
    composed = [token for token in given if token not in known]
    if given != single + composed:
        raise SystemExit("words of the teacher must come first")
    raw = teacher.encode_pieces(single)
    if composed:
        # The teacher's sentence vectors have length one; its token means do not.
        size = float(np.linalg.norm(raw, axis=1).mean())
        raw = np.concatenate([raw, teacher.encode(composed) * size])
    return names, principal(raw, DIMENSIONS) * weights(names, texts)[:, None]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder that holds support_texts/")
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--threads", type=int, default=1)
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    texts = [text for text, _, _ in chosen(options.data)]
    print(f"{len(texts):,} texts")
    names, vectors = distil(texts)
    pack(options.out, "goodwill-static-1", names, vectors)


if __name__ == "__main__":
    main()
