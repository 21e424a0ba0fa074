"""Which colour? A square of saturation and brightness beside a bar of hues."""

from __future__ import annotations

from typing import override

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from studio.app import tokens
from studio.app.controls import name_control

_HEIGHT = 140
_BAR = 20
_KNOB = 6.0
_STEP = 0.02
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class Area(QWidget):
    """A rectangle with a knob that mouse and arrow keys move; x and y run from 0 to 1."""

    moved = Signal(float, float)
    released = Signal()

    def __init__(self, name: str, tip: str) -> None:
        super().__init__()
        name_control(self, name, tip)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.x_share, self.y_share = 0.0, 0.0

    def place(self, x: float, y: float) -> None:
        """Put the knob somewhere without telling."""
        self.x_share, self.y_share = min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0)
        self.update()

    def _move(self, x: float, y: float) -> None:
        self.place(x, y)
        self.moved.emit(self.x_share, self.y_share)

    def _to(self, event: QMouseEvent) -> None:
        inner = self._inner()
        at = event.position() - inner.topLeft()
        self._move(at.x() / inner.width(), at.y() / inner.height())

    def _inner(self) -> QRectF:
        return QRectF(self.rect()).adjusted(3, 3, -3, -3)

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._to(event)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._to(event)

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.released.emit()

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = _MOVES.get(Qt.Key(event.key()))
        if not move:
            super().keyPressEvent(event)
            return
        self._move(self.x_share + move[0] * _STEP, self.y_share + move[1] * _STEP)

    def _draw_frame(self, painter: QPainter) -> None:
        colours = tokens.colours()
        colour = colours.accent if self.hasFocus() else colours.edge
        painter.setPen(QPen(tokens.paint_colour(colour), 2 if self.hasFocus() else 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(self._inner().adjusted(-1, -1, 1, 1), tokens.XS, tokens.XS)

    def _draw_knob(self, painter: QPainter, at: QPointF, colour: QColor) -> None:
        inside = self._inner().adjusted(_KNOB, _KNOB, -_KNOB, -_KNOB)
        x = min(max(at.x(), inside.left()), max(inside.right(), inside.left()))
        at = QPointF(x, min(max(at.y(), inside.top()), inside.bottom()))
        painter.setBrush(colour)
        painter.setPen(QPen(Qt.GlobalColor.black, 3))
        painter.drawEllipse(at, _KNOB, _KNOB)
        painter.setPen(QPen(Qt.GlobalColor.white, 2))
        painter.drawEllipse(at, _KNOB, _KNOB)


class _Square(Area):
    """Saturation from left to right, brightness from bottom to top."""

    hue = 0.0

    @override
    def sizeHint(self) -> QSize:
        return QSize(_HEIGHT * 3 // 2, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, inner = QPainter(self), self._inner()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        across = QLinearGradient(inner.topLeft(), inner.topRight())
        across.setColorAt(0, Qt.GlobalColor.white)
        across.setColorAt(1, QColor.fromHsvF(self.hue, 1, 1))
        painter.fillRect(inner, across)
        down = QLinearGradient(inner.topLeft(), inner.bottomLeft())
        down.setColorAt(0, Qt.GlobalColor.transparent)
        down.setColorAt(1, Qt.GlobalColor.black)
        painter.fillRect(inner, down)
        self._draw_frame(painter)
        at = QPointF(self.x_share * inner.width(), self.y_share * inner.height())
        colour = QColor.fromHsvF(self.hue, self.x_share, 1 - self.y_share)
        self._draw_knob(painter, inner.topLeft() + at, colour)


class _Hues(Area):
    """The hue from top to bottom."""

    @override
    def sizeHint(self) -> QSize:
        return QSize(_BAR, _HEIGHT)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, inner = QPainter(self), self._inner()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        down = QLinearGradient(inner.topLeft(), inner.bottomLeft())
        for sixth in range(7):
            down.setColorAt(sixth / 6, QColor.fromHsvF(sixth % 6 / 6, 1, 1))
        painter.fillRect(inner, down)
        self._draw_frame(painter)
        at = QPointF(inner.center().x(), inner.top() + self.y_share * inner.height())
        self._draw_knob(painter, at, QColor.fromHsvF(min(self.y_share, 0.999), 1, 1))


class ColourPicker(QWidget):
    """Picks one colour; `picked` while the knob moves, `released` when it is let go."""

    picked = Signal(QColor)
    released = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._alpha = 1.0
        self._square = _Square(
            "Saturation and brightness", "Drag, or use the arrow keys: saturation and brightness."
        )
        self._hues = _Hues("Hue", "Drag, or use the arrow keys: hue.")
        self._hues.setFixedWidth(_BAR)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(tokens.S)
        layout.addWidget(self._square, 1)
        layout.addWidget(self._hues)
        for area in (self._square, self._hues):
            area.setMinimumHeight(_HEIGHT)
            area.moved.connect(self._tell)
            area.released.connect(self.released)

    @property
    def colour(self) -> QColor:
        """The colour under the knobs."""
        square = self._square
        result = QColor.fromHsvF(square.hue, square.x_share, 1 - square.y_share)
        result.setAlphaF(self._alpha)
        return result

    def show_colour(self, colour: QColor) -> None:
        """Move the knobs to a colour; a grey keeps the hue shown before."""
        if colour.rgba() == self.colour.rgba():
            return
        if colour.hsvHueF() >= 0:
            self._square.hue = colour.hsvHueF()
        self._alpha = colour.alphaF()
        self._hues.place(0, self._square.hue)
        self._square.place(colour.hsvSaturationF(), 1 - colour.valueF())

    def _tell(self) -> None:
        self._square.hue = min(self._hues.y_share, 0.999)
        self._square.update()
        self.picked.emit(self.colour)
