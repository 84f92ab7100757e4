"""Weekly p-values against the years before."""

from __future__ import annotations

import csv
import subprocess

import numpy as np
import pytest
from scipy import optimize, stats

import _noufaily as noufaily
from goodwill.errors import InputError
from goodwill.watch import monthly, weekly
from goodwill.watch.seasonal import RIDGE, WEEK, _columns

START = np.datetime64("2004-01-05")


def weeks(number):
    return START + 7 * np.arange(number)


def test_the_first_three_years_have_no_p_value_and_all_later_weeks_have():
    counts = np.random.default_rng(0).poisson(4.0, (3, 200))
    p = weekly(counts, dates=weeks(200))
    assert np.isnan(p[:, :156]).all()
    assert ((p[:, 156:] > 0) & (p[:, 156:] <= 1)).all()


def test_weeks_not_observed_have_no_p_value_and_do_not_disturb_the_others():
    counts = np.random.default_rng(1).poisson(6.0, (1, 260)).astype(float)
    counts[0, 250] = 40
    whole = weekly(counts, dates=weeks(260))
    counts[0, [100, 101, 255]] = np.nan
    part = weekly(counts, dates=weeks(260))
    assert np.isnan(part[0, 255])
    assert whole[0, 250] < 1e-6
    assert part[0, 250] < 1e-6


def test_a_week_is_judged_by_nothing_that_comes_after_it():
    counts = np.random.default_rng(2).poisson(6.0, (2, 240))
    whole = weekly(counts, dates=weeks(240))
    part = weekly(counts[:, :200], dates=weeks(200))
    np.testing.assert_array_equal(part, whole[:, :200])


def test_one_week_equals_a_slow_fit_of_the_same_model():
    rng = np.random.default_rng(4)
    season = np.exp(0.4 * np.cos(2 * np.pi * np.arange(220) / 52.2))
    counts = rng.negative_binomial(4, 1 / (1 + 2 * season))
    p = weekly(counts, dates=weeks(220))[0]
    week = 219
    past = counts[: week - WEEK.left_out].astype(float)
    x = _columns(np.arange(len(past)) - week, WEEK.year)

    def fit(weight):
        def loss(b):
            eta = x @ b
            return -(weight * (past * eta - np.exp(eta))).sum() + RIDGE / 2 * (b @ b)

        b = optimize.minimize(loss, np.r_[2.0, np.zeros(5)], method="BFGS").x
        mean = np.exp(x @ b)
        free = (weight > 0).sum() - 6
        return b, mean, max(1.0, (weight * (past - mean) ** 2 / mean).sum() / free)

    _, mean, phi = fit(np.ones(len(past)))
    residual = 1.5 * (past ** (2 / 3) - mean ** (2 / 3)) / mean ** (1 / 6) / np.sqrt(phi)
    weight = np.where(residual > 2.58, residual, 1.0) ** -2.0
    b, mean, phi = fit(weight * len(past) / weight.sum())
    now = np.exp(_columns(np.zeros(1), WEEK.year)[0] @ b)
    assert phi > 1
    size = now / (phi - 1)
    slow = stats.nbinom.sf(counts[week] - 1, size, size / (size + now))
    assert p[week] == pytest.approx(slow, rel=5e-3)


def test_false_positives_and_detections_on_the_42_scenarios():
    sample = noufaily.simulate(2, 42)
    p = weekly(sample.counts, dates=sample.dates)[:, noufaily.FIRST :]
    clean = sample.outbreak[:, noufaily.FIRST :] == 0
    alarms = p < 0.01
    # Between .5 and 1.2 times nominal, and a margin that chance crosses once in 1,000 runs.
    low, high = stats.binom.ppf([0.001, 0.999], clean.sum(), [0.005, 0.012])
    assert low <= alarms[clean].sum() <= high
    found = (alarms & ~clean).any(1)
    assert found.mean() > 0.3


@pytest.mark.data
def test_salmonella_newport_2011_gives_exactly_the_four_weeks(tmp_path):
    if not noufaily.has_surveillance():
        pytest.skip("R with the package surveillance is not installed: its data is the input")
    subprocess.run(["Rscript", "-e", noufaily.SALMON_SCRIPT, str(tmp_path / "s.csv")], check=True)
    rows = list(csv.DictReader((tmp_path / "s.csv").open()))
    dates = [row["date"] for row in rows]
    p = weekly([int(row["n"]) for row in rows], dates=dates)[0]
    alarms = [d for d, value in zip(dates, p, strict=True) if value < 0.001 and d[:4] == "2011"]
    assert alarms == ["2011-11-07", "2011-11-14", "2011-11-21", "2011-12-19"]


def test_dates_that_are_not_weeks_apart_are_refused():
    with pytest.raises(InputError, match="7 days"):
        weekly(np.ones(200), dates=START + np.arange(200))


def test_months_are_judged_as_weeks_are_and_need_no_equal_length():
    draw = np.random.default_rng(5)
    axis = np.arange("2014-01", "2021-01", dtype="datetime64[M]")
    season = np.exp(0.4 * np.cos(2 * np.pi * np.arange(len(axis)) / 12))
    counts = draw.poisson(60 * season * np.ones((20, 1)))
    p = monthly(counts, dates=axis)
    assert np.isnan(p[:, :36]).all()
    assert 0 < (p[:, 36:] < 0.01).mean() < 0.025
    counts[3, 70] *= 2
    assert monthly(counts, dates=[f"{month}-15" for month in axis])[3, 70] < 1e-6
    with pytest.raises(InputError, match="or a gap"):
        monthly(counts, dates=np.delete(np.append(axis, axis[-1] + 1), 5))


def test_public_complaints_about_two_companies_rose_when_it_was_in_the_papers(data_folder):
    rows = (data_folder / "cfpb" / "monthly_counts_20_companies.csv").read_text().splitlines()[1:]
    axis = np.arange("2011-12", "2026-07", dtype="datetime64[M]")
    counts = {name: np.zeros(len(axis)) for name in ("Robinhood", "TD BANK")}
    for month, _, company, about_credit, number in (row.split(",")[:5] for row in rows):
        if company in counts and about_credit == "False" and np.datetime64(month) <= axis[-1]:
            counts[company][int((np.datetime64(month) - axis[0]).astype(int))] += int(number)
    p = monthly(np.stack(list(counts.values())), dates=axis)
    raised = [[str(axis[i]) for i in np.flatnonzero(row < 1e-4)] for row in p]
    assert "2021-02" in raised[0]
    assert "2018-01" in raised[1]
    assert max(map(len, raised)) <= 12
