"""What is true of the demo company. No other room of the house reads it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from goodwill.demo import _grammar as grammar
from goodwill.demo import _world as world
from goodwill.demo._buyers import DAY, Customers, Floats, Orders, Tally
from goodwill.demo._exports import Written, stamps
from goodwill.demo._messages import Scene, kind_of
from goodwill.demo._people import People
from goodwill.demo._slots import customer_id
from goodwill.tables import TIME

_FILES = {"ticket": "tickets.csv", "chat": "chats.jsonl", "post": "reviews_and_posts.csv"}


def _times(start: np.datetime64, seconds: Any) -> pa.Array:
    given = np.asarray(seconds, dtype=np.int64)
    at = (start.astype("datetime64[us]") + given * np.int64(1_000_000)).astype("datetime64[us]")
    return pa.array(at, mask=given < 0).cast(TIME)


def _parquet(path: Path, columns: dict[str, Any]) -> None:
    pq.write_table(pa.table(columns), path, compression="zstd")


def _json(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _expected(sums: Floats, number: int) -> dict[str, float]:
    """Return the realised sum, the mean over redraws of who leaves, and its standard error."""
    draws = sums[1:, number]
    return {
        "realised": float(sums[0, number]),
        "expected": float(draws.mean()),
        "standard_error": float(draws.std(ddof=1) / np.sqrt(len(draws))),
    }


def fault_effects(tally: Tally, scene: Scene, orders: Orders) -> list[dict[str, Any]]:
    """Return for each fault what it is, whom it harmed since contacts begin, and its cost."""
    wrote = np.zeros(len(orders.at), dtype=bool)
    wrote[sorted(scene.wrote)] = True
    public = np.zeros(len(orders.at), dtype=bool)
    public[sorted(scene.public)] = True
    out = []
    for number, spec in enumerate(world.FAULTS):
        mine = (orders.fault == number) & (orders.at >= world.HISTORY_DAYS * DAY)
        harmed = tally.att_harmed[1:, number].sum()
        customers = np.unique(orders.customer[mine])
        spoke = np.unique(orders.customer[mine & (wrote | public)])
        out.append({
            "fault": spec.name,
            "title": grammar.title(spec.name),
            "harmful": spec.dropout > 0,
            "added_dropout": spec.dropout,
            "orders": int(mine.sum()),
            "people": len(customers),
            "people_who_wrote": len(np.unique(orders.customer[mine & wrote])),
            "people_who_went_public": len(np.unique(orders.customer[mine & public])),
            "silent_people": len(customers) - len(spoke),
            "driven_away": _expected(tally.drove_away, number),
            "lost_orders_per_faulty_order_in_26_weeks": {
                "realised": _ratio(tally.att_orders[0, number], tally.att_harmed[0, number]),
                "expected": _ratio(tally.att_orders[1:, number].sum(), harmed),
            },
            "lost_cents_per_faulty_order_in_26_weeks": {
                "realised": _ratio(tally.att_cents[0, number], tally.att_harmed[0, number]),
                "expected": _ratio(tally.att_cents[1:, number].sum(), harmed),
            },
            "lost_orders": {k: _expected(v, number) for k, v in tally.lost_orders.items()},
            "lost_cents": {k: _expected(v, number) for k, v in tally.lost_cents.items()},
        })  # fmt: skip
    return out


def _ratio(above: float, below: float) -> float:
    return float(above / below) if below else 0.0


def changes(start: np.datetime64) -> list[dict[str, Any]]:
    """Return what the company did or suffered, and whether it did anything to its fault."""
    out = []
    for change in world.CHANGES:
        first, last = (
            stamps(start, [int(world.day_at(share)) * 86_400])[0]
            for share in (change.first_day, min(change.last_day, 1.0))
        )
        out.append({
            "name": change.name, "kind": change.kind, "title": change.title,
            "fault": change.fault, "region": change.region, "started_at": first,
            "ended_at": last if change.last_day < 1 else None, "factor": change.factor,
            "effect": change.effect,
        })  # fmt: skip
    return out


def rules(orders: Orders, end: int) -> list[dict[str, Any]]:
    """Return the shop's rules, what each brought in over the last 52 weeks, and how often."""
    out = []
    for rule in world.RULES:
        mine = orders.fault == world.FAULT_NAMES.index(rule.fault)
        late = mine & (orders.at > end - 364 * DAY)
        out.append({
            "name": rule.name, "wording": rule.wording, "patterns": list(rule.patterns),
            "fault": rule.fault, "times_year": int(late.sum()),
            "brings_year": round(rule.keeps * float(orders.cents[late].sum())) / 100,
        })  # fmt: skip
    return out


