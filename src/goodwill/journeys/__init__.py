"""Journeys: messages and orders become conversations, customers, episodes and promises.

``link`` says who wrote and what belongs to one conversation; themes are found next (by
``goodwill.language``); ``follow`` then joins messages to episodes and judges delivery dates;
``find_commitments`` and ``judge_promises`` add what the company said in its own messages.
"""

from __future__ import annotations

from goodwill.journeys._candidates import CANDIDATES, find_candidates, scorer
from goodwill.journeys._commitments import find_commitments
from goodwill.journeys._follow import DESK_CONTACT, as_of, follow
from goodwill.journeys._identities import resolve
from goodwill.journeys._identities_sql import ROLES
from goodwill.journeys._judge import judge_promises
from goodwill.journeys._link import link
from goodwill.journeys._place import place
from goodwill.journeys._processes import find_processes
from goodwill.journeys._rates_sql import first_contact_sql, repeat_rate_sql
from goodwill.journeys._same_event import join_same
from goodwill.journeys._standalone import episodes
from goodwill.journeys._words import local_day_sql
from goodwill.journeys.commitments import Calendar, find_promises

__all__ = [
    "CANDIDATES",
    "Calendar",
    "DESK_CONTACT",
    "ROLES",
    "as_of",
    "episodes",
    "find_candidates",
    "find_commitments",
    "find_processes",
    "find_promises",
    "first_contact_sql",
    "follow",
    "join_same",
    "judge_promises",
    "link",
    "local_day_sql",
    "place",
    "repeat_rate_sql",
    "resolve",
    "scorer",
]
