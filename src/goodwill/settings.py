"""The settings of a Book: ``goodwill.toml``, read in one place and checked when it is read."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from goodwill.durable import replacing
from goodwill.errors import BookFormat, BookMissing, SettingsError
from goodwill.tables import CHANNELS

FORMAT = 1
"""The format number of Books that this goodwill writes."""

FILE_NAME = "goodwill.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a company tells goodwill about itself.

    Attributes:
        book_id: Names the key file that lies outside the Book; never changes.
        name: The company, as the pages call it.
        currency: ISO 4217 code; amounts in other currencies are kept and left out of sums.
        time_zone: IANA name; days and weeks are of this zone, as are times without an offset.
        margin: Share of revenue that is left after the cost of goods, 0-1; None when unknown:
            then lifetime value is revenue, and says so.
        discount_rate: Yearly rate at which future money is discounted, 0-1.
        horizon_weeks: How far ahead lifetime value looks.
        quiet_days: An episode ends after so many days without a contact.
        public_channels: Channels whose contacts anyone can read.
        simulated: True for the demo company; every page says so.
        key_fingerprint: Tells whether the key that is found is the Book's own.
        format: The Book's format number.
    """

    book_id: str
    name: str
    currency: str = "EUR"
    time_zone: str = "UTC"
    margin: float | None = None
    discount_rate: float = 0.10
    horizon_weeks: int = 104
    quiet_days: int = 14
    public_channels: tuple[str, ...] = ("social", "review")
    simulated: bool = False
    key_fingerprint: str = ""
    format: int = FORMAT


def _is(kind: type, text: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        good = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
        return "" if good else text

    return check


def _between(low: float, high: float, text: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        return "" if number and low <= value <= high else text

    return check


def _currency(value: Any) -> str:
    good = isinstance(value, str) and len(value) == 3 and value.isascii() and value.isupper()
    return "" if good else "must be a code of three capital letters, such as EUR"


def _zone(value: Any) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        return "must be the IANA name of a time zone, such as Europe/Madrid"
    return ""


def _channels(value: Any) -> str:
    if isinstance(value, list | tuple) and all(v in CHANNELS for v in value):
        return ""
    return f"must be a list of channels out of {', '.join(CHANNELS)}"


_CHECKS: dict[str, Callable[[Any], str]] = {
    "book_id": _is(str, "must be text"),
    "name": _is(str, "must be text"),
    "currency": _currency,
    "time_zone": _zone,
    "margin": _between(0, 1, "must be a share between 0 and 1"),
    "discount_rate": _between(0, 1, "must be a yearly rate between 0 and 1"),
    "horizon_weeks": _between(1, 1040, "must be a number of weeks between 1 and 1040"),
    "quiet_days": _between(1, 365, "must be a number of days between 1 and 365"),
    "public_channels": _channels,
    "simulated": _is(bool, "must be true or false"),
    "key_fingerprint": _is(str, "must be text"),
    "format": _is(int, "must be a whole number"),
}


def check(values: dict[str, Any], *, where: str) -> Settings:
    """Return the settings, or raise one `SettingsError` that names every bad value."""
    known = {field.name for field in fields(Settings)}
    faults = [f"{name}: no such setting" for name in sorted(set(values) - known)]
    for name, value in values.items():
        if name in _CHECKS and (fault := _CHECKS[name](value)):
            faults.append(f"{name} = {value!r}: {fault}")
    faults += [f"{name}: is missing" for name in ("book_id", "name") if name not in values]
    if faults:
        raise SettingsError(
            f"{where} cannot be used:\n  " + "\n  ".join(faults),
            hint=f"Correct the lines in {where}; docs/settings.md lists every setting.",
        )
    clean = dict(values)
    if "public_channels" in clean:
        clean["public_channels"] = tuple(clean["public_channels"])
    return Settings(**clean)


def read(folder: Path) -> Settings:
    """Return the settings of the Book in ``folder``.

    Raises:
        BookMissing: The folder holds no ``goodwill.toml``.
        BookFormat: The Book has another format number.
        SettingsError: A value cannot be used.
    """
    path = folder / FILE_NAME
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BookMissing(
            f"There is no Book in {folder}.", hint=f"Make one with: goodwill init {folder}"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} is not valid TOML: {error}", hint="Correct that line and try again."
        ) from error
    number = values.get("format")
    if isinstance(number, int) and number != FORMAT:
        newer = number > FORMAT
        raise BookFormat(
            f"The Book in {folder} has format {number}; this goodwill writes format {FORMAT}.",
            hint="Install a newer goodwill: pip install --upgrade goodwill"
            if newer
            else f"Migrate it with: goodwill doctor --migrate {folder}",
        )
    return check(values, where=str(path))


def write(folder: Path, settings: Settings) -> None:
    """Write ``goodwill.toml`` whole: readers see the old file or the new one."""
    with replacing(folder / FILE_NAME) as out:
        out.write(_toml(settings).encode())


_COMMENTS = {
    "format": "The Book's format number. Leave it as it is.",
    "book_id": "Names the key file that lies outside this folder. Leave it as it is.",
    "key_fingerprint": "Tells whether a key is this Book's own. Leave it as it is.",
    "name": "The company, as the pages call it.",
    "currency": "Amounts in other currencies are kept, and left out of sums.",
    "time_zone": "Days and weeks are of this zone; so are times that come without an offset.",
    "margin": "Share of revenue left after the cost of goods, 0-1. Without it, value is revenue.",
    "discount_rate": "Yearly rate at which future money is discounted.",
    "horizon_weeks": "How many weeks ahead lifetime value looks.",
    "quiet_days": "An episode ends after so many days without a contact.",
    "public_channels": f"Channels that anyone can read, out of: {', '.join(CHANNELS)}.",
    "simulated": "True for a demo company: every page then says so.",
}


def _toml(settings: Settings) -> str:
    lines = []
    for name, comment in _COMMENTS.items():
        value = getattr(settings, name)
        lines.append(f"# {comment}")
        lines.append(f"# {name} = 0.35" if value is None else f"{name} = {_literal(value)}")
    return "\n".join(lines) + "\n"


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        control = {c: f"\\u{ord(c):04x}" for c in map(chr, [*range(32), 127]) if c in escaped}
        return '"' + "".join(control.get(c, c) for c in escaped) + '"'
    if isinstance(value, tuple):
        return "[" + ", ".join(_literal(v) for v in value) + "]"
    return repr(value)
