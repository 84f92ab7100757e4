"""The columns of the exports: name, type, meaning. ``docs/export.md`` is written from here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa

from goodwill.tables import DERIVED, PROMISE_STATES, TIME

MONEY = pa.decimal128(22, 2)
_S, _B, _I = pa.string(), pa.bool_(), pa.int64()
_SHARE = pa.float64()
_MINUTES = pa.decimal128(18, 1)

FIGURES: Mapping[str, str] = {
    "people": "people",
    "contacts": "contacts",
    "repeat_contact_rate": "share",
    "repeat_people": "people",
    "first_contact_resolution": "share",
    "public_people": "people",
    "low_rating_share": "share",
    "avoidable_loss": "money",
    "cost_to_serve": "money",
    "gestures": "money",
    "value_lost": "money",
    "trend": "times",
    "revenue": "money",
    "lifetime_value": "money",
}
"""The figures of a problem, and what each is: a figure becomes several columns."""

RULE_FIGURES: Mapping[str, str] = {
    "rule_cost": "money",
    "brings_in": "money",
    "rule_net": "money",
    "cost_to_serve": "money",
    "value_lost": "money",
    "people": "people",
    "contacts": "contacts",
    "repeat_contact_rate": "share",
    "public_people": "people",
    "complaint_share": "share",
    "threats_to_leave": "contacts",
}
"""The same of a rule."""

SIGNALS = (
    "complaint", "negative", "anger", "severity", "effort", "already_contacted", "threat_to_leave",
    "switched_to_competitor", "hostile", "dishonesty", "praise_of_person", "thanks",
)  # fmt: skip
"""The signals of a conversation; the glossary says what each is."""

_AMOUNTS = {"revenue", "lifetime_value", "lifetime_value_low", "lifetime_value_high", "amount"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of an export."""

    name: str
    kind: pa.DataType
    meaning: str

    @property
    def spoken_kind(self) -> str:
        """What a reader of the documentation is told of the type."""
        if pa.types.is_timestamp(self.kind):
            return "time"
        if pa.types.is_boolean(self.kind):
            return "true or false"
        if pa.types.is_integer(self.kind):
            return "whole number"
        return "text" if pa.types.is_string(self.kind) else "number"


def _promises(of: str, what: str = "promises") -> list[Column]:
    return [
        Column(f"{what}_{state}", _I, f"{what.capitalize()} {of} that are {state}.")
        for state in PROMISE_STATES
    ]


_WORK = "in the company's opening hours alone"
_JOURNEY = [
    Column("started_by", _S, "`customer` or `company`: who spoke first."),
    Column("expects_reply", _B, "Whether a customer asked and the source tells of answers."),
    Column("first_reply_work_minutes", _MINUTES, f"To the first answer of a person, {_WORK}."),
    Column("customer_wait_minutes", _MINUTES, "Time in which the customer waited."),
    Column("customer_wait_work_minutes", _MINUTES, f"The same, {_WORK}."),
    Column("company_wait_minutes", _MINUTES, "Time in which the company waited."),
    Column("bot_minutes", _MINUTES, "Time between the customer and a bot."),
    Column("resolution_work_minutes", _MINUTES, f"As `resolution_minutes`, {_WORK}."),
    Column("agents", _I, "People of the company who answered in it."),
    Column("bot_answers", _I, "Answers of bots."),
    Column("closings", _I, "Contacts that say nothing but thanks."),
    Column("retold", _I, "Contacts in which the customer says that he has said it before."),
    Column("closed", _B, "Whether the help desk calls it closed; empty without a ticket."),
    Column("agreement_met", _B, "Whether its agreement was met: as told, else by `due_at`."),
    Column("episode_problem_id", pa.int32(), "Theme of the problem of its first episode."),
    Column("episode_status", _S, "`open` or `quiet`: that of its first episode."),
    Column(
        "solved_at_first_contact", _B,
        "Whether that episode came to rest without a repeat contact; empty while it is open.",
    ),
    Column("channel_hops", _I, "How often the customer changed the channel in that episode."),
    *(
        Column(
            f"once_{tool}", _B,
            f"Solved at first contact as {name} counts; empty where the data cannot say.",
        )
        for tool, name in (
            ("zendesk", "Zendesk"), ("intercom", "Intercom"), ("zoho", "Zoho Desk"),
            ("freshservice", "Freshservice"), ("zammad", "Zammad"),
        )
    ),
]  # fmt: skip

