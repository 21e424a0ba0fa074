"""Where do the colours of a gradient stand? On a bar, each with a handle to drag."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from studio.app import tokens
from studio.app.controls import name_control

_BAR = 20
_HANDLE = 7
_STEP = 1.0
_GRAB = 10


@dataclass(frozen=True, kw_only=True)
class Handle:
    """A colour and its place in per cent."""

    colour: QColor
    place: float


class GradientBar(QWidget):
    """Shows the colours of a gradient; the chosen one moves with mouse or arrow keys.

    A double click on the bar, or Insert, adds a colour; Delete takes the chosen one away while
    more than two are left; Page Up and Page Down choose the next one.
    """

    changed = Signal()
    chosen = Signal()
    released = Signal()

    def __init__(self) -> None:
        super().__init__()
        name_control(
            self,
            "Colours of the gradient",
            "Drag a handle to move a colour, double-click to add one. Keys: arrows move, "
            "Page Up and Page Down choose, Insert adds, Delete removes.",
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._handles: tuple[Handle, ...] = ()
        self._index = 0

    @property
    def handles(self) -> tuple[Handle, ...]:
        """The colours in order of their places."""
        return self._handles

    @property
    def current(self) -> Handle:
        """The chosen colour."""
        return self._handles[self._index]

    def show_handles(self, handles: tuple[Handle, ...]) -> None:
        """Show other colours, without telling."""
        self._handles = handles
        self._index = min(self._index, len(handles) - 1)
        self.update()

    def paint_current(self, colour: QColor) -> None:
        """Give the chosen colour another value."""
        self._put(replace(self.current, colour=colour))

    def add(self, place: float) -> None:
        """Add the colour that the gradient has at a place, and choose it."""
        new = Handle(colour=self._colour_at(place), place=place)
        self._handles = tuple(sorted((*self._handles, new), key=lambda each: each.place))
        self._index = self._handles.index(new)
        self._tell()
        self.chosen.emit()

    def remove_current(self) -> None:
        """Take the chosen colour away; two are always left."""
        if self.can_remove:
            kept = (each for at, each in enumerate(self._handles) if at != self._index)
            self._handles = tuple(kept)
            self._index = max(self._index - 1, 0)
            self._tell()
            self.chosen.emit()

    @property
    def can_remove(self) -> bool:
        """Whether more than two colours are there."""
        return len(self._handles) > 2  # noqa: PLR2004 - a gradient needs two

    def choose(self, index: int) -> None:
        """Choose a colour by its number."""
        self._index = index % len(self._handles)
        self.update()
        self.chosen.emit()

    def middle(self) -> float:
        """Return the place half-way between the chosen colour and the next one."""
        after = self._handles[min(self._index + 1, len(self._handles) - 1)].place
        before = self._handles[min(self._index, len(self._handles) - 2)].place
        return round((before + after) / 2, 1)

    def _put(self, handle: Handle) -> None:
        handles = list(self._handles)
        handles[self._index] = handle
        self._handles = tuple(handles)
        self._tell()

    def _move_to(self, place: float) -> None:
        """Move the chosen colour, at most to its neighbours."""
        low = self._handles[self._index - 1].place if self._index else 0.0
        last = self._index == len(self._handles) - 1
        high = 100.0 if last else self._handles[self._index + 1].place
        place = round(min(max(place, min(low, 100.0)), max(high, 0.0)), 1)
        self._put(replace(self.current, place=place))

    def _tell(self) -> None:
        self.update()
        self.changed.emit()

    def _bar(self) -> QRectF:
        return QRectF(_HANDLE + 2, 3, self.width() - 2 * _HANDLE - 4, _BAR)

    def _x(self, place: float) -> float:
        return self._bar().left() + min(max(place, 0.0), 100.0) / 100 * self._bar().width()

    def _place(self, x: float) -> float:
        return (x - self._bar().left()) / self._bar().width() * 100

    def _gradient(self) -> QLinearGradient:
        result = QLinearGradient(self._bar().topLeft(), self._bar().topRight())
        for handle in self._handles:
            result.setColorAt(min(max(handle.place / 100, 0.0), 1.0), handle.colour)
        return result

    def _colour_at(self, place: float) -> QColor:
        before = max((x for x in self._handles if x.place <= place), key=_by_place, default=None)
        after = min((x for x in self._handles if x.place >= place), key=_by_place, default=None)
        if not before or not after:
            return (before or after or self.current).colour
        width = after.place - before.place
        share = (place - before.place) / width if width else 0.0
        pairs = zip(before.colour.getRgbF(), after.colour.getRgbF(), strict=True)  # type: ignore[call-overload]
        return QColor.fromRgbF(*(a + (b - a) * share for a, b in pairs))

    @override
    def sizeHint(self) -> QSize:
        return QSize(8 * tokens.XL, _BAR + 2 * _HANDLE + tokens.S)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        colours = tokens.colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(tokens.paint_colour(colours.edge), 1))
        painter.setBrush(self._gradient())
        painter.drawRoundedRect(self._bar(), tokens.XS, tokens.XS)
        for index, handle in enumerate(self._handles):
            chosen = index == self._index
            edge = colours.accent if chosen else colours.muted
            painter.setPen(QPen(tokens.paint_colour(edge), 3 if chosen and self.hasFocus() else 2))
            painter.setBrush(handle.colour)
            painter.drawPolygon(_pin(self._x(handle.place), self._bar().bottom() + 2))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        near = min(range(len(self._handles)), key=lambda at: abs(self._x(self._at(at)) - x))
        if abs(self._x(self._at(near)) - x) <= _GRAB:
            self.choose(near)

    def _at(self, index: int) -> float:
        return self._handles[index].place

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._move_to(self._place(event.position().x()))

    @override
    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.released.emit()

    @override
    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.add(round(min(max(self._place(event.position().x()), 0.0), 100.0), 1))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        match Qt.Key(event.key()):
            case Qt.Key.Key_Left:
                self._move_to(self.current.place - _STEP)
            case Qt.Key.Key_Right:
                self._move_to(self.current.place + _STEP)
            case Qt.Key.Key_PageUp:
                self.choose(self._index - 1)
            case Qt.Key.Key_PageDown:
                self.choose(self._index + 1)
            case Qt.Key.Key_Insert:
                self.add(self.middle())
            case Qt.Key.Key_Delete:
                self.remove_current()
            case _:
                super().keyPressEvent(event)


def _by_place(handle: Handle) -> float:
    return handle.place


def _pin(x: float, y: float) -> QPolygonF:
    size = float(_HANDLE)
    return QPolygonF(
        [
            QPointF(x, y),
            QPointF(x + size, y + size),
            QPointF(x + size, y + 2 * size),
            QPointF(x - size, y + 2 * size),
            QPointF(x - size, y + size),
        ]
    )
