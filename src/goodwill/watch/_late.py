"""How late contacts come in: what share of a day is there so many days after it, by source.

The Book knows when a contact was and which import first brought it. A contact that an import
brought although an earlier one of its source had come after its day is late, by an amount between
the two. Of the last days nothing later than today can have been seen. Both are taken into account:
the distribution of interval-censored, right-truncated delays (Turnbull 1976; Lawless 1994).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from goodwill.engine import Engine
from goodwill.journeys import local_day_sql
from goodwill.watch._inputs import Days, Floats
from goodwill.watch._series import Series
from goodwill.watch._series import by_source as shares_of

MOST = 28
"""Days after which nothing is waited for; what comes later was added, not late."""
WINDOW = 120
"""Days before the last import from which delays are learned: how a company works changes."""
LEAST_IMPORTS, LEAST_CONTACTS = 4, 100
"""Days with an import of a source, and contacts in them, from which its delays are learned."""
HELD, COMPLETE = 0.5, 0.95
"""Share of a day that must be there for it to be watched, and to count in the proof of a fix."""
PROMPT = 0.98
"""A source of which so much is there a day after is not late."""
BEFORE = 56
"""Days before the last four weeks by which it is told from which sources a series comes."""
_ROUNDS = 300
_SEEN = pa.schema(
    [("source", pa.string()), ("day", pa.date32()), ("seen", pa.date32()), ("events", pa.int64())]
)
_IMPORTS = pa.schema([("source", pa.string()), ("seen", pa.date32())])


@dataclass(frozen=True)
class Lateness:
    """What is known of the sources that are added to again and again.

    Attributes:
        last: Day of the last import of each.
        there: Share of a day that is there after 0, 1, ... ``MOST`` days, by source.
    """

    last: dict[str, date]
    there: dict[str, Floats]

    def share(self, source: str, days: Days) -> Floats:
        """Return what share of each day's contacts of a source is there by now (days,)."""
        if source not in self.there:
            return np.ones(len(days))
        age = (np.datetime64(self.last[source]) - days).astype(int)
        known = self.there[source][np.clip(age, 0, MOST)]
        out: Floats = np.where(age < 0, 0.0, known)
        return out

    def late(self, source: str) -> bool:
        """Say whether contacts of a source are still missing a day after."""
        return source in self.there and bool(self.there[source][1] < PROMPT)


def lateness(engine: Engine, *, time_zone: str) -> Lateness | None:
    """Return how late contacts come in; None where no source was added to often enough.

    Args:
        engine: Holds contacts, contacts_history and imports.
        time_zone: Days are of this zone.
    """
    at = local_day_sql('i."at"', time_zone)
    imports = engine.arrow(
        f"SELECT DISTINCT source, {at} AS seen FROM imports i WHERE new + updated > 0", _IMPORTS
    ).to_pylist()
    when: dict[str, list[date]] = {}
    for row in imports:
        when.setdefault(row["source"], []).append(row["seen"])
    often = {name: sorted(days) for name, days in when.items() if len(days) >= LEAST_IMPORTS}
    if not often:
        return None
    since = max(days[-1] for days in often.values()) - timedelta(WINDOW)
    rows = engine.arrow(_seen_sql(since, time_zone), _SEEN).to_pylist()
    last: dict[str, date] = {}
    there: dict[str, Floats] = {}
    for name, days in often.items():
        cells = _cells([row for row in rows if row["source"] == name], days)
        if sum(cells.values()) >= LEAST_CONTACTS:
            last[name], there[name] = days[-1], np.cumsum(_delays(cells))
    return Lateness(last, there) if there else None


def _seen_sql(since: date, time_zone: str) -> str:
    """Return contacts by source, day, and the day of the first import that held them."""
    return f"""
    SELECT source, day, {local_day_sql("first_at", time_zone)} AS seen, count(*) AS events
    FROM (
        SELECT c.source, c.contact_id, {local_day_sql('c."at"', time_zone)} AS day,
            min(i."at") AS first_at
        FROM contacts c
        JOIN (
            SELECT source, contact_id, import_id FROM contacts
            UNION ALL SELECT source, contact_id, import_id FROM contacts_history
        ) AS v ON v.source = c.source AND v.contact_id = c.contact_id
        JOIN imports i ON i.import_id = v.import_id
        WHERE c.direction = 'in' AND c."at" >= CAST('{since}' AS TIMESTAMP)
        GROUP BY c.source, c.contact_id, c."at"
    ) AS first_seen
    GROUP BY 1, 2, 3
    """


