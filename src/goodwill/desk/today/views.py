"""What to do today, the most urgent first."""

from __future__ import annotations

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from goodwill.desk.accounts.models import reader_of
from goodwill.desk.alerts.views import waiting
from goodwill.desk.followups import doing
from goodwill.desk.followups.models import OPEN, FollowUp
from goodwill.desk.followups.words import clocks, reasons
from goodwill.desk.reading import book

PROMISES, HARMED, MINE, ALERTS, FIXES = 6, 8, 6, 4, 4
"""Lines of each part; the rest is one step away."""
TOLD = ("returned", "worse", "did_not", "worked")
"""Verdicts that someone should know of."""


def today(request: HttpRequest) -> HttpResponse:
    """Show open promises, harmed customers, one's own follow-ups and what rises."""
    now, user = timezone.now(), reader_of(request)
    promises = book().promises(state="open", limit=PROMISES)
    harmed = book().harmed(without=doing.taken(), limit=HARMED)
    awake = Q(state=OPEN) & (Q(snoozed_until=None) | Q(snoozed_until__lte=now))
    totals = FollowUp.objects.aggregate(
        mine_total=Count("pk", filter=awake & Q(owner=user)),
        free_total=Count("pk", filter=awake & Q(owner=None)),
        late_total=Count("pk", filter=awake & Q(due_at__lt=now)),
    )
    mine = FollowUp.objects.filter(awake, owner=user).order_by("due_at", "pk")[:MINE]
    alerts = waiting()
    told = [fix for fix in book().fixes() if fix.kind == "fix" and fix.state in TOLD]
    ctx = {
        "company": book().settings.name,
        "as_of": promises.as_of,
        "clocks": clocks(promises.as_of),
        "promises": promises,
        "risk": next((g for g in promises.gauges if g.key == "value_at_risk"), None),
        "harmed": harmed,
        "cases": [(harm, reasons(" ".join(harm.kinds))) for harm in harmed.rows],
        "mine": [(each, each.due_at < now) for each in (mine if totals["mine_total"] else ())],
        **totals,
        "alerts": alerts[:ALERTS],
        "alerts_total": len(alerts),
        "fixes": told[:FIXES],
        "here": "today",
    }
    return render(request, "today/today.html", ctx)
