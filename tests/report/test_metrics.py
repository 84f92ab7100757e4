"""Every figure of the metrics page equals loops over a thousand random customers.

Each figure of a span of time has loops that count it again:

- wrote again within 7, 14, 45 days, any reason and the same problem; first contact by ours
  and five other definitions, and who wrote again all the same; reopened; backlog; waiting; nobody
  answered within two days; first reply, resolution, agreements; waits, effort, hops; contacts for
  1,000 orders; within 28 days of a broken promise wrote, again, in public; the order of the last 60
  days that a contact is about: here, a thousand customers;
- waits in opening hours, gaps, parts of half an hour: ``journeys/test_measures.py``, a thousand;
- commitments: refunds until 60 days, replies after half an hour, again within the quiet days:
  ``journeys/test_judged_twin.py``, a thousand;
- episodes, turns, repeats, delivery dates: ``journeys/test_twin.py``, four random worlds;
- 60 days before a public complaint: ``test_chain_page.py``, two hundred.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from math import comb
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from goodwill import journeys, report
from goodwill.engine import DuckDBEngine
from goodwill.errors import InputError, NotFound
from goodwill.figures import wilson
from goodwill.generations import Generations, Reader
from goodwill.report.journeys import theme_paths
from goodwill.report.spread import ranks
from goodwill.settings import Settings
from goodwill.tables import ACCOUNTS, DERIVED

sys.path.append(str(Path(__file__).parents[1] / "journeys"))
from crowd import OFFICE, TOOLS, crowd, gaps, grouped, in_order, sittings

Row = dict[str, Any]
SETTINGS = Settings(book_id="b", name="Acme", time_zone="Europe/Madrid")
SCOPES: list[dict[str, Any]] = [
    {},
    {"since": date(2024, 2, 1), "until": date(2024, 3, 31)},
    {"theme_id": 1},
    {"channel": "chat", "until": date(2024, 3, 30)},
]


class Loops:
    """The metrics of a scope by loops over the derived tables and the messages."""

    def __init__(self, tables: dict[str, list[Row]], now: datetime, asked: dict[str, Any]) -> None:
        self.now, self.asked = now, asked
        self.messages = [r for r in tables["messages"] if r["direction"] == "in"]
        self.episodes = [r for r in tables["episodes"] if self.inside(r, "opened_at")]
        self.talks = [r for r in tables["conversation_metrics"] if self.inside(r, "opened_at")]
        self.every_episode = tables["episodes"]
        self.orders = tables["orders"]
        self.gaps = tables["gaps"]

    def inside(self, row: Row, time: str, plain: bool = False) -> bool:
        day = row[time].astimezone(OFFICE.zone).date()
        asked = self.asked
        if not asked.get("since", date.min) <= day <= asked.get("until", date.max):
            return False
        if plain:
            return True
        return (
            asked.get("theme_id", row["theme_id"]) == row["theme_id"]
            and asked.get("channel", row["channel"]) == row["channel"]
        )

    def repeats(self, days: int, same: bool) -> tuple[int, int]:
        begun: dict[str, datetime] = {}
        for row in sorted(self.messages, key=lambda r: r["at"]):
            begun.setdefault(row["source"], row["at"])
        window = timedelta(days=days)
        again = whole = 0
        for row in self.gaps:
            early = row["at"] - begun[row["source"]] < window
            if row["same"] is not same or row["part"] or early or not self.inside(row, "at"):
                continue
            whole += 1
            again += row["since"] is not None and row["since"] <= window
        return again, whole

    def unanswered(self, channel: str) -> tuple[int, int]:
        ripe = [
            r for r in self.messages
            if self.inside(r, "at") and r["channel"] == channel
            and r["at"] <= self.now - timedelta(days=2) and r["answered"] is not None
        ]  # fmt: skip
        return sum(not r["answered"] for r in ripe), len(ripe)


def _gaps(messages: list[Row]) -> Iterator[Row]:
    rows = {(r["source"], r["contact_id"]): r for r in messages}
    sitting: dict[tuple[str, str], int] = {}
    for talk in grouped(messages, "conversation_id").values():
        sitting |= sittings(talk)
    for some in grouped(messages, "customer_id").values():
        for same in (True, False):
            for key, (since, part) in gaps(some, same, sitting).items():
                row = rows[key] | {"theme_id": rows[key]["problem"]}
                yield row | {"same": same, "since": since, "part": part}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Reader, dict[str, list[Row]]]]:
    folder = tmp_path_factory.mktemp("metrics")
    generations = Generations(folder / "derived")
    name, making = generations.begin()
    engine = DuckDBEngine(making / "scratch")
    world = crowd(11)
    for table, spec in {**ACCOUNTS, **DERIVED}.items():
        engine.load(table, spec.schema.empty_table())
    themes = [{"theme_id": n, "label": f"theme {n}", "version": "1"} for n in (1, 2, 3)]
    engine.load("themes", pa.Table.from_pylist(themes, DERIVED["themes"].schema))
    world.follow(engine, time_zone="Europe/Madrid", calendar=OFFICE)
    journeys.find_processes(engine)
    report.follow_chain(engine)
    for table, spec in DERIVED.items():
        engine.write(table, making / f"{table}.parquet", spec.key)
    report.build_pages(engine, making)
    now = journeys.as_of(engine)
    assert now is not None
    wanted = {
        "messages": """source, contact_id, "at", channel, direction, customer_id, theme_id,
            conversation_id, episode_id, turn, answered, closing, author_role, public, repeat,
            retold""",
        "episodes": "*", "conversation_metrics": "*", "orders": "*", "promises": "*",
        "chain": "*", "process_steps": "*", "process_links": "*", "process_paths": "*",
    }  # fmt: skip
    tables = {
        table: engine.arrow(f"SELECT {columns} FROM {table}").to_pylist()
        for table, columns in wanted.items()
    }
    engine.close()
    problems = {e["episode_id"]: e["theme_id"] for e in tables["episodes"]}
    for row in tables["messages"]:
        row["problem"] = problems.get(row["episode_id"])
    tables["gaps"] = list(_gaps(tables["messages"]))
    generations.swap(name, making, {"as_of": now.isoformat(), "value": {}})
    reader = generations.reader()
    yield reader, tables
    reader.connection.close()


@pytest.mark.parametrize("asked", SCOPES, ids=str)
def test_every_figure_equals_the_loops(
    made: tuple[Reader, dict[str, list[Row]]], asked: dict[str, Any]
) -> None:
    reader, tables = made
    assert reader.as_of is not None
    loops = Loops(tables, reader.as_of, asked)
    page = report.metrics(reader, SETTINGS, **asked)
    found = {gauge.key: gauge.figure for group in page.groups for gauge in group.gauges}

    def share(figure: Any, part: int, whole: int) -> None:
        assert whole, figure.definition
        assert (figure.value, figure.events) == (part / whole, whole), figure.definition
        assert (figure.low, figure.high) == wilson(part, whole)

    quiet = [e for e in loops.episodes if e["status"] == "quiet"]
    share(found["first_contact_resolution"], sum(not e["repeats"] for e in quiet), len(quiet))
    assert page.open_episodes == len(loops.episodes) - len(quiet)
    for days in (7, 14, 45):
        for same, name in ((True, "same"), (False, "any")):
            share(found[f"repeat_contact_rate_{name}_{days}"], *loops.repeats(days, same))

    closed = [t for t in loops.talks if t["closed"] or (t["reopens"] or 0) > 0]
    known = [t for t in closed if t["reopens"] is not None]
    inside = [m for m in loops.messages if loops.inside(m, "at")]
    assert page.known.value == sum(bool(m["customer_id"]) for m in inside) / len(inside)
    assert found["first_contact_resolution"].coverage == (
        sum(bool(m["episode_id"]) for m in inside) / len(inside)
    )
    if asked.get("channel") != "chat":  # chat has no tickets
        share(found["reopen_rate"], sum(t["reopens"] > 0 for t in known), len(known))
        due = [t for t in loops.talks if t["agreement_met"] is not None]
        share(found["agreements_met"], sum(t["agreement_met"] for t in due), len(due))
        _resolved(loops, found)
    else:
        assert found["reopen_rate"].value is None and found["backlog"].reason
    _replied(loops, found)
    _by_tool(loops, page)
    _rates(loops, found, page)
    for key, column in (
        ("effort_repeats", "repeats"), ("effort_hops", "hops"), ("effort_transfers", "transfers"),
    ):  # fmt: skip
        values = [e[column] for e in quiet if e[column] is not None]
        if values:
            assert found[key].value == pytest.approx(statistics.fmean(values))
            half = 1.96 * statistics.stdev(values) / len(values) ** 0.5
            assert found[key].high == pytest.approx(found[key].value + half, rel=1e-3)
    contacts = [e["contacts_in"] - e["closings"] for e in quiet]
    assert found["effort_contacts"].value == pytest.approx(statistics.fmean(contacts))
    share(found["retold_share"], sum(e["retold"] > 0 for e in quiet), len(quiet))
    share(found["channel_hop_share"], sum(e["hops"] > 0 for e in quiet), len(quiet))
    for key, column in (
        ("customer_wait", "customer_wait"), ("customer_wait_work", "customer_wait_work"),
        ("company_wait", "company_wait"), ("bot_time", "bot"),
    ):  # fmt: skip
        waited = [e[f"{column}_seconds"] for e in quiet if e[f"{column}_seconds"]]
        assert found[key].value == pytest.approx(statistics.median(waited) / 60), key
    if "until" not in asked:
        waiting = sum(t["waiting_since"] is not None for t in loops.talks)
        assert found["waiting_conversations"].value == waiting


def _resolved(loops: Loops, found: dict[str, Any]) -> None:
    closed = [t for t in loops.talks if t["closed"]]
    times = sorted(t["resolution_seconds"] for t in closed if t["resolution_seconds"] is not None)
    figure = found["resolution_time"]
    assert figure.value == pytest.approx(statistics.median(times) / 60)
    assert figure.coverage == len(times) / len(closed)
    low, high = ranks(len(times)) or (0, 0)
    assert (figure.low, figure.high) == (times[low - 1] / 60, times[high - 1] / 60)
    end = loops.now
    if until := loops.asked.get("until"):
        midnight = datetime.combine(until + timedelta(days=1), datetime.min.time(), OFFICE.zone)
        end = min(end, midnight.astimezone(UTC))
    if "since" not in loops.asked:
        backlog = [
            t for t in loops.talks
            if t["closed"] is False or (t["resolved_at"] and t["resolved_at"] >= end)
        ]  # fmt: skip
        assert found["backlog"].value == len([t for t in backlog if t["opened_at"] < end])


def _replied(loops: Loops, found: dict[str, Any]) -> None:
    times = [t["first_reply_seconds"] for t in loops.talks]
    asked = [t for t in loops.talks if t["expects_reply"]]
    known = sorted(one for one in times if one is not None)
    assert found["first_reply_time"].value == pytest.approx(statistics.median(known) / 60)
    assert found["first_reply_time"].coverage == len(known) / len(asked)
    work = [t["first_reply_work_seconds"] for t in loops.talks]
    middle = statistics.median(one for one in work if one is not None)
    assert found["first_reply_time_work"].value == pytest.approx(middle / 60)


def _by_tool(loops: Loops, page: report.MetricsPage) -> None:
    quiet: dict[str, list[Row]] = {}
    by_id = {e["episode_id"]: e for e in loops.every_episode}
    for row in loops.messages:
        if row["episode_id"] and by_id[row["episode_id"]]["status"] == "quiet":
            quiet.setdefault(row["conversation_id"], []).append(by_id[row["episode_id"]])
    for each in page.definitions[1:]:
        column = f"once_{each.key}"
        judged = [t for t in loops.talks if t[column] is not None]
        once = [t for t in judged if t[column]]
        if not judged:
            assert each.figure.value is None and each.figure.reason
            continue
        assert (each.figure.value, each.figure.events) == (len(once) / len(judged), len(judged))
        rested = [quiet[t["conversation_id"]] for t in once if t["conversation_id"] in quiet]
        again = sum(any(e["repeats"] for e in some) for some in rested)
        assert each.wrote_again is not None and each.wrote_again.events == len(rested)
        assert each.wrote_again.value == (again / len(rested) if rested else None)
    assert {each.key for each in page.definitions} == {"goodwill", *TOOLS}


def _rates(loops: Loops, found: dict[str, Any], page: report.MetricsPage) -> None:
    asked = [m["at"] for m in loops.messages]
    ordered = [o["at"] for o in loops.orders]
    first, last = max(min(asked), min(ordered)), min(max(asked), max(ordered))
    contacts = [m for m in loops.messages if loops.inside(m, "at") and first <= m["at"] <= last]
    orders = [o for o in loops.orders if loops.inside(o, "at", True) and first <= o["at"] <= last]
    assert found["contact_rate"].value == pytest.approx(1000 * len(contacts) / len(orders))
    for each in page.channels:
        part, whole = loops.unanswered(each.channel)
        assert each.unanswered.value == (part / whole if whole else None)
        assert whole or "blind spot" in each.unanswered.reason


@pytest.mark.parametrize("asked", SCOPES, ids=str)
def test_the_journeys_equal_the_loops(
    made: tuple[Reader, dict[str, list[Row]]], asked: dict[str, Any]
) -> None:
    reader, tables = made
    assert reader.as_of is not None
    loops = Loops(tables, reader.as_of, asked)
    page = report.journeys(reader, SETTINGS, limit=5, **asked)
    found = {gauge.key: gauge.figure for group in page.groups for gauge in group.gauges}
    inside = [m for m in loops.messages if loops.inside(m, "at")]
    assert found["customers_who_wrote"].value == len({m["customer_id"] for m in inside} - {None})
    quiet = [e for e in loops.episodes if e["status"] == "quiet"]
    assert found["episodes"].value == found["episodes_open"].value + len(quiet)
    assert found["episodes_quiet"].people == len({e["customer_id"] for e in quiet})
    public = sum(e["public_at"] is not None for e in quiet)
    assert found["episodes_public"].value == public / len(quiet)
    metrics = report.metrics(reader, SETTINGS, **asked)
    same = {g.key: g.figure for group in metrics.groups for g in group.gauges}
    shared = found.keys() & same.keys()
    assert {"first_contact_resolution", "effort_hops", "first_reply_time"} <= shared
    assert {key: found[key] for key in shared} == {key: same[key] for key in shared}

    walks = _walks(tables["messages"])
    taken = Counter(tuple(walks[e["episode_id"]][:8]) for e in quiet)
    assert page.total_paths == len(taken) > len(page.paths) == 5
    for path in page.paths:
        assert path.share.value == taken[path.steps] / len(quiet)
        mine = [e for e in quiet if tuple(walks[e["episode_id"]][:8]) == path.steps]
        assert path.cut is any(len(walks[e["episode_id"]]) > 8 for e in mine)
        lengths = [(e["last_at"] - e["opened_at"]) // timedelta(seconds=1) for e in mine]
        assert path.length.value == pytest.approx(statistics.median(lengths) / 60)
        assert path.people == path.share.people == len({e["customer_id"] for e in mine})
    counts = [taken[path.steps] for path in page.paths]
    assert counts == sorted(taken.values(), reverse=True)[:5]
    json.dumps(page.as_dict())
    theme = quiet[0]["theme_id"]
    of_theme = report.journeys(reader, SETTINGS, theme_id=theme, limit=8).paths
    assert theme_paths(reader, SETTINGS, theme) == of_theme != ()


def _walks(messages: list[Row]) -> dict[str, list[str]]:
    """The path of each episode, message by message."""
    found: dict[str, list[str]] = {}
    heard: set[str] = set()
    last: dict[str, str] = {}
    for row in in_order(messages):
        if not (key := row["episode_id"]):
            continue
        asks = row["direction"] == "in" and not row["closing"]
        if row["direction"] == "out":
            step = "bot" if row["author_role"] == "bot" else "answer"
        elif row["closing"]:
            step = "thanks"
        else:
            step = row["channel"] + (" in public" if row["public"] else "")
        fresh = (key not in heard or row["repeat"]) if asks else last.get(key) != step
        if asks:
            heard.add(key)
        last[key] = step
        if fresh:
            found.setdefault(key, []).append(step)
    return found


def test_a_period_that_ends_before_it_begins_and_unknown_names_are_refused(
    made: tuple[Reader, dict[str, list[Row]]],
) -> None:
    reader = made[0]
    with pytest.raises(InputError):
        report.metrics(reader, SETTINGS, since=date(2024, 2, 2), until=date(2024, 2, 1))
    with pytest.raises(NotFound):
        report.metrics(reader, SETTINGS, theme_id=99)
    with pytest.raises(NotFound, match="pigeon"):
        report.metrics(reader, SETTINGS, channel="pigeon")


def test_an_empty_period_gives_reasons_and_never_a_hundred_per_cent(
    made: tuple[Reader, dict[str, list[Row]]],
) -> None:
    page = report.metrics(made[0], SETTINGS, since=date(2030, 1, 1))
    figures = [gauge.figure for group in page.groups for gauge in group.gauges]
    figures += [each.figure for each in page.definitions]
    named = {f.definition for f in figures if f.value is not None}
    assert named <= {"backlog"}, named
    assert all(f.reason for f in figures if f.value is None)
    assert not page.channels
    empty = report.journeys(made[0], SETTINGS, since=date(2030, 1, 1))
    figures = [gauge.figure for group in empty.groups for gauge in group.gauges]
    assert all(f.value is None and f.reason for f in figures)
    assert (empty.paths, empty.total_paths) == ((), 0)


def test_every_definition_of_the_page_is_in_the_glossary(
    made: tuple[Reader, dict[str, list[Row]]],
) -> None:
    page = report.metrics(made[0], SETTINGS)
    known = report.definitions()
    for group in page.groups:
        for gauge in group.gauges:
            assert gauge.figure.definition in known, gauge.key
    for each in page.definitions:
        assert each.figure.definition in known
        assert each.wrote_again is None or each.wrote_again.definition in known
    for channel in page.channels:
        assert channel.unanswered.definition in known
    travelled = report.journeys(made[0], SETTINGS)
    assert all(g.figure.definition in known for group in travelled.groups for g in group.gauges)
    assert {travelled.paths[0].share.definition, travelled.paths[0].length.definition} <= set(known)
    for figure in (g.figure for group in page.groups for g in group.gauges):
        if figure.records and figure.value is not None:
            where = figure.records["where"]
            assert report.records(made[0], figure.records["table"], where, limit=1).total >= 0


@pytest.mark.parametrize("n", [6, 9, 25, 200, 1000])
def test_the_ranks_of_a_median_hold_it_in_at_least_95_of_100(n: int) -> None:
    low, high = ranks(n) or (0, 0)
    assert low + high == n + 1
    # The median lies outside when fewer than ``low`` of n fair coins fall on one side.
    outside = [2 * sum(comb(n, k) for k in range(end)) / 2**n for end in (low, low + 1)]
    assert outside[0] <= 0.05 < outside[1]


def test_what_follows_a_broken_promise_equals_the_loops(
    made: tuple[Reader, dict[str, list[Row]]],
) -> None:
    tables = made[1]
    month = timedelta(days=28)
    asked: dict[str, list[Row]] = grouped(
        (r for r in tables["messages"] if r["direction"] == "in"), "customer_id"
    )
    near = {
        (r["source"], r["contact_id"]) for r in tables["gaps"]
        if not r["same"] and not r["part"] and r["since"] is not None and r["since"] <= month
    }  # fmt: skip
    chain = {row["promise_id"]: row for row in tables["chain"]}
    late = [p for p in tables["promises"] if p["status"] in ("broken", "overdue", "unknown")]
    assert len(late) == len(chain) > 100
    for promise in late:
        row = chain[promise["promise_id"]]
        firsts: dict[str, datetime] = {}
        mine = sorted(
            asked.get(promise["customer_id"], []), key=lambda r: (r["at"], r["contact_id"])
        )
        for n, one in enumerate(mine):
            if not timedelta() <= one["at"] - promise["due_at"] < month:
                continue
            before = (one["source"], one["contact_id"]) in near
            says = bool(one["retold"]) and not one["closing"] and before
            same = any(
                (r["conversation_id"], r["closing"]) == (one["conversation_id"], one["closing"])
                for r in mine[:n]
            )
            for name, holds in (
                ("wrote_at", True), ("public_at", one["public"]),
                ("wrote_again_at", one["repeat"] or says),
                ("again_least_at", says or (one["repeat"] and same)),
                ("again_most_at", one["repeat"] or before),
            ):  # fmt: skip
                if holds:
                    firsts.setdefault(name, one["at"])
        found = {key: value for key, value in row.items() if key.endswith("_at") and value}
        assert found == {"due_at": promise["due_at"]} | firsts
    assert any(row["wrote_again_at"] for row in chain.values())


def test_the_process_of_orders_equals_the_loops(made: tuple[Reader, dict[str, list[Row]]]) -> None:
    tables = made[1]
    events: dict[str, list[tuple[datetime, int, str]]] = {}
    mine: dict[str, list[Row]] = {}
    for row in tables["orders"]:
        events[row["order_id"]] = [(row["at"], 0, "ordered")]
        mine.setdefault(f"desk:{row['customer_ref']}", []).append(row)
        if row["delivered_at"]:
            events[row["order_id"]].append((row["delivered_at"], 3, "delivered"))
    for row in tables["promises"]:
        if row["status"] in ("broken", "overdue"):
            events[row["order_number"]].append((row["due_at"], 2, "promised day missed"))
    parts = {(r["source"], r["contact_id"]) for r in tables["gaps"] if r["part"] and not r["same"]}
    for talk in grouped(tables["messages"], "conversation_id").values():
        about = None
        for row in in_order(talk):
            if row["direction"] == "out":
                if about and row["author_role"] != "bot":
                    events[about].append((row["at"], 5, "answered"))
                continue
            if row["closing"] or (row["source"], row["contact_id"]) in parts:
                continue
            span = timedelta(days=60)
            near = [o for o in mine.get(row["customer_id"] or "", []) if o["at"] <= row["at"]]
            last = max(near, key=lambda o: (o["at"], o["order_id"]), default=None)
            if last and row["at"] - last["at"] <= span:
                about = last["order_id"]
                step = "wrote again" if row["repeat"] else "wrote"
                step = "wrote in public" if row["public"] else step
                events[about].append((row["at"], 4, step))
    follows: dict[tuple[str, str], list[int]] = {}
    paths: Counter[str] = Counter()
    for some in events.values():
        walk: list[tuple[datetime, int, str]] = []
        for each in sorted(some):
            if not (walk and walk[-1][2] == each[2] == "answered"):
                walk.append(each)
        paths[" > ".join(step for _, _, step in walk[:12])] += 1
        for here, after in zip(walk, walk[1:], strict=False):
            wait = (after[0] - here[0]) // timedelta(seconds=1)
            follows.setdefault((here[2], after[2]), []).append(wait)
    links = {
        (r["from_step"], r["to_step"]): (r["events"], r["median_seconds"])
        for r in tables["process_links"] if r["process"] == "order"
    }  # fmt: skip
    assert {step for key in links for step in key} > {"wrote", "wrote again", "answered"}
    assert links == {
        key: (len(some), sorted(some)[(len(some) - 1) // 2]) for key, some in follows.items()
    }
    told = {r["path"]: r["cases"] for r in tables["process_paths"] if r["process"] == "order"}
    assert told.items() <= paths.items()
    assert sorted(told.values()) == sorted(sorted(paths.values())[-100:])
