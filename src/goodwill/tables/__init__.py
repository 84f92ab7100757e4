"""Every table of the house: its columns, their types, its key and what a row is.

Facts are what comes in (Delta tables, upserted by key). Derived tables are remade by ``refresh``
and swapped as one generation. Amounts are int64 in the currency's minor unit, times are
microseconds UTC, ids are strings, floats occur only in ``value`` and ``watch``.
"""

from __future__ import annotations

from goodwill.tables._accounts import ACCOUNTS
from goodwill.tables._derived import DERIVED
from goodwill.tables._facts import FACTS
from goodwill.tables._markdown import as_markdown
from goodwill.tables._spec import TIME, TableSpec
from goodwill.tables._words import (
    AUTHOR_ROLES,
    CHANNELS,
    CONTRACT_PERIODS,
    DIRECTIONS,
    EVENT_KINDS,
    IDENTITY_KINDS,
    LOW_RATINGS,
    ORDER_KINDS,
    PROMISE_KINDS,
    PROMISE_STATES,
    RATING_SCALES,
    RULE_KINDS,
    SIGNALS,
    low_rating_sql,
)

__all__ = [
    "ACCOUNTS",
    "AUTHOR_ROLES",
    "CHANNELS",
    "CONTRACT_PERIODS",
    "DERIVED",
    "DIRECTIONS",
    "EVENT_KINDS",
    "FACTS",
    "IDENTITY_KINDS",
    "LOW_RATINGS",
    "ORDER_KINDS",
    "PROMISE_KINDS",
    "PROMISE_STATES",
    "RATING_SCALES",
    "RULE_KINDS",
    "SIGNALS",
    "TIME",
    "TableSpec",
    "as_markdown",
    "low_rating_sql",
]