_CONVERSATIONS = [
    Column("conversation_id", _S, "The conversation, as in the table `messages`."),
    Column("source", _S, "The system that it comes from."),
    Column("thread_id", _S, "The ticket's id in that system; empty where there is no ticket."),
    Column("customer_id", _S, "The customer; empty where unknown, or where there are several."),
    Column("customers", _I, "Known customers in it."),
    Column("channel", _S, "Channel of the first contact."),
    Column("public", _B, "Whether anything of it could be read by anybody."),
    Column("public_at", TIME, "First public contact of a customer."),
    Column("opened_at", TIME, "First contact, or when the help desk opened it."),
    Column("last_at", TIME, "Last contact, either way."),
    Column("contacts_in", _I, "Contacts from customers."),
    Column("contacts_out", _I, "Contacts to customers; those of bots and systems count."),
    Column("answers", _I, "Contacts to customers but those of systems (a receipt is no answer)."),
    Column("repeats", _I, "Repeat contacts in it (see the glossary)."),
    Column("first_reply_at", TIME, "First answer after the first contact of a customer."),
    Column("first_reply_minutes", _MINUTES, "Minutes from that contact to that answer."),
    Column("first_reply_from", _S, "`contacts`, or `help desk` where no message of it is held."),
    Column("longest_wait_minutes", _MINUTES, "The longest that a customer waited for an answer."),
    Column("waits", _I, "How often a customer waited and was answered."),
    Column("waiting_since", TIME, "First contact after the last answer, if it is unanswered."),
    Column("resolved_at", TIME, "When the help desk says that it was solved, else closed."),
    Column("resolution_minutes", _MINUTES, "Minutes from `opened_at` to `resolved_at`."),
    Column("reopens", _I, "How often it was opened again, as the help desk counts."),
    Column("transfers", _I, "How often it was handed on, as the help desk counts."),
    Column("status", _S, "The help desk's status."),
    Column("priority", _S, "The help desk's priority."),
    Column("team", _S, "The help desk's team."),
    Column("due_at", TIME, "When the help desk's agreement was due."),
    Column("sla_met", _B, "Whether it was met, as the help desk says."),
    Column("satisfaction", _S, "The help desk's own word for the customer's satisfaction."),
    Column("theme_id", pa.int32(), "Theme of the first contact that has one."),
    Column("theme", _S, "That theme's label."),
    Column("episodes", _I, "Episodes that it belongs to."),
    Column("episode_id", _S, "The first of these."),
    Column("ratings", _I, "Contacts with a rating."),
    Column("rating", _SHARE, "The last rating."),
    Column("rating_scale", _S, "Its scale."),
    Column("low_ratings", _I, "Low ratings (see the glossary)."),
    Column("order_number", _S, "The first order that a contact names."),
    *_promises("about the orders named in it"),
    *_promises("said in it by people of the company", "commitments"),
    *_JOURNEY,
    Column("language", _S, "Language of the first contact, where the source says it."),
    Column("product", _S, "Product of the first contact that names one."),
    Column("region", _S, "Region of the first contact that names one."),
    *(
        Column(
            f"signal_{name}",
            _SHARE,
            f"Highest probability of the signal `{name}` in a contact of a customer; empty where "
            "it abstains.",
        )
        for name in SIGNALS
    ),
    Column("subject", _S, "Subject of the first contact, redacted."),
    Column("first_text", _S, "Text of the first contact of a customer, redacted."),
]

