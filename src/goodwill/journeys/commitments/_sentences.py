"""Sentences that may hold a commitment, found over a whole column before any grammar runs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

_MARK = "\x1e"
_HELD = "\x1f"
_SPLITS = (
    (r"(?i)\b(mr|mrs|ms|dr|sr|sra|no|nr|approx|max|e\.g|i\.e|a\.m|p\.m)\.\s+", rf"\1.{_HELD}"),
    (r"([.!?\x{2026}][\"')\]]*)\s+([^\s.!?a-z])", rf"\1{_MARK}\2"),
    (r"([.!?:,;\x{2026}])[ \t]*\n+\s*", rf"\1{_MARK}"),
    (r"\n[ \t]*\n\s*|\n[ \t]*[-*\x{2022}] |\s\|\s", _MARK),
)
"""Where sentences end, for RE2; a full stop after a short form ends none."""

_LONGEST = 600
"""Letters; a longer sentence is read in pieces."""

_ENGLISH_HEADS = (
    r"['’´`]ll\b|\b(?:will|shall|going to|gonna|due|set to|scheduled|expect|expected|estimated"
    r"|about to|promise|guarantee|commit|undertake|should|ought to|arrives|ships|leaves|goes out"
    r"|comes|gets there|is with you|is back|look out for|allow|give|booked|arranged|set up"
    r"|planned|rescheduled|rebooked|organi[sz]ed|lined up|let me)\b"
    r"|(?:\b(?:am|are|is|and)|['’´`](?:m|re|s)) (?:\w+ ){0,2}\w+ing\b"
)
_ROMANCE_HEADS = (
    r"r(?:emos|ei|eis|[éáÉÁ]|[éá]is|[áÁ][sn]|[ãÃ]o|ao\b|ra\b)|[aei]r(?:a|an|as)\b"
    r"|-(?:emos|ei|á|ão)|\b(?:v[oa]y|vamos|vas?|van|vais|vou|vai|v[aã]o|irei|ir[aá]|iremos|ir[aã]o)\b"
    r"|ma[ñn]ana|amanh[aã]|\b(?:hoy|hoje|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado"
    r"|domingo|segunda|ter[cç]a|quarta|quinta|sexta|esta (?:tarde|noche|noite))\b"
    r"|\b(?:en|em|dentro|plazo|prazo|antes|at[eé]) .{0,25}(?:d[ií]a|hora|semana)"
)
_TAKES = (
    r"^\W*(?:please note(?: that)? |note that |usually |normally )?(?:this|it|that|which|the refund"
    r"|the process|processing|delivery|the transfer|the money)(?: process)?"
    r"(?: (?:can|may|will|should|usually|normally|typically|generally|might|could))*"
    r" takes? |^\W*(?:esto |el reembolso |el proceso |isto |o reembolso |o processo )?"
    r"(?:puede tardar|suele tardar|tarda(?:r[aá])?|pode demorar|demora|leva|pode levar) "
)
TAKES = re.compile(_TAKES)

_WORDS = {
    "en": r"\b(?:the|you|your|we|i|to|will|and|is|by|within|in|for|of|our|it|this|be|us|on|with)\b"
    r"|'ll",
    "es": r"\b(?:el|la|los|las|una|en|y|le|les|te|usted|ustedes|su|sus|del|al|con|hoy|lunes|martes"
    r"|miercoles|jueves|viernes|habiles|laborables|plazo|nuestr[oa]s?|equipo|pedido|paquete"
    r"|reembolso|esta|este|semana|lo|os|se|recibira|voy|a|dias|dinero|mi|mis|tu|tus|por|para"
    r"|que|cuando|si|un|pero|antes|sera|muy|mas|manana)\b|[ñ¿¡]|ci[oó]n\b",
    "pt": r"\b(?:o|a|os|as|um|uma|em|e|lhe|voce|voces|seu|sua|do|da|dos|das|ao|no|na|nos|com|ate"
    r"|amanha|hoje|segunda|terca|quarta|quinta|sexta|feira|uteis|prazo|noss[oa]s?|equip[ae]"
    r"|pedido|encomenda|reembolso|esta|este|semana|vou|vai|nao|recebera|ligar|dias|dinheiro|te"
    r"|se|contato|breve|logo|para|meu|minha|teu|tua|por|que|quando|mas|antes|sera|muito|mais"
    r"|outro|outra|assim|isso|irei|iremos|sao)\b|[ãõçà]|[âêô]|[nl]h[aeo]\b|[a-zà-ú]-(?:lhes?|l[oa]s?|nos|vos)\b",
}
"""Small words and letters by which a language is known, in folded and in plain text."""

_COUNTED = {language: re.compile(words) for language, words in _WORDS.items()}

_FOLDED = str.maketrans({
    **{chr(n): base for n in range(0xC0, 0x180)
       if len(base := unicodedata.normalize("NFD", chr(n))[0].lower()) == 1 and base.isascii()},
    "\u2019": "'", "\u2018": "'", "\u00b4": "'", "`": "'", "\u00a0": " ", "\u2013": "-",
    "\u2014": "-", "\u2011": "-", "\u202f": " ", "\t": " ", "\n": " ", "\r": " ", _HELD: " ",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that may hold a commitment, and those beside it in its message."""

    row: int
    text: str
    before: str
    after: str
    languages: str
    """Codes of the languages that it may be in, apart by spaces, likeliest first."""


