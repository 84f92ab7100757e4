"""The step of ``refresh`` that finds the contacts which are about a rule, and keeps what it found.

A contact is about a rule when its text holds one of the rule's patterns, or is as like the rule's
wording as `ALIKE`. A text is read again when it changed, or when a rule or anything that reading
depends on did: the file that keeps what was found is named after that version, and holds no text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.durable import drafting
from goodwill.engine import Engine
from goodwill.language._encoder import encode, shipped
from goodwill.language._matching import each_matches
from goodwill.language._words import words
from goodwill.tables import DERIVED

ALIKE = 0.55
"""Likeness (cosine) to a wording from which a text is about it. On the demo company, of what no
pattern had found, two thirds and more of such texts were about it; patterns find most."""
PATTERN, WORDING = "pattern", "wording"

_SPEC = DERIVED["rule_contacts"]
_S = pa.string()
KEPT = pa.schema(
    [("source", _S), ("contact_id", _S), ("mark", _S), ("rule_id", _S), ("found_by", _S),
     ("similarity", pa.float32())]
)  # fmt: skip
"""A text that is about no rule is kept with an empty ``rule_id``: it was read."""
_KEY = ("source", "contact_id", "rule_id")
_KNOWN, _READ, _ALL = "_rules_known", "_rules_read", "_rules_all"


@dataclass(frozen=True, slots=True)
class RuleWords:
    """What a rule is found by."""

    rule_id: str
    wording: str
    patterns: tuple[str, ...]


def find_rules(engine: Engine, folder: Path, rules: Sequence[RuleWords]) -> int:
    """Leave the table ``rule_contacts`` in the engine.

    Args:
        engine: Holds the table ``messages``.
        folder: Where what was found is kept from one refresh to the next.
        rules: Those in force.

    Returns:
        How many texts were read; the others were known from before.
    """
    for old in folder.glob("rules-*.parquet"):
        if not rules or old.name != f"rules-{version(rules)}.parquet":
            old.unlink(missing_ok=True)
    if not rules:
        engine.load("rule_contacts", _SPEC.schema.empty_table())
        return 0
    file = folder / f"rules-{version(rules)}.parquet"
    engine.load(_KNOWN, [str(file)] if file.exists() else KEPT.empty_table())
    engine.map_arrow(_READ, unread_sql(), _Reading(tuple(rules)), KEPT)
    engine.save(_ALL, all_sql(), KEPT)
    engine.save("rule_contacts", contacts_sql(), _SPEC.schema)
    fresh = engine.scalar(f"SELECT count(*) FROM (SELECT DISTINCT source, contact_id FROM {_READ})")
    had, has = (engine.scalar(f"SELECT count(*) FROM {name}") for name in (_KNOWN, _ALL))
    engine.drop(_KNOWN)
    if fresh or had != has or not file.exists():
        _keep(engine, file)
    engine.drop(_READ, _ALL)
    return int(fresh)


def asked_sql() -> str:
    """Return the SELECT of what customers wrote, each with a mark of its text."""
    text = "trim(coalesce(subject, '') || ' ' || coalesce(text, ''))"
    return f"""
    SELECT source, contact_id, {text} AS text, md5({text}) AS mark
    FROM messages
    WHERE direction = 'in' AND coalesce(author_role, 'customer') = 'customer' AND {text} <> ''
    """


def unread_sql() -> str:
    """Return the SELECT of the texts of which nothing is kept."""
    return f"""
    SELECT a.source, a.contact_id, a.mark, a.text
    FROM ({asked_sql()}) AS a
    LEFT JOIN (SELECT DISTINCT source, contact_id, mark FROM {_KNOWN}) AS k
        ON k.source = a.source AND k.contact_id = a.contact_id AND k.mark = a.mark
    WHERE k.mark IS NULL
    """


def all_sql() -> str:
    """Return the SELECT of what was kept of texts that are still there, and of what is new."""
    kept = ", ".join(f"k.{name}" for name in KEPT.names)
    return f"""
    SELECT {kept} FROM {_KNOWN} AS k
    JOIN ({asked_sql()}) AS a
        ON a.source = k.source AND a.contact_id = k.contact_id AND a.mark = k.mark
    UNION ALL
    SELECT {", ".join(KEPT.names)} FROM {_READ}
    """


def contacts_sql() -> str:
    """Return the query to ``rule_contacts``."""
    return f"""
    SELECT f.rule_id, f.source, f.contact_id, m.at, m.customer_id, m.episode_id, m.theme_id,
        f.found_by, f.similarity
    FROM {_ALL} AS f
    JOIN messages AS m ON m.source = f.source AND m.contact_id = f.contact_id
    WHERE f.rule_id <> ''
    """


def version(rules: Sequence[RuleWords]) -> str:
    """Return a mark of the rules and of all that finding them depends on."""
    digest = blake2b(_code(), digest_size=8)
    for rule in sorted(rules, key=lambda one: one.rule_id):
        digest.update(repr((rule.rule_id, rule.wording, rule.patterns)).encode())
    return digest.hexdigest()


@cache
def _code() -> bytes:
    digest = blake2b(digest_size=16)
    room = resources.files("goodwill.language")
    for name in ("_rules.py", "_matching.py", "_words.py", "_encoder.py", "_labels.py"):
        digest.update((room / name).read_bytes())
    digest.update((room / "data" / "encoder.npz").read_bytes())
    return digest.digest()


class _Reading:
    """Finds the rules that a batch of texts is about."""

    def __init__(self, rules: tuple[RuleWords, ...]) -> None:
        self._rules = rules
        self._wordings = encode([rule.wording for rule in rules])

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        found = words(pc.fill_null(batch.column("text").cast(_S), ""))
        # Not by BLAS, whose last bits depend on how many texts stand beside one.
        alike = np.einsum("ij,kj->ik", shipped().encode_words(found), self._wordings)
        said = each_matches(found, [rule.patterns for rule in self._rules])
        rows, names, ways, likeness = [], [], [], []
        about = np.zeros(len(found), dtype=bool)
        for place, (rule, named) in enumerate(zip(self._rules, said, strict=True)):
            mine = np.flatnonzero(named | (alike[:, place] >= ALIKE))
            about[mine] = True
            rows.append(mine)
            names += [rule.rule_id] * len(mine)
            ways += [PATTERN if named[row] else WORDING for row in mine]
            likeness.append(alike[mine, place])
        none = np.flatnonzero(~about)
        rows.append(none)
        take = pa.array(np.concatenate(rows))
        columns: dict[str, Any] = {
            **{name: batch.column(name).take(take) for name in ("source", "contact_id", "mark")},
            "rule_id": names + [""] * len(none),
            "found_by": ways + [""] * len(none),
            "similarity": np.concatenate([*likeness, np.zeros(len(none))]).astype(np.float32),
        }
        arrays = [pa.array(columns[field.name]).cast(field.type) for field in KEPT]
        return pa.RecordBatch.from_arrays(arrays, schema=KEPT)


def _keep(engine: Engine, file: Path) -> None:
    """Replace what is kept; a refresh that is killed leaves the old file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with drafting(file) as draft:
        engine.write(_ALL, draft, _KEY)
