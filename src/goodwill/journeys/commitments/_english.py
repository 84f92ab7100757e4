"""Commitments in an English sentence: subject, future, act, deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from goodwill.journeys.commitments._due import Due
from goodwill.journeys.commitments._english_acts import Acts
from goodwill.journeys.commitments._rules import FIRST, Found, Rules

_WORDS = re.compile(r"[a-z]+")
_DATED = ("should", "going", "comes", "booked", "let")
_CONTENT = re.compile(r"(?:let|notify|inform|tell|advise|update|alert|announce|confirm|explain)")
_GENERAL = re.compile(r"^(?:@\w+ )*(?:all |most )?[a-z]{3,}s$")
"""A bare plural: "orders will be delivered" tells how things are, unless it names a day."""
_PASSIVE = re.compile(r"be (?:\w+ly )?\w{2,}(?:ed|en|nt|ht|id|pt|ne|de)\b")
_RELATIVE = re.compile(r"^(?:which|who) ")
_NEAR = re.compile(
    r"\s*(?:of|after|following|from|once|when|upon)\s+(?!now|today|the (?:day|date))"
)


def english(text: str, rules: Rules) -> list[Found]:
    """Return the commitments of a sentence (lower case, without accents) in their order."""
    heads = list(rules.heads.finditer(text))
    asked = _asked(text, rules)
    found: list[Found] = []
    spare: Found | None = None
    done = 0
    for n, head in enumerate(heads):
        if head.start() < done or (asked and head.start() >= asked[0] and head.end() <= asked[1]):
            continue
        following = heads[n + 1].start() if n + 1 < len(heads) else len(text)
        one = _Clause(text, rules, head, done, following)
        if head.lastgroup == "allow":
            spare = spare or one.allowed()
            continue
        made = list(one.commitments())
        found += made
        if made:
            done = made[-1].end
    if not found:
        return [spare] if spare else []
    if spare and found[-1].due is None:
        last = found[-1]
        found[-1] = Found(last.kind, min(spare.start, last.start), last.end, spare.due)
    return found


def _asked(text: str, rules: Rules) -> tuple[int, int] | None:
    """Return the part of a sentence that is a question."""
    if not text.rstrip("\"') ").endswith("?"):
        return None
    cut = max(text.rfind(", "), text.rfind("; "), text.rfind(": "))
    if cut < 0 or rules.words["question"].search(text[:cut]):
        return 0, len(text)
    return cut, len(text)


class _Clause:
    """One head in its sentence: what stands before it, and what after."""

    def __init__(
        self, text: str, rules: Rules, head: re.Match[str], begin: int, following: int
    ) -> None:
        self.text, self.rules, self.head = text, rules, head
        self.begin = begin
        self.marked = not rules.marks.isdisjoint(_WORDS.findall(text))
        breaks = [m.end() for m in FIRST.finditer(text, begin, head.start())]
        self.subject = max(breaks, default=begin)
        self.stop = _stop(text, head.end(), following)
        self.acts = Acts(text, rules, head, begin, self.subject, self.stop)

    def commitments(self) -> Iterator[Found]:
        """Yield what this head promises."""
        words, kind = self.rules.words, self.head.lastgroup or ""
        tail = _RELATIVE.sub("", self.text[self.subject : self.head.start()].strip())
        if words["doubt"].search(tail) or words["reported"].search(self.text[: self.head.start()]):
            return
        if words["embedded"].search(tail) and not words["vouched"].search(tail):
            return
        acts = self.acts.of(kind, tail)
        for n, (what, at) in enumerate(acts):
            dated = self._due(at)
            due, moved = dated
            general = _GENERAL.search(tail) and _PASSIVE.match(self.text, at)
            needs = kind in _DATED or what.endswith("?") or self.acts.planned() or general
            if needs and (due is None or moved):
                continue
            if kind == "comes" and due and (due.unit, due.count) == ("day", 0):
                continue  # "leaves today" says how things stand
            if self._contingent(at, due if not moved else None, what):
                continue
            first = self._from(due)
            until = self.stop
            if n + 1 < len(acts):
                until = self._before(acts[n + 1][1])
            yield Found(
                what.rstrip("?"), first if n == 0 else at,
                max(until, due.end if due and n + 1 == len(acts) else 0),
                None if moved else due,
            )  # fmt: skip

    def allowed(self) -> Found | None:
        """Return what "please allow 5 days for ..." or "give us until Friday" promises."""
        rest = self.text[self.head.end() :]
        due = self.rules.clock.find(rest, 0, bare=True)
        if (
            due is None
            or due.start > 25
            or due.unit == "minutes"
            or self._contingent(self.head.end(), due, "other")
        ):
            return None
        named = self.acts.named
        kind = named(self.text[self.head.end() :]) or named(self.text) or "other"
        start, end = self.head.end() + due.start, self.head.end() + due.end
        return Found(kind, self.subject, len(self.text), _moved(due, start, end))

    def _from(self, due: Due | None) -> int:
        """Return where the words start: at the subject, or at a time said before it."""
        text, start = self.text, self.subject
        cut = re.search(r".*\b(?:and|but|so|then)\b ", text[start : self.head.start()])
        if cut and cut.end() < self.head.start() - start:
            start += cut.end()
        if due and self.begin <= due.start < start:
            start = due.start
        return start

    def _before(self, at: int) -> int:
        """Return the end of what stands before the joint that leads to ``at``."""
        joint = re.compile(r".*?(?=(?:,| and| then)(?: \w+){0,3} ?$)").match(self.text[:at])
        return joint.end() if joint else at

    def _due(self, at: int) -> tuple[Due | None, bool]:
        """Return the time said with the act, and whether it runs from an unknown event."""
        text, clock = self.text, self.rules.clock
        region = list(text)
        moved = False
        blank: list[tuple[int, int]] = []
        others = self.rules.conditions["other"]
        for event in others.finditer(text, self.begin) if self.marked else ():
            word = event.group().split()[0]
            if word in ("of", "from", "following", "until", "the"):
                continue
            blank.append((event.start(), self._clause_end(event)))
            moved = moved or event.start() < self.head.start() or event.start() < self.stop
        for start, end in blank:
            region[start:end] = " " * (end - start)
        first = self.begin
        due = clock.find("".join(region)[first : self.stop], at - first)
        if due is None and re.search(r"\bby then\b|\buntil then\b", text):
            due = clock.find(text[: self.head.start()], 0)
            return due, False
        if due is None:
            return None, False
        start, end = first + due.start, first + due.end
        due = _moved(due, start, end)
        runs = bool(_NEAR.match(text, end)) and due.span
        return due, (moved or runs) and due.span

    def _clause_end(self, event: re.Match[str]) -> int:
        comma = re.compile(r"[,;]").search(self.text, event.end())
        end = comma.start() if comma else len(self.text)
        if event.start() < self.head.start() < end:
            words = self.text[event.end() : self.head.start()].rsplit(" ", 2)
            return max(event.end(), self.head.start() - len(words[-1]) - 1)
        return end

    def _contingent(self, at: int, due: Due | None, kind: str) -> bool:
        """Return whether the promise waits for something that the customer must do first."""
        text, conditions = self.text, self.rules.conditions
        left = text[: self.head.start()]
        cut = max(left.rfind(";"), left.rfind(" - ") if " - " in left else -1, self.begin - 1) + 1
        if self.marked and (
            conditions["before"].search(left, cut) or conditions["with"].search(left, cut)
        ):
            return True
        begun = (each for each in self.rules.heads.finditer(text) if each.lastgroup != "allow")
        free = next(begun, self.head).start() >= self.head.start()
        if self.head.lastgroup != "allow" and free and conditions["imperative"].search(left, cut):
            return True
        if _CONTENT.match(text, at):
            return False
        after = conditions["after"].search(text, at) if self.marked else None
        if after:
            between = text[at : after.start()]
            own = self._own(after.end())
            apart = re.search(r"(?:[;.!]|\b(?:and|but|or))\s*$", between)
            later = self.rules.heads.search(text, at, after.start())
            if not own and not apart and not (later and later.lastgroup == "modal"):
                return True
        rest = text[at:]
        ask = conditions["imperative"].search(rest)
        return bool(ask and due is None and re.match(r"[,;:.!(–-]", ask.group()))

    def _own(self, at: int) -> bool:
        """Return whether a condition has a clause of its own: "if you need more, call us"."""
        comma = self.text.find(",", at)
        thing = re.compile(r"[^,;]*\b(?:questions?|quer(?:y|ies)|doubts?|anything|concerns?)\b")
        matter = thing.match(self.text, at)
        begin = matter.end() if matter else comma
        return begin >= 0 and bool(self.rules.conditions["own"].search(self.text, begin))


def _stop(text: str, at: int, following: int) -> int:
    """Return where the words of a head end: before the next head's own clause."""
    end = re.compile(r";|:\s|\s-\s(?!by |on |in |within |before |to(?:day|morrow))|[.!?]+$").search(
        text, at
    )
    stop = end.start() if end else len(text)
    if following < stop:
        cuts = [m.start() for m in re.finditer(r",|\band\b|\bbut\b|\bso\b|\.|!", text[:following])]
        inside = [cut for cut in cuts if cut > at]
        stop = inside[-1] if inside else following
    return stop


def _moved(due: Due, start: int, end: int) -> Due:
    return replace(due, start=start, end=end)
