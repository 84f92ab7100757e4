"""Themes made by hand, for the pages about them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from goodwill.errors import NotFound
from goodwill.figures import Figure, count_figure, share_figure
from goodwill.language import Edit
from goodwill.report import (
    Area,
    AuditItem,
    AuditSheet,
    EditPreview,
    Gauge,
    Month,
    Sentence,
    Theme,
    ThemePage,
    ThemesPage,
)

AT = datetime(2025, 5, 6, 14, 5, tzinfo=UTC)
LABELS = ["parcel not arrived", "refund pending", "wrong size", "satisfied with the quality"]


def _count(value: int, definition: str) -> Figure:
    return count_figure(value, "contacts", definition, people=None, coverage=1.0, records={})


def made_theme(number: int) -> Theme:
    unknown = Figure(None, "share", "theme_recall", events=0, reason="Nobody audited it.")
    audited = number == 0
    figures = {
        "contacts": _count(900 - 200 * number, "contacts"),
        "precision": share_figure(18, 20, "theme_precision", coverage=1.0) if audited else unknown,
        "recall": unknown,
    }
    if number != 3:
        figures |= {"recent": _count(80, "theme_recent"), "before": _count(60, "theme_before")}
    return Theme(
        number, LABELS[number], (LABELS[number], "tracking stands still", "x" * 60), number % 2,
        f"area {number % 2}", 900 - 200 * number, number == 3, number == 1,
        0 if number == 2 else None, (4, 5) if number == 2 else (),
        AT if number < 2 else None, "goodwill-static-2/0badcafe+1",
        figures, AT - timedelta(days=9) if audited else None, "goodwill-static-2/0badcafe",
    )  # fmt: skip


def made_edits() -> list[Edit]:
    return [
        Edit(1, AT, "ada", "split", 0, label="lost with the carrier", words=("carrier", "driver"),
             made_id=1_000_000, history="frozen", since=AT),
        Edit(2, AT, "", "merge", 2, into=0, undone_at=AT, undone_by="bob"),
    ]  # fmt: skip


class MadeThemes:
    """Stands in for `goodwill.themes.BookThemes`; keeps what it was asked to do in ``done``."""

    def __init__(self) -> None:
        self.done: list[Any] = []
        self.judged = 0

    def page(self) -> ThemesPage:
        every = [made_theme(number) for number in range(4)]
        areas = [
            Area(area, f"area {area}", sum(t.contacts for t in some), some)
            for area in (0, 1)
            if (some := tuple(t for t in every if t.area_id == area and not t.muted))
        ]
        share = share_figure(90, 1000, "unfiled_share", coverage=1.0)
        return ThemesPage(
            tuple(areas), (every[3],), (Gauge("unfiled_share", "Unfiled", share),),
            (Month("2025-04", 800, share), Month("2025-05", 700, share)),
            tuple(reversed(made_edits())), 1, "goodwill-static-2/0badcafe",
        )  # fmt: skip

    def theme(self, theme_id: int) -> ThemePage:
        if not 0 <= theme_id < 4:
            raise NotFound(f"No theme has the id {theme_id}.")
        return ThemePage(
            made_theme(theme_id),
            count_figure(
                7,
                "contacts",
                "theme_further",
                people=6,
                coverage=1.0,
                records={"table": "further_themes", "where": {"theme_id": theme_id}},
            ),
            {kind: _sentences(kind) for kind in ("central", "newest", "boundary")},
            tuple(made_edits()),
            theme_id != 3,
        )

    def measured(self, theme_id: int) -> dict[str, Figure]:
        return {"precision": share_figure(18, 20, "theme_precision", coverage=1.0)}

    def preview(self, kind: str, theme_id: int, **values: Any) -> EditPreview:
        self.theme(theme_id)
        self.done.append(("preview", kind, theme_id, values))
        edit = Edit(3, AT, "", kind, theme_id, history=values["history"])
        return EditPreview(edit, _count(120, "contacts"), _sentences("central"), "It moves <this>.")

    def edit(self, kind: str, theme_id: int, *, by: str, **values: Any) -> None:
        self.done.append((kind, theme_id, by, values))

    def undo(self, edit_id: int, *, by: str) -> None:
        self.done.append(("undo", edit_id, by))

    def audit(self, theme_id: int, *, by: str) -> AuditSheet:
        self.theme(theme_id)
        items = [
            AuditItem(f"{n:032x}", "My parcel <b>never</b> came.", "web_form", AT,
                      True if n < self.judged else None)
            for n in range(3)
        ]  # fmt: skip
        return AuditSheet(1, theme_id, LABELS[theme_id], tuple(items), self.judged, 1)

    def answer(self, draw_id: int, answers: dict[str, bool], *, by: str) -> None:
        self.done.append((draw_id, answers, by))
        self.judged += 1


def _sentences(kind: str) -> tuple[Sentence, ...]:
    text = "Where is my parcel? See https://shop.example/track/" + "0123456789abcdef" * 6
    return (Sentence("shop", "m1", text, AT, "email", "shop:10023", kind),)
