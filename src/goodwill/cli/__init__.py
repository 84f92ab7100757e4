"""The command line: every command is a thin call on a `Book`."""

from __future__ import annotations

from goodwill.cli.app import app, main

__all__ = ["app", "main"]
