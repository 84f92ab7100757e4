"""Texts become vectors: the same bits in any company, near when the meaning is near."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from goodwill.errors import InputError
from goodwill.language import detect, discover, encode, signals
from goodwill.language._encoder import Encoder, shipped
from goodwill.language._words import words


def test_it_works() -> None:
    vectors = encode(["my parcel has not arrived", "where is my package?", "wrong password"])
    assert vectors.shape == (3, 256)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    same = encode(["the package did not come"])[0]
    assert vectors[0] @ same > vectors[2] @ same


def test_a_text_has_the_same_bits_alone_and_in_any_batch(messages: list[tuple[str, str]]) -> None:
    texts = [text for text, _ in messages[:300]]
    together = encode(texts)
    alone = np.concatenate([encode([text]) for text in texts])
    turned = encode(texts[::-1])[::-1]
    assert together.tobytes() == alone.tobytes() == np.ascontiguousarray(turned).tobytes()


@pytest.mark.parametrize("text", ["", "   ", "!!!", "@SpotifyCares", "https://t.co/x1", "48213 77"])
def test_a_text_without_words_is_a_vector_of_zeros(text: str) -> None:
    assert not encode([text]).any()


def test_nothing_gives_no_vectors() -> None:
    assert encode([]).shape == (0, 256)
    assert encode(pa.chunked_array([], pa.string())).shape == (0, 256)


def test_nulls_and_numbers_are_texts_without_words() -> None:
    assert not encode([None, float("nan")]).any()
    assert not encode(pa.array([None, ""])).any()


def test_one_string_is_refused() -> None:
    with pytest.raises(TypeError, match="not one string"):
        encode("my parcel")


@pytest.mark.parametrize("item", [["a", "b"], ("a",), {"text": "a"}, {"a"}])
@pytest.mark.parametrize("reads", [encode, discover, signals, detect])
def test_texts_within_texts_are_refused_by_row(reads: Any, item: Any) -> None:
    with pytest.raises(InputError, match=r"texts holds .* in row 1, not a text"):
        reads(["my parcel", item])
    with pytest.raises(InputError, match="texts holds .* not a text"):
        reads(pa.array([["my"], ["parcel"]]))


@pytest.mark.parametrize("reads", [encode, discover, signals])
def test_an_encoder_that_is_none_is_refused_with_those_that_are(reads: Any) -> None:
    for name in ("bert", None, 3):
        with pytest.raises(InputError, match="there is no encoder .*\n.*static, minilm"):
            reads(["my parcel"], encoder=name)


def test_arrow_slices_are_read_from_their_start() -> None:
    texts = pa.array(["wrong password", "my parcel has not arrived", "café"])
    assert encode(texts.slice(1)).tobytes() == encode(texts.to_pylist()[1:]).tobytes()
    assert encode(pa.array(texts, pa.large_string())).tobytes() == encode(texts).tobytes()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("My card HASN'T arrived!", ["my", "card", "hasnt", "arrived"]),
        ("Não chegou, é tarde…", ["nao", "chegou", "e", "tarde"]),
        ("it’s “late” 😡 again", ["its", "late", "again"]),
        ("@AirX #fail see https://t.co/abc &amp; www.x.com", ["see"]),
        ("[name] wrote to [email] <phone>", ["wrote", "to"]),
        ("mail me: jo.doe@example.com now", ["mail", "me", "now"]),
        (" \t\n ", []),
    ],
)
def test_words_are_cut(text: str, expected: list[str]) -> None:
    found = words(["first", text, "last"])
    ids = found.ids[found.offsets[1] : found.offsets[2]]
    assert [found.vocabulary[number] for number in ids] == expected


def test_an_unknown_word_is_made_of_its_pieces() -> None:
    encoder = Encoder("t", ["re", "##fund", "refund"], np.eye(3, dtype=np.float32))
    assert encoder.encode(["refund"]).tolist() == [[0, 0, 1]]
    assert encoder.encode(["refundre"]).tolist() == [[0, 0, 1]]
    assert encoder.encode(["unrefund"]).tolist() == [[0, 0, 0]]
    encoder = Encoder("t", ["re", "##fund"], np.eye(2, dtype=np.float32))
    np.testing.assert_allclose(encoder.encode(["refund"]), [[0.5**0.5, 0.5**0.5]], atol=1e-6)


def test_a_pair_counts_only_within_a_text() -> None:
    encoder = Encoder("t", ["not", "come", "not come"], np.eye(3, dtype=np.float32))
    found = encoder.encode(["not come", "come not", "not", "come"])
    assert found.argmax(axis=1).tolist() in ([0, 0, 0, 1], [1, 0, 0, 1])
    assert (found[:, 2] > 0).tolist() == [True, False, False, False]


def test_the_shipped_file_is_small_and_named() -> None:
    from importlib.resources import files

    data = (files("goodwill.language") / "data" / "encoder.npz").read_bytes()
    assert len(data) <= 16_000_000
    assert shipped().name.startswith("goodwill-static-")
