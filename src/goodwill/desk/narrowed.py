"""The Book as viewers see it: every answer goes through `goodwill.report.aggregates`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from goodwill import report
from goodwill.errors import InputError, NotFound
from goodwill.report.aggregates import FEWER
from goodwill.report.broken_costs import OVERLAP

_narrow: ContextVar[bool] = ContextVar("narrow", default=False)


@contextmanager
def narrow(yes: bool) -> Iterator[None]:
    """Let `goodwill.desk.reading.book` give, while this lasts, the narrowed Book or the whole."""
    before = _narrow.set(yes)
    try:
        yield
    finally:
        _narrow.reset(before)


def is_narrow() -> bool:
    """Return whether the reader of this request sees aggregates alone."""
    return _narrow.get()


class Narrowed:
    """A Book whose answers hold no single customer, no text, and no figure of few people."""

    def __init__(self, whole: Any) -> None:
        self._whole = whole

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._whole, name)
        if name in ("settings", "definitions") or not callable(found):
            return found

        def answered(*args: Any, **more: Any) -> Any:
            return report.aggregates(found(*args, **more))

        return answered

    @property
    def themes(self) -> Any:
        """Refuse: what can be done with themes shows texts."""
        raise NotFound("Themes are shown to those who may read texts.")

    def problem(self, theme_id: int) -> Any:
        """Return a problem of five people and more."""
        seen = self._whole.problem(theme_id)
        if seen.problem.people < report.LEAST:
            raise NotFound(f"Fewer than {report.LEAST} people have the problem {theme_id}.")
        return report.aggregates(seen)

    def broken_cost(self, kind: str) -> Any:
        """Return a kind of broken promise of five people and more."""
        seen = self._whole.broken_cost(kind)
        if seen.cost.people < report.LEAST:
            raise NotFound(f"Fewer than {report.LEAST} people saw a promise of the kind broken.")
        seen = report.aggregates(seen)
        return replace(seen, cost=_without_few_silent(seen.cost))

    def broken_costs(self) -> Any:
        """Return broken promises by kind; their sum only where no kind is left out of it."""
        whole = self._whole.broken_costs()
        seen = report.aggregates(whole)
        said = whole.said if len(seen.kinds) == len(whole.kinds) else OVERLAP
        return replace(seen, kinds=tuple(map(_without_few_silent, seen.kinds)), said=said)

    def search(self, *args: Any, **asked: Any) -> Any:
        """Return a search; where it lies only where neither of its two counts is of few people.

        The parts count both kinds together: beside one count they would tell the other.
        """
        seen = report.aggregates(self._whole.search(*args, **asked))
        if seen.contacts.value is None or seen.alike.value is None:
            return replace(seen, total=0, themes=(), channels=(), months=())
        return seen

    def metrics(self, **asked: Any) -> Any:
        """Return the metrics of all times, for the same reason as the chain."""
        return report.aggregates(self._whole.metrics(**_of_all_times(asked)))

    def within(self, **asked: Any) -> Any:
        """Return a theme or a channel of all times, for the same reason as the chain."""
        return report.aggregates(self._whole.within(**_of_many(asked)))

    def problems(self, **asked: Any) -> Any:
        """Return the problems of a theme or a channel."""
        return report.aggregates(self._whole.problems(**_of_many(asked)))

    def alerts(self, **asked: Any) -> Any:
        """Return what rises in a theme or by a channel."""
        return report.aggregates(self._whole.alerts(**_of_many(asked)))

    def chain_links(self, **asked: Any) -> Any:
        """Return the links of a theme of all times, for the same reason as the chain."""
        return report.aggregates(self._whole.chain_links(**_of_all_times(asked) | {"segment": ""}))

    def chain(self, **asked: Any) -> Any:
        """Return the chain of all times: two periods a day apart would tell of single people."""
        return report.aggregates(
            self._whole.chain(**_of_all_times(asked) | {"segment": "", "offset": 0})
        )


def _of_all_times(asked: dict[str, Any]) -> dict[str, Any]:
    since, until = asked.get("since"), asked.get("until")
    if since and until and until < since:
        raise InputError("The period ends before it begins.")
    return asked | {"since": None, "until": None}


def _of_many(asked: dict[str, Any]) -> dict[str, Any]:
    """Return of what is asked for the parts that do not tell of few people: theme and channel."""
    return {name: asked[name] for name in ("theme_id", "channel") if name in asked}


def _without_few_silent(cost: Any) -> Any:
    """Return a kind without the share of the silent where they are too few to be counted."""
    counted = cost.figures["silent_people"]
    if counted.value is not None or counted.reason != FEWER:
        return cost
    share = cost.figures["silent_share"]
    hidden = replace(share, value=None, low=None, high=None, people=None, reason=FEWER)
    return replace(cost, figures={**cost.figures, "silent_share": hidden})
