"""What a message is about: thanks, greetings, references and products are taken out."""

from __future__ import annotations

import numpy as np
import pytest

from goodwill.language import discover
from goodwill.language._discover import asides
from goodwill.language._labels import name_groups
from goodwill.language._matter import matter_of, name_words

PRODUCTS = name_words(["Rain cover", "Dry bag", "Gift card", "Express delivery"])


def about(text: str | None) -> str:
    words = matter_of([text], PRODUCTS).words
    return " ".join(words.vocabulary[number] for number in words.ids)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Hi Ann, my card has not arrived. Thanks!", "my card has not arrived"),
        ("Dear team,\nThe bill is wrong.\nBest wishes,\nJack Vance", "the bill is wrong"),
        ("Thanks, but the refund never came", "but the refund never came"),
        ("Olá, o produto não chegou. Obrigado", "o produto nao chegou"),
        ("Hola, ¿dónde está mi pedido? Gracias", "donde esta mi pedido"),
        ("the rain cover is torn", "the is torn"),
        ("where is my order?", "where is my order"),
        ("still not resolved", "still not resolved"),
        ("still waiting for a reply", "still waiting for a reply"),
        ("thanks for losing my bag!", "thanks for losing my"),
        ("Hi, refund please", "refund please"),
        ("my gift card does not work", "my gift card does not work"),
    ],
)
def test_the_matter_is_left(text: str, said: str) -> None:
    assert [word for word in about(text).split() if word.isalpha()][: len(said.split())] == (
        said.split()
    )
    assert matter_of([text], PRODUCTS).says.all()


@pytest.mark.parametrize(
    "text",
    [
        "OK, thank you, bye", "thanks Judith", "Hi there, Many thanks, all good now.",
        "great, thanks for the quick reply", "It's fixed, thanks", "good morning sam",
        "order 12345, the rain cover", "<phone>", "my account email is __email__", "no problem",
        "muchas gracias", "tudo certo, obrigado", "", None, "@acme https://t.co/x",
    ],
)  # fmt: skip
def test_courtesies_and_references_are_about_nothing(text: str | None) -> None:
    assert not matter_of([text], PRODUCTS).says.any()
    assert about(text) == ""


def test_names_of_products_leave_out_what_people_write_about() -> None:
    assert name_words(["Rain cover", "Gift card", "Express delivery", "Order item 5"]) == {
        "rain", "cover",
    }  # fmt: skip


def test_what_a_text_is_about_does_not_hang_on_the_batch() -> None:
    texts = ["Hi, thanks!", "my card is lost", "", "bye", "the app crashes. Thanks, Ann", None]
    together = matter_of(texts * 3)
    for number, text in enumerate(texts * 3):
        alone = matter_of([text])
        first, last = together.words.offsets[number : number + 2]
        said = [together.words.vocabulary[word] for word in together.words.ids[first:last]]
        assert said == [alone.words.vocabulary[word] for word in alone.words.ids]
        assert alone.says[0] == together.says[number]
        assert alone.asks[0] == together.asks[number]


def test_chatter_makes_no_theme(messages: list[tuple[str, str]]) -> None:
    matters = [text for text, _ in messages[:600]]
    chatter = ["thanks", "thank you so much Ann", "bye bye", "ok, perfect", "all good now!"] * 300
    themes, with_chatter = discover(matters), discover(matters + chatter)
    assert with_chatter.version == themes.version
    assert with_chatter.assign(chatter[:5]).tolist() == [-1] * 5


def test_themes_of_praise_are_muted_and_those_of_complaints_are_not(
    messages: list[tuple[str, str]],
) -> None:
    parts = [
        ("the colour", "the fabric", "the print", "the finish", "the handle"),
        ("looks beautiful", "is beautiful", "is a beautiful thing", "looks lovely and beautiful"),
        ("in the garden", "on my balcony", "in our kitchen", "at home", "in the sun", "outside"),
    ]
    praise = [f"{a} {b} {c}" for a in parts[0] for b in parts[1] for c in parts[2]]
    themes = discover([text for text, _ in messages] + praise)
    muted = {int(number) for number in themes.assign(praise) if themes.muted[number]}
    assert muted
    lost = [text for text, theme in messages if theme == "parcel"]
    assert not themes.muted[themes.assign(lost)].any()


