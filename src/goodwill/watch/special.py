"""Days unlike others: holidays, the days after them, and sales; and what they should bring.

What a day of that name brought before, against the same weekdays around it, is expected of it
again. Only what lies before a day enters what is expected of it. The first such day of a kind is
not watched: nobody knows what it brings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from goodwill.errors import InputError
from goodwill.watch._inputs import Days, Floats, as_days

AROUND = (7, 14, 21, 28)
"""Days before and after whose weekday is the same."""
EASTER = {-47, -46, -3, -2, -1, 0, 1, 39, 49, 50, 60}
"""Days from Easter Sunday on which holidays lie: Carnival to Corpus Christi."""
LEAST = 0.05
"""Share of a usual day that a special one is expected to bring at least."""


def special_days(
    first: date,
    last: date,
    *,
    country: str = "",
    holidays: Sequence[str] = (),
    sales: Sequence[tuple[str, date, date]] = (),
) -> dict[date, str]:
    """Return the days unlike others from ``first`` to ``last``, each with its name.

    The same name comes back each year: a holiday's own, its month and day, or its distance from
    Easter; a sale's title without numbers. The day after a holiday is one too.

    Args:
        first: The first day that is of interest.
        last: The last day.
        country: Code of a country (ISO 3166-1), with a subdivision after a hyphen: ``DE-BY``.
        holidays: Further days (ISO 8601).
        sales: Title, first and last day of each.

    Raises:
        InputError: No holidays are known of that country.
    """
    found: dict[date, str] = {}
    for title, begin, end in sales:
        name = re.sub(r"[\W\d_]+", " ", title.lower()).strip() or "sale"
        for step in range((min(end, last) - begin).days + 1):
            found[begin + timedelta(days=step)] = f"sale: {name}"
    named = {date.fromisoformat(day): "" for day in holidays}
    named = {day: _by_date(day) for day in named} | _of_country(country, first, last)
    found |= {day: f"holiday: {name}" for day, name in named.items()}
    for day, name in named.items():
        found.setdefault(day + timedelta(days=1), f"after: {name}")
    return {day: found[day] for day in sorted(found) if first <= day <= last}


def easter(year: int) -> date:
    """Return Easter Sunday (Meeus, Jones and Butcher; Gregorian).

    >>> easter(2015), easter(2024)
    (datetime.date(2015, 4, 5), datetime.date(2024, 3, 31))
    """
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    r = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * r) // 451
    month, day = divmod(h + r - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _by_date(day: date) -> str:
    from_easter = (day - easter(day.year)).days
    return f"easter {from_easter:+}" if from_easter in EASTER else f"{day:%m-%d}"


def _of_country(country: str, first: date, last: date) -> dict[date, str]:
    if not country:
        return {}
    import holidays

    code, _, part = country.partition("-")
    try:
        known = holidays.country_holidays(
            code, subdiv=part or None, years=range(first.year, last.year + 1)
        )
    except NotImplementedError as error:
        raise InputError(
            f"No holidays are known of the country {country!r}.",
            hint="Give a code such as DE, or DE-BY with its part of the country.",
        ) from error
    return {day: str(name) for day, name in known.items()}


def factors(counts: Floats, days: Days, special: Any, exposure: Floats | None = None) -> Floats:
    """Return what each day brings over a usual one (1, days); NaN where nobody can know.

    Args:
        counts: Events (series, days).
        days: The day of each column.
        special: Day to name.
        exposure: Of all series (1, days), where there is one.
    """
    out = np.ones((1, len(days)))
    if not special:
        return out
    if not isinstance(special, Mapping):
        raise InputError(
            f"special is {type(special).__name__}", hint="give a dictionary of day and name"
        )
    places = (as_days(list(special), "special") - days[0]).astype(int)
    names = {
        int(at): str(name)
        for at, name in sorted(zip(places, special.values(), strict=True))
        if 0 <= at < len(days)
    }
    total = np.nansum(counts, axis=0)
    if exposure is not None and len(exposure) == 1:
        total = total / np.maximum(np.nan_to_num(exposure[0]), 1e-9)
    usual = np.zeros(len(days), bool)
    usual[~np.isnan(counts).all(axis=0)] = True
    usual[list(names)] = False
    before: list[int] = []
    for at, name in names.items():
        kind = name.partition(":")[0]
        seen = [(names[i], _over_usual(total, usual, i, at)) for i in before]
        own = [r for other, r in seen if other == name and r is not None]
        like = [r for other, r in seen if other.partition(":")[0] == kind and r is not None]
        if not like:
            out[0, at] = np.nan
        else:
            # One occurrence of another day of its kind weighs as much as one of its own.
            out[0, at] = max(LEAST, float(np.exp((sum(own) + np.mean(like)) / (len(own) + 1))))
        before.append(at)
    return out


def _over_usual(total: Floats, usual: NDArray[np.bool_], at: int, today: int) -> float | None:
    """Return the log of a day over the same weekdays around it, as far as they are known today."""
    near = [at + way * step for step in AROUND for way in (-1, 1)]
    known = [total[i] for i in near if 0 <= i < today and usual[i]]
    if not known or np.mean(known) <= 0:
        return None
    return float(np.log((total[at] + 0.5) / (np.mean(known) + 0.5)))
