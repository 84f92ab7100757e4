"""The plainest forms of signals, both ways: sentences written for this, before their patterns."""

from __future__ import annotations

import pytest

from goodwill.language import SIGNALS, signals

LEAVES = {
    "en": (
        "Cancel my account, I'm leaving",
        "cancel my subscription, I have had enough",
        "Close our account please.",
        "Please terminate this contract with immediate effect.",
        "Just cancel the membership",
        "This is useless. End my subscription today!",
        "I want my subscription cancelled",
        "We would like our contract terminated.",
        "I want out of this contract",
        "I'm closing my account tomorrow",
        "She is cancelling her membership because of you",
        "they are ending their contract with you",
        "I'm leaving for good",
        "we are taking our business elsewhere",
        "You've just lost a loyal customer",
        "I will never order from you again",
    ),
    "es": (
        "Cancelen mi cuenta, me voy a la competencia",
        "Quiero darme de baja del servicio",
        "voy a cancelar mi suscripción, ya no aguanto más",
        "Por favor, den de baja nuestro contrato",
        "No volveré a comprar en esta tienda",
        "Me cambio a otra compañía",
        "Han perdido un cliente",
        "Estamos pensando en rescindir el contrato",
    ),
    "pt": (
        "Cancelem a minha conta, não aguento mais",
        "Quero cancelar minha assinatura",
        "Vou encerrar o meu contrato com vocês",
        "Nunca mais compro nesta loja",
        "Vocês acabaram de perder um cliente",
        "não compro mais com vocês",
        "vou mudar para a concorrência",
        "Por favor, encerrem nosso plano",
    ),
}
STAYS = {
    "en": (
        "Cancel my order, I chose the wrong size",
        "Please cancel my flight and rebook me",
        "Why did you close my account? I want it back",
        "My account was closed by mistake, please reopen it",
        "I have never cancelled my subscription and I never will",
        "How do I change the card on my account?",
        "The account number is on my contract",
        "I'm leaving home at nine, can the driver come before?",
        "We are leaving on holiday on Friday, deliver earlier please",
        "Cancel the second parcel only",
        "Your driver was leaving when I opened the door",
        "I do not want to cancel my membership, only to pause it",
        "My old provider closed my account, so I am happy to be here",
        "I want my account unlocked",
    ),
    "es": (
        "Quiero cancelar mi pedido, elegí la talla equivocada",
        "¿Cómo cambio la tarjeta de mi cuenta?",
        "Me cancelaron la cuenta por error, quiero recuperarla",
        "Voy a estar en casa toda la tarde, gracias",
        "Volveré a comprar, todo perfecto",
        "No quiero cancelar mi suscripción, solo pausarla",
    ),
    "pt": (
        "Quero cancelar o meu pedido, escolhi o tamanho errado",
        "Como altero o cartão da minha conta?",
        "Cancelaram a minha conta por engano, preciso de ajuda",
        "Vou estar em casa amanhã à tarde, obrigado",
        "Compro sempre nesta loja e recomendo",
        "Não quero cancelar minha assinatura, só pausar",
    ),
}
COMPLAINS = (
    "You lied to me, I am cancelling my account!",
    "My child was burned by your kettle",
    "Your kettle gave me an electric shock",
    "The charger caught fire on my desk",
    "my daughter was injured by your chair when it collapsed",
    "We got food poisoning from your salad",
    "The bottle exploded and cut my hand",
    "You misled us about the price",
    "Your salesman lied about the warranty",
    "You have scammed me",
    "They cheated us, the watch is fake",
    "your courier stole my parcel",
    "My son nearly choked on a loose part of your toy",
    "I was burnt by this heater",
    "There is a smell of burning from the new oven",
    "You people are liars",
    "You tricked me into a second year",
    "The glass broke and cut her face",
    "it gave my husband an electric shock",
    "Your agent deceived my mother",
)
ASKS = (
    "Which of your chairs would you recommend for a child?",
    "Does the charger come with a cable?",
    "I would like to change the delivery address of my order",
    "Are you open on Sunday?",
    "Can I burn the packaging or must it be recycled?",
    "Thank you, the kettle is lovely",
    "Where can I find the fire safety leaflet?",
    "Do you ship to Portugal?",
    "My son loves the toy",
    "Could you cut the fabric to two metres for me?",
    "I am glad you told me the truth about the price",
    "What is the voltage of the oven?",
    "Does it come in blue?",
    "Please send me the invoice of May",
    "I need a new password",
    "How do I install the smoke alarm?",
    "We are very happy with the chairs",
    "Can two people share one account?",
    "The glasses arrived this morning, thanks a lot",
    "Do you have gift cards?",
)
CALM = (
    "not angry at all, just asking",
    "I am not angry, could you tell me the opening hours?",
    "I'm not upset, only curious how it works",
    "no worries, take your time",
    "We are not disappointed, it works well",
    "I was not annoyed by the wait",
    "not frustrated, just wondering about the colour",
    "I am not worried, thank you",
    "My wife is not upset, she would like another colour",
    "I'm neither angry nor disappointed, just asking",
)
CROSS = (
    "I'm angry, nobody answers",
    "not angry but very disappointed in you",
    "I'm not upset, I'm furious",
    "this is not good enough",
    "I am upset, the parcel is lost again",
    "terrible service, worst ever",
    "You never disappoint in being awful, horrible experience",
    "not impressed, this is rubbish",
    "I am worried and angry about the charge",
)
UNHAPPY = {
    "en": (
        "not happy at all", "I am not happy at all", "I'm not satisfied with the service",
        "not impressed", "The quality is not good", "this isn't good", "I wasn't pleased",
        "not pleased with my order", "we have never been happy with it", "far from happy",
        "not exactly thrilled", "the service isn't great", "your agent was not helpful at all",
        "not acceptable", "this is not okay", "I am no longer happy with the bank",
        "hardly impressed", "less than impressed", "I don't feel satisfied", "it is not worth it",
        "We are not in the least delighted", "That is not a nice answer",
        "is not good at all", "Not that good and not helpful", "Is anybody there? I am not happy",
        "It's not like the picture and I'm not satisfied",
    ),
    "pt": (
        "não estou satisfeito", "não estou nada satisfeita", "nada feliz", "não gostei",
        "nada satisfeita com a compra", "não fiquei contente", "não ficou bom", "não recomendo",
        "não estou feliz com o produto", "o produto não é nada bom", "pouco satisfeito",
        "não gostei de nada", "Bom dia, não gostei do produto", "não é tão bom",
        "nunca fiquei satisfeita",
        "a loja se recusa a trocar e não estou satisfeito", "Antes era bom, agora não é bom",
        "quando chegou não gostei",
    ),
}  # fmt: skip
HAPPY = {
    "en": (
        "I'm happy with the chairs", "very good, thank you", "not only good but cheap as well",
        "can I send it back if I'm not happy with it?", "I have never been so happy with a shop",
        "If I am not satisfied, can I bring it back?", "not sure it is good yet",
        "At first I was not happy, now all works, thank you", "couldn't be more pleased",
        "I was not happy before, but now all is fine",
        "Not that I'm not happy, I love it", "It's not like I'm not satisfied",
        "Is this kettle not good for gas?", "Are these chairs not good for outdoors?",
        "It isn't that we are not pleased", "Thanks. Is the pan not good for gas?",
    ),
    "pt": (
        "estou satisfeito", "muito bom, recomendo", "não só bom mas também barato",
        "se não estiver satisfeito posso devolver?",
        "de nada boa tarde", "ainda não boa tarde", "por nada bom dia", "mais nada boa noite",
        "ainda não bom fim de semana", "nunca foi tão bom comprar",
        "nunca gostei tanto de um produto", "nunca fiquei tão feliz com uma loja",
        "Antes não era bom, agora está ótimo", "No começo não gostei mas agora adoro",
        "não era bom antes, agora está ótimo", "caso não fiquei satisfeito posso trocar?",
        "posso devolver se o produto não é bom?", "quando não está bom posso trocar?",
    ),
}  # fmt: skip
SPAM = (
    "WIN A FREE IPHONE click here http://bit.ly/abc",
    "CLICK HERE http://x.example/win",
    "Congratulations!!! You have won $5000, claim your prize now",
    "free followers www.boost.example",
    "GET FREE GIFT CARDS >>> http://cards.example",
    "Earn $900 daily from home, join now http://a.example",
    "viagra cialis cheap http://pills.example",
    "claim your free iphone http://phones.example",
    "BITCOIN TRADING EXPERT whatsapp me +44 7700 900000",
    "We offer SEO services and backlinks, rank first on google",
    "win a free car !!! http://car.example",
    "hot singles http://s.example",
)
NO_SPAM = (
    "Is the delivery free above 50 euros?",
    "When I click here http://shop.example/return nothing happens",
    "I won the raffle and have not got my prize",
    "ok",
    "v2.3.1",
    "My free trial ended, please refund me",
    "I did not get my free gift with the order",
    "The free phone case was missing",
    "http://shop.example/order/77",
    "iPhone 12 128GB blue",
    "Do I get a free month if I win the contest?",
    "Hola",
)


