"""Files that are there whole or not at all, whatever moment the process is killed at."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write that takes the place of ``path`` once the block ends without an error.

    A reader sees the old content or the new, also after a loss of power.
    """
    with drafting(path) as draft, draft.open("xb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def drafting(path: Path) -> Iterator[Path]:
    """Give a path beside ``path``; what is written there takes its place when the block ends.

    For those who can write to a path alone; what they leave there is not synced.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.draft")
    try:
        yield draft
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
    sync_folder(path.parent)


def create_once(path: Path, data: bytes) -> bool:
    """Write a private file that must not exist yet; return False when another was first."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.draft")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # A link fails where the name is taken; a rename would replace what another wrote.
        with suppress(FileExistsError):
            os.link(draft, path)
            sync_folder(path.parent)
            return True
        return False
    finally:
        draft.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
