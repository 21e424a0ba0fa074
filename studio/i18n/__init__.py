"""The fourteen languages: which there are, their texts, and how they write numbers."""

from __future__ import annotations
