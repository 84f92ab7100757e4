"""The themes of a Book as a person works on them: look, edit, take back, audit.

Edits and answers are written at once; the tables follow at the next refresh.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from goodwill import language, report
from goodwill.errors import InputError, NotFound
from goodwill.figures import Figure
from goodwill.generations import Generations

AUDIT_SIZE = 50
"""Messages of a theme's audit by default."""
_SHEET = ("audit", "key", "theme", "message", "belongs")
_ANSWERS = {"y": True, "yes": True, "1": True, "n": False, "no": False, "0": False}


class BookThemes:
    """What can be done with the themes of one Book; ``book.themes`` gives it."""

    def __init__(self, folder: Path, generations: Generations) -> None:
        self._folder = folder / "models" / "themes"
        self._generations = generations

    # Looking

    def page(self) -> report.ThemesPage:
        """Return the map of themes: areas, counts, trends, precision, the unfiled share."""
        return report.themes(self._generations.reader(), self.edits(), self._draws())

    def theme(self, theme_id: int) -> report.ThemePage:
        """Return one theme with its sentences and what was changed about it.

        Raises:
            NotFound: No theme has that id.
        """
        return report.theme(self._generations.reader(), self.edits(), self._draws(), theme_id)

    def measured(self, theme_id: int) -> dict[str, Figure]:
        """Return ``precision`` and ``recall`` of a theme that was audited; else nothing."""
        return report.measured(self._draws(), theme_id)

    def edits(self) -> list[language.Edit]:
        """Return every edit in the order in which they were made, those taken back too."""
        return language.edits_of(self._folder)

    # Editing

    def rename(
        self, theme_id: int, label: str, *, by: str = "", history: str = "restated"
    ) -> language.Edit:
        """Give a theme another name."""
        return self.edit("rename", theme_id, label=label, by=by, history=history)

    def merge(
        self, theme_id: int, into: int, *, by: str = "", history: str = "restated"
    ) -> language.Edit:
        """Make a theme part of another."""
        return self.edit("merge", theme_id, into=into, by=by, history=history)

    def split(
        self,
        theme_id: int,
        label: str,
        words: Sequence[str],
        *,
        by: str = "",
        history: str = "restated",
    ) -> language.Edit:
        """Make the messages of a theme that hold one of the phrases a theme of their own.

        A phrase is held by a message that has all its words, in any form and order.
        """
        return self.edit("split", theme_id, label=label, words=words, by=by, history=history)

    def move(
        self, theme_id: int, area: int | str, *, by: str = "", history: str = "restated"
    ) -> language.Edit:
        """Put a theme into another area: one that is there by its id, or a new one by its name."""
        where = {"area_id": area} if isinstance(area, int) else {"label": area}
        return self.edit("move", theme_id, **where, by=by, history=history)

    def pin(self, theme_id: int, pinned: bool = True, *, by: str = "") -> language.Edit:
        """Let a theme stand first in its area, never muted by rule; or no longer."""
        return self.edit("pin" if pinned else "unpin", theme_id, by=by)

    def mute(
        self, theme_id: int, muted: bool = True, *, by: str = "", history: str = "restated"
    ) -> language.Edit:
        """Take a theme out of problems and alerts; or put it back. Its messages are counted."""
        return self.edit("mute" if muted else "unmute", theme_id, by=by, history=history)

    def edit(self, kind: str, theme_id: int, *, by: str = "", **values: Any) -> language.Edit:
        """Write one edit of any kind down; the next refresh and all later ones follow it.

        Args:
            kind: rename, merge, split, move, pin, unpin, mute or unmute.
            theme_id: The theme.
            by: Who made it.
            **values: ``label``, ``into``, ``area_id``, ``words`` as the kind needs; ``history``:
                ``restated`` (all messages) or ``frozen`` (those that come from now on).

        Raises:
            NotFound: There is no such theme or area.
            InputError: Something is missing or makes no sense, or a split would move no message.
        """
        return self._make(kind, theme_id, by, values, dry_run=False)

    def preview(self, kind: str, theme_id: int, **values: Any) -> report.EditPreview:
        """Return what an edit would move; the same arguments and errors as `edit`."""
        edit = self._make(kind, theme_id, "", values, dry_run=True)
        return report.preview(self._generations.reader(), edit)

    def undo(self, edit_id: int, *, by: str = "") -> language.Edit:
        """Take an edit back; from the next refresh on it is as if it had not been made.

        Raises:
            NotFound: No edit that stands has that number.
        """
        return language.undo_edit(self._folder, edit_id, by=by)

    def _make(
        self, kind: str, theme_id: int, by: str, values: Mapping[str, Any], *, dry_run: bool
    ) -> language.Edit:
        reader = self._generations.reader()
        known = reader.dicts("SELECT theme_id, area_id, label FROM themes")
        given: dict[str, Any] = {"by": by, "since": reader.as_of, **values}
        if kind == "split" and not dry_run:
            tried = language.make_edit(self._folder, known, kind, theme_id, dry_run=True, **given)
            # What comes from now on is judged by what has come.
            whole = report.preview(reader, replace(tried, history="restated"))
            if not whole.contacts.value:
                raise InputError(
                    f"No contact of theme {theme_id} holds {' or '.join(map(repr, tried.words))}.",
                    hint="Split by words that its messages hold.",
                )
        return language.make_edit(
            self._folder, known, kind, theme_id, dry_run=dry_run, **given,
        )  # fmt: skip

    # Auditing

    def audit(
        self, theme_id: int, *, by: str = "", seed: int | None = None, size: int = AUDIT_SIZE
    ) -> report.AuditSheet:
        """Return the audit of a theme that is not finished, or draw one.

        Args:
            theme_id: The theme.
            by: Who draws.
            seed: The same gives the same sample of the same messages; another each time by
                default.
            size: Messages at most: two fifths of the theme's own, the rest from beside it.

        Raises:
            NotFound: No theme has that id.
            NotEnoughData: The theme has no message.
        """
        reader = self._generations.reader()
        rows = reader.rows("SELECT version FROM themes WHERE theme_id = ?", [theme_id])
        if not rows:
            raise NotFound(f"No theme has the id {theme_id}.", hint="`goodwill themes` lists them.")
        draws = [draw for draw in self._draws() if draw.theme_id == theme_id]
        if draws and draws[-1].open and draws[-1].version == rows[0][0]:
            unfinished = report.audit_sheet(reader, draws[-1])
            if unfinished.next is not None:
                return unfinished
        seed = len(draws) if seed is None else seed
        sizes, items = report.draw_sample(reader, theme_id, seed=seed, size=size)
        draw = language.keep_draw(
            self._folder, by=by, seed=seed, theme_id=theme_id, version=rows[0][0], sizes=sizes,
            items=items,
        )  # fmt: skip
        return report.audit_sheet(reader, draw)

    def answer(self, draw_id: int, answers: Mapping[str, bool], *, by: str = "") -> None:
        """Write down which messages of an audit belong to its theme; the last answer counts.

        Raises:
            NotFound: There is no such audit.
            InputError: A message is not of it.
        """
        language.keep_answers(self._folder, draw_id, answers, by=by)

    def write_sheets(self, path: Path, sheets: Sequence[report.AuditSheet]) -> int:
        """Write audits as one CSV to fill in, and return how many messages it holds.

        Raises:
            InputError: The file cannot be written.
        """
        with (
            _refused(path, "written", "Name a file in a folder that is there."),
            path.open("w", encoding="utf-8", newline="") as file,
        ):
            writer = csv.writer(file)
            writer.writerow(_SHEET)
            rows = [
                (sheet.draw_id, item.key, sheet.label, _plain(item.text), _told(item.belongs))
                for sheet in sheets
                for item in sheet.items
            ]
            writer.writerows(rows)
        return len(rows)

    def read_sheet(self, path: Path, *, by: str = "") -> int:
        """Take the answers of a CSV that `write_sheets` wrote, and return how many there are.

        Raises:
            InputError: The file cannot be read, a column is missing, or an answer is neither y nor
                n; then none is taken.
            NotFound: It names an audit that is not there.
        """
        answers: dict[int, dict[str, bool]] = {}
        with (
            _refused(path, "read", "`goodwill themes audit THEME --sheet FILE` writes one."),
            path.open(encoding="utf-8-sig", newline="") as file,
        ):
            reader = csv.DictReader(file)
            missing = {"audit", "key", "belongs"} - set(reader.fieldnames or ())
            if missing:
                raise InputError(f"{path.name} lacks the columns {', '.join(sorted(missing))}.")
            for line, row in enumerate(reader, 2):
                said = (row["belongs"] or "").strip().lower()
                if not said:
                    continue
                if said not in _ANSWERS or not row["audit"].isdigit():
                    raise InputError(
                        f"{path.name}, line {line}: {said!r} is neither y nor n.",
                        hint="Fill in y where the message belongs to the theme, n where not.",
                    )
                answers.setdefault(int(row["audit"]), {})[row["key"]] = _ANSWERS[said]
        for draw_id, given in answers.items():
            self.answer(draw_id, given, by=by)
        return sum(map(len, answers.values()))

    def _draws(self) -> list[language.Draw]:
        return language.draws_of(self._folder)


@contextmanager
def _refused(path: Path, done: str, hint: str) -> Iterator[None]:
    try:
        yield
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        why = getattr(error, "strerror", None) or "it is no CSV in UTF-8"
        raise InputError(f"{path} cannot be {done}: {why}", hint=hint) from error


def _told(belongs: bool | None) -> str:
    return "" if belongs is None else "y" if belongs else "n"


def _plain(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula."""
    return "'" + text if text[:1] in "=+-@" else text
