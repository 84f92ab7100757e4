"""What messages show beside their theme: words beside a message, and shares of contacts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from goodwill import language
from goodwill.figures import Figure, ratio, share_figure
from goodwill.generations import Reader
from goodwill.report.shapes import Gauge
from goodwill.tables import SIGNALS, low_rating_sql

SHOWN = 0.5
"""A message shows a signal from this probability on."""
STRONG = 0.8
"""A strong signal is said in a word beside its message."""
MOST = 3
"""So many words at most stand beside a message."""
_BESIDE = (
    "complaint", "anger", "frustration", "disappointment", "worry", "severity", "effort",
    "already_contacted", "threat_to_leave", "competitor_named", "switched_to_competitor", "hostile",
    "dishonesty", "praise_of_person", "thanks",
)  # fmt: skip
_HOW_BAD = {
    "complaint": "Complain",
    "threat_to_leave": "Threaten to leave",
    "anger": "Are angry",
    "already_contacted": "Say that they wrote before",
    "competitor_named": "Name a competitor",
    "switched_to_competitor": "Say that they go to a competitor",
}
_IF_ANY = ("competitor_named", "switched_to_competitor")
"""What few problems have to do with is said where a contact shows it."""
_SHARES = tuple(name for name in SIGNALS if name != "sentiment")
"""Sentiment is a scale: .5 is neutral, so no share of it is counted."""


@dataclass(frozen=True, slots=True)
class SignalShare:
    """How many contacts of the Book show a signal."""

    name: str
    languages: tuple[str, ...]
    """The languages that it is read in."""
    contacts: int
    """Contacts that show it."""
    people: int
    """Known customers who sent them."""
    share: Figure

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill signals --json`` prints them."""
        return asdict(self) | {
            "languages": list(self.languages),
            "share": self.share.as_dict(),
        }


def words_sql(of: str = "s") -> str:
    """Return the SQL of the strongest signals of a message as words; null when none is strong."""
    known = ", ".join(
        f"{{'p': -{of}.{name}, 'place': {place}, 'word': '{name.replace('_', ' ')}'}}"
        for place, name in enumerate(_BESIDE)
    )
    return f"""nullif(array_to_string(
        [each.word FOR each IN list_sort([each FOR each IN [{known}] IF each.p <= -{STRONG}])
        ][1:{MOST}], ', '), '')"""


def public_complaint_sql(of: str = "m") -> str:
    """Return the condition that a row of the page table `messages` is a public complaint.

    A rating decides where there is one, else the signal; where that abstains, a public contact is
    taken for a complaint. What only says thanks or goodbye is none.
    """
    return f"""({of}.direction = 'in' AND {of}.public AND CASE
        WHEN {of}.rating IS NOT NULL THEN ({low_rating_sql()})
        WHEN {of}.closing THEN false
        ELSE coalesce({of}.complaint >= {SHOWN}, true) END)"""


def how_bad(reader: Reader, theme_id: int) -> tuple[Gauge, ...]:
    """Return the shares of a problem's contacts that sound bad, where they are measured."""
    shares = _shares(reader, tuple(_HOW_BAD), {"theme_id": theme_id})
    return tuple(
        Gauge(name, _HOW_BAD[name], found.share)
        for name, found in shares.items()
        if found.share.value is not None and (found.contacts or name not in _IF_ANY)
    )


def signals(reader: Reader) -> tuple[SignalShare, ...]:
    """Return how many contacts of the Book show each signal."""
    return tuple(_shares(reader, _SHARES, {}).values())


def _shares(
    reader: Reader, names: tuple[str, ...], where: Mapping[str, Any]
) -> dict[str, SignalShare]:
    within = " AND ".join(["direction = 'in'", *(f"{column} = ?" for column in where)])
    counts = ", ".join(
        f"count({name}) AS {name}_read, count(DISTINCT customer_no) FILTER ({name} IS NOT NULL)"
        f" AS {name}_whose, count(*) FILTER ({name} >= {SHOWN}) AS {name}_shown,"
        f" count(DISTINCT customer_no) FILTER ({name} >= {SHOWN}) AS {name}_people"
        for name in names
    )
    values = list(where.values())
    row = reader.dicts(f"SELECT {counts} FROM signals WHERE {within}", values)[0]
    contacts = reader.rows(f"SELECT count(*) FROM messages WHERE {within}", values)[0][0]
    return {
        name: SignalShare(
            name,
            tuple(language.SIGNALS[name]),
            row[f"{name}_shown"],
            row[f"{name}_people"],
            share_figure(
                row[f"{name}_shown"],
                row[f"{name}_read"],
                "signal_share",
                people=row[f"{name}_whose"],
                coverage=ratio(row[f"{name}_read"], contacts),
                records={
                    "table": "signals",
                    "where": {**where, "direction": "in", f"{name}>=": SHOWN},
                },
                empty="No contact is in a language that this signal reads.",
            ),
        )
        for name in names
    }
