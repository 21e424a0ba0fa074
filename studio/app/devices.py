"""On which device is the page shown, and how large is it drawn?"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Final


@dataclass(frozen=True, kw_only=True)
class Device:
    """A viewport with the browser around it; all lengths are CSS pixels.

    Attributes:
        id: Stable name.
        title: What the chooser shows.
        width: The viewport's width.
        height: The viewport's height.
        bar: Height of the browser's bar above the viewport.
        bezel: Width of the device's edge around both.
        radius: Of the screen's corners.
        in_app: Whether the bar is an app's tab, in the brand's colour.
    """

    id: str
    title: str
    width: int
    height: int
    bar: int
    bezel: int
    radius: int
    in_app: bool

    @property
    def outer_width(self) -> int:
        """The width with the edge."""
        return self.width + 2 * self.bezel

    @property
    def outer_height(self) -> int:
        """The height with bar and edge."""
        return self.height + self.bar + 2 * self.bezel

    @property
    def summary(self) -> str:
        """Title and viewport."""
        return f"{self.title}  {self.width} × {self.height}"


PHONE: Final = Device(
    id="phone", title="Phone", width=360, height=640, bar=52, bezel=8, radius=14, in_app=True
)
DESKTOP: Final = Device(
    id="desktop", title="Desktop", width=1280, height=800, bar=48, bezel=2, radius=8, in_app=False
)
DEVICES: Final = (PHONE, DESKTOP)

ZOOMS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)

_STEP = 40
_SMALLEST = 0.25
_ROOMY = 1.25


def fit(device: Device, width: int, height: int) -> float:
    """Return the zoom at which a whole device fits into a room.

    In steps of 2.5 %, so that the viewport is a whole number of pixels and the page lays out as
    at 100 %. Not above 100 %, except at 125 % where there is room for it.
    """
    exact = min(width / device.outer_width, height / device.outer_height)
    zoom = floor(exact * _STEP) / _STEP
    if zoom < _ROOMY:
        return max(min(zoom, 1.0), _SMALLEST)
    return _ROOMY


def nearest_zoom(zoom: float, direction: int) -> float:
    """Return the next zoom up (1) or down (-1), the same at the end of the list."""
    if direction > 0:
        return next((each for each in ZOOMS if each > zoom), ZOOMS[-1])
    return next((each for each in reversed(ZOOMS) if each < zoom), ZOOMS[0])


def percentage(zoom: float) -> str:
    """Return a zoom as people read it, without decimals: what fits is in steps of 2.5 %."""
    return f"{int(zoom * 100)} %"
