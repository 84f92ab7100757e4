"""What a coach and a process owner meet first, counted by hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from goodwill import report
from goodwill.generations import Reader

NOW = datetime(2026, 4, 15, tzinfo=UTC)


def test_the_conversation_in_which_most_went_wrong_comes_first_and_praise_is_found(
    generation: Callable[..., Reader],
) -> None:
    def conversation(name: str, days: int, **what: Any) -> dict[str, Any]:
        return {
            "conversation_id": name, "source": "shop", "customer_id": f"c-{name}",
            "channel": "email", "opened_at": NOW - timedelta(days=days), "theme_id": None,
            "contacts_in": 1, "closings": 0, "retold": 0, "transfers": 0, "reopens": 0, **what,
        }  # fmt: skip

    def message(name: str, text: str) -> dict[str, Any]:
        return {
            "source": "shop", "contact_id": f"m-{name}", "conversation_id": name,
            "customer_id": f"c-{name}", "at": NOW - timedelta(days=1), "direction": "in",
            "channel": "email", "text": text,
        }  # fmt: skip

    signals = [{"source": "shop", "contact_id": "m-calm", "praise_of_person": 0.9, "thanks": 0.85},
               {"source": "shop", "contact_id": "m-told", "praise_of_person": 0.6}]  # fmt: skip
    reader = generation(
        {
            "conversation_metrics": [
                conversation("calm", 2),
                conversation("old", 40, retold=1),
                conversation("waits", 3, waiting_since=NOW),  # the queue's, no coach's
                conversation("told", 2, retold=1),
                conversation("worst", 9, contacts_in=4, closings=1, transfers=2, waiting_since=NOW),
            ],
            "messages": [message("calm", "Anna was wonderful and patient with me."),
                         message("told", "As I told you twice, the parcel is lost."),
                         message("worst", "Nobody can tell me where my sofa is.")],
            "signals": signals,
            "promises": [
                {"promise_id": f"p{n}", "kind": "delivery", "what": what, "source": "shop",
                 "customer_id": whose, "due_at": NOW - timedelta(days=days), "status": status}
                for n, (what, whose, days, status) in enumerate([
                    ("delivery", "c-told", 3, "broken"), ("delivery", "c-told", 4, "overdue"),
                    ("delivery", "c-calm", 30, "broken"), ("delivery", "c-calm", 5, "kept"),
                    ("refund", "c-calm", 6, "broken"), ("delivery", "c-calm", 80, "broken"),
                ])
            ],
        },
        as_of=NOW.isoformat(),
    )  # fmt: skip
    seen = report.coaching(reader)
    assert [(each.conversation_id, each.reasons) for each in seen.talks] == [
        ("worst", ("was handed on 2 times", "wrote 3 times", "still waits for an answer")),
        ("told", ("had to tell again what was told already",)),
    ]
    assert (seen.total, seen.talks[0].text) == (2, "Nobody can tell me where my sofa is.")
    assert [(each.contact_id, seen.praised) for each in seen.praise] == [("m-calm", 1)]
    assert [
        (each.what, each.figure.value, each.figure.people, each.before)
        for each in report.broken_lately(reader)
    ] == [("delivery", 2, 1, 1), ("refund", 1, 1, 0)]
