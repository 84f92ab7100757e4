"""JSON text read piece by piece: one object a line, an array, or an object around the array.

APIs wrap their lists (``{"tickets": [...]}``), people print them over many lines; neither is ever
held in memory whole.
"""

from __future__ import annotations

import json
from collections.abc import Generator, Iterator
from typing import Any, TextIO

MAX_OBJECT = 8 * 1024**2
"""Characters of one object beyond which a file is taken for no list of records."""
_BLOCK = 1 << 20
_MAX_DEPTH = 4
_BLANK = " \t\r\n\ufeff"
LISTS = frozenset(
    {
        "conversations", "data", "entries", "items", "message", "objects", "payload", "records",
        "responses", "results", "reviews", "rows", "tickets",
    }
)  # fmt: skip
"""Keys under which an API puts its list of records."""
_AROUND = frozenset({"_embedded", "data", "message", "payload", "response", "result"})
"""Keys of objects that may hold such a list."""
_INCLUDED = frozenset({"customerReviewResponses"})
"""Types of what JSON:API lists beside the records (``included``) that are records themselves."""


class Damaged(ValueError):
    """The JSON cannot be read on; the message says why and after how many objects."""


def wrapped(item: Any, depth: int = 2) -> list[Any] | None:
    """Return the list of records that an object only wraps, else None.

    >>> wrapped({"tickets": [{"id": 1}], "count": 1})
    [{'id': 1}]
    >>> wrapped({"id": 1, "messages": [{"id": 2}]}) is None
    True
    """
    if not isinstance(item, dict) or "id" in item:
        return None
    for key, value in item.items():
        if key in LISTS and isinstance(value, list) and isinstance(next(iter(value), {}), dict):
            return value
        if key in _AROUND and depth and isinstance(value, dict):
            inner = wrapped(value, depth - 1)
            if inner is not None:
                return inner
    return None


def objects(text: TextIO) -> Iterator[Any]:
    """Yield the records of JSON text that is not one object a line.

    Raises:
        Damaged: it cannot be read to its end.
    """
    cursor = _Cursor(text)
    while sign := cursor.peek():
        if sign == ",":
            cursor.at += 1
        elif sign == "[":
            cursor.expect("[")
            yield from cursor.elements()
        elif sign == "{":
            whole = yield from cursor.record(2)
            if whole is not None:
                yield whole
        else:
            yield cursor.value()


def flat(item: dict[str, Any], prefix: str = "", depth: int = 1) -> dict[str, str | None]:
    """Return an object's leaves by dotted name; a list stays as its JSON text.

    >>> flat({"id": 7, "via": {"channel": "web"}, "tags": ["a"], "open": True})
    {'id': '7', 'via.channel': 'web', 'tags': '["a"]', 'open': 'true'}
    """
    out: dict[str, str | None] = {}
    for key, value in item.items():
        name = prefix + (str(key) or "(no name)")
        if isinstance(value, dict) and depth < _MAX_DEPTH:
            out.update(flat(value, f"{name}.", depth + 1))
        elif value is None:
            out[name] = None
        elif isinstance(value, str):
            out[name] = value
        elif isinstance(value, bool):
            out[name] = "true" if value else "false"
        elif isinstance(value, float):
            out[name] = repr(value)
        elif isinstance(value, int):
            out[name] = str(value)
        else:
            out[name] = json.dumps(value, ensure_ascii=False)
    return out


def _is_record(element: Any) -> bool:
    return isinstance(element, dict) and element.get("type") in _INCLUDED


class _Cursor:
    """A place in JSON text that is read as it is needed."""

    def __init__(self, text: TextIO) -> None:
        self._text = text
        self._decoder = json.JSONDecoder()
        self._buffer = ""
        self._ended = False
        self.at = 0
        self.done = 0

    def _more(self) -> bool:
        """Read on, forgetting what lies behind; return whether there was more."""
        if self._ended:
            return False
        block = self._text.read(_BLOCK)
        self._ended = not block
        self._buffer = self._buffer[self.at :] + block
        self.at = 0
        return not self._ended

    def peek(self) -> str:
        """Return the next sign that is not blank, without passing it; nothing at the end."""
        while True:
            while self.at < len(self._buffer):
                sign = self._buffer[self.at]
                if sign not in _BLANK:
                    return sign
                self.at += 1
            if not self._more():
                return ""

    def expect(self, signs: str) -> str:
        """Pass one of these signs."""
        sign = self.peek()
        if not sign or sign not in signs:
            raise self._damaged("it ends too early" if not sign else "")
        self.at += 1
        return sign

    def value(self) -> Any:
        """Return the next value and pass it."""
        self.peek()
        while True:
            try:
                item, end = self._decoder.raw_decode(self._buffer, self.at)
                # A number may go on in what was not read yet.
                if end < len(self._buffer) or not self._more():
                    self.at = end
                    return item
            except (ValueError, RecursionError):
                if len(self._buffer) - self.at > MAX_OBJECT:
                    raise self._damaged(f"or an object is longer than {MAX_OBJECT:,}") from None
                if not self._more():
                    raise self._damaged("it ends too early") from None

    def elements(self) -> Iterator[Any]:
        """Yield the elements of the array whose bracket was passed."""
        while True:
            while self.peek() == ",":
                self.at += 1
            if self.peek() == "]":
                self.at += 1
                return
            item = self.value()
            self.done += 1
            yield item

    def record(self, depth: int) -> Generator[Any, None, dict[str, Any] | None]:
        """Yield the records that the object here wraps; return the object when it wraps none."""
        self.expect("{")
        plain: dict[str, Any] = {}
        wraps = False
        if self.peek() == "}":
            self.at += 1
            return plain
        while True:
            key = self.value()
            self.expect(":")
            sign = self.peek()
            around = "id" not in plain
            if around and key in LISTS and sign == "[":
                self.expect("[")
                if self.peek() in ("{", "]"):
                    wraps = True
                    yield from self.elements()
                else:
                    plain[key] = list(self.elements())
            elif around and key == "included" and sign == "[":
                self.expect("[")
                yield from (e for e in self.elements() if _is_record(e))
            elif around and depth and key in _AROUND and sign == "{":
                inner = yield from self.record(depth - 1)
                wraps = wraps or inner is None
                plain[key] = inner
            else:
                plain[key] = self.value()
            if self.expect(",}") == "}":
                return None if wraps else plain

    def _damaged(self, why: str) -> Damaged:
        told = f"the JSON is damaged after object {self.done}"
        return Damaged(f"{told} ({why})" if why else told)
