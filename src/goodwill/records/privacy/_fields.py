"""Names behind a label: "Name: Jane Doe", "Passengers: …", "Bill to: …"."""

from __future__ import annotations

from collections.abc import Iterator

from goodwill.records.privacy._cue_patterns import (
    FIELD_ENDS,
    LABELLED,
    LISTED_BEHIND,
    OTHER_NAMES,
)
from goodwill.records.privacy._gazetteer import (
    BRAND,
    CAPITAL,
    DOUBT,
    GIVEN,
    NAME,
    PLACE,
    WORD,
    fold,
)
from goodwill.records.privacy._words import PARTICLES, Range, Words, strong

_MOST_OF_FIELD = 6
_MAILED = frozenset(("from", "to", "cc"))
# Labels behind which stands a name, and not only something of a customer.
_SURE_LABELS = frozenset(
    (
        "name", "names", "nombre", "nombres", "apellido", "apellidos", "nome", "sobrenome", "nom",
        "prenom", "vorname", "nachname", "surname", "titular", "holder", "cardholder", "apelido",
    )
)  # fmt: skip
_LOOSE_LABELS = frozenset(
    (
        "contact", "contacto", "contato", "kontakt", "bill", "ship", "deliver",
        "faturar", "facturar", "entregar", "enviar", "lieferung", "rechnung", "payer", "payee",
        "ordenante", "patient", "paciente", "patientin", "gast", "gaste", "guests", "attendees",
        "participants", "participantes", "asistentes", "assistentes", "teilnehmer", "teilnehmende",
        "beneficiary", "beneficiario", "beneficiaria", "empfanger", "empfangerin", "tenant",
        "inquilino", "mieter", "applicant", "spouse", "conyuge", "conjuge", "ehepartner",
    )
)  # fmt: skip


def find_in_fields(words: Words, cue: int) -> Iterator[Range]:
    match = LABELLED.match(words.text, words.ends[cue])
    if not match:
        return
    at = words.begun(match.end())
    if at is None:
        return
    word = fold(words.words[cue])
    before = fold(words.words[cue - 1]) if cue else ""
    filler = fold(match["filler"] or "").split()
    if before in OTHER_NAMES or not OTHER_NAMES.isdisjoint(filler):
        return
    sure = bool(match["sure"]) or word in _SURE_LABELS
    if word in _MAILED and not match["sure"]:
        known = strong(words.flags[at]) and words.capital(at)
        end = words.extent(at) if known else at
    elif not match["sure"] and (filler or word in _LOOSE_LABELS):
        end = _of_field(words, at, sure)
    else:
        end = _behind_label(words, at, sure)
    while end > at:
        yield at, end
        more = LISTED_BEHIND.match(words.text, words.ends[end - 1])
        if not more:
            return
        at = words.at(more.end())
        end = _of_field(words, at, False) if at < len(words.words) else at


def _behind_label(words: Words, at: int, sure: bool) -> int:
    """The end of the name right behind a label of persons; ``at`` where none is."""
    flag, capital = words.flags[at], words.capital(at)
    lead = words.lead(at)
    if lead > at:
        flag, capital = words.flags[lead], words.capital(lead)
    if flag & (BRAND | PLACE) and not flag & GIVEN:
        return at
    if not capital and not (sure and not (flag & WORD and not flag & GIVEN)):
        return at
    end = min(words.extent(lead, lower=sure), lead + 6)
    end = max(end, words.turned(end)) if end > lead else at
    return max(end, _filled(words, at, 1 if sure and capital else 2))


def _of_field(words: Words, at: int, sure: bool) -> int:
    """The end of a name that fills a field, or that is well known; ``at`` where none does."""
    lead = words.lead(at)
    flag = words.flags[lead]
    if flag & (BRAND | PLACE) and not flag & GIVEN:
        return at
    end = words.extent(lead)
    if strong(flag) and words.capital(lead) and end > lead:
        return max(end, words.turned(end))
    return _filled(words, at, 1 if sure and flag & CAPITAL else 2)


def _filled(words: Words, at: int, least: int) -> int:
    """The end of so many words or more that fill a field, in any case of letters.

    None of them may be known as a word, a brand or a place and not as a name.
    """
    end, held = at, 0
    while end < len(words.words) and end - at < _MOST_OF_FIELD:
        flag, word = words.flags[end], words.words[end]
        if end > at and not (words.joined(end) or (held == 1 and _turns(words, end))):
            break
        if fold(word) not in PARTICLES and len(word) > 1:
            if flag & DOUBT and not flag & NAME:
                return at
            held += 1
        end += 1
    whole = end > at and FIELD_ENDS.match(words.text, words.ends[end - 1])
    return end if whole and held >= least else at


def _turns(words: Words, at: int) -> bool:
    """Whether a capitalised word stands behind a comma: "Nwachukwu, Yewande"."""
    gap = words.text[words.ends[at - 1] : words.starts[at]]
    return gap == ", " and bool(words.flags[at] & CAPITAL) and not words.flags[at] & DOUBT
