"""200 hostile uploads are refused with a reason, or taken without damage."""

from __future__ import annotations

import hashlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import goodwill
from goodwill.tables import FACTS
from hostile import CANARY, LONG, uploads
from soak import SOAK

ADDED = [
    number
    for number, upload in enumerate(uploads())
    if SOAK or (number % 3 == 0 and upload.name not in LONG)
]
"""A third of them; `make soak` adds all 200."""
PATIENCE_SECONDS = 180
MEMORY_MEGABYTES = 1500


def outcomes_from(folder: Path, numbers: list[int], environment: dict[str, str]) -> Iterator[Any]:
    """Give what became of the uploads, until the process ends or hangs."""
    program = Path(__file__).parents[1] / "hostile.py"
    with subprocess.Popen(
        [sys.executable, str(program), str(folder), *map(str, numbers)],
        stdout=subprocess.PIPE, cwd=folder, env=environment, text=True, bufsize=1,
    ) as running:  # fmt: skip
        assert running.stdout is not None
        while select.select([running.stdout], [], [], PATIENCE_SECONDS)[0]:
            line = running.stdout.readline()
            if not line:
                return
            yield json.loads(line)
        running.kill()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hostile")


@pytest.fixture(scope="module")
def outcomes(folder: Path) -> dict[int, dict[str, Any]]:
    """What became of each; a process that dies of one is started anew with the next."""
    (folder / "tmp").mkdir()
    environment = {
        **os.environ,
        "TMPDIR": str(folder / "tmp"),
        "GOODWILL_KEY_FILE": str(folder / "key"),
    }
    found: list[dict[str, Any]] = []
    while len(found) < len(ADDED):
        found += outcomes_from(folder, ADDED[len(found) :], environment)
        if len(found) < len(ADDED):
            found.append({"became": "crashed", "reason": "the process died, or took too long"})
    return dict(zip(ADDED, found, strict=True))


def test_there_are_200_and_the_same_seed_gives_the_same_bytes() -> None:
    assert len(uploads()) == len({upload.name for upload in uploads()}) == 200
    assert {upload.name for upload in uploads()} > LONG
    assert len(ADDED) == 200 if SOAK else 60 < len(ADDED) < 70
    assert max(len(upload.data) for upload in uploads()) < 3_000_000
    digest = hashlib.sha256(b"".join(upload.data for upload in uploads())).digest()
    uploads.cache_clear()
    assert hashlib.sha256(b"".join(upload.data for upload in uploads())).digest() == digest


@pytest.mark.parametrize("number", ADDED, ids=lambda n: ascii(uploads()[n].name)[1:41])
def test_a_hostile_upload_does_no_damage(number: int, outcomes: dict[int, dict[str, Any]]) -> None:
    upload = uploads()[number]
    said = outcomes[number]
    assert said["became"] != "crashed", f"{upload.why}: {said['reason']}"
    if upload.expectation != "either":
        expected = "taken" if upload.expectation == "harmless" else "refused"
        assert said["became"] == expected, f"{upload.why}: {said}"
    assert not said["escaped"], f"{upload.why}: files outside the Book"
    assert said["megabytes"] < MEMORY_MEGABYTES, upload.why
    if said["became"] == "refused":
        assert not said["stored"], f"{upload.why}: refused, and yet something was stored"
        assert len(said["reason"]) > 20, upload.why
        assert said["reason"].replace("\n", "").isprintable(), said["reason"]
        assert len(said["reason"]) < 2000, f"{upload.why}: {len(said['reason'])} letters"
    else:
        for read, accounted in said["rows"]:
            assert read == accounted, f"{upload.why}: {said}"
        assert sum(read for read, _ in said["rows"]) > 0, f"{upload.why}: taken, and nothing read"


def test_nothing_but_the_uploads_was_read(
    folder: Path, outcomes: dict[int, dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(outcomes) == len(ADDED)
    monkeypatch.setenv("GOODWILL_KEY_FILE", str(folder / "key"))
    book = goodwill.open(folder / "book")
    everything = "\n".join(repr(book.table(name).to_pylist()) for name in FACTS)
    assert "where is my parcel" in everything
    assert CANARY not in everything
    assert "root:x:0" not in everything
    for place in (Path("/tmp/escaped.csv"), folder.parent / "escaped.csv"):
        assert not place.exists()
