"""When a commitment falls due: time expressions of a language, and their moment."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from goodwill.journeys.commitments._calendar import Calendar

_LONGEST = 400
"""A deadline more than so many days ahead is none: the number was something else."""

_SPANS = ("minutes", "hours", "business_hours", "days", "working", "weeks", "months")

_PAST = 183
"""A date without a year that was up to so many days ago is meant as past."""


@dataclass(frozen=True, slots=True)
class Due:
    """A time expression that was read but not yet counted from a message's time.

    Attributes:
        unit: ``minutes``, ``hours``, ``business_hours``, ``days``, ``working``, ``weeks``,
            ``months`` (a span of ``count``), ``day`` (``count`` 0 is today), ``weekday``
            (``count`` 0-6), ``date`` (``day`` is year, month, day; 0 is not said), ``week``,
            ``weekend`` and ``month`` (their ends, ``count`` of them ahead).
        start: Where the expression starts in the clause.
        end: Where it ends.
    """

    unit: str
    start: int
    end: int
    count: int = 0
    later: bool = False
    day: tuple[int, int, int] = (0, 0, 0)
    clock: tuple[int, int] | None = None

    @property
    def span(self) -> bool:
        """Return whether it is counted from a moment, so that a condition can move it."""
        return self.unit in _SPANS


_WORDS = re.compile(r"[a-z]+(?:[-'][a-z]+)*")
_DIGIT = re.compile(r"\d")


class Clock:
    """Reads the time expressions of one language, from the ``[due]`` table of its rules."""

    def __init__(self, rules: Mapping[str, Any]) -> None:
        numbers: Mapping[str, int] = rules["numbers"]
        self._numbers = {word: int(value) for word, value in numbers.items()}
        self._weekdays = _index(rules["weekdays"], 0)
        self._months = _index(rules["months"], 1)
        self._units: dict[str, str] = {
            word: unit for unit, words in rules["units"].items() for word in words
        }
        self._days: dict[str, int] = {
            word: int(ahead) for ahead, words in rules["ahead"].items() for word in words
        }
        self._ends: dict[str, tuple[str, int]] = {
            word: (entry["unit"], entry["count"]) for entry in rules["ends"]
            for word in entry["words"]
        }  # fmt: skip
        self._later = re.compile(rf"\b(?:{rules['later']})\b")
        self._afternoon = set(rules["afternoon"])
        slots = {
            "N": rf"(?:\d{{1,3}}|{_either(self._numbers)})",
            "UNIT": _either(self._units),
            "WEEKDAY": _either(self._weekdays),
            "MONTH": _either(self._months),
            "AHEAD": _either(self._days),
            "ENDS": _either(self._ends),
            "DAY": r"[0-3]?\d",
        }
        self.patterns: dict[str, re.Pattern[str]] = {
            name: re.compile(_filled(text, slots)) for name, text in rules["patterns"].items()
        }
        self._joins = re.compile(rules["joins"])
        self._noon = re.compile(rules.get("noon", r"(?!)"))
        said: dict[str, Mapping[str, Any]] = {
            "WEEKDAY": self._weekdays, "MONTH": self._months, "UNIT": self._units,
            "AHEAD": self._days, "ENDS": self._ends,
        }  # fmt: skip
        self._gates = [
            (name, self.patterns[name], frozenset(
                word.split()[-1] for slot, words in said.items() if f"<{slot}:" in text
                for word in words))
            for name, text in rules["patterns"].items() if name != "clock"
        ]  # fmt: skip

    def find(self, clause: str, at: int, *, bare: bool = False) -> Due | None:
        """Return the time expression that goes with what stands at ``at`` in a clause.

        It is the first after ``at``, else the last before it; of expressions that are joined
        ("Monday or Tuesday") the last. ``bare`` also takes a span without "within".
        """
        found = self.all(clause, bare=bare)
        if not found:
            return None
        after = [n for n, each in enumerate(found) if each.end > at]
        chosen = after[0] if after else len(found) - 1
        while chosen + 1 < len(found) and self._joins.fullmatch(
            clause[found[chosen].end : found[chosen + 1].start]
        ):
            chosen += 1
        return found[chosen]

    def all(self, clause: str, *, bare: bool = False) -> list[Due]:
        """Return the time expressions of a clause by place; none overlaps another."""
        found: list[Due] = []
        words = set(_WORDS.findall(clause))
        digits = _DIGIT.search(clause) is not None
        for name, pattern, gate in self._gates:
            if (name == "bare" and not bare) or (words.isdisjoint(gate) if gate else not digits):
                continue
            for match in pattern.finditer(clause):
                due = self._read(name, match)
                if due and not any(o.start < due.end and due.start < o.end for o in found):
                    found.append(due)
        found.sort(key=lambda each: each.start)
        for match in self.patterns["clock"].finditer(clause) if digits else ():
            clock = self._time(match)
            if clock is not None:
                found = self._timed(found, match, clock)
        if noon := self._noon.search(clause):
            found = self._timed(found, noon, (12, 0))
        return found

    def _timed(
        self, found: list[Due], match: re.Match[str], clock: tuple[int, int]
    ) -> list[Due]:  # fmt: skip
        """Give a day the time that is said beside it; a time alone is today's."""
        for n, due in enumerate(found):
            near = due.start - match.end() in range(-2, 5) or match.start() - due.end in range(4)
            if near and due.unit in ("day", "weekday", "date"):
                start, end = min(due.start, match.start()), max(due.end, match.end())
                found[n] = replace(due, start=start, end=end, clock=clock)
                return found
        if not found:
            return [Due("day", match.start(), match.end(), 0, clock=clock)]
        return found

    def _time(self, match: re.Match[str]) -> tuple[int, int] | None:
        groups = match.groupdict()
        hour, minute = int(groups["hour"]), int(groups.get("minute") or 0)
        if (groups.get("half") or "") in self._afternoon and hour < 12:
            hour += 12
        return (hour, minute) if hour < 24 and minute < 60 else None

    def _read(self, name: str, match: re.Match[str]) -> Due | None:
        groups = {key: value for key, value in match.groupdict().items() if value is not None}
        start, end = match.span()
        if "ahead" in groups or "alone" in groups:
            word = groups.get("ahead") or groups["alone"]
            return Due("day", start, end, self._days[word])
        if "ends" in groups:
            unit, count = self._ends[groups["ends"]]
            return Due(unit, start, end, count)
        if "weekday" in groups:
            later = bool(self._later.search(match.group()))
            return Due("weekday", start, end, self._weekdays[groups["weekday"]], later)
        if "unit" in groups:
            unit = self._units[groups["unit"]]
            count = self._number(groups.get("high") or groups.get("low") or "1")
            if unit == "business_hours" and count % 24 == 0:  # a day and a night of them is one day
                unit, count = "working", count // 24
            if unit == "fortnights":
                unit, count = "weeks", 2 * count
            return Due(unit, start, end, count)
        if "dayofmonth" in groups:
            month = self._months[groups["month"]] if "month" in groups else 0
            return _dated(start, end, int(groups.get("year") or 0), month, groups["dayofmonth"])
        if "first" in groups:  # 3/4: read when the message's time is known
            year = int(groups.get("year") or 0)
            year += 2000 if 0 < year < 100 else 0
            return Due(
                "date", start, end, int(groups["second"]), day=(year, 0, int(groups["first"]))
            )
        if "isoday" in groups:
            year, month, day = (int(groups[each]) for each in ("isoyear", "isomonth", "isoday"))
            return _dated(start, end, year, month, day)
        return None

    def _number(self, word: str) -> int:
        return int(word) if word.isdigit() else self._numbers[word]


