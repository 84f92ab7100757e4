"""The step of refresh: contacts in, tables themes and contact_themes out, ids that stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from company import make_messages

from goodwill.engine import Engine
from goodwill.language import Themes, find_themes
from goodwill.language._encoder import AbsentEncoder
from goodwill.tables import DERIVED, FACTS

SCHEMA = FACTS["contacts"].schema


@pytest.fixture(autouse=True)
def no_orders(engine: Engine) -> None:
    engine.load("orders", FACTS["orders"].schema.empty_table())


def contacts(rows: list[dict[str, Any]]) -> pa.Table:
    """Return a table of contacts; what a row does not say is inbound, by a customer, by mail."""
    plain = {"source": "shop", "direction": "in", "author_role": "customer", "channel": "email"}
    full = [{"contact_id": str(number), **plain, **row} for number, row in enumerate(rows)]
    return pa.Table.from_pylist(full, schema=SCHEMA)


def texts(count: int, **options: Any) -> list[dict[str, Any]]:
    return [{"text": text} for text, _ in make_messages(count, **options)]


def themes_by_contact(engine: Engine) -> dict[str, int]:
    table = engine.arrow("SELECT contact_id, theme_id FROM contact_themes")
    return dict(zip(table["contact_id"].to_pylist(), table["theme_id"].to_pylist(), strict=True))


def test_it_works(engine: Engine, tmp_path: Path) -> None:
    engine.load("contacts", contacts(texts(600)))
    find_themes(engine, tmp_path / "themes")
    themes = engine.arrow("SELECT * FROM themes", DERIVED["themes"].schema)
    filed = engine.arrow("SELECT * FROM contact_themes", DERIVED["contact_themes"].schema)
    assert 3 <= themes.num_rows <= 30
    states = filed["state"].to_pylist()
    assert states.count("filed") >= 0.85 * 600
    assert sum(themes["contacts"].to_pylist()) == filed.num_rows - states.count("unfiled")
    assert set(filed["theme_id"].to_pylist()) - {None} <= set(themes["theme_id"].to_pylist())
    assert Themes.load(tmp_path / "themes" / "themes.npz").labels == themes["label"].to_pylist()


def test_no_contacts_leave_empty_tables(engine: Engine, tmp_path: Path) -> None:
    engine.load("contacts", SCHEMA.empty_table())
    find_themes(engine, tmp_path)
    assert engine.arrow("SELECT * FROM themes").num_rows == 0
    assert engine.arrow("SELECT * FROM contact_themes").num_rows == 0
    engine.load("contacts", contacts(texts(300)))
    find_themes(engine, tmp_path)
    assert engine.scalar("SELECT count(*) FROM contact_themes") > 250


def test_only_what_customers_wrote_in_is_filed(engine: Engine, tmp_path: Path) -> None:
    said = "my parcel has not arrived"
    rows = [
        *texts(300),
        {"contact_id": "agent", "text": said, "direction": "out", "author_role": "agent"},
        {"contact_id": "bot", "text": said, "author_role": "bot"},
        {"contact_id": "null", "text": None},
        {"contact_id": "blank", "text": "  "},
        {"contact_id": "subject", "text": "", "subject": said},
        {"contact_id": "nobody", "text": said, "author_role": None},
    ]
    engine.load("contacts", contacts(rows))
    find_themes(engine, tmp_path)
    filed = themes_by_contact(engine)
    assert filed["subject"] == filed["nobody"] >= 0
    assert not {"agent", "bot", "null", "blank"} & set(filed)


def test_a_second_run_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    engine.load("contacts", contacts(texts(400)))
    find_themes(engine, tmp_path)
    first = engine.table_hash("themes"), engine.table_hash("contact_themes")
    find_themes(engine, tmp_path)
    assert (engine.table_hash("themes"), engine.table_hash("contact_themes")) == first


def test_the_order_of_rows_changes_nothing(engine: Engine, tmp_path: Path) -> None:
    rows = contacts(texts(400)).to_pylist()
    hashes = []
    for number, some in enumerate((rows, rows[::-1])):
        engine.load("contacts", pa.Table.from_pylist(some, schema=SCHEMA))
        find_themes(engine, tmp_path / str(number))
        hashes.append([engine.table_hash(name) for name in ("themes", "contact_themes")])
    assert hashes[0] == hashes[1]


def test_engines_agree(engine: Engine, tmp_path: Path, agree: Any) -> None:
    engine.load("contacts", contacts(texts(500)))
    find_themes(engine, tmp_path)
    agree("themes", "contact_themes")


def test_progress_ends_at_the_total(engine: Engine, tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    engine.load("contacts", contacts(texts(200)))
    find_themes(engine, tmp_path, progress=lambda *step: seen.append(step))
    assert seen and all(0 < done <= total for done, total, _ in seen)
    assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
    if engine.name == "duckdb":
        assert seen[-1][0] == seen[-1][1]


@pytest.fixture
def grown() -> tuple[pa.Table, pa.Table]:
    """Contacts of four themes, and the same with a fifth one planted."""
    old = texts(1000, themes=("parcel", "refund", "password", "invoice"))
    new = texts(150, seed=2, themes=("size",)) + texts(450, seed=3)
    return contacts(old), contacts(old + new)


def test_a_refit_finds_what_is_new_and_keeps_ids(
    engine: Engine,
    tmp_path: Path,
    grown: tuple[pa.Table, pa.Table],
) -> None:
    engine.load("contacts", grown[0])
    find_themes(engine, tmp_path)
    before = themes_by_contact(engine)
    labels = engine.arrow("SELECT theme_id, label FROM themes").to_pylist()
    engine.load("contacts", grown[1])
    find_themes(engine, tmp_path)  # 1.6 times the contacts: a refit is due
    after = themes_by_contact(engine)
    same = sum(after.get(contact) == theme for contact, theme in before.items())
    assert same >= 0.97 * len(before)
    now = {
        row["theme_id"]: row["label"] for row in engine.arrow("SELECT * FROM themes").to_pylist()
    }
    assert all(now[row["theme_id"]] == row["label"] for row in labels)
    added = set(now) - {row["theme_id"] for row in labels}
    planted = [after.get(str(number)) for number in range(1000, 1150)]
    assert sum(theme in added for theme in planted) > 0.6 * len(planted)


def test_a_damaged_book_of_another_encoder_is_fitted_anew(
    engine: Engine,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    engine.load("contacts", contacts(texts(200)))
    find_themes(engine, tmp_path)
    themes = Themes.load(tmp_path / "themes.npz")
    themes.encoding = AbsentEncoder("another-1")
    themes.save(tmp_path / "themes.npz")
    find_themes(engine, tmp_path)
    assert Themes.load(tmp_path / "themes.npz").encoder != "another-1"
