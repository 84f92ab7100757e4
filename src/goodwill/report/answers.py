"""Answers worked out once: what pages ask of a large page file, kept in it beside its tables.

A page over millions of rows counts most of them, and says the same until the next generation. So
whoever makes a generation asks once what the pages will ask, and keeps each answer that took
long, under the query and its values. `goodwill.generations.Reader` looks there first. A query that
was not asked, such as one of another period, is answered from the tables as before, and so is every
one of a small Book, whose tables answer at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import duckdb
import pyarrow as pa

from goodwill.errors import GoodwillError
from goodwill.generations import ANSWERS, PAGES, Reader, answer_key, stream_of
from goodwill.report.alerts import alerts
from goodwill.report.broken import broken_lately
from goodwill.report.broken_costs import broken_cost, broken_costs
from goodwill.report.chain_page import chain
from goodwill.report.coaching import coaching
from goodwill.report.harmed import harmed
from goodwill.report.ledger import ledger
from goodwill.report.metrics import metrics
from goodwill.report.overview import overview
from goodwill.report.pages import RENEWED
from goodwill.report.problem import problem, problems
from goodwill.report.problems_within import problems_within
from goodwill.report.processes import processes
from goodwill.report.promises import STATES_SHOWN, promises
from goodwill.report.rules import known_rules
from goodwill.report.scope import choices
from goodwill.report.themes import theme, themes
from goodwill.report.value import value
from goodwill.report.within import within
from goodwill.settings import Settings

LEAST_ROWS = 300_000
"""Orders and messages of a page file whose answers are kept; a smaller one answers at once."""
LEAST_SECONDS = 0.004
"""CPU seconds of an answer that is kept."""
MOST_THEMES = 300
"""Problems whose pages are asked for, in the order of their places."""
FIRST_THEMES = 50
"""Problems whose metrics are asked for, too: those of the first page of problems."""
MOST_YEARS = 3
"""Whole years that are asked for as periods, too."""
LARGEST = 8 * 2**20
"""Bytes of an answer that is kept, at most."""


@dataclass(frozen=True, slots=True, eq=False)
class _Asking(Reader):
    """A reader that remembers what took long."""

    least_seconds: float = LEAST_SECONDS
    found: dict[bytes, bytes] = field(default_factory=dict)

    def _arrow(self, sql: str, values: list[Any] | None) -> pa.Table:
        key = answer_key(sql, values)
        if key in self.found:
            return pa.ipc.open_stream(self.found[key]).read_all()
        began = time.process_time()
        # The plain function: a class with slots has no other way to its parent.
        table = Reader._arrow(self, sql, values)
        late = time.process_time() - began >= self.least_seconds
        if late and table.nbytes <= LARGEST and not any(name in sql for name in RENEWED):
            self.found[key] = stream_of(table)
        return table


def build_answers(
    making: Path,
    manifest: dict[str, Any],
    settings: Settings,
    *,
    least_rows: int = LEAST_ROWS,
    least_seconds: float = LEAST_SECONDS,
) -> int:
    """Ask what pages ask of the page file in ``making``, keep what took long; return how many.

    Args:
        making: Folder of the generation that is being made.
        manifest: Of that generation.
        settings: Of the Book. With other settings a page may ask something else.
        least_rows: A page file with fewer orders and messages keeps none.
        least_seconds: CPU seconds of an answer that is kept.
    """
    connection: Any = duckdb.connect(str(making / PAGES), read_only=True)
    try:
        connection.execute("SET TimeZone = 'UTC'")
        size = connection.execute(
            "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM messages)"
        ).fetchone()
        if size[0] < least_rows:
            return 0
        reader = _Asking("", manifest, connection, least_seconds=least_seconds)
        for ask in _questions(reader, settings):
            try:
                ask()
            except GoodwillError:  # what a page of this Book would say, too
                continue
    finally:
        connection.close()
    kept = pa.table(
        {
            "key": pa.array(list(reader.found), pa.binary()),
            "rows": pa.array(list(reader.found.values()), pa.binary()),
        }
    ).sort_by("key")
    connection = duckdb.connect(str(making / PAGES))
    try:
        connection.register("kept", kept)
        connection.execute(f"CREATE TABLE {ANSWERS} AS SELECT * FROM kept")
        connection.execute("CHECKPOINT")
    finally:
        connection.close()
    return int(kept.num_rows)


def _questions(reader: Reader, settings: Settings) -> Iterator[Callable[[], Any]]:
    """Give what pages call as they are met first; then for each part and each problem."""
    once: tuple[Callable[..., Any], ...] = (
        overview, problems, harmed, alerts, value, ledger, chain, metrics, within, known_rules,
    )  # fmt: skip
    for page in once:
        yield partial(page, reader, settings)
    yield partial(choices, reader)
    yield partial(coaching, reader)
    yield partial(broken_lately, reader)
    for cost in broken_costs(reader, settings).kinds:
        yield partial(broken_cost, reader, settings, cost.kind)
    yield partial(processes, reader)
    yield partial(themes, reader, (), ())
    for year in _years(reader, settings):
        for page in (within, chain, metrics):
            yield partial(page, reader, settings, since=date(year, 1, 1), until=date(year, 12, 31))
    for state in STATES_SHOWN:
        for most in (50, 6) if state == "open" else (50,):
            yield partial(promises, reader, settings, state=state, limit=most)
    parts = choices(reader)
    of_channel: tuple[Callable[..., Any], ...] = (metrics, within, problems_within)
    for name in parts.channels:
        for page in of_channel:
            yield partial(page, reader, settings, channel=name)
    of_part: tuple[Callable[..., Any], ...] = (within, problems_within)
    for part in ("product", "region", "team", "segment"):
        for name in getattr(parts, f"{part}s"):
            for page in of_part:
                yield partial(page, reader, settings, **{part: name})
    for name in parts.segments:
        yield partial(chain, reader, settings, segment=name)
    of_theme: tuple[Callable[..., Any], ...] = (problem, chain, within)
    for place, each in enumerate(problems(reader, settings)[:MOST_THEMES]):
        for page in (*of_theme, metrics) if place < FIRST_THEMES else of_theme:
            yield partial(page, reader, settings, theme_id=each.theme_id)
        yield partial(theme, reader, (), (), each.theme_id)


def _years(reader: Reader, settings: Settings) -> range:
    """Return the newest years of the data: too wide to be counted at a click."""
    if reader.as_of is None:
        return range(0)
    newest = reader.as_of.astimezone(ZoneInfo(settings.time_zone)).year
    return range(newest, newest - MOST_YEARS, -1)
