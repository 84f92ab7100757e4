"""SQL text that reads one cell: trims it, and parses times, numbers, flags and ids.

Every parser gives NULL for what it cannot read; the row is then quarantined, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from goodwill.literals import quoted, text_sql

from ._numbers_sql import NumberRule, number_sql

FIRST_YEAR, LAST_YEAR = 1971, 2099
"""A time outside these years is taken for a fault of the source."""

_SHAPE_SLASH = r"^\d{1,2}([/.\-])\d{1,2}[/.\-](\d{4}|\d{2})(\D|$)"
_OFFSET = r"[0-9] ?(Z|UTC|GMT|[+-][0-9]{2}(:?[0-9]{2})?)$"
_HOURS = {
    "WET": 0, "WEST": 1, "BST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3,
    "MSK": 3, "JST": 9, "AEST": 10, "AEDT": 11, "BRT": -3, "EST": -5, "EDT": -4, "CST": -6,
    "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7,
}  # fmt: skip
"""Hours before Greenwich of the short names that mean one zone, nearly always."""
_PLACE = r"[A-Z][A-Za-z]+(?:/[A-Z][A-Za-z_+-]+){1,2}"
_NAMED_ZONE = rf"(?:[0-9]|[AaPp]\.?[Mm]\.?) ?\(?({'|'.join(_HOURS)}|Uhr|{_PLACE})\)?$"
_ZONED = (
    r"[0-9] ?(Z|UTC|GMT|[+-][0-9]{2}(:?[0-9]{2})?)( [0-9]{4})?$|^1[0-9]{9}([0-9]{3})?(\.[0-9]+)?$"
    rf"|[0-9Mm.] ?\(?({'|'.join(_HOURS)}|{_PLACE})\)?$"
)
_SERIAL = r"^[2-7]\d{4}([.,]\d{1,15})?$"
_SERIALS = (25_934, 73_051)
"""Days since 1899-12-30, as spreadsheets count them, of 1971 to 2099."""
SHORTENED = r"^-?\d([.,]\d+)?[eE]\+\d+$"
"""A number that a spreadsheet wrote with fewer digits than it had."""
PLAIN_TIME = r"\A[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}:[0-9]{2}\z"
"""A time as most systems write it, which names no zone."""
_CLOCKS = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f", "%I:%M:%S %p", "%I:%M %p")
_HALF_DAYS = ("%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M %p")
_NAMED = (
    "%a %b %d %H:%M:%S %z %Y",
    "%a, %d %b %Y %H:%M:%S %z",
    "%d %b %Y %H:%M:%S %z",
    "%b %d, %Y %H:%M:%S %z",
)
_NAMED_LOCAL = tuple(
    f"{date}{clock}"
    for date in ("%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%d-%b-%Y", "%b %d %Y")
    for clock in ("", *(f"{gap}{c}" for gap in (" ", ", ") for c in _CLOCKS))
)


@dataclass(frozen=True, slots=True)
class TimeRule:
    """How the zone-less and the ambiguous times of one column are read.

    Attributes:
        order: ``dmy`` or ``mdy``, for dates such as 3/4/2015.
        zone: The zone of times that name none.
        serial: Whether a number of five digits is a day as spreadsheets count them.
    """

    order: str = "dmy"
    zone: str = "UTC"
    serial: bool = True


def clean_sql(column: str, missing: tuple[str, ...]) -> str:
    """Return a cell trimmed, NULL when it is empty or one of the source's signs of absence."""
    cell = f"nullif(trim(translate({quoted(column)}, '\u00a0\u202f', '  '), ' \t\r\n'), '')"
    for sign in missing:
        cell = f"nullif({cell}, {text_sql(sign)})"
    return cell


def slash_evidence_sql(cell: str) -> str:
    """Return a struct of counts: slash-like dates, first part over 12, second over 12, dotted."""
    first = rf"try_cast(regexp_extract({cell}, '^(\d{{1,2}})', 1) AS INTEGER)"
    second = rf"try_cast(regexp_extract({cell}, '^\d{{1,2}}[/.\-](\d{{1,2}})', 1) AS INTEGER)"
    shape = f"regexp_matches({cell}, '{_SHAPE_SLASH}')"
    return (
        f"count(*) FILTER (WHERE {shape}), "
        f"count(*) FILTER (WHERE {shape} AND {first} > 12), "
        f"count(*) FILTER (WHERE {shape} AND {second} > 12), "
        f"count(*) FILTER (WHERE {shape} AND {cell}[2:3] LIKE '%.%'), "
        f"count(*) FILTER (WHERE {zoneless_sql(cell)})"
    )


