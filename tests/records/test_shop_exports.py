"""Exports of shops and payments: many rows for one order, and money that did not move."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from goodwill.records import Store, add, preview, quarantined

Write = Callable[..., Path]

SHOPIFY = [
    "Name", "Email", "Financial Status", "Paid at", "Currency", "Total", "Created at",
    "Lineitem quantity", "Lineitem name", "Billing Name", "Shipping Country", "Cancelled at",
    "Refunded Amount", "Phone",
]  # fmt: skip
STRIPE = [
    "id", "Created date (UTC)", "Amount", "Amount Refunded", "Currency", "Captured",
    "Converted Amount", "Converted Amount Refunded", "Converted Currency", "Refunded date (UTC)",
    "Status", "Customer ID", "Customer Email", "order_id (metadata)",
]  # fmt: skip


def order(name: str, total: str, status: str = "paid", refunded: str = "0.00", cancelled: str = "",
          created: str = "2025-10-07 09:50:26 +0200", item: str = "Tent") -> list[Any]:  # fmt: skip
    return [name, f"b{name[1:]}@example.com", status, created, "EUR", total, created, 1, item,
            "Ann Lee", "ES", cancelled, refunded, "'+34600111222"]  # fmt: skip


def item(name: str, what: str, quantity: int = 1) -> list[Any]:
    return [name, *[""] * 6, quantity, what, *[""] * 5]


def charge(number: int, amount: str, status: str = "Paid", captured: str = "true",
           refunded: str = "0.00", converted: tuple[str, str, str] = ("", "", ""),
           named: str = "") -> list[Any]:  # fmt: skip
    return [f"ch_{number}", "2025-10-07 09:50", amount, refunded, "usd", captured, *converted,
            "2025-10-09 10:00" if refunded != "0.00" else "", status, f"cus_{number}",
            f"c{number}@example.com", named]  # fmt: skip


def orders(store: Store) -> dict[str, dict[str, Any]]:
    return {row["order_id"]: row for row in store.arrow("orders").to_pylist()}


def counts(report: Any) -> tuple[int, ...]:
    return report.read, report.new, report.updated, report.duplicate, report.quarantined


def test_it_works(store: Store, write: Write) -> None:
    rows = [order("#1001", "50.00"), item("#1001", "Lamp", 2), order("#1002", "20.00")]
    [report] = add(store, [write("x.csv", SHOPIFY, rows)])
    assert report.recipe == "shopify_orders"
    assert counts(report) == (3, 3, 0, 0, 0)
    stored = orders(store)
    assert {k: v["amount"] for k, v in stored.items()} == {"#1001": 5000, "#1002": 2000}
    assert stored["#1001"]["product"] == "Lamp; Tent"
    assert stored["#1001"]["quantity"] == 3
    assert stored["#1001"]["customer_ref"]


def test_order_cells_that_are_repeated_on_each_row_count_once(store: Store, write: Write) -> None:
    rows = [order("#1001", "50.00"), order("#1001", "50.00", item="Lamp")]
    [report] = add(store, [write("x.csv", SHOPIFY, rows)])
    assert counts(report) == (2, 2, 0, 0, 0)
    assert [row["amount"] for row in orders(store).values()] == [5000]


def test_a_refund_that_came_later_updates_all_rows_of_its_order(store: Store, write: Write) -> None:
    before = [order("#1001", "50.00"), item("#1001", "Lamp"), order("#1002", "20.00")]
    after = [order("#1001", "50.00", "partially_refunded", "12.00"), *before[1:]]
    add(store, [write("x.csv", SHOPIFY, before)])
    [report] = add(store, [write("y.csv", SHOPIFY, after)])
    assert counts(report) == (3, 0, 2, 1, 0)
    stored = orders(store)
    assert stored["#1001:refund"]["amount"] == -1200
    assert stored["#1001:refund"]["kind"] == "refund"
    assert stored["#1001"]["status"] == "partially_refunded"
    [again] = add(store, [write("z.csv", SHOPIFY, after)])
    assert counts(again) == (3, 0, 0, 3, 0)


def test_an_order_whose_first_row_is_broken_goes_to_quarantine_whole(
    store: Store, write: Write
) -> None:
    rows = [order("#1001", "50.00", created="2025-13-45 10:00:00 +0200"), item("#1001", "Lamp"),
            order("#1002", "20.00")]  # fmt: skip
    [report] = add(store, [write("x.csv", SHOPIFY, rows)])
    assert counts(report) == (3, 1, 0, 0, 2)
    assert set(orders(store)) == {"#1002"}
    assert quarantined(store).column("line").to_pylist() == [2, 3]


def test_orders_cancelled_before_payment_and_voided_ones_move_no_money(
    store: Store, write: Write
) -> None:
    day = "2025-10-08 09:00:00 +0200"
    rows = [
        order("#1", "10.00", "voided"),
        order("#2", "10.00", "pending", cancelled=day),
        order("#3", "10.00", "refunded", "10.00", cancelled=day),
        order("#4", "10.00", "pending"),
        order("#5", "0.00"),
    ]
    add(store, [write("x.csv", SHOPIFY, rows)])
    stored = {k: (v["kind"], v["amount"]) for k, v in orders(store).items()}
    assert stored == {
        "#1": ("cancellation", 0), "#2": ("cancellation", 0), "#3": ("order", 1000),
        "#3:refund": ("refund", -1000), "#3:cancelled": ("cancellation", 0),
        "#4": ("order", 1000), "#5": ("order", 0),
    }  # fmt: skip


def test_failed_and_uncaptured_payments_are_kept_with_no_money(store: Store, write: Write) -> None:
    rows = [charge(1, "10.00"), charge(2, "10.00", "Failed"), charge(3, "10.00", captured="false")]
    [report] = add(store, [write("x.csv", STRIPE, rows)])
    assert report.recipe == "stripe_payments"
    assert counts(report) == (3, 3, 0, 0, 0)
    stored = {k: (v["kind"], v["amount"]) for k, v in orders(store).items()}
    assert stored == {"ch_1": ("order", 1000), "ch_2": ("payment", 0), "ch_3": ("payment", 0)}


def test_converted_amounts_are_taken_and_a_partial_refund_is_a_row_of_its_own(
    store: Store, write: Write
) -> None:
    rows = [charge(1, "10.00", refunded="4.00", converted=("9.00", "3.60", "eur"))]
    add(store, [write("x.csv", STRIPE, rows)])
    stored = orders(store)
    assert stored["ch_1"]["amount"] == 900
    assert stored["ch_1"]["currency"] == "EUR"
    assert (stored["ch_1:refund"]["amount"], stored["ch_1:refund"]["kind"]) == (-360, "refund")
    assert stored["ch_1:refund"]["at"].day == 9


def test_a_payment_of_a_named_order_is_no_second_order(store: Store, write: Write) -> None:
    rows = [charge(1, "10.00", refunded="4.00", named="1001"), charge(2, "7.00")]
    path = write("x.csv", STRIPE, rows)
    [shown] = preview(store, path)
    assert any("payment of it" in note for note in shown.notes)
    add(store, [path])
    stored = {k: (v["kind"], v["amount"], v["order_number"]) for k, v in orders(store).items()}
    assert stored == {
        "ch_1": ("payment", 1000, "1001"), "ch_1:refund": ("refund", -400, "1001"),
        "ch_2": ("order", 700, None),
    }  # fmt: skip


def test_a_plain_table_of_orders_is_not_taken_for_a_products(store: Store, write: Write) -> None:
    header = ["order_number", "order_date", "order_total", "order_status", "order_currency"]
    [shown] = preview(store, write("x.csv", header, [["1", "25/12/2024", "9.90", "paid", "EUR"]]))
    assert shown.recipe == "generic"


def test_orders_of_another_woocommerce_plugin_count_once(store: Store, write: Write) -> None:
    header = ["Order Number", "Order Status", "Order Date", "Order Total Amount", "Order Currency",
              "Email (Billing)", "Item Name", "Order Refund Amount"]  # fmt: skip
    mail = "ann@example.com"
    rows = [
        ["1", "wc-completed", "2024-12-25 10:00", "30.00", "EUR", mail, "Tent", "5.00"],
        ["1", "wc-completed", "2024-12-25 10:00", "30.00", "EUR", mail, "Lamp", "5.00"],
        ["2", "failed", "2024-12-26 10:00", "9.00", "EUR", mail, "Lamp", ""],
    ]
    [report] = add(store, [write("x.csv", header, rows)])
    assert report.recipe == "woocommerce_plugin_orders"
    assert counts(report) == (3, 3, 0, 0, 0)
    stored = {k: (v["kind"], v["amount"]) for k, v in orders(store).items()}
    assert stored == {"1": ("order", 3000), "1:refund": ("refund", -500), "2": ("payment", 0)}


def test_a_freshdesk_ticket_that_is_open_again_is_not_solved(store: Store, write: Write) -> None:
    heads = ["Ticket ID", "Subject", "Description", "Status", "Priority", "Source", "Type", "Agent",
             "Group", "Created time", "Resolved time", "Closed time", "Initial response time",
             "First response time (in hrs)", "Resolution time (in hrs)"]  # fmt: skip
    known = {"Subject": "Late", "Description": "It is late.", "Created time": "2025-02-03 08:00:00",
             "Resolution time (in hrs)": "25:30:00"}  # fmt: skip
    tickets = [known | {"Ticket ID": "1", "Status": "Open"},
               known | {"Ticket ID": "2", "Status": "Closed"}]  # fmt: skip
    rows = [[ticket.get(head, "") for head in heads] for ticket in tickets]
    [report] = add(store, [write("x.csv", heads, rows)])
    assert report.recipe == "freshdesk_csv"
    solved = {row["thread_id"]: row["solved_at"] for row in store.arrow("threads").to_pylist()}
    assert solved["1"] is None
    assert solved["2"].isoformat() == "2025-02-04T09:30:00+00:00"
