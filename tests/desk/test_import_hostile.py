"""Hostile uploads through the Import page: a reason or no harm, and the desk stays up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from importing import at_once, desk_over, job_of, send
from reader import said

import goodwill
from goodwill.desk.imports import views
from goodwill.desk.imports.uploading import MOST_FILES
from hostile import CANARY, LONG, uploads
from soak import SOAK

STEP = 1 if SOAK else 6
"""A sixth of the 200, others than those that the tests of the records add; `make soak`: all."""


@pytest.fixture
def real(client: Client, user: Any, tmp_path: Path) -> Iterator[goodwill.Book]:
    """An empty Book that the desk serves; Ada may import, as often as she likes."""
    with pytest.MonkeyPatch.context() as patch, desk_over(tmp_path, patch) as book:
        at_once(patch, book)
        patch.setattr(views, "UPLOADS_AN_HOUR", 1000)
        yield book


def test_every_hostile_upload_is_refused_with_a_reason_or_shown_without_harm(
    client: Client, real: goodwill.Book, tmp_path: Path, capfd: Any
) -> None:
    cases = [case for case in uploads()[STEP // 3 :: STEP] if case.name not in LONG]
    kept = {p for p in tmp_path.rglob("*") if not {"uploads", "lock", "readers.lock"} & {*p.parts}}
    became: list[tuple[str, str, str, str]] = []
    for first in range(0, len(cases), MOST_FILES):
        batch = cases[first : first + MOST_FILES]
        answer = send(client, *((case.name, case.data) for case in batch))
        assert answer.status_code == 200, [case.name for case in batch]
        text = answer.content.decode()
        assert CANARY not in text and "Traceback" not in text and "<script>alert" not in text
        files = {each["n"]: each for each in job_of(answer)["files"]}
        # A browser sends no part for a file without a name; all others are there.
        named = [case for case in batch if case.name]
        assert len(files) == len(named)
        for number, case in enumerate(named, 1):
            each = files[number]
            reason = each.get("message", "")
            became.append((each["state"], case.expectation, case.name, reason))
            if each["state"] == "refused":
                assert len(reason) > 10 and reason.replace("\n", "").isprintable(), case.why
                assert "a fault of its own" not in reason, case.why
        assert said(client.get("/import/")).count("Files to import") == 1
    assert [one for one in became if one[1] == "harmless" and one[0] == "refused"] == []
    # What only the whole file gives away is refused when it is taken, not at the first look.
    assert sum(one[1] == "refused" and one[0] == "good" for one in became) < 20
    assert real.table("imports").num_rows == 0
    assert {
        p for p in tmp_path.rglob("*") if not {"uploads", "lock", "readers.lock"} & {*p.parts}
    } == kept
    assert "import: " not in capfd.readouterr().err
