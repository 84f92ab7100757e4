"""Themes of messages: found with no number given, the same each time, kept over refreshes.

Texts that say the same in the same words count once. A sample of the rest, chosen by the hash of
its words, becomes a graph of nearest neighbours; groups of the graph are themes, groups of themes
are areas. Every text then takes the theme with the nearest centre, or none when all are far.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any, Self
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

from goodwill.durable import replacing
from goodwill.errors import BookFormat
from goodwill.language._encoder import (
    ENCODERS,
    AbsentEncoder,
    TextEncoder,
    Vectors,
    encoder_called,
    encoder_version,
    shipped,
)
from goodwill.language._further import further_of
from goodwill.language._graph import Labels
from goodwill.language._labels import Naming
from goodwill.language._matter import Flags, Matter, matter_of, meaning_of
from goodwill.language._sample import CHUNK, sample_of
from goodwill.language._space import Points, Space, nearest
from goodwill.language._words import as_array

_FORMAT = 1


class Themes:
    """What messages are about.

    A theme's id is its place in the lists below; it never changes.

    Attributes:
        labels: Name of each theme.
        terms: Phrases of each theme, the label first.
        parents: Id of the area of each theme.
        area_labels: Name of each area.
        centres: The middle of each theme, in ``space``.
        cut_off: Similarity to the nearest centre below which a text has no theme.
        strange_below: Similarity below which `update` looks for new themes.
        muted: Which themes are no matter to deal with: their messages neither ask, need nor
            complain.
        names: Words of products, which no message is filed by.
        split_from: Of a theme that an update found, the id of the known theme nearest to it.
        encoding: The encoder that the themes were found with.
        gone: Ids that are no theme any more, since another encoder finds none like them.
        merged_into: Of those, the id of the theme that most messages of each went to, if one did.
        seen: Hashes of the texts on which the themes were found, least first.
        fitted_on: How many messages there were when the themes were found or last updated.
    """

    def __init__(
        self,
        space: Space,
        centres: Points,
        cut_off: float,
        strange_below: float,
        naming: Naming,
        parents: Labels,
        area_labels: list[str],
        seen: npt.NDArray[np.uint64],
        muted: Flags | None = None,
        names: frozenset[str] = frozenset(),
        split_from: list[int | None] | None = None,
        encoder: TextEncoder | None = None,
    ) -> None:
        self.space = space
        self.centres = centres
        self.cut_off = cut_off
        self.strange_below = strange_below
        self.labels = naming.labels
        self.terms = naming.terms
        self.parents = parents
        self.area_labels = area_labels
        self.seen = seen
        self.muted = np.zeros(len(centres), np.bool_) if muted is None else muted
        self.names = names
        self.split_from = [None] * len(centres) if split_from is None else split_from
        self.encoding = encoder or shipped()
        self.gone: frozenset[int] = frozenset()
        self.merged_into: dict[int, int] = {}
        self.fitted_on = 0

    def __len__(self) -> int:
        return len(self.centres)

    @property
    def ids(self) -> list[int]:
        """The ids of all themes that are there."""
        return [number for number in range(len(self)) if number not in self.gone]

    def merged_from(self, theme_id: int) -> tuple[int, ...]:
        """The ids of all themes that went into one, also by way of others that are gone."""
        found: set[int] = set()
        reached = {theme_id}
        while reached:
            reached = {old for old, into in self.merged_into.items() if into in reached} - found
            found |= reached
        return tuple(sorted(found))

    @property
    def encoder(self) -> str:
        """Name of the encoder that the themes were found with."""
        return self.encoding.name

    @property
    def version(self) -> str:
        """Encoder and a hash of the centres: equal versions assign alike."""
        numbers = (self.space.middle, self.space.axes, self.centres)
        digest = blake2b(digest_size=4)
        for array in numbers:
            digest.update(array.astype(np.int16).tobytes())  # has one zero, floats have two
        return f"{self.encoder}/{digest.hexdigest()}"

    def assign(self, texts: Any) -> Labels:
        """Return the theme id of each text, -1 where none fits (int32)."""
        return self.assign_with_similarity(texts)[0]

    def assign_with_similarity(self, texts: Any) -> tuple[Labels, Points]:
        """Return the theme id of each text and its similarity to the theme's centre (-1 to 1)."""
        ids, alike = self.nearest_two(texts)
        return self._fitting(ids, alike), alike[:, 0]

    def assign_all(self, texts: Any) -> list[list[int]]:
        """Return the theme ids of each text: its own, if it has one, then those of other matters.

        An empty list where none fits. See `nearest_and_further` for what is another matter.
        """
        nearest_ids, alike, numbers, further = self.nearest_and_further(texts)
        ids = self._fitting(nearest_ids, alike).tolist()
        found = [[theme] if theme >= 0 else [] for theme in ids]
        for text, theme in zip(numbers, further, strict=True):
            found[text].append(int(theme))
        return found

    def nearest_and_further(
        self, texts: Any, vectors: Vectors | None = None
    ) -> tuple[Labels, Points, npt.NDArray[np.int64], Labels]:
        """Return what `nearest_two` does, then number of the text and id of each further theme.

        A clause that asks, needs or complains speaks of another matter where it is near to another
        theme and far from the text's own. An encoder that reads whole texts finds none.
        """
        out = [self._nothing(0)]
        numbers, further = [np.empty(0, np.int64)], [np.empty(0, np.int32)]
        start = 0
        for matter, found in self._read(as_array(texts), vectors):
            ids, alike = self._two_of(found)
            if matter is not None:
                number, others = further_of(self, matter, self._fitting(ids, alike))
                numbers.append(number + start)
                further.append(others)
            out.append((ids, alike))
            start += len(ids)
        ids, alike = (np.concatenate(part) for part in zip(*out, strict=True))
        return ids, alike, np.concatenate(numbers), np.concatenate(further)

    def nearest_two(self, texts: Any, vectors: Vectors | None = None) -> tuple[Labels, Points]:
        """Return the ids of the two themes nearest to each text and the similarities, (n, 2).

        A text that says nothing, or a theme that is not there, has id -1 and similarity 0.

        Args:
            texts: The texts.
            vectors: What the encoder makes of them, where that is known.
        """
        read = self._read(as_array(texts), vectors)
        out = [self._nothing(0), *(self._two_of(found) for _, found in read)]
        ids, alike = (np.concatenate(part) for part in zip(*out, strict=True))
        return ids, alike

    def _read(self, texts: Any, vectors: Vectors | None) -> Iterator[tuple[Matter | None, Vectors]]:
        """Yield what some texts after the other are about, where it is looked for, and mean."""
        for start in range(0, len(texts), CHUNK):
            if vectors is not None:
                yield None, vectors[start : start + CHUNK]
                continue
            some = texts.slice(start, CHUNK)
            matter = matter_of(some, self.names)
            yield matter, meaning_of(some, matter, self.encoding, self.names)

    def _fitting(self, ids: Labels, alike: Points) -> Labels:
        """Return the nearest theme of each text, -1 where it is too far."""
        return np.where(alike[:, 0] >= self.cut_off, ids[:, 0], -1).astype(np.int32)

    @staticmethod
    def _nothing(count: int) -> tuple[Labels, Points]:
        return np.full((count, 2), -1, np.int32), np.zeros((count, 2), np.float32)

    def _two_of(self, vectors: Vectors) -> tuple[Labels, Points]:
        ids, alike = self._nothing(len(vectors))
        live = np.array(self.ids, np.int32)
        if len(live):
            best, near = nearest(self.space.points(vectors), self.centres[live], 2)
            says = np.asarray(vectors.any(axis=1))[:, None]
            ids[:, : best.shape[1]] = np.where(says, live[best], -1)
            alike[:, : best.shape[1]] = np.where(says, near, 0)
        return ids, alike

    def save(self, path: str | Path) -> None:
        """Write the themes as one file; a reader sees the old file or the new one, never half."""
        path = Path(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        meta = {
            "format": _FORMAT,
            "cut_off": self.cut_off,
            "strange_below": self.strange_below,
            "fitted_on": self.fitted_on,
            "labels": self.labels,
            "terms": self.terms,
            "area_labels": self.area_labels,
            "names": sorted(self.names),
            "split_from": self.split_from,
            "encoder": self.encoder,
            "gone": sorted(self.gone),
            "merged_into": sorted(self.merged_into.items()),
        }
        with replacing(path) as file:
            np.savez(
                file,
                meta=np.frombuffer(json.dumps(meta, ensure_ascii=False).encode(), np.uint8),
                middle=self.space.middle,
                axes=self.space.axes.astype(np.int16),
                centres=self.centres.astype(np.int16),
                parents=self.parents,
                seen=self.seen,
                muted=self.muted,
            )

    @classmethod
    def load(cls, path: str | Path) -> Self:
        """Return the themes that `save` wrote.

        Raises:
            FileNotFoundError: There is no such file.
            BookFormat: The file holds no themes, or was written in another format or with another
                version of an encoder.
            SettingsError: They were found with an encoder that is not installed.
        """
        themes = cls.read(path)
        for name in ENCODERS:
            if encoder_version(name) == themes.encoder:
                themes.encoding = encoder_called(name)
                return themes
        raise BookFormat(
            f"the themes in {Path(path).name} were found with {themes.encoder},"
            f" this goodwill encodes with {shipped().name}",
            hint="Run: goodwill refresh --refit",
        )

    @classmethod
    def read(cls, path: str | Path) -> Self:
        """Return the themes that `save` wrote, without what they were found with.

        Raises:
            FileNotFoundError: There is no such file.
            BookFormat: The file holds no themes, or was written in another format.
        """
        path = Path(path)
        try:
            with np.load(path, allow_pickle=False) as parts:
                return cls._of(parts, path)
        except (
            ValueError, KeyError, TypeError, AttributeError, EOFError, BadZipFile, IsADirectoryError
        ) as error:  # fmt: skip
            raise BookFormat(
                f"{path} holds no themes that goodwill saved",
                hint="Give a file that Themes.save wrote; in a Book run: goodwill refresh --refit",
            ) from error

    @classmethod
    def _of(cls, parts: Any, path: Path) -> Self:
        meta = json.loads(parts["meta"].tobytes())
        if meta["format"] != _FORMAT:
            raise BookFormat(
                f"{path.name} has the format {meta['format']}, not {_FORMAT}",
                hint="Run: goodwill refresh --refit",
            )
        themes = cls(
            Space(parts["middle"].astype(np.float64), parts["axes"].astype(np.float64)),
            parts["centres"].astype(np.float32),
            meta["cut_off"],
            meta["strange_below"],
            Naming(meta["labels"], meta["terms"]),
            parts["parents"],
            meta["area_labels"],
            parts["seen"],
            parts.get("muted"),
            frozenset(meta.get("names", ())),
            meta.get("split_from"),
            AbsentEncoder(meta["encoder"]),
        )
        themes.gone = frozenset(meta.get("gone", ()))
        themes.merged_into = dict(meta.get("merged_into", ()))
        themes.fitted_on = meta["fitted_on"]
        return themes

    def update(self, texts: Any) -> Self:
        """Look for themes that the texts hold and these do not, and return the themes themselves.

        Themes that are known keep their ids, labels and centres; a new one gets a new id. Give it
        all texts or only those that came since: what the known themes fit well is left as it is.
        """
        from goodwill.language._extend import extend

        extend(self, sample_of(texts, self.names, encoder=self.encoding))
        return self

    def add(self, centres: Points, naming: Naming, near: Labels, muted: Flags) -> None:
        """Take new themes, each in the area of the known theme ``near`` to it."""
        parents = self.parents[near]
        self.split_from = [*self.split_from, *near.tolist()]
        self.centres = np.concatenate([self.centres, centres])
        self.labels = [*self.labels, *naming.labels]
        self.terms = [*self.terms, *naming.terms]
        self.parents = np.concatenate([self.parents, parents]).astype(np.int32)
        self.muted = np.concatenate([self.muted, muted])


def kept_themes(path: Path) -> Themes | None:
    """Return the themes of a Book without their encoder; None when none can be read."""
    try:
        return Themes.read(path)
    except (FileNotFoundError, BookFormat):
        return None
