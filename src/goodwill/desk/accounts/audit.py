"""The log of who saw and did what: what is written into it, and how long it stays."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest
from django.utils import timezone

from goodwill.desk.accounts.models import AuditEntry, User
from goodwill.desk.reading import whole_book

KEPT = timedelta(days=400)
"""How long an entry stays: a year, and the weeks in which someone asks about it."""
_SUBJECT, _CUSTOMER = "_audit_subject", "_audit_customer"


def about(request: HttpRequest, subject: str = "", customer_id: str = "") -> None:
    """Say what this request is about, where its address does not; never a text or a name typed."""
    setattr(request, _SUBJECT, subject)
    if customer_id:
        setattr(request, _CUSTOMER, customer_id)


def write(request: HttpRequest, deed: str, user: User) -> None:
    """Keep what ``user`` saw, did or was refused."""
    match = request.resolver_match
    named = dict(match.kwargs) if match else {}
    customer_id = getattr(request, _CUSTOMER, named.pop("customer_id", ""))
    subject = getattr(request, _SUBJECT, "")
    if not subject:
        subject = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in named.items())
    AuditEntry.objects.create(
        by=user,
        username=user.get_username(),
        role=user.role,
        deed=deed,
        page=str(match.url_name if match else "")[:60],
        subject=subject[:300],
        customer_id=str(customer_id)[:300],
        address=str(request.META.get("REMOTE_ADDR", ""))[:45],
    )


def sweep() -> None:
    """Remove entries that are too old."""
    AuditEntry.objects.filter(at__lt=timezone.now() - KEPT).delete()


def settle() -> int:
    """Take customers whom the Book no longer knows out of the log; return from how many entries.

    Raises:
        NotEnoughData: There was no refresh yet.
    """
    named = AuditEntry.objects.exclude(customer_id="").values_list("customer_id", flat=True)
    ids = set(named.distinct())
    gone = sorted(ids - whole_book().current_ids(ids).keys())
    changed = 0
    for start in range(0, len(gone), 500):
        entries = AuditEntry.objects.filter(customer_id__in=gone[start : start + 500])
        changed += entries.update(customer_id="")
    return changed
