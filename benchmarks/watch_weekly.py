"""Weekly p-values on the 42 scenarios of Noufaily et al. (2013), beside R's farringtonFlexible.

    python benchmarks/watch_weekly.py [series a scenario, 20] [alarms of an earlier R run, .npy]

Without R and its package surveillance only goodwill's own figures are made.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

from _bench import report, timed
from _noufaily import FIRST, SALMON_SCRIPT, farrington_flexible, has_surveillance, simulate
from goodwill.watch import weekly

ALPHA, SEED = 0.01, 7


def judge(name, alarms, sample, cpu, judged):
    """Return the row of one method: alarms (series, 49 weeks)."""
    clean = sample.outbreak[:, FIRST:] == 0
    rate = alarms[clean].mean()
    found = (alarms & ~clean).any(1)
    return {
        "method": name, "alpha": ALPHA, "series": len(alarms),
        "false positive rate": round(float(rate), 5),
        "of nominal": round(float(rate) / ALPHA, 2),
        "probability of detection": round(float(found.mean()), 4),
        "CPU ms a series-week": round(1000 * cpu / judged, 4) if cpu else None,
    }  # fmt: skip


def salmon():
    """Return the alarms of 2011 on Salmonella Newport in Germany, alpha .001."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "s.csv"
        subprocess.run(["Rscript", "-e", SALMON_SCRIPT, str(path)], check=True)
        rows = list(csv.DictReader(path.open()))
    dates = [row["date"] for row in rows]
    p = weekly([int(row["n"]) for row in rows], dates=dates)[0]
    return [
        f"{row['date']} ({row['n']} cases)"
        for row, value in zip(rows, p, strict=True)
        if value < 0.001 and row["date"][:4] == "2011"
    ]


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    sample = simulate(size, SEED)
    p, _, cpu = timed(lambda: weekly(sample.counts, dates=sample.dates))
    judged = int((~np.isnan(p)).sum())
    rows = [judge("goodwill", p[:, FIRST:] < ALPHA, sample, cpu, judged)]
    versions, weeks = "", None
    if len(sys.argv) > 2:
        # The cost is taken anew, on few series.
        cpu, part = None, 1
        if has_surveillance():
            alarms, cpu, versions = farrington_flexible(
                sample.counts[:: len(sample.counts) // 12], ALPHA
            )
            part = alarms.size
        rows.append(judge("farringtonFlexible", np.load(sys.argv[2]), sample, cpu, part))
    elif has_surveillance():
        alarms, cpu, versions = farrington_flexible(sample.counts, ALPHA)
        rows.append(judge("farringtonFlexible", alarms, sample, cpu, alarms.size))
    if has_surveillance():
        weeks = salmon()
        print("Salmonella Newport 2011, alpha .001:", ", ".join(weeks))
    report("watch_weekly", rows, r=versions, salmonella_newport_2011=weeks)


if __name__ == "__main__":
    main()
