"""What a problem costs, in figures, and how that was found, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from goodwill.currencies import major
from goodwill.figures import Figure, Grade, ratio
from goodwill.generations import Reader
from goodwill.report.shapes import Gauge, Working
from goodwill.settings import Settings

_NO_ORDERS = "No orders of the people concerned came in, so nobody knows what was lost."
NO_GESTURES = (
    "No record of gestures: no line of the orders is of the kind gesture (voucher, compensation, "
    "goodwill credit)."
)
_NO_RATE = "Set contact_minutes and hourly_rate in goodwill.toml to know what contacts cost."

Row = Mapping[str, Any]


def effects(reader: Reader) -> dict[str, dict[str, Any]]:
    """Return all rows of `problem_effects`, by problem."""
    return {row["problem"]: row for row in reader.dicts("SELECT * FROM problem_effects")}


def cost_figures(
    row: Row, effect: Row | None, settings: Settings, *, records: Row | None = None
) -> dict[str, Figure]:
    """Return the figures of cost that stand in the list of problems.

    Args:
        row: Of `problem_costs`.
        effect: The theme's row of `problem_effects`; None where no order was hit.
        settings: Of the Book.
        records: What returns the records behind them; the theme's contacts by default.
    """
    money = f"minor:{settings.currency}"
    records = records or {
        "table": "messages",
        "where": {"theme_id": row["theme_id"], "direction": "in"},
    }
    hit = effect["orders"] if effect else 0
    compared = ratio((effect or {}).get("matched") or 0, hit)

    def figure(key: str, column: str, reason: str, *, ends: bool, coverage: float | None) -> Figure:
        value = row[column]
        return Figure(
            value,
            money,
            key,
            low=row[f"{column}_low"] if ends and value is not None else None,
            high=row[f"{column}_high"] if ends and value is not None else None,
            grade=_grade(row, effect) if ends and row["value_lost"] is not None else "none",
            people=effect["people"] if effect else row["people"],
            events=hit if ends and effect else row["contacts_year"],
            coverage=coverage,
            records=records,
            reason="" if value is not None else reason,
        )

    why = (effect["reason"] if effect else "") or _NO_ORDERS
    known = row["value_lost"] is not None
    return {
        "avoidable_loss": figure(
            "avoidable_loss", "avoidable", why, ends=known, coverage=compared if known else 1.0
        ),
        "cost_to_serve": figure("cost_to_serve", "serve_cost", _NO_RATE, ends=False, coverage=1.0),
        "value_lost": figure("value_lost", "value_lost", why, ends=True, coverage=compared),
    }


def gestures_figure(
    effect: Row | None, known: Mapping[str, int], settings: Settings, records: Row
) -> Figure:
    """Return what was given as gestures on the orders that a problem hit.

    Args:
        effect: The theme's row of `problem_effects`; None where no order was hit.
        known: What `cost_problems` returned of all gestures.
        settings: Of the Book.
        records: What returns the records behind it.
    """
    given = effect["gestures_year"] if effect else None
    why = NO_GESTURES if not known.get("gestures") else _NO_ORDERS
    return Figure(
        given, f"minor:{settings.currency}", "gestures_given",
        people=effect["gesture_people"] if effect else None,
        events=effect["gestures"] if effect else None,
        coverage=ratio(known.get("placed", 0), known.get("gestures", 0)),
        records=records, reason="" if given is not None else why,
    )  # fmt: skip


def gestures_words(known: Mapping[str, int]) -> str:
    """Return how far gestures are known, in words; empty where all of them name their order."""
    all_of_them, placed = known.get("gestures", 0), known.get("placed", 0)
    if not all_of_them:
        return NO_GESTURES
    if placed == all_of_them:
        return ""
    return (
        f"{all_of_them - placed:,} of {all_of_them:,} gestures name no order of a known customer: "
        "they are in no problem's cost to serve."
    )


def _grade(row: Row, effect: Row | None) -> Grade:
    """Return the grade of value lost: that of the effect on orders, C where contracts are in it."""
    if effect is None or effect["value_lost"] != row["value_lost"]:
        return "C"
    found: Grade = effect["grade"]
    return found


def together(reader: Reader, settings: Settings) -> str:
    """Return what all problems cost together, and what of it no problem explains, in words."""
    found = effects(reader)
    whole = found.get("all")
    if whole is None or whole["value_lost"] is None or whole["allocated"] is None:
        return ""
    parts = sum(row["allocated"] or 0 for key, row in found.items() if key.startswith("theme:"))
    money = [
        f"{major(each, settings.currency):,.0f}"
        for each in (
            whole["value_lost"], whole["value_lost_low"], whole["value_lost_high"], parts,
            whole["allocated"], whole["allocated_low"], whole["allocated_high"],
        )
    ]  # fmt: skip
    return (
        f"Whoever wrote about anything, taken together, left {money[0]} {settings.currency} a year "
        f"({money[1]} to {money[2]}) unspent within 26 weeks. The problems' own losses, each order "
        f"counted once, come to {money[3]}; the rest that they leave unexplained is {money[4]} "
        f"({money[5]} to {money[6]})."
    )


def planted_words(reader: Reader) -> str:
    """Return what was found of losses planted into the company's own orders, in words."""
    found = reader.manifest.get("value", {}).get("planted") or {}
    if not found:
        return ""
    if found["reason"]:
        if not reader.rows("SELECT 1 FROM orders LIMIT 1"):
            return ""  # nothing was tried: what is missing is said where the figures would stand
        return f"No loss could be planted into these orders to try the method: {found['reason']}."
    said = (
        f"Tried on these orders first: into {found['orders']:,} comparable orders of a sample a "
        f"loss of {found['planted']:.2f} orders each was planted, {found['plants']} times over. "
        f"{found['found']:.2f} were found on average; the interval held the planted loss in "
        f"{found['held']} of {found['plants']} runs, and {found['seen']} told it from zero. Of "
        f"{found['harmless']} runs without a loss, {found['harmless_held']} found none. A loss "
        f"below {found['smallest']:.2f} orders each would mostly not be seen at as many orders."
    )
    if not found["trusted"]:
        said += " That is too far off: no cost here has a grade above C."
    return said


