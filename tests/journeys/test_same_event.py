"""An event that two sources tell is counted once, and every voice is kept."""

from __future__ import annotations

import random
from itertools import combinations
from typing import Any

from facts import Row, at, message, order, rows, table

from goodwill.engine import Engine
from goodwill.journeys import join_same
from goodwill.journeys._same_event import alike, likeness, words_of
from goodwill.tables import FACTS

LATE = "My parcel should have come on Monday and nobody answers the phone at all"
DAY = 86_400


def identity(source: str, ref: str, value: str, kind: str = "email") -> Row:
    return {"source": source, "customer_ref": ref, "kind": kind, "value": value}


def load(
    engine: Engine,
    contacts: list[Row] | None = None,
    orders: list[Row] | None = None,
    identities: list[Row] | None = None,
    undone: list[str] | None = None,
) -> None:
    decisions = [{"same_event_id": id_, "decision": "apart"} for id_ in undone or []]
    given: dict[str, list[Row]] = {
        "contacts": contacts or [], "orders": orders or [], "identities": identities or [],
        "same_event_decisions": decisions,
    }  # fmt: skip
    for name, found in given.items():
        engine.load(name, table(found, FACTS[name].schema))


def told(engine: Engine) -> list[tuple[str, str, str, str]]:
    found = rows(engine, "same_event", "kind, other_source, other_id")
    return [(r["kind"], r["id"], r["other_id"], r["evidence"]) for r in found]


def kept(engine: Engine, name: str = "contacts", column: str = "contact_id") -> list[str]:
    return [row[column] for row in rows(engine, name, column)]


REVIEW: dict[str, Any] = {
    "source": "reviews", "channel": "review", "public": True, "customer_ref": "r1", "rating": 1.0,
    "rating_scale": "stars5",
}  # fmt: skip
SAME_MAIL = [identity("shop", "ana", "h1"), identity("reviews", "r1", "h1")]


def test_a_review_that_is_also_a_ticket_counts_once_and_stays_public(
    engine: Engine, agree: Any
) -> None:
    contacts = [
        message("t1", at(0.1), text=f"{LATE}!", thread_id="7"),
        message("t2", at(0.2), text="We look into it", thread_id="7", direction="out"),
        message("v1", at(), text=LATE.upper(), **REVIEW),
    ]
    load(engine, contacts, identities=SAME_MAIL)
    assert join_same(engine) == 1
    # The ticket stays, though it is later: the conversation hangs on it.
    assert told(engine) == [("contact", "t1", "v1", "customer")]
    assert kept(engine) == ["t1", "t2"]
    [ticket] = [r for r in rows(engine, "contacts", "contact_id") if r["contact_id"] == "t1"]
    assert (ticket["public"], ticket["rating"], ticket["rating_scale"]) == (True, 1.0, "stars5")
    [voice] = rows(engine, "same_event", "same_event_id")
    assert (voice["text"], voice["channel"], voice["public"]) == (LATE.upper(), "review", True)
    agree("same_event", "contacts")


def test_what_a_person_undid_stays_apart(engine: Engine) -> None:
    contacts = [message("t1", at(), text=LATE), message("v1", at(1), text=LATE, **REVIEW)]
    load(engine, contacts, identities=SAME_MAIL)
    join_same(engine)
    [row] = rows(engine, "same_event", "same_event_id")
    load(engine, contacts, identities=SAME_MAIL, undone=[row["same_event_id"]])
    assert join_same(engine) == 0
    assert kept(engine) == ["t1", "v1"]


def test_a_comment_pasted_into_a_mail_is_the_same_event(engine: Engine) -> None:
    mail = f"Hello, this is what I wrote in your survey: {LATE}. Please answer. Thank you"
    contacts = [message("m", at(0.5), text=mail), message("s", at(), text=LATE, **REVIEW)]
    load(engine, contacts, identities=SAME_MAIL)
    assert join_same(engine) == 1


def test_without_a_key_in_common_only_a_long_text_of_its_own_joins(engine: Engine) -> None:
    short = "The parcel never came at all"
    cases = {
        "short": [message("a", at(), text=short), message("b", at(), text=short, **REVIEW)],
        "late": [message("a", at(), text=LATE), message("b", at(4), text=LATE, **REVIEW)],
        "twice": [message("a", at(), text=LATE), message("a2", at(), text=LATE),
                  message("b", at(), text=LATE, **REVIEW)],
        "one source": [message("a", at(), text=LATE), message("a2", at(1), text=LATE)],
        "other words": [message("a", at(), text=LATE),
                        message("b", at(), text=LATE + " again", **REVIEW)],
    }  # fmt: skip
    for name, contacts in cases.items():
        load(engine, contacts)
        assert join_same(engine) == 0, name
    load(engine, [message("a", at(), text=LATE), message("b", at(1), text=LATE, **REVIEW)])
    assert join_same(engine) == 1
    assert told(engine) == [("contact", "a", "b", "text")]


def test_a_customer_who_writes_of_something_else_is_not_joined(engine: Engine) -> None:
    other = "The colour of the shirt is not the one that I saw on your page last week"
    contacts = [message("t", at(), text=LATE), message("v", at(), text=other, **REVIEW)]
    load(engine, contacts, identities=SAME_MAIL)
    assert join_same(engine) == 0
    assert kept(engine) == ["t", "v"]


