"""The step of ``refresh`` that finds the signals of messages, and keeps them for the next one.

A message is read again when its text, its direction or its language as the source gave it changed,
or when the signals did: the file that keeps them is named after their version. What is kept holds
no text. It is one Parquet file that is replaced whole. The texts are never in memory at once, and
what was found is there once: the table is read from the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from hashlib import blake2b
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goodwill.durable import drafting
from goodwill.engine import Engine
from goodwill.language._encoder import Encoder, TextEncoder
from goodwill.language._signals._competitors import competitors_in, spelled
from goodwill.language._signals._table import SIGNALS, signals_with_language
from goodwill.language._vectors import VECTORS, decoded
from goodwill.tables import DERIVED

Progress = Callable[[int, int, str], None]

OF_AGENTS = ("hostile",)
"""Signals that are read in what the company's people write; the rest are made for customers."""
_SPEC = DERIVED["signals"]
KEPT = pa.schema([*_SPEC.schema, pa.field("mark", pa.string())])
_MARKS = pa.schema([KEPT.field(name) for name in ("source", "contact_id", "mark")])
_LABEL = "find signals"
_KNOWN, _ASKED, _READ = "_signals_known", "_signals_asked", "_signals_read"


def asked_sql() -> str:
    """Return the SELECT of the messages that have signals, each with a mark of what is read.

    Those of customers inbound, and those of the company's people outbound, when they have words.
    """
    text = "CASE WHEN trim(coalesce(text, '')) = '' THEN coalesce(subject, '') ELSE text END"
    return f"""
    SELECT source, contact_id, {text} AS text, language, direction,
        md5({text} || chr(31) || direction || chr(31) || coalesce(language, '')) AS mark
    FROM contacts
    WHERE ((direction = 'in' AND coalesce(author_role, 'customer') = 'customer')
            OR (direction = 'out' AND coalesce(author_role, 'agent') = 'agent'))
        AND trim({text}) <> ''
    """


def unread_sql(vectors: bool = False) -> str:
    """Return the SELECT of the messages of which nothing is kept, with their kept vectors."""
    vector, join = "", ""
    if vectors:
        vector = ", v.vector"
        join = f"LEFT JOIN {VECTORS} AS v ON v.source = a.source AND v.contact_id = a.contact_id"
    return f"""
    SELECT a.source, a.contact_id, a.mark, a.direction, a.language, a.text{vector}
    FROM ({asked_sql()}) AS a
    LEFT JOIN {_KNOWN} AS k
        ON k.source = a.source AND k.contact_id = a.contact_id AND k.mark = a.mark
    {join}
    WHERE k.mark IS NULL
    """


def still_sql() -> str:
    """Return the SELECT of what was kept of messages that are still there."""
    kept = ", ".join(f"k.{name}" for name in KEPT.names)
    return f"""
    SELECT {kept} FROM {_KNOWN} AS k
    JOIN {_ASKED} AS a
        ON a.source = k.source AND a.contact_id = k.contact_id AND a.mark = k.mark
    """


