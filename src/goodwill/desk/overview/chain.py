"""The chain as one picture: where its beads, and the stream between them, are drawn.

The area of a bead shows people: four times the people, twice the radius. A link without data is
a dashed ring of one size. The same beads are laid out twice: side by side for wide windows, one
below the other for narrow ones; the sheet shows the one that fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from goodwill.desk.figures.words import number
from goodwill.report.shapes import Link

COLUMN = 150.0
"""Width of one link in the wide picture; ``desk.css`` counts on it where it sets reasons."""
MIDDLE = 64.0
"""Height of the middle line."""
LARGEST, SMALLEST, UNKNOWN = 60.0, 3.0, 12.0
GAP = 30.0
CRACK = 2.5
"""Half the width of the crack in a broken bead."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What joins two beads: a band as wide as both, or a dashed line where one is unknown."""

    path: str
    known: bool


@dataclass(frozen=True, slots=True)
class Bead:
    """One link as drawn."""

    link: Link
    column: int
    x: float
    y: float
    radius: float
    look: str
    """``whole``, ``broken``, ``silent`` or ``unknown``: told apart by shape, not by colour."""
    why: str = ""
    """The reason of a grey link; empty where the bead before already says it."""
    over: int = 1
    """How many neighbours in a row the reason holds for."""
    onward: Stretch | None = None
    """In the narrow picture: what leads to the bead below."""

    @property
    def path(self) -> str:
        """Outline in the wide picture."""
        return _outline(self.x, self.y, self.radius, self.look)

    @property
    def said(self) -> str:
        """The number beside the bead, as it stands in a picture that is saved."""
        people = self.link.people
        if people is None or people.value is None:
            return "not known"
        return number(people.value, people.unit).number

    @property
    def aside(self) -> float:
        """Where words beside the bead begin."""
        return self.x + self.radius + 8

    @property
    def alone(self) -> str:
        """Outline in a square of its own, for the narrow picture."""
        return _outline(MIDDLE, MIDDLE, self.radius, self.look)


@dataclass(frozen=True, slots=True)
class Picture:
    """The whole chain, in units of the drawing."""

    width: float
    height: float
    beads: tuple[Bead, ...]
    silent: Bead | None
    stretches: tuple[Stretch, ...]

    @property
    def drawn(self) -> tuple[Bead, ...]:
        """All beads, the silent one too."""
        return self.beads if self.silent is None else (*self.beads, self.silent)

    @property
    def taken(self) -> float:
        """Height of a picture that is saved: its words stand above it."""
        return self.height + 64

    @property
    def has_unknown(self) -> bool:
        """Whether any link is without data."""
        return any(bead.look == "unknown" for bead in self.drawn)


def draw(links: Sequence[Link]) -> Picture:
    """Return the picture of a chain; the silent ones stand below those who wrote."""
    largest = max((people for link in links if (people := _people(link))), default=0)
    main = [link for link in links if link.key != "silent"]
    beads = [_bead(link, column, largest) for column, link in enumerate(main, start=1)]
    beads = _with_reasons(beads)
    pairs = list(zip(beads, beads[1:], strict=False))
    stretches = [_stretch(a, b) for a, b in pairs]
    beads = [replace(a, onward=_downward(a, b)) for a, b in pairs] + beads[-1:]
    silent, height = None, 2 * MIDDLE
    for link in links:
        if link.key == "silent":
            silent, branch = _silent(link, beads, largest)
            if branch is not None:
                stretches.append(branch)
            height = max(height, silent.y + silent.radius + (6 if branch else 22))
    width = COLUMN * max(len(main), 1)
    return Picture(width, height, tuple(beads), silent, tuple(stretches))


def _people(link: Link) -> int | None:
    if link.weight is not None:
        return link.weight
    return None if link.people is None or link.people.value is None else int(link.people.value)


