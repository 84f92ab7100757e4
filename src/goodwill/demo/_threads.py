"""Who writes when, who answers, what is promised: the messages as events, before their words."""

from __future__ import annotations

from random import Random

import numpy as np

from goodwill.demo import _grammar as grammar
from goodwill.demo import _world as world
from goodwill.demo._buyers import DAY, Orders
from goodwill.demo._messages import Message, Promise, Scene, Thread, number
from goodwill.demo._people import AGENTS, People, Person

HOUR = 3600
ANSWERED = {"email": 0.87, "web_form": 0.84, "chat": 0.97, "social": 0.55, "review": 0.30}
MOST_CONTACTS = 5
BEGIN = world.HISTORY_DAYS * DAY
"""When contacts begin; nobody writes about what he ordered before."""


def due_at(code: str, made_at: int, first_weekday: int) -> int:
    """Return when a promise falls due, in seconds since the first day; days end at 22:00 UTC."""
    if code.endswith("h"):
        return made_at + int(code[:-1]) * HOUR
    day = made_at // DAY
    if code.endswith("wd"):
        left = int(code[:-2])
        while left:
            day += 1
            left -= (first_weekday + day) % 7 < 5
    else:
        day += int(code[:-1])
    return day * DAY + 22 * HOUR


class Writer:
    """Plays every episode of every customer."""

    def __init__(
        self, rng: Random, orders: Orders, people: People, first_weekday: int, end: int
    ) -> None:
        self.rng, self.orders, self.people = rng, orders, people
        self.first_weekday, self.end = first_weekday, end
        self.scene = Scene()
        self._episode = 0
        hours = np.cumsum(world.HOURS) / sum(world.HOURS)
        self._hours = np.interp(np.arange(1001) / 1000, np.r_[0, hours], np.arange(25)).tolist()

    # Times

    def _awake(self, at: float) -> int:
        """Return a moment about ``at`` at which a customer is awake and writes."""
        day = int(at // DAY)
        hour = self._hours[int(self.rng.random() * 1000)]
        moment = int(day * DAY + (hour + self.rng.random() * 0.04) * HOUR)
        return moment if moment > at else int(at + self.rng.random() * 2 * HOUR)

    def _office(self, at: float) -> int:
        """Return the first moment from ``at`` on at which an agent works (8-20, not Sundays)."""
        moment = int(at)
        for _ in range(3):
            day, second = divmod(moment, DAY)
            if (self.first_weekday + day) % 7 == 6 or second > 20 * HOUR:
                moment = (day + 1) * DAY + int((8 + 4 * self.rng.random()) * HOUR)
            elif second < 8 * HOUR:
                moment = day * DAY + int((8 + 2.5 * self.rng.random()) * HOUR)
            else:
                break
        return moment

    def _reply_at(self, at: int, channel: str) -> int:
        rng = self.rng
        if channel == "chat":
            return at + 60 + int(rng.expovariate(1 / 240))
        hours = {"social": 3.0, "review": 30.0}.get(channel, 9.0)
        return self._office(at + rng.lognormvariate(0, 0.9) * hours * HOUR)

    # Messages

    def _say(self, at: int, thread: Thread, role: str, act: str, order: int, topic: str,
             **rest: object) -> Message:  # fmt: skip
        message = Message(at, thread, role, act, topic, thread.customer, order, self._episode)
        for name, value in rest.items():
            setattr(message, name, value)
        if at < self.end:
            self.scene.messages.append(message)
        return message

    def _channel(self, person: Person, but: str = "") -> str:
        if self.rng.random() < 0.75 and person.channel != but:
            return person.channel
        choices = (
            ["email", "web_form", "chat"] if person.language == "en" else ["email", "web_form"]
        )
        choices = [c for c in choices if c != but] or ["email"]
        return choices[int(self.rng.random() * len(choices))]

    def _small_talk(self, at: int, thread: Thread, order: int, topic: str, agent: int) -> int:
        """Play what comes between question and answer in a chat; return when it ends."""
        rng = self.rng
        if rng.random() < 0.12:
            at += 120 + int(rng.random() * 500)
            self._say(at, thread, "customer", "more", order, topic, agent=agent)
        at += 30 + int(rng.random() * 120)
        self._say(at, thread, "agent", "hello", order, topic, agent=agent)
        if rng.random() < 0.28:
            at += 20 + int(rng.random() * 60)
            self._say(at, thread, "agent", "ask", order, topic, agent=agent)
            at += 20 + int(rng.random() * 90)
            self._say(at, thread, "customer", "order", order, topic, agent=agent)
        return at + 40 + int(rng.random() * 200)

    # Faults

    def fault(self, order: int) -> None:
        """Play what the customer of a faulty order writes, if anything."""
        rng, orders = self.rng, self.orders
        spec = world.FAULTS[orders.fault[order]]
        customer = int(orders.customer[order])
        person = self.people.get(customer)
        delivered = int(orders.delivered_at[order])
        at = self._awake(int(orders.fault_at[order]) + rng.expovariate(1 / (0.7 * DAY)))
        silent = rng.random() >= spec.writes * person.temper
        self._episode += 1
        if at >= self.end:
            return
        if silent:
            if spec.public and rng.random() < 0.03:
                self._go_public(at + DAY, customer, order, spec.name, 0, -1, None, None)
            return
        self.scene.wrote.add(order)
        channel = self._channel(person)
        thread = Thread(channel, customer, at)
        act, times, last, agent = "first", 1, -1, -1
        promise: Promise | None = None
        went_public = False
        earlier: Thread | None = None
        while at < self.end:
            # "It still has not come" is no longer true once it has.
            after = spec.name == "late_parcel" and 0 < delivered < at
            asked = self._say(at, thread, "customer", act, order, spec.name, times=times,
                              last_at=last, agent=agent, after=after, promise=promise,
                              earlier=earlier)  # fmt: skip
            earlier, promise = thread, None
            if rng.random() < ANSWERED[channel]:
                agent = (
                    int(rng.random() * len(AGENTS)) if agent < 0 or rng.random() < 0.6 else agent
                )
                if channel == "chat":
                    replied = self._small_talk(at, thread, order, spec.name, agent)
                else:
                    replied = self._reply_at(at, channel)
                if replied >= self.end:
                    return
                solved, promise = self._answer(replied, thread, order, spec, agent, asked)
                if solved:
                    return
                act = "again_broken" if promise else "again_failed"
                onward = (promise.due_at if promise else replied) + (0.4 + 3.2 * rng.random()) * DAY
                chance = spec.again + (0.15 if promise else 0.0)
            else:
                act, onward = "again_unanswered", at + (1.8 + 4.0 * rng.random()) * DAY
                chance = spec.again + 0.08
            last = at
            at = self._awake(onward)
            if not went_public and rng.random() < spec.public:
                went_public = True
                self._go_public(at, customer, order, spec.name, times, last, promise, thread)
                at += DAY
            came = spec.anchor == "promise" and 0 < delivered < at
            if times >= MOST_CONTACTS or rng.random() >= chance * (0.35 if came else 1.0):
                return
            if spec.name == "where_is_order" and came:
                return
            times += 1
            if channel == "chat" or rng.random() < 0.22:
                channel = self._channel(person, but=channel if rng.random() < 0.5 else "")
                thread = Thread(channel, customer, at)

    def _answer(
        self, at: int, thread: Thread, order: int, spec: world.Fault, agent: int, asked: Message
    ) -> tuple[bool, Promise | None]:
        """Play the company's answer; return whether it solved the matter, and a broken promise."""
        rng = self.rng
        language = self.people.get(thread.customer).language
        solves = rng.random() < spec.solves
        frames = grammar.promises(language)
        kinds = [
            kind for kind in spec.promises if kind in frames
            and not (asked.after and kind == "parcel")
        ]  # fmt: skip
        rest = {"agent": agent, "after": asked.after, "reply_to": asked}
        if kinds and rng.random() < (0.42 if not solves else 0.60):
            kind = kinds[int(rng.random() ** 1.3 * len(kinds))]
            made = frames[kind][int(rng.random() * len(frames[kind]))]
            promise = Promise(kind, made, at, due_at(made.due, at, self.first_weekday))
            if promise.due_at < at + HOUR:  # "today", said late: let it be tomorrow's morning
                promise.due_at = at + 2 * HOUR
            self._settle(promise, order, solves)
            said = self._say(
                at, thread, "agent", "promise", order, spec.name, promise=promise, **rest
            )
            promise.message = said
            self.scene.promises.append(promise)
            if promise.outcome == "kept":
                self._keep(promise, thread, order, spec, agent)
                return True, None
            return promise.outcome == "open", promise
        if solves:
            section = "reply_after" if asked.after else "reply"
            frame = grammar.pick(rng, grammar.topic(spec.name).frames(section))
            self._say(at, thread, "agent", "solve", order, spec.name, frame=frame, **rest)
            pays = "refund" in frame.source or "{amount}" in frame.source
            if spec.name == "refund_late" or (spec.refund and pays and language == "en"):
                self._pay(order, self._office(at + rng.random() * 1.5 * DAY))
            self._thank(at, thread, order, spec.name, agent)
            return True, None
        self._say(at, thread, "agent", "stall", order, spec.name, **rest)
        return False, None

    def _settle(self, promise: Promise, order: int, solves: bool) -> None:
        """Decide what becomes of a promise."""
        rng = self.rng
        kept_at: int | None
        if promise.kind == "parcel":
            delivered = int(self.orders.delivered_at[order])
            kept_at = delivered if promise.made_at < delivered <= promise.due_at else None
        elif solves:
            span = promise.due_at - promise.made_at
            kept_at = int(promise.made_at + span * (0.25 + 0.7 * rng.random()))
        else:
            kept_at = None
        promise.kept_at = kept_at if kept_at is not None and kept_at < self.end else None
        promise.outcome = (
            "kept" if promise.kept_at is not None
            else "open" if promise.due_at >= self.end else "broken"
        )  # fmt: skip

    def _keep(
        self, promise: Promise, thread: Thread, order: int, spec: world.Fault, agent: int
    ) -> None:
        """Play how a promise was kept."""
        rng = self.rng
        at = promise.kept_at or promise.due_at
        if promise.kind == "call":
            call = Thread("phone", thread.customer, at) if thread.channel == "chat" else thread
            self._say(at, call, "agent", "call", order, spec.name, agent=agent, promise=promise)
        elif promise.kind in ("reply", "replacement", "invoice", "unlock", "voucher") or (
            rng.random() < 0.5
        ):
            writes = Thread("email", thread.customer, at) if thread.channel == "chat" else thread
            self._say(at, writes, "agent", "follow", order, spec.name, agent=agent, promise=promise)
        if promise.kind == "refund" or spec.name == "refund_late":
            self._pay(order, at)
        if thread.channel != "chat":
            self._thank(at, thread, order, spec.name, agent)

    def _pay(self, order: int, at: int) -> None:
        if world.FAULTS[self.orders.fault[order]].name != "charged_twice":
            self.scene.refund_at[order] = at

    def _thank(self, at: int, thread: Thread, order: int, topic: str, agent: int) -> None:
        rng = self.rng
        if thread.channel == "chat":
            if rng.random() < 0.5:
                at += 30 + int(rng.random() * 150)
                self._say(at, thread, "customer", "thanks", order, topic, agent=agent)
                if rng.random() < 0.5:
                    self._say(at + 40, thread, "agent", "close", order, topic, agent=agent)
        elif rng.random() < 0.27:
            at = self._awake(at + rng.expovariate(1 / (0.6 * DAY)))
            self._say(at, thread, "customer", "thanks", order, topic, agent=agent)

    def _go_public(
        self, at: int, customer: int, order: int, topic: str, times: int, last: int,
        promise: Promise | None, earlier: Thread | None,
    ) -> None:  # fmt: skip
        rng = self.rng
        channel = "review" if rng.random() < 0.45 else "social"
        after = topic == "late_parcel" and 0 < int(self.orders.delivered_at[order]) < at
        thread = Thread(channel, customer, at)
        stars = (1 if rng.random() < 0.8 else 2) if channel == "review" else 0
        post = self._say(at, thread, "customer", "public", order, topic, times=times,
                         last_at=last, promise=promise, after=after, stars=stars,
                         earlier=earlier)  # fmt: skip
        if at < self.end:
            self.scene.public.add(order)
        if rng.random() < ANSWERED[channel]:
            self._say(self._reply_at(at, channel), thread, "agent", "public_reply", order, topic,
                      agent=int(rng.random() * len(AGENTS)), reply_to=post)  # fmt: skip

    # Nobody's fault

    def background(self, order: int, topic: str) -> None:
        """Play a question or a wish that no fault caused."""
        rng, orders = self.rng, self.orders
        customer = int(orders.customer[order])
        person = self.people.get(customer)
        bought = int(orders.at[order])
        early = topic in ("product_question", "size_advice", "stock_question", "delivery_question")
        if early:
            at = self._awake(max(BEGIN, bought - rng.expovariate(1 / (2.5 * DAY))))
            at = min(at, bought - 600) if bought > BEGIN + 1200 else at
        elif topic == "return_question" and orders.delivered_at[order] > 0:
            at = self._awake(int(orders.delivered_at[order]) + rng.expovariate(1 / (2 * DAY)))
        elif topic == "newsletter":
            at = self._awake(bought + rng.random() * 40 * DAY)
        else:
            at = int(bought + rng.random() * 9 * HOUR)
        self._episode += 1
        channel = self._channel(person)
        thread = Thread(channel, customer, at)
        act, last = "first", -1
        for times in (1, 2):
            if at >= self.end:
                return
            agent = int(rng.random() * len(AGENTS))
            asked = self._say(at, thread, "customer", act, order, topic, times=times, last_at=last)
            if rng.random() < ANSWERED[channel]:
                replied = (
                    self._small_talk(at, thread, order, topic, agent)
                    if channel == "chat" else self._reply_at(at, channel)
                )  # fmt: skip
                frame = grammar.pick(rng, grammar.topic(topic).frames("reply"))
                self._say(replied, thread, "agent", "solve", order, topic, agent=agent,
                          frame=frame, reply_to=asked)  # fmt: skip
                self._thank(replied, thread, order, topic, agent)
                return
            if rng.random() > 0.45:
                return
            act, last = "again_unanswered", at
            at = self._awake(at + (1.5 + 3 * rng.random()) * DAY)

    def praise(self, order: int) -> None:
        """Play a good review, or a word of thanks."""
        rng = self.rng
        customer = int(self.orders.customer[order])
        delivered = int(self.orders.delivered_at[order])
        at = self._awake(delivered + (1 + rng.expovariate(1 / 8.0)) * DAY)
        self._episode += 1
        u = rng.random()
        channel = "review" if u < 0.82 else "social" if u < 0.92 else "email"
        thread = Thread(channel, customer, at)
        stars = (5 if rng.random() < 0.7 else 4) if channel == "review" else 0
        post = self._say(at, thread, "customer", "praise", order, "praise", stars=stars)
        if rng.random() < 0.25:
            frame = grammar.pick(rng, grammar.topic("praise").frames("reply"))
            self._say(self._reply_at(at, "review"), thread, "agent", "solve", order, "praise",
                      agent=int(rng.random() * len(AGENTS)), frame=frame,
                      reply_to=post)  # fmt: skip


def play(
    rng: Random, draws: np.random.Generator, orders: Orders, people: People,
    first_weekday: int, end: int,
) -> Scene:  # fmt: skip
    """Return all messages, by time and numbered, and what they did to money."""
    writer = Writer(rng, orders, people, first_weekday, end)
    n = len(orders.at)
    topics = [name for name, _ in world.BACKGROUND]
    asks = draws.random(n) < world.BACKGROUND_SHARE
    which = draws.choice(len(topics), n, p=[share for _, share in world.BACKGROUND])
    praises = (draws.random(n) < world.PRAISE_REVIEW_SHARE) & (orders.fault < 0)
    praises &= (orders.delivered_at > 0) & (orders.delivered_at < end)
    told = orders.at >= BEGIN
    for order in np.flatnonzero(told & ((orders.fault >= 0) | asks | praises)).tolist():
        if asks[order]:
            sized = not world.KINDS[orders.product[order]].isdisjoint({"wear", "shoe"})
            topic = topics[which[order]]
            if topic == "size_advice" and not sized:
                topic = "product_question"
            writer.background(order, topic)
        if orders.fault[order] >= 0:
            writer.fault(order)
        if praises[order]:
            writer.praise(order)
    scene = writer.scene
    scene.messages.sort(key=lambda message: message.at)
    number(scene.messages)
    return scene
