"""Early warning on daily counts: false alerts in 18 cells and for a company, delay, and cost.

    python benchmarks/watch_detection.py [series a cell, 400]

Cells are six rates by three shapes of the level; dispersion 1, 2 and 3 in turn in each. The delay
of doublings is taken at the evidence at which one false alert a series-year is observed.
"""

from __future__ import annotations

import sys

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from _bench import report, timed
from _daily import CELLS, DISPERSIONS, RATES, SHAPES, draw, means
from goodwill.watch import detect

START = np.datetime64("2022-01-03")
YEAR = 365


def days(number: int) -> NDArray[np.datetime64]:
    return START + np.arange(number)


def cell(number: int, series: int, seed: int, length: int, rise_at: int | None = None):
    """Return counts, true means and dispersions of a cell's series."""
    rng = np.random.default_rng([seed, number])
    rate, shape = CELLS[number]
    phi = np.resize(DISPERSIONS, series).astype(float)
    mean = means(rng, rate, shape, series, length)
    risen = mean.copy()
    if rise_at is not None:
        risen[:, rise_at:] *= 2
    return draw(rng, risen, phi), mean, phi


def false_alerts(series: int) -> list[dict[str, object]]:
    rows = []
    for number, (rate, shape) in enumerate(CELLS):
        counts, _, _ = cell(number, series, 1, 2 * YEAR)
        row: dict[str, object] = {"what": "false alerts", "rate": rate, "level": shape}
        for run in (365, 3650):
            found = detect(
                counts, dates=days(2 * YEAR), watch_from=days(2 * YEAR)[YEAR],
                false_alerts_per_month=30 * series / run,
            )  # fmt: skip
            row[f"stated A={run}"] = round(series * YEAR / run, 1)
            row[f"observed A={run}"] = len(found)
            row[f"run length/A={run}"] = round(series * YEAR / max(len(found), 1) / run, 2)
        rows.append(row)
    return rows


def company(series: int) -> list[dict[str, object]]:
    counts = np.concatenate([cell(i, series, 11, 2 * YEAR)[0] for i in range(len(CELLS))])
    rows = []
    for month in (2.0, 20.0):
        found = detect(
            counts, dates=days(2 * YEAR), watch_from=days(2 * YEAR)[YEAR],
            false_alerts_per_month=month,
        )  # fmt: skip
        upper = stats.chi2.ppf(0.95, 2 * (len(found) + 1)) / 2
        stated = month * YEAR / 30
        rows.append(
            {
                "what": "company", "series": len(counts), "false alerts a month": month,
                "stated a year": round(stated, 1), "observed": len(found),
                "upper 95 % limit": round(float(upper), 1),
                "stated/observed": round(stated / max(len(found), 1), 2),
            }
        )  # fmt: skip
    return rows


def true_mean_known(counts, mean, phi, evidence: float, rise_at: int | None):
    """Return false alerts a series-year, or days to the first alert: no baseline to fit."""
    steps = np.array([1.3, 1.7, 2.4, 4.0, 8.0])
    sums = np.zeros((len(counts), len(steps)))
    first, alarms = np.full(len(counts), 999), 0
    for day in range(YEAR, counts.shape[1]):
        mu = mean[:, day, None]
        size = mu / np.maximum(phi[:, None] - 1, 1e-3)
        y = counts[:, day, None]
        gain = y * np.log(steps) - (y + size) * np.log1p((steps - 1) * mu / (size + mu))
        sums = (sums + 1) * np.exp(np.minimum(gain, 500))
        hit = sums.mean(1) >= evidence
        sums[hit] = 0
        alarms += int(hit.sum())
        if rise_at is not None and day >= rise_at:
            first[hit] = np.minimum(first[hit], day - rise_at + 1)
    watched = len(counts) * (counts.shape[1] - YEAR) / 365
    return alarms / watched if rise_at is None else first


def delays(series: int) -> list[dict[str, object]]:
    """Return delays at the evidence that gives one false alert a series-year."""
    quiet = [cell(i, series, 5, 2 * YEAR) for i in range(len(CELLS))]
    rise_at = YEAR + 30
    risen = [cell(i, series, 6, rise_at + 61, rise_at) for i in range(len(CELLS))]

    def ours_false(evidence: float) -> float:
        return float(np.mean([
            len(detect(counts, dates=days(2 * YEAR), watch_from=days(YEAR + 1)[YEAR],
                       false_alerts_per_month=30 * series / evidence)) / series
            for counts, _, _ in quiet
        ]))  # fmt: skip

    def ours_delay(evidence: float) -> NDArray[np.int64]:
        out = []
        for counts, _, _ in risen:
            length = counts.shape[1]
            found = detect(
                counts, dates=days(length), watch_from=days(length)[YEAR],
                false_alerts_per_month=30 * series / evidence,
            )  # fmt: skip
            raised = found["raised_at"].to_numpy().astype("datetime64[D]")
            delay = (raised - days(length)[rise_at]).astype(int) + 1
            first = np.full(series, 999)
            np.minimum.at(first, found["series"].to_numpy()[delay >= 1], delay[delay >= 1])
            out.append(first)
        return np.concatenate(out)

    rows = []
    oracle_false = lambda a: float(np.mean([true_mean_known(*q, a, None) for q in quiet]))  # noqa: E731
    oracle_delay = lambda a: np.concatenate(  # noqa: E731
        [true_mean_known(*q, a, rise_at) for q in risen]
    )
    for name, false, delay, low, high in (
        ("goodwill", ours_false, ours_delay, 50.0, 90.0),
        ("true mean known", oracle_false, oracle_delay, 90.0, 180.0),
    ):
        ends = [(np.log(false(a)), np.log(a)) for a in (low, high)]
        slope = (ends[1][1] - ends[0][1]) / (ends[1][0] - ends[0][0])
        evidence = float(np.exp(ends[0][1] - slope * ends[0][0]))
        first = delay(evidence)
        cut = np.minimum(first, 60)
        row = {
            "what": "doubling", "method": name, "evidence": round(evidence, 1),
            "false alerts a series-year": round(false(evidence), 3),
            "found in 14 days": round(float((first <= 14).mean()), 3),
            "in 28 days": round(float((first <= 28).mean()), 3),
            "mean delay (cut at 60)": round(float(cut.mean()), 2),
        }  # fmt: skip
        by_rate = cut.reshape(len(RATES), len(SHAPES), -1).mean((1, 2))
        rows.append(row | {f"at {r:g} a day": round(float(v), 1)
                           for r, v in zip(RATES, by_rate, strict=True)})  # fmt: skip
    return rows


def cost() -> list[dict[str, object]]:
    rng = np.random.default_rng(0)
    series, length = 10_000, 3 * YEAR
    rate = np.exp(rng.uniform(np.log(0.05), np.log(100), series))
    mean = means(rng, 1.0, "season and trend", series, length) * rate[:, None]
    counts = draw(rng, mean, np.resize(DISPERSIONS, series).astype(float))
    rows = []
    for name, last in (("nightly (last 28 days)", 28), ("replay of a year", YEAR)):
        found, wall, cpu = timed(
            lambda last=last: detect(counts, dates=days(length), watch_from=days(length)[-last])
        )
        rows.append({"what": name, "series": series, "days": length, "CPU s": round(cpu, 1),
                     "wall s": round(wall, 1), "alerts": len(found)})  # fmt: skip
    return rows


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    parts = [cost(), false_alerts(size), company(max(20, size // 3)), delays(max(20, size // 2))]
    for part in parts[1:]:
        print(part)
    report("watch_detection", [row for part in parts for row in part], series_a_cell=size)
