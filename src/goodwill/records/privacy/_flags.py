"""Bits of a text: which finders may find something in it."""

from __future__ import annotations

(LINK, MAIL, HANDLE, BIRTH, ACCOUNT, ID, PHONE, IP, ONLINE, ADDRESS, KEY_PHONE, ORDER, TICKET,
 NAME, FORMED_PHONE) = (1 << n for n in range(15))  # fmt: skip
"""One bit a finder. KEY_PHONE is a telephone with its country; FORMED_PHONE one that is told by
its form and not only by the words around it."""
NUMBERS = BIRTH | ACCOUNT | ID | PHONE | IP | ONLINE | ADDRESS
STRUCTURED = LINK | MAIL | HANDLE | NUMBERS
KEYS = MAIL | KEY_PHONE | ORDER | TICKET
EVERYTHING = (1 << 15) - 1
