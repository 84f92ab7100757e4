"""Identities with dirty keys, and candidates among the customers that no key joins.

People have a record in a shop, most in a help desk, some a handle in public. One key in ten is
damaged for the keys; for the candidates one name, mail and phone in five is missing, mistyped or
somebody else's, as nobody would need them with clean keys.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from _bench import report, timed
from goodwill import journeys
from goodwill.demo._people import People
from goodwill.figures import wilson
from goodwill.records._traits import (
    TRAITS,
    _hashed,
    mail_traits,
    name_traits,
    phone_traits,
)
from goodwill.records.privacy import Keyring

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "journeys"))

PEOPLE = [int(n) for n in os.environ.get("PEOPLE", "3000,30000").split(",")]
TOWN = int(os.environ.get("TOWN", "60000"))
DIRTY = 0.2
_TEXTS = ("source", "customer_ref", "kind", "value")


class Crowd:
    """Records of people in a shop, a help desk and in public, some of them dirty."""

    def __init__(self, people: int, seed: int) -> None:
        self.rng = random.Random(seed)
        self.rows: list[tuple[str, str, str, str]] = []
        self.person: dict[tuple[str, str], int] = {}
        drawn = People(np.random.default_rng(seed), people)
        for number in range(people):
            one = drawn.get(number)
            keys = {"name": f"{one.first} {one.last}", "email": one.email,
                    "phone": f"+346{number * 7919 % 10**8:08d}"}  # fmt: skip
            self._record("shop", number, **keys)
            if self.rng.random() < 0.7:
                self._record("desk", number, **keys)
            if self.rng.random() < 0.2:
                made = f"{one.first}{one.last}".lower()
                self._record("posts", number, handle=self.rng.choice([one.handle, made]))

    def _record(self, source: str, number: int, **keys: str) -> None:
        ref = source, f"{source[0]}{self.rng.randrange(16**10):010x}"
        self.person[ref] = number
        worn = {kind: self._worn(kind, value, number) for kind, value in keys.items()}
        self.rows += [(*ref, kind, value) for kind, value in worn.items() if value]

    def _worn(self, kind: str, value: str, number: int) -> str:
        if self.rng.random() >= DIRTY:
            return value
        how = self.rng.choice(("missing", "slip", "slip", "other"))
        if how == "missing":
            return ""
        if how == "slip":
            at = self.rng.randrange(1, min(len(value) - 1, 7))
            signs = "0123456789" if kind == "phone" else "abcxyz"
            return value[:at] + self.rng.choice(signs) + value[at + 1 :]
        first, last = value.split()[0], value.split()[-1]
        return {
            "email": value.split("@")[0] + "@mail.example",
            "phone": f"+349{number // 3:08d}",  # three people share a phone at home
            "name": f"{first[0]} {last}",
        }.get(kind, value)

    def traits(self) -> Iterator[tuple[str, str, str, str]]:
        ways: Any = {"name": name_traits, "email": mail_traits, "phone": phone_traits}
        for source, ref, kind, value in self.rows:
            for trait, text in ways[kind](value) if kind in ways else ():
                yield source, ref, trait, text


def _found(crowd: Crowd, keyring: Keyring, con: Any) -> tuple[pa.Table, dict[Any, str]]:
    """Return the candidates, and the customer that the keys make of each reference."""
    keys = [(s, r, k, keyring.hash(k, v.lower())) for s, r, k, v in crowd.rows if k != "name"]
    resolved = journeys.resolve(_table(keys, _TEXTS)).to_pylist()
    of = {(row["source"], row["customer_ref"]): row["customer_id"] for row in resolved}
    of |= {ref: ":".join(ref) for ref in crowd.person if ref not in of}
    given = _table([(s, r, k, v[:16]) for s, r, k, v in keys], _TEXTS)
    con.register("traits", pa.concat_tables([_hashed(keyring, crowd.traits()), given]))
    con.register("refs", _table([(*ref, one) for ref, one in of.items()],
                                ("source", "customer_ref", "customer_id")))  # fmt: skip
    con.register("customers", _table([(one,) for one in sorted(set(of.values()))],
                                     ("customer_id",)))  # fmt: skip
    con.register("places", _table([], ("customer_id", "place")))
    con.register("closed", _table([], ("a", "b")))
    return journeys.find_candidates(con), of


def _table(rows: list[tuple[str, ...]], names: tuple[str, ...]) -> pa.Table:
    columns = zip(*rows, strict=True) if rows else [()] * len(names)
    return pa.table([pa.array(column, pa.string()) for column in columns], names=list(names))


def _row(what: str, people: int, right: int, made: int, true: int, cpu: float) -> dict[str, Any]:
    low, high = wilson(right, made)
    return {
        "what": what, "people": people, "found": made, "right": right, "true": true,
        "precision": round(right / made, 4), "precision_low": round(low, 4),
        "precision_high": round(high, 4), "recall": round(right / true, 4),
        "cpu_seconds": round(cpu, 1),
    }  # fmt: skip


def candidates(people: int, seed: int) -> list[dict[str, Any]]:
    crowd = Crowd(people, seed)
    keyring = Keyring("bench", b"k" * 32)
    assert TRAITS.names == list(_TEXTS)
    with tempfile.TemporaryDirectory() as folder:
        con = duckdb.connect(config={"memory_limit": "1GB", "temp_directory": folder})
        (table, of), _, cpu = timed(lambda: _found(crowd, keyring, con))
        con.close()
    customers = defaultdict(set)
    for ref, number in crowd.person.items():
        customers[number].add(of[ref])
    true = {p for ids in customers.values() for p in combinations(sorted(ids), 2)}
    found = {(row["a"], row["b"]) for row in table.to_pylist()}
    public = {p for p in true if any(one.startswith("posts:") for one in p)}
    rows = [_row("candidates", people, len(found & true), len(found), len(true), cpu)]
    seen = {p for p in found if not any(one.startswith("posts:") for one in p)}
    rows.append(
        _row("shop and help desk", people, len(seen & true), len(seen), len(true - public), cpu)
    )
    return rows


def keys(people: int) -> list[dict[str, Any]]:
    from people import Town, found_pairs

    town = Town(people, dirty=0.1, hashed=True, seed=3)
    given, true, sure = town.table(), town.true_pairs(), town.joined_by_clean_keys()
    wide = ("email", "phone", "order")
    resolved, _, cpu = timed(lambda: journeys.resolve(given, global_kinds=wide))
    found = found_pairs(resolved)
    row = _row("joined by keys", people, len(found & true), len(found), len(sure), cpu)
    return [row | {"recall": round(len(found & sure) / len(sure), 4)}]


def main() -> None:
    rows = keys(TOWN)
    for people in PEOPLE:
        rows += candidates(people, seed=people + 1)
    report("candidates", rows, dirty=DIRTY)


if __name__ == "__main__":
    main()
