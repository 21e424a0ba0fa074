"""What is a colour, and how well can two be told apart?

A `Colour` is what a screen paints: sRGB with 8 bits a channel, kept as floats from 0 to 1, so
that what is measured (WCAG 2.2) is what is shown. `studio.client.colour` is the way in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import tinycss2.color4
from PIL import ImageColor

from studio.client.hints import did_you_mean, quoted
from studio.client.spaces import linear, to_srgb

if TYPE_CHECKING:
    from tinycss2.ast import Node

# CSS Color 4, section 6.1; Pillow publishes the table, tinycss2 keeps its own private.
NAMES: tuple[str, ...] = (*ImageColor.colormap, "transparent")


@dataclass(frozen=True, kw_only=True)
class Colour:
    """A colour in sRGB; every channel and the alpha from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    def __post_init__(self) -> None:
        channels = (self.red, self.green, self.blue, self.alpha)
        if not all(0 <= channel <= 1 for channel in channels):
            raise ValueError(f"colour channels go from 0 to 1, not {channels}")

    @classmethod
    def rounded(cls, red: float, green: float, blue: float, alpha: float = 1.0) -> Self:
        """Return the nearest colour that 8 bits a channel can hold."""
        values = [int(channel * 255 + 0.5) / 255 for channel in (red, green, blue, alpha)]
        return cls(red=values[0], green=values[1], blue=values[2], alpha=values[3])

    def hex(self) -> str:
        """Return `#rrggbb`, or `#rrggbbaa` where the colour is not opaque."""
        channels = [self.red, self.green, self.blue]
        if self.alpha < 1:
            channels.append(self.alpha)
        return "#" + "".join(f"{int(channel * 255 + 0.5):02x}" for channel in channels)

    def mix(self, other: Colour, share: float) -> Colour:
        """Return this colour with a share (0 to 1) of another, channel by channel in sRGB."""

        def between(mine: float, theirs: float) -> float:
            return min(1.0, max(0.0, mine + (theirs - mine) * share))

        return Colour(
            red=between(self.red, other.red),
            green=between(self.green, other.green),
            blue=between(self.blue, other.blue),
            alpha=between(self.alpha, other.alpha),
        )

    def over(self, background: Colour) -> Colour:
        """Return what is seen when this colour is painted on another (Compositing Level 1, 5.1)."""
        alpha = self.alpha + background.alpha * (1 - self.alpha)
        if alpha == 0:
            return Colour(red=0, green=0, blue=0, alpha=0)

        def blend(mine: float, theirs: float) -> float:
            light = mine * self.alpha + theirs * background.alpha * (1 - self.alpha)
            return min(1.0, light / alpha)

        return Colour(
            red=blend(self.red, background.red),
            green=blend(self.green, background.green),
            blue=blend(self.blue, background.blue),
            alpha=min(1.0, alpha),
        )

    def luminance(self) -> float:
        """Return the relative luminance (WCAG 2.2) from 0 to 1; alpha is left aside."""
        return 0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)


WHITE = Colour(red=1, green=1, blue=1)


def contrast(first: Colour, second: Colour) -> float:
    """Return the contrast ratio of two opaque colours, from 1 to 21 (WCAG 2.2, 1.4.3)."""
    darker, lighter = sorted((first.luminance(), second.luminance()))
    return (lighter + 0.05) / (darker + 0.05)


def colour_of(token: Node) -> Colour:
    """Return the colour that one CSS component value stands for.

    Raises:
        ValueError: It is no colour, or one that has no value of its own (`currentcolor`).
    """
    try:
        color = tinycss2.color4.parse_color(token)
    except (AttributeError, IndexError, TypeError, ValueError):
        # tinycss2 takes some malformed functions, such as `color()`, for well-formed ones.
        color = None
    if color is None:
        raise ValueError(_not_a_colour(token))
    if color == "currentcolor":
        raise ValueError('"currentcolor" has no value here; write the colour itself')
    return Colour.rounded(*to_srgb(color), color.alpha)


def _not_a_colour(token: Node) -> str:
    text = token.serialize()
    guess = did_you_mean(text, NAMES) if token.type == "ident" else ""
    return f"{quoted(text)} is not a colour{guess}"
