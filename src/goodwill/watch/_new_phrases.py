"""New phrases of a Book: words that come up among recent contacts, and the theme they belong to."""

from __future__ import annotations

import html
from datetime import date, timedelta
from typing import Any

import pyarrow as pa

from goodwill.engine import Engine
from goodwill.journeys import local_day_sql
from goodwill.tables import DERIVED
from goodwill.watch.phrases import emerging, words_of

LOOK_BACK, RECENT = 120, 28
"""Days whose texts are read, and those of them whose new phrases are kept."""
MOST_TEXTS = 60_000
"""Texts that are read at most, the newest: some seconds of work."""
MOSTLY = 0.5
"""Share of the messages with a phrase that makes a theme theirs, or makes them of none."""
_TEXTS = pa.schema(
    [("day", pa.date32()), ("theme_id", pa.int32()), ("customer_id", pa.string()),
     ("text", pa.string())]
)  # fmt: skip


def find_phrases(engine: Engine, *, time_zone: str) -> None:
    """Make ``phrases``: what came up in the last four weeks, each with its days.

    Args:
        engine: Holds messages.
        time_zone: Days are of this zone; the day that has not ended is left out.
    """
    schema = DERIVED["phrases"].schema
    day = local_day_sql('"at"', time_zone)
    told = "direction = 'in' AND \"at\" IS NOT NULL AND trim(coalesce(text, '')) <> ''"
    last = engine.scalar(f"SELECT max({day}) AS day FROM messages WHERE {told}")
    rows: list[dict[str, Any]] = []
    if isinstance(last, date):
        read = engine.arrow(
            f"""
            SELECT day, theme_id, customer_id, text FROM (
                SELECT {day} AS day, theme_id, customer_id, text, source, contact_id
                FROM messages WHERE {told}
            ) AS told
            WHERE day < CAST('{last}' AS DATE)
                AND day >= CAST('{last - timedelta(LOOK_BACK)}' AS DATE)
            ORDER BY day DESC, source, contact_id LIMIT {MOST_TEXTS}
            """,
            _TEXTS,
        )
        found = emerging(read.column("text"), read.column("day")).to_pylist()
        since = last - timedelta(RECENT)
        fresh = [row for row in found if row["day"] >= since and not row["said_by"]]
        rows = _placed(fresh, read)
    engine.load("phrases", pa.Table.from_pylist(rows, schema=schema))


def _placed(found: list[dict[str, Any]], read: pa.Table) -> list[dict[str, Any]]:
    """Return the phrases with the people who used them and the theme that most are about."""
    days: dict[date, list[tuple[str, int | None, str | None]]] = {row["day"]: [] for row in found}
    for row in read.to_pylist():
        if row["day"] in days:
            text = f" {' '.join(words_of(html.unescape(row['text'])))} "
            days[row["day"]].append((text, row["theme_id"], row["customer_id"]))
    out = []
    for row in found:
        holding = [each for each in days[row["day"]] if f" {row['phrase']} " in each[0]]
        themes = [theme for _, theme, _ in holding]
        theme = max(sorted({t for t in themes if t is not None}), key=themes.count, default=None)
        share = themes.count(theme) / len(themes) if themes and theme is not None else 0.0
        out.append(
            {
                **{name: row[name] for name in ("phrase", "day", "count", "expected", "e_value",
                                                "copied")},
                "people": len({who for _, _, who in holding if who is not None}),
                "theme_id": theme if share >= MOSTLY else None,
                "new_theme": bool(themes) and themes.count(None) >= MOSTLY * len(themes),
            }
        )  # fmt: skip
    return out
