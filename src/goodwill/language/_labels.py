"""Names for themes: short phrases from the messages' own words.

A phrase is one to three neighbouring words that carry meaning, with the small words between them
left out: "my card still has not arrived" gives "card not arrived". A theme takes the phrase that
many of its central messages hold and few of the others do.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from goodwill.language._companions import Companions, alternatives
from goodwill.language._encoder import Vectors
from goodwill.language._meanings import Meanings
from goodwill.language._phrases import TERMS, Candidate, Phrases
from goodwill.language._stopwords import NOT
from goodwill.language._wording import BETWEEN, Flags, Numbers, stems_of
from goodwill.language._words import NOISE, Words, plain, words

_TOLD = 0.05
"""Share of its texts that must hold two words or more for a group to be named by them."""
_WORTH, _WRONG_WORTH = 0.3, 0.2
"""What that name must be worth of the best, and one that says what is wrong."""
_FARTHER = 0.28
"""How much farther it may be from what the group means."""
_NARROW, _BROAD = 0.12, 0.7
"""Shares of its texts: below the first a label of several words is narrow, from the second on a
noun speaks for the group."""
_NEARER = 0.05
"""How much nearer that noun must be to what the group means than a phrase of what is asked."""
_OFTEN, _OFTENER = 0.25, 4
_SURFACE = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PART = re.compile(r"[^ /]+")
_PARTED = bytes(
    code if code > 127 or chr(code).isalnum() or code == ord("'") else ord(" ")
    for code in range(256)
)
"""Bytes of a text with blanks for those that stand in no word."""

NOISE_PATTERN = re.compile(NOISE)


@dataclass(frozen=True, slots=True)
class Naming:
    """What each group is called, in the order of the groups.

    Attributes:
        labels: Their names.
        terms: The phrases that tell them from the others, best first.
        told: The share of their texts that holds the commonest word or phrase that tells them
            from the others.
    """

    labels: list[str]
    terms: list[list[str]]
    told: list[float] = field(default_factory=list)


def name_groups(
    texts: list[str],
    groups: npt.NDArray[np.int32],
    centrality: npt.NDArray[np.float32],
    count: int,
    brands: frozenset[str] = frozenset(),
    taken: frozenset[str] = frozenset(),
    found: Words | None = None,
    names: frozenset[str] = frozenset(),
    spelled: dict[str, str] | None = None,
    places: Numbers | None = None,
    masked: Flags | None = None,
    vectors: Vectors | None = None,
) -> Naming:
    """Return names for groups of texts.

    Args:
        texts: The texts as they were written.
        groups: The group of each, 0 to ``count`` - 1; -1 for none.
        centrality: How near each lies to the middle of its group; the nearer half counts most.
        brands: Words that no name may hold.
        taken: Labels that are in use already.
        found: What the texts are about; all their words by default.
        names: Words of products: a name may hold them, and says more than they do.
        spelled: What `surfaces` says of the texts, where it is known.
        places: Where each of the words found stands; see `Matter`.
        masked: Which of them a known name follows.
        vectors: Of the texts, by the shipped table, where they are known.
    """
    weights = _weights(groups, centrality, count)
    said = words(texts) if found is None else found
    phrases = Phrases(said, groups, weights, count, brands, names, places, masked)
    meanings = Meanings(said, groups, weights, count, vectors)
    candidates = phrases.candidates(meanings)
    forms = surfaces(texts) if spelled is None else spelled
    ranked = [[forms_of(each.phrase, forms) for each in found] for found in candidates]
    parts_of = {phrase: stems_of(phrase) for found in ranked for phrase in found}
    labels: list[str] = []
    bare: list[int] = []
    # What stands second in a label is not its theme's own: another theme may be named by it.
    used = _Used(label.split(BETWEEN)[0] for label in taken)
    for group in range(count):
        free = [
            each
            for each, phrase in zip(candidates[group], ranked[group], strict=True)
            if not used.takes(parts_of[phrase])
        ]
        label = forms_of(_chosen(free, phrases, group), forms)
        if not label:
            bare.append(group)
        label = label or _fallback(texts, groups, centrality, group)
        while stems_of(label) in used:
            label = f"{label} {group}"
        used.add(label)
        labels.append(label)
    # Only when each group has its own label: a companion takes none from a group of its matter.
    companions = Companions(phrases, groups, weights, meanings)
    for group in range(count):
        if group in bare:
            continue
        label = labels[group]
        used.remove(label)
        own = stems_of(label)
        # Their spelling is as people write it; what texts hold is looked up without accents.
        plainly = dict(zip(ranked[group], candidates[group], strict=True))
        others = [
            each
            for phrase, each in plainly.items()
            if phrase != label
            and not used.takes(parts_of[phrase])
            and not used.takes(own | parts_of[phrase])
        ]
        phrase = plainly[label].phrase
        beside = companions.of(phrase, others, group)
        if beside:
            labels[group] = forms_of(companions.together(phrase, beside, group), forms)
        used.add(labels[group])
    terms = [
        # What a label says in one phrase stands in texts as two.
        _distinct([*(said for part in label.split(BETWEEN) for said in alternatives(part)), *more])
        for label, more in zip(labels, ranked, strict=True)
    ]
    return Naming(labels, terms, phrases.told(candidates))


def _chosen(free: list[Candidate], phrases: Phrases, group: int) -> str:
    """Return the name of a group: the best phrase of several words, unless it is far too narrow.

    Guests who write about the location do not write about a convenient one. What is asked or
    wrong is not left out, however few write it so.
    """
    if not free:
        return ""
    most = max(each.worth for each in free)
    told = [
        each
        for each in free
        if len(stems_of(each.phrase) - {NOT}) > 1
        and each.share >= _TOLD
        and each.worth >= most * (_WRONG_WORTH if phrases.troubled(each.phrase) else _WORTH)
        and each.alike >= free[0].alike - _FARTHER
    ]
    bare = NOT in stems_of(free[0].phrase)
    label = free[0] if bare or not told else told[0]
    least = label.alike + (_NEARER if phrases.asks(label.phrase) else 0)
    if label.share < _NARROW and not phrases.troubled(label.phrase):
        for word, share, _, alike in free:
            noun = len(stems_of(word)) == 1 and stems_of(word) < stems_of(label.phrase)
            broad = share >= _BROAD and alike >= least and phrases.stands_alone(word, group)
            nearer = share >= max(_OFTEN, _OFTENER * label.share) and alike >= label.alike + _NEARER
            if noun and (broad or (nearer and not phrases.asks(word))):
                return word
    return label.phrase


class _Used:
    """The labels that are in use; those of several words are found by any of them."""

    def __init__(self, labels: Iterable[str]) -> None:
        self._labels: set[frozenset[str]] = set()
        self._holding: defaultdict[str, set[frozenset[str]]] = defaultdict(set)
        for label in labels:
            self.add(label)

    def __contains__(self, parts: frozenset[str]) -> bool:
        return parts in self._labels

    def add(self, label: str) -> None:
        """Take a label for used."""
        parts = stems_of(label)
        self._labels.add(parts)
        if len(parts) > 1:
            for part in parts:
                self._holding[part].add(parts)

    def remove(self, label: str) -> None:
        """Set a label free."""
        parts = stems_of(label)
        self._labels.remove(parts)
        for part in parts:
            self._holding[part].discard(parts)

    def takes(self, parts: frozenset[str]) -> bool:
        """Whether a label of these stems says what another says, or a word more or less of it."""
        if parts in self._labels:
            return True
        if len(parts) < 2:
            return False
        beside = set().union(*(self._holding.get(part, ()) for part in parts))
        return any(parts < other or other < parts for other in beside)


def _weights(
    groups: npt.NDArray[np.int32], centrality: npt.NDArray[np.float32], count: int
) -> npt.NDArray[np.float64]:
    """Return 1 for the nearer half of each group's texts and .25 for the rest, 0 for none."""
    weights = np.where(groups >= 0, 0.25, 0.0)
    for group in range(count):
        members = np.flatnonzero(groups == group)
        if len(members):
            middle = np.median(centrality[members])
            weights[members[centrality[members] >= middle]] = 1.0
    return weights


