"""The embedded web view: the only code of the program that knows Qt WebEngine."""

from __future__ import annotations
