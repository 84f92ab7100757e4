"""The entry points: the signals of texts as a table, and the words that carry them."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.errors import InputError
from goodwill.language._encoder import CHUNK, Vectors, encoder_called
from goodwill.language._languages import detect_words
from goodwill.language._signals._fold import folded, folded_with_places
from goodwill.language._signals._heads import LANGUAGES as TRAINED
from goodwill.language._signals._heads import heads
from goodwill.language._signals._written import LANGUAGES as WRITTEN
from goodwill.language._signals._written import Written, named, signals_in, written
from goodwill.language._words import Words, as_array, words

BY_MINILM = ("en",)
"""Languages with a head of complaint that sees MiniLM's vectors."""
_FEELINGS = (
    "anger", "frustration", "disappointment", "worry", "confusion", "gratitude", "delight",
    "emotion",
)  # fmt: skip
_WRITTEN = (
    "severity", "effort", "already_contacted", "threat_to_leave", "competitor_named",
    "switched_to_competitor", "hostile", "dishonesty", "core_failure", "experience_failure",
    "need", "want", "stereotype", "praise_of_person", "thanks", "closing", "promise_mentioned",
    "spam", "auto_reply",
)  # fmt: skip
_DENIED = 0.2
"""The most that a feeling counts in a text that says only that it is not there."""
SIGNALS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("complaint", "sentiment", "negative", "positive"), TRAINED),
    **dict.fromkeys(_FEELINGS, ("en",)),
    **{name: tuple(code for code in WRITTEN if name in signals_in(code)) for name in _WRITTEN},
}
"""Each signal, in the order of the table's columns, and the languages that it is valid for."""
_MOODS = ("sentiment", "negative", "positive")
"""What is read without a bad feeling that is denied: "not angry, just asking" is not negative."""
_BAD_FEELINGS = ("anger", "frustration", "disappointment", "worry")
_ANYWHERE = ("spam", "auto_reply")
"""Signals that a hit of the English patterns tells in whatever language; without one they abstain
where they are not valid."""


def signals(
    texts: Any,
    *,
    language: str | Sequence[str | None] | None = None,
    competitors: Iterable[str] = (),
    encoder: str = "static",
) -> pa.Table:
    """Return the signals of texts: a column a signal, float32 probabilities, a row a text.

    A null says that the signal abstains: the text says nothing, its language is not known, or the
    signal is not valid for it (`SIGNALS`). The same text has the same bits in every batch. The
    first 2,000 characters of a text are read.

    Args:
        texts: A list of str and None, or an Arrow column.
        language: The code of the texts' language (``en``, ``pt-BR``), one for all or one for each;
            None has it detected, also for a single text.
        competitors: Names of companies that customers go to, beside those that are known.
        encoder: ``minilm``, where goodwill[minilm] is installed, finds more of the complaints in
            English.

    Returns:
        A table with the columns of `SIGNALS`; ``sentiment`` runs from 0 (surely negative) over .5
        (neutral) to 1 (surely positive), the others are probabilities that the signal is there.

    Raises:
        TypeError: ``texts`` is one string.
        InputError: ``language`` has another length than ``texts``.

    >>> found = signals(["You lied to me, you thieves!", "Thanks, it works now", None])
    >>> [round(p, 2) for p in found["dishonesty"].to_pylist()[:2]], found["thanks"][2].as_py()
    ([0.85, 0.01], None)
    """
    array = as_array(texts)
    given = _given(language, len(array))
    parts, names = [], named(competitors)
    reading = None if encoder == "static" else encoder_called(encoder)
    for start in range(0, len(array), CHUNK):
        some = array.slice(start, CHUNK)
        codes = None if given is None else given.slice(start, CHUNK)
        vectors = None if reading is None else reading.encode(some)
        parts.append(_chunk(some, codes, names, vectors)[1])
    schema = pa.schema([(name, pa.float32()) for name in SIGNALS])
    return pa.Table.from_batches(parts, schema=schema)


