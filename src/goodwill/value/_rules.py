"""The step of a refresh that sets what each rule and fee costs against what it brings in."""

from __future__ import annotations

import pyarrow as pa

from goodwill.engine import Engine
from goodwill.literals import text_sql
from goodwill.tables import DERIVED
from goodwill.value._problems import lost_sql

_YEAR_US = 52 * 7 * 86_400_000_000
_SAID = 0.5
"""Probability from which a message shows a signal."""


def rank_rules(
    engine: Engine, told: pa.Table, *, currency: str, contact_cost: float | None = None
) -> None:
    """Make ``rule_costs``: a row for each rule, the most expensive to the company first.

    ``cost`` is what a problem's avoidable loss is: cost to serve (contacts of the last 52 weeks at
    ``contact_cost``, refunds beyond what is usual, gestures) and value lost, where a gain counts as
    nothing.
    ``brings`` is what was told of a year; else what each time brings, times as often as told or as
    there were fee lines in the last 52 weeks; else the sum of those lines. ``brings_from`` says
    which (``year``, ``each``, ``lines``). ``net`` is brought in less cost, where both are known.

    Args:
        engine: Holds messages, signals, orders, rule_contacts, problem_effects and
            contract_effects.
        told: Rules in force: rule_id, kind, name, wording, brings_year, brings_each, times_year,
            product.
        currency: Of the Book; fee lines in another one are left out.
        contact_cost: Of the work that one contact takes, in the currency's minor unit; None where
            the company has not told.
    """
    engine.load("_told_rules", told)
    engine.save("rule_costs", rule_costs_sql(currency, contact_cost), DERIVED["rule_costs"].schema)
    engine.drop("_told_rules")


