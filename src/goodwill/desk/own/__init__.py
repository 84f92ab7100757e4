"""What a process owner and a coach meet first: what one answers for, and what to talk about."""

from __future__ import annotations
