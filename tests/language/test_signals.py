"""Signals of texts: what speaks, what abstains, and how well they agree with what people said."""

from __future__ import annotations

import csv
import json
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pytest

from goodwill.errors import InputError
from goodwill.language import SIGNALS, detect, signal_words, signals
from goodwill.language._signals._fold import folded, folded_with_places
from goodwill.language._signals._heads import heads
from goodwill.language._signals._written import written
from goodwill.language._words import as_array, words
from goodwill.report import definitions

SAID = {
    "threat_to_leave": "I'm cancelling my subscription, never using you again",
    "switched_to_competitor": "I have switched to Tidal now",
    "competitor_named": "@SpotifyCares Apple Music is so much better at this",
    "hostile": "you are useless idiots",
    "dishonesty": "You lied to me about the price, this is a scam",
    "already_contacted": "I have called you twice and never got a reply",
    "effort": "I was on hold for 2 hours and got transferred three times",
    "promise_mentioned": "Your agent said it would arrive by Friday",
    "praise_of_person": "Your agent Maria was amazing and so helpful",
    "thanks": "Thank you so much!",
    "closing": "All good now, thanks!",
    "core_failure": "My parcel never arrived and the app keeps crashing",
    "experience_failure": "The staff were rude and nobody answers the phone",
    "need": "How do I change my address? Please help",
    "want": "I wish you would bring back the old menu",
    "severity": "We are stranded at the airport overnight and you lost our bags",
    "complaint": "This is unacceptable, my order is still not here after 3 weeks",
    "gratitude": "Thank you, I really appreciate your help",
    "confusion": "I'm so confused, I don't understand this",
    "anger": "I am so angry, I hate this",
    "spam": "Earn $5000 a week and work from home, click here now",
    "auto_reply": "I am out of the office until Monday and will reply when I return",
}


@pytest.mark.parametrize("name", sorted(SAID))
def test_a_plain_case_speaks_and_a_neutral_sentence_does_not(name: str) -> None:
    said, plain = signals([SAID[name], "The meeting is on the second floor of the building"])[
        name
    ].to_pylist()
    assert said >= 0.5 > plain


def test_feelings_said_in_a_few_words_are_found_and_denied_ones_are_not() -> None:
    said = {
        "I am furious.": "anger",
        "He made me so mad!": "anger",
        "I am very disappointed": "disappointment",
        "We are really fed up with waiting": "frustration",
        "I'm a bit worried about my parcel": "worry",
        "I have no idea how this works": "confusion",
        "Much obliged": "gratitude",
        "So happy with my order": "delight",
    }
    found = signals(list(said), language="en").to_pylist()
    assert [(text, row[name] >= 0.5) for (text, name), row in zip(said.items(), found, strict=True)
            ] == [(text, True) for text in said]  # fmt: skip
    assert all(row["emotion"] >= 0.8 for row in found)
    denied = ["I am not angry at all", "not worried about the price", "You never disappoint!"]
    table = signals(denied, language="en")
    for row, name in enumerate(("anger", "worry", "disappointment")):
        assert table[name][row].as_py() < 0.21
    assert signal_words("I'm livid about this.", language="en")["anger"] == ["livid"]


def test_a_feeling_said_beside_one_that_is_denied_is_found() -> None:
    beside = "I'm not angry at the driver, but I am furious"
    texts = [beside, "I'm not angry at the driver", "I am not annoyed, or even frustrated"]
    table = signals(texts, language="en")
    both, denied = table["anger"].to_pylist()[:2]
    assert both == pytest.approx(0.9) and table["emotion"][0].as_py() >= both
    assert denied < 0.21
    assert table["frustration"][2].as_py() < 0.21
    assert signal_words(beside, language="en")["anger"] == ["furious"]
    assert "anger" not in signal_words(texts[1], language="en")


def test_a_word_that_no_head_knows_is_read_by_its_pieces() -> None:
    pieces = heads("en").pieces
    assert pieces is not None
    table = pieces.count(words(as_array(["grrreatful", "x1", "", "mad mad", "mad"]))).table()
    sizes = np.asarray(table.multiply(table).sum(axis=1))
    assert table[0].nnz > 3
    assert sizes[1:3].tolist() == [0, 0]  # a code has no pieces
    assert sizes[4] == pytest.approx(1, abs=1e-3)
    assert "wooooow" not in heads("en").grams.grams
    known, strange = signals(["wow thats so cool", "wooooow thats sooooo coool"], language="en")[
        "emotion"
    ].to_pylist()
    assert known > 0.5 and strange > 0.5


def test_the_table_has_one_column_a_signal_named_as_in_the_glossary() -> None:
    table = signals(["hello there, how are you?"])
    assert table.column_names == list(SIGNALS)
    assert set(table.schema.types) == {pa.float32()}
    known = definitions()
    assert [name for name in SIGNALS if name not in known] == []


