"""Simulated phones and browsers: what stands between a person and CONNECT's site."""

from __future__ import annotations
