"""A company that the project owns: a web shop, simulated, with its truth beside.

Its orders span three and a half years, and what was written to it the last two of them.

Nothing here is real: names, mails and phone numbers are invented, and so are all sentences.
"""

from __future__ import annotations

from goodwill.demo._build import build
from goodwill.demo._company import DemoFiles, write

__all__ = ["DemoFiles", "build", "write"]
