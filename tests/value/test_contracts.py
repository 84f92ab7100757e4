"""Contracts: how often they are renewed, what they are worth, and what makes them end."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from typer.testing import CliRunner

import goodwill
from _value_contracts import Company, Simulated, load, simulate
from goodwill import value
from goodwill.cli import app
from goodwill.engine import DuckDBEngine, Engine
from goodwill.errors import InputError, NotEnoughData
from goodwill.value import cost_contracts, know_contracts, value_contracts, value_customers
from goodwill.value._contract_outlook import look_ahead, renewal_ends
from goodwill.value._contract_value import contract_worth
from goodwill.value._contracts import SBG
from goodwill.value._equity_sql import FINE, MOVED
from goodwill.value._moved import directions

REGULAR = (1000, 631, 468, 382, 326, 289, 262, 241)
HIGH_END = (1000, 869, 743, 653, 593, 551, 517, 491)
"""Fader and Hardie (2007): who of an intake of 1,000 was still there after so many years."""
SETTINGS = {"currency": "EUR", "margin": None, "discount_rate": 0.1, "horizon_weeks": 104}


def write(path: Path, head: list[str], rows: list[list[Any]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as out:
        csv.writer(out).writerows([head, *rows])
    return path


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[goodwill.Book]:
    """Two plans of the published intakes, here renewed by the month, and a few orders."""
    folder = tmp_path_factory.mktemp("contracts")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        made = goodwill.create(folder / "book", currency="EUR", time_zone="UTC")
        contracts: list[list[Any]] = []
        for plan, still in (("Regular", REGULAR), ("High End", HIGH_END)):
            left = [time for time in range(1, 8) for _ in range(still[time - 1] - still[time])]
            for place, time in enumerate([*left, *([None] * still[7])]):
                contracts.append([
                    f"{plan[0]}{place}", f"{plan[0]}-{place}", plan, "2016-01-15",
                    f"2016-{1 + time:02}-15" if time else "", "120.00", "monthly",
                ])  # fmt: skip
        head = ["Contract ID", "Customer ID", "Plan", "Start date", "End date", "Price",
                "Billing period"]  # fmt: skip
        orders = [
            # Two months of a contract, paid two days late; and two things bought beside it.
            ["o1", "R-800", "2016-03-17", "120.00"],
            ["o2", "R-800", "2016-04-17", "120.00"],
            ["o3", "R-800", "2016-05-28", "120.00"],
            ["o4", "H-999", "2016-09-01", "33.00"],
        ]
        made.add(write(folder / "contracts.csv", head, contracts), source="crm")
        named = ["Order ID", "Customer ID", "Order date", "Total"]
        made.add(write(folder / "orders.csv", named, orders), source="crm")
        made.refresh()
        yield made


def test_it_finds_the_published_models_in_a_book(book: goodwill.Book) -> None:
    renewals = book.table("contract_renewals").to_pandas()
    for plan, still, alpha, beta in (
        ("Regular", REGULAR, 0.704, 1.182), ("High End", HIGH_END, 0.668, 3.806),
    ):  # fmt: skip
        mine = renewals[renewals["plan"] == plan]
        assert mine["due"].tolist() == list(still[:7])
        assert (mine["due"] - mine["left"]).tolist() == list(still[1:])
        model = value.fit(mine[["renewal", "due", "left"]], model="sbg")
        assert model.params_["alpha"] == pytest.approx(alpha, rel=0.002)
        assert model.params_["beta"] == pytest.approx(beta, rel=0.002)
        whole = value.fit({"period": range(8), "active": still}, model="sbg")
        assert model.log_likelihood_ == pytest.approx(whole.log_likelihood_, abs=1e-6)
        assert model.standard_errors_["beta"] == pytest.approx(
            whole.standard_errors_["beta"], rel=1e-3
        )
        # What the chosen model says stays close to what happened.
        assert mine["still_there"].to_numpy() == pytest.approx(np.array(still[1:]) / 1000, abs=0.01)


def test_a_customer_is_worth_his_contracts_and_his_orders(book: goodwill.Book) -> None:
    rows = book.table("contract_value").to_pandas()
    running = rows[rows["running"]]
    assert len(running) == REGULAR[7] + HIGH_END[7]
    assert set(running["renewals"]) == {7}
    assert (running["value_low"] <= running["value"]).all()
    assert (running["value"] <= running["value_high"]).all()
    assert (running["value"] < running["value_ever"]).all()
    assert (rows[~rows["running"]]["value"] == 0).all()
    # The 1st of September is the last day that is known; the next payment comes on the 15th.
    assert set(running["next_due_days"]) == {14}
    people = book.table("customer_value").to_pandas().set_index("customer_id")
    assert people.loc["crm:H-0", ["p_alive", "lifetime_value"]].tolist() == [0, 0]
    assert people.loc["crm:H-999", "p_alive"] == 1
    assert people.loc["crm:H-999", "revenue"] == 8 * 12000 + 3300
    # Two of his orders paid the contract; the third was for something else.
    assert people.loc["crm:R-800", ["orders", "revenue"]].tolist() == [1, 9 * 12000]


def test_the_chance_to_renew_has_the_interval_of_draws_of_the_parameters() -> None:
    due = np.array(REGULAR[:7], dtype=np.float64)
    left = due - np.array(REGULAR[1:])
    model = value.fit({"renewal": np.arange(1, 8), "due": due, "left": left}, model="sbg")
    lived = np.array([0.0, 3.0, 9.0])
    low, high = renewal_ends(model, lived, np.full(3, -1))
    rng = np.random.default_rng(2)
    draws = rng.multivariate_normal(list(model.params_.values()), model.covariance_, 4000)
    drawn = np.array([model.at(one).retention(lived + 1) for one in draws])
    ends = np.quantile(drawn, [0.025, 0.975], axis=0)
    np.testing.assert_allclose([low, high], ends, atol=0.01)
    # One that is known to end, or not to end yet, renews for certain or not at all.
    sure = renewal_ends(model, lived, np.array([0, 2, -1]))
    assert (sure[0][0], sure[1][0], sure[0][1], sure[1][1]) == (0, 0, 1, 1)
    unknown = renewal_ends(SBG.known(model.params_), lived, np.full(3, -1))
    assert np.isnan(unknown).all()


def test_the_value_of_a_contract_is_that_of_the_payments_to_come() -> None:
    model = SBG.known({"alpha": 0.7, "beta": 3.0})
    lived, due = np.array([0.0, 5.0]), np.array([10.0, 100.0])
    ahead = look_ahead(
        model, lived, due, np.array([-1.0, 2.0]), "year", horizon_weeks=520, discount_rate=0.1
    )
    share = model.survival(np.arange(1, 4000))
    paid = 1.1 ** -((10 + 365.25 * np.arange(3999)) / 365.25)
    assert ahead.factor[0] == pytest.approx((share * paid)[:10].sum())
    assert ahead.ever[0] == pytest.approx((share * paid).sum(), rel=1e-6)
    assert ahead.renews_next[0] == pytest.approx(share[0])
    # 95 % of the futures lie within: he leaves at once, or pays as long as is looked ahead.
    rng = np.random.default_rng(0)
    chance = rng.beta(0.7, 3.0, 20_000)
    pays = np.minimum(rng.geometric(chance) - 1, 10)
    spent = np.concatenate([[0.0], np.cumsum(paid[:10])])[pays]
    assert ((spent >= ahead.low[0]) & (spent <= ahead.high[0])).mean() >= 0.95
    assert ahead.variance[0] == pytest.approx(spent.var(), rel=0.05)
    # One that is known to end after two more renewals will make just these.
    assert ahead.factor[1] == ahead.ever[1] == ahead.low[1] == ahead.high[1]
    assert ahead.expected[1] == 2


def test_pages_commands_and_exports_show_contracts(book: goodwill.Book, tmp_path: Path) -> None:
    page = book.value()
    held = page.contracts
    assert held is not None
    figures = {gauge.key: gauge.figure for gauge in held.gauges}
    assert figures["contracts_running"].value == REGULAR[7] + HIGH_END[7]
    worth = figures["contract_value"]
    assert worth.low < worth.value < worth.high
    assert [plan.plan for plan in held.plans] == ["High End", "Regular"]
    assert held.plans[0].renews_next.value > held.plans[1].renews_next.value - 0.05
    assert "departures were expected" in held.sentences[0]
    assert page.months[0].equity.value == pytest.approx(worth.value, abs=500)
    assert {"plan", "contract since"} <= {one.dimension for one in page.segments}
    seen = book.customer("crm:H-999").figures
    assert (seen["contracts"].value, seen["contract_value"].value > 0) == (1, True)
    chance = seen["renews_next"]
    assert 0.8 < chance.low < chance.value < chance.high < 1
    gone = book.customer("crm:H-0").figures
    assert gone["renews_next"].reason == "No contract of this customer runs any more."
    ran = CliRunner().invoke(app, ["value", "contracts", "--book", str(book.folder), "--json"])
    assert ran.exit_code == 0, ran.output
    assert json.loads(ran.stdout)["figures"]["contracts_running"]["value"] == 732
    said = CliRunner().invoke(app, ["value", "contracts", "--book", str(book.folder)])
    assert "Renewal by renewal" in said.stdout
    book.export(tmp_path / "out", what=["contracts", "customers"])
    out = pd.read_csv(tmp_path / "out" / "contracts.csv")
    assert len(out) == 2000
    assert out["value"].sum() == pytest.approx(worth.value / 100, rel=0.001)


def test_what_a_month_changed_errs_as_the_renewals_do(
    book: goodwill.Book, engine_of_one: DuckDBEngine
) -> None:
    months = book.table("equity_months").to_pandas()
    change = months["equity"] - months["equity_before"]
    assert (months["change_low"] <= change).all()
    assert (change <= months["change_high"]).all()
    assert (months["change_high"] - months["change_low"])[months["part"] == "kept"].max() > 0
    # Against a plain twin: the models moved, one of a company with one plan.
    engine = engine_of_one
    account = refreshed(engine, simulate(np.random.default_rng(9), Company(contracts=400, harm=0)))
    (group,) = account["contracts"]["models"]
    plan, cohort, params, covariance = group["models"][0]
    source, until = group["source"], date.fromisoformat(account["contracts"]["as_of"])
    since = until - timedelta(days=31)

    def worth(models: list[Any]) -> float:
        contracts = account["contracts"] | {"models": [group | {"models": models}]}
        made = account | {"contracts": contracts}
        contract_worth(engine, "_twin", source, made, since, until)
        return float(engine.scalar("SELECT sum(value) FROM _twin"))

    half = 0.0
    for step in 0.2 * directions(np.array(covariance)).T:
        ends = [
            worth([[plan, cohort, list(np.array(params) + way * step), covariance]])
            for way in (1, -1)
        ]  # fmt: skip
        half += ((ends[0] - ends[1]) / 0.4) ** 2
    worth([[plan, cohort, params, covariance]])
    moved = engine.arrow(
        f"SELECT {', '.join(f'sum({name}) AS {name}' for name in MOVED)} FROM _twin"
    ).to_pylist()[0]
    found = np.hypot.reduce([float(each) / FINE for each in moved.values()])
    assert found == pytest.approx(half**0.5, rel=0.02)


def refreshed(engine: Engine, company: Simulated) -> dict[str, Any]:
    load(engine, company)
    notes = know_contracts(engine, currency="EUR")
    account = value_customers(engine, **SETTINGS)
    account["notes"] += notes
    value_contracts(engine, account, **SETTINGS)
    cost_contracts(engine, account)
    return account


def effect(engine: Engine) -> dict[str, Any]:
    rows = engine.arrow("SELECT * FROM contract_effects").to_pylist()
    return {row["problem"]: row for row in rows}["theme:1"]


def test_contracts_that_a_problem_took_are_found(engine_of_one: DuckDBEngine) -> None:
    company = simulate(np.random.default_rng(3), Company(contracts=1500, harm=0.2))
    account = refreshed(engine_of_one, company)
    found = effect(engine_of_one)
    assert found["extra_low"] < company.extra < found["extra_high"]
    assert found["extra_low"] > 0
    assert found["grade"] == "C"
    assert "no proof" in found["reason"]
    assert 0 < found["value_lost_low"] < found["value_lost"] < found["lifetime_lost"]
    assert found["matched_share"] > 0.9
    equity = account["equity"]
    values = engine_of_one.arrow("SELECT sum(value) AS v FROM contract_value").to_pylist()[0]["v"]
    assert equity["low"] < values < equity["high"]
    assert account["active"]["value"] == company.still_there.sum()


def test_a_harmless_problem_takes_nothing_and_the_smallest_loss_is_told(
    engine_of_one: DuckDBEngine,
) -> None:
    refreshed(engine_of_one, simulate(np.random.default_rng(5), Company(contracts=1000, harm=0)))
    found = effect(engine_of_one)
    assert found["extra_low"] < 0 < found["extra_high"]
    assert 0 < found["smallest"] < found["expected"]


def test_it_is_the_same_on_every_engine(engine: Engine, agree: Callable[..., None]) -> None:
    company = simulate(np.random.default_rng(7), Company(contracts=300, hits=0.1, harm=0.2))
    refreshed(engine, company)
    assert effect(engine)["contracts"] > 0
    agree("contract_value", "contract_renewals", "contract_effects", "customer_value")


@pytest.fixture
def engine_of_one() -> DuckDBEngine:
    return DuckDBEngine(threads=1)


def test_thin_or_unclear_contracts_have_no_value_and_the_reason(
    engine_of_one: DuckDBEngine,
) -> None:
    few = simulate(np.random.default_rng(9), Company(contracts=40, months=6))
    table = few.subscriptions
    place = table.schema.names.index("period")
    periods = ["month"] * 30 + ["now and then"] * 10
    few = replace(few, subscriptions=table.set_column(place, "period", [periods]))
    account = refreshed(engine_of_one, few)
    said = " ".join(account["notes"])
    assert "it takes 20" in said
    assert "10 of 40 contracts do not say how often they are renewed" in said
    rows = engine_of_one.arrow("SELECT * FROM contract_value WHERE running").to_pylist()
    assert rows and all(row["value"] is None for row in rows)


def test_a_source_that_begins_late_is_told_and_does_not_flatter(
    engine_of_one: DuckDBEngine,
) -> None:
    company = simulate(np.random.default_rng(11), Company(contracts=1500))
    table = company.subscriptions.to_pandas()
    since = datetime(2023, 9, 1, tzinfo=UTC)
    seen = table[table["ended_at"].isna() | (table["ended_at"] >= since)]
    cut = replace(
        company,
        subscriptions=company.subscriptions.take(seen.index.to_numpy()),
    )
    refreshed(engine_of_one, company)
    sql = "SELECT sum(value) AS v FROM contract_value"
    whole = float(engine_of_one.scalar(sql))
    account = refreshed(engine_of_one, cut)
    assert account["contracts"]["groups"][0]["begins_late"]
    assert any("ended early on are missing" in note for note in account["notes"])
    assert float(engine_of_one.scalar(sql)) == pytest.approx(whole, rel=0.1)


def test_complaint_and_leaving_of_telecom_customers_go_together(data_folder: Path) -> None:
    table = pd.read_csv(data_folder / "iranian_churn" / "Customer_Churn.csv").drop_duplicates()
    table.columns = [" ".join(name.split()) for name in table.columns]
    table = table.rename(columns={"Complains": "hit", "Churn": "left"})
    found = value.leaving(table, strata=("Tariff Plan", "Subscription Length", "Frequency of use"))
    assert found.grade == "C"
    assert found.low > 0 and found.ratio > 3
    assert "Being hit and leaving go together" in found.sentence
    assert "association (grade C)" in found.sentence
    # Without strata it is the plain difference of two shares.
    hit, rest = table[table["hit"] == 1], table[table["hit"] == 0]
    plain = hit["left"].sum() - len(hit) * rest["left"].mean()
    assert value.leaving(table).value == pytest.approx(plain)
    assert found.plain == pytest.approx(plain)


def test_what_cannot_be_compared_is_refused() -> None:
    with pytest.raises(InputError, match="0 or 1"):
        value.leaving({"hit": [0, 2], "left": [0, 1]})
    with pytest.raises(InputError, match="strata is 'Age', one text"):
        value.leaving({"hit": [0, 1], "left": [0, 1], "Age": [4, 5]}, strata="Age")
    for bad in (None, float("nan"), -1):
        with pytest.raises(InputError, match="hit holds no finite number from 0 on in row 1"):
            value.leaving({"hit": [0, bad], "left": [0, 1]})
    with pytest.raises(InputError, match="row 1, column left: .* is not a number"):
        value.leaving({"hit": [0, 1], "left": ["0", "gone"]})
    with pytest.raises(InputError, match="plan holds nothing in row 1"):
        value.leaving({"hit": [0, 1], "left": [0, 1], "plan": ["A", None]}, strata=("plan",))
    with pytest.raises(NotEnoughData, match="it takes 20"):
        value.leaving({"hit": [1, 0] * 5, "left": [0, 1] * 5})
    with pytest.raises(NotEnoughData, match="too few left"):
        value.leaving({"hit": [1] * 40 + [0] * 40, "left": [0] * 80})
    with pytest.raises(InputError, match="each renewal from 1 on once"):
        value.fit({"renewal": [1, 2], "due": [10, 5], "left": [1, 6]}, model="sbg")
    with pytest.raises(NotEnoughData, match="someone who left"):
        value.fit({"renewal": [1, 2], "due": [10, 10], "left": [0, 0]}, model="sbg")
