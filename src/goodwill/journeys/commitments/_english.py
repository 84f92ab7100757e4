"""Commitments in an English sentence: subject, future, act, deadline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from goodwill.journeys.commitments._due import Due
from goodwill.journeys.commitments._rules import FIRST, PREPARES, Found, Rules

_WORDS = re.compile(r"[a-z]+")
_DATED = ("should", "going", "comes", "booked", "let")
_PERFECT = re.compile(r"(?:have|has) (?:been|gone|got|had|\w+ed|\w+en|sent|paid|made)\b")
_PLAN = re.compile(r"due|set|scheduled|expected|estimated")
_JOINED = re.compile(r"(?:,|\band\b)(?: and)?(?: (?:then|also|will|'ll|we'll|i'll))* ")
_CAUSES = re.compile(
    r"(?:have|get|ask|asking|arrange for|instruct|tell|having|getting)"
    r" (?:(?:a|an|the|our|my|one|of|some|another|this|your|local|from) |\w+ ){0,4}?(?:\w+)"
    r" (?:to )?(?=[a-z])"
)
_MADE = re.compile(r"(?:have|get|getting|having)(?: [^ ,;]+){1,6}")
_SURE = re.compile(r"(?:make|making) (?:\w+ )?sure|ensur(?:e|ing)|see to it")
_AUXILIARY = re.compile(r"(?:is|are|gets?|will|be|receives?|that) ")
_CONTENT = re.compile(r"(?:let|notify|inform|tell|advise|update|alert|announce|confirm|explain)")
_RELATIVE = re.compile(r"^(?:which|who) ")
_GETS = re.compile(
    r"(?:have|get|receive|see|getting|receiving)(?: (?:it|them|that|this|both|everything))?"
    r"(?= (?:by|on|within|in|before|today|tomorrow|this|next|no later|at|soon|shortly)\b|$)"
)
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

    def commitments(self) -> Iterator[Found]:
        """Yield what this head promises."""
        words, kind = self.rules.words, self.head.lastgroup or ""
        tail = _RELATIVE.sub("", self.text[self.subject : self.head.start()].strip())
        if words["doubt"].search(tail) or words["reported"].search(self.text[: self.head.start()]):
            return
        if words["embedded"].search(tail) and not words["vouched"].search(tail):
            return
        acts = self._acts(kind, tail)
        for n, (what, at) in enumerate(acts):
            dated = self._due(at)
            due, moved = dated
            needs = kind in _DATED or what.endswith("?") or self._plans()
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
        kind = self._named(self.text[self.head.end() :]) or self._named(self.text) or "other"
        start, end = self.head.end() + due.start, self.head.end() + due.end
        return Found(kind, self.subject, len(self.text), _moved(due, start, end))

    def _acts(self, kind: str, tail: str) -> list[tuple[str, int]]:
        """Return the kinds of act that follow, with where each starts; ``?`` needs a date."""
        if kind == "expect":
            return self._expected(tail)
        if kind == "booked":
            return self._booked(tail)
        if kind == "comes":
            return [(self._thing(tail) or "delivery", self.head.end())]
        at = self.head.start("ing") if kind == "going" else self.head.end()
        at = _after(self.text, at, r"(?: to(?= ))?[, ]*")
        words, negation = self.rules.words, self.rules.words["negation"]
        if negation.match(self.text, at):
            return []
        able = False
        while True:
            if words["hedges"].match(self.text, at):
                return []
            if self.text.startswith("be able to ", at) and not tail.endswith("you"):
                able, at = True, at + len("be able to ")
                continue
            skipped = words["adverbs"].match(self.text, at)
            if not skipped or not skipped.group() or self._verb(tail, kind, at):
                break
            at = _after(self.text, skipped.end(), "[, ]*")
        if negation.match(self.text, at):
            return []
        if kind == "should" and _PERFECT.match(self.text, at):
            return []
        if kind in ("modal", "should", "let", "going"):
            for ahead in ("be ", "have "):  # "will be calling", "will have refunded"
                shifted = at + len(ahead)
                if self.text.startswith(ahead, at) and not self._verb(tail, kind, at):
                    done = self._done(shifted) if ahead == "have " else ""
                    if done:
                        return [(done, at)]
                    if self._verb(tail, kind, shifted):
                        at = shifted
        first = self._verb(tail, kind, at)
        if not first and self._plans():
            first = self._named(self.text[self.subject :]) or ""
        if not first:
            more = [] if tail.endswith("you") else self._coordinated(at)
            return more[:1] and [(more[0][0], at)]
        if able or (tail.endswith("you") and self.text.startswith("be able", at)):
            first += "?"
        acts = [(first, at)]
        if not tail.endswith("you"):
            acts += self._coordinated(at)
        if len(acts) > 1:
            leads = [act for act in acts if act[0] not in PREPARES]
            acts = [(leads[0][0], acts[0][1]), *leads[1:]] if leads else acts[:1]
        kinds: dict[str, int] = {}
        for what, where in acts:
            kinds.setdefault(what, where)
        return list(kinds.items())

    def _done(self, at: int) -> str:
        """Return the kind of "(will have) refunded you", "(will have) it fixed"."""
        match = re.compile(r"(?:\w+ly )?(\w+ed|sent|paid)\b").match(self.text, at)
        if not match:
            return ""
        return self.rules.kind("is", f"be {match[1]} ", 0)

    def _coordinated(self, at: int) -> list[tuple[str, int]]:
        """Return the acts that share the head: "will check (and) call you"."""
        more = []
        for joint in _JOINED.finditer(self.text, at, self.stop):
            kind = self._does(joint.end(), strict=True)
            if kind:
                more.append((kind, joint.end()))
        return more

    def _plans(self) -> bool:
        return self.head.lastgroup == "modal" and bool(_PLAN.search(self.head.group()))

    def _verb(self, tail: str, kind: str, at: int) -> str:
        """Return the kind of the act that starts at ``at``, by who or what would do it."""
        acts = self.rules.acts
        if tail.endswith("you") and not tail.endswith("to you"):
            if _GETS.match(self.text, at):
                return self._thing(self.text[: self.head.start()]) or "delivery?"
            return self._form("gets", at)
        company = self.rules.words["company"].search(tail[-60:]) or kind in ("let", "going")
        person = re.search(r"\b(?:i|we|team|someone|somebody|colleague|they|he|she)$", tail)
        if (
            company
            or not tail
            or tail.endswith((" and", " then", " but"))
            or tail in ("and", "then")
        ):
            found = self._does(at)
            if person and self.text.startswith("be with you ", at):
                found = found or "visit"
            if found or person:
                return found or self._form("is", at)
        about = tail or self.text[self.begin : self.head.start()]
        if tail and self.rules.words["pronoun"].search(tail) or not tail or len(tail) < 4:
            about = self.text[: self.head.start()]
        for act in acts:
            if act.names("about", about) and act.says("then", self.text, at):
                return act.kind
        passive = self._form("is", at)
        if passive:
            return "other?" if passive == "other" and not tail else passive
        done = "" if company else self._does(at)
        apt = any(each.kind == done and each.names("about", tail) for each in acts)
        return done if apt or not done else done + "?"

    def _form(self, form: str, at: int) -> str:
        return self.rules.kind(form, self.text, at)

    def _does(self, at: int, strict: bool = False) -> str:
        kind = self._form("does", at)
        sure = _SURE.match(self.text, at)
        if sure:
            return self._ensured(sure.end()) or "other?"
        if kind and kind not in ("fix", "other"):
            return kind
        done = _MADE.match(self.text, at)
        if done and not kind:
            for place in re.finditer(r" (?=[a-z]+(?:ed|t|n|d)\b)", done.group()):
                inner = self.rules.kind("is", "be " + self.text[at + place.end() :], 0)
                if inner:
                    return inner
        causes = None if strict else _CAUSES.match(self.text, at)
        if causes:
            for end in range(causes.end(), min(causes.end() + 1, self.stop)):
                inner = self._form("does", end)
                if inner:
                    return inner
            for place in re.finditer(r" (?:to )?(?=[a-z])", self.text[at : at + 60]):
                inner = self._form("does", at + place.end())
                if inner in ("call", "visit", "reply", "refund", "replacement", "investigation"):
                    return inner
        return kind

    def _ensured(self, at: int) -> str:
        """Return the kind of what "make sure that ..." is about."""
        for place in _AUXILIARY.finditer(self.text, at, self.stop):
            gets = "be " + self.text[place.end() :]
            found = self.rules.kind("is", gets, 0) or self.rules.kind(
                "is", gets.replace("be ", "get ", 1), 0
            )
            found = found or self.rules.kind("gets", self.text, place.start())
            if found:
                return found
        return ""

    def _thing(self, tail: str) -> str:
        return self.rules.named("about", tail)

    def _named(self, text: str) -> str:
        return self.rules.named("noun", text)

    def _expected(self, tail: str) -> list[tuple[str, int]]:
        if re.search(r"(?:n't|\b(?:to|not|would|as|what|we all|people|of|you))$", tail):
            return []
        if self.head.group().endswith(" to"):
            at = self.head.end() + 1
            found = self._verb(tail, "expect", at)
            return [(found.rstrip("?") + "?", at)] if found else []
        kind = self._named(self.text[self.head.end() : self.stop])
        ours = re.search(r"\b(?:we|i)$", tail) is not None
        return [(kind + "?" if ours else kind, self.head.end())] if kind else []

    def _booked(self, tail: str) -> list[tuple[str, int]]:
        if not re.search(r"(?:\b(?:have|has|is|are|been|now)|'ve|'s|'m|'re)(?: \w+)?$", tail):
            return []
        if re.search(r"\b(?:was|were|had|if|not|you have|you've)\b", tail):
            return []
        kind = self._named(self.text[self.subject : self.stop])
        return [(kind or "other", self.head.end())]

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


def _after(text: str, at: int, pattern: str) -> int:
    match = re.compile(pattern).match(text, at)
    return match.end() if match else at
