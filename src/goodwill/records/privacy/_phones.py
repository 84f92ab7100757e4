"""Telephone numbers of many countries, told from order numbers, dates, amounts and ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import phonenumbers

from goodwill.records.privacy._phone_words import cue_of
from goodwill.records.privacy._spans import Found

_SEP = r"[\s.\-\u2010-\u2015/]"
_EXTENSION = re.compile(
    r",?\s?(?:x|ext\.?|extension|ramal|durchwahl|poste|int\.?)\s?\.?:?\s?\d{1,5}\b", re.IGNORECASE
)
# Each begins with a character, so that the engine looks only where one stands, and then looks back.
_INTERNATIONAL = re.compile(
    rf"[+＋0(](?<![\w+].)(?:(?<=[+＋])|(?<=0)0|(?<=0)11{_SEP}|(?<=\()\+)\s?\(?\d"
    rf"(?:[\s.\-\u2010-\u2015/()]{{0,3}}\d){{6,14}}(?!\d)"
)
_NATIONAL_BEGINS = re.compile(r"[\d(](?<![\w#$€£.,:+/-].)(?<!\#\s.)")
_NATIONAL = re.compile(
    rf"""(?<![\w#$€£.,:+/-])(?<!\#\s)(?:
      (?:1{_SEP})?(?:\(\d{{3}}\)\s?|\d{{3}}{_SEP}{{1,2}})\d{{3}}{_SEP}?\d{{4}}
    | (?:0{_SEP}?)?\(?0?\d{{2}}\)?\s?-?9?{_SEP}?\d{{4}}{_SEP}\d{{4}}
    | \d{{5}}[-\s]\d{{4,6}}
    | \(?0\d{{1,5}}\)?(?:{_SEP}{{1,3}}\d{{2,8}}){{1,5}}(?:{_SEP}\d)?
    | \(0\d{{1,5}}\)\d{{4,8}} | \(\d{{2}}\)\s?9\d{{8}} | \(\d{{1,4}}\)\s?\d{{3,4}}{_SEP}?\d{{3,4}}
    | [2-9]\d{{2}}(?:{_SEP}\d{{2}}){{3}} | [2-9]\d{{2}}{_SEP}\d{{3}}{_SEP}\d{{3}}
    | [89]\d{_SEP}\d{{3}}{_SEP}\d{{2}}{_SEP}\d{{2}}
    | \d{{2,3}}{_SEP}\d{{3,4}}{_SEP}\d{{4}} | 9{_SEP}\d{{4}}{_SEP}\d{{4}}
    | 3\d\d{_SEP}\d{{6,7}} | \d{{3}}{_SEP}\d{{7}}
    )(?![^\WxX]|[.,/-]\d)""",
    re.VERBOSE,
)
# The seven digits, near each other, that every number has.
_DENSE = re.compile(r"\d(?:[\s.\-\u2010-\u2015/()+＋]{0,6}\d){6}")
PHONE_WITH_CUE = re.compile(
    r"\d(?<![\w#$€£.,+].)(?:[\s.\-\u2010-\u2015/()]{0,2}\d){6,13}(?![\w]|[.,]\d)"
)
_COMPACT = re.compile(r"\d(?<![\w#$€£.,:+/=_-].)(?<!\#\s.)\d{9,10}(?![\w%€£]|[.,/-]\d)")
_DATE = re.compile(
    r"(?:(?:0?[1-9]|[12]\d|3[01])(?P<a>[./-])(?:0?[1-9]|1[0-2])(?P=a)(?:(?:19|20)\d\d|\d\d)"
    r"|(?:0?[1-9]|1[0-2])(?P<b>[./-])(?:0?[1-9]|[12]\d|3[01])(?P=b)(?:(?:19|20)\d\d|\d\d)"
    r"|\d\d?\s\d\d?\s(?:19|20)\d\d"
    r"|(?:19|20)\d\d[./\-\s](?:0[1-9]|1[0-2])[./\-\s]?(?:0[1-9]|[12]\d|3[01]))(?:\s\d{1,4})?\Z"
)
_YEARS = re.compile(r"(?:19|20)\d\d[\s\-\u2010-\u2015/](?:19|20)\d\d\Z")

# "CP 933 945 732 DE": letters and digits of the post, as the Universal Postal Union lays down (S10)
_POSTED = re.compile(r"(?<![A-Za-z])(?:[A-Z]{2}\s?|[a-z]{2})$")
_POSTED_BEHIND = re.compile(r"(?:\s?[A-Z]{2}|[a-z]{2})(?![A-Za-z]|\s[A-Z]{2})")
_RUN_BEFORE = re.compile(r"(?:\d+[ \u00a0-])+$")
_RUN_BEHIND = re.compile(r"(?:[ \u00a0-]\d+)+")
_MOST_DIGITS = 15  # of a telephone number, with its country (E.164)
_MOST_BARE = 13  # without any sign between them, and without a plus
_BEHIND_LETTERS = re.compile(r"[A-Za-z]\d?-$")  # RE-8750430
_SEVERAL = re.compile(r"(?:\+?\d{9,13}[ \u00a0-]?){2,}\Z")  # one telephone beside another
# "100-7130-8515": no country lets a number begin like this.
_DIALLED_NOWHERE = re.compile(r"1[0-2]\d[\s.\-\u2010-\u2015/]\d{4}[\s.\-\u2010-\u2015/]\d{4}\Z")
_CHAT_LINK = re.compile(
    r"(?:\bwa\.me/|whatsapp\.com/send/?\?phone=)\+?(?P<value>\d{8,15})(?!\w)", re.IGNORECASE
)
_TWO_SENTENCES = re.compile(r"\d{3}\.\s+\d{1,2}\Z")  # "0308-0814. 23 de abril"
PHONE_FORMS = (_CHAT_LINK, _INTERNATIONAL, _NATIONAL, _COMPACT)
_GUESSES = ("US", "GB", "BR", "ES", "FR", "DE", "MX", "IN", "AU", "PT", "IT", "CO", "AR")
_NOT_DIGIT = re.compile(r"\D+")
_DIGIT = re.compile(r"\d")
_LIKE_VERSION = re.compile(r"(?:^|\D)\d\.\d{1,2}\.|\.\d\.|\.\d+/|^\+\s\d+\.\d")
_GROUP_END = re.compile(r"[\s.\-\u2010-\u2015/()]+\d+\Z")


def find_phones(found: Found, *, formed: bool = True) -> None:
    """Telephone numbers of any country; ``formed`` as in ``phones_of``."""
    for start, end in phones_of(found.text, formed):
        behind = _EXTENSION.match(found.text, end)
        found.add(start, behind.end() if behind else end, "phone")


@lru_cache(maxsize=20_000)
def phones_of(text: str, formed: bool = True) -> tuple[tuple[int, int], ...]:
    """Where telephone numbers stand in a text, in order.

    Remembered for a while, since a text is asked for its keys and then redacted.

    Args:
        text: The text.
        formed: Whether one of ``PHONE_FORMS`` may be in it.
    """
    dense = _DENSE.search(text)
    if not dense:
        return ()
    begin = max(0, dense.start() - 8)
    formed_ = _formed(text, begin) if formed else ()
    return tuple(_joined(sorted({*formed_, *_with_cue(text, begin)})))


def _joined(places: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The places in order, those that overlap as one."""
    start = end = -1
    for low, high in places:
        if low >= end:
            if end > 0:
                yield start, end
            start = low
        end = max(end, high)
    if end > 0:
        yield start, end


def forget_texts() -> None:
    """Forget the texts that were looked at."""
    phones_of.cache_clear()
    _valid.cache_clear()


def _formed(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Numbers that look like telephones."""
    for match in _CHAT_LINK.finditer(text) if "/" in text else ():
        yield match.span("value")
    for match in _INTERNATIONAL.finditer(text, begin):
        start, end = match.span()
        value = match.group()
        if value.startswith(("+", "＋", "(")):
            if not _LIKE_VERSION.search(value) or _valid(value, None):
                yield start, _end_of_valid(value, start)
        elif cue_of(text, start, end) >= 0 and _valid(value, None):
            yield start, end
    for match in _nationals(text, begin):
        start, end = match.span()
        digits = len(_NOT_DIGIT.sub("", match.group()))
        if not 8 <= digits <= 16 or _never(match.group()):
            continue
        cue = cue_of(text, start, end)
        doubtful = digits == 8 or _DIALLED_NOWHERE.match(match.group())
        if cue < 0 or (cue == 0 and (doubtful or _TWO_SENTENCES.search(match.group()))):
            continue
        if not _of_longer(text, start, end):
            yield start, end
    for match in _COMPACT.finditer(text, begin):
        start, end = match.span()
        cue = cue_of(text, start, end)
        told = cue > 0 or (cue == 0 and _looks_valid(match.group()))
        if told and not _of_longer(text, start, end):
            yield start, end


def _with_cue(text: str, begin: int) -> Iterator[tuple[int, int]]:
    """Numbers that the words around them say are telephones."""
    for match in PHONE_WITH_CUE.finditer(text, begin):
        start, end = match.span()
        if _never(match.group()) or (end - start > _MOST_BARE and match.group().isdigit()):
            continue
        cue = cue_of(text, start, end)
        told = cue > 0 or (cue == 0 and _signs(text, start, end))
        if told and not _of_longer(text, start, end):
            yield start, end


def _nationals(text: str, begin: int) -> Iterator[re.Match[str]]:
    behind = begin
    for place in _NATIONAL_BEGINS.finditer(text, begin):
        at = place.start()
        if at >= behind and (match := _NATIONAL.match(text, at)):
            behind = match.end()
            yield match


def _of_longer(text: str, start: int, end: int) -> bool:
    """Whether the digits are part of a longer number: of a parcel, an article, a part."""
    if _BEHIND_LETTERS.search(text, max(0, start - 8), start):
        return True
    if _POSTED.search(text, max(0, start - 4), start) and _POSTED_BEHIND.match(text, end):
        return True
    before = _RUN_BEFORE.search(text, max(0, start - 24), start)
    behind = _RUN_BEHIND.match(text, end)
    if not before and not behind:
        return False
    run = text[before.start() if before else start : behind.end() if behind else end]
    return len(_NOT_DIGIT.sub("", run)) > _MOST_DIGITS and not _SEVERAL.match(run)


def _never(value: str) -> bool:
    """Whether digits with separators are a date, two years or a version of software."""
    return bool(_DATE.match(value) or _YEARS.match(value) or _LIKE_VERSION.search(value))


def _signs(text: str, start: int, end: int) -> bool:
    """Whether bare digits alone on the last line, below words, are a telephone's."""
    if text[end:].strip(" \t\r\n.") or text[:start].rstrip(" \t")[-1:] != "\n":
        return False
    line = text[:start].rstrip().rpartition("\n")[2]
    digits = text[start:end]
    if not digits.isdigit() or not line or line[-1] in ":?" or _DIGIT.search(line):
        return False
    return any(_valid(digits, region) for region in _GUESSES) or bool(_valid("+" + digits, None))


def _end_of_valid(value: str, start: int) -> int:
    """The end of an international number, cut where trailing groups make it too long."""
    tried = value
    while len(_NOT_DIGIT.sub("", tried)) >= 8:
        if _valid(tried, None):
            return start + len(tried)
        shorter = _GROUP_END.sub("", tried)
        if shorter == tried:
            break
        tried = shorter
    return start + len(value)


def _parse(value: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    value = value.lstrip("(").replace("＋", "+")
    if value.startswith("00"):
        value = "+" + value[2:]
    elif value.startswith("011") and region is None:
        value = "+" + value[3:].lstrip(" .-/")
    try:
        return phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        return None


@lru_cache(maxsize=5_000)
def _valid(value: str, region: str | None) -> phonenumbers.PhoneNumber | None:
    """The number, None where it is not valid; remembered as ``phones_of`` is."""
    number = _parse(value, region)
    return number if number and phonenumbers.is_valid_number(number) else None


def _looks_valid(digits: str) -> bool:
    """Whether bare digits without any word around are a telephone number of a large country."""
    if digits[0] == "0":
        regions: tuple[str, ...] = _GUESSES
    elif len(digits) == 10 or digits[0] == "1":
        regions = ("US",)
    else:
        regions = ("BR",) if digits[2] == "9" else ()
    return any(_valid(digits, region) for region in regions)


def e164(value: str, region: str | None) -> str | None:
    """The number in E.164 (+34612345678), None where it is no valid number."""
    number = _valid(value, region)
    if number is None:
        return None
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
