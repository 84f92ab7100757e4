"""``goodwill alerts``: what rises, since when, and how far to trust it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

import goodwill
from goodwill.cli import output
from goodwill.cli.options import HERE, AsJson, BookFolder
from goodwill.errors import GoodwillError
from goodwill.report import Alert

MOST_PHRASES, SENTENCES = 20, 2


def alerts(
    book: BookFolder = HERE,
    replay: Annotated[
        bool, typer.Option("--replay", help="Also what watching would have said before.")
    ] = False,
    json: AsJson = False,
) -> None:
    """Show what rises, and with --replay what watching your own past would have raised."""
    try:
        page = goodwill.open(book).alerts()
    except GoodwillError as error:
        output.fail(error, json_wanted=json)
    if json:
        output.as_json(
            {
                "now": [alert.as_dict() for alert in page.now],
                "before": [alert.as_dict() for alert in page.before],
                "promise": page.promise,
                "series": page.series,
                "replayed": page.replayed,
                "reason": page.reason,
                "late": page.late,
                "warned": [asdict(each) for each in page.warned],
                "phrases": [asdict(phrase) | {"about": phrase.about} for phrase in page.phrases],
            }
        )
        return
    if page.reason:
        output.out.print(page.reason)
        return
    _table(f"Rising, of {page.series:,} segments watched", page.now)
    for alert in page.now:
        if alert.late:
            output.out.print(f"{alert.title}: {alert.late}", markup=False)
        for sentence in alert.sentences[:SENTENCES]:
            mark = "new" if sentence.kind == "new" else "typical"
            output.out.print(f"{alert.title}, {mark}: {sentence.text}", markup=False)
    if not page.now:
        output.out.print("No rise was raised in the last four weeks of the data.")
    if page.phrases:
        rows = [
            [f"{p.day}", p.phrase, f"{p.count:,}", f"{p.expected:.1f}", f"{p.people:,}",
             p.about + (", copied" if p.copied else "")]
            for p in page.phrases[:MOST_PHRASES]
        ]  # fmt: skip
        heads = ["day", "phrase", "contacts", "expected", "people", "about"]
        output.table("New words of the last four weeks", heads, rows, right={2, 3, 4})
    if replay:
        _table(f"Raised before, in {page.replayed:,} days replayed", page.before)
        rows = [[f"{w.started_on}", w.title, w.alert, w.said] for w in page.warned]
        if rows:
            output.table(
                "Would it have warned you?", ["began", "what", "alert", "when"], rows, right=set()
            )
    output.out.print(page.promise)
    if page.late:
        output.out.print(page.late, markup=False)


def _table(title: str, alerts: tuple[Alert, ...]) -> None:
    rows = [
        [
            alert.title,
            f"{alert.since} {alert.since_hour}".strip(),
            f"{alert.raised_at} {alert.raised_hour}".strip(),
            alert.arm,
            output.spoken(alert.figures["times_expected"]),
            f"{alert.figures['contacts'].value:,}",
            f"{alert.figures['contacts'].people:,}",
            output.spoken(alert.figures.get("value_touched")),
            ", ".join(part.title for part in alert.parts[:2]),
            ", ".join(alert.phrases) + ("" if alert.sure else " (less sure)"),
        ]
        for alert in alerts
    ]
    if rows:
        heads = ["segment", "since", "raised", "arm", "times", "contacts", "people", "worth",
                 "within it", "new words"]  # fmt: skip
        output.table(title, heads, rows, right={4, 5, 6, 7})
