"""Ways of rolling a fix out in steps, and in words what each would be able to show."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

NEEDED = 40
"""Possible draws under which nothing can be proven at 2.5 %."""
NAMES = {
    "region": "by region", "product": "by product", "channel": "by channel",
    "ticket": "by the last digit of the ticket's number",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class RolloutWay:
    """One way of rolling a fix out in steps.

    Attributes:
        by: What tells the units apart.
        units: How many units have enough contacts.
        waves: Steps of the roll-out.
        weeks: From the first wave to the last.
        draws: How many draws are possible.
        smallest_fall: Smallest fall (0-1) that will be proven with a chance of 80 %; None if none.
        weeks_to_proof: Weeks in which a halving will be, with that chance; None for over half a
            year.
        fault: Why it cannot be rolled out so; empty when it can.
    """

    by: str
    units: int
    waves: int
    weeks: int
    draws: int
    smallest_fall: float | None
    weeks_to_proof: float | None
    fault: str = ""

    @property
    def name(self) -> str:
        """The way in words."""
        return NAMES[self.by]

    @property
    def said(self) -> str:
        """What it will be able to show, in words."""
        if self.fault:
            return self.fault
        if self.draws < NEEDED:
            return (
                f"{self.units} units can be drawn in {self.draws} ways; under {NEEDED} nothing can "
                "be proven. More waves or more units are needed."
            )
        if self.smallest_fall is None:
            return f"In {self.weeks} weeks not even a fall of 90 % would be proven."
        return (
            f"In {self.weeks} weeks a fall of {self.smallest_fall:.0%} or more is proven in four "
            "cases of five."
        )

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill fix rollouts --json`` prints them."""
        return asdict(self) | {"said": self.said}
