"""What a Book says of the company: pages of figures, searches, exports."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Unpack

from goodwill import export as exports
from goodwill import report
from goodwill.book._held import Held
from goodwill.themes import BookThemes


class Figures(Held):
    """What it says of the company."""

    def overview(self) -> report.Overview:
        """Return the first page: gauges, the chain, the problems."""
        return report.overview(self._generations.reader(), self.settings)

    def choices(self) -> report.Choices:
        """Return what figures can be narrowed by: channels, products, regions, teams, segments."""
        return report.choices(self._generations.reader())

    def problems(self, **narrow: Unpack[report.Narrow]) -> list[report.Problem]:
        """Return the problems, the first to be dealt with first.

        Args:
            **narrow: A period (``since``, ``until``) and a part (``theme_id``, ``channel``,
                ``product``, ``region``, ``team``, ``segment``): the problems that are in it,
                counted in it. What each costs is known of the whole company alone.

        Raises:
            InputError: The period ends before it begins.
            NotFound: No theme has that id, or no contact came by that channel.
        """
        return list(self._told(report.problems_within, **narrow))

    def problem(self, theme_id: int) -> report.ProblemPage:
        """Return all that is known of one problem.

        Raises:
            NotFound: No theme has that id.
        """
        return self._told(report.problem, theme_id=theme_id)

    def broken_costs(self) -> report.BrokenCosts:
        """Return what broken promises cost, by kind, the dearest first."""
        return self._told(report.broken_costs)

    def broken_cost(self, kind: str) -> report.BrokenPage:
        """Return all that is known of one kind of broken promise.

        Args:
            kind: ``delivery``, ``commitment`` or ``published``.

        Raises:
            NotFound: No promise of that kind was broken.
        """
        return self._told(report.broken_cost, kind=kind)

    @property
    def themes(self) -> BookThemes:
        """What can be done with themes: look, rename, merge, split, move, pin, mute, audit."""
        return BookThemes(self.folder, self._generations)

    def alerts(self, **filters: Unpack[report.Filters]) -> report.AlertsPage:
        """Return what rises, what rose before, and the stated rate of false alerts.

        Args:
            **filters: A part (``theme_id``, ``channel``, ``product``, ``region``, ``team``,
                ``segment``): only rises in which it has contacts, and how many.

        Raises:
            NotFound: No theme has that id, or no contact came by that channel.
        """
        return self._told(report.alerts_within, **filters)

    def promises(
        self,
        *,
        state: str = "all",
        kind: str = "",
        what: str = "",
        customer_id: str = "",
        offset: int = 0,
        limit: int = 50,
    ) -> report.PromisesPage:
        """Return the ledger of promises: the words, the date, and what happened.

        Args:
            state: ``open`` (soonest first), ``broken`` (with the overdue ones), ``overdue``,
                ``kept``, ``unknown`` or ``all``.
            kind: ``delivery`` (an order's date), ``commitment`` (said in a message) or
                ``published``; empty for all.
            what: ``refund``, ``call`` and so on; empty for all.
            customer_id: Only this customer's.
            offset: Promises to pass over.
            limit: Promises to return at most.

        Raises:
            InputError: There is no such state or kind.
        """
        return self._told(
            report.promises,
            state=state,
            kind=kind,
            what=what,
            customer_id=customer_id,
            offset=offset,
            limit=limit,
        )

    def open_promises(self, *, offset: int = 0, limit: int = 50) -> report.PromisesPage:
        """Return the promises whose date is still ahead, soonest first, with the next step."""
        return self.promises(state="open", offset=offset, limit=limit)

    def chain(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        theme_id: int | None = None,
        segment: str = "",
        offset: int = 0,
        limit: int = 20,
    ) -> report.ChainPage:
        """Return the chain of a period and a theme, and what went public in it.

        Args:
            since: First day, of the Book's time zone; None from the start.
            until: Last day; None to the end.
            theme_id: Only this theme.
            segment: Only customers of this segment, by their orders so far.
            offset: Public complaints to pass over, newest first.
            limit: Public complaints to return at most.

        Raises:
            InputError: The period ends before it begins.
            NotFound: No theme has that id.
        """
        return self._told(
            report.chain,
            since=since,
            until=until,
            theme_id=theme_id,
            segment=segment,
            offset=offset,
            limit=limit,
        )

    def chain_links(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        theme_id: int | None = None,
        segment: str = "",
    ) -> tuple[report.Link, ...]:
        """Return the links of the chain alone, of what `chain` takes."""
        return self._told(
            report.links_within, since=since, until=until,
            theme_id=theme_id, segment=segment,
        )  # fmt: skip

    def value(self, *, month: date | None = None) -> report.ValuePage:
        """Return what the customers are worth at the end of a month, and how it came about.

        Args:
            month: Any day of the month; the last one when left out.

        Raises:
            NotFound: No equity is known of that month.
        """
        return self._told(report.value, month=month)

    def check_value(self, *, full: bool = False) -> report.ValueChecks:
        """Try on the Book's own orders whether its amounts can be believed, and say so in words.

        Args:
            full: Ten times the runs; takes minutes.
        """
        return report.value_checks(self._generations.reader(), self.settings, full=full)

    def ledger(self, *, state: str = "all", offset: int = 0, limit: int = 50) -> report.LedgerPage:
        """Return how often the figures that could come true did, and each of them.

        Args:
            state: ``all``, ``settled``, ``waiting``, ``missed``, ``published`` or ``replayed``.
            offset: Forecasts to pass over.
            limit: Forecasts to return at most.

        Raises:
            InputError: There is no such state.
        """
        return self._told(report.ledger, state=state, offset=offset, limit=limit)

    def within(self, *, against: str = "", **narrow: Unpack[report.Narrow]) -> report.WithinPage:
        """Return the main figures of a period and a part of the company, beside another period.

        Args:
            against: ``before`` (the days just before) or ``year``; empty compares with nothing.
            **narrow: A period (``since``, ``until``) and a part (``theme_id``, ``channel``,
                ``product``, ``region``, ``team``, ``segment``).

        Raises:
            InputError: The period ends before it begins, or there is no such comparison.
            NotFound: No theme has that id, or no contact came by that channel.
        """
        return report.within(self._generations.reader(), self.settings, against=against, **narrow)

    def metrics(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        theme_id: int | None = None,
        channel: str = "",
    ) -> report.MetricsPage:
        """Return every service metric of a period, a theme and a channel.

        Args:
            since: First day, of the Book's time zone; None from the start.
            until: Last day; None to the end.
            theme_id: Only this theme.
            channel: Only what came by this channel.

        Raises:
            InputError: The period ends before it begins.
            NotFound: No theme has that id, or no contact came by that channel.
        """
        return self._told(
            report.metrics,
            since=since,
            until=until,
            theme_id=theme_id,
            channel=channel,
        )

    def journeys(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        theme_id: int | None = None,
        channel: str = "",
        limit: int = 12,
    ) -> report.JourneysPage:
        """Return who wrote, how their episodes went, and the paths that they travelled most.

        Args:
            since: First day, of the Book's time zone; None from the start.
            until: Last day; None to the end.
            theme_id: Only this theme.
            channel: Only what came by this channel; an episode by its first contact.
            limit: Paths to return at most.

        Raises:
            InputError: The period ends before it begins.
            NotFound: No theme has that id, or no contact came by that channel.
        """
        return report.journeys(
            self._generations.reader(),
            self.settings,
            since=since,
            until=until,
            theme_id=theme_id,
            channel=channel,
            limit=limit,
        )

    def signals(self) -> tuple[report.SignalShare, ...]:
        """Return how many contacts show each signal: a complaint, a threat to leave, thanks."""
        return report.signals(self._generations.reader())

    def coaching(self) -> report.CoachingPage:
        """Return conversations of the last weeks that are worth talking about, and praise."""
        return report.coaching(self._generations.reader())

    def broken_lately(self) -> tuple[report.BrokenKind, ...]:
        """Return which kinds of promise were broken in the last weeks, the most first."""
        return report.broken_lately(self._generations.reader())

    def competitors(self, theme_id: int | None = None) -> tuple[report.Competitor, ...]:
        """Return the competitors that contacts name, and who says that he goes there."""
        return report.competitors(self._generations.reader(), theme_id)

    def processes(self) -> tuple[report.Process, ...]:
        """Return the real paths of orders and of tickets: steps, waits, loops, contacts."""
        return report.processes(self._generations.reader())

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
    ) -> report.SearchPage:
        """Return what customers wrote that holds all words of a query, then what is like it.

        Args:
            query: Words, "phrases in quotes", ``refund*`` for any ending, ``-word`` for none.
            theme_id: Only this theme's.
            channel: Only this channel's.
            month: Only this month's, such as 2025-03.
            direction: ``in`` for nothing but what customers wrote, ``out`` for nothing but what the
                company answered; replies with the words are counted beside contacts otherwise.
            exact: Nothing but the words themselves: no other forms, none that mean the same.
            leave_out: Words that are not taken for words of the query (``added`` names them).
            offset: Contacts to pass over.
            limit: Contacts to return at most.

        Raises:
            InputError: The query holds no word, or the month or the direction is none.
            NotEnoughData: There was no refresh since goodwill keeps an index.
        """
        reader = self._generations.reader()
        return report.search(
            reader,
            self._generations.folder / reader.name,
            query,
            theme_id=theme_id,
            channel=channel,
            month=month,
            direction=direction,
            exact=exact,
            leave_out=leave_out,
            offset=offset,
            limit=limit,
        )

    def records(
        self, table: str, where: Mapping[str, Any], *, offset: int = 0, limit: int = 50
    ) -> report.RecordsPage:
        """Return the records behind a figure, as its ``records`` names them."""
        return report.records(self._generations.reader(), table, where, offset, limit)

    def export(
        self,
        folder: str | os.PathLike[str],
        *,
        what: Sequence[str] = exports.WHAT,
        formats: Sequence[str] = ("csv",),
        where: Mapping[str, str] | None = None,
        since: date | None = None,
        until: date | None = None,
        bom: bool = False,
    ) -> exports.Export:
        """Write one row a conversation, customer, problem, rule with every metric into ``folder``.

        Args:
            folder: Outside the Book; made if absent. An earlier export in it is replaced.
            what: ``conversations``, ``customers``, ``problems``, ``rules``,
                ``contracts``.
            formats: ``csv``, ``parquet``.
            where: Only rows whose column has this value, by name; see ``docs/export.md``.
            since: Only conversations opened, and customers seen, on this day or later.
            until: Only those before this day.
            bom: Begin CSV files with the mark by which Excel knows UTF-8.

        Raises:
            InputError: A name is unknown, or the folder lies inside a Book.
            NotEnoughData: There was no refresh yet.
        """
        return exports.export(
            self._generations,
            self.settings,
            Path(folder),
            what=what,
            formats=formats,
            where=where,
            since=since,
            until=until,
            bom=bom,
        )

    def definitions(self) -> dict[str, str]:
        """Return the glossary: what each figure means, by its key."""
        return report.definitions()
