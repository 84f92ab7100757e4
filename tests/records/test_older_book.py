"""A Book whose tables were made before a column was added goes on working."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from deltalake import DeltaTable, write_deltalake

from goodwill.records import Store, add
from goodwill.records._store import rows_sql, schema_of
from goodwill.tables import FACTS
from records.conftest import CONTACTS, contact

Write = Callable[..., Path]


def test_an_older_table_is_read_and_then_widened_by_the_next_import(
    store: Store, write: Write
) -> None:
    add(store, [write("a.csv", CONTACTS, [contact(1)])])
    rows = store.arrow("contacts").drop_columns(["rating_flag"])
    path = store.folder / "records" / "contacts"
    shutil.rmtree(path)
    DeltaTable.create(path, schema=rows.schema, partition_by=["month"])
    write_deltalake(path, rows, mode="append")
    before = store.arrow("contacts")
    assert before.num_rows == 1 and before.schema.names == FACTS["contacts"].schema.names
    [report] = add(store, [write("b.csv", CONTACTS, [contact(1, "changed"), contact(2)])])
    assert (report.new, report.updated) == (1, 1)
    after = store.arrow("contacts")
    assert after.num_rows == 2
    assert after.column("rating_flag").null_count == 2
    assert "rating_flag" in {field.name for field in DeltaTable(path).schema().fields}
    assert "union_by_name" in rows_sql(store.uris("contacts"), schema_of("contacts"))
