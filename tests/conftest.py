"""What all tests share: where the real data lies, and a private place for keys."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A machine that others use as well is slow now and then; that is no fault of what is tested.
settings.register_profile(
    "any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("any machine")

ROOT = Path(__file__).resolve().parents[1]

# Begun first, so that no core waits at the end for a file that was begun last.
LONGEST = (
    "test_browser.py", "test_real_files.py", "test_crash.py", "test_killed_writers.py",
    "test_commands.py", "test_serving.py", "test_forget.py", "test_retain.py",
    "test_hostile.py", "test_fuzz.py", "test_equity.py", "test_import_browser.py",
    "test_import_jobs.py", "test_theme_work.py", "test_twin.py", "test_models.py",
    "test_themes.py", "test_messages.py", "test_same_event.py",
)  # fmt: skip


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Have the tests that compare engines run on each, and the others on DuckDB."""
    if "engine" in metafunc.fixturenames:
        compares = (
            "agree" in metafunc.fixturenames or metafunc.definition.path.parent.name == "engine"
        )
        kinds = (
            ("duckdb", "sail") if compares or os.environ.get("GOODWILL_TEST_SAIL") else ("duckdb",)
        )
        metafunc.parametrize("engine", kinds, indirect=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the files of tests, not the tests in them."""
    places = {name: place for place, name in enumerate(LONGEST)}
    items.sort(key=lambda item: places.get(item.path.name, len(places)))


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