def with_plants(reader: Reader, made: Working) -> Working:
    """Return how a cost was found, with how far the method can be trusted on these orders."""
    said = planted_words(reader)
    return replace(made, sentences=(*made.sentences, said)) if said and made.gauges else made


def working(row: Row, effect: Row | None, settings: Settings) -> Working:
    """Return how the cost of a problem was found: figures, and sentences a manager can follow."""
    if effect is None or effect["effect"] is None:
        reason = (effect["reason"] if effect else "") or _NO_ORDERS
        said = [f"The value lost cannot be told: {reason[0].lower()}{reason[1:].rstrip('.')}."]
        if row["serve_cost"] is not None:
            said.append("What it costs to serve these contacts stands as the floor.")
        return Working((), tuple(said))
    return Working(_gauges(effect, settings), tuple(_sentences(row, effect, settings)))


def _gauges(effect: Row, settings: Settings) -> tuple[Gauge, ...]:
    money = f"minor:{settings.currency}"
    base = Figure(
        None, "orders", "", people=effect["matched_people"], events=effect["matched"],
        coverage=ratio(effect["matched"], effect["orders"]), grade=effect["grade"],
        records=_behind(effect),
    )  # fmt: skip

    def one(key: str, label: str, column: str, unit: str, note: str, *, graded: bool) -> Gauge:
        made = replace(
            base,
            value=effect[column],
            unit=unit,
            definition=key,
            low=effect.get(f"{column}_low"),
            high=effect.get(f"{column}_high"),
            grade=base.grade if graded else "none",
        )
        return Gauge(key, label, made, note)

    found = [
        one("effect_of_failure", "Orders lost or gained after each", "effect", "orders",
            "within 26 weeks", graded=True),
        one("loss_per_order", "Lost for each order hit", "loss_per_order", money,
            "within 26 weeks", graded=True),
        one("lifetime_lost", "Lost a year, over the customers' lifetimes", "lifetime_lost", money,
            f"projected to {settings.horizon_weeks} weeks", graded=True),
        one("allocated_share", "Its part when each loss is counted once", "allocated", money,
            "a year", graded=True),
        one("pooled_effect", "Were it like the others of its area", "pooled", "orders",
            f"with {effect['pooled_with']} problems" if effect["pooled_with"] else "",
            graded=False),
        one("plain_match", "By a plain comparison", "plain_match", "orders",
            "beside it, not better", graded=False),
        one("lead_gap", "Bought more before it happened", "lead_gap", "orders",
            "in the 26 weeks before", graded=False),
        one("trend_gap", "Drifting apart before it happened", "trend_gap", "ratio",
            "1 is not at all", graded=False),
        one("matched_share", "Orders that found like orders", "matched_share", "share", "",
            graded=False),
    ]  # fmt: skip
    return tuple(gauge for gauge in found if gauge.figure.value is not None)


