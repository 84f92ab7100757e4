"""Which language a text is in, or that nobody can say.

Most messages settle it by their small words, which are counted for a whole column at once. What
they leave open goes to py3langid (BSD; Lui and Baldwin 2012), text by text, and counts only where
that is sure. What is short or mixed stays unknown.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.language._encoder import CHUNK
from goodwill.language._stopwords import LISTS
from goodwill.language._words import NOISE, Words, as_array, words

_TOLD = ("en", "es", "pt")
_SURE = 0.9
_LETTERS = 12
_ALPHABETS = (
    ("ru", frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя"), frozenset("ёыэ")),
    ("uk", frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"), frozenset("ґєї")),
    ("ar", frozenset("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي"), frozenset("أإةى")),
)
"""Letters of languages that share a script with others, and those that the other two lack."""


@cache
def _votes() -> dict[str, int]:
    """Return the language that each small word speaks for: its place, 3 for another."""
    english = (LISTS["en"] | LISTS["weak"] | LISTS["not"] | {"not"}) - LISTS["es"] - LISTS["pt"]
    english -= LISTS["either"]
    spanish = (LISTS["es"] | LISTS["es_shop"]) - LISTS["en"] - LISTS["pt"] - LISTS["either"]
    portuguese = (LISTS["pt"] | LISTS["pt_shop"]) - LISTS["en"] - LISTS["es"] - LISTS["either"]
    found = {word: place for place, some in enumerate((english, spanish, portuguese))
             for word in some if not (len(word) == 1 and place)}  # fmt: skip
    for word in LISTS["foreign"]:
        if word not in LISTS["en"] and word not in LISTS["es"] and word not in LISTS["pt"]:
            found[word] = 3
    return found


@cache
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def detect(texts: Any) -> pa.Array:
    """Return the code (ISO 639-1) of each text's language; null where it cannot be told.

    Args:
        texts: A list of str and None, or an Arrow column.

    >>> detect(["Where is my order?", "Onde está o meu pedido?", "ok", None]).to_pylist()
    ['en', 'pt', None, None]
    """
    array = as_array(texts)
    parts = [detect_words(array.slice(start, CHUNK)) for start in range(0, len(array), CHUNK)]
    return pa.concat_arrays(parts) if parts else pa.array([], pa.string())


def detect_words(texts: Any, found: Words | None = None) -> pa.Array:
    """Return the language of each text of a chunk (an Arrow array without nulls)."""
    cut = words(texts) if found is None else found
    codes, total = _by_small_words(cut)
    settled = np.array([code is not None for code in codes], bool)
    open_ = np.flatnonzero(~settled & ((total > 2) | _other_script(texts)))
    if len(open_):
        some = pc.replace_substring_regex(texts.take(pa.array(open_)), NOISE, " ")
        for row, text in zip(open_.tolist(), some.to_pylist(), strict=True):
            codes[row] = _asked(text)
    return pa.array(codes, pa.string())


def told_by_small_words(texts: Any) -> list[str | None]:
    """Return which of the languages that the encoder reads each text is plainly in."""
    return _by_small_words(words(as_array(texts)))[0]


def _by_small_words(cut: Words) -> tuple[list[str | None], npt.NDArray[np.int64]]:
    """Return the language that the small words of each text settle, and how many words it has."""
    votes = _votes()
    of_word = np.fromiter(
        (votes.get(word, 4) for word in cut.vocabulary), np.int64, len(cut.vocabulary)
    )
    rows = np.repeat(np.arange(len(cut)), np.diff(cut.offsets))
    counts = np.bincount(rows * 5 + of_word[cut.ids], minlength=5 * len(cut)).reshape(-1, 5)
    total = counts.sum(axis=1)
    best = counts[:, :3].argmax(axis=1)
    most = counts[np.arange(len(cut)), best]
    against = counts[:, :4].sum(axis=1) - most
    long = (most >= 2) & (most * 4 >= total) & (against * 4 <= most)
    short = (total <= 3) & (most >= 1) & (against == 0) & (most * 2 >= total)
    settled = long | short
    codes: list[str | None] = [
        _TOLD[place] if sure else None
        for place, sure in zip(best.tolist(), settled.tolist(), strict=True)
    ]
    return codes, total


def _other_script(texts: Any) -> npt.NDArray[np.bool_]:
    """Return which texts hold letters of another script: few of them tell a language."""
    held = pc.match_substring_regex(
        texts, r"[\p{Arabic}\p{Cyrillic}\p{Greek}\p{Han}\p{Hangul}\p{Hebrew}\p{Hiragana}\p{Thai}]"
    )
    return np.asarray(held.to_numpy(zero_copy_only=False), bool)


def _asked(text: str) -> str | None:
    letters = sum(map(str.isalpha, text))
    if letters < _LETTERS and text.isascii():
        return None
    code, sure = _identifier().classify(" ".join(text.split()))
    # Kyrgyz may hold no letter that Russian lacks: the alphabet tells what the detector leans to.
    if (sure >= _SURE and letters >= 3) or _by_letters(text) == code:
        return str(code)
    return None


def _by_letters(text: str) -> str | None:
    """Return which of the three has all letters of a text, one that the other two lack among them.

    >>> said = ("Когда будет мой новый заказ", "Де моє замовлення?", "Къде е моята поръчка?")
    >>> [_by_letters(text) for text in said]
    ['ru', 'uk', None]
    """
    letters = [letter for letter in text.lower() if letter.isalpha()]
    if len(letters) < _LETTERS:
        return None
    held = frozenset(letters)
    return next((code for code, every, own in _ALPHABETS if held <= every and held & own), None)
