"""What every template gets of the help: the page's two sentences, and the tour of the demo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from goodwill.desk import reading
from goodwill.desk.accounts.models import reader_of
from goodwill.desk.help.pages import HELP
from goodwill.desk.rights import may
from goodwill.errors import GoodwillError

COOKIE = "tour"
LEFT, FOLDED = "left", "folded"

STEPS = (
    ("overview", "The company", "Of those who were promised a date, so many saw it broken: follow "
     "the chain from left to right. Any number opens, and says what it means and rests on."),
    ("problems", "Its problems", "What customers have trouble with, the costliest first, "
     "ties by what is surely lost. Open the first, or press Next."),
    ("problem", "The first one", "The large sentence says best what it is about. The links "
     "below the title lead to the worst sentence, and to whom it hit, the most valuable first, "
     "with what was done for each."),
    ("today", "Who was hurt", "Customers who were harmed and whom nobody follows up, the most "
     "valuable first. Tick one of the first, and press Follow up the ticked."),
    ("follow_ups", "Follow up", "What you opened is yours now, and due in working hours. Open it "
     "by the customer\u2019s name: read what it is about, write, note, promise, close."),
    ("ledger", "Can you trust it?", "What goodwill said would happen, and whether it did. That is "
     "all six."),
)  # fmt: skip


OPENED = (
    "What happened to this customer stands first. Write, note, promise or close here; what came of "
    "it is read from what the customer then does."
)
"""What the step of following up says where one is open already."""


@dataclass(frozen=True, slots=True)
class TourStep:
    """One step of the tour."""

    number: int
    name: str
    text: str
    address: str
    here: bool


def help_in_place(request: HttpRequest) -> dict[str, Any]:
    """Return the help of this page, and the tour where the company is simulated."""
    user = reader_of(request) if hasattr(request, "user") else None
    match = request.resolver_match
    if user is None or match is None:
        return {}
    name, of = str(match.url_name), match.kwargs.get("theme_id")
    told: dict[str, Any] = {"page_help": HELP.get(name)}
    if request.COOKIES.get(COOKIE) != LEFT:
        told["tour"] = _tour(user.role, name, of)
        told["tour"]["folded"] = request.COOKIES.get(COOKIE) == FOLDED
    return told


def begins_at(request: HttpRequest, role: str) -> str:
    """Return the page where the tour begins, for whom it is on; empty elsewhere.

    Who signs in to a demo meets its first step, and not the page that a day of work begins with.
    """
    if request.COOKIES.get(COOKIE) == LEFT:
        return ""
    try:
        if not reading.book().settings.simulated:
            return ""
    except GoodwillError:
        return ""
    return next((name for name, _, _ in STEPS if may(role, name)), "")


def _tour(role: str, name: str, theme_id: int | None) -> dict[str, Any]:
    try:
        book = reading.book()
        if not book.settings.simulated:
            return {}
        problems = book.problems()
    except GoodwillError:
        return {}
    steps: list[TourStep] = []
    for key, title, said in STEPS:
        if not may(role, key) or (key == "problem" and not problems):
            continue
        text = said
        address = reverse(key, args=[problems[0].theme_id] if key == "problem" else [])
        here = key == name and theme_id in (None, problems[0].theme_id if problems else None)
        if key == "follow_ups" and name == "follow_up":
            here, text = True, OPENED
        steps.append(TourStep(len(steps) + 1, title, text, address, here))
    at = next((n for n, step in enumerate(steps) if step.here), None)
    return {
        "steps": steps,
        "at": None if at is None else steps[at],
        "before": steps[at - 1] if at else None,
        "after": steps[at + 1] if at is not None and at + 1 < len(steps) else None,
    }
