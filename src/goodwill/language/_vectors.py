"""Vectors of a Book's messages, where they are dear to make: kept by message and by encoder.

A message is encoded again when its text changed, or when the encoder did: the folder that keeps
them is named after it. What is kept holds no text. It is written in parts as it is made, so that a
refresh that is killed has lost one part; vectors of messages that are gone go at the next refresh.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from goodwill.durable import drafting
from goodwill.engine import Engine
from goodwill.language._encoder import TextEncoder, Vectors
from goodwill.language._matter import matter_of, meaning_of
from goodwill.language._minilm import GRID

Progress = Callable[[int, int, str], None]

PART = 8192
"""Messages that are encoded between two writes."""
PARTS = 64
"""From so many files on they are written as one."""
KEPT = pa.schema([("source", pa.string()), ("contact_id", pa.string()), ("mark", pa.string()),
                  ("vector", pa.binary())])  # fmt: skip
VECTORS = "_vectors"
"""The table of vectors in the engine, with the columns of `KEPT`."""
_FOLDER = "vectors-"
_READ, _ASKED, _ALL = "_vectors_read", "_vectors_asked", "_vectors_all"
_LABEL = "read messages"


def coded(vectors: Vectors) -> Any:
    """Return vectors as a column of bytes."""
    rows = np.clip(np.rint(vectors * GRID), -127, 127).astype(np.int8)
    return pa.array([row.tobytes() for row in rows], pa.binary())


def decoded(column: Any, dimensions: int) -> Vectors:
    """Return the vectors of a column of bytes; zeros for a null."""
    column = pc.fill_null(column, bytes(dimensions))
    data = b"".join(column.to_pylist())
    rows = np.frombuffer(data, np.int8).reshape(-1, dimensions)
    return rows.astype(np.float32) / GRID


def asked_sql() -> str:
    """Return the SELECT of the messages that have a vector: of customers, inbound, with words."""
    text = "CASE WHEN trim(coalesce(text, '')) = '' THEN coalesce(subject, '') ELSE text END"
    return f"""
    SELECT source, contact_id, {text} AS text, md5({text}) AS mark
    FROM contacts
    WHERE direction = 'in' AND coalesce(author_role, 'customer') = 'customer'
        AND trim({text}) <> ''
    """


def unread_sql() -> str:
    """Return the SELECT of the messages of which no vector is kept."""
    return f"""
    SELECT a.source, a.contact_id, a.mark, a.text
    FROM ({asked_sql()}) AS a
    LEFT JOIN {VECTORS} AS k
        ON k.source = a.source AND k.contact_id = a.contact_id AND k.mark = a.mark
    WHERE k.mark IS NULL
    """


def all_sql() -> str:
    """Return the SELECT of the vectors of texts that are still there; none stands twice in it."""
    return f"""
    SELECT DISTINCT k.source, k.contact_id, k.mark, k.vector FROM {VECTORS} AS k
    JOIN {_ASKED} AS a
        ON a.source = k.source AND a.contact_id = k.contact_id AND a.mark = k.mark
    """


def keep_vectors(
    engine: Engine,
    folder: Path,
    encoder: TextEncoder,
    names: frozenset[str] = frozenset(),
    *,
    progress: Progress | None = None,
) -> int:
    """Leave the table ``_vectors`` of all messages of customers in the engine.

    Args:
        engine: Holds the table ``contacts``.
        folder: Where vectors are kept from one refresh to the next.
        encoder: What makes them.
        names: Words of products, which no message is told from another by.
        progress: Is told messages done, messages in all and what is done.

    Returns:
        How many messages were encoded; the others were known from before.
    """
    made_with = "\n".join([encoder.name, *sorted(names)])
    own = folder / f"{_FOLDER}{blake2b(made_with.encode(), digest_size=4).hexdigest()}"
    for old in folder.glob(f"{_FOLDER}*"):
        if old != own:
            shutil.rmtree(old)
    own.mkdir(parents=True, exist_ok=True)
    for draft in own.glob("*.draft"):
        draft.unlink()
    _load(engine, own)
    total = int(engine.scalar(f"SELECT count(*) FROM ({unread_sql()}) AS unread"))
    done = 0
    while done < total:
        some = f"SELECT * FROM ({unread_sql()}) AS unread ORDER BY source, contact_id LIMIT {PART}"
        engine.map_arrow(_READ, some, _Encoding(encoder, names, (done, total), progress), KEPT)
        done += int(engine.scalar(f"SELECT count(*) FROM {_READ}"))
        _write(engine, _READ, own / f"{secrets.token_hex(8)}.parquet")
        engine.drop(_READ, VECTORS)
        _load(engine, own)
    _without_gone(engine, own)
    return total


def drop_vectors(folder: Path) -> None:
    """Remove what `keep_vectors` kept there: no encoder needs it."""
    for old in folder.glob(f"{_FOLDER}*"):
        shutil.rmtree(old)


def drop_cache(folder: Path) -> None:
    """Remove all that a refresh keeps of texts but their vectors, which cost hours to make anew.

    The next refresh removes those of messages that are gone or changed.
    """
    for each in folder.glob("*"):
        if each.is_dir() and not each.name.startswith(_FOLDER):
            shutil.rmtree(each, ignore_errors=True)
        elif not each.is_dir():
            each.unlink(missing_ok=True)


def _load(engine: Engine, own: Path) -> None:
    files = sorted(map(str, own.glob("*.parquet")))
    engine.load(VECTORS, files or KEPT.empty_table())


def _without_gone(engine: Engine, own: Path) -> None:
    """Write one file anew when some vectors are of messages that are gone, or files are many."""
    marks = pa.schema([KEPT.field(name) for name in ("source", "contact_id", "mark")])
    engine.save(_ASKED, f"SELECT source, contact_id, mark FROM ({asked_sql()}) AS a", marks)
    before = sorted(own.glob("*.parquet"))
    has = engine.scalar(f"SELECT count(*) FROM {VECTORS}")
    if has != engine.scalar(f"SELECT count(*) FROM {_ASKED}") or len(before) >= PARTS:
        engine.save(_ALL, all_sql(), KEPT)
        _write(engine, _ALL, own / f"{secrets.token_hex(8)}.parquet")
        engine.drop(_ALL, VECTORS)
        for file in before:
            file.unlink()
        _load(engine, own)
    engine.drop(_ASKED)


def _write(engine: Engine, name: str, file: Path) -> None:
    """Write a table as a file that is there whole or not at all."""
    with drafting(file) as draft:
        engine.write(name, draft, ("source", "contact_id"))


class _Encoding:
    """Encodes a batch of messages."""

    def __init__(
        self,
        encoder: TextEncoder,
        names: frozenset[str],
        done: tuple[int, int],
        progress: Progress | None,
    ) -> None:
        self._encoder = encoder
        self._names = names
        self._done, self._total = done
        self._progress = progress

    def __getstate__(self) -> dict[str, Any]:
        # Another process cannot draw on this one's terminal.
        return {**self.__dict__, "_progress": None}

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        texts = pc.fill_null(batch.column("text").cast(pa.string()), "")
        names = ("source", "contact_id", "mark")
        matter = matter_of(texts, self._names)
        vectors = meaning_of(texts, matter, self._encoder, self._names)
        columns = [*(batch.column(name) for name in names), coded(vectors)]
        self._done += batch.num_rows
        if self._progress:
            self._progress(self._done, self._total, _LABEL)
        arrays = [column.cast(field.type) for column, field in zip(columns, KEPT, strict=True)]
        return pa.RecordBatch.from_arrays(arrays, schema=KEPT)
