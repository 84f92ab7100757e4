"""The demo company as it really is: what it sells, what goes wrong, and what each fault does.

Everything here is the truth that the rest of goodwill must find again from the exports alone.
"""

from __future__ import annotations

from dataclasses import dataclass

HISTORY_DAYS = 546
"""Days of orders before the contacts begin: 78 whole weeks. A shop's orders reach further back
than its help desk; of these nobody wrote, and what was promised is not known any more."""

WINDOW_DAYS = 728
"""Days of contacts in the exports: 104 whole weeks."""

DAYS = HISTORY_DAYS + WINDOW_DAYS
"""Days of orders in the exports. All times of the simulation count from the first of them."""

FUTURE_DAYS = 728
"""Days after the end over which purchases are simulated, to know what a lost customer costs."""

SHOP = "Tarrelo"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that goes wrong with an order.

    Attributes:
        name: Its name in the truth, and that of its file of sentences.
        rate: Probability that an order of an average buyer has it.
        dropout: Probability that it makes the buyer leave for good; 0 when it is harmless.
        anchor: What it follows: ``order``, ``promise`` (the promised date) or ``delivery``.
        days: Mean days from the anchor until the customer notices.
        writes: Probability that the customer writes about it at all.
        solves: Probability that an answer solves it.
        again: Probability that he writes again after a failed or absent answer.
        public: Probability that he goes public after a failed private contact.
        promises: Kinds of promises that agents make about it.
        refund: Whether its solution is money back.
    """

    name: str
    rate: float
    dropout: float
    anchor: str
    days: float
    writes: float
    solves: float
    again: float
    public: float
    promises: tuple[str, ...]
    refund: bool = False


FAULTS: tuple[Fault, ...] = (
    Fault("late_parcel", 0.026, 0.18, "promise", 1.2, 0.48, 0.50, 0.50, 0.16,
          ("parcel", "reply", "call")),
    Fault("never_arrived", 0.007, 0.45, "promise", 5.0, 0.72, 0.42, 0.62, 0.26,
          ("replacement", "refund", "call", "reply"), True),
    Fault("damaged", 0.012, 0.12, "delivery", 0.8, 0.62, 0.62, 0.48, 0.14,
          ("replacement", "refund", "reply"), True),
    Fault("wrong_item", 0.010, 0.08, "delivery", 0.6, 0.70, 0.62, 0.46, 0.10,
          ("replacement", "refund", "reply"), True),
    Fault("refund_late", 0.010, 0.40, "delivery", 24.0, 0.66, 0.38, 0.64, 0.24,
          ("refund", "call", "reply")),
    Fault("charged_twice", 0.0035, 0.15, "order", 1.5, 0.74, 0.52, 0.52, 0.16,
          ("refund", "reply", "call")),
    Fault("promo_refused", 0.012, 0.0, "order", 0.2, 0.62, 0.66, 0.42, 0.16,
          ("voucher", "reply")),
    Fault("account_locked", 0.007, 0.10, "order", 6.0, 0.60, 0.58, 0.48, 0.08,
          ("unlock", "reply", "call")),
    Fault("invoice_missing", 0.009, 0.0, "delivery", 4.0, 0.66, 0.66, 0.46, 0.03,
          ("invoice", "reply")),
    Fault("app_crash", 0.009, 0.0, "order", 0.1, 0.52, 0.45, 0.36, 0.20,
          ("reply",)),
    Fault("where_is_order", 0.024, 0.0, "promise", -1.2, 0.52, 0.88, 0.22, 0.04,
          ("parcel",)),
)  # fmt: skip
"""Faults by truth. ``where_is_order`` is no fault of the shop: the parcel is on time."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the shop: it keeps something, and customers write about it.

    Attributes:
        fault: The one that the rule is behind; what it does to purchases is the fault's.
        keeps: Share of the order's amount that the rule keeps each time.
    """

    name: str
    wording: str
    patterns: tuple[str, ...]
    fault: str
    keeps: float


RULES: tuple[Rule, ...] = (
    Rule("Promo codes only under their conditions",
         "A promo code or voucher is refused when the basket does not meet its conditions.",
         ("promo code", "discount code", "promotional code", "voucher", "welcome discount",
          "code refused", "code not accepted", "discount missing"),
         "promo_refused", 0.10),
)  # fmt: skip

FAULT_NAMES = tuple(fault.name for fault in FAULTS)

FAULT_EXPONENT = 0.5
"""A buyer's fault probability grows with (purchase rate / mean rate) to this power: heavy buyers
order bigger, more awkward baskets. This is the confounding that an estimator must withstand."""
FAULT_FACTOR_RANGE = (0.35, 2.4)

REGIONS = ("North", "South", "East", "West", "Islands")
REGION_SHARES = (0.30, 0.25, 0.20, 0.18, 0.07)
CARRIERS = ("Velopak", "Ruta24", "Transmar", "Polarex")
REGION_CARRIERS = (
    (0.70, 0.15, 0.00, 0.15),
    (0.20, 0.80, 0.00, 0.00),
    (0.55, 0.25, 0.00, 0.20),
    (0.40, 0.30, 0.00, 0.30),
    (0.10, 0.05, 0.85, 0.00),
)
"""Share of each carrier (columns) in each region (rows)."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something the company did or suffered: it multiplies the rate of a fault from day to day."""

    name: str
    kind: str
    """``fix``, ``incident`` or ``change``, as the table of events names them."""
    title: str
    fault: str
    region: str | None
    first_day: float
    """Day of the window of contacts, as a share of it."""
    last_day: float
    factor: float
    effect: str


