"""Simulated customers over five sources with damaged keys, and a brute-force twin of `resolve`."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from typing import Any

import pyarrow as pa

from goodwill.journeys._identities_sql import ROLES

Ref = tuple[str, str]
Row = tuple[str, str, str, str]  # source, customer_ref, kind, value
COLUMNS = ("source", "customer_ref", "kind", "value")


def table(rows: Iterable[Row]) -> pa.Table:
    """Return rows as the table that `resolve` takes."""
    given = list(rows)
    return pa.table(
        {name: pa.array([row[n] for row in given], pa.string()) for n, name in enumerate(COLUMNS)}
    )


class Town:
    """People with refs in shop, desk, chat, reviews and social, and keys of which some are dirty.

    A dirty key is, evenly, missing, mistyped, the family's phone, or a role mail; what cannot
    become of its kind makes it missing. ``clean`` holds the keys that came through as they are.
    """

    def __init__(self, people: int, *, dirty: float, hashed: bool, seed: int = 1) -> None:
        self.rng = random.Random(seed)
        self.dirty, self.hashed = dirty, hashed
        self.rows: list[Row] = []
        self.clean: list[Row] = []
        self.person: dict[Ref, int] = {}
        for number in range(people):
            self._settle(number)
        self.rng.shuffle(self.rows)

    def _settle(self, number: int) -> None:
        rng = self.rng
        word = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(8))
        mail, phone = f"{word}.{number % 97}@mail{number % 5}.example", f"+346{number:08d}"
        family = f"+349{number // 3:08d}"  # three people share a phone at home
        orders = [f"T-{number:06d}{n}" for n in range(rng.randint(1, 3))]
        self._ref(number, "shop", email=mail, phone=phone, family=family, orders=orders,
                  account=f"A{number}")  # fmt: skip
        if rng.random() < 0.7:
            self._ref(number, "desk", email=mail, phone=phone, family=family, orders=orders[:1])
        if rng.random() < 0.4:
            self._ref(number, "chat", email=mail, family=family)
        if rng.random() < 0.3:
            self._ref(number, "calls", phone=phone, family=family)
        if rng.random() < 0.2:
            self._ref(number, "reviews", orders=orders[-1:], handle=word[:5])
        if rng.random() < 0.2:
            self._ref(number, "social", handle=word[:5])

    def _ref(
        self, number: int, source: str, *, email: str = "", phone: str = "", family: str = "",
        orders: Iterable[str] = (), account: str = "", handle: str = "",
    ) -> None:  # fmt: skip
        ref = (source, f"{source[0]}{self.rng.randrange(16**8):08x}{number}")
        self.person[ref] = number
        keys = [("email", email), ("phone", phone), ("account", account), ("handle", handle)]
        keys += [("order", order) for order in orders]
        for kind, value in keys:
            if not value:
                continue
            worn = self._worn(kind, value, family)
            if worn == value:
                self.clean.append((*ref, kind, self._shown(value)))
            if worn:
                self.rows.append((*ref, kind, self._shown(worn)))

    def _worn(self, kind: str, value: str, family: str) -> str:
        rng = self.rng
        if kind in ("account", "handle") or rng.random() >= self.dirty:
            return value
        how = rng.choice(("missing", "typo", "role", "family"))
        if how == "role" and kind == "email":
            return rng.choice(["info@firm.example", "support@shop.example", "noreply@x.example"])
        if how == "family" and kind == "phone":
            return family
        if how != "typo":
            return ""
        at = rng.randrange(1, 7)
        return value[:at] + rng.choice("0123456789" if kind == "phone" else "xyz") + value[at + 1 :]

    def _shown(self, value: str) -> str:
        if not self.hashed:
            return value
        import hashlib

        return "h:" + hashlib.md5(value.encode()).hexdigest()

    def table(self) -> pa.Table:
        """Return the identities; every ref is there, if need be with a key of its own."""
        have = {row[:2] for row in self.rows}
        bare = [(*ref, "external", f"only {ref}") for ref in self.person if ref not in have]
        return table(self.rows + bare)

    def true_pairs(self) -> set[tuple[Ref, Ref]]:
        """Return all pairs of refs of one person."""
        of: dict[int, list[Ref]] = defaultdict(list)
        for ref, number in self.person.items():
            of[number].append(ref)
        return {pair for refs in of.values() for pair in combinations(sorted(refs), 2)}

    def joined_by_clean_keys(self) -> set[tuple[Ref, Ref]]:
        """Return the pairs that a chain of undamaged mails, phones and orders joins."""
        find = Union(self.person)
        first: dict[tuple[str, str], Ref] = {}
        for source, name, kind, value in self.clean:
            if kind in ("email", "phone", "order"):
                find.join(first.setdefault((kind, value), (source, name)), (source, name))
        return {(a, b) for a, b in self.true_pairs() if find(a) == find(b)}


def found_pairs(resolved: pa.Table) -> set[tuple[Ref, Ref]]:
    """Return the pairs of refs that a result joins."""
    of: dict[str, list[Ref]] = defaultdict(list)
    for row in resolved.to_pylist():
        of[row["customer_id"]].append((row["source"], row["customer_ref"]))
    return {pair for refs in of.values() for pair in combinations(sorted(refs), 2)}


class Union:
    """Union-find over any items (Tarjan 1975), as plain as can be."""

    def __init__(self, items: Iterable[Any]) -> None:
        self.above = {item: item for item in items}

    def __call__(self, item: Any) -> Any:
        while self.above[item] != item:
            item = self.above[item]
        return item

    def join(self, one: Any, other: Any) -> None:
        self.above[self(one)] = self(other)

    def groups(self) -> list[set[Any]]:
        of: dict[Any, set[Any]] = defaultdict(set)
        for item in self.above:
            of[self(item)].add(item)
        return list(of.values())


def twin(rows: Iterable[Row], *, scope_free: tuple[str, ...], most: int) -> dict[Ref, Ref]:
    """Return the least ref of each ref's customer, by the rules of docs/identities.md in loops."""
    keys: dict[tuple[str, str, str], set[Ref]] = defaultdict(set)
    refs = {row[:2] for row in rows}
    for source, name, kind, value in rows:
        spelled = value.strip().lower() if kind in ("email", "handle") else value.strip()
        if kind == "phone":
            spelled = "".join(each for each in spelled if each not in " -()./")
        if spelled:
            keys[kind, "" if kind in scope_free else source, spelled].add((source, name))
    for key in list(keys):
        role = key[0] == "email" and "@" in key[2] and key[2].split("@")[0].split("+")[0] in ROLES
        if role or len(keys[key]) > most:
            del keys[key]
    of: dict[Ref, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (kind, _, value), mine in keys.items():
        for ref in mine:
            of[ref][kind].add(value)
    strong = Union(refs)
    for (kind, _, _), mine in keys.items():
        if kind in ("email", "account", "external") and not (
            kind == "email" and _many_readers(mine, of)
        ):
            for one, other in combinations(mine, 2):
                strong.join(one, other)
    for (kind, _, _), mine in keys.items():
        if kind in ("phone", "order"):
            for one, other in combinations(mine, 2):
                if any(_alike(x, y) for x in of[one]["email"] for y in of[other]["email"]):
                    strong.join(one, other)
    shared: dict[frozenset[Ref], set[str]] = defaultdict(set)
    for (kind, _, _), mine in keys.items():
        if kind in ("phone", "order"):
            for pair in combinations(sorted({strong(ref) for ref in mine}), 2):
                shared[frozenset(pair)].add(kind)
    for pair, kinds in shared.items():
        if len(kinds) > 1:
            strong.join(*pair)
    group = {ref: strong(ref) for ref in refs}
    anchors: dict[Ref, set[str]] = defaultdict(set)
    for ref in refs:
        anchors[group[ref]] |= {"mail"} if of[ref]["email"] else set()
        anchors[group[ref]] |= {ref[0]} if of[ref]["account"] else set()

    def torn(groups: set[Ref]) -> bool:
        return any(n > 1 for n in Counter(a for each in groups for a in anchors[each]).values())

    whole = Union(refs)
    for ref in refs:
        whole.join(ref, group[ref])
    for (kind, _, _), mine in keys.items():
        if kind in ("phone", "order", "handle") and not torn({group[ref] for ref in mine}):
            joining = [
                ref for ref in mine if kind != "handle" or not anchors[group[ref]] - {"mail"}
            ]
            for one, other in combinations(joining, 2):
                whole.join(one, other)
    out = {}
    for refs_of in whole.groups():
        parts = {group[ref] for ref in refs_of}
        for ref in refs_of:
            same = refs_of if not torn(parts) else {o for o in refs_of if group[o] == group[ref]}
            out[ref] = min(same, key=lambda each: "\x1f".join(each))
    return out


def _many_readers(refs: set[Ref], of: Any) -> bool:
    for kind in ("phone", "account"):
        for source in {ref[0] for ref in refs}:
            marked = [of[ref][kind] for ref in refs if ref[0] == source and of[ref][kind]]
            if len(marked) > 1 and not any(a & b for a, b in combinations(marked, 2)):
                return True
    return False


def _alike(one: str, other: str) -> bool:
    if min(one.find("@"), other.find("@")) < 6:
        return False
    plain = [each.translate(str.maketrans("", "", "0123456789")) for each in (one, other)]
    return _letters(one, other) == 1 and _letters(*plain) == 1


def _letters(one: str, other: str) -> int:
    """Return the edit distance (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for n, a in enumerate(one, 1):
        before, row[0] = row[0], n
        for m, b in enumerate(other, 1):
            before, row[m] = row[m], min(row[m] + 1, row[m - 1] + 1, before + (a != b))
    return row[-1]
