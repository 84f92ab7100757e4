"""Who may see and do what: one table of every address of the desk by role, and nothing beside it.

A new page adds one line to `RIGHTS` under the name of its address, and one to the table of
``tests/desk/test_who_may.py``; an address without a line opens for nobody. What is asked of one
object (is this follow-up mine?) is the view's own to check.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from django.http import HttpRequest

VIEWER, FRONTLINE, ANALYST, MANAGER, ADMIN = "viewer", "frontline", "analyst", "manager", "admin"
ROLES = {
    VIEWER: "Sees aggregates of five people and more; no customer, no text.",
    FRONTLINE: "Reads customers and their words, and follows up.",
    ANALYST: "Reads everything, imports, mends, and decides about alerts.",
    MANAGER: "Does what analysts do, reads mail and phone, and sees who read them.",
    ADMIN: "Does everything, says who may sign in, changes the settings, reads the log.",
}
EVERYONE = tuple(ROLES)
READERS = (FRONTLINE, ANALYST, MANAGER, ADMIN)
"""Who may read what single customers wrote."""
WORKERS = (ANALYST, MANAGER, ADMIN)
LEADERS = (MANAGER, ADMIN)
FOLLOWERS = (FRONTLINE, MANAGER, ADMIN)
"""Who may read a customer's mail and phone, to follow up."""
ADMINS = (ADMIN,)


@dataclass(frozen=True, slots=True)
class Right:
    """Who may open an address, and who may send something to it.

    Attributes:
        see: Roles that may open it (GET).
        do: Roles that may write through it (POST); each write is kept in the log.
        logged: Whether each look is kept in the log as well: where a page shows one customer, or
            lets many be taken away.
    """

    see: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    logged: bool = False


OPEN = frozenset({"healthz", "look", "sign_in", "sign_out"})
"""Addresses for those who are not signed in, too."""

RIGHTS: dict[str, Right] = {
    "overview": Right(EVERYONE),
    "search": Right(EVERYONE, logged=True),
    "today": Right(READERS),
    "owned": Right(READERS),
    "team": Right(READERS),
    "follow_ups": Right(READERS),
    "follow_up_open": Right(do=READERS),
    "follow_ups_many": Right(do=READERS),
    "follow_up": Right(READERS, logged=True),
    "follow_up_act": Right(do=READERS),
    "problems": Right(EVERYONE),
    "problem": Right(EVERYONE),
    "broken": Right(EVERYONE),
    "care_for_problem": Right(do=WORKERS),
    "themes": Right(READERS),
    "theme": Right(READERS),
    "preview_theme_edit": Right(WORKERS),
    "edit_theme": Right(do=WORKERS),
    "undo_theme_edit": Right(do=WORKERS),
    "audit_theme": Right(WORKERS, WORKERS),
    "chain": Right(EVERYONE),
    "metrics": Right(EVERYONE),
    "processes": Right(READERS),
    "promises": Right(READERS),
    "promises_csv": Right(WORKERS, logged=True),
    "value": Right(EVERYONE),
    "ledger": Right(EVERYONE),
    "alerts": Right(EVERYONE),
    "decide_alert": Right(do=WORKERS),
    "fixes": Right(READERS),
    "fix": Right(READERS),
    "declare_fix": Right(do=WORKERS),
    "rollouts": Right(WORKERS),
    "change_fix": Right(do=WORKERS),
    "rules": Right(EVERYONE),
    "tell_rule": Right(do=WORKERS),
    "withdraw_rule": Right(do=WORKERS),
    "find_customer": Right(READERS),
    "customer": Right(READERS, logged=True),
    "candidates": Right(WORKERS, logged=True),
    "decide_candidate": Right(do=WORKERS),
    "find_candidates": Right(do=LEADERS),
    "apart": Right(do=WORKERS),
    "undo_same": Right(do=WORKERS),
    "see_contact": Right(do=FOLLOWERS),
    "vault_looks": Right(LEADERS),
    "records": Right(READERS, logged=True),
    "imports": Right(WORKERS),
    "import_upload": Right(do=WORKERS),
    "import_refresh": Right(do=WORKERS),
    "quarantine": Right(WORKERS),
    "quarantine_csv": Right(WORKERS, logged=True),
    "quarantine_again": Right(do=WORKERS),
    "quarantine_mapping": Right(WORKERS, WORKERS),
    "quarantine_row": Right(WORKERS, logged=True),
    "import_job": Right(WORKERS),
    "import_take": Right(do=WORKERS),
    "import_throw_away": Right(do=WORKERS),
    "import_mapping": Right(WORKERS, WORKERS),
    "account": Right(EVERYONE, EVERYONE),
    "people": Right(ADMINS, ADMINS),
    "person": Right(ADMINS, ADMINS),
    "audit": Right(ADMINS),
    "settings": Right(ADMINS, ADMINS),
    "help": Right(EVERYONE),
    "help_page": Right(EVERYONE),
    "tour": Right(do=EVERYONE),
}


FIRST = {VIEWER: "overview", FRONTLINE: "follow_ups"}
"""The page that a role meets first where the person has no view; today for all others."""
VIEWS = {
    "executive": ("overview", "Executive", "The overview: course, correction, caution, context."),
    "owner": ("owned", "Process owner", "The problems that you answer for, with what rises, what "
              "is in proof, and which promises break."),
    "coach": ("team", "Coach", "Conversations worth talking about, and praise of people."),
    "frontline": ("follow_ups", "Frontline", "Your follow-ups, and what you promised in them."),
}  # fmt: skip
"""What a person meets first, by his view: a page, its name, and what stands on it."""


def views_of(role: str) -> dict[str, tuple[str, str]]:
    """Return the views that a role can have, each with its name and what it shows first.

    A view opens nothing: it leads to a page that the role may open anyway.
    """
    return {key: (label, about) for key, (page, label, about) in VIEWS.items() if may(role, page)}


def first_page(role: str, view: str = "") -> str:
    """Return the name of the page that a person of a role meets first."""
    page = VIEWS[view][0] if view in views_of(role) else ""
    return page or FIRST.get(role, "today")


def may(role: str, name: str, method: str = "GET") -> bool:
    """Return whether a role may ask for the address called ``name`` in this way."""
    right = RIGHTS.get(name)
    if right is None:
        return name in OPEN
    # Where a way is not offered at all, the view itself says so to those whom it lets in.
    if method in ("GET", "HEAD", "OPTIONS"):
        return role in (right.see or right.do)
    return role in (right.do or right.see)


@cache
def _of(role: str) -> dict[str, bool]:
    return {name: may(role, name) for name in RIGHTS} | {"texts": role in READERS}


def rights(request: HttpRequest) -> dict[str, Any]:
    """Tell every template what the reader may open: ``may.customer``, ``may.texts``."""
    user = getattr(request, "user", None)
    known = user is not None and user.is_authenticated
    role, view = (user.role, user.view) if user is not None and known else ("", "")
    first = first_page(role, view)
    return {
        "may": _of(role),
        "first_page": first,
        "gauges_first": first == "overview",
        "may_give": role in WORKERS,
    }
