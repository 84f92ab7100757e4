"""SQL text that reads a number or an amount of money as people write it, and its currency."""

from __future__ import annotations

from dataclasses import dataclass

from goodwill.currencies import CODES

_CODES = "|".join(CODES)
_DOLLARS = ("USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "CLP", "COP", "ARS", "UYU")
_NAMES = {
    "€": "EUR", "£": "GBP", "₹": "INR", "₺": "TRY", "₽": "RUB", "₩": "KRW", "₫": "VND",
    "₪": "ILS", "₴": "UAH", "₱": "PHP", "R$": "BRL", "US$": "USD", "CA$": "CAD", "C$": "CAD",
    "AU$": "AUD", "A$": "AUD", "NZ$": "NZD", "HK$": "HKD", "S$": "SGD", "NT$": "TWD",
    "MX$": "MXN", "zł": "PLN", "Kč": "CZK",
}  # fmt: skip
_SIGN = r"(?:US|CA|AU|NZ|HK|NT|MX|A|C|R|S)?\p{Sc}|zł|Kč"
_NAMED = rf"\b(?:{_CODES})\b|{_SIGN}"
_BLANK = r"\s\x{a0}\x{2009}\x{202f}"
_GROUP = r"[ ''’]"  # within SQL quotes
_HUNDREDS = r"\d{1,3}"


@dataclass(frozen=True, slots=True)
class NumberRule:
    """Which sign of a number's text is the decimal point."""

    decimal: str = "."


def number_sql(cell: str, rule: NumberRule) -> str:
    """Return a cell as DECIMAL(24, 6): currencies, groups of digits, ``(5.00)`` and ``5.00-`` too.

    A cell whose groups do not fit the decimal sign is no number: "12.50" under a decimal comma.
    """
    point = rule.decimal == "."
    group, sign = (",", ".") if point else (".", ",")
    bare = f"regexp_replace({cell}, '[{_BLANK}]+', ' ', 'g')"
    bare = f"trim(regexp_replace({bare}, '{_NAMED}', '', 'g'))"
    negative = rf"regexp_matches({bare}, '^\(.*\)$|^[-−]|[-−]$')"
    digits = f"regexp_replace({bare}, '^[(+−-]+ ?[+−-]?|[ )−-]+$', '', 'g')"
    many = rf"{_HUNDREDS}(\{group}\d{{2,3}})*\{group}\d{{3}}"
    spaced = rf"{_HUNDREDS}({_GROUP}\d{{3}})+"
    shape = rf"^({many}|{spaced}|\d*)(\{sign}\d*)?$"
    plain = rf"regexp_replace({digits}, '[\{group}''’ ]', '', 'g')"
    plain = plain if point else f"replace({plain}, ',', '.')"
    slow = (
        f"CASE WHEN regexp_matches({digits}, '{shape}') THEN "
        f"try_cast(CASE WHEN {negative} THEN '-' ELSE '' END || {plain} AS DECIMAL(24, 6)) END"
    )
    quick = (
        f"try_cast({cell} AS DECIMAL(24, 6))"
        if point
        else f"CASE WHEN NOT contains({cell}, '.') "
        f"THEN try_cast(replace({cell}, ',', '.') AS DECIMAL(24, 6)) END"
    )
    return f"coalesce({quick}, {slow})"


def number_evidence_sql(cell: str) -> str:
    """Return counts: decimal comma for certain, point for certain, either, currency named."""
    inner = rf"[\d{_BLANK}''’]"
    comma, point = (
        rf"^\D*[\{group}]?(?:{inner}|\{group})*\d\{sign}(\d{{1,2}}|\d{{4,}})\D*$"
        rf"|\{group}\d{{3}}\{sign}\d+\D*$|\d\{group}\d{{3}}\{group}\d{{3}}"
        rf"|^\D*0\{sign}\d+\D*$|\d{{4,}}\{sign}\d+\D*$|{inner}[ ''’]\d{{3}}\{sign}\d+\D*$"
        for group, sign in ((".", ","), (",", "."))
    )
    either = r"^\D*[1-9]\d{0,2}[.,]\d{3}\D*$"
    return ", ".join(
        f"count(*) FILTER (WHERE regexp_matches({cell}, '{pattern}'))"
        for pattern in (comma, point, either, _NAMED)
    )


def currency_sql(cell: str, book: str) -> str:
    """Return the currency that an amount's cell names; NULL where it names none.

    ``$`` and ``¥`` are those of the Book's currency where it is called so, else USD and JPY.
    """
    named = f"regexp_extract({cell}, '{_NAMED}')"
    dollar = book if book in _DOLLARS else "USD"
    yen = book if book in ("JPY", "CNY") else "JPY"
    cases = " ".join(
        f"WHEN '{sign}' THEN '{code}'" for sign, code in {**_NAMES, "$": dollar, "¥": yen}.items()
    )
    return (
        f"CASE WHEN regexp_matches({cell}, '{_NAMED}') THEN CASE {named} {cases} "
        f"ELSE CASE WHEN regexp_full_match({named}, '[A-Z]{{3}}') THEN {named} END END END"
    )
