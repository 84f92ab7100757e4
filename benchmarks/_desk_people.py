"""The desk as it is served: fifty people at once, and a browser that says when it shows something.

The desk runs in processes of its own, as ``goodwill desk`` starts it; people are threads that keep
a connection each, as browsers do.
"""

from __future__ import annotations

import http.client
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

_SERVE = """
import sys
from pathlib import Path
from goodwill import desk
desk.serve(Path(sys.argv[1]), port=0, ready=lambda address: print(address, flush=True))
"""
_OBSERVE = """
const done = arguments[arguments.length - 1];
let last = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) last = entry.startTime;
}).observe({type: 'largest-contentful-paint', buffered: true});
setTimeout(() => done([last, performance.getEntriesByType('navigation')[0].responseStart]), 600);
"""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Serve the desk of a Book in processes of its own; give its address and the first of them."""
    with subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(folder)], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        try:
            yield address, process
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def sessions(count: int) -> list[str]:
    """Return the session of each of so many people, an admin each; Django is configured already."""
    from django.test import Client

    from goodwill.desk.accounts.models import User

    found = []
    for n in range(count):
        user, _ = User.objects.get_or_create(username=f"person{n}", defaults={"role": "admin"})
        client = Client()
        client.force_login(user)
        found.append(client.cookies["sessionid"].value)
    return found


def crowd(
    address: str,
    process: subprocess.Popen[str],
    who: Sequence[str],
    mix: Sequence[tuple[str, int]],
    *,
    seconds: float,
    think: float = 0.0,
    together: float = 0.0,
) -> dict[str, Any]:
    """Let people click for some seconds; return waits, errors and what it cost the server.

    Args:
        address: The desk's.
        process: Its first process.
        who: A session each.
        mix: Addresses, each with its weight.
        seconds: How long.
        think: Mean seconds between an answer and the next click, drawn from an exponential
            distribution; 0 for none at all.
        together: All click at the same moment, once in so many seconds; 0: each when he likes.
    """
    waits: list[tuple[float, str]] = []
    wrong: list[tuple[str, str]] = []
    lock, barrier = threading.Lock(), threading.Barrier(len(who) + 1)
    pages, weights = [each[0] for each in mix], [each[1] for each in mix]
    where = urlsplit(address)

    def person(n: int, session: str) -> None:
        drawn = random.Random(n)
        connection = http.client.HTTPConnection(str(where.hostname), where.port, timeout=60)
        barrier.wait()
        start = time.monotonic()
        end = start + seconds
        while True:
            if together:
                time.sleep(together - (time.monotonic() - start) % together)
            if think:
                time.sleep(min(drawn.expovariate(1 / think), max(0.0, end - time.monotonic())))
            if time.monotonic() >= end:
                return
            page, fault, began = drawn.choices(pages, weights)[0], "", time.perf_counter()
            try:
                status = _get(connection, page, session)
                fault = "" if status == 200 else str(status)
            except (OSError, http.client.HTTPException) as error:
                fault = type(error).__name__
                connection.close()
            with lock:
                waits.append((time.perf_counter() - began, page))
                if fault:
                    wrong.append((page, fault))

    people = [threading.Thread(target=person, args=each) for each in enumerate(who)]
    for each in people:
        each.start()
    before = cpu_of(process.pid)
    barrier.wait()
    began = time.perf_counter()
    for each in people:
        each.join()
    whole = time.perf_counter() - began
    walls = sorted(wait for wait, _ in waits)
    return {
        "people": len(who),
        "think s": think,
        "together each s": together,
        "clicks": len(walls),
        "errors": len(wrong),
        "what was wrong": sorted(set(wrong))[:5],
        "clicks a second": round(len(walls) / whole, 1),
        "wall s p50": round(walls[len(walls) // 2], 3),
        "wall s p95": round(walls[int(0.95 * (len(walls) - 1))], 3),
        "wall s most": round(walls[-1], 3),
        "cpu ms a click": round(1000 * (cpu_of(process.pid) - before) / len(walls)),
        "slowest": [f"{page} {wait:.2f}" for wait, page in sorted(waits)[-3:]],
    }


def _get(connection: http.client.HTTPConnection, page: str, session: str) -> int:
    """Ask for a page and read it; ask again where the server let go meanwhile, as browsers do."""
    for again in (True, False):
        try:
            connection.request("GET", page, headers={"Cookie": f"sessionid={session}"})
            answer = connection.getresponse()
        except http.client.RemoteDisconnected:
            if not again:
                raise
            connection.close()
            continue
        answer.read()
        return answer.status
    raise AssertionError("the second time returns or raises")


def cpu_of(pid: int) -> float:
    """Return the CPU seconds of a process and all beneath it."""
    parents, spent = {}, {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                told = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:  # it ended meanwhile
                continue
            parents[int(entry.name)] = int(told[1])
            spent[int(entry.name)] = int(told[11]) + int(told[12])
    mine, grown = {pid}, True
    while grown:
        more = {one for one, parent in parents.items() if parent in mine} - mine
        mine, grown = mine | more, bool(more)
    return sum(spent.get(one, 0) for one in mine) / os.sysconf("SC_CLK_TCK")


def seen(address: str, session: str, pages: Sequence[str], times: int) -> list[dict[str, Any]]:
    """Return after how long Chromium paints the largest part of each page; empty without one.

    The first time with nothing kept by the browser, the others with what it keeps of style and
    scripts.
    """
    import shutil

    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not chromium or not driver:
        return []
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    browser = webdriver.Chrome(options=options, service=Service(driver))
    try:
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": 1280, "height": 900, "deviceScaleFactor": 1, "mobile": False},
        )
        browser.get(address + "healthz")
        browser.add_cookie({"name": "sessionid", "value": session})
        rows = []
        for page in pages:
            browser.execute_cdp_cmd("Network.clearBrowserCache", {})
            found = []
            for _ in range(times):
                browser.get(address.rstrip("/") + page)
                found.append(browser.execute_async_script(_OBSERVE))
            painted = [each[0] for each in found]
            rows.append(
                {
                    "page": page,
                    "first paint of the largest ms": round(painted[0]),
                    "later, median ms": round(sorted(painted[1:])[len(painted[1:]) // 2]),
                    "later, most ms": round(max(painted[1:])),
                    "of it until the answer, median ms": round(
                        sorted(each[1] for each in found[1:])[len(found[1:]) // 2]
                    ),
                }
            )
        return rows
    finally:
        browser.quit()
