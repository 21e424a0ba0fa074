"""What is around the page on a phone? An app's tab, a browser's bars, or nothing.

The tabs of apps are those of `in-app-tab-android.png` and `in-app-tab-ios.png`: on Android a bar in
a darker shade of the header's colour, on iOS one in a light tint of it and a tool bar below.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

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
    from PySide6.QtGui import QColor

    from studio.app.chrome import Look, Pen

_BAR = 52
_TOOLS = 44
_BACK = 28
_FORWARD = 0.36
"""Where the arrow forward is, as a share of the width."""
_LINK = tokens.LIGHT.accent


class Bare:
    """Nothing: an app's own page, or a plain web view inside of it."""

    insets = Insets()

    def draw(self, pen: Pen, look: Look, size: QSizeF) -> None:
        """Draw nothing."""

    def spots(self, _look: Look, _size: QSizeF) -> tuple[Spot, ...]:
        """Return nothing to press."""
        return ()


class AndroidTab:
    """An app's tab on Android: close, padlock, host, menu."""

    insets = Insets(top=_BAR)

    def draw(self, pen: Pen, look: Look, size: QSizeF) -> None:
        """Draw the bar."""
        on, middle, width = readable_on(look.dark), _BAR / 2, size.width()
        pen.fill(QRectF(0, 0, width, _BAR), qcolor(look.dark))
        pen.icon("x", 24, middle, 22, on)
        pen.icon("lock", 64, middle, 16, on)
        end = width - 48
        if look.saved:
            pen.icon("key-round", width - 60, middle, 18, on)
            end -= 32
        pen.text(QRectF(82, 0, end - 82, _BAR), look.host, on, size=16)
        pen.icon("ellipsis-vertical", width - 24, middle, 22, on)

    def spots(self, look: Look, size: QSizeF) -> tuple[Spot, ...]:
        """Return the cross and the key."""
        close = leave_spot(square(24, _BAR / 2, 40), "Close the tab: back to the service.")
        return close, *key_spot(look, size.width() - 60, _BAR / 2)


class IosTab:
    """An app's tab on iOS: Done, host, cross; a tool bar at the bottom.

    What leads out of the tab, sharing and the browser, is drawn as not available.
    """

    insets = Insets(top=_BAR, bottom=_TOOLS)

    def draw(self, pen: Pen, look: Look, size: QSizeF) -> None:
        """Draw both bars."""
        width, text = size.width(), colour(tokens.LIGHT.text)
        pen.fill(QRectF(0, 0, width, _BAR), qcolor(look.light))
        pen.text(QRectF(16, 0, 56, _BAR), "Done", colour(_LINK), size=16, bold=True)
        pill = QRectF(72, 9, width - 84, _BAR - 18)
        field = look.light.mix(look.header, 0.22)
        pen.fill(pill, qcolor(field), 9)
        on = readable_on(field)
        pen.text(pill.adjusted(34, 0, -34, 0), look.host, on, middle=True)
        pen.icon("x", width - 28, _BAR / 2, 18, on)
        _draw_tools(pen, look, size, "compass")
        if look.saved:
            pen.icon("key-round", 90, _BAR / 2, 16, text)

    def spots(self, look: Look, size: QSizeF) -> tuple[Spot, ...]:
        """Return Done, the cross and the key."""
        done = leave_spot(QRectF(8, 6, 60, 40), "Done: back to the service.")
        cross = leave_spot(square(size.width() - 28, _BAR / 2, 32), "Close: back to the service.")
        return done, cross, *key_spot(look, 90, _BAR / 2), *_tool_spots(look, size)


