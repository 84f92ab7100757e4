"""The picture of the chain: areas tell the truth, grey links stay grey."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_book import contacts_only, empty_overview, overview

from goodwill.desk.overview.chain import COLUMN, LARGEST, SMALLEST, draw
from goodwill.figures import Figure
from goodwill.report.shapes import Link


def link(key: str, people: int | None, reason: str = "") -> Link:
    figure = None if people is None else Figure(people, "people", "people")
    return Link(key, key.capitalize(), figure, None, reason)


def test_it_works() -> None:
    picture = draw(overview().chain)
    assert [bead.link.key for bead in picture.beads] == [
        "promised", "broken", "wrote", "again", "public", "lost", "equity",
    ]  # fmt: skip
    assert picture.silent is not None and picture.silent.link.key == "silent"


@settings(deadline=None)  # a busy machine is no fault
@given(st.lists(st.integers(1, 10_000_000), min_size=2, max_size=7))
def test_the_area_of_a_bead_is_in_proportion_to_people(people: list[int]) -> None:
    picture = draw([link(f"k{i}", n) for i, n in enumerate(people)])
    for bead, n in zip(picture.beads, people, strict=True):
        exact = LARGEST * (n / max(people)) ** 0.5
        assert bead.radius == pytest.approx(max(exact, SMALLEST))


def test_beads_and_bands_never_touch_the_next_bead() -> None:
    picture = draw([link(f"k{i}", 100) for i in range(7)])
    for a, b in pairwise(picture.beads):
        assert b.x - a.x == COLUMN > a.radius + b.radius


def test_nobody_is_still_a_bead_and_not_grey() -> None:
    picture = draw([link("promised", 0), link("broken", 0)])
    assert [bead.look for bead in picture.beads] == ["whole", "broken"]
    assert all(bead.radius == SMALLEST for bead in picture.beads)


def test_a_link_without_data_is_a_ring_of_one_size_with_its_reason() -> None:
    picture = draw([link("wrote", 5000), link("lost", None, "No comparison.")])
    assert picture.beads[1].look == "unknown"
    assert picture.beads[1].why == "No comparison."
    assert [stretch.known for stretch in picture.stretches] == [False]


def test_neighbours_with_one_reason_say_it_once() -> None:
    links = [link("a", None, "x"), link("b", None, "x"), link("c", None, "y"), link("d", 4)]
    assert [(bead.why, bead.over) for bead in draw(links).beads] == [
        ("x", 2), ("", 1), ("y", 1), ("", 1),
    ]  # fmt: skip


def test_the_silent_stand_below_those_who_wrote() -> None:
    picture = draw(overview().chain)
    assert picture.silent is not None
    wrote = picture.beads[2]
    assert picture.silent.x == wrote.x
    assert picture.silent.y - picture.silent.radius > wrote.y + wrote.radius
    assert picture.height > picture.silent.y + picture.silent.radius


@pytest.mark.parametrize("seen", [overview(), contacts_only(), empty_overview()])
def test_everything_lies_within_the_picture(seen: object) -> None:
    picture = draw(seen.chain)  # type: ignore[attr-defined]
    for bead in picture.drawn:
        assert bead.x - bead.radius >= 0 and bead.x + bead.radius <= picture.width
        assert bead.y - bead.radius >= 0 and bead.y + bead.radius <= picture.height


def test_a_chain_without_links_is_an_empty_picture() -> None:
    assert draw([]).beads == ()


def test_a_whole_bead_closes_its_circle() -> None:
    (bead,) = draw([link("promised", 7)]).beads
    forth, back = re.findall(r"0 1 0 (-?[\d.]+) 0", bead.path)
    radius = float(re.search(r"a([\d.]+)", bead.path)[1])  # type: ignore[index]
    assert float(forth) == -float(back) == 2 * radius
