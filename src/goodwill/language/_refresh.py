"""The step of ``refresh`` that files every inbound message of a customer under a theme.

Themes are found on the first run from a bounded sample and kept in the Book. Later runs only
assign, until a refit is due; a refit adds what is new and leaves every id where it was.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from goodwill.engine import Engine
from goodwill.language._carry import Former, carried
from goodwill.language._discover import themes_of
from goodwill.language._edits import Edit, edits_of, standing
from goodwill.language._encoder import Encoder, TextEncoder, Vectors, shipped
from goodwill.language._extend import extend
from goodwill.language._graph import Labels
from goodwill.language._matter import name_words
from goodwill.language._naming import namer, rename
from goodwill.language._replay import Replay, Times
from goodwill.language._sample import Gatherer
from goodwill.language._themes import Themes, kept_themes
from goodwill.language._vectors import VECTORS, decoded, drop_vectors, keep_vectors
from goodwill.tables import DERIVED

Progress = Callable[[int, int, str], None]

GROWTH = 1.5
"""A refit is due when there are this many times the messages of the last one."""
UNFILED = 0.2
"""A refit is due when this share of the messages has no theme and there are more than before."""
PRODUCTS = 5000
"""Names of products, most sold first, that are kept apart from what messages are about."""
_LABEL = "find themes"


def texts_sql(vectors: bool = False) -> str:
    """Return the SELECT of the messages that get a theme: inbound, by customers, with words.

    Args:
        vectors: Take their vectors from the table that `keep_vectors` left.
    """
    text = "CASE WHEN trim(coalesce(text, '')) = '' THEN subject ELSE text END AS text"
    who = (
        "direction = 'in' AND coalesce(author_role, 'customer') = 'customer'"
        " AND trim(coalesce(text, '') || coalesce(subject, '')) <> ''"
    )
    if not vectors:
        return f'SELECT source, contact_id, "at", {text} FROM contacts WHERE {who}'
    return (
        f'SELECT c.source, c.contact_id, c."at", {text}, v.vector FROM contacts AS c'
        f" LEFT JOIN {VECTORS} AS v ON v.source = c.source AND v.contact_id = c.contact_id"
        f" WHERE {who}"
    )


def find_themes(
    engine: Engine,
    folder: Path,
    *,
    refit: bool = False,
    naming: tuple[str, str] = ("", ""),
    encoder: TextEncoder | None = None,
    cache: Path | None = None,
    former: Former | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Leave the tables ``themes`` and ``contact_themes`` of all contacts in the engine.

    What people changed about themes is replayed over what was found.

    Args:
        engine: Holds the tables ``contacts`` and ``orders``.
        folder: Where the themes are kept from one run to the next.
        refit: Look for new themes though no refit is due. Ids of known themes stay.
        naming: Address and model that name new themes; off without an address.
        encoder: What reads the messages; the shipped one by default.
        cache: Where vectors are kept from one run to the next, of an encoder that needs it.
        former: Returns an encoder that the Book had before, by its name: by it known themes are
            found again.
        progress: Is told messages done, messages in all and what is done.

    Returns:
        What became of the messages: how many there are (``messages``), say something (``say``),
        have a theme (``filed``), stand under a muted one (``muted``) or fit none (``unfiled``),
        by month (``months``); the themes' ``version``; the edits that were replayed (``standing``).
    """
    edits = edits_of(folder)
    themes = kept_themes(folder / "themes.npz")
    names = themes.names if themes is not None and len(themes) else _products(engine)
    reading = encoder or shipped()
    # A table of words is read faster than its vectors would be kept.
    dear = not isinstance(reading, Encoder)
    if dear:
        assert cache is not None
        keep_vectors(engine, cache, reading, names, progress=progress)
    elif cache is not None:
        drop_vectors(cache)
    total = int(engine.scalar(f"SELECT count(*) FROM ({texts_sql()}) AS texts"))
    run = _Run(engine, folder, total, names, reading, dear, naming, edits, former, progress)
    fitted = False
    if themes is None or refit or themes.encoder != reading.name \
            or total >= GROWTH * max(themes.fitted_on, 1):  # fmt: skip
        themes = run.fit(themes)
        fitted = True
    else:
        themes.encoding = reading
    replay = run.assign(themes)
    unfiled = int(engine.scalar("SELECT count(*) FROM contact_themes WHERE state = 'unfiled'"))
    if not fitted and total > themes.fitted_on and unfiled > UNFILED * total:
        themes = run.fit(themes)
        replay = run.assign(themes)
    engine.load("themes", _themes_table(engine, themes, replay))
    return {
        "version": themes.version,
        "standing": [edit.edit_id for edit in standing(edits)],
        "messages": total,
        **_states(engine),
    }


