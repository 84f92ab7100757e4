"""The words of every message: greeting, matter, details, wish and close, in the writer's voice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from random import Random

from goodwill.demo import _grammar as grammar
from goodwill.demo import _world as world
from goodwill.demo._buyers import Orders
from goodwill.demo._grammar import Frame, pick
from goodwill.demo._messages import Message
from goodwill.demo._people import People, Person
from goodwill.demo._slots import Voice, article, fit
from goodwill.demo._typing import mistype

_TONES = {
    "plain": frozenset({""}),
    "polite": frozenset({"", "calm"}),
    "formal": frozenset({"calm"}),
    "elderly": frozenset({"", "calm"}),
    "angry": frozenset({"angry"}),
    "terse": frozenset({"terse"}),
    "chatty": frozenset({""}),
    "sloppy": frozenset({"", "terse"}),
}
_ANY = frozenset({""})
_STRICT = {"formal": 0.8, "angry": 0.7, "terse": 0.35}
"""How often a voice keeps to its own tone; else it says what anybody says."""

_HELLO = ("hi", "hello", "hi there", "hey", "good morning", "good evening")

_DETAILS = {
    "plain": 0.75, "polite": 0.95, "formal": 0.9, "elderly": 1.5, "angry": 0.8, "terse": 0.12,
    "chatty": 1.3, "sloppy": 0.6,
}  # fmt: skip
"""Mean number of details."""


class Speaker:
    """Writes the text of each message. One stream of chance, in the order of the messages."""

    def __init__(
        self, rng: Random, orders: Orders, people: People, numbers: list[str], start: datetime
    ) -> None:
        self.rng, self.orders, self.people = rng, orders, people
        self.numbers, self.start = numbers, start
        self.customers = grammar.spoken_by("customers")
        self.agents = grammar.spoken_by("agents")

    def write(self, message: Message) -> tuple[str, str, Frame | None]:
        """Return subject, text and the frame that carries the matter."""
        person = self.people.get(message.customer)
        company = message.role == "agent"
        voice = Voice(self.rng, message, person, self.orders, self.numbers, self.start, company)
        if company:
            text, frame = self._company(message, person, voice)
        else:
            text, frame = self._customer(message, person, voice)
        subject = self._subject(message, person, voice)
        return subject, fit(text, person.language), frame

    def _subject(self, message: Message, person: Person, voice: Voice) -> str:
        thread = message.thread
        if thread.channel == "review":
            if message.role == "agent":
                return ""
            if message.act == "praise":
                return self._line(grammar.topic("praise").frames("subjects"), voice)
            return self._line(self.customers["public"].frames("titles"), voice)
        if thread.channel not in ("email", "web_form"):
            return ""
        if not thread.subject:
            frames = grammar.topic(message.topic).frames("subjects")
            thread.subject = article(self._line(frames, voice))
            if person.language != "en":
                thread.subject = {"es": "Pedido", "pt": "Encomenda"}[person.language] + (
                    f" {voice('order')}"
                )
            return thread.subject
        return thread.subject if message.act == "first" else f"Re: {thread.subject}"

    def _line(self, frames: tuple[Frame, ...], voice: Voice) -> str:
        return pick(self.rng, frames, voice.kinds).say(self.rng, voice) if frames else ""

    # Customers

    def _core(self, message: Message, person: Person, section: str) -> Frame:
        """Return the frame that says what is the matter."""
        topic, rng = grammar.topic(message.topic), self.rng
        kinds = world.KINDS[self.orders.product[message.order]]
        if person.language != "en":
            late = f"{person.language}_after" if message.after else person.language
            frames = topic.frames(late) or topic.frames(person.language)
            if frames:
                return pick(rng, frames, kinds)
        if message.after:
            section = "after"
        tones = _TONES[person.voice]
        if rng.random() >= _STRICT.get(person.voice, 1.0):
            tones = _ANY
        return pick(rng, topic.of_tones(section, tones) or topic.of_tones(section, _ANY)
                    or topic.frames(section), kinds)  # fmt: skip

    def _customer(self, message: Message, person: Person, voice: Voice) -> tuple[str, Frame | None]:
        act = message.act
        if act == "thanks":
            return self._thanks(message, person, voice)
        if act in ("more", "order"):
            frame = pick(self.rng, self.customers["chat"].frames(act))
            return mistype(self.rng, frame.say(self.rng, voice), person.voice), frame
        if act in ("public", "praise"):
            return self._public(message, person, voice)
        if message.thread.channel == "chat":
            return self._in_chat(message, person, voice)
        return self._letter(message, person, voice)

    def _thanks(self, message: Message, person: Person, voice: Voice) -> tuple[str, Frame | None]:
        rng = self.rng
        chat = message.thread.channel == "chat"
        section = person.language if person.language != "en" else "chat" if chat else "email"
        frame = pick(rng, self.customers["thanks"].frames(section))
        text = frame.say(rng, voice)
        if not chat and person.language == "en":
            if rng.random() < 0.45:
                text = (
                    f"{self._line(self.customers['greeting'].frames(person.voice), voice)}\n{text}"
                )
            if rng.random() < 0.6:
                text = (
                    f"{text}\n{self._line(self.customers['closing'].frames(person.voice), voice)}"
                )
        elif not chat:
            text = f"{text}\n{person.first}"
        return mistype(rng, text.strip(), person.voice), frame

    def _again(self, message: Message, person: Person, voice: Voice) -> str:
        if person.language != "en":
            return self._line(self.customers[person.language].frames("again"), voice)
        reason = message.act.removeprefix("again_")
        return self._line(self.customers["again"].frames(reason), voice)

    def _matter(
        self, message: Message, person: Person, voice: Voice
    ) -> tuple[list[str], Frame | None]:
        """Return what he has to say, as sentences, and the frame that carries it."""
        rng, out = self.rng, []
        topic = grammar.topic(message.topic)
        again = message.act.startswith("again")
        english = person.language == "en"
        frame: Frame | None = None
        if again:
            out.append(self._again(message, person, voice))
            terse = person.voice == "terse"
            frames = topic.frames("again") if english and not message.after else ()
            if frames and rng.random() < 0.75:
                frame = pick(rng, frames)
                out.append(frame.say(rng, voice))
            if frame is None or (rng.random() < 0.35 and not terse):
                frame = self._core(message, person, "core")
                out.append(frame.say(rng, voice))
            if rng.random() < 0.15:
                out.reverse()
        else:
            frame = self._core(message, person, "core")
            out.append(frame.say(rng, voice))
        if not english:
            return out, frame
        details = _DETAILS[person.voice] * (0.5 if again else 1.0)
        lines = [] if message.after else list(topic.frames("details"))
        while lines and rng.random() < details:
            out.append(_take(rng, lines, voice.kinds).say(rng, voice))
            details -= 1.0 if details > 1 else 0.45
        return out, frame

    def _letter(self, message: Message, person: Person, voice: Voice) -> tuple[str, Frame | None]:
        rng, who = self.rng, person.voice
        matter, frame = self._matter(message, person, voice)
        if person.language != "en":
            own = self.customers[person.language]
            if rng.random() < 0.6:
                matter.append(self._line(own.frames("asks"), voice))
            parts = [" ".join(matter)]
            if rng.random() < 0.8:
                parts.insert(0, self._line(own.frames("greeting"), voice))
            if rng.random() < 0.8:
                parts.append(self._line(own.frames("closing"), voice))
            return "\n".join(part for part in parts if part), frame
        fault = message.topic in world.FAULT_NAMES
        angry = who == "angry" and fault
        again = message.act.startswith("again")
        opening = self.customers["opening"].frames(who)
        if (
            opening
            and not again
            and (fault or who in ("polite", "chatty", "elderly"))
            and rng.random() < (0.5 if angry else 0.35)
        ):
            matter.insert(0, self._line(opening, voice))
        asks = grammar.topic(message.topic)
        wish = "" if message.after else self._wish(asks, who, voice)
        if wish:
            matter.append(wish)
        if angry and rng.random() < 0.45 or (message.times > 2 and rng.random() < 0.4):
            matter.append(self._line(self.customers["rage"].frames("lines"), voice))
        if (angry and rng.random() < 0.3) or (message.times > 2 and rng.random() < 0.35):
            matter.append(self._line(self.customers["rage"].frames("threats"), voice))
        if who == "chatty" and rng.random() < 0.4:
            matter.append(self._line(self.customers["chat_up"].frames("lines"), voice))
        gap = "\n\n" if who in ("formal", "polite", "elderly") else "\n"
        body = _paragraphs(rng, matter, gap if len(matter) > 3 else " ")
        greeting = self._line(self.customers["greeting"].frames(who), voice)
        closing = self._line(self.customers["closing"].frames(who), voice)
        if rng.random() < 0.15:
            greeting = ""
        text = gap.join(part for part in (greeting, body, closing) if part)
        return mistype(rng, text.strip(), who), frame

    def _wish(self, topic: grammar.Topic, who: str, voice: Voice) -> str:
        if self.rng.random() >= (0.3 if who == "terse" else 0.62):
            return ""
        tones = _ANY if who not in ("formal", "angry", "polite") else _TONES[who] | _ANY
        return self._line(topic.of_tones("asks", tones), voice)

    def _in_chat(self, message: Message, person: Person, voice: Voice) -> tuple[str, Frame | None]:
        rng = self.rng
        matter, frame = self._matter(message, person, voice)
        matter = matter[: 1 if rng.random() < 0.4 and len(matter) < 3 else 2]
        if rng.random() < 0.25:
            matter.append(self._wish(grammar.topic(message.topic), person.voice, voice))
        text = " ".join(part for part in matter if part)
        greets = rng.random() < 0.45
        if (greets or rng.random() < 0.3) and not text.startswith(("I ", "I'", "T-")):
            text = text[:1].lower() + text[1:]
        if greets:
            text = f"{_HELLO[int(rng.random() * len(_HELLO))]}, {text}"
        return mistype(rng, text, person.voice, chat=True), frame

    def _public(self, message: Message, person: Person, voice: Voice) -> tuple[str, Frame | None]:
        rng, said = self.rng, self.customers["public"]
        if message.act == "praise" or person.language != "en":
            frame = self._core(message, person, "core")
            text = frame.say(rng, voice)
            if message.act == "praise" and person.language == "en" and rng.random() < 0.6:
                more = self._line(grammar.topic("praise").frames("details"), voice)
                text = f"{text} {more}"
            if message.act != "praise":
                text = (
                    f"{text} {self._line(self.customers[person.language].frames('again'), voice)}"
                )
            return mistype(rng, text, person.voice), frame
        topic = grammar.topic(message.topic)
        if message.thread.channel == "social" or rng.random() < 0.5:
            frame = pick(rng, topic.frames("public"))
        else:
            frame = self._core(message, person, "core")
        parts = [frame.say(rng, voice)]
        if message.thread.channel == "review" and not message.after and rng.random() < 0.6:
            parts.append(self._line(topic.frames("details"), voice))
        if message.times and rng.random() < 0.65:
            parts.append(self._failed_before(message, voice))
        if message.thread.channel == "social":
            if message.times:
                parts.append(self._line(said.frames("tail"), voice))
        elif rng.random() < 0.25:
            parts.append(self._line(self.customers["rage"].frames("threats"), voice))
        return mistype(rng, " ".join(part for part in parts if part), person.voice), frame

    def _failed_before(self, message: Message, voice: Voice) -> str:
        frames = self.customers["public"].frames("private_failed")
        if message.promise is None:
            frames = tuple(f for f in frames if "{promised_what}" not in f.source)
        if message.times < 2:
            frames = tuple(f for f in frames if "{times}" not in f.source or "[" in f.source)
        return self._line(frames, voice)

    # The company

    def _company(self, message: Message, person: Person, voice: Voice) -> tuple[str, Frame | None]:
        rng, act, language = self.rng, message.act, person.language
        channel = message.thread.channel
        if act in ("hello", "ask", "close"):
            group = {"hello": "greeting"}.get(act, act)
            return self._line(self.agents[group].frames("chat"), voice), None
        if act == "public_reply":
            section = "review" if channel == "review" else "lines"
            return self._line(self.agents["social"].frames(section), voice), None
        if act == "call":
            return self._line(self.agents["call"].frames("lines"), voice), None
        english = language == "en"
        shared = self.agents if english else {
            name: grammar.Topic(name, {"lines": self.agents[language].frames(name)})
            for name in ("greeting", "sorry", "stall", "solved", "answer", "close")
        }  # fmt: skip
        core: list[str] = []
        fault = message.topic in world.FAULT_NAMES
        if act == "promise" and message.promise is not None:
            words = message.promise.frame.frame.say(rng, voice)
            message.promise.words = article(words) if english else words
            if rng.random() < 0.3:
                core.append(self._line(shared["stall"].frames("lines")[:2], voice))
            core.append(words)
        elif act == "follow" and message.promise is not None:
            core.append(self._follow(message, voice, english, shared))
        elif act == "solve":
            if english and message.frame is not None:
                core.append(message.frame.say(rng, voice))
            else:
                core.append(
                    self._line(shared["solved" if fault else "answer"].frames("lines"), voice)
                )
        elif channel == "chat":
            core.append(self._line(self.agents["stall"].frames("chat"), voice))
        else:
            core.append(self._line(shared["stall"].frames("lines"), voice))
        if channel == "chat":
            if fault and rng.random() < 0.4:
                core.insert(0, self._line(shared["sorry"].frames("lines")[:2], voice))
            return " ".join(core), None
        if channel in ("review", "social"):
            return " ".join(core), None
        if act != "follow" and rng.random() < 0.75:
            lines = shared["sorry"].frames("lines" if fault or not english else "hello")
            core.insert(0, self._line(lines if fault or english else lines[1:], voice))
        greeting = self._line(shared["greeting"].frames("lines"), voice)
        close = self._line(shared["close"].frames("lines"), voice)
        return f"{greeting}\n\n{' '.join(core)}\n\n{close.rstrip()}", None

    def _follow(
        self, message: Message, voice: Voice, english: bool, shared: Mapping[str, grammar.Topic]
    ) -> str:
        rng, kind = self.rng, message.promise.kind if message.promise else "reply"
        if not english:
            return self._line(shared["solved"].frames("lines"), voice)
        text = self._line(self.agents["follow"].frames(kind), voice)
        if kind == "reply":
            section = "reply_after" if message.after else "reply"
            return (
                f"{text} {pick(rng, grammar.topic(message.topic).frames(section)).say(rng, voice)}"
            )
        return text


def _take(rng: Random, frames: list[Frame], kinds: frozenset[str]) -> Frame:
    """Take a frame that fits out of a list of frames that are not to be said twice."""
    frame = pick(rng, frames, kinds)
    frames.remove(frame)
    return frame


def _paragraphs(rng: Random, sentences: list[str], gap: str) -> str:
    """Return sentences as one or two paragraphs."""
    if gap == " " or len(sentences) < 3:
        return " ".join(sentences)
    cut = 1 + int(rng.random() * (len(sentences) - 1))
    return f"{' '.join(sentences[:cut])}{gap}{' '.join(sentences[cut:])}"
