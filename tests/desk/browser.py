"""A real browser before the desk: Debian's Chromium, headless, asked the way a person asks it."""

from __future__ import annotations

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

AXE = Path(__file__).parent / "vendor" / "axe-core-4.14.1.min.js"


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    """Serve the desk of this process, whose Book a test may exchange; give its address."""
    from django.core.wsgi import get_wsgi_application

    with make_server("127.0.0.1", 0, get_wsgi_application(), _Threads, _Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def programs() -> tuple[str, str]:
    """Return the paths of Chromium and its driver; skip, saying so, where either is absent."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip("no Chromium with chromedriver found (Debian: chromium, chromium-driver)")
    return chromium, driver


class Browser:
    """Chromium at one width and look; what it complains of is kept."""

    def __init__(self) -> None:
        from selenium import webdriver
        from selenium.webdriver.chrome.service import Service

        chromium, driver = programs()
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage"):
            options.add_argument(argument)
        # A machine without a mouse has one here: pointers that hover are what desks have.
        options.add_argument(
            "--blink-settings=primaryHoverType=2,availableHoverTypes=2,"
            "primaryPointerType=4,availablePointerTypes=4"
        )
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(driver))
        self.base = ""

    def sign_in(self, base: str, session: str) -> None:
        self.base = base
        self.driver.get(base + "/healthz")
        self.driver.delete_all_cookies()
        if session:
            self.driver.add_cookie({"name": "sessionid", "value": session})
        self.scripts(True)
        self.complaints()

    def window(self, width: int, look: str, height: int = 900) -> None:
        self.driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        self.driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia",
            {"features": [{"name": "prefers-color-scheme", "value": look}]},
        )

    def scripts(self, on: bool) -> None:
        self.driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not on})

    def open(self, path: str) -> None:
        self.driver.get(self.base + path)
        self.until("document.querySelectorAll('[data-chart]:not([data-drawn])').length === 0")

    def run(self, script: str, *args: Any) -> Any:
        return self.driver.execute_script(script, *args)

    def until(self, condition: str, seconds: float = 15) -> None:
        end = time.monotonic() + seconds
        while not self.run(f"return {condition}"):
            assert time.monotonic() < end, f"never came true: {condition}"
            time.sleep(0.05)

    def complaints(self) -> list[str]:
        """Return what the console holds since last asked: refused by policy, failed, not found."""
        return [
            entry["message"]
            for entry in self.driver.get_log("browser")
            if "favicon.ico" not in entry["message"]
        ]

    def axe(self) -> list[str]:
        """Return every violation that axe-core finds, with the elements concerned."""
        self.run(AXE.read_text(encoding="utf-8"))
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run(document, {resultTypes: ['violations']})"
            ".then((r) => done(r.violations), (e) => done([{id: String(e), nodes: []}]));"
        )
        return [
            f"{each['id']}: {', '.join(node['html'][:120] for node in each['nodes'][:3])}"
            for each in found
        ]

    def overflow(self) -> int:
        return int(
            self.run("const e = document.scrollingElement; return e.scrollWidth - e.clientWidth")
        )
