"""The harm that a follow-up is opened for: what the Book found, or what someone points at."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from goodwill.desk.followups.models import CLOSED, HELD, FollowUp
from goodwill.desk.followups.words import outcome, reasons
from goodwill.desk.reading import book
from goodwill.errors import InputError, NotFound
from goodwill.figures import Figure
from goodwill.report.customer_shapes import CustomerPage, Harm

_PROBLEM = re.compile(r"^(theme:\d{1,6}|promise:[a-z_]{1,40}|contact)$")


def harm_of(customer_id: str, problem: str) -> tuple[Harm, datetime]:
    """Return what happened to a customer with a problem, and the last moment of the data.

    Raises:
        InputError: The problem cannot be one.
        NotFound: There is no such customer, or no such theme.
    """
    if not _PROBLEM.match(problem):
        raise InputError(f"{problem[:80]!r} is no problem of a follow-up.")
    known = book().customer(customer_id, limit=1)
    page = book().harmed(customer_id=known.customer_id)
    since = page.as_of or datetime.now(UTC)
    for harm in page.rows:
        if harm.problem == problem:
            return harm, since
    kind, _, name = problem.partition(":")
    theme_id = int(name) if kind == "theme" else None
    if theme_id is not None:
        label = next((p.label for p in book().problems() if p.theme_id == theme_id), None)
        if label is None:
            raise NotFound(f"No problem has the id {theme_id}.")
    else:
        label = f"{name} promised" if kind == "promise" else "no theme"
    value = known.figures.get("lifetime_value") or Figure(None, "", "lifetime_value")
    return Harm(known.customer_id, problem, label, theme_id, (), since, "", value, False), since


def problems_of(customer: CustomerPage) -> list[tuple[str, str]]:
    """Return what a customer can be followed up for, and its words; the worst comes first.

    First what harmed him lately, by how much of it came together; then other problems that he wrote
    about, in the order of their places; last nothing in particular.
    """
    harms = book().harmed(customer_id=customer.customer_id).rows
    worst = sorted(harms, key=lambda each: (-len(each.kinds), -each.at.timestamp(), each.problem))
    found = {
        each.problem: f"{each.label}: {', '.join(reasons(' '.join(each.kinds))).lower()}"
        for each in worst
    }
    told = {each.theme_id for each in customer.timeline if each.kind == "contact"}
    for problem in book().problems():
        if problem.theme_id in told:
            found.setdefault(f"theme:{problem.theme_id}", problem.label)
    found.setdefault("contact", "nothing in particular")
    return [(problem, words[:1].upper() + words[1:]) for problem, words in found.items()]


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """What was done for a customer so far, in words, and where it stands."""

    pk: int
    what: str
    about: str
    """Another problem that it is about; empty where it is the one in question."""
    outcome: str
    same_open: bool
    """There is one of this very problem that is not closed."""


def looked_after(customer_ids: Sequence[str], problem: str) -> dict[str, LookedAfter]:
    """Return by customer the follow-up to tell of: of this problem first, then open, then new."""
    rows = FollowUp.objects.filter(customer_id__in=customer_ids).select_related("owner")
    best: dict[str, FollowUp] = {}
    for each in rows.order_by("opened_at", "pk"):
        now = best.get(each.customer_id)
        rank = (each.problem == problem, each.state != CLOSED)
        if now is None or rank >= (now.problem == problem, now.state != CLOSED):
            best[each.customer_id] = each
    return {who: _looked_after(each, problem) for who, each in best.items()}


def _looked_after(each: FollowUp, problem: str) -> LookedAfter:
    owner = each.owner.username if each.owner else ""
    if each.state == HELD:
        what = "Left alone by chance, to compare with"
    elif each.state == CLOSED:
        what = f"Followed up by {owner}" if owner else "Followed up"
    else:
        what = f"{owner} follows up" if owner else "Waits for somebody to take it"
    same = each.problem == problem
    return LookedAfter(each.pk, what, "" if same else f"about {each.label}",
                       outcome(each) if each.state == CLOSED else "",
                       same and each.state != CLOSED)  # fmt: skip
