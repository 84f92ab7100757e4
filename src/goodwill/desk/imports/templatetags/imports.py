"""How the imports' pages say a rest of time and a fixed value."""

from __future__ import annotations

import re

from django import template

register = template.Library()


@register.filter
def seconds(value: int) -> str:
    """Return a duration as people say it.

    >>> seconds(42), seconds(95), seconds(7300)
    ('42 seconds', '2 minutes', '2 hours')
    """
    for size, word in ((3600, "hour"), (60, "minute"), (1, "second")):
        if value >= size * (1.5 if size > 1 else 1):
            count = round(value / size)
            return f"{count} {word}{'' if count == 1 else 's'}"
    return "a second"


@register.filter
def unquoted(rule: str) -> str:
    """Return a rule as people read it: a fixed value without its quotes.

    >>> unquoted("'email'"), unquoted("a || b")
    ('email', 'a || b')
    """
    match = re.fullmatch(r"'((?:[^']|'')*)'", rule)
    return match[1].replace("''", "'") if match else rule
