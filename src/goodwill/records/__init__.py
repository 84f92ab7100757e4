"""Records: files become facts. Recognise, read, map, find faults, redact, account, store.

    file -> members -> rows -> typed cells -> mapped rows -> keys out, text redacted
         -> judged against the store -> staged -> Delta tables

Nothing readable of a person is stored: keys become keyed hashes, texts are redacted first, rows
that cannot be taken are encrypted.
"""

from __future__ import annotations

from ._add import add, preview
from ._ages import CutOffs, cut_offs
from ._candidates import Proposed, candidates, keep_candidates
from ._decisions import APART, DECLINED, SAME, TOGETHER, Ref, apart, decide, decided
from ._edit import Choice, Draft, Part, corrected, draft_of, kind_of, mapping_name, mapping_text
from ._events import Event, declare, event, events, recount, withdraw
from ._forecasts import keep_once
from ._forget import (
    Plan,
    due,
    erase,
    erased,
    is_due,
    lost_words,
    pending,
    plan_aging,
    plan_forgetting,
    purge,
    texts_of,
)
from ._labels import parted, without_people
from ._look import Look, look
from ._person import Person, person
from ._quarantine import Corrections, quarantined, readd
from ._rates import RatesReport, add_rates
from ._redact_again import RedactedAgain, redact_again
from ._report import ImportReport, MappedField, Preview
from ._rules import Rule, minor_units, read_rules, rules, tell_rules, withdraw_rule
from ._same import decide_same, kept_apart
from ._store import Store, create_store
from ._traits import write_traits
from ._vault import ContactDetails, VaultLook, VaultLooks, looks, opened, shown
from ._waiting import Reason, Waiting, waiting, waiting_look, waiting_row
from ._zones import ZoneQuestion, checked_zone
from .privacy import redact

__all__ = [
    "APART",
    "Choice",
    "ContactDetails",
    "Corrections",
    "CutOffs",
    "DECLINED",
    "Draft",
    "Event",
    "ImportReport",
    "Look",
    "MappedField",
    "Part",
    "Person",
    "Plan",
    "Preview",
    "Proposed",
    "RatesReport",
    "Reason",
    "RedactedAgain",
    "Ref",
    "Rule",
    "SAME",
    "Store",
    "TOGETHER",
    "VaultLook",
    "VaultLooks",
    "Waiting",
    "ZoneQuestion",
    "add",
    "add_rates",
    "apart",
    "candidates",
    "checked_zone",
    "corrected",
    "create_store",
    "cut_offs",
    "decide",
    "decide_same",
    "decided",
    "declare",
    "draft_of",
    "due",
    "erase",
    "erased",
    "event",
    "events",
    "is_due",
    "keep_candidates",
    "keep_once",
    "kept_apart",
    "kind_of",
    "look",
    "looks",
    "lost_words",
    "mapping_name",
    "mapping_text",
    "minor_units",
    "opened",
    "parted",
    "pending",
    "person",
    "plan_aging",
    "plan_forgetting",
    "preview",
    "purge",
    "quarantined",
    "read_rules",
    "readd",
    "recount",
    "redact",
    "redact_again",
    "rules",
    "shown",
    "tell_rules",
    "texts_of",
    "waiting",
    "waiting_look",
    "waiting_row",
    "withdraw",
    "withdraw_rule",
    "without_people",
    "write_traits",
]
