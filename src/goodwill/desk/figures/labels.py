"""What the figures of a problem or a customer are called on a page."""

from __future__ import annotations

from collections.abc import Mapping

from goodwill.figures import Figure

_LABELS = {
    "people": "People",
    "contacts": "Contacts",
    "repeat_people": "Wrote again",
    "repeat_contact_rate": "Contacts that repeat one",
    "first_contact_resolution": "Solved at first contact",
    "public_people": "Went public",
    "low_rating_share": "Low ratings",
    "revenue": "Revenue so far",
    "lifetime_value": "Lifetime value",
    "p_alive": "Still buying, probably",
    "expected_orders": "Orders expected",
    "orders": "Orders",
    "repeats": "Contacts that repeat one",
    "broken_promises": "Promises broken",
}


def labelled(figures: Mapping[str, Figure]) -> list[tuple[str, Figure]]:
    """Return each figure with its label, in the order given."""
    return [(_LABELS.get(key, key.replace("_", " ").capitalize()), figures[key]) for key in figures]
