"""Rules and fees of the company, as somebody told them. Appended, never changed.

A rule says what customers may not do or must pay: what it is called, how it is worded where they
read it, the words by which they name it, and what it brings in. Telling a rule of the same name
again replaces it; taking one back is a record of its own.
"""

from __future__ import annotations

import secrets
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from goodwill.currencies import exponent
from goodwill.errors import FileRefused, InputError, NotFound
from goodwill.tables import ACCOUNTS, RULE_KINDS

from ._store import Store
from .privacy import redact_batch

MOST_NAME, MOST_WORDING, MOST_PATTERNS = 120, 2000, 50
TOLD, WITHDRAWN = "told", "withdrawn"
_KEYS = (
    "name",
    "kind",
    "wording",
    "patterns",
    "brings_year",
    "brings_each",
    "times_year",
    "product",
)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule or a fee, as it was last told. Amounts are in the minor unit of the Book's currency.

    Attributes:
        rule_id: Names it.
        name: What the company calls it.
        kind: ``rule`` or ``fee``.
        wording: How customers read it.
        patterns: Words by which customers name it; a text holds a pattern when it has all of its
            words, in any form and order.
        brings_year: What it brings in a year.
        brings_each: What it brings each time that it is applied.
        times_year: How often it is applied in a year.
        product: Order lines of the kind ``fee`` with this product are it: they are counted, and
            summed where nothing else says what it brings.
        withdrawn: Whether it was taken back.
        told_at: When it was last told.
        by: By whom.
    """

    name: str
    kind: str = "rule"
    wording: str = ""
    patterns: tuple[str, ...] = ()
    brings_year: int | None = None
    brings_each: int | None = None
    times_year: int | None = None
    product: str | None = None
    rule_id: str = ""
    withdrawn: bool = False
    told_at: datetime | None = None
    by: str = ""


def tell_rules(store: Store, told: Sequence[Rule], *, by: str = "") -> list[Rule]:
    """Keep rules and return them with their ids; one that is told again unchanged adds nothing.

    Raises:
        InputError: One of them cannot be told so; nothing is kept then.
        BookLocked: Another process writes to the Book.
    """
    faults = [fault for place, rule in enumerate(told, start=1) for fault in _faults(rule, place)]
    names = [_key(rule.name) for rule in told]
    faults += [
        f"two are called {one!r}" for one in sorted({n for n in names if names.count(n) > 1})
    ]
    if faults:
        raise InputError(
            "These rules cannot be kept: " + "; ".join(faults) + ".",
            hint="A rule has a name, and a wording or patterns by which it is found in texts.",
        )
    with store.lock():
        known = {_key(rule.name): rule for rule in rules(store) if not rule.withdrawn}
        out, new = [], []
        for rule in map(_redacted, told):
            same = known.get(_key(rule.name))
            rule = replace(
                rule, rule_id=same.rule_id if same else secrets.token_hex(6), by=by,
                told_at=datetime.now(UTC), withdrawn=False,
            )  # fmt: skip
            if same and replace(same, by=by, told_at=rule.told_at) == rule:
                out.append(same)
            else:
                out.append(rule)
                new.append(rule)
        _append(store, new, TOLD)
    return out


def withdraw_rule(store: Store, rule_id: str, *, by: str = "") -> Rule:
    """Take a rule back; from the next refresh on nothing is said of it.

    Raises:
        NotFound: No rule has that id, or it was taken back before.
    """
    with store.lock():
        for each in rules(store):
            if each.rule_id == rule_id and not each.withdrawn:
                gone = replace(each, withdrawn=True, by=by, told_at=datetime.now(UTC))
                _append(store, [gone], WITHDRAWN)
                return gone
    raise NotFound(f"No rule has the id {rule_id!r}.", hint="goodwill rules lists them.")


def rules(store: Store) -> list[Rule]:
    """Return every rule as it was last told, those taken back too; by name."""
    found: dict[str, Rule] = {}
    rows = store.arrow("rules").to_pylist()
    for row in sorted(rows, key=lambda row: (row["recorded_at"], row["record_id"])):
        found[row["rule_id"]] = Rule(
            row["name"], row["kind"], row["wording"], tuple(row["patterns"].splitlines()),
            row["brings_year"], row["brings_each"], row["times_year"], row["product"],
            row["rule_id"], row["action"] == WITHDRAWN, row["recorded_at"], row["by"],
        )  # fmt: skip
    return sorted(found.values(), key=lambda rule: (_key(rule.name), rule.rule_id))


def read_rules(path: Path | str, currency: str) -> list[Rule]:
    """Return the rules of a TOML file: ``[[rule]]`` with the attributes of `Rule` as its keys.

    Amounts stand there in the currency itself, not in its minor unit.

    Raises:
        FileRefused: It is no such file; every fault of it is named.
    """
    name = Path(path).name
    try:
        held = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise FileRefused(f"{name}: it cannot be read as TOML ({error})") from None
    told = held.get("rule")
    if set(held) - {"rule"} or not isinstance(told, list) or not told:
        raise FileRefused(
            f"{name}: it holds no rules",
            hint='Write each as [[rule]], then name = "...", wording = "...", patterns = ["..."].',
        )
    faults: list[str] = []
    out = []
    for place, row in enumerate(told, start=1):
        found = _wrong(row, place)
        faults += found
        if not found:
            out.append(_rule(row, currency))
    if faults:
        raise FileRefused(f"{name}: " + "; ".join(faults), hint=f"Keys are: {', '.join(_KEYS)}.")
    return out


def minor_units(amount: float | None, currency: str) -> int | None:
    """Return an amount in the minor unit of a currency."""
    return None if amount is None else round(amount * 10 ** exponent(currency))


def _wrong(row: Any, place: int) -> list[str]:
    if not isinstance(row, Mapping):
        return [f"rule {place} is no table"]
    faults = [f"rule {place} has an unknown key {key!r}" for key in row if key not in _KEYS]
    for key in ("name", "kind", "wording", "product"):
        if not isinstance(row.get(key, ""), str):
            faults.append(f"{key} of rule {place} is no text")
    patterns = row.get("patterns", [])
    if not isinstance(patterns, list) or not all(isinstance(one, str) for one in patterns):
        faults.append(f"patterns of rule {place} is no list of texts")
    for key in ("brings_year", "brings_each", "times_year"):
        value = row.get(key, 0)
        if isinstance(value, bool) or not isinstance(value, int | float):
            faults.append(f"{key} of rule {place} is no number")
    return faults


def _rule(row: Mapping[str, Any], currency: str) -> Rule:
    times = row.get("times_year")
    return Rule(
        row.get("name", ""), row.get("kind", "rule"), row.get("wording", ""),
        tuple(row.get("patterns", ())), minor_units(row.get("brings_year"), currency),
        minor_units(row.get("brings_each"), currency), None if times is None else round(times),
        row.get("product"),
    )  # fmt: skip


def _faults(rule: Rule, place: int) -> list[str]:
    said = f"{rule.name!r}" if rule.name.strip() else f"number {place}"
    faults = []
    if not rule.name.strip():
        faults.append(f"{said} has no name")
    if len(rule.name) > MOST_NAME or len(rule.wording) > MOST_WORDING:
        faults.append(f"{said} is longer than {MOST_NAME} (name) or {MOST_WORDING:,} (wording)")
    if rule.kind not in RULE_KINDS:
        faults.append(f"the kind of {said} is {rule.kind!r}; one of {', '.join(RULE_KINDS)}")
    patterns = [one for one in rule.patterns if one.strip()]
    if not rule.wording.strip() and not patterns:
        faults.append(f"{said} has neither wording nor patterns")
    if len(patterns) > MOST_PATTERNS:
        faults.append(f"{said} has {len(patterns)} patterns; {MOST_PATTERNS} are enough")
    for key in ("brings_year", "brings_each", "times_year"):
        if (getattr(rule, key) or 0) < 0:
            faults.append(f"{key} of {said} is below zero")
    return faults


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def _redacted(rule: Rule) -> Rule:
    """Return a rule with nothing of a person in its words, as all text is kept."""
    patterns = [" ".join(one.split()) for one in rule.patterns if one.strip()]
    texts = [" ".join(rule.name.split()), " ".join(rule.wording.split()), *patterns]
    name, wording, *kept = (text or "" for text in redact_batch(texts))
    product = rule.product.strip() if rule.product else None
    return replace(
        rule, name=name, wording=wording, patterns=tuple(dict.fromkeys(kept)),
        product=product or None,
    )  # fmt: skip


def _append(store: Store, told: Sequence[Rule], action: str) -> None:
    if not told:
        return
    mark = secrets.token_hex(8)
    rows = [
        {
            "record_id": f"{mark}{place:04d}", "rule_id": rule.rule_id,
            "recorded_at": rule.told_at, "by": rule.by, "action": action, "kind": rule.kind,
            "name": rule.name, "wording": rule.wording, "patterns": "\n".join(rule.patterns),
            "brings_year": rule.brings_year, "brings_each": rule.brings_each,
            "times_year": rule.times_year, "product": rule.product,
        }
        for place, rule in enumerate(told)
    ]  # fmt: skip
    table = pa.Table.from_pylist(rows, schema=ACCOUNTS["rules"].schema)
    store.append("rules", lambda: table, mark)
