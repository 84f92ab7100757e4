"""A thousand random customers with all that the measures tell apart, and the measures by loops.

The loops take `messages` as it is (`twin.py` checks that table) and know nothing of windows in SQL.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

from facts import Row, World, at, message, order, reply

from goodwill.journeys import Calendar

HALF_HOUR = timedelta(minutes=30)
OFFICE = Calendar(
    workdays=(0, 1, 2, 3, 4, 5),
    holidays=[date(2024, 3, 29)],
    time_zone="Europe/Madrid",
    hours=((time(0, 30), time(4)), (time(9), time(13)), (time(14, 30), time.max)),
)
"""Breaks, a night shift over the change of clocks, Saturdays, a holiday."""
THANKS = ("Thanks, that solved it!", "muchas gracias", "Perfeito, obrigado")
TOLD = ("I already told you: it is broken", "es la tercera vez que escribo", "como já disse, não")


def crowd(seed: int, customers: int = 1000) -> World:
    """Return a world of tickets, threads of tweets without a help desk, bots, and thanks."""
    draw = random.Random(seed)
    contacts: list[Row] = []
    threads: list[Row] = []
    themes: dict[tuple[str, str], int] = {}
    for customer in range(customers):
        for visit in range(draw.choice([0, 1, 1, 2, 3])):
            source = draw.choice(["desk", "desk", "chat", "posts"])
            channel = {"desk": draw.choice(["email", "phone"]), "chat": "chat"}.get(
                source, "social"
            )
            start = draw.choice([1, 9, 45, 60, 86, 89, 90, 100]) + draw.random()
            thread = f"{customer}-{visit}"
            known = draw.random() < 0.9
            _visit(draw, contacts, themes, source, channel, start, thread,
                   f"c{customer}" if known else None)  # fmt: skip
            if source == "desk":
                threads.append(_ticket(draw, thread, start, f"c{customer}"))
    orders = [_order(draw, f"o{n}", f"c{n}") for n in range(0, customers, 3)]
    orders += [_order(draw, f"p{n}", f"c{n}") for n in range(0, customers, 6)]
    return World(contacts, orders, threads, themes)


def _order(draw: random.Random, number: str, customer: str) -> Row:
    day = draw.random() * 100
    promised = draw.choice([None, day + 2, day + 4])
    delivered = draw.choice([None, day + 3]) if day < 96 else None
    return order(
        number, at(day), customer_ref=customer, source="desk",
        promised_at=promised and at(promised), delivered_at=delivered and at(delivered),
    )  # fmt: skip


def _visit(
    draw: random.Random, contacts: list[Row], themes: dict[tuple[str, str], int], source: str,
    channel: str, start: float, thread: str, customer: str | None,
) -> None:  # fmt: skip
    moment = start
    theme = draw.choice([1, 1, 2, None])
    public = source == "posts"
    for number in range(draw.choice([1, 2, 2, 3, 5, 8])):
        key = f"{thread}-{number}"
        moment += draw.choice([0, 2 / 1440, 29 / 1440, 31 / 1440, 0.2, 1.5, 6, 15])
        common = {"source": source, "thread_id": thread, "channel": channel, "public": public}
        who = draw.choice("iiooobxs" if source != "posts" else "iii")
        if who == "i" or number == 0 and draw.random() < 0.8:
            text = draw.choice([None, "Where is it?", *THANKS, *TOLD])
            row = message(key, at(moment), customer_ref=customer, text=text, **common)
            if theme is not None:
                themes[source, key] = draw.choice([theme] * 5 + [3])
        else:
            role = {"b": "bot", "s": "system", "x": None}.get(who, "agent")
            agent = draw.choice([None, "a1", "a2", "a3"])
            row = reply(key, at(moment), **common, author_role=role, agent_id=agent)
        contacts.append(row)


def _ticket(draw: random.Random, thread: str, start: float, customer: str) -> Row:
    opened = at(start)
    solved = draw.choice([None, opened + timedelta(minutes=draw.choice([14, 15, 300, 9000]))])
    return {
        "source": "desk", "thread_id": thread, "opened_at": opened, "customer_ref": customer,
        "solved_at": solved, "closed_at": draw.choice([None, solved]),
        "status": draw.choice(["Closed", "open", "solved", None, "Gelöst"]),
        "reopens": draw.choice([0, 0, 1, 2, None]), "transfers": draw.choice([0, 1, 3, None]),
        "sla_met": draw.choice([True, False, None, None]),
        "due_at": draw.choice([None, opened + timedelta(days=1), at(400)]),
    }  # fmt: skip


def closing(text: str | None) -> bool:
    return text in THANKS


@cache
def spans(day: date) -> list[tuple[datetime, datetime]]:
    """The opening hours of one day at the office, in UTC."""
    found = []
    for opens, closes in OFFICE.hours if OFFICE.works(day) else ():
        last = datetime.combine(day, closes, OFFICE.zone)
        if closes == time.max:
            last = datetime.combine(day + timedelta(days=1), time.min, OFFICE.zone)
        first = datetime.combine(day, opens, OFFICE.zone)
        found.append((first.astimezone(UTC), last.astimezone(UTC)))
    return found


def worked(start: datetime, end: datetime) -> timedelta:
    """The opening hours between two moments, day by day and span by span."""
    total = timedelta()
    day = start.astimezone(OFFICE.zone).date()
    last_day = end.astimezone(OFFICE.zone).date()
    while day <= last_day:
        for first, last in spans(day):
            total += max(min(end, last) - max(start, first), timedelta())
        day += timedelta(days=1)
    return total


def role(row: Row) -> str:
    if row["direction"] == "in":
        return "thanks" if row["closing"] else "customer"
    return "bot" if row["author_role"] == "bot" else "person"


def in_order(rows: Iterable[Row]) -> list[Row]:
    """Messages with a time, of customers and of anyone but the system, as they came."""
    heard = [r for r in rows if r["at"] and r["direction"] in ("in", "out")]
    heard = [r for r in heard if r["direction"] == "in" or r["author_role"] != "system"]
    return sorted(heard, key=lambda r: (r["at"], r["direction"], r["contact_id"]))


def waits(rows: list[Row]) -> dict[str, timedelta]:
    """Walk through the messages: who waited for whom."""
    total: dict[str, timedelta] = defaultdict(timedelta)
    asks = False
    for here, after in pairwise(rows):
        if role(here) != "bot":
            asks = role(here) == "customer"
        span = after["at"] - here["at"]
        with_bot = role(after) == "bot" or (role(here) == "bot" and role(after) != "person")
        if not asks:
            total["company"] += span
        elif with_bot and span <= HALF_HOUR:
            total["bot"] += span
        else:
            total["customer"] += span
            total["work"] += worked(here["at"], after["at"])
    return total


def waiting_since(rows: list[Row]) -> datetime | None:
    since = None
    for row in rows:
        if role(row) == "customer":
            since = since or row["at"]
        elif role(row) != "bot":
            since = None
    return since


def seconds(span: timedelta | None) -> int | None:
    return None if span is None or span < timedelta() else span // timedelta(seconds=1)


def effort(rows: list[Row]) -> Row:
    """What an episode's messages, in order, say of its effort; tickets are not in it."""
    spans = waits(rows)
    people = [r for r in rows if role(r) == "person"]
    channels = [r["channel"] for r in rows if r["direction"] == "in"]
    return {
        "channel": rows[0]["channel"],
        "conversations": len({r["conversation_id"] for r in rows}),
        "agents": len({r["agent_id"] for r in people} - {None}),
        "answers": len(people),
        "bot_answers": sum(role(r) == "bot" for r in rows),
        "closings": sum(role(r) == "thanks" for r in rows),
        "repeats": sum(bool(r["repeat"]) for r in rows),
        "retold": sum(bool(r["retold"]) for r in rows),
        "hops": sum(a != b for a, b in pairwise(channels)),
        "customer_wait_seconds": seconds(spans["customer"]),
        "customer_wait_work_seconds": seconds(spans["work"]),
        "company_wait_seconds": seconds(spans["company"]),
        "bot_seconds": seconds(spans["bot"]),
        "waiting_since": waiting_since(rows),
    }


