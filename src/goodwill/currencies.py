"""Currencies: how many digits their minor unit has (ISO 4217)."""

from __future__ import annotations

_EXPONENTS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
         "VND", "VUV", "XAF", "XOF", "XPF"), 0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}  # fmt: skip


def exponent(currency: str) -> int:
    """Return the digits of a currency's minor unit; 2 for those not listed.

    >>> exponent("EUR"), exponent("JPY"), exponent("KWD")
    (2, 0, 3)
    """
    return _EXPONENTS.get(currency.upper(), 2)


def major(minor: float, currency: str) -> float:
    """Return an amount of the minor unit in the currency itself.

    >>> major(1999, "EUR"), major(1999, "JPY")
    (19.99, 1999.0)
    """
    return float(minor) / 10.0 ** exponent(currency)
