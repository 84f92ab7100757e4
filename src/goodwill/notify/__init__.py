"""Notifying: what rises, told once by mail or webhook, and again only when it grows.

What is to be told is queued in the Book's outbox in one transaction with the note that it was, and
sent from there with retries: a process that is killed loses nothing and queues nothing twice.
"""

from __future__ import annotations

from goodwill.notify._channels import signature
from goodwill.notify._digest import Digest, Item, digest
from goodwill.notify._run import Notified, configured, drop_sent, notify, try_channels

__all__ = ["Digest", "Item", "Notified", "configured", "digest", "drop_sent", "notify",
           "signature", "try_channels"]  # fmt: skip
