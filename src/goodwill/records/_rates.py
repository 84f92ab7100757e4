"""Exchange rates from a file: the European Central Bank's shapes, or date, currency, rate.

All say how many units of a currency one unit of the base buys. What is stored is the other way
round: what one unit of a currency is worth in the Book's own.
"""

from __future__ import annotations

import csv
import io
import re
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa

from goodwill.errors import FileRefused
from goodwill.tables import FACTS

from ._files import members
from ._store import Store

_CODE = re.compile(r"[A-Z]{3}\Z")
_ABSENT = ("", "N/A", "NA", "-", "NaN")
_FORMATS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%Y%m%d")
_DAY = ("date", "day", "time_period")
_VALUE = ("rate", "obs_value", "value")
_BASE = ("base", "currency_denom")


@dataclass(frozen=True, slots=True)
class RatesReport:
    """What a file of rates held.

    Attributes:
        rates: Rates stored, one for a day and currency.
        left_out: Cells and lines that are no rate.
        currencies: Codes of the currencies.
        first_day: First day with a rate.
        last_day: Last day with a rate.
    """

    file: str
    rates: int
    left_out: int
    currencies: tuple[str, ...]
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class _Quote:
    day: date
    currency: str
    base: str
    units: float
    """Units of the currency for one of the base."""


def add_rates(store: Store, path: Path | str, currency: str) -> RatesReport:
    """Store the rates of a file; a rate of the same day and currency is replaced.

    Args:
        store: The Book's records.
        path: CSV, or a zip or gz of one.
        currency: The Book's own.

    Raises:
        FileRefused: It holds no rate that leads to the Book's currency.
    """
    [member, *_] = members(Path(path))
    with member.open() as raw:
        text = io.TextIOWrapper(raw, encoding=member.facts.encoding, errors="replace", newline="")
        quotes, left_out = _quotes(csv.reader(text), member.label)
    rates = _in_currency(quotes, currency)
    if not rates:
        raise FileRefused(
            f"{member.label}: no rate in it leads to {currency}",
            hint="Give columns date, currency and rate (units of the currency for one "
            f"{currency}), or the European Central Bank's file.",
        )
    days = [day for day, _ in rates]
    keys = sorted(rates)
    mark = member.facts.file_hash[:16]
    table = pa.table(
        [
            pa.array([day for day, _ in keys], pa.date32()),
            pa.array([code for _, code in keys], pa.string()),
            pa.array([currency] * len(keys), pa.string()),
            pa.array([rates[key] for key in keys], pa.float64()),
            pa.array([f"rates-{mark}"] * len(keys), pa.string()),
        ],
        schema=FACTS["exchange_rates"].schema,
    )
    with store.lock():
        store.recover()
        store.merge("exchange_rates", lambda: table, f"rates-{secrets.token_hex(6)}", [])
    codes = tuple(sorted({code for _, code in keys}))
    return RatesReport(member.label, len(keys), left_out, codes, min(days), max(days))


def _quotes(rows: Iterable[list[str]], label: str) -> tuple[list[_Quote], int]:
    lines = iter(rows)
    header = [cell.strip().lstrip("\ufeff") for cell in next(lines, [])]
    low = [name.lower() for name in header]
    day = next((low.index(name) for name in _DAY if name in low), None)
    codes = {at: name for at, name in enumerate(header) if _CODE.match(name)}
    if day is None or not (codes or "currency" in low):
        raise FileRefused(
            f"{label}: no rates in it",
            hint="Its first line must name the columns date, currency and rate, or date and one "
            "column a currency (USD, JPY, ...).",
        )
    value = next((low.index(name) for name in _VALUE if name in low), None)
    long = (low.index("currency"), value) if "currency" in low and value is not None else None
    base = next((low.index(name) for name in _BASE if name in low), None)
    found: list[_Quote] = []
    left_out = 0
    for row in lines:
        if not any(cell.strip() for cell in row):
            continue
        when = _day(row[day]) if len(row) > day else None
        for code, cell in _cells(row, codes, long):
            units = _units(cell)
            if cell.strip() in _ABSENT:
                continue
            if when is None or units is None or not _CODE.match(code):
                left_out += 1
                continue
            of = row[base].strip().upper() if base is not None and len(row) > base else ""
            found.append(_Quote(when, code, of or ("EUR" if long is None else ""), units))
    return found, left_out


def _cells(
    row: list[str], codes: dict[int, str], long: tuple[int, int] | None
) -> Iterator[tuple[str, str]]:
    if long is not None:
        if len(row) > max(long):
            yield row[long[0]].strip().upper(), row[long[1]]
        return
    for at, code in codes.items():
        if at < len(row):
            yield code, row[at]


def _in_currency(quotes: list[_Quote], currency: str) -> dict[tuple[date, str], float]:
    """Return what a unit of each currency is worth in the Book's own, over the file's base."""
    by_day: dict[tuple[date, str], dict[str, float]] = {}
    for quote in quotes:
        of = by_day.setdefault((quote.day, quote.base or currency), {})
        of[quote.currency] = quote.units
    out: dict[tuple[date, str], float] = {}
    for (day, base), units in by_day.items():
        own = 1.0 if base == currency else units.get(currency)
        if own is None:
            continue
        for code, amount in {**units, base: 1.0}.items():
            if code != currency:
                out[day, code] = own / amount
    return out


def _day(cell: str) -> date | None:
    for form in _FORMATS:
        try:
            return datetime.strptime(cell.strip(), form).date()
        except ValueError:
            continue
    return None


def _units(cell: str) -> float | None:
    try:
        number = float(cell.strip())
    except ValueError:
        return None
    return number if 0 < number < 1e12 else None
