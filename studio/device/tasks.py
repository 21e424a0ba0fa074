"""Many pages at once: what is wanted of each, what came of it, and whoever does it.

A `Task` is a page and what is wanted of it, a `Done` what came of it. Whoever does the tasks takes
many and gives their results as they come, in any order; the one who asks counts them to show
progress, and cancels by closing the iterator.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from studio.device.renderer import PHONE, Picture, RenderError, Viewport

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

    from studio.device.snapshot import Snapshot

type Json = bool | int | float | str | list[Json] | dict[str, Json] | None

SCALES = (1, 2, 3)


@dataclass(frozen=True, kw_only=True)
class Shot:
    """What a picture shows: the window, the whole page, or the first element of a selector.

    An element is shown where it stands on the whole page. `compress` makes a smaller file of the
    same pixels, and takes ten times as long.
    """

    full_page: bool = False
    element: str = ""
    compress: bool = False

    @property
    def grows(self) -> bool:
        """Whether the window has to grow to the height of the page."""
        return self.full_page or bool(self.element)


@dataclass(frozen=True, kw_only=True)
class Script:
    """JavaScript that measures a page, in a world of its own that the page cannot see.

    `source` is an expression: a function without parameters, possibly async, whose result can be
    written as JSON. `library` is a script that has to be there first.
    """

    source: str
    library: str = ""


@dataclass(frozen=True, kw_only=True)
class Task:
    """A page and what is wanted of it: a picture, a measurement or both.

    `key` is whatever the one who asks knows it by. `scale` is device pixels to a CSS pixel.
    """

    key: str
    page: Snapshot
    viewport: Viewport = PHONE
    scale: int = 1
    shot: Shot | None = field(default_factory=Shot)
    script: Script | None = None

    def __post_init__(self) -> None:
        if self.scale not in SCALES:
            raise ValueError(f"scale {self.scale}: it is 1, 2 or 3")


@dataclass(frozen=True, kw_only=True)
class Done:
    """What came of a task. Where `error` says something, there is neither picture nor value."""

    key: str
    picture: Picture | None = None
    value: Json = None
    error: str = ""


class BatchRenderer(Protocol):
    """Draws and measures many pages."""

    def render(self, tasks: Iterable[Task]) -> Generator[Done, None, None]:
        """Yield what comes of each task, in any order.

        Tasks are taken from the iterable as they are needed. Closing the iterator cancels the rest.

        Raises:
            RenderError: Nothing can be drawn on this machine.
        """


def shoot(renderer: BatchRenderer, task: Task) -> Picture:
    """Draw one page.

    Raises:
        RenderError: It could not be drawn, or no picture was asked for.
    """
    picture = _only(renderer, task).picture
    if picture is None:
        raise RenderError(f"{task.key}: no picture was asked for")
    return picture


def measure(renderer: BatchRenderer, task: Task) -> Json:
    """Return what the script of one task finds.

    Raises:
        RenderError: The page could not be laid out, or the script failed.
    """
    return _only(renderer, task).value


def _only(renderer: BatchRenderer, task: Task) -> Done:
    (done,) = renderer.render([task])
    if done.error:
        raise RenderError(f"{done.key}: {done.error}")
    return done
