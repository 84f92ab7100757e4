"""What a survey's column holds, told by its title and by the values of the whole column."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from ._headers import Title
from ._recipe import plain

_MOST_DISTINCT = 5_000
_NUMBER = re.compile(r"(-?\d{1,3})(?:[.,]0+)?(?:\s*[-–—=:.)(]\s*\D.*|\s+\D{1,60})?", re.DOTALL)
_RECOMMEND = re.compile(
    r"recommend|recomi?end|recommand|weiterempf|empfehl|consigli|aanbevel|net promoter|\bnps\b"
)
_EFFORT = re.compile(
    r"\bces\b|effort|how easy|easy (for (me|you) )?to|made it easy|was (it )?easy|esfuerzo|esforco"
    r"|facil|leicht fiel|aufwand"
)
_SATISFIED = re.compile(
    r"\bcsat\b|satisf|satisfech|zufried|how (was|did|would you rate|do you rate|well)|\brate\b"
    r"|rating|\bscore\b|como fue|wie war"
)
_STARS = re.compile(r"\bstars?\b|estrell|estrela|sterne")
_OTHER_RANGE = re.compile(r"\b[01]\s*(?:-|–|to|bis|a|al)\s*(?:7|10|100)\b")
_WORDY = re.compile(
    r"why\b|reason|comment|feedback|tell us|own words|anything else|what (could|should|would|can)"
    r"|improve|describe|explain|elaborate|suggest|specify|please say|open[- ]?ended|por que|porque"
    r"|warum|kommentar|comentari|sugerenc|sugest|mejor|melhor|grund|pourquoi|commentaire"
)
_CHOICE = re.compile(r"selected choice|select all|all that apply|check all|choose")
_NEVER = re.compile(
    r"\bip\b|\baddress\b(?!.*mail)|street|post ?code|\bzip\b|birth|latitude|longitude|signature"
    r"|\bupload|\bfile\b|password|recaptcha|fraud|user agent|browser|\butm\b|\bgdpr\b|passport"
)
_MAIL = re.compile(r"\be ?mail|correo|courriel")
_PHONE = re.compile(r"phone|mobile|whatsapp|telefon|telephone|movil|celular|handynummer")
_NAME = re.compile(r"\b(first|last|full|your|sur|family|given)? ?names?\b|surname|nombre|apellido")
_ORDER = re.compile(
    r"\b(order|purchase|invoice|pedido|bestell)\s?(number|nummer|id|no|nr|ref|reference)?\b"
)
_CUSTOMER = re.compile(
    r"\b(customer|client|user|account|member|contact|cliente|kunden)\s?"
    r"(number|nummer|id|no|nr|ref|key)\b"
)
_HAS_DIGIT = re.compile(r"\d")
_CODES = frozenset({"1", "0", "x", "true", "yes", "selected", "checked", "ja", "si", "sí", "sim"})


def _scale(text: str) -> dict[str, int]:
    return {word.strip(): int(score) for line in text.strip().splitlines()
            for score, words in [line.split(":")] for word in words.split(",")}  # fmt: skip


CSAT_WORDS = _scale("""
5: very satisfied, extremely satisfied, completely satisfied, muy satisfecho, muito satisfeito
5: sehr zufrieden, très satisfait, muy satisfecha, muito satisfeita
4: satisfied, somewhat satisfied, satisfecho, satisfeito, zufrieden, satisfait
3: neither satisfied nor dissatisfied, neutral, ni satisfecho ni insatisfecho
3: nem satisfeito nem insatisfeito, weder noch, weder zufrieden noch unzufrieden, teils teils
2: dissatisfied, somewhat dissatisfied, insatisfecho, insatisfeito, unzufrieden, insatisfait
1: very dissatisfied, extremely dissatisfied, completely dissatisfied, muy insatisfecho
1: muito insatisfeito, sehr unzufrieden, très insatisfait
""")
CES_WORDS = _scale("""
7: strongly agree, extremely easy
6: agree, moderately easy
5: somewhat agree, slightly easy
4: neither agree nor disagree, neutral, neither easy nor difficult
3: somewhat disagree, slightly difficult
2: disagree, moderately difficult
1: strongly disagree, extremely difficult
""")


@dataclass(slots=True)
class Answers:
    """The filled cells of one column."""

    counts: Counter[str] = field(default_factory=Counter)
    filled: int = 0

    def add(self, cells: Iterable[str | None]) -> None:
        """Count a chunk's cells; only the first thousands of different ones are kept."""
        for cell in cells:
            if cell is not None and (value := cell.strip()):
                self.filled += 1
                if value in self.counts or len(self.counts) < _MOST_DISTINCT:
                    self.counts[value] += 1

    def share(self, pattern: re.Pattern[str]) -> float:
        """Return the share of cells that a pattern fits whole."""
        kept = sum(self.counts.values())
        return sum(n for v, n in self.counts.items() if pattern.fullmatch(v)) / max(1, kept)

    @property
    def words(self) -> float:
        """Words of a cell on average."""
        kept = sum(self.counts.values())
        return sum(n * len(v.split()) for v, n in self.counts.items()) / max(1, kept)

    @property
    def distinct(self) -> float:
        """Different cells for each filled one."""
        return len(self.counts) / max(1, sum(self.counts.values()))

    def numbers(self) -> list[int]:
        """Return the cells' numbers; none where a cell has none."""
        found = [_NUMBER.fullmatch(value) for value in self.counts]
        return [int(m[1]) for m in found if m] if all(found) else []


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column is taken for.

    Attributes:
        kind: rating, text, choice, email, phone, name, order, customer, or empty: not taken.
        scale: The scale of a rating, empty where it is none that is known.
        told: What is said of it: the separator of several choices, why it is not taken.
    """

    kind: str
    scale: str = ""
    told: str = ""


def meaning(name: str, title: Title, answers: Answers, *, nps: bool = False) -> Meaning:
    """Return what a column is taken for.

    Args:
        name: The column's name in the file.
        title: What was asked.
        answers: All cells of the column.
        nps: The product itself says that this is the NPS question.
    """
    if not answers.filled:
        return Meaning("", told="empty")
    asked = plain(f"{title.question} {title.part}")
    if _NEVER.search(asked) or _NEVER.search(plain(name)):
        return Meaning("", told="personal or technical")
    found = _key(asked, plain(name), answers) or _rating(asked, answers, nps)
    return found or _said(asked, title, answers)


def _key(asked: str, name: str, answers: Answers) -> Meaning | None:
    """Tell mails, phones, names and numbers of orders and customers."""
    values = list(answers.counts)
    mails = sum(bool(re.fullmatch(r"\S+@\S+\.\S+", v)) for v in values)
    if mails * 2 >= len(values):
        return Meaning("email")
    phones = sum(bool(re.fullmatch(r"'?[+(\d][\d\s().\-/]{5,20}", v)) for v in values)
    if _PHONE.search(asked) and phones * 2 >= len(values):
        return Meaning("phone")
    if any(v.startswith("'+") or v.startswith("+") for v in values) and phones == len(values):
        return Meaning("phone")
    few = len(asked.split()) <= 6
    if _MAIL.search(asked) and few and mails:
        return Meaning("email")
    short = answers.words <= 3.5 and not any(_HAS_DIGIT.search(v) for v in values)
    if _NAME.search(asked) and few and short:
        return Meaning("name")
    ids = all(_HAS_DIGIT.search(v) and len(v.split()) <= 2 for v in values)
    for kind, pattern in (("customer", _CUSTOMER), ("order", _ORDER)):
        if ids and (pattern.search(name) or (pattern.search(asked) and few)):
            return Meaning(kind)
    return None


def _rating(asked: str, answers: Answers, nps: bool) -> Meaning | None:
    lower = {value.lower() for value in answers.counts}
    if lower <= set(CSAT_WORDS) and (len(lower) > 1 or _SATISFIED.search(asked)):
        return Meaning("rating", "csat5")
    if lower <= set(CES_WORDS) and (_EFFORT.search(asked) or any("somewhat" in v for v in lower)):
        return Meaning("rating", "ces7")
    numbers = answers.numbers()
    if not numbers:
        return None
    low, high = min(numbers), max(numbers)
    many = sum(answers.counts.values()) >= 20
    recommend, effort = _RECOMMEND.search(asked), _EFFORT.search(asked)
    stars, satisfied = _STARS.search(asked), _SATISFIED.search(asked)
    if nps or (recommend and low >= 0 and high <= 10):
        return Meaning("rating", "nps" if nps or high > 5 or low == 0 or not many else "")
    if effort and low >= 1:
        return Meaning("rating", "ces7" if high <= 7 and (high > 5 or not many) else "")
    if stars or satisfied:
        known = low >= 1 and high <= 5 and not _OTHER_RANGE.search(asked)
        return Meaning("rating", ("stars5" if stars else "csat5") if known else "")
    return None


def _said(asked: str, title: Title, answers: Answers) -> Meaning:
    """Tell own words from choices; numbers and dates are neither."""
    values = list(answers.counts)
    if all(not re.search(r"[^\W\d_]{2}", v) for v in values) or answers.numbers():
        coded = len(values) == 1 and values[0].lower() in _CODES and title.part
        return Meaning("choice", told="ticked") if coded else Meaning("", told="numbers or codes")
    if len(values) == 1 and values[0].lower() in _CODES:
        return Meaning("choice", told="ticked") if title.part else Meaning("", told="yes or no")
    if all(re.match(r"https?://", v) for v in values):
        return Meaning("", told="links")
    wordy = bool(_WORDY.search(asked)) and not _CHOICE.search(asked)
    separator = _separator(answers, wordy)
    if separator:
        return Meaning("choice", told=f"several in one cell, between them {separator.strip()!r}")
    repeated = answers.filled >= 12 and answers.distinct < 0.34 and answers.words <= 8
    long = answers.words >= 4 and answers.distinct >= 0.6
    if not _CHOICE.search(asked) and not repeated and (wordy or long or _sentences(values)):
        return Meaning("text")
    idlike = answers.distinct > 0.7 and answers.words < 1.5 and all(map(_HAS_DIGIT.search, values))
    if idlike and answers.filled >= 4:
        return Meaning("", told="ids or codes")
    return Meaning("choice")


def _sentences(values: list[str]) -> bool:
    long = sum(len(v.split()) >= 3 or len(v) > 40 for v in values)
    return len(values) >= 3 and long * 2 > len(values)


def _separator(answers: Answers, wordy: bool) -> str:
    """Return what stands between several choices in one cell: their parts come again and again."""
    for separator in (" / ", ";", ", ", ","):
        parts: Counter[str] = Counter()
        several = 0
        for value, count in answers.counts.items():
            split = [part.strip() for part in value.split(separator)]
            several += count * (len(split) > 1)
            parts.update(dict.fromkeys(split, count))
        total = sum(parts.values())
        if not several or max(len(part.split()) for part in parts) > 8:
            continue
        often = 3.0 if wordy else 1.2 if separator == " / " else 1.5
        if total >= often * len(parts):
            return separator
    return ""
