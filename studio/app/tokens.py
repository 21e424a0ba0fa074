"""Which colours and sizes does the window use?

The only place with a colour literal or a measure. `theme` makes the palette and the style sheet
from here; a widget that paints asks `colours` for those of the scheme that is worn.
The greys are pure greys, so that a brand's colours are judged against something neutral.
Lengths are device-independent pixels on a 4 px grid.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor, QGuiApplication, QPalette

XS: Final = 4
S: Final = 8
M: Final = 12
L: Final = 16
XL: Final = 24

CONTROL: Final = 28
ROW: Final = 32
BAR: Final = 44
PANEL_MIN: Final = 288
PANEL: Final = 312
PANEL_MAX: Final = 320
LABEL: Final = 80
RADIUS: Final = 6
ICON: Final = 16
TEXT: Final = 13
TITLE: Final = 11

_MIDDLE = 128


@dataclass(frozen=True, kw_only=True)
class Colours:
    """The colours of one scheme, as `#rrggbb` (`shadow` as `#aarrggbb`, Qt's order)."""

    desk: str
    surface: str
    base: str
    raised: str
    line: str
    edge: str
    outline: str
    hover: str
    pressed: str
    text: str
    muted: str
    disabled: str
    accent: str
    on_accent: str
    tint: str
    danger: str
    warning: str
    bezel: str
    shadow: str


LIGHT: Final = Colours(
    desk="#e4e4e4",
    surface="#f7f7f7",
    base="#ffffff",
    raised="#ffffff",
    line="#e0e0e0",
    edge="#c4c4c4",
    outline="#a8a8a8",
    hover="#ebebeb",
    pressed="#dedede",
    text="#1f1f1f",
    muted="#606060",
    disabled="#9a9a9a",
    accent="#2f5fd0",
    on_accent="#ffffff",
    tint="#e3eafb",
    danger="#b3261e",
    warning="#8a5a00",
    bezel="#262626",
    shadow="#2a000000",
)

DARK: Final = Colours(
    desk="#171717",
    surface="#222222",
    base="#2b2b2b",
    raised="#525252",
    line="#333333",
    edge="#4a4a4a",
    outline="#7a7a7a",
    hover="#2e2e2e",
    pressed="#3a3a3a",
    text="#ececec",
    muted="#a6a6a6",
    disabled="#6b6b6b",
    accent="#84a9ff",
    on_accent="#10151f",
    tint="#2a3550",
    danger="#ff8a80",
    warning="#e6b450",
    bezel="#3d3d3d",
    shadow="#70000000",
)


def colours() -> Colours:
    """Return the colours of the scheme the application wears.

    A widget's own palette does not tell: the style sheet's backgrounds stand in it.
    """
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window.lightness() < _MIDDLE else LIGHT


def paint_colour(text: str) -> QColor:
    """Return a colour of this file for a painter."""
    return QColor(text)
