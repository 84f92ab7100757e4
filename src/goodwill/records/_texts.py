"""Redacting texts and taking their keys, in this process or in workers of its own.

This is the dearest step of intake. Workers are plain subprocesses, not a
``multiprocessing`` pool: that would run a user's script again in each of them. They get texts by
a pipe, write nothing to disk, and end when the pipe closes.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from typing import IO, Any

from ._sooner import collect_seldom
from .privacy import KINDS, Screen, find_keys, forget_texts, redact_batch

POOL_FROM_ROWS = 40_000
"""Rows of a file from which workers are worth their start."""
_SLICE = 25_000


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts of some rows: as they are, or once redacted.

    Attributes:
        columns: Lists of texts of one length, by column.
        names: By row, names of its persons.
        keyed: By row, whether keys in its ``text`` are the customer's; None takes no keys.
    """

    columns: dict[str, list[str | None]]
    names: list[tuple[str, ...] | None] | None = None
    keyed: list[bool] | None = None


@dataclass(frozen=True, slots=True)
class Redacted:
    """What redacting some rows has changed.

    Attributes:
        changed: By column and row, in order, the texts that are others now.
        keys: Those found in ``text`` as (row, kind, value).
    """

    changed: dict[str, dict[int, str | None]]
    keys: list[tuple[int, str, str]] = field(default_factory=list)


class Redactor:
    """Redacts with what is known of a file: its own handles, and the Book's order numbers."""

    def __init__(self, handles: frozenset[str], orders: frozenset[str]) -> None:
        self.handles = handles
        self.orders = orders

    def keep(self, kind: str, value: str) -> bool:
        """Return whether a find is an order number that the Book knows."""
        return kind != "name" and value.strip("#").upper() in self.orders

    def short(self, values: list[str]) -> list[str | None]:
        """Return short texts redacted; a product may be called as people are."""
        return redact_batch(
            values, keep=self.keep, keep_handles=self.handles, kinds=KINDS - {"name"}
        )

    def run(self, texts: Texts) -> Redacted:
        """Take the keys, then redact."""
        screens = {name: Screen(values, self.handles) for name, values in texts.columns.items()}
        keys: list[tuple[int, str, str]] = []
        if texts.keyed is not None:
            wanted = texts.columns["text"]
            if not self.orders:
                wanted = [t if k else None for t, k in zip(wanted, texts.keyed, strict=True)]
            for row, found in enumerate(find_keys(wanted, screen=screens["text"])):
                keys.extend((row, kind, value) for kind, value in found)
        changed: dict[str, dict[int, str | None]] = {}
        for name, values in texts.columns.items():
            clean = redact_batch(
                values, names=texts.names, keep=self.keep, keep_handles=self.handles,
                screen=screens[name],
            )  # fmt: skip
            pairs = enumerate(zip(values, clean, strict=True))
            changed[name] = {row: after for row, (before, after) in pairs if after is not before}
        forget_texts()
        return Redacted(changed, keys)


class Pool:
    """Redacts slices side by side; ``workers`` of 0 does it at once in this process.

    Where there will be something to redact for sure, they can be started before it is known how.
    """

    def __init__(self, workers: int) -> None:
        self.redactor = Redactor(frozenset(), frozenset())
        self._workers = workers
        self._all: list[_Worker] = []
        self._idle: list[_Worker] = []
        self._threads: ThreadPoolExecutor | None = None

    def start(self) -> None:
        """Start the workers."""
        if not self._all:
            self._all = [_Worker() for _ in range(self._workers)]
            self._idle = list(self._all)

    def submit(self, texts: Texts) -> list[Future[Redacted]]:
        """Return the futures of a job's slices, in order."""
        rows = len(next(iter(texts.columns.values()), []))
        if not self._workers:
            done: Future[Redacted] = Future()
            done.set_result(self.redactor.run(texts))
            return [done]
        if self._threads is None:
            self.start()
            self._threads = ThreadPoolExecutor(self._workers)
        return [
            self._threads.submit(self._call, _sliced(texts, start, start + _SLICE))
            for start in range(0, max(rows, 1), _SLICE)
        ]

    def _call(self, texts: Texts) -> Redacted:
        # As many threads as workers: one is always idle here.
        worker = self._idle.pop()
        try:
            return worker.call(self.redactor, texts)
        finally:
            self._idle.append(worker)

    def close(self) -> None:
        """End the workers."""
        if self._threads is not None:
            self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._all:
            worker.close()


def joined(parts: Sequence[Redacted]) -> Redacted:
    """Return the slices of a job as one."""
    changed: dict[str, dict[int, str | None]] = {name: {} for name in parts[0].changed}
    keys: list[tuple[int, str, str]] = []
    for start, part in zip(count(0, _SLICE), parts):  # noqa: B905 - without end
        keys.extend((start + row, kind, value) for row, kind, value in part.keys)
        for name, values in part.changed.items():
            changed[name].update({start + row: text for row, text in values.items()})
    return Redacted(changed, keys)


def workers_for(rows: int) -> int:
    """Return how many workers a file of so many rows is worth."""
    return min(4, len(os.sched_getaffinity(0))) if rows >= POOL_FROM_ROWS else 0


def _sliced(texts: Texts, start: int, end: int) -> Texts:
    return Texts(
        {name: values[start:end] for name, values in texts.columns.items()},
        texts.names[start:end] if texts.names is not None else None,
        texts.keyed[start:end] if texts.keyed is not None else None,
    )


class _Worker:
    def __init__(self) -> None:
        path = os.pathsep.join(p for p in sys.path if p)
        self._process = subprocess.Popen(
            [sys.executable, "-c", "from goodwill.records._texts import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": path},
        )
        self._greeted = False

    def call(self, redactor: Redactor, texts: Texts) -> Redacted:
        try:
            assert self._process.stdin is not None and self._process.stdout is not None
            if not self._greeted:
                _send(self._process.stdin, (redactor.handles, redactor.orders))
                self._greeted = True
            _send(self._process.stdin, texts)
            done: Redacted = pickle.load(self._process.stdout)
            return done
        except (OSError, EOFError, pickle.UnpicklingError):
            # A worker that died costs time, never rows.
            return redactor.run(texts)

    def close(self) -> None:
        if self._process.stdin is not None:
            try:
                self._process.stdin.close()
            except OSError:
                self._process.kill()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process.wait()


def _send(pipe: IO[bytes], what: Any) -> None:
    pickle.dump(what, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def serve() -> None:
    """Work for the parent until it closes the pipe."""
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # Nothing that a library prints may get into the pipe.
    os.dup2(2, 1)
    collect_seldom()
    try:
        redactor = Redactor(*pickle.load(source))
        while True:
            _send(target, redactor.run(pickle.load(source)))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return
