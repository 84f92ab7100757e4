"""Messages that a grammar with a few voices writes: a small company with five plain themes."""

from __future__ import annotations

from random import Random

_OPENINGS = ["", "Hi, ", "Hello there, ", "Good morning. ", "Hey ", "To whom it may concern: "]
_ENDINGS = ["", " Thanks", " Please help.", " Regards", " Can you check?", " I am waiting."]
_SAYINGS = {
    "parcel": [
        "my parcel has not arrived", "the parcel still hasn't arrived", "where is my parcel",
        "parcel not arrived after two weeks", "the courier lost my parcel",
        "tracking says the parcel was delivered but nothing came",
    ],
    "refund": [
        "I want a refund for my order", "the refund is still pending", "when do I get my refund",
        "you promised a refund and nothing came", "refund pending for ten days",
        "money for the returned jacket was not refunded",
    ],
    "password": [
        "I cannot log in", "password reset does not work", "my password is not accepted",
        "the reset link for my password has expired", "locked out of my account, wrong password",
        "login fails with the new password",
    ],
    "size": [
        "the shoes are too small", "wrong size, I need a bigger size", "the jacket does not fit",
        "can I exchange the shoes for a larger size", "trousers are too long for me",
        "size chart is wrong, the shirt is too tight",
    ],
    "invoice": [
        "please send me the invoice", "the invoice shows the wrong address",
        "I need an invoice with VAT number", "invoice missing for my purchase",
        "can you correct the billing address on the invoice", "the invoice was charged twice",
    ],
}  # fmt: skip
_FILLERS = ["again", "now", "honestly", "as I wrote", "since Monday", "for the third time", "today"]


def make_messages(count: int, seed: int = 1, themes: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Return (text, theme) of messages that a grammar with a few voices writes."""
    random = Random(seed)
    chosen = themes or tuple(_SAYINGS)
    rows = []
    for _ in range(count):
        theme = random.choice(chosen)
        said = " ".join(random.sample(_SAYINGS[theme], 1 + (random.random() < 0.3)))
        filler = random.choice(_FILLERS) if random.random() < 0.5 else ""
        text = f"{random.choice(_OPENINGS)}{said} {filler}{random.choice(_ENDINGS)}"
        rows.append((" ".join(text.split()), theme))
    return rows
