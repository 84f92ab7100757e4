"""What the company did or suffered: declared, counted anew, taken back; judged at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from goodwill import records, watch
from goodwill.errors import InputError, NotEnoughData, NotFound
from goodwill.generations import Generations, Reader
from goodwill.refresh import judge_again
from goodwill.settings import Settings
from goodwill.tables import CHANNELS

MOST_NAMED = 20


def declare(
    folder: Path,
    settings: Settings,
    store: records.Store,
    title: str,
    *,
    themes: Sequence[int],
    on: date,
    until: date | None = None,
    kind: str = "fix",
    channel: str | None = None,
    product: str | None = None,
    region: str | None = None,
    by: str = "",
) -> str:
    """Keep an event in the Book, judge it, and return its id.

    Raises:
        InputError: It cannot be told so, or no contact lies where it is said to hold.
        NotFound: A theme is unknown.
        NotEnoughData: There was no refresh yet.
    """
    reader = Generations(folder / "derived").reader()
    version = _version(reader, themes)
    for name, value in (("channel", channel), ("product", product), ("region", region)):
        if value is not None:
            _known(reader, name, value)
    told = records.Event(
        "", kind, title, tuple(themes), on, until, channel, product, region, version
    )
    made = records.declare(store, told, by=by)
    judge_again(folder, settings, store)
    return made.event_id


def withdraw(
    folder: Path, settings: Settings, store: records.Store, event_id: str, *, by: str = ""
) -> None:
    """Take an event back; what was said of it stays in its history.

    Raises:
        NotFound: No event has that id, or it was taken back.
    """
    records.withdraw(store, event_id, by=by)
    judge_again(folder, settings, store)


def recount(
    folder: Path, settings: Settings, store: records.Store, event_id: str, *, by: str = ""
) -> None:
    """Count an event by the themes as they are now.

    Raises:
        NotFound: No event has that id, it was taken back, or its theme is no more.
    """
    themes = records.event(store, event_id).theme_ids
    version = _version(Generations(folder / "derived").reader(), themes)
    records.recount(store, event_id, version, by=by)
    judge_again(folder, settings, store)


def _version(reader: Reader, themes: Sequence[int]) -> str:
    """Return the version of the themes, all of which must be there."""
    if not themes:
        raise InputError("No theme is named.", hint="goodwill problems prints the ids of themes.")
    known = {
        row["theme_id"]: row["version"]
        for row in reader.dicts("SELECT theme_id, version FROM themes")
    }
    if not known:
        raise NotEnoughData("No theme was found in this Book yet.", hint="goodwill refresh")
    if missing := [number for number in themes if number not in known]:
        raise NotFound(
            f"No theme has the id {missing[0]}.", hint="goodwill problems prints the ids of themes."
        )
    return watch.version_of([str(known[number]) for number in themes])


def _known(reader: Reader, column: str, value: str) -> None:
    rows = reader.rows(
        f"""
        SELECT {column}, count(*) FROM messages WHERE direction = 'in' AND {column} IS NOT NULL
        GROUP BY {column} ORDER BY count(*) DESC, {column}
        """
    )
    if value not in [row[0] for row in rows]:
        named = ", ".join(str(row[0]) for row in rows[:MOST_NAMED])
        if column == "channel" and not named:
            named = ", ".join(CHANNELS)
        raise InputError(
            f"No contact has the {column} {value!r}.",
            hint=f"One of: {named}" if named else f"No contact names a {column}.",
        )