def _behind(effect: Row) -> dict[str, Any]:
    """Return what returns the records behind an effect, by what its problem is called."""
    kind, _, name = effect["problem"].partition(":")
    if kind == "rule":
        return {"table": "rule_contacts", "where": {"rule_id": name}}
    if kind == "promise":
        return {"table": "promises", "where": {"kind": name, "status": ["broken", "overdue"]}}
    return {"table": "messages", "where": {"theme_id": effect["theme_id"], "direction": "in"}}


def _sentences(row: Row, effect: Row, settings: Settings) -> list[str]:
    def amount(minor: float) -> str:
        return f"{major(minor, settings.currency):,.0f} {settings.currency}"

    value, low, high = (effect[key] for key in ("effect", "effect_low", "effect_high"))
    said = [
        f"{effect['orders']:,} orders of {effect['people']:,} people were hit, "
        f"{effect['orders_year']:,} of them in the last 52 weeks; {effect['matched']:,} could be "
        "compared with orders of the same weeks by customers who had bought as they had.",
        f"After such an order they bought {effect['observed']:.2f} times in 26 weeks, where "
        f"{effect['expected']:.2f} would have been expected without it: {value:+.2f} orders each "
        f"({low:+.2f} to {high:+.2f}).",
    ]
    if low <= 0 <= high:
        smallest = effect["smallest"]
        said.append(
            "Not distinguishable from zero: chance alone may give such a difference. The smallest "
            f"loss that this data would have shown, in four of five cases, is {smallest:.2f} "
            f"orders each ({min(smallest / effect['expected'], 1):.0%} of what they buy)."
            if effect["expected"]
            else "Not distinguishable from zero."
        )
        said.append(
            f"At the present pace a loss of a tenth could be shown in about "
            f"{effect['decidable_weeks']:,.0f} weeks."
            if effect["decidable_weeks"] is not None
            else "At the present pace a loss of a tenth could not be shown within ten years."
        )
    if effect["value_lost"] is not None:
        said.append(
            f"An order of theirs is worth {amount(effect['order_value'])}: that makes "
            f"{amount(effect['value_lost'])} a year within 26 weeks of each "
            f"({amount(effect['value_lost_low'])} to {amount(effect['value_lost_high'])}). "
            + (
                "A gain takes nothing off the cost to serve, which stands as the floor."
                if effect["value_lost"] < 0
                else ""
            )
        )
    if row["avoidable"] is not None:
        half = (row["avoidable"] / 2, row["avoidable_low"] / 2, row["avoidable_high"] / 2)
        said.append(
            f"If this happened half as often, it would be worth {amount(half[0])} a year "
            f"({amount(half[1])} to {amount(half[2])})."
        )
    if effect["reason"]:
        said.append(f"Grade {effect['grade']}: {effect['reason']}.")
    return [each.strip() for each in said]