def _cells(rows: list[dict[str, object]], imports: list[date]) -> dict[tuple[int, int, int], int]:
    """Return contacts by the days between which they came in, and the most that could be seen.

    A delay lies above the first number (-1: any) and up to the second; the third cuts it.
    """
    known = np.array(imports, "datetime64[D]")
    out: dict[tuple[int, int, int], int] = {}
    for row in rows:
        day, seen = np.datetime64(row["day"]), np.datetime64(row["seen"])  # type: ignore[call-overload]
        before = known[known < seen]
        low = max(int((before[-1] - day).astype(int)), -1) if len(before) else -1
        high = max(int((seen - day).astype(int)), 0)
        if low >= MOST or (low < 0 and high > MOST):
            continue  # added long after: not what comes in from day to day
        cut = int((known[-1] - day).astype(int))
        key = (low, min(high, MOST), min(cut, MOST))
        out[key] = out.get(key, 0) + int(row["events"])  # type: ignore[call-overload]
    return out


def _delays(cells: dict[tuple[int, int, int], int]) -> Floats:
    """Return the probability of each delay in days (MOST + 1,), by self-consistency.

    >>> found = _delays({(-1, 0, 9): 60, (0, 1, 9): 30, (1, 2, 9): 10, (-1, 0, 0): 6})
    >>> found[:3].round(2).tolist()
    [0.6, 0.3, 0.1]
    """
    ages = np.arange(MOST + 1)
    low, high, cut = np.array(list(cells)).T
    number = np.array(list(cells.values()), float)
    inside = (ages > low[:, None]) & (ages <= high[:, None])
    unseen = ages > cut[:, None]
    chance = np.full(MOST + 1, 1.0 / (MOST + 1))
    for _ in range(_ROUNDS):
        hit = inside * chance
        # For each seen there were so many more that the cut still hides.
        seen = np.maximum(1.0 - (unseen * chance).sum(1), 1e-9)
        got = hit / np.maximum(hit.sum(1, keepdims=True), 1e-300)
        new = (number[:, None] * (got + unseen * chance / seen[:, None])).sum(0)
        chance = new / new.sum()
    return chance


def there(engine: Engine, series: Series, late: Lateness) -> Floats | None:
    """Return what share of each series' day is there by now (series, days); None where all is.

    A series comes from its sources as it did in the weeks before the last four.
    """
    days = series.days
    recent = days[max(0, len(days) - MOST) :]
    by_source = {name: late.share(name, recent) for name in late.there}
    if all((share >= PROMPT).all() for share in by_source.values()):
        return None
    end = recent[0].item()
    counted = shares_of(engine, series, end - timedelta(BEFORE), end - timedelta(1))
    total = np.sum(list(counted.values()), axis=0) if counted else np.zeros(len(series.keys))
    missing = np.zeros((len(series.keys), len(recent)))
    for name, share in by_source.items():
        part = counted.get(name, np.zeros(len(series.keys))) / np.maximum(total, 1.0)
        missing += part[:, None] * (1.0 - share)
    out = np.ones(series.counts.shape)
    out[:, -len(recent) :] = 1.0 - missing
    return out


def held_back(counts: Floats, per: Floats | None, share: Floats) -> tuple[Floats, Floats]:
    """Return counts without those of which too little is there, and what they are counted per.

    So much less is expected of a day of which so much is missing; of too little, nothing.
    """
    return np.where(share < HELD, np.nan, counts), share if per is None else share * per


def share_there(seen: Floats | None, days: Days, at: int, since: date, until: date) -> float | None:
    """Return what share of a series' days since a rise began is there; None where all is."""
    if seen is None:
        return None
    span = (days >= np.datetime64(since)) & (days <= np.datetime64(until))
    share = float(seen[at, span].mean()) if span.any() else 1.0
    return share if share < PROMPT else None
