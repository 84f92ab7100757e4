"""How far the links of the chain can be off: what no record settles, taken at both ends.

Counts of the chain are no samples, so that chance is not what they are off by. Three things are:

- *Commitments are found in texts.* Of those found some are none, and some are missed. How many,
  was measured on real answers of two brands that were labelled before the rules were seen
  (``docs/promises.md``); the worse ends of its intervals are taken.
- *An outcome that the data does not show.* Of commitments past their date without a trace, none is
  broken, or all are.
- *Whether a contact repeats one* rests on its theme, unless it says so itself. At the least those
  repeat that say so, or stand in the conversation of an earlier one; at the most all that
  have an earlier one of the same customer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from goodwill.figures import wilson
from goodwill.generations import Reader
from goodwill.report.shapes import Link

FOUND_RIGHT = (12, 15)
"""Of the commitments found in real answers, how many are some."""
FOUND_AT_ALL = (12, 13)
"""Of the commitments in real answers, how many are found."""
CANCELLED = "the order was cancelled"
"""Why a delivery's outcome is unknown when there is nothing left to keep."""
_SIGNS = {
    "broken": ("TRUE", "TRUE"),
    "wrote": ("wrote_at IS NOT NULL", "wrote_at IS NOT NULL"),
    "again": ("again_least_at IS NOT NULL", "again_most_at IS NOT NULL"),
    "public": ("public_at IS NOT NULL", "public_at IS NOT NULL"),
}


def with_doubt(
    reader: Reader, links: Sequence[Link], where: str, values: Sequence[Any]
) -> list[Link]:
    """Return the links with the interval of each count of promises; others stay as they are.

    Args:
        reader: The generation.
        links: Of the chain.
        where: SQL condition on the table `promises` that chooses those to follow.
        values: Its parameters.
    """
    counts = ", ".join(
        f"count(*) FILTER (sure AND {least}) AS {key}_sure, "
        f"count(*) FILTER (found AND settled AND {least}) AS {key}_found, "
        f"count(*) FILTER (NOT found AND {most}) AS {key}_most, "
        f"count(*) FILTER (found AND {most}) AS {key}_found_most"
        for key, (least, most) in _SIGNS.items()
    )
    row = reader.dicts(
        f"""
        SELECT {counts}
        FROM (
            SELECT *, kind = 'commitment' AS found, status = 'broken' AS settled,
                kind <> 'commitment' AND status IN ('broken', 'overdue') AS sure
            FROM promises
            WHERE due_at IS NOT NULL AND status IN ('broken', 'overdue', 'unknown')
                AND coalesce(reason, '') <> '{CANCELLED}' AND {where}
        )
        """,
        list(values),
    )[0]
    right = wilson(*FOUND_RIGHT)[0]
    all_found = wilson(*FOUND_AT_ALL)[0]
    told = []
    for link in links:
        if link.key not in _SIGNS or link.events is None or link.people is None:
            told.append(link)
            continue
        count = int(link.events.value or 0)
        low = row[f"{link.key}_sure"] + row[f"{link.key}_found"] * right
        high = row[f"{link.key}_most"] + row[f"{link.key}_found_most"] / all_found
        low, high = min(round(low), count), max(round(high), count)
        if low == high == count:
            told.append(link)
            continue
        people = int(link.people.value or 0)
        told.append(
            replace(
                link,
                events=replace(link.events, low=low, high=high),
                people=replace(
                    link.people,
                    low=round(people * low / count) if count else 0,
                    high=round(people * high / count) if count else high,
                ),
            )
        )
    return told
