"""Follow-ups in words: what happened, what came of it, and what of it is shown in a row."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from goodwill.desk.followups.models import FollowUp

KINDS = {
    "broken_promise": "Broken promise",
    "silent": "Harmed and silent",
    "valuable_at_risk": "Valuable and at risk",
    "public_complaint": "Public complaint",
    "detractor": "Low rating",
    "law_or_safety": "Wrote of law or safety",
}
STEPS = {
    "opened": "Opened",
    "note": "Noted",
    "promise": "Promised",
    "mail": "Wrote to the customer",
    "owner": "Given to",
    "snoozed": "Sleeps until",
    "closed": "Closed",
    "again": "Opened again",
}
MAIL_STATES = {
    "sending": "nobody knows whether it went out: look into the mail server before writing again",
    "failed": "it did not go out",
}


APART = timedelta(days=2)
"""The data may end so long before today without a word: files come in by night."""


def clocks(as_of: datetime | None) -> str:
    """Return that the data ends long before today, and which dates are of which; else nothing."""
    now = timezone.now()
    if as_of is None or now - as_of <= APART:
        return ""
    end, today = timezone.localtime(as_of), timezone.localtime(now)
    return (
        f"The data ends on {end:%-d %B %Y}, and today is {today:%-d %B %Y}: follow-ups are work of "
        f"today and due by today's calendar; what customers did is known until the data's end."
    )


def reasons(kinds: str) -> list[str]:
    """Return what happened, in words.

    >>> reasons("broken_promise silent")
    ['Broken promise', 'Harmed and silent']
    """
    return [KINDS.get(kind, kind.replace("_", " ").capitalize()) for kind in kinds.split()]


def outcome(follow_up: FollowUp) -> str:
    """Return what the customer did since, in words: read from the Book, never typed in."""
    said = [
        f"{what} on {timezone.localtime(at):%-d %B %Y}"
        for what, at in (
            ("bought again", follow_up.bought_at),
            ("went public", follow_up.public_at),
            ("wrote", follow_up.wrote_at),
        )
        if at is not None
    ]
    if said:
        text = ", ".join(said)
        return text[0].upper() + text[1:] + "."
    days = int(follow_up.watched_days)
    if not days:
        return "The data does not go further than the day it was opened."
    return f"Neither bought nor wrote in the {days} day{'s' if days > 1 else ''} since."
