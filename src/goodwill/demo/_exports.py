"""The files that the demo company would export: orders, tickets, chats, reviews and posts."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from goodwill.demo import _world as world
from goodwill.demo._buyers import DAY, Ints, Orders
from goodwill.demo._messages import Message, kind_of
from goodwill.demo._people import People
from goodwill.demo._slots import customer_id

CURRENCY = "EUR"
ORDER_COLUMNS = (
    "transaction_id", "order_id", "type", "status", "customer_id", "ordered_at", "total",
    "currency", "product", "region", "carrier", "promised_at", "delivered_at",
    "related_order_id",
)  # fmt: skip
TICKET_COLUMNS = (
    "message_id", "ticket_id", "created_at", "channel", "direction", "author_role", "agent_id",
    "customer_id", "customer_email", "subject", "body", "order_id", "product",
)  # fmt: skip
CHAT_KEYS = (
    "message_id", "conversation_id", "sent_at", "channel", "direction", "author_role", "agent_id",
    "customer_id", "text",
)  # fmt: skip
POST_COLUMNS = (
    "id", "channel", "posted_at", "direction", "author_role", "customer_id", "stars", "title",
    "text", "product", "in_reply_to", "url",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Money:
    """What became of orders besides their delivery: moments in seconds, -1 for never."""

    cancelled_at: Ints
    refunded_at: Ints


def stamps(start: np.datetime64, seconds: Iterable[int] | Ints) -> list[str]:
    """Return moments as ISO 8601 in UTC; empty for -1."""
    given = np.asarray(list(seconds) if not isinstance(seconds, np.ndarray) else seconds)
    if not len(given):
        return []
    text = np.datetime_as_string(start.astype("datetime64[s]") + given, unit="s")
    return [
        "" if second < 0 else f"{word}Z"
        for word, second in zip(text.tolist(), given.tolist(), strict=True)
    ]


def _write_csv(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


def write_orders(
    path: Path, orders: Orders, money: Money, numbers: list[str], start: np.datetime64, end: int
) -> int:
    """Write the orders with their refunds and cancellations by time; return the rows."""
    rows = list(_order_rows(orders, money, numbers, start, end))
    rows.sort(key=lambda row: (row[5], row[0]))
    _write_csv(path, ORDER_COLUMNS, rows)
    return len(rows)


def _order_rows(
    orders: Orders, money: Money, numbers: list[str], start: np.datetime64, end: int
) -> Iterator[tuple[Any, ...]]:
    cancelled = (money.cancelled_at >= 0) & (money.cancelled_at < end)
    refunded = (money.refunded_at >= 0) & (money.refunded_at < end)
    arrived = np.where(cancelled | (orders.delivered_at >= end), -1, orders.delivered_at)
    # What was promised before the help desk's time is not known any more.
    dated = orders.at >= world.HISTORY_DAYS * DAY
    columns = zip(
        numbers,
        orders.customer.tolist(),
        stamps(start, orders.at),
        orders.cents.tolist(),
        orders.product.tolist(),
        orders.region.tolist(),
        orders.carrier.tolist(),
        stamps(start, np.where(dated & ~cancelled, orders.promised_at, -1)),
        stamps(start, arrived),
        cancelled.tolist(),
        refunded.tolist(),
        (orders.at >= end - DAY).tolist(),
        stamps(start, np.where(cancelled, money.cancelled_at, money.refunded_at)),
        strict=True,
    )
    for (
        number, customer, at, cents, product, region, carrier, promised, delivered,
        is_cancelled, is_refunded, fresh, back,
    ) in columns:  # fmt: skip
        status = (
            "cancelled" if is_cancelled else "refunded" if is_refunded
            else "delivered" if delivered else "processing" if fresh else "shipped"
        )  # fmt: skip
        shared = (
            CURRENCY, world.PRODUCTS[product].name, world.REGIONS[region],
            world.CARRIERS[carrier],
        )  # fmt: skip
        who = customer_id(customer)
        yield (
            number, number, "order", status, who, at, f"{cents / 100:.2f}", *shared, promised,
            delivered, "",
        )  # fmt: skip
        if is_cancelled or is_refunded:
            kind, sign = ("cancellation", "C") if is_cancelled else ("refund", "R")
            yield (
                f"{number}-{sign}", number, kind, "completed", who, back,
                f"-{cents / 100:.2f}", *shared, "", "", number,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """A message with its words."""

    message: Message
    subject: str
    text: str


def write_contacts(
    folder: Path, written: list[Written], orders: Orders, people: People, numbers: list[str],
    start: np.datetime64,
) -> dict[str, Path]:  # fmt: skip
    """Write the three files of contacts; return them by the system they come from."""
    at = stamps(start, [each.message.at for each in written])
    rows: dict[str, list[tuple[Any, ...]]] = {"ticket": [], "chat": [], "post": []}
    for moment, each in zip(at, written, strict=True):
        message = each.message
        kind = kind_of(message.thread.channel)
        row = {"ticket": _ticket_row, "chat": _chat_row, "post": _post_row}[kind]
        rows[kind].append(row(moment, each, orders, people, numbers))
    paths = {
        "ticket": folder / "tickets.csv",
        "chat": folder / "chats.jsonl",
        "post": folder / "reviews_and_posts.csv",
    }
    _write_csv(paths["ticket"], TICKET_COLUMNS, rows["ticket"])
    with paths["chat"].open("w", encoding="utf-8", newline="") as file:
        for values in rows["chat"]:
            pairs = dict(zip(CHAT_KEYS, values, strict=True))
            file.write(json.dumps(pairs, ensure_ascii=False) + "\n")
    _write_csv(paths["post"], POST_COLUMNS, rows["post"])
    return paths


def _direction(message: Message) -> str:
    return "in" if message.role == "customer" else "out"


def _agent_id(message: Message) -> str:
    return f"A-{message.agent + 1:02d}" if message.role == "agent" else ""


def _product(message: Message, orders: Orders) -> str:
    return world.PRODUCTS[int(orders.product[message.order])].name


def _ticket_row(
    moment: str, each: Written, orders: Orders, people: People, numbers: list[str]
) -> tuple[Any, ...]:
    message = each.message
    form = message.thread.channel == "web_form" and message.role == "customer"
    # The web form has fields for order and product; mails have not.
    knows = form and message.topic not in (
        "product_question", "size_advice", "stock_question", "delivery_question", "newsletter",
    )  # fmt: skip
    return (
        message.number, message.thread.number, moment,
        "phone" if message.act == "call" else message.thread.channel, _direction(message),
        message.role, _agent_id(message), customer_id(message.customer),
        people.get(message.customer).email,
        each.subject, each.text, numbers[message.order] if knows else "",
        _product(message, orders) if form else "",
    )  # fmt: skip


def _chat_row(
    moment: str, each: Written, orders: Orders, people: People, numbers: list[str]
) -> tuple[Any, ...]:
    message = each.message
    return (
        message.number, message.thread.number, moment, "chat", _direction(message), message.role,
        _agent_id(message) or None, customer_id(message.customer), each.text,
    )  # fmt: skip


def _post_row(
    moment: str, each: Written, orders: Orders, people: People, numbers: list[str]
) -> tuple[Any, ...]:
    message = each.message
    reply_to = message.reply_to.number if message.reply_to else ""
    review = message.thread.channel == "review"
    site = "reviews.example" if review else "social.example"
    return (
        message.number, message.thread.channel, moment, _direction(message), message.role,
        customer_id(message.customer), message.stars or "", each.subject, each.text,
        _product(message, orders) if review else "", reply_to,
        f"https://{site}/tarrelo/{message.number.lower()}",
    )  # fmt: skip
