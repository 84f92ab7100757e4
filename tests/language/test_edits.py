"""What people change about themes: kept, replayed over stable ids, taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from company import make_messages

from goodwill.engine import DuckDBEngine
from goodwill.errors import InputError, NotFound
from goodwill.language import edits_of, find_themes, make_edit, matches, undo_edit
from goodwill.tables import DERIVED, FACTS

START = datetime(2026, 1, 1, tzinfo=UTC)
MADE = 1_000_000
Rows = dict[int, dict[str, Any]]


class Shop:
    """Messages of four matters, one an hour, and the themes that refreshes make of them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.messages = make_messages(800, themes=("parcel", "refund", "password", "invoice"))
        self.engine = DuckDBEngine()

    def refresh(self, *, refit: bool = False) -> Rows:
        rows = [
            {"source": "s", "contact_id": str(n), "direction": "in", "text": text,
             "at": START + timedelta(hours=n)}
            for n, (text, _) in enumerate(self.messages)
        ]  # fmt: skip
        schema = FACTS["contacts"].schema
        self.engine.load("contacts", pa.Table.from_pylist(rows, schema=schema))
        self.engine.load("orders", FACTS["orders"].schema.empty_table())
        self.notes = find_themes(self.engine, self.folder, refit=refit)
        themes = self.engine.arrow("SELECT * FROM themes", DERIVED["themes"].schema)
        return {row["theme_id"]: row for row in themes.to_pylist()}

    def filed(self) -> dict[int, dict[str, Any]]:
        rows = self.engine.arrow("SELECT * FROM contact_themes").to_pylist()
        return {int(row["contact_id"]): row for row in rows}

    def edit(self, kind: str, theme_id: int, **more: Any) -> Any:
        known = self.engine.arrow("SELECT * FROM themes").to_pylist()
        since = START + timedelta(hours=400)
        return make_edit(self.folder, known, kind, theme_id, by="ada", since=since, **more)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("themes")
    Shop(folder).refresh()
    return folder / "themes.npz"


@pytest.fixture
def shop(tmp_path: Path, found: Path) -> Shop:
    (tmp_path / "themes.npz").write_bytes(found.read_bytes())
    return Shop(tmp_path)


def test_it_works(shop: Shop) -> None:
    before = shop.refresh()
    first = shop.filed()
    a, b, c = sorted(before, key=lambda n: (-before[n]["contacts"], n))[:3]
    shop.edit("rename", a, label="  Where is   my parcel ")
    shop.edit("merge", b, into=a)
    shop.edit("move", c, label="Money")
    now = shop.refresh(refit=True)
    assert now[a]["label"] == "Where is my parcel"
    assert b not in now and now[a]["merged_from"] == [b]
    assert now[a]["contacts"] == before[a]["contacts"] + before[b]["contacts"]
    assert now[c]["area"] == "Money" and now[c]["area_id"] == MADE
    assert now[c]["edited_at"] is not None and now[a]["version"] != before[a]["version"]
    for number, row in shop.filed().items():
        was = first[number]["theme_id"]
        assert row["theme_id"] == (a if was == b else was)
        assert b not in (row["nearest_id"], row["second_id"])
    assert shop.notes["standing"] == [1, 2, 3]


def test_a_merged_theme_that_is_merged_brings_what_it_took_in(shop: Shop) -> None:
    before = shop.refresh()
    a, b, c = sorted(before, key=lambda n: (-before[n]["contacts"], n))[:3]
    shop.edit("merge", a, into=b)
    shop.edit("merge", b, into=c)
    now = shop.refresh()
    assert now[c]["merged_from"] == [a, b]
    assert now[c]["contacts"] == sum(before[n]["contacts"] for n in (a, b, c))


def test_a_split_takes_the_messages_that_hold_its_words(shop: Shop) -> None:
    before, first = shop.refresh(), shop.filed()
    whole = max(before, key=lambda n: before[n]["contacts"])
    texts = {n: text for n, (text, _) in enumerate(shop.messages) if
             first.get(n, {}).get("theme_id") == whole}  # fmt: skip
    word = before[whole]["terms"][0].split()[-1]
    edit = shop.edit("split", whole, label="Its own", words=[word, "no such thing"])
    now, after = shop.refresh(), shop.filed()
    assert edit.made_id == MADE and now[MADE]["split_from"] == whole
    moved = {n for n in texts if after[n]["theme_id"] == MADE}
    held = matches(pa.array(texts.values()), [word])
    assert moved == {n for n, holds in zip(texts, held, strict=True) if holds} != set()
    assert now[MADE]["contacts"] == len(moved)
    assert {after[n]["theme_id"] for n in texts if n not in moved} <= {whole}


