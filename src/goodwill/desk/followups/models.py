"""What the desk keeps of follow-ups: each one, every step of it, and who wants no mail."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

OPEN, CLOSED, HELD = "open", "closed", "held"


def _someone() -> Any:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class FollowUp(models.Model):
    """One customer and one problem that someone looks after until it is closed.

    It holds no text of the customer and nothing readable of him: his words are read from the Book.
    """

    customer_id: models.CharField[str, str] = models.CharField(max_length=300, db_index=True)
    problem: models.CharField[str, str] = models.CharField(max_length=80)
    label: models.CharField[str, str] = models.CharField(max_length=200)
    kinds: models.CharField[str, str] = models.CharField(max_length=120)
    by_rule: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    state: models.CharField[str, str] = models.CharField(max_length=8, default=OPEN)
    """``open``, ``closed``, or ``held``: left alone on purpose, to compare with."""
    owner_id: int | None
    steps: Any
    owner: Any = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="follow_ups"
    )
    opened_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    since: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    """The last moment of the data when it was opened: what he does is watched from there on."""
    opened_by: Any = _someone()
    due_at: models.DateTimeField[datetime, datetime] = models.DateTimeField()
    snoozed_until: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    closed_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    value: models.BigIntegerField[int | None, int | None] = models.BigIntegerField(null=True)
    """Lifetime value when it was opened, in the minor unit of the Book's currency; for sorting."""
    bought_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    wrote_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    public_at: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )
    watched_days: models.FloatField[float, float] = models.FloatField(default=0.0)

    class Meta:
        """One that is not closed for a customer and problem, whoever opens it, how often ever."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["customer_id", "problem"],
                condition=~Q(state=CLOSED),
                name="one_follow_up_a_customer_and_problem",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"], name="follow_ups_due")]


class Step(models.Model):
    """One step of a follow-up; steps are added and never changed, but for a mail on its way.

    Texts are redacted before they are stored.
    """

    follow_up: Any = models.ForeignKey(FollowUp, on_delete=models.CASCADE, related_name="steps")
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    by: Any = _someone()
    kind: models.CharField[str, str] = models.CharField(max_length=12)
    """``opened``, ``note``, ``promise``, ``mail``, ``owner``, ``snoozed``, ``closed`` or ``again``
    (opened once more)."""
    text: models.TextField[str, str] = models.TextField(blank=True)
    subject: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    message_id: models.CharField[str, str] = models.CharField(max_length=200, blank=True)
    mail_state: models.CharField[str, str] = models.CharField(max_length=8, blank=True)
    """``sending`` before it goes out, then ``sent`` or ``failed``; never sent twice by itself."""
    handed: models.BooleanField[bool, bool] = models.BooleanField(default=False)
    """Whether it lies in the Book as an outbound contact."""
    promised_by: models.DateTimeField[datetime | None, datetime | None] = models.DateTimeField(
        null=True
    )

    class Meta:
        """In the order in which they were done."""

        ordering: ClassVar = ["at", "id"]


class NoMail(models.Model):
    """A customer who wants no mail from the desk."""

    customer_id: models.CharField[str, str] = models.CharField(max_length=300, unique=True)
    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(auto_now_add=True)
    by: Any = _someone()


class Settled(models.Model):
    """The last generation that follow-ups were settled with: one row."""

    generation: models.CharField[str, str] = models.CharField(max_length=20)
