"""Ratings that look as if a mail's link scanner had clicked them: told, never dropped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ._cells_sql import literal
from ._recipe import TableMapping

SECONDS = 10
"""Two different ratings of one conversation or customer within these are no person's."""


def scanner_notes(con: Any, folder: Path, mappings: Mapping[int, TableMapping]) -> list[str]:
    """Say how many of the staged ratings came beside another one of the same within seconds.

    Scanners of mails follow every link of a message, also those of all ratings at once.
    """
    files = [str(f) for f in _rated(folder, mappings)]
    if not files:
        return []
    listed = ", ".join(literal(f) for f in files)
    who = "coalesce('t' || thread_id, 'c' || customer_ref)"
    window = f'OVER (PARTITION BY {who}, rating_scale ORDER BY "at", contact_id)'
    near = f'CAST({{0}}("at") {window} - "at" AS INTERVAL)'
    other = f"{{0}}(rating) {window} <> rating"
    soon = " OR ".join(
        f"(abs(epoch({near.format(side)})) <= {SECONDS} AND {other.format(side)})"
        for side in ("lag", "lead")
    )
    found = con.execute(
        f"SELECT count(*) FILTER (WHERE soon) FROM (SELECT {soon} AS soon "
        f"FROM read_parquet([{listed}]) WHERE rating IS NOT NULL AND direction = 'in' "
        f"AND {who} IS NOT NULL)"
    ).fetchall()[0][0]
    if not found:
        return []
    return [
        f"{found} ratings differ from another of the same customer or conversation within "
        f"{SECONDS} seconds, as clicks of a mail's link scanner do: they were kept"
    ]


def _rated(folder: Path, mappings: Mapping[int, TableMapping]) -> Iterable[Path]:
    for number, mapping in mappings.items():
        if mapping.table == "contacts" and "rating" in mapping.fields:
            yield from sorted(folder.glob(f"rows-{number}-*.parquet"))
