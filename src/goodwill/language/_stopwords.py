"""Words that no theme is named by, in English, Spanish and Portuguese, as `_words` cuts them."""

from __future__ import annotations

from importlib.resources import files


def _lists() -> dict[str, frozenset[str]]:
    text = (files("goodwill.language") / "data" / "small_words.txt").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    name = ""
    for line in text.splitlines():
        if line.startswith("["):
            name = line.strip("[]")
        elif not line.startswith("#"):
            found.setdefault(name, set()).update(line.split())
    return {name: frozenset(words) for name, words in found.items()}


LISTS = _lists()

NOT = "not"

JOINING = LISTS["joining"]
"""Small words that a phrase keeps between two of its words: "cash on delivery"."""

ARTICLES = LISTS["articles"]
"""Articles and possessives: a noun follows them."""

AUXILIARY = LISTS["auxiliary"]
"""Auxiliary verbs and conjunctions beside those among the small words: no label holds one."""

PARTING = LISTS["parting"]
"""Words over which no phrase goes: subjects, conjunctions and question words."""

REQUESTS = LISTS["requests"]
"""Verbs of what customers ask for: a label is better for one."""

LIGHT = LISTS["light"]
"""Small words that say what is asked, beside others, where they tell a theme: "new card"."""

NEGATIONS = LISTS["not"]
"""English words that a label writes as ``not``."""

DENIED_IN_SPANISH = LISTS["denied_in_spanish"]
"""Spanish words behind "no" that make it a denial."""

LEADING = LISTS["leading"] | {NOT}
"""Negations: a phrase may begin with them and must not end with them."""

WEAK = LISTS["weak"]
"""Words that a phrase may hold; alone they say too little."""

WEAK_ABROAD = LISTS["weak_abroad"]
"""The same in Spanish and Portuguese; only labels ask for them."""

SMALL = (LISTS["en"] | LISTS["es"] | LISTS["pt"]) - NEGATIONS - LEADING
"""Words that are left out of phrases: they join, greet, count, date or complain."""

TELLING = frozenset({"twice", "back"})
"""Small words that make a label say more: "charged twice", "money back"."""

THANKS = LISTS["thanks"]
"""Words by which a clause thanks or says good-bye."""

GREETING = LISTS["greeting"]
"""Words that begin a greeting."""

COURTESY = LISTS["courtesy"] | THANKS | GREETING
"""Words of clauses that thank, greet, agree or close; other clauses may hold them too."""

RESOLVED = LISTS["resolved"]
"""Words of a matter that is over, or answered; with a negation it is not."""

SERVICES = LISTS["services"]
"""Words that lines of an order may hold and messages are about; they name no product."""

WHERE = LISTS["where"]
"""Question words that make a question of a weak word alone: "where is my order"."""

TROUBLE = LISTS["trouble"]
"""Signs of a complaint."""

NEED = LISTS["need"]
"""Signs of a question or a wish."""

PRAISE = LISTS["praise"]
"""Signs of praise."""

HARMLESS, BETWEEN_DENIED = LISTS["harmless"], LISTS["between"]
"""Faults that are praise when they are denied, and what may stand between: "not one complaint"."""

ASKING = LISTS["asking"]
"""Words that begin a question."""
