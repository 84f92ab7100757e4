"""Episodes of any table of contacts, without a Book."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from goodwill.engine import DuckDBEngine
from goodwill.errors import InputError
from goodwill.journeys._episodes_sql import episodes_sql, marked_sql
from goodwill.journeys._follow import PLAIN
from goodwill.tables import TIME

_COLUMNS = ("customer_id", "theme_id", "at", "direction", "channel", "public")


def episodes(contacts: Any, *, quiet_days: int = 14) -> pa.Table:
    """Return the episodes of a table of contacts, by the same SQL as `follow`.

    An episode is one customer and one theme, from the first inbound contact until neither side
    wrote for ``quiet_days``. The last ``at`` of the table is now: an episode whose window has not
    run out by then is ``open``, the others are ``quiet``.

    Args:
        contacts: An Arrow, pandas or Polars table (anything with ``__arrow_c_stream__``) with
            columns customer_id, theme_id, at, direction (``in`` or ``out``), channel and public.
            Others are left alone. A time without a zone is UTC. Rows without customer, theme or
            time are in no episode.
        quiet_days: Days without a row that end an episode.

    Returns:
        The table `episodes` up to its column ``status``, ordered by customer, theme and
        opened_at. ``theme_id`` has the type that came in.

    Raises:
        InputError: A column is missing or cannot be read as what it stands for.
    """
    table = _taken(contacts)
    theme = table.schema.field("theme_id")
    plain = PLAIN
    schema = plain.set(plain.get_field_index("theme_id"), theme)
    story = pa.schema(
        [("row_id", pa.int64()), ("customer_id", pa.string()), theme, ("at", TIME),
         ("us", pa.int64()), ("direction", pa.string()), ("channel", pa.string()),
         ("public", pa.bool_())]
    )  # fmt: skip
    engine = DuckDBEngine()
    try:
        engine.load("_given", table)
        engine.save("_story", _story_sql(), story)
        now = int(engine.scalar('SELECT coalesce(max(epoch_us("at")), 0) FROM _given'))
        marked = pa.schema([*story, ("number", pa.int64()), ("opened_us", pa.int64())])
        engine.save("_marked", marked_sql("_story", quiet_days, story.names), marked)
        engine.save("episodes", episodes_sql("_marked", quiet_days, now), schema)
        return engine.arrow(
            "SELECT * FROM episodes ORDER BY customer_id, theme_id, opened_at", schema
        )
    finally:
        engine.close()


def _story_sql() -> str:
    return """
    SELECT row_id, customer_id, theme_id, "at", epoch_us("at") AS us, direction, channel, public
    FROM _given
    WHERE customer_id IS NOT NULL AND theme_id IS NOT NULL AND "at" IS NOT NULL
        AND direction IN ('in', 'out')
    """


def _taken(contacts: Any) -> pa.Table:
    """Return the columns that episodes need, in the types that they need, with a row number."""
    if not (isinstance(contacts, pa.Table) or hasattr(contacts, "__arrow_c_stream__")):
        raise InputError(
            f"contacts is a {type(contacts).__name__}, not a table",
            hint="hand in an Arrow, pandas or Polars table",
        )
    table = contacts if isinstance(contacts, pa.Table) else pa.table(contacts)
    missing = [column for column in _COLUMNS if column not in table.column_names]
    if missing:
        raise InputError(
            f"contacts lacks the columns {', '.join(missing)}",
            hint=f"name its columns {', '.join(_COLUMNS)}",
        )
    found = table.schema.field("theme_id").type
    theme = found if pa.types.is_signed_integer(found) else pa.string()
    kinds = {"at": TIME, "public": pa.bool_(), "theme_id": theme}
    columns = {}
    for column in _COLUMNS:
        kind = kinds.get(column, pa.string())
        try:
            columns[column] = table.column(column).cast(kind)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise InputError(f"column {column} cannot be read as {kind}: {error}") from error
    return pa.table({"row_id": pa.array(range(table.num_rows), pa.int64()), **columns})
