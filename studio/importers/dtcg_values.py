"""What does the value of a colour or gradient token look like in CSS?

Of the new form a colour is `{colorSpace, components, alpha, hex}` (Color Module 2025.10, 4), of the
older one text. The value is written as CSS and read by `parse_paint`, which checks it.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from studio.client.colour import Gradient, Solid, parse_paint
from studio.client.hints import choice, quoted
from studio.importers.dtcg_tokens import alias

if TYPE_CHECKING:
    from studio.client.colour import Colour, Paint
    from studio.importers.dtcg_tokens import Json, Token, Tokens

_OWN_FUNCTION = {"lab", "lch", "oklab", "oklch"}
_PER_CENT = {"hsl", "hwb"}
_SPACES = (
    "srgb", "srgb-linear", "hsl", "hwb", "lab", "lch", "oklab", "oklch", "display-p3", "a98-rgb",
    "prophoto-rgb", "rec2020", "xyz-d65", "xyz-d50",
)  # fmt: skip
_COMPONENTS = 3
_MOST_STOPS = 100


class TokenValueError(ValueError):
    """A token's value cannot be read; the message follows the token's place."""


def paint_of(token: Token, tokens: Tokens) -> Paint:
    """Return the paint of a token whose type is `color` or `gradient`.

    Raises:
        TokenValueError: The value is not one.
    """
    if token.missing:
        raise TokenValueError(f"{quoted(token.missing)} names no token of this file")
    if isinstance(token.value, str):
        return _from_css(token.value)
    if token.type == "color":
        return Solid(colour=_colour(token.value, tokens))
    return _gradient(token.value, tokens)


def _from_css(text: str) -> Paint:
    try:
        return parse_paint(text)
    except ValueError as error:
        raise TokenValueError(f"$value: {error}") from None


def _gradient(value: Json, tokens: Tokens) -> Paint:
    if not isinstance(value, list):
        raise TokenValueError("$value: a gradient is a list of colours with positions")
    if len(value) > _MOST_STOPS:
        raise TokenValueError(
            f"$value: has {len(value):,} stops; at most {_MOST_STOPS} are allowed"
        )
    stops = [_stop(stop, at, tokens) for at, stop in enumerate(value)]
    # Tokens have no direction; a header is wide, so the colours go along it.
    return _from_css(f"linear-gradient(90deg, {', '.join(stops)})")


def _stop(stop: Json, at: int, tokens: Tokens) -> str:
    if not isinstance(stop, dict) or "color" not in stop:
        raise TokenValueError(f'$value/{at}: a stop is an object with "color" and "position"')
    colour = _colour(stop["color"], tokens)
    position = stop.get("position")
    if position is None:
        return colour.hex()
    if alias(position) is not None:
        position = _target(position, tokens).value
    share = min(1.0, max(0.0, _number(position, f"$value/{at}/position")))
    return f"{colour.hex()} {share * 100:.4f}%"


def _colour(value: Json, tokens: Tokens) -> Colour:
    if alias(value) is not None:
        value = _target(value, tokens).value
    css = value if isinstance(value, str) else _css(value)
    paint = _from_css(css)
    if isinstance(paint, Gradient):
        raise TokenValueError(f"$value: {quoted(css)} is not a colour")
    return paint.colour


def _target(value: Json, tokens: Tokens) -> Token:
    path = alias(value)
    found = tokens.find(path) if path else None
    if found is None:
        raise TokenValueError(f"$value: {quoted(value)} names no token of this file")
    return tokens.resolved(found)


def _css(value: Json) -> str:
    """Return a colour of the new form as CSS has it (CSS Color 4, section 4)."""
    if not isinstance(value, dict):
        raise TokenValueError('$value: a colour is "#rrggbb" or has a colorSpace and components')
    space, parts = value.get("colorSpace"), value.get("components")
    if space not in _SPACES:
        raise TokenValueError(f"$value/colorSpace: {choice(str(space), _SPACES)}")
    if not isinstance(parts, list) or len(parts) != _COMPONENTS:
        raise TokenValueError(f"$value/components: has to be a list of {_COMPONENTS} numbers")
    numbers = [_component(part, at) for at, part in enumerate(parts)]
    alpha = _number(value.get("alpha", 1), "$value/alpha")
    return _function(str(space), numbers, alpha)


def _function(space: str, numbers: list[str], alpha: float) -> str:
    if space in _PER_CENT:
        numbers = [numbers[0], *(f"{each}%" if each != "none" else each for each in numbers[1:])]
    inside = " ".join(numbers) + f" / {min(1.0, max(0.0, alpha)):.4f}"
    if space in _OWN_FUNCTION | _PER_CENT:
        return f"{space}({inside})"
    return f"color({space} {inside})"


def _component(part: Json, at: int) -> str:
    return "none" if part == "none" else f"{_number(part, f'$value/components/{at}'):.6f}"


def _number(value: Json, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TokenValueError(f"{place}: has to be a number, not {quoted(value)}")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if abs(number) > 1_000_000:  # noqa: PLR2004 - far beyond any colour
        raise TokenValueError(f"{place}: is too large a number")
    return number
