"""What each part of the customers changed of customer equity in a year, with its interval."""

from __future__ import annotations

from math import hypot, inf
from typing import Any

from goodwill.figures import Z95, Figure
from goodwill.generations import Reader
from goodwill.report.shapes import Gauge
from goodwill.report.value_shapes import EquityMonth
from goodwill.settings import Settings
from goodwill.value import PARTS, equity_error

PART_LABELS = {
    "new": "New customers",
    "kept": "Customers who stayed as they were",
    "growing": "Customers who grew",
    "shrinking": "Customers who shrank",
    "lost": "Customers lost, and those lost before",
}
PARTS_SAID = (
    "New customers were worth nothing before, so theirs is the interval of customer equity, which "
    "holds what chance may do. The others' holds the error of the models' parameters, which moves "
    "both worths of a customer together, and what forecasts missed by, taken to be the same share "
    "of both; what these customers did is known, so that chance is not in it."
)


def year_parts(
    reader: Reader, known: dict[str, Any], year: list[EquityMonth], settings: Settings
) -> tuple[Gauge, ...]:
    """Return what each part of the customers changed; all but new ones count in several months."""
    out = []
    moved = _moved(reader, year)
    for part in PARTS:
        amount = sum(int(one.parts[part].value or 0) for one in year)
        counted = sum(int(one.parts[part].people or 0) for one in year)
        half = new_half(reader, known, year) if part == "new" else moved.get(part)
        figure = Figure(
            amount, f"minor:{settings.currency}", f"equity_from_{part}",
            low=None if half is None else max(amount - half, 0.0 if part == "new" else -inf),
            high=None if half is None else amount + half,
            people=counted if part == "new" else None, events=counted,
            coverage=year[0].equity.coverage, records=behind(part, year),
        )  # fmt: skip
        out.append(Gauge(f"equity_from_{part}", PART_LABELS[part], figure, f"{len(year)} months"))
    return tuple(out)


def behind(part: str, months: list[EquityMonth]) -> dict[str, Any]:
    """Return what returns the rows of a part in some months, the newest first."""
    ends = {"month>=": months[-1].month.isoformat(), "month<=": months[0].month.isoformat()}
    return {"table": "equity_months", "where": {"part": part, **ends}}


def _moved(reader: Reader, year: list[EquityMonth]) -> dict[str, float | None]:
    """Return half the interval of what each part changed over some months.

    Within a source the months' errors come from the same parameters, so they are added up.
    """
    rows = reader.rows(
        """
        SELECT part, CASE WHEN bool_and(half IS NOT NULL) THEN sqrt(sum(power(half, 2))) END
        FROM (
            SELECT part, source, CASE WHEN count(change_low) = count(*)
                THEN sum((change_high - change_low) / 2) END AS half
            FROM equity_months WHERE month >= ? AND month <= ? GROUP BY part, source
        ) GROUP BY part
        """,
        [year[-1].month, year[0].month],
    )
    return dict(rows)


def new_half(reader: Reader, known: dict[str, Any], year: list[EquityMonth]) -> float | None:
    """Return half the interval of what new customers of some months were worth at their ends.

    They were worth nothing before, so it is that of any sum of worth; each is new but once.
    """
    accounts = {
        **known.get("sources", {}),
        **{
            name if name not in known.get("sources", {}) else f"{name}, contracts": one
            for name, one in known.get("contracts", {}).get("sources", {}).items()
        },
    }
    rows = reader.rows(
        """SELECT source, sum(equity) FROM equity_months
        WHERE part = 'new' AND month >= ? AND month <= ? GROUP BY source""",
        [year[-1].month, year[0].month],
    )
    if any("value" not in accounts.get(source, {}) for source, _ in rows):
        return None
    errors = [equity_error(accounts[source], float(worth)) for source, worth in rows]
    return Z95 * hypot(*errors)
