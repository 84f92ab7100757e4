"""What broken promises cost, by kind; themes may count the same orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from goodwill.currencies import major
from goodwill.errors import NotFound
from goodwill.figures import Figure, count_figure, ratio, share_figure
from goodwill.generations import Reader
from goodwill.report.chain import FOLLOW_DAYS
from goodwill.report.costs import cost_figures, effects, with_plants, working
from goodwill.report.doubt import with_doubt
from goodwill.report.problem_shapes import BrokenCost, BrokenCosts, BrokenPage
from goodwill.report.shapes import Link, Part
from goodwill.settings import Settings

KINDS = {
    "delivery": "Delivery date of an order",
    "commitment": "Said in a message",
    "published": "Published",
}
_BROKEN = "status IN ('broken', 'overdue')"
OVERLAP = (
    "These customers may have written too, so the same orders may be counted in the themes: costs "
    "of broken promises and of themes are not to be added up."
)
_MOST_THEMES = 8


def broken_costs(reader: Reader, settings: Settings) -> BrokenCosts:
    """Return each kind of promise that was broken with what it cost, the dearest first."""
    over = _over(reader)
    rows = reader.dicts(
        f"""
        SELECT kind, count(*) AS broken, count(customer_no) AS known,
            count(DISTINCT customer_no) AS people,
            count(*) FILTER (watched AND wrote_at IS NULL) AS unsaid,
            count(DISTINCT customer_no) FILTER (watched AND wrote_at IS NULL) AS silent,
            count(*) FILTER (watched) AS followed,
            count(DISTINCT customer_no) FILTER (watched) AS watched
        FROM (SELECT *, followed AND due_at <= $1 AS watched FROM promises) p
        WHERE {_BROKEN} AND kind IS NOT NULL GROUP BY kind
        """,
        [over],
    )
    hurt = effects(reader)
    written = bool(reader.rows("SELECT 1 FROM messages WHERE direction = 'in' LIMIT 1"))
    found = [
        (_lost(effect), _doubted(reader, _cost(row, effect, settings, written, over)))
        for row in rows
        for effect in [hurt.get(f"promise:{row['kind']}")]
    ]
    found.sort(key=lambda one: (-one[0], -one[1].people, one[1].kind))
    kinds = tuple(cost for _, cost in found)
    return BrokenCosts(kinds, _said(hurt.get("promises"), len(kinds), settings))


def broken_cost(reader: Reader, settings: Settings, kind: str) -> BrokenPage:
    """Return the page of one kind of broken promise.

    Raises:
        NotFound: No promise of that kind was broken.
    """
    costs = broken_costs(reader, settings)
    cost = next((one for one in costs.kinds if one.kind == kind), None)
    if cost is None:
        raise NotFound(
            f"No promise of the kind {kind!r} was broken.",
            hint="One of: " + (", ".join(one.kind for one in costs.kinds) or "none yet"),
        )
    effect = effects(reader).get(f"promise:{kind}")
    return BrokenPage(
        cost,
        with_plants(reader, working(_priced(effect), effect, settings)),
        _themes(reader, kind),
        costs.said,
    )


def _over(reader: Reader) -> datetime:
    """Return by when a promise was due after which its customer had time enough to write."""
    now = reader.as_of or datetime.max.replace(tzinfo=UTC)
    return now - timedelta(days=FOLLOW_DAYS)


def _lost(effect: dict[str, Any] | None) -> int:
    return int((effect or {}).get("value_lost") or 0)


def _priced(effect: dict[str, Any] | None) -> dict[str, Any]:
    """Return a kind's cost under the names that costs of problems have; a gain costs nothing."""
    out: dict[str, Any] = {"serve_cost": None, "contacts_year": 0, "people": 0}
    for end in ("", "_low", "_high"):
        lost = (effect or {}).get(f"value_lost{end}")
        out |= {f"value_lost{end}": lost, f"avoidable{end}": lost and max(lost, 0)}
    return out


