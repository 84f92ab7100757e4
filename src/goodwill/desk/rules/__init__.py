"""The company's rules and fees: what they cost, and what they bring in."""

from __future__ import annotations