def write_truth(
    folder: Path, *, settings: dict[str, Any], customers: Customers, orders: Orders,
    tally: Tally, scene: Scene, written: list[Written], frames: list[str], people: People,
    numbers: list[str], start: np.datetime64, end: int,
) -> None:  # fmt: skip
    """Write everything that goodwill must find out by itself."""
    folder.mkdir(parents=True, exist_ok=True)
    _json(folder / "world.json", settings)
    _json(folder / "faults.json", fault_effects(tally, scene, orders))
    _json(folder / "changes.json", changes(start))
    _json(folder / "rules.json", rules(orders, end))
    names = [*world.FAULT_NAMES, None]
    _parquet(folder / "orders.parquet", {
        "order_id": numbers,
        "customer_id": [customer_id(each) for each in orders.customer.tolist()],
        "at": _times(start, orders.at),
        "fault": pa.array([names[each] for each in orders.fault.tolist()], pa.string()),
        "fault_at": _times(start, np.where(orders.fault >= 0, orders.fault_at, -1)),
        "drove_away": orders.drove_away,
        "lost_orders_in_26_weeks": orders.lost_orders,
        "lost_cents_in_26_weeks": orders.lost_cents,
        "wrote": [each in scene.wrote for each in range(len(numbers))],
        "went_public": [each in scene.public for each in range(len(numbers))],
    })  # fmt: skip
    persons = [people.get(each) for each in range(len(customers.region))]
    _parquet(folder / "customers.parquet", {
        "customer_id": [customer_id(each) for each in range(len(persons))],
        "name": [f"{each.first} {each.last}" for each in persons],
        "email": [each.email for each in persons],
        "phone": [each.phone for each in persons],
        "handle": [each.handle for each in persons],
        "voice": [each.voice for each in persons],
        "language": [each.language for each in persons],
        "orders_per_week": customers.rate_per_week,
        "dropout_after_order": customers.drop_after_order,
        "left_at": _times(start, np.where(customers.left_at < end, customers.left_at, -1)),
        "left_by": pa.array(
            [None if at >= end else "himself" if by < 0 else world.FAULT_NAMES[by]
             for at, by in zip(customers.left_at.tolist(), customers.left_by.tolist(),
                               strict=True)], pa.string()),
    })  # fmt: skip
    said = [each.message for each in written]
    _parquet(folder / "contacts.parquet", {
        "contact_id": [each.number for each in said],
        "file": [_FILES[kind_of(each.thread.channel)] for each in said],
        "thread_id": [each.thread.number for each in said],
        "at": _times(start, [each.at for each in said]),
        "role": [each.role for each in said],
        "act": [each.act for each in said],
        "topic": [each.topic for each in said],
        "fault": pa.array([each.topic if each.topic in world.FAULT_NAMES else None
                           for each in said], pa.string()),
        "episode": pa.array([each.episode for each in said], pa.int64()),
        "customer_id": [customer_id(each.customer) for each in said],
        "order_id": [numbers[each.order] for each in said],
        "frame": pa.array([each or None for each in frames], pa.string()),
    })  # fmt: skip
    made = [each for each in scene.promises if each.message is not None and each.words]
    whose = [each.message for each in made if each.message is not None]
    _parquet(folder / "promises.parquet", {
        "contact_id": [each.number for each in whose],
        "customer_id": [customer_id(each.customer) for each in whose],
        "order_id": [numbers[each.order] for each in whose],
        "kind": [each.kind for each in made],
        "words": [each.words for each in made],
        "made_at": _times(start, [each.made_at for each in made]),
        "due_at": _times(start, [each.due_at for each in made]),
        "outcome": [each.outcome for each in made],
        "kept_at": _times(start, [-1 if each.kept_at is None else each.kept_at
                                  for each in made]),
    })  # fmt: skip
