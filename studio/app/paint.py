"""How does Qt paint what CSS describes: colours, gradients and a logo on them?"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QGradient,
    QImage,
    QLinearGradient,
    QPainter,
    QRadialGradient,
    QTransform,
)
from PySide6.QtSvg import QSvgRenderer

from studio.client.colour import Colour, Gradient, Solid
from studio.client.gradient import Linear, Radial, Stop
from studio.client.stops import positions

if TYPE_CHECKING:
    from studio.client.colour import Paint
    from studio.client.logo import Logo

_CORNERS = {"right bottom": 135.0, "left bottom": 225.0, "right top": 45.0, "left top": 315.0}
_SAMPLE = 48
_OPAQUE = 128


def qcolor(colour: Colour) -> QColor:
    """Return a colour for a painter."""
    return QColor.fromRgbF(colour.red, colour.green, colour.blue, colour.alpha)


def colour(qt: QColor) -> Colour:
    """Return a colour as the client file has it."""
    return Colour.rounded(qt.redF(), qt.greenF(), qt.blueF(), qt.alphaF())


def angle(shape: Linear) -> float:
    """Return a direction in degrees clockwise from the top; a corner as in a square."""
    return _CORNERS[shape.direction] if isinstance(shape.direction, str) else shape.direction


def brush(paint: Paint, rect: QRectF) -> QBrush:
    """Return what fills a rectangle as the page's header is filled."""
    if isinstance(paint, Solid):
        return QBrush(qcolor(paint.colour))
    if isinstance(paint.shape, Linear):
        return _linear(paint, paint.shape, rect)
    return _radial(paint, paint.shape, rect)


def _linear(paint: Gradient, shape: Linear, rect: QRectF) -> QBrush:
    turn = math.radians(angle(shape))
    reach = (abs(rect.width() * math.sin(turn)) + abs(rect.height() * math.cos(turn))) / 2
    step = QPointF(math.sin(turn) * reach, -math.cos(turn) * reach)
    gradient = QLinearGradient(rect.center() - step, rect.center() + step)
    return QBrush(_with_stops(gradient, paint, 2 * reach))


def _radial(paint: Gradient, shape: Radial, rect: QRectF) -> QBrush:
    """Fill with an ellipse to the farthest corner; other sizes look alike at this scale."""
    across, along = shape.middle
    x = _place(across.edge == "right", across.distance.value, across.distance.unit, rect.width())
    y = _place(along.edge == "bottom", along.distance.value, along.distance.unit, rect.height())
    wide, high = max(x, rect.width() - x), max(y, rect.height() - y)
    radius = math.hypot(wide, high) if shape.circle else math.sqrt(2) * wide
    gradient = QRadialGradient(QPointF(0, 0), max(radius, 1.0))
    result = QBrush(_with_stops(gradient, paint, radius))
    flat = 1.0 if shape.circle or not wide else high / wide
    result.setTransform(
        QTransform().translate(rect.left() + x, rect.top() + y).scale(1, max(flat, 0.01))
    )
    return result


def _place(from_end: bool, value: float, unit: str, size: float) -> float:  # noqa: FBT001 - private
    distance = value * size / 100 if unit == "%" else value
    return size - distance if from_end else distance


def _with_stops[G: QGradient](gradient: G, paint: Gradient, length: float) -> G:
    stops = [each for each in paint.stops if isinstance(each, Stop)]
    for stop, place in zip(stops, positions(paint, length), strict=True):
        gradient.setColorAt(min(max(place, 0.0), 1.0), qcolor(stop.colour))
    return gradient


def draw_logo(painter: QPainter, logo: Logo, rect: QRectF) -> None:
    """Draw a logo as large as it fits into the middle of a rectangle, never enlarged."""
    scale = min(rect.width() / logo.width, rect.height() / logo.height, 1.0)
    place = QRectF(0, 0, logo.width * scale, logo.height * scale)
    place.moveCenter(rect.center())
    if logo.media_type == "image/svg+xml":
        QSvgRenderer(QByteArray(logo.data)).render(painter, place)
    else:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(place, QImage.fromData(logo.data))


def logo_colour(logo: Logo) -> Colour | None:
    """Return the average colour of a logo's opaque parts, None when it has none."""
    image = QImage(_SAMPLE, _SAMPLE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    draw_logo(painter, logo, QRectF(0, 0, _SAMPLE, _SAMPLE))
    painter.end()
    pixels = [image.pixelColor(x, y) for x in range(_SAMPLE) for y in range(_SAMPLE)]
    seen = [pixel for pixel in pixels if pixel.alpha() >= _OPAQUE]
    if not seen:
        return None
    return Colour(
        red=sum(pixel.redF() for pixel in seen) / len(seen),
        green=sum(pixel.greenF() for pixel in seen) / len(seen),
        blue=sum(pixel.blueF() for pixel in seen) / len(seen),
    )
