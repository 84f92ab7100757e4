"""Keys in texts: what is taken out, to be hashed, before redaction."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodwill.records.privacy import Key, common_handles, find_keys
from goodwill.records.privacy._keys import DEFAULT_PATTERNS

_PIECES = (
    "order", "Orders", "ORDER", " orderly ", "purchase", "Pedidos", "encomenda", "Compra",
    "commande", "Bestellnummer", "auftrag", "ordine", "ord\u0131ne", "ca\u017fe", "\u0130",
    "ticket", "tic\u212aets", "case", "flight ", "#", " no ", "is", ": ", " ", "-", ".", ",",
    "12", "345", "6789", "AB-", "x",
)  # fmt: skip


def test_it_works() -> None:
    text = "Order #1001: write to Jane.Doe@Example.com or +34 612 34 56 78, ticket 88123"
    assert find_keys([text, None, "nothing"]) == [
        [
            Key("email", "jane.doe@example.com"),
            Key("phone", "+34612345678"),
            Key("order", "1001"),
            Key("ticket", "88123"),
        ],
        [],
        [],
    ]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("my order 12345 is late", "12345"),
        ("order number: AB-99871", "AB-99871"),
        ("Order No. 7781", "7781"),
        ("meu pedido 4455667 não chegou", "4455667"),
        ("pedido nº 4455667", "4455667"),
        ("el pedido número 99123", "99123"),
        ("ma commande 771234 est en retard", "771234"),
        ("meine Bestellung 99812", "99812"),
        ("Bestellnummer: 99812", "99812"),
        ("order w123456", "W123456"),
        ("where is #48213?", "48213"),
    ],
)
def test_order_numbers_in_their_usual_forms(text: str, number: str) -> None:
    assert find_keys([text]) == [[Key("order", number)]]


@pytest.mark.parametrize(
    "text",
    ["I ordered 2 kettles", "in order to pay", "order came 3 days late", "#fail", "order me"],
)
def test_other_words_are_no_order_numbers(text: str) -> None:
    assert find_keys([text]) == [[]]


@pytest.mark.parametrize(
    ("text", "mail"),
    [
        ("JOHN at Gmail dot com", "john@gmail.com"),
        ("jane [at] example [dot] org", "jane@example.org"),
        ("ana arroba hotmail punto com", "ana@hotmail.com"),
        ("mailto:J@x.IO", "j@x.io"),
        ("jane @ example.com", "jane@example.com"),
    ],
)
def test_mails_have_one_form(text: str, mail: str) -> None:
    assert find_keys([text]) == [[Key("email", mail)]]


def test_a_phone_without_country_code_is_a_key_only_where_the_region_is_known() -> None:
    text = "call 020 7946 0958"
    assert find_keys([text]) == [[]]
    assert find_keys([text], region="GB") == [[Key("phone", "+442079460958")]]


def test_the_number_of_a_case_is_a_ticket_and_that_of_a_flight_is_no_key() -> None:
    assert find_keys(["Case #8477733", "flight #1051 on time"]) == [[Key("ticket", "8477733")], []]


def test_a_key_is_given_once() -> None:
    assert find_keys(["a@b.co A@B.CO #1001 order 1001"]) == [
        [Key("email", "a@b.co"), Key("order", "1001")]
    ]


def test_the_patterns_of_a_book_replace_those_built_in() -> None:
    patterns = {"order": r"ZX(?P<value>\d+)", "external": r"club (\w+)", "account": r"A\d\d"}
    assert find_keys(["zx77 order 12345, club red9 a12"], patterns=patterns) == [
        [Key("order", "77"), Key("external", "RED9"), Key("account", "A12")]
    ]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=9).map("".join))
def test_numbers_are_found_as_the_patterns_alone_find_them(text: str) -> None:
    alone = {kind: re.compile(pattern, re.I) for kind, pattern in DEFAULT_PATTERNS.items()}
    assert find_keys([text]) == find_keys([text], patterns=alone)


def test_the_handle_of_nearly_every_text_is_the_companys_own() -> None:
    texts = ["@Shop help @jane"] * 15 + ["@SHOP hi"] * 15 + [None] + ["hi"] * 20
    assert common_handles(texts, least=20) == {"shop"}
