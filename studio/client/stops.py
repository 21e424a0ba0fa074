"""Where do the colours of a gradient stand, in numbers? For whoever draws one without CSS."""

from __future__ import annotations

import math
from itertools import accumulate
from typing import TYPE_CHECKING

from studio.client.gradient import Stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.client.gradient import Gradient, Linear


def positions(gradient: Gradient, length: float) -> list[float]:
    """Return where the colours stand, as shares of a gradient line (CSS Images 3, 3.4.3).

    A colour never stands before the one that it follows; one without a place stands evenly between
    those around it. Shares may be below 0 and above 1.

    Args:
        gradient: Its hints are left out: they bend the way from one colour to the next.
        length: The gradient line's length in pixels.
    """
    places = [_share(each, length) for each in gradient.stops if isinstance(each, Stop)]
    places[0] = 0.0 if places[0] is None else places[0]
    places[-1] = 1.0 if places[-1] is None else places[-1]
    known = [(index, place) for index, place in enumerate(places) if place is not None]
    highest = accumulate((place for _index, place in known), max)
    return list(_filled([(index, place) for (index, _), place in zip(known, highest, strict=True)]))


def line(shape: Linear, width: float, height: float) -> float:
    """Return how long the line of a linear gradient is in a box (CSS Images 3, 3.1)."""
    if isinstance(shape.direction, str):
        return 2 * width * height / math.hypot(width, height)
    turn = math.radians(shape.direction)
    return abs(width * math.sin(turn)) + abs(height * math.cos(turn))


def _share(stop: Stop, length: float) -> float | None:
    if stop.position is None:
        return None
    unit = 100.0 if stop.position.unit == "%" else max(length, 1.0)
    return stop.position.value / unit


def _filled(known: Sequence[tuple[int, float]]) -> Iterator[float]:
    """Yield a place for each index from the first that is known to the last."""
    index, place = known[0]
    yield place
    for after, end in known[1:]:
        steps = after - index
        yield from (place + (end - place) * step / steps for step in range(1, steps + 1))
        index, place = after, end