def months_sql() -> str:
    """Return the SELECT of how many messages of each month have each state."""
    return (
        'SELECT substr(CAST(c."at" AS VARCHAR), 1, 7) AS month, t.state, count(*) AS messages'
        " FROM contact_themes t"
        " JOIN contacts c ON c.source = t.source AND c.contact_id = t.contact_id"
        " GROUP BY 1, 2 ORDER BY 1, 2"
    )


def _states(engine: Engine) -> dict[str, Any]:
    months: dict[str, dict[str, int]] = {}
    counts = dict.fromkeys(("filed", "muted", "unfiled"), 0)
    for row in engine.arrow(months_sql()).to_pylist():
        counts[row["state"]] += row["messages"]
        if row["month"]:
            months.setdefault(row["month"], {})[row["state"]] = row["messages"]
    return {
        "say": sum(counts.values()),
        **counts,
        "months": [{"month": m, **dict.fromkeys(counts, 0), **months[m]} for m in sorted(months)],
    }


def products_sql() -> str:
    """Return the SELECT of what was ordered most often."""
    return (
        "SELECT product FROM (SELECT product, count(*) AS sold FROM orders"
        " WHERE trim(coalesce(product, '')) <> '' GROUP BY product) AS products"
        f" ORDER BY sold DESC, product LIMIT {PRODUCTS}"
    )


def _products(engine: Engine) -> frozenset[str]:
    """Return the words of the products that the company sells."""
    return name_words(engine.arrow(products_sql()).column(0).to_pylist())


@dataclass(frozen=True, slots=True)
class _Run:
    """What finding themes and filing messages under them share."""

    engine: Engine
    folder: Path
    total: int
    names: frozenset[str]
    encoder: TextEncoder
    dear: bool
    naming: tuple[str, str]
    edits: Sequence[Edit]
    former: Former | None
    progress: Progress | None

    def fit(self, themes: Themes | None) -> Themes:
        """Return the themes with what they lack, or those of another encoder, and keep them."""
        known = themes is not None and len(themes) > 0
        first = len(themes) if themes is not None else 0
        gathered = Gatherer(self.names, encoder=self.encoder)
        done = 0
        for batch in self.engine.batches(texts_sql(self.dear)):
            gathered.add(batch.column("text"), _vectors_of(batch, self.encoder, self.dear))
            done += batch.num_rows
            if self.progress:
                self.progress(done, 2 * self.total, f"{_LABEL}: read")
        sample = gathered.sample()
        taken = [edit.label for edit in standing(self.edits) if edit.label]
        if themes is None or not known:
            themes = themes_of(sample)
        elif themes.encoder != self.encoder.name:
            themes = carried(themes, sample, taken, self.former)
        else:
            themes.encoding = self.encoder
            extend(themes, sample, taken)
        themes.fitted_on = self.total
        if asked := namer(*self.naming):
            rename(themes, sample, first, asked)
        themes.save(self.folder / "themes.npz")
        return themes

    def assign(self, themes: Themes) -> Replay:
        """Leave ``contact_themes`` in the engine, and return the edits over the themes."""
        replay = Replay(themes, self.edits)
        filing = _Filing(themes, replay, self.encoder, self.dear, self.total, self.progress)
        spec = DERIVED["contact_themes"]
        self.engine.map_arrow("contact_themes", texts_sql(self.dear), filing, spec.schema)
        return replay


def _vectors_of(batch: pa.RecordBatch, encoder: TextEncoder, dear: bool) -> Vectors | None:
    return decoded(batch.column("vector"), encoder.dimensions) if dear else None


