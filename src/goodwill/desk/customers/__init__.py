"""The customer: his figures and his whole time line."""

from __future__ import annotations
