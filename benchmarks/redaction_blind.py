"""Redaction on sets made without sight of it: recall by kind and language, clean texts changed.

The sets are made anew at each run from ``benchmarks/blind`` (see their READMEs: how they were
made, what they hold, what they do not) and their hashes are checked. An item leaks when any letter
or digit of it is outside what was replaced. Frames repeat with other values, so the intervals are
narrower than the sets deserve; the READMEs say so too.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from scipy.stats import binomtest

from _bench import report
from goodwill.records.privacy import REDACTION_VERSION, redact

BLIND = Path(__file__).resolve().parent / "blind"
SETS = {
    "first": "6f29d57a5ed20fdd6a3c0b2683c83421fa7bbde13c09b3602430e023dc47f19c",
    "second": "5f133d3c339e1040b5bfd5ccf79616ba9946501cf9293f3f48ec3738109b079a",
    "third": "d35df956de34f653d3b74d71a9c3d2205105e2bbb712a0936e6a8364b56dd004",
    "fourth": "3ad91b91944006e4ddbb1645cfe388d6859258c3ea5d35e8b5644de6280b4d10",
    "fifth": "f88fc5ff3ff4a90d72ab27128cf9ea9686d94dda0f91958883ab2a36e00ae08d",
    "sixth": "de6337d3ae7786ba0d707597fd54e74c3079f3d29e94bcb69bb42766a3dabea7",
}
STRUCTURED = ("mail", "phone", "card", "iban", "national_id", "ip")
NAMES = ("name_greeting", "name_signature", "name_introduced", "name_field", "name_mentioned")
LANGUAGES = ("en", "es", "pt", "de")


def _rows(name: str) -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        there = Path(shutil.copytree(BLIND / name, Path(folder) / name))
        [maker] = there.glob("make_*.py")
        subprocess.run([sys.executable, maker], check=True, stdout=subprocess.DEVNULL, cwd=there)
        [made] = there.glob("*.jsonl")
        data = made.read_bytes()
    if hashlib.sha256(data).hexdigest() != SETS[name]:
        raise SystemExit(f"the {name} blind set is not the one whose hash stands in this file")
    return [json.loads(line) for line in data.splitlines()]


def _share(name: str, good: int, of: int) -> dict[str, Any]:
    interval = binomtest(good, of).proportion_ci(method="wilson")
    return {"what": name, "of": of, "%": 100 * good / of, "low": float(100 * interval.low),
            "high": float(100 * interval.high)}  # fmt: skip


def _scored(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = [spans for _, spans in redact([row["text"] for row in rows])]
    kept: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    touched: Counter[str] = Counter()
    keeps: Counter[str] = Counter()
    changed, clean = 0, 0
    for row, spans in zip(rows, found, strict=True):
        hidden = {place for span in spans for place in range(span.start, span.end)}
        for item in row["items"]:
            key = (item["kind"], row["language"])
            total[key] += 1
            places = range(item["start"], item["end"])
            kept[key] += all(p in hidden for p in places if row["text"][p].isalnum())
        for item in row["keep"]:
            keeps[item["kind"]] += 1
            touched[item["kind"]] += any(p in hidden for p in range(item["start"], item["end"]))
        if row["clean"]:
            clean += 1
            changed += any(span.kind != "handle" for span in spans)
    lines = []
    for name, kinds in (("structured", STRUCTURED), *((kind, (kind,)) for kind in STRUCTURED),
                        *((kind, (kind,)) for kind in NAMES)):  # fmt: skip
        keys = [(kind, language) for kind in kinds for language in LANGUAGES]
        line = _share(f"recall, {name}", sum(kept[k] for k in keys), sum(total[k] for k in keys))
        for language in LANGUAGES:
            of = sum(total[kind, language] for kind in kinds)
            line[language] = 100 * sum(kept[kind, language] for kind in kinds) / of
        lines.append(line)
    lines.append(_share("clean texts changed", changed, clean))
    lines += [
        _share(f"taken though it is: {kind}", touched[kind], keeps[kind])
        for kind in sorted(keeps) if touched[kind]
    ]  # fmt: skip
    return lines


def main() -> None:
    """Score the sets and write ``benchmarks/results/redaction_blind.json``."""
    lines = [{"set": name} | line for name in SETS for line in _scored(_rows(name))]
    report("redaction_blind", lines, redaction_version=REDACTION_VERSION)


if __name__ == "__main__":
    main()
