"""Which refs are one customer: keys, guards, evidence, and what a person took apart."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import Ref, Row, Town, found_pairs, table, twin

from goodwill.engine import Engine
from goodwill.errors import InputError
from goodwill.figures import wilson
from goodwill.journeys import resolve
from goodwill.journeys._identities import resolve_keys, usual

ANA = [("shop", "1", "email", "Ana@example.org"), ("desk", "7", "email", " ana@EXAMPLE.org")]
WIDE = ("email", "phone", "order")


def _joined(rows: list[Row], **options: Any) -> set[frozenset[str]]:
    """Return the customers of more than one ref, as sets of ``source:ref``."""
    return {
        frozenset(f"{row['source']}:{row['customer_ref']}" for row in of)
        for of in _customers(resolve(table(rows), **options)).values()
        if len(of) > 1
    }


def _customers(resolved: pa.Table) -> dict[str, list[dict[str, Any]]]:
    of: dict[str, list[dict[str, Any]]] = {}
    for row in resolved.to_pylist():
        of.setdefault(row["customer_id"], []).append(row)
    return of


def test_it_works() -> None:
    rows = [*ANA, ("calls", "c", "phone", "+34 600-1"), ("shop", "1", "phone", "+346001"),
            ("desk", "8", "email", "bob@example.org")]  # fmt: skip
    names = ("source", "customer_ref", "customer_id", "evidence")
    assert [tuple(row[name] for name in names) for row in resolve(table(rows)).to_pylist()] == [
        ("calls", "c", "calls:c", "phone 1"),
        ("desk", "7", "calls:c", "email 1"),
        ("desk", "8", "desk:8", None),
        ("shop", "1", "calls:c", "email 1, phone 1"),
    ]


def test_both_engines_give_the_same(engine: Engine, agree: Callable[..., None]) -> None:
    town = Town(40, dirty=0.3, hashed=False, seed=5)
    given = town.table()
    engine.load("identities", given.append_column("account_ref", pa.nulls(len(given), pa.string())))
    undo = sorted(found_pairs(resolve(given, global_kinds=WIDE)))[:2]
    resolve_keys(engine, global_kinds=WIDE, undo=undo)
    agree("resolved")
    assert engine.arrow("SELECT * FROM resolved ORDER BY 1, 2").equals(
        resolve(given, global_kinds=WIDE, undo=undo)
    )


@pytest.mark.parametrize("kind", ["account", "external", "order", "handle"])
def test_other_keys_than_mail_and_phone_are_of_one_source(kind: str) -> None:
    rows = [
        ("shop", "1", kind, "17850"),
        ("desk", "2", kind, "17850"),
        ("shop", "3", kind, "17850"),
    ]
    assert _joined(rows) == {frozenset({"shop:1", "shop:3"})}
    everywhere = _joined(rows, global_kinds=("email", "phone", kind))
    assert everywhere == {frozenset({"shop:1", "shop:3", "desk:2"})}


def test_an_account_ref_is_an_account() -> None:
    rows = table([("shop", "1", "email", "a@x.org"), ("shop", "2", "email", "b@x.org")])
    both = rows.append_column("account_ref", pa.array(["A1", "A1"]))
    assert len(_customers(resolve(both))) == 1
    assert resolve(both)["evidence"].to_pylist() == ["account 1", "account 1"]


@pytest.mark.parametrize("name", ["info", "Support", "no-reply", "sales+spain"])
def test_the_address_of_a_role_joins_nobody(name: str) -> None:
    rows = [
        ("shop", "1", "email", f"{name}@firm.example"),
        ("desk", "2", "email", f"{name}@firm.example"),
    ]
    assert _joined(rows) == set()
    assert _joined([(*row[:3], row[3].replace(name, "infanta")) for row in rows])


def test_a_key_of_improbably_many_refs_joins_nobody() -> None:
    hashed = "h:" + "0" * 32
    many = [("desk", str(n), "email", hashed) for n in range(5)]
    assert _joined(many) == set()
    assert len(_joined(many[:4])) == 1
    assert len(_joined(many, most_refs=5)) == 1


def test_the_limit_comes_from_the_data() -> None:
    # Six sources in which everybody has a ref: six refs under one mail are nothing unusual.
    rows = [(f"s{n}", str(who), "email", f"p{who}") for who in range(40) for n in range(6)]
    crowd = [("s0", f"x{n}", "email", "crowd") for n in range(30)]
    joined = _joined(rows + crowd)
    assert len(joined) == 40 and all(len(each) == 6 for each in joined)
    assert usual([]) == 0 and usual([(1, 999), (9, 1)]) == 1 and usual([(1, 998), (9, 2)]) == 9


def test_a_phone_does_not_join_different_mails() -> None:
    rows = [("shop", "ana", "email", "h:1"), ("shop", "ana", "phone", "h:9"),
            ("shop", "bob", "email", "h:2"), ("shop", "bob", "phone", "h:9"),
            ("calls", "x", "phone", "h:9")]  # fmt: skip
    assert _joined(rows) == set()  # nobody knows which of the two called
    assert _joined(rows[:2] + rows[4:]) == {frozenset({"shop:ana", "calls:x"})}


def test_a_chain_of_phones_does_not_join_different_mails_either() -> None:
    rows = [("shop", "ana", "email", "h:1"), ("shop", "ana", "phone", "h:8"),
            ("shop", "bob", "email", "h:2"), ("shop", "bob", "phone", "h:9"),
            ("calls", "x", "phone", "h:8"), ("calls", "x", "phone", "h:9")]  # fmt: skip
    assert _joined(rows) == set()


def test_a_phone_and_an_order_together_join_different_mails() -> None:
    rows = [("shop", "ana", "email", "h:1"), ("shop", "ana", "phone", "h:9"),
            ("shop", "ana", "order", "h:o"), ("shop", "old", "email", "h:2"),
            ("shop", "old", "phone", "h:9"), ("shop", "old", "order", "h:o")]  # fmt: skip
    assert _joined(rows) == {frozenset({"shop:ana", "shop:old"})}
    assert _joined(rows[:-1]) == set()


@pytest.mark.parametrize(
    ("other", "same"),
    [
        ("ana.lopex@x.example", True),
        ("ana.lopez2@x.example", False),
        ("eva.lopez@x.example", False),
    ],
)
def test_a_mail_that_differs_by_one_letter_is_a_slip(other: str, same: bool) -> None:
    rows = [("shop", "1", "email", "ana.lopez@x.example"), ("shop", "1", "phone", "+1"),
            ("desk", "2", "email", other), ("desk", "2", "phone", "+1")]  # fmt: skip
    assert bool(_joined(rows)) is same
    assert _joined(rows[:3]) == set()  # without the phone it may be anybody
    if same:
        found = resolve(table(rows))["evidence"].to_pylist()
        assert found == ["similar email 1, phone 1"] * 2


def test_a_mailbox_that_several_people_read_joins_nobody() -> None:
    rows = [("desk", name, kind, value) for name, phone in (("a", "h:1"), ("b", "h:2"))
            for kind, value in (("email", "h:box"), ("phone", phone))]  # fmt: skip
    assert _joined(rows) == set()
    assert _joined(rows[:3])  # one of them without a phone: nothing says that they are two
    elsewhere = [("shop" if row[1] == "b" else row[0], *row[1:]) for row in rows]
    assert _joined(elsewhere)  # a second phone in another source is nothing unusual


def test_a_handle_alone_joins_no_account() -> None:
    rows = [("social", "real", "handle", "@ana"), ("social", "real", "account", "A1"),
            ("social", "fake", "handle", "@Ana"), ("social", "alt", "handle", "@ana")]  # fmt: skip
    assert _joined(rows) == {frozenset({"social:fake", "social:alt"})}


def test_what_a_person_took_apart_stays_apart() -> None:
    rows = [*ANA, ("chat", "c", "email", "ana@example.org")]
    pair = (("desk", "7"), ("shop", "1"))
    assert _joined(rows, undo=[pair]) == {frozenset({"chat:c", "desk:7"})}
    assert resolve(table(rows), undo=[pair]).equals(resolve(table(rows), undo=[pair[::-1]]))
    later = [*rows, ("shop", "1", "phone", "+1"), ("desk", "7", "phone", "+1")]
    assert not any({"desk:7", "shop:1"} <= each for each in _joined(later, undo=[pair]))
    assert _joined(rows, undo=[(("shop", "1"), ("gone", "0"))]) == _joined(rows)
    with pytest.raises(InputError, match="undo is .* twice"):
        resolve(table(rows), undo=[(("shop", "1"), ("shop", "1"))])


def test_what_a_person_said_is_one_is_one() -> None:
    rows = [*ANA, ("chat", "c", "phone", "+34 600"), ("calls", "d", "email", "bob@example.org")]
    pair = (("chat", "c"), ("shop", "1"))
    assert _joined(rows, same=[pair]) == {frozenset({"chat:c", "desk:7", "shop:1"})}
    told = {row["customer_ref"]: row["evidence"] for row in resolve(table(rows), same=[pair])
            .to_pylist()}  # fmt: skip
    assert told["c"] == "said by a person 1" and told["1"] == "email 1, said by a person 1"
    # Also where no key is known of one of them; and another word goes before.
    bare = (("posts", "p"), ("calls", "d"))
    assert frozenset({"posts:p", "calls:d"}) in _joined(rows, same=[bare])
    assert _joined(rows, same=[pair], undo=[pair]) == {frozenset({"desk:7", "shop:1"})}
    with pytest.raises(InputError, match="same is .* twice"):
        resolve(table(rows), same=[(pair[0], pair[0])])


@pytest.mark.parametrize("make", [pa.Table.to_pandas, pl.from_arrow])
def test_any_table_will_do(make: Any) -> None:
    assert resolve(make(table(ANA))).equals(resolve(table(ANA)))


@pytest.mark.parametrize(
    "said", ["0034600111222", "tel:+34600111222", "'+34 600 111 222", "+34 (600) 111-222"]
)
def test_a_telephone_joins_in_any_spelling(said: str) -> None:
    rows = [("shop", "1", "phone", "+34600111222"), ("desk", "2", "phone", said)]
    assert resolve(table(rows))["customer_id"].to_pylist() == ["desk:2", "desk:2"]


def test_a_ref_without_a_usable_key_is_a_customer_by_itself() -> None:
    rows = [("shop", "1", "email", " "), ("shop", "2", "name", "Ana"), ("shop", "", "email", "x")]
    assert resolve(table(rows))["customer_id"].to_pylist() == ["shop:1", "shop:2"]
    assert resolve(table([])).num_rows == 0


def test_no_two_customers_have_one_id_whatever_sources_are_called() -> None:
    sources = ("a", "a:b", "a%3Ab", "a%", "a%25", "a%25:b")
    refs = [(source, ref) for source in sources for ref in ("c", "b:c", ":b:c", "25:c", ":c")]
    rows = [(*ref, "account", f"{number}") for number, ref in enumerate(refs)]
    found = resolve(table(rows)).to_pylist()
    assert len({row["customer_id"] for row in found}) == len(refs)
    assert {"a:b:c", "a%3Ab:c"} < {row["customer_id"] for row in found}


def test_what_cannot_be_read_is_named() -> None:
    with pytest.raises(InputError, match="lack the columns kind, value"):
        resolve(table(ANA).drop_columns(["kind", "value"]))
    with pytest.raises(InputError, match="cannot read columns from a list"):
        resolve([])
    for pairs in ("ab", [("shop", "1")], [(("shop", "1"), "shop")]):
        with pytest.raises(InputError, match="undo holds what is no pair"):
            resolve(table(ANA), undo=pairs)  # type: ignore[arg-type]


def _measured(seeds: range, *, hashed: bool) -> tuple[int, int, int, int]:
    """Return pairs found, true among them, joined by undamaged keys, and found among those."""
    found = true = hit = sure = 0
    for seed in seeds:
        town = Town(3000, dirty=0.10, hashed=hashed, seed=seed)
        pairs = found_pairs(resolve(town.table(), global_kinds=WIDE))
        reachable = town.joined_by_clean_keys()
        found, true = found + len(pairs), true + len(pairs & town.true_pairs())
        sure, hit = sure + len(reachable), hit + len(pairs & reachable)
    return found, true, sure, hit


def test_pairs_are_found_among_keys_of_which_a_tenth_is_dirty() -> None:
    found, true, sure, hit = _measured(range(1, 5), hashed=True)
    assert found > 20_000
    assert true / found >= 0.999, wilson(true, found)
    assert hit / sure >= 0.98, wilson(hit, sure)


def test_readable_mails_bring_back_those_with_a_slip() -> None:
    _, _, sure, hit = _measured(range(1, 2), hashed=False)
    assert hit / sure >= 0.998, wilson(hit, sure)


def _worlds(count: int, seed: int) -> list[list[Row]]:
    """Return small random worlds; none has a source or a value of another's."""
    rng = random.Random(seed)
    kinds = ("email", "phone", "order", "handle", "account", "external")
    values = ("1", "2", "3", "longname@x", "longnamf@x", "info@x")
    return [
        [
            (f"{rng.choice(('shop', 'desk'))}{world}", rng.choice("abcd"), rng.choice(kinds),
             f"{rng.choice(values)}w{world}")
            for _ in range(rng.randint(1, 22))
        ]
        for world in range(count)
    ]  # fmt: skip