def probability(name: str, text: str, language: str | None = None) -> float:
    value = signals([text], language=language)[name][0].as_py()
    return -1.0 if value is None else float(value)


def said(name: str, texts: tuple[str, ...], language: str | None = None) -> list[str]:
    """Return the texts of which the signal is more likely there than not."""
    return [text for text in texts if probability(name, text, language) >= 0.5]


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_who_cancels_an_account_a_subscription_or_a_contract_threatens_to_leave(
    language: str,
) -> None:
    assert language in SIGNALS["threat_to_leave"]
    texts = LEAVES[language]
    assert [t for t in texts if t not in said("threat_to_leave", texts, language)] == []


@pytest.mark.parametrize("language", ["en", "es", "pt"])
def test_who_cancels_an_order_or_was_cancelled_does_not(language: str) -> None:
    assert said("threat_to_leave", STAYS[language], language) == []
    assert all(probability("threat_to_leave", t, language) >= 0 for t in STAYS[language])


def test_harm_and_deceit_are_complaints_and_questions_are_none() -> None:
    assert [t for t in COMPLAINS if t not in said("complaint", COMPLAINS, "en")] == []
    assert said("complaint", ASKS, "en") == []


def test_a_feeling_that_is_denied_makes_no_message_negative() -> None:
    assert said("negative", CALM, "en") == []
    assert [t for t in CROSS if t not in said("negative", CROSS, "en")] == []


@pytest.mark.parametrize("language", ["en", "pt"])
def test_a_good_word_that_is_denied_is_negative_and_a_complaint(language: str) -> None:
    for name in ("negative", "complaint"):
        found = said(name, UNHAPPY[language], language)
        assert [text for text in UNHAPPY[language] if text not in found] == []
        assert said(name, HAPPY[language], language) == []
    table = signals(list(UNHAPPY[language]), language=language)
    moods = [table[name].to_numpy() for name in ("negative", "positive", "sentiment")]
    assert (moods[1] <= 1 - moods[0] + 1e-6).all() and (moods[2] < 0.35).all()
    neutral = 1 - moods[0] - moods[1]
    assert abs(moods[2] - (moods[1] + neutral / 2)).max() < 1e-5


def test_spam_is_told_without_a_language() -> None:
    assert [text for text in SPAM if text not in said("spam", SPAM)] == []
    assert said("spam", NO_SPAM) == []
    # Without a hit nothing is said of a text whose language nobody knows.
    assert probability("spam", "ok") == -1
