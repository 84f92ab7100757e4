"""Alerts: what rises, since when, whom it touches, and how many alerts are to be expected."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from goodwill.days import MONTH, RECENT_DAYS, day_begins
from goodwill.errors import OlderGeneration
from goodwill.figures import Figure, count_figure, poisson, ratio
from goodwill.generations import Reader
from goodwill.report.aggregates import LEAST
from goodwill.report.sentences import chosen
from goodwill.report.shapes import Sentence
from goodwill.report.warned import warned
from goodwill.report.watch_shapes import Alert, AlertsPage, Phrase
from goodwill.settings import Settings
from goodwill.watch import e_bh

SENTENCES, PHRASES = 5, 3
FALSE_SHARE = 0.1
"""Share of the sure alerts that is expected to be false (Dandapanthula & Ramdas 2025)."""
_PER = {
    "days": "",
    "orders": " Contacts are counted per order of the last four weeks.",
    "customers": " Contacts are counted per customer who ordered in the last 90 days.",
}
_NEWEST = 'ORDER BY similarity DESC, "at" DESC, contact_id'
_WORDS = {"channel": "by", "product": "on", "region": "from"}


def alerts(reader: Reader, settings: Settings) -> AlertsPage:
    """Return what rose lately, what rose before, and how far to trust it."""
    known = reader.manifest.get("watch", {})
    names = _names(reader)
    rows = reader.dicts('SELECT * FROM alerts ORDER BY "lead" DESC, e_value DESC, alert_id')
    recent = reader.as_of.date() - timedelta(RECENT_DAYS) if reader.as_of else date.max
    cases = [row for row in rows if row["lead"]]
    phrases = _phrases(reader, names)
    now: list[Alert] = []
    before: list[Alert] = []
    for lead in cases:
        parts = [row for row in rows if row["case_id"] == lead["case_id"] and not row["lead"]]
        last = max(row["raised_at"] for row in (lead, *parts))
        fresh = _fresh(phrases, lead, names) if last > recent else None
        found = _alert(reader, settings, lead, names, parts, fresh)
        (now if last > recent else before).append(found)
    now = _sure_first(now, {row["alert_id"]: row["e_value"] for row in cases}, known)
    before.sort(key=lambda alert: (alert.raised_at, alert.alert_id), reverse=True)
    return AlertsPage(
        now=tuple(now),
        before=tuple(before),
        promise=_promise(known),
        series=known.get("series", 0),
        replayed=known.get("replayed", 0),
        phrases=phrases,
        late=_late(known.get("late")),
        warned=warned(reader, known, rows, {row["alert_id"]: names.title(row) for row in rows}),
        reason=known.get("reason", "") if known else "This generation was made before watching.",
    )


def _phrases(reader: Reader, names: _Names) -> tuple[Phrase, ...]:
    try:
        rows = reader.dicts("SELECT * FROM phrases ORDER BY day DESC, e_value DESC, phrase, copied")
    except OlderGeneration:  # a generation from before phrases were found
        return ()
    return tuple(
        Phrase(row["phrase"], row["day"], row["count"], row["expected"], row["copied"],
               row["people"], row["theme_id"], names.themes.get(row["theme_id"], ""),
               row["new_theme"])
        for row in rows
    )  # fmt: skip


def _sure_first(
    now: list[Alert], e_values: Mapping[str, float], known: Mapping[str, Any]
) -> list[Alert]:
    """Say of each alert whether e-BH keeps it, over all series that were watched."""
    if not now:
        return now
    found = np.array([e_values[alert.alert_id] for alert in now])
    kept = e_bh(found, FALSE_SHARE, max(len(found), known.get("series", 0)))
    return [replace(alert, sure=bool(sure)) for alert, sure in zip(now, kept, strict=True)]


def _promise(known: Mapping[str, Any]) -> str:
    if known.get("observed") is None:
        return ""
    share = known["tolerance"] - 1
    raised = round(known["observed"] * known["replayed"] / MONTH)
    some = "some " if known.get("hourly") else ""  # hours are replayed over fewer days
    alerts = "no alert"
    if raised:
        alerts = f"{some}{raised:,} alert{'' if raised == 1 else 's'}, true rises included"
    return (
        f"Expect at most {known['stated']:g} false alerts a month, as long as nothing truly rises "
        f"by more than {share:.0%}. Watched day by day, the last {known['replayed']:,} days would "
        f"have raised {alerts}. Measured, not guaranteed."
        f"{_PER[known.get('per', 'days')]}{_by_hour(known.get('hourly', 0))}"
    )


def _missing(there: float | None) -> str:
    if there is None:
        return ""
    return f"Some {there:.0%} of its contacts has come in so far, and is held against as much."


def _late(known: Mapping[str, Any] | None) -> str:
    if not known:
        return ""
    parts = [
        f"{source}: {shares[1]:.0%} after a day, {shares[2]:.0%} after two, "
        f"{shares[7]:.0%} after a week"
        for source, shares in sorted(known["sources"].items())
    ]
    said = f"Contacts come in late ({'; '.join(parts)}). " if parts else ""
    said += (
        f"Of {known['day']} some {known['newest']:.0%} has come in: the last days are held against "
        "the share that is there."
    )
    if known["watched_to"] != known["day"]:
        said += f" Days after {known['watched_to']} wait, since less than half of them is there."
    return said


def _by_hour(series: int) -> str:
    if not series:
        return ""
    return f" {series:,} dense segment{' is' if series == 1 else 's are'} also watched by the hour."


def _alert(
    reader: Reader,
    settings: Settings,
    row: dict[str, Any],
    names: _Names,
    parts: list[dict[str, Any]],
    fresh: tuple[str, ...] | None = None,
) -> Alert:
    """Return an alert; one of now, of which ``fresh`` phrases are known, with value and words."""
    segment = names.segment(row)
    # A generation from before hours were watched has no such columns.
    begin, end = row.get("from_at"), row.get("until_at")
    zone = ZoneInfo(settings.time_zone)
    where = names.where(row) | {
        "direction": "in",
        "at>=": (begin or day_begins(row["since"], settings.time_zone)).isoformat(),
        "at<": (end or day_begins(row["raised_at"] + timedelta(1), settings.time_zone)).isoformat(),
    }
    records = {"table": "messages", "where": where}
    low, high = poisson(row["count"])
    expected = row["expected"]
    figures = {
        "contacts": count_figure(
            row["count"],
            "contacts",
            "contacts",
            people=row["people"],
            coverage=1.0,
            records=records,
        ),
        "times_expected": Figure(
            row["ratio"], "times", "times_expected", low=low / expected, high=high / expected,
            people=row["people"], events=row["count"], coverage=1.0, records=records,
        ),
    }  # fmt: skip
    words: tuple[Sentence, ...] = ()
    if fresh is not None:
        condition, values = condition_of(where)
        figures["value_touched"] = _value(reader, settings, condition, values, records)
        words = _sentences(reader, condition, values, fresh)
    return Alert(
        alert_id=row["alert_id"],
        title=names.title(row),
        arm=row["arm"],
        level=row["level"],
        segment=segment,
        theme_id=row["theme_id"],
        since=row["since"],
        raised_at=row["raised_at"],
        figures=figures,
        parts=tuple(_alert(reader, settings, p, names, []) for p in parts),
        sentences=words,
        phrases=fresh or (),
        since_hour=f"{begin.astimezone(zone):%H:%M}" if begin else "",
        raised_hour=f"{end.astimezone(zone):%H:%M}" if end else "",
        late=_missing(row.get("there")),
    )


def _fresh(phrases: tuple[Phrase, ...], row: dict[str, Any], names: _Names) -> tuple[str, ...]:
    """Return the phrases that came up in a rise: of its themes, since it began, by some people."""
    if row["theme_id"] is not None:
        themes = [row["theme_id"]]
    else:
        themes = names.areas.get(row["area_id"], []) if row["area_id"] is not None else []
    everything = row["theme_id"] is None and row["area_id"] is None
    found = [
        phrase.phrase
        for phrase in phrases
        if phrase.day >= row["since"] and phrase.people >= LEAST and not phrase.copied
        and (everything or phrase.theme_id in themes)
    ]  # fmt: skip
    return tuple(dict.fromkeys(found))[:PHRASES]


def _sentences(
    reader: Reader, condition: str, values: list[Any], fresh: tuple[str, ...]
) -> tuple[Sentence, ...]:
    """Return sentences of a rise: those with words that are new in it, then the most typical."""
    new: tuple[Sentence, ...] = ()
    for phrase in fresh:
        if len(new) < SENTENCES:
            holds = "AND contains(lower(text), ?) " + _NEWEST
            new += chosen(reader, condition, [*values, phrase], holds, "new", 1)
    rest = chosen(reader, condition, values, _NEWEST, "central", SENTENCES)
    shown = {each.text: each for each in (*rest, *new)}  # a new one stands for its double
    return tuple(sorted(shown.values(), key=lambda each: each.kind != "new"))[:SENTENCES]


class _Names:
    """The names of themes and areas."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.themes = {row["theme_id"]: row["label"] for row in rows}
        self.areas: dict[int, list[int]] = {}
        for row in rows:  # the largest theme first
            self.areas.setdefault(row["area_id"], []).append(row["theme_id"])

    def segment(self, row: dict[str, Any]) -> dict[str, str]:
        out = {}
        if row["theme_id"] is not None:
            out["theme"] = self.themes.get(row["theme_id"], "")
        elif row["area_id"] is not None:
            labels = [self.themes[theme] for theme in self.areas.get(row["area_id"], ())]
            out["area"] = ", ".join(labels[:3]) + (" …" if len(labels) > 3 else "")
        return out | {name: row[name] for name in _WORDS if row[name] is not None}

    def title(self, row: dict[str, Any]) -> str:
        segment = self.segment(row)
        about = segment.get("theme") or segment.get("area") or "all contacts"
        more = [
            f"{word} {segment[name].replace('_', ' ')}"
            for name, word in _WORDS.items()
            if name in segment
        ]
        return " ".join([about, *more])

    def where(self, row: dict[str, Any]) -> dict[str, Any]:
        out: dict[str, Any] = {name: row[name] for name in _WORDS if row[name] is not None}
        if row["theme_id"] is not None:
            out["theme_id"] = row["theme_id"]
        elif row["area_id"] is not None:
            out["theme_id"] = self.areas.get(row["area_id"], [])
        return out


