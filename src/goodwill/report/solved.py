"""First-contact resolution: ours, and as five products define it, side by side."""

from __future__ import annotations

from goodwill.figures import Figure, ratio, share_figure
from goodwill.generations import Reader
from goodwill.report.counted import conversations, episodes
from goodwill.report.metric_shapes import SolvedAtOnce
from goodwill.report.scope import Scope, surveys_alone

TOOLS = {
    "zendesk": (
        "Zendesk (one-touch tickets)",
        "Closed tickets with at most one answer of a person, out of closed tickets.",
        "A second ticket about the same does not count against the first, and a ticket that was "
        "closed without an answer counts as solved.",
    ),
    "intercom": (
        "Intercom",
        "Conversations that one person closed and that were never opened again, out of closed "
        "conversations.",
        "A new conversation about the same is another conversation; a customer who writes five "
        "times before it is closed once still counts as solved at first contact.",
    ),
    "zoho": (
        "Zoho Desk",
        "Tickets closed with exactly one public answer, out of closed tickets.",
        "It counts the company's answers and not the customer's contacts: who wrote four times and "
        "was answered once is solved at first contact.",
    ),
    "freshservice": (
        "Freshservice",
        "Closed tickets in which the customer wrote only once, out of closed tickets.",
        "It sees one ticket: who wrote again by another channel or in a new ticket wrote once in "
        "each. A \u201cthank you\u201d in the ticket counts against it.",
    ),
    "zammad": (
        "Zammad",
        "Tickets closed within 15 minutes of being opened, out of closed tickets.",
        "It is a matter of speed: what takes a careful hour is never solved at first contact, and "
        "what is closed in haste always is.",
    ),
}  # fmt: skip
DIFFERENCE = (
    "The products ask the ticket: was it closed, how fast, with how many answers. We ask what the "
    "customer did: whether they wrote again about the same problem, in any ticket and by any "
    "channel, before {days} quiet days had passed. Who opens a second ticket because the first "
    "helped nothing is solved twice for them, and not at all for us. The last column counts those: "
    "of what a product calls solved at first contact, the share whose customer wrote again about "
    "the same."
)
_NO_DESK = "No file says which conversations were closed."
_UNSEEN = "The data does not hold what this definition asks for."


def ours(reader: Reader, scope: Scope, coverage: float | None) -> tuple[Figure, int]:
    """Return our first-contact resolution, and how many episodes are still open."""
    row, people = episodes(reader, scope)
    nothing_asked = surveys_alone(reader)
    figure = share_figure(
        0 if nothing_asked else row["once"],
        0 if nothing_asked else row["quiet"],
        "first_contact_resolution",
        people=people["quiet"],
        coverage=coverage,
        records={"table": "episodes", "where": scope.records("opened_at", status="quiet")},
        empty=nothing_asked
        or "No episode has come to rest: no contact has a known customer and a theme, or all "
        "of them are still open.",
    )
    return figure, row["open"]


def solved_at_once(
    reader: Reader, scope: Scope, mine: Figure, quiet_days: int
) -> tuple[SolvedAtOnce, ...]:
    """Return every definition with its figure, ours first."""
    row, people = conversations(reader, scope)
    found = [
        SolvedAtOnce(
            "goodwill",
            "goodwill",
            "Episodes (one customer, one problem, all channels) that came to rest without a repeat "
            f"contact, out of all that came to rest; rest is {quiet_days} days without a message.",
            "",
            mine,
            None,
        )
    ]
    for tool, (whose, words, why) in TOOLS.items():
        figure = share_figure(
            row[f"{tool}_once"],
            row[f"{tool}_known"],
            f"first_contact_{tool}",
            people=people[f"{tool}_known"],
            coverage=ratio(row[f"{tool}_known"], row["closed"]),
            records={
                "table": "conversation_metrics",
                "where": scope.records("opened_at", **{f"once_{tool}": True}),
            },
            empty=_UNSEEN if row["closed"] else _NO_DESK,
        )
        wrote = share_figure(
            row[f"{tool}_again"],
            row[f"{tool}_rest"],
            "wrote_again_after_once",
            people=people[f"{tool}_rest"],
            coverage=ratio(row[f"{tool}_rest"], row[f"{tool}_once"]),
            empty="None of these has come to rest with a known customer and theme.",
        )
        found.append(SolvedAtOnce(tool, whose, words, why, figure, wrote))
    return tuple(found)
