"""Names that stand where people sign, or beside an address: told by the lines around them.

Behind a closing ("Regards,", "Viele Grüße", "Um abraço da") a short line of words that no list
knows as words is a name, in any case of letters; so is what stands right before "<[email]>".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from goodwill.records.privacy._cue_patterns import LONGEST_UNKNOWN
from goodwill.records.privacy._gazetteer import (
    BRAND,
    CAPITAL,
    CLOSES,
    CORE,
    DOUBT,
    GIVEN,
    GRAMMAR,
    GREETS,
    NAME,
    PLACE,
    SURNAME,
    TITLES,
    UPPER,
    WORD,
    fold,
)
from goodwill.records.privacy._words import PARTICLES, Range, Words, strong

_S = r"[ \t\u00a0]"
_CLOSINGS = r"""
    (?:(?:with|kind(?:est)?|best|warm(?:est)?|many|my|sincere(?:st)?|all(?:\sthe)?|yours|very)\s)*
      (?:regards|wishes|thanks|thank\syou|cheers|love|best|sincerely|faithfully|truly|respectfully|hugs
        |thx|ta|warmly|cordially)
  | (?:mit|beste[nr]?|freundliche[nmrs]?|viele[nr]?|liebe[nr]?|herzliche[nr]?|sch[öo]ne[nr]?
        |besten|lieben|kollegiale[nr]?|sonnige|einen|danke\sund)?
      (?:\s?(?:freundliche[nmrs]?|besten|lieben|herzlichen|sch[öo]nen|vielen|vorz[üu]glicher))?\s?
      (?:gr(?:u|ü|ue)(?:ß|ss)(?:en?)?|dank|hochachtungsvoll|hochachtung|danke|mfg|lg|vg|bg|hg|vlg)
  | (?:reciba[n]?\s|le\ssaludan?\s|un[oa]?s?\s|muchas\s|mil\s|con\s|mis\s|cordial(?:es)?\s
        |gracias\sy\s
        |afectuosos?\s|atentos?\s|les\s)*
      (?:saludos?|slds|atentamente|atte|gracias|abrazos?|besos?|bs|cordialmente|hasta\s(?:pronto|luego))
  | (?:com\s|os\s|meus\s|melhores\s|muito\s|um(?:a)?\s|grande\s|forte\s|for[çc]a\se\s)*
      (?:cumprimentos|atenciosamente|att|atc|obrigad[oa]s?|grat[oa]|abra[çc]os?|abs|bjs?|bjos|beijos?
        |beijinhos?|cordialmente|sauda[çc][õo]es|respeitosamente|subscrevo-me(?:\satentamente)?)
  | (?:bien\s|tr[èe]s\s|avec\s|sinc[èe]res\s|meilleures\s|mes\s)*
      (?:cordialement|salutations|merci|bises|bisous|amicalement)
