"""No room of the house knows the demo's truth: what it finds there, it has found by itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from goodwill.demo import _truth

SOURCE = Path(__file__).resolve().parents[1] / "src" / "goodwill"
OTHERS = sorted(path for path in SOURCE.rglob("*.py") if (SOURCE / "demo") not in path.parents)
FILES = ("faults.json", "changes.json", "world.json", "orders.parquet", "customers.parquet",
         "contacts.parquet", "promises.parquet", "rules.json")  # fmt: skip
WORDS = re.compile(r"\.truth\b|\btruth/|write_truth|fault_effects|_world\b.*FAULTS")
"""The truth's folder and functions."""


def secrets_of(text: str) -> list[str]:
    """What a module names that only the demo may name."""
    found = [match.group() for match in WORDS.finditer(text)]
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module:
            if re.match(r"goodwill\.demo\._", node.module):
                found.append(node.module)
            if node.module == "goodwill.demo":
                found += [each.name for each in node.names if each.name not in ("build", "write")]
        elif isinstance(node, ast.Import):
            found += [each.name for each in node.names if each.name.startswith("goodwill.demo._")]
        elif isinstance(node, ast.Attribute) and node.attr == "truth":
            found.append("truth")
    return found


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: str(path.relative_to(SOURCE)))
def test_no_module_but_the_demo_names_the_truth(path: Path):
    assert secrets_of(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "from goodwill.demo._world import FAULTS",
        "import goodwill.demo._truth",
        "folder = book.with_name('demo.truth')",
        "from goodwill.demo import _effects",
        "files.truth",
    ],
)
def test_a_module_that_did_would_be_found(text: str):
    assert secrets_of(text)


def test_the_files_of_the_truth_are_those_that_this_test_knows():
    text = Path(_truth.__file__).read_text(encoding="utf-8")
    assert set(re.findall(r'folder / "([\w.]+)"', text)) == set(FILES)
