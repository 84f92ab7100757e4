"""Today, the front door: what breaks soon, who was harmed, what rises, what is mine."""

from __future__ import annotations
