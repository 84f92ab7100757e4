"""The glossary: one text for code, pages and docs, kept in ``glossary.md`` beside this module."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_ENTRY = re.compile(r"^### `([a-z_0-9]+)`[^\n]*\n(.*?)(?=^#|\Z)", re.MULTILINE | re.DOTALL)


@cache
def _definitions() -> dict[str, str]:
    text = files("goodwill.report").joinpath("glossary.md").read_text(encoding="utf-8")
    return {key: " ".join(body.split()) for key, body in _ENTRY.findall(text)}


def definitions() -> dict[str, str]:
    """Return each figure's definition, a paragraph, by its key."""
    return dict(_definitions())
