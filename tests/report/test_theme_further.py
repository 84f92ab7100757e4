"""What a theme's page says of messages that speak of it beside their own matter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from goodwill.generations import Reader
from goodwill.report import records
from goodwill.report.themes import theme


def test_messages_that_speak_of_a_theme_too_are_counted_once_each_with_their_people(
    generation: Callable[..., Reader],
) -> None:
    when = datetime(2026, 1, 5, tzinfo=UTC)
    own = {"a": (0, [1]), "b": (0, [1, 2]), "c": (1, None), "d": (None, [1])}
    reader = generation({
        "themes": [
            {"theme_id": n, "area_id": 0, "area": "all", "label": f"matter {n}", "contacts": 1,
             "muted": False, "pinned": False}
            for n in range(3)
        ],
        "messages": [
            {"source": "s", "contact_id": name, "direction": "in", "at": when,
             "customer_id": "ann" if name in "ab" else None, "theme_id": own[name][0]}
            for name in own
        ],
        "contact_themes": [
            {"source": "s", "contact_id": name, "theme_id": first, "nearest_id": first or 0,
             "state": "unfiled" if first is None else "filed", "further_ids": further}
            for name, (first, further) in own.items()
        ],
    })  # fmt: skip
    found = theme(reader, [], [], 1).further
    assert (found.value, found.people) == (3, 1)
    behind = records(reader, found.records["table"], found.records["where"])
    assert behind.total == 3 and {
        row[behind.columns.index("contact_id")] for row in behind.rows
    } == {"a", "b", "d"}
    assert theme(reader, [], [], 0).further.value == 0
