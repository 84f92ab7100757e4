"""Words that come up: phrases of one to three words that a day holds far more often than before.

Given how often a phrase was written on a day and on the days before (or on all others), its number
on that day is binomial if nothing changed; a mixture of risen rates over the tolerated one gives an
e-value, and e-BH over all phrases and days bounds the share of false discoveries. Retweets,
quotations and templates are one voice many times: their words are counted apart.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from goodwill.errors import InputError
from goodwill.watch._e_values import e_bh
from goodwill.watch._inputs import Days, Floats, as_days, positive, texts_list

TOLERANCE = 1.15
"""A phrase up to this times as frequent as before is not news."""
STEPS = np.array([1.5, 2.0, 3.0, 5.0, 10.0, 30.0])
"""Rates looked for, as multiples of the tolerated one."""
SHINGLE, SHARED, MOSTLY = 8, 3, 0.6
"""A text is a template's when this share of its words lies in runs of so many words that this
many texts have."""
IDENTICAL = 5
"""Words from which texts that are equal but for numbers, names and links are templates too."""

PHRASES = pa.schema(
    [
        ("phrase", pa.string()),
        ("day", pa.date32()),
        ("count", pa.int64()),
        ("expected", pa.float64()),
        ("e_value", pa.float64()),
        ("copied", pa.bool_()),
        ("said_by", pa.string()),
    ]
)

_RETWEET = re.compile(r"\b(?:RT|MT)\s*:?\s*@\w+.*", re.DOTALL)
_QUOTED = re.compile(r"[“\"]\s*@\w+.*?(?:[”\"]|$)", re.DOTALL)
_LEFT_OUT = re.compile(r"https?://\S+|www\.\S+|@\w+")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_GAP = -1


def emerging(texts: Any, at: Any, *, alpha: float = 0.05, least: int = 5) -> pa.Table:
    """Return the phrases that came up, each with the days on which it did.

    Args:
        texts: One text a message.
        at: When each was written: dates, times (their own day counts) or ISO texts.
        alpha: Bound on the expected share of false discoveries.
        least: Messages that must hold a phrase for it to be tested.

    Returns:
        One row a phrase and day, by day, then falling ``e_value``: ``count`` messages that hold
        it, ``expected`` from the days before, ``copied`` (the count is of retweets, quotations
        and templates; other rows leave those out), ``said_by`` (the phrase of the same day that
        speaks for this one, empty for those to show).

    Raises:
        InputError: Texts and times cannot be taken or differ in number.
    """
    if not 0 < positive(alpha, "alpha") < 1:
        raise InputError(f"alpha is {alpha:g}", hint="give a share between 0 and 1")
    messages = texts_list(texts)
    days = as_days(at, "at")
    if len(days) != len(messages):
        raise InputError(f"{len(messages)} texts and {len(days)} times", hint="give one for each")
    if not messages:
        return PHRASES.empty_table()
    axis, day = np.unique(days, return_inverse=True)
    corpus = _Corpus.of(messages)
    volume = np.bincount(day, minlength=len(axis)).astype(float)
    found: list[dict[str, Any]] = []
    for copied in (False, True):
        found += _test(corpus, corpus.copied == copied, day, axis, volume, alpha, least, copied)
    found.sort(key=lambda row: (row["day"], -row["e_value"], row["copied"], row["phrase"]))
    return pa.Table.from_pylist(found, schema=PHRASES)


def words_of(text: str) -> list[str]:
    """Return the words of a text as phrases hold them."""
    return _WORD.findall(text.lower().replace("’", "'"))


@dataclass(frozen=True)
class _Corpus:
    """All words one after another: number of the word (``_GAP`` between runs), text, copied."""

    words: NDArray[np.int64]
    text: NDArray[np.int64]
    copied: NDArray[np.bool_]
    names: list[str]

    @classmethod
    def of(cls, texts: list[str]) -> _Corpus:
        numbers: dict[str, int] = {}
        words: list[int] = []
        owner: list[int] = []
        copied: list[bool] = []
        for place, text in enumerate(texts):
            for part, is_copy in _parts(html.unescape(text)):
                run = [
                    _GAP if w.isdigit() else numbers.setdefault(w, len(numbers))
                    for w in words_of(part)
                ]
                words += [*run, _GAP]
                owner += [place] * (len(run) + 1)
                copied += [is_copy] * (len(run) + 1)
        out = cls(
            np.array(words, np.int64), np.array(owner, np.int64), np.array(copied, bool),
            list(numbers),
        )  # fmt: skip
        templates = out._templates(len(texts))
        return cls(out.words, out.text, out.copied | templates[out.text], out.names)

    def _templates(self, texts: int) -> NDArray[np.bool_]:
        """Return which texts are mostly runs of words that several texts share."""
        own = (self.words != _GAP) & ~self.copied
        words, owner = self.words[own], self.text[own]
        length = np.bincount(owner, minlength=texts)
        covered = np.zeros(len(words), bool)
        starts = (
            np.flatnonzero(owner[: -SHINGLE + 1] == owner[SHINGLE - 1 :])
            if (len(words) >= SHINGLE)
            else np.zeros(0, np.int64)
        )
        key = _rolled(words, starts, SHINGLE)
        pair = np.unique(np.stack([key, owner[starts].astype(np.uint64)]), axis=1)
        common, holders = np.unique(pair[0], return_counts=True)
        for start in starts[np.isin(key, common[holders >= SHARED])]:
            covered[start : start + SHINGLE] = True
        share = np.bincount(owner, covered, minlength=texts) / np.maximum(length, 1)
        first = np.searchsorted(owner, np.arange(texts))
        whole = np.zeros(texts, np.uint64)
        for size in np.unique(length[length >= IDENTICAL]):
            who = np.flatnonzero(length == size)
            whole[who] = _rolled(words, first[who], int(size))
        _, group, times = np.unique(whole, return_inverse=True, return_counts=True)
        alike = (times[group] >= SHARED) & (length >= IDENTICAL)
        out: NDArray[np.bool_] = alike | (share >= MOSTLY)
        return out


def _rolled(words: NDArray[np.int64], starts: NDArray[np.int64], size: int) -> NDArray[np.uint64]:
    """Return a hash of the ``size`` words from each start."""
    key = np.zeros(len(starts), np.uint64)
    for step in range(size):
        mixed = (words[starts + step].astype(np.uint64) + np.uint64(0x9E3779B97F4A7C15)) * (
            np.uint64(0xBF58476D1CE4E5B9)
        )
        key = (key * np.uint64(0x100000001B3)) ^ (mixed ^ (mixed >> np.uint64(29)))
    return key


def _parts(text: str) -> list[tuple[str, bool]]:
    """Return a text's pieces and whether each repeats someone else's message."""
    pieces: list[tuple[str, bool]] = []
    at = 0
    for found in sorted(
        [*_QUOTED.finditer(text), *_RETWEET.finditer(text)], key=lambda m: (m.start(), -m.end())
    ):
        if found.start() >= at:
            pieces += [(text[at : found.start()], False), (found.group(), True)]
            at = found.end()
    pieces.append((text[at:], False))
    return [(_LEFT_OUT.sub(" ", piece), copy) for piece, copy in pieces if piece]


def _test(
    corpus: _Corpus, mine: NDArray[np.bool_], day: NDArray[np.int64], axis: Days,
    volume: Floats, alpha: float, least: int, copied: bool,
) -> list[dict[str, Any]]:  # fmt: skip
    names, counts = _phrases(corpus, mine, day, len(axis), least)
    if not names or len(axis) < 2:
        return []
    before = np.cumsum(counts, axis=1)[:, :-1]
    e_values = binomial_e(counts[:, 1:], before, volume[1:], np.cumsum(volume)[:-1])
    # A phrase that came and went shows best against all other days, one that stays against
    # those before; the mean of both e-values is one. On the last day they are the same.
    others = counts.sum(1, keepdims=True) - counts
    e_values += binomial_e(counts[:, 1:], others[:, 1:], volume[1:], (volume.sum() - volume)[1:])
    e_values /= 2.0
    kept = e_bh(e_values, alpha)
    rows = []
    expected = before * volume[1:] / np.cumsum(volume)[:-1]
    for column in np.flatnonzero(kept.any(0)):
        who = np.flatnonzero(kept[:, column])
        count = counts[who, column + 1]
        said_by = _speakers([names[i] for i in who], count, e_values[who, column], copied)
        rows += [
            {
                "phrase": names[i], "day": axis[column + 1].item(), "count": int(c),
                "expected": float(expected[i, column]), "e_value": float(e_values[i, column]),
                "copied": copied, "said_by": by,
            }
            for i, c, by in zip(who, count, said_by, strict=True)
        ]  # fmt: skip
    return rows


def binomial_e(counts: Floats, before: Floats, volume: Floats, volume_before: Floats) -> Floats:
    """Return the e-value of each count against the same phrase's count before.

    Under the null the phrase's rate is at most TOLERANCE times the one before, and the count given
    the total is binomial (from a finite set of texts less spread than that).
    """
    null = TOLERANCE * volume / (TOLERANCE * volume + volume_before)
    total = np.zeros(np.broadcast_shapes(counts.shape, before.shape))
    for step in STEPS:
        risen = step * TOLERANCE * volume
        share = risen / (risen + volume_before)
        gain = counts * np.log(share / null) + before * np.log((1 - share) / (1 - null))
        total += np.exp(np.minimum(gain, 690.0)) / len(STEPS)
    return total


def _phrases(
    corpus: _Corpus, mine: NDArray[np.bool_], day: NDArray[np.int64], days: int, least: int
) -> tuple[list[str], Floats]:
    """Return the phrases that enough texts hold, and texts by day (phrases, days)."""
    names: list[str] = []
    tables: list[Floats] = []
    words = np.where(mine, corpus.words, _GAP)
    key, known = words, list(corpus.names)
    for size in (1, 2, 3):
        if size > 1:
            # A phrase is frequent only if the phrase without its last word is.
            joined = key[:-1] * np.int64(len(corpus.names) + 1) + words[size - 1 :]
            same = corpus.text[: len(joined)] == corpus.text[size - 1 :]
            alive = (key[:-1] != _GAP) & (words[size - 1 :] != _GAP) & same
            key = np.where(alive, joined, _GAP)
        place = np.flatnonzero(key != _GAP)
        if not len(place):
            break
        kinds, number = np.unique(key[place], return_inverse=True)
        held = np.sort(number * np.int64(len(day)) + corpus.text[place])
        held = held[np.r_[True, held[1:] != held[:-1]]]
        phrase, text = held // len(day), held % len(day)
        often = np.bincount(phrase, minlength=len(kinds)) >= least
        order = np.cumsum(often) - 1
        keep = often[phrase]
        table = np.zeros((int(often.sum()), days))
        np.add.at(table, (order[phrase[keep]], day[text[keep]]), 1.0)
        if size == 1:
            labels = [known[k] for k in kinds[often]]
        else:
            last = kinds[often] % (len(corpus.names) + 1)
            head = kinds[often] // (len(corpus.names) + 1)
            labels = [f"{known[h]} {corpus.names[w]}" for h, w in zip(head, last, strict=True)]
        names += labels
        tables.append(table)
        known = labels
        renumbered = np.full(len(key), _GAP, np.int64)
        renumbered[place] = np.where(often[number], order[number], _GAP)
        key = renumbered
    return names, np.concatenate(tables) if tables else np.zeros((0, days))


def _speakers(names: list[str], counts: Floats, e_values: Floats, copied: bool) -> list[str]:
    """Return for each discovery of a day the one that speaks for it, or an empty text.

    A phrase that nearly always stands in a longer one is spoken for by that; one that holds or
    overlaps a stronger one, by the stronger. Of copies one word in common is enough: they are
    pieces of one message.
    """
    said_by = [""] * len(names)
    spoken = [f" {name} " for name in names]
    longest = sorted(range(len(names)), key=lambda i: (-names[i].count(" "), -e_values[i]))
    for i in range(len(names)):
        for j in longest:
            if j != i and spoken[i] in spoken[j] and counts[j] >= 0.8 * counts[i]:
                said_by[i] = names[j]
                break
    pieces: list[set[str]] = []
    for name in names:
        words = name.split()
        two = {" ".join(pair) for pair in zip(words, words[1:], strict=False)}
        pieces.append(set(words) if copied else two)
    leads: list[tuple[int, set[str]]] = []
    for i in sorted(range(len(names)), key=lambda i: (-e_values[i], names[i])):
        if said_by[i]:
            continue
        for j, together in leads:
            # Pieces of one sentence overlap and come equally often.
            piece = pieces[i] & together and counts[i] >= 0.8 * counts[j]
            if piece or spoken[i] in spoken[j] or spoken[j] in spoken[i]:
                said_by[i] = names[j]
                together |= pieces[i]
                break
        else:
            leads.append((i, set(pieces[i])))
    return said_by
