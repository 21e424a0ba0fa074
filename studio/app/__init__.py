"""The window: two owners (`Document`, `Session`), commands as data, one panel a file."""

from __future__ import annotations
