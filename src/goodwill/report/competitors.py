"""To whom customers go: the competitors that contacts name, and who says that he goes there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from goodwill.figures import Figure, ratio
from goodwill.generations import Reader
from goodwill.report.signals import SHOWN

_MOST = 20
_GOES = f"switched_to_competitor >= {SHOWN}"


@dataclass(frozen=True, slots=True)
class Competitor:
    """A company that customers' contacts name as an alternative, or as where they go."""

    name: str
    people: int
    """Known customers who name it."""
    events: int
    """Contacts that do."""
    named: Figure
    """The same with what it rests on."""
    going: Figure
    """Those of them who say that they go there, or went."""

    def as_dict(self) -> dict[str, Any]:
        """Return plain values, as ``goodwill signals --competitors --json`` prints them."""
        return {
            "name": self.name,
            "people": self.people,
            "events": self.events,
            "named": self.named.as_dict(),
            "going": self.going.as_dict(),
        }


def competitors(reader: Reader, theme_id: int | None = None) -> tuple[Competitor, ...]:
    """Return up to twenty competitors, those first whom most customers name.

    Args:
        reader: The generation.
        theme_id: Of the contacts of this theme alone.
    """
    where: dict[str, Any] = {"direction": "in"}
    if theme_id is not None:
        where["theme_id"] = theme_id
    within = " AND ".join(f"{column} = ?" for column in where)
    values = list(where.values())
    rows = reader.dicts(
        f"""
        SELECT competitor AS name, count(*) AS events, count(DISTINCT customer_no) AS people,
            count(*) FILTER ({_GOES}) AS going_events,
            count(DISTINCT customer_no) FILTER ({_GOES}) AS going_people
        FROM signals WHERE {within} AND competitor IS NOT NULL
        GROUP BY competitor ORDER BY people DESC, events DESC, name LIMIT {_MOST}
        """,
        values,
    )
    if not rows:
        return ()
    read = reader.rows(f"SELECT count(competitor_named) FROM signals WHERE {within}", values)
    contacts = reader.rows(f"SELECT count(*) FROM messages WHERE {within}", values)
    coverage = ratio(read[0][0], contacts[0][0])

    def figure(row: dict[str, Any], key: str, definition: str, **more: Any) -> Figure:
        return Figure(
            row[f"{key}people"], "people", definition, people=row[f"{key}people"],
            events=row[f"{key}events"], coverage=coverage,
            records={"table": "signals", "where": {**where, "competitor": row["name"], **more}},
        )  # fmt: skip

    return tuple(
        Competitor(
            row["name"],
            row["people"],
            row["events"],
            figure(row, "", "competitor_named"),
            figure(row, "going_", "switched_to_competitor", **{"switched_to_competitor>=": SHOWN}),
        )
        for row in rows
    )
