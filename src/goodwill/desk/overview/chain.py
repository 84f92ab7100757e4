"""The chain as one picture: where its beads, and the stream between them, are drawn.

The area of a bead shows people: four times the people, twice the radius. A link without data is
a dashed ring of one size. The same beads are laid out twice: side by side for wide windows, one
below the other for narrow ones; the sheet shows the one that fits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import sqrt

from goodwill.report.shapes import Link

COLUMN = 150.0
"""Width of one link in the wide picture; ``desk.css`` counts on it where it sets reasons."""
MIDDLE = 64.0
"""Height of the middle line."""
LARGEST, SMALLEST, UNKNOWN = 60.0, 3.0, 12.0
GAP = 22.0
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
    stretches = [_stretch(a.x, a.y, a, b.x, b.y, b) for a, b in pairs]
    beads = [replace(a, onward=_downward(a, b)) for a, b in pairs] + beads[-1:]
    silent, height = None, 2 * MIDDLE
    for link in links:
        if link.key == "silent":
            silent, branch = _silent(link, beads, largest)
            stretches.append(branch)
            height = max(height, silent.y + silent.radius + 6)
    width = COLUMN * max(len(main), 1)
    return Picture(width, height, tuple(beads), silent, tuple(stretches))


def _people(link: Link) -> int | None:
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


def _silent(link: Link, beads: Sequence[Bead], largest: int) -> tuple[Bead, Stretch]:
    root = next((bead for bead in beads if bead.look == "broken"), None)
    root = root or next(bead for bead in beads if bead.link.key == "broken")
    bead = _bead(link, root.column + 1, largest)
    above = max((b.radius for b in beads if b.column == bead.column), default=0.0)
    y = MIDDLE + max(above, root.radius) + GAP + bead.radius
    bead = replace(bead, y=y)
    return bead, _stretch(root.x, root.y, root, bead.x, y, bead)


def _stretch(ax: float, ay: float, a: Bead, bx: float, by: float, b: Bead) -> Stretch:
    if "unknown" in (a.look, b.look):
        if ay == by:
            return Stretch(f"M{ax + a.radius:.1f} {ay:.1f}L{bx - b.radius:.1f} {by:.1f}", False)
        start = f"M{ax:.1f} {ay + a.radius:.1f}"
        return Stretch(f"{start}Q{ax:.1f} {by:.1f} {bx - b.radius:.1f} {by:.1f}", False)
    half = (ax + bx) / 2
    return Stretch(
        f"M{ax:.1f} {ay - a.radius:.1f}"
        f"C{half:.1f} {ay - a.radius:.1f} {half:.1f} {by - b.radius:.1f} {bx:.1f} {by - b.radius:.1f}"
        f"V{by + b.radius:.1f}"
        f"C{half:.1f} {by + b.radius:.1f} {half:.1f} {ay + a.radius:.1f} {ax:.1f} {ay + a.radius:.1f}Z",
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
    if look == "broken":
        # Two half discs, apart by the crack and a little askew; together the area of the disc.
        top, bottom, slip = y - radius, y + radius, min(4.0, radius / 4)
        left, right = x - CRACK, x + CRACK
        return (
            f"M{left:.1f} {top + slip:.1f}A{radius:.1f} {radius:.1f} 0 0 0"
            f" {left:.1f} {bottom + slip:.1f}Z"
            f"M{right:.1f} {top - slip:.1f}A{radius:.1f} {radius:.1f} 0 0 1"
            f" {right:.1f} {bottom - slip:.1f}Z"
        )
    return (
        f"M{x - radius:.1f} {y:.1f}a{radius:.1f} {radius:.1f} 0 1 0 {2 * radius:.1f} 0"
        f"a{radius:.1f} {radius:.1f} 0 1 0 {-2 * radius:.1f} 0Z"
    )
