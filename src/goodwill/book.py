"""A `Book`: one company in one folder, and the one object that a user holds."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from goodwill import export as exports
from goodwill import records, report, settings
from goodwill.errors import BookExists, BookMissing, GoodwillError, KeyMissing, NotFound
from goodwill.generations import Generations
from goodwill.records.privacy import Keyring, safe_ref
from goodwill.settings import Settings
from goodwill.tables import ACCOUNTS, DERIVED, FACTS
from goodwill.themes import BookThemes

if TYPE_CHECKING:
    from goodwill.erasure import Receipt, Retained
    from goodwill.notify import Notified
    from goodwill.refresh import Progress, Refresh


def create(folder: str | os.PathLike[str], *, name: str | None = None, **values: Any) -> Book:
    """Make a Book in ``folder`` and return it.

    Args:
        folder: A folder that does not exist yet, or holds no Book.
        name: The company; the folder's name when left out.
        **values: Any other setting of `goodwill.settings.Settings`.

    Raises:
        BookExists: The folder already holds a Book.
        SettingsError: A setting has a value that cannot be used.
    """
    path = Path(folder).absolute()
    if (path / settings.FILE_NAME).exists():
        raise BookExists(
            f"There is already a Book in {path}.", hint="Choose another folder, or use that Book."
        )
    chosen = settings.check(
        {"book_id": secrets.token_hex(8), "name": name or path.name, **values},
        where=settings.FILE_NAME,
    )
    path.mkdir(parents=True, exist_ok=True)
    keyring = Keyring.create(chosen.book_id, book_folder=path)
    chosen = replace(chosen, key_fingerprint=keyring.fingerprint)
    records.create_store(path)
    # The settings come last: a folder without them is no Book, so a half-made one never opens.
    settings.write(path, chosen)
    return Book(path, chosen)


def open(folder: str | os.PathLike[str]) -> Book:
    """Return the Book in ``folder``.

    Raises:
        BookMissing: There is none.
        BookFormat: It has another format number.
        SettingsError: Its settings cannot be used.
    """
    path = Path(folder).absolute()
    return Book(path, settings.read(path))


class Book:
    """One company's folder: add files, refresh, and read what they say.

    Every command of the command line and every page is a thin call on this object.
    """

    def __init__(self, folder: Path, chosen: Settings) -> None:
        self.folder = folder
        self.settings = chosen
        self._generations = Generations(folder / "derived")

    def __repr__(self) -> str:
        return f"Book({str(self.folder)!r}, name={self.settings.name!r})"

    # What comes in

    def store(self) -> records.Store:
        """Return the store of facts.

        Raises:
            KeyMissing: The key file that lies outside the Book is absent.
        """
        chosen = self.settings
        keep = records.cut_offs(
            chosen.keep_texts_months, chosen.keep_records_months, chosen.time_zone
        )
        return records.Store(self.folder, self._keyring(), vault=chosen.vault, keep=keep)

    def _keyring(self) -> Keyring:
        chosen = self.settings
        return Keyring.load(chosen.book_id, fingerprint=chosen.key_fingerprint)

    def add(
        self,
        *paths: str | os.PathLike[str],
        mapping: str | os.PathLike[str] | None = None,
        source: str | None = None,
        accept: bool | Callable[[records.Preview], bool] = True,
        show_values: bool = False,
        progress: Progress | None = None,
        zone: str | None = None,
        ask_zone: Callable[[records.ZoneQuestion], str] | None = None,
    ) -> list[records.ImportReport]:
        """Read files into the Book; every row is accounted for.

        Args:
            *paths: CSV, TSV, JSON lines, Parquet, and gz or zip of those.
            mapping: A TOML file that says which column is which field.
            source: Name of the system that the files come from; ids are scoped by it.
            accept: Called with what was recognised; False leaves the file out.
            show_values: Show values in messages as they are, not masked.
            progress: Called as ``progress(done, total, label)``.
            zone: IANA name of the zone of times that name none; kept for the source.
            ask_zone: Asked for it once a source; else such times are of the Book's zone.

        Returns:
            One report a file (a zip: one a member).

        Raises:
            InputError: There is no such zone.
        """
        self._settle()
        return records.add(
            self.store(),
            [Path(path) for path in paths],
            **self._reading(mapping),
            source=source,
            accept=accept,
            show_values=show_values,
            progress=progress,
            zone=zone,
            ask_zone=ask_zone,
        )

    def look(
        self,
        path: str | os.PathLike[str],
        *,
        mapping: str | os.PathLike[str] | None = None,
        source: str | None = None,
    ) -> list[records.Look]:
        """Return how a file would be read, or why it cannot be; nothing is stored.

        Raises:
            FileRefused: The file as a whole cannot be read.
        """
        return records.look(
            self.store(),
            Path(path),
            **self._reading(mapping),
            source=source,
        )

    def quarantine(self) -> pa.Table:
        """Return the rows that could not be taken, with the reason; values are masked."""
        return records.quarantined(self.store())

    def quarantine_values(self, *, actor: str, reason: str) -> pa.Table:
        """Return the same rows with the value as it was (``value``); the look is recorded.

        Raises:
            InputError: Actor or reason is empty.
        """
        return records.shown(self.store(), actor=actor, reason=reason)

    def waiting(
        self, import_id: str | None = None, *, offset: int = 0, limit: int = 50
    ) -> records.Waiting:
        """Return what waits in quarantine, of one import or of all: by reason, and row by row."""
        return records.waiting(self.store(), import_id, offset=offset, limit=limit)

    def waiting_row(self, quarantine_id: str) -> dict[str, Any]:
        """Return one row in quarantine with the shape of each cell.

        Raises:
            NotFound: It is not in quarantine.
        """
        return records.waiting_row(self.store(), quarantine_id)

    def waiting_look(self, import_id: str, file: str) -> records.Look:
        """Return columns and mapping of the rows of one file that wait in quarantine.

        Raises:
            NotFound: None waits.
        """
        return records.waiting_look(self.store(), import_id, file)

    def readd(
        self,
        ids: Sequence[str] | None = None,
        *,
        mapping: str | os.PathLike[str] | None = None,
        cells: records.Corrections | None = None,
    ) -> list[records.ImportReport]:
        """Try the quarantined rows again; all of them by default.

        Args:
            ids: The rows to try.
            mapping: A corrected mapping; kept for the next file once it takes a row.
            cells: Corrected cells, by the row's id and the column.
        """
        self._settle()
        return records.readd(
            self.store(),
            ids,
            cells=cells,
            **self._reading(mapping),
        )

    def _reading(self, mapping: str | os.PathLike[str] | None) -> dict[str, Any]:
        """Return what decides how rows are read: the settings, and a mapping if one is given."""
        return {
            "settings_time_zone": self.settings.time_zone,
            "currency": self.settings.currency,
            "public_channels": self.settings.public_channels,
            "mapping": Path(mapping) if mapping else None,
        }

    def add_rates(self, path: str | os.PathLike[str]) -> records.RatesReport:
        """Read rates of exchange; orders in those currencies then count in the Book's own.

        Args:
            path: The European Central Bank's CSV (or zip), or columns date, currency and rate
                (units of the currency for one of the Book's).
        """
        return records.add_rates(self.store(), Path(path), self.settings.currency)

    def undo_same(self, same_event_id: str) -> None:
        """Take back that two records are one event; from the next refresh on both count.

        Raises:
            NotFound: No event that two sources tell has that id.
        """
        known = self.table("same_event").column("same_event_id").to_pylist()
        if same_event_id not in known:
            raise NotFound(
                f"No event told twice has the id {same_event_id!r}.",
                hint="`goodwill same list` lists them.",
            )
        records.keep_apart(self.store(), same_event_id)

    # What is made of it

    def refresh(self, *, refit: bool = False, progress: Progress | None = None) -> Refresh:
        """Remake all derived tables from the facts and swap them in as one generation.

        What is older than the settings keep is erased first.

        Args:
            refit: Find the themes anew (ids of themes that stay are kept).
            progress: Called as ``progress(done, total, label)``.
        """
        # The models that a refresh needs are slow to import, and reading needs none of them.
        from goodwill import erasure

        made = erasure.refreshed(
            self.folder, self.settings, self.store(), refit=refit, progress=progress
        )
        return self._told_of(made)

    def notify(self, *, now: bool = False) -> Notified:
        """Tell what rises, once and again when it grows, by the channels of the settings.

        A refresh does so itself; this sends what had to wait as well.

        Args:
            now: Send also what waits for a later try.

        Raises:
            BookLocked: Another process sends.
            NotEnoughData: There was no refresh yet.
        """
        from goodwill import notify

        return notify.notify(self.folder, self.settings, self.alerts(), self.fixes(), now=now)

    def test_channels(self) -> dict[str, str]:
        """Send a test by each channel of the settings; return what went wrong, by channel."""
        from goodwill import notify

        return notify.try_channels(self.settings)

    def _told_of(self, made: Refresh) -> Refresh:
        """Tell what rises after a refresh; a fault of that is a note, and undoes nothing."""
        from goodwill import notify

        try:
            if not notify.configured(self.settings):
                return made
            faults = self.notify().errors
        except GoodwillError as error:
            faults = (error.message,)
        said = tuple(f"Not told ({fault}); goodwill notify tries again." for fault in faults)
        return replace(made, notes=(*made.notes, *said))

    def newest(self) -> tuple[datetime | None, bool]:
        """Return when the current generation was made, and whether files came in since."""
        made = self._generations.made()
        imports = self.store().delta("imports")
        if made is None:
            return None, imports is not None and imports.version() > 0
        known = made[1].get("versions", {}).get("imports")
        return made[0], imports is not None and imports.version() != known

    def forget(
        self, *customers: str, now: bool = False, progress: Progress | None = None
    ) -> Receipt:
        """Erase customers from every place of the Book, keep them away, and return the receipt.

        Every place is listed in ``docs/privacy.md``. Backups, and files already exported, are
        out of reach.

        Args:
            *customers: Of each his id, what a source calls him, his mail or his phone.
            now: Delete the files that held them at once, without the hours of
                ``purge_after_hours`` that readers are given.
            progress: Called as ``progress(done, total, label)``.

        Raises:
            NotFound: One is nobody, or several; then none is erased.
            BookLocked: Another process writes; or with ``now``, one is reading.
        """
        from goodwill import erasure

        return erasure.forget(
            self.folder, self.settings, self.store(), customers, now=now, progress=progress
        )

    def retain(self, *, dry_run: bool = False, progress: Progress | None = None) -> Retained:
        """Erase what is older than ``keep_texts_months`` and ``keep_records_months``.

        The day is that of the wall clock; ``docs/privacy.md`` says what goes from which place.

        Args:
            dry_run: Change nothing, and say what would go.
            progress: Called as ``progress(done, total, label)``.

        Raises:
            BookLocked: Another process writes; or one is reading what is due to be purged.
        """
        from goodwill import erasure

        return erasure.retain(
            self.folder, self.settings, self.store(), dry_run=dry_run, progress=progress
        )

    def receipts(self) -> list[Receipt]:
        """Return the receipts of what was erased, the oldest first."""
        from goodwill import erasure

        return erasure.receipts(self.store())

    def _settle(self) -> None:
        """Finish an erasure that was interrupted, and purge what is due."""
        if (self.folder / "forgetting").is_dir():
            from goodwill import erasure

            erasure.finish(self.folder, self.settings, self.store())

    # What it says

    def table(self, name: str) -> pa.Table:
        """Return a fact or a derived table as Arrow; see ``docs/tables.md`` for its columns.

        Raises:
            NotFound: No table has that name.
        """
        if name in FACTS or name in ACCOUNTS:
            return self.store().arrow(name)
        if name in DERIVED:
            return self._generations.arrow(name)
        raise NotFound(
            f"No table is called {name!r}.",
            hint="Tables are: " + ", ".join([*FACTS, *ACCOUNTS, *DERIVED]),
        )

    def overview(self) -> report.Overview:
        """Return the first page: gauges, the chain, the problems."""
        return report.overview(self._generations.reader(), self.settings)

    def problems(self) -> list[report.Problem]:
        """Return the problems, the first to be dealt with first."""
        return report.problems(self._generations.reader(), self.settings)

    def problem(self, theme_id: int) -> report.ProblemPage:
        """Return all that is known of one problem.

        Raises:
            NotFound: No theme has that id.
        """
        return report.problem(self._generations.reader(), self.settings, theme_id)

    @property
    def themes(self) -> BookThemes:
        """What can be done with themes: look, rename, merge, split, move, pin, mute, audit."""
        return BookThemes(self.folder, self._generations)

    def alerts(self) -> report.AlertsPage:
        """Return what rises, what rose before, and the stated rate of false alerts."""
        return report.alerts(self._generations.reader(), self.settings)

    def fixes(self) -> list[report.Fix]:
        """Return every fix, incident, change and campaign with its verdict; returned ones first."""
        return report.fixes(self._generations.reader(), self.settings)

    def fix(self, event_id: str) -> report.Fix:
        """Return one of them with its weeks before and after.

        Raises:
            NotFound: No event has that id.
        """
        return report.fix(self._generations.reader(), self.settings, event_id)

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
    ) -> report.Fix:
        """Tell what the company did or suffered, and return what can be said of it today.

        It is kept as a record, judged at once and at each refresh.

        Args:
            title: What was done or happened.
            themes: Ids of the themes whose contacts it should change.
            on: First day on which it was in force.
            until: Last day of it; None when it stays.
            kind: ``fix``, ``incident``, ``change`` or ``campaign``.
            channel: Only contacts by this channel.
            product: Only contacts on this product.
            region: Only contacts from this region.
            by: Who says so.

        Raises:
            InputError: It cannot be told so, or no contact lies where it is said to hold.
            NotFound: A theme is unknown.
            NotEnoughData: There was no refresh yet.
            BookLocked: Another process writes to the Book.
        """
        from goodwill import events

        made = events.declare(
            self.folder, self.settings, self.store(), title, themes=themes, on=on, until=until,
            kind=kind, channel=channel, product=product, region=region, by=by,
        )  # fmt: skip
        return self.fix(made)

    def withdraw_fix(self, event_id: str, *, by: str = "") -> report.Fix:
        """Take an event back: it is judged no more, and its history stays.

        Raises:
            NotFound: No event has that id, or it was taken back before.
        """
        from goodwill import events

        events.withdraw(self.folder, self.settings, self.store(), event_id, by=by)
        return self.fix(event_id)

    def recount_fix(self, event_id: str, *, by: str = "") -> report.Fix:
        """Count an event by the themes as they are now, after they were changed.

        Raises:
            NotFound: No event has that id, it was taken back, or its theme is no more.
        """
        from goodwill import events

        events.recount(self.folder, self.settings, self.store(), event_id, by=by)
        return self.fix(event_id)

    def customer(self, ref: str, *, offset: int = 0, limit: int = 200) -> report.CustomerPage:
        """Return one customer with the whole time line, newest first.

        Args:
            ref: The customer's id, or the reference that a source uses for him.
            offset: Entries of the time line to pass over.
            limit: Entries of the time line to return at most.

        Raises:
            NotFound: There is no such customer, or several sources use that reference.
        """
        page = report.customer(
            self._generations.reader(), self.settings, self._hashed(ref), offset, limit
        )
        voices = any(entry.kind == "voice" for entry in page.timeline)
        if not page.refs and not voices:
            return page
        try:
            store = self.store()
        except KeyMissing:  # reading goes on without it
            return page
        taken = {each for pair in records.apart(store) for each in pair} if page.refs else set()
        refs = tuple(replace(r, apart=(r.source, r.customer_ref) in taken) for r in page.refs)
        two = records.kept_apart(store) if voices else frozenset()
        timeline = tuple(
            replace(e, apart=True) if e.kind == "voice" and e.state in two else e
            for e in page.timeline
        )
        return replace(page, refs=refs, timeline=timeline)

    def search(
        self,
        query: str,
        *,
        theme_id: int | None = None,
        channel: str = "",
        month: str = "",
        offset: int = 0,
        limit: int = 20,
    ) -> report.SearchPage:
        """Return what customers wrote that holds all words of a query, the newest first.

        Args:
            query: Words, "phrases in quotes", ``refund*`` for any ending, ``-word`` for none.
            theme_id: Only this theme's.
            channel: Only this channel's.
            month: Only this month's, such as 2025-03.
            offset: Contacts to pass over.
            limit: Contacts to return at most.

        Raises:
            InputError: The query holds no word, or the month is none.
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
            offset=offset,
            limit=limit,
        )

    def current_ids(self, customer_ids: Iterable[str]) -> dict[str, str]:
        """Return the id of now of each customer once known under these; the forgotten have none.

        Raises:
            NotEnoughData: There was no refresh yet.
        """
        return report.current_ids(self._generations.reader(), customer_ids)

    def harmed(
        self,
        *,
        kinds: Sequence[str] = settings.HARMS,
        without: Collection[tuple[str, str]] = (),
        customer_id: str = "",
        offset: int = 0,
        limit: int = 50,
    ) -> report.HarmedPage:
        """Return customers whom something bad happened to lately, the most valuable first.

        Args:
            kinds: Out of `goodwill.settings.HARMS`.
            without: Pairs of customer and problem to leave out.
            customer_id: Only this customer's.
            offset: Rows to pass over.
            limit: Rows to return at most.

        Raises:
            InputError: There is no such kind.
        """
        return report.harmed(
            self._generations.reader(),
            self.settings,
            kinds=kinds,
            without=without,
            customer_id=customer_id,
            offset=offset,
            limit=limit,
        )

    def afterwards(self, asked: Sequence[tuple[str, datetime]]) -> tuple[report.Afterwards, ...]:
        """Return what each customer did after a moment: bought, wrote again, went public."""
        return report.afterwards(self._generations.reader(), asked)

    def generation(self) -> str:
        """Return the name of the current generation; empty before the first refresh."""
        return self._generations.current() or ""

    def due(self, moment: datetime, hours: int) -> datetime:
        """Return when so many hours of the company's work have passed since a moment, in UTC.

        Where ``opening_hours`` are not set, the whole of each working day counts.
        """
        from goodwill import journeys

        chosen = self.settings
        calendar = journeys.Calendar(
            workdays=[settings.WEEKDAYS.index(day) for day in chosen.workdays],
            holidays=[date.fromisoformat(day) for day in chosen.holidays],
            time_zone=chosen.time_zone,
            hours=settings.spans_of(chosen.opening_hours or ("00:00-24:00",)),
        )
        return calendar.after_hours(moment, hours)

    def redacted(self, text: str) -> str:
        """Return a text that someone typed as it may be stored: without mails, phones and names."""
        return records.redact([text])[0][0] or "" if text.strip() else ""

    def take_apart(self, source: str, customer_ref: str, *, by: str = "") -> int:
        """Say that a reference is another person than those that its keys joined it to.

        The decision is kept as a record; the next refresh and all later ones follow it.

        Args:
            source: The reference's source.
            customer_ref: What that source calls the customer.
            by: Who decided.

        Returns:
            How many other references it was taken apart from.

        Raises:
            NotFound: It was joined to none.
        """
        mine = (source, customer_ref)
        page = report.customer(self._generations.reader(), self.settings, (":".join(mine),), 0, 1)
        others = [(r.source, r.customer_ref) for r in page.refs]
        if mine not in others:
            raise NotFound(f"{source}:{customer_ref} was joined to no other reference.")
        pairs = [(mine, other) for other in others if other != mine]
        return records.decide(self.store(), pairs, records.APART, by)

    def put_back(self, source: str, customer_ref: str, *, by: str = "") -> int:
        """Take back every decision that took this reference apart: its keys decide again.

        Returns:
            How many decisions were taken back.
        """
        store = self.store()
        pairs = [pair for pair in records.apart(store) if (source, customer_ref) in pair]
        return records.decide(store, pairs, records.TOGETHER, by)

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
        return report.promises(
            self._generations.reader(),
            self.settings,
            state=state,
            kind=kind,
            what=what,
            customer_id=customer_id,
            offset=offset,
            limit=limit,
        )

    def chain(
        self,
        *,
        since: date | None = None,
        until: date | None = None,
        theme_id: int | None = None,
        offset: int = 0,
        limit: int = 20,
    ) -> report.ChainPage:
        """Return the chain of a period and a theme, and what went public in it.

        Args:
            since: First day, of the Book's time zone; None from the start.
            until: Last day; None to the end.
            theme_id: Only this theme.
            offset: Public complaints to pass over, newest first.
            limit: Public complaints to return at most.

        Raises:
            InputError: The period ends before it begins.
            NotFound: No theme has that id.
        """
        return report.chain(
            self._generations.reader(),
            self.settings,
            since=since,
            until=until,
            theme_id=theme_id,
            offset=offset,
            limit=limit,
        )

    def value(self, *, month: date | None = None) -> report.ValuePage:
        """Return what the customers are worth at the end of a month, and how it came about.

        Args:
            month: Any day of the month; the last one when left out.

        Raises:
            NotFound: No equity is known of that month.
        """
        return report.value(self._generations.reader(), self.settings, month=month)

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
        return report.ledger(
            self._generations.reader(), self.settings, state=state, offset=offset, limit=limit
        )

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
        return report.metrics(
            self._generations.reader(),
            self.settings,
            since=since,
            until=until,
            theme_id=theme_id,
            channel=channel,
        )

    def processes(self) -> tuple[report.Process, ...]:
        """Return the real paths of orders and of tickets: steps, waits, loops, contacts."""
        return report.processes(self._generations.reader())

    def open_promises(self, *, offset: int = 0, limit: int = 50) -> report.PromisesPage:
        """Return the promises whose date is still ahead, soonest first, with the next step."""
        return self.promises(state="open", offset=offset, limit=limit)

    def contact_details(self, customer: str, *, actor: str, reason: str) -> records.ContactDetails:
        """Return a customer's readable mails, phones and names, for follow-up; it is recorded.

        Args:
            customer: His id, what a source calls him, or his mail or phone.
            actor: Who looks.
            reason: Why.

        Raises:
            NotFound: There is no such customer, or several have that reference or key.
            InputError: Actor or reason is empty.
        """
        store = self.store()
        found = records.person(store, customer, pages=self._generations.pages())
        return records.opened(store, found.label, list(found.refs), actor=actor, reason=reason)

    def looks(
        self, *, actor: str = "", customer_id: str = "", offset: int = 0, limit: int = 50
    ) -> records.VaultLooks:
        """Return who looked into the vault, the newest first; of one actor or customer if given."""
        return records.looks(
            self.store(), actor=actor, customer_id=customer_id, offset=offset, limit=limit
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
        """Write one row a conversation, a customer, a problem with every metric into ``folder``.

        Args:
            folder: Outside the Book; made if absent. An earlier export in it is replaced.
            what: ``conversations``, ``customers``, ``problems``.
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

    def _hashed(self, ref: str) -> tuple[str, ...]:
        """Return the forms under which a reference may stand: as it is, and as a keyed hash."""
        try:
            return ref, safe_ref(ref, self._keyring())
        except KeyMissing:  # then hashed references cannot be looked up by name
            return (ref,)

    def configure(self, **values: Any) -> Book:
        """Change settings, write them, and return the Book that has them."""
        chosen = replace(self.settings, **values)
        settings.check(
            {k: v for k, v in asdict(chosen).items() if v is not None},
            where=settings.FILE_NAME,
        )
        if not (self.folder / settings.FILE_NAME).exists():
            raise BookMissing(f"There is no Book in {self.folder}.")
        settings.write(self.folder, chosen)
        return Book(self.folder, chosen)
