"""``python -m goodwill`` is the command line."""

from __future__ import annotations

from goodwill.cli import main

if __name__ == "__main__":
    main()
