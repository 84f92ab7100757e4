"""Serving the desk: Granian, a process a core with threads, before the WSGI application."""

from __future__ import annotations

import multiprocessing
import os
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from goodwill import settings
from goodwill.desk.imports import jobs
from goodwill.desk.settings import configure
from goodwill.desk.settling import settle
from goodwill.errors import GoodwillError

_START_SECONDS = 60.0
_MOST_PROCESSES = 4
_THREADS = 4
"""Of each process. Pages are mostly made by Python, which runs one of them at a time."""


def serve(
    book_folder: Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    ready: Callable[[str], object] | None = None,
) -> None:
    """Serve the desk of the Book in ``book_folder`` until interrupted; call from the main thread.

    Args:
        book_folder: The Book.
        host: Address to listen on. Names other than the loopback ones must be in GOODWILL_HOSTS.
        port: Port to listen on; 0 takes a free one.
        ready: Called once with the address of the first page, when the desk answers.

    Raises:
        GoodwillError: The port is taken, or this process already serves another Book.
        SettingsError: A variable of the environment has a value that cannot be used.
    """
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    folder = Path(book_folder).absolute()
    port = _bindable(host, port)
    # Settings are checked and tables brought up to date here, where a fault can still be told.
    configure(folder)
    _clear_up(folder)
    _close_tables()
    os.environ["GOODWILL_DESK_BOOK"] = str(folder)
    if ready is not None:
        shown = f"[{host}]" if ":" in host else host
        shown = "127.0.0.1" if host in ("0.0.0.0", "::") else shown
        threading.Thread(
            target=_call_when_ready, args=(f"http://{shown}:{port}/", ready), daemon=True
        ).start()
    # Not a fork: the library of the Delta tables cannot be used in one, if it was used before it.
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "goodwill.desk.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes(),
        blocking_threads=_THREADS,
        websockets=False,
        log_level=LogLevels.warning,
    ).serve()


def processes() -> int:
    """Return how many processes serve the desk: one a core, up to four."""
    return max(1, min(_MOST_PROCESSES, len(os.sched_getaffinity(0))))


def _clear_up(folder: Path) -> None:
    """Delete what is too old, and start again what was cut off with the last desk."""
    from goodwill.desk.accounts import audit

    audit.sweep()
    with suppress(GoodwillError):
        settle(folder)
    with suppress(GoodwillError):  # a Book that cannot be read is told by the pages
        jobs.sweep(folder, settings.read(folder).upload_days)
        jobs.revive(folder)


def _close_tables() -> None:
    """Close this process's connection: the serving process that it starts opens its own."""
    from django.db import connections

    connections.close_all()


def _bindable(host: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise GoodwillError(
                f"The desk cannot listen on {host} port {port}: {error.strerror}.",
                hint=f"Choose another port, such as {port + 1 if port else 8001}.",
            ) from error
        return int(probe.getsockname()[1])


def _call_when_ready(address: str, ready: Callable[[str], object]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address + "healthz", timeout=2) as answer:
                if answer.status == 200:
                    ready(address)
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
