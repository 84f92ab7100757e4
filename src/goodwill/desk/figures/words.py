"""Numbers as a manager reads them aloud.

>>> number(0.2314, "share").text
'23%'
>>> number(12_840_000_00, "minor:EUR").text
'€12.8 million'
>>> number(1, "people").text, number(1.04, "times").text
('1 person', '1.0 times')
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal

from goodwill.currencies import exponent
from goodwill.desk.figures.signs import symbol

_ONE = {
    "people": "person",
    "contacts": "contact",
    "orders": "order",
    "promises": "promise",
    "contracts": "contract",
    "days": "day",
    "minutes": "minute",
    "weeks": "week",
    "hours": "hour",
    "alerts": "alert",
    "fixes": "fix",
    "follow-ups": "follow-up",
    "incidents": "incident",
}
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number, and the word that follows it; the word is empty where the sign says it all."""

    number: str
    unit: str

    @property
    def text(self) -> str:
        """The number and its word."""
        return f"{self.number} {self.unit}" if self.unit else self.number


def number(value: float, unit: str) -> Spoken:
    """Return ``value`` rounded to what can be said aloud, with its unit."""
    if unit.startswith("minor:"):
        return Spoken(money(int(round(value)), unit.removeprefix("minor:")), "")
    if unit == "share":
        return Spoken(share(value), "")
    if unit == "minutes" and abs(value) >= 120:
        return Spoken(_hours(value), "")
    text = f"{value:.1f}" if unit == "times" and abs(value) < 100 else count(value)
    return Spoken(text, _ONE.get(unit, unit) if text == "1" else unit)


def count(value: float) -> str:
    """Return a count: whole above 100, one decimal below where there is one.

    >>> count(18204), count(3.44), count(12.0)
    ('18,204', '3.4', '12')
    """
    if abs(value) < 100 and value != int(value):
        shown = f"{abs(value):,.1f}".removesuffix(".0")
    else:
        shown = f"{abs(round(value)):,}"
    return _signed(value, shown)


def share(value: float) -> str:
    """Return a share as per cent; one decimal below 10 and above 90, where it matters.

    >>> share(0.2314), share(0.0461), share(0.9966), share(1.0), share(0.00001)
    ('23%', '4.6%', '99.7%', '100%', 'under 0.1%')
    """
    percent = abs(value) * 100
    if 0 < percent < 0.1:
        return "under 0.1%"
    if 99.95 <= percent < 100:
        return "over 99.9%"
    fine = percent < 9.95 or 90 < percent < 100
    shown = f"{percent:.1f}".removesuffix(".0") if fine else f"{percent:.0f}"
    return _signed(value, shown + "%")


def money(minor: int, currency: str, *, exact: bool = False) -> str:
    """Return an amount of the minor unit; three figures from ten thousand on, unless ``exact``.

    >>> money(128_431_22, "EUR"), money(128_431_22, "EUR", exact=True), money(-1999, "EUR")
    ('€128,000', '€128,431.22', '−€19.99')
    >>> money(1500, "JPY"), money(1500, "CHF") == "CHF\N{NO-BREAK SPACE}15"
    ('¥1,500', True)
    """
    places = exponent(currency)
    major = Decimal(minor).scaleb(-places)
    size = abs(major)
    if exact or (size < 100 and size != int(size)):
        shown = f"{size:,.{places}f}"
    elif size >= 999_500:
        power, word = (9, "billion") if size >= 999_500_000 else (6, "million")
        shown = f"{_three_figures(size.scaleb(-power))} {word}"
    else:
        step = len(str(int(size))) - 3 if size >= 10_000 else 0
        shown = f"{size.scaleb(-step).quantize(Decimal(1), ROUND_HALF_EVEN).scaleb(step):,f}"
    return _signed(minor, symbol(currency) + shown)


def exact(value: float, unit: str) -> str:
    """Return the value unrounded, to be shown on request."""
    if unit.startswith("minor:"):
        return money(int(round(value)), unit.removeprefix("minor:"), exact=True)
    if unit == "share":
        return f"{value * 100:.2f}%"
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def between(low: float, high: float, unit: str) -> str:
    """Return an interval in words; empty where both ends are said alike.

    >>> between(0.22, 0.25, "share"), between(90_000_00, 140_000_00, "minor:EUR")
    ('between 22% and 25%', 'between €90,000 and €140,000')
    >>> between(3_910_000_00, 4_360_000_00, "minor:EUR")
    'between €3.91 and €4.36 million'
    >>> between(-856_000_00, -598_000_00, "minor:EUR").replace("\N{WORD JOINER}", "")
    'between −€856,000 and −€598,000'
    """
    first, second = number(low, unit).number, number(high, unit)
    if first == second.number:
        return ""
    for word in (" million", " billion"):
        if first.endswith(word) and second.number.endswith(word):
            first = first.removesuffix(word)
    # A line may end behind a minus sign, and would.
    return f"between {first} and {second.text}".replace(_MINUS, _MINUS + "\N{WORD JOINER}")


def _hours(minutes: float) -> str:
    hours, rest = divmod(round(abs(minutes)), 60)
    if hours >= 48:
        return _signed(minutes, f"{abs(minutes) / 1440:.1f} days")
    return _signed(minutes, f"{hours} h {rest} min" if rest else f"{hours} h")


def _three_figures(size: Decimal) -> str:
    places = 2 if size < 10 else 1 if size < 100 else 0
    shown = f"{size:,.{places}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def _signed(value: float, shown: str) -> str:
    return f"{_MINUS}{shown}" if value < 0 else shown


GRADES = {
    "A": "an experiment, or groups shown to be alike: it can be taken for cause and effect",
    "B": "like groups, checked less strictly: likely cause and effect",
    "C": "the two go together, and that is all that is known: no proof of cause and effect",
}
"""What the grades mean; the glossary says the same at more length."""
