"""What is shown while something is made: grey lines where its text will be, after a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from studio.app import tokens

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

_AFTER = 150
"""Milliseconds; what is there sooner does not flicker."""
_SHARES = (0.42, 0.78, 0.7, 0.86, 0.34, 0.6, 0.74, 0.5)


class Skeleton(QWidget):
    """Lines of different lengths, empty in the first moment."""

    def __init__(self) -> None:
        super().__init__()
        self._waited = False
        self._timer = QTimer(self, singleShot=True, interval=_AFTER)
        self._timer.timeout.connect(self._begin)
        self.setAccessibleName("Loading")

    def _begin(self) -> None:
        self._waited = True
        self.update()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._waited = False
        self._timer.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._waited:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.paint_colour(tokens.colours().pressed))
        room = self.width() - 2 * tokens.L
        for line, share in enumerate(_SHARES):
            bar = QRectF(tokens.L, tokens.L + line * tokens.XL, room * share, tokens.M)
            painter.drawRoundedRect(bar, tokens.XS, tokens.XS)
