"""What refresh makes, and swaps in as one generation."""

from __future__ import annotations

from goodwill.tables._followed import FOLLOWED
from goodwill.tables._spec import TableSpec
from goodwill.tables._valued import VALUED
from goodwill.tables._watched import WATCHED

DERIVED: dict[str, TableSpec] = {spec.name: spec for spec in (*FOLLOWED, *VALUED, *WATCHED)}
