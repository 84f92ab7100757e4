"""The desk's own tables: users, and sign-ins that failed."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """Someone who may sign in."""


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
