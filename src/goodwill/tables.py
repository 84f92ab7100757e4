"""Every table of the house: its columns, their types, its key and what a row is.

Facts are what comes in (Delta tables, upserted by key). Derived tables are remade by ``refresh``
and swapped as one generation. Amounts are int64 in the currency's minor unit, times are
microseconds UTC, ids are strings, floats occur only in ``value`` and ``watch``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

TIME = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: name, what a row is, key columns, and the Arrow schema."""

    name: str
    row: str
    key: tuple[str, ...]
    schema: pa.Schema
    private: tuple[str, ...] = ()
    """Columns that hold text or keys: no statistics of them may reach a log."""


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema([pa.field(name, kind) for name, kind in columns.items()])


_S, _B, _I32, _I64 = pa.string(), pa.bool_(), pa.int32(), pa.int64()
_F32, _F64 = pa.float32(), pa.float64()

# Columns that intake adds to every upserted fact.
_INTAKE = {"import_id": _S, "row_hash": _S}

CHANNELS = (
    "email", "chat", "phone", "web_form", "social", "review", "survey", "in_person", "other",
)  # fmt: skip
DIRECTIONS = ("in", "out", "internal")
AUTHOR_ROLES = ("customer", "agent", "bot", "system")
RATING_SCALES = ("nps", "csat5", "ces7", "stars5", "thumbs")
LOW_RATINGS: Mapping[str, float] = {
    "ces7": 3, "csat5": 2, "nps": 6, "stars5": 2, "thumbs": 0,
}  # fmt: skip
"""A rating at or below this is low, by scale."""
ORDER_KINDS = ("order", "refund", "fee", "cancellation", "payment")
IDENTITY_KINDS = ("email", "phone", "handle", "account", "external", "order")
EVENT_KINDS = ("fix", "incident", "change", "campaign")
"""What the company did or suffered."""
RULE_KINDS = ("rule", "fee")
"""What customers may not do, and what they must pay."""
CONTRACT_PERIODS: Mapping[str, int] = {
    "week": 0, "month": 1, "quarter": 3, "half_year": 6, "year": 12,
}  # fmt: skip
"""How often a contract is renewed, in months; a week is seven days."""
PROMISE_STATES = ("open", "overdue", "kept", "broken", "unknown")
PROMISE_KINDS = ("delivery", "commitment", "published")
"""An order's promised date; what a person of the company said; what is promised to everybody."""


def low_rating_sql(low_ratings: Mapping[str, float] = LOW_RATINGS) -> str:
    """Return the condition that a message carries a low rating."""
    return " OR ".join(
        f"(rating_scale = '{scale}' AND rating <= {float(most)!r})"
        for scale, most in sorted(low_ratings.items())
    )


SIGNALS = (
    "complaint", "sentiment", "negative", "positive", "anger", "frustration", "disappointment",
    "worry", "confusion", "gratitude", "delight", "emotion", "severity", "effort",
    "already_contacted", "threat_to_leave", "competitor_named", "switched_to_competitor",
    "hostile", "dishonesty", "core_failure", "experience_failure", "need", "want", "stereotype",
    "praise_of_person", "thanks", "closing", "promise_mentioned", "spam", "auto_reply",
)  # fmt: skip
"""What a message may show beside its theme; the glossary says what each is."""

