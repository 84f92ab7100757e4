"""Draw the messages whose signals were labelled by hand: by chance, and by nearness of meaning.

    python models/signals/draw.py ../shared/data > drawn.tsv

Two strata. *chance*: 240 messages drawn by a hash of their ids (100 tweets to a music service, 100
to airlines, 40 to two shops). *near*: 16 more for each of ten sentences that state a rare signal,
drawn by hash from the 300 messages nearest to the sentence in the encoder's vectors; then 25 more
for each of the seven rarest, in which only the rare signals were labelled (*rare*). No word list or
rule takes part, so that what is drawn does not favour a way of saying it.
"""

from __future__ import annotations

import csv
import sys
from hashlib import sha256
from pathlib import Path

import numpy as np

from goodwill.language import encode

CHANCE = {"spotify": 100, "airline": 100, "brands": 40}
STATED = {
    "threat_to_leave": "I am cancelling my account and switching to another company",
    "already_contacted": "I have already called and written to you several times, no answer",
    "competitor_named": "your competitor is better than you and cheaper",
    "hostile": "you are idiots, useless piece of garbage",
    "dishonesty": "you lied to me, this is a scam, you are thieves",
    "praise_of_person": "the agent who helped me was wonderful, kind and friendly",
    "closing": "thanks, it works now, all solved",
    "promise_mentioned": "you promised me that it would be done by yesterday",
    "want": "please add this feature, I wish that you offered it",
    "stereotype": "typical, all companies like you are the same",
}
NEAREST, EACH, MORE = 300, 16, 25
RAREST = tuple(STATED)[:6] + ("promise_mentioned",)


def messages(data: Path) -> dict[str, tuple[str, str]]:
    """Return (set, text) of each message of a customer, by its id."""
    found: dict[str, tuple[str, str]] = {}
    for name, path in (
        ("spotify", "spotify_support/support_requests.csv"),
        ("airline", "airline_tweets/Tweets.csv"),
        ("brands", "brand_replies/threads.csv"),
    ):
        with (data / path).open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                ours = name == "brands" and row["inbound"] != "True"
                if row["text"] and row["tweet_id"].isdigit() and not ours:
                    found[f"{name}:{row['tweet_id']}"] = (name, row["text"])
    return found


def chance(key: str) -> str:
    """Return a number drawn for an id: the same on every machine."""
    return sha256(key.encode()).hexdigest()


def drawn(data: Path) -> list[tuple[str, str, str]]:
    """Return (id, stratum, text) of the messages to label, in an order that tells nothing."""
    known = messages(data)
    order = sorted(known, key=chance)
    taken: dict[str, str] = {}
    for name, count in CHANCE.items():
        taken |= dict.fromkeys([key for key in order if known[key][0] == name][:count], "chance")
    vectors = encode([known[key][1] for key in order])

    def take(stratum: str, signals: tuple[str, ...], count: int) -> list[str]:
        before = set(taken)
        for signal in signals:
            alike = vectors @ encode([STATED[signal]])[0]
            near = [order[n] for n in np.sort(np.argsort(-alike, kind="stable")[:NEAREST])]
            fresh = [key for key in near if key not in taken][:count]
            taken.update(dict.fromkeys(fresh, f"{stratum} {signal}"))
        return sorted(set(taken) - before, key=lambda key: chance("order " + key))

    take("near", tuple(STATED), EACH)
    keys = sorted(taken, key=lambda key: chance("order " + key))
    keys += take("rare", RAREST, MORE)
    return [(key, taken[key], known[key][1]) for key in keys]


if __name__ == "__main__":
    writer = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
    writer.writerows((key, stratum, " ".join(text.split()))
                     for key, stratum, text in drawn(Path(sys.argv[1])))  # fmt: skip
