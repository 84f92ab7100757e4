"""Themes as a map: areas, counts, trends, the share that fits none, edits and their previews."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pyarrow as pa

from goodwill.errors import NotFound
from goodwill.figures import Figure, count_figure, ratio, share_figure
from goodwill.generations import Reader
from goodwill.language import Draw, Edit, Measured, matches, precision, recall, standing
from goodwill.report.sentences import chosen
from goodwill.report.shapes import Gauge, Sentence
from goodwill.report.theme_shapes import (
    Area,
    EditPreview,
    Month,
    Theme,
    ThemePage,
    ThemesPage,
)

_WEEKS = 4
_FIRST = 20
"""Messages of which the preview of an edit shows some."""
_KINDS = {
    "central": 'ORDER BY similarity DESC, "at" DESC, contact_id',
    "newest": 'ORDER BY "at" DESC, contact_id',
    "boundary": 'ORDER BY similarity, "at" DESC, contact_id',
}
_ITS = """rowid IN (
    SELECT message_no FROM contact_themes WHERE nearest_id = ? AND state <> 'unfiled'
)"""


def themes(reader: Reader, edits: Sequence[Edit], draws: Sequence[Draw]) -> ThemesPage:
    """Return the map of all themes."""
    found = _themes(reader, draws)
    shown = [theme for theme in found if not theme.muted]
    areas: dict[int, list[Theme]] = {}
    for theme in shown:
        areas.setdefault(theme.area_id, []).append(theme)
    groups = [
        Area(
            area_id,
            group[0].area,
            sum(theme.contacts for theme in group),
            tuple(sorted(group, key=lambda t: (not t.pinned, -t.contacts, t.theme_id))),
        )
        for area_id, group in areas.items()
    ]
    known = reader.manifest.get("themes", {})
    return ThemesPage(
        areas=tuple(sorted(groups, key=lambda area: (-area.contacts, area.area_id))),
        muted=tuple(theme for theme in found if theme.muted),
        gauges=_gauges(known),
        months=tuple(_month(row) for row in known.get("months", ())),
        edits=tuple(reversed(edits)),
        waiting=_waiting(known, edits),
        version=known.get("version", ""),
    )


def theme(reader: Reader, edits: Sequence[Edit], draws: Sequence[Draw], theme_id: int) -> ThemePage:
    """Return all that is known of one theme, muted or not.

    Raises:
        NotFound: No theme has that id.
    """
    found = [theme for theme in _themes(reader, draws) if theme.theme_id == theme_id]
    if not found:
        raise NotFound(f"No theme has the id {theme_id}.", hint="`goodwill themes` lists them.")
    own = {theme_id}
    problems = reader.rows("SELECT count(*) FROM problem_costs WHERE theme_id = ?", [theme_id])
    return ThemePage(
        theme=found[0],
        further=_further(reader, theme_id),
        sentences={
            # A muted theme's contacts carry no theme: they are found by what they are nearest to.
            kind: chosen(
                reader, _ITS if found[0].muted else "theme_id = ?", [theme_id], ending, kind, 5
            )
            for kind, ending in _KINDS.items()
        },
        edits=tuple(e for e in reversed(edits) if own & {e.theme_id, e.into, e.made_id}),
        problem=bool(problems[0][0]),
    )


def _further(reader: Reader, theme_id: int) -> Figure:
    """Return how many messages of other themes speak of this one too, in a clause."""
    messages, people = reader.rows(
        "SELECT count(*), count(DISTINCT customer_id) FROM further_themes WHERE theme_id = ?",
        [theme_id],
    )[0]
    return count_figure(
        messages, "contacts", "theme_further", people=people, coverage=1.0,
        records={"table": "further_themes", "where": {"theme_id": theme_id}},
    )  # fmt: skip


def measured(draws: Sequence[Draw], theme_id: int) -> dict[str, Figure]:
    """Return precision and recall of a theme that was audited; nothing of one that was not."""
    judged = [draw for draw in draws if draw.theme_id == theme_id and draw.answers]
    if not judged:
        return {}
    return {
        "precision": _measured(precision(judged[-1]), "theme_precision"),
        "recall": _measured(recall(judged[-1]), "theme_recall"),
    }


def preview(reader: Reader, edit: Edit) -> EditPreview:
    """Return what an edit would move: how many contacts, and the first of their sentences."""
    rows = reader.dicts("SELECT theme_id, label, area_id, area FROM themes")
    labels = {row["theme_id"]: row["label"] for row in rows}
    areas = {row["area_id"]: row["area"] for row in rows}
    since = edit.from_moment
    condition = _ITS
    values: list[Any] = [edit.theme_id]
    if since is not None:
        condition += ' AND "at" >= ?'
        values = [*values, since]
    some = f"SELECT source, contact_id, text, subject FROM messages WHERE {condition}"
    some += ' ORDER BY similarity DESC, "at" DESC, contact_id'
    if edit.kind == "split":
        texts = reader.dicts(some, values)
        if texts:
            said = pa.array([(row["text"] or "").strip() or row["subject"] for row in texts])
            held = matches(said, edit.words)
            texts = [row for row, kept in zip(texts, held, strict=True) if kept]
        moved = len(texts)
    else:
        texts = reader.dicts(f"{some} LIMIT {_FIRST}", values)
        moved = reader.rows(f"SELECT count(*) FROM messages WHERE {condition}", values)[0][0]
    figure = count_figure(
        moved,
        "contacts",
        "contacts",
        people=None,
        coverage=1.0,
        records={"table": "messages", "where": {"theme_id": edit.theme_id, "direction": "in"}},
    )
    return EditPreview(
        edit, figure, _first(reader, edit.theme_id, texts), _in_words(edit, labels, areas)
    )


def _first(reader: Reader, theme_id: int, rows: list[dict[str, Any]]) -> tuple[Sentence, ...]:
    keys = [[row["source"], row["contact_id"]] for row in rows[:_FIRST]]
    if not keys:
        return ()
    marks = ", ".join("(?, ?)" for _ in keys)
    return chosen(
        reader,
        "rowid IN (SELECT message_no FROM contact_themes WHERE nearest_id = ? "
        f"AND (source, contact_id) IN ({marks}))",
        [theme_id, *(part for key in keys for part in key)],
        _KINDS["central"],
        "central",
        5,
    )


def _in_words(edit: Edit, labels: dict[int, str], areas: dict[int, str]) -> str:
    name = f"“{labels.get(edit.theme_id, edit.theme_id)}”"
    if edit.kind == "rename":
        return f"{name} will be called “{edit.label}”."
    if edit.kind == "merge" and edit.into is not None:
        return f"{name} will be part of “{labels.get(edit.into, edit.into)}”."
    if edit.kind == "split":
        words = " or ".join(f"“{word}”" for word in edit.words)
        return f"Messages of {name} that say {words} will be a theme called “{edit.label}”."
    if edit.kind == "move":
        area = edit.label if edit.area_id is None else areas.get(edit.area_id, "")
        return f"{name} will stand in the area “{area}”."
    return {
        "pin": f"{name} will stand first in its area, and is not muted.",
        "unpin": f"{name} will stand where its size puts it.",
        "mute": f"{name} will be no problem and raise no alert; its messages are still counted.",
        "unmute": f"{name} will be a problem like others.",
    }[edit.kind]


def _waiting(known: dict[str, Any], edits: Sequence[Edit]) -> int:
    """Return how many edits and undoings the current generation does not follow yet."""
    followed = set(known.get("standing", ()))
    return len(followed ^ {edit.edit_id for edit in standing(edits)})


def _themes(reader: Reader, draws: Sequence[Draw]) -> list[Theme]:
    rows = reader.dicts("SELECT * FROM themes ORDER BY contacts DESC, theme_id")
    trends = _trends(reader)
    judged = {draw.theme_id: draw for draw in draws if draw.answers}
    out = []
    for row in rows:
        number = row["theme_id"]
        draw = judged.get(number)
        where = {"theme_id": number, "direction": "in"}
        records = {"table": "messages", "where": where}
        figures = {
            "contacts": count_figure(
                row["contacts"], "contacts", "contacts", people=None, coverage=1.0, records=records
            ),
            "precision": _measured(precision(draw) if draw else None, "theme_precision"),
            "recall": _measured(recall(draw) if draw else None, "theme_recall"),
        }
        if not row["muted"]:
            recent, before = trends.get(number, (0, 0))
            for key, value in (("recent", recent), ("before", before)):
                figures[key] = count_figure(
                    value, "contacts", f"theme_{key}", people=None, coverage=1.0, records=records
                )
        out.append(
            Theme(
                theme_id=number,
                label=row["label"],
                terms=tuple(row["terms"] or ()),
                area_id=row["area_id"],
                area=row["area"] or "",
                contacts=row["contacts"],
                muted=bool(row["muted"]),
                pinned=bool(row["pinned"]),
                split_from=row["split_from"],
                merged_from=tuple(row.get("merged_from") or ()),
                edited_at=row["edited_at"],
                version=row["version"],
                figures=figures,
                audited_at=draw.at if draw else None,
                audited_version=draw.version if draw else "",
            )
        )
    return out


def _trends(reader: Reader) -> dict[int, tuple[int, int]]:
    """Return contacts of each theme in the last four whole weeks, and in the four before."""
    last = reader.rows("SELECT max(week) FROM weekly")[0][0]
    if last is None:
        return {}
    ends = [last - timedelta(weeks=count * _WEEKS) for count in (0, 1, 2)]
    rows = reader.rows(
        """
        SELECT theme_id, sum(CASE WHEN week >= ? THEN events ELSE 0 END),
            sum(CASE WHEN week < ? THEN events ELSE 0 END)
        FROM weekly WHERE week >= ? AND week < ? GROUP BY theme_id
        """,
        [ends[1], ends[1], ends[2], ends[0]],
    )
    return {number: (int(recent), int(before)) for number, recent, before in rows}


def _measured(found: Measured | None, definition: str) -> Figure:
    if found is None or found.value is None:
        reason = found.reason if found else "This theme was not audited yet."
        return Figure(None, "share", definition, events=0, reason=reason)
    return Figure(
        found.value, "share", definition, low=found.low, high=found.high, events=found.judged,
        coverage=1.0,
    )  # fmt: skip


def _gauges(known: dict[str, Any]) -> tuple[Gauge, ...]:
    total, say = known.get("messages", 0), known.get("say", 0)
    empty = "There are no messages of customers yet."
    all_ = ratio(total, total)
    return (
        Gauge(
            "saying_share",
            "Messages that say something",
            share_figure(say, total, "saying_share", people=None, coverage=all_, empty=empty),
        ),
        Gauge(
            "filed_share",
            "With a theme",
            share_figure(
                known.get("filed", 0), say, "filed_share", people=None, coverage=all_, empty=empty
            ),
        ),
        Gauge(
            "muted_share",
            "Under a muted theme",
            share_figure(
                known.get("muted", 0), say, "muted_share", people=None, coverage=all_, empty=empty
            ),
        ),
        Gauge(
            "unfiled_share",
            "Unfiled",
            share_figure(
                known.get("unfiled", 0), say, "unfiled_share", people=None, coverage=all_,
                empty=empty,
            ),
        ),
    )  # fmt: skip


def _month(row: dict[str, Any]) -> Month:
    say = row["filed"] + row["muted"] + row["unfiled"]
    return Month(
        row["month"],
        say,
        share_figure(row["unfiled"], say, "unfiled_share", people=None, coverage=1.0),
    )
