"""Early warning and proof: what rises, which words come up, and whether a fix worked.

`find_alerts` and `judge_fixes` are steps of a refresh; everything else takes plain arrays and
needs no Book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodwill.later import named_later

if TYPE_CHECKING:
    from goodwill.watch._alerts import find_alerts
    from goodwill.watch._comparison import UNITS
    from goodwill.watch._e_values import e_bh
    from goodwill.watch._fixes import judge_fixes, version_of
    from goodwill.watch._late import Lateness, lateness
    from goodwill.watch._new_phrases import find_phrases
    from goodwill.watch._rollouts import draw_rollout
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

_WHERE = {
    "FixProof": "fix",
    "Lateness": "_late",
    "Rollout": "rollout",
    "RolloutProof": "rollout",
    "UNITS": "_comparison",
    "detect": "detection",
    "detect_hourly": "hourly",
    "draw_rollout": "_rollouts",
    "e_bh": "_e_values",
    "emerging": "phrases",
    "find_alerts": "_alerts",
    "find_phrases": "_new_phrases",
    "judge_fixes": "_fixes",
    "lateness": "_late",
    "monthly": "seasonal",
    "plan_rollout": "rollout",
    "prove_fix": "fix",
    "prove_rollout": "rollout",
    "special_days": "special",
    "version_of": "_fixes",
    "weekly": "seasonal",
}

__getattr__ = named_later(__name__, _WHERE)
