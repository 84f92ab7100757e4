"""Searching what customers wrote."""

from __future__ import annotations
