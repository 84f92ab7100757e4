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
version 10.4.2.1 crashes, firmware 192.168.4.12 too; since v 10.0.3.2 it is slow
Updated from version 10.4.2.0 to 10.4.2.1 (build 10.4.2.99)
la versión es la 10.4.2.1, el firmware: 10.1.2.3, y la app 10.2.3.4
a versão 10.4.2.1 falha, compilação 127.4.2.1, atualização 10.1.2.3
die Firmware-Version 10.4.2.1 und das Update auf 10.4.2.2
The invoice of Nadia Kessler Ltd. and of Marta Nord GmbH
Bäckerei Hannelore hat geschlossen, das Hotel Carmen auch
La tienda de Pedro no contesta y los Señores de Carmen Vidal tampoco
ask at Martha's Support, or the Laura Mug 2 and the Martha Kessler XL
the colour "Arena Clara" and Carla!Box 7590
Cliente pregunta por 1000573385 y llama por retraso de 8922363
Fuimos el Domingo de Ramos a Leroy Merlin
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


def test_an_address_beside_a_version_and_a_person_beside_a_firm_still_go() -> None:
    texts = [
        "since version 8.1 the server 10.4.2.1 is down",
        "Logged in from 10.4.2.1, app 10.4.2.2",
        "firmware host 10.4.2.1",
        "The Support of Martha Kessler; ask Martha Kessler Support",
        'I am "Clara Kessler"',
        "Bot: Hi, your name?\nCustomer: Martha Kessler",
    ]
    assert redact_batch(texts) == [
        "since version 8.1 the server [ip] is down",
        "Logged in from [ip], app 10.4.2.2",
        "firmware host [ip]",
        "The Support of [name]; ask [name] Support",
        'I am "[name]"',
        "Bot: Hi, your name?\nCustomer: [name]",
    ]


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
