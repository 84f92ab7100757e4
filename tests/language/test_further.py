"""Messages that speak of several matters have further themes beside their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from company import make_messages
from test_refresh_themes import contacts

from goodwill.engine import Engine
from goodwill.language import Themes, discover, find_themes, make_edit
from goodwill.tables import FACTS

TWO = [
    ("my parcel has not arrived", "I also need an invoice with VAT number", "parcel", "invoice"),
    ("when do I get my refund", "the jacket does not fit", "refund", "size"),
    ("I cannot log in", "you promised a refund and nothing came", "password", "refund"),
]


@pytest.fixture(scope="module")
def themes(messages: list[tuple[str, str]]) -> Themes:
    return discover([text for text, _ in messages])


@pytest.fixture(scope="module")
def matters(themes: Themes, messages: list[tuple[str, str]]) -> dict[int, str]:
    """What each theme is about: the matter of most of its messages."""
    ids = themes.assign([text for text, _ in messages])
    held: dict[int, list[str]] = {}
    for number, (_, matter) in zip(ids.tolist(), messages, strict=True):
        held.setdefault(number, []).append(matter)
    return {number: max(set(found), key=found.count) for number, found in held.items()}


@pytest.mark.parametrize(("first", "second", "one", "other"), TWO)
def test_a_message_of_two_matters_has_the_theme_of_each(
    themes: Themes, matters: dict[int, str], first: str, second: str, one: str, other: str
) -> None:
    for text in (f"{first}. {second}.", f"Hello,\n{second}!\n\n{first}\n\nThanks"):
        [found] = themes.assign_all([text])
        assert {matters[number] for number in found} == {one, other}
        assert len(found) == len(set(found)) >= 2


def test_a_message_of_one_matter_has_no_theme_of_another_beside_its_own(
    themes: Themes, matters: dict[int, str], messages: list[tuple[str, str]]
) -> None:
    texts = [text for text, _ in messages]
    found = themes.assign_all(texts)
    ids = themes.assign(texts).tolist()
    assert all(each[0] == one for each, one in zip(found, ids, strict=True) if one >= 0)
    others = [{matters[number] for number in each} - {matters[each[0]]} for each in found if each]
    assert sum(map(bool, others)) <= 0.01 * len(texts)


def test_what_asks_nothing_or_says_little_is_no_further_matter(themes: Themes) -> None:
    said = "my parcel has not arrived"
    for beside in ("Thank you for the invoice", "Invoice?", "", "no. no? no!"):
        [found] = themes.assign_all([f"{said}. {beside}"])
        assert len(found) == 1
    assert themes.assign_all([None, "", "thanks!", "12345"]) == [[], [], [], []]
    assert themes.assign_all([]) == []


def test_where_there_is_no_theme_there_is_no_further_one() -> None:
    texts = ["My parcel is very late now. Where is my refund for it please?"]
    assert discover(texts).assign_all(texts) == [[]]


def test_further_themes_follow_edits_and_each_stands_once(engine: Engine, tmp_path: Path) -> None:
    rows = [{"text": f"{first}. {second}."} for first, second, *_ in TWO]
    rows += [{"text": text} for text, _ in make_messages(900)]
    engine.load("contacts", contacts(rows))
    engine.load("orders", FACTS["orders"].schema.empty_table())

    def further() -> dict[str, tuple[int | None, list[int]]]:
        find_themes(engine, tmp_path)
        table = engine.arrow(
            "SELECT contact_id, theme_id, further_ids FROM contact_themes"
            " WHERE further_ids IS NOT NULL"
        )
        return {
            row["contact_id"]: (row["theme_id"], row["further_ids"]) for row in table.to_pylist()
        }

    def edit(kind: str, theme_id: int, **more: int) -> None:
        known = engine.arrow("SELECT * FROM themes").to_pylist()
        make_edit(tmp_path, known, kind, theme_id, by="ada", **more)

    before = further()
    assert {"0", "1", "2"} <= set(before)
    both = [number for number in (before["0"][0], *before["0"][1]) if number is not None]
    own, other = both[:2]
    edit("merge", other, into=own)
    after = further()
    assert all(other not in ids for _, ids in after.values())
    assert all(theme not in ids and len(ids) == len(set(ids)) for theme, ids in after.values())
    [kept, *_] = after["1"][1]
    edit("mute", kept)
    assert all(kept not in ids for _, ids in further().values())
