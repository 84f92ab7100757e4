"""The links of the chain, from promise made to equity lost, each in people and events."""

from __future__ import annotations

from typing import Any

from goodwill.figures import Figure, ratio
from goodwill.generations import Reader
from goodwill.report.doubt import with_doubt
from goodwill.report.lost import lost_links
from goodwill.report.scope import EVERYTHING, Scope, surveys_alone
from goodwill.report.shapes import Link

_NO_CONTACTS = (
    "No contact has come in, so nobody knows who wrote: add tickets, mails, chats or reviews."
)
_HIT = {"status": ["broken", "overdue"]}


def chain_links(
    reader: Reader,
    currency: str,
    scope: Scope = EVERYTHING,
) -> tuple[Link, ...]:
    """Return the links of the chain, promise made to equity lost; grey ones say why.

    Args:
        reader: The generation.
        currency: Of the Book.
        scope: Chooses the promises to follow, by when they fell due.
    """
    where, given = scope.where("due_at")
    chosen = scope.records("due_at")
    made = _made(reader, scope, where, given)
    if made["made"]:
        coverage = ratio(made["judged"], made["made"])
        first = [
            _link(
                "promised", "Promise made", made["people"], made["made"],
                ratio(made["known"], made["made"]), "promises_made", "promises",
                {"due_at!": None, **chosen},
            ),
            _link(
                "broken", "Promise broken", made["broken_people"], made["broken"], coverage,
                "promises_broken", "promises",
                {"status": ["broken", "overdue"], **chosen},
            ),
        ]  # fmt: skip
        row = reader.dicts(
            f"""
            SELECT count(*) AS promises, count(DISTINCT customer_no) AS people,
                count(wrote_at) AS wrote, count(wrote_again_at) AS again,
                count(public_at) AS public,
                count(DISTINCT customer_no) FILTER (wrote_at IS NOT NULL) AS wrote_people,
                count(DISTINCT customer_no) FILTER (wrote_again_at IS NOT NULL) AS again_people,
                count(DISTINCT customer_no) FILTER (public_at IS NOT NULL) AS public_people
            FROM promises WHERE followed AND status IN ('broken', 'overdue') AND {where}
            """,
            given,
        )[0]
        known = ratio(row["promises"], made["broken"])
        wrote = [
            _link("wrote", "Wrote", row["wrote_people"], row["wrote"], known,
                  "wrote_after_broken_promise", "chain", {**_HIT, "wrote_at!": None, **chosen}),
            _link("again", "Wrote again", row["again_people"], row["again"], known,
                  "wrote_again_after_broken_promise", "chain",
                  {**_HIT, "wrote_again_at!": None, **chosen}),
            _link("public", "Went public", row["public_people"], row["public"], known,
                  "public_after_broken_promise", "chain", {**_HIT, "public_at!": None, **chosen}),
        ]  # fmt: skip
        first, wrote = (with_doubt(reader, some, where, given) for some in (first, wrote))
        silent = Link(
            "silent",
            "Silent",
            _people(row["people"] - row["wrote_people"], known, "silent_after_broken_promise",
                    row["promises"] - row["wrote"], "chain", {**_HIT, "wrote_at": None, **chosen}),
            None,
            "" if row["people"] else "No broken promise has a known customer.",
        )  # fmt: skip
        if not reader.rows("SELECT 1 FROM messages WHERE direction = 'in' LIMIT 1"):
            wrote, silent = _nothing(_NO_CONTACTS)  # nobody knows: that is not "nobody wrote"
    else:
        reason = "No promised dates came in: add orders with a promised date."
        if given:
            reason = "No promise of this period and theme has a date."
        first = [
            Link("promised", "Promise made", None, None, reason),
            Link("broken", "Promise broken", None, None, reason),
        ]
        wrote, silent = _all_contacts(reader) if not given else _nothing(reason)
    last = lost_links(reader, currency) if not given else _whole_only()
    return (*first, *wrote, *last, silent)


