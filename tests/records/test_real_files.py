"""The real files: each is recognised whatever it is called, and every row is accounted for."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from goodwill.engine import DuckDBEngine
from goodwill.errors import FileRefused
from goodwill.journeys import join_same
from goodwill.records import ImportReport, Store, add, quarantined
from goodwill.tables import FACTS
from records.conftest import new_store
from soak import SOAK

pytestmark = pytest.mark.data

FILES = {
    "airline": ("airline_tweets/Tweets.csv", "airline_tweets"),
    "spotify": ("spotify_support/support_requests.csv", "support_tweets"),
    "brands": ("brand_replies/threads.csv", "support_tweets"),
    "olist": ("olist_reviews/olist_classified_public_dataset.csv", "olist_reviews"),
    "incidents": ("it_incidents/incident_event_log.zip", "it_incidents"),
    "cfpb": ("cfpb/complaints_2015q1.csv", "cfpb"),
}
YEARS = ("online_retail/online_retail_ii_2009_2010.parquet",
         "online_retail/online_retail_2010_2011.parquet")  # fmt: skip
REFUSED = (
    "banking77/train.csv", "banking77/categories.json", "complaint_tweets/complaints-data.csv",
    "cdnow/CDNOW_master.txt", "cdnow/CDNOW_sample.txt", "cdnow/donations.csv",
    "cdnow/cdnow_customers_summary_with_transactions.csv", "cfpb/monthly_counts_20_companies.csv",
    "iranian_churn/Customer_Churn.csv", "goemotions/dev.tsv",
)  # fmt: skip


@pytest.fixture(scope="module")
def added(
    data_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Store, dict[str, ImportReport], dict[str, ImportReport]]:
    """One store with six files, each added twice and under a name that says nothing."""
    folder = tmp_path_factory.mktemp("real")
    store = new_store(folder / "book")
    reports: list[dict[str, ImportReport]] = [{}, {}]
    for name, (path, _) in FILES.items():
        copy = folder / f"x{Path(path).suffix}"
        shutil.copyfile(data_folder / path, copy)
        for round_ in reports:
            [round_[name]] = add(store, [copy])
    return store, reports[0], reports[1]


@pytest.mark.parametrize("name", FILES)
def test_each_file_gets_its_recipe_and_every_row_is_accounted_for(
    added: tuple[Store, dict[str, ImportReport], dict[str, ImportReport]], name: str
) -> None:
    _, first, second = added
    for report in (first[name], second[name]):
        assert report.recipe == FILES[name][1]
        assert report.read == report.accepted + report.duplicate + report.quarantined
    assert first[name].accepted > 0
    assert second[name].accepted == 0
    assert second[name].read == first[name].read


def test_the_counts_are_those_of_the_files(
    added: tuple[Store, dict[str, ImportReport], dict[str, ImportReport]],
) -> None:
    store, first, _ = added
    assert (first["airline"].read, first["airline"].tables) == (14640, {"contacts": 14485})
    assert (first["spotify"].read, first["spotify"].quarantined) == (15103, 13)
    assert first["olist"].tables == {"orders": 3584, "contacts": 3584}
    assert first["incidents"].tables == {
        "thread_events": 141712,
        "threads": 24918,
        "contacts": 24918,
    }
    assert (first["cfpb"].read, first["cfpb"].quarantined) == (28156, 0)
    assert quarantined(store).num_rows == 13
    incidents = store.arrow("threads")
    assert incidents.num_rows == 24918
    callers = store.arrow("contacts").filter(pc.field("source") == "it_incidents")
    assert pc.count_distinct(callers.column("customer_ref")).as_py() == 5244


def test_support_tweets_keep_the_ids_that_thread_them(
    added: tuple[Store, dict[str, ImportReport], dict[str, ImportReport]],
) -> None:
    store, _, _ = added
    tweets = store.arrow("contacts").filter(pc.field("source") == "twitter")
    by_id = {row["contact_id"]: row for row in tweets.to_pylist()}
    row = by_id["850"]
    assert (row["answer_ids"], row["reply_to_id"], row["customer_ref"]) == ("848", "852", "115887")
    assert row["at"].isoformat() == "2017-10-31T21:41:37+00:00"
    out = by_id["961080"]
    assert (out["direction"], out["author_role"]) == ("out", "agent")
    assert out["customer_ref"] is None


def test_a_review_is_dated_by_itself_and_its_order_by_the_purchase(
    added: tuple[Store, dict[str, ImportReport], dict[str, ImportReport]],
) -> None:
    store, _, _ = added
    [order] = store.arrow("orders").filter(pc.field("order_id") == "1").to_pylist()
    assert order["customer_ref"] == "order:1"
    assert (order["amount"], order["currency"]) == (10437, "BRL")
    assert order["promised_at"].date().isoformat() == "2017-09-21"
    assert order["delivered_at"].date().isoformat() == "2017-09-08"
    reviews = store.arrow("contacts").filter(pc.field("source") == "olist")
    [review] = reviews.filter(pc.field("contact_id") == "1").to_pylist()
    assert review["at"].date().isoformat() == "2017-09-09"
    assert (review["rating"], review["rating_scale"], review["language"]) == (5, "stars5", "pt")
    assert (review["customer_ref"], review["public"]) == ("order:1", True)


def test_an_incident_is_the_sum_of_its_events(
    added: tuple[Store, dict[str, ImportReport], dict[str, ImportReport]],
) -> None:
    store, _, _ = added
    [thread] = store.arrow("threads").filter(pc.field("thread_id") == "0000045").to_pylist()
    assert thread["status"] == "Closed"
    assert thread["opened_at"].isoformat() == "2016-02-29T01:16:00+00:00"
    assert thread["solved_at"].isoformat() == "2016-02-29T11:29:00+00:00"
    assert thread["closed_at"].isoformat() == "2016-03-05T12:00:00+00:00"
    assert (thread["reopens"], thread["transfers"], thread["sla_met"]) == (0, 0, True)
    assert thread["due_at"] is None
    contacts = store.arrow("contacts").filter(pc.field("source") == "it_incidents")
    [contact] = contacts.filter(pc.field("contact_id") == "0000045").to_pylist()
    assert contact["at"] == thread["opened_at"]
    assert (contact["channel"], contact["customer_ref"]) == ("phone", "2403")


def test_no_event_of_one_real_file_is_taken_for_one_of_another(
    added: tuple[Store, dict[str, ImportReport], dict[str, ImportReport]], tmp_path: Path
) -> None:
    store, _, _ = added
    engine = DuckDBEngine(tmp_path / "engine", memory="1GB", threads=2)
    for name in ("contacts", "orders", "identities", "same_event_decisions"):
        engine.load(name, store.uris(name) or FACTS[name].schema.empty_table())
    before = engine.scalar("SELECT count(*) FROM contacts")
    assert engine.scalar("SELECT count(DISTINCT source) FROM contacts") == 5
    joined = join_same(engine)
    assert (
        engine.arrow("SELECT source, id, other_source, other_id FROM same_event").to_pylist() == []
    )
    assert joined == 0
    assert engine.scalar("SELECT count(*) FROM contacts") == before
    engine.close()


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_months_of_the_shop_join_without_their_overlap_in_either_order(
    data_folder: Path, tmp_path: Path, order: tuple[int, int]
) -> None:
    # The last rows of the first year and the first rows of the second hold the whole overlap.
    parts = []
    for year, rows in zip(YEARS, (slice(-60_000, None), slice(0, 60_000)), strict=True):
        table = pq.read_table(data_folder / year)
        start, stop, _ = rows.indices(table.num_rows)
        parts.append(tmp_path / Path(year).name)
        pq.write_table(table.slice(start, stop - start), parts[-1])
    store = new_store(tmp_path / "book")
    first, second = (add(store, [parts[place]])[0] for place in order)
    assert (first.read, second.read) == (60_000, 60_000)
    assert (first.duplicate, second.duplicate) == (0, 22523)
    assert store.arrow("orders").num_rows == 120_000 - 22523


@pytest.mark.skipif(not SOAK, reason="half a minute: make soak")
def test_both_years_of_the_shop_join_without_their_overlap(
    data_folder: Path, tmp_path: Path
) -> None:
    store = new_store(tmp_path / "book")
    add(store, [data_folder / "brand_replies/threads.csv"])
    first, second = (add(store, [data_folder / year])[0] for year in YEARS)
    assert (first.duplicate, second.duplicate) == (0, 22523)
    assert first.quarantined + second.quarantined == 0
    orders = store.arrow("orders")
    assert orders.num_rows == 1_044_847
    assert pc.count_distinct(orders.column("order_number")).as_py() == 53_628
    cancelled = orders.filter(pc.field("kind") == "cancellation")
    assert pc.all(pc.starts_with(cancelled.column("order_number"), "C")).as_py()
    sources = {"online_retail": "orders", "twitter": "contacts"}
    for source, table in sources.items():
        assert set(store.arrow(table).column("source").to_pylist()) == {source}


def test_files_that_hold_neither_contacts_nor_orders_in_time_are_refused(
    data_folder: Path, tmp_path: Path
) -> None:
    store = new_store(tmp_path / "book")
    for name in REFUSED:
        with pytest.raises(FileRefused) as refused:
            add(store, [data_folder / name])
        assert len(refused.value.message) > len(Path(name).name) + 5
