"""The one next step for a promise: what a person can do about it now, in words."""

from __future__ import annotations

_STEPS = {
    "delivery": "ask the carrier about {order}, and tell the customer if it will be late",
    "refund": "see that the refund{of} is paid out{before}",
    "reply": "answer this customer{when}, if only with what is known so far",
    "answer": "answer this customer{when}: nobody has yet",
    "call": "call this customer{when}",
    "replacement": "see that the replacement{of} has left the warehouse",
    "fix": "ask who repairs it how far it is",
    "investigation": "ask who looks into it what is known, and tell the customer",
    "visit": "confirm the visit with whoever goes there",
    "credit": "see that the credit{of} was given",
    "document": "see that the document was sent",
    "access": "see that the account works again",
    "escalation": "ask whoever it was passed to",
    "other": "ask who promised it whether it is done",
}


def next_step(kind: str, what: str, status: str, order_number: str) -> str:
    """Return what to do about a promise; empty where nothing can be done any more.

    >>> next_step("commitment", "refund", "open", "53711")
    'See that the refund for order 53711 is paid out before the date.'
    >>> next_step("delivery", "delivery", "overdue", "53711")[:55]
    'It is past its date: name the customer a new date, and '
    """
    if status not in ("open", "overdue"):
        return ""
    talks = what in ("reply", "call", "answer")
    late = status == "overdue"
    step = _STEPS.get(what, _STEPS["other"]).format(
        before="" if late else " before the date",
        when=" today" if late else " before the date",
        order=f"order {order_number}" if order_number else "the parcel",
        of=f" for order {order_number}" if order_number else "",
    )
    if late:
        new = "" if talks else "name the customer a new date, and "
        return f"It is past its date: {new}{step}."
    return f"{step[0].upper()}{step[1:]}."
