"""Early warning and proof: what rises, which words come up, and whether a fix worked.

Everything here takes plain arrays and needs no Book.
"""

from __future__ import annotations

from goodwill.watch.detection import detect
from goodwill.watch.fix import FixProof, prove_fix
from goodwill.watch.phrases import emerging
from goodwill.watch.seasonal import weekly

__all__ = ["FixProof", "detect", "emerging", "prove_fix", "weekly"]
