"""The shipped recipes: one TOML file for each kind of file that is known by its columns."""

from __future__ import annotations
