"""Who answers for a problem: owner, and the four parts of accountability; every word stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models

PARTS = {
    "expectation": ("Expectation", "What is to be true by when, in words that can be checked."),
    "check_ins": ("Check-ins", "When the two of you look at it, and at which figure."),
    "feedback": ("Feedback", "What was said to the owner so far, and when."),
    "consequence": ("Consequence", "What follows if it comes true, and if it does not."),
}

EASES = {"easy": "Easy", "middling": "Middling", "hard": "Hard"}
"""How easily a problem can be fixed, as a person judges it."""


class Care(models.Model):
    """What was agreed about one problem; each change is a row, and the newest counts."""

    theme_id: models.IntegerField[int, int] = models.IntegerField(db_index=True)
    owner: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    expectation: models.TextField[str, str] = models.TextField(blank=True)
    check_ins: models.TextField[str, str] = models.TextField(blank=True)
    feedback: models.TextField[str, str] = models.TextField(blank=True)
    consequence: models.TextField[str, str] = models.TextField(blank=True)
    ease: models.CharField[str, str] = models.CharField(max_length=8, blank=True)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    by: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        """The newest last."""

        ordering: ClassVar = ["at", "id"]

    def parts(self) -> list[tuple[str, str]]:
        """Return what was agreed, with its headings; empty parts are left out."""
        told = [(label, getattr(self, key)) for key, (label, _) in PARTS.items()]
        return [
            (label, text) for label, text in [*told, ("Ease", EASES.get(self.ease, ""))] if text
        ]