def day_at(share: float) -> float:
    """Return the day of the orders at which a share of the window of contacts is over."""
    return HISTORY_DAYS + share * WINDOW_DAYS


CHANGES: tuple[Change, ...] = (
    Change("south_depot_overloaded", "incident", "Southern depot of Ruta24 overloaded",
           "late_parcel", "South", 0.0, 0.58, 2.6, "worse"),
    Change("south_carrier_fix", "fix", "Second depot opened for parcels to the South",
           "late_parcel", "South", 0.58, 9.0, 0.75, "worked"),
    Change("packaging_fix", "fix", "New cardboard boxes with paper padding",
           "damaged", None, 0.52, 9.0, 1.0, "did_not"),
    Change("carrier_strike", "incident", "Twelve days of strike in the depots of the West",
           "late_parcel", "West", 0.335, 0.3515, 4.5, "worse"),
    Change("payment_provider_change", "change", "Checkout moved to a new payment provider",
           "charged_twice", None, 0.951, 9.0, 6.5, "worse"),
)  # fmt: skip

# Purchase process, MBG/NBD-like: rate per week ~ Gamma(shape, mean), leaves after an order with
# probability ~ Beta. Amounts are gamma-gamma: independent of the rate.
RATE_SHAPE, RATE_MEAN, RATE_MAX = 0.85, 0.155, 1.1
DROP_A, DROP_B = 0.9, 5.6
SPEND_P, SPEND_Q, SPEND_MEAN = 4.0, 4.5, 58.0

WEEKDAYS = (1.12, 1.02, 0.98, 0.97, 0.90, 0.86, 1.15)
"""Monday to Sunday."""
MONTHS = (0.98, 0.86, 0.92, 0.97, 1.04, 1.06, 1.02, 0.84, 0.95, 0.97, 1.28, 1.22)
HOURS = (
    1.2, 0.5, 0.25, 0.15, 0.12, 0.2, 0.6, 1.6, 2.9, 4.2, 5.2, 5.6,
    5.4, 5.0, 4.6, 4.4, 4.5, 4.9, 5.6, 6.6, 8.0, 8.6, 6.4, 3.2,
)  # fmt: skip
GROWTH = 0.55
"""Newcomers a day at the end of the window of contacts against its beginning, less one."""
OLD_CUSTOMERS = 3.2
"""How many times more first orders the first days hold: customers who were there before."""

RETURN_SHARE = 0.055
CANCEL_SHARE = 0.016
BACKGROUND_SHARE = 0.062
"""Contacts that are nobody's fault, per order."""
PRAISE_REVIEW_SHARE = 0.030

