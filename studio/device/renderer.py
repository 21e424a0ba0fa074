"""What draws pages, as those who need pictures see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.device.device import Device

MAX_SIDE = 4096
_SIZE = re.compile(r"(\d{2,5})x(\d{2,5})", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Viewport:
    """The size of a window onto a page, in CSS pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


PHONE = Viewport(width=360, height=640)
DESKTOP = Viewport(width=1280, height=800)
NAMED = {"phone": PHONE, "desktop": DESKTOP}


def parse_viewport(text: str) -> Viewport:
    """Read `phone`, `desktop` or `WIDTHxHEIGHT`.

    Raises:
        ValueError: It is neither, or a side is not from 100 to 4096 pixels.
    """
    if text in NAMED:
        return NAMED[text]
    size = _SIZE.fullmatch(text)
    sides = [int(side) for side in size.groups()] if size else []
    if not sides or not all(100 <= side <= MAX_SIDE for side in sides):  # noqa: PLR2004 - as told
        raise ValueError(
            f"{text!r} is not a viewport: phone, desktop, or WIDTHxHEIGHT of 100 to {MAX_SIDE}"
        )
    return Viewport(width=sides[0], height=sides[1])


@dataclass(frozen=True, kw_only=True)
class Picture:
    """A page as PNG, with its size in pixels."""

    png: bytes
    width: int
    height: int


@dataclass(frozen=True, kw_only=True)
class Violation:
    """A rule of axe-core that a page breaks.

    `rule` is its id ("color-contrast"), `help` what it asks for in a sentence, `elements` a CSS
    selector for each element that breaks it.
    """

    rule: str
    help: str
    elements: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.rule}: {self.help}: {'; '.join(self.elements)}"


class RenderError(RuntimeError):
    """A page could not be drawn."""


class Renderer(Protocol):
    """Draws and measures pages of devices. Each method raises `RenderError` in the same case."""

    def shoot(
        self, device: Device, url: str, viewport: Viewport, *, full_page: bool = False
    ) -> Picture:
        """Draw the page at a device's address; `full_page` grows the height to the content.

        Raises:
            RenderError: The page did not become ready.
        """

    def measure(
        self, device: Device, url: str, viewports: Iterable[Viewport], script: str
    ) -> list[object]:
        """Load the page once and return what a script evaluates to at each size."""

    def axe(self, device: Device, url: str, viewport: Viewport) -> tuple[Violation, ...]:
        """Try the page against axe-core: WCAG 2.2 A and AA, and its best practices."""
