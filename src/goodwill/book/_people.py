"""The customers of a Book: looked up, told apart, followed up, forgotten."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from goodwill import records, report, settings
from goodwill.book._held import Held
from goodwill.errors import InputError, KeyMissing, NotFound

if TYPE_CHECKING:
    from goodwill import candidates
    from goodwill.erasure import Receipt, Retained
    from goodwill.refresh import Progress


class People(Held):
    """What it knows of each customer, and how it is erased."""

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
        two = records.kept_apart(store) if voices else {}
        timeline = tuple(
            replace(e, apart=True) if e.kind == "voice" and e.state in two else e
            for e in page.timeline
        )
        return replace(page, refs=refs, timeline=timeline)

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

    def behind_harm(
        self, customer_id: str, problem: str, *, until: datetime
    ) -> tuple[report.Entry, ...]:
        """Return what a harm rests on: up to three entries of the time line, newest first.

        Args:
            customer_id: The customer.
            problem: As `harmed` gives it: ``theme:3``, ``promise:delivery``, ``contact``.
            until: The last moment of the data when somebody took note of it.
        """
        return report.behind_harm(self._generations.reader(), customer_id, problem, until)

    def afterwards(self, asked: Sequence[tuple[str, datetime]]) -> tuple[report.Afterwards, ...]:
        """Return what each customer did after a moment: bought, wrote again, went public."""
        return report.afterwards(self._generations.reader(), asked)

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

    def find_candidates(self, *, actor: str, reason: str) -> candidates.Found:
        """Look for customers who may be one, and propose them; nobody is joined by it.

        The vault is read in this process, once, on the record; needs the extra
        ``goodwill[candidates]``.

        Args:
            actor: Who looks into the vault.
            reason: Why.

        Raises:
            NotEnoughData: There was no refresh yet, or Splink is not installed.
            InputError: Actor or reason is empty.
            BookLocked: Another process writes.
        """
        from goodwill import candidates

        return candidates.find(self.folder, self.store(), actor=actor, reason=reason)

    def candidates(
        self, *, state: str = "open", customer_id: str = "", offset: int = 0, limit: int = 50
    ) -> report.CandidatePage:
        """Return pairs of customers who may be one, the likeliest first.

        Args:
            state: ``open``, ``accepted`` or ``declined``.
            customer_id: Only those of this customer.
            offset: Rows to pass over.
            limit: Rows to return at most.

        Raises:
            InputError: There is no such state.
        """
        return report.candidates(
            self._generations.reader(),
            records.candidates(self.store()),
            state=state,
            customer_id=customer_id,
            offset=offset,
            limit=limit,
        )

    def decide_candidate(self, candidate_id: str, decision: str, *, by: str = "") -> None:
        """Say whether two proposed customers are one; the decision is kept for ever.

        Args:
            candidate_id: As `candidates` gives it, or its first eight signs and more.
            decision: ``accept``: they are one customer from the next refresh on; ``decline``: they
                are never proposed again; ``undo``: takes either back.
            by: Who decided.

        Raises:
            InputError: There is no such decision.
            NotFound: There is no such candidate.
        """
        kinds = {
            "accept": records.SAME, "decline": records.DECLINED, "undo": records.TOGETHER,
        }  # fmt: skip
        if decision not in kinds:
            raise InputError(
                f"A candidate cannot be answered by {decision!r}.",
                hint=f"One of: {', '.join(kinds)}",
            )
        store = self.store()
        found = [
            each for each in records.candidates(store)
            if len(candidate_id) > 7 and each.candidate_id.startswith(candidate_id)
        ]  # fmt: skip
        if len(found) != 1:
            raise NotFound(
                f"{'Several candidates have' if found else 'No candidate has'} this id.",
                hint="goodwill candidates list prints the ids of those there are.",
            )
        records.decide(store, [(found[0].one, found[0].other)], kinds[decision], by)

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
        from goodwill import erasure, notify

        # Digests name themes and phrases; what was sent serves nobody any more.
        notify.drop_sent(self.folder)
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

    def redact_again(
        self, *, dry_run: bool = False, progress: Progress | None = None
    ) -> records.RedactedAgain:
        """Redact stored texts anew where an older version of redaction did, and say what changed.

        What is derived from the texts (search, examples, promises) follows at the next refresh.

        Args:
            dry_run: Change nothing, and say what would change.
            progress: Called as ``progress(done, total, label)``.

        Raises:
            BookLocked: Another process writes.
        """
        found = records.redact_again(self.store(), dry_run=dry_run, progress=progress)
        if not dry_run and any(found.changed.values()):
            # Words of texts as they were; the next refresh makes it anew.
            (self.folder / "cache" / "commitments.parquet").unlink(missing_ok=True)
        return found

    def receipts(self) -> list[Receipt]:
        """Return the receipts of what was erased, the oldest first."""
        from goodwill import erasure

        return erasure.receipts(self.store())
