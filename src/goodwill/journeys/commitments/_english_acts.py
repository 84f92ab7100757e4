"""What an English clause says will be done: the act, by who or what would do it."""

from __future__ import annotations

import re

from goodwill.journeys.commitments._rules import PREPARES, Rules

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
_PERSON = re.compile(
    r"\b(?:i|we|team|someone|somebody|colleague|they|he|she|engineer|technician|plumber|electrician"
    r"|fitter|installer|surveyor)$"
)
_DOES_IT = re.compile(r"\b([a-z]{3,}?)s(?= (?:you|your|this|that|it|the)\b)")
"""A verb of the third person, without its s: "a manager calls you"."""

_AUXILIARY = re.compile(r"(?:is|are|gets?|will|be|receives?|that) ")
_GETS = re.compile(
    r"(?:have|get|receive|see|getting|receiving)(?: (?:it|them|that|this|both|everything))?"
    r"(?= (?:by|on|within|in|before|today|tomorrow|this|next|no later|at|soon|shortly)\b|$)"
)


class Acts:
    """The acts that one head of a sentence leads to.

    Args:
        text: The sentence, in lower case.
        rules: Of English.
        head: What says that something will be.
        begin: Where the sentence's last commitment ended.
        subject: Where the clause of the head starts.
        stop: Where the words of the head end.
    """

    def __init__(
        self, text: str, rules: Rules, head: re.Match[str], begin: int, subject: int, stop: int
    ) -> None:
        self.text, self.rules, self.head = text, rules, head
        self.begin, self.subject, self.stop = begin, subject, stop

    def of(self, kind: str, tail: str) -> list[tuple[str, int]]:
        """Return the kinds of act that follow, with where each starts; ``?`` needs a date."""
        if kind == "expect":
            return self._expected(tail)
        if kind == "booked":
            return self._booked(tail)
        if kind == "comes":
            return [(self._thing(tail) or "delivery", self.head.end())]
        to_you = tail.endswith("you")
        begin = self._begin(kind, tail)
        if begin is None:
            return []
        at, able = begin
        if kind in ("modal", "should", "let", "going"):
            done, at = self._ahead(kind, tail, at)
            if done:
                return [(done, at)]
        first = self._verb(tail, kind, at)
        if not first and self.planned():
            first = self.named(self.text[self.subject :]) or ""
        if not first:
            more = [] if to_you else self._coordinated(at)
            return more[:1] and [(more[0][0], at)]
        if able or (to_you and self.text.startswith("be able", at)):
            first += "?"
        return [(first, at)] if to_you else self._leading([(first, at), *self._coordinated(at)])

    def _begin(self, kind: str, tail: str) -> tuple[int, bool] | None:
        """Return where the act starts and whether one only can; None where none is meant."""
        words = self.rules.words
        at = self.head.start("ing") if kind == "going" else self.head.end()
        at = _after(self.text, at, r"(?: to(?= ))?[, ]*")
        if words["negation"].match(self.text, at):
            return None
        able = False
        while True:
            if words["hedges"].match(self.text, at):
                return None
            if self.text.startswith("be able to ", at) and not tail.endswith("you"):
                able, at = True, at + len("be able to ")
                continue
            skipped = words["adverbs"].match(self.text, at)
            if not skipped or not skipped.group() or self._verb(tail, kind, at):
                break
            at = _after(self.text, skipped.end(), "[, ]*")
        denied = words["negation"].match(self.text, at)
        return (
            None if denied or (kind == "should" and _PERFECT.match(self.text, at)) else (at, able)
        )

    def _ahead(self, kind: str, tail: str, at: int) -> tuple[str, int]:
        """Return what "will have sent" says is done, and where the act of "will be calling" is."""
        for ahead in ("be ", "have "):
            shifted = at + len(ahead)
            if self.text.startswith(ahead, at) and not self._verb(tail, kind, at):
                done = self._done(shifted) if ahead == "have " else ""
                if done:
                    return done, at
                if self._verb(tail, kind, shifted):
                    at = shifted
        return "", at

    @staticmethod
    def _leading(acts: list[tuple[str, int]]) -> list[tuple[str, int]]:
        """Return each kind of act once; what only prepares another act gives way to it."""
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

    def planned(self) -> bool:
        return self.head.lastgroup == "modal" and bool(_PLAN.search(self.head.group()))

    def _verb(self, tail: str, kind: str, at: int) -> str:
        """Return the kind of the act that starts at ``at``, by who or what would do it."""
        acts = self.rules.acts
        if tail.endswith("you") and not tail.endswith("to you"):
            if _GETS.match(self.text, at):
                return self._thing(self.text[: self.head.start()]) or "delivery?"
            return self._form("gets", at)
        company = self.rules.words["company"].search(tail[-60:]) or kind in ("let", "going")
        person = _PERSON.search(tail)
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
        for place in _DOES_IT.finditer(self.text, at, self.stop):
            found = self.rules.kind("does", place[1] + self.text[place.end() :], 0)
            if found:
                return found
        return ""

    def _thing(self, tail: str) -> str:
        return self.rules.named("about", tail)

    def named(self, text: str) -> str:
        return self.rules.named("noun", text)

    def _expected(self, tail: str) -> list[tuple[str, int]]:
        if re.search(r"(?:n't|\b(?:to|not|would|as|what|we all|people|of|you))$", tail):
            return []
        if self.head.group().endswith(" to"):
            at = self.head.end() + 1
            found = self._verb(tail, "expect", at)
            return [(found.rstrip("?") + "?", at)] if found else []
        kind = self.named(self.text[self.head.end() : self.stop])
        ours = re.search(r"\b(?:we|i)$", tail) is not None
        return [(kind + "?" if ours else kind, self.head.end())] if kind else []

    def _booked(self, tail: str) -> list[tuple[str, int]]:
        if not re.search(r"(?:\b(?:have|has|is|are|been|now)|'ve|'s|'m|'re)(?: \w+)?$", tail):
            return []
        if re.search(r"\b(?:was|were|had|if|not|you have|you've)\b", tail):
            return []
        kind = self.named(self.text[self.subject : self.stop])
        return [(kind or "other", self.head.end())]


def _after(text: str, at: int, pattern: str) -> int:
    match = re.compile(pattern).match(text, at)
    return match.end() if match else at
