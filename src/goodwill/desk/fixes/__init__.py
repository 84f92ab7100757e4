"""What was done about problems, and whether it worked."""

from __future__ import annotations
