"""Audits of themes: drawing the sample of a theme, and the sheet that a person judges."""

from __future__ import annotations

from typing import Any

from goodwill.errors import NotEnoughData
from goodwill.generations import Reader
from goodwill.language import STRATA, Draw
from goodwill.report.sentences import MOST_CHARACTERS
from goodwill.report.theme_shapes import AuditItem, AuditSheet

_KEY = "md5(t.source || chr(31) || t.contact_id)"
SHARES = {"assigned": 0.4, "unfiled": 0.2, "close": 0.2, "far": 0.2}
"""Share of a sample that is drawn from each stratum; what one lacks goes to no other."""


def draw_sample(
    reader: Reader, theme_id: int, *, seed: int, size: int
) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Return how many messages each stratum of a theme holds, and the sample: hash and stratum.

    Raises:
        NotEnoughData: The theme has no message.
    """
    rows = reader.rows(
        f"""
        WITH near AS (
            SELECT {_KEY} AS key, nearest_id, state,
                second_similarity / nullif(similarity, 0) AS closeness
            FROM contact_themes t WHERE nearest_id = ? OR second_id = ?
        ),
        middle AS (SELECT median(closeness) AS half FROM near WHERE nearest_id <> ?),
        strata AS (
            SELECT key, CASE WHEN nearest_id = ? AND state <> 'unfiled' THEN 'assigned'
                WHEN nearest_id = ? THEN 'unfiled'
                WHEN coalesce(closeness >= half, FALSE) THEN 'close' ELSE 'far' END AS stratum
            FROM near CROSS JOIN middle
        )
        SELECT stratum, key, count(*) OVER (PARTITION BY stratum) AS held,
            row_number() OVER (PARTITION BY stratum ORDER BY md5(? || key), key) AS place
        FROM strata
        QUALIFY place <= ?
        ORDER BY md5(? || key), key
        """,
        [*[theme_id] * 5, f"{seed}:", size, f"order {seed}:"],
    )
    sizes = dict.fromkeys(STRATA, 0)
    sizes |= {stratum: int(held) for stratum, _, held, _ in rows}
    if not sizes["assigned"]:
        raise NotEnoughData(f"Theme {theme_id} has no message to judge.")
    most = {stratum: max(1, round(size * share)) for stratum, share in SHARES.items()}
    return sizes, [(key, stratum) for stratum, key, _, place in rows if place <= most[stratum]]


def sheet(reader: Reader, draw: Draw) -> AuditSheet:
    """Return a draw with the words of its messages."""
    label = reader.rows("SELECT label FROM themes WHERE theme_id = ?", [draw.theme_id])
    marks = ", ".join("?" for _ in draw.items)
    keys = [key for key, _ in draw.items]
    found: list[dict[str, Any]] = reader.dicts(
        f"""
        WITH near AS MATERIALIZED (  -- each hash once, and not once for each that was drawn
            SELECT {_KEY} AS key, message_no FROM contact_themes t
            WHERE nearest_id = ? OR second_id = ?
        )
        SELECT n.key, m.text, m.subject, m.channel, m."at"
        FROM near n JOIN messages m ON m.rowid = n.message_no
        WHERE n.key IN ({marks})
        """,
        [draw.theme_id, draw.theme_id, *keys],
    )
    rows = {row["key"]: row for row in found}
    items = []
    for key in keys:
        row = rows.get(key)
        text = (
            " ".join(((row["text"] or "").strip() or row["subject"] or "").split()) if row else ""
        )
        if row and text:
            shown = text if len(text) <= 2 * MOST_CHARACTERS else text[: 2 * MOST_CHARACTERS] + " …"
            items.append(AuditItem(key, shown, row["channel"], row["at"], draw.answers.get(key)))
    return AuditSheet(
        draw.draw_id,
        draw.theme_id,
        label[0][0] if label else str(draw.theme_id),
        tuple(items),
        sum(item.belongs is not None for item in items),
        len(keys) - len(items),
    )
