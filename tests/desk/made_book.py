"""A Book made by hand: what the real one gives the pages, without files, clocks or chance."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from made_themes import MadeThemes
from reader import NAME

from goodwill.candidates import Found
from goodwill.errors import InputError, NotEnoughData, NotFound
from goodwill.figures import Figure, count_figure, share_figure
from goodwill.records import ContactDetails, VaultLook, VaultLooks
from goodwill.report.broken import BrokenKind
from goodwill.report.candidates import Candidate, CandidatePage, CandidateSide
from goodwill.report.chain_shapes import ChainPage, PublicComplaint
from goodwill.report.coaching import CoachingPage, Talk
from goodwill.report.customer_shapes import (
    Afterwards,
    CustomerPage,
    CustomerRef,
    Entry,
    Harm,
    HarmedPage,
)
from goodwill.report.metric_shapes import (
    ChannelAnswers,
    GaugeGroup,
    MetricsPage,
    SolvedAtOnce,
)
from goodwill.report.overview_shapes import Accounting, Overview
from goodwill.report.problem_shapes import (
    BrokenCost,
    BrokenCosts,
    BrokenPage,
    Hit,
    Problem,
    ProblemPage,
    RuleCost,
    RulesPage,
    Slice,
    ThemeRule,
    TravelledPath,
    Week,
)
from goodwill.report.processes import Follows, Path, Process, Step
from goodwill.report.promise_shapes import PromiseRow, PromisesPage
from goodwill.report.rollouts import RolloutWay
from goodwill.report.scope import Choices
from goodwill.report.shapes import (
    Added,
    Gauge,
    Link,
    Part,
    RecordsPage,
    SearchPage,
    Sentence,
    Working,
)
from goodwill.report.value_shapes import (
    ContractsPart,
    EquityMonth,
    EquitySegment,
    Forecast,
    HeldBack,
    LedgerPage,
    Plan,
    PurchaseModel,
    Renewal,
    ValuePage,
)
from goodwill.report.watch_shapes import Alert, AlertsPage, Done, Fix, FixWeek
from goodwill.report.within import WithinPage
from goodwill.settings import HARMS, Settings

END = datetime(2025, 12, 30, 21, 40, tzinfo=UTC)
HASHED = "shop:h:" + "0a1b2c3d" * 4
"""A customer whom the source knows by mail alone: his key is a hash."""
LOST = (
    "Customers lost are shown only beside like customers whose promise was kept, and that "
    "comparison is not made in this version."
)
THEMES = [
    ("Parcel has not arrived", ("parcel", "arrived", "tracking", "late"), 2214, 3480, 702,
     31_284_000_00, "I ordered nearly three weeks ago and the tracking page has not moved since "
     "the 4th. Where is my parcel?"),
    ("Refund not received", ("refund", "money", "account", "waiting"), 1320, 2391, 611,
     18_790_500_00, "You took the chairs back a month ago and I still do not see the money on my "
     "account."),
    ("Arrived damaged", ("broken", "box", "damaged", "crushed"), 984, 1210, 155, 9_120_400_00,
     "The box was crushed on one side and two of the six cups are in pieces."),
    ("Wrong item sent", ("wrong", "ordered", "instead", "colour"), 611, 835, 120, 4_410_000_00,
     "I ordered the blue one and you have sent me green, for the second time."),
    ("Discount code refused", ("code", "discount", "checkout", "voucher"), 402, 447, 31,
     2_018_300_00, "the code from your own newsletter does not work at the checkout"),
    ("Cannot sign in to the account", ("password", "account", "reset", "sign"), 233, 301, 44,
     880_120_00, "I have asked for a new password four times now and no mail ever comes."),
]  # fmt: skip


def people(n: int, definition: str, events: int, table: str = "messages", **where: Any) -> Figure:
    return Figure(n, "people", definition, people=n, events=events, coverage=0.93,
                  records={"table": table, "where": where})  # fmt: skip


def events(n: int, unit: str, who: int, table: str = "messages", **where: Any) -> Figure:
    return Figure(n, unit, "contacts", people=who, events=n, coverage=1.0,
                  records={"table": table, "where": where})  # fmt: skip


def euros(minor: int | None, definition: str = "lifetime_value", spread: float = 0.12) -> Figure:
    if minor is None:
        return Figure(None, "minor:EUR", definition, people=0, events=0,
                      reason="None of these people has an order in this Book.")  # fmt: skip
    orders = {"table": "orders", "where": {"kind": "order"}}
    return Figure(minor, "minor:EUR", definition, low=round(minor * (1 - spread)),
                  high=round(minor * (1 + spread)), grade="C", people=812, events=2931,
                  coverage=0.81, records=orders)  # fmt: skip


def sentences(i: int, kind: str, count: int) -> tuple[Sentence, ...]:
    made = {
        "central": [
            THEMES[i][6],
            "Still nothing. It was promised for Tuesday and it is now Friday, and nobody answers.",
            "The tracking says delivered but nothing was delivered to my door.",
            "Could you please tell me where my order is? It should have come last week.",
            "Second mail about the same parcel. Third, if you count the chat.",
        ],
        "newest": [
            "See https://shop.example/track/" + "0123456789abcdef" * 8 + " for what I mean.",
            "It says out for delivery since this morning, is that true?",
            "Order placed on the 12th, no news at all. I needed it for a birthday.",
        ],
        "low_rating": [
            "Two stars only because the product is good. Delivery: none. Answers: none.",
            "Never again. I have been a customer for six years.",
        ],
        "boundary": ["Can I change the delivery address after the parcel was sent?"],
    }[kind]
    return tuple(
        Sentence("shop", f"m{i}{n}", text, END - timedelta(days=3 * n, hours=n),
                 ("email", "chat", "review")[n % 3], f"shop:{10023 + n}" if n != 3 else None, kind)
        for n, text in enumerate(made[:count])
    )  # fmt: skip


def problem(i: int) -> Problem:
    label, terms, who, contacts, again, value, _ = THEMES[i]
    theme = {"theme_id": i + 1, "direction": "in"}
    figures = {
        "trend": Figure(1.4, "times", "trend", low=1.1, high=1.8, people=who, events=contacts,
                        coverage=1.0, records={"table": "messages", "where": theme})
        if i != 2 else Figure(None, "times", "trend", events=9, reason="Too few: 9 contacts."),
        "avoidable_loss": euros(value // 9 if i != 4 else None, "avoidable_loss"),
        "people": people(who, "people", contacts, **theme),
        "contacts": events(contacts, "contacts", who, **theme),
        "repeat_contact_rate": share_figure(again * 2, contacts, "repeat_contact_rate", people=who,
                                            coverage=0.93, records={"table": "messages",
                                            "where": {**theme, "repeat": True}}),
        "repeat_people": people(again, "people_who_wrote_again", again * 2, **theme, repeat=True),
        "first_contact_resolution": share_figure(who - again, who, "first_contact_resolution",
                                                 people=who, coverage=0.93),
        "public_people": people(max(1, who // 90), "people_who_went_public", who // 80, **theme),
        "low_rating_share": share_figure(0, 0, "low_rating_share",
                                         empty="None of these contacts carries a rating."),
        "revenue": Figure(value // 3, "minor:EUR", "revenue_of_people", people=who,
                          events=contacts, coverage=0.81),
        "lifetime_value": euros(value if i != 4 else None, "lifetime_value_of_people"),
    }  # fmt: skip
    return Problem(i + 1, label, terms, i + 1, who, contacts, figures, sentences(i, "central", 3))


def broken_cost() -> BrokenCost:
    """Return what late parcels cost: of 3,120 people, two in five silent."""
    broken = {"kind": "delivery", "status": ["broken", "overdue"]}
    figures = {
        "people": people(3120, "people_promised_in_vain", 3600, "promises", **broken),
        "broken": events(3600, "promises", 3120, "promises", **broken),
        "value_lost": replace(euros(3_407_000, "value_lost"), grade="B", people=2412),
        "silent_people": people(1977, "silent_people", 2100, "promises", **broken, wrote_at=None),
        "silent_share": share_figure(1977, 3120, "silent_share", people=3120, coverage=1.0),
    }
    return BrokenCost("delivery", "Delivery date of an order", 3120, 3600, figures)


def promise(n: int, status: str = "open") -> PromiseRow:
    """Return one promise: of four kinds in turn, the third of an unknown customer."""
    kind, what, words = (
        ("commitment", "refund", "We will refund \u20ac1,299.00 within five working days"),
        ("delivery", "delivery", ""),
        ("commitment", "call", "I'll call you <tomorrow> & sort it out"),
        ("published", "answer", "An answer within 24 hours"),
    )[n % 4]
    due = END + timedelta(hours=3 + 26 * n) * (1 if status == "open" else -1)
    known = n % 4 != 2
    return PromiseRow(
        promise_id=f"p{n}", kind=kind, what=what, words=words, who="A-07", source="shop",
        customer_id=(HASHED if n == 3 else f"shop:{10023 + n}") if known else None,
        order_number="53711" if what in ("refund", "delivery") else "", contact_id=f"m{n}",
        theme_id=2 if n % 2 == 0 else None, theme="Refunds" if n % 2 == 0 else "",
        made_at=due - timedelta(days=4), due_at=due if status != "unknown" else None,
        kept_at=due + timedelta(days=2) if status == "broken" and n % 2 else None,
        again_at=due + timedelta(days=1) if status == "broken" else None, status=status,
        reason="no date was given" if status == "unknown" else "",
        days_late=2.0 if status in ("broken", "overdue") else None,
        hours_left=3 + 26 * n if status == "open" else None,
        at_risk=euros(61_240 if known else None),
        step="See that the refund is paid out before the date." if status == "open" else "",
        records={"table": "promises", "where": {"promise_id": f"p{n}"}},
    )  # fmt: skip


def alert(n: int, **other: Any) -> Alert:
    """Return one alert: a rise of a theme that one channel drives."""
    label = THEMES[n][0]
    since = END.date() - timedelta(days=9 + n)
    figures = {
        "contacts": events(84 - 9 * n, "contacts", 61 - n, theme_id=n + 1),
        "times_expected": Figure(2.6, "times", "times_expected", low=2.1, high=3.2, people=61,
                                 events=84, coverage=1.0),
        "value_touched": euros(912_000, "lifetime_value_of_people"),
    }  # fmt: skip
    values: dict[str, Any] = {
        "alert_id": f"{n:016x}", "title": label, "arm": "rise", "level": "theme",
        "segment": {"theme": label}, "theme_id": n + 1, "since": since,
        "raised_at": since + timedelta(days=4), "figures": figures, "parts": (),
        "sentences": sentences(n, "central", 3),
    }  # fmt: skip
    return Alert(**(values | other))


def alerts_page(**other: Any) -> AlertsPage:
    part = alert(0, alert_id="f" * 16, title=f"{THEMES[0][0]} by web form", level="theme_channel")
    values: dict[str, Any] = {
        "now": (alert(0, parts=(part,)), alert(1)), "before": (alert(2), alert(3, theme_id=None)),
        "promise": "At most 2 a month are expected if nothing rises by more than 15%.",
        "series": 364, "replayed": 672, "reason": "",
    }  # fmt: skip
    return AlertsPage(**(values | other))


def fix(n: int = 0, **other: Any) -> Fix:
    """Return one fix that worked, held against the same theme in other regions."""
    started = date(2025, 3, 3)
    rows = {"table": "messages", "where": {"theme_id": [n + 1], "direction": "in"}}
    figures = {
        "fix_ratio": Figure(0.31, "times", "fix_ratio", low=0.2, high=0.47, grade="B", people=103,
                            events=121, coverage=0.99, records=rows),
        "contacts_avoided": Figure(261, "contacts", "contacts_avoided", low=139.0, high=479.0,
                                   grade="B", people=103, events=121, coverage=0.99),
        "contacts": events(121, "contacts", 103, theme_id=n + 1),
        "expected_contacts": Figure(381.6, "contacts", "expected_contacts", people=103,
                                    events=431, coverage=0.99),
    }  # fmt: skip
    values: dict[str, Any] = {
        "event_id": f"{n:012x}", "kind": "fix", "title": "Second depot for the South",
        "themes": ((n + 1, THEMES[n][0]),), "started_on": started, "ended_on": None,
        "scope": {"region": "South"}, "verdict": "worked", "state": "worked",
        "said": "It worked", "why": "31% of what would have come without it (20% to 47%); proven.",
        "figures": figures, "proven_on": date(2025, 4, 20), "returned_on": None,
        "weeks_to_proof": 9.0, "compared": "Held against the same themes outside of South.",
        "controls": ((3, THEMES[2][0]),), "also": "Strike (2025-01-10)",
        "history": (Done(started, "declared", NAME), Done(date(2025, 4, 20), "proven", "")),
        "weeks": tuple(
            FixWeek(started + timedelta(weeks=w),
                    "baseline" if w < -4 else "guard" if w < 0 else "after", 7,
                    9 + w % 3 if w < 0 else 3 + w % 2, 9.5, 4.0, 16.0)
            for w in range(-20, 12)
        ),
    }  # fmt: skip
    return Fix(**(values | other))


def weeks(scale: int) -> tuple[Week, ...]:
    monday = date(2024, 1, 1)
    out = []
    for n in range(104):
        bump = 1.9 if 60 <= n <= 67 else 1.0
        contacts = round(scale * bump * (1 + 0.3 * ((n * 7919) % 13 - 6) / 13 + n / 250))
        out.append(Week(monday + timedelta(weeks=n), contacts, round(contacts * 0.82)))
    return tuple(out)


def overview(**other: Any) -> Overview:
    chain = (
        Link("promised", "Promise made", people(18204, "promises_made", 61877, "promises"),
             events(61877, "promises", 18204, "promises")),
        Link("broken", "Promise broken",
             people(3120, "promises_broken", 3702, "promises", status=["broken", "overdue"]),
             events(3702, "promises", 3120, "promises", status=["broken", "overdue"])),
        Link("wrote", "Wrote", people(1143, "wrote_after_broken_promise", 1260, "chain"),
             events(1260, "promises", 1143, "chain")),
        Link("again", "Wrote again", people(406, "wrote_again_after_broken_promise", 431, "chain"),
             events(431, "promises", 406, "chain")),
        Link("public", "Went public", people(38, "public_after_broken_promise", 41, "chain"),
             events(41, "promises", 38, "chain")),
        Link("lost", "Customer lost", None, None, LOST),
        Link("equity", "Equity lost", None, None, LOST),
        Link("silent", "Silent", people(1977, "silent_after_broken_promise", 2442, "chain"), None),
    )  # fmt: skip
    groups = {
        "course": (
            Gauge("customer_equity", "Customer equity",
                  Figure(412_880_031, "minor:EUR", "customer_equity", low=391_200_000.0,
                         high=436_100_000.0, grade="B", people=17204, events=61877,
                         coverage=0.94, records={"table": "customer_value", "where": {}}),
                  "104 weeks ahead"),
            Gauge("active_customers", "Customers still buying, expected",
                  Figure(9120.4, "people", "active_customers", low=8890.0, high=9352.5,
                         people=17204, events=61877, coverage=0.94)),
            Gauge("promise_kept_rate", "Delivery promises kept",
                  share_figure(57100, 60802, "promise_kept_rate", people=18011, coverage=0.98)),
        ),
        "correction": (
            Gauge("first_contact_resolution", "Solved at first contact",
                  share_figure(4211, 5920, "first_contact_resolution", people=5102, coverage=0.9)),
            Gauge("repeat_contact_rate", "Contacts that repeat one",
                  share_figure(2210, 9120, "repeat_contact_rate", people=5102, coverage=0.9)),
            Gauge("answered_share", "Contacts answered",
                  share_figure(0, 0, "answered_share",
                               empty="No file says which contacts were answered.")),
        ),
        "caution": (
            Gauge("overdue_promises", "Promises overdue now", events(112, "promises", 109,
                  "promises", status="overdue")),
            Gauge("public_contacts", "Public contacts", events(1, "contacts", 1), "last 28 days"),
            Gauge("low_rating_share", "Low ratings",
                  share_figure(9, 211, "low_rating_share", people=208, coverage=0.21),
                  "last 28 days"),
        ),
        "context": (
            Gauge("contacts", "Contacts from customers", events(702, "contacts", 588),
                  "last 28 days; +12% on the 28 days before"),
            Gauge("orders", "Orders", events(2703, "orders", 2011, "orders"), "last 28 days"),
            Gauge("known_customers", "Contacts of a known customer",
                  share_figure(8702, 9120, "known_customers", people=5102, coverage=1.0)),
        ),
    }  # fmt: skip
    values = {
        "company": "Harbour & Pine",
        "simulated": True,
        "as_of": END,
        "since": datetime(2024, 1, 1, 8, tzinfo=UTC),
        "groups": groups,
        "chain": chain,
        "problems": tuple(problem(i) for i in range(len(THEMES))),
        "ranking": (
            "Ranked by the mean of three places: by people, by repeat contacts, and by the "
            "lifetime value of the people concerned (where orders are known). It says whom a "
            "problem touches, not yet what it costs."
        ),
        "weeks": weeks(90),
        "accounting": Accounting(94_318, 93_120, 412, 700, 86, 3, 5),
        "generation": "g000003",
        "promises": tuple(promise(n) for n in range(3)),
        "open_promises": 61,
    }
    return Overview(**{**values, **other})


def process_made() -> Process:
    def share(part: int, whole: int, definition: str) -> Figure:
        return share_figure(part, whole, definition, coverage=1.0)

    names = [("ordered", 1000), ("delivered", 900), ("wrote", 310), ("answered", 250)]
    steps = tuple(
        Step(name, Figure(n, "cases", "process_cases", events=n + 9, coverage=n / 1000),
             share(n, 1000, "process_step_share"), share(n // 30, n, "process_loops"),
             share(n // 9, n, "contacted_after_step"), 1000 if name == "ordered" else 0, n // 4)
        for name, n in names
    )  # fmt: skip
    links = tuple(
        Follows(a, b, n, n + 3, Figure(minutes, "minutes", "process_wait", events=n,
                                       coverage=0.5), back)
        for a, b, n, minutes, back in (
            ("ordered", "delivered", 880, 5760.0, False),
            ("delivered", "wrote", 200, 1440.0, False),
            ("wrote", "answered", 240, 190.0, False), ("answered", "wrote", 60, 900.0, True),
            ("wrote", "wrote", 20, 50.0, True),
        )
    )  # fmt: skip
    lasts = Figure(5760.0, "minutes", "process_duration", events=600, coverage=0.6)
    path = Path(("ordered", "delivered"), False, share(600, 1000, "process_path_share"), lasts)
    return Process("order", "Orders: from the order to its end", 1000, steps, links, (path,))


def metrics_page(
    since: date | None, until: date | None, theme_id: int | None, channel: str
) -> MetricsPage:
    first = share_figure(4211, 5920, "first_contact_resolution", people=5102, coverage=0.9)
    rates = tuple(
        Gauge(f"repeat_contact_rate_same_{days}", "Wrote again about the same problem",
              share_figure(100 * days, 9120, "repeat_contact_rate_same", people=5102,
                           coverage=0.9), f"within {days} days")
        for days in (7, 14, 45)
    )  # fmt: skip
    reply = Figure(244.0, "minutes", "first_reply_time", low=231.0, high=260.5, people=3900,
                   events=4100, coverage=0.93)  # fmt: skip
    blind = share_figure(
        0,
        0,
        "unanswered_share",
        people=0,
        coverage=0.0,
        empty="Nothing tells whether anybody answers here: a blind spot.",
    )
    definitions = (
        SolvedAtOnce("goodwill", "goodwill", "Came to rest without a repeat.", "", first, None),
        SolvedAtOnce("zendesk", "Zendesk (one-touch tickets)", "Closed with at most one answer.",
                     "A second ticket does not count against the first.",
                     share_figure(920, 1000, "first_contact_zendesk", people=880, coverage=1.0),
                     share_figure(310, 900, "wrote_again_after_once", people=800, coverage=0.98)),
    )  # fmt: skip
    groups = (
        GaugeGroup("solved", "Solved, and coming back", "Over all channels.",
                   (Gauge("first_contact_resolution", "Solved at first contact", first), *rates)),
        GaugeGroup("waiting", "How long customers wait", "Medians.",
                   (Gauge("first_reply_time", "First reply by a person", reply, "calendar"),)),
    )  # fmt: skip
    channels = (
        ChannelAnswers("social", events(940, "contacts", 611),
                       share_figure(402, 880, "unanswered_share", people=300, coverage=0.94)),
        ChannelAnswers("review", events(120, "contacts", 118), blind),
    )  # fmt: skip
    return MetricsPage(
        since, until, theme_id, "", channel, END, groups, definitions,
        "The products ask the ticket; we ask what the customer did.", channels,
        share_figure(8702, 9120, "known_customers", people=5102, coverage=1.0), 211,
        ("email", "social"),
    )  # fmt: skip


def empty_overview() -> Overview:
    """Return what a Book gives after a refresh of nothing."""
    nothing = "No contacts came in yet."
    no_dates = "No promised dates came in: add orders with a promised date."
    keys = {"promised": "Promise made", "broken": "Promise broken", "wrote": "Wrote",
            "again": "Wrote again", "public": "Went public"}  # fmt: skip
    full = overview()
    groups = {
        name: tuple(
            Gauge(g.key, g.label, Figure(None, g.figure.unit, g.figure.definition, reason=nothing))
            for g in gauges
        )
        for name, gauges in full.groups.items()
    }
    return overview(
        simulated=False,
        as_of=None,
        since=None,
        groups=groups,
        chain=(
            *(Link(key, label, None, None, no_dates if n < 2 else nothing)
              for n, (key, label) in enumerate(keys.items())),
            Link("lost", "Customer lost", None, None, LOST),
            Link("equity", "Equity lost", None, None, LOST),
            Link("silent", "Silent", None, None,
                 "Without promised dates nobody knows who kept silent."),
        ),
        problems=(),
        promises=(),
        open_promises=0,
        weeks=(),
        accounting=Accounting(0, 0, 0, 0, 0, 0, 0),
    )  # fmt: skip


def contacts_only() -> Overview:
    """Return what a Book of contacts without orders gives: half of the chain is grey."""
    no_dates = "No promised dates came in: add orders with a promised date."
    full = overview()
    known = {"wrote": (3120, 5210), "again": (811, 2090), "public": (2214, 2900)}
    chain = []
    for link in full.chain:
        if link.key in known:
            who, what = known[link.key]
            chain.append(
                Link(
                    link.key,
                    link.label,
                    people(who, "people_who_wrote", what),
                    events(what, "contacts", who),
                )
            )
        elif link.key in ("promised", "broken"):
            chain.append(Link(link.key, link.label, None, None, no_dates))
        elif link.key == "silent":
            chain.append(
                Link(
                    "silent",
                    "Silent",
                    None,
                    None,
                    "Without promised dates nobody knows who kept silent.",
                )
            )
        else:
            chain.append(link)
    return overview(simulated=False, chain=tuple(chain))  # fmt: skip


def timeline(older: int) -> list[Entry]:
    def at(days: float) -> datetime:
        return END - timedelta(days=days)

    told = [
        Entry(at(0.1), "contact", "", "Third time I ask: where is my money? You had the chairs "
              "back on the 2nd.", "email", False, 2, "Refund not received", state="repeat",
              signals=("complaint", "already contacted")),
        Entry(at(1), "reply", "Re: refund", "We have passed this on to our accounts team. Please "
              "allow 3 to 5 working days.", "email"),
        Entry(at(1.2), "contact", "refund", "Any news about the refund for order 53711?", "email",
              False, 2, "Refund not received", state="repeat"),
        Entry(at(6), "contact", "", "Careful with this shop. They take your things back and keep "
              "the money.", "social", True, 2, "Refund not received", state="repeat"),
        Entry(at(9), "contact", "refund for 53711", "Hello, I sent the two chairs back. When will "
              "I see the money?", "web_form", False, 2, "Refund not received"),
        Entry(at(11), "note", "", "Return scanned at the warehouse.", ""),
        Entry(at(13.2), "refund", "53711", "2 lines", amount=-129_900, currency="EUR"),
        Entry(at(24), "delivered", "53711", state="broken"),
        Entry(at(28), "promise", "53711", "", state="broken"),
        Entry(at(33), "order", "53711", "2 lines", amount=129_900, currency="EUR"),
        Entry(at(120), "promise", "48122", "", state="kept"),
        Entry(at(121), "delivered", "48122", state="kept"),
        Entry(at(125), "order", "48122", "Lamp, brass", amount=8_950, currency="EUR"),
        Entry(at(300), "promise", "40019", "No delivery date came in.", state="unknown"),
    ]  # fmt: skip
    before = [
        Entry(at(310 + 9 * n), "order", f"{39000 - n}", "Napkins <set of 12>", amount=1_995,
              currency="EUR")
        for n in range(older)
    ]  # fmt: skip
    return told + before


def harm(n: int) -> Harm:
    """Return one harm: of each kind in turn, the sixth with a case of law."""
    problem, theme = (f"theme:{1 + n % 6}", 1 + n % 6) if n % 3 else ("promise:delivery", None)
    label = THEMES[n % 6][0] if theme else "delivery promised"
    kinds = (HARMS[n % 5],) if n % 4 else ("broken_promise", "silent")
    who = ("shop:10023", "shop:17850", HASHED)[n] if n < 3 else f"shop:{20000 + n}"
    return Harm(
        who,
        problem,
        label,
        theme,
        kinds,
        END - timedelta(days=n),
        THEMES[n % 6][6] if theme else "",
        euros(90_000 - 4_000 * n),
        n == 5,
    )


def _contracts() -> ContractsPart:
    """Return a plan of monthly contracts, one of its renewals, and what late parcels took."""
    running = Figure(400, "contracts", "contracts_running", people=380, events=400, coverage=1.0)
    chance = Figure(0.93, "share", "renews_next", people=380, events=400, coverage=1.0)
    lost = Figure(12.5, "contracts", "contracts_lost", low=4.0, high=21.0, grade="C", people=90,
                  events=300, coverage=0.9)  # fmt: skip
    return ContractsPart(
        (Gauge("contracts_running", "Contracts running", running),),
        (Plan("crm", "Gold", "month", running, chance, euros(800_000), euros(2_000_000)),),
        (Renewal("crm", "Gold", "month", 1, share_figure(460, 500, "renewed"), 0.918, 0.918),),
        (("Parcel late", lost),), ("sBG, fitted by plan.",),
    )  # fmt: skip


@dataclass
class MadeBook:
    """Stands in for `goodwill.Book`: the same five calls, answered from hand-made shapes."""

    seen: Overview | None = field(default_factory=overview)
    name: str = "Harbour & Pine"
    simulated: bool = True
    older: int = 240
    rising: AlertsPage = field(default_factory=alerts_page)
    declared: list[Fix] = field(
        default_factory=lambda: [
            fix(), fix(1, kind="incident", title="Twelve days of strike in the depots of the West"),
        ]
    )  # fmt: skip
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    apart: list[tuple[str, str, str]] = field(default_factory=list)
    voice: bool = False
    likely: str = ""
    parted: list[str] = field(default_factory=list)
    looked: list[tuple[str, str, str]] = field(default_factory=list)
    hurt: list[Harm] = field(default_factory=lambda: [harm(n) for n in range(12)])
    after: dict[str, Afterwards] = field(default_factory=dict)
    answered: Figure | None = None
    like: Figure = Figure(0, "contacts", "contacts_alike", people=0, events=0)
    chosen: dict[str, Any] = field(default_factory=dict)
    asked: list[tuple[str, Mapping[str, Any], int]] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        return Settings("0" * 16, self.name, time_zone="Europe/Madrid", simulated=self.simulated,
                        mail_from="service@harbour.example", **self.chosen)  # fmt: skip

    def overview(self) -> Overview:
        if self.seen is None:
            raise NotEnoughData("Nothing was refreshed in this Book yet.",
                                hint="Add files with: goodwill add FILE...")  # fmt: skip
        return self.seen

    def problems(self, **narrow: Any) -> list[Problem]:
        if narrow:
            self.asked.append(("problems", narrow, 0))
        return list(self.overview().problems)[: 2 if narrow else None]

    def problem(self, theme_id: int) -> ProblemPage:
        if not 1 <= theme_id <= len(THEMES):
            raise NotFound(f"No problem has the id {theme_id}.", hint="Look at all problems.")
        i = theme_id - 1
        hits = tuple(
            Hit(f"shop:{10023 + n}" if n != 4 else HASHED, 5 - n % 4, 3 - n % 3,
                END - timedelta(days=n * 4),
                euros(84_500 - n * 4_000, "revenue") if n < 6 else None,
                euros(61_200 - n * 3_000) if n < 6 else None)
            for n in range(8)
        )  # fmt: skip
        return ProblemPage(
            problem=problem(i),
            weeks=weeks(30 - 4 * i),
            channels=(Slice("email", 2088, 1502, 0.6), Slice("chat", 1044, 800, 0.3),
                      Slice("web_form", 348, 310, 0.1)),
            products=(Slice("Lamp, brass", 700, 690, 0.2),) if i == 0 else (),
            hits=hits,
            promises=(Gauge("broken_promise_share", "Of these people, had a broken delivery "
                            "promise", share_figure(1402, 2011, "broken_promise_share",
                            people=2011, coverage=0.91)),),
            sentences={kind: sentences(i, kind, 5)
                       for kind in ("central", "newest", "low_rating", "boundary")},
            regions=(Slice("South", 1044, 800, 0.3),), sisters=((3, THEMES[2][0]),),
            signals=(
                Gauge("complaint", "Complain", share_figure(2311, 3306, "signal_share",
                      people=2101, coverage=0.95, records={"table": "signals", "where":
                      {"theme_id": i + 1, "direction": "in", "complaint>=": 0.5}})),
                Gauge("anger", "Are angry", share_figure(1, 3, "signal_share", people=3,
                      coverage=0.001)),
            ),
            rules=(ThemeRule("fee0", "restocking fee", 640, 900, share_figure(900, 3306,
                   "rule_share", people=640, coverage=1.0)),),
            paths=tuple(
                TravelledPath(steps, len(steps) > 3, who, share_figure(who, 2100,
                              "travelled_path_share", people=who, coverage=0.93),
                              Figure(3000.0 * len(steps), "minutes", "travelled_path_length",
                                     people=who, coverage=0.93))
                for steps, who in ((("email", "answer"), 1400), (("web_form",), 300),
                                   (("email", "answer", "email", "social in public"), 4))
            ),
        )  # fmt: skip

    def promises(
        self,
        *,
        state: str = "all",
        kind: str = "",
        what: str = "",
        customer_id: str = "",
        offset: int = 0,
        limit: int = 50,
    ) -> PromisesPage:
        if state not in ("open", "broken", "overdue", "kept", "unknown", "all") or kind not in (
            "", "delivery", "commitment", "published",
        ):  # fmt: skip
            raise InputError(f"No promise is {state!r} {kind!r}.")
        self.asked.append(("promises", {"state": state, "kind": kind, "what": what}, offset))
        states = ("open", "broken", "overdue", "kept", "unknown") if state == "all" else (state,)
        total = 61 if state == "open" else 12
        shown = range(offset, min(offset + limit, total))
        return PromisesPage(
            as_of=END, state=state, kind=kind, what=what,
            gauges=(
                Gauge("promises_open", "Open promises", events(61, "promises", 58, "promises")),
                Gauge("value_at_risk", "Value of these customers", euros(1_204_300)),
            ),
            rows=tuple(promise(n, states[n % len(states)]) for n in shown), total=total,
            offset=offset, kinds=(("delivery", 13000), ("commitment", 940)),
            whats=(("delivery", 13100), ("refund", 130)),
        )  # fmt: skip

    themes: MadeThemes = field(default_factory=MadeThemes)

    def alerts(self, **filters: Any) -> AlertsPage:
        if filters:
            self.asked.append(("alerts", filters, 0))
        return self.rising

    def value(self, *, month: date | None = None) -> ValuePage:
        wanted = month or date(2026, 3, 1)
        if wanted.year != 2026:
            raise NotFound("No customer equity is known of that month.",
                           hint="It is known from 2026-01.")  # fmt: skip
        parts = {
            part: euros(1000 * i)
            for i, part in enumerate(("new", "kept", "growing", "shrinking", "lost"))
        }
        months = tuple(
            EquityMonth(
                date(2026, n, 1),
                date(2026, n, 28),
                euros(400_000),
                euros(-300),
                euros(9_000),
                parts,
            )
            for n in (3, 2, 1)
        )
        return ValuePage(
            month=wanted,
            gauges=(Gauge("customer_equity", "Customer equity", euros(400_000)),
                    Gauge("return_on_customer", "Return on Customer",
                          Figure(0.21, "share", "return_on_customer", low=0.1, high=0.3))),
            parts=(Gauge("equity_from_growing", "Customers who grew", euros(90_000)),),
            months=months,
            segments=(EquitySegment("region", "North", euros(300_000), euros(30_000)),),
            first_days=(), winning=(), sentences=("A loss of a tenth would be seen.",), reason="",
            contracts=_contracts(),
            models=(PurchaseModel("shop", "BG/NBD", (
                HeldBack("BG/NBD", True, 117.4, 1.86, 0.656),
                HeldBack("MBG/NBD", False, 105.0, 1.56, 0.669),
            ), 41, ("shop is valued with BG/NBD.",), "Do not believe it: 117 expected, 41 came."),),
            notes=("shop: Gamma-Gamma does not hold.",),
        )  # fmt: skip

    def ledger(self, *, state: str = "all", offset: int = 0, limit: int = 50) -> LedgerPage:
        if state == "nonsense":
            raise InputError("No forecast is 'nonsense'.")
        figure = Figure(412.0, "orders", "forecast_expected_orders", low=350.0, high=480.0)
        rows = tuple(
            Forecast("Orders (4 weeks, shop)", figure, n == 0, date(2026, 1, 4),
                     date(2026, 2, 1), None if n == 0 else 500.0 if n == 1 else 400.0,
                     None if n == 0 else n == 2, "")
            for n in range(3)
        )  # fmt: skip
        gauge = Gauge(
            "forecasts_held",
            "Published forecasts that held",
            Figure(None, "share", "forecasts_held", reason="None has come due."),
        )
        said = "Too early: none of the published forecasts has come due."
        return LedgerPage((gauge,), said, rows, state, 3, offset, 1, date(2026, 2, 1))  # fmt: skip

    def customer(self, ref: str, *, offset: int = 0, limit: int = 200) -> CustomerPage:
        if ref not in (HASHED, "shop:10023", "10023", "shop:a/b c?d", "shop:17850"):
            raise NotFound(f"No customer has the reference {ref!r}.", hint="Give an id.")
        told = timeline(self.older) if ref != "shop:17850" else []
        figures = {
            "revenue": euros(84_500, "revenue"),
            "orders": events(23, "orders", 1, "orders"),
            "lifetime_value": euros(61_240),
            "expected_orders": Figure(1.7, "orders", "expected_orders", low=0.0, high=6.2,
                                      people=1, events=23, coverage=1.0),
            "p_alive": Figure(0.31, "share", "p_alive", low=0.29, high=0.33, people=1, events=23,
                              coverage=1.0),
            "contacts": events(4, "contacts", 1),
            "repeats": events(3, "contacts", 1),
            "broken_promises": Figure(None, "promises", "promises_broken", people=1, events=0,
                                      reason="No order of this customer carries a date."),
        }  # fmt: skip
        if self.voice:
            told = [Entry(END, "voice", "1001", "told twice", state="e-1",
                          apart="e-1" in self.parted), *told]  # fmt: skip
        full = ref if ref.startswith("shop:") else f"shop:{ref}"
        refs = tuple(
            CustomerRef(source, name, shared, (source, name) in {each[:2] for each in self.apart})
            for source, name, shared in (("desk", "ana", "email 1"), ("shop", "10023", "email 1"))
        )
        return CustomerPage(full, "shop", figures, tuple(told[offset : offset + limit]), len(told),
                            refs if full == "shop:10023" else ())  # fmt: skip

    def coaching(self) -> CoachingPage:
        talk = Talk(
            "shop:c1",
            "shop:10023",
            END - timedelta(days=3),
            "email",
            1,
            THEMES[0][0],
            ("had to tell again what was told already", "wrote 4 times"),
            THEMES[0][6],
        )
        praise = Sentence(
            "shop",
            "m7",
            "Maria rang me back within the hour and was wonderful.",
            END - timedelta(days=2),
            "review",
            "shop:10023",
            "praise",
        )
        return CoachingPage(END - timedelta(days=28), (talk,), 12, (praise,), 31)  # fmt: skip

    def broken_costs(self) -> BrokenCosts:
        return BrokenCosts((broken_cost(),), "They are not to be added up.")

    def broken_cost(self, kind: str) -> BrokenPage:
        if kind != "delivery":
            raise NotFound(f"No promise of the kind {kind!r} was broken.")
        work = Working((Gauge("lead_gap", "Bought more before", euros(4_000)),), ("It was so.",))
        return BrokenPage(broken_cost(), work, (Part("1", THEMES[0][0], 900, 640),), "Not added.")

    def broken_lately(self) -> tuple[BrokenKind, ...]:
        broken = count_figure(
            38,
            "promises",
            "promises_broken",
            people=35,
            coverage=1.0,
            records={"table": "promises", "where": {"what": "delivery"}},
        )
        return (BrokenKind("delivery", broken, 51),)

    def processes(self) -> tuple[Process, ...]:
        return (process_made(),)

    def within(self, **asked: Any) -> WithinPage:
        if asked.get("against", "") not in ("", "before", "year"):
            raise InputError("There is nothing to compare with.")
        self.asked.append(("within", asked, 0))
        since, until = asked.get("since"), asked.get("until")
        both = (since, until) if asked.get("against") and since and until else None
        count = Figure(412, "contacts", "contacts", people=301, events=412, coverage=0.9)
        note = "in the other period 380: +8%" if both else ""
        gauges = (Gauge("contacts", "Contacts from customers", count, note),)
        return WithinPage(since, until, "", both, gauges)

    def choices(self) -> Choices:
        return Choices(("email", "social"), ("Cup",), ("North",), ("Second line",), ("none", "1"))

    def chain_links(self, **asked: Any) -> tuple[Link, ...]:
        return self.chain(**asked).links

    def metrics(self, **asked: Any) -> MetricsPage:
        since, until = asked.get("since"), asked.get("until")
        if since and until and until < since:
            raise InputError("The period ends before it begins.")
        if asked.get("channel") not in (None, "", "email", "social"):
            raise NotFound("No contact came by that channel.")
        self.asked.append(("metrics", asked, 0))
        return metrics_page(since, until, asked.get("theme_id"), asked.get("channel", ""))

    def chain(self, **asked: Any) -> ChainPage:
        since, until = asked.get("since"), asked.get("until")
        if since and until and until < since:
            raise InputError("The period ends before it begins.")
        self.asked.append(("chain", asked, asked.get("offset", 0)))
        seen = overview()
        complaints = tuple(
            PublicComplaint(
                "tweets", f"p{n}", f"shop:{10023 + n}" if n else None, END - timedelta(days=n),
                "social", THEMES[n % 6][6], 1 + n % 6, THEMES[n % 6][0], n, n // 2, n % 2,
                2.5 * n if n else None, "We are looking into it." if n else "",
                END - timedelta(days=n + 1) if n else None,
                END - timedelta(days=n + 2) if n else None,
                "the customer wrote and was not answered" if n else "",
            )
            for n in range(4)
        )  # fmt: skip
        repeated = tuple(
            Gauge(f"same_problem_{times}", f"People who had the same problem {said}",
                  people(41 - n * 30, f"same_problem_{times}", 90 - n * 50))
            for n, (times, said) in enumerate((("twice", "twice or more"),
                                               ("thrice", "three times or more")))
        )  # fmt: skip
        return ChainPage(since, until, asked.get("theme_id"), "", seen.chain, repeated, complaints,
                         44, asked.get("offset", 0))  # fmt: skip

    def undo_same(self, same_event_id: str) -> None:
        if same_event_id != "e-1":
            raise NotFound(f"No event told twice has the id {same_event_id!r}.")
        self.parted.append(same_event_id)

    def redo_same(self, same_event_id: str) -> None:
        self.parted.remove(same_event_id)

    def find_candidates(self, *, actor: str, reason: str) -> Found:
        self.looked.append((actor, "", reason))
        return Found(2, 1)

    def candidates(
        self, *, state: str = "open", customer_id: str = "", offset: int = 0, limit: int = 50
    ) -> CandidatePage:
        one, other = (CandidateSide(each, 3, 2, END) for each in ("shop:10023", "posts:ana"))
        now = {"accept": "accepted", "decline": "declined"}.get(self.likely, "open")
        pair = Candidate("c" * 32, one, other, 0.97, "same name, mails one slip apart",
                         "other phones", now, False)  # fmt: skip
        counts = {name: int(name == now) for name in ("open", "accepted", "declined")}
        mine = customer_id in ("", one.customer_id, other.customer_id)
        rows = (pair,) if state == now and mine else ()
        return CandidatePage(rows[offset:limit], len(rows), counts, END)

    def decide_candidate(self, candidate_id: str, decision: str, *, by: str = "") -> None:
        if candidate_id != "c" * 32:
            raise NotFound("No candidate has this id.")
        self.likely = decision

    def contact_details(self, customer: str, *, actor: str, reason: str) -> ContactDetails:
        if customer == "shop:17850":
            return ContactDetails(customer, (), (), (), "0" * 32)
        if customer != "shop:10023":
            raise NotFound("No customer has this id, reference or key.")
        self.looked.append((actor, customer, reason))
        return ContactDetails(customer, ("ana@mail.example",), ("+34 612 000 111",), ("Ana Ruiz",),
                              "0" * 32)  # fmt: skip

    def looks(
        self, *, actor: str = "", customer_id: str = "", offset: int = 0, limit: int = 50
    ) -> VaultLooks:
        found = [
            VaultLook(f"{n}", END, who, customer, ("email", "name"), why)
            for n, (who, customer, why) in enumerate(self.looked)
            if actor in ("", who) and customer_id in ("", customer)
        ]
        return VaultLooks(tuple(found[offset : offset + limit]), len(found), ("Ada",))

    def current_ids(self, customer_ids: Iterable[str]) -> dict[str, str]:
        return {each: each for each in customer_ids if each != "shop:gone"}

    def fixes(self) -> list[Fix]:
        return self.declared

    def fix(self, event_id: str) -> Fix:
        for each in self.declared:
            if each.event_id == event_id:
                return each
        raise NotFound(f"No event has the id {event_id!r}.", hint="goodwill fixes lists them.")

    def declare_fix(self, title: str, **told: Any) -> Fix:
        if not title.strip():
            raise InputError("This cannot be declared: it has no title.")
        self.told.append((title, told))
        return self.declared[0]

    def rollouts(self, **asked: Any) -> list[RolloutWay]:
        self.asked.append(("rollouts", asked, 0))
        return [
            RolloutWay("region", 12, asked["waves"], 6, 64, 0.4, 6.0),
            RolloutWay("channel", 3, asked["waves"], 8, 4, None, None),
            RolloutWay("ticket", 0, asked["waves"], 8, 0, None, None, "No contact names a ticket."),
        ]

    def withdraw_fix(self, event_id: str, *, by: str = "") -> Fix:
        self.told.append(("withdraw", {"event_id": event_id, "by": by}))
        return self.fix(event_id)

    def recount_fix(self, event_id: str, *, by: str = "", **more: Any) -> Fix:
        self.told.append(("recount", {"event_id": event_id, "by": by, **more}))
        return self.fix(event_id)

    def rules(self) -> RulesPage:
        figures = {
            "rule_cost": euros(7_000, "rule_cost"),
            "brings_in": euros(1_200, "brings_in"),
            "people": Figure(640, "people", "people", people=640, events=900, coverage=0.9),
        }
        return RulesPage(
            (
                RuleCost("fee0", "restocking fee", "fee", "Less a restocking fee.",
                         ("restocking fee",), 1, 640, 900, figures, ("It costs more.",), ""),
                RuleCost("few0", "Rule of few", "rule", "", ("few",), 2, 3, 4, figures, (), ""),
                RuleCost("new0", "Told today", "rule", "No.", (), None, 0, 0, {}, (), "Not yet."),
            ),
            ("Tried on these orders first.",),
        )  # fmt: skip

    def tell_rule(self, name: str, **told: Any) -> str:
        if not name.strip():
            raise InputError("These rules cannot be kept: number 1 has no name.")
        self.told.append(("rule", {"name": name, **told}))
        return "told0"

    def withdraw_rule(self, rule_id: str, *, by: str = "") -> None:
        if rule_id == "none":
            raise NotFound("No rule has the id 'none'.")
        self.told.append(("withdraw_rule", {"rule_id": rule_id, "by": by}))

    def search(self, query: str, **asked: Any) -> SearchPage:
        if not any(sign.isalnum() for sign in query):
            raise InputError("Give 1 to 12 words to search for.")
        self.asked.append(("search", {"query": query, **asked}, asked["offset"]))
        offset, limit = asked["offset"], asked["limit"]
        rows = tuple(replace(sentences(0, "central", 1)[0], contact_id=f"m{n}") for n in range(45))
        return SearchPage(
            query, (("parcl", "parcel"),) if query == "parcl" else (),
            Figure(45, "contacts", "contacts_found", people=41, events=45, coverage=0.9),
            self.like, (Added("package", "parcel", 30, 28), Added("padlock", "parcel", 6, 2)),
            False, False, rows[offset : offset + limit], 45, offset,
            (Part("1", "parcel has not arrived", 40, 37), Part("5", "a rare thing", 4, 4)),
            (Part("email", "email", 30, 28), Part("web_form", "web_form", 15, 13)),
            (Part("2025-12", "2025-12", 45, 41),), asked["direction"], self.answered,
        )  # fmt: skip

    def harmed(self, *, kinds: Any = HARMS, without: Any = (), customer_id: str = "",
               offset: int = 0, limit: int = 50) -> HarmedPage:  # fmt: skip
        rows = [
            each for each in self.hurt
            if (each.customer_id, each.problem) not in without and set(each.kinds) & set(kinds)
            and customer_id in ("", each.customer_id)
        ]  # fmt: skip
        return HarmedPage(END, tuple(rows[offset : offset + limit]), len(rows), offset)

    def behind_harm(self, customer_id: str, problem: str, *, until: datetime) -> tuple[Entry, ...]:
        kind, _, name = problem.partition(":")
        told = [each for each in timeline(0) if each.at <= until]
        if kind == "theme":
            return tuple(each for each in told if each.theme_id == int(name))[:3]
        return tuple(each for each in told if each.kind == "promise")[:1]

    def afterwards(self, asked: Any) -> tuple[Afterwards, ...]:
        return tuple(self.after.get(who, Afterwards(None, None, None, 0.0)) for who, _ in asked)

    def generation(self) -> str:
        return "g000003"

    def due(self, moment: datetime, hours: int) -> datetime:
        return moment + timedelta(hours=hours)

    def redacted(self, text: str) -> str:
        return text.replace("maria@example.com", "[email]").strip()

    def take_apart(self, source: str, customer_ref: str, *, by: str = "") -> int:
        if (source, customer_ref) != ("desk", "ana"):
            raise NotFound(f"{source}:{customer_ref} was joined to no other reference.")
        self.apart.append((source, customer_ref, by))
        return 1

    def put_back(self, source: str, customer_ref: str, *, by: str = "") -> int:
        self.apart.clear()
        return 1

    def records(
        self, table: str, where: Mapping[str, Any], *, offset: int = 0, limit: int = 50
    ) -> RecordsPage:
        if table not in ("messages", "promises", "orders", "imports", "quarantine"):
            raise NotFound(f"There are no records {table!r}.", hint="One of: messages, promises")
        if table == "quarantine":
            return RecordsPage(table, where, ("quarantine_id", "reason"), (), 0, offset)
        self.asked.append((table, dict(where), offset))
        columns = ("source", "contact_id", "at", "channel", "public", "customer_id", "theme_id",
                   "similarity", "text", "url")  # fmt: skip
        rows = tuple(
            ("shop", f"m{n}", END - timedelta(hours=n), "email", n % 2 == 0,
             f"shop:{10023 + n}" if n % 5 else None, 1 + n % 3, 0.8127, THEMES[n % 6][6], None)
            for n in range(offset, min(offset + limit, 120))
        )  # fmt: skip
        return RecordsPage(table, where, columns, rows, 120, offset)

    def definitions(self) -> dict[str, str]:
        from goodwill.report.glossary import definitions

        return definitions()
