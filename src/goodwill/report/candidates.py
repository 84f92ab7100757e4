"""Customers who may be one, as a person decides about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from goodwill.errors import InputError
from goodwill.generations import Reader
from goodwill.records import Proposed

STATES = ("open", "accepted", "declined")
_DECISIONS = {"open": "", "accepted": "same", "declined": "declined"}


@dataclass(frozen=True, slots=True)
class CandidateSide:
    """One of the two, as he is known now."""

    customer_id: str
    contacts: int
    orders: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two customers who may be one.

    Attributes:
        candidate_id: By which a decision names them.
        one: The first of the two.
        other: The second.
        probability: That they are one customer.
        evidence: What speaks for it, in words; nothing readable of either.
        against: What speaks against it.
        state: Out of `STATES`.
        joined: Whether they are one customer in this generation.
    """

    candidate_id: str
    one: CandidateSide
    other: CandidateSide
    probability: float
    evidence: str
    against: str
    state: str
    joined: bool


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """Candidates of one state.

    Attributes:
        rows: Of one page, the likeliest first.
        total: How many there are.
        counts: By state.
        found_at: When they were last looked for; None when they never were.
    """

    rows: tuple[Candidate, ...]
    total: int
    counts: dict[str, int]
    found_at: datetime | None


def candidates(
    reader: Reader,
    proposed: Sequence[Proposed],
    *,
    state: str = "open",
    customer_id: str = "",
    offset: int = 0,
    limit: int = 50,
) -> CandidatePage:
    """Return candidates of one state; those whom the keys have joined since are left out.

    Args:
        reader: The generation.
        proposed: As they are stored.
        state: Out of `STATES`.
        customer_id: Only those of this customer.
        offset: Rows to pass over.
        limit: Rows to return at most.

    Raises:
        InputError: There is no such state.
    """
    if state not in STATES:
        raise InputError(f"Candidates cannot be {state!r}.", hint=f"One of: {', '.join(STATES)}")
    named = sorted({ref for each in proposed for ref in (each.one, each.other)})
    known = _known(reader, named)
    listed: dict[str, list[Candidate]] = {name: [] for name in STATES}
    for each in proposed:
        one, other = known.get(each.one), known.get(each.other)
        if one is None or other is None:
            continue
        joined = one.customer_id == other.customer_id
        if customer_id and customer_id not in (one.customer_id, other.customer_id):
            continue
        if joined and not each.decision:
            continue
        of = next(name for name, decision in _DECISIONS.items() if decision == each.decision)
        listed[of].append(
            Candidate(
                each.candidate_id,
                one,
                other,
                each.probability,
                each.evidence,
                each.against,
                of,
                joined,
            )  # fmt: skip
        )
    rows = listed[state]
    return CandidatePage(
        tuple(rows[offset : offset + limit]),
        len(rows),
        {name: len(each) for name, each in listed.items()},
        max((each.found_at for each in proposed), default=None),
    )


def _known(
    reader: Reader, named: Sequence[tuple[str, str]]
) -> dict[tuple[str, str], CandidateSide]:
    """Return the customer of now of each reference that still has one."""
    known: dict[tuple[str, str], CandidateSide] = {}
    for start in range(0, len(named), 500):
        some = named[start : start + 500]
        marks = ", ".join("(?, ?)" for _ in some)
        rows = reader.rows(
            f"""
            SELECT w.source, w.ref, c.customer_id, c.contacts, c.orders, c.last_at
            FROM (VALUES {marks}) AS w(source, ref)
            LEFT JOIN customer_refs r ON r.source = w.source AND r.customer_ref = w.ref
            JOIN customers c ON c.customer_id = coalesce(r.customer_id, w.source || ':' || w.ref)
            """,
            [part for ref in some for part in ref],
        )
        known |= {(s, r): CandidateSide(i, n, o, last) for s, r, i, n, o, last in rows}
    return known
