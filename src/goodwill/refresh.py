"""A refresh: from the facts as they stand to a new generation of derived tables, swapped whole."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa

from goodwill import journeys, language, records, report, value, watch
from goodwill.engine import DuckDBEngine, Engine
from goodwill.generations import MANIFEST, PAGES, PAGES_FORMAT, Generations
from goodwill.settings import WEEKDAYS, Settings, spans_of
from goodwill.tables import DERIVED, FACTS

Progress = Callable[[int, int, str], None]
"""Called as ``progress(done, total, label)``."""

_TOLD = pa.schema(
    [(name, pa.string()) for name in ("rule_id", "kind", "name", "wording", "product")]
    + [(name, pa.int64()) for name in ("brings_year", "brings_each", "times_year")]
)


@dataclass(frozen=True, slots=True)
class Refresh:
    """What a refresh made.

    Attributes:
        generation: Name of the generation that is now current.
        rows: Rows of each derived table.
        seconds: Wall seconds of each step.
        notes: What a reader of the figures must know, in words.
    """

    generation: str
    rows: dict[str, int]
    seconds: dict[str, float]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill refresh --json`` prints them."""
        return asdict(self) | {"notes": list(self.notes)}


def refresh(
    folder: Path,
    settings: Settings,
    store: records.Store,
    *,
    refit: bool = False,
    progress: Progress | None = None,
) -> Refresh:
    """Remake every derived table of the Book in ``folder`` and swap them in as one generation."""
    generations = Generations(folder / "derived")
    with store.lock():
        store.recover()
        name, making = generations.begin()
        engine = DuckDBEngine(making / "scratch")
        try:
            run = _Run(engine, settings, progress)
            run.load(store)
            run.rules = [rule for rule in records.rules(store) if not rule.withdrawn]
            told = records.events(store)
            run.derive(folder, decided=records.decided(store), refit=refit, events=told)
            run.judge(told)
            run.step("keep the ledger", lambda: run.keep_ledger(store))
            rows = run.write(making)
            run.step("pages", lambda: report.build_pages(engine, making))
            run.step("index words", lambda: report.build_index(making))
        finally:
            engine.close()
        manifest: dict[str, Any] = {
            "generation": name,
            "pages": PAGES_FORMAT,
            "as_of": run.as_of,
            "versions": store.versions(),
            "rows": rows,
            "value": run.value_notes,
            "watch": run.watch_notes,
            "themes": run.theme_notes,
            "notes": run.notes,
        }
        shutil.rmtree(making / "scratch")
        run.step("ask what pages ask", lambda: report.build_answers(making, manifest, settings))
        generations.swap(name, making, manifest)
    notes = (*run.notes, *(str(note) for note in run.value_notes.get("notes", ())))
    return Refresh(name, rows, run.seconds, notes)


def judge_again(folder: Path, settings: Settings, store: records.Store) -> str | None:
    """Judge the events of the Book in ``folder`` anew; return the generation that says so.

    Only the tables of fixes are made; all others are those of the current generation. None before
    the first refresh.
    """
    generations = Generations(folder / "derived")
    with store.lock():
        current = generations.current()
        if current is None:
            return None
        before = folder / "derived" / current
        name, making = generations.begin()
        engine = DuckDBEngine(making / "scratch")
        try:
            for table in ("messages", "themes"):
                engine.load(table, [str(before / f"{table}.parquet")])
            # Those of the pages: an order that two sources tell is there once.
            engine.load("orders", generations.reader().table("orders"))
            manifest = json.loads((before / MANIFEST).read_text(encoding="utf-8"))
            watch.judge_fixes(
                engine,
                records.events(store),
                time_zone=settings.time_zone,
                complete_to=_complete_to(manifest["watch"]),
            )
            for table in report.RENEWED:
                engine.write(table, making / f"{table}.parquet", DERIVED[table].key)
                manifest["rows"][table] = int(engine.scalar(f"SELECT count(*) FROM {table}"))
        finally:
            engine.close()
        shutil.rmtree(making / "scratch")
        for path in before.iterdir():
            if path.name not in (MANIFEST, PAGES) and not (making / path.name).exists():
                # Files of a generation are never written again, so that two may share one.
                os.link(path, making / path.name)
        report.renew_pages(before / PAGES, making)
        generations.swap(name, making, manifest | {"generation": name})
    return name


