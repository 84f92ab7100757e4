"""Light or dark: a form that works without JavaScript, and the cookie that keeps the choice."""

from __future__ import annotations
