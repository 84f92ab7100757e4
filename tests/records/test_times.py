"""Times: formats, zones, and which comes first, day or month."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodwill.errors import InputError
from goodwill.records import Store, ZoneQuestion, add, look, quarantined
from goodwill.records._cells_sql import PLAIN_TIME, TimeRule, plain_time_sql, time_sql
from goodwill.records._store import connection

Write = Callable[..., Path]
_CON = connection()


def parse(text: str, order: str = "dmy", zone: str = "UTC") -> datetime | None:
    return parse_all([text], order, zone)[0]


def parse_all(texts: list[str], order: str = "dmy", zone: str = "UTC") -> list[datetime | None]:
    sql = time_sql("c", TimeRule(order, zone))
    found = _CON.execute(
        f"SELECT epoch_us({sql}) FROM (SELECT unnest(?::VARCHAR[]) AS c, "
        "unnest(range(?)) AS n) ORDER BY n", [texts, len(texts)],
    ).fetchall()  # fmt: skip
    return [None if us is None else datetime.fromtimestamp(us / 1e6, UTC) for (us,) in found]


@pytest.mark.parametrize("zone", ["UTC", "Europe/Madrid", "America/New_York"])
def test_times_as_most_systems_write_them_are_read_like_all_others(zone: str) -> None:
    days = ("2016-02-29", "2015-02-29", "2016-03-27", "2016-10-30", "2016-13-01", "0000-00-00")
    clocks = ("00:00:00", "01:30:00", "02:30:00", "23:59:59", "24:00:00", "12:60:00")
    cells = [f"{day}{gap}{clock}" for day in days for gap in " T" for clock in clocks]
    assert all(re.search(PLAIN_TIME.replace(r"\z", r"\Z"), cell) for cell in cells)
    rule = TimeRule(zone=zone)
    differ = f"{time_sql('c', rule)} IS DISTINCT FROM {plain_time_sql('c', rule)}"
    rows = "(SELECT unnest(?::VARCHAR[]) AS c)"
    assert _CON.execute(f"SELECT c FROM {rows} WHERE {differ}", [cells]).fetchall() == []
    read = f"SELECT count({plain_time_sql('c', rule)}) FROM {rows}"
    assert 0 < _CON.execute(read, [cells]).fetchall()[0][0] < len(cells)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("2015-02-24 11:35:52 -0800", "2015-02-24T19:35:52"),
        ("2015-02-24T11:35:52-08:00", "2015-02-24T19:35:52"),
        ("2015-02-24T11:35:52Z", "2015-02-24T11:35:52"),
        ("2015-02-24 11:35:52.250000+00:00", "2015-02-24T11:35:52.250000"),
        ("2015-02-24 11:35:52 UTC", "2015-02-24T11:35:52"),
        ("2015-02-24 11:35", "2015-02-24T11:35:00"),
        ("2015-02-24", "2015-02-24T00:00:00"),
        ("2015/02/24 11:35", "2015-02-24T11:35:00"),
        ("20150224", "2015-02-24T00:00:00"),
        ("Tue Oct 31 23:36:20 +0000 2017", "2017-10-31T23:36:20"),
        ("Tue Oct 31 23:36:20 -0800 2017", "2017-11-01T07:36:20"),
        ("Tue, 31 Oct 2017 23:36:20 +0100", "2017-10-31T22:36:20"),
        ("31 Oct 2017", "2017-10-31T00:00:00"),
        ("Oct 31, 2017 11:36 PM", "2017-10-31T23:36:00"),
        ("29/2/2016 01:16", "2016-02-29T01:16:00"),
        ("29.02.2016", "2016-02-29T00:00:00"),
        ("29-02-16 1:16 PM", "2016-02-29T13:16:00"),
        ("29/02/2016, 01:16:09", "2016-02-29T01:16:09"),
        ("1509492980", "2017-10-31T23:36:20"),
        ("1509492980000", "2017-10-31T23:36:20"),
    ],
)
def test_the_formats_of_exports_are_read(text: str, time: str) -> None:
    assert parse(text) == datetime.fromisoformat(time).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2015-02-30", "2015-13-01", "30/2/2015", "31/12", "soon", "12", "24:61", "2015-02-24 25:00"],
)
def test_impossible_times_are_no_times(text: str) -> None:
    assert parse(text) is None


def test_a_time_without_a_zone_is_of_the_books_zone() -> None:
    assert parse("2020-07-01 12:00", zone="Europe/Berlin") == datetime(2020, 7, 1, 10, tzinfo=UTC)
    assert parse("1.7.2020 12:00", zone="Europe/Berlin") == datetime(2020, 7, 1, 10, tzinfo=UTC)
    assert parse("2020-07-01 12:00Z", zone="Europe/Berlin") == datetime(2020, 7, 1, 12, tzinfo=UTC)


@settings(deadline=None, max_examples=4)
@given(st.lists(st.datetimes(datetime(1972, 1, 1), datetime(2098, 1, 1)), min_size=50))
def test_slash_dates_agree_with_python_in_both_orders(times: list[datetime]) -> None:
    times = [time.replace(microsecond=0) for time in times]
    expected = [time.replace(tzinfo=UTC) for time in times]
    assert parse_all([f"{t:%d/%m/%Y %H:%M:%S}" for t in times], "dmy") == expected
    assert parse_all([f"{t:%m/%d/%Y %H:%M:%S}" for t in times], "mdy") == expected
    assert parse_all([time.isoformat() for time in times]) == expected


HEADER = ["contact_id", "created", "customer_id", "message"]


@pytest.mark.parametrize(
    ("dates", "days", "said"),
    [
        (["3/4/2024", "13/4/2024"], [3, 13], "day/month/year (1 have a first part over 12)"),
        (["4/3/2024", "4/13/2024"], [3, 13], "month/day/year (1 have a second over 12)"),
        (["3/4/2024", "5/4/2024"], [3, 5], "taken as day/month/year: nothing in the column"),
        (["3.4.2024", "5.4.2024"], [3, 5], "taken as day/month/year: written with dots"),
    ],
)
def test_the_whole_column_decides_between_day_and_month_and_it_is_reported(
    store: Store, write: Write, dates: list[str], days: list[int], said: str
) -> None:
    rows = [[n, date, "C-1", "a text"] for n, date in enumerate(dates)]
    [report] = add(store, [write("a.csv", HEADER, rows)])
    times = store.arrow("contacts").sort_by("contact_id").column("at").to_pylist()
    assert [time.day for time in times] == days
    assert [time.month for time in times] == [4, 4]
    assert any(said in note for note in report.notes)


def test_one_row_far_down_decides_for_the_first(store: Store, write: Write) -> None:
    rows = [[n, "3/4/2024", "C-1", "a text"] for n in range(60_000)]
    rows.append([60_000, "4/30/2024", "C-1", "a text"])
    [report] = add(store, [write("a.csv", HEADER, rows)])
    assert report.quarantined == 0
    assert set(store.arrow("contacts").column("month").to_pylist()) == {"2024-03", "2024-04"}


def test_a_column_that_nothing_decides_follows_the_files_other_dates(
    store: Store, write: Write
) -> None:
    header = ["order number", "customer id", "order date", "amount", "delivered at"]
    rows = [["1", "7", "1/30/2024", "5", "2/1/2024"]]
    [report] = add(store, [write("a.csv", header, rows)])
    [row] = store.arrow("orders").to_pylist()
    assert (row["delivered_at"].month, row["delivered_at"].day) == (2, 1)
    assert any("as the file's other dates are" in note for note in report.notes)


def test_dates_that_contradict_each_other_are_quarantined_and_said(
    store: Store, write: Write
) -> None:
    dates = ["13/4/2024", "14/4/2024", "4/15/2024"]
    rows = [[n, date, "C-1", "a text"] for n, date in enumerate(dates)]
    [report] = add(store, [write("a.csv", HEADER, rows)])
    assert (report.new, report.quarantined) == (2, 1)
    assert any("contradict each other" in note for note in report.notes)


def test_the_zone_assumed_is_reported(store: Store, write: Write) -> None:
    rows = [[1, "2024-07-01 12:00", "C-1", "a text"]]
    [report] = add(store, [write("a.csv", HEADER, rows)], settings_time_zone="Europe/Berlin")
    assert store.arrow("contacts").column("at").to_pylist() == [
        datetime(2024, 7, 1, 10, tzinfo=UTC)
    ]
    assert (
        "times in 'created' name no zone: read as Europe/Berlin (the Book's; --zone gives another)"
        in report.notes
    )


def test_years_that_nobody_meant_are_quarantined(store: Store, write: Write) -> None:
    rows = [[n, date, "C-1", "text"] for n, date in enumerate(
        ["1900-01-01", "0001-01-01", "9999-12-31", "2024-01-01", "2023-01-01", "2022-01-01",
         "2022-02-01"])]  # fmt: skip
    [report] = add(store, [write("a.csv", HEADER, rows)])
    assert (report.new, report.quarantined) == (4, 3)


def test_a_source_is_asked_once_for_the_zone_of_times_that_name_none(
    store: Store, write: Write
) -> None:
    asked: list[ZoneQuestion] = []

    def answer(question: ZoneQuestion) -> str:
        asked.append(question)
        return "America/Bogota"

    for day in (1, 2):
        rows = [[day, f"2024-07-0{day} 12:00", "C-1", "a text"]]
        files = [write(f"{day}.csv", HEADER, rows)]
        [report] = add(store, files, settings_time_zone="Europe/Berlin", ask_zone=answer)
        assert any("read as America/Bogota" in note for note in report.notes)
    assert [(q.columns, q.source, q.default) for q in asked] == [
        (("created",), "company", "Europe/Berlin")
    ]
    hours = {time.hour for time in store.arrow("contacts").column("at").to_pylist()}
    assert hours == {17}
    [found] = look(store, files[0], settings_time_zone="Europe/Berlin")
    assert found.preview is not None
    assert any("remembered of this source" in note for note in found.preview.notes)


def test_nobody_is_asked_where_the_times_name_their_zone(store: Store, write: Write) -> None:
    def never(question: ZoneQuestion) -> str:
        raise AssertionError(question)

    rows = [[1, "2024-07-01T12:00:00Z", "C-1", "a text"]]
    [report] = add(store, [write("a.csv", HEADER, rows)], ask_zone=never)
    assert report.new == 1


def test_a_file_that_is_not_accepted_leaves_no_zone_behind(store: Store, write: Write) -> None:
    file = write("a.csv", HEADER, [[1, "2024-07-01 12:00", "C-1", "a text"]])
    assert add(store, [file], zone="Asia/Tokyo", accept=lambda preview: False) == []
    [report] = add(store, [file])
    assert any("read as UTC (the Book's" in note for note in report.notes)


def test_a_given_zone_is_kept_for_its_source_alone(store: Store, write: Write) -> None:
    file = write("a.csv", HEADER, [[1, "2024-07-01 12:00", "C-1", "a text"]])
    add(store, [file], zone="Asia/Tokyo", source="shop")
    [again] = add(store, [file], source="shop")
    assert again.duplicate == 1
    [other] = add(store, [file], source="desk")
    assert any("read as UTC" in note for note in other.notes)


def test_a_zone_that_does_not_exist_is_refused_before_anything_is_stored(
    store: Store, write: Write
) -> None:
    file = write("a.csv", HEADER, [[1, "2024-07-01 12:00", "C-1", "a text"]])
    with pytest.raises(InputError, match="no time zone"):
        add(store, [file], zone="Europe/Atlantis")
    assert store.arrow("imports").num_rows == 0


def test_times_within_a_change_of_the_clocks_are_counted_and_their_reading_is_said(
    store: Store, write: Write
) -> None:
    times = ["2024-03-31 02:30", "2024-10-27 02:30", "2024-10-27 02:45", "2024-03-31 03:30",
             "2024-10-27T02:30:00+02:00", "2024-07-01 02:30"]  # fmt: skip
    rows = [[n, time, "C-1", "a text"] for n, time in enumerate(times)]
    [report] = add(store, [write("a.csv", HEADER, rows)], settings_time_zone="Europe/Berlin")
    assert any("1 times in 'created' lie in the hour that the clocks skipped" in note
               for note in report.notes)  # fmt: skip
    assert any("2 times in 'created' lie in the hour that the clocks struck twice" in note
               for note in report.notes)  # fmt: skip
    at = store.arrow("contacts").sort_by("contact_id").column("at").to_pylist()
    assert at[0] == datetime(2024, 3, 31, 1, 30, tzinfo=UTC)  # 03:30 by the clocks
    assert at[1] == datetime(2024, 10, 27, 1, 30, tzinfo=UTC)  # in standard time
    assert at[4] == datetime(2024, 10, 27, 0, 30, tzinfo=UTC)


def test_a_whole_column_of_two_digit_years_is_read(store: Store, write: Write) -> None:
    rows = [[1, "3/4/24 9:05", "C-1", "a text"], [2, "28/4/24 21:15", "C-1", "a text"]]
    add(store, [write("a.csv", HEADER, rows)])
    at = store.arrow("contacts").sort_by("contact_id").column("at").to_pylist()
    assert at == [datetime(2024, 4, 3, 9, 5, tzinfo=UTC), datetime(2024, 4, 28, 21, 15, tzinfo=UTC)]


def test_days_and_hours_that_do_not_exist_are_quarantined_with_the_reason(
    store: Store, write: Write
) -> None:
    bad = ["2024-02-31 10:00", "2024-02-03 25:00", "1899-12-31 10:00", "2100-01-01", "9999-12-31"]
    good = [f"2024-05-0{n} 10:00" for n in range(1, 8)]
    rows = [[n, time, "C-1", "a text"] for n, time in enumerate([*good, *bad])]
    [report] = add(store, [write("a.csv", HEADER, rows)])
    assert (report.new, report.quarantined) == (7, 5)
    reasons = quarantined(store)
    assert set(reasons.column("reason").to_pylist()) == {"no possible time"}
    assert set(reasons.column("column").to_pylist()) == {"created"}
