"""Signing in and out; who has an account."""

from __future__ import annotations
