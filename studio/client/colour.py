"""What is painted behind the logo? One colour or a gradient, never CSS text as it was typed.

`parse_paint` reads any CSS colour, `linear-gradient()` and `radial-gradient()`; `Paint.css()`
writes them anew from the parsed values, so nothing else can get into a style sheet.
"""

from __future__ import annotations

from dataclasses import dataclass

import tinycss2

from studio.client.gradient import GRADIENTS, Gradient, parse_gradient
from studio.client.hints import nearest, quoted
from studio.client.srgb import WHITE, Colour, colour_of, contrast

__all__ = ["WHITE", "Colour", "Gradient", "Paint", "Solid", "contrast", "parse_paint"]

_LONGEST = 5000
_MOST_BRACKETS = 100
_LIKE_GRADIENTS = (*GRADIENTS, "conic-gradient")


@dataclass(frozen=True, kw_only=True)
class Solid:
    """One colour all over."""

    colour: Colour

    def css(self) -> str:
        """Return the CSS value, in its only spelling."""
        return self.colour.hex()

    def colours(self) -> tuple[Colour, ...]:
        """Return what is seen on white."""
        return (self.colour.over(WHITE),)

    def main(self) -> Colour:
        """Return the one opaque colour that stands for this paint."""
        return self.colour.over(WHITE)


type Paint = Solid | Gradient


def parse_paint(text: str) -> Paint:
    """Read a CSS colour or gradient.

    Raises:
        ValueError: It is neither; one sentence says what is wrong.
    """
    if len(text) > _LONGEST or sum(map(text.count, "([{")) > _MOST_BRACKETS:
        raise ValueError(f"{quoted(text)} is too long for a colour or gradient")
    token = tinycss2.parse_one_component_value(text, skip_comments=True)
    if token.type == "error":
        raise ValueError(_not_one_value(text))
    if token.type != "function" or nearest(token.name, _LIKE_GRADIENTS) is None:
        return Solid(colour=colour_of(token))
    if token.lower_name not in GRADIENTS:
        raise ValueError(
            f"{quoted(token.name + '()')} is not supported; allowed: a colour, "
            "linear-gradient() or radial-gradient()"
        )
    return parse_gradient(token)


def _not_one_value(text: str) -> str:
    if not text.strip():
        return "a colour is missing"
    return f"{quoted(text)} is not one colour or gradient"
