"""Which purchase model each source is valued with, how it was chosen, and whether to believe it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from goodwill.figures import poisson
from goodwill.generations import Reader
from goodwill.report.value_shapes import HeldBack, PurchaseModel
from goodwill.value import MISSED

NAMES = {"bg_nbd": "BG/NBD", "mbg_nbd": "MBG/NBD"}
_SPEND = {"gamma_gamma": "Gamma-Gamma", "shrunk_mean": "the customer's own mean, shrunk"}
_ALIVE = (
    "Under BG/NBD whoever bought once is alive for certain, P(alive) 100%: the model lets "
    "customers leave only after a second order. It tells nothing of them."
)


def purchase_models(reader: Reader) -> tuple[PurchaseModel, ...]:
    """Return the purchase model of each source that is valued with one."""
    sources = reader.manifest.get("value", {}).get("sources", {})
    return tuple(_model(source, one) for source, one in sorted(sources.items()) if one.get("model"))


def words_of(reader: Reader, customer_id: str, alive: float | None) -> tuple[str, ...]:
    """Return what must be said beside what is expected of a customer, by the sources he buys from.

    Args:
        reader: The generation.
        customer_id: The customer.
        alive: His P(alive).
    """
    rows = reader.rows("SELECT DISTINCT source FROM orders WHERE customer_id = ?", [customer_id])
    mine = {row[0] for row in rows}
    said = []
    for one in purchase_models(reader):
        if one.source in mine:
            said += [f"Expected with {one.name}, as all customers of {one.source}.", one.warning]
            certain = alive is not None and alive >= 1
            said += [_ALIVE] if certain and one.name == NAMES["bg_nbd"] else []
    return tuple(each for each in said if each)


def _model(source: str, one: Mapping[str, Any]) -> PurchaseModel:
    held = one.get("holdout") or {}
    candidates = tuple(
        HeldBack(NAMES.get(name, name), name == one["model"], found["predicted"],
                 found["total_error"], found["rmse"])
        for name, found in sorted(held.get("models", {}).items())
    )  # fmt: skip
    chosen = next((each for each in candidates if each.chosen), None)
    came = held.get("actual") if candidates else None
    return PurchaseModel(
        source=source,
        name=NAMES.get(one["model"], one["model"]),
        candidates=candidates,
        came=came,
        sentences=tuple(_sentences(source, one, held, chosen)),
        warning=_warning(source, chosen, came),
    )


def _sentences(
    source: str, one: Mapping[str, Any], held: Mapping[str, Any], chosen: HeldBack | None
) -> list[str]:
    name = NAMES.get(one["model"], one["model"])
    if chosen is None:
        why = held.get("reason") or "no orders were held back"
        said = [f"{source} is valued with {name}, chosen by its likelihood alone: {why}."]
    else:
        off = "" if chosen.total_error is None else f" ({chosen.total_error:+.0%})"
        said = [
            f"{source} is valued with {name}. Fitted on what came before {held['from']}, it "
            f"expected {chosen.expected:,.0f} days with an order from then to {held['until']} of "
            f"those who had bought by then, and {held['actual']:,.0f} came{off}. The model with "
            "the smaller error by customer is taken; within a hundredth of it the one whose sum "
            "comes closer; where the sums too are within a hundredth, MBG/NBD."
        ]
        if len(held["models"]) < len(NAMES) and held.get("reason"):
            said.append(f"The other could not be tried: {held['reason']}.")
    if one["model"] == "bg_nbd":
        said.append(_ALIVE)
    if one.get("spend"):
        bar = "" if one.get("correlation") is None else (
            f" (how often and how much go together with a correlation of {one['correlation']:+.2f})"
        )  # fmt: skip
        said.append(f"The value of an order is from {_SPEND.get(one['spend'], one['spend'])}{bar}.")
    return said


def _warning(source: str, chosen: HeldBack | None, came: float | None) -> str:
    """Return a warning where the holdout was missed by much, and by more than chance may do."""
    if chosen is None or came is None or chosen.total_error is None:
        return ""
    low, high = poisson(round(came))
    if abs(chosen.total_error) <= MISSED or low <= chosen.expected <= high:
        return ""
    bad = abs(chosen.total_error) > 2 * MISSED
    return (
        f"{'Do not believe' if bad else 'Take with care'} what customers of {source} are expected "
        "to buy, and what is made of it (lifetime value, customer equity, P(alive)): of the orders "
        f"held back the model expected {chosen.expected:,.0f}, and {came:,.0f} came "
        f"({chosen.total_error:+.0%})."
    )
