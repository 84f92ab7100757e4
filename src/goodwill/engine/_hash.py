"""The order-independent hash of a table: one implementation, so that engines cannot differ in it.

Every engine streams its rows through DuckDB. A row becomes a text with a tag for the kind of each
value, the text an MD5 of 128 bits, and the four 32-bit words of all rows are added up.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from goodwill.literals import quoted

_WORD = 2**32


def hash_batches(schema: pa.Schema, batches: Iterable[pa.RecordBatch]) -> str:
    """Return the hash of all rows as 32 hex digits."""
    names = sorted(schema.names)
    digest = hashlib.md5(repr(names).encode(), usedforsecurity=False)
    rows = 0
    words = [0, 0, 0, 0]
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        query = hash_sql(schema, "batch")
        for batch in batches:
            connection.register("batch", pa.Table.from_batches([batch]))
            count, *sums = connection.execute(query).fetchall()[0]
            rows += count
            words = [
                (word + int(more or 0)) % _WORD for word, more in zip(words, sums, strict=True)
            ]
            connection.unregister("batch")
    digest.update(repr((rows, words)).encode())
    return digest.hexdigest()


def hash_sql(schema: pa.Schema, name: str) -> str:
    """Return the SELECT of the number of rows and the four sums of the rows' hash words."""
    fields = sorted(schema, key=lambda field: str(field.name))
    row = " || chr(31) || ".join(
        f"coalesce({_text_sql(quoted(field.name), field.type)}, chr(0))" for field in fields
    )
    words = ", ".join(
        f"sum(('0x' || substr(digest, {1 + 8 * word}, 8))::BIGINT)" for word in range(4)
    )
    return f"SELECT count(*), {words} FROM (SELECT md5({row}) AS digest FROM {name})"


def _text_sql(value: str, kind: pa.DataType) -> str:
    """Return SQL for the canonical text of a value; NULL for NULL."""
    if pa.types.is_floating(kind):
        # Adding 0 makes -0.0 a plain 0; 8 decimals of a mantissa are 9 significant digits.
        return f"'f' || format('{{:.8e}}', {value}::DOUBLE + 0.0)"
    if pa.types.is_timestamp(kind):
        return f"'t' || epoch_us({value})::VARCHAR"
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        inner = _text_sql("x", kind.value_type)
        each = f"list_transform({value}, lambda x: coalesce({inner}, chr(0)))"
        return f"'l' || len({value})::VARCHAR || chr(29) || array_to_string({each}, chr(30))"
    if pa.types.is_boolean(kind):
        return f"'b' || {value}::VARCHAR"
    if pa.types.is_integer(kind) or pa.types.is_decimal(kind):
        return f"'i' || {value}::VARCHAR"
    if pa.types.is_date(kind):
        return f"'d' || {value}::VARCHAR"
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return f"'x' || hex({value})"
    return f"'s' || {value}"