def _made(reader: Reader, scope: Scope, where: str, given: list[Any]) -> dict[str, Any]:
    """Return how many promises were made and broken, and to how many people."""
    people, first = "count(DISTINCT customer_no)", list[Any]()
    if scope.timed and scope.theme_id is None:
        people, first = scope.first_of_sql("before_at", "customer_no IS NOT NULL")
    row = reader.dicts(
        f"""
        SELECT count(*) AS made, {people} AS people, count(customer_no) AS known,
            count(*) FILTER (status <> 'unknown') AS judged
        FROM promises WHERE due_at IS NOT NULL AND {where}
        """,
        [*first, *given],
    )[0]
    # Apart: the table lies by this, and few are broken.
    broken = reader.dicts(
        f"""
        SELECT count(*) AS broken, count(DISTINCT customer_no) AS broken_people FROM promises
        WHERE due_at IS NOT NULL AND status IN ('broken', 'overdue') AND {where}
        """,
        given,
    )[0]
    return row | broken


def _whole_only() -> tuple[Link, ...]:
    reason = "Customers lost are compared over all promises only: see the overview."
    return (
        Link("lost", "Customer lost", None, None, reason),
        Link("equity", "Equity lost", None, None, reason),
    )


def _nothing(reason: str) -> tuple[list[Link], Link]:
    links = [
        Link(key, label, None, None, reason)
        for key, label in (("wrote", "Wrote"), ("again", "Wrote again"), ("public", "Went public"))
    ]
    return links, Link("silent", "Silent", None, None, reason)


def _all_contacts(reader: Reader) -> tuple[list[Link], Link]:
    row = reader.dicts(
        """
        SELECT count(*) AS contacts, count(customer_id) AS known,
            count(DISTINCT customer_no) AS people,
            count(*) FILTER (repeat) AS again,
            count(DISTINCT customer_no) FILTER (repeat) AS again_people,
            count(*) FILTER (public) AS public,
            count(DISTINCT customer_no) FILTER (public) AS public_people
        FROM messages WHERE direction = 'in'
        """
    )[0]
    if not row["contacts"]:
        reason = "No contacts came in yet."
        links = [
            Link(key, label, None, None, reason)
            for key, label in (
                ("wrote", "Wrote"), ("again", "Wrote again"), ("public", "Went public"),
            )
        ]  # fmt: skip
    else:
        known = ratio(row["known"], row["contacts"])
        inbound = {"direction": "in"}
        links = [
            _link("wrote", "Wrote", row["people"], row["contacts"], known,
                  "people_who_wrote", "messages", inbound),
            _link("again", "Wrote again", row["again_people"], row["again"], known,
                  "people_who_wrote_again", "messages", {**inbound, "repeat": True}),
            _link("public", "Went public", row["public_people"], row["public"], known,
                  "people_who_went_public", "messages", {**inbound, "public": True}),
        ]  # fmt: skip
        if nothing_asked := surveys_alone(reader):
            links[1] = Link("again", "Wrote again", None, None, nothing_asked)
    return links, Link(
        "silent", "Silent", None, None, "Without promised dates nobody knows who kept silent."
    )


def _people(
    people: int, coverage: float | None, definition: str, events: int, table: str, where: Any
) -> Figure:
    return Figure(
        people,
        "people",
        definition,
        people=people,
        events=events,
        coverage=coverage,
        records={"table": table, "where": where},
    )


def _link(
    key: str,
    label: str,
    people: int,
    events: int,
    coverage: float | None,
    definition: str,
    table: str,
    where: dict[str, Any],
) -> Link:
    unit = "contacts" if table == "messages" else "promises"
    return Link(
        key,
        label,
        _people(people, coverage, definition, events, table, where),
        Figure(
            events,
            unit,
            definition,
            people=people,
            events=events,
            coverage=coverage,
            records={"table": table, "where": where},
        ),
    )
