"""The generic recogniser: a mapping for a table that no recipe knows, from names and values.

A name proposes, the first values confirm: a "date" column whose cells are no times is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa

from goodwill.literals import text_sql

from ._cells_sql import TimeRule, clean_sql, serial_sql, time_sql
from ._numbers_sql import NumberRule, number_sql
from ._recipe import field_kind, plain
from ._rows import LINE
from ._synonyms import (
    CONTACTS,
    CONTRACTS,
    IDENTITIES,
    MINOR_AMOUNT,
    NAMES,
    ORDERS,
    UNIT_PRICE,
)

_SAMPLE = 500
_CELLS = 100_000
_MAIL = (
    r"(?im)<(p|div|br|span|html|blockquote)[ />]|^>+ |^-{3,} ?original message|"
    r"^(on|am|el|em|le) .{8,120} (wrote|schrieb|escribió|escreveu|a écrit)\b.{0,80}:"
)
"""What mails have and other texts have not: markup, and the history that they quote."""
_TICKET_WORDS = (
    "ticket", "case", "conversation", "thread", "vorgang", "protocolo", "chamado", "caso",
)  # fmt: skip
_FEW = 8
"""Rows below which a repeated id tells nothing."""
_SMALL_WORDS = re.compile(r"(?<!\w)[^\W\d_A-Z]{2,}(?!\w)")
_SENTENCE = 5  # words in lower case of a cell that reads like a sentence
_THREAD_WORDS = frozenset(CONTACTS["thread_id"])
_STAGES = (
    "open", "opened", "reopened", "closed", "pending", "waiting", "on hold", "hold", "new",
    "assigned", "in progress", "solved", "resolved", "done", "cancelled", "canceled", "abierto",
    "cerrado", "pendiente", "resuelto", "aberto", "fechado", "pendente", "resolvido", "offen",
    "geschlossen", "wartend", "gelöst",
)  # fmt: skip
"""What tells how far a ticket is: a column named "state" may hold these and no places."""


class Values:
    """What the first values of each column look like, as shares of the filled cells."""

    def __init__(self, con: Any, rows: pa.Table, missing: tuple[str, ...] = ()) -> None:
        self.columns = [name for name in rows.schema.names if name != LINE]
        self._facts: dict[str, dict[str, float]] = {}
        # All columns at once, as one long one: parsing the rules of times for each of a thousand
        # columns takes minutes.
        sample = rows.select(self.columns).slice(0, max(20, _CELLS // max(1, len(self.columns))))
        sample = sample.slice(0, _SAMPLE)
        chunks = [chunk for name in self.columns for chunk in sample.column(name).chunks]
        places = [place for place in range(len(self.columns)) for _ in range(sample.num_rows)]
        cells = pa.chunked_array(chunks, pa.string())
        con.register("cells", pa.table({"place": pa.array(places, pa.int32()), "cell": cells}))
        rules = [TimeRule(order, serial=False) for order in ("dmy", "mdy")]
        both = f"coalesce({', '.join(time_sql('c', rule) for rule in rules)})"
        number = f"coalesce({number_sql('c', NumberRule('.'))}, {number_sql('c', NumberRule(','))})"
        stages = ", ".join(text_sql(stage) for stage in _STAGES)
        found = con.execute(
            "SELECT place, count(*), count(c), count(t), count(n), count(DISTINCT c), "
            "coalesce(avg(length(c)), 0), max(n), min(n), "
            "count(*) FILTER (WHERE contains(c, '@')), "
            "count(*) FILTER (WHERE regexp_matches(c, '[A-Za-z]{2}')), "
            f"count(*) FILTER (WHERE {serial_sql('c')}), "
            f"count(*) FILTER (WHERE regexp_matches(c, {text_sql(_MAIL)})), "
            f"count(*) FILTER (WHERE lower(trim(c)) IN ({stages})) FROM "
            f"(SELECT place, c, {both} AS t, {number} AS n FROM "
            f"(SELECT place, {clean_sql('cell', missing)} AS c FROM cells)) GROUP BY place"
        ).fetchall()
        con.unregister("cells")
        facts = {place: tuple(row) for place, *row in found}
        for place, name in enumerate(self.columns):
            row = facts.get(place, (0, 0, 0, 0, 0, 0, None, None, 0, 0, 0, 0, 0))
            filled = max(1, row[1])
            self._facts[name] = {
                "rows": row[0],
                "filled": row[1],
                "time": row[2] / filled,
                "number": row[3] / filled,
                "distinct": row[4] / filled,
                "length": float(row[5]),
                "most": float(row[6]) if row[6] is not None else 0.0,
                "least": float(row[7]) if row[7] is not None else 0.0,
                "at": row[8] / filled,
                "words": row[9] / filled,
                "serial": row[10] / filled,
                "mail": row[11] / filled,
                "stage": row[12] / filled,
            }

    def of(self, column: str) -> Mapping[str, float]:
        """Return the facts of one column."""
        return self._facts[column]

    def fit(self, column: str, kind: str) -> bool:
        """Return whether a column's values can be of a kind; an empty column fits any."""
        facts = self._facts[column]
        if not facts["filled"]:
            return kind not in ("must_time", "must_number", "must_text")
        if kind in ("time", "must_time"):
            # The name has spoken already; a file may well be full of faults.
            return facts["time"] >= 0.3 or facts["serial"] >= 0.9
        if kind in ("number", "must_number", "whole"):
            return facts["number"] >= 0.5
        if kind in ("words", "must_text"):
            return facts["number"] < 0.5 and facts["time"] < 0.5
        if kind == "email":
            return facts["at"] >= 0.5
        return True


