"""Pages laid out and measured: what a check of pages asks for, and what it gets."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypedDict, cast

from studio.device.axe import axe, violations
from studio.device.renderer import RenderError, Viewport
from studio.device.snapshot import Snapshots
from studio.device.tasks import Script, Task
from studio.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.device.device import Device
    from studio.device.renderer import Violation
    from studio.device.tasks import BatchRenderer, Json

WIDTHS = (320, 1280)
"""The smallest phone (WCAG 2.2, 1.4.10) and a desktop, in CSS pixels."""

_WINDOW = Viewport(width=WIDTHS[0], height=800)


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
    own (a number, an address, a client's message). `holder` is the control or box that it has to
    stay in, `cut` what hides everything outside.
    """

    number: int
    parents: list[int]
    input: int
    kind: str
    text: str
    lines: list[Box]
    lang: str
    value: bool
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


class InBatches:
    """A ruler that has many pages laid out at once, each loaded once for all widths."""

    def __init__(self, renderer: BatchRenderer) -> None:
        self._renderer = renderer

    def measure(
        self, pages: Iterable[ShownPage], widths: Iterable[int]
    ) -> Iterator[tuple[ShownPage, int, Layout]]:
        """Yield the layout of each page at each width; pages are taken as they are needed."""
        sizes = tuple(widths)
        for page, value in self._done(pages, at_widths(sizes)):
            for width, layout in zip(sizes, cast("list[Layout]", value), strict=True):
                yield page, width, layout

    def axe(self, pages: Iterable[ShownPage]) -> Iterator[tuple[ShownPage, tuple[Violation, ...]]]:
        """Yield what axe-core finds on each page, at the smallest width."""
        for page, value in self._done(pages, axe()):
            yield page, violations(value)

    def _done(self, pages: Iterable[ShownPage], wanted: Script) -> Iterator[tuple[ShownPage, Json]]:
        asked: dict[str, ShownPage] = {}
        for done in self._renderer.render(_tasks(pages, wanted, asked)):
            page = asked.pop(done.key)
            if done.error:
                raise RenderError(f"{page.screen} in {page.tag}: {done.error}")
            yield page, done.value


def _tasks(
    pages: Iterable[ShownPage], wanted: Script, asked: dict[str, ShownPage]
) -> Iterator[Task]:
    snapshots = Snapshots()
    for page in pages:
        key = f"{page.screen} {page.tag}"
        asked[key] = page
        snapshot = snapshots.open(page.device, page.url)
        yield Task(key=key, page=snapshot, viewport=_WINDOW, shot=None, script=wanted)


def at_widths(widths: Iterable[int]) -> Script:
    """Return the script that gives a page several widths and measures it at each."""
    return Script(source=f"() => ({_script('widths')})({json.dumps(list(widths))}, {script()})")


def script() -> str:
    """Return the script that measures: an expression, a function without parameters."""
    return _script("measure")


def _script(name: str) -> str:
    return (folder("assets") / "scripts" / f"{name}.js").read_text("utf-8")
