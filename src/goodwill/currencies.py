"""Currencies: how many digits their minor unit has (ISO 4217)."""

from __future__ import annotations

_EXPONENTS = {
    **dict.fromkeys(
        ("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI",
         "VND", "VUV", "XAF", "XOF", "XPF"), 0,
    ),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}  # fmt: skip

_LISTED = (
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP "
    "BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP "
    "GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES "
    "KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU "
    "MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON "
    "RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND "
    "TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW"
)
CODES = tuple(_LISTED.split())
"""Currencies in use (ISO 4217)."""


def exponent(currency: str) -> int:
    """Return the digits of a currency's minor unit; 2 for those not listed.

    >>> exponent("EUR"), exponent("JPY"), exponent("KWD")
    (2, 0, 3)
    """
    return _EXPONENTS.get(currency.upper(), 2)


def unusual_exponents() -> dict[int, list[str]]:
    """Return the currencies whose minor unit has other than 2 digits, by their number."""
    out: dict[int, list[str]] = {}
    for code, digits in _EXPONENTS.items():
        out.setdefault(digits, []).append(code)
    return out


def major(minor: float, currency: str) -> float:
    """Return an amount of the minor unit in the currency itself.

    >>> major(1999, "EUR"), major(1999, "JPY")
    (19.99, 1999.0)
    """
    return float(minor) / 10.0 ** exponent(currency)
