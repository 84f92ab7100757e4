"""Zones of times that name none: remembered by source, and the hours that a zone's clocks change.

A source's zone is asked once and kept in the Book, in ``mappings/zones.json``.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from goodwill.durable import replacing
from goodwill.errors import InputError
from goodwill.literals import quoted

from ._cells_sql import TimeRule, time_sql, zoneless_sql
from ._plan import Plan, Settings

_FILE = "zones.json"
_AROUND = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class ZoneQuestion:
    """Which zone do the times of a file mean that name none?

    Attributes:
        file: The file's name.
        source: The source that the answer is kept for.
        columns: The columns with such times.
        default: The Book's zone.
    """

    file: str
    source: str
    columns: tuple[str, ...]
    default: str


AskZone = Callable[[ZoneQuestion], str]


def checked_zone(zone: str) -> str:
    """Return a zone's name as it stands in the IANA database.

    Raises:
        InputError: There is no such zone.
    """
    if zone.strip() in available_timezones():
        return zone.strip()
    raise InputError(
        f"{zone[:60]!r} is no time zone.", hint="IANA names are meant, such as Europe/Madrid."
    )


def remembered(folder: Path) -> dict[str, str]:
    """Return the zone of each source that was asked for or given."""
    try:
        known = json.loads((folder / "mappings" / _FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        raise InputError(
            f"mappings/{_FILE} cannot be read.", hint="Delete it: the zones are asked again."
        ) from None
    return {str(source): checked_zone(str(zone)) for source, zone in dict(known).items()}


def remember(folder: Path, source: str, zone: str) -> None:
    """Keep the zone of a source's times that name none."""
    known = remembered(folder)
    if known.get(source) == zone:
        return
    (folder / "mappings").mkdir(exist_ok=True)
    with replacing(folder / "mappings" / _FILE) as file:
        file.write(json.dumps(known | {source: zone}, indent=1, sort_keys=True).encode())


def with_zone(settings: Settings, folder: Path, source: str, given: str = "") -> Settings:
    """Return the settings with the source's zone: the one given, or remembered, else the Book's."""
    if given:
        return replace(settings, time_zone=given, zone_of="given")
    if known := remembered(folder).get(source):
        return replace(settings, time_zone=known, zone_of="remembered of this source")
    return settings


def clock_changes(con: Any, plan: Plan) -> Counter[tuple[str, str]]:
    """Return how many zone-less times of ``typed`` its zone's clocks skipped, or struck twice.

    The keys are column and ``skipped`` or ``twice``.
    """
    out: Counter[tuple[str, str]] = Counter()
    for ours, rule in plan.times.items():
        if rule.zone == "UTC" or ours not in plan.found:
            continue
        time, cell = quoted(ours), quoted(f"{ours}:cell")
        first, last = con.execute(
            f"SELECT epoch(min({time})), epoch(max({time})) FROM typed "
            f"WHERE year({time}) BETWEEN 1971 AND 2099"
        ).fetchall()[0]
        if first is None:
            continue
        near = [
            f"{time} BETWEEN TIMESTAMPTZ '{at - _AROUND}' AND TIMESTAMPTZ '{at + _AROUND}'"
            for at in _changes(rule.zone)
            if first - 86_400 <= at.timestamp() <= last + 86_400
        ]
        if not near:
            continue
        zone = f"'{rule.zone}'"
        wall = f"timezone('UTC', {time_sql(cell, TimeRule(rule.order, 'UTC'))})"
        again = " OR ".join(
            f"timezone({zone}, t {sign} INTERVAL {minutes} MINUTE) = wall"
            for sign in "+-" for minutes in (30, 60)
        )  # fmt: skip
        skipped, twice = con.execute(
            f"SELECT count(*) FILTER (WHERE timezone({zone}, t) <> wall), "
            f"count(*) FILTER (WHERE timezone({zone}, t) = wall AND ({again})) FROM "
            f"(SELECT {time} AS t, {wall} AS wall FROM typed "
            f"WHERE ({' OR '.join(near)}) AND {zoneless_sql(cell)})"
        ).fetchall()[0]
        out[plan.found[ours], "skipped"] += skipped
        out[plan.found[ours], "twice"] += twice
    return out


def clock_notes(counted: Mapping[tuple[str, str], int], plan: Plan) -> list[str]:
    """Return which reading was taken of times that a clock change leaves open."""
    zones = {plan.found[ours]: rule.zone for ours, rule in plan.times.items() if ours in plan.found}
    said = {
        "skipped": "in the hour that the clocks skipped: read as one clock change later",
        "twice": "in the hour that the clocks struck twice: read as the second, in standard time",
    }
    return [
        f"{count} times in {name!r} lie {said[kind]} ({zones[name]})"
        for (name, kind), count in sorted(counted.items()) if count
    ]  # fmt: skip


@lru_cache(maxsize=8)
def _changes(zone: str) -> tuple[datetime, ...]:
    """Return when the clocks of a zone change, 1971 to 2099, in UTC and to the minute."""
    there = ZoneInfo(zone)
    out = []
    step = timedelta(days=7)
    at = datetime(1971, 1, 1, tzinfo=UTC)
    while at.year < 2100:
        low, high = at, at + step
        if low.astimezone(there).utcoffset() != high.astimezone(there).utcoffset():
            before = low.astimezone(there).utcoffset()
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                if middle.astimezone(there).utcoffset() == before:
                    low = middle
                else:
                    high = middle
            out.append(high.replace(second=0, microsecond=0))
        at += step
    return tuple(out)
