"""What redaction leaves: clean texts, order numbers, dates, brands, initials of agents."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from goodwill.records.privacy import KINDS, redact, redact_batch

MOST_CLEAN_CHANGED = 0.005

CLEAN = """
Virgin America is great and Chase Bank too, unlike Wells Fargo
Will you be there in May? Paris and Jordan are nice. Mark it
thanks for your help ^CO
we are on it /JI
San Francisco to New York with United Airlines on Tuesday
I'm American and this is Ridiculous. I'm Very Upset
Hello team, Dear Sir or Madam, Dear Customer Service
order number 123-456-7890 came on 2015-02-24 11:35 and cost 1,234,567.00
my order #1001 and pedido 1234567890 and commande 55512345
tracking 1Z999AA10123456784 and 9400 1118 9922 3344 5566 77
invoice 20150224 from 24/02/2015 to 28.02.2015, total 1 234 567 EUR
running version 8.4.22.857 on iOS 11.0.3
version 10.4.2.1 crashes, v10.0.3.2 too; firmware: 10.1.2.3, la versión 10.4.2.1
see https://shop.example/orders/12345 for the status
tweet 570306133677760513 at 10:30-11:45, flight 1234 gate B42
The price went from $1200 to 1299.99 in 2016-2017
Calvin Klein jeans from John Lewis, size 32/34
My name is spelled wrong and my name is not on the list
Merry Christmas, Happy Easter, Black Friday
Thanks. Great service, Best regards
it took 3-4 days, 10 000 000 people
I have a card from the U.S. Will you accept it?
my password is wrong and my username is not accepted
see https://t.co/RoN4Luc for Joe Lewis Arena and Eden Prairie
ticket # 0162424965446 and complaint no: 385990950
"""


@pytest.mark.parametrize("text", CLEAN.strip().split("\n"))
def test_a_text_without_personal_data_is_left_as_it_is(text: str) -> None:
    assert redact([text])[0] == (text, [])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "since version 8.1 the server 10.4.2.1 is down",
            "since version 8.1 the server [ip] is down",
        ),
        ("firmware host 10.4.2.1", "firmware host [ip]"),
        ("please release 203.0.113.7", "please release [ip]"),
        ("my version of it, 84.22.10.5", "my version of it, [ip]"),
        ("version 8.4.2.7, 84.12.33.9", "version 8.4.2.7, [ip]"),
        ("My name is Maria Lopez!please help", "My name is [name]!please help"),
        ("MY NAME IS MARIA LOPEZ AGAIN", "MY NAME IS [name] AGAIN"),
        ("At your store Sarah Miller was rude", "At your store [name] was rude"),
        ("the shop Maria Lopez sent me", "the shop [name] sent me"),
        ("My name is David Jones", "My name is [name]"),
        ("Regards,\nDavid Jones", "Regards,\n[name]"),
        ("Desculpe o atraso, 912 345 678", "Desculpe o atraso, [phone]"),
        ("Pregunta por mí, 612 345 678", "Pregunta por mí, [phone]"),
        ("Agent: Hi\nCustomer: Zbigniewa Kowalczykowna", "Agent: Hi\nCustomer: [name]"),
    ],
)
def test_what_stands_near_a_version_a_shop_or_a_chat_still_goes(text: str, left: str) -> None:
    assert redact_batch([text]) == [left]


@pytest.mark.parametrize(
    "text",
    [
        "Che, ¿para cuándo el router?",
        "Fui à Fnac da Rua de Santa Catarina de Braga",
        "Freundliche Grüße, Kreditorenbuchhaltung",
        "Tercer mensaje. 0308-0814. 23 de abril.",
        "Ligação: cliente pergunta do reembolso de 4500826311.",
        "Ligue para o banco. O contrato 99751651 está em meu nome",
    ],
)
def test_greetings_streets_departments_and_other_numbers_stay(text: str) -> None:
    assert redact_batch([text]) == [text]


def test_none_and_empty_pass() -> None:
    assert redact([None, "", " "]) == [(None, []), ("", []), (" ", [])]
    assert redact_batch([None, ""]) == [None, ""]


def test_a_caller_keeps_what_it_knows() -> None:
    text = "ref 4111111111111111 for Maria Lopez of Ottilie Brandt"
    known = {"4111111111111111", "Ottilie Brandt"}
    clean = redact_batch([text], keep=lambda kind, value: value in known)
    assert clean == ["ref 4111111111111111 for [name] of Ottilie Brandt"]


def test_the_handle_of_the_company_stays() -> None:
    text = "@Shop why? cc @jane"
    assert redact_batch([text], keep_handles={"shop"}) == ["@Shop why? cc [handle]"]


def test_kinds_that_are_not_asked_for_stay() -> None:
    text = "Maria Lopez, maria@example.com"
    assert redact_batch([text], kinds=KINDS - {"name"}) == ["Maria Lopez, [email]"]


@pytest.mark.data
def test_hardly_any_clean_question_to_a_bank_is_changed(data_folder: Path) -> None:
    with (data_folder / "banking77" / "train.csv").open(encoding="utf-8") as file:
        texts = [row["text"] for row in csv.DictReader(file)]
    changed = [text for text, (_, spans) in zip(texts, redact(texts), strict=True) if spans]
    assert len(changed) <= MOST_CLEAN_CHANGED * len(texts), changed
