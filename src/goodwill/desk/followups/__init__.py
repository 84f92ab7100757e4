"""Follow-ups: what someone does about one customer and one problem, and what came of it."""

from __future__ import annotations