def zoneless_sql(cell: str) -> str:
    """Return whether a cell's time names no zone."""
    return f"{cell} IS NOT NULL AND NOT regexp_matches({cell}, '{_ZONED}')"


def time_sql(cell: str, rule: TimeRule) -> str:
    """Return a cell as a UTC time; a zone that is named at its end counts.

    ISO, slash dates, names of months, RFC 2822, Twitter, epoch, a spreadsheet's serial.
    """
    name = f"regexp_extract({cell}, '{_NAMED_ZONE}', 1)"
    # The sign before the zone belongs to the clock.
    zones = rf" ?\(?({'|'.join(_HOURS)}|Uhr|{_PLACE})\)?$"
    bare = f"regexp_replace({cell}, '{zones}', '')"
    naive = f"timezone('UTC', {_time_sql(bare, replace(rule, zone='UTC'))})"
    # An area with a minus is east of Greenwich: POSIX counts the other way.
    hours = " ".join(
        f"WHEN '{short}' THEN 'Etc/GMT{-ahead:+d}'" for short, ahead in _HOURS.items()
    ).replace("GMT+0", "GMT")
    return f"""CASE WHEN regexp_matches({cell}, '{_NAMED_ZONE}') THEN
            CASE WHEN contains({name}, '/') THEN
                try_cast(strftime({naive}, '%Y-%m-%d %H:%M:%S.%f ') || {name} AS TIMESTAMPTZ)
            ELSE timezone(CASE {name} {hours} ELSE {text_sql(rule.zone)} END, {naive}) END
        ELSE {_time_sql(cell, rule)} END"""


def plain_time_sql(cell: str, rule: TimeRule) -> str:
    """Return what ``time_sql`` gives of a cell, where all cells look like ``PLAIN_TIME``.

    It takes the engine longer to read the text of ``time_sql`` than to read 50,000 such cells.
    """
    return f"timezone({text_sql(rule.zone)}, try_cast({cell} AS TIMESTAMP))"


def serial_sql(cell: str) -> str:
    """Return whether a cell may be a day as spreadsheets count them, with its time as a part."""
    days = f"try_cast(replace({cell}, ',', '.') AS DOUBLE)"
    return f"regexp_matches({cell}, '{_SERIAL}') AND {days} BETWEEN {_SERIALS[0]} AND {_SERIALS[1]}"


def _time_sql(cell: str, rule: TimeRule) -> str:
    """Return a cell as a UTC time, where it names no zone but by an offset."""
    parts = ("%d/%m", "%m/%d")
    day_month = parts[0] if rule.order == "dmy" else parts[1]
    slashes = [
        f"{day_month}/{year}{clock}"
        for year in ("%Y", "%y")
        for clock in ("", *(f" {c}" for c in _CLOCKS))
    ]
    zone = text_sql(rule.zone)

    def local(naive: str) -> str:
        return f"timezone({zone}, {naive})"

    def formats(names: tuple[str, ...] | list[str]) -> str:
        return "[" + ", ".join(text_sql(name) for name in names) + "]"

    four = [name for name in slashes if "%Y" in name]
    two = [name for name in slashes if "%y" in name]
    # Both separators become a slash, a comma or T before the clock a space.
    slashed = (
        rf"regexp_replace(regexp_replace({cell}, "
        rf"'^(\d{{1,2}})[/.\-](\d{{1,2}})[/.\-](\d+)', '\1/\2/\3'), '[,T] ?', ' ')"
    )
    iso = rf"regexp_replace(replace({cell}, '/', '-'), ' ?(UTC|GMT)$', 'Z')"
    iso_local = rf"regexp_replace({cell}, '/', '-', 'g')"
    # A cast takes no notice of what stands behind the clock, such as PM.
    half_day = rf"upper(replace(replace({iso_local}, '.', ''), 'T', ' '))"
    serial = (
        f"WHEN {serial_sql(cell)} THEN "
        + local(
            "TIMESTAMP '1899-12-30' + to_seconds(CAST(round(86400 * "
            f"try_cast(replace({cell}, ',', '.') AS DOUBLE)) AS BIGINT))"
        )
    ) * rule.serial
    parsed = f"""CASE
        WHEN {cell} IS NULL THEN NULL
        WHEN regexp_matches({cell}, '^\\d{{4}}[-/]\\d{{1,2}}[-/]\\d{{1,2}}') THEN
            CASE WHEN length({cell}) > 12 AND regexp_matches({cell}, '{_OFFSET}')
                THEN try_cast(regexp_replace({iso}, ' ?([+-]\\d\\d):?(\\d\\d)$', '\\1:\\2')
                    AS TIMESTAMPTZ)
                WHEN regexp_matches({cell}, '[A-Za-z.]$')
                THEN {local(f"try_strptime({half_day}, {formats(_HALF_DAYS)})")}
                ELSE {local(f"try_cast({iso_local} AS TIMESTAMP)")} END
        WHEN regexp_matches({cell}, '^\\d{{1,2}}[/.\\-]\\d{{1,2}}[/.\\-]\\d{{4}}(\\D|$)') THEN
            {local(f"try_strptime({slashed}, {formats(four)})")}
        WHEN regexp_matches({cell}, '^\\d{{1,2}}[/.\\-]\\d{{1,2}}[/.\\-]\\d{{2}}(\\D|$)') THEN
            {local(f"try_strptime({slashed}, {formats(two)})")}
        {serial}
        WHEN regexp_matches({cell}, '^1\\d{{9}}(\\.\\d+)?$') THEN
            to_timestamp(try_cast({cell} AS DOUBLE))
        WHEN regexp_matches({cell}, '^1\\d{{12}}(\\.0)?$') THEN
            to_timestamp(try_cast({cell} AS DOUBLE) / 1000)
        WHEN regexp_matches({cell}, '^(19|20)\\d{{6}}$') THEN
            {local(f"try_strptime({cell}, '%Y%m%d')")}
        WHEN regexp_matches({cell}, '[0-9] ?[+-]\\d\\d:?\\d\\d( \\d{{4}})?$') THEN
            try_strptime({cell}, {formats(_NAMED)})
        ELSE {local(f"try_strptime({cell}, {formats(_NAMED_LOCAL)})")} END"""
    return parsed


