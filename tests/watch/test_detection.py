"""Early warning on daily counts: what is raised, when, how often wrongly."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from scipy import stats

import _daily as daily
from goodwill.errors import InputError
from goodwill.watch import detect

START = np.datetime64("2022-01-03")
RARE = {"false_alerts_per_month": 0.05}


def days(number):
    return START + np.arange(number)


def quiet(series=30, length=400, rate=5.0, seed=1):
    rng = np.random.default_rng(seed)
    mean = daily.means(rng, rate, "flat", series, length)
    return daily.draw(rng, mean, np.full(series, 1.5)), mean


def test_a_doubling_is_raised_with_its_first_day_and_size():
    counts, mean = quiet()
    rise = np.random.default_rng(2).poisson(mean[3, 350:])
    counts[3, 350:] += rise
    alerts = detect(counts, dates=days(400), **RARE).to_pylist()
    assert [a["series"] for a in alerts] == [3]
    alert = alerts[0]
    assert alert["arm"] == "rise"
    first = (np.datetime64(alert["since"]) - START).astype(int)
    raised = (np.datetime64(alert["raised_at"]) - START).astype(int)
    assert 336 <= first <= 353
    assert 350 <= raised <= 380
    assert 1.5 < alert["ratio"] < 2.8
    assert alert["ratio"] == pytest.approx(alert["count"] / alert["expected"])
    assert alert["e_value"] >= 30 * len(counts) / 0.05


def test_a_single_wild_day_is_raised_as_a_spike_of_that_day():
    counts, _ = quiet()
    counts[7, 300] += 45
    alerts = detect(counts, dates=days(400), **RARE).to_pylist()
    assert [(a["series"], a["arm"]) for a in alerts] == [(7, "spike")]
    assert alerts[0]["since"] == alerts[0]["raised_at"] == days(400)[300].item()


def test_a_jump_that_stays_is_a_spike_then_a_rise_since_that_day_then_silence():
    counts, mean = quiet(rate=5.0)
    counts[9, 300:] = np.random.default_rng(10).poisson(8 * mean[9, 300:])
    alerts = detect(counts, dates=days(400), **RARE).to_pylist()
    assert {a["series"] for a in alerts} == {9}
    assert [a["arm"] for a in alerts] == ["spike", "rise"]
    assert {a["since"] for a in alerts} == {days(400)[300].item()}
    assert alerts[1]["raised_at"] <= days(400)[303].item()


def test_a_first_contact_in_a_series_without_any_is_no_alert():
    counts, _ = quiet(series=200)
    counts[:100] = 0
    counts[5, 300] = 1
    assert 5 not in detect(counts, dates=days(400), **RARE)["series"].to_pylist()


def test_a_rise_is_raised_once_and_again_when_it_grows():
    counts, mean = quiet(rate=20.0)
    rng = np.random.default_rng(5)
    counts[4, 250:] = rng.poisson(2 * mean[4, 250:])
    one = detect(counts, dates=days(400), watch_from=days(400)[240], **RARE)
    assert one["series"].to_pylist() == [4]
    assert one["raised_at"][0].as_py() <= days(400)[256].item()
    counts[4, 300:] = rng.poisson(6 * mean[4, 300:])
    two = detect(counts, dates=days(400), watch_from=days(400)[240], **RARE).to_pylist()
    assert {a["series"] for a in two} == {4}
    assert 2 <= len(two) <= 3
    assert two[1]["raised_at"] >= days(400)[300].item()
    assert two[-1]["raised_at"] <= days(400)[310].item()


def test_an_alert_uses_nothing_of_the_days_after_it():
    counts, mean = quiet(series=12, length=330)
    counts[2, 250:] = np.random.default_rng(3).poisson(3 * mean[2, 250:])
    counts[5, 290] += 60
    whole = detect(counts, dates=days(330), **RARE)
    for cut in (240, 254, 291, 305):
        part = detect(counts[:, :cut], dates=days(cut), **RARE)
        until = days(330)[cut - 1].item()
        expected = [a for a in whole.to_pylist() if a["raised_at"] <= until]
        assert len(part) == len(expected)
        for ours, theirs in zip(part.to_pylist(), expected, strict=True):
            assert ours == pytest.approx(theirs)


def test_a_series_is_judged_alike_in_any_order_of_rows():
    counts, mean = quiet(series=10)
    counts[2, 350:] += np.random.default_rng(4).poisson(2 * mean[2, 350:])
    order = np.random.default_rng(0).permutation(10)
    plain = detect(counts, dates=days(400), **RARE).to_pylist()
    mixed = detect(counts[order], dates=days(400), **RARE).to_pylist()
    assert plain
    assert [int(order[a["series"]]) for a in mixed] == [a["series"] for a in plain]


@pytest.mark.parametrize("rate, shape", [(0.2, "flat"), (5.0, "drift"), (20.0, "drift"),
                                         (5.0, "season and trend")])  # fmt: skip
def test_false_alerts_stay_under_the_stated_number(rate, shape):
    series, watched, mean_run = 120, 365, 365
    rng = np.random.default_rng([7, int(rate * 10)])
    mean = daily.means(rng, rate, shape, series, 365 + watched)
    counts = daily.draw(rng, mean, np.resize(daily.DISPERSIONS, series))
    alerts = detect(
        counts, dates=days(365 + watched), watch_from=days(366)[365],
        false_alerts_per_month=30 * series / mean_run,
    )  # fmt: skip
    stated = series * watched / mean_run
    assert len(alerts) <= stats.poisson.ppf(0.999, stated)
    assert alerts["raised_at"].to_pylist() == sorted(alerts["raised_at"].to_pylist())


def test_doublings_of_five_a_day_are_found_in_about_ten_days():
    series = 60
    rng = np.random.default_rng(11)
    mean = daily.means(rng, 5.0, "flat", series, 460)
    mean[:, 400:] *= 2
    counts = daily.draw(rng, mean, np.full(series, 1.5))
    alerts = detect(
        counts, dates=days(460), watch_from=days(460)[370],
        false_alerts_per_month=30 * series / 365,
    ).to_pandas()  # fmt: skip
    raised = (alerts.raised_at.to_numpy().astype("datetime64[D]") - days(460)[400]).astype(int)
    delay = np.full(series, 60)
    late = raised >= 0
    np.minimum.at(delay, alerts.series.to_numpy()[late], raised[late] + 1)
    assert delay.mean() < 16
    assert (delay <= 28).mean() > 0.85


def test_more_contacts_from_more_orders_are_no_rise():
    counts, mean = quiet(rate=20.0)
    orders = np.full(400, 1000.0)
    orders[350:] = 2000.0
    counts[:, 350:] = np.random.default_rng(6).poisson(2 * mean[:, 350:])
    assert len(detect(counts, dates=days(400), exposure=orders, **RARE)) == 0
    assert len(detect(counts, dates=days(400), **RARE)) >= 30


def test_days_that_were_not_observed_neither_raise_nor_lower():
    counts, mean = quiet(rate=20.0)
    gaps = counts.astype(float)
    gaps[:, 200:230] = np.nan
    gaps[6, 330:] = np.random.default_rng(8).poisson(2 * mean[6, 330:])
    alerts = detect(gaps, dates=days(400), **RARE)
    assert set(alerts["series"].to_pylist()) == {6}


def test_all_containers_of_counts_give_the_same_alerts():
    counts, mean = quiet(series=4)
    counts[2, 350:] = np.random.default_rng(9).poisson(3 * mean[2, 350:])
    expected = detect(counts, dates=days(400), **RARE)
    names = list("abcd")
    columns = dict(zip(names, counts, strict=True))
    texts = [str(day) for day in days(400)]
    assert set(expected["series"].to_pylist()) == {2}
    assert detect(counts.tolist(), dates=texts, **RARE).equals(expected)
    assert detect(pa.table(columns), dates=pa.array(days(400)), **RARE).equals(expected)
    assert detect(pl.DataFrame(columns), dates=pl.Series(days(400)), **RARE).equals(expected)
    assert detect(pd.DataFrame(columns), dates=pd.Series(days(400)), **RARE).equals(expected)
    assert detect(counts, dates=pd.date_range("2022-01-03", periods=400), **RARE).equals(expected)


def test_one_series_may_be_given_flat_and_a_short_history_raises_nothing():
    assert len(detect(np.full(30, 4), dates=days(30))) == 0
    assert detect(np.zeros(200), dates=days(200)).column_names[:5] == [
        "series", "since", "raised_at", "ratio", "e_value",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "change, says",
    [
        ({"counts": np.full((2, 60), -1)}, "-1"),
        ({"counts": [["a"] * 60]}, "cannot be read"),
        ({"counts": np.zeros((2, 3, 4))}, "shape"),
        ({"dates": days(59)}, "59 dates for 60"),
        ({"dates": np.r_[days(59), days(70)[-1:]]}, "each must be 1 day"),
        ({"dates": ["yesterday"] * 60}, "cannot be read"),
        ({"exposure": np.ones(59)}, "exposure has the shape"),
        ({"exposure": np.zeros(60)}, "zero throughout"),
        ({"false_alerts_per_month": 0}, "false_alerts_per_month is 0"),
        ({"false_alerts_per_month": 1000}, "for 2 series"),
    ],
)
def test_bad_input_is_refused_with_the_value_and_the_next_step(change, says):
    given = {"counts": np.ones((2, 60)), "dates": days(60), **change}
    counts = given.pop("counts")
    with pytest.raises(InputError, match=says) as caught:
        detect(counts, **given)
    assert caught.value.hint