def _bead(link: Link, column: int, largest: int) -> Bead:
    people, x = _people(link), COLUMN * (column - 0.5)
    if people is None:
        why = link.reason or (link.people.reason if link.people is not None else "")
        return Bead(link, column, x, MIDDLE, UNKNOWN, "unknown", why or "There is no data.")
    radius = max(SMALLEST, LARGEST * sqrt(people / largest)) if largest else SMALLEST
    look = link.key if link.key in ("broken", "silent") else "whole"
    return Bead(link, column, x, MIDDLE, radius, look)


def _with_reasons(beads: list[Bead]) -> list[Bead]:
    said: list[Bead] = []
    first = 0
    for i, bead in enumerate(beads):
        if i and bead.why and bead.why == beads[first].why:
            said[first] = replace(said[first], over=said[first].over + 1)
            said.append(replace(bead, why=""))
        else:
            first = i
            said.append(bead)
    return said


def _silent(link: Link, beads: Sequence[Bead], largest: int) -> tuple[Bead, Stretch | None]:
    root = next((bead for bead in beads if bead.link.key == "broken"), None)
    bead = _bead(link, root.column + 1 if root else 1, largest)
    above = max((b.radius for b in beads if b.column == bead.column), default=0.0)
    if root is None or "unknown" in (root.look, bead.look):
        # The reasons of grey neighbours stand just below the middle line.
        return replace(bead, y=MIDDLE + above + 2 * GAP + bead.radius - 4), None
    y = MIDDLE + max(above, root.radius) + GAP + bead.radius
    return replace(bead, y=y), _stretch(root, replace(bead, y=y))


def _stretch(a: Bead, b: Bead) -> Stretch:
    if "unknown" in (a.look, b.look):
        return Stretch(f"M{a.x + a.radius:.1f} {a.y:.1f}L{b.x - b.radius:.1f} {b.y:.1f}", False)
    half = (a.x + b.x) / 2
    a_top, a_end, b_top, b_end = (
        f"{edge:.1f}" for edge in (a.y - a.radius, a.y + a.radius, b.y - b.radius, b.y + b.radius)
    )
    return Stretch(
        f"M{a.x:.1f} {a_top}C{half:.1f} {a_top} {half:.1f} {b_top} {b.x:.1f} {b_top}"
        f"V{b_end}C{half:.1f} {b_end} {half:.1f} {a_end} {a.x:.1f} {a_end}Z",
        True,
    )


def _downward(a: Bead, b: Bead) -> Stretch:
    """Return the stretch in a box of 128 by 100 that is pulled to any height."""
    if "unknown" in (a.look, b.look):
        return Stretch(f"M{MIDDLE:.0f} 0V100", False)
    return Stretch(
        f"M{MIDDLE - a.radius:.1f} 0C{MIDDLE - a.radius:.1f} 50 {MIDDLE - b.radius:.1f} 50"
        f" {MIDDLE - b.radius:.1f} 100H{MIDDLE + b.radius:.1f}"
        f"C{MIDDLE + b.radius:.1f} 50 {MIDDLE + a.radius:.1f} 50 {MIDDLE + a.radius:.1f} 0Z",
        True,
    )


def _outline(x: float, y: float, radius: float, look: str) -> str:
    r = round(radius, 1)  # rounded once: an arc shorter than its diameter bulges
    if look == "broken":
        # Two half discs, apart by the crack and a little askew; together the area of the disc.
        slip = min(4.0, r / 4)
        return (
            f"M{x - CRACK:.1f} {y - r + slip:.1f}a{r} {r} 0 0 0 0 {2 * r:.1f}Z"
            f"M{x + CRACK:.1f} {y - r - slip:.1f}a{r} {r} 0 0 1 0 {2 * r:.1f}Z"
        )
    return f"M{x - r:.1f} {y:.1f}a{r} {r} 0 1 0 {2 * r:.1f} 0a{r} {r} 0 1 0 {-2 * r:.1f} 0Z"
