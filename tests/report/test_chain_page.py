"""The chain of a period and a theme, against plain loops over the same rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from goodwill import report
from goodwill.errors import InputError, NotFound
from goodwill.figures import wilson
from goodwill.generations import Reader
from goodwill.report.scope import surveys_alone
from goodwill.settings import Settings

Rows = dict[str, list[dict[str, Any]]]
FIRST, LAST = date(2026, 1, 20), date(2026, 2, 14)
START, END = datetime(2026, 1, 20, tzinfo=UTC), datetime(2026, 2, 15, tzinfo=UTC)


@pytest.fixture
def world(company: Rows) -> Rows:
    for number, row in enumerate(company["promises"]):
        row["theme_id"] = number % 5 if number % 3 else None
        row["what"] = "delivery" if number % 2 else "refund"
    for number, row in enumerate(company["messages"]):
        row["episode_id"] = f"e{number // 2}" if row["theme_id"] is not None else None
        row["answered"] = number % 2 == 0 if row["direction"] == "in" else None
        row["source"] = "shop"
    return company


@pytest.mark.parametrize("theme", [None, 2])
@pytest.mark.parametrize("ends", [(FIRST, LAST), (FIRST, None), (None, LAST)])
def test_the_links_are_as_many_as_plain_loops_count(
    world: Rows,
    generation: Callable[..., Reader],
    settings: Settings,
    theme: int | None,
    ends: tuple[date | None, date | None],
) -> None:
    reader = generation(world)
    page = report.chain(reader, settings, since=ends[0], until=ends[1], theme_id=theme)
    start, end = START if ends[0] else datetime.min, END if ends[1] else datetime.max
    made = [p for p in world["promises"] if theme in (None, p["theme_id"])
            and start.replace(tzinfo=UTC) <= p["due_at"] < end.replace(tzinfo=UTC)]  # fmt: skip
    broken = [p for p in made if p["status"] in ("broken", "overdue")]
    asked = [m for m in world["messages"] if m["direction"] == "in" and m["customer_id"]]
    counts = Counter(promised=len(made), broken=len(broken))
    for promise in broken:
        after = [m for m in asked if m["customer_id"] == promise["customer_id"]
                 and timedelta() <= m["at"] - promise["due_at"] < timedelta(days=28)]  # fmt: skip
        counts["wrote"] += bool(after)
        counts["again"] += any(m["repeat"] for m in after)
        counts["public"] += any(m["public"] for m in after)
    links = {link.key: link for link in page.links}
    assert counts["broken"] > 1 and counts["wrote"]
    people = links["promised"].people
    assert people is not None and people.value == len({p["customer_id"] for p in made} - {None})
    for key in ("promised", "broken", "wrote", "again", "public"):
        figure = links[key].events
        assert figure is not None and figure.value == counts[key], key
        where = figure.records["where"]
        found = report.records(reader, figure.records["table"], where, limit=1)
        assert found.total == counts[key], key


def test_each_public_complaint_names_what_came_before_it(
    world: Rows, generation: Callable[..., Reader], settings: Settings
) -> None:
    page = report.chain(generation(world), settings, limit=1000)
    asked = [m for m in world["messages"] if m["direction"] == "in"]
    assert page.total == len(page.complaints) == sum(bool(m["public"]) for m in asked) > 20
    warned = 0
    for each in page.complaints:
        before = [m for m in asked if m["customer_id"] and m["customer_id"] == each.customer_id
                  and not m["public"]
                  and timedelta() < each.at - m["at"] <= timedelta(days=60)]  # fmt: skip
        assert each.private_contacts == len(before)
        assert each.answered == sum(m["answered"] for m in before)
        if before:
            warned += 1
            first = min(m["at"] for m in before)
            assert each.warning_days == round((each.at - first).total_seconds() / 86400, 1)
            assert each.saved_at is not None and each.saved_at < each.at
    assert warned


def test_nobody_kept_silent_where_nothing_that_was_written_came_in(
    world: Rows, generation: Callable[..., Reader], settings: Settings
) -> None:
    reader = generation({**world, "messages": [], "episodes": []})
    links = {link.key: link for link in report.chain(reader, settings).links}
    assert links["broken"].people is not None and links["broken"].people.value
    for key in ("wrote", "again", "public", "silent"):
        assert links[key].people is None and "No contact has come in" in links[key].reason
    asked = [m | {"channel": "survey"} for m in world["messages"] if m["direction"] == "in"]
    assert surveys_alone(generation({**world, "messages": asked}))
    assert not surveys_alone(generation(world))


def test_the_same_fault_to_the_same_person_is_counted(
    world: Rows, generation: Callable[..., Reader], settings: Settings
) -> None:
    page = report.chain(generation(world), settings)
    seen: dict[tuple[str, int], set[str]] = {}
    for m in world["messages"]:
        if m["direction"] == "in" and m["episode_id"]:
            seen.setdefault((m["customer_id"], m["theme_id"]), set()).add(m["episode_id"])
    figures = {gauge.key: gauge.figure for gauge in page.repeated}
    for times, least in (("twice", 2), ("thrice", 3)):
        people = {c for (c, _), e in seen.items() if len(e) >= least and c is not None}
        assert figures[f"same_problem_{times}"].value == len(people)
    assert figures["same_promise_twice"].value == 0


def test_a_complaint_is_saved_last_by_a_promise_a_question_or_a_contact(
    generation: Callable[..., Reader], settings: Settings
) -> None:
    def said(number: int, day: int, **more: Any) -> dict[str, Any]:
        row = {"source": "s", "contact_id": str(number), "at": START + timedelta(days=day),
               "direction": "in", "public": False, "customer_id": f"s:{number // 10}",
               "theme_id": 1, "answered": True}  # fmt: skip
        return row | more

    rows: Rows = {"messages": [
        said(10, 1, answered=False), said(11, 2), said(12, 5, public=True),
        said(20, 1), said(21, 2), said(22, 5, public=True),
        said(30, 1, answered=False), said(31, 5, public=True),
        said(40, 5, public=True), said(50, 5, public=True, rating=5.0, rating_scale="stars5"),
        said(60, 5, public=True, rating=1.0, rating_scale="stars5"),
    ], "promises": [
        {"promise_id": "p", "customer_id": "s:3", "due_at": START + timedelta(days=3),
         "status": "overdue", "kind": "commitment", "what": "call"},
    ]}  # fmt: skip
    found = {c.contact_id: c for c in report.chain(generation(rows), settings).complaints}
    assert set(found) == {"12", "22", "31", "40", "60"}
    assert found["12"].saved_by == "the customer wrote privately for the last time"
    assert found["22"].saved_at == START + timedelta(days=2)
    assert found["31"].saved_by == "a promise to the customer fell due and was broken"
    assert (found["40"].saved_at, found["40"].warning_days) == (None, None)


def test_a_bad_period_or_theme_is_refused(
    world: Rows, generation: Callable[..., Reader], settings: Settings
) -> None:
    reader = generation(world)
    with pytest.raises(InputError):
        report.chain(reader, settings, since=LAST, until=FIRST)
    with pytest.raises(NotFound):
        report.chain(reader, settings, theme_id=99)


def test_the_interval_of_a_link_holds_what_no_record_settles(
    generation: Callable[..., Reader], settings: Settings
) -> None:
    states = {
        "delivery": ["broken", "overdue", "kept", "unknown"],
        "commitment": ["broken"] * 6 + ["overdue", "overdue", "unknown", "kept", "open"],
    }
    promises, messages, gaps = [], [], []
    for number, (kind, status) in enumerate((k, s) for k, some in states.items() for s in some):
        who = {"customer_id": f"s:{number}"}
        promises.append(who | {"promise_id": f"p{number}", "due_at": START, "status": status,
                               "kind": kind, "what": kind})  # fmt: skip
        for day, repeat in ((1, False), (3, None if number % 2 else True)):
            row = who | {"source": "s", "contact_id": f"{number}-{day}", "direction": "in",
                         "at": START + timedelta(days=day), "public": False, "repeat": repeat,
                         "conversation_id": f"{number}" if number == 4 else f"{number}-{day}",
                         "closing": False}  # fmt: skip
            messages.append(row)
            gaps.append(
                {
                    "source": "s",
                    "contact_id": row["contact_id"],
                    "at": row["at"],
                    "any_us": 172_800_000_000 if day == 3 else None,
                    "part_any": False,
                }
            )
    promises.append({"promise_id": "gone", "customer_id": "s:0", "due_at": START, "what": "",
                     "status": "unknown", "kind": "delivery",
                     "reason": "the order was cancelled"})  # fmt: skip
    rows = {"promises": promises, "messages": messages, "contact_gaps": gaps}
    links = {link.key: link for link in report.chain(generation(rows), settings).links}
    right, found = wilson(12, 15)[0], wilson(12, 13)[0]
    # Of orders' dates two are broken and one is unknown; of commitments six, two and one.
    whole = (10, 2 + 6 * right, 3 + 9 / found)
    ends = {"broken": whole, "wrote": whole,
            "again": (5, 0 + 1 * right, 3 + 9 / found)}  # fmt: skip
    for key, (count, low, high) in ends.items():
        figure, people = links[key].events, links[key].people
        assert figure is not None and people is not None
        assert (figure.value, figure.low, figure.high) == (count, round(low), round(high)), key
        assert people.low is not None and people.low <= people.value <= (people.high or 0)
    assert links["promised"].events is not None and links["promised"].events.low is None
    sure = [p for p in promises if p["kind"] == "delivery" and p["status"] != "unknown"]
    exact = report.chain(generation(rows | {"promises": sure}), settings)
    figure = exact.links[1].events
    assert figure is not None and (figure.value, figure.low) == (2, None)


def test_who_says_that_he_wrote_before_wrote_again_whatever_the_theme(
    generation: Callable[..., Reader], settings: Settings
) -> None:
    cases = {  # what the second contact says, and whether the data holds one before it
        "retold": (True, 0.1, True), "signal": (False, 0.9, True), "alone": (True, 0.9, False),
        "silent": (False, None, True),
    }  # fmt: skip
    rows: Rows = {"promises": [], "messages": [], "contact_gaps": [], "signals": []}
    for name, (retold, signal, earlier) in cases.items():
        who = {"customer_id": f"s:{name}", "source": "s"}
        rows["promises"].append(who | {
            "promise_id": name, "due_at": START, "status": "broken", "kind": "delivery", "what": "",
        })  # fmt: skip
        said = {"source": "s", "contact_id": name}
        at = START + timedelta(days=3)
        rows["messages"].append(who | said | {
            "direction": "in", "at": at, "public": False, "repeat": False, "closing": False,
            "conversation_id": name, "retold": retold,
        })  # fmt: skip
        rows["signals"].append(said | {"already_contacted": signal})
        rows["contact_gaps"].append(
            said | {"at": at, "any_us": 172_800_000_000 if earlier else None, "part_any": False}
        )
    again = {link.key: link for link in report.chain(generation(rows), settings).links}["again"]
    assert again.events is not None
    # Whether the silent one wrote about the same is not settled by any record.
    assert (again.events.value, again.events.low, again.events.high) == (2, 2, 3)
