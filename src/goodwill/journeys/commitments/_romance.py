"""Commitments in a Spanish or Portuguese sentence: a verb in the future, or dated in the present.

Built from grammar, not measured. Verbs are conjugated from their infinitives, so that the rules
list a verb once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from goodwill.journeys.commitments._due import Due
from goodwill.journeys.commitments._rules import FIRST, PREPARES, Found, Rules, rules

_WORD = re.compile(r"[a-z]+(?:-[a-z]+)*")
_MIXED = re.compile(r"-(?:lhe|lhes|te|vos|nos|me|se|o|a|os|as|lo|la|los|las|no|na)(?=-|$)")
_SUFFIX = re.compile(r"(?:se|me|te|le|les|nos|os)?(?:lo|la|los|las|le|les|nos|os|se|te)$")
_NOUN = re.compile(
    r"\b(?:el|un|una|en|de|del|su|tu|este|nuestro|por|con|al|sobre|cada|o|um|uma|em|do|da|seu|teu"
    r"|nosso|ao|no|na|com|sem|sin|como|los|sus|os|mas|mais|mismo)$"
)
"""What stands before a noun that looks like a verb: "el envío", "em contato"."""

_DOER = re.compile(
    r"(?:le|les|te|os|lhe|lhes|equipo|companer[oa]|agente|tecnico|departamento|supervisor|colega"
    r"|especialista|transportista|mensajero|equip[ae]|transportadora|estafeta|responsable|atendente)$"
)
"""What stands before a verb of the third person that the company's people do now."""

_STILL = {"estar", "quedar", "ficar", "ver", "volver", "voltar", "aparecer", "reflejar"}
"""Verbs whose present says how things stand."""