def test_nothing_and_none_abstain_and_a_huge_text_is_read() -> None:
    assert signals([]).num_rows == 0
    table = signals([None, "", "  \n", "12.5.6", "😀😀", "I lied. " + "the words of it " * 600_000])
    for name in SIGNALS:
        assert table[name].to_pylist()[:5] == [None] * 5
    assert table["dishonesty"][5].as_py() > 0.5
    assert signals(pa.chunked_array([], pa.string())).num_rows == 0
    assert signals([b"Thank you so much!"])["thanks"][0].as_py() > 0.5
    with pytest.raises(TypeError, match="one string"):
        signals("a text")
    for whole in ({"text": ["hi"]}, pa.table({"text": ["hi"]}), np.array([["hi"]])):
        with pytest.raises(TypeError, match="take the column"):
            signals(whole)
    with pytest.raises(TypeError, match="not NoneType"):
        signals(None)


def test_probabilities_lie_between_nought_and_one() -> None:
    table = signals([*SAID.values(), "a" * 5000, "!" * 3000 + " you", "\x00 the \ud83d you"])
    values = np.concatenate([column.drop_null().to_numpy() for column in table.columns])
    assert values.min() >= 0 and values.max() <= 1
    moods = table.select(["negative", "positive", "sentiment"]).to_pandas().dropna()
    middle = 1 - moods["negative"] - moods["positive"]
    assert np.allclose(moods["sentiment"], moods["positive"] + middle / 2, atol=1e-5)


def test_each_text_has_the_same_bits_in_any_order_and_any_batch() -> None:
    texts = [*SAID.values(), None, "O produto chegou quebrado, péssimo", "ok", "Was ist das hier?"]
    random = Random(1)
    many = [text for _ in range(345) for text in random.sample(texts, len(texts))]
    known = dict(zip(texts, signals(texts).to_pylist(), strict=True))
    assert len(many) > 8192
    assert signals(many).to_pylist() == [known[text] for text in many]
    assert [signals([text]).to_pylist()[0] for text in texts] == list(known.values())


def test_a_signal_abstains_in_a_language_that_it_is_not_valid_for() -> None:
    table = signals(["Ich bin sehr wütend, mein Paket ist nicht da", "Meu pedido não chegou ainda"])
    german, portuguese = table.to_pylist()
    assert set(german.values()) == {None}
    assert {name for name, value in portuguese.items() if value is not None} == {
        name for name, codes in SIGNALS.items() if "pt" in codes
    }
    assert portuguese["complaint"] > 0.5


def test_the_language_that_is_given_is_taken() -> None:
    texts = ["ok thanks", "ok thanks"]
    assert signals(texts, language=["en-GB", "fi"])["thanks"].to_pylist() == [
        pytest.approx(0.95), None,
    ]  # fmt: skip
    assert (
        signals(texts, language="und")["thanks"].to_pylist() == signals(texts)["thanks"].to_pylist()
    )
    with pytest.raises(InputError, match="1 values for 2 texts"):
        signals(texts, language=["en"])


def test_the_words_that_carry_a_signal_are_told_as_they_stand_in_the_text() -> None:
    found = signal_words("I’m CANCELLING  my account — you liars! Naïve? Thanks for nothing.")
    assert found["threat_to_leave"] == ["I’m CANCELLING  my account"]
    assert found["dishonesty"] == ["liars"]
    assert "thanks" not in found
    assert signal_words("") == {}
    felt = signal_words("I'm furious and disappointed, my parcel never came")
    assert felt["emotion"] == [*felt["anger"], *felt["disappointment"]]
    assert "emotion" not in signal_words("how do I reset the password?")
    assert "worst" in signal_words("this is terrible, the worst ever")["negative"]


def test_a_brand_that_is_only_addressed_is_no_competitor() -> None:
    table = signals(["@JetBlue is the worst", "@united @JetBlue is better than you"])
    assert [p >= 0.5 for p in table["competitor_named"].to_pylist()] == [False, True]


def test_arrow_and_python_read_every_pattern_alike() -> None:
    texts = [*SAID.values(), "Don’t you LIE to me", "ÀÉÎ  ñ\t\n x", "I promise. thanks for nothing"]
    low = folded(pa.array(texts))
    assert low.to_pylist() == [folded_with_places(text)[0] for text in texts]
    for each in written("en"):
        alone = [each.words(text)[0] for text in low.to_pylist()]
        assert each.score(low, each.denies(low)).tolist() == pytest.approx(alone)


