"""Value: what customers are worth, and what each problem costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodwill.later import named_later

if TYPE_CHECKING:
    from goodwill.value._cells import Cells, rfm
    from goodwill.value._check import Check, check_value, verdict
    from goodwill.value._contract_costs import cost_contracts
    from goodwill.value._contract_value import know_contracts, value_contracts
    from goodwill.value._costs import cost_problems
    from goodwill.value._customers import margins, value_customers
    from goodwill.value._effect import effect
    from goodwill.value._effect_figure import EffectFigure, Interval
    from goodwill.value._equity import follow_equity
    from goodwill.value._equity_error import MISSED, equity_error
    from goodwill.value._equity_sql import CUSTOMER_SEGMENTS, PARTS, orders_so_far_sql
    from goodwill.value._exchange import exchange
    from goodwill.value._fit import fit
    from goodwill.value._forecasts import doubt, replay
    from goodwill.value._leaving import LeavingFigure, leaving
    from goodwill.value._ledger import keep_ledger
    from goodwill.value._planted import plant_effects
    from goodwill.value._problems import rank_problems
    from goodwill.value._recovery import RecoveryFigure, recovery
    from goodwill.value._rules import rank_rules

__all__ = [
    "CUSTOMER_SEGMENTS",
    "Cells",
    "Check",
    "EffectFigure",
    "Interval",
    "LeavingFigure",
    "MISSED",
    "PARTS",
    "RecoveryFigure",
    "check_value",
    "cost_contracts",
    "cost_problems",
    "doubt",
    "effect",
    "equity_error",
    "exchange",
    "fit",
    "follow_equity",
    "keep_ledger",
    "know_contracts",
    "leaving",
    "margins",
    "orders_so_far_sql",
    "plant_effects",
    "rank_problems",
    "rank_rules",
    "recovery",
    "replay",
    "rfm",
    "value_contracts",
    "value_customers",
    "verdict",
]

_WHERE = {
    "CUSTOMER_SEGMENTS": "_equity_sql",
    "Cells": "_cells",
    "Check": "_check",
    "EffectFigure": "_effect_figure",
    "Interval": "_effect_figure",
    "LeavingFigure": "_leaving",
    "MISSED": "_equity_error",
    "PARTS": "_equity_sql",
    "RecoveryFigure": "_recovery",
    "check_value": "_check",
    "cost_contracts": "_contract_costs",
    "cost_problems": "_costs",
    "doubt": "_forecasts",
    "effect": "_effect",
    "equity_error": "_equity_error",
    "exchange": "_exchange",
    "fit": "_fit",
    "follow_equity": "_equity",
    "keep_ledger": "_ledger",
    "know_contracts": "_contract_value",
    "leaving": "_leaving",
    "margins": "_customers",
    "orders_so_far_sql": "_equity_sql",
    "plant_effects": "_planted",
    "rank_problems": "_problems",
    "rank_rules": "_rules",
    "recovery": "_recovery",
    "replay": "_forecasts",
    "rfm": "_cells",
    "value_contracts": "_contract_value",
    "value_customers": "_customers",
    "verdict": "_check",
}

__getattr__ = named_later(__name__, _WHERE)
