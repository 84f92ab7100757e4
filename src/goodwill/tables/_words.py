"""The words that columns hold: channels, directions, scales, kinds, states, signals."""

from __future__ import annotations

from collections.abc import Mapping

CHANNELS = (
    "email", "chat", "phone", "web_form", "social", "review", "survey", "in_person", "other",
)  # fmt: skip
DIRECTIONS = ("in", "out", "internal")
AUTHOR_ROLES = ("customer", "agent", "bot", "system")
RATING_SCALES = ("nps", "csat5", "ces7", "stars5", "thumbs")
LOW_RATINGS: Mapping[str, float] = {
    "ces7": 3, "csat5": 2, "nps": 6, "stars5": 2, "thumbs": 0,
}  # fmt: skip
"""A rating at or below this is low, by scale."""
ORDER_KINDS = ("order", "refund", "fee", "cancellation", "payment", "gesture")
IDENTITY_KINDS = ("email", "phone", "handle", "account", "external", "order")
EVENT_KINDS = ("fix", "incident", "change", "campaign")
"""What the company did or suffered."""
RULE_KINDS = ("rule", "fee")
"""What customers may not do, and what they must pay."""
CONTRACT_PERIODS: Mapping[str, int] = {
    "week": 0, "month": 1, "quarter": 3, "half_year": 6, "year": 12,
}  # fmt: skip
"""How often a contract is renewed, in months; a week is seven days."""
PROMISE_STATES = ("open", "overdue", "kept", "broken", "unknown")
PROMISE_KINDS = ("delivery", "commitment", "published")
"""An order's promised date; what a person of the company said; what is promised to everybody."""


def low_rating_sql(low_ratings: Mapping[str, float] = LOW_RATINGS) -> str:
    """Return the condition that a message carries a low rating."""
    return " OR ".join(
        f"(rating_scale = '{scale}' AND rating <= {float(most)!r})"
        for scale, most in sorted(low_ratings.items())
    )


SIGNALS = (
    "complaint", "sentiment", "negative", "positive", "anger", "frustration", "disappointment",
    "worry", "confusion", "gratitude", "delight", "emotion", "severity", "effort",
    "already_contacted", "threat_to_leave", "competitor_named", "switched_to_competitor",
    "hostile", "dishonesty", "core_failure", "experience_failure", "need", "want", "stereotype",
    "praise_of_person", "thanks", "closing", "promise_mentioned", "spam", "auto_reply",
)  # fmt: skip
"""What a message may show beside its theme; the glossary says what each is."""