def _distinct(phrases: list[str]) -> list[str]:
    """Return the first phrases that add a word to those before them."""
    kept: list[str] = []
    seen: set[str] = set()
    for phrase in phrases:
        parts = stems_of(phrase)
        if phrase and not parts <= seen:
            kept.append(phrase)
            seen |= parts
        if len(kept) == TERMS:
            break
    return kept


def _fallback(
    texts: list[str],
    groups: npt.NDArray[np.int32],
    centrality: npt.NDArray[np.float32],
    group: int,
) -> str:
    """Return the first words of a short central text: a group of small words has no phrase."""
    members = np.flatnonzero(groups == group)
    if not len(members):
        return f"theme {group}"
    order = members[np.argsort(-centrality[members], kind="stable")]
    central = min((texts[int(member)] for member in order[:5]), key=lambda text: (len(text), text))
    said = _SURFACE.findall(NOISE_PATTERN.sub(" ", central.lower()))
    kept = [part for part in said if not any(map(str.isdigit, part))]
    return " ".join(kept[:4]) or f"theme {group}"


def surfaces(texts: list[str]) -> dict[str, str]:
    """Return how each word is mostly spelled, accents and apostrophes as people write them."""
    spelled: Counter[str] = Counter()
    letters = "\n".join(texts).lower().encode("utf-8", "replace").translate(_PARTED)
    for run, count in Counter(letters.split()).items():
        for part in [run.decode()] if run.isalnum() else _SURFACE.findall(run.decode()):
            spelled[part] += count
    odd = [part for part in spelled if not part.isascii() or not part.isalnum()]
    best: dict[str, tuple[int, str]] = {}
    for part, cut in zip(odd, plain(odd).to_pylist(), strict=True):
        form = part.replace("’", "'")
        best[cut] = max(best.get(cut, (spelled.get(cut, 0), cut)), (spelled[part], form))
    return {cut: form for cut, (_, form) in best.items()}


def forms_of(phrase: str, forms: dict[str, str]) -> str:
    """Return a phrase of plain words as people write it."""
    return _PART.sub(lambda part: forms.get(part[0], part[0]), phrase)


def brand_words(texts: list[str], share: float = 0.02) -> frozenset[str]:
    """Return the words of the handles that many texts name: ``@SpotifyCares`` is no theme."""
    handles: Counter[str] = Counter()
    for text in texts:
        if "@" in text:
            handles.update(set(_HANDLE.findall(text)))
    found: set[str] = set()
    for handle, count in handles.items():
        if count >= max(3, share * len(texts)):
            parts = [part.lower() for part in _HANDLE_PART.findall(handle)]
            found |= {handle.lower(), *parts, "".join(p for p in parts if p not in _COMMON_PARTS)}
    return frozenset(found - _COMMON_PARTS)


_HANDLE = re.compile(r"(?<!\w)@(\w{2,30})")
_HANDLE_PART = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_COMMON_PARTS = frozenset(
    {"", "air", "airways", "ask", "bank", "care", "cares", "customer", "help", "helps", "mobile",
     "official", "online", "service", "shop", "status", "store", "support", "team", "the"}
)  # fmt: skip
