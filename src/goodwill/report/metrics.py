"""The service metrics of a period, a theme and a channel: each a figure under its definition."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from goodwill.figures import Figure, count_figure, poisson, ratio, share_figure
from goodwill.generations import Reader
from goodwill.report.counted import REPLIED, conversations
from goodwill.report.effort import effort, waits
from goodwill.report.foreseen import foresee
from goodwill.report.metric_shapes import ChannelAnswers, GaugeGroup, MetricsPage
from goodwill.report.scope import Scope, asked_for, channels, covered
from goodwill.report.shapes import Gauge
from goodwill.report.solved import DIFFERENCE, ours, solved_at_once
from goodwill.report.spread import medians_of, people_sql
from goodwill.settings import Settings

WINDOWS = (7, 14, 45)
"""Days of the repeat contact rates: 7 is common, 14 typical, 45 the longest seen in the field."""
ANSWER_DAYS = 2
"""A contact younger than this may still be answered: it counts neither way."""
_DAY_US = 86_400_000_000
_NOBODY = "No contact has a known customer whose window lies within the data."
_NO_REPLY = "No file tells of answers to customers."
_NO_TICKET = "No file tells which conversations were closed."


def metrics(
    reader: Reader,
    settings: Settings,
    *,
    since: date | None = None,
    until: date | None = None,
    theme_id: int | None = None,
    channel: str = "",
) -> MetricsPage:
    """Return every service metric of what was opened or written in a period.

    Args:
        reader: The generation.
        settings: Of the Book.
        since: First day, of the Book's time zone; None from the start.
        until: Last day; None to the end.
        theme_id: Only this theme; None for all.
        channel: Only what came by this channel (an episode by its first contact); empty for all.

    Raises:
        InputError: The period ends before it begins.
        NotFound: No theme has that id, or no contact came by that channel.
    """
    scope, theme = asked_for(reader, settings.time_zone, since, until, theme_id, channel)
    if scope.timed:
        foresee(
            reader,
            partial(replies, reader, scope),
            partial(effort, reader, scope, None),
            partial(_channels, reader, scope),
            partial(_repeats, reader, scope),
            partial(waits, reader, scope, None),
            partial(_contact_rate, reader, scope),
            partial(covered, reader, scope),
            partial(_waiting, reader, scope),
        )
    seen = covered(reader, scope)
    inside = ratio(seen["inside"], seen["contacts"])
    first, still_open = ours(reader, scope, inside)
    groups = (
        GaugeGroup(
            "solved",
            "Solved, and coming back",
            "Over all channels: only contacts whose customer is known can be told to repeat. A "
            "follow-up in another conversation whose words are of another theme is not told to be "
            "about the same problem: the rates for any reason are the upper bound.",
            (
                Gauge("first_contact_resolution", "Solved at first contact", first),
                *repeats(reader, scope, seen),
                Gauge("reopen_rate", "Tickets opened again", _reopened(reader, scope)),
                Gauge("contact_rate", "Contacts for 1,000 orders", _contact_rate(reader, scope)),
            ),
        ),
        GaugeGroup(
            "waiting",
            "How long customers wait",
            "Medians; the second of each pair counts the company's opening hours alone.",
            replies(reader, scope),
        ),
        GaugeGroup("now", "Waiting now", "At the last moment of the data.",
                   _waiting(reader, scope)),
        GaugeGroup("waits", "Waits of a whole episode",
                   "From the first contact to the last message, each minute is one of three.",
                   waits(reader, scope, inside)),
        GaugeGroup("effort", "Effort, as far as it can be seen",
                   "Means of episodes that have come to rest.", effort(reader, scope, inside)),
    )  # fmt: skip
    return MetricsPage(
        since=since,
        until=until,
        theme_id=theme_id,
        theme=theme,
        channel=channel,
        as_of=reader.as_of,
        groups=groups,
        definitions=solved_at_once(reader, scope, first, settings.quiet_days),
        difference=DIFFERENCE.format(days=settings.quiet_days),
        channels=_channels(reader, scope),
        known=share_figure(
            seen["known"],
            seen["contacts"],
            "known_customers",
            people=seen["people"],
            coverage=1.0 if seen["contacts"] else None,
            records={
                "table": "messages",
                "where": scope.records("at", direction="in", customer_id=None),
            },
            empty="No contacts came in yet.",
        ),
        open_episodes=still_open,
        choices=channels(reader),
    )


def repeats(reader: Reader, scope: Scope, seen: dict[str, Any]) -> tuple[Gauge, ...]:
    """Return the repeat contact rates of every window; ``seen`` is what `covered` returns.

    Each is the share of contacts with an earlier one of the same customer within so many days.
    Contacts so early that the window reaches back before the data of their source are left out.
    """
    row, people = _repeats(reader, scope)
    found = []
    for kind in ("same", "any"):
        about = "about the same problem" if kind == "same" else "for any reason"
        share = ratio(seen["inside" if kind == "same" else "known"], seen["contacts"])
        for days in WINDOWS:
            key = f"{kind}_{days}"
            records = {f"{kind}_us<=": days * _DAY_US, f"part_{kind}": False}
            figure = share_figure(
                row[f"{key}_repeats"],
                row[f"{key}_contacts"],
                f"repeat_contact_rate_{kind}",
                people=people[key],
                coverage=share,
                records={"table": "contact_gaps", "where": scope.records("at") | records},
                empty=_NOBODY,
            )
            found.append(Gauge(f"repeat_contact_rate_{key}", f"Wrote again {about}", figure,
                               f"within {days} days"))  # fmt: skip
    return tuple(found)


def _repeats(reader: Reader, scope: Scope) -> tuple[dict[str, int], dict[str, int]]:
    """Return of each window how many contacts there are and repeat one, and of how many people."""
    where, values = scope.where("at")
    windows, counts = {}, []
    for kind in ("same", "any"):
        for days in WINDOWS:
            key, us = f"{kind}_{days}", days * _DAY_US
            windows[key] = inside = f"NOT part_{kind} AND history_us >= {us}"
            counts.append(f"count(*) FILTER ({inside}) AS {key}_contacts")
            counts.append(f"count(*) FILTER ({inside} AND {kind}_us <= {us}) AS {key}_repeats")
    asked = f"SELECT {', '.join(counts)} FROM contact_gaps WHERE {where}"
    row = reader.dicts(asked, values)[0]
    return row, reader.dicts(people_sql(windows, "contact_gaps", where), values)[0]


def _reopened(reader: Reader, scope: Scope) -> Figure:
    row, people = conversations(reader, scope)
    return share_figure(
        row["reopen_again"],
        row["reopen_known"],
        "reopen_rate",
        people=people["reopen"],
        coverage=ratio(row["reopen_known"], row["reopen_all"]),
        records={
            "table": "conversation_metrics",
            "where": scope.records("opened_at") | {"reopens!": 0},
        },
        empty="No file tells which tickets were opened again." if row["reopen_all"] else _NO_TICKET,
    )


def _contact_rate(reader: Reader, scope: Scope) -> Figure:
    """Return contacts for a thousand orders, in the time that both are known of."""
    ends = reader.rows(
        """
        SELECT greatest(m.first_at, o.first_at), least(m.last_at, o.last_at)
        FROM (SELECT min("at") AS first_at, max("at") AS last_at FROM messages
                WHERE direction = 'in') m,
            (SELECT min("at") AS first_at, max("at") AS last_at FROM orders
                WHERE kind = 'order') o
        """
    )[0]
    no_orders = "No orders and contacts of one time came in."
    if ends[0] is None or ends[1] is None or ends[0] > ends[1]:
        return Figure(None, "per 1,000 orders", "contact_rate", events=0, reason=no_orders)
    both = '"at" BETWEEN ? AND ?'
    where, values = scope.where("at")
    asked = reader.dicts(
        "SELECT count(*) AS contacts, count(DISTINCT customer_no) AS people "
        f"FROM {scope.contacts} WHERE direction = 'in' AND {both} AND {where}",
        [*ends, *values],
    )[0]
    where, values = scope.where("at", theme=False, channel=False)
    # A line is the first of its order in a period when the one before it lies before that.
    orders = reader.rows(
        "SELECT count(*) FILTER (coalesce(order_before_at < ?, order_before_at IS NULL)) "
        f"FROM {scope.orders} WHERE kind = 'order' AND {both} AND {where}",
        [max(ends[0], scope.first or ends[0]), *ends, *values],
    )[0][0]
    if not orders:
        return Figure(None, "per 1,000 orders", "contact_rate", events=asked["contacts"],
                      people=asked["people"], reason=no_orders)  # fmt: skip
    low, high = poisson(asked["contacts"])
    where, values = scope.where("at")
    everything = reader.rows(
        f"SELECT count(*) FROM {scope.contacts} WHERE direction = 'in' AND {where}", values
    )[0][0]
    return Figure(
        1000 * asked["contacts"] / orders,
        "per 1,000 orders",
        "contact_rate",
        low=1000 * low / orders,
        high=1000 * high / orders,
        people=asked["people"],
        events=asked["contacts"],
        coverage=ratio(asked["contacts"], everything),
        records={"table": "messages", "where": scope.records("at", direction="in")},
    )


def replies(reader: Reader, scope: Scope) -> tuple[Gauge, ...]:
    """Return medians of first reply and resolution, and the share of agreements met."""
    counts, people = conversations(reader, scope)
    shown = (
        ("first_reply", "First reply by a person", counts["asked"], _NO_REPLY),
        ("resolution", "Resolution", counts["closed"], _NO_TICKET),
    )
    hours = (("", "calendar"), ("_work", "opening hours"))
    medians = medians_of(
        reader,
        "conversation_metrics",
        REPLIED,
        scope.where("opened_at"),
        counts,
        people,
    )
    found = []
    for key, label, out_of, empty in shown:
        for kind, said in hours:
            name = f"{key}{kind}_seconds"
            figure = medians[name].figure(
                f"{key}_time",
                out_of=out_of,
                records={
                    "table": "conversation_metrics",
                    "where": scope.records("opened_at") | {f"{name}!": None},
                },
                empty=empty,
            )
            found.append(Gauge(f"{key}_time{kind}", label, figure, said))
    met = share_figure(
        counts["met"],
        counts["due"],
        "agreements_met",
        people=people["due"],
        coverage=ratio(counts["due"], counts["tickets"]),
        records={
            "table": "conversation_metrics",
            "where": scope.records("opened_at", agreement_met=False),
        },
        empty="No file tells of service agreements.",
    )
    return (*found, Gauge("agreements_met", "Service agreements met", met))


def _waiting(reader: Reader, scope: Scope) -> tuple[Gauge, ...]:
    now = reader.as_of
    moment = min((m for m in (scope.last, now) if m is not None), default=None)
    where, values = Scope(None, None, scope.theme_id, scope.channel).where("opened_at")
    row = reader.dicts(
        f"""
        SELECT count(*) AS tickets, count(*) FILTER (opened_at < $moment AND (NOT closed
                OR resolved_at >= $moment)) AS open,
            count(DISTINCT customer_no) FILTER (opened_at < $moment AND (NOT closed
                OR resolved_at >= $moment)) AS people,
            count(*) FILTER (NOT closed OR resolved_at IS NOT NULL) AS dated
        FROM conversation_metrics WHERE closed IS NOT NULL AND {where}
        """.replace("$moment", "CAST(? AS TIMESTAMPTZ)"),
        [moment] * 4 + values,
    )[0]
    backlog = count_figure(
        row["open"],
        "tickets",
        "backlog",
        people=row["people"],
        coverage=ratio(row["dated"], row["tickets"]),
        records={
            "table": "conversation_metrics",
            "where": Scope(None, None, scope.theme_id, scope.channel).records(
                "opened_at", closed=False
            ),
        },
        empty="" if row["tickets"] else _NO_TICKET,
    )
    due, people = conversations(reader, scope)
    past = scope.last is not None and now is not None and scope.last <= now
    reason = "Who waited on a day that is past is not kept." if past else ""
    waiting = count_figure(
        due["waiting"],
        "conversations",
        "waiting_conversations",
        people=people["waiting"],
        coverage=ratio(due["waiting_asked"], due["conversations"]),
        records={
            "table": "conversation_metrics",
            "where": scope.records("opened_at") | {"waiting_since!": None},
        },
        empty=reason or ("" if due["waiting_asked"] else _NO_REPLY),
    )
    return (
        Gauge("backlog", "Backlog: tickets not closed", backlog),
        Gauge("waiting_conversations", "Conversations that wait for the company", waiting),
    )


def _channels(reader: Reader, scope: Scope) -> tuple[ChannelAnswers, ...]:
    """Return each channel with its unanswered share: the blind spots first."""
    where, values = scope.where("at")
    old = _before(reader.as_of)
    rows = reader.dicts(
        f"""
        SELECT name, sum(contacts) AS contacts, count(customer_no) AS people,
            sum(asked) AS asked, sum(known) AS known, sum(unanswered) AS unanswered,
            count(customer_no) FILTER (unanswered > 0) AS left_alone
        FROM (
            SELECT coalesce(channel, 'unknown') AS name, customer_no, count(*) AS contacts,
                count(*) FILTER (ripe AND NOT coalesce(closing, FALSE)) AS asked,
                count(answered) FILTER (ripe) AS known,
                count(*) FILTER (ripe AND NOT answered) AS unanswered
            FROM (SELECT *, "at" <= CAST(? AS TIMESTAMPTZ) AS ripe FROM {scope.contacts}
                WHERE direction = 'in' AND {where})
            GROUP BY ALL
        )
        GROUP BY name ORDER BY unanswered DESC, contacts DESC, name
        """,
        [old, *values],
    )
    found = []
    for row in rows:
        named = None if row["name"] == "unknown" else row["name"]
        where_is = scope.records("at", direction="in") | {"channel": named}
        contacts = count_figure(
            row["contacts"],
            "contacts",
            "contacts",
            people=row["people"],
            coverage=1.0,
            records={"table": "messages", "where": where_is},
        )
        unanswered = share_figure(
            row["unanswered"],
            row["known"],
            "unanswered_share",
            people=row["left_alone"],
            coverage=ratio(row["known"], row["asked"]),
            records={"table": "messages", "where": where_is | {"answered": False}},
            empty="Nothing tells whether anybody answers here: a blind spot.",
        )
        found.append(ChannelAnswers(row["name"], contacts, unanswered))
    return tuple(found)


def _before(now: datetime | None) -> datetime | None:
    return now - timedelta(days=ANSWER_DAYS) if now else None
