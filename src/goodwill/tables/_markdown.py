"""The tables as a page of the docs."""

from __future__ import annotations

from goodwill.tables._accounts import ACCOUNTS
from goodwill.tables._derived import DERIVED
from goodwill.tables._facts import FACTS


def as_markdown() -> str:
    """Return ``docs/tables.md``: every table, what a row is, its key and its columns."""
    parts = [
        "# Tables\n\n"
        "`Book.table(name)` returns each as Arrow; `goodwill show table NAME` prints it.\n"
        "Amounts are int64 in the currency's minor unit, times are microseconds UTC, ids are text."
    ]
    groups = (
        ("Facts", "What came in. Delta tables in `records/`; rows are upserted by key.", FACTS),
        ("Accounts", "What became of each file and of each row that was not taken.", ACCOUNTS),
        ("Derived", "Remade by `goodwill refresh`, and swapped in as one generation.", DERIVED),
    )
    for title, text, specs in groups:
        parts.append(f"## {title}\n\n{text}")
        for spec in specs.values():
            columns = "\n".join(f"| `{field.name}` | {field.type} |" for field in spec.schema)
            key = ", ".join(f"`{name}`" for name in spec.key)
            parts.append(
                f"### `{spec.name}`\n\nA row is {spec.row}. Key: {key}.\n\n"
                f"| column | type |\n|---|---|\n{columns}"
            )
    return "\n\n".join(parts) + "\n"
