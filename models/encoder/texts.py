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
from random import Random

import pyarrow.parquet as pq

from goodwill.language._stopwords import SMALL

CAP = 25_000
SWAPPED = 60_000


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


def swapped(texts: list[str], vocabulary: list[str], held: set[str]) -> list[str]:
    """Return texts in which half of the words that carry meaning are others, drawn by chance.

    They are nonsense to a reader and a lesson to the student: the teacher says what "my kettle
    has not arrived" means, and so the student learns kettles from sentences about parcels.
    """
    random = Random(0)
    base = [text for text in texts if 4 <= len(text.split()) <= 18]
    made = dict.fromkeys(vocabulary)
    for text in random.choices(base, k=SWAPPED):
        parts = text.split()
        for place, part in enumerate(parts):
            word = part.strip(".,?!").lower()
            if word.isalpha() and word not in SMALL and random.random() < 0.5:
                parts[place] = random.choice(vocabulary)
        made[" ".join(parts)] = None
    return [text for text in made if fingerprint(text) not in held]


def listing(texts: list[tuple[str, str, str]], made: list[str]) -> str:
    """Return the data list: by source, how many texts and a hash over all of them."""
    by_source: dict[str, list[str]] = defaultdict(list)
    for text, _, source in texts:
        by_source[source].append(fingerprint(text))
    by_source["swapped words (made here)"] = [fingerprint(text) for text in made]
    lines = ["source\ttexts\thash"]
    for source, prints in sorted(by_source.items()):
        digest = blake2b("\n".join(sorted(prints)).encode(), digest_size=12).hexdigest()
        lines.append(f"{source}\t{len(prints)}\t{digest}")
    return "\n".join(lines) + "\n"