def measures(rows: list[Row], ticket: Row | None, now: datetime) -> Row:
    """What `conversation_metrics` says of a conversation in a source that holds answers."""
    asked = next((r for r in rows if role(r) == "customer"), None)
    spoke = next((r for r in rows if role(r) != "bot"), None)
    ours = spoke is not None and role(spoke) == "person"
    people = [r for r in rows if role(r) == "person"]
    first = next((r for r in people if asked and r["at"] >= asked["at"]), None) if asked else None
    replied = asked is not None and first is not None and not ours
    spans = waits(rows)
    found: Row = {
        "contacts_in": sum(r["direction"] == "in" for r in rows),
        "answers": len(people),
        "started_by": "company" if ours else "customer",
        "first_reply_seconds": seconds(first["at"] - asked["at"]) if replied else None,
        "first_reply_work_seconds":
            seconds(worked(asked["at"], first["at"])) if replied else None,
        "customer_wait_seconds": seconds(spans["customer"]) if rows else None,
        "expects_reply": asked is not None and not ours,
    }  # fmt: skip
    since = waiting_since(rows)
    agents = {r["agent_id"] for r in people} - {None}
    handed = sum(a != b for a, b in pairwise(r["agent_id"] for r in people if r["agent_id"]))
    if ticket is None:
        return found | {
            "closed": None, "resolution_seconds": None, "resolution_work_seconds": None,
            "reopens": None, "transfers": handed if agents else None, "agreement_met": None,
            "waiting_since": since, **{f"once_{t}": None for t in TOOLS},
        }  # fmt: skip
    solved = ticket["solved_at"] or ticket["closed_at"]
    state = (ticket["status"] or "").lower()
    closed = state in ("closed", "solved") or (state != "open" and solved is not None)
    began = rows[0]["at"] if rows else ticket["opened_at"]
    resolved = solved if closed else None
    sla = ticket["sla_met"]
    if sla is None and ticket["due_at"]:
        late = ticket["due_at"] < now
        sla = (resolved <= ticket["due_at"] if resolved else None) if closed else late and False
        sla = None if not closed and not late else sla
    transfers = ticket["transfers"]
    if transfers is None and agents:
        transfers = handed
    shut = (ticket["closed_at"] or ticket["solved_at"]) if closed else None
    hidden = closed and since and (resolved is None or resolved >= since)
    known_reopens = ticket["reopens"] is not None
    if not closed or not known_reopens:
        intercom = None
    elif agents:
        intercom = ticket["reopens"] == 0 and len(agents) == 1
    elif people:
        intercom = None if transfers is None else ticket["reopens"] == 0 and transfers == 0
    else:
        intercom = False
    return found | {
        "closed": closed,
        "resolution_seconds": seconds(resolved - began) if resolved else None,
        "resolution_work_seconds":
            seconds(worked(began, resolved)) if resolved and resolved >= began else None,
        "reopens": ticket["reopens"], "transfers": transfers, "agreement_met": sla,
        "waiting_since": None if hidden else since,
        "once_zendesk": len(people) < 2 if closed and rows else None,
        "once_intercom": intercom if rows else None,
        "once_zoho": len(people) == 1 if closed and rows else None,
        "once_freshservice":
            found["contacts_in"] == 1 if closed and found["contacts_in"] else None,
        "once_zammad": shut - ticket["opened_at"] < timedelta(minutes=15) if shut else None,
    }  # fmt: skip