def outside_sql(time: str) -> str:
    """Return whether a parsed time lies outside the years that a source can honestly mean."""
    return (
        f"{time} < TIMESTAMPTZ '{FIRST_YEAR}-01-01 00:00:00+00' "
        f"OR {time} >= TIMESTAMPTZ '{LAST_YEAR + 1}-01-01 00:00:00+00'"
    )


def whole_sql(cell: str) -> str:
    """Return a cell as a whole number; ``3.0`` is 3, ``3.5`` is not one."""
    return rf"try_cast(regexp_replace({cell}, '\.0+$', '') AS INTEGER)"


def id_sql(cell: str) -> str:
    """Return a cell as an id: ``848.0``, as a float column writes it, is ``848``."""
    return rf"regexp_replace({cell}, '^(\d+)\.0$', '\1')"


def duration_sql(cell: str) -> str:
    """Return ``HH:MM:SS``, ``HH:MM``, ``2 days 03:04`` or seconds as an INTERVAL; else NULL."""
    shape = r"^(?:(\d+)\s*d(?:ays?)?[, ]*)?(\d+):(\d{1,2})(?::(\d{1,2}))?(?:\.\d+)?$"
    parts = [
        f"coalesce(try_cast(regexp_extract({cell}, '{shape}', {n}) AS BIGINT), 0)"
        for n in (1, 2, 3, 4)
    ]
    seconds = f"((({parts[0]} * 24 + {parts[1]}) * 60 + {parts[2]}) * 60 + {parts[3]})"
    number = f"try_cast({cell} AS DOUBLE)"
    return (
        f"CASE WHEN regexp_matches({cell}, '{shape}') THEN to_seconds({seconds}) "
        f"WHEN {number} BETWEEN 0 AND 1e10 THEN to_seconds({number}) END"
    )


def flag_sql(cell: str) -> str:
    """Return a cell as a truth value, in the words that exports use."""
    return (
        f"CASE WHEN lower({cell}) IN ('true', 't', 'yes', 'y', '1', '1.0', 'si', 'sí', 'sim') "
        f"THEN true WHEN lower({cell}) IN ('false', 'f', 'no', 'n', '0', '0.0', 'não') "
        "THEN false END"
    )


def parse_sql(cell: str, kind: str, time: TimeRule, number: NumberRule) -> str:
    """Return a cell parsed as one of the kinds that a recipe's columns may have."""
    if kind == "time":
        return time_sql(cell, time)
    if kind == "number":
        return number_sql(cell, number)
    if kind == "whole":
        return whole_sql(cell)
    if kind == "flag":
        return flag_sql(cell)
    if kind == "id":
        return id_sql(cell)
    if kind == "duration":
        return duration_sql(cell)
    return cell