class AndroidBrowser:
    """A browser on Android: address, number of tabs, menu."""

    insets = Insets(top=_BAR)

    def draw(self, pen: Pen, look: Look, size: QSizeF) -> None:
        """Draw the bar."""
        colours, width, middle = tokens.colours(), size.width(), _BAR / 2
        text, muted = colour(colours.text), colour(colours.muted)
        pen.fill(QRectF(0, 0, width, _BAR), colour(colours.surface))
        pill = QRectF(12, 8, width - 104, _BAR - 16)
        pen.fill(pill, colour(colours.pressed), pill.height() / 2)
        pen.icon("lock", 32, middle, 14, muted)
        if look.saved:
            pen.icon("key-round", pill.right() - 20, middle, 16, muted)
        end = -36 if look.saved else -12
        pen.text(pill.adjusted(34, 0, end, 0), look.host, text)
        _draw_tabs(pen, look, width - 66, middle, text)
        pen.icon("ellipsis-vertical", width - 24, middle, 22, text)

    def spots(self, look: Look, size: QSizeF) -> tuple[Spot, ...]:
        """Return the tabs, where closing one leads back, and the key."""
        width, middle = size.width(), _BAR / 2
        return *_tabs_spot(look, width - 66, middle), *key_spot(look, width - 112, middle)


class IosBrowser:
    """A browser on iOS: address above, tool bar with the number of tabs below."""

    insets = Insets(top=_BAR, bottom=_TOOLS)

    def draw(self, pen: Pen, look: Look, size: QSizeF) -> None:
        """Draw both bars."""
        colours, width, middle = tokens.colours(), size.width(), _BAR / 2
        text, muted = colour(colours.text), colour(colours.muted)
        pen.fill(QRectF(0, 0, width, _BAR), colour(colours.surface))
        pill = QRectF(12, 8, width - 24, _BAR - 16)
        pen.fill(pill, colour(colours.pressed), 10)
        pen.text(pill.adjusted(44, 0, -44, 0), look.host, text, middle=True)
        pen.icon("refresh-cw", pill.right() - 20, middle, 16, muted)
        pen.icon("key-round" if look.saved else "lock", pill.left() + 20, middle, 15, muted)
        _draw_tools(pen, look, size, "")

    def spots(self, look: Look, size: QSizeF) -> tuple[Spot, ...]:
        """Return the tabs, the way to load again, and the key."""
        width, low = size.width(), size.height() - _TOOLS / 2
        again = reload_spot(width - 32, _BAR / 2)
        tabs, key = _tabs_spot(look, width - 32, low), key_spot(look, 32, _BAR / 2)
        return again, *tabs, *key, *_tool_spots(look, size)


def _draw_tools(pen: Pen, look: Look, size: QSizeF, last: str) -> None:
    """Draw the tool bar of iOS; `last` is its last icon, the number of tabs where it is empty."""
    colours, width = tokens.colours(), size.width()
    top = size.height() - _TOOLS
    pen.fill(QRectF(0, top, width, _TOOLS), colour(colours.surface))
    pen.line(top, width, colour(colours.line))
    accent, off, middle = colour(colours.accent), colour(colours.disabled), top + _TOOLS / 2
    pen.icon("chevron-left", _BACK, middle, 24, accent if look.back else off)
    pen.icon("chevron-right", width * _FORWARD, middle, 24, accent if look.forward else off)
    pen.icon("share", width * 0.64, middle, 20, off)
    if last:
        pen.icon(last, width - 28, middle, 20, off)
    else:
        _draw_tabs(pen, look, width - 32, middle, accent)


def _tool_spots(look: Look, size: QSizeF) -> tuple[Spot, ...]:
    return arrow_spots(look, _BACK, size.width() * _FORWARD, size.height() - _TOOLS / 2)


def _draw_tabs(pen: Pen, look: Look, x: float, y: float, on: QColor) -> None:
    pen.outline(square(x, y, 18), on, 4, 1.75)
    pen.text(square(x, y, 18), str(look.tabs), on, size=SMALL - 2, bold=True, middle=True)


def _tabs_spot(look: Look, x: float, y: float) -> tuple[Spot, ...]:
    if look.tabs == 1:
        return ()
    return (leave_spot(square(x, y, 36), "Close this tab: back to the service."),)
