"""The docs are a contract: commands, settings, tables and figures are documented as they are."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from typer.main import get_command

from goodwill import tables
from goodwill.cli import app
from goodwill.report import definitions
from goodwill.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"
SOURCE = ROOT / "src" / "goodwill"


def _commands() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}

    def walk(command: object, path: str) -> None:
        below = getattr(command, "commands", None)
        if below:
            for name, child in below.items():
                walk(child, f"{path} {name}".strip())
            return
        found[path] = [
            option for p in command.params for option in p.opts if option.startswith("--")
        ]

    walk(get_command(app), "")
    return found


@pytest.mark.parametrize("command", sorted(_commands()))
def test_every_command_and_option_is_documented(command: str) -> None:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    section = re.search(
        rf"^## `goodwill {re.escape(command)}`\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert section, f"docs/commands.md has no section for goodwill {command}"
    missing = [o for o in _commands()[command] if o != "--help" and f"`{o}`" not in section[1]]
    assert not missing, f"docs/commands.md does not name {missing} of goodwill {command}"


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_is_documented(name: str) -> None:
    assert f"| `{name}` |" in (DOCS / "settings.md").read_text(encoding="utf-8")


def test_every_environment_variable_is_documented() -> None:
    text = (DOCS / "settings.md").read_text(encoding="utf-8")
    used = set()
    for path in SOURCE.rglob("*.py"):
        used |= set(re.findall(r"\bGOODWILL_[A-Z_]+\b", path.read_text(encoding="utf-8")))
    assert {name for name in used if f"`{name}`" not in text} == set()


def test_the_tables_are_documented_as_they_are() -> None:
    written = (DOCS / "tables.md").read_text(encoding="utf-8")
    assert written == tables.as_markdown(), "run: python -m goodwill.tables > docs/tables.md"


def test_every_figure_has_its_definition_in_the_glossary() -> None:
    known = definitions()
    used = set()
    for path in (SOURCE / "report").glob("*.py"):
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r'Gauge\(\s*"([a-z_0-9]+)"', text))
        used |= set(re.findall(r'share_figure\([^)]*?"([a-z_]+)",\s*\n?\s*people=', text))
    assert used
    assert {key for key in used if key not in known} == set()
    assert all(len(text) > 20 for text in known.values())


def test_the_links_of_the_docs_lead_somewhere() -> None:
    for page in [*DOCS.glob("*.md"), *ROOT.glob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"
