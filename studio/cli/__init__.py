"""The commands. `connect-studio` and `connect-studio-gui` begin here."""

from __future__ import annotations

from studio.cli.main import main, window

__all__ = ["main", "window"]
