"""Messages of several languages: each language that has enough has themes of its own."""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from company import make_messages

from goodwill.language import Themes, detect, discover
from goodwill.language._discover import language_parts

SAID = {
    "paquete": ["mi paquete no ha llegado", "el paquete todavía no llegó", "dónde está mi paquete",
                "el mensajero perdió el paquete", "no llegó el paquete después de dos semanas"],
    "reembolso": ["quiero el reembolso de mi pedido", "el reembolso sigue pendiente",
                  "cuándo recibo el reembolso", "no me han devuelto el dinero",
                  "prometieron un reembolso y no llegó nada"],
    "factura": ["necesito la factura con el número de IVA", "la factura tiene otra dirección",
                "falta la factura de mi compra", "por favor envíen la factura",
                "pueden corregir la factura"],
}  # fmt: skip
OPENINGS = ["", "Hola, ", "Buenos días. ", "Buenas tardes, "]
ENDINGS = ["", " Gracias.", " desde el lunes", " Espero su respuesta."]
SPANISH = [
    (f"{opening}{text}{ending}", matter)
    for matter, said in SAID.items()
    for opening, text, ending in product(OPENINGS, said, ENDINGS)
]


@pytest.fixture(scope="module")
def english() -> list[str]:
    return [text for text, _ in make_messages(1500)]


@pytest.fixture(scope="module")
def themes(english: list[str]) -> Themes:
    return discover([*english, *(text for text, _ in SPANISH)])


def test_a_second_language_has_themes_of_its_own(themes: Themes, english: list[str]) -> None:
    found = themes.assign([text for text, _ in SPANISH]).tolist()
    by_theme: dict[int, Counter[str]] = {}
    for theme, (_, matter) in zip(found, SPANISH, strict=True):
        by_theme.setdefault(theme, Counter())[matter] += 1
    assert sum(max(matters.values()) for matters in by_theme.values()) > 0.85 * len(SPANISH)
    assert not set(by_theme) & set(themes.assign(english).tolist()) - {-1}


def test_an_update_knows_the_second_language(themes: Themes) -> None:
    count = len(themes)
    themes.update([text for text, _ in SPANISH])
    assert len(themes) == count


def test_neighbours_are_looked_for_within_a_language_that_has_enough(english: list[str]) -> None:
    texts = [*(text for text, _ in SPANISH), *english, "onde está o meu pedido?", "ok"]
    largest, spanish = language_parts(texts)
    codes = detect(texts).to_pylist()
    assert {codes[place] for place in spanish} == {"es"} and len(spanish) >= 200
    assert len(largest) + len(spanish) == len(texts)
    assert {len(texts) - 1, len(texts) - 2} < set(largest.tolist())
    (alone,) = language_parts([*english, *texts[:100]])
    assert alone.tolist() == list(range(len(english) + 100))
