"""What is around the page? A device's edge, and inside of it the browser's chrome, to scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QEvent, QMargins, QPoint, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QToolTip, QWidget

from studio.app import tokens
from studio.app.chrome import Look, new_pen
from studio.app.chrome_phone import Bare
from studio.app.devices import PHONE, Browsers
from studio.client.colour import parse_paint

if TYPE_CHECKING:
    from studio.app.chrome import Chrome, Spot
    from studio.app.devices import Device

SHADOW = tokens.L
"""Room for the shadow on every side."""
_LAYERS = 12
_ROOM = QMargins(SHADOW, SHADOW, SHADOW, SHADOW)


class Frame(QWidget):
    """A device around a page. The page is a child that keeps its viewport at every zoom.

    Signals:
        pressed: The id of the command that a part of the chrome stands for.
    """

    pressed = Signal(str)

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self._device = PHONE
        self._chrome: Chrome = Bare()
        self._screen = QSizeF(PHONE.width, PHONE.height)
        self._zoom = 1.0
        self.look = Look(header=parse_paint("grey").main())
        page.setParent(self)
        self._corners = (_Corners(self, upper=True), _Corners(self, upper=False))
        self.setMouseTracking(True)
        self.setAccessibleName("Device")

    @property
    def zoom(self) -> float:
        """The scale everything is drawn at."""
        return self._zoom

    def show_device(self, device: Device, chrome: Chrome, screen: QSizeF, zoom: float) -> None:
        """Draw a device at a scale.

        Args:
            device: Whose edge is drawn.
            chrome: What is drawn around the page.
            screen: What chrome and page have together, in CSS pixels.
            zoom: The scale.
        """
        self._device, self._chrome, self._screen, self._zoom = device, chrome, screen, zoom
        self.setFixedSize(self.sizeHint())
        self._place()
        self.update()

    def show_look(self, look: Look) -> None:
        """Show other texts and colours in the chrome."""
        if look != self.look:
            self.look = look
            self.update()

    def edge_colour(self) -> QColor:
        """Return the colour of the device's edge."""
        colours = tokens.colours()
        phone = self._device.browsers is Browsers.PHONE
        return tokens.paint_colour(colours.bezel if phone else colours.edge)

    def screen_rect(self) -> QRect:
        """Return where chrome and page are."""
        edge = SHADOW + round(self._device.bezel * self._zoom)
        return self.rect().adjusted(edge, edge, -edge, -edge)

    def page_rect(self) -> QRect:
        """Return where the page is."""
        return self._page.geometry()

    def spots(self) -> tuple[Spot, ...]:
        """Return what of the chrome can be pressed, in CSS pixels of the screen."""
        return self._chrome.spots(self.look, self._screen)

    @override
    def sizeHint(self) -> QSize:
        return outer_size(self._device, self._screen, self._zoom).grownBy(_ROOM)

    def _place(self) -> None:
        screen, zoom, insets = self.screen_rect(), self._zoom, self._chrome.insets
        width = self._screen.width() - 2 * insets.side
        height = self._screen.height() - insets.top - insets.bottom
        self._page.resize(round(width * zoom), round(height * zoom))
        self._page.move(
            screen.left() + round(insets.side * zoom), screen.top() + round(insets.top * zoom)
        )
        for corners in self._corners:
            corners.fit(screen, self._device.radius * zoom)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

    # Pressing

    def _spot_at(self, place: QPoint) -> Spot | None:
        inside = (place - self.screen_rect().topLeft()).toPointF() / self._zoom
        return next((spot for spot in self.spots() if spot.rect.contains(inside)), None)

    @override
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._spot_at(event.position().toPoint()):
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        else:
            self.unsetCursor()

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        spot = self._spot_at(event.position().toPoint())
        if spot and event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit(spot.command)

    @override
    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            spot = self._spot_at(event.pos())
            QToolTip.showText(event.globalPos(), spot.tip if spot else "", self)
            return True
        return super().event(event)

    # Drawing

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outer = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        radius = (self._device.radius + self._device.bezel) * self._zoom
        self._draw_shadow(painter, outer, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.edge_colour())
        painter.drawRoundedRect(outer, radius, radius)
        self._draw_chrome(painter)

    def _draw_chrome(self, painter: QPainter) -> None:
        screen, shape = QRectF(self.screen_rect()), QPainterPath()
        radius = self._device.radius * self._zoom
        shape.addRoundedRect(screen, radius, radius)
        painter.setClipPath(shape)
        painter.fillRect(screen, tokens.paint_colour(tokens.colours().surface))
        painter.translate(screen.topLeft())
        painter.scale(self._zoom, self._zoom)
        self._chrome.draw(new_pen(painter), self.look, self._screen)

    def _draw_shadow(self, painter: QPainter, outer: QRectF, radius: float) -> None:
        shadow = tokens.paint_colour(tokens.colours().shadow)
        shadow.setAlpha(max(shadow.alpha() // _LAYERS, 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shadow)
        for layer in range(_LAYERS):
            grow = SHADOW * 0.75 * (layer + 1) / _LAYERS
            rect = outer.adjusted(-grow, -grow + tokens.XS, grow, grow + tokens.XS)
            painter.drawRoundedRect(rect, radius + grow, radius + grow)


def outer_size(device: Device, screen: QSizeF, zoom: float = 1) -> QSize:
    """Return what a device takes with its edge, without its shadow.

    `screen` is what chrome and page have together, in CSS pixels.
    """
    edge = 2 * round(device.bezel * zoom)
    return QSize(round(screen.width() * zoom) + edge, round(screen.height() * zoom) + edge)


class _Corners(QWidget):
    """Rounds the page's corners on one side by painting the device's edge over them."""

    def __init__(self, frame: Frame, *, upper: bool) -> None:
        super().__init__(frame)
        self._frame = frame
        self._upper = upper
        self._radius = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def fit(self, screen: QRect, radius: float) -> None:
        """Lie over the upper or lower edge of a screen."""
        self._radius = radius
        height = round(radius) + 1
        top = screen.top() if self._upper else screen.bottom() + 1 - height
        self.setGeometry(screen.left(), top, screen.width(), height)
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        screen, edge = QPainterPath(), QPainterPath()
        beyond = 3 * self._radius
        whole = rect.adjusted(0, 0 if self._upper else -beyond, 0, beyond if self._upper else 0)
        screen.addRoundedRect(whole, self._radius, self._radius)
        edge.addRect(rect)
        painter.fillPath(edge.subtracted(screen), self._frame.edge_colour())
