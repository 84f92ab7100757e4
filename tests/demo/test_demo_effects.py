"""Harmful faults drive people away by as much as the truth says, harmless ones do not."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from demo_company import Company

from goodwill.demo import _buyers
from goodwill.demo import _world as world

START = np.datetime64("2023-01-02")
BEGIN = world.HISTORY_DAYS * _buyers.DAY
CONTACTS_BEGIN = datetime(2024, 7, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def simulated():
    return _buyers.simulate(12_000, 7, START)


def test_heavy_buyers_suffer_more_faults_per_order(simulated):
    customers, orders, _ = simulated
    rate = customers.rate_per_week[orders.customer]
    faulty = orders.fault >= 0
    light, heavy = rate < 0.1, rate > 0.4
    assert faulty[heavy].mean() > 1.6 * faulty[light].mean()
    counts = np.bincount(orders.customer)
    share = np.bincount(orders.customer, weights=faulty) / np.maximum(counts, 1)
    assert np.corrcoef(np.log(customers.rate_per_week), share)[0, 1] > 0.1


def test_the_fault_free_customer_is_as_likely_to_buy_as_before(simulated):
    """The plain comparison is wrong: who suffered faults buys more, not less."""
    customers, orders, _ = simulated
    counts = np.bincount(orders.customer, minlength=len(customers.region))
    harmed = np.bincount(orders.customer[orders.fault >= 0], minlength=len(counts)) > 0
    assert counts[harmed].mean() > 2 * counts[~harmed].mean()


def test_harmful_faults_prevent_orders_and_harmless_faults_none(simulated):
    _, _, tally = simulated
    for number, fault in enumerate(world.FAULTS):
        for lost in tally.lost_orders.values():
            if fault.dropout:
                assert (lost[:, number] > 0).all(), fault.name
            else:
                assert (lost[:, number] == 0).all(), fault.name
        driven = tally.drove_away[1:, number].sum()
        harmed = tally.harmed_orders[1:, number].sum()
        if fault.dropout == 0:
            assert driven == 0
        else:
            # A little less than the planted share: some left of themselves after that order.
            assert 0.75 * fault.dropout < driven / harmed < 1.02 * fault.dropout, fault.name


def test_what_the_window_lost_is_what_the_counterfactual_has_more(simulated):
    """A twin by brute force: replay every customer with one fault's effect switched off."""
    rng = np.random.Generator(np.random.PCG64(np.random.SeedSequence([5, 0])))
    block = _buyers._Block(rng, 400, START)
    natural, driven = block.live(rng)
    tally = _buyers.Tally.empty()
    _buyers._add_effects(block, natural, driven, tally, 0)
    number = world.FAULT_NAMES.index("late_parcel")

    def bought(switched_off: bool) -> int:
        total = 0
        for who in range(block.n):
            mine = np.flatnonzero(block.who == who)
            gone = None
            for row in mine:
                if gone is not None and block.at[row] > gone:
                    continue
                total += block.at[row] < block.end
                leaves = [natural[row]]
                told = block.at[row] >= BEGIN
                if not (switched_off and told and block.fault[row] == number):
                    leaves.append(driven[row])
                leave = min(leaves)
                if leave < block.last + 300 * _buyers.DAY:
                    gone = leave if gone is None else min(gone, leave)
        return total

    lost = tally.lost_orders["to_end"][0, number]
    assert lost == bought(True) - bought(False) > 0


def test_faults_that_show_in_orders_show_there(company: Company):
    orders = {row["order_id"]: row for row in company.orders if row["type"] == "order"}
    late = missing = 0
    for row in company.truth("orders"):
        order = orders[row["order_id"]]
        if row["at"] < CONTACTS_BEGIN:
            assert not order["promised_at"]
            continue
        overdue = order["delivered_at"] > order["promised_at"]
        if row["fault"] == "late_parcel" and order["delivered_at"]:
            late += 1
            assert overdue
        elif row["fault"] == "never_arrived":
            missing += 1
            assert not order["delivered_at"]
        else:
            assert not (overdue and order["delivered_at"]), row
    assert late > 100
    assert missing > 20


def test_the_truth_names_the_fault_of_each_order_and_of_each_contact(company: Company):
    faults = {row["order_id"]: row["fault"] for row in company.truth("orders")}
    contacts = company.truth("contacts")
    assert len(contacts) == company.files.messages
    for row in contacts:
        if row["fault"] is not None:
            assert faults[row["order_id"]] == row["fault"]
    # Many suffer in silence, and every fault has some who speak.
    for entry in company.faults().values():
        assert entry["people_who_wrote"] > 0
        assert entry["silent_people"] > 0


def test_eight_kinds_of_fault_or_more_some_harmful_and_some_loud_and_harmless(company: Company):
    faults = company.faults()
    assert len(faults) >= 8
    assert sum(entry["harmful"] for entry in faults.values()) >= 4
    harmless = [entry for entry in faults.values() if not entry["harmful"]]
    assert len(harmless) >= 3
    assert max(e["people_who_wrote"] / e["people"] for e in harmless) > 0.5


def test_one_fix_worked_one_did_nothing_and_one_fault_rises_at_the_end(simulated, company: Company):
    changes = {c["name"]: c for c in json.loads((company.files.truth / "changes.json").read_text())}
    _, orders, _ = simulated
    day = orders.at / _buyers.DAY

    def share(fault: str, rows: np.ndarray) -> float:
        return float((orders.fault[rows] == world.FAULT_NAMES.index(fault)).mean())

    def since(name: str) -> float:
        started = datetime.fromisoformat(changes[name]["started_at"]).replace(tzinfo=None)
        return (started - datetime(2023, 1, 2)) / timedelta(days=1)

    south = orders.region == world.REGIONS.index("South")
    fixed = day >= since("south_carrier_fix")
    assert changes["south_carrier_fix"]["effect"] == "worked"
    assert share("late_parcel", south & fixed) < 0.5 * share("late_parcel", south & ~fixed)
    elsewhere = ~south & (orders.region != world.REGIONS.index("West"))
    ratio = share("late_parcel", elsewhere & fixed) / share("late_parcel", elsewhere & ~fixed)
    assert 0.75 < ratio < 1.3
    packed = day >= since("packaging_fix")
    assert changes["packaging_fix"]["effect"] == "did_not"
    assert 0.75 < share("damaged", packed) / share("damaged", ~packed) < 1.3
    new = day >= since("payment_provider_change")
    assert share("charged_twice", new) > 3.5 * share("charged_twice", ~new)
    assert 20 < world.DAYS - since("payment_provider_change") < 60


def test_private_failures_come_before_public_complaints(company: Company):
    by_order: dict[str, list[dict]] = defaultdict(list)
    for row in company.truth("contacts"):
        if row["role"] == "customer" and row["fault"]:
            by_order[row["order_id"]].append(row)
    after_private = Counter()
    for said in by_order.values():
        said.sort(key=lambda row: row["at"])
        for place, row in enumerate(said):
            if row["act"] == "public":
                after_private[any(r["act"] == "first" for r in said[:place])] += 1
    assert after_private[True] > 2 * after_private[False] > 0