def _cost(
    row: dict[str, Any],
    effect: dict[str, Any] | None,
    settings: Settings,
    written: bool,
    over: datetime,
) -> BrokenCost:
    kind, known = row["kind"], ratio(row["known"], row["broken"])
    where = {"kind": kind, "status": ["broken", "overdue"]}
    records = {"table": "promises", "where": where}
    quiet = {"followed": True, "wrote_at": None, "due_at<=": over.isoformat()}
    silent = {"table": "promises", "where": where | quiet}
    watched = ratio(row["followed"], row["broken"])
    nobody = "" if row["known"] else "The files do not say to whom it was promised."
    nothing = nobody or ("" if written else "No contacts came in, so nobody knows who wrote.")

    def count(column: str, unit: str, key: str, events: int, **more: Any) -> Figure:
        given = {"coverage": known, "records": records, "empty": nobody} | more
        return count_figure(row[column], unit, key, people=row["people"], events=events, **given)

    costs = cost_figures(_priced(effect), effect, settings, records=records)
    figures = {
        "people": count("people", "people", "people_promised_in_vain", row["broken"]),
        "broken": count("broken", "promises", "promises_broken", row["broken"], empty=""),
        "value_lost": costs["value_lost"],
        "silent_people": Figure(
            None if nothing else row["silent"], "people", "silent_people",
            people=0 if nothing else row["silent"], events=0 if nothing else row["unsaid"],
            coverage=watched, records=silent, reason=nothing,
        ),
        "silent_share": share_figure(
            0 if nothing else row["silent"], 0 if nothing else row["watched"], "silent_share",
            people=row["watched"], coverage=watched, records=silent,
            empty=nothing or "None of these promises has a known customer and a date.",
        ),
    }  # fmt: skip
    return BrokenCost(kind, KINDS.get(kind, kind), row["people"], row["broken"], figures)


def _doubted(reader: Reader, cost: BrokenCost) -> BrokenCost:
    """Return a kind with how far its counts can be off, as the chain tells of all kinds."""
    people, broken = cost.figures["people"], cost.figures["broken"]
    if people.value is None:
        return cost
    link = Link("broken", cost.label, people, broken)
    told = with_doubt(reader, [link], "kind = ?", [cost.kind])[0]
    assert told.people is not None and told.events is not None
    return replace(cost, figures={**cost.figures, "people": told.people, "broken": told.events})


def _said(whole: dict[str, Any] | None, kinds: int, settings: Settings) -> str:
    if whole is None or whole["value_lost"] is None or kinds < 2:
        return OVERLAP
    value, low, high = (
        f"{major(whole[f'value_lost{end}'], settings.currency):,.0f}"
        for end in ("", "_low", "_high")
    )
    return (
        f"{OVERLAP} Nor are the kinds: all broken promises together, each order counted once, "
        f"cost {value} {settings.currency} a year ({low} to {high})."
    )


def _themes(reader: Reader, kind: str) -> tuple[Part, ...]:
    """Return the themes that most of these customers wrote about once the promise was broken."""
    rows = reader.dicts(
        f"""
        SELECT m.theme_id, t.label, count(DISTINCT (m.source, m.contact_id)) AS events,
            count(DISTINCT m.customer_no) AS people
        FROM promises p
        JOIN messages m ON m.customer_no = p.customer_no AND m.direction = 'in'
            AND m."at" >= p.due_at AND m."at" < p.due_at + INTERVAL 28 DAY
        JOIN themes t ON t.theme_id = m.theme_id
        WHERE p.{_BROKEN} AND p.kind = ?
        GROUP BY m.theme_id, t.label ORDER BY people DESC, events DESC, m.theme_id
        LIMIT {_MOST_THEMES}
        """,
        [kind],
    )
    return tuple(
        Part(str(row["theme_id"]), row["label"], int(row["events"]), int(row["people"]))
        for row in rows
    )
