"""False alerts of whole companies in which nothing rises, over all levels of the hierarchy.

    python benchmarks/watch_company.py [companies, 24] [companies watched by the hour too, 8]

A company has 30 themes of 10 areas, three channels and six regions, weekdays, and per world a
season, a trend, and levels that wander: its own, each theme's and each region's. It is watched for
almost two years as a Book is, with 2 false alerts a month stated for all its series together.
The companies that are watched by the hour as well are five times as large; each day of a theme has
its own level (standard deviation 8 %), and so have its thirds of a shift (10 %). The same 2 a month
are stated for days and hours together.
"""

from __future__ import annotations

import sys

import numpy as np
from scipy import stats

from _bench import report, timed
from _daily import draw, weekdays
from _hourly import profile
from goodwill.watch._alerts import _cases, _news, _raised
from goodwill.watch._hours import DENSE, HOURS, MOST, Hourly, _busy, raised_by_hour
from goodwill.watch._hours import LEVELS as HOURLY_LEVELS
from goodwill.watch._series import LEAST_CONTACTS, LEVELS, Series

THEMES, AREAS, CHANNELS, REGIONS = 30, 10, ("email", "chat", "phone"), "ABCDEF"
YEAR, STATED = 365, 2.0
DAYS = np.datetime64("2022-01-03") + np.arange(2 * YEAR)
WORLDS = ("steady", "season and trend", "levels wander")


def wander(rng, shape, sd: float):
    """Return log levels that return to zero within months, the last axis being days."""
    keep = 0.985
    step = rng.normal(0, sd * np.sqrt(1 - keep**2), (*shape, len(DAYS)))
    out = np.empty_like(step)
    out[..., 0] = rng.normal(0, sd, shape)
    for day in range(1, len(DAYS)):
        out[..., day] = keep * out[..., day - 1] + step[..., day]
    return out


def company(seed: int, world: str, times: float = 1.0, sway: float = 0.0):
    """Return the series of one company, made of its cells as a Book makes them, and the cells."""
    rng = np.random.default_rng([seed, WORLDS.index(world)])
    size = times * np.exp(rng.normal(-1.2, 1.2, THEMES))
    cell = size[:, None, None] * rng.dirichlet([4, 3, 2], THEMES)[:, :, None]
    cell = cell * rng.dirichlet(np.full(len(REGIONS), 3.0), THEMES)[:, None] * 6
    mean = cell[..., None] * weekdays(rng, 1)[0][np.arange(len(DAYS)) % 7]
    if world != "steady":
        day = np.arange(len(DAYS))
        phase = rng.uniform(0, 2 * np.pi, (THEMES, 1, 1, 1))
        slope = rng.uniform(-0.2, 0.3, (THEMES, 1, 1, 1))
        mean = mean * np.exp(
            0.2 * np.cos(2 * np.pi * day / 365.25 + phase) + slope * (day / 365.25 - 1)
        )
    if world == "levels wander":
        level = wander(rng, (), 0.08)
        level = level + wander(rng, (THEMES,), 0.12)[:, None, None]
        mean = mean * np.exp(level + wander(rng, (len(REGIONS),), 0.08)[None, None])
    if sway:
        mean = mean * np.exp(rng.normal(0, sway, (THEMES, 1, 1, len(DAYS))))
    flat = mean.reshape(-1, len(DAYS))
    counts = draw(rng, flat, rng.choice([1.0, 1.3, 1.8], len(flat))).reshape(mean.shape)
    keys: list[dict[str, object]] = []
    rows = []
    for level_name, names in LEVELS.items():
        if "product" in names:
            continue
        for theme in range(THEMES) if "theme_id" in names else (None,):
            for area in range(AREAS) if "area_id" in names else (None,):
                for c in range(3) if "channel" in names else (None,):
                    for r in range(6) if "region" in names else (None,):
                        part = counts
                        part = part if theme is None else part[theme : theme + 1]
                        part = part if area is None else part[area::AREAS]
                        part = part if c is None else part[:, c : c + 1]
                        part = part if r is None else part[:, :, r : r + 1]
                        total = part.sum((0, 1, 2))
                        if total.sum() < LEAST_CONTACTS and level_name != "company":
                            continue
                        rows.append(total)
                        keys.append({
                            "level": level_name, "theme_id": theme, "product": None,
                            "area_id": area if theme is None else theme % AREAS,
                            "channel": None if c is None else CHANNELS[c],
                            "region": None if r is None else REGIONS[r],
                        })  # fmt: skip
    return Series(keys, np.array(rows, float), DAYS), counts


