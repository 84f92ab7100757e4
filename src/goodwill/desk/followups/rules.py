"""What is done at each refresh: rules open follow-ups, and outcomes are read from the Book."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from goodwill.desk.followups import doing
from goodwill.desk.followups.models import CLOSED, FollowUp, NoMail, Settled, Step
from goodwill.desk.reading import whole_book
from goodwill.report.customer_shapes import Harm

MOST_AT_ONCE = 200
"""Follow-ups that rules open at one refresh: more than a team can do helps nobody."""
WATCHED = timedelta(days=365)
"""How long after its opening the outcome of a follow-up is still read."""


def settle() -> int:
    """Bring follow-ups in line with the Book; return how many of forgotten customers went.

    Raises:
        NotEnoughData: There was no refresh yet.
    """
    gone = _follow_ids()
    book = whole_book()
    generation = book.generation()
    last = Settled.objects.first()
    if last is None or last.generation != generation:
        _read_outcomes()
        _open_by_rule()
        with transaction.atomic():
            Settled.objects.all().delete()
            Settled.objects.create(generation=generation)
    return gone


def _follow_ids() -> int:
    """Take forgotten customers out, and find the others under their ids of now."""
    ids = set(FollowUp.objects.values_list("customer_id", flat=True).distinct())
    ids |= set(NoMail.objects.values_list("customer_id", flat=True))
    now = whole_book().current_ids(ids)
    gone = 0
    for was in sorted(ids):
        if was not in now:
            gone += FollowUp.objects.filter(customer_id=was).count()
            with transaction.atomic():
                FollowUp.objects.filter(customer_id=was).delete()
                gone += NoMail.objects.filter(customer_id=was).delete()[0]
        elif now[was] != was:
            _move(was, now[was])
    return gone


def _move(was: str, now: str) -> None:
    """Lay what is kept under one id under another; of two alike, the older stays open."""
    with transaction.atomic():
        for each in FollowUp.objects.filter(customer_id=was).order_by("opened_at", "pk"):
            same = FollowUp.objects.filter(customer_id=now, problem=each.problem)
            if each.state != CLOSED and same.exclude(state=CLOSED).exists():
                each.state, each.closed_at = CLOSED, timezone.now()
                Step.objects.create(follow_up=each, kind="closed", text="the same customer")
            each.customer_id = now
            each.save(update_fields=["customer_id", "state", "closed_at"])
        if NoMail.objects.filter(customer_id=was).delete()[0]:
            NoMail.objects.get_or_create(customer_id=now)


def _read_outcomes() -> None:
    since = timezone.now() - WATCHED
    watched = list(FollowUp.objects.filter(opened_at__gte=since).order_by("pk"))
    found = whole_book().afterwards([(each.customer_id, each.since) for each in watched])
    for each, after in zip(watched, found, strict=True):
        each.bought_at, each.wrote_at = after.bought_at, after.wrote_at
        each.public_at, each.watched_days = after.public_at, after.watched_days
    names = ["bought_at", "wrote_at", "public_at", "watched_days"]
    FollowUp.objects.bulk_update(watched, names, batch_size=500)


def _open_by_rule() -> None:
    book = whole_book()
    chosen = book.settings
    if not chosen.follow_up_rules:
        return
    peace = timezone.now() - timedelta(days=chosen.cool_down_days)
    mailed = Step.objects.filter(kind="mail", at__gte=peace).exclude(mail_state="failed")
    left_alone = set(mailed.values_list("follow_up__customer_id", flat=True))
    left_alone |= set(NoMail.objects.values_list("customer_id", flat=True))
    # One whose follow-up of the same problem was closed lately is not asked again at once.
    lately = FollowUp.objects.filter(state=CLOSED, closed_at__gte=peace)
    without = doing.taken() | set(lately.values_list("customer_id", "problem"))
    page = book.harmed(kinds=chosen.follow_up_rules, without=without, limit=MOST_AT_ONCE)
    if page.as_of is None:
        return
    for harm in page.rows:
        if harm.customer_id not in left_alone:
            held = is_held(harm, chosen.hold_back_share, chosen.book_id)
            doing.open_for(harm, page.as_of, by=None, held=held)


def is_held(harm: Harm, share: float, seed: str) -> bool:
    """Return whether chance leaves this one alone; never a public case, nor one of law or safety.

    The same customer and problem fall alike each time: the draw is a hash with the Book's id.
    """
    if share <= 0 or harm.careful or "public_complaint" in harm.kinds:
        return False
    drawn = hashlib.sha256(f"{seed}|{harm.customer_id}|{harm.problem}".encode()).digest()
    return int.from_bytes(drawn[:8], "big") / 2**64 < share
