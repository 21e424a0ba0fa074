"""Which of the two side panels are shown? The wanted ones, as far as there is room.

They give way before the page does, the one that was asked for last stays longest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.app import tokens

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget

_KEYS = ("window/brand panel", "window/session panel")


class Sides:
    """The panels left (0) and right (1) of the view, and whether the person wants them."""

    def __init__(self, left: QWidget, right: QWidget, settings: QSettings) -> None:
        self._panels = (left, right)
        self._settings = settings
        self._wanted = [settings.value(key, "shown") == "shown" for key in _KEYS]
        self._latest = 0
        self._away: set[int] = set()

    def shown(self, index: int) -> bool:
        """Tell whether a panel is shown."""
        return not self._panels[index].isHidden()

    def toggle(self, index: int, room: int) -> None:
        """Show or hide a panel, and remember it; `room` is as in `fit`."""
        self._wanted[index] = not self.shown(index)
        self._away.discard(index)
        self._latest = index
        self._settings.setValue(_KEYS[index], "shown" if self._wanted[index] else "hidden")
        self.fit(room)

    def give_way(self, index: int, room: int, *, away: bool) -> None:
        """Hide a panel while the view has no use for it, whether or not it is wanted."""
        if away:
            self._away.add(index)
        else:
            self._away.discard(index)
        self.fit(room)

    def fit(self, room: int) -> None:
        """Show the wanted panels there is room for, which is a width beside the view."""
        count = room // tokens.PANEL_MIN
        for index in (self._latest, 1 - self._latest):
            shown = self._wanted[index] and index not in self._away and count > 0
            self._panels[index].setVisible(shown)
            count -= int(shown)