BACKGROUND: tuple[tuple[str, float], ...] = (
    ("product_question", 0.20),
    ("size_advice", 0.22),
    ("change_address", 0.12),
    ("stock_question", 0.12),
    ("return_question", 0.14),
    ("delivery_question", 0.10),
    ("newsletter", 0.05),
    ("gift_order", 0.05),
)


@dataclass(frozen=True, slots=True)
class Product:
    """Something on the shelf: its name in the catalogue, what people call it, its price."""

    name: str
    spoken: tuple[str, ...]
    cents: int
    spanish: str
    portuguese: str
    kinds: str
    """``hard`` or ``soft``; ``wear`` and ``shoe`` come in sizes."""


PRODUCTS: tuple[Product, ...] = (
    Product("Enamel mug", ("tin mug", "mug", "camping mug"), 990,
            "el vaso de camping", "o copo de campismo", "hard"),
    Product("Rain cover for backpacks", ("rain cover", "backpack cover"), 1290,
            "el cubremochilas", "o cobre-mochilas", "soft"),
    Product("Water bottle 1 l", ("water bottle", "bottle", "steel bottle"), 1490,
            "el bidón", "o cantil", "hard"),
    Product("Merino socks", ("pair of merino socks", "pair of socks", "pair of hiking socks"), 1690,
            "el par de calcetines", "o par de meias", "soft shoe"),
    Product("Travel towel", ("travel towel", "microfibre towel", "towel"), 1790,
            "el juego de toallas", "o conjunto de toalhas", "soft"),
    Product("Dry bag 20 l", ("dry bag", "waterproof bag"), 1990,
            "el petate estanco", "o saco estanque", "soft"),
    Product("Headlamp", ("headlamp", "head torch", "head lamp"), 2990,
            "el frontal", "o frontal", "hard"),
    Product("Base layer top", ("base layer", "thermal top", "merino top"), 3490,
            "el polo térmico", "o polo térmico", "soft wear"),
    Product("Cook set", ("cook set", "pan set", "camping cook set"), 3690,
            "el juego de cazuelas", "o conjunto de panelas", "hard"),
    Product("Trekking poles", ("pair of trekking poles", "pair of walking poles", "set of poles"),
            3990, "el par de bastones", "o par de bastões", "hard"),
    Product("Hammock", ("hammock",), 4290, "el chinchorro", "o baloiço de rede", "soft"),
    Product("Fleece jacket", ("fleece", "fleece jacket"), 4490,
            "el forro polar", "o polar", "soft wear"),
    Product("Camping stove", ("camping stove", "gas stove", "stove"), 4990,
            "el hornillo", "o fogão de campismo", "hard"),
    Product("Rain trousers", ("pair of rain trousers", "pair of waterproof trousers"), 5490,
            "el pantalón de lluvia", "o par de calças de chuva", "soft wear"),
    Product("Sleeping mat", ("sleeping mat", "inflatable mat", "mat"), 5990,
            "el colchón inflable", "o colchão", "soft"),
    Product("Bike panniers", ("bike bag", "pannier bag", "set of panniers"), 6490,
            "el juego de alforjas", "o par de alforges", "soft"),
    Product("Backpack 30 l", ("backpack", "rucksack", "30 litre backpack"), 6990,
            "el macuto", "o saco de 30 litros", "soft"),
    Product("Cool box", ("cool box", "cooler"), 7990,
            "el refrigerador portátil", "o refrigerador portátil", "hard"),
    Product("Sleeping bag", ("sleeping bag",), 10900, "el saco de dormir", "o saco-cama", "soft"),
    Product("Hiking boots", ("pair of hiking boots", "pair of boots", "pair of walking boots"),
            11990, "el par de botas", "o par de botas", "soft shoe"),
    Product("Rain jacket", ("rain jacket", "waterproof jacket", "raincoat"), 12900,
            "el chubasquero", "o impermeável", "soft wear"),
    Product("Down jacket", ("down jacket", "puffer jacket"), 15900,
            "el plumífero", "o casaco de penas", "soft wear"),
    Product("Two-person tent", ("tent", "two-person tent", "two man tent"), 18900,
            "el iglú para dos", "o iglu para dois", "soft"),
)  # fmt: skip

KINDS = tuple(frozenset(product.kinds.split()) for product in PRODUCTS)
"""Kinds of each product."""