def recognise(con: Any, rows: pa.Table) -> tuple[dict[str, Any], str]:
    """Return a mapping document and why, or an empty document and why not."""
    values = Values(con, rows)
    if not values.columns or not rows.num_rows:
        return {}, "there is no row below the header"
    by_plain: dict[str, str] = {}
    for name in values.columns:
        by_plain.setdefault(plain(name), name)
    contacts = _fields(by_plain, values, "contacts", CONTACTS)
    contracts = _contracts(by_plain, values)
    if contracts and "text" not in contacts:
        found = {"name": "generic", "subscriptions": contracts} | _period_note(contracts)
        return _with_people(found, by_plain, values, "the columns' names are those of contracts")
    orders = _fields(by_plain, values, "orders", ORDERS)
    _choose_amount(by_plain, values, orders)
    times = [n for n in values.columns if values.of(n)["time"] >= 0.9 and values.of(n)["filled"]]
    for fields in (contacts, orders):
        if "at" not in fields and len(times) == 1:
            fields["at"] = times[0]
    if _repeats(rows, contacts):
        del contacts["contact_id"]
    prose = "" if "text" in contacts or "amount" in orders else _prose(rows, contacts)
    if prose and "at" in contacts:
        contacts["text"] = prose
    document: dict[str, Any] = {"name": "generic"}
    is_orders = "amount" in orders and "at" in orders
    says = "text" in contacts or "rating" in contacts
    called = "channel" in contacts and ("customer_ref" in contacts or _identities(by_plain, values))
    is_contacts = "at" in contacts and (says or called or ("subject" in contacts and not is_orders))
    both = is_orders and is_contacts
    if both and (not says or contacts["at"] == orders["at"]):
        # One time column: either a message with an amount or an order with a note.
        order_like = "order_number" in orders or "quantity" in orders or not says
        is_contacts, is_orders = (False, True) if order_like else (True, False)
    if not is_contacts and not is_orders:
        return {}, _why_not(contacts, orders, times)
    if is_contacts:
        document["contacts"] = _contacts(contacts, values, by_plain)
        said = _text_note(contacts, prose)
        given = next((by_plain[w] for w in CONTACTS["rating"] if w in by_plain), None)
        taken = set(contacts.values()) - {contacts.get("rating")}
        known = "rating" in document["contacts"] or given in taken
        if given and not known and values.of(given)["filled"]:
            said += [
                f"the ratings in {given!r} are of no scale that is known by its numbers (0 to 10, "
                "1 to 5, 1 to 7, 0 and 1): they are not taken; a mapping can say the scale"
            ]
        if said:
            document["notes"] = said
    if is_orders:
        document["orders"] = _orders(orders, values)
    kinds = " and ".join(k for k in ("contacts", "orders") if k in document)
    why = f"the columns' names and values are those of {kinds}"
    return _with_people(document, by_plain, values, why)


