"""One small demo company, written once for all tests of this folder."""

from __future__ import annotations

import json

import pytest
from demo_company import CUSTOMERS, Company, rows

from goodwill import demo


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Company:
    """A company of 2,500 customers."""
    base = tmp_path_factory.mktemp("company")
    files = demo.write(base / "exports", base / "truth", customers=CUSTOMERS, seed=3)
    chats = [json.loads(line) for line in files.chats.read_text(encoding="utf-8").splitlines()]
    return Company(files, rows(files.orders), rows(files.tickets), chats, rows(files.posts))
