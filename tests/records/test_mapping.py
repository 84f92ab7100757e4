"""Mappings: recognised by column names, shown, corrected by a file, saved and used again."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from goodwill.errors import FileRefused, InputError, MappingError
from goodwill.records import Preview, Store, add, preview
from goodwill.records._recipe import recipe_from, shipped
from goodwill.records._recognise import toml_of
from records.conftest import CONTACTS, contact

Write = Callable[..., Path]


def mapped(shown: Preview) -> dict[str, tuple[str, ...]]:
    return {f"{m.table}.{m.field}": m.columns for m in shown.mapping}


@pytest.mark.parametrize(
    ("header", "row", "expected"),
    [
        (
            ["Ticket ID", "Created at", "Subject", "Description", "Requester ID", "Assignee"],
            ["1", "2024-01-01", "Late", "Where is it", "77", "A. Bee"],
            {"contacts.contact_id": "Ticket ID", "contacts.at": "Created at",
             "contacts.subject": "Subject", "contacts.text": "Description",
             "contacts.customer_ref": "Requester ID", "contacts.agent_id": "Assignee"},
        ),
        (
            ["fecha", "mensaje", "cliente", "canal"],
            ["2024-01-01", "No ha llegado", "77", "email"],
            {"contacts.at": "fecha", "contacts.text": "mensaje",
             "contacts.customer_ref": "cliente", "contacts.channel": "canal"},
        ),
        (
            ["orderNumber", "customerId", "orderDate", "orderTotal", "estimatedDeliveryDate",
             "deliveredAt"],
            ["9", "77", "2024-01-01", "12.50", "2024-01-04", "2024-01-05"],
            {"orders.order_number": "orderNumber", "orders.order_id": "orderNumber",
             "orders.customer_ref": "customerId", "orders.at": "orderDate",
             "orders.amount": "orderTotal", "orders.promised_at": "estimatedDeliveryDate",
             "orders.delivered_at": "deliveredAt"},
        ),
        (
            ["Response ID", "Submitted at", "NPS", "Comment"],
            ["1", "2024-01-01", "9", "Good"],
            {"contacts.contact_id": "Response ID", "contacts.at": "Submitted at",
             "contacts.rating": "NPS", "contacts.text": "Comment"},
        ),
    ],
)  # fmt: skip
def test_a_table_is_recognised_by_its_column_names(
    store: Store, write: Write, header: list[str], row: list[str], expected: dict[str, str]
) -> None:
    [shown] = preview(store, write("x.csv", header, [row]))
    found = {field: columns[0] for field, columns in mapped(shown).items() if columns}
    assert found == expected
    assert (shown.recipe, shown.certain) == ("generic", False)


def test_the_preview_shows_redacted_samples_and_what_was_not_mapped(
    store: Store, write: Write
) -> None:
    rows = [contact(n, "mail me at ann@example.com") + ["blue"] for n in range(3)]
    path = write("a.csv", [*CONTACTS, "favourite colour"], rows)
    [shown] = preview(store, path)
    [text] = [m for m in shown.mapping if m.field == "text"]
    assert text.columns == ("message",)
    assert text.sample and "ann@example.com" not in str(shown)
    assert shown.unmapped == ("favourite colour",)
    [open_] = preview(store, path, show_values=True)
    assert "ann@example.com" in str(open_)
    assert store.arrow("contacts").num_rows == 0


def test_a_price_for_each_is_multiplied_and_minor_units_are_not(store: Store, write: Write) -> None:
    header = ["order number", "customer id", "order date", "quantity", "unit price", "currency"]
    rows = [
        ["1", "7", "2024-01-01", "3", "0.335", "EUR"],
        ["2", "7", "2024-01-01", "2", "50", "JPY"],
        ["3", "7", "2024-01-01", "-1", "1.005", "EUR"],
    ]
    add(store, [write("a.csv", header, rows)])
    amounts = {r["order_number"]: r["amount"] for r in store.arrow("orders").to_pylist()}
    assert amounts == {"1": 100, "2": 100, "3": -100}  # halves to the even
    minor = ["order number", "customer id", "order date", "amount cents"]
    add(store, [write("b.csv", minor, [["4", "7", "2024-01-01", "1999"]])])
    [order] = [r for r in store.arrow("orders").to_pylist() if r["order_number"] == "4"]
    assert order["amount"] == 1999


@pytest.mark.parametrize(
    ("texts", "minor"),
    [
        (["1,234.50", "7"], [123450, 700]),
        (["1.234,50", "7,00"], [123450, 700]),
        (["€ 1.234,50", "-7,5"], [123450, -750]),
        (["$1,234.50", "(7.00)"], [123450, -700]),
        (["1 234,50", "0"], [123450, 0]),
    ],
)
def test_decimal_comma_and_point_are_told_apart_by_the_column(
    store: Store, write: Write, texts: list[str], minor: list[int]
) -> None:
    header = ["order number", "customer id", "order date", "total"]
    rows = [[n, "7", "2024-01-01", text] for n, text in enumerate(texts)]
    [report] = add(store, [write("a.csv", header, rows)])
    assert report.quarantined == 0
    orders = store.arrow("orders").sort_by("order_number")
    assert orders.column("amount").to_pylist() == minor


@pytest.mark.parametrize(
    ("header", "row", "reason"),
    [
        (["text", "label"], ["hello there", "1"], "no column holds times"),
        (["date", "height"], ["2024-01-01", "12"], "no column holds a text, a rating or an amount"),
        (["a", "b", "message"], ["2024-01-01", "2024-01-02", "hi you"], "no name says which"),
    ],
)
def test_what_cannot_be_recognised_is_refused_with_the_reason(
    store: Store, write: Write, header: list[str], row: list[str], reason: str
) -> None:
    with pytest.raises(FileRefused, match=reason):
        preview(store, write("x.csv", header, [row]))


def test_a_mapping_file_overrides_and_is_used_again_for_the_same_columns(
    store: Store, write: Write, tmp_path: Path
) -> None:
    mapping = tmp_path / "crm.toml"
    mapping.write_text(
        'source = "crm"\nnames = ["who"]\n'
        '[contacts]\ncontact_id = "nr"\nat = { column = "when", order = "mdy" }\n'
        'text = "what"\nchannel = { value = "phone" }\n'
        '[identities]\nemail = "mail"\n',
        encoding="utf-8",
    )
    header = ["nr", "when", "what", "who", "mail"]
    first = write("a.csv", header, [[1, "3/4/2024", "Zaphod called", "Zaphod", "z@example.com"]])
    [report] = add(store, [first], mapping=mapping)
    assert (report.recipe, report.source, report.new) == ("crm", "crm", 1)
    [row] = store.arrow("contacts").to_pylist()
    assert row["at"].isoformat() == "2024-03-04T00:00:00+00:00"
    assert row["channel"] == "phone"
    assert "Zaphod" not in row["text"]
    assert row["customer_ref"].startswith("h:")
    second = write("b.csv", header, [[2, "3/5/2024", "again", "", ""]])
    [report] = add(store, [second], accept=False)
    assert (report.recipe, report.source, report.new) == ("crm", "crm", 1)
    [path] = (store.folder / "mappings").iterdir()
    assert tomllib.loads(path.read_text(encoding="utf-8"))["source"] == "crm"


def test_a_mapping_that_names_what_is_not_there_is_refused_with_all_faults(
    store: Store, write: Write, tmp_path: Path
) -> None:
    path = write("a.csv", CONTACTS, [contact(1)])
    mapping = tmp_path / "m.toml"
    mapping.write_text('[contacts]\nat = "when"\ntext = "message"\n', encoding="utf-8")
    with pytest.raises(MappingError, match="the file has no column 'when'"):
        add(store, [path], mapping=mapping)
    mapping.write_text('[contacts]\nmoment = "created_at"\n[shoes]\nsize = "x"\n', encoding="utf-8")
    with pytest.raises(MappingError, match=r"shoes: unknown") as raised:
        add(store, [path], mapping=mapping)
    assert "contacts.moment: no such field" in raised.value.message
    mapping.write_text("[contacts", encoding="utf-8")
    with pytest.raises(MappingError):
        add(store, [path], mapping=mapping)


def test_a_source_has_no_colon_that_would_run_into_its_ids(store: Store, write: Write) -> None:
    file = write("rows.csv", CONTACTS, [contact(1)])
    with pytest.raises(InputError, match="no colon: 'shop:eu'"):
        add(store, [file], source="shop:eu")
    assert add(store, [file], source="shop-eu")[0].new == 1
    # A Book that took such a source once goes on taking it, and no other file is refused for it.
    known = store.arrow("imports")
    place = known.schema.get_field_index("source")
    old = known.set_column(place, known.field(place), [["shop:eu"]])
    store.append("imports", lambda: old, "old")
    assert add(store, [file], source="shop:eu")[0].new == 1
    assert add(store, [file], source="shop-eu")[0].duplicate == 1


def test_a_mapping_document_survives_being_written_as_toml() -> None:
    document: dict[str, Any] = {
        "name": 'a "b" \\ ü\x7f\n', "match": "x", "names": ["first, name"],
        "contacts": {"at": {"column": "When?", "order": "dmy"}, "text": "what's up"},
        "identities": {"email": ["e-mail"]},
    }  # fmt: skip
    assert tomllib.loads(toml_of(document)) == document


def test_every_shipped_recipe_is_sound_and_knows_its_columns() -> None:
    names = [recipe.name for recipe in shipped()]
    assert sorted(names) == sorted(set(names))
    assert {"airline_tweets", "cfpb", "it_incidents", "olist_reviews", "online_retail",
            "support_tweets"} <= set(names)  # fmt: skip
    for recipe in shipped():
        assert recipe.title and recipe.source and recipe.detect
        assert set(recipe.detect) | set(recipe.values) <= set(recipe.columns)


def test_a_recipe_reads_columns_by_name_in_any_order(store: Store, write: Write) -> None:
    header = ["Country", "CustomerID", "UnitPrice", "InvoiceDate", "Quantity", "Description",
              "StockCode", "InvoiceNo"]  # fmt: skip
    rows = [
        ["France", "12345.0", "2.55", "2011-01-04 10:00:00", "6", "MUG", "85123A", "536365"],
        ["France", "", "2.55", "2011-01-04 10:00:00", "-6", "MUG", "85123A", "C536366"],
    ]
    [report] = add(store, [write("whatever.csv", header, rows)])
    assert (report.recipe, report.new) == ("online_retail", 2)
    bought, returned = store.arrow("orders").sort_by("order_number").to_pylist()
    assert (bought["amount"], bought["kind"], bought["customer_ref"]) == (1530, "order", "12345")
    assert (returned["amount"], returned["kind"]) == (-1530, "cancellation")
    assert returned["customer_ref"] is None
    assert bought["product"] == "85123A MUG"


def test_a_recipe_with_an_unknown_field_names_it() -> None:
    with pytest.raises(MappingError, match=r"orders\.price: no such field"):
        recipe_from({"orders": {"price": "x"}}, "x.toml")


def test_who_wrote_tells_which_way_a_message_went(store: Store, write: Write) -> None:
    header = ["message_id", "role", "customer_id", "created_at", "body", "product"]
    rows = [
        ["1", "customer", "C-1", "2026-01-01 10:00", "where is my parcel", "Rosa Mug"],
        ["2", "agent", "C-1", "2026-01-01 11:00", "we are looking", "Rosa Mug"],
        ["3", "bot", "C-1", "2026-01-01 11:05", "thank you for your message", "Rosa Mug"],
    ]
    add(store, [write("x.csv", header, rows)])
    found = store.arrow("contacts").sort_by("contact_id").to_pylist()
    assert [row["direction"] for row in found] == ["in", "out", "out"]
    assert {row["product"] for row in found} == {"Rosa Mug"}


def test_a_phone_in_a_column_and_in_a_text_is_the_same_key(store: Store, write: Write) -> None:
    header = ["message_id", "customer_id", "created_at", "body", "phone"]
    rows = [
        ["1", "C-1", "2026-01-01 10:00", "call me on +34 612 34 56 78 please", ""],
        ["2", "C-2", "2026-01-01 11:00", "nobody calls", "+34 612345678"],
    ]
    add(store, [write("x.csv", header, rows)])
    keys = [row for row in store.arrow("identities").to_pylist() if row["kind"] == "phone"]
    assert {row["customer_ref"] for row in keys} == {"C-1", "C-2"}
    assert len({row["value"] for row in keys}) == 1


def test_a_mapping_can_read_no_file_but_its_own(store: Store, write: Write, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret")
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        "[contacts]\nat = 'created at'\ntext = 'message'\n"
        f"subject = {{ sql = \"(SELECT content FROM read_text('{secret}'))\" }}\n"
    )
    file = write("x.csv", ["created at", "message"], [["2026-01-01", "where is it"]])
    with pytest.raises(MappingError):
        add(store, [file], mapping=mapping)
    assert store.arrow("contacts").num_rows == 0


def test_an_expression_that_fails_tells_nothing_of_the_rows(
    store: Store, write: Write, tmp_path: Path
) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        "[contacts]\nat = 'created at'\ntext = 'message'\n"
        'rating = { sql = "CAST(contacts_text AS INT)" }\n'
    )
    file = write("x.csv", ["created at", "message"], [["2026-01-01", "Müller is angry"]])
    with pytest.raises(MappingError) as caught:
        add(store, [file], mapping=mapping)
    assert "angry" not in str(caught.value)


def test_a_ticket_with_a_rating_is_no_public_review(store: Store, write: Write) -> None:
    header = ["Ticket ID", "Created At", "Customer ID", "Message", "Rating"]
    add(store, [write("x.csv", header, [["1", "2026-01-01", "C-1", "where is it", "2"]])])
    [row] = store.arrow("contacts").to_pylist()
    assert (row["public"], row["rating"]) == (False, 2)


@pytest.mark.parametrize(
    ("total", "currency", "column"),
    [("92000000000000000.00", "EUR", "Total"), ("10.00", "Brunhilde", "Currency")],
)
def test_money_that_cannot_be_is_quarantined(
    store: Store, write: Write, total: str, currency: str, column: str
) -> None:
    header = ["Order Number", "Customer ID", "Order Date", "Total", "Currency", "Promised"]
    rows = [
        ["1", "C-1", "2026-01-01", "10.00", "EUR", "2026-01-04"],
        ["2", "C-1", "2026-01-01", total, currency, ""],
    ]
    [report] = add(store, [write("x.csv", header, rows)])
    assert (report.new, report.quarantined) == (1, 1)
    assert store.arrow("quarantine").to_pylist()[0]["column"] == column
    assert store.arrow("orders").to_pylist()[0]["promised_at"] is not None


def test_the_names_of_a_row_leave_its_short_texts_too(store: Store, write: Write) -> None:
    header = ["message_id", "customer name", "created_at", "message", "product", "team"]
    rows = [["1", "Aldous Penhaligon", "2026-01-01", "it is late", "Case for Aldous Penhaligon",
             "Team Penhaligon"]]  # fmt: skip
    add(store, [write("x.csv", header, rows)])
    [row] = store.arrow("contacts").to_pylist()
    assert "enhaligon" not in f"{row['product']} {row['team']}"


@pytest.mark.parametrize(("cell", "region"), [("Open", False), ("Resolvido", False), ("TX", True)])
def test_a_column_named_state_is_a_place_only_where_it_names_no_stage_of_a_ticket(
    store: Store, write: Write, cell: str, region: bool
) -> None:
    rows = [[str(n), "2024-01-01", "Where is my parcel now", cell] for n in range(9)]
    path = write("x.csv", ["Message ID", "Created at", "Message", "State"], rows)
    [shown] = preview(store, path)
    assert bool(mapped(shown).get("contacts.region")) is region
