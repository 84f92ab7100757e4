"""What is done to follow-ups: each act is one transaction, and leaves one step.

Whoever looks at the rows sees all of an act or none of it, whenever the process is killed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q
from django.utils import timezone

from goodwill.desk.accounts.models import User
from goodwill.desk.followups.models import CLOSED, HELD, OPEN, FollowUp, NoMail, Step
from goodwill.desk.followups.recovering import CAREFUL
from goodwill.desk.reading import whole_book
from goodwill.desk.rights import FRONTLINE
from goodwill.errors import InputError
from goodwill.figures import Figure, count_figure
from goodwill.report.customer_shapes import Harm

LONGEST = 4000
"""Signs of a note or a promise."""
MOST_SNOOZE = timedelta(days=90)


def may_change(user: User, follow_up: FollowUp) -> bool:
    """Return whether someone may act on it: frontline on their own and on free ones."""
    return user.role != FRONTLINE or follow_up.owner_id in (None, user.pk)


def taken() -> set[tuple[str, str]]:
    """Return the customers and problems that are followed up, or held back, already."""
    rows = FollowUp.objects.exclude(state=CLOSED).values_list("customer_id", "problem")
    return set(rows)


def open_for(
    harm: Harm, since: datetime, *, by: User | None, owner: User | None = None, held: bool = False
) -> FollowUp | None:
    """Open a follow-up; None when there is one for this customer and problem already.

    Args:
        harm: What happened.
        since: The last moment of the data.
        by: Who opens it; None for a rule.
        owner: Who looks after it; None leaves it free.
        held: It is left alone, to compare with.
    """
    book, now = whole_book(), timezone.now()
    value = harm.value.value
    try:
        with transaction.atomic():
            made = FollowUp.objects.create(
                customer_id=harm.customer_id,
                problem=harm.problem[:80],
                label=harm.label[:200],
                kinds=" ".join((*harm.kinds, *([CAREFUL] if harm.careful else []))),
                by_rule=by is None,
                state=HELD if held else OPEN,
                owner=owner,
                opened_at=now,
                since=since,
                opened_by=by,
                due_at=book.due(now, book.settings.follow_up_hours),
                value=None if value is None else int(value),
            )
            Step.objects.create(follow_up=made, by=by, kind="opened")
    except IntegrityError:  # someone else, or the same click sent twice, was quicker
        return None
    return made


def _act(follow_up: FollowUp, by: User, kind: str, text: str = "", **changes: Any) -> None:
    with transaction.atomic():
        for name, value in changes.items():
            setattr(follow_up, name, value)
        if changes:
            follow_up.save(update_fields=list(changes))
        Step.objects.create(follow_up=follow_up, by=by, kind=kind, text=text)


def give(follow_up: FollowUp, by: User, owner: User | None) -> None:
    """Give it to someone, or to nobody."""
    if owner is not None and (not owner.is_active or owner.role == "viewer"):
        raise InputError(f"{owner.username} cannot follow up.")
    if owner != follow_up.owner:
        _act(follow_up, by, "owner", owner.username if owner else "", owner=owner)


def note(follow_up: FollowUp, by: User, text: str) -> None:
    """Add a note.

    Raises:
        InputError: It is empty or too long.
    """
    _act(follow_up, by, "note", _redacted(text))


def snooze(follow_up: FollowUp, by: User, until: datetime) -> None:
    """Let it sleep until a moment ahead.

    Raises:
        InputError: The moment is past, or more than 90 days ahead.
    """
    now = timezone.now()
    if not now < until <= now + MOST_SNOOZE:
        raise InputError(f"It can sleep for {MOST_SNOOZE.days} days at most.")
    _act(follow_up, by, "snoozed", f"{timezone.localtime(until):%Y-%m-%d}", snoozed_until=until)


def close(follow_up: FollowUp, by: User) -> None:
    """Close it; what the customer does from then on is still watched."""
    if follow_up.state == OPEN:
        _act(follow_up, by, "closed", state=CLOSED, closed_at=timezone.now(), snoozed_until=None)


def open_again(follow_up: FollowUp, by: User) -> None:
    """Open a closed one again.

    Raises:
        InputError: Another one was opened since.
    """
    if follow_up.state != CLOSED:
        return
    try:
        _act(follow_up, by, "again", state=OPEN, closed_at=None)
    except IntegrityError:
        raise InputError("There is another follow-up of this customer and problem now.") from None


def promise(follow_up: FollowUp, by: User, words: str, due: datetime) -> None:
    """Keep what was promised to the customer, and by when; it is due with it.

    Raises:
        InputError: The words are empty or too long, or the date is past.
    """
    if due <= timezone.now():
        raise InputError("A promise is for a day ahead.")
    text = _redacted(words)
    with transaction.atomic():
        Step.objects.create(follow_up=follow_up, by=by, kind="promise", text=text, promised_by=due)
        follow_up.due_at = min(follow_up.due_at, due) if follow_up.state == OPEN else due
        follow_up.save(update_fields=["due_at"])


def no_mail(customer_id: str, by: User, wanted: bool) -> None:
    """Keep that a customer wants no mail, or wants it again."""
    if wanted:
        NoMail.objects.filter(customer_id=customer_id).delete()
    else:
        NoMail.objects.get_or_create(customer_id=customer_id, defaults={"by": by})


def many(follow_ups: Iterable[FollowUp], by: User, do: str, **given: Any) -> tuple[int, int]:
    """Do one thing to many; return how many it was done to, and how many were not his to change."""
    done = refused = 0
    acts: dict[str, Callable[..., None]] = {"give": give, "snooze": snooze, "close": close}
    with transaction.atomic():
        for each in follow_ups:
            if not may_change(by, each) or each.state != OPEN:
                refused += 1
                continue
            acts[do](each, by, **given)
            done += 1
    return done, refused


def load(people: Sequence[User]) -> list[tuple[User, int, int]]:
    """Return for each person how many follow-ups are open, and how many of them are overdue."""
    now = timezone.now()
    rows = FollowUp.objects.filter(state=OPEN).values_list("owner_id", "due_at")
    mine: dict[int | None, list[datetime]] = {}
    for owner, due in rows:
        mine.setdefault(owner, []).append(due)
    return [
        (each, len(mine.get(each.pk, [])), sum(due < now for due in mine.get(each.pk, [])))
        for each in people
    ]


def overdue() -> Figure:
    """Return how many follow-ups are overdue, those that sleep left out."""
    now = timezone.now()
    late = Q(state=OPEN, due_at__lt=now) & (Q(snoozed_until=None) | Q(snoozed_until__lte=now))
    found = FollowUp.objects.aggregate(
        ever=Count("pk"), late=Count("pk", filter=late),
        people=Count("customer_id", filter=late, distinct=True),
    )  # fmt: skip
    count, people, ever = found["late"], found["people"], found["ever"]
    return count_figure(
        count, "follow-ups", "overdue_follow_ups", people=people, coverage=1.0, records={},
        empty="" if ever else "None was opened yet: Today shows whom to follow up.",
    )  # fmt: skip


def _redacted(text: str) -> str:
    text = text.strip()
    if not text or len(text) > LONGEST:
        raise InputError(f"Write 1 to {LONGEST:,} characters.")
    return whole_book().redacted(text)
