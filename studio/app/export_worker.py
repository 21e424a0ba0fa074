"""Make what is taken away, in a process of its own, so that the window never waits.

The process lasts, so that catalogues, fonts and templates are read once. It reads lines of JSON
(`Asked`) and writes lines of JSON: of each format its files, or why there are none, and while pages
are drawn how many there are by now; then the findings, where they are wanted; at last that the
order has ended. Of orders that wait only the newest is carried out. It ends at once when its input
does, as it does when the window is no more; the workers that draw then end too.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import sys
from contextlib import ExitStack, suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TYPE_CHECKING, TypedDict

from studio.checks import handover as ready
from studio.client.file import parse
from studio.client.logo import Logo
from studio.client.srgb import Colour
from studio.device.renderer import RenderError
from studio.exporters import EXPORTERS, Handover
from studio.pages.hosting import HostedClient
from studio.web.cache import Cache, Cached
from studio.web.pool import Pool

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable

    from studio.device.tasks import BatchRenderer, Done, Task


class Order(TypedDict):
    """What is wanted: formats by name, and whether to look if the client is ready.

    `logo` is its media type, its bytes in base64, width and height; `colour` its average colour.
    """

    file: str
    text: str
    logo: tuple[str, str, int, int] | None
    colour: tuple[float, float, float] | None
    names: list[str]
    check: bool


class Asked(TypedDict):
    """An order as it is sent, with the number that every answer to it has."""

    number: int
    order: Order


def main() -> None:
    """Carry out orders until the input ends."""
    logging.disable(logging.CRITICAL)
    asked: SimpleQueue[Asked] = SimpleQueue()
    Thread(target=_listen, args=(asked,), daemon=True).start()
    while True:
        newest = _newest(asked)
        _Making(newest["number"]).carry_out(newest["order"])


def _listen(asked: SimpleQueue[Asked]) -> None:
    """Take orders; without anybody to give them there is nothing to end in order."""
    for line in sys.stdin.buffer:
        asked.put(json.loads(line))
    os._exit(0)


def _newest(asked: SimpleQueue[Asked]) -> Asked:
    """Wait for an order, and pass over those that a newer one is in place of."""
    newest = asked.get()
    with suppress(Empty):
        while True:
            newest = asked.get_nowait()
    return newest


class _Making:
    """Carries out one order."""

    def __init__(self, number: int) -> None:
        self._number = number

    def carry_out(self, order: Order) -> None:
        """Make the formats, then look at the client, and tell of each."""
        try:
            hosted = HostedClient(parse(order["text"], order["file"]), _logo(order))
        except ValueError as error:
            self._say(ended=str(error).partition("\n")[0])
            return
        with ExitStack() as stack:
            for name in order["names"]:
                self._say(name=name, **self._made(name, hosted, order["text"], stack))
        if order["check"]:
            found = ready.findings(order["file"], order["text"], hosted, _colour(order))
            self._say(findings=[one.as_row() for one in found])
        self._say(ended="")

    def _made(
        self, name: str, hosted: HostedClient, text: str, stack: ExitStack
    ) -> dict[str, object]:
        """Return the files of a format in base64, or why there are none."""
        handover = Handover(hosted=hosted, text=text, renderer=self._drawing(name, stack))
        try:
            files = EXPORTERS[name].files(handover)
        except (RenderError, ValueError, OSError) as error:
            return {"error": str(error)}
        return {"files": {path: base64.b64encode(data).decode() for path, data in files.items()}}

    def _drawing(self, name: str, stack: ExitStack) -> Callable[[], BatchRenderer]:
        """Return what starts workers when it is called first; the stack ends them."""
        started: list[BatchRenderer] = []

        def start() -> BatchRenderer:
            if not started:
                started.append(Cached(stack.enter_context(Pool()), Cache()))
            return _Counting(started[0], lambda count: self._say(name=name, drawn=count))

        return start

    def _say(self, **answer: object) -> None:
        # The window reads it.
        print(json.dumps({"number": self._number, **answer}), flush=True)  # noqa: T201


class _Counting:
    """Draws with another renderer, and tells how many pages there are by now."""

    def __init__(self, renderer: BatchRenderer, tell: Callable[[int], None]) -> None:
        self._renderer = renderer
        self._tell = tell

    def render(self, tasks: Iterable[Task]) -> Generator[Done, None, None]:
        """Yield what comes of each task, and tell of it."""
        for count, done in enumerate(self._renderer.render(tasks), 1):
            self._tell(count)
            yield done


def _logo(order: Order) -> Logo | None:
    if order["logo"] is None:
        return None
    media_type, data, width, height = order["logo"]
    return Logo(media_type=media_type, data=base64.b64decode(data), width=width, height=height)


def _colour(order: Order) -> Colour | None:
    if order["colour"] is None:
        return None
    red, green, blue = order["colour"]
    return Colour(red=red, green=green, blue=blue)


if __name__ == "__main__":
    main()
