"""Personal data made up for tests, from names, numbers and sentences that no list here knows.

Names were collected by hand, without a look at the shipped lists; numbers come from the examples
of ``phonenumbers`` and from check-digit rules written again here.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

NAMES = """
Maria Fernanda Lopez|Saoirse O'Connell|Thandolwethu Mabaso|Xóchitl Villaseñor|Ngozi Okwuosa
Phạm Đức Thắng|Małgorzata Wójcicka|Jürgen Brückner|Élodie Charpentier|Gonçalo Sequeira
Aoife Ní Bhriain|Björn Ragnarsson|Siobhan McGillicuddy|Hyeon-woo Bang|Yui Kawaguchi
Rajalakshmi Venkataraman|Parminder Dhaliwal|Abdulaziz Al-Otaibi|Nadezhda Krupskaya|Zbigniew Pawlak
Olufunke Akinwande|Kwabena Asiedu|Wanjira Maathai|Tatjana Kovačević|István Szentgyörgyi
João Pedro Cavalcante|Rosângela Guimarães|Iñaki Etxeberria|Montserrat Puigdemont|Lautaro Benavídez
Dagny Haugland|Pekka Virtanen|Emre Karahan|Despoina Kyriakou|Moshe Abramovich|Layla Haddadin
Chukwudi Nnamani|Mpho Ramaphakela|Tui Manihera|Leilani Kealoha|Guðrún Jónsdóttir|Vytautas Petraitis
Bartholomew Higginbottom|Penelope Featherstonehaugh|Kaitlyn Brewster|DeShawn Whitfield
Jennifer Walsh|Robert Tran|Susan Delgado|Mike Kowalczyk|Brenda Osgood|Trevor Hathaway
Priyanka Bhattacharya|Sanjay Ramanathan|Mei-Ling Tsai|Xiaoyan Ouyang|Farid Bakhtiari
Beatriz Nogueira|Thiago Albuquerque Lins|Ana Drummond|Guadalupe Zamarripa|Joaquín Urrutia
Hélène Lefebvre-Martin|Thibault Marchand|Annelies Vandenberghe|Ruud Hoogendoorn
Lieselotte Achterberg
Patrick Oyelowo|Grace Nakamura|Will Kensington|Mark Sullivan|Rose Tremblay|Carlos Eduardo Pimentel
"""
# Given names alone, as people sign
FIRST = (
    "Jenny Carlos Priya Kwame Fatima Olga Sven Chloe Diego Amélie Hiroshi Nkechi Liam Zofia Tomás"
)

ENGLISH = (
    "Hi {first}, any news about my order 48213?",
    "Dear Mr {last},\nyour parcel has left.",
    "Dear {name},",
    "The kettle broke after two days.\n\nKind regards,\n{name}",
    "Still no refund.\nThanks,\n{first}",
    "Please send the label again. Thanks, {first}",
    "please call {name} before noon",
    "my name is {lower} and I was charged twice",
    "My name is {name}, order 5521.",
    "This is {name} from Leeds, my blender leaks.",
    "I'm {name} and I want my money back",
    "Name: {name}\nOrder: 7781",
    "I spoke with {name} yesterday and nothing happened",
    "The parcel was handed to {name} next door, not to me.",
    "Where is it?\n- {first}",
    "It works now\n\nSent from {first}'s iPhone",
    "Your agent {first} promised a call on Tuesday",
    "can you change the booking to {name} instead",
)
SPANISH = (
    "Hola {first}, ¿dónde está mi pedido?",
    "Me llamo {name} y no he recibido nada",
    "mi nombre es {lower} y pedí dos cajas",
    "Quiero la devolución.\nUn saludo,\n{name}",
    "Gracias,\n{first}",
    "Hablé con {name} la semana pasada",
    "Nombre: {name}",
    "El paquete lo firmó {name} sin permiso",
)
PORTUGUESE = (
    "Olá {first}, cadê o meu pedido?",
    "Meu nome é {name} e quero trocar o produto",
    "Atenciosamente,\n{name}",
    "Não chegou nada.\nObrigada,\n{first}",
    "Falei com {name} e ninguém resolveu",
    "Nome: {name}",
    "A encomenda foi entregue a {name} por engano",
)
FRENCH = (
    "Bonjour {first}, où est mon colis ?",
    "Je m'appelle {name} et j'attends depuis lundi",
    "Cordialement,\n{name}",
    "Merci,\n{first}",
    "Le colis a été remis à {name} par erreur",
)
GERMAN = (
    "Hallo {first}, wo ist mein Paket?",
    "Ich heiße {name} und warte seit Montag",
    "Mit freundlichen Grüßen\n{name}",
    "Danke,\n{first}",
    "Das Paket wurde bei {name} abgegeben",
)
SENTENCES = {"en": ENGLISH, "es": SPANISH, "pt": PORTUGUESE, "fr": FRENCH, "de": GERMAN}


def names() -> list[str]:
    """Full names of many origins."""
    return [name for line in NAMES.split("\n") for name in line.split("|") if name]


def named_texts(seed: int = 5) -> Iterator[tuple[str, str, str]]:
    """(language, text, name in it), every sentence with several names."""
    draw = random.Random(seed)
    full, first = names(), FIRST.split()
    for language, sentences in SENTENCES.items():
        for sentence in sentences:
            for _ in range(12):
                name = draw.choice(full)
                values = {
                    "name": name,
                    "lower": name.lower(),
                    "first": draw.choice(first),
                    "last": name.split()[-1],
                }
                key = sentence.split("{")[1].split("}")[0]
                yield language, sentence.format(**values), values[key]


PHONE_SENTENCES = (
    "You can call me on {} after six.",
    "my number is {}",
    "Tel: {}",
    "Please ring {} if the driver is lost",
    "mi teléfono es {}",
    "meu celular é {}",
    "Mein Handy: {}",
    "appelez-moi au {}",
)
BARE_SENTENCES = ("{}", "nobody picks up. {} thanks", "Jen, {}, order 771")
REGIONS = "US CA GB IE ES MX AR CL CO PE BR PT FR BE CH DE AT IT NL SE NO DK FI PL IN AU NZ ZA"


def phone_texts(seed: int = 6) -> Iterator[tuple[str, str]]:
    """(text, phone): examples of thirty countries in their usual forms."""
    draw = random.Random(seed)
    for region in REGIONS.split():
        for kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE):
            number = phonenumbers.example_number_for_type(region, kind)
            if number is None:
                continue
            for _ in range(3):
                number.national_number = _varied(number, region, draw)
                national = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
                abroad = phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL)
                plain = phonenumbers.format_number(number, PhoneNumberFormat.E164)
                for form in (national, abroad, plain, abroad.replace(" ", "-")):
                    yield draw.choice(PHONE_SENTENCES).format(form), form
                yield draw.choice(BARE_SENTENCES).format(abroad), abroad
                digits = national.replace(" ", "").replace("-", "")
                yield draw.choice(PHONE_SENTENCES).format(digits), digits


def _varied(number: phonenumbers.PhoneNumber, region: str, draw: random.Random) -> int:
    """Another valid national number of the same kind: the last digits drawn anew."""
    text = str(number.national_number)
    for _ in range(50):
        other = text[:-4] + "".join(draw.choice("0123456789") for _ in range(4))
        tried = phonenumbers.PhoneNumber(
            country_code=number.country_code, national_number=int(other)
        )
        if phonenumbers.is_valid_number_for_region(tried, region):
            return int(other)
    return int(number.national_number or 0)


MAILS = (
    "jane.doe@example.com", "j_smith92@mail.example.co.uk", "MARIA.LOPEZ+shop@Gmail.com",
    "joão.silva@empresa.com.br", "o'neil@example.ie", "x@y.io", "jürgen@müller.de",
    "first-last@sub.domain.example.org", "12345@qq.com", "contact_me@hotmail.fr",
    "john at gmail dot com", "jane [at] example [dot] org", "bob(at)web.de",
    "ana arroba hotmail punto com", "pedro arroba uol ponto com ponto br", "jane@gmail",
    "mailto:jane@example.net", "jane @ example.com", "info@xn--mller-kva.de",
)  # fmt: skip
MAIL_SENTENCES = (
    "write to {} please", "{}", "My e-mail ({}) has changed", "mi correo es {}.", "e-mail: {}, ok?",
    "contact me at {} or by phone",
)  # fmt: skip


def mail_texts() -> Iterator[tuple[str, str]]:
    """(text, mail)."""
    for mail in MAILS:
        for sentence in MAIL_SENTENCES:
            yield sentence.format(mail), mail


def luhn(digits: str) -> str:
    """The digits and their Luhn check digit."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 if place % 2 else 2)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def iban(country: str, body: str) -> str:
    """The account number of a country with its two check digits."""
    plain = "".join(str(int(c, 36)) for c in body + country + "00")
    return f"{country}{98 - int(plain) % 97:02d}{body}"


