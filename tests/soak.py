"""Whether the tests that take long run too, as `make soak` asks."""

from __future__ import annotations

import os

SOAK = bool(os.environ.get("GOODWILL_TEST_SOAK"))
