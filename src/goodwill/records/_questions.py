"""Surveys: columns that no recipe can name become a contact's rating, text and choices.

A recipe with a ``[questions]`` section writes ``{rating}``, ``{scale}``, ``{text}``, ``{choices}``,
``{order}`` and ``{customer}`` into its expressions. Here they are filled for one file, from the
titles and the values of its columns. What was decided is kept as a mapping of the Book, so that a
later export of the same survey is read the same way.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from goodwill.literals import text_sql

from ._answers import CES_WORDS, CSAT_WORDS, Answers, Meaning, meaning
from ._headers import Title
from ._objects import Reader
from ._recipe import Column, Recipe, plain

_RANK = ("nps", "csat5", "ces7", "stars5")
_MOST_TITLE = 200
_HOW = ("order", "zone", "decimal", "unless")
_SPOKEN = {"nps": "NPS, 0 to 10", "csat5": "satisfaction, 1 to 5", "ces7": "effort, 1 to 7",
           "stars5": "stars, 1 to 5"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A column that holds answers, and what it is taken for."""

    ours: str
    column: str
    title: Title
    means: Meaning

    @property
    def spoken(self) -> str:
        """The question, short."""
        title = self.title
        full = f"{title.question} - {title.part}" if title.part else title.question
        return full if len(full) <= 70 else full[:69] + "…"


def with_questions(recipe: Recipe, reader: Reader) -> Recipe:
    """Return the recipe with this file's questions filled in; its notes say what was decided."""
    titles: Mapping[str, Title] = getattr(reader, "titles", {})
    found = recipe.found(reader.columns)
    columns = [c for c in reader.columns if c not in set(found.values())]
    asked = _asked(recipe, reader, columns, titles)
    rating = _first_rating(asked)
    texts = [a for a in asked if a.means.kind == "text"]
    picks = [a for a in asked if a.means.kind == "choice"]
    # A second rating in words is still something that the customer said.
    picks += [a for a in asked if a.means.kind == "rating" and a is not rating]
    filled = {
        "{rating}": _rating_sql(rating) if rating else "NULL",
        "{scale}": text_sql(rating.means.scale) if rating else "NULL",
        "{text}": _text_sql(texts),
        "{choices}": _choices_sql(picks),
        "{order}": _first(asked, "order"),
        "{customer}": _first(asked, "customer"),
    }
    taken = [a for a in asked if a.means.kind]
    said = [a.ours for a in taken if a.means.kind in ("rating", "text", "choice")]
    left = dict(recipe.leave_out)
    left["submissions without an answer"] = " AND ".join(f"{o} IS NULL" for o in said) or "false"
    return replace(
        recipe,
        columns={**_zoned(recipe, found, titles), **{a.ours: Column((a.column,)) for a in taken}},
        tables=tuple(
            replace(table, fields={k: _filled(v, filled) for k, v in table.fields.items()})
            for table in recipe.tables
        ),
        names=(*recipe.names, *(a.ours for a in taken if a.means.kind == "name")),
        identities=_identities(recipe, taken),
        leave_out=left,
        notes=(*recipe.notes, *_notes(asked, rating, texts, picks)),
        questions={},
    )


def document_of(recipe: Recipe, mark: str) -> dict[str, Any]:
    """Return a recipe as the document of a saved mapping."""
    columns = {}
    for ours, column in recipe.columns.items():
        given = {"from": list(column.names), "kind": column.kind}
        given |= {k: getattr(column, k) for k in _HOW if getattr(column, k)}
        columns[ours] = given
    layout = asdict(recipe.layout)
    return {
        "name": recipe.name,
        "title": recipe.title,
        "source": recipe.source,
        "match": mark,
        "notes": list(recipe.notes),
        "missing": list(recipe.missing),
        "names": list(recipe.names),
        "tables": [
            {"table": t.table, "when": t.when, "key": list(t.key), "group": t.group,
             "required": list(t.required), "fields": dict(t.fields)} for t in recipe.tables
        ],
        "columns": columns,
        "identities": {kind: list(ours) for kind, ours in recipe.identities.items()},
        "leave_out": dict(recipe.leave_out),
        "layout": {k: list(v) if isinstance(v, tuple) else v for k, v in layout.items()},
    }  # fmt: skip


def _asked(
    recipe: Recipe, reader: Reader, columns: list[str], titles: Mapping[str, Title]
) -> list[Asked]:
    """Sort the columns by their titles and all their values."""
    never = [re.compile(pattern) for pattern in recipe.questions.get("never", ())]
    marked = str(recipe.questions.get("marked", ""))
    columns = [c for c in columns if not any(p.search(c) for p in never)]
    answers = {column: Answers() for column in columns}
    for chunk in reader.chunks(only=set(columns)):
        for column in columns:
            answers[column].add(chunk.rows.column(column).to_pylist())
    marks = any(marked and marked in title.mark for title in titles.values())
    groups = {c.removesuffix("_NPS_GROUP") for c in reader.columns if c.endswith("_NPS_GROUP")}
    out = []
    for place, column in enumerate(columns):
        title = titles.get(column, Title(re.sub(r" \(\d+\)'*$", "", column)))
        means = meaning(column, title, answers[column], nps=column in groups)
        embedded = marks and marked not in title.mark
        if embedded and means.kind not in ("order", "customer", "email", "phone", "name"):
            # A survey's own data beside the answers is nothing that the customer said.
            means = Meaning("", told="embedded data")
        out.append(Asked(f"asked_{place + 1}", column, title, means))
    return out


