"""Receiving an upload: bytes go straight into the job's folder, under names of our own."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any, BinaryIO

from django.core.files.uploadhandler import FileUploadHandler, SkipFile, StopUpload
from django.http import HttpRequest

from goodwill.desk.imports import jobs
from goodwill.desk.imports.names import safe_name

MOST_FILES = 20
SPARE_BYTES = 512 * 1024**2
"""Left free on the disk for everything else."""


class IntoBook(FileUploadHandler):
    """Writes the files of a form below ``<book>/uploads/``; keeps nothing in memory.

    ``fault`` says why the upload was stopped; then nothing of it is kept.
    """

    chunk_size = 1024 * 1024

    def __init__(self, request: HttpRequest, book: Path, most_bytes: int) -> None:
        super().__init__(request)
        self.book = book
        self.folder: Path | None = None
        self.files: list[dict[str, Any]] = []
        self.fault = ""
        self.received = 0
        self._most = most_bytes
        self._out: BinaryIO | None = None

    def new_file(self, *args: Any, **more: Any) -> None:
        """Open a file of our own for the next file of the form."""
        super().new_file(*args, **more)
        if self.field_name != "files" or self.fault:
            raise SkipFile
        if len(self.files) >= MOST_FILES:
            self.fault = f"One upload holds at most {MOST_FILES} files."
            raise SkipFile
        if self.folder is None:
            self.folder = jobs.new_folder(self.book)
        number = len(self.files) + 1
        (self.folder / str(number)).mkdir(mode=0o700)
        label = self._label(safe_name(str(self.file_name or "")))
        self.files.append({"n": number, "label": label, "bytes": 0, "state": "looking"})
        handle = os.open(
            self.folder / str(number) / label, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600
        )
        self._out = os.fdopen(handle, "wb")

    def _label(self, name: str) -> str:
        """Return the name, numbered where the upload has it already."""
        taken = {each["label"].casefold() for each in self.files}
        stem, dot, end = name.partition(".")
        label, count = name, 2
        while label.casefold() in taken:
            label, count = f"{stem}-{count}{dot}{end}", count + 1
        return label

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write what came; stop where the limit or the disk ends."""
        assert self._out is not None and self.folder is not None
        self.received += len(raw_data)
        self.files[-1]["bytes"] += len(raw_data)
        if self.received > self._most:
            self.fault = (
                f"The upload holds more than {self._most // 1024**2:,} MB, which is the limit "
                "(upload_megabytes in goodwill.toml)."
            )
        elif shutil.disk_usage(self.folder).free < SPARE_BYTES:
            self.fault = "There is too little room on the disk for this upload."
        if self.fault:
            self._close()
            # The rest is read and thrown away: a browser that is cut off shows no message.
            raise StopUpload(connection_reset=False)
        self._out.write(raw_data)

    def file_complete(self, file_size: int) -> None:
        """Bring the file to the disk."""
        self._close()

    def upload_interrupted(self) -> None:
        """Close what was open when the upload ended early."""
        self._close()

    def _close(self) -> None:
        if self._out is not None:
            self._out.flush()
            os.fsync(self._out.fileno())
            self._out.close()
            self._out = None

    def discard(self) -> None:
        """Delete all that was received."""
        self._close()
        if self.folder is not None:
            jobs.remove(self.folder)
