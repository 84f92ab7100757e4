"""The Book's own encoder: fitted to its texts, taken back, and what was tried."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from goodwill import language
from goodwill.book._held import Held

if TYPE_CHECKING:
    from goodwill.language import LanguageFit
    from goodwill.refresh import Progress


class Language(Held):
    """What reads the Book's messages."""

    @property
    def _encoders(self) -> Path:
        return self.folder / "models" / "encoder"

    def fit_language(
        self, *, texts: int = 8_000, seed: int = 0, progress: Progress | None = None
    ) -> LanguageFit:
        """Fit the shipped encoder to messages of customers; the next refresh reads with it.

        It is kept only when it knows messages better that it was not fitted to. The same messages
        give the same encoder.

        Args:
            texts: How many distinct messages are read with MiniLM at most.
            seed: Sets the order in which they are visited.
            progress: Called as ``progress(done, total, label)``.

        Raises:
            SettingsError: ``goodwill[minilm]`` is not installed.
            NotEnoughData: The Book holds fewer than 500 different messages.
            BookLocked: Another process writes.
        """
        from goodwill.engine import DuckDBEngine
        from goodwill.tables import FACTS

        store = self.store()
        cache = self.folder / "cache"
        with store.lock():
            cache.mkdir(exist_ok=True)
            with tempfile.TemporaryDirectory(dir=cache, prefix="fit-") as scratch:
                engine = DuckDBEngine(Path(scratch))
                try:
                    empty = FACTS["contacts"].schema.empty_table()
                    engine.load("contacts", store.uris("contacts") or empty)
                    return language.fit_language(
                        engine, self._encoders, texts=texts, seed=seed, progress=progress
                    )
                finally:
                    engine.close()

    def reset_language(self) -> bool:
        """Read with the shipped encoder again from the next refresh on; False when it is so."""
        with self.store().lock():
            return language.reset_language(self._encoders)

    def language_fits(self) -> list[LanguageFit]:
        """Return what fits of the encoder were tried, the oldest first."""
        return language.language_fits(self._encoders)
