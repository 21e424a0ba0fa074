"""What is around the page on a computer? Tabs and an address, or a pop-up over the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainterPath

from studio.app import tokens
from studio.app.chrome import (
    SMALL,
    Insets,
    Spot,
    arrow_spots,
    colour,
    key_spot,
    leave_spot,
    readable_on,
    reload_spot,
    square,
)
from studio.app.paint import qcolor

if TYPE_CHECKING:
    from PySide6.QtCore import QSizeF

    from studio.app.chrome import Look, Pen

_STRIP = 40
_ADDRESS = 44
_TAB = 232
_TAB_GAP = 12
_TITLE = 32
_POP_UP_BAR = 32
_MARGIN = 56
_DIM = 118
"""How dark what is behind a pop-up is made, of 255."""


class Tabs:
    """A browser on a computer: a strip of tabs, and an address bar below it."""

    insets = Insets(top=_STRIP + _ADDRESS)

    def draw(self, pen: Pen, look: Look, size: QSizeF) -> None:
        """Draw strip and bar."""
        colours, width = tokens.colours(), size.width()
        pen.fill(QRectF(0, 0, width, _STRIP + _ADDRESS), colour(colours.pressed))
        for at in range(look.tabs):
            last = at == look.tabs - 1
            _draw_tab(pen, _tab(at), look.title if last else look.service, shown=last)
        muted = colour(colours.muted)
        pen.icon("plus", _tab(look.tabs).left() + 8, _STRIP / 2 + 2, 16, muted)
        _draw_window_buttons(pen, width, _STRIP / 2, muted)
        pen.fill(QRectF(0, _STRIP, width, _ADDRESS), colour(colours.surface))
        self._draw_address(pen, look, width)
        pen.line(_STRIP + _ADDRESS - 1, width, colour(colours.line))

    def _draw_address(self, pen: Pen, look: Look, width: float) -> None:
        colours, middle = tokens.colours(), _STRIP + _ADDRESS / 2
        muted, off = colour(colours.muted), colour(colours.disabled)
        for x, name, ink in (
            (28, "arrow-left", muted if look.back else off),
            (64, "arrow-right", muted if look.forward else off),
            (100, "refresh-cw", muted),
        ):
            pen.icon(name, x, middle, 18, ink)
        pill = QRectF(128, _STRIP + 7, width - 128 - 52, _ADDRESS - 14)
        pen.fill(pill, colour(colours.hover), pill.height() / 2)
        pen.icon("lock", pill.left() + 18, middle, 14, muted)
        pen.text(pill.adjusted(36, 0, -48, 0), look.host, colour(colours.text))
        if look.saved:
            pen.icon("key-round", pill.right() - 22, middle, 16, muted)
        pen.icon("ellipsis-vertical", width - 26, middle, 18, muted)

    def spots(self, look: Look, size: QSizeF) -> tuple[Spot, ...]:
        """Return the cross of the tab with the page, the way to load again, and the key."""
        middle, x = _STRIP + _ADDRESS / 2, _tab(look.tabs - 1).right() - 20
        close = leave_spot(square(x, _STRIP / 2 + 2, 28), "Close the tab: back to the service.")
        key = key_spot(look, size.width() - 52 - 22, middle)
        return close, reload_spot(100, middle), *key, *arrow_spots(look, 28, 64, middle)


class PopUp:
    """A small window with an address only, over the dimmed page of the service."""

    insets = Insets(top=_MARGIN + _TITLE + _POP_UP_BAR, bottom=_MARGIN, side=_MARGIN)

    def draw(self, pen: Pen, look: Look, size: QSizeF) -> None:
        """Draw the service behind, and the window."""
        _draw_service(pen, look, size)
        colours, window = tokens.colours(), _window(size)
        shadow = QColor(0, 0, 0, 9)
        for grow in range(2, 18, 2):
            pen.fill(window.adjusted(-grow, -grow + 4, grow, grow + 4), shadow, 8 + grow)
        pen.fill(window.adjusted(-1, -1, 1, 1), colour(colours.edge), 8)
        pen.fill(window, colour(colours.surface), 7)
        muted, left = colour(colours.muted), window.left()
        title = QRectF(left + 14, window.top(), window.width() - 120, _TITLE)
        pen.text(title, look.title, colour(colours.text), size=SMALL)
        _draw_window_buttons(pen, window.right() + 6, window.top() + _TITLE / 2, muted)
        bar = QRectF(left, window.top() + _TITLE, window.width(), _POP_UP_BAR)
        pen.fill(bar, colour(colours.hover))
        pen.icon("lock", left + 20, bar.center().y(), 13, muted)
        pen.text(bar.adjusted(34, 0, -48, 0), look.host, colour(colours.text), size=SMALL)
        if look.saved:
            pen.icon("key-round", bar.right() - 22, bar.center().y(), 15, muted)

    def spots(self, look: Look, size: QSizeF) -> tuple[Spot, ...]:
        """Return the cross of the window and the key."""
        window = _window(size)
        cross = square(window.right() - 16, window.top() + _TITLE / 2, 28)
        close = leave_spot(cross, "Close the pop-up: back to the service.")
        bar = window.top() + _TITLE + _POP_UP_BAR / 2
        return close, *key_spot(look, window.right() - 22, bar)


def _tab(at: int) -> QRectF:
    """Return where a tab is, the first one at 0."""
    return QRectF(_TAB_GAP + at * (_TAB + 4), 6, _TAB, _STRIP - 6)


def _draw_tab(pen: Pen, tab: QRectF, title: str, *, shown: bool) -> None:
    colours, middle = tokens.colours(), _STRIP / 2 + 2
    muted = colour(colours.muted)
    if shown:
        shape = QPainterPath()
        shape.addRoundedRect(tab.adjusted(0, 0, 0, 10), 8, 8)
        pen.painter.fillPath(shape, colour(colours.surface))
    pen.icon("globe", tab.left() + 20, middle, 14, muted)
    text = colour(colours.text) if shown else muted
    pen.text(tab.adjusted(36, 0, -36, -2), title, text, size=SMALL)
    pen.icon("x", tab.right() - 20, middle, 14, muted)


def _draw_window_buttons(pen: Pen, end: float, y: float, ink: QColor) -> None:
    """Draw minimise, maximise and close, the last one's middle 22 before `end`."""
    for back, name, size in ((86, "minus", 14), (54, "square", 11), (22, "x", 15)):
        pen.icon(name, end - back, y, size, ink)


def _window(size: QSizeF) -> QRectF:
    """Return where the pop-up's window is on a screen."""
    return QRectF(_MARGIN, _MARGIN, size.width() - 2 * _MARGIN, size.height() - 2 * _MARGIN)


def _draw_service(pen: Pen, look: Look, size: QSizeF) -> None:
    """Draw the page of the service as one sees it behind something: header, name, blocks."""
    paper, block = colour(tokens.LIGHT.base), colour(tokens.LIGHT.line)
    width, height = size.width(), size.height()
    pen.fill(QRectF(0, 0, width, height), paper)
    pen.fill(QRectF(0, 0, width, _MARGIN - 8), qcolor(look.header))
    name = QRectF(24, 0, width - 48, _MARGIN - 8)
    pen.text(name, look.service, readable_on(look.header), size=18, bold=True)
    y = _MARGIN + 24.0
    while y < height:
        pen.fill(QRectF(24, y, width * 0.62, 14), block, 4)
        pen.fill(QRectF(24, y + 26, width - 48, 96), block, 8)
        y += 150
    dim = colour(tokens.LIGHT.text)
    dim.setAlpha(_DIM)
    pen.fill(QRectF(0, 0, width, height), dim)
