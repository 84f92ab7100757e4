"""Alerts as a part of the company sees them: those in which it has contacts, and how many."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack, cast

from goodwill.figures import count_figure, ratio
from goodwill.generations import Reader
from goodwill.report.alerts import alerts, condition_of
from goodwill.report.scope import Filters, Narrow, Scope, scope_of
from goodwill.report.watch_shapes import Alert, AlertsPage
from goodwill.settings import Settings


def alerts_within(reader: Reader, settings: Settings, **filters: Unpack[Filters]) -> AlertsPage:
    """Return what rose lately, what rose before, and how far to trust it.

    With filters only rises in which the part has contacts; each says how many, beside all of it.
    Whether an alert is raised rests on the whole company in any case.

    Raises:
        NotFound: No theme has that id, or no contact came by that channel.
    """
    scope, _ = scope_of(reader, settings.time_zone, cast(Narrow, filters))
    page = alerts(reader, settings)
    if not scope.records("at"):
        return page
    return replace(
        page,
        now=tuple(each for alert in page.now if (each := _of_part(reader, alert, scope))),
        before=tuple(each for alert in page.before if (each := _of_part(reader, alert, scope))),
        phrases=tuple(
            each for each in page.phrases if scope.theme_id in (None, each.theme_id)
        ),
    )  # fmt: skip


def _of_part(reader: Reader, alert: Alert, scope: Scope) -> Alert | None:
    """Return an alert with the contacts that a part has in it; None where it has none."""
    where = dict(alert.figures["contacts"].records["where"])
    for name, value in scope.records("at").items():
        mine = where.get(name, value)
        if value not in (mine if isinstance(mine, list) else [mine]):
            return None
        where[name] = value
    condition, values = condition_of(where)
    row = reader.dicts(
        f"""
        SELECT count(*) AS contacts, count(DISTINCT customer_no) AS people,
            count(customer_no) AS known
        FROM messages WHERE {condition}
        """,
        values,
    )[0]
    if not row["contacts"]:
        return None
    figure = count_figure(
        row["contacts"], "contacts", "contacts", people=row["people"],
        coverage=ratio(row["known"], row["contacts"]),
        records={"table": "messages", "where": where},
    )  # fmt: skip
    return replace(alert, figures={**alert.figures, "contacts_within": figure})
