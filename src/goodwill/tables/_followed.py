"""What language and journeys make of the facts."""

from __future__ import annotations

from goodwill.tables._spec import F32, F64, I32, I64, IDS, TEXTS, TIME, B, S, TableSpec, columns
from goodwill.tables._words import SIGNALS

FOLLOWED = (
    TableSpec(
        "same_event",
        "another voice of an event that the facts tell twice; only the first is counted",
        ("same_event_id",),
        columns(
            same_event_id=S, kind=S, source=S, id=S, other_source=S, other_id=S,
            evidence=S, score=F64, at=TIME, channel=S, public=B, subject=S, text=S,
            rating=F64, rating_scale=S, amount=I64, currency=S,
        ),
    ),
    TableSpec(
        "conversations",
        "the conversation of a contact: its thread, or what reply ids join",
        ("source", "contact_id"),
        columns(source=S, contact_id=S, conversation_id=S),
    ),
    TableSpec(
        "customers",
        "one person or account",
        ("customer_id",),
        columns(
            customer_id=S, source=S, customer_ref=S, first_at=TIME, last_at=TIME,
            contacts=I64, orders=I64, revenue=I64,
        ),
    ),
    TableSpec(
        "customer_refs",
        "a reference that shares its customer with another, and by what keys",
        ("source", "customer_ref"),
        columns(customer_id=S, source=S, customer_ref=S, evidence=S),
    ),
    TableSpec(
        "themes",
        "a theme of the contacts' texts, found with no number given, after what people changed",
        ("theme_id",),
        columns(
            theme_id=I32, area_id=I32, area=S, label=S, terms=TEXTS,
            contacts=I64, muted=B, pinned=B, split_from=I32, merged_from=IDS,
            edited_at=TIME, version=S,
        ),
    ),
    TableSpec(
        "contact_themes",
        "the theme of a contact that says something; `state` is `filed`, `unfiled` (no theme "
        "fits) or `muted` (its theme, `nearest_id`, is muted), and only the filed have a theme; "
        "`further_ids` are themes that single clauses speak of beside it",
        ("source", "contact_id"),
        columns(
            source=S, contact_id=S, theme_id=I32, similarity=F32, state=S,
            nearest_id=I32, second_id=I32, second_similarity=F32, further_ids=IDS,
        ),
    ),
    TableSpec(
        "signals",
        "a message with words: its language, and how likely it shows each signal (null: the "
        "signal abstains; of what the company's people write only `hostile` is read), and in "
        "`competitor` the company that the customer goes to or compares with",
        ("source", "contact_id"),
        columns(
            source=S, contact_id=S, language=S, **dict.fromkeys(SIGNALS, F32), competitor=S,
        ),
    ),
    TableSpec(
        "messages",
        "a contact with all that refresh knows of it, as the pages read it",
        ("source", "contact_id"),
        columns(
            source=S, contact_id=S, at=TIME, channel=S, public=B, direction=S,
            author_role=S, customer_id=S, conversation_id=S, theme_id=I32,
            similarity=F32, episode_id=S, turn=I64, repeat=B, answered=B, closing=B,
            retold=B, subject=S, text=S, language=S, rating=F64, rating_scale=S,
            order_id=S, product=S, region=S, url=S,
        ),
    ),
    TableSpec(
        "episodes",
        "one customer and one problem, from the first inbound contact to quiet",
        ("episode_id",),
        columns(
            episode_id=S, customer_id=S, theme_id=I32, opened_at=TIME, last_at=TIME,
            contacts_in=I64, contacts_out=I64, channels=I64, public_at=TIME, status=S,
            channel=S, conversations=I64, agents=I64, answers=I64, bot_answers=I64,
            closings=I64, repeats=I64, retold=I64, hops=I64, transfers=I64, reopens=I64,
            customer_wait_seconds=I64, customer_wait_work_seconds=I64,
            company_wait_seconds=I64, bot_seconds=I64, waiting_since=TIME,
        ),
    ),
    TableSpec(
        "conversation_metrics",
        "what is measured of a conversation, or of a ticket of which no message is held",
        ("conversation_id",),
        columns(
            conversation_id=S, source=S, customer_id=S, channel=S, public=B,
            theme_id=I32, started_by=S, opened_at=TIME, asked_at=TIME, last_at=TIME,
            contacts_in=I64, closings=I64, retold=I64, answers=I64, bot_answers=I64,
            agents=I64, first_reply_seconds=I64, first_reply_work_seconds=I64,
            first_reply_from=S, expects_reply=B, customer_wait_seconds=I64,
            customer_wait_work_seconds=I64, company_wait_seconds=I64, bot_seconds=I64,
            waiting_since=TIME, closed=B, resolved_at=TIME, resolution_seconds=I64,
            resolution_work_seconds=I64, reopens=I64, transfers=I64, agreement_met=B,
            once_zendesk=B, once_intercom=B, once_zoho=B, once_freshservice=B,
            once_zammad=B,
        ),
    ),
    TableSpec(
        "process_steps",
        "a step of a process (`order` or `ticket`): how many cases take it, and how often",
        ("process", "step"),
        columns(
            process=S, step=S, cases=I64, events=I64, places=I64, starts=I64, ends=I64,
            repeated=I64, contacted=I64,
        ),
    ),
    TableSpec(
        "process_links",
        "one step directly after another, with the median wait between them",
        ("process", "from_step", "to_step"),
        columns(
            process=S, from_step=S, to_step=S, cases=I64, events=I64,
            median_seconds=I64,
        ),
    ),
    TableSpec(
        "process_paths",
        "a path that cases take, among the hundred most frequent; its first twelve steps",
        ("process", "place"),
        columns(
            process=S, place=I32, path=S, cut=B, cases=I64, median_seconds=I64,
        ),
    ),
    TableSpec(
        "contact_gaps",
        "an inbound contact of a known customer, and how long before it he last wrote",
        ("source", "contact_id"),
        columns(
            source=S, contact_id=S, at=TIME, channel=S, customer_id=S, theme_id=I32,
            any_us=I64, part_any=B, same_us=I64, part_same=B, history_us=I64,
        ),
    ),
    TableSpec(
        "promises",
        "what was promised to whom by when, and what became of it",
        ("promise_id",),
        columns(
            promise_id=S, kind=S, what=S, source=S, customer_id=S, order_number=S,
            contact_id=S, conversation_id=S, theme_id=I32, agent_id=S, words=S,
            made_at=TIME, due_at=TIME, kept_at=TIME, again_at=TIME, status=S, reason=S,
            days_late=F64, amount=I64,
        ),
    ),
)  # fmt: skip
