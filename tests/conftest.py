"""What all tests share: where the real data lies, and a private place for keys."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """The folder of real data: ``GOODWILL_TEST_DATA``, else ``../shared/data``."""
    folder = Path(os.environ.get("GOODWILL_TEST_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"real data absent: {folder} is no folder (set GOODWILL_TEST_DATA)")
    return folder


@pytest.fixture(autouse=True)
def _keys_of_tests(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Keep the keys of test Books out of the home folder of whoever runs the tests."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("config")))
    monkeypatch.delenv("GOODWILL_KEY_FILE", raising=False)
