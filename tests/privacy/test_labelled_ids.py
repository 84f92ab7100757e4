"""Ids of persons that words beside them name, and numbers beside such words that are none."""

from __future__ import annotations

import pytest

from goodwill.records.privacy import redact_batch

FOUND = [
    ("Please update my passport number to 925665416", "Please update my passport number to [id]"),
    ("The ITIN on my account should be 912-70-1234.", "The ITIN on my account should be [id]."),
    ("con D.N.I. 32.931.375, pido la baja", "con D.N.I. [id], pido la baja"),
    ("inscrito no PIS sob o nº 123.45678.90-1", "inscrito no PIS sob o nº [id]"),
    ("steuerliche ID: 22/381/567/927", "steuerliche ID: [id]"),
    ("my NHS number is 943 476 5919", "my NHS number is [id]"),
    ("here is my PAN: abcpe1234f", "here is my PAN: [id]"),
    ("8001015009087 for the form", "[id] for the form"),  # South African, by its check digit
    ("my order is late, 8001015009087 for the form", "my order is late, [id] for the form"),
    ("Customer: 8001015009087", "Customer: [id]"),
    ("mi DPI es 2547 12345 0101", "mi DPI es [id]"),
    ("our EIN is 12-3456789", "our EIN is [id]"),
    ("my share code is W8X3YZ4AB", "my share code is [id]"),
    ("health insurance number A123456780", "health insurance number [id]"),
    ("Ausweis, Dokumentnummer 4500012345", "Ausweis, Dokumentnummer [id]"),
    ("wollte noch die Nummer: LW4H3YK4Z6.", "wollte noch die Nummer: [id]."),
    ("passport number: C49U6578Z", "passport number: [id]"),
    ("my passport no. is as follows: X68533971", "my passport no. is as follows: [id]"),
    ("mi pasaporte n.º 178425338 caduca", "mi pasaporte n.º [id] caduca"),
    ("o meu passaporte é o X6229929, obrigada", "o meu passaporte é o [id], obrigada"),
    ("meine Passnummer ist die C4585387", "meine Passnummer ist die [id]"),
    ("carnet de conducir n.º Y6529640", "carnet de conducir n.º [id]"),
    ("Führerschein Nr. B592CA55G76", "Führerschein Nr. [id]"),
    ("driving licence MORGA657054SM9IJ", "driving licence [id]"),
    ("cartão de cidadão 45786214 2 ZZ3", "cartão de cidadão [id]"),
    ("Rentenversicherungsnummer: 77 931307 Z 519", "Rentenversicherungsnummer: [id]"),
    ("meine AHV-Nr., wie gewünscht: 756.7529.4108.17", "meine AHV-Nr., wie gewünscht: [id]"),
    ("número de segurança social 69447479595", "número de segurança social [id]"),
    ("Mi CUIT es 20-05536168-2.", "Mi CUIT es [id]."),
    ("PAN card: SGMPK4041X", "PAN card: [id]"),
    ("my BSN is 9304.10.543", "my BSN is [id]"),
    ("it's 1234567T, that is my PPS number", "it's [id], that is my PPS number"),
    ("el 79678520 (documento de identidad)", "el [id] (documento de identidad)"),
    ("Mi documento es 79678520", "Mi documento es [id]"),
    ("my NIE is Y-5202101-K", "my NIE is [id]"),
    ("sort code 12-34-56, please", "sort code [id], please"),
    ("Sort code: 20-11-12", "Sort code: [id]"),
    (
        "Contribuinte: 215439651\nN.º de contrato: 20655301",
        "Contribuinte: [id]\nN.º de contrato: 20655301",
    ),
    ("AHV 756.7585.0809.55, die Police ist 20129523.", "AHV [id], die Police ist 20129523."),
    ("o meu RG-12.345.678-9", "o meu RG-[id]"),
    # by their form alone
    ("756.1234.5678.97", "[id]"),
    ("war falsch, richtig ist L01X00T471", "war falsch, richtig ist [id]"),
]
LEFT = [
    "my passport expires 12.05.2027",
    "I lost my passport. Order 12345678 is late",
    "my passport and the order number is 12345678",
    "for the driving licence I paid 12345 euros",
    "sin número de pedido 12345678",
    "can it run 2 x 1920x1200 screens",
    "noch nie 12345 Euro bezahlt",
    "die Rechnung RG-257801 wurde beglichen",
    "Maus mit DPI 16000 defekt",
    "Dokumentnummer 4500012345 steht auf dem Lieferschein",
    "Die Dokumentnummer 4500012345 passt nicht",
    "health insurance is 12345 a month",
    "share code SUMMER2024 does not work",
    "EIN 12345 Stück-Paket fehlt",
    "Der Pass ist 12345 km entfernt",
    "IMEI 8001015009087",
    "order 8001015009087 arrived",
    "Bestellnummer: 8001015009087",
    "tracking number is 8001015009087",
]


@pytest.mark.parametrize(("text", "left"), FOUND)
def test_a_named_id_goes(text: str, left: str) -> None:
    assert redact_batch([text]) == [left]


@pytest.mark.parametrize("text", LEFT)
def test_other_numbers_beside_such_words_stay(text: str) -> None:
    assert redact_batch([text]) == [text]


def test_a_batch_finds_what_one_text_finds() -> None:
    texts = [text for text, _ in FOUND]
    assert redact_batch([*texts, *("nothing here",) * 300])[: len(texts)] == [
        left for _, left in FOUND
    ]
