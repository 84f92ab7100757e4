"""Charts: Vega-Lite specifications kept as JSON files, with the data put in."""

from __future__ import annotations