class _Filing:
    """Gives each message of a batch its theme; those that say nothing are left out."""

    def __init__(
        self,
        themes: Themes,
        replay: Replay,
        encoder: TextEncoder,
        dear: bool,
        total: int,
        progress: Progress | None,
    ) -> None:
        self._themes = themes
        self._encoder = encoder
        self._dear = dear
        self._replay = replay
        self._total = total
        self._done = 0
        self._progress = progress

    def __getstate__(self) -> dict[str, Any]:
        # Another process cannot draw on this one's terminal.
        return {**self.__dict__, "_progress": None}

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        texts = batch.column("text")
        at = batch.column("at").cast(pa.timestamp("us")).to_numpy(zero_copy_only=False)
        vectors = _vectors_of(batch, self._encoder, self._dear)
        found, alike, rows, others = self._themes.nearest_and_further(texts, vectors)
        fits = alike[:, 0] >= self._themes.cut_off
        ids = self._replay.file(np.where(fits, found[:, 0], -1).astype(np.int32), texts, at)
        first = np.where(fits & (found[:, 0] >= 0), ids, self._replay.near(found[:, 0]))
        second = self._replay.near(found[:, 1])
        muted = self._replay.muted(ids, at)
        state = np.where(muted, "muted", np.where(ids >= 0, "filed", "unfiled"))
        further = self._further(texts, rows, others, ids, at)
        self._done += batch.num_rows
        if self._progress:
            self._progress(self._total + self._done, 2 * self._total, f"{_LABEL}: assign")
        columns = {
            "source": batch.column("source"),
            "contact_id": batch.column("contact_id"),
            "theme_id": pa.array(ids, mask=(ids < 0) | muted),
            "similarity": alike[:, 0],
            "state": state.tolist(),
            "nearest_id": first,
            "second_id": pa.array(second, mask=second < 0),
            "second_similarity": alike[:, 1],
            "further_ids": further,
        }
        schema = DERIVED["contact_themes"].schema
        says = pa.array(np.flatnonzero(found[:, 0] >= 0))
        arrays = [pa.array(columns[field.name]).cast(field.type).take(says) for field in schema]
        return pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _further(
        self, texts: Any, rows: npt.NDArray[np.int64], found: Labels, own: Labels, at: Times
    ) -> Any:
        """Return the further themes of each message beside ``own``, null where there are none.

        Args:
            texts: All messages.
            rows: Of each further theme its message, and in ``found`` its id before edits.
            own: The theme of each message.
            at: When each was written.
        """
        ids = self._replay.file(found, texts.take(pa.array(rows)), at[rows])
        held = (ids >= 0) & (ids != own[rows]) & ~self._replay.muted(ids, at[rows])
        # An edit may have made two themes one.
        pairs = np.unique(np.stack([rows[held], ids[held]], axis=1), axis=0)
        sizes = np.bincount(pairs[:, 0], minlength=len(texts))
        offsets = np.concatenate(([0], np.cumsum(sizes)))
        return pa.ListArray.from_arrays(
            pa.array(offsets, pa.int32()),
            pa.array(pairs[:, 1], pa.int32()),
            mask=pa.array(sizes == 0),
        )


def _themes_table(engine: Engine, themes: Themes, replay: Replay) -> pa.Table:
    counted = engine.arrow(
        "SELECT nearest_id AS theme_id, count(*) AS contacts FROM contact_themes"
        " WHERE state <> 'unfiled' GROUP BY 1"
    )
    contacts = dict(
        zip(counted["theme_id"].to_pylist(), counted["contacts"].to_pylist(), strict=True)
    )
    rows = [
        {
            "theme_id": row.theme_id,
            "area_id": row.area_id,
            "area": replay.areas[row.area_id],
            "label": row.label,
            "terms": list(row.terms),
            "contacts": contacts.get(row.theme_id, 0),
            "muted": row.muted,
            "pinned": row.pinned,
            "split_from": row.split_from,
            "merged_from": list(row.merged_from),
            "edited_at": row.edited_at,
            "version": themes.version + (f"+{row.last_move}" if row.last_move else ""),
        }
        for _, row in sorted(replay.rows.items())
    ]
    return pa.Table.from_pylist(rows, schema=DERIVED["themes"].schema)
