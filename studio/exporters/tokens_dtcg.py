"""Design tokens as JSON: the Design Tokens Format Module 2025.10, and the form before it.

The new form has a colour as components of a colour space and a size as value and unit; the older
one, which many tools still expect, has both as CSS text. A gradient has no direction in either; its
CSS stands beside it, under `$extensions`.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studio.client.colour import Colour, Gradient, Solid
from studio.exporters.tokens_values import css, stops

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from studio.exporters.tokens_values import Token

type Json = str | float | list[Json] | dict[str, Json]

EXTENSION = "example.connect"
"""Whose `$extensions` it is: CONNECT's domain backwards (Format Module, section 5.2.3)."""
_ABOUT = "How the CONNECT sign-in pages of {name} look."


def dtcg(tokens: Iterable[Token], name: str) -> bytes:
    """Return tokens in the form of 2025.10; `name` is the client's."""
    return _written(tokens, name, _value)


def legacy(tokens: Iterable[Token], name: str) -> bytes:
    """Return tokens in the form before: colours and sizes as CSS text."""
    return _written(tokens, name, _text)


def _written(tokens: Iterable[Token], name: str, value: Callable[[Token], Json]) -> bytes:
    root: dict[str, Json] = {"$description": _ABOUT.format(name=name)}
    for token in tokens:
        group = root
        for part in token.path[:-1]:
            inner = group.setdefault(part, {})
            assert isinstance(inner, dict)  # noqa: S101 - no token's path leads through another's
            group = inner
        group[token.path[-1]] = {
            "$type": _kind(token),
            "$value": value(token),
            "$description": token.about,
            **_extensions(token),
        }
    return (json.dumps(root, ensure_ascii=False, indent=2) + "\n").encode()


def _kind(token: Token) -> str:
    match token.value:
        case Solid():
            return "color"
        case Gradient():
            return "gradient"
        case _:
            return "dimension"


def _extensions(token: Token) -> dict[str, Json]:
    if isinstance(token.value, Gradient):
        return {"$extensions": {EXTENSION: {"css": token.value.css()}}}
    return {}


def _value(token: Token) -> Json:
    match token.value:
        case Solid():
            return _colour(token.value.colour)
        case Gradient():
            return _gradient(token.value, _colour)
        case _:
            return {"value": _short(token.value), "unit": "px"}


def _text(token: Token) -> Json:
    return _gradient(token.value, Colour.hex) if isinstance(token.value, Gradient) else css(token)


def _gradient(value: Gradient, written: Callable[[Colour], Json]) -> Json:
    return [{"color": written(one), "position": _short(place)} for one, place in stops(value)]


def _colour(colour: Colour) -> dict[str, Json]:
    """Return a colour of the Color Module 2025.10, section 4.1; `hex` leaves out the alpha."""
    return {
        "colorSpace": "srgb",
        "components": [_short(each) for each in (colour.red, colour.green, colour.blue)],
        "alpha": _short(colour.alpha),
        "hex": colour.hex()[:7],
    }


def _short(number: float) -> float:
    """Return a number of four places, a whole one without a point."""
    rounded = round(number, 4)
    return int(rounded) if rounded == int(rounded) else rounded