def _prose(rows: pa.Table, contacts: Mapping[str, str]) -> str:
    """Return the one column whose cells read like sentences, whatever it is called."""
    taken = {LINE, *contacts.values()}
    found = []
    for name in rows.schema.names:
        if name in taken:
            continue
        cells = [cell for cell in rows.column(name).to_pylist() if cell]
        told = sum(len(_SMALL_WORDS.findall(cell)) >= _SENTENCE for cell in cells)
        if cells and 2 * told > len(cells):
            found.append(name)
    return found[0] if len(found) == 1 else ""


def _text_note(contacts: Mapping[str, str], prose: str) -> list[str]:
    if "text" not in contacts:
        return [
            "no column is taken for what customers said: without it there are no themes, signals "
            "or promises; a mapping can name it"
        ]
    if prose and contacts["text"] == prose:
        return [f"{prose!r} is taken for what customers said: its cells read like sentences"]
    return []


def _contracts(by_plain: Mapping[str, str], values: Values) -> dict[str, str]:
    """Return the columns of contracts, or nothing: a begin and an end alone may be anything's."""
    found = _fields(by_plain, values, "subscriptions", CONTRACTS)
    if not {"started_at", "ended_at"} <= set(found):
        return {}
    own, customer = found.get("subscription_id"), found.get("customer_ref")
    if own is None and customer is not None and values.of(customer)["distinct"] == 1:
        # One contract a customer: his number is the contract's.
        found["subscription_id"] = customer
    told = {"plan", "amount", "period"} & set(found)
    named = own is not None and plain(own) != "id"
    return found if "subscription_id" in found and (named or len(told) > 1) else {}


def _with_people(
    document: dict[str, Any], by_plain: Mapping[str, str], values: Values, why: str
) -> tuple[dict[str, Any], str]:
    """Return the document with the columns of keys and names beside what it maps, and why."""
    used = {c for name in ("contacts", "orders", "subscriptions") if name in document
            for c in document[name].values() if isinstance(c, str)}  # fmt: skip
    identities = _identities(by_plain, values)
    if identities:
        document["identities"] = identities
    names = [by_plain[n] for n in NAMES if n in by_plain and by_plain[n] not in used]
    if names:
        document["names"] = names
    return document, why


def _period_note(contracts: Mapping[str, str]) -> dict[str, Any]:
    if "period" in contracts:
        return {}
    return {
        "notes": [
            "no column says how often these contracts are renewed; without it they have no value. "
            'A mapping can say it: period = { value = "month" } (week, quarter, half_year, year)'
        ]
    }


def _fields(
    by_plain: Mapping[str, str], values: Values, table: str, synonyms: Mapping[str, tuple[str, ...]]
) -> dict[str, str]:
    """Return the best column for each field; a column serves one field of a table."""
    out: dict[str, str] = {}
    used: set[str] = set()
    for name, words in synonyms.items():
        kind = field_kind(table, name)
        if name in ("text", "subject"):
            kind = "must_text"
        elif kind in ("time", "number") and name in ("at", "amount", "rating"):
            kind = f"must_{kind}"
        for word in words:
            column = by_plain.get(word)
            if column is None or column in used or not values.fit(column, kind):
                continue
            if name == "region" and values.of(column)["stage"] >= 0.5:
                continue
            if name.endswith("_id") and name in ("contact_id", "order_id") and table != "contacts":
                facts = values.of(column)
                if facts["distinct"] < 1 or facts["filled"] < facts["rows"]:
                    continue
            if name == "contact_id" and word in _THREAD_WORDS:
                facts = values.of(column)
                # A ticket's number on each of its messages is the thread, not the message.
                if facts["distinct"] < 0.97 or facts["filled"] < 0.9 * facts["rows"]:
                    continue
            out[name] = column
            used.add(column)
            break
    return out


