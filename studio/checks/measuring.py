"""Pages laid out and measured: what a check of pages asks for, and what it gets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypedDict, cast

from studio.device.renderer import Viewport
from studio.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.device.device import Device
    from studio.device.renderer import Renderer, Violation

WIDTHS = (320, 1280)
"""The smallest phone (WCAG 2.2, 1.4.10) and a desktop, in CSS pixels."""

_HEIGHT = 800


class Box(TypedDict):
    """A rectangle on the page, in CSS pixels from its corner."""

    left: float
    top: float
    right: float
    bottom: float


class Thing(TypedDict):
    """Text, or a box that is drawn.

    `kind` is button, link, label, text or box; `parents` are the numbers of the elements around
    it, `input` that of the field it stands in (-1: none). `value` is whether the text is somebody's
    own (a number, an address, a client's message), `sentence` whether it is a link in a sentence.
    `holder` is the control or box that it has to stay in, `cut` what hides everything outside.
    """

    number: int
    parents: list[int]
    input: int
    kind: str
    text: str
    lines: list[Box]
    lang: str
    value: bool
    sentence: bool
    holder: Box | None
    cut: Box | None


class Input(TypedDict):
    """What a field shows, how wide that is, and what room it has."""

    text: str
    wide: float
    room: float


class Attribute(TypedDict):
    """A text that is told and not seen, such as the name of a button with a picture."""

    text: str
    lang: str


class Layout(TypedDict):
    """What `assets/scripts/measure.js` returns."""

    lang: str
    window: float
    content: float
    title: str
    things: list[Thing]
    inputs: list[Input]
    attributes: list[Attribute]


@dataclass(frozen=True, kw_only=True)
class ShownPage:
    """A page that a device shows: a screen in a state, in a language."""

    screen: str
    tag: str
    device: Device
    url: str


class Ruler(Protocol):
    """Lays out pages and tells what is where; many at once, in any order."""

    def measure(
        self, pages: Iterable[ShownPage], widths: Iterable[int]
    ) -> Iterator[tuple[ShownPage, int, Layout]]:
        """Yield the layout of each page at each width.

        Raises:
            RenderError: A page could not be laid out.
        """

    def axe(self, pages: Iterable[ShownPage]) -> Iterator[tuple[ShownPage, tuple[Violation, ...]]]:
        """Yield what axe-core finds on each page.

        Raises:
            RenderError: A page could not be laid out.
        """


class OneByOne:
    """A ruler that has a `Renderer` lay out one page after the other."""

    def __init__(self, renderer: Renderer) -> None:
        self._renderer = renderer

    def measure(
        self, pages: Iterable[ShownPage], widths: Iterable[int]
    ) -> Iterator[tuple[ShownPage, int, Layout]]:
        """Yield the layout of each page at each width."""
        sizes = [Viewport(width=width, height=_HEIGHT) for width in widths]
        call = f"JSON.stringify(({script().strip().rstrip(';')})())"
        for page in pages:
            answers = self._renderer.measure(page.device, page.url, sizes, call)
            for size, answer in zip(sizes, answers, strict=True):
                yield page, size.width, cast("Layout", json.loads(str(answer)))

    def axe(self, pages: Iterable[ShownPage]) -> Iterator[tuple[ShownPage, tuple[Violation, ...]]]:
        """Yield what axe-core finds on each page, at the smallest width."""
        size = Viewport(width=WIDTHS[0], height=_HEIGHT)
        for page in pages:
            yield page, self._renderer.axe(page.device, page.url, size)


def script() -> str:
    """Return the script that measures: an expression, a function without parameters."""
    return (folder("assets") / "scripts" / "measure.js").read_text("utf-8")
