"""A process that plants a customer wherever a desk may keep him, and then forgets many at once.

``python plant.py BOOK CUSTOMER_ID WORD`` plants, prints ``planted``, reads the names of those to be
forgotten, one a line, and runs ``goodwill forget`` on them as a person does.
"""

from __future__ import annotations

import sys
from pathlib import Path


def plant(folder: Path, customer_id: str, word: str) -> None:
    """Write a follow-up with a note and a mail, a log, a wish, and what was told by mail."""
    from django.utils import timezone

    from goodwill.desk.settings import configure

    configure(folder)
    from goodwill.desk.accounts.models import AuditEntry, User
    from goodwill.desk.followups.models import FollowUp, NoMail, Step

    now, eve = timezone.now(), User.objects.create(username="eve", role="manager")
    made = FollowUp.objects.create(
        customer_id=customer_id, problem="theme:1", label="late", kinds="broken_promise",
        owner=eve, opened_at=now, since=now, due_at=now,
    )  # fmt: skip
    for kind in ("note", "promise", "mail"):
        text = f"{kind}: says {word}, wants his money back. " * 40
        Step.objects.create(
            follow_up=made, by=eve, kind=kind, text=text, subject=f"about {word}", mail_state="sent"
        )
    NoMail.objects.create(customer_id=customer_id)
    AuditEntry.objects.create(
        by=eve, username="eve", role="manager", deed="saw", page="customer",
        customer_id=customer_id, address="127.0.0.1",
    )  # fmt: skip


def main() -> None:
    """Plant, wait for the names, forget them."""
    folder, customer_id, word = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
    plant(folder, customer_id, word)
    print("planted", flush=True)
    names = sys.stdin.read().split()
    from goodwill.cli import main as cli

    sys.argv = ["goodwill", "forget", *names, "--book", str(folder), "--now", "--json"]
    cli()


if __name__ == "__main__":
    main()
