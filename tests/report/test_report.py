"""What the report says is what a reader would count by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from goodwill import report
from goodwill.book._figures import Figures
from goodwill.errors import InputError, NotFound
from goodwill.figures import Figure, wilson
from goodwill.generations import Reader
from goodwill.report.chain import FOLLOW_DAYS
from goodwill.settings import Settings
from goodwill.tables import DERIVED

Rows = dict[str, list[dict[str, Any]]]
Build = Callable[..., Reader]


def test_it_works(generation: Build, company: Rows, settings: Settings) -> None:
    page = report.overview(generation(company), settings)
    assert page.company == "Acme"
    assert list(page.groups) == ["course", "correction", "caution", "context"]
    assert [link.key for link in page.chain] == [
        "promised", "broken", "wrote", "again", "public", "lost", "equity", "silent",
    ]  # fmt: skip


def test_the_chain_counts_the_people_a_loop_would_count(
    generation: Build, company: Rows, settings: Settings
) -> None:
    broken = [
        p
        for p in company["promises"]
        if p["status"] in ("broken", "overdue") and p["customer_id"] is not None
    ]
    inbound = [m for m in company["messages"] if m["direction"] == "in" and m["customer_id"]]

    def who(wanted: Callable[[dict[str, Any]], bool]) -> set[str]:
        return {
            p["customer_id"]
            for p in broken
            if any(
                m["customer_id"] == p["customer_id"]
                and p["due_at"] <= m["at"] < p["due_at"] + timedelta(days=FOLLOW_DAYS)
                and wanted(m)
                for m in inbound
            )
        }

    wrote = who(lambda m: True)
    links = {k.key: k for k in report.overview(generation(company), settings).chain}
    assert _value(links["wrote"].people) == len(wrote)
    assert _value(links["again"].people) == len(who(lambda m: m["repeat"]))
    assert _value(links["public"].people) == len(who(lambda m: m["public"]))
    everyone = {p["customer_id"] for p in broken}
    assert _value(links["silent"].people) == len(everyone - wrote)
    assert _value(links["broken"].people) == len(everyone)


def _value(figure: Figure | None) -> float:
    assert figure is not None
    assert figure.value is not None
    return figure.value


def test_every_figure_names_a_definition_and_carries_its_coverage(
    generation: Build, company: Rows, settings: Settings
) -> None:
    page = report.overview(generation(company), settings)
    figures = [gauge.figure for group in page.groups.values() for gauge in group]
    figures += [f for link in page.chain for f in (link.people, link.events) if f]
    known = report.definitions()
    for figure in figures:
        assert figure.definition in known
        assert figure.value is not None or figure.reason
        if figure.value is not None:
            assert figure.coverage is not None, figure
            assert 0 <= figure.coverage <= 1


def test_the_records_behind_a_figure_are_as_many_as_it_says(
    generation: Build, company: Rows, settings: Settings
) -> None:
    reader = generation(company)
    page = report.overview(reader, settings)
    checked = 0
    for link in page.chain:
        figure = link.events
        if figure is not None and figure.unit in ("contacts", "promises"):
            found = report.records(reader, figure.records["table"], figure.records["where"])
            if link.key in ("promised", "broken"):
                assert found.total == figure.value
                checked += 1
            else:
                assert found.total == figure.value
                checked += 1
    assert checked == 5
    for key in ("public_contacts", "contacts", "overdue_promises"):
        gauge = next(g for group in page.groups.values() for g in group if g.key == key)
        found = report.records(reader, gauge.figure.records["table"], gauge.figure.records["where"])
        assert found.total == gauge.figure.events


def test_caution_and_context_count_alerts_people_in_trouble_fixes_in_proof_and_incidents(
    generation: Build, company: Rows, settings: Settings
) -> None:
    last = max(m["at"] for m in company["messages"]).date()
    told = [("fix", "too_early", 90), ("fix", "worked", 90), ("fix", "withdrawn", 3),
            ("incident", "unknown", 3), ("incident", "unknown", 200)]  # fmt: skip
    alerts = [("a", True, 40), ("a", False, 5), ("b", True, 200), ("c", True, 1)]
    rows = company | {
        "fixes": [
            {"event_id": f"e{n}", "kind": kind, "title": "t", "verdict": verdict,
             "theme_ids": [1], "started_on": last - timedelta(days=ago)}
            for n, (kind, verdict, ago) in enumerate(told)
        ],
        "alerts": [
            {"alert_id": f"a{n}", "case_id": case, "lead": lead, "count": 10, "people": 9,
             "raised_at": last - timedelta(days=ago)}
            for n, (case, lead, ago) in enumerate(alerts)
        ],
        "equity_segments": [
            {"dimension": of, "segment": str(n), "customers": 50, "troubled_people": 4 + n}
            for of in ("source", "region") for n in range(2)
        ],
    }  # fmt: skip
    page = report.overview(generation(rows, watch={"series": 1}), settings)
    found = {g.key: g.figure for group in page.groups.values() for g in group}
    wanted = {"alerts": 2, "customers_at_risk": 9, "fixes_in_proof": 1, "incidents": 1}
    assert {key: found[key].value for key in wanted} == wanted
    assert (found["alerts"].events, found["customers_at_risk"].people) == (20, 9)


def test_a_share_never_says_all_of_nothing(generation: Build, settings: Settings) -> None:
    page = report.overview(generation({}), settings)
    for group in page.groups.values():
        for gauge in group:
            assert gauge.figure.value is None
            assert gauge.figure.reason
    for link in page.chain:
        assert link.people is None
        assert link.reason


def test_promises_without_outcome_are_left_out_of_the_share_and_lower_its_coverage(
    generation: Build, company: Rows, settings: Settings
) -> None:
    states = [p["status"] for p in company["promises"]]
    kept, bad = states.count("kept"), states.count("broken") + states.count("overdue")
    course = report.overview(generation(company), settings).groups["course"]
    figure = next(g.figure for g in course if g.key == "promise_kept_rate")
    assert figure.value == pytest.approx(kept / (kept + bad))
    assert (figure.low, figure.high) == pytest.approx(wilson(kept, kept + bad))
    assert figure.coverage == pytest.approx((kept + bad) / (kept + bad + states.count("unknown")))


def test_weeks_without_a_contact_stand_in_the_trend_as_zero(
    generation: Build, settings: Settings, company: Rows
) -> None:
    first = company["messages"][0]["at"]
    rows = {
        "messages": [
            {"source": "s", "contact_id": "a", "at": first, "direction": "in"},
            {"source": "s", "contact_id": "b", "at": first + timedelta(days=35), "direction": "in"},
        ]
    }
    weeks = report.overview(generation(rows), settings).weeks
    assert [w.events for w in weeks] == [1, 0, 0, 0, 0, 1]


def test_weeks_begin_at_midnight_of_the_company_and_not_of_greenwich(
    generation: Build, settings: Settings
) -> None:
    late_sunday = datetime(2024, 3, 10, 23, 30, tzinfo=UTC)
    rows = {"messages": [{"source": "s", "contact_id": "a", "at": late_sunday, "direction": "in"}]}
    in_madrid = replace(settings, time_zone="Europe/Madrid")
    (week,) = report.overview(generation(rows), in_madrid).weeks
    assert week.week == date(2024, 3, 11)


def test_a_customer_is_found_by_id_and_by_the_reference_of_his_source(
    generation: Build, company: Rows, settings: Settings
) -> None:
    reader = generation(company)
    assert report.customer(reader, settings, ("shop:7",)).customer_id == "shop:7"
    assert report.customer(reader, settings, ("7",)).customer_id == "shop:7"
    with pytest.raises(NotFound):
        report.customer(reader, settings, ("nobody",))


def test_a_reference_that_two_sources_use_is_not_guessed(
    generation: Build, settings: Settings
) -> None:
    rows = {
        "customers": [
            {"customer_id": "shop:7", "source": "shop", "customer_ref": "7"},
            {"customer_id": "tweets:7", "source": "tweets", "customer_ref": "7"},
        ]
    }
    with pytest.raises(NotFound, match="tweets:7"):
        report.customer(generation(rows), settings, ("7",))


def test_a_time_line_holds_all_that_happened_newest_first(
    generation: Build, company: Rows, settings: Settings
) -> None:
    reader = generation(company)
    page = report.customer(reader, settings, ("shop:3",))
    messages = [m for m in company["messages"] if m["customer_id"] == "shop:3"]
    promises = [p for p in company["promises"] if p["customer_id"] == "shop:3"]
    assert page.entries == len(messages) + len(promises) + 1
    times = [entry.at for entry in page.timeline]
    assert times == sorted(times, reverse=True)
    # What a harm rests on: his own words about that theme, or the promises broken, until then.
    told = 0
    for customer_id in (f"shop:{n}" for n in range(12)):
        line = report.customer(reader, settings, (customer_id,)).timeline
        until = line[len(line) // 3].at
        known = [each for each in line if each.at <= until]
        missed = [each for each in known if each.state in ("broken", "overdue")]
        wrote = [each for each in known if each.kind == "contact"]
        for theme in {each.theme_id for each in wrote} - {None}:
            expected = [each for each in wrote if each.theme_id == theme]
            found = report.behind_harm(reader, customer_id, f"theme:{theme}", until)
            assert list(found) == expected[:3], (customer_id, theme)
            told += len(found)
        found = report.behind_harm(reader, customer_id, "promise:delivery", until)
        assert list(found) == [each for each in missed if each.kind == "promise"][:3]
        assert list(report.behind_harm(reader, customer_id, "contact", until)) == wrote[:3]
    assert told > 5


def test_a_harm_rests_on_the_broken_promises_of_the_same_alone(generation: Build) -> None:
    due = datetime(2025, 3, 1, tzinfo=UTC)
    kinds = [("commitment", "refund"), ("commitment", "call"), ("published", None)]
    promises = [
        {"promise_id": f"p{n}", "kind": kind, "what": what, "source": source, "words": "as said",
         "customer_id": "shop:1", "due_at": due + timedelta(days=n), "status": "broken"}
        for n, (kind, what) in enumerate(kinds) for source in ("shop", f"other{n}")
    ]  # fmt: skip
    # The same number in another source promises something else.
    promises[1]["what"], promises[3]["what"] = "call", "refund"
    reader = generation({"promises": promises})
    for problem, expected in {
        "refund": [("other1", "p1"), ("shop", "p0")],
        "call": [("shop", "p1"), ("other0", "p0")],
        "published": [("other2", "p2"), ("shop", "p2")],
        "delivery": [],
    }.items():
        found = report.behind_harm(reader, "shop:1", f"promise:{problem}", due + timedelta(days=9))
        where = [each.records["where"] for each in found]
        told = [(each["source"], each["promise_id"]) for each in where]
        assert sorted(told) == sorted(expected), problem


def test_a_book_tells_a_part_once_and_refuses_a_list_for_one_value(
    generation: Build, company: Rows, settings: Settings, tmp_path: Path
) -> None:
    none = {field.name: 0 for field in DERIVED["problem_costs"].schema}
    company["problem_costs"] = [none | {"theme_id": 1, "place": 1}]
    generation(company)
    book = Figures(tmp_path, settings)
    first, again = (book.problems(channel="email") for _ in range(2))
    assert first and all(one is other for one, other in zip(first, again, strict=True))
    first.clear()
    assert book.problems(channel="email") == again
    wrong: Any = [1]
    for ask in (book.chain, book.problems, book.metrics, book.alerts):
        with pytest.raises(InputError, match="theme_id takes one value"):
            ask(theme_id=wrong)


def test_records_refuse_a_table_or_a_column_that_is_not_there(
    generation: Build, company: Rows
) -> None:
    reader = generation(company)
    for table, where in [
        ("duckdb_settings()", {}),
        ("messages", {"1=1; DROP TABLE x": 1}),
        ("messages", {"nothing": 1}),
    ]:
        with pytest.raises(NotFound):
            report.records(reader, table, where)


def test_records_refuse_a_value_that_does_not_fit_its_column(
    generation: Build, company: Rows
) -> None:
    reader = generation(company)
    for where in ({"at>": "yesterday"}, {"theme_id": "seven"}):
        with pytest.raises(InputError):
            report.records(reader, "messages", where)


def test_records_are_paged_without_gaps_or_doubles(generation: Build, company: Rows) -> None:
    reader = generation(company)
    seen: list[Any] = []
    while True:
        page = report.records(reader, "messages", {}, offset=len(seen), limit=17)
        if not page.rows:
            break
        seen += [row[page.columns.index("contact_id")] for row in page.rows]
    assert sorted(seen) == sorted(m["contact_id"] for m in company["messages"])


def test_as_of_is_the_last_moment_of_the_facts(
    generation: Build, company: Rows, settings: Settings
) -> None:
    company["contacts"] = [
        {"source": "s", "contact_id": "x", "at": datetime.fromisoformat("2026-09-01T00:00:00Z")}
    ]
    page = report.overview(generation(company), settings)
    assert page.as_of == datetime.fromisoformat("2026-09-01T00:00:00Z")