def test_what_is_short_or_mixed_has_no_language() -> None:
    texts = ["Where is my parcel? It has not arrived", "¿Dónde está mi paquete? No ha llegado",
             "Meu pedido ainda não chegou, o que aconteceu?", "ok", "No", "8.4.25.906", None, "",
             "Où est mon colis, je ne l’ai pas reçu et personne ne répond",
             "荷物がまだ届いていません"]  # fmt: skip
    assert detect(texts).to_pylist() == [
        "en", "es", "pt", None, None, None, None, None, "fr", "ja",
    ]  # fmt: skip
    assert detect([]).to_pylist() == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Когда вы вернёте мне деньги?", "ru"),
        ("Где мой заказ, это уже третий раз!", "ru"),
        ("Моє замовлення ще не приїхало", "uk"),
        ("أريد استرداد أموالي من فضلكم", "ar"),
        ("Къде е моята поръчка, моля?", "bg"),
        ("Добры", None),  # Belarusian, and too short to tell
        ("سفارش من کجاست؟", None),  # Persian has letters that Arabic has not
        ("Где мой?", None),
        # Their alphabets hold ы, э and ё too.
        ("Мой заказ не прышоў, дзе ён", "be"),
        ("Тапсырыс кешігіп жатыр, ақшаны қайтарыңыз", "kk"),
        ("Бул буюм сынык экен жардам бериниз", "ky"),
        ("Захиалга хэзээ ирэх вэ", "mn"),
    ],
)
def test_alphabets_of_one_script_are_told_by_their_letters(text: str, code: str | None) -> None:
    assert detect([text]).to_pylist() == [code]


@pytest.mark.data
def test_the_hand_made_labels_are_of_the_texts_that_they_name(data_folder: Path) -> None:
    known = json.loads((Path(__file__).parent / "labelled_signals.json").read_text("utf-8"))
    texts = {}
    for name, path in (("spotify", "spotify_support/support_requests.csv"),
                       ("airline", "airline_tweets/Tweets.csv"),
                       ("brands", "brand_replies/threads.csv")):  # fmt: skip
        with (data_folder / path).open(encoding="utf-8", newline="") as file:
            texts |= {f"{name}:{row['tweet_id']}": row["text"] for row in csv.DictReader(file)}
    rows = known["messages"]
    assert len(rows) == len({row[0] for row in rows}) == 575
    for key, _, digest, *_ in rows:
        assert sha256(texts[key].encode()).hexdigest()[:16] == digest
    # Floors below what was measured; docs/signals.md has the figures with their intervals.
    table = signals([texts[row[0]] for row in rows], language="en")
    for letter, floor in {"L": 0.85, "H": 0.85, "D": 0.8, "P": 0.85, "T": 0.9, "M": 0.8}.items():
        asked = [letter in known["rare"] or not row[1].startswith("rare") for row in rows]
        score = np.nan_to_num(table[known["letters"][letter]].to_numpy())[asked]
        truth = np.array([letter in row[3] for row in rows])[asked]
        above = (score[truth][:, None] > score[~truth]) + 0.5 * (
            score[truth][:, None] == score[~truth]
        )
        assert above.mean() > floor, known["letters"][letter]


@pytest.mark.data
def test_sentiment_and_language_hold_on_airline_tweets(data_folder: Path) -> None:
    with (data_folder / "airline_tweets" / "Tweets.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))[::7]
    table = signals([row["text"] for row in rows], language="en")
    bad, good = table["negative"].to_numpy(), table["positive"].to_numpy()
    named = np.nan_to_num(np.stack([bad, 1 - bad - good, good], axis=1), nan=1 / 3).argmax(axis=1)
    names = ["negative", "neutral", "positive"]
    truth = np.array([names.index(row["airline_sentiment"]) for row in rows])
    scores = [2 * ((named == k) & (truth == k)).sum() / ((named == k).sum() + (truth == k).sum())
              for k in range(3)]  # fmt: skip
    assert np.mean(scores) > 0.446 + 0.10  # VADER on the same tweets, and the bar above it
    codes = detect([row["text"] for row in rows]).to_pylist()
    assert codes.count("en") > 0.96 * len(rows)
    assert len(rows) - codes.count("en") - codes.count(None) <= 2


def test_the_shipped_heads_are_small() -> None:
    folder = files("goodwill.language") / "data"
    sizes = [len((folder / f"signals-{code}.npz").read_bytes()) for code in ("en", "pt")]
    assert sum(sizes) < 1_000_000


def test_competitors_of_the_field_are_known_when_they_are_named() -> None:
    texts = ["I am switching to Initech", "@initech where is my parcel", "aguas & co is cheaper"]
    assert signals(texts)["switched_to_competitor"][0].as_py() < 0.5
    found = signals(texts, language="en", competitors=["Initech", "Águas & Co"])
    assert found["switched_to_competitor"][0].as_py() >= 0.5
    assert found["competitor_named"][1].as_py() < 0.5  # whom a message addresses is none
    again = signals(texts, language="en", competitors=["initech", "AGUAS CO", "initech"])
    assert again.equals(found)


def test_a_closing_and_what_is_outstanding_praise_nobody() -> None:
    none = [
        "The return was acknowledged by your warehouse, the refund is still outstanding.",
        "If it is not here by the end of the week, I want to cancel. Best wishes, Ana",
        "[name] promised me a call by 11 February. I have been more than patient about this.",
        "Dear Tarrelo team, the puffer jacket is lovely but too heavy for me.",
        "I'm locked out of my account since I spoke to the agent. Best, [name]",
    ]
    some = [
        "Your agent was outstanding, thank you!",
        "Kind regards to the lady at the desk, she was so patient with me",
    ]
    told = signals(none + some, language="en")["praise_of_person"].to_pylist()
    assert max(told[: len(none)]) < 0.5 <= min(told[len(none) :])
