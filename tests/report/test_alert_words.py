"""An alert shows the words that are new in it, and sentences with them before the typical ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import duckdb
import pyarrow as pa
import pytest

from goodwill.generations import Reader
from goodwill.report import alerts
from goodwill.settings import Settings
from goodwill.tables import DERIVED

SINCE = date(2025, 5, 20)
TYPICAL, NEW = "My parcel has not arrived yet, where is it?", "The parcel locker code is refused."


@pytest.fixture
def reader() -> Reader:
    """One rise of theme 1 with a new phrase, and phrases that are not its own."""
    at = datetime(2025, 5, 22, 9, tzinfo=UTC)
    messages = [
        {"source": "s", "contact_id": f"m{n}", "at": at + timedelta(minutes=n), "channel": "chat",
         "direction": "in", "theme_id": 1, "customer_id": f"c{n}", "similarity": 0.9 - n / 100,
         "text": NEW if n > 40 else f"{TYPICAL} {n}"}
        for n in range(50)
    ]  # fmt: skip
    phrase = {
        "phrase": "locker code",
        "day": date(2025, 5, 22),
        "count": 9,
        "expected": 0.1,
        "e_value": 1e5,
        "copied": False,
        "people": 9,
        "theme_id": 1,
        "new_theme": False,
    }
    alert = {
        "alert_id": "a",
        "case_id": "a",
        "lead": True,
        "level": "theme",
        "theme_id": 1,
        "arm": "rise",
        "since": SINCE,
        "raised_at": date(2025, 5, 22),
        "ratio": 2.5,
        "e_value": 1e6,
        "count": 50,
        "expected": 20.0,
        "people": 50,
    }
    tables = {
        "messages": messages, "alerts": [alert],
        "themes": [{"theme_id": 1, "area_id": 10, "label": "parcels", "contacts": 50}],
        "phrases": [
            phrase, phrase | {"phrase": "of few", "people": 4},
            phrase | {"phrase": "of before", "day": SINCE - timedelta(1)},
            phrase | {"phrase": "of others", "theme_id": 2},
            phrase | {"phrase": "of copies", "copied": True},
        ],
        "customer_value": [],
    }  # fmt: skip
    connection = duckdb.connect()
    for name, rows in tables.items():
        table = pa.Table.from_pylist(rows, schema=DERIVED[name].schema)
        connection.register("given", table)
        number = ", 1 AS customer_no" if "customer_id" in table.column_names else ""
        connection.execute(f"CREATE TABLE {name} AS SELECT *{number} FROM given")
    known = {"stated": 2.0, "tolerance": 1.15, "observed": 0.2, "replayed": 600, "series": 40,
             "per": "orders"}  # fmt: skip
    return Reader("g1", {"as_of": "2025-05-23T00:00:00+00:00", "watch": known}, connection)


def test_new_words_of_a_rise_stand_with_it_and_their_sentence_comes_first(reader: Reader) -> None:
    page = alerts(reader, Settings("b", "ACME"))
    (alert,) = page.now
    assert alert.phrases == ("locker code",)
    first, *rest = alert.sentences
    assert (first.text, first.kind) == (NEW, "new")
    assert len(rest) == 4
    assert all(each.text.startswith(TYPICAL) and each.kind == "central" for each in rest)
    assert alert.as_dict()["phrases"] == ["locker code"]
    assert set(alert.figures) == {"contacts", "times_expected", "value_touched"}
    assert "at most 2 false alerts a month" in page.promise
    assert "600 days would have raised 4 alerts, true rises included" in page.promise
    assert "counted per order" in page.promise


def test_an_alert_seen_by_the_hour_says_so_in_local_time_and_counts_those_hours(
    reader: Reader,
) -> None:
    begin = datetime(2025, 5, 22, 9, tzinfo=UTC)
    reader.connection.execute(
        "UPDATE alerts SET arm = 'hours', since = '2025-05-22', from_at = ?, until_at = ?",
        [begin, begin + timedelta(hours=2)],
    )
    (alert,) = alerts(reader, Settings("b", "ACME", time_zone="Europe/Berlin")).now
    assert (alert.since_hour, alert.raised_hour) == ("11:00", "13:00")
    where = alert.figures["contacts"].records["where"]
    assert datetime.fromisoformat(where["at>="]) == begin
    assert datetime.fromisoformat(where["at<"]) == begin + timedelta(hours=2)
    assert alert.sentences
    assert alert.as_dict()["since_hour"] == "11:00"