_CUSTOMERS = [
    Column("customer_id", _S, "The customer, as in the table `customers`."),
    Column("source", _S, "The system that the reference is of."),
    Column("customer_ref", _S, "What that system calls him; a keyed hash where it is readable."),
    Column("first_at", TIME, "First that is known of him."),
    Column("last_at", TIME, "Last that is known of him."),
    Column("currency", _S, "Currency of the amounts."),
    Column("orders", _I, "Orders."),
    Column("revenue", MONEY, "What he paid, less refunds and cancellations."),
    Column("refunded", MONEY, "What he got back."),
    Column("expected_orders", _SHARE, "Orders expected within the Book's horizon."),
    Column("expected_orders_low", _SHARE, "Lower end of the 95 % interval of those he will make."),
    Column("expected_orders_high", _SHARE, "Upper end of it."),
    Column("p_alive", _SHARE, "Probability that he is still a customer."),
    Column("p_alive_low", _SHARE, "Lower end of the 95 % interval of the parameters' error alone."),
    Column("p_alive_high", _SHARE, "Upper end of it."),
    Column("lifetime_value", MONEY, "Expected value within the horizon."),
    Column("lifetime_value_low", MONEY, "Lower end of its 95 % interval."),
    Column("lifetime_value_high", MONEY, "Upper end of it."),
    Column("contracts", _I, "Contracts, those that ended included."),
    Column("contracts_running", _I, "Contracts of these that run."),
    Column("contract_value", MONEY, "Their part of the lifetime value."),
    Column("conversations", _I, "Conversations that he is in."),
    Column("contacts", _I, "His contacts."),
    Column("repeats", _I, "Repeat contacts of these."),
    Column("public_contacts", _I, "Contacts of these that anybody can read."),
    Column("unanswered", _I, "Contacts of these that had no answer, where answers are known."),
    Column("last_contact_at", TIME, "His last contact."),
    Column("episodes", _I, "Episodes."),
    Column("episodes_open", _I, "Episodes that have not come to rest."),
    Column("ratings", _I, "Ratings."),
    Column("low_ratings", _I, "Low ratings (see the glossary)."),
    *_promises("made to him"),
    *_promises("made to him by people of the company", "commitments"),
    Column("episodes_solved_at_first_contact", _I, "Episodes at rest without a repeat contact."),
    Column("episodes_public", _I, "Episodes in which he wrote in public."),
    Column("channel_hops", _I, "How often he changed the channel within an episode."),
    Column("transfers", _I, "How often his episodes were handed on; empty where unknown."),
    Column("reopens", _I, "How often his tickets were opened again; empty where unknown."),
    Column("closings", _I, "His contacts that say nothing but thanks."),
    Column("retold", _I, "His contacts in which he says that he has said it before."),
    Column("customer_wait_minutes", _MINUTES, "Time in which he waited, over his episodes."),
    Column("customer_wait_work_minutes", _MINUTES, f"The same, {_WORK}."),
    Column("company_wait_minutes", _MINUTES, "Time in which the company waited, likewise."),
    Column("bot_minutes", _MINUTES, "Time between him and a bot, likewise."),
    Column(
        "first_reply_minutes",
        _MINUTES,
        "Median, over his conversations, of the time to the first answer of a person.",
    ),
    Column("conversations_waiting", _I, "His conversations that wait for the company."),
]


def _figure_columns(name: str, unit: str) -> list[Column]:
    said = name.replace("_", " ")
    kind = {"share": _SHARE, "times": pa.float64(), "money": MONEY}.get(unit, _I)
    columns = [
        Column(f"{name}", kind, f"The figure: {said}."),
        Column(f"{name}_low", kind, "Lower end of its 95 % interval; empty for plain counts."),
        Column(f"{name}_high", kind, "Upper end of it."),
        Column(f"{name}_grade", _S, "A, B or C as the glossary says; `none` for plain counts."),
        Column(f"{name}_people", _I, "Customers behind it."),
        Column(f"{name}_events", _I, "Contacts, orders or episodes behind it."),
        Column(f"{name}_coverage", _SHARE, "Share (0-1) of the records that it rests on."),
        Column(f"{name}_reason", _S, "Why it has no value, where it has none."),
    ]
    return columns


def _problems() -> list[Column]:
    columns = [
        Column("theme_id", pa.int32(), "The theme; its id never changes."),
        Column("place", pa.int32(), "Its place in the ranking."),
        Column("problem", _S, "Its label."),
        Column("terms", _S, "Its terms, parted by commas."),
        Column("currency", _S, "Currency of the amounts."),
    ]
    for name, unit in FIGURES.items():
        columns += _figure_columns(name, unit)
    known = {column.name for column in columns}
    # What the table has beyond its figures: the counts that they were made of.
    for field in DERIVED["problem_costs"].schema:
        if field.name not in known:
            kind = MONEY if field.name in _AMOUNTS else field.type
            columns.append(
                Column(field.name, kind, f"`{field.name}` of the table `problem_costs`.")
            )
    return columns


def _rules() -> list[Column]:
    columns = [
        Column("rule_id", _S, "The rule or fee."),
        Column("place", pa.int32(), "Its place among the rules."),
        Column("rule", _S, "Its name."),
        Column("kind", _S, "`rule` or `fee`."),
        Column("wording", _S, "How customers read it."),
        Column("currency", _S, "Currency of the amounts."),
    ]
    for name, unit in RULE_FIGURES.items():
        columns += _figure_columns(name, unit)
    return columns