def _names(reader: Reader) -> _Names:
    return _Names(
        reader.dicts("SELECT theme_id, area_id, label FROM themes ORDER BY contacts DESC, theme_id")
    )


def condition_of(where: Mapping[str, Any]) -> tuple[str, list[Any]]:
    """Return filters of records of messages as a condition, and its values."""
    parts, values = [], []
    for name, value in where.items():
        if isinstance(value, list):
            parts.append(f'"{name}" IN ({", ".join("?" * len(value))})')
            values += value
        else:
            column = name.rstrip("<>=")
            parts.append(f'"{column}" {name[len(column) :] or "="} ?')
            values.append(datetime.fromisoformat(value) if column == "at" else value)
    return " AND ".join(parts), values


def _value(
    reader: Reader, settings: Settings, condition: str, values: list[Any], records: dict[str, Any]
) -> Figure:
    row = reader.dicts(
        f"""
        SELECT count(*) AS people, count(v.customer_id) AS valued,
            sum(v.lifetime_value) AS value, sum(v.orders) AS orders
        FROM (
            SELECT DISTINCT customer_no FROM messages
            WHERE {condition} AND customer_no IS NOT NULL
        ) AS hit
        LEFT JOIN customer_value v
            ON v.customer_no = hit.customer_no AND v.lifetime_value IS NOT NULL
        """,
        values,
    )[0]
    return Figure(
        None if row["value"] is None else int(row["value"]),
        f"minor:{settings.currency}",
        "lifetime_value_of_people",
        people=row["valued"],
        events=int(row["orders"] or 0),
        coverage=ratio(row["valued"], row["people"]),
        records=records,
        reason="" if row["value"] is not None else "No lifetime value is known of these people.",
    )
