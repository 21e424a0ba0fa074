"""What does a browser have around the page? The parts every chrome is drawn with.

All lengths are CSS pixels from the upper left corner of the screen; the frame scales the painter.
The words in a chrome are the browser's, not the page's, and stay in English.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter

from studio.app import icons, tokens
from studio.app.paint import qcolor
from studio.client.colour import WHITE, contrast, parse_paint

if TYPE_CHECKING:
    from studio.client.colour import Colour

_SHADE = 0.22
_TINT = 0.82
TEXT = 14
SMALL = 13


@dataclass(frozen=True, kw_only=True)
class Insets:
    """What a chrome takes on each side of the page; both sides are the same."""

    top: int = 0
    bottom: int = 0
    side: int = 0


@dataclass(frozen=True, kw_only=True)
class Spot:
    """A place in a chrome that can be pressed: where, the command it runs, and what it says."""

    rect: QRectF
    command: str
    tip: str


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a chrome shows.

    Attributes:
        header: The one colour that stands for the service's header.
        service: The service's name.
        title: The page's title.
        host: What the address bar shows.
        tabs: How many tabs are open; the page is in the last one.
        saved: What the password manager offers to fill in, empty for nothing.
        back: Whether the browser can go to the page before.
        forward: Whether it can go to the page after.
    """

    header: Colour
    service: str = ""
    title: str = ""
    host: str = ""
    tabs: int = 1
    saved: str = ""
    back: bool = False
    forward: bool = False

    @property
    def dark(self) -> Colour:
        """The header's colour in a darker shade, as an app's tab has it."""
        return self.header.mix(parse_paint("black").main(), _SHADE)

    @property
    def light(self) -> Colour:
        """The header's colour as a light tint."""
        return self.header.mix(WHITE, _TINT)


class Chrome(Protocol):
    """Draws one kind of browser around a page."""

    insets: Insets

    def draw(self, pen: Pen, look: Look, size: QSizeF) -> None:
        """Draw everything but the page on a screen of a size; the page lies inside the insets."""

    def spots(self, look: Look, size: QSizeF) -> tuple[Spot, ...]:
        """Return what can be pressed."""


class Pen:
    """A painter in CSS pixels, with what all chromes draw."""

    def __init__(self, painter: QPainter, family: str) -> None:
        self.painter = painter
        self._family = family

    def fill(self, rect: QRectF, colour: QColor, radius: float = 0) -> None:
        """Fill a rectangle, which may be round."""
        self.painter.setPen(Qt.PenStyle.NoPen)
        self.painter.setBrush(colour)
        self.painter.drawRoundedRect(rect, radius, radius)

    def outline(self, rect: QRectF, colour: QColor, radius: float = 0, width: float = 1) -> None:
        """Draw the edge of a rectangle."""
        self.painter.setBrush(Qt.BrushStyle.NoBrush)
        pen = self.painter.pen()
        pen.setStyle(Qt.PenStyle.SolidLine)
        pen.setColor(colour)
        pen.setWidthF(width)
        self.painter.setPen(pen)
        self.painter.drawRoundedRect(rect, radius, radius)

    def line(self, y: float, width: float, colour: QColor) -> None:
        """Draw a hairline across."""
        self.fill(QRectF(0, y, width, 1), colour)

    def icon(self, name: str, x: float, y: float, size: float, colour: QColor) -> None:
        """Draw an icon with its middle at a place."""
        icons.draw(self.painter, square(x, y, size), name, colour)

    def text(
        self,
        rect: QRectF,
        text: str,
        colour: QColor,
        *,
        size: int = TEXT,
        bold: bool = False,
        middle: bool = False,
    ) -> None:
        """Write a line into a rectangle, shortened where it is too long."""
        font = QFont(self._family)
        font.setPixelSize(size)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        # Glyphs that are hinted for one size would sit unevenly at another zoom.
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        side = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        self.painter.setFont(font)
        self.painter.setPen(colour)
        self.painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)


def square(x: float, y: float, size: float) -> QRectF:
    """Return a square around a middle."""
    return QRectF(QPointF(x - size / 2, y - size / 2), QSizeF(size, size))


def key_spot(look: Look, x: float, y: float) -> tuple[Spot, ...]:
    """Return the key of the password manager, where it has something to offer."""
    if not look.saved:
        return ()
    tip = f"Fill in what is saved: {look.saved}."
    return (Spot(rect=square(x, y, 32), command="journey.fill_saved", tip=tip),)


def leave_spot(rect: QRectF, tip: str) -> Spot:
    """Return what closes the page."""
    return Spot(rect=rect, command="journey.leave", tip=tip)


def reload_spot(x: float, y: float) -> Spot:
    """Return what loads the page again."""
    return Spot(rect=square(x, y, 32), command="journey.reload", tip="Load the page again.")


def arrow_spots(look: Look, back: float, forward: float, y: float) -> tuple[Spot, ...]:
    """Return the browser's arrows, at two places of a bar, where they lead somewhere."""
    arrows = (
        (look.back, back, "journey.browser_back", "Back: the browser's page before this one."),
        (look.forward, forward, "journey.browser_forward", "Forward: the browser's next page."),
    )
    return tuple(
        Spot(rect=square(x, y, 36), command=command, tip=tip)
        for leads, x, command, tip in arrows
        if leads
    )


def colour(text: str) -> QColor:
    """Return a colour of the tokens."""
    return tokens.paint_colour(text)


def readable_on(background: Colour) -> QColor:
    """Return white or near black, whichever is better to read."""
    dark = parse_paint(tokens.LIGHT.text).main()
    return qcolor(max((WHITE, dark), key=lambda each: contrast(each, background)))


def new_pen(painter: QPainter) -> Pen:
    """Return a pen that writes in the application's font."""
    return Pen(painter, QGuiApplication.font().family())
