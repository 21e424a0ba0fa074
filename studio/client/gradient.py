"""What is a CSS gradient? Parsed values and their only spelling (CSS Images Level 3, section 3)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from studio.client.hints import did_you_mean, quoted
from studio.client.srgb import WHITE, Colour, colour_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tinycss2.ast import FunctionBlock, Node

GRADIENTS = ("linear-gradient", "radial-gradient")
_SIDES = {"top": 0.0, "right": 90.0, "bottom": 180.0, "left": 270.0}
_SIZES = ("closest-side", "farthest-side", "closest-corner", "farthest-corner")
_DEGREES = {"deg": 1.0, "grad": 0.9, "rad": 180 / math.pi, "turn": 360.0}
_SMALLEST_NUMBER_OF_STOPS = 2


@dataclass(frozen=True, kw_only=True)
class Length:
    """A distance in CSS pixels or in per cent of the gradient's own size."""

    value: float
    unit: str

    def css(self) -> str:
        """Return the CSS value."""
        return _number(self.value) + self.unit


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A colour, and where it stands; None leaves the place to the browser."""

    colour: Colour
    position: Length | None = None

    def css(self) -> str:
        """Return the CSS value."""
        place = "" if self.position is None else " " + self.position.css()
        return self.colour.hex() + place


@dataclass(frozen=True, kw_only=True)
class Hint:
    """Where the middle between two stops lies."""

    position: Length

    def css(self) -> str:
        """Return the CSS value."""
        return self.position.css()


@dataclass(frozen=True, kw_only=True)
class Linear:
    """The direction: an angle in degrees, clockwise from the top, or a corner (`right bottom`)."""

    direction: float | str = 180.0

    name = "linear-gradient"

    def css(self) -> str:
        """Return the CSS value."""
        if isinstance(self.direction, str):
            return f"to {self.direction}"
        return f"{_number(self.direction)}deg"


@dataclass(frozen=True, kw_only=True)
class Offset:
    """A distance from one edge of the box."""

    edge: str
    distance: Length

    def css(self) -> str:
        """Return the CSS value."""
        return f"{self.edge} {self.distance.css()}"


@dataclass(frozen=True, kw_only=True)
class Radial:
    """Shape, size (a keyword, a radius or two) and the place of the middle."""

    circle: bool
    size: str | tuple[Length, ...]
    middle: tuple[Offset, Offset]

    name = "radial-gradient"

    def css(self) -> str:
        """Return the CSS value."""
        shape = "circle" if self.circle else "ellipse"
        size = self.size if isinstance(self.size, str) else " ".join(x.css() for x in self.size)
        return f"{shape} {size} at {self.middle[0].css()} {self.middle[1].css()}"


@dataclass(frozen=True, kw_only=True)
class Gradient:
    """A linear or radial gradient of two stops or more."""

    shape: Linear | Radial
    stops: tuple[Stop | Hint, ...]

    def css(self) -> str:
        """Return the CSS value, in its only spelling."""
        parts = (self.shape.css(), *(stop.css() for stop in self.stops))
        return f"{self.shape.name}({', '.join(parts)})"

    def colours(self) -> tuple[Colour, ...]:
        """Return the stops as they are seen on white."""
        return tuple(stop.colour.over(WHITE) for stop in self.stops if isinstance(stop, Stop))

    def main(self) -> Colour:
        """Return the one opaque colour that stands for this paint: the average of its stops."""
        colours = self.colours()
        return Colour(
            red=sum(colour.red for colour in colours) / len(colours),
            green=sum(colour.green for colour in colours) / len(colours),
            blue=sum(colour.blue for colour in colours) / len(colours),
        )


def parse_gradient(function: FunctionBlock) -> Gradient:
    """Read the function `linear-gradient()` or `radial-gradient()`.

    Raises:
        ValueError: One sentence says which part is wrong.
    """
    parts = _split(function.arguments)
    if not all(parts):
        raise ValueError("a gradient has nothing between two commas")
    read = _linear if function.lower_name == "linear-gradient" else _radial
    shape = read(parts[0])
    stops = parts if shape is None else parts[1:]
    return Gradient(shape=shape or _default(function.lower_name), stops=_stops(stops))


def _default(name: str) -> Linear | Radial:
    if name == "linear-gradient":
        return Linear()
    return Radial(circle=False, size="farthest-corner", middle=_middle([]))


def _split(tokens: Iterable[Node]) -> list[list[Node]]:
    """Return what stands between the commas, without white space."""
    parts: list[list[Node]] = [[]]
    for token in tokens:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        elif token.type not in {"whitespace", "comment"}:
            parts[-1].append(token)
    return parts


def _number(value: float) -> str:
    """Return a number without exponent, sign of zero or trailing zeros."""
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _rounded(value: float) -> float:
    if not math.isfinite(value) or abs(value) > 1_000_000:  # noqa: PLR2004  far beyond any screen
        raise ValueError("a number in the gradient is too large")
    return round(value, 4) + 0.0


def _length(token: Node) -> Length | None:
    """Return a distance, or None for any other token."""
    if token.type == "percentage":
        return Length(value=_rounded(token.value), unit="%")
    if token.type == "dimension" and token.lower_unit == "px":
        return Length(value=_rounded(token.value), unit="px")
    if token.type == "number" and token.value == 0:
        return Length(value=0.0, unit="px")
    return None


def _must_be_length(token: Node) -> Length:
    length = _length(token)
    if length is None:
        raise ValueError(f"{quoted(token.serialize())} is not a place in per cent or px")
    return length


def _stops(parts: Sequence[list[Node]]) -> tuple[Stop | Hint, ...]:
    stops: list[Stop | Hint] = []
    for part in parts:
        stops += _stop(part)
    if sum(isinstance(stop, Stop) for stop in stops) < _SMALLEST_NUMBER_OF_STOPS:
        raise ValueError("a gradient needs two colours or more")
    beside = [True, *(isinstance(stop, Hint) for stop in stops), True]
    if any(first and second for first, second in pairwise(beside)):
        raise ValueError("a place without a colour stands between two colours of a gradient")
    return tuple(stops)


def _stop(tokens: list[Node]) -> list[Stop | Hint]:
    """Return one stop, two for a colour with two places, or a hint."""
    if len(tokens) == 1 and (hint := _length(tokens[0])) is not None:
        return [Hint(position=hint)]
    if _length(tokens[0]) is not None:
        tokens = [tokens[-1], *tokens[:-1]]
    if len(tokens) > 3:  # noqa: PLR2004  a colour and two places
        raise ValueError(f"{quoted(_text(tokens))} is more than a colour and two places")
    colour = colour_of(tokens[0])
    places = [_must_be_length(token) for token in tokens[1:]]
    if not places:
        return [Stop(colour=colour)]
    return [Stop(colour=colour, position=place) for place in places]


def _text(tokens: Iterable[Node]) -> str:
    return " ".join(token.serialize() for token in tokens)


def _linear(tokens: list[Node]) -> Linear | None:
    """Return the direction, or None when the first part is a stop."""
    first = tokens[0]
    if first.type == "ident" and first.lower_value == "to":
        return _toward(tokens)
    if first.type == "ident" and first.lower_value == "in":
        raise ValueError('a colour space ("in ...") in a gradient is not supported; leave it out')
    if len(tokens) == 1 and first.type == "dimension" and first.lower_unit in _DEGREES:
        return Linear(direction=_rounded(first.value * _DEGREES[first.lower_unit] % 360) % 360)
    if len(tokens) == 1 and first.type == "number":
        if first.value == 0:
            return Linear(direction=0.0)
        text = first.serialize()
        raise ValueError(f'{quoted(text)} is not a direction; did you mean "{text}deg"?')
    return None


def _toward(tokens: list[Node]) -> Linear:
    sides = [token.lower_value if token.type == "ident" else "" for token in tokens[1:]]
    if len(sides) == 1 and sides[0] in _SIDES:
        return Linear(direction=_SIDES[sides[0]])
    across = [side for side in sides if side in {"left", "right"}]
    along = [side for side in sides if side in {"top", "bottom"}]
    if len(sides) == len(across) + len(along) and len(across) == len(along) == 1:
        return Linear(direction=f"{across[0]} {along[0]}")
    raise ValueError(
        f"{quoted(_text(tokens))} is not a direction; write for example "
        '"to right", "to bottom right" or "100deg"'
    )


def _radial(tokens: list[Node]) -> Radial | None:
    """Return shape, size and middle, or None when the first part is a stop."""
    words = [token.lower_value if token.type == "ident" else None for token in tokens]
    if "in" in words:
        raise ValueError('a colour space ("in ...") in a gradient is not supported; leave it out')
    at = words.index("at") if "at" in words else len(words)
    if not _looks_radial(tokens, words):
        return None
    circle, size = _shape_and_size(tokens[:at])
    if at == len(words) - 1:
        raise ValueError('"at" is followed by a place, for example "at 30% 40%"')
    return Radial(circle=circle, size=size, middle=_middle(tokens[at + 1 :]))


def _looks_radial(tokens: list[Node], words: list[str | None]) -> bool:
    known = {"circle", "ellipse", "at", *_SIZES}
    return not known.isdisjoint(words) or all(_length(token) is not None for token in tokens)


def _shape_and_size(tokens: list[Node]) -> tuple[bool, str | tuple[Length, ...]]:
    words = [token.lower_value for token in tokens if token.type == "ident"]
    shapes = [word for word in words if word in {"circle", "ellipse"}]
    sizes = [word for word in words if word in _SIZES]
    strange = next((word for word in words if word not in {*shapes, *sizes}), None)
    if strange is not None:
        options = ("circle", "ellipse", "at", *_SIZES)
        raise ValueError(
            f"{quoted(strange)} is not a shape or size{did_you_mean(strange, options)}"
        )
    radii = tuple(_must_be_length(token) for token in tokens if token.type != "ident")
    if len(shapes) > 1 or len(sizes) > 1 or (sizes and radii):
        raise ValueError(f"{quoted(_text(tokens))} names more than one shape or size")
    circle = shapes == ["circle"] or (not shapes and len(radii) == 1)
    _check_radii(radii, circle=circle)
    return circle, radii or (sizes[0] if sizes else "farthest-corner")


def _check_radii(radii: tuple[Length, ...], *, circle: bool) -> None:
    if any(radius.value < 0 for radius in radii):
        raise ValueError("a radius is not negative")
    if circle and radii and (len(radii) != 1 or radii[0].unit != "px"):
        raise ValueError("a circle has one radius, in px")
    if not circle and radii and len(radii) != 2:  # noqa: PLR2004  across and along
        raise ValueError("an ellipse has two radii, in px or per cent")


def _middle(tokens: list[Node]) -> tuple[Offset, Offset]:
    """Read a CSS `<position>` of one, two or four values (CSS Values Level 4, section 9.3)."""
    if len(tokens) == 4:  # noqa: PLR2004  two edges, each with a distance
        pairs = [_from_edge(tokens[0], tokens[1]), _from_edge(tokens[2], tokens[3])]
    elif len(tokens) <= 2:  # noqa: PLR2004  across and along
        pairs = _short_middle(tokens)
    else:
        raise ValueError(f"{quoted(_text(tokens))} is not a place of one, two or four values")
    pairs.sort(key=lambda offset: offset.edge in {"top", "bottom"})
    if [pair.edge in {"top", "bottom"} for pair in pairs] != [False, True]:
        raise ValueError(f"{quoted(_text(tokens))} does not name a place across and one along")
    return pairs[0], pairs[1]


def _short_middle(tokens: list[Node]) -> list[Offset]:
    half = Length(value=50.0, unit="%")
    across: list[Offset | None] = []
    for token, edge in zip(tokens, ("left", "top"), strict=False):
        word = token.lower_value if token.type == "ident" else None
        if word in _SIDES:
            across.append(_normal(word, Length(value=0.0, unit="%")))
        elif word == "center":
            across.append(None)
        else:
            across.append(Offset(edge=edge, distance=_must_be_length(token)))
    named = [offset for offset in across if offset is not None]
    taken = {offset.edge for offset in named}
    free = [edge for edge in ("left", "top") if edge not in taken]
    missing = 2 - len(named)
    return [*named, *(Offset(edge=edge, distance=half) for edge in free[:missing])]


def _from_edge(edge: Node, distance: Node) -> Offset:
    if edge.type != "ident" or edge.lower_value not in _SIDES:
        raise ValueError(f"{quoted(edge.serialize())} is not an edge: left, right, top or bottom")
    return _normal(edge.lower_value, _must_be_length(distance))


def _normal(edge: str, distance: Length) -> Offset:
    """Measure per cent from the left and the top, so that equal places are spelt equally."""
    if edge in {"left", "top"} or distance.unit != "%":
        return Offset(edge=edge, distance=distance)
    near = "left" if edge == "right" else "top"
    return Offset(edge=near, distance=Length(value=_rounded(100 - distance.value), unit="%"))
