"""What was typed into the page of settings, as values for ``goodwill.toml``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from goodwill.settings import About, PublishedPromise, Settings
from goodwill.tables import CHANNELS

MOST_PROMISES = 40
LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Field:
    """One setting as the form shows it."""

    about: About
    typed: str
    """What stands in its box, or one line an entry."""
    chosen: tuple[str, ...]
    """Of choices: those ticked."""
    default: str
    fault: str = ""
    promises: tuple[dict[str, Any], ...] = ()


def shown(about: About, chosen: Settings) -> Field:
    """Return a setting with the value that it has now."""
    value = getattr(chosen, about.name)
    promises = tuple(_row(each) for each in chosen.promises) if about.kind == "promises" else ()
    return Field(about, _text(value), _chosen(value), _default(about), "", (*promises, _row(None)))


def again(about: About, sent: QueryDict, fault: str) -> Field:
    """Return a setting as it was typed, with what is wrong with it."""
    typed = sent.get(about.name, "")[:LONGEST]
    promises = tuple(_promises(sent)) if about.kind == "promises" else ()
    return Field(
        about, typed, tuple(sent.getlist(about.name)), _default(about), fault,
        (*promises, _row(None)),
    )  # fmt: skip


def value_of(about: About, sent: QueryDict) -> Any:
    """Return the value that was typed; text that is no number stays text, for the check to tell."""
    if about.kind == "promises":
        return [_kept(row) for row in _promises(sent)]
    if about.kind == "choices":
        return [each for each in about.options if each in sent.getlist(about.name)]
    typed = sent.get(about.name, "").strip()[:LONGEST]
    if about.kind == "yes_no":
        return typed == "yes"
    if about.kind == "lines":
        return [line.strip() for line in typed.splitlines() if line.strip()]
    if about.kind in ("text", "choice"):
        return typed
    if not typed:
        return None
    try:
        return int(typed) if about.kind == "whole" or typed.isdigit() else float(typed)
    except ValueError:
        return typed


def said(value: Any) -> str:
    """Return a value as people read it: ``none``, ``yes``, ``0.35``, ``monday, tuesday``."""
    if value is None or value in ("", (), []):
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(each.replace("_", " ") for each in value)
    return str(value)


def _default(about: About) -> str:
    return "" if about.name == "name" else said(about.default)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return "\n".join(each for each in value if isinstance(each, str))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _chosen(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        return ()
    return tuple(each for each in value if isinstance(each, str))


def _row(promise: PublishedPromise | None) -> dict[str, Any]:
    if promise is None:
        return {"words": "", "what": "", "within": "", "since": "", "channels": ()}
    return {
        "words": promise.words, "what": promise.what, "within": promise.within,
        "since": promise.since, "channels": promise.channels,
    }  # fmt: skip


def _promises(sent: QueryDict) -> list[dict[str, Any]]:
    """Return the promises that were typed; a row whose words are empty is taken out."""
    found = []
    for n in range(1, MOST_PROMISES + 1):
        row = {
            key: sent.get(f"promise-{n}-{key}", "").strip()[:LONGEST]
            for key in ("words", "what", "within", "since")
        }
        if row["words"]:
            ticked = sent.getlist(f"promise-{n}-channels")
            found.append({**row, "channels": tuple(each for each in CHANNELS if each in ticked)})
    return found


def _kept(row: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty, as the file does."""
    return {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in row.items()
        if value
    }