_AFTER_GO = re.compile(r"(?:(?:lhe|lhes|te|o|a|se|nos|vos|ser|volver a) )*([a-z]+(?:-[a-z]+)*)")
_JOINED = re.compile(r"(?:,|\b(?:y|e|ou|o)\b)")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a verb: of what kind of act, who does it (1, 2, 3), and whether it is future."""

    kind: str
    person: int
    future: bool


@cache
def _forms(language: str, verbs: tuple[tuple[str, str], ...]) -> Mapping[str, tuple[Form, ...]]:
    raw = rules(language).raw
    found: dict[str, list[Form]] = {}
    for verb, kind in verbs:
        stem = raw["stems"].get(verb, verb)
        ends = {"es": "e as a emos eis an", "pt": "ei as a emos eis ao"}[language].split()
        for end, person in zip(ends, (1, 2, 3, 1, 2, 3), strict=True):
            found.setdefault(stem + end, []).append(Form(kind, person, True))
        if kind == "gets" or verb in _STILL:
            continue
        spoken = raw["present"].get(verb) or _regular(verb, language)
        for word, person in zip(spoken.split(), (1, 1, 3, 3), strict=True):
            found.setdefault(word, []).append(Form(kind, person, False))
    return {word: tuple(forms) for word, forms in found.items()}


def _regular(verb: str, language: str) -> str:
    stem, end = verb[:-2], verb[-2:]
    many = {"ar": "amos", "er": "emos", "ir": "imos", "or": "omos"}[end]
    one = "a" if end == "ar" else "e"
    they = {"es": "n", "pt": "m"}[language]
    return f"{stem}o {stem}{many} {stem}{one} {stem}{one}{they}"


@cache
def _grammar(
    language: str,
) -> tuple[Mapping[str, tuple[Form, ...]], Mapping[str, str], Mapping[str, str]]:
    """Return the finite forms, the infinitives and the participles, each with its kind of act."""
    raw: Mapping[str, Any] = rules(language).raw
    pairs = tuple(
        (verb, kind) for kind, verbs in raw["verbs"].items() for verb in verbs if " " not in verb
    )
    participles = {}
    for verb, kind in pairs:
        stem = raw["participles"].get(verb) or verb[:-2] + ("ad" if verb.endswith("ar") else "id")
        for end in ("o", "a", "os", "as", "ue", "ues"):
            participles[stem + end] = kind
    return _forms(language, pairs), dict(pairs), participles


def romance(text: str, language: Rules) -> list[Found]:
    """Return the commitments of a sentence (lower case, without accents) in their order."""
    asked = text.rstrip("\"') ").endswith("?")
    cut = max(text.rfind(", "), text.rfind("; "))
    if asked and cut < 0:
        return []
    clause = text[: cut + 1] if asked else text
    acts = list(_acts(clause, language))
    found: list[Found] = []
    begin = 0
    for n, (kind, at, end, future) in enumerate(acts):
        following = acts[n + 1] if n + 1 < len(acts) else None
        stop = _stop(clause, end, following[1] if following else len(clause))
        if following and kind in PREPARES and _JOINED.search(clause, end, following[1]):
            continue
        due, moved = _due(clause, language, begin, at, stop)
        if kind == "?" or _contingent(clause, language, at, end, due):
            continue
        if (not future or kind.endswith("?")) and (due is None or moved):
            continue
        first = max((m.end() for m in FIRST.finditer(clause, begin, at)), default=begin)
        if due and begin <= due.start < first:
            first = due.start
        stop = max(stop, due.end if due else 0)
        found.append(Found(kind.rstrip("?"), first, stop, None if moved else due))
        begin = stop
    return found


def _acts(text: str, language: Rules) -> Iterator[tuple[str, int, int, bool]]:
    """Yield kind, place, end and whether it is said in a future, for each act of a sentence."""
    forms, infinitives, participles = _grammar(language.language)
    skip = going = 0
    for word in _WORD.finditer(text):
        at, end, spoken = word.start(), word.end(), word.group()
        if at < skip:
            continue
        left = text[:at]
        kind, person, future = "", 3, True
        if planned := language.words["planned"].match(text, at):
            kind, end = "thing", planned.end()
        elif language.words["home"].match(text, at) or (
            language.words["visits"].match(text, at) and language.words["visitor"].search(left)
        ):
            kind = "visit"
        passive = language.words["be"].match(text, at)
        goes = language.words["go"].match(text, at)
        if passive and not kind:
            said = _WORD.match(text, passive.end())
            kind = participles.get(said.group(), "") if said else ""
            end = said.end() if kind and said else end
            kind = "" if kind in ("gets", "thing") else kind
        if not kind and goes:
            said = _AFTER_GO.match(text, goes.end())
            verb = _infinitive(said[1], infinitives) if said else ""
            if said and verb:
                kind, end = infinitives[verb], said.end()
                person = 2 if spoken in ("vas", "vais") else (
                    1 if spoken in ("voy", "vamos", "vou", "irei", "iremos") else 3)  # fmt: skip
            elif said and said[1] in participles:
                kind, end = participles[said[1]], said.end()
        if goes and kind:
            going = end
        verb = _infinitive(spoken, infinitives) if going and not kind else ""
        if verb and re.search(r"(?:\b[ye]|,|\bou|\bo)(?: (?:lhe|te|o|a|se|le|nos))* $", left):
            kind, person = infinitives[verb], 1
        if not kind:
            bare = _MIXED.sub("", spoken).replace("-", "") if "-" in spoken else spoken
            choices = forms.get(bare) or forms.get(_restored(bare)) or ()
            if not choices:
                continue
            kind, person, future = choices[0].kind, choices[0].person, choices[0].future
            if not future and _NOUN.search(left.rstrip()):
                continue
        kind = _resolved(kind, person, text, left, at, end, language, future)
        if not kind or _hidden(left, language):
            continue
        skip = end
        yield kind, at, end, future


def _restored(word: str) -> str:
    """Return a form that lost its r before a pronoun: contacta-lo-emos."""
    return re.sub(r"([ae])(emos|ei|ao|a)$", r"\1r\2", word)


def _infinitive(word: str, infinitives: Mapping[str, str]) -> str:
    """Return the verb of an infinitive with pronouns behind it, or nothing."""
    plain = _MIXED.sub("", word)
    for said in (plain, _SUFFIX.sub("", plain), plain + "r"):
        if said in infinitives:
            return said
    return ""


def _resolved(
    kind: str, person: int, text: str, left: str, at: int, end: int, language: Rules, future: bool
) -> str:  # fmt: skip
    """Return what a verb promises by who does it and to what."""
    stop = re.compile(r"[;.]|$").search(text, end)
    after = text[end : stop.start() if stop else len(text)]
    around = left[-60:] + " " + after
    if kind == "gets":
        if person == 1 or not future or re.match(r" (?:que|de) ", after):
            return ""  # "tendrá que" asks
        return _noun(after, language) or _noun(left[-40:], language)
    if person == 2:
        return ""
    if kind == "thing":
        if person == 1:
            return ""
        return _noun(left[-60:] if left.strip() else after, language) or _noun(after, language)
    if kind == "object":
        named = _noun(after, language)
        return named if named else "delivery"
    if kind == "object?":
        return _noun(around if person == 3 else after, language)
    if person == 3 and not future and not _whole(left.rstrip(), _DOER):
        return ""
    if kind == "other" and _noun(after, language) == "refund":
        return "refund"
    if kind == "call" and re.match(r" (?:la|a) atencion", after):
        return ""
    return kind


def _noun(text: str, language: Rules) -> str:
    nouns: Mapping[str, str] = language.raw["nouns"]
    return next((kind for kind, said in nouns.items() if re.search(said, text)), "")


def _hidden(left: str, language: Rules) -> bool:
    """Return whether what stands before a verb denies or doubts it."""
    words = language.words
    before = left.rstrip()
    if words["doubt"].search(left):
        return True
    while True:
        if words["negation"].search(before) and _whole(before, words["negation"]):
            return True
        clitic = words["clitic"].search(before)
        if not clitic or not _whole(before, words["clitic"]):
            break
        before = before[: clitic.start()].rstrip()
    tail = before[max((m.end() for m in FIRST.finditer(before)), default=0) :]
    hidden = words["embedded"].search(tail)
    return bool(hidden and (hidden.start() == 0 or not tail[hidden.start() - 1].isalpha()))


def _whole(text: str, pattern: re.Pattern[str]) -> bool:
    match = pattern.search(text)
    return bool(match and (match.start() == 0 or not text[match.start() - 1].isalnum()))


def _due(
    text: str, language: Rules, begin: int, at: int, stop: int
) -> tuple[Due | None, bool]:  # fmt: skip
    """Return the time said with an act, and whether it runs from an unknown event."""
    region = text[begin:stop]
    moved = False
    for event in language.conditions["other"].finditer(text, begin, stop):
        moved = True
        comma = re.compile(r"[,;]").search(text, event.end())
        end = min(comma.start() if comma else stop, stop)
        if event.start() < at <= end:
            end = at
        region = (
            region[: event.start() - begin] + " " * (end - event.start()) + region[end - begin :]
        )
    due = language.clock.find(region, at - begin)
    if due is None:
        return None, False
    due = replace(due, start=due.start + begin, end=due.end + begin)
    return due, moved and due.span


def _contingent(text: str, language: Rules, at: int, end: int, due: Due | None) -> bool:
    """Return whether the promise waits for something that the customer must do first."""
    left = text[:at]
    cut = left.rfind(";") + 1
    conditions = language.conditions
    if conditions["before"].search(left, cut) or conditions["imperative"].search(left, cut):
        return True
    after = conditions["after"].search(text, end)
    if after and not re.search(r"(?:;|,? [ye])\s*$", text[end : after.start()]):
        return not conditions["own"].search(text, after.end())
    ask = conditions["imperative"].search(text, end)
    return bool(ask and due is None)


def _stop(text: str, at: int, following: int) -> int:
    end = re.compile(r";|:\s|\s-\s|[.!?]+$").search(text, at)
    stop = end.start() if end else len(text)
    if following < stop:
        cuts = [m.start() for m in _JOINED.finditer(text, at, following)]
        stop = cuts[-1] if cuts else following
    return stop
