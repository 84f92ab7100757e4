"""Rules and fees: which are resented most, what each costs, and what it brings in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from goodwill.currencies import major
from goodwill.figures import Figure, ratio, share_figure
from goodwill.generations import Reader
from goodwill.records import Rule
from goodwill.report.costs import cost_figures, planted_words, working
from goodwill.report.problem_shapes import RuleCost, RulesPage, ThemeRule
from goodwill.settings import Settings

_FROM = {
    "year": "as told",
    "each": "what each time brings, times how often",
    "lines": "the fees charged in the last 52 weeks",
}
_NOT_YET = "It was told since the last refresh; the next one looks for it."


def rules(reader: Reader | None, settings: Settings, told: Sequence[Rule]) -> RulesPage:
    """Return every rule in force, the one that costs the company most first.

    Args:
        reader: The generation; None before the first refresh.
        settings: Of the Book.
        told: Every rule as it was last told.
    """
    found: dict[str, dict[str, Any]] = {}
    effects: dict[str, dict[str, Any]] = {}
    if reader is not None and _has(reader):
        found = {row["rule_id"]: row for row in reader.dicts("SELECT * FROM rule_costs")}
        effects = {
            row["problem"].removeprefix("rule:"): row
            for row in reader.dicts("SELECT * FROM problem_effects WHERE problem LIKE 'rule:%'")
        }
    rows = [
        _rule(rule, found.get(rule.rule_id), effects.get(rule.rule_id), settings)
        for rule in told
        if not rule.withdrawn
    ]
    rows.sort(key=lambda one: (one.place is None, one.place or 0, one.name))
    said = planted_words(reader) if reader is not None and any(r.sentences for r in rows) else ""
    return RulesPage(tuple(rows), (said,) if said else ())


def known_rules(reader: Reader | None, settings: Settings) -> RulesPage:
    """Return the rules that the generation knows, with their figures."""
    if reader is None or not _has(reader):
        return RulesPage((), ())
    rows = reader.dicts("SELECT rule_id, name, kind, wording FROM rule_costs ORDER BY place")
    told = [Rule(r["name"], r["kind"], r["wording"], rule_id=r["rule_id"]) for r in rows]
    return rules(reader, settings, told)


def rules_of(reader: Reader, theme_id: int) -> tuple[ThemeRule, ...]:
    """Return the rules that a theme's contacts are about, with the share of them."""
    if not _has(reader):
        return ()
    rows = reader.dicts(
        """
        WITH whole AS (
            SELECT count(*) AS events FROM messages WHERE theme_id = ? AND direction = 'in'
        )
        SELECT c.rule_id, min(k.name) AS name, count(*) AS events,
            count(DISTINCT c.customer_id) AS people, min(w.events) AS whole
        FROM rule_contacts c JOIN rule_costs k USING (rule_id) CROSS JOIN whole w
        WHERE c.theme_id = ?
        GROUP BY c.rule_id ORDER BY events DESC, c.rule_id
        """,
        [theme_id, theme_id],
    )
    return tuple(
        ThemeRule(
            row["rule_id"], row["name"], row["people"], row["events"],
            share_figure(
                row["events"], row["whole"], "rule_share", people=row["people"], coverage=1.0,
                records={"table": "rule_contacts",
                         "where": {"rule_id": row["rule_id"], "theme_id": theme_id}},
            ),
        )
        for row in rows
    )  # fmt: skip


def rule_names(reader: Reader) -> str:
    """Return what to join for the names of rules, by ``rule_id``."""
    return "rule_costs" if _has(reader) else "(SELECT '' AS rule_id, '' AS name)"


def _has(reader: Reader) -> bool:
    """Return whether the generation was made by a goodwill that knows rules."""
    return bool(reader.rows("SELECT 1 FROM duckdb_tables() WHERE table_name = 'rule_costs'"))


def _rule(
    rule: Rule, row: dict[str, Any] | None, effect: dict[str, Any] | None, settings: Settings
) -> RuleCost:
    if row is None:
        return RuleCost(
            rule.rule_id, rule.name, rule.kind, rule.wording, rule.patterns, None, 0, 0, {}, (),
            _NOT_YET,
        )  # fmt: skip
    made = working(_as_problem(row), effect, settings)
    said = [*_found(row), *(made.sentences if row["events"] else ())]
    net = _against(row, settings)
    return RuleCost(
        rule.rule_id, rule.name, rule.kind, rule.wording, rule.patterns, row["place"],
        row["people"], row["events"], _figures(row, effect, settings),
        tuple([*said, net] if net else said), "",
    )  # fmt: skip


