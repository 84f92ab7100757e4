"""Problems: themes ranked by what they cost a year, and all that is known of one of them."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import Any

from goodwill.errors import NotFound
from goodwill.figures import Figure, count_figure, ratio, share_figure
from goodwill.generations import Reader
from goodwill.journeys import local_day_sql
from goodwill.report.competitors import competitors
from goodwill.report.contracts import with_contracts
from goodwill.report.costs import cost_figures, effects, gestures_figure, with_plants, working
from goodwill.report.journeys import theme_paths
from goodwill.report.problem_shapes import Hit, Problem, ProblemPage, Slice, Week
from goodwill.report.rules import rules_of
from goodwill.report.sentences import IS_SENTENCE, SENTENCE, chosen, sentence
from goodwill.report.shapes import Gauge, Sentence
from goodwill.report.signals import how_bad
from goodwill.report.trend import quiet, trends
from goodwill.settings import Settings
from goodwill.tables import low_rating_sql

_PROBLEMS = """
    SELECT p.*, t.label, t.terms
    FROM problem_costs p JOIN themes t ON t.theme_id = p.theme_id
"""

# How the sentences of each kind are chosen; the first kind stands on the overview.
_KINDS = {
    "central": 'ORDER BY similarity DESC, "at" DESC, contact_id',
    "newest": 'ORDER BY "at" DESC, contact_id',
    "low_rating": (
        f'AND ({low_rating_sql()}) ORDER BY rating, similarity DESC, "at" DESC, contact_id'
    ),
    "dissenting": (
        f"AND rating IS NOT NULL AND NOT ({low_rating_sql()}) "
        'ORDER BY rating DESC, similarity DESC, "at" DESC, contact_id'
    ),
    "boundary": 'ORDER BY similarity, "at" DESC, contact_id',
}
_COMPLAINING = (
    'AND complaint >= 0.5 ORDER BY coalesce("repeat", false) DESC, complaint DESC, "at" DESC, '
    "contact_id"
)
"""The worst of those whom nobody asked for a rating: they complain, and had to write again."""


def problems(reader: Reader, settings: Settings, *, sentences: int = 3) -> list[Problem]:
    """Return all problems in the order of their places; found once a generation, then kept."""
    return list(_ranked(reader, settings, sentences))


@lru_cache(maxsize=4)
def _ranked(reader: Reader, settings: Settings, sentences: int) -> tuple[Problem, ...]:
    rows = reader.dicts(_PROBLEMS + " ORDER BY p.place, p.theme_id")
    central = _central(reader, sentences)
    hurt = effects(reader)
    moved = trends(reader)
    return tuple(
        _problem(
            row, settings, reader, central.get(row["theme_id"], ()), _own(hurt, row),
            moved.get(row["theme_id"]),
        )
        for row in rows
    )  # fmt: skip


def problem(reader: Reader, settings: Settings, theme_id: int) -> ProblemPage:
    """Return the page of one problem.

    Raises:
        NotFound: No theme has that id.
    """
    rows = reader.dicts(_PROBLEMS + " WHERE p.theme_id = ?", [theme_id])
    if not rows:
        raise NotFound(
            f"No problem has the id {theme_id}.", hint="goodwill problems lists them all."
        )
    sentences = {
        kind: chosen(
            reader, "theme_id = ?", [theme_id], ending, kind, 5 if kind != "central" else 8
        )
        for kind, ending in _KINDS.items()
    }
    if not sentences["low_rating"]:
        sentences["complaining"] = chosen(
            reader, "theme_id = ?", [theme_id], _COMPLAINING, "complaining", 5
        )
    effect = _own(effects(reader), rows[0])
    return ProblemPage(
        problem=_problem(
            rows[0],
            settings,
            reader,
            sentences["central"][:3],
            effect,
            trends(reader).get(theme_id),
        ),
        working=with_contracts(
            reader, settings, theme_id, with_plants(reader, working(rows[0], effect, settings))
        ),
        weeks=weeks(reader, settings.time_zone, theme_id),
        channels=_slices(reader, theme_id, "channel"),
        products=_slices(reader, theme_id, "product"),
        hits=_hits(reader, settings, theme_id),
        promises=_promises(reader, theme_id),
        sentences=sentences,
        regions=_slices(reader, theme_id, "region"),
        sisters=_sisters(reader, theme_id),
        signals=how_bad(reader, theme_id),
        competitors=competitors(reader, theme_id),
        rules=rules_of(reader, theme_id),
        paths=theme_paths(reader, settings, theme_id),
    )


def _sisters(reader: Reader, theme_id: int) -> tuple[tuple[int, str], ...]:
    rows = reader.rows(
        """
        SELECT theme_id, label FROM themes
        WHERE theme_id <> ? AND area_id = (SELECT area_id FROM themes WHERE theme_id = ?)
        ORDER BY contacts DESC, theme_id
        """,
        [theme_id, theme_id],
    )
    return tuple((int(number), str(label)) for number, label in rows)


def weeks(reader: Reader, time_zone: str, theme_id: int | None = None) -> tuple[Week, ...]:
    """Return contacts and people a week, without gaps; of all themes when none is given."""
    if theme_id is None:
        day = local_day_sql('"at"', time_zone)
        found = reader.rows(
            f"""
            SELECT CAST(date_trunc('week', {day}) AS DATE) AS week, count(*),
                count(DISTINCT customer_no)
            FROM messages WHERE direction = 'in' AND "at" IS NOT NULL GROUP BY 1 ORDER BY 1
            """
        )
    else:
        found = reader.rows(
            "SELECT week, events, people FROM weekly WHERE theme_id = ? ORDER BY week", [theme_id]
        )
    if not found:
        return ()
    known = {week: (events, people) for week, events, people in found}
    week, last, out = found[0][0], found[-1][0], []
    while week <= last:
        events, people = known.get(week, (0, 0))
        out.append(Week(week, int(events), int(people)))
        week += timedelta(days=7)
    return tuple(out)


def _own(hurt: dict[str, dict[str, Any]], row: dict[str, Any]) -> dict[str, Any] | None:
    return hurt.get(f"theme:{row['theme_id']}")


def _problem(
    row: dict[str, Any], settings: Settings, reader: Reader, sentences: tuple[Sentence, ...],
    effect: dict[str, Any] | None, moved: Figure | None,
) -> Problem:  # fmt: skip
    theme = {"theme_id": row["theme_id"]}
    inbound = {**theme, "direction": "in"}
    known = ratio(row["known"], row["events"])
    money = f"minor:{settings.currency}"
    coverage = ratio(row["valued_people"], row["people"])
    no_money = "; ".join(reader.manifest.get("value", {}).get("notes", ()))

    def amount(column: str, definition: str, low: str = "", high: str = "") -> Figure:
        value = row[column] if row["valued_people"] else None
        return Figure(
            None if value is None else int(value),
            money,
            definition,
            low=row[low] if low and value is not None else None,
            high=row[high] if high and value is not None else None,
            people=row["valued_people"],
            events=row["events"],
            coverage=coverage,
            records={"table": "messages", "where": inbound},
            reason=""
            if value is not None
            else no_money or "None of these people has an order in this Book.",
        )

    nobody = "" if row["known"] else "The files do not say who wrote."

    def people(column: str, definition: str, events: int, **more: Any) -> Figure:
        return count_figure(
            row[column],
            "people",
            definition,
            people=row[column],
            events=events,
            coverage=known,
            records={"table": "messages", "where": {**inbound, **more}},
            empty=nobody,
        )

    def share(part: int, whole: int, definition: str, table: str, **more: Any) -> Figure:
        return share_figure(
            part,
            whole,
            definition,
            people=row["people"],
            coverage=known,
            records={"table": table, "where": more},
            empty=nobody or "No episode of a known customer has come to rest yet.",
        )

    figures = {
        **cost_figures(row, effect, settings),
        "gestures": gestures_figure(
            effect,
            reader.manifest.get("value", {}).get("gestures", {}),
            settings,
            {"table": "messages", "where": inbound},
        ),
        "trend": moved or quiet(row["theme_id"]),
        "people": people("people", "people", row["events"]),
        "contacts": count_figure(
            row["events"],
            "contacts",
            "contacts",
            people=row["people"],
            coverage=1.0,
            records={"table": "messages", "where": inbound},
        ),
        "repeat_contact_rate": share(
            row["repeats"], row["known"], "repeat_contact_rate", "messages", **inbound, repeat=True
        ),
        "repeat_people": people(
            "repeat_people", "people_who_wrote_again", row["repeats"], repeat=True
        ),
        "first_contact_resolution": share(
            row["episodes_first_contact"],
            row["episodes_closed"],
            "first_contact_resolution",
            "episodes",
            **theme,
            status="quiet",
        ),
        "public_people": people(
            "public_people", "people_who_went_public", row["events"], public=True
        ),
        "low_rating_share": share_figure(
            row["low_ratings"],
            row["ratings"],
            "low_rating_share",
            people=row["people"],
            coverage=ratio(row["ratings"], row["events"]),
            records={"table": "messages", "where": {**inbound, "rating!": None}},
            empty="None of these contacts carries a rating.",
        ),
        "revenue": amount("revenue", "revenue_of_people"),
        "lifetime_value": amount(
            "lifetime_value",
            "lifetime_value_of_people",
            "lifetime_value_low",
            "lifetime_value_high",
        ),
    }
    return Problem(
        theme_id=row["theme_id"],
        label=row["label"],
        terms=tuple(row["terms"] or ()),
        place=row["place"],
        people=row["people"],
        events=row["events"],
        figures=figures,
        sentences=sentences,
    )


def _central(reader: Reader, count: int) -> dict[int, tuple[Sentence, ...]]:
    found: dict[int, list[Sentence]] = {}
    for row in reader.dicts(
        f"""
        SELECT theme_id, {SENTENCE}
        FROM (
            SELECT *, row_number() OVER (
                PARTITION BY theme_id, coalesce(text, subject) ORDER BY "at" DESC, contact_id
            ) AS copy
            FROM messages WHERE theme_id IS NOT NULL AND {IS_SENTENCE}
        )
        WHERE copy = 1
        QUALIFY row_number() OVER (
            PARTITION BY theme_id ORDER BY similarity DESC, "at" DESC, contact_id
        ) <= ?
        ORDER BY theme_id, similarity DESC, "at" DESC, contact_id
        """,
        [count],
    ):
        found.setdefault(row.pop("theme_id"), []).append(sentence(row, "central"))
    return {theme: tuple(sentences) for theme, sentences in found.items()}


def _slices(reader: Reader, theme_id: int, column: str) -> tuple[Slice, ...]:
    rows = reader.rows(
        f"""
        SELECT {column}, count(*) AS events, count(DISTINCT customer_no) AS people,
            count(*) / sum(count(*)) OVER () AS share
        FROM messages
        WHERE theme_id = ? AND direction = 'in' AND {column} IS NOT NULL
        GROUP BY {column} ORDER BY events DESC, {column} LIMIT 8
        """,
        [theme_id],
    )
    return tuple(Slice(str(n), int(e), int(p), float(s)) for n, e, p, s in rows)


def _hits(reader: Reader, settings: Settings, theme_id: int) -> tuple[Hit, ...]:
    money = f"minor:{settings.currency}"
    rows = reader.dicts(
        """
        SELECT m.customer_id, m.contacts, m.repeats, m.last_at, v.revenue, v.lifetime_value,
            v.lifetime_value_low, v.lifetime_value_high, v.orders
        FROM (
            SELECT customer_no, any_value(customer_id) AS customer_id, count(*) AS contacts,
                count(*) FILTER (repeat) AS repeats, max("at") AS last_at
            FROM messages
            WHERE theme_id = ? AND direction = 'in' AND customer_no IS NOT NULL
            GROUP BY customer_no
        ) m
        LEFT JOIN customer_value v ON v.customer_no = m.customer_no
        ORDER BY v.lifetime_value DESC NULLS LAST, m.repeats DESC, m.contacts DESC, m.customer_id
        LIMIT 20
        """,
        [theme_id],
    )
    out = []
    for row in rows:
        where = {"table": "orders", "where": {"customer_id": row["customer_id"]}}
        revenue = value = None
        if row["revenue"] is not None:
            revenue = Figure(int(row["revenue"]), money, "revenue", people=1,
                             events=row["orders"], coverage=1.0, records=where)  # fmt: skip
        if row["lifetime_value"] is not None:
            value = Figure(
                int(row["lifetime_value"]),
                money,
                "lifetime_value",
                low=row["lifetime_value_low"],
                high=row["lifetime_value_high"],
                people=1,
                events=row["orders"],
                coverage=1.0,
                records=where,
            )
        out.append(
            Hit(row["customer_id"], row["contacts"], row["repeats"], row["last_at"], revenue, value)
        )
    return tuple(out)


def _promises(reader: Reader, theme_id: int) -> tuple[Gauge, ...]:
    row = reader.dicts(
        """
        WITH hit AS (
            SELECT DISTINCT customer_no FROM messages
            WHERE theme_id = ? AND direction = 'in' AND customer_no IS NOT NULL
        )
        SELECT count(*) AS people, count(*) FILTER (c.was_promised) AS with_promise,
            count(*) FILTER (c.was_broken) AS broken
        FROM hit h LEFT JOIN customers c ON c.customer_no = h.customer_no
        """,
        [theme_id],
    )[0]
    return (
        Gauge(
            "broken_promise_share",
            "Of these people, had a broken delivery promise",
            share_figure(
                row["broken"],
                row["with_promise"],
                "broken_promise_share",
                people=row["with_promise"],
                coverage=ratio(row["with_promise"], row["people"]),
                records={
                    "table": "promises",
                    "where": {"kind": "delivery", "status": ["broken", "overdue"]},
                },
                empty="None of these people has an order with a promised date.",
            ),
        ),
    )