def likely_sentences(
    column: pa.Array, rows: pa.Array, given: Callable[[int], str | None]
) -> Iterator[Sentence]:
    """Yield the sentences that a commitment may stand in, by row and place.

    Args:
        column: Texts.
        rows: The row that each text is of.
        given: The language of a row, where it is known.
    """
    heads = f"{_ENGLISH_HEADS}|{_ROMANCE_HEADS}"
    kept = pc.fill_null(pc.match_substring_regex(column, heads, ignore_case=True), False)
    texts, rows = column.filter(kept), rows.filter(kept)
    texts = pc.utf8_normalize(texts, form="NFC")
    counts = {
        language: pc.count_substring_regex(texts, words, ignore_case=True).to_pylist()
        for language, words in _WORDS.items()
    }
    for pattern, instead in _SPLITS:
        texts = pc.replace_substring_regex(texts, pattern, instead)
    lists = pc.split_pattern(texts, _MARK)
    parents, said = pc.list_parent_indices(lists).to_pylist(), pc.list_flatten(lists)
    english = pc.match_substring_regex(said, _ENGLISH_HEADS, ignore_case=True)
    others = pc.match_substring_regex(said, _ROMANCE_HEADS, ignore_case=True)
    takes = pc.match_substring_regex(said, _TAKES, ignore_case=True)
    chosen = pc.indices_nonzero(pc.or_(pc.or_(english, others), takes))
    before = pc.max_element_wise(pc.subtract(chosen.cast(pa.int64()), 1), 0)
    after = pc.min_element_wise(pc.add(chosen.cast(pa.int64()), 1), max(len(said) - 1, 0))
    numbers = rows.to_pylist()
    for place, text, last, following, plain in zip(
        chosen.to_pylist(), said.take(chosen).to_pylist(), said.take(before).to_pylist(),
        said.take(after).to_pylist(), pc.or_(english, takes).take(chosen).to_pylist(),
        strict=True,
    ):  # fmt: skip
        parent = parents[place]
        scores = [counts[language][parent] for language in ("en", "es", "pt")]
        spoken = given(numbers[parent]) or _spoken(text, scores)
        if spoken == "en" and not plain:
            continue
        first = place == 0 or parents[place - 1] != parent
        final = place + 1 == len(parents) or parents[place + 1] != parent
        beside = "" if first else last[-_LONGEST:], "" if final else following[:_LONGEST]
        for part in _parts(text):
            yield Sentence(numbers[parent], part, *beside, spoken)


def _parts(text: str) -> Iterator[str]:
    """Yield a sentence, one without an end in pieces between words: grammars look at all pairs."""
    while len(text) > _LONGEST:
        cut = text.rfind(" ", _LONGEST // 2, _LONGEST)
        cut = _LONGEST if cut < 0 else cut
        yield text[:cut]
        text = text[cut:]
    yield text


def folded(text: str) -> str:
    """Return a text in lower case, without accents, letter for letter.

    >>> folded("Mañana le llamaré")
    'manana le llamare'
    """
    # Exports often keep the entity: its semicolon would end a clause.
    low = text.replace("&amp;", "    &").lower().translate(_FOLDED)
    if len(low) == len(text):
        return low
    return "".join(_small(letter) for letter in text)  # a letter whose small form is longer


def plain(text: str) -> str:
    """Return words of a sentence as they are shown, with single spaces."""
    return " ".join(text.replace(_HELD, " ").split())


def _spoken(text: str, scores: list[int]) -> str:
    """Return the languages of a sentence, by the small words of its message and its own."""
    english, spanish, portuguese = scores
    if english > spanish and english > portuguese and english > 2:
        return "en"
    low = text.lower()
    even = folded(text)
    own = {
        language: max(len(words.findall(low)), len(words.findall(even)))
        for language, words in _COUNTED.items()
    }
    whole = dict(zip(("en", "es", "pt"), scores, strict=True))
    best = max(own.values())
    tied = [each for each in own if own[each] == best]
    most = max(whole[each] for each in tied)
    return " ".join(each for each in tied if whole[each] == most)


def _small(letter: str) -> str:
    low = letter.lower().translate(_FOLDED)
    return low if len(low) == 1 else " "
