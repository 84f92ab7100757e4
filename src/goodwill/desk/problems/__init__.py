"""The problems: all of them ranked, and the page of one."""

from __future__ import annotations
