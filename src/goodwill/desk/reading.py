"""The Book that the pages read: opened once a process; a new generation shows at the next request.

The Book itself looks up the current generation at each call, so that nothing here has to notice
a refresh. Its settings are read anew when ``goodwill.toml`` changes.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol, Unpack, cast

from django.conf import settings
from django.http import HttpRequest

from goodwill.candidates import Found
from goodwill.desk.keeping import MARKUP
from goodwill.desk.narrowed import Narrowed, is_narrow
from goodwill.errors import GoodwillError
from goodwill.records import ContactDetails, VaultLooks
from goodwill.report.broken import BrokenKind
from goodwill.report.candidates import CandidatePage
from goodwill.report.chain_shapes import ChainPage
from goodwill.report.coaching import CoachingPage
from goodwill.report.customer_shapes import Afterwards, CustomerPage, Entry, HarmedPage
from goodwill.report.metric_shapes import MetricsPage
from goodwill.report.overview_shapes import Overview
from goodwill.report.problem_shapes import (
    BrokenCosts,
    BrokenPage,
    Problem,
    ProblemPage,
    RulesPage,
)
from goodwill.report.processes import Process
from goodwill.report.promise_shapes import PromisesPage
from goodwill.report.rollouts import RolloutWay
from goodwill.report.scope import Choices, Filters, Narrow
from goodwill.report.shapes import Link, RecordsPage, SearchPage
from goodwill.report.value_shapes import LedgerPage, ValuePage
from goodwill.report.watch_shapes import AlertsPage, Fix
from goodwill.report.within import WithinPage
from goodwill.settings import HARMS
from goodwill.themes import BookThemes


class ReadableBook(Protocol):
    """What the pages ask of a Book."""

    @property
    def settings(self) -> Any: ...
    def overview(self) -> Overview: ...
    def choices(self) -> Choices: ...
    def problems(self, **narrow: Unpack[Narrow]) -> list[Problem]: ...
    def problem(self, theme_id: int) -> ProblemPage: ...
    def promises(
        self,
        *,
        state: str = "all",
        kind: str = "",
        what: str = "",
        customer_id: str = "",
        offset: int = 0,
        limit: int = 50,
    ) -> PromisesPage: ...
    def alerts(self, **filters: Unpack[Filters]) -> AlertsPage: ...
    def fixes(self) -> list[Fix]: ...
    def fix(self, event_id: str) -> Fix: ...
    def declare_fix(
        self,
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
    ) -> Fix: ...
    def rollouts(
        self, *, themes: Sequence[int], on: date, waves: int = 2, weeks: int | None = None
    ) -> list[RolloutWay]: ...
    def withdraw_fix(self, event_id: str, *, by: str = "") -> Fix: ...
    def rules(self) -> RulesPage: ...
    def tell_rule(
        self,
        name: str,
        *,
        kind: str = "rule",
        wording: str = "",
        patterns: Sequence[str] = (),
        brings_year: float | None = None,
        brings_each: float | None = None,
        times_year: int | None = None,
        product: str | None = None,
        by: str = "",
    ) -> str: ...
    def withdraw_rule(self, rule_id: str, *, by: str = "") -> None: ...
    def recount_fix(self, event_id: str, *, themes: Sequence[int] = (), by: str = "") -> Fix: ...
    def value(self, *, month: date | None = None) -> ValuePage: ...
    def ledger(self, *, state: str = "all", offset: int = 0, limit: int = 50) -> LedgerPage: ...
    @property
    def themes(self) -> BookThemes: ...
    def customer(self, ref: str, *, offset: int = 0, limit: int = 200) -> CustomerPage: ...
    def harmed(
        self,
        *,
        kinds: Sequence[str] = HARMS,
        without: Collection[tuple[str, str]] = (),
        customer_id: str = "",
        offset: int = 0,
        limit: int = 50,
    ) -> HarmedPage: ...
    def behind_harm(
        self, customer_id: str, problem: str, *, until: datetime
    ) -> tuple[Entry, ...]: ...
    def afterwards(self, asked: Sequence[tuple[str, datetime]]) -> tuple[Afterwards, ...]: ...
    def generation(self) -> str: ...
    def due(self, moment: datetime, hours: int) -> datetime: ...
    def redacted(self, text: str) -> str: ...
    def search(
        self,
        query: str,
        *,
        theme_id: int | None = None,
        channel: str = "",
        month: str = "",
        direction: str = "",
        exact: bool = False,
        leave_out: Collection[str] = (),
        offset: int = 0,
        limit: int = 20,
    ) -> SearchPage: ...
    def current_ids(self, customer_ids: Iterable[str]) -> dict[str, str]: ...
    def chain(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        theme_id: int | None = None,
        segment: str = "",
        offset: int = 0,
        limit: int = 20,
    ) -> ChainPage: ...
    def chain_links(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        theme_id: int | None = None,
        segment: str = "",
    ) -> tuple[Link, ...]: ...
    def within(self, *, against: str = "", **narrow: Unpack[Narrow]) -> WithinPage: ...
    def processes(self) -> tuple[Process, ...]: ...
    def coaching(self) -> CoachingPage: ...
    def broken_costs(self) -> BrokenCosts: ...
    def broken_cost(self, kind: str) -> BrokenPage: ...
    def broken_lately(self) -> tuple[BrokenKind, ...]: ...
    def metrics(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        theme_id: int | None = None,
        channel: str = "",
    ) -> MetricsPage: ...
    def find_candidates(self, *, actor: str, reason: str) -> Found: ...
    def candidates(
        self, *, state: str = "open", customer_id: str = "", offset: int = 0, limit: int = 50
    ) -> CandidatePage: ...
    def decide_candidate(self, candidate_id: str, decision: str, *, by: str = "") -> None: ...
    def take_apart(self, source: str, customer_ref: str, *, by: str = "") -> int: ...
    def put_back(self, source: str, customer_ref: str, *, by: str = "") -> int: ...
    def records(
        self, table: str, where: dict[str, Any], *, offset: int = 0, limit: int = 50
    ) -> RecordsPage: ...
    def undo_same(self, same_event_id: str) -> None: ...
    def redo_same(self, same_event_id: str) -> None: ...
    def contact_details(self, customer: str, *, actor: str, reason: str) -> ContactDetails: ...
    def looks(
        self, *, actor: str = "", customer_id: str = "", offset: int = 0, limit: int = 50
    ) -> VaultLooks: ...
    def definitions(self) -> dict[str, str]: ...


_NOTED = "goodwill.generation"
_lock = threading.Lock()
_kept: tuple[tuple[Path, int], ReadableBook] | None = None


def book() -> ReadableBook:
    """Return the Book that this desk serves, as narrow as the reader's role has it."""
    whole = whole_book()
    return cast(ReadableBook, Narrowed(whole)) if is_narrow() else whole


def whole_book() -> ReadableBook:
    """Return the Book that this desk serves, whoever asks."""
    return _open()


def _open() -> ReadableBook:
    global _kept
    import goodwill

    folder: Path = settings.BOOK_FOLDER
    toml = folder / "goodwill.toml"
    stamp = (folder, toml.stat().st_mtime_ns if toml.exists() else 0)
    with _lock:
        if _kept is None or _kept[0] != stamp:
            _kept = (stamp, goodwill.open(folder))
        return _kept[1]


def note_generation(request: HttpRequest) -> None:
    """Note with a request the generation that is current before its page reads anything."""
    request.META[_NOTED] = whole_book().generation()


def company(request: HttpRequest) -> dict[str, Any]:
    """Give every page of a signed-in user the company's name, its state and the glossary."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    try:
        read = book()
        MARKUP.of(read.generation())
    except GoodwillError:  # a page that tells of a broken Book must itself be shown
        return {}
    return {
        "company": read.settings.name,
        "simulated": read.settings.simulated,
        "horizon_weeks": read.settings.horizon_weeks,
        "glossary": read.definitions(),
        # What was read in an earlier generation than the newest must not be kept beside it.
        "generation": request.META.get(_NOTED, ""),
    }
