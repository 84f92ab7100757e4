"""The inbox of alerts: what rises, what people decided, what the past would have raised."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST

from goodwill.desk.accounts.models import User, people_of
from goodwill.desk.alerts.models import Decision
from goodwill.desk.reading import book
from goodwill.desk.rights import WORKERS, rights
from goodwill.desk.scope import asked_of, form_of
from goodwill.report.watch_shapes import Alert

LABELS = (
    ("times_expected", "Times the expected"),
    ("contacts", "Contacts since"),
    ("contacts_within", "Of these, in what was asked for"),
    ("value_touched", "Value of these people"),
)
MOST_BEFORE = 50
MOST_NOTE = 500
SNOOZE_DAYS = 7
"""How long an alert sleeps when no day is given."""


@dataclass(frozen=True, slots=True)
class Item:
    """An alert with its figures in order, and what was last decided about it."""

    alert: Alert
    figures: list[tuple[str, object]]
    decision: Decision | None
    grown: bool

    @property
    def waits(self) -> bool:
        """Whether someone should look at it today."""
        if self.decision is None or self.grown or self.decision.state in ("open", "assigned"):
            return True
        until = self.decision.until
        return self.decision.state == "snoozed" and until is not None and until <= _today()


def alerts(request: HttpRequest) -> HttpResponse:
    """Show what rises: first what nobody has dealt with."""
    asked = asked_of(request)
    seen = book().alerts(**asked.of("alerts"))
    items = _items(seen.now)
    told = book().fixes() if rights(request)["may"]["fixes"] else []
    ctx = {
        **form_of(asked, "alerts"),
        "seen": seen,
        "waiting": [item for item in items if item.waits],
        "dealt": [item for item in items if not item.waits],
        "before": seen.before[:MOST_BEFORE],
        "people": people_of(WORKERS),
        "events": {f.event_id: f.title for f in told},
        "today": _today(),
        "here": "alerts",
    }
    return render(request, "alerts/alerts.html", ctx)


def waiting() -> list[Item]:
    """Return the alerts that someone should look at today."""
    return [item for item in _items(book().alerts().now) if item.waits]


@require_POST
def decide(request: HttpRequest, alert_id: str) -> HttpResponse:
    """Keep what someone decided about an alert."""
    alert = next((a for a in book().alerts().now if a.alert_id == alert_id), None)
    if alert is None:
        raise Http404("This alert is not among those of now.")
    state = request.POST.get("state", "")
    if state not in Decision.STATES:
        raise BadRequest("state must be one of " + ", ".join(Decision.STATES))
    until = None
    if state == "snoozed":
        until = _day(request.POST.get("until", ""))
    Decision.objects.create(
        alert_id=alert_id,
        state=state,
        until=until,
        assignee=_assignee(request.POST.get("assignee", "")),
        event_id=_event(request.POST.get("event", "")),
        note=request.POST.get("note", "").strip()[:MOST_NOTE],
        raised_at=alert.last_raised,
        by=request.user,
    )
    return redirect("alerts")


def _items(alerts: Sequence[Alert]) -> list[Item]:
    """Return alerts with the last decision about each, looked up at once."""
    ids = [alert.alert_id for alert in alerts]
    made = Decision.objects.filter(alert_id__in=ids).select_related("by", "assignee")
    last = {decision.alert_id: decision for decision in made.order_by("pk")}
    return [_item(alert, last.get(alert.alert_id)) for alert in alerts]


def _item(alert: Alert, decision: Decision | None) -> Item:
    grown = decision is not None and alert.last_raised > decision.raised_at
    figures: list[tuple[str, object]] = [
        (label, alert.figures[key]) for key, label in LABELS if key in alert.figures
    ]
    return Item(alert, figures, decision, grown)


def _assignee(name: str) -> User | None:
    found = next((user for user in people_of(WORKERS) if user.username == name), None)
    if name and found is None:
        raise BadRequest("assignee must be somebody who may deal with alerts")
    return found


def _event(event_id: str) -> str:
    if event_id and event_id not in {fix.event_id for fix in book().fixes()}:
        raise BadRequest("event must be one that was declared")
    return event_id


def _day(text: str) -> date:
    if not text:
        return _today() + timedelta(days=SNOOZE_DAYS)
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None or found <= _today():
        raise BadRequest("until must be a day after today")
    return found


def _today() -> date:
    return timezone.localdate()