def by_hour(seed: int, made: Series, counts) -> Hourly | None:
    """Return the dense segments by the hour: each day of a theme and channel falls on its hours."""
    rng = np.random.default_rng([seed, 99])
    cells = counts.sum(2)
    shape = profile(rng, THEMES * len(CHANNELS)).reshape(THEMES, len(CHANNELS), 1, 24)
    thirds = np.exp(rng.normal(0, 0.1, (THEMES, len(CHANNELS), len(DAYS), 8)))
    share = shape * np.repeat(thirds, 3, axis=3)
    hourly = rng.multinomial(cells, share / share.sum(3, keepdims=True))
    hourly = hourly.reshape(THEMES, len(CHANNELS), -1).astype(np.float32)
    found: dict[int, object] = {}
    for place, key in enumerate(made.keys):
        if key["level"] not in HOURLY_LEVELS:
            continue
        part = hourly
        if key["theme_id"] is not None:
            part = part[[key["theme_id"]]]
        elif key["area_id"] is not None:
            part = part[key["area_id"] :: AREAS]
        if key["channel"] is not None:
            part = part[:, [CHANNELS.index(key["channel"])]]
        total = part.sum((0, 1), dtype=float)
        if _busy(total) >= DENSE:
            found[place] = total
    kept = sorted(found, key=lambda n: (-found[n].sum(), n))[:MOST]
    if not kept:
        return None
    hours = DAYS[0].astype("datetime64[h]") + np.arange(24 * len(DAYS))
    began = hours.astype("datetime64[s]").astype(np.int64) // 900
    return Hourly(
        kept, np.stack([found[n] for n in kept]), hours, np.ones(len(hours)), began.astype(float)
    )


def both(companies: int, world: str) -> dict[str, object]:
    """Watch large companies by the day and by the hour under one knob."""
    stated = 0.0
    alerts = hourly_alone = raised = series = dense = 0
    for seed in range(1000, 1000 + companies):
        made, counts = company(seed, world, 5.0, 0.08)
        seen = by_hour(seed, made, counts)
        hourly = len(seen.places) if seen else 0
        share = STATED / (len(made.keys) + hourly)
        found, days = _raised(made, share * len(made.keys), None, {})
        stated += share * len(made.keys) * days / 30
        if seen:
            more, hour_days = raised_by_hour(seen, made, share * hourly, None, {})
            stated += share * hourly * hour_days / 30
            found = _news(found, more)
        raised += len(found)
        rows = _cases(found)
        cases = {row["case_id"] for row in rows}
        alerts += len(cases)
        hourly_alone += len(cases - {row["case_id"] for row in rows if row["arm"] != HOURS})
        series, dense = series + len(made.keys), dense + hourly
    upper = stats.chi2.ppf(0.95, 2 * (alerts + 1)) / 2
    return {
        "world": world, "watched": "days and hours", "companies": companies,
        "series": round(series / companies), "of them by the hour": round(dense / companies),
        "contacts a day": round(float(made.counts[0].mean())), "stated": round(stated, 1),
        "alerts": alerts, "of hours alone": hourly_alone,
        "upper 95 % limit": round(float(upper), 1),
        "raised before joining": raised, "stated/alerts": round(stated / max(alerts, 1), 2),
    }  # fmt: skip


def main() -> None:
    companies = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    large = int(sys.argv[2]) if len(sys.argv) > 2 else 8

    def every():
        rows = []
        for world in WORLDS if companies else ():
            raised = cases = years = series = contacts = 0
            for seed in range(companies):
                made, _ = company(seed, world)
                found, days = _raised(made, STATED, None, {})
                raised += len(found)
                cases += len({row["case_id"] for row in _cases(found)})
                years += days / YEAR
                series += len(made.keys)
                contacts += made.counts[0].mean()
            stated = STATED * YEAR / 30 * years
            upper = stats.chi2.ppf(0.95, 2 * (cases + 1)) / 2
            rows.append(
                {
                    "world": world, "watched": "days", "companies": companies,
                    "company-years": round(years, 1),
                    "series": round(series / companies),
                    "contacts a day": round(contacts / companies),
                    "stated": round(stated), "alerts": cases,
                    "upper 95 % limit": round(float(upper), 1), "raised before joining": raised,
                    "stated/alerts": round(stated / max(cases, 1), 2),
                }
            )  # fmt: skip
            print(rows[-1])
        for world in WORLDS if large else ():
            rows.append(both(large, world))
            print(rows[-1])
        return rows

    rows, _, cpu = timed(every)
    report("watch_company", rows, cpu_s=round(cpu, 1))


if __name__ == "__main__":
    main()
