"""What is seen while a page of another host comes? The page before, as it was.

Chromium shows each host in a process of its own, whose first frames are black and then empty. A
picture of the page before lies over the view until the new page has been painted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QChildEvent, QObject, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent

_PAINTED = 60
"""Milliseconds from the end of loading to a frame of the new page on the screen."""


class Cover(QWidget):
    """A picture over a view, hidden unless a page of another host is coming."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(view)
        self._view = view
        self._picture = QPixmap()
        self._lift = QTimer(self, singleShot=True, interval=_PAINTED)
        self._lift.timeout.connect(self.hide)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        view.installEventFilter(self)

    def put(self) -> None:
        """Go on showing what the view shows now, whatever it does; the first time that is white."""
        self._lift.stop()
        if not self.isVisible():
            self._picture = self._view.grab()
        self._over_all()
        self.show()

    def lift(self) -> None:
        """Show the view again, as soon as what it has loaded is painted."""
        self._lift.start()

    def _over_all(self) -> None:
        self.setGeometry(self._view.rect())
        self.raise_()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What shows the new page is a child that comes later, and would lie above.
        if event.type() in {event.Type.Resize, event.Type.ChildPolished}:
            is_own = isinstance(event, QChildEvent) and event.child() is self
            if not is_own and self.isVisible():
                self._over_all()
        return super().eventFilter(watched, event)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        painter.drawPixmap(0, 0, self._picture)
