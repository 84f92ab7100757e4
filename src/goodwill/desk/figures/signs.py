"""The sign that stands before an amount of a currency."""

from __future__ import annotations

_SIGNS = {
    "EUR": "€", "GBP": "£", "USD": "$", "JPY": "¥", "BRL": "R$", "INR": "₹", "KRW": "₩",
    "CNY": "CN¥", "CAD": "CA$", "AUD": "A$", "NZD": "NZ$", "MXN": "MX$", "ILS": "₪",
    "VND": "₫", "NGN": "₦", "PHP": "₱", "UAH": "₴", "TRY": "₺",
}  # fmt: skip


def symbol(currency: str) -> str:
    """Return the sign before an amount; the code and a space where no sign is known."""
    return _SIGNS.get(currency, f"{currency}\N{NO-BREAK SPACE}")
