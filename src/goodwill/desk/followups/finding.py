"""The harm that a follow-up is opened for: what the Book found, or what someone points at."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from goodwill.desk.followups.words import reasons
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