def signals_with_language(
    texts: Any,
    given: Any,
    competitors: tuple[str, ...] = (),
    vectors: Vectors | None = None,
) -> tuple[pa.Array, pa.RecordBatch]:
    """Return the language and the signals of texts.

    Args:
        texts: An Arrow array.
        given: What sources said of their language.
        competitors: As `signals` takes them, folded.
        vectors: Of MiniLM, where they are known.
    """
    languages, batches = [], []
    for start in range(0, len(texts), CHUNK):
        some = texts.slice(start, CHUNK)
        read = None if vectors is None else vectors[start : start + CHUNK]
        code, batch = _chunk(some, _codes(given.slice(start, CHUNK)), competitors, read)
        languages.append(code)
        batches.append(batch)
    schema = pa.schema([(name, pa.float32()) for name in SIGNALS])
    table = pa.Table.from_batches(batches, schema=schema).combine_chunks()
    found = table.to_batches()
    empty = pa.RecordBatch.from_pylist([], schema=schema)
    return (
        pa.concat_arrays(languages) if languages else pa.array([], pa.string()),
        found[0] if found else empty,
    )


def signal_words(text: str, *, language: str | None = None) -> dict[str, list[str]]:
    """Return, for each signal that speaks, the words of one text that carry it.

    Of a written signal they are the words that its patterns matched, as they stand in the text; of
    a trained one the words and pairs (in lower case) that weigh most for it; of ``emotion`` those
    of the emotions that speak. Signals below .5, and those that no word carries, are left out.

    >>> signal_words("You LIED to me. I'm cancelling my account!")["dishonesty"]
    ['You LIED']
    """
    table = signals([text], language=language)
    code = language or detect_words(as_array([text]))[0].as_py()
    code = (code or "")[:2].lower()
    told = {}
    said: dict[str, list[str]] = {}
    if code in TRAINED:
        pulls = heads(code).words(text)
        told = {name: [word for word, _ in found] for name, found in pulls.items()}
    if code in WRITTEN:
        low, places = folded_with_places(text)
        for each in written(code):
            _, spans = each.words(low)
            said[each.name] = [text[places[a] : places[b - 1] + 1].strip() for a, b in spans]
    # By weight, "emotion" as such is carried by "i" and "how": its words are those of the emotions.
    found: dict[str, list[str]] = {}
    for name in SIGNALS:
        value = table[name][0].as_py()
        words_of = said.get(name) or told.get(name) or []
        if name == "emotion":
            felt = [word for feeling in _FEELINGS for word in found.get(feeling, [])]
            words_of = list(dict.fromkeys(felt))
        if value is not None and value >= 0.5 and words_of:
            found[name] = words_of
    return found


def _given(language: Any, count: int) -> Any:
    if language is None:
        return None
    if isinstance(language, str):
        return _codes(pa.array([language] * count, pa.string()))
    codes = pa.array(language, pa.string()) if not isinstance(language, pa.Array) else language
    if len(codes) != count:
        raise InputError(f"language has {len(codes)} values for {count} texts")
    return _codes(codes.cast(pa.string()))


def _codes(given: Any) -> Any:
    """Return codes of two letters; null for what says that nobody knows (``und``, blank)."""
    codes = pc.utf8_slice_codeunits(pc.utf8_lower(pc.utf8_trim_whitespace(given)), 0, 2)
    return pc.if_else(pc.is_in(codes, pa.array(["", "un", "zx", "mu"])), None, codes)


def _chunk(
    texts: Any,
    given: Any,
    competitors: tuple[str, ...] = (),
    vectors: Vectors | None = None,
) -> tuple[pa.Array, pa.RecordBatch]:
    """Return the language and the signals of a chunk of texts (an Arrow array without nulls)."""
    cut = words(texts)
    if given is None:
        codes = detect_words(texts, cut)
    elif given.null_count:
        codes = pc.coalesce(given, detect_words(texts, cut))
    else:
        codes = given
    # A text without a letter says nothing, whatever its language.
    codes = pc.if_else(pc.match_substring_regex(texts, r"\p{L}"), codes, None)
    columns: dict[str, Any] = {}
    for code, rows in _by_language(codes):
        whole = len(rows) == len(texts)
        some = texts if whole else texts.take(pa.array(rows))
        words_of = cut if whole else _taken(cut, rows)
        read = None if vectors is None else vectors[rows]
        for name, values in _scores(code, some, words_of, competitors, read):
            column = columns.setdefault(name, np.full(len(texts), np.nan, np.float32))
            column[rows] = values
    for name, rows, values in _hits_anywhere(codes, texts):
        columns.setdefault(name, np.full(len(texts), np.nan, np.float32))[rows] = values
    arrays = [
        pa.array(columns[name], pa.float32(), mask=np.isnan(columns[name]))
        if name in columns
        else pa.nulls(len(texts), pa.float32())
        for name in SIGNALS
    ]
    return codes, pa.RecordBatch.from_arrays(arrays, names=list(SIGNALS))


