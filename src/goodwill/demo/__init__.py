"""A company that the project owns: a web shop of two years, simulated, with its truth beside.

Nothing here is real: names, mails and phone numbers are invented, and so are all sentences.
"""

from __future__ import annotations

from goodwill.demo._build import build
from goodwill.demo._company import DemoFiles, write

__all__ = ["DemoFiles", "build", "write"]
