"""How large is the window, and where? As it was left, or so that it fits the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMargins, QSize
from PySide6.QtWidgets import QStyle

if TYPE_CHECKING:
    from PySide6.QtCore import QSettings
    from PySide6.QtWidgets import QWidget

_KEY = "window/geometry"
_WANTED = QSize(1366, 768)


def first_size(available: QSize, frame: QMargins) -> QSize:
    """Return the size a window begins with.

    Args:
        available: What the screen has beside docks and task bars.
        frame: What title bar and borders take around the window.
    """
    return _WANTED.boundedTo(available.shrunkBy(frame))


class Placing:
    """Size and place of one window, remembered from one run to the next."""

    def __init__(self, window: QWidget, settings: QSettings) -> None:
        self._window = window
        self._settings = settings
        self._first: QSize | None = None

    def begin(self) -> None:
        """Go where the window was left, or take the first size."""
        geometry = self._settings.value(_KEY)
        if isinstance(geometry, QByteArray) and self._window.restoreGeometry(geometry):
            return
        title_bar = self._window.style().pixelMetric(QStyle.PixelMetric.PM_TitleBarHeight)
        self._fit(QMargins(0, title_bar, 0, 0))

    def settle(self) -> None:
        """Correct the first size once the frame is known, unless somebody resized meanwhile."""
        handle = self._window.windowHandle()
        if handle and self._window.size() == self._first:
            self._fit(handle.frameMargins())
            room = self._window.screen().availableGeometry()
            if not room.contains(self._window.frameGeometry()):
                self._window.move(room.topLeft())
        self._first = None

    def remember(self) -> None:
        """Keep size and place for the next run."""
        self._settings.setValue(_KEY, self._window.saveGeometry())

    def _fit(self, frame: QMargins) -> None:
        room = self._window.screen().availableGeometry()
        self._first = first_size(room.size(), frame)
        self._window.resize(self._first)
