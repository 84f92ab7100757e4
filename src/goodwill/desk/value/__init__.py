"""What the customers are worth, and how often the forecasts came true."""

from __future__ import annotations
