"""Parts of pages that stay as they are, made once and kept for a while in each process.

A page says mostly what a generation of the Book says, and that never changes; most of what a click
costs is writing it out anew. ``{% kept seen may carried %}...{% endkept %}`` writes it once for the
very objects that are named: shapes of the Book by identity, texts and numbers by what they are.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

MOST_SIGNS = 8 * 2**20
"""How much markup a process keeps."""
MOST_PARTS = 500
"""How many parts it keeps at most: each, however short, holds in memory what it was made of."""
_PLAIN = (str, int, float, bool, type(None))
_SECRET = "csrfmiddlewaretoken"


class Markup:
    """Markup by what it was made of; the oldest forgotten first, safe in threads."""

    def __init__(self, most: int = MOST_SIGNS, parts: int = MOST_PARTS) -> None:
        self._most, self._parts, self._size = most, parts, 0
        self._kept: OrderedDict[Any, tuple[tuple[Any, ...], SafeString]] = OrderedDict()
        self._lock = threading.Lock()
        self._generation = ""

    def of(self, generation: str) -> None:
        """Forget all where this is another generation: what was erased must not stay in memory."""
        with self._lock:
            if generation != self._generation:
                self._generation, self._size = generation, 0
                self._kept.clear()

    def get(self, key: Any) -> SafeString | None:
        """Return what is kept under a key, or None."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[1]

    def keep(self, generation: str, key: Any, made_of: tuple[Any, ...], markup: SafeString) -> None:
        """Keep markup with what it was made of, so that no other object takes over its identity.

        Args:
            generation: The one that was current before what it was made of was read. Where another
                is kept by now, nothing is: it may hold what was erased in between.
            key: Under which it is looked for.
            made_of: The objects that the key tells from others.
            markup: What was made of them.
        """
        with self._lock:
            if generation != self._generation or key in self._kept:
                return
            self._kept[key] = made_of, markup
            self._size += len(markup)
            while self._size > self._most or len(self._kept) > self._parts:
                self._size -= len(self._kept.popitem(last=False)[1][1])


MARKUP = Markup()


def key_of(value: Any) -> Any:
    """Return what tells a value from others: itself where it is plain, else which object it is."""
    return (type(value), value) if isinstance(value, _PLAIN) else id(value)


def begun_in(context: template.Context) -> str:
    """Return the generation that was current when the request of a page came; empty if unknown."""
    return context.get("generation") or ""


class KeptNode(template.Node):
    """What stands between ``kept`` and ``endkept``."""

    def __init__(self, named: list[FilterExpression], nodelist: NodeList) -> None:
        self.named, self.nodelist = named, nodelist

    def render(self, context: template.Context) -> SafeString:
        """Return the markup; made anew for those who see aggregates alone, or where nothing is."""
        values = tuple(each.resolve(context) for each in self.named)
        if not values[0] or not (context.get("may") or {}).get("texts"):
            return self.nodelist.render(context)
        zone = timezone.get_current_timezone_name()
        key = (id(self), zone, *map(key_of, values))
        found = MARKUP.get(key)
        if found is None:
            found = mark_safe(self.nodelist.render(context))
            # A token is another one for each reader: such a part is never kept.
            if _SECRET not in found:
                MARKUP.keep(begun_in(context), key, (self, *values), found)
        return found


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    """Keep what is inside, for the objects that are named.

    Inside may stand nothing that depends on more than these: no reader's name, no form with a
    token, nothing of the desk's own tables.
    """
    named = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    if not named:
        raise template.TemplateSyntaxError("kept needs what it is made of")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(named, nodelist)