FACTS: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec(
            "contacts",
            "one message to or from a customer, one review, or one survey answer",
            ("source", "contact_id"),
            _schema(
                source=_S, contact_id=_S, thread_id=_S, reply_to_id=_S, answer_ids=_S,
                at=TIME, edited_at=TIME, channel=_S, public=_B, direction=_S, author_role=_S,
                customer_ref=_S, agent_id=_S, team=_S, subject=_S, text=_S,
                redaction_version=_I32, language=_S, rating=_F64, rating_scale=_S, order_id=_S,
                product=_S, region=_S, url=_S, month=_S, **_INTAKE, rating_flag=_S,
            ),
            ("subject", "text", "customer_ref", "agent_id", "url", "order_id"),
        ),
        TableSpec(
            "threads",
            "a ticket or conversation as the help desk saw it",
            ("source", "thread_id"),
            _schema(
                source=_S, thread_id=_S, opened_at=TIME, first_reply_at=TIME, solved_at=TIME,
                closed_at=TIME, reopens=_I32, transfers=_I32, status=_S, priority=_S,
                assignee=_S, team=_S, due_at=TIME, sla_met=_B, satisfaction=_S, subject=_S,
                channel=_S, customer_ref=_S, product=_S, **_INTAKE,
            ),
            ("subject", "customer_ref", "assignee"),
        ),
        TableSpec(
            "thread_events",
            "one change of a thread's state, as the help desk logged it",
            ("source", "event_id"),
            _schema(
                source=_S, event_id=_S, thread_id=_S, at=TIME, status=_S, assignee=_S, team=_S,
                reopens=_I32, transfers=_I32, **_INTAKE,
            ),
            ("assignee",),
        ),
        TableSpec(
            "orders",
            "one line of money moved or due",
            ("source", "order_id"),
            _schema(
                source=_S, order_id=_S, order_number=_S, line=_I32, related_order_id=_S,
                customer_ref=_S, at=TIME, kind=_S, quantity=_F64, amount=_I64, margin=_I64,
                currency=_S, product=_S, promised_at=TIME, delivered_at=TIME, region=_S,
                status=_S, month=_S, **_INTAKE,
            ),
            ("customer_ref", "order_number", "order_id", "related_order_id"),
        ),
        TableSpec(
            "subscriptions",
            "a contract",
            ("source", "subscription_id"),
            _schema(
                source=_S, subscription_id=_S, customer_ref=_S, plan=_S, started_at=TIME,
                ended_at=TIME, amount=_I64, currency=_S, period=_S, **_INTAKE,
            ),
            ("customer_ref",),
        ),
        TableSpec(
            "same_event_decisions",
            "two records that a person said are not one event",
            ("same_event_id",),
            _schema(same_event_id=_S, decision=_S, decided_at=TIME),
        ),
        TableSpec(
            "exchange_rates",
            "what one unit of a currency is worth in the Book's own on a day",
            ("day", "currency"),
            _schema(day=pa.date32(), currency=_S, base=_S, rate=_F64, import_id=_S),
        ),
        TableSpec(
            "identities",
            "a key that a customer used, as a keyed hash",
            ("source", "customer_ref", "kind", "value"),
            _schema(
                source=_S, customer_ref=_S, account_ref=_S, kind=_S, value=_S, contact_id=_S,
                import_id=_S,
            ),
            ("customer_ref", "account_ref", "value"),
        ),
    )
}  # fmt: skip