def rule_costs_sql(currency: str, contact_cost: float | None) -> str:
    """Return the query to ``rule_costs``."""
    work = (
        "CAST(NULL AS BIGINT)"
        if contact_cost is None
        else f"CAST(round(coalesce(c.contacts_year, 0) * {float(contact_cost)!r}) AS BIGINT)"
    )
    return f"""
    WITH ends AS (SELECT max(epoch_us("at")) AS last_us FROM messages),
    paid_ends AS (SELECT max(epoch_us("at")) AS last_us FROM orders),
    counted AS (
        SELECT r.rule_id, count(*) AS events, count(r.customer_id) AS known,
            count(DISTINCT r.customer_id) AS people,
            CAST(sum(CASE WHEN r.found_by = 'pattern' THEN 1 ELSE 0 END) AS BIGINT) AS by_pattern,
            CAST(sum(CASE WHEN r.found_by = 'wording' THEN 1 ELSE 0 END) AS BIGINT) AS by_wording,
            CAST(sum(CASE WHEN epoch_us(r.at) > z.last_us - {_YEAR_US} THEN 1 ELSE 0 END)
                AS BIGINT) AS contacts_year,
            CAST(sum(CASE WHEN coalesce(m.repeat, FALSE) THEN 1 ELSE 0 END) AS BIGINT) AS repeats,
            count(DISTINCT CASE WHEN coalesce(m.public, FALSE) THEN r.customer_id END)
                AS public_people,
            CAST(sum(CASE WHEN s.complaint >= {_SAID} THEN 1 ELSE 0 END) AS BIGINT) AS complaints,
            count(s.complaint) AS complaints_read,
            CAST(sum(CASE WHEN s.threat_to_leave >= {_SAID} THEN 1 ELSE 0 END) AS BIGINT)
                AS threats
        FROM rule_contacts AS r
        JOIN messages AS m ON m.source = r.source AND m.contact_id = r.contact_id
        LEFT JOIN signals AS s ON s.source = r.source AND s.contact_id = r.contact_id
        CROSS JOIN ends AS z
        GROUP BY r.rule_id
    ),
    paid AS (
        SELECT t.rule_id, count(*) AS fee_lines, CAST(sum(o.amount) AS BIGINT) AS fee_sum
        FROM _told_rules AS t
        JOIN orders AS o ON lower(trim(o.product)) = lower(t.product)
        CROSS JOIN paid_ends AS z
        WHERE o.kind = 'fee' AND o.amount IS NOT NULL
            AND (o.currency IS NULL OR o.currency = {text_sql(currency)})
            AND epoch_us(o.at) > z.last_us - {_YEAR_US}
        GROUP BY t.rule_id
    ),
    spent AS (
        SELECT t.rule_id, x.refunds_year, x.gestures_year, {lost_sql("")} AS value_lost,
            {lost_sql("_low")} AS value_lost_low, {lost_sql("_high")} AS value_lost_high,
            CASE WHEN {work} IS NOT NULL OR x.refunds_year > 0 OR x.gestures_year > 0
                THEN coalesce({work}, 0) + coalesce(x.refunds_year, 0)
                    + coalesce(x.gestures_year, 0) END AS serve_cost,
            p.fee_lines,
            CASE WHEN t.brings_year IS NOT NULL THEN t.brings_year
                WHEN t.brings_each IS NOT NULL AND coalesce(t.times_year, p.fee_lines) IS NOT NULL
                THEN t.brings_each * coalesce(t.times_year, p.fee_lines)
                ELSE p.fee_sum END AS brings,
            CASE WHEN t.brings_year IS NOT NULL THEN 'year'
                WHEN t.brings_each IS NOT NULL AND coalesce(t.times_year, p.fee_lines) IS NOT NULL
                THEN 'each' WHEN p.fee_sum IS NOT NULL THEN 'lines' ELSE '' END AS brings_from
        FROM _told_rules AS t
        LEFT JOIN counted AS c ON c.rule_id = t.rule_id
        LEFT JOIN problem_effects AS x ON x.problem = 'rule:' || t.rule_id
        LEFT JOIN contract_effects AS y ON y.problem = 'rule:' || t.rule_id
        LEFT JOIN paid AS p ON p.rule_id = t.rule_id
    ),
    summed AS (
        SELECT s.*, s.serve_cost IS NOT NULL OR s.value_lost IS NOT NULL AS costed,
            coalesce(s.serve_cost, 0) + greatest(coalesce(s.value_lost, 0), 0) AS cost,
            coalesce(s.serve_cost, 0) + greatest(coalesce(s.value_lost_low, 0), 0) AS cost_low,
            coalesce(s.serve_cost, 0) + greatest(coalesce(s.value_lost_high, 0), 0) AS cost_high
        FROM spent AS s
    )
    SELECT t.rule_id,
        row_number() OVER (ORDER BY CASE WHEN s.costed THEN 0 ELSE 1 END,
            CASE WHEN s.costed THEN -s.cost END, CASE WHEN s.costed THEN -s.cost_low END,
            coalesce(c.people, 0) DESC, coalesce(c.events, 0) DESC, t.rule_id) AS place,
        t.kind, t.name, t.wording, coalesce(c.people, 0) AS people,
        coalesce(c.events, 0) AS events, coalesce(c.known, 0) AS known,
        coalesce(c.by_pattern, 0) AS by_pattern, coalesce(c.by_wording, 0) AS by_wording,
        coalesce(c.contacts_year, 0) AS contacts_year, coalesce(c.repeats, 0) AS repeats,
        coalesce(c.public_people, 0) AS public_people, coalesce(c.complaints, 0) AS complaints,
        coalesce(c.complaints_read, 0) AS complaints_read, coalesce(c.threats, 0) AS threats,
        s.refunds_year, s.gestures_year, s.serve_cost, s.value_lost, s.value_lost_low,
        s.value_lost_high,
        CASE WHEN s.costed THEN s.cost END AS cost,
        CASE WHEN s.costed THEN s.cost_low END AS cost_low,
        CASE WHEN s.costed THEN s.cost_high END AS cost_high,
        s.fee_lines, s.brings, s.brings_from,
        CASE WHEN s.costed THEN s.brings - s.cost END AS net,
        CASE WHEN s.costed THEN s.brings - s.cost_high END AS net_low,
        CASE WHEN s.costed THEN s.brings - s.cost_low END AS net_high
    FROM _told_rules AS t
    LEFT JOIN counted AS c ON c.rule_id = t.rule_id
    JOIN summed AS s ON s.rule_id = t.rule_id
    """
