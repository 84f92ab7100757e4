"""Retention by age of a Book of a million contacts: CPU seconds and memory of plan and erasure.

``GOODWILL_BENCH_ROWS`` says how many contacts (1,000,000). Of ten, six lose their texts, three go
altogether. Derived tables are not made: their memory is another benchmark's.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import duckdb

import goodwill
from _bench import peak_gb, report, timed
from goodwill import records
from goodwill.erasure import finish
from goodwill.records import Store
from goodwill.tables import FACTS

ROWS = int(os.environ.get("GOODWILL_BENCH_ROWS", "1000000"))
MONTHS = 48


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CONFIG_HOME"] = folder
        book = goodwill.create(Path(folder) / "book", purge_after_hours=0.0)
        _fill(book.store())
        book = book.configure(keep_texts_months=4, keep_records_months=32)
        store, rows = book.store(), []
        before = peak_gb()

        def step(name: str, work: object) -> None:
            found, wall, cpu = timed(work)  # type: ignore[arg-type]
            rows.append({"step": name, "cpu_s": cpu, "wall_s": wall, "peak_gb": peak_gb()})
            if isinstance(found, records.Plan):
                rows[-1] |= {"rows": sum(found.removed.values())}

        with store.lock():
            step("plan", lambda: records.plan_aging(store, store.keep))
            step("erase and purge", lambda: finish(book.folder, book.settings, store))
        texts = store.arrow("contacts").select(["text"])
        left = texts.num_rows, texts.num_rows - texts.column("text").null_count
        report("retain", rows, contacts=ROWS, peak_gb_before=before, left=left)


def _fill(store: Store) -> None:
    schema = FACTS["contacts"].schema
    given = {
        "source": "'desk'", "contact_id": "'m-' || n", "thread_id": "'t-' || (n // 3)",
        "customer_ref": "'C-' || (n % 200000)", "channel": "'email'", "direction": "'in'",
        "author_role": "'customer'", "public": "false", "import_id": "'one'",
        "row_hash": "md5('' || n)", "redaction_version": "'1'",
        "at": f"now()::TIMESTAMPTZ - INTERVAL 1 DAY * (n * {MONTHS * 30} // {ROWS}) ",
        "subject": "'about order ' || n",
        "text": "'my parcel ' || n || ' has not arrived, ' || repeat('the tracking stands. ', 8)",
    }  # fmt: skip
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'UTC'")
        step = max(ROWS // 20, 1)
        for start in range(0, ROWS, step):
            columns = ", ".join(
                f'({given.get(name, "NULL")}) AS "{name}"'
                for name in schema.names
                if name != "month"
            )
            data = con.sql(
                f"SELECT *, strftime(\"at\", '%Y-%m') AS month FROM (SELECT {columns} "
                f"FROM range({start}, {min(start + step, ROWS)}) r(n))"
            ).to_arrow_table()
            data = data.select(schema.names).cast(schema)
            store.append("contacts", lambda d=data: d, f"fill/{start}")


if __name__ == "__main__":
    main()
