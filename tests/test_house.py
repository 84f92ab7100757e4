"""The house: imports go one way, public names are declared, docs and code agree."""

from __future__ import annotations

import ast
import importlib
import pkgutil
from pathlib import Path

import pytest

import goodwill

SOURCE = Path(goodwill.__file__).parent

# Each room may import those before it, and none after it.
ORDER = [
    {"errors", "currencies", "days", "durable", "later", "literals"},
    {"environment", "figures", "tables"},
    {"settings", "smtp"},
    {"engine"},
    {"records"},
    {"given"},
    {"language"},
    {"journeys"},
    {"value"},
    {"watch"},
    {"generations"},
    {"report"},
    {"refresh", "export", "themes"},
    {"candidates", "erasure", "events", "notify"},
    {"book"},
    {"doctor", "demo"},
    {"cli", "desk", "__main__"},
]
PLACE = {room: place for place, rooms in enumerate(ORDER) for room in rooms}


def _modules() -> list[Path]:
    return sorted(SOURCE.rglob("*.py"))


def _room(path: Path) -> str:
    first = path.relative_to(SOURCE).parts[0]
    return first.removesuffix(".py")


def _imports(path: Path) -> list[tuple[str, bool]]:
    """Return the rooms of goodwill that a module imports, and whether at its top level."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    top = set(map(id, tree.body))
    found = []
    for node in ast.walk(tree):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "goodwill" and len(parts) > 1:
                found.append((parts[1], id(node) in top))
    return found


def test_every_module_stands_in_a_known_room() -> None:
    rooms = {_room(path) for path in _modules()} - {"__init__"}
    assert rooms <= set(PLACE), f"put these into the order of the house: {rooms - set(PLACE)}"


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_room_imports_only_rooms_before_it(path: Path) -> None:
    room = _room(path)
    if room == "__init__":
        return
    for target, top in _imports(path):
        if target == room or target not in PLACE:
            continue
        later = PLACE[target] > PLACE[room]
        same = PLACE[target] == PLACE[room]
        starts = room == "__main__" and target == "cli"
        # The command line opens the desk when it is asked to, and loads it only then.
        opens_desk = room == "cli" and target in {"desk", "demo", "doctor"} and not top
        assert not later, f"{room} imports {target}, which comes after it"
        assert not same or starts or opens_desk or {room, target} <= {"figures", "tables"}


def test_relative_imports_do_not_leave_their_room() -> None:
    for path in _modules():
        depth = len(path.relative_to(SOURCE).parts) - 1
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                assert node.level <= max(depth, 0), f"{path} leaves its room by a relative import"


PACKAGES = sorted(
    name
    for _, name, is_package in pkgutil.iter_modules([str(SOURCE)])
    if is_package and name != "desk"
)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_declares_its_public_names_sorted(name: str) -> None:
    package = importlib.import_module(f"goodwill.{name}")
    declared = list(package.__all__)
    assert declared == sorted(declared)
    for public in declared:
        assert hasattr(package, public)


def test_the_whole_of_goodwill_imports_without_the_desk() -> None:
    import subprocess
    import sys

    code = "import goodwill, sys; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_no_two_files_of_tests_have_one_name() -> None:
    names = [path.name for path in Path(__file__).parent.rglob("test_*.py")]
    assert sorted(names) == sorted(set(names))
