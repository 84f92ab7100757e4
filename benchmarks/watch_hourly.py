"""Watching by the hour: false alerts of calm years, and hours until a burst of eight hours is told.

    python benchmarks/watch_hourly.py

40 dense segments of 6 to 150 contacts in their busiest hour; each day has its own level (standard
deviation 8 %) beside season and trend or drift. The bursts: ten segments of each size, at 0.3 false
alerts a month for all 40.
"""

from __future__ import annotations

import numpy as np

from _bench import report, timed
from _hourly import company, draw
from goodwill.watch import detect_hourly

SERIES, DAYS, STATED = 40, 56 + 14 + 365, 2.0
HOURS = np.datetime64("2022-01-03T00") + np.arange(DAYS * 24)
BROKE = 250 * 24 + 10
SIZES = (6.0, 12.0, 30.0, 100.0)


def calm(shape: str, seed: int) -> dict[str, object]:
    rng = np.random.default_rng([1, seed])
    busy = np.exp(rng.uniform(np.log(6), np.log(150), SERIES))
    counts = draw(rng, company(rng, busy, DAYS, shape), rng.choice([1.0, 1.3, 1.8], SERIES))
    found, _, cpu = timed(lambda: detect_hourly(counts, hours=HOURS, false_alerts_per_month=STATED))
    return {"world": shape, "stated": 24, "alerts": len(found), "cpu_s": round(cpu, 1)}


def bursts(times: float) -> list[dict[str, object]]:
    rng = np.random.default_rng([2, int(times)])
    mean = company(rng, np.repeat(SIZES, 10), DAYS, "flat")
    mean[:, BROKE : BROKE + 8] *= times
    counts = draw(rng, mean, np.full(SERIES, 1.3))
    found = detect_hourly(counts, hours=HOURS, false_alerts_per_month=0.3).to_pylist()
    begin = HOURS[BROKE].item()
    rows = []
    for place, size in enumerate(SIZES):
        hours = {}
        for row in found:
            after = (row["raised_at"] - begin).total_seconds() / 3600
            if row["series"] // 10 == place and 0 < after <= 14:
                hours.setdefault(row["series"], after)
        rows.append({
            "burst": f"x{times:g}", "in the busiest hour": size, "found on its day": len(hours),
            "of": 10, "median hours": float(np.median(list(hours.values()))) if hours else None,
        })  # fmt: skip
    return rows


def main() -> None:
    rows: list[dict[str, object]] = []
    for seed, shape in enumerate(("flat", "season and trend", "drift")):
        rows.append(calm(shape, seed))
    for times in (2.0, 3.0, 5.0):
        rows += bursts(times)
    report("watch_hourly", rows)


if __name__ == "__main__":
    main()
