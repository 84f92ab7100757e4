"""The overview: the first page, with the gauges, the chain and the ranked problems."""

from __future__ import annotations
