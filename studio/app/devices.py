"""On which device is the page shown, and how large is it drawn?"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import floor
from typing import TYPE_CHECKING, Final, assert_never

from studio.client.choices import Browser
from studio.device.network import Presentation, is_phone
from studio.engine.detection import Platform

if TYPE_CHECKING:
    from PySide6.QtCore import QSize

    from studio.device.network import Connection


@dataclass(frozen=True, kw_only=True)
class Device:
    """A screen that pages are shown on; all lengths are CSS pixels.

    Attributes:
        id: Stable name.
        title: What the chooser shows.
        width: The viewport's width.
        height: The viewport's height.
        bezel: Width of the device's edge around the viewport and what the browser has beside it.
        radius: Of the screen's corners.
        browsers: What can be around the page: a phone's browsers, a computer's, or its pop-up.
    """

    id: str
    title: str
    width: int
    height: int
    bezel: int
    radius: int
    browsers: Browsers

    @property
    def summary(self) -> str:
        """Title and viewport."""
        return f"{self.title}  {self.width} × {self.height}"


class Browsers(StrEnum):
    """The kinds of browsers that pages are shown in."""

    PHONE = "phone"
    DESKTOP = "desktop"
    POP_UP = "pop-up"


PHONE: Final = Device(
    id="phone",
    title="Phone",
    width=360,
    height=640,
    bezel=8,
    radius=14,
    browsers=Browsers.PHONE,
)
SMALL_PHONE: Final = Device(
    id="small-phone",
    title="Small phone",
    width=320,
    height=560,
    bezel=8,
    radius=14,
    browsers=Browsers.PHONE,
)
DESKTOP: Final = Device(
    id="desktop",
    title="Desktop",
    width=1280,
    height=800,
    bezel=2,
    radius=8,
    browsers=Browsers.DESKTOP,
)
POP_UP: Final = Device(
    id="pop-up",
    title="Pop-up",
    width=480,
    height=640,
    bezel=2,
    radius=8,
    browsers=Browsers.POP_UP,
)
DEVICES: Final = (PHONE, SMALL_PHONE, DESKTOP, POP_UP)


def browsers_of(connection: Connection) -> Browsers:
    """Return what kind of browser a connection has."""
    if is_phone(connection.platform):
        return Browsers.PHONE
    pop_up = connection.presentation is Presentation.POP_UP
    return Browsers.POP_UP if pop_up else Browsers.DESKTOP


def on_device(connection: Connection, device: Device) -> Connection:
    """Return a connection with its pages on a device: the same one where the device fits."""
    if device.browsers is browsers_of(connection):
        return connection
    match device.browsers:
        case Browsers.PHONE:
            return connection.showing_in(Platform.ANDROID, Browser.IN_APP_TAB)
        case Browsers.DESKTOP:
            return connection.showing_in(Platform.OTHER, Browser.SAME_TAB)
        case Browsers.POP_UP:
            return connection.showing_in(Platform.OTHER, Browser.POP_UP)
    assert_never(device.browsers)


ZOOMS: Final = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)

_STEP = 40
_SMALLEST = 0.25
_ROOMY = 1.25


def fit(whole: QSize, width: int, height: int) -> float:
    """Return the zoom at which a device, `whole` with its edge, fits into a room.

    In steps of 2.5 %, so that the viewport is a whole number of pixels and the page lays out as
    at 100 %. Not above 100 %, except at 125 % where there is room for it.
    """
    exact = min(width / whole.width(), height / whole.height())
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
