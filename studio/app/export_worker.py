"""Make what is taken away, in a process of its own, so that the window never waits.

The window writes one line of JSON (`Order`) and reads lines of JSON: of each format its files, or
why there are none, and while pages are drawn how many there are by now; at last the findings, where
they are wanted. Whoever ends the process cancels the rest.
"""

from __future__ import annotations

import base64
import json
import logging
import sys
from contextlib import ExitStack
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


def main() -> None:
    """Carry out the order of the first line of standard input."""
    logging.disable(logging.CRITICAL)
    order: Order = json.loads(sys.stdin.buffer.readline())
    hosted = HostedClient(parse(order["text"], order["file"]), _logo(order))
    with ExitStack() as stack:
        for name in order["names"]:
            _say(name=name, **_made(name, hosted, order["text"], stack))
    if order["check"]:
        colour = order["colour"]
        found = ready.findings(
            order["file"],
            order["text"],
            hosted,
            Colour(red=colour[0], green=colour[1], blue=colour[2]) if colour else None,
        )
        _say(findings=[one.as_row() for one in found])


def _made(name: str, hosted: HostedClient, text: str, stack: ExitStack) -> dict[str, object]:
    """Return the files of a format in base64, or why there are none."""
    handover = Handover(hosted=hosted, text=text, renderer=_drawing(name, stack))
    try:
        files = EXPORTERS[name].files(handover)
    except (RenderError, ValueError, OSError) as error:
        return {"error": str(error)}
    return {"files": {path: base64.b64encode(data).decode() for path, data in files.items()}}


def _drawing(name: str, stack: ExitStack) -> Callable[[], BatchRenderer]:
    """Return what starts workers when it is called first; the stack ends them."""
    started: list[BatchRenderer] = []

    def start() -> BatchRenderer:
        if not started:
            started.append(Cached(stack.enter_context(Pool()), Cache()))
        return _Counting(started[0], name)

    return start


class _Counting:
    """Draws with another renderer, and tells how many pages there are by now."""

    def __init__(self, renderer: BatchRenderer, name: str) -> None:
        self._renderer = renderer
        self._name = name

    def render(self, tasks: Iterable[Task]) -> Generator[Done, None, None]:
        """Yield what comes of each task, and tell of it."""
        for count, done in enumerate(self._renderer.render(tasks), 1):
            _say(name=self._name, drawn=count)
            yield done


def _logo(order: Order) -> Logo | None:
    if order["logo"] is None:
        return None
    media_type, data, width, height = order["logo"]
    return Logo(media_type=media_type, data=base64.b64decode(data), width=width, height=height)


def _say(**answer: object) -> None:
    print(json.dumps(answer), flush=True)  # noqa: T201 - the window reads it


if __name__ == "__main__":
    main()