def _dated(start: int, end: int, year: int, month: int, day: str | int) -> Due:
    return Due("date", start, end, day=(year, month, int(day)))


def resolve(due: Due, at: datetime, calendar: Calendar) -> datetime | None:
    """Return the moment, in UTC, at which a promise made ``at`` falls due; None when it is past.

    A day ends with its last microsecond. Hours and minutes count from the message. None, too,
    where it is beyond the years that a date has.
    """
    try:
        return _moment(due, at, calendar)
    except OverflowError:
        return None


def _moment(due: Due, at: datetime, calendar: Calendar) -> datetime | None:
    if due.unit in ("minutes", "hours"):
        return at + timedelta(**{due.unit: due.count}) if due.count <= 24 * _LONGEST else None
    if due.unit == "business_hours":
        if calendar.hours and due.count <= _LONGEST:
            return calendar.after_hours(at, due.count)
        due = replace(due, unit="working", count=-(-due.count // 24))
    today = at.astimezone(calendar.zone).date()
    day = _day(due, today, calendar)
    if day is None or not today <= day <= today + timedelta(days=_LONGEST):
        return None
    if due.clock is None:
        return calendar.end_of(day)
    moment = datetime.combine(day, time(*due.clock), calendar.zone).astimezone(UTC)
    return moment if moment > at else calendar.end_of(day)


def _day(due: Due, today: date, calendar: Calendar) -> date | None:
    if due.unit == "working":
        return calendar.after(today, due.count) if due.count <= _LONGEST else None
    if due.unit in ("day", "days", "weeks"):
        return today + timedelta(days=due.count * (7 if due.unit == "weeks" else 1))
    if due.unit == "months":
        return _month_on(today, due.count)
    if due.unit == "weekday":
        if due.later:  # "next Friday": of the week after this one
            return today + timedelta(days=7 - today.weekday() + due.count)
        return today + timedelta(days=(due.count - today.weekday() - 1) % 7 + 1)
    if due.unit == "week":
        return calendar.last_of_week(today + timedelta(days=7 * due.count))
    if due.unit == "weekend":
        return today + timedelta(days=6 - today.weekday() + 7 * due.count)
    if due.unit == "month":
        return _month_on(today.replace(day=1), due.count + 1) - timedelta(days=1)
    return _date(due, today)


def _month_on(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for short in range(4):
        try:
            return date(year, month + 1, day.day - short)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _date(due: Due, today: date) -> date | None:
    """Return the date that is meant; of readings of 3/4 the one that comes first."""
    year, month, day = due.day
    pairs = [(month, day)] if not due.count else [(due.count, day), (day, due.count)]
    if not month and not due.count:  # "by the 12th"
        pairs = [((today.month + ahead - 1) % 12 + 1, day) for ahead in range(2)]
    found = []
    for some_month, some_day in pairs:
        years = [year] if year else [today.year - 1, today.year, today.year + 1]
        days = [made for each in years if (made := _made(each, some_month, some_day))]
        gone = [each for each in days if 0 < (today - each).days <= _PAST]
        ahead = [each for each in days if each >= today]
        if ahead and (not gone or len(pairs) > 1 and not due.count):
            found.append(min(ahead))
    return min(found) if found else None


def _made(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _index(names: list[list[str]], first: int) -> dict[str, int]:
    return {word: n for n, words in enumerate(names, first) for word in words}


def _either(words: Mapping[str, Any]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w))) + ")"


def _filled(text: str, slots: Mapping[str, str]) -> str:
    """Return a pattern with ``<NAME>`` and ``<NAME:group>`` in it filled in."""

    def fill(match: re.Match[str]) -> str:
        slot, group = match[1], match[2]
        return f"(?P<{group}>{slots[slot]})" if group else slots[slot]

    return re.sub(r"<([A-Z]+)(?::([a-z]+))?>", fill, text)