def _repeats(rows: pa.Table, contacts: Mapping[str, str]) -> bool:
    """Return whether the contact's id comes again at other times: then it is the person's."""
    if "contact_id" not in contacts or "at" not in contacts or rows.num_rows < _FEW:
        return False
    ids = rows.column(contacts["contact_id"]).to_pylist()
    times = rows.column(contacts["at"]).to_pylist()
    return len(set(ids)) < 0.8 * len(set(zip(ids, times, strict=True)))


def _choose_amount(by_plain: Mapping[str, str], values: Values, orders: dict[str, str]) -> None:
    if "amount" in orders:
        return
    for word in MINOR_AMOUNT:
        if word in by_plain and values.fit(by_plain[word], "must_number"):
            orders["amount"], orders["amount_in"] = by_plain[word], "minor"
            return
    for word in UNIT_PRICE:
        if word in by_plain and values.fit(by_plain[word], "must_number"):
            orders["amount"] = by_plain[word]
            orders["amount_in"] = "each" if "quantity" in orders else ""
            return


def _contacts(
    fields: dict[str, str], values: Values, by_plain: Mapping[str, str]
) -> dict[str, Any]:
    part: dict[str, Any] = dict(fields)
    if "text" in part and values.of(part["text"])["mail"] >= 0.1:
        part["text"] = {"column": part["text"], "kind": "body"}
    if "rating" in part and "rating_scale" not in part:
        scale = _scale(part["rating"], values)
        if scale:
            part["rating_scale"] = {"value": scale}
        else:
            del part["rating"]
    if "channel" not in part:
        names = set(by_plain)
        said = " ".join(names)
        ticket = any(word in said for word in _TICKET_WORDS)
        if "tweet" in said:
            part["channel"] = {"value": "social"}
        elif "rating" in part and not ticket:
            survey = part.get("rating_scale") != {"value": "stars5"} or "survey" in said
            part["channel"] = {"value": "survey" if survey and "review" not in said else "review"}
        else:
            part["channel"] = {"value": "other"}
    return part


def _scale(column: str, values: Values) -> str:
    name, facts = plain(column), values.of(column)
    for word, scale, most in (
        ("nps", "nps", 10), ("csat", "csat5", 5), ("ces", "ces7", 7), ("star", "stars5", 5),
    ):  # fmt: skip
        if word in name.split() or word + "s" in name.split():
            return scale if facts["most"] <= most else ""
    if facts["least"] < 0 or facts["most"] > 10:
        return ""
    if facts["most"] > 5:
        return "nps"
    if facts["least"] >= 1:
        return "stars5" if "satisfaction" not in name else "csat5"
    return "thumbs" if facts["most"] <= 1 else ""


def _orders(fields: dict[str, str], values: Values) -> dict[str, Any]:
    part: dict[str, Any] = dict(fields)
    unit = part.pop("amount_in", "")
    number, line = part.get("order_number"), part.get("line")
    if "order_id" not in part and number:
        facts = values.of(number)
        if not line and facts["distinct"] == 1 and facts["filled"] == facts["rows"]:
            part["order_id"] = number
        elif line:
            part["order_id"] = {"sql": "orders_order_number || ':' || orders_line"}
    if unit == "minor":
        part["amount"] = {"column": part["amount"], "kind": "number", "divide": 100}
    elif unit == "each":
        part["amount"] = {"column": part["amount"], "kind": "number", "times": "orders_quantity"}
    return part


def _identities(by_plain: Mapping[str, str], values: Values) -> dict[str, list[str]]:
    out = {}
    for kind, words in IDENTITIES.items():
        found = [by_plain[w] for w in words
                 if w in by_plain and values.fit(by_plain[w], kind)]  # fmt: skip
        if kind == "phone":
            found = [c for c in found if values.of(c)["length"] >= 6 or not values.of(c)["filled"]]
        if found:
            out[kind] = found
    return out


def _why_not(contacts: Mapping[str, str], orders: Mapping[str, str], times: list[str]) -> str:
    if not times:
        return "no column holds times, so nothing can be placed in time"
    if "at" not in contacts and "at" not in orders:
        return (
            f"{len(times)} columns hold times, and no name says which is the contact's or order's"
        )
    return "no column holds a text, a rating or an amount"