def _ids(rows: list[Row], **options: Any) -> dict[Ref, str]:
    return {
        (row["source"], row["customer_ref"]): row["customer_id"]
        for row in resolve(table(rows), global_kinds=WIDE, most_refs=3, **options).to_pylist()
    }


def test_it_agrees_with_the_rules_in_loops() -> None:
    worlds = _worlds(1500, seed=11)
    found = _ids([row for rows in worlds for row in rows])
    expected: dict[Ref, str] = {}
    for rows in worlds:
        least = twin(rows, scope_free=WIDE, most=3)
        expected |= {ref: ":".join(first) for ref, first in least.items()}
    assert found == expected


@settings(max_examples=3, deadline=None)
@given(st.randoms(use_true_random=False), st.integers(0, 10**6))
def test_order_and_repetition_of_rows_do_not_matter(rng: random.Random, seed: int) -> None:
    rows = [row for rows in _worlds(30, seed) for row in rows]
    shuffled = rows * 2
    rng.shuffle(shuffled)
    assert _ids(shuffled) == _ids(rows)


@settings(max_examples=3, deadline=None)
@given(st.integers(0, 10**6), st.lists(st.integers(0, 10**6), min_size=40, max_size=80))
def test_undone_pairs_hold_and_nothing_else_is_joined(seed: int, picks: list[int]) -> None:
    rows = [row for rows in _worlds(30, seed) for row in rows]
    whole = resolve(table(rows), global_kinds=WIDE, most_refs=3)
    joined = sorted(found_pairs(whole))
    undo = [joined[pick % len(joined)] for pick in picks]
    split = resolve(table(rows), global_kinds=WIDE, most_refs=3, undo=undo)
    assert found_pairs(split) < found_pairs(whole)
    assert not found_pairs(split) & set(undo)
    for customer, members in _customers(split).items():
        least = min(f"{each['source']}\x1f{each['customer_ref']}" for each in members)
        assert customer == least.replace("\x1f", ":")
