"""What people changed about themes: kept for ever, and replayed over stable ids at each refresh.

The log is a file of lines in the Book, each an edit or the undoing of one, with who and when; no
refit writes it. A theme that a person made has an id from `FIRST_MADE` on, so that it never meets
one that was found. An edit restates history or leaves it: then it holds for messages from the
last moment in the data on that the person saw.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from goodwill.errors import InputError, NotFound

KINDS = ("rename", "merge", "split", "move", "pin", "unpin", "mute", "unmute")
HISTORIES = ("restated", "frozen")
FIRST_MADE = 1_000_000
"""The least id of a theme or area that a person made."""
LONGEST_LABEL = 80
_FILE = "edits.jsonl"


@dataclass(frozen=True, slots=True)
class Edit:
    """One change that a person made to a theme.

    Attributes:
        edit_id: Running number in the Book, from 1.
        at: When it was made, by the wall clock.
        by: Who made it.
        kind: One of `KINDS`.
        theme_id: The theme that was changed.
        label: The new name, or that of the theme or area that was made.
        into: The theme that it was merged into.
        area_id: The area that it was moved to.
        words: Phrases of which a message must hold one (all words of it) to be split off.
        made_id: Id of the theme or area that the edit made.
        history: ``restated``: all messages; ``frozen``: those from ``since`` on.
        since: The last moment in the data when it was made; None when there was none.
        undone_at: When it was taken back; None while it stands.
        undone_by: Who took it back.
    """

    edit_id: int
    at: datetime
    by: str
    kind: str
    theme_id: int
    label: str = ""
    into: int | None = None
    area_id: int | None = None
    words: tuple[str, ...] = ()
    made_id: int | None = None
    history: str = "restated"
    since: datetime | None = None
    undone_at: datetime | None = None
    undone_by: str = ""

    @property
    def from_moment(self) -> datetime | None:
        """The moment from which on messages follow the edit; None for all of them."""
        return self.since if self.history == "frozen" else None

    def as_dict(self) -> dict[str, Any]:
        """Return the edit as plain values."""
        out = asdict(self)
        for name in ("at", "since", "undone_at"):
            out[name] = out[name].isoformat() if out[name] else None
        return out | {"words": list(self.words)}


def edits_of(folder: Path) -> list[Edit]:
    """Return every edit in the order in which they were made, those taken back too.

    Args:
        folder: Where the Book keeps its themes. A last line without its end was being written
            when the machine stopped, and is no edit.
    """
    try:
        text = (folder / _FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    found: dict[int, Edit] = {}
    for line in text.splitlines(keepends=True):
        if not line.endswith("\n") or not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError:  # half a line that a later one ended
            continue
        if "undo" in row:
            known = found.get(row["undo"])
            if known is not None:
                at = datetime.fromisoformat(row["at"])
                found[row["undo"]] = replace(known, undone_at=at, undone_by=row["by"])
        else:
            edit = _edit(row)
            found[edit.edit_id] = edit
    return [found[number] for number in sorted(found)]


def standing(edits: Sequence[Edit]) -> list[Edit]:
    """Return the edits that were not taken back."""
    return [edit for edit in edits if edit.undone_at is None]


def make_edit(
    folder: Path,
    known: Sequence[Mapping[str, Any]],
    kind: str,
    theme_id: int,
    *,
    by: str,
    label: str = "",
    into: int | None = None,
    area_id: int | None = None,
    words: Sequence[str] = (),
    history: str = "restated",
    since: datetime | None = None,
    now: datetime | None = None,
    dry_run: bool = False,
) -> Edit:
    """Write an edit down and return it.

    Args:
        folder: Where the Book keeps its themes.
        known: The rows of the table ``themes``.
        kind: One of `KINDS`.
        theme_id: The theme to change.
        by: Who changes it.
        label: For rename and split: the name. For move: that of a new area.
        into: For merge.
        area_id: For move to an area that is there.
        words: For split.
        history: One of `HISTORIES`.
        since: The last moment in the data.
        now: The moment of the edit; the wall clock's by default.
        dry_run: Check, and write nothing.

    Raises:
        NotFound: There is no such theme or area.
        InputError: Something that the edit needs is missing, or makes no sense.
    """
    themes = {int(row["theme_id"]): row for row in known}
    edits = edits_of(folder)
    label = " ".join(label.split())
    phrases = tuple(dict.fromkeys(" ".join(word.split()) for word in words if word.strip()))
    if kind not in KINDS:
        raise InputError(f"No edit is called {kind!r}.", hint="They are: " + ", ".join(KINDS))
    if history not in HISTORIES:
        raise InputError(f"History is {' or '.join(HISTORIES)}, not {history!r}.")
    if theme_id not in themes:
        raise NotFound(f"No theme has the id {theme_id}.", hint="`goodwill themes` lists them.")
    made: int | None = None
    if kind in ("rename", "split") or (kind == "move" and area_id is None):
        _checked_label(label, kind, themes, theme_id)
    if kind == "merge":
        if into is None or into not in themes:
            raise NotFound(f"No theme has the id {into}.", hint="`goodwill themes` lists them.")
        if into == theme_id:
            raise InputError("A theme cannot be merged into itself.")
    if kind == "split":
        if not phrases:
            raise InputError("A split needs words by which the new theme's messages are known.")
        made = _next_made(edits)
    if kind == "move":
        areas = {int(row["area_id"]) for row in known}
        if area_id is None:
            made = _next_made(edits)
        elif area_id not in areas:
            raise NotFound(f"No area has the id {area_id}.", hint="`goodwill themes` lists them.")
    edit = Edit(
        edit_id=max((edit.edit_id for edit in edits), default=0) + 1,
        at=now or datetime.now(UTC),
        by=by,
        kind=kind,
        theme_id=theme_id,
        label=label if kind in ("rename", "split", "move") else "",
        into=into if kind == "merge" else None,
        area_id=area_id if kind == "move" else None,
        words=phrases if kind == "split" else (),
        made_id=made,
        history=history,
        since=since,
    )
    if not dry_run:
        row = {k: v for k, v in edit.as_dict().items() if not k.startswith("undone")}
        _append(folder, row)
    return edit


def undo_edit(folder: Path, edit_id: int, *, by: str, now: datetime | None = None) -> Edit:
    """Take an edit back; from the next refresh on it is as if it had not been made.

    Raises:
        NotFound: No edit that stands has that number.
    """
    known = {edit.edit_id: edit for edit in standing(edits_of(folder))}
    if edit_id not in known:
        raise NotFound(
            f"No edit that stands has the number {edit_id}.",
            hint="`goodwill themes edits` lists them.",
        )
    at = now or datetime.now(UTC)
    _append(folder, {"undo": edit_id, "at": at.isoformat(), "by": by})
    return replace(known[edit_id], undone_at=at, undone_by=by)


def _checked_label(
    label: str, kind: str, themes: Mapping[int, Mapping[str, Any]], theme_id: int
) -> None:
    if not label or len(label) > LONGEST_LABEL:
        raise InputError(f"A name has 1 to {LONGEST_LABEL} characters.")
    same = [
        number
        for number, row in themes.items()
        if kind != "move"
        and row["label"].casefold() == label.casefold()
        and (kind == "split" or number != theme_id)
    ]
    if same:
        raise InputError(f"Theme {same[0]} is called {label!r} already.")


def _next_made(edits: Sequence[Edit]) -> int:
    return max((e.made_id for e in edits if e.made_id is not None), default=FIRST_MADE - 1) + 1


def _append(folder: Path, row: dict[str, Any]) -> None:
    """Write one line so that it is there whole or not at all, whoever else writes."""
    folder.mkdir(parents=True, exist_ok=True)
    append_line(folder / _FILE, row)


def append_line(path: Path, row: dict[str, Any]) -> None:
    """Add one line of JSON to a file in one write, and wait until it is on disk.

    A line that a crash cut short is ended first, so that it spoils no other.
    """
    line = json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n"
    number = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        size = os.fstat(number).st_size
        if size and os.pread(number, 1, size - 1) != b"\n":
            line = b"\n" + line
        os.write(number, line)
        os.fsync(number)
    finally:
        os.close(number)


def _edit(row: dict[str, Any]) -> Edit:
    row = dict(row)
    for name in ("at", "since"):
        row[name] = datetime.fromisoformat(row[name]) if row.get(name) else None
    return Edit(**row | {"words": tuple(row.get("words", ()))})