"""
_FILLINGS = r"""
    (?:you|so|very|much|a|lot|again|in|advance|for|everything|your|help|time|regards|muito|mil|desde|j[áa]
      |beaucoup|d['’]avance|par|cordiale?s?|afectuosos?|atentamente|de\santemano|pela|pelo|por|su|sua
      |ayuda|ajuda|aten[çc][ãa]o|tiempo|sch[öo]n|im|voraus|vorab|f[üu]r|ihre|die|deine|eure|hilfe|m[üu]he
      |truly|sincerely|kindly|und|y|e|and|un|um|best|viele|liebe|beste|gr[üu](?:ß|ss)e?|saludos?|cordial
      |abra[çc]o|abrazo|wishes|all|the|everyone|aus\s\w+|sehr|meilleures|salutations|sinceras?)\b
"""
_FLAGS = re.VERBOSE | re.IGNORECASE
_TITLES = (
    r"(?:(?:mr|mrs|ms|miss|mx|dr|dra|drs|prof|sir|sr|sra|srta|senhor|senhora|señora?|eng|engª|ing|lic|d|dña"
    r"|doña|dona|dipl|mag|mme|mlle|frau|herr|ihre?|seu|sua|su|the|family|familia|fam[íi]lia|familie|famille"
    rf"|your|from|von|vom)\b\.?{_S}+)*"
)
_CLOSED = re.compile(
    rf"""(?:^|(?<=[.!?…]))[ \t\u00a0>*_]*(?:{_CLOSINGS})(?!\w)(?:{_S}+{_FILLINGS})*
    (?P<from>{_S}+(?:from|von|de|da|do)(?={_S}))?
    (?P<gap>\s*[,.!;:…]*\s*(?:[-–—~]{{1,2}}\s*)?){_TITLES}""",
    _FLAGS | re.MULTILINE,
)
# "i. V. Jane Doe", "gez. …", "Fdo.: …", "x Jane", "-- " and a line of its own
_MARKED = re.compile(
    rf"""^[ \t\u00a0]*(?:i\.?\s?[va]\.|p\.\s?p\.|p\.?p\.?o?\.(?={_S})|gez(?:\.|eichnet)|fdo\.?
      |firmado|firma
      |ass(?:\.|inado)|signed|unterzeichnet|x{{1,3}}(?={_S})|xo(?:xo)?|[-–—~]{{1,2}})(?P<gap>[:,]?\s*)
    {_TITLES}""",
    _FLAGS | re.MULTILINE,
)
_PARAGRAPH = re.compile(rf"\n[ \t\r]*\n[ \t]*{_TITLES}(?=[^\W\d_][^\n]{{2,45}}(?:\n|\Z))", _FLAGS)
_LINE_ENDS = re.compile(
    r"[ \t\u00a0]*(?:\Z|[\r\n]|[.!)*_]+[ \t]*(?:\Z|[\r\n])|,[ \t]*(?=[\r\n]|\Z|[A-ZÀ-Þa-z])"
    r"|[\[(|<–—/•·]"
    r"|-[ \t]|[:;=8][-']?[)(DPp3]|<3|[\u2190-\u2bff\U0001f000-\U0001faff]| family\b)"
)
ENDS = re.compile(r"[ \t\u00a0.,!]*(?:\Z|[\r\n])")
_FIRM = re.compile(
    r"[^\n]{0,40}?\b(?:gmbh|kg|ag|ohg|e\.\s?v\.|inc|ltd|llc|plc|llp|s\.?\s?a\.?|s\.?\s?l\.?|lda|ltda"
    r"|sarl|corp"
    r"|e\.?\s?k\.?|bv|& co)(?!\w)",
    re.IGNORECASE,
)
_AND = re.compile(rf"{_S}(?:and|&|y|e|und|\+){_S}(?=[A-ZÀ-Þ])")
_BESIDE_MAIL = re.compile(rf"{_S}+(?=[<(\[]{_S}?(?:mailto:)?\[email\])")
LEADS = PARTICLES - {"y", "e", "ben"} | {"o", "ó", "lo", "le", "mc", "st"}
_MOST = 6


def closes_lines(text: str) -> bool:
    """Whether there are lines, so that a name may stand behind a closing."""
    return "\n" in text


def find_signed(words: Words) -> Iterator[Range]:
    """Names behind a closing or a sign, and short paragraphs that are names."""
    text = words.text
    for pattern in (_CLOSED, _MARKED):
        for match in pattern.finditer(text):
            if match.end() == match.start() or match.end() >= len(text):
                continue
            gap = match["gap"]
            begins = "\n" in gap or pattern is _MARKED
            sure = begins or bool(gap.strip()) or bool(match.groupdict().get("from"))
            if not gap and text[match.end() - 1 : match.end()].isalnum():
                continue
            yield from _line(words, match.end(), begins, sure)
    if "\n" in text:
        for match in _PARAGRAPH.finditer(text):
            yield from _paragraph(words, match.end())


def find_beside_mails(words: Words) -> Iterator[Range]:
    """Names right before a mail address in brackets, as mail programs write them."""
    for match in _BESIDE_MAIL.finditer(words.text):
        behind = words.at(match.start())
        at = behind
        comma = False
        while at and behind - at < _MOST:
            end = words.ends[at - 1]
            gap = words.text[end : words.starts[at]] if at < behind else ""
            if at == behind and end != match.start():
                break
            if at < behind and gap != " " and not (gap == ". " and end - words.starts[at - 1] == 1):
                if gap == ", " and not comma and strong(words.flags[at - 1]):
                    comma = True
                else:
                    break
            flag = words.flags[at - 1]
            word = fold(words.words[at - 1])
            if not (word in LEADS or len(word) == 1 or word in ("y", "e")) and (
                flag & DOUBT and not flag & NAME
            ):
                break
            if not flag & (CAPITAL | NAME) and word not in LEADS and len(word) > 1:
                break
            at -= 1
        while at < behind and fold(words.words[at]) in ("y", "e"):
            at += 1
        if any(words.flags[i] & NAME or words.capital(i) for i in range(at, behind)):
            yield at, behind


def _line(words: Words, place: int, begins: bool, sure: bool) -> Iterator[Range]:
    """The name that begins at a place and ends with its line."""
    at = words.begun(place)
    if at is None:
        return
    end = _reach(words, at, lower=True)
    if end == at:
        return
    if more := _AND.match(words.text, words.ends[end - 1]):
        # "Best wishes,\nCallum & Mai"
        second = words.at(more.end())
        both = _reach(words, second, lower=False) if second < len(words.words) else second
        if both > second and ENDS.match(words.text, words.ends[both - 1]):
            yield at, end
            yield second, both
            return
    if not _LINE_ENDS.match(words.text, words.ends[end - 1]):
        return
    if _FIRM.match(words.text, words.ends[end - 1]):
        return
    main = [i for i in range(at, end) if len(words.words[i]) > 1]
    main = [i for i in main if fold(words.words[i]) not in LEADS] or main
    if not main or words.flags[at] & CLOSES:
        return
    flags = [words.flags[i] for i in main]
    known = any(strong(flag) for flag in flags)
    if len(main) == 1:
        flag, word = flags[0], words.words[main[0]]
        if flag & UPPER and not words.upper and (len(word) <= 3 or not flag & NAME):
            return
        if not flag & NAME and len(word) > LONGEST_UNKNOWN:
            return
        if flag & (BRAND | PLACE) and not flag & GIVEN:
            return
        if flag & PLACE and at and fold(words.words[at - 1]) in PARTICLES:
            return  # "Saudações de Salvador"
        if flag & WORD and not flag & GIVEN and not flag & CAPITAL:
            return
        if flag & WORD and flag & SURNAME and not flag & GIVEN and at == main[0] and end == at + 1:
            return
    elif all(flag & DOUBT for flag in flags) and not all(flag & NAME for flag in flags):
        return
    capital = all(words.flags[i] & CAPITAL for i in main)
    if not begins and not (known or (capital and sure)):
        return  # on the line of the closing words in lower case are mostly words
    if begins and not capital and not known and not any(flag & NAME for flag in flags):
        if len(main) > 3 or not ENDS.match(words.text, words.ends[end - 1]):
            return
        if any(len(words.words[i]) < 3 for i in main):
            return
    yield at, end


def _paragraph(words: Words, place: int) -> Iterator[Range]:
    """A paragraph that begins with a line of two to five words, all of them of names."""
    at = words.begun(place)
    if at is None:
        return
    end = _reach(words, at, lower=True)
    if end - at < 2 or not ENDS.match(words.text, words.ends[end - 1]):
        return
    main = [i for i in range(at, end) if len(words.words[i]) > 1]
    main = [i for i in main if fold(words.words[i]) not in LEADS]
    flags = [words.flags[i] for i in main]
    if not flags or not flags[-1] & NAME or not any(strong(flag) for flag in flags):
        return
    if all(flag & NAME or flag & CAPITAL for flag in flags) and (
        len(flags) < 2 or flags[0] & NAME or words.capital(main[0])
    ):
        yield at, end


def _reach(words: Words, at: int, *, lower: bool) -> int:
    """The index behind the words of a name that begins at ``at``; ``at`` where none does."""
    last = index = at
    comma = False
    while index < len(words.words) and index - at < _MOST:
        word = words.words[index]
        if index > at:
            gap = words.text[words.ends[index - 1] : words.starts[index]]
            if gap == ", " and not comma and last == index and _turned(words, at, index):
                comma = True
            elif gap not in (" ", "\u00a0", "  ") and not (
                gap in (". ", ".", ".-", ".-") and len(words.words[index - 1]) == 1
            ):
                break
        flag = words.flags[index]
        folded = fold(word)
        if len(word) == 1:
            dotted = words.text[words.ends[index] :][:1] == "."
            if dotted or folded in ("o", "d"):
                last = index + 1 if dotted and index > at else last
            elif folded not in ("y", "e") or index == at:
                break
        elif folded in LEADS and not (flag & NAME and flag & CAPITAL):
            pass
        elif not _is_part(words, index, lower):
            break
        else:
            last = index + 1
        index += 1
    if last > at and all(len(words.words[i]) == 1 for i in range(at, last)):
        return at
    return last


def _turned(words: Words, at: int, index: int) -> bool:
    """Whether "Doe, Jane" stands there: the surname first, a given name, and then the line ends."""
    flag = words.flags[index]
    if index - at > 3 or flag & (WORD | PLACE | BRAND) and not flag & GIVEN:
        return False
    if not (flag & GIVEN or (flag & CAPITAL and not flag & DOUBT)):
        return False
    if flag & PLACE and not flag & CORE:
        return False
    if not flag & GIVEN and not words.flags[at] & SURNAME:
        return False
    end = index + 1
    while end < len(words.words) and words.joined(end) and words.flags[end] & (NAME | CAPITAL):
        end += 1
    return bool(_LINE_ENDS.match(words.text, words.ends[end - 1]))


def _is_part(words: Words, index: int, lower: bool) -> bool:
    flag = words.flags[index]
    if flag & GRAMMAR and not flag & GIVEN:
        # "Regards,\nPauline Day"
        return _ends_a_name(words, index, flag)
    if flag & NAME:
        plain = not flag & (CAPITAL | GIVEN) and bool(flag & WORD)
        return not plain or words.follows_name(index, flag)
    if flag & DOUBT:
        # behind a given name a capital makes a surname of a plain word
        return (
            bool(flag & CAPITAL)
            and not flag & (BRAND | GRAMMAR)
            and index > 0
            and bool(words.flags[index - 1] & GIVEN)
            and strong(words.flags[index - 1])
            and words.joined(index)
        )
    if flag & UPPER and not words.upper and len(words.words[index]) <= 3:
        return False
    return lower or bool(flag & CAPITAL)


def _ends_a_name(words: Words, index: int, flag: int) -> bool:
    """Whether the word, capitalised, ends the line right behind a common given name."""
    before = words.flags[index - 1] if index else 0
    return (
        bool(flag & CAPITAL and flag & (GREETS | CLOSES) and before & GIVEN and before & CORE)
        and strong(before)
        and words.joined(index)
        and bool(ENDS.match(words.text, words.ends[index]))
    )


_GREETED_BEHIND = re.compile(
    r"(?:,|:)[ \t]*(?:\r?\n|(?:bom|boa|bue?n[oa]?s?|ol[áa]|hola|good|guten|hi|hello|hallo)\b)",
    re.IGNORECASE,
)


SHORT_LINE = 40


def opens_with_a_line(text: str) -> bool:
    """Whether the first line is short, as a greeting is, and ends with a comma or a colon."""
    line = text[: text.find("\n", 0, SHORT_LINE + 1) + 1].rstrip()
    return line[-1:] in (",", ":") if line else False


def find_opening(words: Words) -> Iterator[Range]:
    """A name alone on the first line: "Jane," or "Jane, good morning"."""
    if not words.words or words.text[: words.starts[0]].strip():
        return
    lead = words.lead(0)
    flag = words.flags[lead]
    if (
        not flag & CAPITAL
        or flag & (GREETS | TITLES | CLOSES)
        or (flag & DOUBT and not flag & GIVEN)
    ):
        return
    end = words.extent(lead)
    if lead < end <= lead + 4 and _GREETED_BEHIND.match(words.text, words.ends[end - 1]):
        yield 0, end