def _as_problem(row: dict[str, Any]) -> dict[str, Any]:
    """Return a rule's row under the names that costs of problems have."""
    renamed = {f"avoidable{end}": row[f"cost{end}"] for end in ("", "_low", "_high")}
    return {**row, **renamed, "theme_id": None}


def _figures(
    row: dict[str, Any], effect: dict[str, Any] | None, settings: Settings
) -> dict[str, Figure]:
    money = f"minor:{settings.currency}"
    records = {"table": "rule_contacts", "where": {"rule_id": row["rule_id"]}}
    known = ratio(row["known"], row["events"])
    costs = cost_figures(_as_problem(row), effect, settings, records=records)

    def count(value: int, unit: str, key: str, coverage: float | None) -> Figure:
        return Figure(value, unit, key, people=row["people"], events=row["events"],
                      coverage=coverage, records=records)  # fmt: skip

    def amount(name: str, key: str, why: str) -> Figure:
        value = row[name]
        return Figure(
            value, money, key, low=row.get(f"{name}_low") if value is not None else None,
            high=row.get(f"{name}_high") if value is not None else None, people=row["people"],
            events=row["fee_lines"] if name == "brings" and row["fee_lines"] else row["events"],
            coverage=1.0 if value is not None else None, records=records,
            grade=costs["value_lost"].grade if name == "net" and value is not None else "none",
            reason="" if value is not None else why,
        )  # fmt: skip

    why = "Say what it brings in a year or each time, or which fee lines of the orders it is."
    return {
        "rule_cost": replace(costs["avoidable_loss"], definition="rule_cost"),
        "brings_in": amount("brings", "brings_in", why),
        "rule_net": amount("net", "rule_net", why if row["brings"] is None
                           else costs["avoidable_loss"].reason or "Its cost is not known."),
        "cost_to_serve": costs["cost_to_serve"],
        "value_lost": costs["value_lost"],
        "people": count(row["people"], "people", "people", known),
        "contacts": count(row["events"], "contacts", "contacts", 1.0),
        "repeat_contact_rate": share_figure(
            row["repeats"], row["known"], "repeat_contact_rate", people=row["people"],
            coverage=known, records=records, empty="The files do not say who wrote."),
        "public_people": count(row["public_people"], "people", "people_who_went_public", known),
        "complaint_share": share_figure(
            row["complaints"], row["complaints_read"], "signal_share", people=row["people"],
            coverage=ratio(row["complaints_read"], row["events"]), records=records,
            empty="None of these contacts could be read for complaints."),
        "threats_to_leave": count(row["threats"], "contacts", "threat_to_leave",
                                  ratio(row["complaints_read"], row["events"])),
    }  # fmt: skip


def _found(row: dict[str, Any]) -> list[str]:
    if not row["events"]:
        return ["No contact is about it: look whether its patterns are the words of customers."]
    return [
        f"{row['events']:,} contacts of {row['people']:,} people are about it: "
        f"{row['by_pattern']:,} hold one of its patterns, {row['by_wording']:,} more are like its "
        f"wording. {row['threats']:,} threaten to leave."
    ]


def _against(row: dict[str, Any], settings: Settings) -> str:
    def said(minor: float) -> str:
        return f"{major(minor, settings.currency):,.0f} {settings.currency}"

    if row["brings"] is None:
        return ""
    first = f"It brings in {said(row['brings'])} a year ({_FROM[row['brings_from']]})"
    if row["net"] is None:
        return f"{first}; what it costs is not known."
    ends = f"({said(row['net_low'])} to {said(row['net_high'])})"
    if row["net_high"] < 0:
        return f"{first} and costs more than that: {said(row['net'])} a year are left {ends}."
    if row["net_low"] > 0:
        return f"{first} and costs less than that: {said(row['net'])} a year are left {ends}."
    return (
        f"{first}, and whether it costs more than that cannot be told: {said(row['net'])} a year "
        f"are left {ends}."
    )
