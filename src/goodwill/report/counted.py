"""Conversations and episodes of a scope, counted once for all figures that rest on them.

Each figure by itself would look at the same rows again; a page of metrics asks twenty. The reader
keeps what it was asked lately, so that each part of a page asks here, and the first one pays.
"""

from __future__ import annotations

from typing import Any

from goodwill.generations import Reader
from goodwill.report.scope import Scope
from goodwill.report.spread import people_sql

TOOLS = ("zendesk", "intercom", "zoho", "freshservice", "zammad")
"""Products whose first-contact resolution is shown: ``once_`` before each names a column."""
REPLIED = {
    f"{name}_seconds": f"{name}_seconds IS NOT NULL"
    for name in ("first_reply", "first_reply_work", "resolution", "resolution_work")
}
"""Times of conversations, each with the condition on those that have one."""
WAITED = {
    f"{name}_seconds": f"{name}_seconds > 0"
    for name in ("customer_wait", "customer_wait_work", "company_wait", "bot")
}
"""The same of the waits of episodes."""
EFFORT = {
    "effort_contacts": "contacts_in - closings",
    "effort_repeats": "repeats",
    "effort_transfers": "transfers",
    "effort_hops": "hops",
}
_RESTED = "came_back IS NOT NULL AND"
_OPENED_AGAIN = "(closed OR reopens > 0)"
_QUIET = "status = 'quiet'"

_CONVERSATIONS = {
    "conversations": "count(*)",
    "asked": "count(*) FILTER (expects_reply)",
    "closed": "count(*) FILTER (closed)",
    "tickets": "count(*) FILTER (closed IS NOT NULL)",
    "due": "count(agreement_met)",
    "met": "count(*) FILTER (agreement_met)",
    "reopen_all": f"count(*) FILTER {_OPENED_AGAIN}",
    "reopen_known": f"count(reopens) FILTER {_OPENED_AGAIN}",
    "reopen_again": f"count(*) FILTER ({_OPENED_AGAIN} AND reopens > 0)",
    "waiting": "count(waiting_since)",
    "waiting_asked": "count(*) FILTER (expects_reply OR waiting_since IS NOT NULL)",
    **{name: f"count(*) FILTER ({has})" for name, has in REPLIED.items()},
    **{f"{tool}_known": f"count(once_{tool})" for tool in TOOLS},
    **{f"{tool}_once": f"count(*) FILTER (once_{tool})" for tool in TOOLS},
    **{f"{tool}_rest": f"count(*) FILTER ({_RESTED} once_{tool})" for tool in TOOLS},
    **{f"{tool}_again": f"count(*) FILTER (once_{tool} AND came_back)" for tool in TOOLS},
}
_WHOSE_CONVERSATIONS = {
    "due": "agreement_met IS NOT NULL",
    "reopen": f"{_OPENED_AGAIN} AND reopens IS NOT NULL",
    "waiting": "waiting_since IS NOT NULL",
    **REPLIED,
    **{f"{tool}_known": f"once_{tool} IS NOT NULL" for tool in TOOLS},
    **{f"{tool}_rest": f"{_RESTED} once_{tool}" for tool in TOOLS},
}
_EPISODES = {
    "quiet": f"count(*) FILTER ({_QUIET})",
    "once": f"count(*) FILTER ({_QUIET} AND repeats = 0)",
    "open": "count(*) FILTER (status = 'open')",
    "hopped": f"count(*) FILTER ({_QUIET} AND hops > 0)",
    "retold": f"count(*) FILTER ({_QUIET} AND retold > 0)",
    **{name: f"count(*) FILTER ({_QUIET} AND {has})" for name, has in WAITED.items()},
    **{
        f"{key}_{end}": f"{how}({sql}) FILTER ({_QUIET})"
        for key, sql in EFFORT.items()
        for end, how in (("n", "count"), ("mean", "avg"), ("sd", "stddev_samp"))
    },
}
_WHOSE_EPISODES = {
    "quiet": _QUIET,
    **{name: f"{_QUIET} AND {has}" for name, has in WAITED.items()},
}


def conversations(reader: Reader, scope: Scope) -> tuple[dict[str, Any], dict[str, int]]:
    """Return what is counted of the conversations opened in a scope; and of how many people."""
    return _both(reader, scope, "conversation_metrics", _CONVERSATIONS, _WHOSE_CONVERSATIONS)


def episodes(reader: Reader, scope: Scope) -> tuple[dict[str, Any], dict[str, int]]:
    """Return what is counted of the episodes opened in a scope; and of how many people."""
    return _both(reader, scope, scope.episodes, _EPISODES, _WHOSE_EPISODES)


def _both(
    reader: Reader, scope: Scope, table: str, counts: dict[str, str], whose: dict[str, str]
) -> tuple[dict[str, Any], dict[str, int]]:
    where, values = scope.where("opened_at")
    asked = ", ".join(f"{sql} AS {name}" for name, sql in counts.items())
    row = reader.dicts(f"SELECT {asked} FROM {table} WHERE {where}", values)[0]
    return row, reader.dicts(people_sql(whose, table, where), values)[0]
