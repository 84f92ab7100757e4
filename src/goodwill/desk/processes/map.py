"""Where the steps and the links of a process map are drawn.

Steps stand one below the other in their usual order; the length of a step's bar is the share of
cases that take it. A link onward bends on the right, a link back on the left: the farther its two
steps are apart, the wider. Thicker links are taken by more cases. Only the most frequent links are
drawn: the table below holds all.
"""

from __future__ import annotations

from dataclasses import dataclass

from goodwill.desk.figures import words
from goodwill.report.processes import SHOWN_LINKS, Follows, Process, Step

ROW, TOP = 64.0, 34.0
"""Height of a step's row, and where the first one stands."""
LEFT, BAR, HEIGHT = 250.0, 260.0, 30.0
"""Where bars begin, how long the longest is, and how high."""
WIDTH = 900.0
THICKEST = 9.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One step as drawn."""

    step: Step
    x: float
    y: float
    length: float
    text_y: float


@dataclass(frozen=True, slots=True)
class Arc:
    """One link as drawn."""

    link: Follows
    path: str
    tip: str
    thick: float
    label: str
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Map:
    """The whole map, in units of the drawing."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    arcs: tuple[Arc, ...]
    left_out: int
    """Links that are not drawn."""


def draw(process: Process) -> Map:
    """Return the map of a process."""
    place = {step.name: n for n, step in enumerate(process.steps)}
    bars = tuple(
        Bar(step, LEFT, TOP + n * ROW, max(4.0, BAR * (step.share.value or 0.0)),
            TOP + n * ROW + HEIGHT / 2 + 5)
        for n, step in enumerate(process.steps)
    )  # fmt: skip
    shown = [each for each in process.links if each.before != each.after][:SHOWN_LINKS]
    most = max((each.cases for each in shown), default=1)
    arcs = tuple(_arc(each, place, most) for each in shown)
    height = TOP + len(bars) * ROW
    return Map(WIDTH, height, bars, arcs, len(process.links) - len(shown))


def _arc(link: Follows, place: dict[str, int], most: int) -> Arc:
    start, end = place[link.before], place[link.after]
    far = abs(end - start)
    side = -1 if link.back else 1
    edge = LEFT + BAR + 12 if side > 0 else LEFT - 12
    # Links that leave a step stand a little below its middle, those that reach it above.
    y1 = TOP + start * ROW + HEIGHT / 2 + (5 if end > start else -5)
    y2 = TOP + end * ROW + HEIGHT / 2 + (-5 if end > start else 5)
    room = WIDTH - edge - 90 if side > 0 else LEFT - 40
    bend = edge + side * min(room, 22 + 26 * far) * 1.2
    path = f"M{edge:.1f} {y1:.1f}C{bend:.1f} {y1:.1f} {bend:.1f} {y2:.1f} {edge:.1f} {y2:.1f}"
    tip = (
        f"M{edge - side * 7:.1f} {y2:.1f}L{edge + side * 3:.1f} {y2 - 5:.1f}"
        f"L{edge + side * 3:.1f} {y2 + 5:.1f}Z"
    )
    wait = words.number(link.wait.value or 0.0, "minutes").text
    return Arc(
        link,
        path,
        tip,
        max(1.0, THICKEST * link.cases / most),
        wait if far == 1 or link.cases * 5 >= most else "",
        edge + side * (0.75 * abs(bend - edge) + 6),
        (y1 + y2) / 2 + 4,
        "start" if side > 0 else "end",
    )
