"""How often a sign-in may fail before the door stays shut for a while."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from goodwill.desk.accounts.models import FailedSignIn

WINDOW = timedelta(minutes=15)
TRIES_PER_NAME = 5
"""Failures of one name from one address."""
TRIES_PER_ADDRESS = 30
"""Failures from one address, whatever the names."""


def shut(request: HttpRequest, username: str) -> bool:
    """Return whether this name, from this address, must wait."""
    since = timezone.now() - WINDOW
    FailedSignIn.objects.filter(at__lt=since).delete()
    here = FailedSignIn.objects.filter(address=_address(request))
    return (
        here.filter(username=username[:150]).count() >= TRIES_PER_NAME
        or here.count() >= TRIES_PER_ADDRESS
    )


def failed(request: HttpRequest, username: str) -> None:
    """Keep that a sign-in failed."""
    FailedSignIn.objects.create(
        at=timezone.now(), username=username[:150], address=_address(request)
    )


def forget(request: HttpRequest, username: str) -> None:
    """Forget the failures of someone who has signed in."""
    FailedSignIn.objects.filter(address=_address(request), username=username[:150]).delete()


def _address(request: HttpRequest) -> str:
    # Headers such as X-Forwarded-For are not read: anyone can write them.
    return str(request.META.get("REMOTE_ADDR", ""))[:45]
