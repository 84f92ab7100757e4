"""Texts and names as SQL writes them."""

from __future__ import annotations


def text_sql(value: str) -> str:
    """Return a text as an SQL literal.

    >>> text_sql("d'accord")
    "'d''accord'"
    """
    return "'" + value.replace("'", "''") + "'"


def quoted(name: str) -> str:
    """Return a name as an SQL identifier; words such as ``at`` need the quotes.

    >>> quoted("at")
    '"at"'
    """
    return '"' + name.replace('"', '""') + '"'