def cpf(digits: str) -> str:
    """Nine digits and the two check digits of a Brazilian person's number."""
    for _ in range(2):
        rest = sum(int(d) * (len(digits) + 1 - i) for i, d in enumerate(digits)) % 11
        digits += str(0 if rest < 2 else 11 - rest)
    return digits


def number_texts(seed: int = 7) -> Iterator[tuple[str, str]]:
    """(text, number): cards, accounts, national ids, addresses of machines."""
    draw = random.Random(seed)

    def some(count: int) -> str:
        return "".join(draw.choice("0123456789") for _ in range(count))

    for _ in range(12):
        visa, amex = luhn("4" + some(14)), luhn("37" + some(12))
        yield f"I paid with {visa} yesterday", visa
        grouped = " ".join(visa[i : i + 4] for i in range(0, 16, 4))
        yield f"card {grouped} exp 04/27", grouped
        yield f"my amex {amex[:4]} {amex[4:10]} {amex[10:]} was refused", amex[4:10]
        for country, body in (
            ("DE", some(18)), ("ES", some(20)), ("PT", some(21)), ("FR", some(23)),
            ("GB", "NWBK" + some(14)), ("NL", "INGB" + some(10)),
        ):  # fmt: skip
            account = iban(country, body)
            yield f"please refund to {account}", account
            spaced = " ".join(account[i : i + 4] for i in range(0, len(account), 4))
            yield f"IBAN: {spaced}. Thank you", spaced
        person = cpf(some(9))
        dotted = f"{person[:3]}.{person[3:6]}.{person[6:9]}-{person[9:]}"
        yield f"meu cpf é {dotted}", dotted
        yield f"CPF {person}", person
        yield f"nota no nome de outro, {person}", person
        ssn = f"{draw.randint(100, 665)}-{some(2)}-{some(4)}"
        yield f"they asked for my SSN {ssn} on the phone", ssn
        number = some(8)
        dni = number + "TRWAGMYFPDXBNJZSQVHLCKE"[int(number) % 23]
        yield f"mi DNI es {dni}", dni
        yield f"titular {dni[:8]}-{dni[8]}", dni[:8]
        nino = f"AB{some(6)}C"
        yield f"national insurance {nino}", nino
        yield f"passport number {draw.choice('CLX')}{some(8)}", ""
        address = f"{draw.randint(60, 200)}.{draw.randint(1, 255)}.{draw.randint(0, 255)}.7"
        yield f"blocked from {address} since noon", address
        day = f"{draw.randint(1, 28):02d}/{draw.randint(1, 12):02d}/19{draw.randint(40, 99)}"
        yield f"date of birth {day}", day
        yield f"nascido em {day}", day
        yield f"geboren am {day.replace('/', '.')}", day.replace("/", ".")


ADDRESSES = (
    "221 Baker Street", "12 Rue de la Paix", "Calle Mayor 14", "Rua das Flores, 123",
    "Hauptstraße 5", "4400 N Elm Ave, Apt 3", "SW1A 1AA", "Avenida Paulista, 1578",
)  # fmt: skip


def address_texts() -> Iterator[tuple[str, str]]:
    """(text, address)."""
    for address in ADDRESSES:
        for sentence in ("ship it to {} please", "I live at {}", "{}"):
            yield sentence.format(address), address


def letters(text: str) -> str:
    """Letters and digits only, lower case: what must not be left of a planted value."""
    return "".join(c for c in text.lower() if c.isalnum())
