"""What a serving process does before the first click, so that nobody waits for it."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template
from django.template.utils import get_app_template_dirs
from django.urls import get_resolver

from goodwill.desk.reading import whole_book
from goodwill.errors import GoodwillError


def warm() -> None:
    """Read all addresses and templates; the Book, whose pages most begin with, beside that."""
    get_resolver().reverse_dict  # noqa: B018  (made when it is first asked for)
    folders = [*map(Path, settings.TEMPLATES[0]["DIRS"]), *get_app_template_dirs("templates")]
    for folder in folders:
        if Path(folder).is_relative_to(Path(__file__).parent):
            for path in sorted(Path(folder).rglob("*.html")):
                get_template(str(path.relative_to(folder)))
    threading.Thread(target=_read, daemon=True).start()


def _read() -> None:
    with suppress(GoodwillError):  # a Book that cannot be read is told by the pages
        whole_book().overview()
