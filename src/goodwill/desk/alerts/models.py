"""What people decided about alerts: an append-only list, the newest decision counts."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.conf import settings
from django.db import models


class Decision(models.Model):
    """One decision about one alert."""

    STATES: ClassVar = {
        "acknowledged": "Acknowledged",
        "snoozed": "Snoozed",
        "closed": "Closed",
        "open": "Reopened",
        "assigned": "Assigned",
    }

    alert_id: models.CharField[str, str] = models.CharField(max_length=16, db_index=True)
    state: models.CharField[str, str] = models.CharField(max_length=12)
    until: models.DateField[date | None, date | None] = models.DateField(null=True)
    assignee: models.ForeignKey[object, object] = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    event_id: models.CharField[str, str] = models.CharField(max_length=16, blank=True)
    """The fix, incident or change that it belongs to."""
    note: models.CharField[str, str] = models.CharField(max_length=500, blank=True)
    raised_at: models.DateField[date, date] = models.DateField()
    """The last day on which the matter was raised when this was decided."""
    by: models.ForeignKey[object, object] = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)

    @property
    def words(self) -> str:
        """What was decided, as the page says it."""
        said = self.STATES.get(self.state, self.state)
        return f"{said} until {self.until:%-d %B %Y}" if self.until else said

    class Meta:
        """The newest last."""

        ordering: ClassVar = ["at", "id"]
