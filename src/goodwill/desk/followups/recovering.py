"""Recovery: of customers hurt and followed up, who came back, against those who were not.

Where the rules held some back by chance, these are compared with those meant to be followed up:
an effect. Otherwise those whom somebody looked after are compared with those nobody came to, among
customers of like value and trouble: an association.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from goodwill.desk.followups.models import HELD, FollowUp, Step
from goodwill.errors import NotEnoughData
from goodwill.figures import Figure
from goodwill.value import RecoveryFigure, recovery

DAYS = 90
"""Who bought within so many days came back."""
DONE = ("mail", "note", "promise", "closed")
"""Steps by which somebody looked after a case."""
CAREFUL = "law_or_safety"
"""Kept with a case that chance may never hold back, beside public ones."""
_WORTH = 3
"""Groups of like value, where people chose whom to follow up."""


@dataclass(frozen=True, slots=True)
class Recovered:
    """What following up did, as far as it can be told.

    Attributes:
        figure: How much likelier it made them come back; None where ``reason`` says why.
        followed, left: Shares that came back of both groups; None without a figure.
        cases: Cases found by the rules, or opened by hand where chance held none back.
        waiting: Of these, too young to tell.
        sentence: All of it in words.
    """

    figure: RecoveryFigure | None
    followed: Figure | None
    left: Figure | None
    cases: int
    waiting: int
    reason: str
    sentence: str

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill value recovery --json`` prints them."""
        figures = {name: getattr(self, name) for name in ("figure", "followed", "left")}
        plain = {name: one.as_dict() if one else None for name, one in figures.items()}
        more = ("cases", "waiting", "reason", "sentence")
        return {**plain, **{name: getattr(self, name) for name in more}}


def recovered(days: int = DAYS) -> Recovered:
    """Return how much likelier customers came back within ``days`` because of follow-ups."""
    rows = list(FollowUp.objects.order_by("opened_at", "pk"))
    randomised = any(each.state == HELD for each in rows)
    if randomised:
        # Compared are those alone of whom each could have been held back.
        rows = [
            each for each in rows
            if each.by_rule and not {"public_complaint", CAREFUL} & set(each.kinds.split())
        ]  # fmt: skip
    done = set(Step.objects.filter(kind__in=DONE).values_list("follow_up_id", flat=True))
    old = [each.watched_days >= days for each in rows]
    waiting = len(old) - sum(old)
    try:
        figure = recovery(_cases(rows, done, days), randomised=randomised)
    except NotEnoughData as refusal:
        return _none(len(rows), waiting, refusal, days)
    shares = [
        Figure(share, "share", "bought_again", low=low, high=high, people=figure.people,
               events=figure.events, coverage=figure.coverage)
        for share, low, high in (figure.treated, figure.held_back)
    ]  # fmt: skip
    return Recovered(figure, shares[0], shares[1], len(rows), waiting, "", _words(figure, days))


def _cases(rows: list[FollowUp], done: set[int], days: int) -> pa.Table:
    worth = np.array([float(each.value or 0) for each in rows])
    ends = np.quantile(worth, [n / _WORTH for n in range(1, _WORTH)]) if len(worth) else []
    groups = np.searchsorted(ends, worth)
    return pa.table(
        {
            "customer_ref": pa.array([each.customer_id for each in rows], pa.string()),
            "at": pa.array([each.opened_at for each in rows], pa.timestamp("us", "UTC")),
            "held_back": pa.array([each.state == HELD for each in rows], pa.bool_()),
            "followed": pa.array([each.pk in done for each in rows], pa.bool_()),
            "came_back": pa.array(
                [_came_back(each, days) if each.watched_days >= days else None for each in rows],
                pa.bool_(),
            ),
            "stratum": pa.array(
                [f"{each.kinds} {group}" for each, group in zip(rows, groups, strict=True)],
                pa.string(),
            ),
        }
    )


def _came_back(each: FollowUp, days: int) -> bool:
    return each.bought_at is not None and each.bought_at <= each.since + timedelta(days=days)


def _none(cases: int, waiting: int, refusal: NotEnoughData, days: int) -> Recovered:
    if not cases:
        reason = "There is no follow-up yet."
    elif waiting:
        reason = (
            f"Too early to tell: {waiting:,} of {cases:,} follow-ups are younger than {days} days. "
            f"{refusal.message}."
        )
    else:
        reason = f"It cannot be told: {refusal.message}."
    return Recovered(None, None, None, cases, waiting, reason, reason)


def _words(figure: RecoveryFigure, days: int) -> str:
    back, left = figure.treated[0], figure.held_back[0]
    first = (
        f"Of customers hurt and followed up, {back:.0%} bought again within {days} days, of those "
        f"{'held back by chance' if figure.randomised else 'nobody came to'} {left:.0%}: "
        f"{figure.value:+.0%} ({figure.low:+.0%} to {figure.high:+.0%})."
    )
    assert figure.low is not None and figure.high is not None
    if figure.low <= 0 <= figure.high:
        first += (
            " That cannot be told from chance; the smallest difference that would mostly have "
            f"shown is {figure.smallest_detectable:.0%}."
        )
    return f"{first} Grade {figure.grade}{': ' + figure.reason if figure.reason else ''}."
