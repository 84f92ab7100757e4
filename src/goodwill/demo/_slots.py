"""What fills the slots of a sentence: orders, dates, amounts and names as people write them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from random import Random

from goodwill.demo import _grammar as grammar
from goodwill.demo import _world as world
from goodwill.demo._buyers import DAY, Orders
from goodwill.demo._messages import Message
from goodwill.demo._people import AGENTS, Person

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro "
    "dezembro",
}
_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
}
MONTHS = {language: names.split() for language, names in _MONTHS.items()}
DAYS = {language: names.split() for language, names in _DAYS.items()}
_STREETS = (
    "Mill Lane", "Harbour Street", "Station Road", "Church Lane", "Garden Row", "Elm Road",
    "Bridge Street", "Quarry Hill", "Calle Mayor", "Rua do Norte", "Orchard Way", "High Street",
)  # fmt: skip
_RELATIVES = ("son", "daughter", "husband", "wife", "sister", "brother", "dad", "mum", "nephew")
_CODES = ("TRAIL10", "HELLO10", "SUMMER15", "SPRING10", "WELCOME10", "TENT15", "VIP10", "OUTDOOR10")
_JOINED = {
    "es": ((" de el ", " del "), (" a el ", " al ")),
    "pt": ((" de o ", " do "), (" em o ", " no "), (" por o ", " pelo "), (" a o ", " ao ")),
}
_SENTENCE_START = re.compile(r"(?:^|(?<=[.!?] )|(?<=[\n¿¡]))[a-zà-ú]")
_VOWEL = re.compile(r"\b([Aa]) (?=[aeioAEIO])")


class Voice:
    """Fills the slots for one message. Alike within a message, chance between messages."""

    def __init__(
        self, rng: Random, message: Message, person: Person, orders: Orders, numbers: list[str],
        start: datetime, company: bool,
    ) -> None:  # fmt: skip
        self.rng, self.message, self.person, self.orders = rng, message, person, orders
        self.numbers, self.start, self.company = numbers, start, company
        self._said: dict[str, str] = {}
        self.kinds = world.KINDS[orders.product[message.order]]

    def __call__(self, name: str) -> str:
        if (
            name in ("order", "product", "amount")
            and name in self._said
            and self.rng.random() < 0.6
        ):
            return self._said[name]
        if name in self._said and name not in ("order", "product"):
            return self._said[name]
        words = str(getattr(self, f"_{name}")())
        self._said[name] = words
        return words

    # People

    def _name(self) -> str:
        return f"{self.person.first} {self.person.last}"

    def _first(self) -> str:
        return self.person.first

    def _last_name(self) -> str:
        return self.person.last

    def _email(self) -> str:
        return self.person.email

    def _phone(self) -> str:
        return self.person.phone

    def _handle(self) -> str:
        return self.person.handle

    def _customer(self) -> str:
        return customer_id(self.message.customer)

    def _agent(self) -> str:
        return AGENTS[self.message.agent][0] if self.message.agent >= 0 else "your colleague"

    def _agent_last(self) -> str:
        return AGENTS[self.message.agent][1]

    def _initials(self) -> str:
        first, last = AGENTS[self.message.agent]
        return first[0] + last[0]

    # The order

    def _order(self) -> str:
        number = self.numbers[self.message.order]
        if self.company:
            return number
        u = self.rng.random()
        bare = number[2:]
        if u < 0.5:
            return number
        return (
            bare if u < 0.7 else f"#{bare}" if u < 0.8 else f"T{bare}" if u < 0.9 else f"t-{bare}"
        )

    def _product(self) -> str:
        product = world.PRODUCTS[int(self.orders.product[self.message.order])]
        if self.person.language == "es":
            return product.spanish
        if self.person.language == "pt":
            return product.portuguese
        if self.company:
            return product.spoken[0]
        return product.spoken[int(self.rng.random() * len(product.spoken))]

    def _other(self) -> str:
        return f"a {self._another()}"

    def _other_plural(self) -> str:
        plain = [p.spoken[0] for p in world.PRODUCTS if " of " not in p.spoken[0]]
        one = plain[self.numbers_seed() % len(plain)]
        return one + ("es" if one.endswith("x") else "s")

    def _another(self) -> str:
        mine = int(self.orders.product[self.message.order])
        other = (mine + 1 + self.numbers_seed() % (len(world.PRODUCTS) - 1)) % len(world.PRODUCTS)
        return world.PRODUCTS[other].spoken[0]

    def numbers_seed(self) -> int:
        """Return a number that stays the same for an order: its wrong item is always the same."""
        return int(self.numbers[self.message.order][2:]) * 7919 // 13

    def _carrier(self) -> str:
        return world.CARRIERS[self.orders.carrier[self.message.order]]

    def _amount(self) -> str:
        cents = int(self.orders.cents[self.message.order])
        euros = f"{cents / 100:.2f}"
        if self.person.language != "en":
            return f"{euros.replace('.', ',')} €"
        if self.company:
            return f"€{euros}"
        u = self.rng.random()
        if u < 0.45:
            return f"€{euros}"
        if u < 0.65:
            return f"{euros} euros"
        return f"{euros} €" if u < 0.8 else f"{round(cents / 100)} euros"

    def _code(self) -> str:
        return _CODES[int(self.rng.random() * len(_CODES))]

    def _street(self) -> str:
        return _STREETS[int(self.rng.random() * len(_STREETS))]

    def _ticket(self) -> str:
        return (self.message.earlier or self.message.thread).number

    # Times

    def _when(self, second: int) -> datetime:
        return self.start + timedelta(seconds=second)

    def _spoken(self, second: int, near: float = 0.5) -> str:
        """Return a day as it is said after "on", "by" or "of"."""
        moment = self._when(second)
        language = self.person.language
        day, month = moment.day, MONTHS[language][moment.month - 1]
        if language != "en":
            return f"{day} de {month}"
        if abs(second - self.message.at) < 6 * DAY and self.rng.random() < near:
            return DAYS[language][moment.weekday()]
        u = 0.0 if self.company else self.rng.random()
        if u < 0.45:
            return f"{day} {month}"
        if u < 0.7:
            return f"{month} {day}"
        if u < 0.85:
            return f"the {day}{_ordinal(day)}"
        return f"{day}/{moment.month}" if u < 0.95 else f"{day} {month[:3]}"

    def _date(self) -> str:
        return self._spoken(int(self.orders.at[self.message.order]), 0.2)

    def _promised(self) -> str:
        return self._spoken(int(self.orders.promised_at[self.message.order]), 0.6)

    def _month(self) -> str:
        return MONTHS[self.person.language][self._when(self.message.at).month - 1]

    def _relative(self) -> str:
        return _RELATIVES[int(self.rng.random() * len(_RELATIVES))]

    def _days(self) -> str:
        days = (self.message.at - int(self.orders.at[self.message.order])) // DAY
        return str(max(2, days))

    def _last(self) -> str:
        language = self.person.language
        if self.message.last_at >= 0 and self.message.at - self.message.last_at < 6 * DAY:
            return DAYS[language][self._when(self.message.last_at).weekday()]
        return self._spoken(max(self.message.last_at, 0), 0.0)

    def _ago(self) -> str:
        days = max(1, (self.message.at - max(self.message.last_at, 0)) // DAY)
        if self.person.language == "es":
            return f"hace {days} días" if days > 1 else "ayer"
        if self.person.language == "pt":
            return f"há {days} dias" if days > 1 else "ontem"
        if days == 1:
            return "yesterday"
        if days < 7:
            return f"{days} days ago"
        return "last week" if days < 12 else "two weeks ago" if days < 18 else "weeks ago"

    def _today(self) -> str:
        return DAYS["en"][self._when(self.message.at).weekday()]

    def _times(self) -> str:
        times = min(max(self.message.times, 2), 6)
        return ("", "", "two", "three", "four", "five", "six")[times]

    def _due(self) -> str:
        if self.message.promise is None:
            return "last week"
        return self._spoken(self.message.promise.due_at, 0.4)

    def _due_weekday(self) -> str:
        if self.message.promise is None:
            return "Friday"
        return DAYS[self.person.language][self._when(self.message.promise.due_at).weekday()]

    def _promised_what(self) -> str:
        kind = self.message.promise.kind if self.message.promise else "reply"
        return grammar.promised_what(kind).say(self.rng, self)


def _ordinal(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")


def article(text: str) -> str:
    """Return the text with "an" before a vowel.

    >>> article("I ordered a old tent, a useful one.")
    'I ordered an old tent, a useful one.'
    """
    return _VOWEL.sub(r"\1n ", text)


def fit(text: str, language: str) -> str:
    """Return the text with article and preposition joined as the language does.

    >>> fit("gastos de el envío", "es")
    'Gastos del envío'
    """
    if language == "en":
        return article(text)
    for pair, joined in _JOINED[language]:
        text = text.replace(pair, joined)
    return _SENTENCE_START.sub(lambda found: found.group().upper(), text)


def customer_id(number: int) -> str:
    """Return the number under which all systems of the company know a customer."""
    return f"C-{100_000 + number}"
