"""Working days: which days a company works, and what "within 3 working days" means there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from goodwill.errors import InputError

_YEARS = 3660
"""So many days are searched for a working day before the calendar is refused."""


@dataclass(frozen=True)
class Calendar:
    """The days on which a company works, in its time zone.

    Attributes:
        workdays: Weekdays worked, Monday 0 to Sunday 6.
        holidays: Days not worked whatever their weekday.
        time_zone: IANA name; "today" and the end of a day are of this zone.
        hours: When it works on such a day: pairs of times, in order; a break is what lies between
            two. None means that only whole working days are counted.

    >>> days = Calendar(holidays=[date(2025, 5, 1)])
    >>> days.after(date(2025, 4, 30), 1)
    datetime.date(2025, 5, 2)
    """

    workdays: Iterable[int] = (0, 1, 2, 3, 4)
    holidays: Iterable[date] = ()
    time_zone: str = "UTC"
    hours: tuple[tuple[time, time], ...] = ()
    zone: ZoneInfo = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "workdays", frozenset(self.workdays))
        object.__setattr__(self, "holidays", frozenset(self.holidays))
        wrong = sorted(set(self.workdays) - set(range(7)))
        if wrong or not self.workdays:
            raise InputError(
                f"workdays of a calendar are {wrong or 'empty'}",
                hint="give weekdays from 0 (Monday) to 6 (Sunday), at least one",
            )
        try:
            object.__setattr__(self, "zone", ZoneInfo(self.time_zone))
        except (KeyError, ValueError, OSError) as error:
            raise InputError(
                f"{self.time_zone!r} is no time zone", hint="use an IANA name such as Europe/Madrid"
            ) from error

    def works(self, day: date) -> bool:
        """Return whether the company works on this day."""
        return day.weekday() in self.workdays and day not in self.holidays

    def after(self, day: date, count: int) -> date:
        """Return the ``count``-th working day after ``day``, which itself never counts."""
        left = count
        for _ in range(_YEARS + 7 * count):
            if left <= 0:
                break
            day += timedelta(days=1)
            left -= self.works(day)
        return day

    def last_of_week(self, day: date) -> date:
        """Return the last working day of the week (Monday to Sunday) of ``day``, else Sunday."""
        sunday = day + timedelta(days=6 - day.weekday())
        for back in range(7):
            if self.works(sunday - timedelta(days=back)):
                return sunday - timedelta(days=back)
        return sunday

    def after_hours(self, moment: datetime, count: int) -> datetime:
        """Return when ``count`` hours have been worked since a moment, in UTC.

        >>> office = Calendar(hours=((time(9), time(13)), (time(14), time(18))))
        >>> office.after_hours(datetime(2025, 3, 7, 12, tzinfo=UTC), 6).isoformat()
        '2025-03-07T18:00:00+00:00'
        """
        left = timedelta(hours=count)
        day = moment.astimezone(self.zone).date()
        for _ in range(_YEARS + 7 * count):
            for first, last in self.hours if self.works(day) else ():
                start = max(moment, datetime.combine(day, first, self.zone).astimezone(UTC))
                end = datetime.combine(day, last, self.zone).astimezone(UTC)
                if end > start and left <= end - start:
                    return start + left
                left -= max(end - start, timedelta())
            day += timedelta(days=1)
        return self.end_of(day)

    def end_of(self, day: date) -> datetime:
        """Return the last microsecond of a day, in UTC."""
        return datetime.combine(day, time.max, self.zone).astimezone(UTC)
