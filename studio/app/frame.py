"""What is around the page? A device's edge and the bar of its browser, drawn to scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, override

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from studio.app import tokens
from studio.app.devices import PHONE
from studio.app.icons import draw
from studio.app.paint import qcolor
from studio.client.colour import WHITE, Colour, contrast, parse_paint

if TYPE_CHECKING:
    from studio.app.devices import Device

SHADOW = tokens.L
"""Room for the shadow on every side."""
_SHADE = 0.22
_LAYERS = 12


class Frame(QWidget):
    """A device around a page. The page is a child that keeps its viewport at every zoom."""

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self._page = page
        self._device = PHONE
        self._zoom = 1.0
        self._address = ""
        self._title = ""
        self._bar = parse_paint("#404040").main()
        page.setParent(self)
        self._corners = _Corners(self)
        self.setAccessibleName("Device")

    @property
    def zoom(self) -> float:
        """The scale everything is drawn at."""
        return self._zoom

    def show_device(self, device: Device, zoom: float) -> None:
        """Draw a device at a scale; the page's viewport stays the device's."""
        self._device, self._zoom = device, zoom
        self.setFixedSize(self.sizeHint())
        self._place()
        self.update()

    def show_brand(self, header: Colour, title: str) -> None:
        """Show the bar in a darker shade of the header's colour.

        Args:
            header: The one colour that stands for the header.
            title: The service's name, on a browser's tab.
        """
        self._bar = header.mix(parse_paint("black").main(), _SHADE)
        self._title = title
        self.update()

    def show_address(self, address: str) -> None:
        """Show the host in the bar."""
        self._address = address
        self.update()

    def edge_colour(self) -> QColor:
        """Return the colour of the device's edge."""
        colours = tokens.colours()
        return tokens.paint_colour(colours.bezel if self._device.in_app else colours.edge)

    def screen_rect(self) -> QRect:
        """Return where bar and page are."""
        bezel = round(self._device.bezel * self._zoom)
        return self.rect().adjusted(
            SHADOW + bezel, SHADOW + bezel, -SHADOW - bezel, -SHADOW - bezel
        )

    @override
    def sizeHint(self) -> QSize:
        device, zoom = self._device, self._zoom
        edge = 2 * (SHADOW + round(device.bezel * zoom))
        width = round(device.width * zoom) + edge
        return QSize(width, round(device.height * zoom) + round(device.bar * zoom) + edge)

    def _place(self) -> None:
        screen, device = self.screen_rect(), self._device
        size = QSize(round(device.width * self._zoom), round(device.height * self._zoom))
        self._page.resize(size)
        self._page.move(screen.left(), screen.top() + round(device.bar * self._zoom))
        self._corners.fit(screen, device.radius * self._zoom)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()

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
        screen = QRectF(self.screen_rect())
        painter.translate(screen.topLeft())
        painter.scale(self._zoom, self._zoom)
        draw_bar = self._draw_tab_bar if self._device.in_app else self._draw_browser_bar
        draw_bar(painter)

    def _draw_shadow(self, painter: QPainter, outer: QRectF, radius: float) -> None:
        shadow = tokens.paint_colour(tokens.colours().shadow)
        shadow.setAlpha(max(shadow.alpha() // _LAYERS, 1))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(shadow)
        for layer in range(_LAYERS):
            grow = SHADOW * 0.75 * (layer + 1) / _LAYERS
            rect = outer.adjusted(-grow, -grow + tokens.XS, grow, grow + tokens.XS)
            painter.drawRoundedRect(rect, radius + grow, radius + grow)

    def _bar_path(self) -> QPainterPath:
        """Return the bar's shape: round above, straight below."""
        device, path = self._device, QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        whole = QRectF(0, 0, device.width, device.bar + 1)
        path.addRoundedRect(whole, device.radius, device.radius)
        path.addRect(whole.adjusted(0, device.bar / 2, 0, 0))
        return path

    def _draw_tab_bar(self, painter: QPainter) -> None:
        """Draw an app's tab: close, padlock, host, menu (`in-app-tab-android.png`)."""
        device, on = self._device, _readable(self._bar)
        painter.fillPath(self._bar_path(), qcolor(self._bar))
        middle = device.bar / 2
        draw(painter, _square(24, middle, 22), "x", on)
        draw(painter, _square(64, middle, 16), "lock", on)
        draw(painter, _square(device.width - 24, middle, 22), "ellipsis-vertical", on)
        host = QRectF(82, 0, device.width - 82 - 48, device.bar)
        self._draw_text(painter, host, self._address, on)

    def _draw_browser_bar(self, painter: QPainter) -> None:
        """Draw a plain browser: back, reload, address."""
        device, colours = self._device, tokens.colours()
        painter.fillPath(self._bar_path(), tokens.paint_colour(colours.surface))
        muted, middle = tokens.paint_colour(colours.muted), device.bar / 2
        for x, name in ((28, "arrow-left"), (64, "arrow-right"), (100, "refresh-cw")):
            draw(painter, _square(x, middle, 18), name, muted)
        address = QRectF(132, 8, device.width - 132 - 56, device.bar - 16)
        painter.setBrush(tokens.paint_colour(colours.base))
        painter.setPen(tokens.paint_colour(colours.line))
        painter.drawRoundedRect(address, 16, 16)
        draw(painter, _square(152, middle, 14), "lock", muted)
        text = address.adjusted(36, 0, -16, 0)
        self._draw_text(painter, text, self._address, tokens.paint_colour(colours.text))
        draw(painter, _square(device.width - 28, middle, 18), "ellipsis-vertical", muted)

    def _draw_text(self, painter: QPainter, rect: QRectF, text: str, colour: QColor) -> None:
        font = QFont(self.font())
        font.setPixelSize(tokens.L)
        painter.setFont(font)
        painter.setPen(colour)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(rect, flags, text)


class _Corners(QWidget):
    """Rounds the page's lower corners by painting the device's edge over them."""

    def __init__(self, frame: Frame) -> None:
        super().__init__(frame)
        self._frame = frame
        self._radius = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def fit(self, screen: QRect, radius: float) -> None:
        """Lie over the lower edge of a screen."""
        self._radius = radius
        height = round(radius) + 1
        self.setGeometry(screen.left(), screen.bottom() + 1 - height, screen.width(), height)
        self.raise_()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = QPainter(self), QRectF(self.rect())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        screen, edge = QPainterPath(), QPainterPath()
        above = rect.adjusted(0, -3 * self._radius, 0, 0)
        screen.addRoundedRect(above, self._radius, self._radius)
        edge.addRect(rect)
        painter.fillPath(edge.subtracted(screen), self._frame.edge_colour())


def _square(x: float, y: float, size: float) -> QRectF:
    return QRectF(QPointF(x - size / 2, y - size / 2), QPointF(x + size / 2, y + size / 2))


def _readable(background: Colour) -> QColor:
    dark = parse_paint("#1f1f1f").main()
    return qcolor(max((WHITE, dark), key=lambda each: contrast(each, background)))