_CONTRACTS = [
    Column("source", _S, "The system that the contract is of."),
    Column("subscription_id", _S, "The contract."),
    Column("customer_id", _S, "Its customer, as in the table `customers`."),
    Column("plan", _S, "Its plan."),
    Column("period", _S, "How often it is renewed: week, month, quarter, half_year or year."),
    Column("started_on", pa.date32(), "Its first day."),
    Column("ended_on", pa.date32(), "Its last day; empty where no end is known."),
    Column("running", _B, "Whether it runs."),
    Column("renewals", _I, "How often it was renewed."),
    Column("next_due_days", _I, "Days to its next due date; empty where it ended."),
    Column("currency", _S, "Currency of the amounts."),
    Column("amount", MONEY, "What is paid each period."),
    Column("paid", MONEY, "What was paid so far, by its due dates."),
    Column("renews_next", _SHARE, "Chance that it is renewed at the next due date."),
    Column("renews_next_low", _SHARE, "Lower end of the 95 % interval of the parameters' error."),
    Column("renews_next_high", _SHARE, "Upper end of it."),
    Column("expected_renewals", _SHARE, "Renewals expected within the Book's horizon."),
    Column("value", MONEY, "Expected value within the horizon."),
    Column("value_low", MONEY, "Lower end of its 95 % interval."),
    Column("value_high", MONEY, "Upper end of it."),
    Column("value_ever", MONEY, "Expected value for ever, discounted."),
]


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "conversations": tuple(_CONVERSATIONS),
    "customers": tuple(_CUSTOMERS),
    "problems": tuple(_problems()),
    "rules": tuple(_rules()),
    "contracts": tuple(_CONTRACTS),
}


def columns_of(what: str) -> tuple[Column, ...]:
    """Return the columns of an export, in their order."""
    return COLUMNS[what]


_HEAD = """# Exports

`goodwill export FOLDER` writes one row for each conversation, customer, problem, rule and contract,
with every metric; `Book.export(folder)` does the same and returns what was written. All files are
of one generation, each is written whole or not at all, and `export.json` beside them says which
generation it was, with rows, columns and the SHA-256 of every file. The folder must not lie inside
the Book.

- **Parquet** has the types below; each column's meaning stands in its metadata.
- **CSV** is UTF-8 with commas, every text in double quotes, times as `2026-01-05 09:00:00`. `--bom`
  writes the mark by which Excel knows UTF-8.
- Times are UTC. Amounts are in the currency itself, not in its minor unit. An empty cell is *not
  known*, never zero.
- Texts are those of the Book: redacted. Nothing of the vault is ever exported.

**No cell is a formula.** In CSV files an apostrophe stands before every text that begins with one
of `=`, `+`, `-`, `@` (their wide forms too), also after white space, quotes or invisible signs, and
after a semicolon inside a text, where a spreadsheet of another country would begin a cell. Line
breaks and tabs in a text become spaces. A text that is a plain number, such as `-5`, stays one.
Parquet files hold texts as they are.

**What you export is yours to look after**: `goodwill forget` cannot reach files that were exported.
"""

_TITLES = {
    "conversations": (
        "A row is a conversation: a ticket, or what reply ids join. Times are taken from the "
        "contacts; where none is held, from what the help desk says of its ticket."
    ),
    "customers": "A row is one person or account.",
    "problems": (
        "A row is a theme ranked as a problem. Each figure comes with its interval, grade, "
        "coverage, and the people and events behind it; [the glossary](glossary.md) defines it."
    ),
    "rules": (
        "A row is a rule or fee of the company, the one that costs most first. Figures as above."
    ),
    "contracts": "A row is a contract, with its renewals and what is expected of it.",
}


def as_markdown() -> str:
    """Return ``docs/export.md``."""
    parts = [_HEAD]
    for what, columns in COLUMNS.items():
        rows = "\n".join(f"| `{c.name}` | {c.spoken_kind} | {c.meaning} |" for c in columns)
        parts.append(
            f"## `{what}`\n\n{_TITLES[what]}\n\n"
            f"| column | type | meaning |\n|---|---|---|\n{rows}\n"
        )
    return "\n".join(parts)
