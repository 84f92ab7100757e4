"""The promises: the open ones first, then the ledger of all."""

from __future__ import annotations