def test_an_order_and_its_payment_count_once_and_the_refund_too(engine: Engine, agree: Any) -> None:
    paid: dict[str, Any] = {"source": "stripe", "customer_ref": "cus_9"}
    orders = [
        order("l1", at(), order_number="#1001", amount=700),
        order("l2", at(), order_number="#1001", amount=300),
        order("p1", at(0.1), order_number="1001", kind="payment", amount=1000, **paid),
        order("b1", at(3), order_number="#1001", kind="refund", amount=-300),
        order("b2", at(3), order_number="1001", kind="refund", amount=-300, **paid),
        order("o2", at(1), order_number="1002", amount=500),
        order("p2", at(1), order_number="1002", kind="payment", amount=501, **paid),
    ]
    shared = [identity("shop", "ana", "h1"), identity("stripe", "cus_9", "h1")]
    load(engine, orders=orders, identities=shared)
    assert join_same(engine) == 2
    assert told(engine) == [
        ("order", "#1001", "1001", "order number"),
        ("refund", "#1001", "1001", "order number"),
    ]
    # Another total is another event.
    assert kept(engine, "orders", "order_id") == ["b1", "l1", "l2", "o2", "p2"]
    agree("same_event", "orders")


def test_two_shops_that_number_alike_stay_two(engine: Engine) -> None:
    orders = [
        order("a", at(), order_number="1001"),
        order("b", at(), order_number="1001", source="outlet", customer_ref="bob"),
    ]
    load(engine, orders=orders, identities=[identity("shop", "ana", "h1")])
    assert join_same(engine) == 0


def test_a_payment_without_a_number_joins_by_customer_day_and_total_if_only_one_fits(
    engine: Engine,
) -> None:
    paid: dict[str, Any] = {"source": "stripe", "customer_ref": "c", "kind": "payment"}
    shared = [identity("shop", "ana", "h1"), identity("stripe", "c", "h1")]
    one = [order("o1", at(), amount=1999)]
    payment = order("p", at(0.2), order_number=None, amount=1999, **paid)
    load(engine, orders=[*one, payment], identities=shared)
    assert join_same(engine) == 1
    load(engine, orders=[*one, order("o2", at(0.1), amount=1999), payment], identities=shared)
    assert join_same(engine) == 0


def test_likeness_is_that_of_the_shorter_text() -> None:
    assert likeness(LATE, "Hi! " + LATE + " Bye.") == 1.0
    assert likeness("yes", "yes") == 0.0
    assert likeness(LATE, None) == 0.0
    assert not alike(likeness(LATE, LATE.replace("Monday", "Friday").replace("phone", "mail")))


def test_it_agrees_with_a_search_of_all_pairs(engine: Engine) -> None:
    chance = random.Random(12)
    words = ["late", "parcel", "refund", "no", "answer", "never", "came"]
    texts = [" ".join(chance.choices(words, k=n)) for n in (4, 7, 9, 14, 16)]
    contacts = [
        message(
            f"c{n}", at(chance.random() * 12), text=chance.choice(texts),
            source=chance.choice(("shop", "reviews", "survey")),
            customer_ref=chance.choice(("a", "b", "c", "d")), channel="other",
        )
        for n in range(70)
    ]  # fmt: skip
    identities = [identity(source, ref, {"a": "1", "b": "2"}.get(ref, source + ref))
                  for source in ("shop", "reviews", "survey") for ref in "abcd"]  # fmt: skip
    load(engine, contacts, identities=identities)
    join_same(engine)
    assert {r["contact_id"] for r in rows(engine, "contacts", "1")} == _kept_twin(contacts)


def _kept_twin(contacts: list[Row]) -> set[str]:
    """Pairs by brute force, groups by flooding, the earliest of each stays."""
    own: dict[tuple[str, str], int] = {}
    for row in contacts:
        words = " ".join(words_of(row["text"]))
        own[row["source"], words] = own.get((row["source"], words), 0) + 1
    edges: dict[str, set[str]] = {row["contact_id"]: set() for row in contacts}
    for one, other in combinations(contacts, 2):
        near = abs((one["at"] - other["at"]).total_seconds()) <= 3 * DAY
        if one["source"] == other["source"] or not near:
            continue
        key = one["customer_ref"] == other["customer_ref"] and one["customer_ref"] in "ab"
        a, b = words_of(one["text"]), words_of(other["text"])
        alone = all(own[row["source"], " ".join(a)] == 1 for row in (one, other)) if a == b else 0
        if (key and alike(likeness(one["text"], other["text"]))) or (len(a) >= 12 and alone):
            edges[one["contact_id"]].add(other["contact_id"])
            edges[other["contact_id"]].add(one["contact_id"])
    stay, seen = set(), set()
    for row in sorted(contacts, key=lambda r: (r["at"], r["source"], r["contact_id"])):
        if row["contact_id"] in seen:
            continue
        stay.add(row["contact_id"])
        waiting = [row["contact_id"]]
        while waiting:
            node = waiting.pop()
            if node not in seen:
                seen.add(node)
                waiting += edges[node]
    return stay
