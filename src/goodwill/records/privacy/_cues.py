"""Names by the words around them: "Dear", "Regards,", "my name is", "Mr" and the like.

Behind such a word even one that no list knows is taken for a name, unless it is a common word, a
brand or a place. Each rule gets the place of its cue word and gives ranges of words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from goodwill.records.privacy._cue_patterns import (
    AND,
    CLOSED,
    COMMA,
    ES_PT,
    FIELD_ENDS,
    GOOD,
    GREETED,
    HALF_GREETINGS,
    INTRODUCED,
    INTRODUCED_BEHIND,
    LABELLED,
    LINE_ENDS,
    LISTED_BEHIND,
    MONTHS,
    NAMED,
    NOT_NAMES,
    OTHER_NAMES,
    STOPS,
    TALKED,
    TEXT_ENDS,
    TITLED,
    WHOSE,
)
from goodwill.records.privacy._gazetteer import (
    BRAND,
    CAPITAL,
    CLOSES,
    CORE,
    DOUBT,
    GIVEN,
    GREETS,
    HALF,
    INTRODUCES,
    LABELS,
    NAME,
    NAMES,
    PLACE,
    SENDS,
    TALKS,
    TITLES,
    UPPER,
    WORD,
    fold,
)
from goodwill.records.privacy._words import PARTICLES, Range, Words, strong


def _initials(words: Words, at: int) -> bool:
    """Whether the word is the initials of an agent or of a firm (JP, SWA), which stay."""
    flag, word = words.flags[at], words.words[at]
    if not flag & UPPER or words.upper:
        return False
    return len(word) <= 3 or not flag & NAME


def _greeted(words: Words, cue: int) -> Iterator[Range]:
    word = fold(words.words[cue])
    if word in HALF_GREETINGS and not (
        cue and words.joined(cue) and fold(words.words[cue - 1]) in GOOD
    ):
        return
    match = GREETED.match(words.text, words.ends[cue])
    if not match:
        return
    at = words.at(match.end())
    while at < len(words.words) and words.starts[at] == match.end():
        lead = words.lead(at)
        flag = words.flags[lead]
        capital = words.capital(lead)
        if flag & (BRAND | PLACE) and not flag & GIVEN:
            return
        if _initials(words, lead):
            return
        end = words.extent(lead, lower=not capital, unknown=capital)
        if end == lead:
            return
        stops = bool(STOPS.match(words.text, words.ends[end - 1]))
        if capital:
            if not stops and not (strong(flag) and flag & GIVEN):
                return
        elif not (flag & CORE and not flag & DOUBT) and not (flag & GIVEN and stops):
            return
        yield at, end
        match = AND.match(words.text, words.ends[end - 1])
        if not match:
            return
        at = words.at(match.end())


def _titled(words: Words, cue: int) -> Iterator[Range]:
    match = TITLED.match(words.text, words.ends[cue])
    if not match:
        return
    at = words.at(match.end())
    if at >= len(words.words) or words.starts[at] != match.end():
        return
    word = fold(words.words[cue])
    if word == "seu" and not (words.opens(cue) and words.flags[at] & CAPITAL):
        return
    if word in ("miss", "sir", "don", "dona", "madame", "monsieur", "frau", "herr") and not (
        words.flags[cue] & CAPITAL and words.flags[words.lead(at)] & (CAPITAL | NAME)
    ):
        return
    lead = words.lead(at)
    capital = words.capital(lead)
    begins = words.opens(cue)  # in lower case, a greeting or a signature
    end = words.extent(lead, lower=not capital, unknown=capital or begins)
    if end > lead and (capital or words.flags[lead] & NAME or begins):
        yield at, end


def _closed(words: Words, cue: int) -> Iterator[Range]:
    match = CLOSED.match(words.text, words.ends[cue])
    if not match or match.end() == words.ends[cue]:
        return
    at = words.at(match.end())
    if at >= len(words.words) or words.starts[at] != match.end():
        return
    if _initials(words, at) or words.flags[at] & CLOSES:
        return
    gap = match["gap"]
    flag = words.flags[at]
    capital = words.capital(at)
    if flag & (BRAND | PLACE) and not flag & GIVEN:
        return
    if "\n" in gap or "\r" in gap:
        end = words.extent(at, lower=True, unknown=capital)
        if end > at and LINE_ENDS.match(words.text, words.ends[end - 1]):
            yield at, end
        return
    end = words.extent(at, lower=not capital, unknown=capital)
    if end == at:
        return
    if capital and flag & GIVEN and strong(flag):
        yield at, end
        return
    if not TEXT_ENDS.match(words.text, words.ends[end - 1]):
        return
    if flag & NAME:
        if capital or (flag & CORE and not flag & DOUBT) or (flag & HALF and gap.strip()):
            yield at, end
    elif capital and ("," in gap or "-" in gap or "–" in gap or "—" in gap):
        yield at, end


def _named(words: Words, cue: int) -> Iterator[Range]:
    match = NAMED.match(words.text, words.ends[cue])
    if not match:
        return
    word = fold(words.words[cue]).removesuffix("'s")
    link = words.text[words.ends[cue] : match.end()].strip().lower()
    before = fold(words.words[cue - 1]).removesuffix("'s") if cue else ""
    if word in ("name", "names", "nombre", "nome", "nom"):
        first = re.match(r"[^\W_]+", link.lstrip("'’"))
        said = first.group() if first else ""
        if said in ("of", "de", "da", "do"):
            if before not in ("the", "my", "a", "em", "au", "en"):
                return
        elif said not in ("is", "was", "are", "s", "ist", "est", "es", "e", "é", "completo"):
            return
        if before in OTHER_NAMES:
            return
    elif word == "namen" and before not in ("den", "dem"):
        return
    elif word in ("llamo", "chama", "llama", "chamo"):
        if before not in ("me", "se") and not re.match(r"[- ]me\b", words.text[words.ends[cue] :]):
            return
    elif word in ("heisse",) and before not in ("ich", "und"):
        return
    at = words.at(match.end())
    if at >= len(words.words) or words.starts[at] != match.end():
        return
    flag = words.flags[at]
    if flag & (BRAND | PLACE) and not flag & GIVEN:
        return
    capital = words.capital(at)
    if not capital and flag & WORD and not flag & CORE:
        return
    guessed = not capital and not flag & NAME and word in ("name", "nom", "nome", "nombre")
    if guessed and (before not in WHOSE or words.words[at].endswith(NOT_NAMES)):
        return
    end = words.extent(at, lower=True)
    if capital:
        end = words.extent(at, lower=False) or end
    if word == "named" and not capital and not strong(flag):
        return
    if end > at:
        yield at, min(end, at + 4)


def _joined(words: Words, at: int) -> bool:
    """Whether nothing but a space stands between the word and the one before it."""
    return words.text[words.ends[at - 1] : words.starts[at]] == " "


def _introduced(words: Words, cue: int) -> Iterator[Range]:
    match = INTRODUCED.match(words.text, words.ends[cue])
    if not match:
        return
    word = fold(words.words[cue])
    link = words.text[words.ends[cue] : match.end()].split()
    if word in ("this", "it") and [part.lower() for part in link[:1]] != ["is"]:
        return
    if word == "am" and (not cue or words.words[cue - 1].lower() != "i"):
        return
    at = words.at(match.end())
    if at >= len(words.words) or words.starts[at] != match.end():
        return
    # German "im Mai"; English "im Tom" begins what is said.
    if word == "im" and (
        fold(words.words[at]) in MONTHS
        or (cue and not words.flags[cue - 1] & GREETS and _joined(words, cue))
    ):
        return
    flag = words.flags[at]
    if not words.capital(at):
        end = words.extent(at, lower=True, unknown=False)
        if flag & CORE and not flag & DOUBT:
            yield at, words.extent(at, lower=True)
        elif end - at >= 2 and strong(flag) and all(map(strong, words.flags[at:end])):
            yield at, end
        elif (
            word in ES_PT
            and not flag & (DOUBT | CAPITAL)
            and len(words.words[at]) >= 4
            and STOPS.match(words.text, words.ends[at])
        ):
            yield at, at + 1
        return
    end = words.extent(at)
    if end == at or (flag & (BRAND | PLACE) and end - at < 2) or _initials(words, at):
        return
    behind = words.ends[end - 1]
    if (
        end - at >= 2
        or INTRODUCED_BEHIND.match(words.text, behind)
        or (flag & GIVEN and STOPS.match(words.text, behind))
        or (not flag & DOUBT and word in ES_PT and COMMA.match(words.text, behind))
    ):
        yield at, end


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


def _labelled(words: Words, cue: int) -> Iterator[Range]:
    match = LABELLED.match(words.text, words.ends[cue])
    if not match:
        return
    at = words.at(match.end())
    if at >= len(words.words) or words.starts[at] != match.end():
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


def _talked(words: Words, cue: int) -> Iterator[Range]:
    match = TALKED.match(words.text, words.ends[cue])
    if not match:
        return
    at = words.at(match.end())
    if at >= len(words.words) or words.starts[at] != match.end():
        return
    flag = words.flags[at]
    capital = words.capital(at)
    if flag & (BRAND | PLACE) and not flag & CORE:
        return
    end = words.extent(at, lower=not capital, unknown=capital)
    if end == at or _initials(words, at):
        return
    two = capital and end - at >= 2  # two capitalised words that nothing else explains
    if match["named"] or two or (capital and flag & GIVEN) or (flag & CORE and not flag & DOUBT):
        yield at, end


def _sent(words: Words, cue: int) -> Iterator[Range]:
    at = cue + 1
    if cue and at < len(words.words) and words.words[cue - 1].lower() == "sent":
        whole = words.ends[at] - words.starts[at] == len(words.words[at])
        if not whole and not (words.flags[at] & DOUBT and not words.flags[at] & NAME):
            yield at, at + 1


RULES: tuple[tuple[int, Callable[[Words, int], Iterator[Range]]], ...] = (
    (GREETS, _greeted),
    (TITLES, _titled),
    (CLOSES, _closed),
    (NAMES, _named),
    (INTRODUCES, _introduced),
    (LABELS, _labelled),
    (TALKS, _talked),
    (SENDS, _sent),
)
