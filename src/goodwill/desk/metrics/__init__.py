"""Every service metric of a period, a theme and a channel, each with its definition."""

from __future__ import annotations
