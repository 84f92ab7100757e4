"""Searching what customers wrote and were answered."""

from __future__ import annotations
