"""Episodes of any table of contacts, without a Book."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from goodwill.engine import DuckDBEngine
from goodwill.errors import InputError
from goodwill.given import arrow, need_columns, texts, times, whole
from goodwill.journeys._episodes_sql import episodes_sql, marked_sql
from goodwill.journeys._follow import PLAIN
from goodwill.journeys._words import given_sql
from goodwill.records.privacy import mask
from goodwill.tables import DIRECTIONS, TIME

_COLUMNS = ("customer_id", "theme_id", "at", "direction", "channel", "public")


def episodes(contacts: Any, *, quiet_days: int = 14) -> pa.Table:
    """Return the episodes of a table of contacts, by the same SQL as `follow`.

    An episode is one customer and one theme, from the first inbound contact until neither side
    wrote for ``quiet_days``. The last ``at`` of the table is now: an episode whose window has not
    run out by then is ``open``, the others are ``quiet``.

    Args:
        contacts: An Arrow, pandas or Polars table, a mapping of columns or a list of mappings,
            with customer_id, theme_id, at (times or ISO texts; without a zone it is UTC),
            direction (``in``, ``out``, or ``internal``, which is left out), channel and public.
            Others are left alone. Rows without customer, theme or time are in no episode.
        quiet_days: Days without a row that end an episode, from 1 on.

    Returns:
        The table `episodes` up to its column ``status``, ordered by customer, theme and
        opened_at. ``theme_id`` has the type that came in.

    Raises:
        InputError: A column is missing or cannot be read as what it stands for, or quiet_days is
            no whole number from 1 on.
    """
    if not isinstance(quiet_days, int) or isinstance(quiet_days, bool) or quiet_days < 1:
        raise InputError(f"quiet_days is {quiet_days!r}, not a whole number of days from 1 on")
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
    return f"""
    SELECT row_id, customer_id, theme_id, "at", epoch_us("at") AS us, direction, channel, public
    FROM _given
    WHERE {given_sql("customer_id")} AND theme_id IS NOT NULL AND "at" IS NOT NULL
        AND direction IN ('in', 'out')
    """


def _taken(contacts: Any) -> pa.Table:
    """Return the columns that episodes need, in the types that they need, with a row number."""
    table = arrow(contacts)
    need_columns(table, _COLUMNS, "contacts")
    themes = whole(table.column("theme_id"))
    table = table.set_column(table.column_names.index("theme_id"), "theme_id", themes)
    found = themes.type
    theme = found if pa.types.is_signed_integer(found) else pa.string()
    kinds = {"public": pa.bool_(), "theme_id": theme}
    columns = {"at": times(table.column("at"), "at")}
    for column in _COLUMNS:
        if column == "at":
            continue
        kind = kinds.get(column, pa.string())
        if kind == pa.string():
            columns[column] = texts(table.column(column), column)
            continue
        try:
            columns[column] = table.column(column).cast(kind)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            held = table.column(column).type
            raise InputError(
                f"column {column} cannot be read as {kind}: it holds {held}"
            ) from error
    columns["direction"] = _directions(columns["direction"])
    return pa.table({"row_id": pa.array(range(table.num_rows), pa.int64()), **columns})


def _directions(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Return directions in the one spelling; null stays null."""
    said = pc.utf8_lower(pc.utf8_trim_whitespace(column))
    for other, direction in (("inbound", "in"), ("outbound", "out")):
        said = pc.if_else(pc.equal(said, other), direction, said)
    known = pc.is_in(said, value_set=pa.array([*DIRECTIONS, None]))
    if pc.any(pc.invert(known)).as_py():
        strange = pc.filter(said, pc.invert(known))[0].as_py()
        raise InputError(
            f"column direction holds {mask(strange)!r}", hint=f"use {', '.join(DIRECTIONS)}"
        )
    return said