ACCOUNTS: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec(
            "imports",
            "one file or pull, and what became of each of its rows",
            ("import_id",),
            _schema(
                import_id=_S, file=_S, file_hash=_S, source=_S, recipe=_S, at=TIME, tables=_S,
                read=_I64, new=_I64, updated=_I64, duplicate=_I64, quarantined=_I64,
                skipped=_I64, notes=_S,
            ),
        ),
        TableSpec(
            "quarantine",
            "a row that could not be taken; the raw row is encrypted",
            ("quarantine_id",),
            _schema(
                quarantine_id=_S, import_id=_S, file=_S, source=_S, recipe=_S, line=_I64,
                column=_S, reason=_S, masked_value=_S, raw=pa.binary(), resolved_by=_S,
            ),
            ("masked_value", "raw"),
        ),
        TableSpec(
            "vault",
            "a readable mail, phone or name of a customer, sealed; for follow-up only",
            ("source", "customer_ref", "kind", "value"),
            _schema(
                source=_S, customer_ref=_S, kind=_S, value=_S, sealed=pa.binary(), import_id=_S,
            ),
            ("customer_ref", "value", "sealed"),
        ),
        TableSpec(
            "vault_looks",
            "a look into the vault: who, when, at whom, at what, and why",
            ("look_id",),
            _schema(look_id=_S, at=TIME, actor=_S, customer_id=_S, kinds=_S, reason=_S),
            ("actor", "customer_id", "reason"),
        ),
        TableSpec(
            "forgotten",
            "a mark of somebody who asked to be forgotten, so that no import brings him back",
            ("mark",),
            _schema(mark=_S, receipt_id=_S),
            ("mark",),
        ),
        TableSpec(
            "receipts",
            "what was erased, and when; without a word of whom",
            ("receipt_id",),
            _schema(
                receipt_id=_S, what=_S, erased_at=TIME, purge_after=TIME, purged_at=TIME,
                removed=_S,
            ),
        ),
        TableSpec(
            "events",
            "what the company did or suffered, as it was told: declared, recounted or withdrawn; "
            "the last row of an event counts",
            ("record_id",),
            _schema(
                record_id=_S, event_id=_S, recorded_at=TIME, by=_S, action=_S, kind=_S, title=_S,
                theme_ids=_S, started_on=pa.date32(), ended_on=pa.date32(), channel=_S,
                product=_S, region=_S, theme_version=_S, units=_S, seed=_I64,
            ),
            ("by", "title"),
        ),
        TableSpec(
            "rules",
            "a rule or fee of the company, as it was told or taken back; the last row of a rule "
            "counts",
            ("record_id",),
            _schema(
                record_id=_S, rule_id=_S, recorded_at=TIME, by=_S, action=_S, kind=_S, name=_S,
                wording=_S, patterns=_S, brings_year=_I64, brings_each=_I64, times_year=_I64,
                product=_S,
            ),
            ("by", "name", "wording", "patterns"),
        ),
        TableSpec(
            "forecasts",
            "a figure that can come true, as it was published, with interval and due date; "
            "stored once and never changed",
            ("forecast_id",),
            _schema(
                forecast_id=_S, figure=_S, source=_S, subject=_S, made_on=pa.date32(),
                due_on=pa.date32(), weeks=_I32, people=_I64, value=_F64, low=_F64, high=_F64,
                chance=_F64,
            ),
        ),
        TableSpec(
            "outcomes",
            "what came of a forecast; stored once and never changed",
            ("forecast_id",),
            _schema(forecast_id=_S, known_on=pa.date32(), outcome=_F64, held=_B, reason=_S),
        ),
        TableSpec(
            "decisions",
            "what a person decided about two references of customers; the last one counts",
            ("decision_id",),
            _schema(
                decision_id=_S, at=TIME, by=_S, kind=_S, source=_S, customer_ref=_S,
                other_source=_S, other_ref=_S,
            ),
            ("by", "customer_ref", "other_ref"),
        ),
        TableSpec(
            "candidates",
            "two references that may be one customer, as they were proposed; joins nobody",
            ("candidate_id",),
            _schema(
                candidate_id=_S, found_at=TIME, source=_S, customer_ref=_S, other_source=_S,
                other_ref=_S, probability=_F64, evidence=_S, against=_S,
            ),
            ("customer_ref", "other_ref"),
        ),
    )
}  # fmt: skip

