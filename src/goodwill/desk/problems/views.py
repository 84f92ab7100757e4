"""The ranked problems, and the page of one."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from goodwill.desk.accounts.models import people_of
from goodwill.desk.charts.marks import Mark, alert_marks, event_marks
from goodwill.desk.followups.finding import looked_after
from goodwill.desk.pages import Steps, offset_of
from goodwill.desk.problems.care import cared_for, eases
from goodwill.desk.reading import book
from goodwill.desk.rights import READERS, rights
from goodwill.desk.scope import asked_of, carried, form_of
from goodwill.report.fixes import fixes_worked
from goodwill.report.problem_shapes import ProblemPage
from goodwill.report.shapes import Sentence
from goodwill.report.watch_shapes import Fix

WORST = {
    "low_rating": "Of the lowest rating, and of those nearest to what the problem is about.",
    "complaining": "Nobody rated low: of those who had to write again, the surest complaint.",
}
"""Where the worst sentence is taken from, and how it is told to be the worst."""
SENTENCES = (
    ("low_rating", "Nearly as bad", "With the lowest ratings: asked, and not content."),
    ("complaining", "Nearly as bad", "They complain; those who wrote again come first."),
    ("newest", "Newest", "What came in last."),
    ("dissenting", "Who sees it otherwise", "Wrote about it too, and gave a good rating."),
    ("boundary", "At the edge", "Least like the rest: here the theme may be two."),
)

LABELS = {
    "precision": "Right, of what stands under it",
    "recall": "Found, of what belongs to it",
    "broken": "Promises broken",
    "silent_share": "Of them silent",
    "silent_people": "Silent about one at least",
    "avoidable_loss": "Avoidable loss a year",
    "cost_to_serve": "Cost to serve a year",
    "gestures": "Of it given as gestures",
    "value_lost": "Value lost a year",
    "trend": "Times the 13 weeks before",
    "people": "People",
    "contacts": "Contacts",
    "repeat_contact_rate": "Contacts that repeat one",
    "repeat_people": "Wrote again",
    "first_contact_resolution": "Solved at first contact",
    "public_people": "Went public",
    "low_rating_share": "Low ratings",
    "revenue": "Revenue from these people",
    "lifetime_value": "Value of these people, {weeks} weeks",
}
PARTS = (
    ("worst-title", "The worst sentence"),
    ("hits-title", "Whom it hit"),
    ("work-title", "How the cost was found"),
    ("weeks-title", "Week by week"),
    ("paths-title", "The ways it took"),
    ("care-title", "Who answers for it"),
    ("declare-title", "What was done about it"),
)
"""The parts of the page that are led to from its head."""
PAGE = 50
CENTRAL = 4
"""Central sentences on the page: the first one large."""
OTHERS = 4
"""Sentences of each other kind."""


def problems(request: HttpRequest) -> HttpResponse:
    """Show all problems, the first to be dealt with first."""
    seen, asked = book().overview(), asked_of(request)
    found = book().problems(**asked.of("problems"))
    offset, query = offset_of(request), carried(request)["carried"]
    shown, judged = found[offset : offset + PAGE], eases()
    ctx = {
        **form_of(asked, "problems"),
        "problems": shown,
        "eases": judged,
        "eases_key": str(sorted(judged.items())),
        "steps": Steps(f"{reverse('problems')}{query}", offset, PAGE, len(shown), len(found)),
        "broken": None if asked.of("problems") else book().broken_costs(),
        "ranking": seen.ranking,
        "worked": fixes_worked(book().fixes()) if rights(request)["may"]["fixes"] else None,
        "together": seen.together,
        "here": "problems",
    }
    return render(request, "problems/problems.html", ctx)


def problem(request: HttpRequest, theme_id: int) -> HttpResponse:
    """Show all that is known of one problem."""
    seen, asked = book().problem(theme_id), asked_of(request)
    part, narrow = None, asked.of("problem")
    if narrow:
        part = book().within(**{**narrow, "theme_id": theme_id}, against=asked.texts["against"])
    may, weeks = rights(request)["may"], book().settings.horizon_weeks
    measured = book().themes.measured(theme_id) if may["theme"] else {}
    told = book().fixes() if may["fixes"] else []
    after = looked_after([hit.customer_id for hit in seen.hits], f"theme:{theme_id}")
    ctx = {
        **form_of(asked, "problem"),
        "part": part,
        "seen": seen,
        "problem": seen.problem,
        "figures": [
            (LABELS.get(key, key.replace("_", " ")).format(weeks=weeks), figure)
            for key, figure in {**seen.problem.figures, **measured}.items()
        ],
        "central": seen.sentences.get("central", ())[:CENTRAL],
        "worst": _worst(seen),
        "groups": [
            (key, title, note, shown)
            for key, title, note in SENTENCES
            if (shown := seen.sentences.get(key, ())[int(key in WORST) :][:OTHERS])
        ],
        "hits": [(hit, after.get(hit.customer_id)) for hit in seen.hits],
        "parts": [each for each in PARTS if _stands(each[0], seen, may)],
        "care": cared_for(theme_id),
        "owners": people_of(READERS) if may["care_for_problem"] else [],
        "marks": _marks(theme_id, told),
        "fixes": [f for f in told if theme_id in dict(f.themes)],
        "sisters": seen.sisters,
        "here": "problems",
    }
    return render(request, "problems/problem.html", ctx)


def broken(request: HttpRequest, kind: str) -> HttpResponse:
    """Show what the broken promises of one kind cost, and how that was found."""
    seen = book().broken_cost(kind)
    ctx = {
        "seen": seen,
        "figures": [(LABELS[key], figure) for key, figure in seen.cost.figures.items()],
        "here": "problems",
    }
    return render(request, "problems/broken.html", ctx)


def _worst(seen: ProblemPage) -> tuple[Sentence, str] | None:
    """Return the one sentence that is called the worst, and why it is; None without any."""
    for kind, why in WORST.items():
        if seen.sentences.get(kind):
            return seen.sentences[kind][0], why
    return None


def _stands(part: str, seen: ProblemPage, may: dict[str, bool]) -> bool:
    """Return whether a part of the page stands there, for this problem and this reader."""
    return {
        "worst-title": _worst(seen) is not None,
        "hits-title": may["texts"],
        "work-title": bool(seen.working.sentences),
        "paths-title": bool(seen.paths),
        "care-title": may["texts"],
        "declare-title": may["fixes"],
    }.get(part, True)


def _marks(theme_id: int, told: Sequence[Fix]) -> list[Mark]:
    """Return what is drawn into the weeks of a problem: its alerts, and what was done about it."""
    seen = book().alerts()
    return [
        *event_marks([each for each in told if theme_id in dict(each.themes)]),
        *alert_marks([each for each in (*seen.now, *seen.before) if each.theme_id == theme_id]),
    ]
