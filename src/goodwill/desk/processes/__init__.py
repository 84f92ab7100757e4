"""The real paths of orders and of tickets, as a map and as tables."""

from __future__ import annotations
