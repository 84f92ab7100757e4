"""The company's rules and fees: told, taken back, and what they cost."""

from __future__ import annotations

import os
from collections.abc import Sequence

from goodwill import records, report
from goodwill.book._held import Held
from goodwill.errors import KeyMissing


class Rules(Held):
    """What customers may not do or must pay, and how much they resent it."""

    def rules(self) -> report.RulesPage:
        """Return every rule in force with what it costs and brings in, the most resented first."""
        reader = self._generations.reader() if self._generations.current() else None
        try:
            told = records.rules(self.store())
        except KeyMissing:  # those that the last refresh knew can be read without it
            return report.known_rules(reader, self.settings)
        return report.rules(reader, self.settings, told)

    def tell_rule(
        self,
        name: str,
        *,
        kind: str = "rule",
        wording: str = "",
        patterns: Sequence[str] = (),
        brings_year: float | None = None,
        brings_each: float | None = None,
        times_year: int | None = None,
        product: str | None = None,
        by: str = "",
    ) -> str:
        """Keep a rule or a fee and return its id; the next refresh looks for it.

        A rule of the same name is replaced and keeps its id. Amounts are in the Book's currency
        itself, not in its minor unit.

        Args:
            name: What the company calls it.
            kind: ``rule`` or ``fee``.
            wording: How customers read it; texts like it are about it.
            patterns: Words by which customers name it; all words of one, in any form and order.
            brings_year: What it brings in a year.
            brings_each: What it brings each time that it is applied.
            times_year: How often that is in a year.
            product: Order lines of the kind ``fee`` with this product are it.
            by: Who says so.

        Raises:
            InputError: It cannot be told so.
            BookLocked: Another process writes to the Book.
        """
        currency = self.settings.currency
        rule = records.Rule(
            name, kind, wording, tuple(patterns), records.minor_units(brings_year, currency),
            records.minor_units(brings_each, currency), times_year, product,
        )  # fmt: skip
        return records.tell_rules(self.store(), [rule], by=by)[0].rule_id

    def tell_rules(self, path: str | os.PathLike[str], *, by: str = "") -> list[str]:
        """Keep the rules of a TOML file and return their ids; see ``docs/value.md``.

        Raises:
            FileRefused: It is no file of rules.
            InputError: A rule cannot be told so; none is kept then.
            BookLocked: Another process writes to the Book.
        """
        told = records.read_rules(os.fspath(path), self.settings.currency)
        return [rule.rule_id for rule in records.tell_rules(self.store(), told, by=by)]

    def withdraw_rule(self, rule_id: str, *, by: str = "") -> None:
        """Take a rule back; the next refresh does not look for it any more.

        Raises:
            NotFound: No rule has that id, or it was taken back before.
            BookLocked: Another process writes to the Book.
        """
        records.withdraw_rule(self.store(), rule_id, by=by)
