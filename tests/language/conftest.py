"""What the tests of the language room share: an engine of each kind, and messages."""

from __future__ import annotations

import pytest
from company import make_messages

from engines import agree, engine

__all__ = ["agree", "engine"]


@pytest.fixture(scope="session")
def messages() -> list[tuple[str, str]]:
    """Two thousand messages about five things."""
    return make_messages(2000)
