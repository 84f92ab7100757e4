"""One sentence a kind of case: ids by check digit, telephones beside parcels, signatures, firms."""

from __future__ import annotations

import pytest

from goodwill.records import redact

REDACTED = [
    # national ids: by check digit, or behind a word that names them
    ("Meine Steuer-ID ist 65929970489.", "Meine Steuer-ID ist [id]."),
    ("Für den Auftrag: 65 929 970 489", "Für den Auftrag: [id]"),
    ("IdNr. 659 299 704 89", "IdNr. [id]"),
    ("Fatura com contribuinte 123 456 789, por favor", "Fatura com contribuinte [id], por favor"),
    ("O NIF está errado, o certo é 123456789.", "O NIF está errado, o certo é [id]."),
    ("you need my SSN, which is 219 09 9999", "you need my SSN, which is [id]"),
    ("my NI number for the check: AB-12-34-56-C", "my NI number for the check: [id]"),
    # telephones
    ("Einfach über wa.me/4915112345679 schreiben", "Einfach über wa.me/[phone] schreiben"),
    ("ruf an: 06221 / 857 10 6", "ruf an: [phone]"),
    ("mi cel 695164964", "mi cel [phone]"),
    ("Telemóvel: 912345678", "Telemóvel: [phone]"),
    ("O número da minha irmã é 11921819599", "O número da minha irmã é [phone]"),
    ("Text me at 07700 900123 if it changes", "Text me at [phone] if it changes"),
    # mails and machines
    ("kontakt@posteo . de ist neu", "[email] ist neu"),
    ("john at proton dot me", "[email]"),
    ("Jemand hat sich von 3.216.18.77 angemeldet", "Jemand hat sich von [ip] angemeldet"),
    # signatures
    ("No.\n\nBest wishes from Charlotte Price", "No.\n\nBest wishes from [name]"),
    ("Geht nicht.\n\nViele Grüße von Radek", "Geht nicht.\n\nViele Grüße von [name]"),
    ("Nada.\n\nGracias de antemano\nm. lo presti", "Nada.\n\nGracias de antemano\n[name]"),
    ("Nada.\n\nBjs,\nthuy", "Nada.\n\nBjs,\n[name]"),
    ("No.\n\nRegards\nThe Watanabe family", "No.\n\nRegards\nThe [name] family"),
    ("Nein.\n\nVG\nReto :)", "Nein.\n\nVG\n[name] :)"),
    ("Nein.\n\nVielen Dank\nSchäfer, Heike", "Nein.\n\nVielen Dank\n[name]"),
    ("Não.\n\nAtt\nm. brandão\nEquipe", "Não.\n\nAtt\n[name]\nEquipe"),
    ("Nada.\n\nSaludos,\n\nEmiliano Aguirre y Fernández", "Nada.\n\nSaludos,\n\n[name]"),
    ("Nichts.\n\nLiebe Grüße\nDr. H.-P. Krüger", "Nichts.\n\nLiebe Grüße\nDr. [name]"),
    ("im Tom, my order is late", "im [name], my order is late"),
    (
        "Montagem perfeita, obrigada à equipa. Débora, Setúbal",
        "Montagem perfeita, obrigada à equipa. [name], Setúbal",
    ),
    ("Zimmer 12 Anna Schmidt wartet", "Zimmer 12 [name] wartet"),
    # greetings and fields
    ("Estimada Sra. del Río:\n\nya", "Estimada Sra. [name]:\n\nya"),
    ("Hallo Frau von der Heide,\n\nja", "Hallo Frau [name],\n\nja"),
    ("Ruaridh,\n\nit came", "[name],\n\nit came"),
    ("Von: Choi, Eun-ji <a@example.org>\nja", "Von: [name] <[email]>\nja"),
    ("Usuario: Mark Fairclough\nPedido 1", "Usuario: [name]\nPedido 1"),
]  # fmt: skip

LEFT = [
    # numbers that are no telephones
    "mein Paket CP 952 213 003 DE ist weg",
    "Second call today about 35916961976416.",
    "Die Eintrittskarten zur Buchung 100-5132-2978 fehlen",
    "o número de série 0534323071 está no fundo",
    "während ich die Nummer 866985569 eintippte",
    "Zweiter Anruf wegen 9400 1658 5917 7167 1350 33",
    "Artikelnummer 600 123 45, Seite 88",
    "nuestra referencia es 4589507008, la suya RE-8750430",
    # departments, teams, rooms, firms, feasts and places where names stand
    "Kommt es?\n\nFreundliche Grüße\n\nEinkauf",
    "Kommt es?\n\nMit freundlichen Grüßen\nZimmer 412",
    "Sehr geehrter Kundenservice,\n\nwo ist es?",
    "¿Llega?\n\nUn saludo,\nDepartamento de Administración",
    "¿Llega?\n\nReciba un cordial saludo,\nRecepción",
    "Chega?\n\nObrigada,\nReceção",
    "Coming?\n\nThanks in advance,\nFleet Services",
    "Coming?\n\nKind regards\n\nRoom 412",
    "Kommt es?\n\nGruß\nTechnischer Dienst München",
    "Lieber Weihnachtsmann, wo bleibt es?",
    "Die Filiale in Sankt Gallen war zu",
    "La tienda de San Sebastián está cerrada",
    "El bolso Adolfo Domínguez llegó roto",
    "Five stars. The Dr. Martens fit perfectly.",
    "I love the new Billy bookcase",
    "El vuelo salió de Florencia con retraso",
    "Gekauft im April, also noch Garantie.",
    "Das war im Mai und im Juni.",
    "Customer: ORD-648933 has not come",
    "90 Min Verspätung in Hamm",
    "Sehr geehrtes Team von Otto,\nwo bleibt die Wandfarbe?",
    "Olá equipa Ricardo Eletro,\nonde está o pedido?",
]


@pytest.mark.parametrize(("text", "clean"), REDACTED)
def test_personal_data_of_a_kind_is_found(text: str, clean: str) -> None:
    assert redact([text])[0][0] == clean


@pytest.mark.parametrize("text", LEFT)
def test_what_only_looks_like_it_is_left(text: str) -> None:
    assert redact([text])[0][0] == text