def _hits_anywhere(codes: Any, texts: Any) -> Iterator[tuple[str, Any, Any]]:
    """Yield signals that need no language, rows in another one than theirs, their probability."""
    other = pc.invert(pc.fill_null(pc.equal(codes, "en"), False))
    lettered = pc.match_substring_regex(texts, r"\p{L}")
    rows = np.flatnonzero(pc.and_(other, lettered).to_numpy(zero_copy_only=False))
    if not len(rows):
        return
    low = folded(texts.take(pa.array(rows)))
    for each in written("en"):
        if each.name in _ANYWHERE:
            values = each.score(low, each.denies(low))
            hit = values >= 0.5
            yield each.name, rows[hit], values[hit]


def _by_language(codes: Any) -> Iterator[tuple[str, Any]]:
    for code in sorted({*TRAINED, *WRITTEN}):
        held = pc.fill_null(pc.equal(codes, code), False)
        rows = np.flatnonzero(held.to_numpy(zero_copy_only=False))
        if len(rows):
            yield code, rows


def _scores(
    code: str, texts: Any, cut: Words, competitors: tuple[str, ...], vectors: Vectors | None
) -> Iterator[tuple[str, Any]]:
    said = dict(heads(code).score(texts, cut)) if code in TRAINED else {}
    if code in BY_MINILM and vectors is not None:
        said |= heads(f"{code}-minilm").score(texts, cut, vectors)
    low = folded(texts)
    rules = written(code, competitors) if code in WRITTEN else ()
    if any(name in said for name in _BAD_FEELINGS):
        _calm(code, low, rules, said)
    for each in rules:
        denied = each.denies(low)
        found = each.score(low, denied)
        if each.name not in said:
            said[each.name] = found
            continue
        if each.name == "negative":
            _sour(said, found)
            continue
        # What is said or denied outright counts, whatever the head makes of the words.
        said[each.name] = np.maximum(said[each.name], found)
        if each.name not in _FEELINGS:
            continue
        said["emotion"] = np.maximum(said["emotion"], found)
        # "Not angry at the driver, but furious": said outright beside what is denied.
        absent = denied.to_numpy(zero_copy_only=False) & (found <= each.otherwise)
        said[each.name][absent] = np.minimum(said[each.name][absent], _DENIED)
    yield from said.items()


def _sour(said: dict[str, Any], found: Any) -> None:
    """Make the moods of texts as negative as a pattern found, in what the head left to the others.

    "Not happy at all": the more is negative, the less of it is neutral and positive.
    """
    negative = np.maximum(said["negative"], found)
    left = (1 - negative) / np.maximum(1 - said["negative"], np.float32(1e-6))
    positive = np.minimum(said["positive"] * left, 1 - negative)
    worse = negative > said["negative"]
    moods = {"negative": negative, "positive": positive,
             "sentiment": positive + (1 - negative - positive) / 2}  # fmt: skip
    for name, values in moods.items():
        said[name] = np.where(worse, values, said[name])


def _calm(code: str, low: Any, rules: tuple[Written, ...], said: dict[str, Any]) -> None:
    """Tell the moods of texts that deny a bad feeling without the words of the denial."""
    bad = [each for each in rules if each.name in _BAD_FEELINGS]
    held = functools.reduce(pc.or_, (each.denies(low) for each in bad))
    rows = np.flatnonzero(held.to_numpy(zero_copy_only=False))
    if not len(rows):
        return
    rest = low.take(pa.array(rows))
    for each in bad:
        rest = pc.replace_substring_regex(rest, each.denied, " ")
    for name, values in heads(code).score(rest).items():
        if name in _MOODS:
            said[name][rows] = values


def _taken(cut: Words, rows: Any) -> Words:
    """Return the words of some texts."""
    lengths = np.diff(cut.offsets)
    kept = np.zeros(len(cut), bool)
    kept[rows] = True
    ids = cut.ids[np.repeat(kept, lengths)]
    offsets = np.concatenate(([0], np.cumsum(lengths[rows])))
    return Words(cut.vocabulary, ids, offsets.astype(np.int64))