DERIVED: dict[str, TableSpec] = {
    spec.name: spec
    for spec in (
        TableSpec(
            "same_event",
            "another voice of an event that the facts tell twice; only the first is counted",
            ("same_event_id",),
            _schema(
                same_event_id=_S, kind=_S, source=_S, id=_S, other_source=_S, other_id=_S,
                evidence=_S, score=_F64, at=TIME, channel=_S, public=_B, subject=_S, text=_S,
                rating=_F64, rating_scale=_S, amount=_I64, currency=_S,
            ),
        ),
        TableSpec(
            "conversations",
            "the conversation of a contact: its thread, or what reply ids join",
            ("source", "contact_id"),
            _schema(source=_S, contact_id=_S, conversation_id=_S),
        ),
        TableSpec(
            "customers",
            "one person or account",
            ("customer_id",),
            _schema(
                customer_id=_S, source=_S, customer_ref=_S, first_at=TIME, last_at=TIME,
                contacts=_I64, orders=_I64, revenue=_I64,
            ),
        ),
        TableSpec(
            "customer_refs",
            "a reference that shares its customer with another, and by what keys",
            ("source", "customer_ref"),
            _schema(customer_id=_S, source=_S, customer_ref=_S, evidence=_S),
        ),
        TableSpec(
            "themes",
            "a theme of the contacts' texts, found with no number given, after what people changed",
            ("theme_id",),
            _schema(
                theme_id=_I32, area_id=_I32, area=_S, label=_S, terms=pa.list_(_S),
                contacts=_I64, muted=_B, pinned=_B, split_from=_I32, edited_at=TIME, version=_S,
            ),
        ),
        TableSpec(
            "contact_themes",
            "the theme of a contact that says something; `state` is `filed`, `unfiled` (no theme "
            "fits) or `muted` (its theme, `nearest_id`, is muted), and only the filed have a theme",
            ("source", "contact_id"),
            _schema(
                source=_S, contact_id=_S, theme_id=_I32, similarity=_F32, state=_S,
                nearest_id=_I32, second_id=_I32, second_similarity=_F32,
            ),
        ),
        TableSpec(
            "signals",
            "a message with words: its language, and how likely it shows each signal (null: the "
            "signal abstains; of what the company's people write only `hostile` is read)",
            ("source", "contact_id"),
            _schema(
                source=_S, contact_id=_S, language=_S, **dict.fromkeys(SIGNALS, _F32),
            ),
        ),
        TableSpec(
            "messages",
            "a contact with all that refresh knows of it, as the pages read it",
            ("source", "contact_id"),
            _schema(
                source=_S, contact_id=_S, at=TIME, channel=_S, public=_B, direction=_S,
                author_role=_S, customer_id=_S, conversation_id=_S, theme_id=_I32,
                similarity=_F32, episode_id=_S, turn=_I64, repeat=_B, answered=_B, closing=_B,
                retold=_B, subject=_S, text=_S, language=_S, rating=_F64, rating_scale=_S,
                order_id=_S, product=_S, region=_S, url=_S,
            ),
        ),
        TableSpec(
            "episodes",
            "one customer and one problem, from the first inbound contact to quiet",
            ("episode_id",),
            _schema(
                episode_id=_S, customer_id=_S, theme_id=_I32, opened_at=TIME, last_at=TIME,
                contacts_in=_I64, contacts_out=_I64, channels=_I64, public_at=TIME, status=_S,
                channel=_S, conversations=_I64, agents=_I64, answers=_I64, bot_answers=_I64,
                closings=_I64, repeats=_I64, retold=_I64, hops=_I64, transfers=_I64, reopens=_I64,
                customer_wait_seconds=_I64, customer_wait_work_seconds=_I64,
                company_wait_seconds=_I64, bot_seconds=_I64, waiting_since=TIME,
            ),
        ),
        TableSpec(
            "conversation_metrics",
            "what is measured of a conversation, or of a ticket of which no message is held",
            ("conversation_id",),
            _schema(
                conversation_id=_S, source=_S, customer_id=_S, channel=_S, public=_B,
                theme_id=_I32, started_by=_S, opened_at=TIME, asked_at=TIME, last_at=TIME,
                contacts_in=_I64, closings=_I64, retold=_I64, answers=_I64, bot_answers=_I64,
                agents=_I64, first_reply_seconds=_I64, first_reply_work_seconds=_I64,
                first_reply_from=_S, expects_reply=_B, customer_wait_seconds=_I64,
                customer_wait_work_seconds=_I64, company_wait_seconds=_I64, bot_seconds=_I64,
                waiting_since=TIME, closed=_B, resolved_at=TIME, resolution_seconds=_I64,
                resolution_work_seconds=_I64, reopens=_I64, transfers=_I64, agreement_met=_B,
                once_zendesk=_B, once_intercom=_B, once_zoho=_B, once_freshservice=_B,
                once_zammad=_B,
            ),
        ),
        TableSpec(
            "process_steps",
            "a step of a process (`order` or `ticket`): how many cases take it, and how often",
            ("process", "step"),
            _schema(
                process=_S, step=_S, cases=_I64, events=_I64, places=_I64, starts=_I64, ends=_I64,
                repeated=_I64, contacted=_I64,
            ),
        ),
        TableSpec(
            "process_links",
            "one step directly after another, with the median wait between them",
            ("process", "from_step", "to_step"),
            _schema(
                process=_S, from_step=_S, to_step=_S, cases=_I64, events=_I64,
                median_seconds=_I64,
            ),
        ),
        TableSpec(
            "process_paths",
            "a path that cases take, among the hundred most frequent; its first twelve steps",
            ("process", "place"),
            _schema(
                process=_S, place=_I32, path=_S, cut=_B, cases=_I64, median_seconds=_I64,
            ),
        ),
        TableSpec(
            "contact_gaps",
            "an inbound contact of a known customer, and how long before it he last wrote",
            ("source", "contact_id"),
            _schema(
                source=_S, contact_id=_S, at=TIME, channel=_S, customer_id=_S, theme_id=_I32,
                any_us=_I64, part_any=_B, same_us=_I64, part_same=_B, history_us=_I64,
            ),
        ),
        TableSpec(
            "promises",
            "what was promised to whom by when, and what became of it",
            ("promise_id",),
            _schema(
                promise_id=_S, kind=_S, what=_S, source=_S, customer_id=_S, order_number=_S,
                contact_id=_S, conversation_id=_S, theme_id=_I32, agent_id=_S, words=_S,
                made_at=TIME, due_at=TIME, kept_at=TIME, again_at=TIME, status=_S, reason=_S,
                days_late=_F64, amount=_I64,
            ),
        ),
        TableSpec(
            "customer_value",
            "what a customer has bought and is expected to buy",
            ("customer_id",),
            _schema(
                customer_id=_S, orders=_I64, revenue=_I64, refunded=_I64,
                expected_orders=_F64, p_alive=_F64, lifetime_value=_I64,
                lifetime_value_low=_I64, lifetime_value_high=_I64, contracts=_I64, running=_I64,
                contract_value=_I64,
            ),
        ),
        TableSpec(
            "contract_value",
            "a contract with its renewals, and what is expected of it",
            ("source", "subscription_id"),
            _schema(
                source=_S, subscription_id=_S, customer_id=_S, plan=_S, cohort=_S, period=_S,
                started_on=pa.date32(), ended_on=pa.date32(), running=_B, renewals=_I64,
                next_due_days=_I64, amount=_I64, paid=_I64, renews_next=_F64,
                expected_renewals=_F64, value=_I64, value_low=_I64, value_high=_I64,
                value_ever=_I64,
            ),
        ),
        TableSpec(
            "contract_renewals",
            "the n-th renewal of the contracts of a plan: how many came due, how many left then, "
            "and what the model says",
            ("source", "period", "plan", "renewal"),
            _schema(
                source=_S, period=_S, plan=_S, renewal=_I64, due=_I64, left=_I64,
                renewed=_F64, expected=_F64, still_there=_F64,
            ),
        ),
        TableSpec(
            "contract_effects",
            "what a theme, a broken promise or a rule (named as in `problem_effects`) did to the "
            "renewals of the contracts that it hit",
            ("problem",),
            _schema(
                problem=_S, theme_id=_I32, contracts=_I64, people=_I64, contracts_year=_I64,
                renewals=_I64, matched=_I64, matched_contracts=_I64, matched_people=_I64,
                matched_share=_F64, left=_I64, expected=_F64, extra=_F64, extra_low=_F64,
                extra_high=_F64, ratio=_F64, grade=_S, reason=_S, plain=_F64, smallest=_F64,
                value_lost=_I64, value_lost_low=_I64, value_lost_high=_I64, lifetime_lost=_I64,
                lifetime_lost_low=_I64, lifetime_lost_high=_I64,
            ),
        ),
        TableSpec(
            "equity_months",
            "a part of a source's customers in a month: `new`, `kept`, `growing`, `shrinking`, "
            "`lost`, and `all` of them; what they were worth before and at its end, and what they "
            "brought in",
            ("source", "month", "part"),
            _schema(
                source=_S, month=pa.date32(), until=pa.date32(), part=_S, customers=_I64,
                left_now=_I64, equity_before=_I64, equity=_I64, equity_low=_I64,
                equity_high=_I64, earned=_I64,
            ),
        ),
        TableSpec(
            "equity_segments",
            "customer equity of a segment, and that of its customers in trouble",
            ("dimension", "segment"),
            _schema(
                dimension=_S, segment=_S, customers=_I64, equity=_I64, equity_low=_I64,
                equity_high=_I64, troubled_people=_I64, troubled=_I64, troubled_low=_I64,
                troubled_high=_I64,
            ),
        ),
        TableSpec(
            "ledger",
            "a forecast and what came of it: `published` at a refresh, or replayed from what was "
            "known on that day",
            ("forecast_id", "published"),
            _schema(
                forecast_id=_S, published=_B, figure=_S, source=_S, subject=_S,
                made_on=pa.date32(), due_on=pa.date32(), weeks=_I32, people=_I64, value=_F64,
                low=_F64, high=_F64, outcome=_F64, known_on=pa.date32(), held=_B, reason=_S,
            ),
        ),
        TableSpec(
            "first_days",
            "what new customers did in the 90 days after their first order, by its month",
            ("source", "month"),
            _schema(
                source=_S, month=pa.date32(), customers=_I64, again=_I64, spent=_I64, wrote=_I64,
                broken=_I64, broken_again=_I64, kept=_I64, kept_again=_I64,
            ),
        ),
        TableSpec(
            "problem_effects",
            "what a theme (`theme:12`), a kind of broken promise (`promise:delivery`), a rule "
            "(`rule:` and its id), all themes (`all`) or all broken promises (`promises`) did to "
            "the orders of the 26 weeks after each order hit",
            ("problem",),
            _schema(
                problem=_S, theme_id=_I32, orders=_I64, people=_I64, orders_year=_I64,
                silent_people=_I64, order_value=_I64, refunds_year=_I64, matched=_I64,
                matched_people=_I64, matched_share=_F64, expected=_F64, observed=_F64, effect=_F64,
                effect_low=_F64,
                effect_high=_F64, grade=_S, reason=_S, plain_match=_F64, plain_match_low=_F64,
                plain_match_high=_F64, lead_gap=_F64, lead_gap_low=_F64, lead_gap_high=_F64,
                trend_gap=_F64, trend_gap_low=_F64, trend_gap_high=_F64, smallest=_F64,
                decidable_weeks=_F64, pooled=_F64, pooled_low=_F64, pooled_high=_F64,
                pooled_with=_I64, loss_per_order=_I64, loss_per_order_low=_I64,
                loss_per_order_high=_I64, value_lost=_I64, value_lost_low=_I64,
                value_lost_high=_I64, lifetime_lost=_I64, lifetime_lost_low=_I64,
                lifetime_lost_high=_I64, allocated=_I64, allocated_low=_I64,
                allocated_high=_I64,
            ),
        ),
        TableSpec(
            "rule_contacts",
            "a contact that is about a rule, found by its patterns or by likeness to its wording",
            ("rule_id", "source", "contact_id"),
            _schema(
                rule_id=_S, source=_S, contact_id=_S, at=TIME, customer_id=_S, episode_id=_S,
                theme_id=_I32, found_by=_S, similarity=_F32,
            ),
        ),
        TableSpec(
            "rule_costs",
            "a rule or fee: who wrote about it, what it costs, and what it brings in",
            ("rule_id",),
            _schema(
                rule_id=_S, place=_I32, kind=_S, name=_S, wording=_S, people=_I64, events=_I64,
                known=_I64, by_pattern=_I64, by_wording=_I64, contacts_year=_I64, repeats=_I64,
                public_people=_I64, complaints=_I64, complaints_read=_I64, threats=_I64,
                refunds_year=_I64, serve_cost=_I64, value_lost=_I64, value_lost_low=_I64,
                value_lost_high=_I64, cost=_I64, cost_low=_I64, cost_high=_I64, fee_lines=_I64,
                brings=_I64, brings_from=_S, net=_I64, net_low=_I64, net_high=_I64,
            ),
        ),
        TableSpec(
            "problem_costs",
            "a theme ranked as a problem",
            ("theme_id",),
            _schema(
                theme_id=_I32, place=_I32, people=_I64, events=_I64, known=_I64,
                repeat_people=_I64, repeats=_I64, episodes_closed=_I64,
                episodes_first_contact=_I64, public_people=_I64, valued_people=_I64,
                revenue=_I64, lifetime_value=_I64, lifetime_value_low=_I64,
                lifetime_value_high=_I64, ratings=_I64, low_ratings=_I64, contacts_year=_I64,
                silent_people=_I64, refunds_year=_I64, serve_cost=_I64, value_lost=_I64,
                value_lost_low=_I64, value_lost_high=_I64, avoidable=_I64, avoidable_low=_I64,
                avoidable_high=_I64,
            ),
        ),
        TableSpec(
            "chain",
            "a promise to a known customer, broken or of unknown outcome, and what he then did",
            ("promise_id",),
            _schema(
                promise_id=_S, customer_id=_S, theme_id=_I32, status=_S, due_at=TIME,
                wrote_at=TIME, wrote_again_at=TIME, public_at=TIME, again_least_at=TIME,
                again_most_at=TIME,
            ),
        ),
        TableSpec(
            "weekly",
            "contacts and people of a theme in a week of the Book's time zone",
            ("theme_id", "week"),
            _schema(theme_id=_I32, week=pa.date32(), events=_I64, people=_I64),
        ),
        TableSpec(
            "alerts",
            "a rise of contacts in one segment, as it would have been raised on its day",
            ("alert_id",),
            _schema(
                alert_id=_S, case_id=_S, lead=_B, level=_S, area_id=_I32, theme_id=_I32,
                channel=_S, product=_S, region=_S, since=pa.date32(), raised_at=pa.date32(),
                arm=_S, count=_I64, expected=_F64, ratio=_F64, e_value=_F64, people=_I64,
                from_at=TIME, until_at=TIME, there=_F64,
            ),
        ),
        TableSpec(
            "phrases",
            "a phrase that came up among recent contacts, on the day on which it did",
            ("day", "phrase", "copied"),
            _schema(
                phrase=_S, day=pa.date32(), count=_I64, expected=_F64, e_value=_F64, copied=_B,
                people=_I64, theme_id=_I32, new_theme=_B,
            ),
        ),
        TableSpec(
            "fixes",
            "a fix, incident, change or campaign, and what became of its problem after it",
            ("event_id",),
            _schema(
                event_id=_S, kind=_S, title=_S, theme_ids=pa.list_(_I32), started_on=pa.date32(),
                ended_on=pa.date32(), channel=_S, product=_S, region=_S, history=_S, verdict=_S,
                reason=_S, ratio=_F64, low=_F64, high=_F64, e_value=_F64, count=_I64,
                expected=_F64, people=_I64, coverage=_F64, days=_I64, weeks_to_proof=_F64,
                proven_on=pa.date32(), returned_on=pa.date32(), baseline_from=pa.date32(),
                baseline_to=pa.date32(), hac_sd=_F64, placebo_sd=_F64, compared_with=_S,
                control_themes=pa.list_(_I32), control_contacts=_I64, exposure=_S, also=_S,
                units_by=_S, units=_S, draws=_I64, p_value=_F64, smallest_fall=_F64,
                judged_on=pa.date32(), moved_to=_I32,
            ),
        ),
        TableSpec(
            "fix_weeks",
            "a week before or after an event: what came, and what its controls expect",
            ("event_id", "week"),
            _schema(
                event_id=_S, week=pa.date32(), phase=_S, days=_I32, count=_I64, expected=_F64,
                low=_F64, high=_F64,
            ),
        ),
    )
}  # fmt: skip


def as_markdown() -> str:
    """Return ``docs/tables.md``: every table, what a row is, its key and its columns."""
    parts = [
        "# Tables\n\n"
        "`Book.table(name)` returns each as Arrow; `goodwill show table NAME` prints it.\n"
        "Amounts are int64 in the currency's minor unit, times are microseconds UTC, ids are text."
    ]
    groups = (
        ("Facts", "What came in. Delta tables in `records/`; rows are upserted by key.", FACTS),
        ("Accounts", "What became of each file and of each row that was not taken.", ACCOUNTS),
        ("Derived", "Remade by `goodwill refresh`, and swapped in as one generation.", DERIVED),
    )
    for title, text, specs in groups:
        parts.append(f"## {title}\n\n{text}")
        for spec in specs.values():
            columns = "\n".join(f"| `{field.name}` | {field.type} |" for field in spec.schema)
            key = ", ".join(f"`{name}`" for name in spec.key)
            parts.append(
                f"### `{spec.name}`\n\nA row is {spec.row}. Key: {key}.\n\n"
                f"| column | type |\n|---|---|\n{columns}"
            )
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    print(as_markdown(), end="")
