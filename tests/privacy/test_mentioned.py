"""Names that are only mentioned: found in any spelling, unless firms, makes and towns bear them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from goodwill.records.privacy import redact

LINES = (Path(__file__).parent / "leaks.txt").read_text(encoding="utf-8").splitlines()
LEAKS = [line.split("|", 1)[1].replace("\\n", "\n") for line in LINES if line[:1] != "#"]
_NAME = re.compile(r"\{([^}]*)\}")

THINGS = [
    # wares and places beside the name, whatever the list
    "My Jamie Oliver pan lost its coating.",
    "Kelly kettle or camping stove?",
    "O sofá Helena veio rasgado.",
    "A mesa Beatriz chegou lascada.",
    'Sofa "Helena" in Anthrazit, Lieferzeit?',
    "Bankhaus Metzler hat nichts gebucht.",
    "A pastelaria da Rua Augusta estava fechada.",
    "Cancelad la reserva del hotel Reina Cristina por favor.",
    "Gordon's Gin bottle smashed in transit.",
    "Asked the Alexa skill for my balance.",
    "Hello Wendy's Support, the bag was empty.",
    "Größe M fällt aus wie S. Umtausch möglich?",
    "Im Ernst?",
    "My Calvin Klein jeans shrank.",
    "a Fnac da Rua de Santa Catarina está fechada",
    "Okay, Rosa's Bed and Breakfast is near",
    "the Oliver Smith sofa is too wide",
    # firms that lists know
    "Leroy Merlin no me cambia la puerta",
    "Hola Massimo Dutti, sigo esperando",
    "a loja da Leroy Merlin fechou",
    # towns
    "O voo para Belo Horizonte atrasou",
    "We landed in Baton Rouge at noon",
    # wares
    "El sofá Lucía tiene una pata rota.",
    "O vestido Clara é transparente demais.",
    "Das Sofa Luisa ist viel zu weich.",
    "Die Puppe Anna hat nur ein Auge.",
    "the Ingrid rug is much smaller than shown",
    "Product: Fritz!Box 7590",
    # firms by their form
    "Bitte auf Haustechnik Nord GmbH umschreiben",
    "a fatura em nome de Obrasul Lda",
]
PERSONS = [
    ("Marco promised me a refund", "[name] promised me a refund"),
    ("12345, Marco is rude", "12345, [name] is rude"),
    ("what is bob stevens phone number", "what is [name] phone number"),
    ("From: Tom To: Jerry", "From: [name] To: [name]"),
    ("A size S? J. Okonkwo asked", "A size S? [name] asked"),
    ("My name is Paul Smith", "My name is [name]"),
    ("Regards,\nWilliam Hill", "Regards,\n[name]"),
    ("I spoke to Mary Brown on Monday", "I spoke to [name] on Monday"),
    ("The sofa John delivered is broken", "The sofa [name] delivered is broken"),
    ("El sofá que Juan trajo", "El sofá que [name] trajo"),
    ("Douglas hat mich zurückgerufen", "[name] hat mich zurückgerufen"),
    ("We met in Bristol. Gemma said so", "We met in Bristol. [name] said so"),
    ("Mrs.Patel rang again", "Mrs.[name] rang again"),
    ("MARIA LOPEZ AGAIN NO REPLY", "[name] AGAIN NO REPLY"),
    ("Paket von H. Ashworth", "Paket von [name]"),
    # called like streets
    ("Me llamo Ana Calle de León", "Me llamo [name]"),
    ("Atentamente,\nSofía Plaza de Castro", "Atentamente,\n[name]"),
    ("Soy Lucía Plaza de Miguel", "Soy [name]"),
    ("Titular: Raúl Calle de la Torre", "Titular: [name]"),
    # before wares
    ("Hi Maria sofa arrived broken", "Hi [name] sofa arrived broken"),
    ("Hello John tickets have not arrived", "Hello [name] tickets have not arrived"),
    ("Spoke to Anna Wilson sofa still not here", "Spoke to [name] sofa still not here"),
    ("My wife Sarah Jones dress was torn", "My wife [name] dress was torn"),
    ("I gave Maria Lopez tickets for it", "I gave [name] tickets for it"),
    ("Agent Laura Hughes suit yourself she said", "Agent [name] suit yourself she said"),
    ("Anna Smith's Phone was stolen", "[name]'s Phone was stolen"),
    ("Sarah's Laptop broke", "[name]'s Laptop broke"),
    # in places
    ("En la oficina Marta Gómez me dijo que no", "En la oficina [name] me dijo que no"),
    ("na agência Joana Martins disse que não", "na agência [name] disse que não"),
    ("Na agência Joana disse que não", "Na agência [name] disse que não"),
    ("Am Bahnhof Klaus Weber getroffen", "Am [name] getroffen"),
    ("At the station Peter Brown helped me", "At the station [name] helped me"),
    ("en el hotel de Juan Pérez", "en el hotel de [name]"),
    # called like houses
    ("Kundin Neuhaus Petra rief an", "Kundin [name] rief an"),
    ("Die Kundin heißt Althof Bernd", "Die Kundin heißt [name]"),
    # owners of persons
    ("Hello Marie's daughter speaking", "Hello [name]'s daughter speaking"),
    ("Hello Wendy's mum here", "Hello [name]'s mum here"),
    ("I asked the Paul guy yesterday", "I asked the [name] guy yesterday"),
    ("Call the Maria person back", "Call the [name] person back"),
    # beside sizes
    ("Size M? S. Okonkwo asked", "Size M? [name] asked"),
    ("Größe L bestellt von L. Schmidt", "Größe L bestellt von [name]"),
    ("Talla L, pregunta L. García", "Talla L, pregunta [name]"),
]


@pytest.mark.parametrize("line", LEAKS)
def test_no_part_of_a_name_is_left(line: str) -> None:
    parts = [part for name in _NAME.findall(line) for part in name.split() if part != "Mr"]
    clean = redact([_NAME.sub(r"\1", line)])[0][0] or ""
    assert parts
    assert [part for part in parts if re.search(rf"(?<!\w){re.escape(part)}(?!\w)", clean)] == []


def test_a_batch_finds_what_one_text_finds() -> None:
    texts = [_NAME.sub(r"\1", line) for line in LEAKS] + THINGS + [text for text, _ in PERSONS]
    alone = [redact([text])[0] for text in texts]
    assert redact([*texts, *("nothing here",) * 250])[: len(texts)] == alone


@pytest.mark.parametrize("text", THINGS)
def test_firms_towns_and_wares_are_left(text: str) -> None:
    assert redact([text])[0][0] == text


@pytest.mark.parametrize(("text", "clean"), PERSONS)
def test_persons_called_like_a_brand_or_beside_a_ware_go(text: str, clean: str) -> None:
    assert redact([text])[0][0] == clean
