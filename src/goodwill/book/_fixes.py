"""What was done about problems, as people declare it and as the contacts judge it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from goodwill import report
from goodwill.book._held import Held


class Fixes(Held):
    """Fixes, incidents, changes and campaigns with their verdicts."""

    def fixes(self) -> list[report.Fix]:
        """Return every fix, incident, change and campaign with its verdict; returned ones first."""
        return list(self._told(report.fixes))

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
        rollout_by: str | None = None,
        waves: int = 2,
        weeks: int | None = None,
        seed: int | None = None,
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
            rollout_by: Roll it out in steps: by ``region``, ``product``, ``channel`` or ``ticket``
                (the last digit of the conversation's number). A balanced draw decides who goes
                first, is kept in the Book, and makes the verdict that of an experiment.
            waves: Steps of the roll-out.
            weeks: From the first wave to the last; None for those in which a halving is proven.
            seed: Of the draw; a new one when left out. It is kept.

        Raises:
            InputError: It cannot be told so, no contact lies where it is said to hold, or it
                cannot be rolled out so.
            NotFound: A theme is unknown.
            NotEnoughData: There was no refresh yet.
            BookLocked: Another process writes to the Book.
        """
        from goodwill import events

        made = events.declare(
            self.folder, self.settings, self.store(), title, themes=themes, on=on, until=until,
            kind=kind, channel=channel, product=product, region=region, by=by,
            rollout_by=rollout_by, waves=waves, weeks=weeks, seed=seed,
        )  # fmt: skip
        return self.fix(made)

    def rollouts(
        self,
        *,
        themes: Sequence[int],
        on: date,
        waves: int = 2,
        weeks: int | None = None,
        channel: str | None = None,
        product: str | None = None,
        region: str | None = None,
    ) -> list[report.RolloutWay]:
        """Return what each way of rolling a fix out in steps would be able to show.

        Nothing is kept, and who would go first is not told: `declare_fix` draws it, once.

        Args:
            themes: Ids of the themes whose contacts it should change.
            on: First day of the first wave; after the data's last day.
            waves: Steps of the roll-out.
            weeks: From the first wave to the last; None for those in which a halving is proven.
            channel: Only contacts by this channel.
            product: Only contacts on this product.
            region: Only contacts from this region.

        Raises:
            NotFound: A theme is unknown.
            NotEnoughData: There was no refresh yet.
        """
        from goodwill import events

        return events.rollouts(
            self.folder, self.settings, themes=themes, on=on, waves=waves, weeks=weeks,
            channel=channel, product=product, region=region,
        )  # fmt: skip

    def withdraw_fix(self, event_id: str, *, by: str = "") -> report.Fix:
        """Take an event back: it is judged no more, and its history stays.

        Raises:
            NotFound: No event has that id, or it was taken back before.
        """
        from goodwill import events

        events.withdraw(self.folder, self.settings, self.store(), event_id, by=by)
        return self.fix(event_id)

    def recount_fix(self, event_id: str, *, themes: Sequence[int] = (), by: str = "") -> report.Fix:
        """Count an event by the themes as they are now, after they were changed.

        Args:
            event_id: Names it.
            themes: Count by these instead, such as the theme together with the one that its
                contacts moved to.
            by: Who says so.

        Raises:
            NotFound: No event has that id, it was taken back, or its theme is no more.
        """
        from goodwill import events

        events.recount(self.folder, self.settings, self.store(), event_id, themes=themes, by=by)
        return self.fix(event_id)