def _first_rating(asked: list[Asked]) -> Asked | None:
    known = [a for a in asked if a.means.kind == "rating" and a.means.scale]
    return min(known, key=lambda a: _RANK.index(a.means.scale)) if known else None


def _first(asked: list[Asked], kind: str) -> str:
    found = [a.ours for a in asked if a.means.kind == kind]
    return f"coalesce({', '.join(found)})" if found else "NULL"


def _rating_sql(asked: Asked) -> str:
    number = rf"try_cast(regexp_extract({asked.ours}, '^\s*(-?\d+)', 1) AS DOUBLE)"
    words = {"csat5": CSAT_WORDS, "ces7": CES_WORDS}.get(asked.means.scale, {})
    cases = " ".join(f"WHEN {text_sql(word)} THEN {score}" for word, score in words.items())
    spoken = f"CASE lower(trim({asked.ours})) {cases} END" if cases else "NULL"
    return f"coalesce({number}, {spoken})"


def _text_sql(texts: list[Asked]) -> str:
    """Return the own words; of different questions, each under its title."""
    if len(texts) == 1:
        return texts[0].ours
    if texts and len({_title(a) for a in texts}) == 1:
        joined = ", ".join(a.ours for a in texts)
        return f"nullif(concat_ws({text_sql(chr(10) * 2)}, {joined}), '')"
    parts = [
        f"CASE WHEN {a.ours} IS NOT NULL THEN "
        f"{text_sql(_title(a) + chr(10))} || {a.ours} END" for a in texts
    ]  # fmt: skip
    return (
        f"nullif(concat_ws({text_sql(chr(10) * 2)}, {', '.join(parts)}), '')" if parts else "NULL"
    )


def _title(asked: Asked) -> str:
    title = asked.title
    full = f"{title.question} - {title.part}" if title.part else title.question
    return full[:_MOST_TITLE]


def _choices_sql(picks: list[Asked]) -> str:
    parts = []
    for a in picks:
        if a.means.told == "ticked":
            parts.append(f"CASE WHEN {a.ours} IS NOT NULL THEN {text_sql(a.title.part)} END")
        elif a.means.kind == "rating":
            parts.append(f"CASE WHEN regexp_matches({a.ours}, '[A-Za-z]{{2}}') THEN {a.ours} END")
        else:
            parts.append(a.ours)
    return f"nullif(concat_ws('; ', {', '.join(parts)}), '')" if parts else "NULL"


def _filled(sql: str, values: Mapping[str, str]) -> str:
    for mark, value in values.items():
        sql = sql.replace(mark, value)
    return sql


def _identities(recipe: Recipe, taken: list[Asked]) -> dict[str, tuple[str, ...]]:
    out = dict(recipe.identities)
    for kind in ("email", "phone", "order"):
        more = tuple(a.ours for a in taken if a.means.kind == kind)
        if more:
            out[kind] = (*out.get(kind, ()), *more)
    return out


def _zoned(
    recipe: Recipe, found: Mapping[str, str], titles: Mapping[str, Title]
) -> dict[str, Column]:
    """Give times the zone that the header itself names."""
    out = dict(recipe.columns)
    for ours, column in recipe.columns.items():
        mark = titles[found[ours]].mark if found.get(ours) in titles else ""
        if column.kind != "time" or "timeZone" not in mark:
            continue
        try:
            zone = str(json.loads(mark)["timeZone"])
            zone = "UTC" if zone == "Z" else zone
            ZoneInfo(zone)
        except (ValueError, KeyError, TypeError, ZoneInfoNotFoundError):
            continue
        out[ours] = replace(column, zone=zone)
    return out


def _notes(
    asked: list[Asked], rating: Asked | None, texts: list[Asked], picks: list[Asked]
) -> list[str]:
    notes = []
    if rating:
        scale = _SPOKEN[rating.means.scale]
        notes.append(f"the rating ({scale}) is the answer to {rating.spoken!r}")
    else:
        notes.append("no question with a known scale (NPS, CSAT, effort, stars) was found")
    if texts:
        notes.append("own words are the answers to " + ", ".join(repr(a.spoken) for a in texts))
    chosen = [a for a in picks if a.means.kind == "choice"]
    if chosen:
        told = [
            f"{a.spoken!r} ({a.means.told})"
            if a.means.told.startswith("several")
            else repr(a.spoken)
            for a in chosen
        ]
        notes.append("choices stand in the subject: " + ", ".join(told))
    others = [a for a in asked if a.means.kind == "rating" and a is not rating]
    if others:
        notes.append("ratings that are not taken, for one alone is kept or their scale is not "
                     "known: " + ", ".join(repr(a.spoken) for a in others))  # fmt: skip
    keys = [f"{a.means.kind} {plain(a.spoken)!r}" for a in asked
            if a.means.kind in ("email", "phone", "name", "order", "customer")]  # fmt: skip
    if keys:
        notes.append("taken for keys of the customer: " + ", ".join(keys))
    unused = [f"{a.spoken!r} ({a.means.told})" for a in asked if not a.means.kind]
    if unused:
        notes.append("not taken: " + ", ".join(unused))
    return notes