def test_a_frozen_merge_leaves_what_was_before_the_edit(shop: Shop) -> None:
    before, first = shop.refresh(), shop.filed()
    a, b = sorted(before, key=lambda n: -before[n]["contacts"])[:2]
    shop.edit("merge", b, into=a, history="frozen")
    now, after = shop.refresh(), shop.filed()
    assert b in now
    for number, row in first.items():
        if row["theme_id"] == b:
            assert after[number]["theme_id"] == (a if number >= 400 else b)


def test_muted_messages_have_no_theme_and_are_counted(shop: Shop) -> None:
    before, first = shop.refresh(), shop.filed()
    theme = max(before, key=lambda n: before[n]["contacts"])
    edit = shop.edit("mute", theme)
    now, after = shop.refresh(), shop.filed()
    assert now[theme]["muted"] and now[theme]["contacts"] == before[theme]["contacts"]
    for number, row in first.items():
        if row["theme_id"] == theme:
            assert after[number]["theme_id"] is None
            assert after[number]["state"] == "muted" and after[number]["nearest_id"] == theme
    assert shop.notes["muted"] == before[theme]["contacts"]
    undo_edit(shop.folder, edit.edit_id, by="bob")
    again = shop.refresh()
    assert not again[theme]["muted"] and shop.filed() == first
    assert [(e.undone_by, e.undone_at is not None) for e in edits_of(shop.folder)] == [
        ("bob", True)
    ]


def test_states_of_messages_add_up(shop: Shop) -> None:
    shop.refresh()
    notes = shop.notes
    assert notes["messages"] == 800 >= notes["say"]
    assert notes["say"] == notes["filed"] + notes["muted"] + notes["unfiled"]
    months = notes["months"]
    assert [m["month"] for m in months] == ["2026-01", "2026-02"]
    for state in ("filed", "muted", "unfiled"):
        assert sum(m[state] for m in months) == notes[state]


def test_pins_unmute_and_stay(shop: Shop) -> None:
    theme = next(iter(shop.refresh()))
    shop.edit("mute", theme)
    shop.edit("pin", theme)
    now = shop.refresh()
    assert now[theme]["pinned"] and not now[theme]["muted"]


def test_ids_that_were_made_are_never_given_twice(shop: Shop) -> None:
    theme = next(iter(shop.refresh()))
    first = shop.edit("split", theme, label="one", words=["a"])
    undo_edit(shop.folder, first.edit_id, by="ada")
    assert shop.edit("split", theme, label="two", words=["a"]).made_id == MADE + 1


@pytest.mark.parametrize(
    ("kind", "more", "error"),
    [
        ("rename", {"label": " "}, InputError),
        ("rename", {"label": "x" * 81}, InputError),
        ("merge", {"into": 77}, NotFound),
        ("merge", {"into": 0}, InputError),
        ("split", {"label": "x", "words": [" "]}, InputError),
        ("split", {"words": ["x"]}, InputError),
        ("move", {"area_id": 99}, NotFound),
        ("move", {}, InputError),
        ("hide", {}, InputError),
        ("mute", {"history": "maybe"}, InputError),
    ],
)
def test_what_makes_no_sense_is_refused_and_not_kept(
    shop: Shop, kind: str, more: dict[str, Any], error: type[Exception]
) -> None:
    known = [{"theme_id": 0, "area_id": 0, "label": "a"}]
    with pytest.raises(error):
        make_edit(shop.folder, known, kind, 0, by="ada", **more)
    with pytest.raises(NotFound):
        make_edit(shop.folder, known, "pin", 5, by="ada")
    with pytest.raises(NotFound):
        undo_edit(shop.folder, 1, by="ada")
    assert edits_of(shop.folder) == []


def test_a_line_that_a_crash_cut_short_spoils_no_other(tmp_path: Path) -> None:
    known = [{"theme_id": 0, "area_id": 0, "label": "a"}]
    make_edit(tmp_path, known, "pin", 0, by="ada")
    log = tmp_path / "edits.jsonl"
    whole = log.read_bytes()
    log.write_bytes(whole + whole[: len(whole) // 2])
    assert [edit.kind for edit in edits_of(tmp_path)] == ["pin"]
    make_edit(tmp_path, known, "mute", 0, by="ada")
    assert [edit.kind for edit in edits_of(tmp_path)] == ["pin", "mute"]
