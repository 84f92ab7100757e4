"""New phrases of a Book: what was planted is found, with its theme or as a theme to come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa

from engines import agree, engine
from goodwill.engine import Engine
from goodwill.tables import DERIVED
from goodwill.watch import find_phrases

__all__ = ["agree", "engine"]
WORDS = [f"word{n}" for n in range(60)]
START, DAYS = datetime(2026, 1, 5, 9, tzinfo=UTC), 60


def messages(planted: dict[int, tuple[str, int | None]]) -> pa.Table:
    """Twenty texts of eight words a day; on planted days a phrase in fifteen more of a theme."""
    draw = np.random.default_rng(3)
    rows: list[dict[str, Any]] = []
    for day in range(DAYS):
        kinds = [("", 1)] * 20 + ([planted[day]] * 15 if day in planted else [])
        for phrase, theme in kinds:
            text = " ".join([*draw.choice(WORDS, 8), phrase])
            rows.append(
                {
                    "source": "s", "contact_id": f"c{len(rows)}", "direction": "in",
                    "at": START + timedelta(days=day, minutes=len(rows) % 600),
                    "theme_id": theme, "customer_id": f"p{len(rows)}", "text": text,
                }
            )  # fmt: skip
    return pa.Table.from_pylist(rows, schema=DERIVED["messages"].schema)


def test_a_planted_phrase_is_found_with_what_it_is_about(
    engine: Engine, agree: Callable[..., None]
) -> None:
    planted = {50: ("blue screen", None), 55: ("Gift card's lost", 2), 10: ("long ago", 1),
               DAYS - 1: ("not over", 1)}  # fmt: skip
    engine.load("messages", messages(planted))
    find_phrases(engine, time_zone="UTC")
    rows = engine.arrow("SELECT * FROM phrases ORDER BY day, phrase").to_pylist()
    days = {row["phrase"]: row["day"] for row in rows}
    assert days == {
        "blue screen": date(2026, 1, 5) + timedelta(50),
        "gift card's lost": date(2026, 1, 5) + timedelta(55),
    }
    new, known = rows
    assert (new["new_theme"], new["theme_id"]) == (True, None)
    assert (known["new_theme"], known["theme_id"]) == (False, 2)
    assert (new["count"], new["people"]) == (15, 15)
    agree("phrases")


def test_an_empty_book_has_none(engine: Engine) -> None:
    engine.load("messages", DERIVED["messages"].schema.empty_table())
    find_phrases(engine, time_zone="UTC")
    assert engine.scalar("SELECT count(*) FROM phrases") == 0
