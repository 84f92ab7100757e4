"""What pages ask of a large page file is answered when it is made, and says the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from goodwill import report
from goodwill.errors import NotEnoughData
from goodwill.generations import PAGES_FORMAT, Generations, Lately, Reader
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
    shown = ("fixes", "regexp", "customer_no FROM customers")
    assert all(any(part in sql for part in shown) for sql in counting.asked), counting.asked
    # What a period foresees is what its pages ask, or asking beforehand would be in vain.
    for tell in (report.within, report.chain, report.metrics):
        foreseen, asked = (_Counting(reader.connection) for _ in range(2))
        fresh = replace(reader, connection=foreseen, answers={}, lately=Lately())
        told = tell(fresh, settings, since=date(2026, 1, 7), until=date(2026, 1, 30))
        one_by_one = replace(reader, connection=asked, answers={}, lately=None)
        assert told == tell(one_by_one, settings, since=date(2026, 1, 7), until=date(2026, 1, 30))
        assert set(foreseen.asked) == set(asked.asked)
    # What nobody asked beforehand comes from the tables, once: a generation stays as it is.
    part = replace(reader, connection=counting)
    before = len(counting.asked)
    found = report.promises(part, settings, kind="delivery", offset=1)
    assert len(counting.asked) > before
    before = len(counting.asked)
    assert report.promises(part, settings, kind="delivery", offset=1) == found
    assert len(counting.asked) == before
    assert found == report.promises(replace(part, answers={}, lately=None), settings,
                                    kind="delivery", offset=1)  # fmt: skip


def test_what_was_asked_lately_is_kept_as_far_as_it_fits() -> None:
    lately = Lately(160)
    lately.keep(b"a", b"." * 8)
    lately.keep(b"large", b"." * 11)  # would push out too much else
    assert lately.get(b"a") == b"." * 8
    assert lately.get(b"large") is None
    for n in range(20):
        lately.keep(b"%d" % n, b"." * 8)
        lately.get(b"a")
    assert lately.get(b"a") is not None  # asked again and again
    assert lately.get(b"0") is None
    assert lately.get(b"19") is not None
    lately.keep(b"19", b"!")
    assert lately.get(b"19") == b"!"
    lately.clear()
    assert lately.get(b"19") is None


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
