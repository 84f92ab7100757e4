"""The rows and specifications of the charts of customer equity."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from goodwill.currencies import exponent
from goodwill.desk.figures import words
from goodwill.desk.figures.signs import symbol
from goodwill.figures import Figure
from goodwill.report.value_shapes import EquityMonth

PARTS = ("new", "kept", "growing", "shrinking", "lost")


def with_money(specification: dict[str, Any], currency: str) -> dict[str, Any]:
    """Return a specification whose axis of amounts says the currency."""
    sign = json.dumps(symbol(currency))
    label = f"(datum.value < 0 ? '\u2212' : '') + {sign} + format(abs(datum.value), '~s')"
    spelled = json.dumps(specification).replace(json.dumps("@money"), json.dumps(label))
    found: dict[str, Any] = json.loads(spelled)
    return found


def part_rows(months: Sequence[EquityMonth], currency: str) -> list[dict[str, Any]]:
    """Return one row a month and part of the customers; parts without a value are left out."""
    return [
        {
            "month": one.month.isoformat(), "part": part,
            "amount": _major(figure.value, currency), "place": place,
            "said": words.number(figure.value, figure.unit).text,
        }
        for one in months
        for place, part in enumerate(PARTS)
        if (figure := one.parts.get(part)) is not None and figure.value is not None
    ]  # fmt: skip


def equity_rows(months: Sequence[EquityMonth], currency: str) -> list[dict[str, Any]]:
    """Return one row a month: the equity at its end, with its interval where there is one."""
    return [
        {
            "month": one.month.isoformat(), "equity": _major(one.equity.value, currency),
            "low": _end(one.equity, one.equity.low, currency),
            "high": _end(one.equity, one.equity.high, currency),
            "said": words.number(one.equity.value, one.equity.unit).text,
            "between": _between(one.equity),
        }
        for one in months
        if one.equity.value is not None
    ]  # fmt: skip


def _major(minor: float, currency: str) -> float:
    return float(Decimal(round(minor)).scaleb(-exponent(currency)))


def _end(figure: Figure, end: float | None, currency: str) -> float:
    assert figure.value is not None  # those without a value are left out
    return _major(figure.value if end is None else end, currency)


def _between(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return "not known"
    return words.between(figure.low, figure.high, figure.unit)
