"""Choose the texts that the encoder is made from, and prove that no benchmark text is among them.

Each source is capped, so that none sets the tone; which of its texts are kept is decided by a
hash of the text, so that the choice is the same on every machine.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from hashlib import blake2b
from pathlib import Path

import pyarrow.parquet as pq

CAP = 25_000


def fingerprint(text: str) -> str:
    """Return a hash of the text's letters and digits in lower case: the same for near copies."""
    letters = re.sub(r"[\W_]+", " ", text.lower()).strip()
    return blake2b(letters.encode(), digest_size=12).hexdigest()


def banking77(data: Path) -> set[str]:
    """Return the fingerprints of every text of Banking77, train and test."""
    held = set()
    for name in ("train.csv", "test.csv"):
        with (data / "banking77" / name).open(encoding="utf-8", newline="") as file:
            held.update(fingerprint(row["text"]) for row in csv.DictReader(file))
    return held


def chosen(data: Path, cap: int = CAP) -> list[tuple[str, str, str]]:
    """Return (text, language, source) of the texts to learn from, in the order of their hashes.

    Texts that Banking77 holds too, but for punctuation and capitals, are left out.
    """
    held = banking77(data)
    table = pq.read_table(data / "support_texts" / "support_texts.parquet")
    by_source: dict[str, dict[str, tuple[str, str, str]]] = defaultdict(dict)
    rows = zip(*(table[name].to_pylist() for name in ("text", "language", "source")), strict=True)
    for text, language, source in rows:
        key = fingerprint(text)
        if key not in held:
            by_source[source].setdefault(key, (text, language, source))
    kept: dict[str, tuple[str, str, str]] = {}
    for source in sorted(by_source):
        kept |= dict(sorted(by_source[source].items())[:cap])
    return [kept[key] for key in sorted(kept)]
