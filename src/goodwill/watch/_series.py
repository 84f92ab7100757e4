"""The series of a Book that are watched: contacts a day of each theme, channel, product, region.

A segment with few contacts is no series of its own; its contacts still count in the wider ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa

from goodwill.engine import Engine
from goodwill.journeys import local_day_sql
from goodwill.watch._inputs import Days, Floats

LEVELS: dict[str, tuple[str, ...]] = {
    "company": (),
    "channel": ("channel",),
    "product": ("product",),
    "region": ("region",),
    "area": ("area_id",),
    "theme": ("theme_id",),
    "theme_channel": ("theme_id", "channel"),
    "theme_product": ("theme_id", "product"),
    "theme_region": ("theme_id", "region"),
}
"""What the contacts are told apart by, the widest first."""
LEAST_CONTACTS = 30
"""Contacts in all that a segment needs to be a series of its own."""
MOST_VALUES = 50
"""Products and regions that are watched: those with the most contacts."""
MOST_SERIES = 10_000
_KEYS = ("area_id", "theme_id", "channel", "product", "region")
_CELLS = pa.schema(
    [
        ("level", pa.string()),
        ("area_id", pa.int32()),
        ("theme_id", pa.int32()),
        ("channel", pa.string()),
        ("product", pa.string()),
        ("region", pa.string()),
        ("day", pa.date32()),
        ("events", pa.int64()),
    ]
)
_DAYS = pa.schema(
    [
        ("day", pa.date32()),
        ("customer_id", pa.string()),
        ("area_id", pa.int32()),
        ("theme_id", pa.int32()),
        ("channel", pa.string()),
        ("product", pa.string()),
        ("region", pa.string()),
        ("quarter", pa.int64()),
        ("source", pa.string()),
    ]
)
QUARTER_US = 900_000_000
"""Microseconds of a quarter of an hour: zones differ by whole ones."""


@dataclass(frozen=True, slots=True)
class Series:
    """The watched segments with their counts.

    Attributes:
        keys: For each series its level and what tells it apart.
        counts: Contacts (series, days).
        days: The days, without gaps; the day that has not ended is left out.
    """

    keys: list[dict[str, object]]
    counts: Floats
    days: Days


def series_of(engine: Engine, *, time_zone: str) -> Series | None:
    """Return the series to watch; None when no whole day holds a contact.

    Needs ``messages`` and ``themes``. Leaves ``_watched``: the inbound contacts with their day and
    the values that are watched, all others NULL.
    """
    engine.save("_watched", _watched_sql(time_zone), _DAYS)
    first, last = (
        engine.arrow(
            'SELECT min(day) AS first, max(day) AS "last" FROM _watched',
            pa.schema([("first", pa.date32()), ("last", pa.date32())]),
        )
        .to_pylist()[0]
        .values()
    )
    if first is None or first >= last:
        return None
    cells = engine.arrow(_cells_sql(last), _CELLS).to_pylist()
    days = np.arange(first, last, dtype="datetime64[D]")
    places: dict[tuple[object, ...], int] = {}
    keys: list[dict[str, object]] = []
    for cell in cells:
        key = tuple(cell[name] for name in ("level", *_KEYS))
        if key not in places:
            places[key] = len(keys)
            keys.append({name: cell[name] for name in ("level", *_KEYS)})
    counts = np.zeros((len(keys), len(days)))
    for cell in cells:
        row = places[tuple(cell[name] for name in ("level", *_KEYS))]
        counts[row, (cell["day"] - first).days] += cell["events"]
    return Series(keys, counts, days) if keys else None


def by_source(engine: Engine, series: Series, first: date, last: date) -> dict[str, Floats]:
    """Return each series' contacts by source in a span of days (series,); needs ``_watched``."""
    span = f"day >= CAST('{first}' AS DATE) AND day <= CAST('{last}' AS DATE)"
    levels = " UNION ALL ".join(
        _level_sql(level, (*names, "source"), span) for level, names in LEVELS.items()
    )
    cells = engine.arrow(
        f"SELECT level, {', '.join(_KEYS)}, source, sum(events) AS events FROM ({levels}) AS cells "
        f"GROUP BY level, {', '.join(_KEYS)}, source",
        pa.schema([*(_CELLS.field(n) for n in ("level", *_KEYS)), ("source", pa.string()),
                   ("events", pa.int64())]),
    )  # fmt: skip
    places = {tuple(key[n] for n in ("level", *_KEYS)): at for at, key in enumerate(series.keys)}
    out: dict[str, Floats] = {}
    for cell in cells.to_pylist():
        at = places.get(tuple(cell[name] for name in ("level", *_KEYS)))
        if at is not None:
            row = out.setdefault(str(cell["source"]), np.zeros(len(places)))
            row[at] += cell["events"]
    return out


def _watched_sql(time_zone: str) -> str:
    day = local_day_sql('m."at"', time_zone)
    products, regions = (
        f"""
        SELECT {name} FROM (
            SELECT {name}, row_number() OVER (ORDER BY count(*) DESC, {name}) AS place
            FROM messages WHERE direction = 'in' AND {name} IS NOT NULL GROUP BY {name}
        ) AS ranked WHERE place <= {MOST_VALUES}
        """
        for name in ("product", "region")
    )
    return f"""
    SELECT {day} AS day, m.customer_id, t.area_id, m.theme_id, m.channel, p.product, r.region,
        CAST(floor(epoch_us(m."at") / {QUARTER_US}.0) AS BIGINT) AS quarter, m.source
    FROM messages m
    LEFT JOIN themes t ON t.theme_id = m.theme_id
    LEFT JOIN ({products}) AS p ON p.product = m.product
    LEFT JOIN ({regions}) AS r ON r.region = m.region
    WHERE m.direction = 'in' AND m."at" IS NOT NULL
    """


def _cells_sql(last: date) -> str:
    levels = " UNION ALL ".join(_level_sql(level, names) for level, names in LEVELS.items())
    keys = ", ".join(f"c.{name}" for name in _KEYS)
    same = " AND ".join(f"c.{name} IS NOT DISTINCT FROM k.{name}" for name in _KEYS)
    return f"""
    WITH cells AS ({levels}),
    kept AS (
        SELECT * FROM (
            SELECT level, {", ".join(_KEYS)},
                row_number() OVER (
                    ORDER BY sum(events) DESC, level, {", ".join(_KEYS)}
                ) AS place
            FROM cells GROUP BY level, {", ".join(_KEYS)}
            HAVING sum(events) >= {LEAST_CONTACTS} OR level = 'company'
        ) AS ranked WHERE place <= {MOST_SERIES}
    )
    SELECT c.level, {keys}, c.day, c.events
    FROM cells c JOIN kept k ON c.level = k.level AND {same}
    WHERE c.day < CAST('{last}' AS DATE)
    ORDER BY k.place, c.day
    """


def _level_sql(level: str, names: tuple[str, ...], where: str = "true") -> str:
    columns = ", ".join(
        name
        if name in names
        else f"CAST(NULL AS {'INTEGER' if name.endswith('_id') else 'VARCHAR'}) AS {name}"
        for name in (*_KEYS, *(("source",) if "source" in names else ()))
    )
    group = ", ".join((*names, "day"))
    given = "".join(f" AND {name} IS NOT NULL" for name in names)
    return (
        f"SELECT '{level}' AS level, {columns}, day, count(*) AS events FROM _watched "
        f"WHERE {where}{given} GROUP BY {group}"
    )
