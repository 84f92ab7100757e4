"""Early warning and proof: what rises, which words come up, and whether a fix worked.

`find_alerts` and `judge_fixes` are steps of a refresh; everything else takes plain arrays and
needs no Book.
"""

from __future__ import annotations

from goodwill.watch._alerts import find_alerts
from goodwill.watch._fixes import judge_fixes, version_of
from goodwill.watch._late import Lateness, lateness
from goodwill.watch._new_phrases import find_phrases
from goodwill.watch._rollouts import UNITS, draw_rollout
from goodwill.watch._tails import e_bh
from goodwill.watch.detection import detect
from goodwill.watch.fix import FixProof, prove_fix
from goodwill.watch.hourly import detect_hourly
from goodwill.watch.phrases import emerging
from goodwill.watch.rollout import Rollout, RolloutProof, plan_rollout, prove_rollout
from goodwill.watch.seasonal import monthly, weekly
from goodwill.watch.special import special_days

__all__ = [
    "FixProof",
    "Lateness",
    "Rollout",
    "RolloutProof",
    "UNITS",
    "detect",
    "detect_hourly",
    "draw_rollout",
    "e_bh",
    "emerging",
    "find_alerts",
    "find_phrases",
    "judge_fixes",
    "lateness",
    "monthly",
    "plan_rollout",
    "prove_fix",
    "prove_rollout",
    "special_days",
    "version_of",
    "weekly",
]
