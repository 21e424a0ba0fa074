"""Which pages are drawn together on one sheet?

Rules kept here: the pages of a batch are of one origin, viewport and scale, and no two of them
mean different files by the same address. A sheet has a bounded area, whatever the sizes.
"""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studio.device.renderer import Viewport
    from studio.device.snapshot import Asset
    from studio.device.tasks import Task

MOST = 14
"""Pages on a sheet: with more, a sheet takes longer than it saves."""

AREA = MOST * 360 * 640
"""Device pixels on a sheet."""

WIDTH = 2560
"""CSS pixels from one side of a sheet to the other, where a page is not wider."""

LONG = 1280
"""CSS pixels: how long a page is taken to be that will be shown whole."""

OPEN = 8
"""Batches that wait for more pages at once; the oldest goes when there are more."""


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What the tasks of one batch have in common."""

    origin: str
    viewport: Viewport
    scale: int
    grows: bool

    @property
    def most(self) -> int:
        """How many pages one sheet takes."""
        height = max(self.viewport.height, LONG) if self.grows else self.viewport.height
        return max(1, min(MOST, AREA // (self.viewport.width * height * self.scale**2)))

    @property
    def columns(self) -> int:
        """How many pages stand beside each other; pages that grow stand in one row."""
        return self.most if self.grows else max(1, min(self.most, WIDTH // self.viewport.width))


@dataclass(kw_only=True)
class Batch:
    """Tasks for one sheet. `files` are all the files their pages are made of."""

    kind: Kind
    tasks: list[Task] = field(default_factory=list)
    files: dict[str, Asset] = field(default_factory=dict)

    def takes(self, task: Task) -> bool:
        """Whether a task of the same kind means the same files by its addresses."""
        assets = task.page.assets.items()
        return all(self.files.get(url, one).digest == one.digest for url, one in assets)

    def add(self, task: Task) -> None:
        """Put a task onto the sheet."""
        self.tasks.append(task)
        self.files.update(task.page.assets)

    @property
    def full(self) -> bool:
        """Whether there is no room for another page."""
        return len(self.tasks) >= self.kind.most


def kind_of(task: Task) -> Kind:
    """Return which tasks can stand beside this one."""
    grows = bool(task.shot and task.shot.grows)
    return Kind(origin=task.page.origin, viewport=task.viewport, scale=task.scale, grows=grows)


def alone(task: Task) -> Batch:
    """Return a batch of one task."""
    batch = Batch(kind=kind_of(task))
    batch.add(task)
    return batch


def batches(tasks: Iterable[Task]) -> Iterator[Batch]:
    """Gather tasks as they come into batches; a batch is given away as soon as it is full."""
    waiting: deque[Batch] = deque()
    for task in tasks:
        batch = _place(waiting, task)
        batch.add(task)
        if batch.full:
            waiting.remove(batch)
            yield batch
        elif len(waiting) > OPEN:
            yield waiting.popleft()
    yield from waiting


def _place(waiting: deque[Batch], task: Task) -> Batch:
    kind = kind_of(task)
    for batch in waiting:
        if batch.kind == kind and batch.takes(task):
            return batch
    waiting.append(Batch(kind=kind))
    return waiting[-1]


def boxes(kind: Kind, heights: list[int], top: int) -> list[tuple[int, int, int, int]]:
    """Return where each page stands: left, top, width and height in CSS pixels.

    `top` is left free above them; a row is as high as its highest page.
    """
    found: list[tuple[int, int, int, int]] = []
    width = kind.viewport.width
    for row in range(math.ceil(len(heights) / kind.columns)):
        here = heights[row * kind.columns : (row + 1) * kind.columns]
        found += [(column * width, top, width, height) for column, height in enumerate(here)]
        top += max(here)
    return found
