"""The 42 scenarios of Noufaily et al. (2013), and farringtonFlexible of R on the same series."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

WEEKS, FIRST = 624, 575  # judged: the last 49 weeks, 576 to 624 counted from one
THETA = (0.1, -2.0, 1.5, 0.5, 2.5, 3.75, 5.0)
BETA = (0.0025, 0.005, 0.003, 0.002, 0.001, 0.001, 0.0001)
GAMMA1 = (0.6, 0.1, 0.2, 0.5, 1.0, 0.1, 0.05)
GAMMA2 = (0.6, 0.3, -0.4, 0.5, 0.1, -0.1, 0.01)
PHI = (1.5, 2.0, 1.0, 5.0, 3.0, 1.1, 1.2)
SCENARIOS = tuple((i, h, t) for t in (0, 1) for h in (0, 1, 2) for i in range(7))


@dataclass(frozen=True)
class Series:
    """Simulated weeks: ``counts`` and ``outbreak`` (series, weeks), and each row's scenario."""

    counts: NDArray[np.int64]
    outbreak: NDArray[np.int64]
    scenario: NDArray[np.int64]
    size: NDArray[np.int64]
    dates: NDArray[np.datetime64]


def _draw(rng: np.random.Generator, mean: NDArray[np.float64], phi: float) -> NDArray[np.int64]:
    if phi <= 1:
        return rng.poisson(mean)
    return rng.negative_binomial(mean / (phi - 1), 1 / phi)


def _spread(rng: np.random.Generator, first: int, cases: int, into: NDArray[np.int64]) -> None:
    """Put the cases of an outbreak at lognormal(0, .5) weeks after its first week."""
    week = first + np.floor(rng.lognormal(0.0, 0.5, cases)).astype(int)
    np.add.at(into, week[week < len(into)], 1)


def simulate(per_scenario: int, seed: int, sizes: tuple[int, ...] = (2, 3, 5, 7, 10)) -> Series:
    """Return ``per_scenario`` series of each scenario.

    Four outbreaks lie in the five years before the judged weeks and one starts in them. An
    outbreak has Poisson(size x sd of its first week) cases; sizes are drawn evenly.
    """
    rng = np.random.default_rng(seed)
    week = np.arange(1, WEEKS + 1)
    counts, outbreak, scenario, size = [], [], [], []
    for number, (i, harmonics, trend) in enumerate(SCENARIOS):
        log_mean = THETA[i] + BETA[i] * week * trend
        for j in range(1, harmonics + 1):
            angle = 2 * np.pi * j * week / 52
            log_mean = log_mean + GAMMA1[i] * np.cos(angle) + GAMMA2[i] * np.sin(angle)
        mean = np.exp(log_mean)
        sd = np.sqrt(PHI[i] * mean)
        for _ in range(per_scenario):
            extra = np.zeros(WEEKS, int)
            for first in rng.integers(312, FIRST, 4):
                _spread(rng, first, rng.poisson(rng.choice(sizes) * sd[first]), extra)
            extra[FIRST:] = 0
            k = int(rng.choice(sizes))
            first = int(rng.integers(FIRST, WEEKS - 4))
            before = extra.copy()
            _spread(rng, first, max(1, rng.poisson(k * sd[first])), extra)
            counts.append(_draw(rng, mean, PHI[i]) + extra)
            outbreak.append(extra - before)
            scenario.append(number)
            size.append(k)
    # 52-week years, as the scenarios have them, are within a week of the calendar's here.
    dates = np.datetime64("2004-01-05") + 7 * np.arange(WEEKS)
    return Series(*(np.array(v) for v in (counts, outbreak, scenario, size)), dates)


R_SCRIPT = """
suppressMessages(library(surveillance))
args <- commandArgs(TRUE)
y <- as.matrix(read.csv(args[1], header=FALSE))            # weeks x series
x <- sts(observed=y, frequency=52, start=c(2004, 2))
t0 <- proc.time()
control <- list(range=576:624, b=5, w=3, noPeriods=10, pastWeeksNotIncluded=26, reweight=TRUE,
  weightsThreshold=2.58, pThresholdTrend=1, thresholdMethod="nbPlugin", alpha=as.numeric(args[3]),
  limit54=c(0, 4), verbose=FALSE, glmWarnings=FALSE)
r <- suppressWarnings(farringtonFlexible(x, control))
took <- (proc.time() - t0)[["user.self"]]
write.table(r@alarm * 1, args[2], sep=",", row.names=FALSE, col.names=FALSE)
cat(took, as.character(packageVersion("surveillance")), R.version$major, R.version$minor)
"""


def has_surveillance() -> bool:
    """Return whether R with the package surveillance is installed."""
    if shutil.which("Rscript") is None:
        return False
    probe = ["Rscript", "-e", "quit(status = !requireNamespace('surveillance', quietly = TRUE))"]
    return subprocess.run(probe, capture_output=True).returncode == 0


def farrington_flexible(
    counts: NDArray[np.int64], alpha: float
) -> tuple[NDArray[np.bool_], float, str]:
    """Return R's alarms (series, 49 weeks), its CPU seconds, and its versions."""
    with tempfile.TemporaryDirectory() as folder:
        here = Path(folder)
        (here / "run.R").write_text(R_SCRIPT)
        np.savetxt(here / "y.csv", counts.T, fmt="%d", delimiter=",")
        done = subprocess.run(
            ["Rscript", str(here / "run.R"), str(here / "y.csv"), str(here / "a.csv"), str(alpha)],
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        alarms = np.loadtxt(here / "a.csv", delimiter=",", ndmin=2).T
    took, package, major, minor = done.stdout.split()[-4:]
    return alarms > 0.5, float(took), f"R {major}.{minor}, surveillance {package}"


SALMON_SCRIPT = """
suppressMessages(library(surveillance)); data(salmNewport)
x <- aggregate(salmNewport, by = 'unit')
d <- as.Date(x@epoch, origin = '1970-01-01')
write.csv(data.frame(date = d, n = x@observed[, 1]), commandArgs(TRUE)[1], row.names = FALSE)
"""
