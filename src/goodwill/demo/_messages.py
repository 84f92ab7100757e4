"""Messages, threads and promises: what the demo's people and agents did, before its words."""

from __future__ import annotations

from dataclasses import dataclass, field

from goodwill.demo import _grammar as grammar


@dataclass(slots=True)
class Promise:
    """What an agent promised, and what became of it."""

    kind: str
    frame: grammar.PromiseFrame
    made_at: int
    due_at: int
    outcome: str = ""
    """``kept``, ``broken``, or ``open`` when it falls due after the end of the data."""
    kept_at: int | None = None
    words: str = ""
    message: Message | None = None


@dataclass(slots=True)
class Thread:
    """A ticket, a chat or a public post with its answers."""

    channel: str
    customer: int
    opened_at: int
    number: str = ""
    subject: str = ""


@dataclass(slots=True)
class Message:
    """One message. ``act`` says what it is for.

    Acts of customers: ``first``, ``again_unanswered``, ``again_failed``, ``again_broken``,
    ``more``, ``order``, ``thanks``, ``public``, ``praise``. Acts of the company: ``hello``,
    ``ask``, ``solve``, ``stall``, ``promise``, ``follow``, ``call``, ``close``, ``public_reply``.
    """

    at: int
    thread: Thread
    role: str
    act: str
    topic: str
    customer: int
    order: int
    episode: int
    times: int = 0
    agent: int = -1
    last_at: int = -1
    after: bool = False
    """The late parcel has come by now."""
    promise: Promise | None = None
    frame: grammar.Frame | None = None
    reply_to: Message | None = None
    earlier: Thread | None = None
    """The thread in which the customer wrote before about the same matter."""
    number: str = ""
    stars: int = 0


@dataclass
class Scene:
    """Everything that was written, and what it did to money."""

    messages: list[Message] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    refund_at: dict[int, int] = field(default_factory=dict)
    wrote: set[int] = field(default_factory=set)
    public: set[int] = field(default_factory=set)


def number(messages: list[Message]) -> None:
    """Give threads and messages the numbers that the company's systems would."""
    threads = {"ticket": 48_000, "chat": 10_000, "post": 0}
    lines = {"ticket": 700_000, "chat": 300_000, "post": 50_000}
    for message in messages:
        kind = kind_of(message.thread.channel)
        if not message.thread.number:
            threads[kind] += 1
            prefix = {"ticket": "", "chat": "CH-", "post": "P-"}[kind]
            message.thread.number = f"{prefix}{threads[kind]}"
        lines[kind] += 1
        message.number = {"ticket": "M", "chat": "L", "post": "P"}[kind] + str(lines[kind])


def kind_of(channel: str) -> str:
    """Return which of the three systems a channel lives in."""
    if channel == "chat":
        return "chat"
    return "post" if channel in ("social", "review") else "ticket"
