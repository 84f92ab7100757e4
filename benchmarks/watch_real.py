"""The watch on public complaints: months of 20 companies, days of 2015, tweets to one brand.

    python benchmarks/watch_real.py

Prints every alert. A run of months whose p-value is below ``ALPHA``, with two between at most, is
one. ``docs/alerts_on_real_data.md`` says what is publicly known of them.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import datetime

import numpy as np

from _bench import data_folder, report, timed
from goodwill.watch import detect, emerging, monthly

ALPHA, LEAST, GAP = 1e-4, 30, 2
"""One false month in 10,000; contacts that a month must hold; months that part two alerts."""


def read(name: str):
    with (data_folder() / name).open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def months() -> list[dict[str, object]]:
    """Return the alerts on each company's months, without complaints about credit reports."""
    rows = [r for r in read("cfpb/monthly_counts_20_companies.csv") if r["month"]]
    axis = np.arange(
        min(r["month"] for r in rows), np.datetime64(max(r["month"] for r in rows)) + 1,
        dtype="datetime64[M]",
    )[:-1]  # fmt: skip
    counts: dict[tuple[str, str], np.ndarray] = defaultdict(lambda: np.zeros(len(axis)))
    for row in rows:
        at = int((np.datetime64(row["month"]) - axis[0]).astype(int))
        if at < len(axis):
            about = "credit reports" if row["credit_reporting"] == "True" else "all else"
            counts[row["company"], about][at] += int(row["n"])
    keys = sorted(counts)
    matrix = np.stack([counts[key] for key in keys])
    p = monthly(matrix, dates=axis)
    out = []
    for key, series, values in zip(keys, matrix, p, strict=True):
        hits = np.flatnonzero((values < ALPHA) & (series >= LEAST))
        for run in np.split(hits, np.flatnonzero(np.diff(hits) > GAP + 1) + 1):
            if not len(run):
                continue
            year = series[max(0, run[0] - 12) : run[0]]
            top = run[int(series[run].argmax())]
            out.append(
                {
                    "what": "month", "series": f"{key[0]}, {key[1]}", "since": str(axis[run[0]]),
                    "until": str(axis[run[-1]]), "highest": str(axis[top]),
                    "contacts": int(series[top]), "usual": round(float(np.median(year)), 1),
                    "p": f"{values[run].min():.0e}",
                }
            )  # fmt: skip
    print(f"{len(keys)} series, {len(axis)} months, {int((~np.isnan(p)).sum())} judged")
    return out


def complaint_days() -> list[dict[str, object]]:
    """Return the alerts on days of the first quarter of 2015, by product and issue."""
    rows = read("cfpb/complaints_2015q1.csv")
    day = np.array(
        [datetime.strptime(r["Date received"], "%m/%d/%Y") for r in rows], "datetime64[D]"
    )
    axis = np.arange(day.min(), day.max() + 1)
    counts: dict[str, np.ndarray] = defaultdict(lambda: np.zeros(len(axis)))
    for row, at in zip(rows, (day - axis[0]).astype(int), strict=True):
        for key in ("all", row["Product"], f"{row['Product']}: {row['Issue']}"):
            counts[key][at] += 1
    keys = [key for key in sorted(counts) if counts[key].sum() >= 30]
    found = detect(np.stack([counts[key] for key in keys]), dates=axis, false_alerts_per_month=2.0)
    print(f"{len(keys)} series, {len(axis)} days of complaints")
    return [
        {"what": "day", "series": keys[r["series"]], "since": str(r["since"]),
         "until": str(r["raised_at"]), "highest": r["arm"], "contacts": r["count"],
         "usual": round(r["expected"], 1), "p": f"e {r['e_value']:.0f}"}
        for r in found.to_pylist()
    ]  # fmt: skip


def tweets() -> list[dict[str, object]]:
    """Return the phrases that came up among the tweets to one brand."""
    rows = [r for r in read("spotify_support/support_requests.csv") if r["created_at"]]
    good = []
    for row in rows:
        try:
            good.append((datetime.strptime(row["created_at"], "%a %b %d %H:%M:%S %z %Y"), row))
        except ValueError:
            continue
    found = emerging([r["text"] for _, r in good], [at.date() for at, _ in good]).to_pylist()
    print(f"{len(good)} tweets")
    return [
        {"what": "phrase", "series": r["phrase"] + (" (copied)" if r["copied"] else ""),
         "since": str(r["day"]), "until": str(r["day"]), "highest": "", "contacts": r["count"],
         "usual": round(r["expected"], 1), "p": f"e {r['e_value']:.0e}"}
        for r in found if not r["said_by"]
    ]  # fmt: skip


def main() -> None:
    rows, _, cpu = timed(lambda: months() + complaint_days() + tweets())
    report("watch_real", rows, cpu_s=round(cpu, 1), alpha=ALPHA)


if __name__ == "__main__":
    main()
