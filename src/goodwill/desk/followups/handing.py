"""Handing what was done for customers over to the Book: mails and promises as outbound contacts.

They come in like any file: accounted for, redacted once more, by a key of their own, so that a
hand-over that was cut off is done again and doubles nothing. A promise is written as one that an
agent makes in a message: the next refresh finds it, and judges it like the others.
"""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path
from typing import Any

from django.utils import timezone

from goodwill.desk.followups.models import Step
from goodwill.desk.reading import whole_book
from goodwill.errors import NotFound
from goodwill.journeys import DESK_CONTACT

_MAPPING = """
source = {source}

[contacts]
contact_id = "contact_id"
at = "at"
channel = "channel"
direction = {{ value = "out" }}
author_role = {{ value = "agent" }}
customer_ref = "customer_ref"
subject = "subject"
text = "text"
"""
_COLUMNS = ("contact_id", "at", "channel", "customer_ref", "subject", "text")


def hand_over(book: Any) -> int:
    """Bring mails that went out and promises made at the desk into the Book; return how many.

    Raises:
        BookLocked: Another process writes to the Book.
    """
    waiting = Step.objects.filter(kind__in=("mail", "promise"), handed=False)
    steps = waiting.exclude(mail_state__in=("failed", "sending")).select_related("follow_up")
    by_source: dict[str, list[tuple[Step, dict[str, str]]]] = {}
    for step in steps:
        found = _reference(step.follow_up.customer_id)
        if found is not None:
            source, ref = found
            by_source.setdefault(source, []).append((step, _row(step, ref)))
    done = 0
    for source, rows in sorted(by_source.items()):
        with tempfile.TemporaryDirectory() as folder:
            file, mapping = Path(folder) / "desk.csv", Path(folder) / "desk.toml"
            with file.open("w", newline="", encoding="utf-8") as out:
                writer = csv.DictWriter(out, _COLUMNS)
                writer.writeheader()
                writer.writerows(row for _, row in rows)
            mapping.write_text(_MAPPING.format(source=_quoted(source)), encoding="utf-8")
            book.add(file, mapping=mapping, source=source)
        # Killed before this, the same rows come again, and are duplicates.
        done += Step.objects.filter(pk__in=[step.pk for step, _ in rows]).update(handed=True)
    return done


def _reference(customer_id: str) -> tuple[str, str] | None:
    """Return source and reference under which the Book knows a customer; None if it does not."""
    try:
        seen = whole_book().customer(customer_id, limit=1)
    except NotFound:
        return None
    if seen.refs:
        return seen.refs[0].source, seen.refs[0].customer_ref
    return seen.source, seen.customer_id.removeprefix(f"{seen.source}:")


def _row(step: Step, ref: str) -> dict[str, str]:
    text = step.text
    if step.kind == "promise" and step.promised_by is not None:
        due = timezone.localtime(step.promised_by)
        text = f"We will get back to you with {text.rstrip('.')} by {due:%-d %B %Y}."
    return {
        "contact_id": f"{DESK_CONTACT}{step.at:%Y%m%d%H%M%S%f}-{step.pk}",
        "at": step.at.isoformat(),
        "channel": "email" if step.kind == "mail" else "other",
        "customer_ref": ref,
        "subject": step.subject,
        "text": text,
    }


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