TOOLS = ("zendesk", "intercom", "zoho", "freshservice", "zammad")


def sittings(talk: list[Row]) -> dict[tuple[str, str], int]:
    """Number the runs of a conversation in which nobody is silent for more than half an hour."""
    found, number = {}, 0
    heard = in_order(talk)
    for place, row in enumerate(heard):
        number += place > 0 and row["at"] - heard[place - 1]["at"] > HALF_HOUR
        found[row["source"], row["contact_id"]] = number
    return found


def gaps(
    rows: list[Row], same: bool, sitting: dict[tuple[str, str], int]
) -> dict[tuple[str, str], tuple[timedelta | None, bool]]:
    """For each contact of one customer: since his last one, and whether it is a later part.

    Each row has its ``problem``; ``sitting`` is what `sittings` says of every conversation.
    """
    asked = [r for r in rows if r["direction"] == "in" and r["at"] and not r["closing"]]
    asked = [r for r in asked if not same or r["problem"] is not None]
    asked.sort(key=lambda r: (r["at"], r["contact_id"]))
    found: dict[tuple[str, str], tuple[timedelta | None, bool]] = {}
    for place, row in enumerate(asked):
        before = [r for r in asked[:place] if not same or r["problem"] == row["problem"]]
        parts = [r for r in before if r["conversation_id"] == row["conversation_id"]]
        part = False
        if parts:
            last = parts[-1]
            key, other = ((r["source"], r["contact_id"]) for r in (row, last))
            near = row["at"] - last["at"] <= HALF_HOUR and row["turn"] == last["turn"]
            live = row["channel"] in ("chat", "phone") and sitting[key] == sitting[other]
            part = near or live
        since = row["at"] - before[-1]["at"] if before else None
        found[row["source"], row["contact_id"]] = (since, part)
    return found


def grouped(rows: Iterable[Row], key: str) -> dict[Any, list[Row]]:
    found: dict[Any, list[Row]] = defaultdict(list)
    for row in rows:
        if row[key] is not None:
            found[row[key]].append(row)
    return found
