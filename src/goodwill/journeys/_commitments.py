"""Commitments in a Book: found once in each message of the company, and kept for the next refresh.

A message is read again when its text, its time or its language changed, or when the rules or the
calendar did. What is kept is one file that is replaced whole, so that a refresh which is killed
leaves the old one.
"""

from __future__ import annotations

from hashlib import blake2b
from importlib import resources
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from goodwill.durable import replacing
from goodwill.engine import Engine
from goodwill.journeys._words import NODE
from goodwill.journeys.commitments import Calendar, find_promises
from goodwill.tables import TIME

KEPT = "commitments.parquet"
_S = pa.string()
READ = pa.schema(
    [("source", _S), ("contact_id", _S), ("mark", _S), ("place", pa.int32()), ("what", _S),
     ("words", _S), ("due_at", TIME)]
)  # fmt: skip
"""A row for each promise of a message; one without a place where a message has none."""

SAID = pa.schema(
    [("source", _S), ("contact_id", _S), ("place", pa.int32()), ("what", _S), ("words", _S),
     ("due_at", TIME)]
)  # fmt: skip


def find_commitments(engine: Engine, folder: Path, *, calendar: Calendar | None = None) -> int:
    """Leave the table ``commitments``: what the company's people promised in their messages.

    Args:
        engine: Holds contacts.
        folder: Where what was found is kept from one refresh to the next.
        calendar: The days on which the company works.

    Returns:
        How many messages were read; the others were known from before.
    """
    days = Calendar() if calendar is None else calendar
    file = folder / KEPT
    version = version_of(days)
    known = _known(file, version)
    engine.load("_known", known)
    engine.save("_asked", asked_sql(), pa.schema([("source", _S), ("contact_id", _S),
                                                  ("mark", _S)]))  # fmt: skip
    engine.map_arrow("_read", unread_sql(), _Finding(days), READ)
    fresh = int(engine.scalar("SELECT count(*) FROM (SELECT DISTINCT source, contact_id FROM _read)"
                              " AS fresh"))  # fmt: skip
    engine.save("_all", all_sql(), READ)
    engine.save("commitments", f"SELECT {', '.join(SAID.names)} FROM _all WHERE place IS NOT NULL",
                SAID)  # fmt: skip
    kept = int(engine.scalar("SELECT count(*) FROM _all"))
    if fresh or kept != known.num_rows or not file.exists():
        _keep(engine, file, version)
    engine.drop("_known", "_asked", "_read", "_all")
    return fresh


def version_of(calendar: Calendar) -> str:
    """Return a mark of the rules and the calendar; equal marks find the same promises."""
    digest = blake2b(digest_size=8)
    place = resources.files("goodwill.journeys.commitments")
    for entry in sorted(place.iterdir(), key=lambda each: each.name):
        if entry.name.endswith((".py", ".toml")):
            digest.update(entry.read_bytes())
    days = (sorted(calendar.workdays), sorted(map(str, calendar.holidays)), calendar.time_zone,
            [f"{first}-{last}" for first, last in calendar.hours])  # fmt: skip
    digest.update(repr(days).encode())
    return digest.hexdigest()


def asked_sql() -> str:
    """Return the SELECT of the messages that people of the company wrote, with a mark of each.

    Who wrote an outbound message is taken for a person unless the source says bot or system.
    """
    return f"""
    SELECT source, contact_id,
        md5(coalesce(text, '') || '{NODE}' || coalesce(CAST(epoch_us("at") AS VARCHAR), '')
            || '{NODE}' || coalesce(language, '')) AS mark
    FROM contacts
    WHERE direction = 'out' AND coalesce(author_role, 'agent') = 'agent'
        AND coalesce(trim(text), '') <> ''
    """


def unread_sql() -> str:
    """Return the SELECT of the messages of which nothing is kept."""
    return """
    SELECT c.source, c.contact_id, a.mark, c.text, c.at AS moment, c.language
    FROM _asked AS a
    JOIN contacts AS c ON c.source = a.source AND c.contact_id = a.contact_id
    LEFT JOIN (SELECT DISTINCT source, contact_id, mark FROM _known) AS k
        ON k.source = a.source AND k.contact_id = a.contact_id AND k.mark = a.mark
    WHERE k.mark IS NULL
    """


def all_sql() -> str:
    """Return the SELECT of what was kept of messages that are still there, and of what is new."""
    columns = ", ".join(f"k.{name}" for name in READ.names)
    return f"""
    SELECT {columns} FROM _known AS k
    JOIN _asked AS a ON a.source = k.source AND a.contact_id = k.contact_id AND a.mark = k.mark
    UNION ALL
    SELECT {", ".join(READ.names)} FROM _read
    """


class _Finding:
    """Finds the promises of a batch of messages."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        codes = pc.utf8_slice_codeunits(pc.utf8_lower(batch.column("language").cast(_S)), 0, 2)
        # "und" and "unknown" say that nobody knows: then the words tell.
        languages = pc.if_else(pc.is_in(codes, pa.array(["", "un"])), None, codes)
        found = find_promises(
            batch.column("text"),
            batch.column("moment"),
            calendar=self._calendar,
            language=languages,
        )
        rows = found["row"].to_pylist()
        places: list[int | None] = []
        for number, row in enumerate(rows):
            last = places[-1] if number and rows[number - 1] == row else None
            places.append(1 if last is None else last + 1)
        without = sorted(set(range(batch.num_rows)) - set(rows))
        nothing = [None] * len(without)
        taken = pa.array(rows + without, pa.int64())
        columns = {
            **{name: batch.column(name).take(taken) for name in ("source", "contact_id", "mark")},
            "place": pa.array(places + nothing, pa.int32()),
            "what": pa.array(found["kind"].to_pylist() + nothing, _S),
            "words": pa.array(found["words"].to_pylist() + nothing, _S),
            "due_at": pa.concat_arrays(
                [found["due"].combine_chunks(), pa.nulls(len(without), TIME)]
            ),
        }
        return pa.RecordBatch.from_arrays(
            [
                pa.array(columns[name]).cast(field.type)
                for name, field in zip(READ.names, READ, strict=True)
            ],
            schema=READ,
        )


def _known(file: Path, version: str) -> pa.Table:
    """Return what an earlier refresh found by the same rules and calendar."""
    try:
        table = pq.read_table(file)
    except (FileNotFoundError, pa.ArrowInvalid):
        return READ.empty_table()
    said = (table.schema.metadata or {}).get(b"version", b"").decode()
    return table.cast(READ) if said == version else READ.empty_table()


def _keep(engine: Engine, file: Path, version: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    table = engine.arrow("SELECT * FROM _all ORDER BY source, contact_id, place", READ)
    with replacing(file) as out:
        pq.write_table(table.replace_schema_metadata({"version": version}), out, compression="zstd")
