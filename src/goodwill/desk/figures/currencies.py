"""What the pages must know of a currency: digits of its minor unit (ISO 4217), and its sign."""

from __future__ import annotations

_NO_MINOR = frozenset(
    [
        "BIF",
        "CLP",
        "DJF",
        "GNF",
        "ISK",
        "JPY",
        "KMF",
        "KRW",
        "PYG",
        "RWF",
        "UGX",
        "UYI",
        "VND",
        "VUV",
        "XAF",
        "XOF",
        "XPF",
    ]
)
_THREE = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
_FOUR = frozenset(["CLF", "UYW"])
_SIGNS = {
    "EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "BRL": "R$", "INR": "₹", "KRW": "₩",
    "CNY": "CN¥", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$", "MXN": "MX$", "ILS": "₪",
    "VND": "₫", "NGN": "₦", "PHP": "₱", "UAH": "₴", "TRY": "₺",
}  # fmt: skip


def exponent(currency: str) -> int:
    """Return how many digits the minor unit has: 2 for EUR, 0 for JPY, 3 for KWD."""
    if currency in _NO_MINOR:
        return 0
    return 3 if currency in _THREE else 4 if currency in _FOUR else 2


def symbol(currency: str) -> str:
    """Return the sign before an amount; the code and a space where no sign is known."""
    return _SIGNS.get(currency, f"{currency}\N{NO-BREAK SPACE}")
