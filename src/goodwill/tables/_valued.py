"""What customers are worth, and what problems cost."""

from __future__ import annotations

from goodwill.tables._spec import DAY, F32, F64, I32, I64, TIME, B, S, TableSpec, columns

VALUED = (
    TableSpec(
        "customer_value",
        "what a customer has bought and is expected to buy",
        ("customer_id",),
        columns(
            customer_id=S, orders=I64, revenue=I64, refunded=I64,
            expected_orders=F64, expected_orders_low=F64, expected_orders_high=F64,
            p_alive=F64, p_alive_low=F64, p_alive_high=F64, lifetime_value=I64,
            lifetime_value_low=I64, lifetime_value_high=I64, contracts=I64, running=I64,
            contract_value=I64,
        ),
    ),
    TableSpec(
        "contract_value",
        "a contract with its renewals, and what is expected of it",
        ("source", "subscription_id"),
        columns(
            source=S, subscription_id=S, customer_id=S, plan=S, cohort=S, period=S,
            started_on=DAY, ended_on=DAY, running=B, renewals=I64,
            next_due_days=I64, amount=I64, paid=I64, renews_next=F64,
            renews_next_low=F64, renews_next_high=F64,
            expected_renewals=F64, value=I64, value_low=I64, value_high=I64,
            value_ever=I64,
        ),
    ),
    TableSpec(
        "contract_renewals",
        "the n-th renewal of the contracts of a plan: how many came due, how many left then, "
        "and what the model says",
        ("source", "period", "plan", "renewal"),
        columns(
            source=S, period=S, plan=S, renewal=I64, due=I64, left=I64,
            renewed=F64, expected=F64, still_there=F64,
        ),
    ),
    TableSpec(
        "contract_effects",
        "what a theme, a broken promise or a rule (named as in `problem_effects`) did to the "
        "renewals of the contracts that it hit",
        ("problem",),
        columns(
            problem=S, theme_id=I32, contracts=I64, people=I64, contracts_year=I64,
            renewals=I64, matched=I64, matched_contracts=I64, matched_people=I64,
            matched_share=F64, left=I64, expected=F64, extra=F64, extra_low=F64,
            extra_high=F64, ratio=F64, grade=S, reason=S, plain=F64, smallest=F64,
            value_lost=I64, value_lost_low=I64, value_lost_high=I64, lifetime_lost=I64,
            lifetime_lost_low=I64, lifetime_lost_high=I64,
        ),
    ),
    TableSpec(
        "equity_months",
        "a part of a source's customers in a month: `new`, `kept`, `growing`, `shrinking`, "
        "`lost`, and `all` of them; what they were worth before and at its end, and what they "
        "brought in",
        ("source", "month", "part"),
        columns(
            source=S, month=DAY, until=DAY, part=S, customers=I64,
            left_now=I64, equity_before=I64, equity=I64, equity_low=I64,
            equity_high=I64, change_low=I64, change_high=I64, earned=I64,
        ),
    ),
    TableSpec(
        "equity_segments",
        "customer equity of a segment, and that of its customers in trouble",
        ("dimension", "segment"),
        columns(
            dimension=S, segment=S, customers=I64, equity=I64, equity_low=I64,
            equity_high=I64, troubled_people=I64, troubled=I64, troubled_low=I64,
            troubled_high=I64,
        ),
    ),
    TableSpec(
        "ledger",
        "a forecast and what came of it: `published` at a refresh, or replayed from what was "
        "known on that day",
        ("forecast_id", "published"),
        columns(
            forecast_id=S, published=B, figure=S, source=S, subject=S,
            made_on=DAY, due_on=DAY, weeks=I32, people=I64, value=F64,
            low=F64, high=F64, outcome=F64, known_on=DAY, held=B, reason=S,
        ),
    ),
    TableSpec(
        "first_days",
        "what new customers did in the 90 days after their first order, by its month",
        ("source", "month"),
        columns(
            source=S, month=DAY, customers=I64, again=I64, spent=I64, wrote=I64,
            broken=I64, broken_again=I64, kept=I64, kept_again=I64,
        ),
    ),
    TableSpec(
        "problem_effects",
        "what a theme (`theme:12`), a kind of broken promise (`promise:delivery`), a rule "
        "(`rule:` and its id), all themes (`all`) or all broken promises (`promises`) did to "
        "the orders of the 26 weeks after each order hit",
        ("problem",),
        columns(
            problem=S, theme_id=I32, orders=I64, people=I64, orders_year=I64,
            order_value=I64, refunds_year=I64, gestures_year=I64, gestures=I64,
            gesture_people=I64, matched=I64,
            matched_people=I64, matched_share=F64, expected=F64, observed=F64, effect=F64,
            effect_low=F64,
            effect_high=F64, grade=S, reason=S, plain_match=F64, plain_match_low=F64,
            plain_match_high=F64, lead_gap=F64, lead_gap_low=F64, lead_gap_high=F64,
            trend_gap=F64, trend_gap_low=F64, trend_gap_high=F64, smallest=F64,
            decidable_weeks=F64, pooled=F64, pooled_low=F64, pooled_high=F64,
            pooled_with=I64, loss_per_order=I64, loss_per_order_low=I64,
            loss_per_order_high=I64, value_lost=I64, value_lost_low=I64,
            value_lost_high=I64, lifetime_lost=I64, lifetime_lost_low=I64,
            lifetime_lost_high=I64, allocated=I64, allocated_low=I64,
            allocated_high=I64,
        ),
    ),
    TableSpec(
        "rule_contacts",
        "a contact that is about a rule, found by its patterns or by likeness to its wording",
        ("rule_id", "source", "contact_id"),
        columns(
            rule_id=S, source=S, contact_id=S, at=TIME, customer_id=S, episode_id=S,
            theme_id=I32, found_by=S, similarity=F32,
        ),
    ),
    TableSpec(
        "rule_costs",
        "a rule or fee: who wrote about it, what it costs, and what it brings in",
        ("rule_id",),
        columns(
            rule_id=S, place=I32, kind=S, name=S, wording=S, people=I64, events=I64,
            known=I64, by_pattern=I64, by_wording=I64, contacts_year=I64, repeats=I64,
            public_people=I64, complaints=I64, complaints_read=I64, threats=I64,
            refunds_year=I64, gestures_year=I64, serve_cost=I64, value_lost=I64,
            value_lost_low=I64,
            value_lost_high=I64, cost=I64, cost_low=I64, cost_high=I64, fee_lines=I64,
            brings=I64, brings_from=S, net=I64, net_low=I64, net_high=I64,
        ),
    ),
    TableSpec(
        "problem_costs",
        "a theme ranked as a problem",
        ("theme_id",),
        columns(
            theme_id=I32, place=I32, people=I64, events=I64, known=I64,
            repeat_people=I64, repeats=I64, episodes_closed=I64,
            episodes_first_contact=I64, public_people=I64, valued_people=I64,
            revenue=I64, lifetime_value=I64, lifetime_value_low=I64,
            lifetime_value_high=I64, ratings=I64, low_ratings=I64, contacts_year=I64,
            refunds_year=I64, gestures_year=I64, gestures=I64, gesture_people=I64,
            serve_cost=I64, value_lost=I64,
            value_lost_low=I64, value_lost_high=I64, avoidable=I64, avoidable_low=I64,
            avoidable_high=I64,
        ),
    ),
)  # fmt: skip
