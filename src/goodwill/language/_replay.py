"""Edits replayed over the themes that were found: what each is now, and what is filed where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from goodwill.language._edits import Edit, standing
from goodwill.language._graph import Labels
from goodwill.language._matching import Flags, matches
from goodwill.language._themes import Themes

Times = npt.NDArray[np.datetime64]

_MOVES = ("merge", "split", "mute", "unmute")
"""Kinds of edits that change which messages stand under a theme."""


@dataclass(frozen=True, slots=True)
class ThemeRow:
    """A theme as it stands after all edits."""

    theme_id: int
    label: str
    terms: tuple[str, ...]
    area_id: int
    muted: bool = False
    pinned: bool = False
    split_from: int | None = None
    merged_from: tuple[int, ...] = ()
    muted_since: datetime | None = None
    edited_at: datetime | None = None
    last_move: int = 0


class Replay:
    """The themes after all edits, and where each message belongs.

    Attributes:
        rows: The themes by id. One that was merged away is not among them, unless its history
            was frozen.
        areas: Names of the areas by id.
    """

    def __init__(self, themes: Themes, edits: Sequence[Edit]) -> None:
        self.rows: dict[int, ThemeRow] = {
            number: ThemeRow(
                number,
                themes.labels[number],
                tuple(themes.terms[number]),
                int(themes.parents[number]),
                bool(themes.muted[number]),
                split_from=themes.split_from[number],
                merged_from=themes.merged_from(number),
            )
            for number in themes.ids
        }
        self.areas = dict(enumerate(themes.area_labels))
        self._moves: list[Edit] = []
        for edit in standing(edits):
            if edit.theme_id in self.rows and (edit.into is None or edit.into in self.rows):
                getattr(self, f"_{edit.kind}")(edit)
                if edit.kind in ("merge", "split"):
                    self._moves.append(edit)

    def file(self, ids: Labels, texts: Any, at: Times) -> Labels:
        """Return the theme of each message, -1 for none, from the theme that was found for it.

        Args:
            ids: Of the themes that were found.
            texts: An Arrow array.
            at: When each message was written, datetime64[us].
        """
        ids = ids.copy()
        for edit in self._moves:
            mask = (ids == edit.theme_id) & _from(at, edit.from_moment)
            target = edit.into if edit.made_id is None else edit.made_id
            assert target is not None
            held = np.flatnonzero(mask)
            if edit.kind == "split" and len(held):
                held = held[matches(texts.take(pa.array(held)), edit.words)]
            ids[held] = target
        return ids

    def near(self, ids: Labels) -> Labels:
        """Return ids of themes that were found with restated merges done: for neighbours."""
        ids = ids.copy()
        for edit in self._moves:
            if edit.into is not None and edit.history == "restated":
                ids[ids == edit.theme_id] = edit.into
        return ids

    def muted(self, ids: Labels, at: Times) -> Flags:
        """Return which messages stand under a theme that is muted."""
        out = np.zeros(len(ids), bool)
        for row in self.rows.values():
            if row.muted:
                out |= (ids == row.theme_id) & _from(at, row.muted_since)
        return out

    def _change(self, edit: Edit, theme_id: int, **values: Any) -> None:
        moved = edit.edit_id if edit.kind in _MOVES else self.rows[theme_id].last_move
        self.rows[theme_id] = replace(
            self.rows[theme_id], edited_at=edit.at, last_move=moved, **values
        )

    def _rename(self, edit: Edit) -> None:
        self._change(edit, edit.theme_id, label=edit.label)

    def _merge(self, edit: Edit) -> None:
        assert edit.into is not None
        held, brought = self.rows[edit.into].merged_from, self.rows[edit.theme_id].merged_from
        taken = dict.fromkeys((*held, *brought, edit.theme_id))
        taken.pop(edit.into, None)
        self._change(edit, edit.into, merged_from=tuple(taken))
        if edit.history == "restated":
            del self.rows[edit.theme_id]
        else:
            self._change(edit, edit.theme_id)

    def _split(self, edit: Edit) -> None:
        assert edit.made_id is not None
        whole = self.rows[edit.theme_id]
        self.rows[edit.made_id] = ThemeRow(
            edit.made_id, edit.label, edit.words, whole.area_id, split_from=edit.theme_id
        )
        self._change(edit, edit.made_id)
        self._change(edit, edit.theme_id)

    def _move(self, edit: Edit) -> None:
        area = edit.area_id
        if area is None:
            assert edit.made_id is not None
            area = edit.made_id
            self.areas[area] = edit.label
        self._change(edit, edit.theme_id, area_id=area)

    def _pin(self, edit: Edit) -> None:
        # Who pins a theme wants to see it, whatever was found about its messages.
        self._change(edit, edit.theme_id, pinned=True, muted=False, muted_since=None)

    def _unpin(self, edit: Edit) -> None:
        self._change(edit, edit.theme_id, pinned=False)

    def _mute(self, edit: Edit) -> None:
        self._change(edit, edit.theme_id, muted=True, muted_since=edit.from_moment, pinned=False)

    def _unmute(self, edit: Edit) -> None:
        self._change(edit, edit.theme_id, muted=False, muted_since=None)


def _from(at: Times, moment: datetime | None) -> Any:
    if moment is None:
        return True
    return at >= np.datetime64(moment.replace(tzinfo=None), "us")
