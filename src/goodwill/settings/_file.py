"""``goodwill.toml``: read whole, written whole, and changed so that comments stay."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from goodwill.durable import replacing
from goodwill.errors import BookFormat, BookMissing, SettingsError
from goodwill.settings._about import COMMENTS, EXAMPLES, PROMISES
from goodwill.settings._checks import check
from goodwill.settings._values import FORMAT, PublishedPromise, Settings

FILE_NAME = "goodwill.toml"


def read(folder: Path) -> Settings:
    """Return the settings of the Book in ``folder``.

    Raises:
        BookMissing: The folder holds no ``goodwill.toml``.
        BookFormat: The Book has another format number.
        SettingsError: A value cannot be used.
    """
    path = folder / FILE_NAME
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise BookMissing(
            f"There is no Book in {folder}.", hint=f"Make one with: goodwill init {folder}"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path} is not valid TOML: {error}", hint="Correct that line and try again."
        ) from error
    number = values.get("format")
    if isinstance(number, int) and number != FORMAT:
        newer = number > FORMAT
        raise BookFormat(
            f"The Book in {folder} has format {number}; this goodwill writes format {FORMAT}.",
            hint="Install a newer goodwill: pip install --upgrade goodwill"
            if newer
            else f"Migrate it with: goodwill doctor --migrate {folder}",
        )
    return check(values, where=str(path))


def write(folder: Path, settings: Settings) -> None:
    """Write ``goodwill.toml`` whole: readers see the old file or the new one."""
    with replacing(folder / FILE_NAME) as out:
        out.write(_toml(settings).encode())


def stamp(folder: Path) -> str:
    """Return a mark of what ``goodwill.toml`` holds; another text has another mark."""
    return hashlib.sha256((folder / FILE_NAME).read_bytes()).hexdigest()[:16]


def change(folder: Path, values: Mapping[str, Any], *, seen: str = "") -> list[str]:
    """Write some settings into ``goodwill.toml`` and return the names of those that changed.

    Comments, and all that is not named, stay as they are. Readers see the old file or the new one.

    Args:
        folder: The Book's.
        values: New values by name; None takes a setting out, so that its default holds.
        seen: The mark (`stamp`) of the file that the values were chosen before; empty for any.

    Raises:
        SettingsError: A value cannot be used, a setting is goodwill's own, or the file was changed
            since it was seen.
    """
    if own := sorted(set(values) & OWN):
        raise SettingsError(f"{', '.join(own)}: goodwill writes this itself.")
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        before = read(folder)
        if seen and seen != stamp(folder):
            raise SettingsError(
                "Somebody else changed the settings meanwhile.",
                hint="Look at them as they are now, and change yours again.",
            )
        written = _edited((folder / FILE_NAME).read_text(encoding="utf-8"), values)
        after = check(tomllib.loads(written), where=str(folder / FILE_NAME))
        changed = [
            field.name
            for field in fields(Settings)
            if getattr(before, field.name) != getattr(after, field.name)
        ]
        if changed:
            with replacing(folder / FILE_NAME) as out:
                out.write(written.encode())
        return changed
    finally:
        os.close(handle)


OWN = frozenset({"format", "book_id", "key_fingerprint", "simulated"})
"""What goodwill writes itself and people leave as it is."""


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _edited(text: str, values: Mapping[str, Any]) -> str:
    """Return the text of the file with these values in it; everything else as it was."""
    import tomlkit

    document, fresh = tomlkit.parse(text), {}
    for name, value in values.items():
        if name == "promises":
            if [dict(each) for each in document.get("promises", ())] != list(value or ()):
                document.pop("promises", None)
                fresh[name] = value
        elif value is None:
            document.pop(name, None)
        elif name not in document:
            fresh[name] = value
        elif document[name] != _plain(value):
            document[name] = _plain(value)
    text = tomlkit.dumps(document)
    for name, value in fresh.items():
        if name != "promises":
            text = _with_line(text, name, _literal(tuple(value) if _is_list(value) else value))
    return text + "".join(promise_text(entry) for entry in fresh.get("promises") or ())


def _with_line(text: str, name: str, literal: str) -> str:
    """Put a setting where its commented example stands, under its comment, or before all tables."""
    lines = text.splitlines(keepends=True)
    for place, line in enumerate(lines):
        if line.startswith(f"# {name} = "):
            lines[place] = f"{name} = {literal}\n"
            return "".join(lines)
        if line.strip() == f"# {COMMENTS.get(name)}" and not _has_example(lines, place, name):
            lines.insert(place + 1, f"{name} = {literal}\n")
            return "".join(lines)
    tables = [place for place, line in enumerate(lines) if line.lstrip().startswith("[")]
    lines.insert(tables[0] if tables else len(lines), f"{name} = {literal}\n")
    return "".join(lines)


def _has_example(lines: list[str], place: int, name: str) -> bool:
    return place + 1 < len(lines) and lines[place + 1].startswith(f"# {name} = ")


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _toml(settings: Settings) -> str:
    lines = []
    for name, comment in COMMENTS.items():
        value = getattr(settings, name)
        lines.append(f"# {comment}")
        example = f"# {name} = {EXAMPLES.get(name)}"
        lines.append(example if value is None else f"{name} = {_literal(value)}")
    text = "\n".join(lines) + "\n" + PROMISES
    return text + "".join(
        promise_text({field.name: getattr(promise, field.name) for field in fields(promise)})
        for promise in settings.promises
    )


def promise_text(entry: Mapping[str, Any]) -> str:
    """Return one published promise as it stands in the file; what is empty is left out."""
    text = "\n[[promises]]\n"
    for field in fields(PublishedPromise):
        if value := entry.get(field.name):
            text += f"{field.name} = {_literal(tuple(value) if _is_list(value) else value)}\n"
    return text


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        control = {c: f"\\u{ord(c):04x}" for c in map(chr, [*range(32), 127]) if c in escaped}
        return '"' + "".join(control.get(c, c) for c in escaped) + '"'
    if isinstance(value, tuple):
        return "[" + ", ".join(_literal(v) for v in value) + "]"
    return repr(value)
