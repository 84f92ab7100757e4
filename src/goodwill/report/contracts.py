"""What is known of contracts, for the page Value, the page of a customer and that of a problem."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from goodwill.currencies import major
from goodwill.figures import Z95, Figure, share_figure
from goodwill.generations import Reader
from goodwill.report.shapes import Gauge, Working
from goodwill.report.value_shapes import ContractsPart, Plan, Renewal
from goodwill.settings import Settings

_MOST_RENEWALS = 24
"""Renewals of a plan that the page shows."""
_MOST_LOSSES = 12

Row = Mapping[str, Any]


def contracts(reader: Reader, settings: Settings) -> ContractsPart | None:
    """Return what contracts are worth and how they were renewed; None where there are none."""
    known = reader.manifest.get("value", {}).get("contracts")
    if not known:
        return None
    counts = known["counts"]
    rows = reader.dicts(
        """
        SELECT source, plan, period, count(*) AS contracts, count(*) FILTER (running) AS running,
            count(DISTINCT customer_id) FILTER (running) AS people,
            avg(renews_next) FILTER (running) AS renews_next,
            count(value) FILTER (running) AS valued, sum(value) FILTER (running) AS value,
            sum(value_ever) FILTER (running) AS ever,
            sum(power(CAST(value_high - value_low AS DOUBLE), 2)) FILTER (running) AS widths
        FROM contract_value GROUP BY source, plan, period ORDER BY source, period, plan
        """
    )
    used = sum(int(row["contracts"]) for row in rows)
    coverage = used / counts["contracts"] if counts["contracts"] else None
    return ContractsPart(
        _gauges(rows, known, settings, coverage),
        tuple(_plan(row, known, settings, coverage) for row in rows if row["running"]),
        tuple(_renewals(reader)),
        tuple(_losses(reader)),
        tuple(_sentences(known)),
    )


def _gauges(
    rows: list[dict[str, Any]], known: Row, settings: Settings, coverage: float | None
) -> tuple[Gauge, ...]:
    running = sum(int(row["running"]) for row in rows)
    people = sum(int(row["people"]) for row in rows)
    valued = sum(int(row["valued"]) for row in rows)
    records = {"table": "contract_value", "where": {"running": True}}
    worth = [one for one in known["sources"].values() if "value" in one]
    value = sum(one["value"] for one in worth)
    variance = sum(one["value_variance"] + (one["value"] * one["sum_error"]) ** 2 for one in worth)
    half = Z95 * variance**0.5
    reasons = "; ".join(group["reason"] for group in known["groups"] if group["reason"])
    chances = [(row["renews_next"], int(row["running"])) for row in rows
               if row["running"] and row["renews_next"] is not None]  # fmt: skip
    judged = sum(many for _, many in chances)
    return (
        Gauge("contracts_running", "Contracts running", Figure(
            running, "contracts", "contracts_running", people=people, events=running,
            coverage=coverage, records=records,
            reason="" if used_any(rows) else "No contract could be followed.",
        ), f"on {known['as_of']}" if "as_of" in known else ""),
        Gauge("renews_next", "Renew next time, expected", Figure(
            sum(chance * many for chance, many in chances) / judged if judged else None, "share",
            "renews_next", people=people, events=judged, coverage=coverage, records=records,
            reason="" if judged else reasons or "No model could be fitted.")),
        Gauge("contract_value", "Worth of running contracts", Figure(
            round(value) if worth else None, f"minor:{settings.currency}", "contract_value",
            low=max(round(value - half), 0) if worth else None,
            high=round(value + half) if worth else None, people=people, events=valued,
            coverage=coverage, records=records,
            reason="" if worth else reasons or "No contract has an amount."),
            f"{settings.horizon_weeks} weeks ahead"),
    )  # fmt: skip


def used_any(rows: list[dict[str, Any]]) -> bool:
    """Return whether any contract could be followed."""
    return any(row["contracts"] for row in rows)


def _plan(row: Row, known: Row, settings: Settings, coverage: float | None) -> Plan:
    where = {"source": row["source"], "plan": row["plan"], "period": row["period"],
             "running": True}  # fmt: skip
    base = Figure(
        None, "share", "renews_next", people=int(row["people"]), events=int(row["running"]),
        coverage=coverage, records={"table": "contract_value", "where": where},
    )  # fmt: skip
    none = "No model could be fitted, or the contracts have no amount."
    money = f"minor:{settings.currency}"
    value = None if row["value"] is None else int(row["value"])
    error = float(known["sources"].get(row["source"], {}).get("sum_error", 0.0))
    half = ((row["widths"] or 0.0) / 4 + (Z95 * error * (value or 0)) ** 2) ** 0.5
    chance = row["renews_next"]
    return Plan(
        row["source"], row["plan"] or "no plan", row["period"],
        replace(base, value=int(row["running"]), unit="contracts",
                definition="contracts_running"),
        replace(base, value=None if chance is None else float(chance),
                reason=none if chance is None else ""),
        replace(base, value=value, unit=money, definition="contract_value",
                low=None if value is None else max(round(value - half), 0),
                high=None if value is None else round(value + half),
                reason=none if value is None else ""),
        replace(base, value=None if row["ever"] is None else int(row["ever"]), unit=money,
                definition="contract_value_ever", reason=none if row["ever"] is None else ""),
    )  # fmt: skip


def _renewals(reader: Reader) -> list[Renewal]:
    rows = reader.dicts(
        "SELECT * FROM contract_renewals WHERE renewal <= ? ORDER BY source, period, plan, renewal",
        [_MOST_RENEWALS],
    )
    return [
        Renewal(
            row["source"], row["plan"] or "no plan", row["period"], int(row["renewal"]),
            share_figure(
                int(row["due"] - row["left"]), int(row["due"]), "renewed", coverage=1.0,
                records={"table": "contract_renewals", "where": {
                    "source": row["source"], "plan": row["plan"], "period": row["period"],
                    "renewal": row["renewal"]}},
            ),
            row["expected"], row["still_there"],
        )
        for row in rows
    ]  # fmt: skip


def _losses(reader: Reader) -> list[tuple[str, Figure]]:
    rows = reader.dicts(
        """
        SELECT e.*, t.label FROM contract_effects AS e
        LEFT JOIN themes AS t ON t.theme_id = e.theme_id
        WHERE e.extra IS NOT NULL AND (e.theme_id IS NOT NULL OR e.problem LIKE 'promise:%')
        ORDER BY e.extra DESC, e.problem LIMIT ?
        """,
        [_MOST_LOSSES],
    )
    said = {"promise:delivery": "Deliveries late", "promise:commitment": "Commitments broken",
            "promise:published": "Published promises broken"}  # fmt: skip
    return [(row["label"] or said.get(row["problem"], row["problem"]), lost(row)) for row in rows]


def lost(row: Row) -> Figure:
    """Return how many contracts a problem took, out of its row of `contract_effects`."""
    where = {"problem": row["problem"]}
    return Figure(
        row["extra"], "contracts", "contracts_lost", low=row["extra_low"], high=row["extra_high"],
        grade=row["grade"], people=int(row["people"]), events=int(row["matched"] or 0),
        coverage=row["matched_share"], records={"table": "contract_effects", "where": where},
        reason="" if row["extra"] is not None else row["reason"],
    )  # fmt: skip


def _sentences(known: Row) -> list[str]:
    said = []
    for group in known["groups"]:
        who = f"Contracts of {group['source']} by the {group['period'].replace('_', ' ')}"
        if group["reason"]:
            said.append(f"{who} have no value: {group['reason']}.")
            continue
        name = {"sbg": "sBG", "bdw": "BdW"}[group["model"]]
        held = group["holdout"]
        by = "for all together" if group["by"] == "all" else f"by {group['by']}"
        said.append(
            f"{who}: {name}, fitted {by}. "
            + (
                f"Held back: of {held['due']:,.0f} renewals since {group['held_back_from']} "
                f"{held['expected']:,.0f} departures were expected, {held['left']:,.0f} came."
                if "due" in held
                else f"Chosen by its likelihood: {held['reason']}."
            )
        )
    return said


def with_contracts(reader: Reader, settings: Settings, theme_id: int, made: Working) -> Working:
    """Return how a cost was found, with what the problem did to contracts."""
    rows = reader.dicts("SELECT * FROM contract_effects WHERE theme_id = ?", [theme_id])
    if not rows:
        return made
    row = rows[0]
    if row["extra"] is None:
        said = [f"Contracts: nothing can be told of those of {row['people']:,} people that this "
                f"hit: {row['reason']}."]  # fmt: skip
        return replace(made, sentences=(*made.sentences, *said))
    figure = lost(row)
    low, high = row["extra_low"], row["extra_high"]
    said = [
        f"Contracts: at {row['matched']:,} renewals within half a year of it {row['left']:,} left; "
        f"of as many contracts of the same plan, age and season that it had not hit, "
        f"{row['expected']:,.1f} would have: {row['extra']:+,.1f} ({low:+,.1f} to {high:+,.1f})."
    ]
    if low <= 0 <= high:
        said.append(
            "Not distinguishable from zero; the smallest loss that this data would have shown is "
            f"{row['smallest']:,.1f} contracts."
        )
    else:
        said.append("It and leaving go together: an association (grade C), and no proof.")
    if row["value_lost"] is not None:
        money = [
            f"{major(row[key], settings.currency):,.0f} {settings.currency}"
            for key in ("value_lost", "value_lost_low", "value_lost_high", "lifetime_lost")
        ]
        said.append(
            f"At the {row['contracts_year']:,} contracts hit in the last 52 weeks that makes "
            f"{money[0]} within half a year of each ({money[1]} to {money[2]}), and {money[3]} "
            f"over {settings.horizon_weeks} weeks."
        )
    gauge = Gauge("contracts_lost", "Contracts lost, beyond those of like ones", figure)
    return replace(made, gauges=(*made.gauges, gauge), sentences=(*made.sentences, *said))


def of_customer(reader: Reader, settings: Settings, customer_id: str) -> dict[str, Figure]:
    """Return the figures of a customer's contracts; none where he has none."""
    rows = reader.dicts(
        "SELECT * FROM contract_value WHERE customer_id = ? ORDER BY source, subscription_id",
        [customer_id],
    )
    if not rows:
        return {}
    running = [row for row in rows if row["running"]]
    money = f"minor:{settings.currency}"
    base = Figure(
        len(running), "contracts", "contracts_running", people=1, events=len(rows), coverage=1.0,
        records={"table": "contract_value", "where": {"customer_id": customer_id}},
    )  # fmt: skip
    notes = "; ".join(reader.manifest.get("value", {}).get("notes", ()))
    over = "No contract of this customer runs any more."
    out = {"contracts": base}
    known = [row for row in running if row["renews_next"] is not None]
    # The first to come due is the one that can be lost first.
    first = min(known, key=lambda row: (row["next_due_days"], row["subscription_id"]), default=None)
    out["renews_next"] = replace(
        base, value=first["renews_next"] if first else None, unit="share",
        low=first["renews_next_low"] if first else None,
        high=first["renews_next_high"] if first else None,
        definition="renews_next", reason="" if first else (notes if running else over),
    )  # fmt: skip
    valued = [row for row in running if row["value"] is not None]
    value = sum(row["value"] for row in valued)
    below = sum((row["value"] - row["value_low"]) ** 2 for row in valued) ** 0.5
    above = sum((row["value_high"] - row["value"]) ** 2 for row in valued) ** 0.5
    whole = len(valued) == len(running) and bool(running)
    out["contract_value"] = replace(
        base, value=value if whole else None, unit=money, definition="contract_value",
        low=max(round(value - below), 0) if whole else None,
        high=round(value + above) if whole else None,
        reason="" if whole else (notes or "No amount." if running else over),
    )  # fmt: skip
    return out
