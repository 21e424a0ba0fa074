"""Pages laid out and measured: what a check of pages asks for, and what it gets."""

from __future__ import annotations

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


class InBatches:
    """A ruler that has many pages laid out at once."""

    def __init__(self, renderer: BatchRenderer) -> None:
        self._renderer = renderer

    def measure(
        self, pages: Iterable[ShownPage], widths: Iterable[int]
    ) -> Iterator[tuple[ShownPage, int, Layout]]:
        """Yield the layout of each page at each width."""
        for page, width, value in self._done(pages, widths, Script(source=script())):
            yield page, width, cast("Layout", value)

    def axe(self, pages: Iterable[ShownPage]) -> Iterator[tuple[ShownPage, tuple[Violation, ...]]]:
        """Yield what axe-core finds on each page, at the smallest width."""
        for page, _width, value in self._done(pages, WIDTHS[:1], axe()):
            yield page, violations(value)

    def _done(
        self, pages: Iterable[ShownPage], widths: Iterable[int], wanted: Script
    ) -> Iterator[tuple[ShownPage, int, Json]]:
        asked: dict[str, tuple[ShownPage, int]] = {}
        for done in self._renderer.render(_tasks(pages, widths, wanted, asked)):
            page, width = asked.pop(done.key)
            if done.error:
                raise RenderError(f"{page.screen} in {page.tag}: {done.error}")
            yield page, width, done.value


def _tasks(
    pages: Iterable[ShownPage],
    widths: Iterable[int],
    wanted: Script,
    asked: dict[str, tuple[ShownPage, int]],
) -> Iterator[Task]:
    """Yield a task for each page at each width, the widths apart: a sheet has one."""
    snapshots, every = Snapshots(), list(pages)
    taken = [snapshots.open(page.device, page.url) for page in every]
    for width in widths:
        for page, snapshot in zip(every, taken, strict=True):
            key = f"{page.screen} {page.tag} {width}"
            asked[key] = page, width
            size = Viewport(width=width, height=_HEIGHT)
            yield Task(key=key, page=snapshot, viewport=size, shot=None, script=wanted)


def script() -> str:
    """Return the script that measures: an expression, a function without parameters."""
    return (folder("assets") / "scripts" / "measure.js").read_text("utf-8")
