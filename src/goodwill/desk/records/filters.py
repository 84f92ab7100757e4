"""Filters of records in an address: a column's name, and its value as JSON where it is no text.

>>> encode({"status": ["broken", "overdue"], "wrote_at!": None, "customer_id": "shop:17"})
'status=%5B%22broken%22%2C+%22overdue%22%5D&wrote_at%21=null&customer_id=shop%3A17'
>>> decode([("theme_id", "3"), ("customer_id", '"17850"'), ("channel", "email")])
{'theme_id': 3, 'customer_id': '17850', 'channel': 'email'}
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from goodwill.errors import NotFound

_OPENS = frozenset('"[{-0123456789tfnNI \t\n\r')
"""Signs that JSON may begin with, as Python reads it."""
_COLUMN = re.compile(r"^([a-z][a-z0-9_]*)(>=|>|<=|<|!)?$")


def address(table: str, where: Mapping[str, Any]) -> str:
    """Return the address of the records of ``table`` that ``where`` names."""
    return f"{_path(table)}?{encode(where)}" if where else _path(table)


@lru_cache(maxsize=64)
def _path(table: str) -> str:
    """Return the address of a table's records; a list of problems has hundreds of them."""
    return reverse("records", args=[table])


def encode(where: Mapping[str, Any]) -> str:
    """Return filters as the query of an address."""
    return urlencode({key: _text(value) for key, value in where.items()})


def decode(pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the filters that an address names.

    Raises:
        NotFound: A name is no column's, or a value is neither plain nor a list of plain ones.
    """
    where: dict[str, Any] = {}
    for key, text in pairs:
        if not _COLUMN.match(key) or key in where:
            raise NotFound(
                f"No records can be filtered by {key!r}.", hint="Follow a figure's link."
            )
        value = _value(text)
        parts = value if isinstance(value, list) else [value]
        if not all(part is None or isinstance(part, str | int | float) for part in parts):
            raise NotFound(f"{key!r} cannot be {text!r}.", hint="Follow a figure's link.")
        where[key] = value
    return where


def _text(value: Any) -> str:
    if not isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False) if _is_json(value) else value


def _value(text: str) -> Any:
    return json.loads(text) if _is_json(text) else text


def _is_json(text: str) -> bool:
    if text[:1] not in _OPENS:  # most are ids and words: no need to let the parser fail
        return False
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


_SIGNS = {
    "": "is",
    "!": "is not",
    ">": "is above",
    ">=": "is at least",
    "<": "is below",
    "<=": "is at most",
}


def in_words(where: Mapping[str, Any]) -> list[str]:
    """Return each filter as words.

    >>> in_words({"status": ["broken", "overdue"], "wrote_at!": None, "repeat": True})
    ['status is broken or overdue', 'wrote at is not empty', 'repeat is yes']
    """
    said = []
    for key, value in where.items():
        match = _COLUMN.match(key)
        name, sign = (match[1], match[2] or "") if match else (key, "")
        parts = value if isinstance(value, list | tuple) else [value]
        words = " or ".join(_plain(part) for part in parts)
        said.append(f"{name.replace('_', ' ')} {_SIGNS[sign]} {words}")
    return said


def _plain(value: Any) -> str:
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