def _complete_to(watched: Mapping[str, Any]) -> date | None:
    """Return the last day of which contacts have come in, None where none come late."""
    found = (watched.get("late") or {}).get("complete_to")
    return date.fromisoformat(found) if found else None


class _Run:
    """The steps of one refresh, timed and reported."""

    STEPS = 19

    def __init__(self, engine: Engine, settings: Settings, progress: Progress | None) -> None:
        self.engine = engine
        self.settings = settings
        self.seconds: dict[str, float] = {}
        self.value_notes: dict[str, Any] = {}
        self.replayed: list[dict[str, Any]] = []
        self.watch_notes: dict[str, Any] = {}
        self.theme_notes: dict[str, Any] = {}
        self.as_of: str | None = None
        self.notes: list[str] = []
        self.rules: Sequence[records.Rule] = ()
        self._progress = progress

    def step(self, label: str, work: Callable[[], Any]) -> Any:
        if self._progress:
            self._progress(len(self.seconds), self.STEPS, label)
        start = time.monotonic()
        found = work()
        self.seconds[label] = round(time.monotonic() - start, 3)
        return found

    def load(self, store: records.Store) -> None:
        def work() -> None:
            for name, spec in FACTS.items():
                self.engine.load(name, store.uris(name) or spec.schema.empty_table())
            for name in ("imports", "quarantine"):
                self.engine.load(name, _without_raw(store.arrow(name)))
            # When a contact first came in is told by what replaced it later.
            self.engine.load(
                "contacts_history",
                store.uris("contacts_history") or FACTS["contacts"].schema.empty_table(),
            )

        self.step("read the facts", work)

    def derive(
        self,
        folder: Path,
        *,
        decided: Mapping[str, Sequence[tuple[records.Ref, records.Ref]]],
        refit: bool,
        events: Sequence[records.Event] = (),
    ) -> None:
        engine, chosen = self.engine, self.settings
        calendar = calendar_of(chosen)
        self.notes += self.step("join what is told twice", self._count_once)
        self.step(
            "join customers",
            lambda: journeys.link(
                engine,
                undo=decided[records.APART],
                same=decided[records.SAME],
                shared_keys=chosen.shared_keys,
                currency=chosen.currency,
                folder=folder / "cache",
            ),
        )
        self.notes += value.know_contracts(engine, currency=chosen.currency)
        own = folder / "models" / "encoder"
        reading = language.book_encoder(own, chosen.encoder)
        self.theme_notes = self.step(
            "find themes",
            lambda: language.find_themes(
                engine,
                folder / "models" / "themes",
                refit=refit,
                naming=(chosen.naming_url, chosen.naming_model),
                encoder=reading,
                cache=folder / "cache",
                former=lambda name: language.former_encoder(own, name),
                progress=self._progress,
            ),
        )
        self.step(
            "find signals",
            lambda: language.find_signals(
                engine,
                folder / "cache",
                competitors=chosen.competitors,
                encoder=reading,
                progress=self._progress,
            ),
        )
        self.step(
            "follow journeys",
            lambda: journeys.follow(
                engine,
                quiet_days=chosen.quiet_days,
                time_zone=chosen.time_zone,
                calendar=calendar,
                signals=True,
            ),
        )
        journeys.place(engine)
        self.step(
            "find rules", lambda: language.find_rules(engine, folder / "cache", self._words())
        )
        self.step(
            "read promises",
            lambda: journeys.find_commitments(engine, folder / "cache", calendar=calendar),
        )
        self.step(
            "judge promises",
            lambda: journeys.judge_promises(
                engine,
                time_zone=chosen.time_zone,
                quiet_days=chosen.quiet_days,
                calendar=calendar,
                published=chosen.promises,
            ),
        )
        self.step("find processes", lambda: journeys.find_processes(engine))
        self.value_notes = self.step("value customers", self._value)
        self.step("replay forecasts", self._replay)
        self.step("follow equity", lambda: value.follow_equity(engine, self.value_notes))
        self.value_notes["planted"] = self.step(
            "plant effects",
            lambda: value.plant_effects(engine, keep=folder / "cache" / "planted.json"),
        )
        self.step("cost problems", self._cost_problems)
        report.follow_chain(engine)
        self.watch_notes = self.step(
            "watch",
            lambda: watch.find_alerts(
                engine,
                time_zone=chosen.time_zone,
                false_alerts_per_month=chosen.false_alerts_per_month,
                country=chosen.country,
                holidays=chosen.holidays,
                sales=[
                    (each.title, each.started_on, each.ended_on or each.started_on)
                    for each in events
                    if each.kind == "campaign" and not each.withdrawn
                ],
                late=watch.lateness(engine, time_zone=chosen.time_zone),
            ),
        )
        watch.find_phrases(engine, time_zone=chosen.time_zone)
        found = journeys.as_of(engine)
        self.as_of = found.isoformat() if found else None

    def judge(self, events: Sequence[records.Event]) -> None:
        zone, complete_to = self.settings.time_zone, _complete_to(self.watch_notes)
        self.step(
            "judge fixes",
            lambda: watch.judge_fixes(self.engine, events, time_zone=zone, complete_to=complete_to),
        )

    def _count_once(self) -> list[str]:
        """Take out what another source tells too, and bring money into the Book's currency."""
        joined = journeys.join_same(self.engine)
        notes = value.exchange(self.engine, self.settings.currency)
        if joined:
            notes.append(
                f"{joined:,} records tell of an event that another source tells too; each event "
                "is counted once (`goodwill same list` lists them)."
            )
        return notes

    def _replay(self) -> None:
        """Hold past forecasts against what came, and widen the intervals by what they missed by."""
        self.replayed = value.replay(self.engine, self.value_notes)
        value.doubt(self.value_notes, self.replayed)

    def _value(self) -> dict[str, Any]:
        chosen = self.settings
        given: dict[str, Any] = {
            "currency": chosen.currency,
            "margin": chosen.margin,
            "discount_rate": chosen.discount_rate,
            "horizon_weeks": chosen.horizon_weeks,
        }
        account = value.value_customers(self.engine, **given)
        value.value_contracts(self.engine, account, **given)
        return account

    def _cost_problems(self) -> None:
        known, chosen = self.value_notes, self.settings
        known["gestures"] = value.cost_problems(
            self.engine,
            currency=chosen.currency,
            margins=value.margins(known),
            lifetime_factor=known.get("lifetime_factor"),
            trusted=bool(known.get("planted", {}).get("trusted", True)),
            rules=[rule.rule_id for rule in self.rules],
        )
        value.cost_contracts(self.engine, known, rules=[rule.rule_id for rule in self.rules])
        value.rank_problems(
            self.engine,
            parameter_error=known.get("sum_error", 0.0),
            contact_cost=chosen.contact_cost,
        )
        value.rank_rules(
            self.engine,
            pa.Table.from_pylist(
                [{name: getattr(rule, name) for name in _TOLD.names} for rule in self.rules], _TOLD
            ),
            currency=chosen.currency,
            contact_cost=chosen.contact_cost,
        )

    def _words(self) -> list[language.RuleWords]:
        return [
            language.RuleWords(rule.rule_id, rule.wording, rule.patterns) for rule in self.rules
        ]

    def keep_ledger(self, store: records.Store) -> None:
        """Store what is published now and what came of what was published before.

        It is stored before the generation is swapped in: killed between the two, the same refresh
        finds the same figures there and adds none.
        """
        made, settled = value.keep_ledger(
            self.engine,
            self.value_notes,
            self.replayed,
            store.arrow("forecasts"),
            store.arrow("outcomes"),
        )
        records.keep_once(store, "forecasts", made)
        records.keep_once(store, "outcomes", settled)

    def write(self, making: Path) -> dict[str, int]:
        rows = {}
        for name, spec in DERIVED.items():
            self.engine.write(name, making / f"{name}.parquet", spec.key)
            rows[name] = int(self.engine.scalar(f"SELECT count(*) FROM {name}"))
        return rows


def calendar_of(settings: Settings) -> journeys.Calendar:
    """Return the days and hours on which the company works."""
    return journeys.Calendar(
        workdays=[WEEKDAYS.index(day) for day in settings.workdays],
        holidays=[date.fromisoformat(day) for day in settings.holidays],
        time_zone=settings.time_zone,
        hours=spans_of(settings.opening_hours),
    )


def _without_raw(table: pa.Table) -> pa.Table:
    return table.drop_columns(["raw"]) if "raw" in table.column_names else table
