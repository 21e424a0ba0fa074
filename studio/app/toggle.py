"""How is a setting switched on and off? By a switch that draws itself from the tokens."""

from __future__ import annotations

from typing import override

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from studio.app import tokens

_WIDTH = 36
_TRACK = 20
_KNOB = 7


class Toggle(QAbstractButton):
    """A switch; `clicked(bool)` tells what the person chose."""

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @override
    def sizeHint(self) -> QSize:
        return QSize(_WIDTH + tokens.XS, tokens.CONTROL)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(2, (self.height() - _TRACK) / 2, _WIDTH, _TRACK)
        if self.hasFocus():
            painter.setPen(QPen(tokens.paint_colour(colours.accent), 2))
            painter.drawRoundedRect(track.adjusted(-1, -2, 1, 2), 12, 12)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tokens.paint_colour(self._track_colour(colours)))
        painter.drawRoundedRect(track, _TRACK / 2, _TRACK / 2)
        painter.setBrush(tokens.paint_colour(colours.surface))
        reach = _TRACK / 2
        x = track.right() - reach if self.isChecked() else track.left() + reach
        painter.drawEllipse(QPointF(x, track.center().y()), _KNOB, _KNOB)

    def _track_colour(self, colours: tokens.Colours) -> str:
        if not self.isEnabled():
            return colours.edge if self.isChecked() else colours.line
        return colours.accent if self.isChecked() else colours.edge
