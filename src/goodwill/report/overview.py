"""The overview: four groups of gauges, the chain, the problems, and the accounting of all files."""

from __future__ import annotations

from functools import lru_cache

from goodwill.generations import Reader
from goodwill.report import cautions, context, gauges
from goodwill.report.costs import gestures_words, planted_words, together
from goodwill.report.links import chain_links
from goodwill.report.overview_shapes import Accounting, Overview
from goodwill.report.problem import problems, weeks
from goodwill.report.promises import open_promises
from goodwill.settings import Settings

RANKING = (
    "Ranked by the loss a year that could be avoided: what the contacts cost to serve, and what "
    "the people hit did not buy afterwards, compared with like customers (95% interval beside it). "
    "Those that the data cannot tell from the costliest one left are a tie: of them the one with "
    "the higher lower end goes first. "
    "A value lost that cannot be told from zero says so. Without orders and without the cost of an "
    "hour, problems are ranked by people and repeat contacts."
)

NEXT = 5
"""Open promises on the overview; the rest is one step away."""


def overview(reader: Reader, settings: Settings) -> Overview:
    """Return the overview of a generation; computed once a generation, then kept."""
    return _kept(reader, settings)


@lru_cache(maxsize=2)
def _kept(reader: Reader, settings: Settings) -> Overview:
    as_of = reader.as_of
    due = open_promises(reader, settings, limit=NEXT)
    since = reader.rows('SELECT min("at") FROM messages')[0][0]
    return Overview(
        company=settings.name,
        simulated=settings.simulated,
        as_of=as_of,
        since=since,
        groups={
            "course": gauges.course(reader, settings),
            "correction": (*gauges.correction(reader), cautions.in_proof(reader)),
            "caution": (
                cautions.rising(reader, as_of),
                cautions.at_risk(reader),
                *gauges.caution(reader, as_of),
            ),
            "context": (
                *gauges.context(reader, as_of),
                *context.volumes(reader, as_of),
                *context.season(reader, as_of),
                cautions.incidents(reader, as_of),
            ),
        },
        chain=chain_links(reader, settings.currency),
        problems=tuple(problems(reader, settings)[:12]),
        ranking=RANKING,
        together=" ".join(
            each
            for each in (
                together(reader, settings),
                gestures_words(reader.manifest.get("value", {}).get("gestures", {})),
                planted_words(reader),
            )
            if each
        ),
        weeks=weeks(reader, settings.time_zone),
        accounting=accounting(reader),
        generation=reader.name,
        promises=due.rows,
        open_promises=due.total,
    )


def accounting(reader: Reader) -> Accounting:
    """Return the sums over all imports: read = new + updated + duplicate + quarantined."""
    row = reader.rows(
        """
        SELECT coalesce(sum(read), 0), coalesce(sum("new"), 0), coalesce(sum(updated), 0),
            coalesce(sum(duplicate), 0), coalesce(sum(quarantined), 0), coalesce(sum(skipped), 0),
            count(*)
        FROM imports
        """
    )[0]
    return Accounting(*(int(v) for v in row))