def find_signals(
    engine: Engine,
    folder: Path,
    *,
    competitors: Sequence[str] = (),
    encoder: TextEncoder | None = None,
    progress: Progress | None = None,
) -> int:
    """Leave the table ``signals`` of all messages in the engine.

    Args:
        engine: Holds the table ``contacts``.
        folder: Where what was found is kept from one refresh to the next.
        competitors: Names of companies that customers go to; other ones have all read anew.
        encoder: What `find_themes` read the messages with just before: MiniLM's vectors are taken
            from the engine. Another one has all read anew.
        progress: Is told messages done, messages in all and what is done.

    Returns:
        How many messages were read; the others were known from before.
    """
    names = spelled(competitors)
    listed = "\n".join(names.values()).encode()
    told = "-" + blake2b(listed, digest_size=4).hexdigest() if names else ""
    dear = encoder is not None and not isinstance(encoder, Encoder)
    if encoder is not None and dear:
        told += "-" + blake2b(encoder.name.encode(), digest_size=4).hexdigest()
    file = folder / f"signals-{version()}{told}.parquet"
    known = file.exists()
    engine.load(_KNOWN, [str(file)] if known else KEPT.empty_table())
    total = 0
    if progress:
        total = int(engine.scalar(f"SELECT count(*) FROM ({unread_sql()}) AS unread"))
    width = encoder.dimensions if encoder is not None and dear else 0
    engine.map_arrow(_READ, unread_sql(dear), _Reading(total, progress, names, width), KEPT)
    fresh = int(engine.scalar(f"SELECT count(*) FROM {_READ}"))
    had = int(engine.scalar(f"SELECT count(*) FROM {_KNOWN}"))
    still = 0
    if had:
        engine.save(_ASKED, f"SELECT source, contact_id, mark FROM ({asked_sql()}) AS a", _MARKS)
        still = int(engine.scalar(f"SELECT count(*) FROM ({still_sql()}) AS still"))
    if fresh or still != had or not known:
        if still:
            engine.append(_READ, still_sql(), KEPT)
        engine.drop(_KNOWN)
        _keep(engine, file)
    engine.drop(_ASKED, _READ)
    engine.load(_KNOWN, [str(file)])
    engine.save("signals", f"SELECT {', '.join(_SPEC.schema.names)} FROM {_KNOWN}", _SPEC.schema)
    engine.drop(_KNOWN)
    return fresh


@cache
def version() -> str:
    """Return a mark of everything that a signal depends on; equal marks find the same."""
    digest = blake2b(digest_size=8)
    language = resources.files("goodwill.language")
    own = [entry for entry in (language / "_signals").iterdir()
           if entry.name.endswith((".py", ".toml"))]  # fmt: skip
    shared = [language / name for name in ("_words.py", "_encoder.py", "_languages.py")]
    data = [language / "data" / name for name in ("encoder.npz", "signals-en.npz",
                                                  "signals-en-minilm.npz", "signals-pt.npz",
                                                  "small_words.txt")]  # fmt: skip
    for entry in sorted([*own, *shared, *data], key=lambda each: each.name):
        digest.update(entry.read_bytes())
    return digest.hexdigest()


class _Reading:
    """Finds the signals of a batch of messages."""

    def __init__(
        self, total: int, progress: Progress | None, names: dict[str, str], width: int
    ) -> None:
        self._width = width
        self._total = total
        self._names = names
        self._done = 0
        self._progress = progress

    def __getstate__(self) -> dict[str, Any]:
        # Another process cannot draw on this one's terminal.
        return {**self.__dict__, "_progress": None}

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        texts = pc.fill_null(batch.column("text").cast(pa.string()), "")
        given = batch.column("language").cast(pa.string())
        vectors = decoded(batch.column("vector"), self._width) if self._width else None
        codes, found = signals_with_language(texts, given, tuple(self._names), vectors)
        agent = pc.equal(batch.column("direction").cast(pa.string()), "out")
        rivals = competitors_in(texts, codes, found, self._names)
        nothing = pa.scalar(None, pa.float32())
        columns: dict[str, Any] = {
            **{name: batch.column(name) for name in ("source", "contact_id", "mark")},
            "language": codes,
            "competitor": pc.if_else(agent, pa.scalar(None, pa.string()), rivals),
            **{name: found.column(name) for name in OF_AGENTS},
        }
        for name in SIGNALS:
            if name not in columns:
                columns[name] = pc.if_else(agent, nothing, found.column(name))
        self._done += batch.num_rows
        if self._progress:
            self._progress(self._done, max(self._total, self._done), _LABEL)
        arrays = [pa.array(columns[field.name]).cast(field.type) for field in KEPT]
        return pa.RecordBatch.from_arrays(arrays, schema=KEPT)


def _keep(engine: Engine, file: Path) -> None:
    """Replace what is kept; a refresh that is killed leaves the old file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with drafting(file) as draft:
        # In no order: to sort it takes as much memory as it does.
        engine.write(_READ, draft)
    for old in file.parent.glob("signals-*.parquet"):
        if old != file:
            old.unlink(missing_ok=True)