def test_groups_that_no_word_tells_are_muted_and_so_are_thanks() -> None:
    starts, ends = ("bo", "ka", "mi", "tu", "re"), ("lan", "dor", "pex", "vin")
    words = [start + end for start in starts for end in ends]
    mixed = [f"I want the {words[at]} {words[(7 * at + 3) % 20]}" for at in range(20)]
    lost = [f"where is my parcel {word}" for word in words]
    thanks = [f"thanks for the {word}" for word in words[:12]] + lost[:8]
    texts = mixed + lost + thanks
    groups = np.repeat(np.arange(3, dtype=np.int32), 20)
    matter = matter_of(texts)
    weights = np.ones(len(texts), np.float32)
    naming = name_groups(texts, groups, weights, 3, found=matter.words)
    assert matter.asks[:40].all()
    assert asides(matter, groups, naming).tolist() == [True, False, True]


def test_closings_are_no_thanks() -> None:
    said = ["my card is lost. Regards", "thanks, but where is it", "is it here? cheers"]
    assert not matter_of(said).thanks.any()
    assert matter_of(["that is all thank you", "nothing else, bye"]).thanks.all()


def test_products_do_not_make_themes_of_their_own() -> None:
    products = ["kettle", "lamp", "carpet", "mirror", "pillow", "vase"]
    wrongs = ["arrived broken", "came in the wrong colour", "has not been delivered", "smells odd"]
    texts = [
        f"{hi}the {product} {wrong}{end}"
        for product in products
        for wrong in wrongs
        for hi in ("", "hello, ", "so ")
        for end in ("", " again", " today", " I see")
    ]
    themes = discover(texts, names=products)
    for wrong in wrongs:
        found = themes.assign([f"the {product} {wrong}" for product in products])
        assert len(set(found.tolist())) == 1, wrong


@pytest.mark.parametrize(
    "praise",
    [
        "Good travel towel, fair price. Would buy again.",
        "Took it to the coast and not one complaint, pleased with it.",
        "Glad I bought it and I don't regret it.",
        "Can recommend, great bag.",
        "Excellent, no problems at all. Will order again!",
        "Perfect fit and I never had a problem.",
        "Third order and never let down, solid bags.",
        "Had it on two rainy weekends and it kept me dry and warm.",
    ],
)
def test_a_fault_that_is_denied_and_a_wish_to_come_back_ask_for_nothing(praise: str) -> None:
    matter = matter_of([praise])
    assert matter.says[0] and not matter.asks[0]


@pytest.mark.parametrize(
    "text",
    [
        "I cannot fix the problem",
        "You have not solved my problem",
        "no answer to my complaint",
        "Would you send it again",
        "Would like a new lid",
        "Will the hammock be here before Friday",
        "It broke again",
        "You do not let me change the address",
        "They never let us know about the delay of the parcel",
        "Had you read my mail about the lid?",
        "I will never buy again",
        "Not one answer, only problems",
        "el pedido no llegó",
        "no me ha llegado el paquete",
        "la web no funciona",
        "meu pedido não chegou",
    ],
)
def test_what_asks_or_complains_in_the_same_words_still_does(text: str) -> None:
    assert matter_of([text]).asks[0]


@pytest.mark.parametrize(
    "line",
    [
        "Sent from my iPhone", "Sent from my Samsung Galaxy", "Enviado desde mi iPhone",
        "Enviado do meu telefone", "Get Outlook for iOS", "Sent from Yahoo Mail on Android",
        "Yours faithfully,",
    ],
)  # fmt: skip
def test_the_line_of_a_telephone_or_a_farewell_is_no_matter(line: str) -> None:
    texts = [f"The kettle leaks.\n\n{line}\nA. Miller", "The kettle leaks."]
    matter = matter_of(texts)
    said = [
        [matter.words.vocabulary[n] for n in matter.words.ids[a:b]]
        for a, b in zip(matter.words.offsets[:-1], matter.words.offsets[1:], strict=True)
    ]
    left = {"iphone", "phone", "galaxy", "samsung", "outlook", "faithfully", "telefone", "yahoo",
            "sent", "enviado"}  # fmt: skip
    assert not left & set(said[0]) and "kettle" in said[0]
    assert matter.says.all()


def test_a_telephone_that_was_sent_is_a_matter() -> None:
    matter = matter_of(["The phone was sent from Leeds and is broken"])
    assert matter.asks[0] and "phone" in matter.words.vocabulary
