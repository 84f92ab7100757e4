"""``add``: files become records. Recognise all, then for each file stage and apply."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from goodwill.errors import FileRefused, GoodwillError, InputError

from ._decide import zoneless
from ._files import members
from ._intake import Intake, Progress, new_import_id, now, report_of
from ._known_rows import KnownRowsChange
from ._messages import IdsRepeat, watched
from ._plan import Plan, Settings
from ._recipe import Recipe, shipped
from ._recognise import Recognised, recognised, save_mapping
from ._report import ImportReport, Preview
from ._staging import apply, ready
from ._store import Store, connection
from ._zones import AskZone, ZoneQuestion, checked_zone, remember, remembered, with_zone

Accept = bool | Callable[[Preview], bool]


def add(
    store: Store,
    paths: Iterable[Path | str],
    *,
    settings_time_zone: str = "UTC",
    currency: str = "EUR",
    public_channels: Sequence[str] = ("social", "review"),
    mapping: Path | None = None,
    source: str | None = None,
    accept: Accept = True,
    show_values: bool = False,
    progress: Progress | None = None,
    zone: str | None = None,
    ask_zone: AskZone | None = None,
) -> list[ImportReport]:
    """Add files to the records; return one report for each file (for a zip, each member).

    Every file is recognised before the first is stored. A second call with the same files
    accepts nothing.

    Args:
        settings_time_zone: The zone of times that name none.
        currency: The currency of amounts that name none.
        public_channels: Channels whose contacts anybody can read.
        mapping: A mapping file to use instead of what would be recognised.
        source: The source that the keys belong to.
        accept: True takes every mapping; a function is shown each preview, and False from it
            leaves the file out; False refuses all when a mapping had to be guessed.
        show_values: Show sample values as they are.
        progress: Called as ``progress(rows read, rows expected, file)``.
        zone: The zone of times that name none, instead of the source's; kept for the source.
        ask_zone: Asked for that zone once a source; its answer is kept. Without it, times of a
            source that nothing is kept of are those of the Book's zone.

    Raises:
        InputError: there is no such zone.
        FileRefused: at least one file cannot be taken; all reasons are in the message.
        BookLocked: another process writes to this Book.
    """
    settings = Settings(settings_time_zone, currency, tuple(public_channels), store.hash_salt)
    zone = checked_zone(zone) if zone else ""
    with store.lock():
        store.recover()
        items = _recognised_all(store, [Path(p) for p in paths], mapping, source)
        zones: dict[str, str] = {}
        taken: list[tuple[Recognised, Settings, str]] = []
        for item in items:
            answer = zone or _answered(item, store, settings, ask_zone, zones)
            own = with_zone(settings, store.folder, item.recipe.source, answer)
            if _asked(item, store, own, accept, show_values):
                taken.append((item, own, answer))
        reports: list[ImportReport] = []
        for item, own, answer in taken:
            try:
                reports.append(_import(store, item, own, progress))
            except GoodwillError as error:
                error.reports = reports  # type: ignore[attr-defined]
                raise
            if answer:
                remember(store.folder, item.recipe.source, answer)
            if item.document is not None:
                save_mapping(store.folder, item.member, item.document)
        return reports


def preview(
    store: Store,
    path: Path | str,
    *,
    settings_time_zone: str = "UTC",
    currency: str = "EUR",
    public_channels: Sequence[str] = ("social", "review"),
    mapping: Path | None = None,
    source: str | None = None,
    show_values: bool = False,
) -> list[Preview]:
    """Return what would be recognised in a file (in each member of a zip); store nothing.

    Raises:
        FileRefused: the file cannot be taken.
    """
    settings = Settings(settings_time_zone, currency, tuple(public_channels), store.hash_salt)
    items = _recognised_all(store, [Path(path)], mapping, source)
    return [
        item.preview(
            store,
            with_zone(settings, store.folder, item.recipe.source),
            show_values=show_values,
        )
        for item in items
    ]


def _recognised_all(
    store: Store, paths: list[Path], mapping: Path | None, source: str | None
) -> list[Recognised]:
    items: list[Recognised] = []
    refused: list[GoodwillError] = []
    for path in paths:
        taken, left = [], []
        try:
            for member in members(path):
                try:
                    taken.append(recognised(member, store, mapping, source))
                except InputError as error:
                    left.append(error)
        except InputError as error:
            left.append(error)
        if taken:
            # Of an archive, what is no table is left out, and said.
            taken[0].member.facts.notes.extend(f"left out: {e.message}" for e in left)
            items.extend(taken)
        else:
            refused.extend(left)
    if len(refused) == 1:
        raise refused[0]
    if refused:
        raise FileRefused("; ".join(error.message for error in refused), hint="Nothing was stored.")
    return items


def _answered(
    item: Recognised,
    store: Store,
    settings: Settings,
    ask_zone: AskZone | None,
    zones: dict[str, str],
) -> str:
    """Return what was answered for the item's source; nothing where nothing was to be asked."""
    source = item.recipe.source
    if ask_zone is None or source in zones or source in remembered(store.folder):
        return zones.get(source, "")
    con = connection(only=store.folder)
    try:
        plan = Plan(item.recipe, item.recipe.found(item.reader.columns), settings)
        columns = zoneless(con, plan, item.rows)
    finally:
        con.close()
    if not columns:
        return ""
    question = ZoneQuestion(item.member.label, source, columns, settings.time_zone)
    zones[source] = checked_zone(ask_zone(question))
    return zones[source]


def _asked(
    item: Recognised, store: Store, settings: Settings, accept: Accept, show_values: bool
) -> bool:
    if callable(accept):
        return accept(item.preview(store, settings, show_values=show_values))
    if not accept and not item.certain:
        raise InputError(
            f"{item.member.label}: the mapping was guessed and not accepted",
            hint="Nothing was stored. Give another one with --map, or accept it with --yes.",
        )
    return True


def _import(
    store: Store, item: Recognised, settings: Settings, progress: Progress | None
) -> ImportReport:
    """Stage and apply one member; again, where its ids turn out to be those of tickets."""
    own = item.recipe.name not in {recipe.name for recipe in shipped()}
    try:
        recipe = watched(item.recipe) if own else item.recipe
        return _taken(store, item, recipe, settings, progress)
    except IdsRepeat as found:
        item.repeat(store, found.rows)
        return _taken(store, item, item.recipe, settings, progress)


def _taken(
    store: Store,
    item: Recognised,
    recipe: Recipe,
    settings: Settings,
    progress: Progress | None,
    *,
    again: bool = True,
) -> ImportReport:
    at = now()
    import_id = new_import_id(at)
    folder = store.folder / "staging" / import_id
    folder.mkdir(parents=True)
    intake = Intake(
        store, item.member, recipe, settings, folder, import_id, at, again=again
    )  # fmt: skip
    try:
        manifest = intake.stage(item.reader, progress)
    except KnownRowsChange:
        shutil.rmtree(folder, ignore_errors=True)
        return _taken(store, item, recipe, settings, progress, again=False)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    ready(folder, manifest)
    apply(store, folder)
    return report_of(manifest)
