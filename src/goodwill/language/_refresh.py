"""The step of ``refresh`` that files every inbound message of a customer under a theme.

Themes are found on the first run from a bounded sample and kept in the Book. Later runs only
assign, until a refit is due; a refit adds what is new and leaves every id where it was.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from goodwill.engine import Engine
from goodwill.errors import BookFormat
from goodwill.language._discover import extend, themes_of
from goodwill.language._sample import Gatherer
from goodwill.language._themes import Themes
from goodwill.tables import DERIVED

Progress = Callable[[int, int, str], None]

GROWTH = 1.5
"""A refit is due when there are this many times the messages of the last one."""
UNFILED = 0.2
"""A refit is due when this share of the messages has no theme and there are more than before."""
_LABEL = "find themes"


def texts_sql() -> str:
    """Return the SELECT of the messages that get a theme: inbound, by customers, with words."""
    return (
        "SELECT source, contact_id,"
        " CASE WHEN trim(coalesce(text, '')) = '' THEN subject ELSE text END AS text"
        " FROM contacts WHERE direction = 'in' AND coalesce(author_role, 'customer') = 'customer'"
        " AND trim(coalesce(text, '') || coalesce(subject, '')) <> ''"
    )


def find_themes(
    engine: Engine, folder: Path, *, refit: bool = False, progress: Progress | None = None
) -> None:
    """Leave the tables ``themes`` and ``contact_themes`` of all contacts in the engine.

    Args:
        engine: Holds the table ``contacts``.
        folder: Where the themes are kept from one run to the next.
        refit: Look for new themes though no refit is due. Ids of known themes stay.
        progress: Is told messages done, messages in all and what is done.
    """
    total = int(engine.scalar(f"SELECT count(*) FROM ({texts_sql()}) AS texts"))
    file = folder / "themes.npz"
    themes = _known(file)
    fitted = False
    if themes is None or refit or total >= GROWTH * max(themes.fitted_on, 1):
        themes = _fit(engine, themes, total, file, progress)
        fitted = True
    _assign(engine, themes, total, progress)
    filed = int(engine.scalar("SELECT count(*) FROM contact_themes"))
    if not fitted and total > themes.fitted_on and total - filed > UNFILED * total:
        themes = _fit(engine, themes, total, file, progress)
        _assign(engine, themes, total, progress)
    engine.load("themes", _themes_table(engine, themes))


def _known(file: Path) -> Themes | None:
    """Return the kept themes; None when there are none, or another encoder found them."""
    try:
        return Themes.load(file)
    except (FileNotFoundError, BookFormat):
        return None


def _fit(
    engine: Engine, themes: Themes | None, total: int, file: Path, progress: Progress | None
) -> Themes:
    gathered = Gatherer()
    done = 0
    for batch in engine.batches(texts_sql()):
        gathered.add(batch.column("text"))
        done += batch.num_rows
        if progress:
            progress(done, 2 * total, f"{_LABEL}: read")
    sample = gathered.sample()
    if themes is None or not len(themes):
        themes = themes_of(sample)
    else:
        extend(themes, sample)
    themes.fitted_on = total
    themes.save(file)
    return themes


def _assign(engine: Engine, themes: Themes, total: int, progress: Progress | None) -> None:
    spec = DERIVED["contact_themes"]
    engine.map_arrow("contact_themes", texts_sql(), _Filing(themes, total, progress), spec.schema)


class _Filing:
    """Gives each message of a batch its theme; those that no theme fits are left out."""

    def __init__(self, themes: Themes, total: int, progress: Progress | None) -> None:
        self._themes = themes
        self._total = total
        self._done = 0
        self._progress = progress

    def __getstate__(self) -> dict[str, Any]:
        # Another process cannot draw on this one's terminal.
        return {**self.__dict__, "_progress": None}

    def __call__(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        ids, alike = self._themes.assign_with_similarity(batch.column("text"))
        filed = pa.array(np.flatnonzero(ids >= 0))
        self._done += batch.num_rows
        if self._progress:
            self._progress(self._total + self._done, 2 * self._total, f"{_LABEL}: assign")
        schema = DERIVED["contact_themes"].schema
        columns = [batch.column("source"), batch.column("contact_id"), ids, alike]
        arrays = [
            pa.array(column).cast(field.type).take(filed)
            for column, field in zip(columns, schema, strict=True)
        ]
        return pa.RecordBatch.from_arrays(arrays, schema=schema)


def _themes_table(engine: Engine, themes: Themes) -> pa.Table:
    counted = engine.arrow("SELECT theme_id, count(*) AS contacts FROM contact_themes GROUP BY 1")
    contacts = dict(
        zip(counted["theme_id"].to_pylist(), counted["contacts"].to_pylist(), strict=True)
    )
    return pa.table(
        {
            "theme_id": themes.ids,
            "area_id": [int(themes.parents[number]) for number in themes.ids],
            "label": [themes.labels[number] for number in themes.ids],
            "terms": [themes.terms[number] for number in themes.ids],
            "contacts": [contacts.get(number, 0) for number in themes.ids],
            "version": [themes.version] * len(themes),
        },
        schema=DERIVED["themes"].schema,
    )
