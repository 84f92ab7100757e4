"""Redaction: texts a CPU second, clean texts changed, recall on planted data.

Clean texts are the questions of Banking77, which hold no personal data. Tweets do hold some, so
that their share says how much is taken, not how much wrongly. Recall is on the planted data of
the tests, which was at hand while the patterns were written: it shows that nothing got lost, and
is no blind figure.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from _bench import data_folder, report, timed
from goodwill.records.privacy import REDACTION_VERSION, redact

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "privacy"))
import planted  # noqa: E402

ROUNDS = 3  # the best of these, since other work on the machine only slows


def _column(path: Path, column: str, names: list[str] | None = None) -> list[str]:
    with path.open(encoding="utf-8") as file:
        return [row[column] for row in csv.DictReader(file, fieldnames=names)]


def _speed(name: str, texts: list[str]) -> dict[str, Any]:
    redact(texts[:200])
    runs = [timed(lambda: redact(texts)) for _ in range(ROUNDS)]
    found = runs[0][0]
    cpu = min(run[2] for run in runs)
    kinds = Counter(span.kind for _, spans in found for span in spans)
    changed = sum(any(span.kind != "handle" for span in spans) for _, spans in found)
    return {
        "set": name,
        "texts": len(texts),
        "texts a CPU s": round(len(texts) / cpu),
        "changed, handles aside": changed,
        "share %": 100 * changed / len(texts),
        "names": kinds["name"],
        "other": sum(kinds.values()) - kinds["name"] - kinds["handle"],
    }


def _recall(name: str, items: list[tuple[str, str]]) -> dict[str, Any]:
    missed = 0
    for text, value in items:
        clean = redact([text])[0][0] or ""
        kept = planted.letters(value)
        missed += bool(kept) and kept in planted.letters(clean)
    return {"set": name, "texts": len(items), "recall %": 100 * (1 - missed / len(items))}


def main() -> None:
    """Run all sets and write ``benchmarks/results/redaction.json``."""
    data = data_folder()
    banking = _column(data / "banking77" / "train.csv", "text")
    banking += _column(data / "banking77" / "test.csv", "text")
    spotify = data / "spotify_support" / "support_requests.csv"
    complaints = data / "complaint_tweets" / "complaints-data.csv"
    rows = [
        _speed("banking77", banking),
        _speed("airline_tweets", _column(data / "airline_tweets" / "Tweets.csv", "text")),
        _speed("spotify_support", _column(spotify, "text")),
        _speed("complaint_tweets", _column(complaints, "text", ["id", "text", "label", "domain"])),
        _recall("planted phones", list(planted.phone_texts())),
        _recall("planted mails", list(planted.mail_texts())),
        _recall("planted numbers", list(planted.number_texts())),
        _recall("planted names", [(text, name) for _, text, name in planted.named_texts()]),
    ]
    report("redaction", rows, redaction_version=REDACTION_VERSION)


if __name__ == "__main__":
    main()
