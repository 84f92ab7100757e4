"""What pages ask of a large page file is answered when it is made, and says the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from goodwill import report
from goodwill.errors import NotEnoughData
from goodwill.generations import PAGES_FORMAT, Generations, Reader
from goodwill.settings import Settings


class _Counting:
    """A connection that keeps the queries which reach it."""

    def __init__(self, connection: Any) -> None:
        self.connection, self.asked = connection, []

    def cursor(self) -> Any:
        outer = self

        class Cursor:
            def __enter__(self) -> Any:
                return self

            def __exit__(self, *_: object) -> None: ...

            def sql(self, sql: str, params: Any = None) -> Any:
                outer.asked.append(sql)
                return outer.connection.cursor().sql(sql, params=params)

        return Cursor()


def test_what_was_asked_is_answered_without_a_look_into_the_tables(
    generation: Callable[..., Reader], company: Any, settings: Settings, tmp_path: Path
) -> None:
    plain = generation(company)
    folder, manifest = tmp_path / "derived" / plain.name, plain.manifest

    def pages(reader: Reader) -> list[Any]:
        return [
            report.overview(reader, settings),
            report.problems(reader, settings),
            report.harmed(reader, settings, limit=8),
            report.promises(reader, settings, state="open", limit=6),
            report.chain(reader, settings),
            report.metrics(reader, settings, channel="email"),
            report.within(reader, settings, channel="social"),
        ]

    expected = pages(plain)
    plain.connection.close()
    kept = {"least_seconds": 0.0}
    assert report.build_answers(folder, manifest, settings, **kept) == 0  # too small
    made = report.build_answers(folder, manifest, settings, least_rows=1, **kept)
    assert made > 50
    reader = Generations(tmp_path / "derived").reader()
    assert len(reader.answers) == made
    counting = _Counting(reader.connection)
    assert pages(replace(reader, connection=counting)) == expected
    # Save for what changes between refreshes, and for whom a page happens to show.
    assert all("fixes" in sql or "regexp" in sql for sql in counting.asked), counting.asked
    # What nobody asked beforehand comes from the tables.
    before = len(counting.asked)
    report.chain(replace(reader, connection=counting), settings, theme_id=1)
    assert len(counting.asked) > before


def test_what_is_made_anew_between_refreshes_is_never_answered_from_before(
    generation: Callable[..., Reader], company: Any, settings: Settings, tmp_path: Path
) -> None:
    reader = generation(company)
    folder = tmp_path / "derived" / reader.name
    reader.connection.close()
    report.build_answers(folder, reader.manifest, settings, least_rows=1, least_seconds=0.0)
    making = tmp_path / "making"
    making.mkdir()
    for table in report.RENEWED:
        rows = f"SELECT * FROM {table}"
        if table == "fixes":
            rows = (
                f"SELECT * REPLACE ('fix' AS kind, 'too_early' AS verdict) FROM {table} "
                "RIGHT JOIN (SELECT 1) ON true"
            )
        with duckdb.connect(str(folder / "pages.duckdb"), read_only=True) as base:
            base.execute(f"COPY ({rows}) TO '{making / table}.parquet' (FORMAT parquet)")
    report.renew_pages(folder / "pages.duckdb", making)
    (folder / "pages.duckdb").unlink()
    (making / "pages.duckdb").rename(folder / "pages.duckdb")
    after = Generations(tmp_path / "derived").reader()
    assert after.answers
    gauges = {g.key: g for g in report.overview(after, settings).groups["correction"]}
    assert gauges["fixes_in_proof"].figure.value == 1


def test_what_an_earlier_version_made_asks_for_a_refresh() -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE messages (customer_id VARCHAR)")
    asked = "SELECT count(DISTINCT customer_no) FROM messages"
    with pytest.raises(NotEnoughData, match="earlier version") as caught:
        Reader("g1", {}, connection).rows(asked)
    assert "goodwill refresh" in str(caught.value.hint)
    with pytest.raises(duckdb.BinderException):
        Reader("g1", {"pages": PAGES_FORMAT}, connection).rows(asked)
