"""What the encoder was made from: no benchmark text, and what the data list says."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "models" / "encoder"


@pytest.fixture(scope="module")
def texts_module() -> ModuleType:
    spec = importlib.util.spec_from_file_location("encoder_texts", FOLDER / "texts.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["encoder_texts"] = module
    spec.loader.exec_module(module)
    return module


def test_near_copies_have_one_fingerprint(texts_module: ModuleType) -> None:
    prints = {
        texts_module.fingerprint(text)
        for text in (
            "My card hasn't arrived!",
            "my card hasn t  arrived",
            "MY CARD, HASN'T ARRIVED",
        )
    }
    assert len(prints) == 1
    assert texts_module.fingerprint("my card has arrived") not in prints


@pytest.mark.data
def test_no_text_of_banking77_is_in_the_data(texts_module: ModuleType, data_folder: Path) -> None:
    held = texts_module.banking77(data_folder)
    assert len(held) > 12_000
    learned = {texts_module.fingerprint(text) for text, _, _ in texts_module.chosen(data_folder)}
    assert len(learned) > 100_000
    assert not learned & held


@pytest.mark.data
def test_the_data_list_is_that_of_the_script(texts_module: ModuleType, data_folder: Path) -> None:
    made = texts_module.listing(texts_module.chosen(data_folder), []).splitlines()
    listed = (FOLDER / "data.tsv").read_text(encoding="utf-8").splitlines()
    missing = [line for line in made if not line.startswith("swapped") and line not in listed]
    assert not missing


def test_swapped_texts_leave_out_what_is_held(texts_module: ModuleType) -> None:
    base = ["where is my brown parcel", "the courier lost my parcel today"]
    made = texts_module.swapped(base, ["kettle", "visa"], set())
    assert any("kettle" in text.split() for text in made if len(text.split()) > 1)
    held = {texts_module.fingerprint(text) for text in made[:20]}
    again = texts_module.swapped(base, ["kettle", "visa"], held)
    assert not held & {texts_module.fingerprint(text) for text in again}
