"""The desk's own tables: users, sign-ins that failed, and the log of who saw and did what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.http import HttpRequest

from goodwill.desk.rights import ADMIN, ROLES, VIEWER


class User(AbstractUser):
    """Someone who may sign in; the role says what he may see and do."""

    role: models.CharField[str, str] = models.CharField(
        max_length=16, choices=[(role, role) for role in ROLES], default=VIEWER
    )

    view: models.CharField[str, str] = models.CharField(max_length=16, blank=True, default="")
    """What he meets first: one of `goodwill.desk.rights.VIEWS`; empty: as his role has it."""

    @property
    def is_admin(self) -> bool:
        """Whether he says who may sign in."""
        return self.role == ADMIN


def people_of(roles: Sequence[str]) -> list[User]:
    """Return by name those of these roles who may sign in."""
    return list(User.objects.filter(is_active=True, role__in=roles).order_by("username"))


def reader_of(request: HttpRequest) -> User | None:
    """Return who asks; None for someone who is not signed in."""
    user = request.user
    return user if isinstance(user, User) else None


class FailedSignIn(models.Model):
    """One sign-in that failed; a few of them within a while shut the door for that while."""

    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(db_index=True)
    username: models.CharField[str, str] = models.CharField(max_length=150)
    address: models.CharField[str, str] = models.CharField(max_length=45)

    class Meta:
        """Looked up by who tried, and from where."""

        indexes: ClassVar = [
            models.Index(fields=["address", "at"], name="failed_by_address"),
            models.Index(fields=["username", "at"], name="failed_by_username"),
        ]


class AuditEntry(models.Model):
    """One thing that someone saw, did, or was refused; nobody changes it, age removes it.

    What was typed (searches, notes, passwords) is never kept here; a customer stands under the id
    that the Book gives him, and goes with him.
    """

    at: models.DateTimeField[datetime, datetime] = models.DateTimeField(
        auto_now_add=True, db_index=True
    )
    by: models.ForeignKey[User | None, User | None] = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    username: models.CharField[str, str] = models.CharField(max_length=150)
    role: models.CharField[str, str] = models.CharField(max_length=16)
    deed: models.CharField[str, str] = models.CharField(max_length=12)
    """``saw``, ``did``, ``refused``, ``signed in``, ``signed out``."""
    page: models.CharField[str, str] = models.CharField(max_length=60)
    subject: models.CharField[str, str] = models.CharField(max_length=300, blank=True)
    customer_id: models.CharField[str, str] = models.CharField(
        max_length=300, blank=True, db_index=True
    )
    address: models.CharField[str, str] = models.CharField(max_length=45)

    class Meta:
        """The newest first."""

        ordering: ClassVar = ["-at", "-id"]
        indexes: ClassVar = [models.Index(fields=["username", "-at"], name="audit_by_username")]
