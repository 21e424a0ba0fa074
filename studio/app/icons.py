"""Where do the window's icons come from?

From `assets/icons` (Lucide), drawn in the palette's colours at the moment they are painted, so that
a change of colour scheme needs no new icons.
"""

from __future__ import annotations

from typing import override

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer

from studio.resources import folder


def svg(name: str, colour: QColor) -> bytes:
    """Return the picture of an icon in one colour.

    Raises:
        FileNotFoundError: No such icon was committed to `assets/icons`.
    """
    text = (folder("assets") / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return text.replace("currentColor", colour.name()).encode()


def draw(painter: QPainter, rect: QRectF, name: str, colour: QColor) -> None:
    """Draw an icon in one colour into a rectangle."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(svg(name, colour))).render(painter, rect)
    painter.restore()


def icon(name: str) -> QIcon:
    """Return an icon by its Lucide name; it follows palette and state by itself."""
    return QIcon(_Engine(name))


class _Engine(QIconEngine):
    """Draws one icon with the application's palette."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    @override
    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        draw(painter, QRectF(rect), self._name, _colour(mode, state))

    @override
    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return pixmap

    @override
    def clone(self) -> QIconEngine:
        return _Engine(self._name)


def _colour(mode: QIcon.Mode, state: QIcon.State) -> QColor:
    palette = QGuiApplication.palette()
    if mode is QIcon.Mode.Disabled:
        return palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    if mode is QIcon.Mode.Selected:
        return palette.color(QPalette.ColorRole.HighlightedText)
    if state is QIcon.State.On:
        return palette.color(QPalette.ColorRole.Link)
    return palette.color(QPalette.ColorRole.WindowText)
