"""Measurements of the program, as ratios and in its own units, taken in one run."""

from __future__ import annotations
