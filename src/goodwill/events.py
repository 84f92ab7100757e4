"""What the company did or suffered: declared, counted anew, taken back; judged at once."""

from __future__ import annotations

import math
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from goodwill import records, watch
from goodwill.engine import DuckDBEngine, Engine
from goodwill.errors import GoodwillError, InputError, NotEnoughData, NotFound
from goodwill.generations import Generations, Reader
from goodwill.refresh import judge_again
from goodwill.report import RolloutWay
from goodwill.settings import Settings
from goodwill.tables import CHANNELS

MOST_NAMED = 20
WEEKS = 8
"""Weeks from the first wave to the last where none are given and no length would do."""


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
    rollout_by: str | None = None,
    waves: int = 2,
    weeks: int | None = None,
    seed: int | None = None,
) -> str:
    """Keep an event in the Book, judge it, and return its id.

    With ``rollout_by`` chance decides which units get it first; the draw is kept with its seed.

    Raises:
        InputError: It cannot be told so, no contact lies where it is said to hold, or it cannot be
            rolled out so.
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
    if rollout_by is not None:
        told = _drawn(reader, settings, told, rollout_by, waves, weeks, seed)
    made = records.declare(store, told, by=by)
    judge_again(folder, settings, store)
    return made.event_id


def rollouts(
    folder: Path,
    settings: Settings,
    *,
    themes: Sequence[int],
    on: date,
    waves: int = 2,
    weeks: int | None = None,
    channel: str | None = None,
    product: str | None = None,
    region: str | None = None,
) -> list[RolloutWay]:
    """Return what each way of rolling a fix out in steps would be able to show; nothing is kept.

    Who would go first is not told: it is drawn once, when the fix is declared.

    Raises:
        NotFound: A theme is unknown.
        NotEnoughData: There was no refresh yet.
    """
    reader = Generations(folder / "derived").reader()
    _version(reader, themes)
    told = records.Event("", "fix", "", tuple(themes), on, None, channel, product, region)
    found = []
    with _engine(reader) as engine:
        for by in watch.UNITS:
            if by in told.scope:
                continue
            try:
                made, length = _planned(engine, settings, told, by, waves, weeks, 0)
            except GoodwillError as error:
                found.append(RolloutWay(by, 0, waves, weeks or WEEKS, 0, None, None, error.message))
            else:
                found.append(
                    RolloutWay(by, len(made.units), waves, length, made.draws, made.smallest_fall,
                               made.weeks_to_proof)
                )  # fmt: skip
    return found


def _drawn(
    reader: Reader, settings: Settings, told: records.Event, by: str, waves: int,
    weeks: int | None, seed: int | None,
) -> records.Event:  # fmt: skip
    if told.kind != "fix" or told.ended_on is not None:
        raise InputError(
            "Only a fix that stays is rolled out in steps.", hint="Leave out its kind and its end."
        )
    chosen = secrets.randbelow(2**31) if seed is None else seed
    with _engine(reader) as engine:
        made, _ = _planned(engine, settings, told, by, waves, weeks, chosen)
    return replace(
        told, units=tuple((unit, made.first_day(unit)) for unit in made.units), seed=chosen,
        units_by=by, smallest_fall=made.smallest_fall, weeks_to_proof=made.weeks_to_proof,
    )  # fmt: skip


def _planned(
    engine: Engine, settings: Settings, told: records.Event, by: str, waves: int,
    weeks: int | None, seed: int,
) -> tuple[watch.Rollout, int]:  # fmt: skip
    """Return a roll-out and its weeks: those in which a halving would be proven, unless given."""
    if not 2 <= waves <= 12:
        raise InputError(f"A roll-out of {waves} waves.", hint="Give 2 to 12 waves.")
    if weeks is not None and not waves - 1 <= weeks <= 104:
        raise InputError(
            f"{weeks} weeks from the first wave to the last.",
            hint=f"Give {waves - 1} to 104 weeks: a week or more between two waves.",
        )

    def planned(length: int) -> watch.Rollout:
        steps = [round(7 * length * wave / (waves - 1)) for wave in range(waves)]
        starts = [told.started_on + timedelta(days=step) for step in steps]
        return watch.draw_rollout(
            engine, told, starts, by=by, seed=seed, time_zone=settings.time_zone
        )

    length = weeks or max(WEEKS, waves - 1)
    made = planned(length)
    wanted = made.weeks_to_proof
    if weeks is None and wanted is not None:
        length = max(math.ceil(wanted), waves - 1)
        made = planned(length)
    return made, length


@contextmanager
def _engine(reader: Reader) -> Iterator[Engine]:
    """Give an engine that holds what the reader's generation knows of contacts and orders."""
    with tempfile.TemporaryDirectory(prefix="goodwill-") as scratch:
        engine = DuckDBEngine(Path(scratch))
        try:
            for table in ("messages", "themes", "orders"):
                engine.load(table, reader.table(table))
            yield engine
        finally:
            engine.close()


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
    folder: Path,
    settings: Settings,
    store: records.Store,
    event_id: str,
    *,
    themes: Sequence[int] = (),
    by: str = "",
) -> None:
    """Count an event by the themes as they are now; by others, where ``themes`` names any.

    Raises:
        NotFound: No event has that id, it was taken back, or its theme is no more.
    """
    chosen = tuple(themes) or records.event(store, event_id).theme_ids
    version = _version(Generations(folder / "derived").reader(), chosen)
    records.recount(store, event_id, version, themes=chosen, by=by)
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
