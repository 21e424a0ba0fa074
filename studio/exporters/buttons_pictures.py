"""SVG as PNG at several sizes, with transparency, the same bytes every time.

resvg draws, on every processor at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import svg2png_py

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, kw_only=True)
class Scale:
    """Pixels to a CSS pixel, dp or point, and what Android and iOS call it ("" where they do not).

    Android: "Support different pixel densities"; iOS: "Images", image scale.
    """

    factor: Fraction
    android: str
    ios: str = ""

    def pixels(self, size: int) -> int:
        """Return how many pixels a size is.

        Raises:
            ValueError: It is not a whole number.
        """
        exact = size * self.factor
        if exact.denominator != 1:
            raise ValueError(f"{size} is no whole number of pixels at {self}")
        return int(exact)

    def __str__(self) -> str:
        return f"{float(self.factor):g}x"


NATURAL = Scale(factor=Fraction(1), android="mdpi", ios="@1x")
SCALES = (
    NATURAL,
    Scale(factor=Fraction(3, 2), android="hdpi"),
    Scale(factor=Fraction(2), android="xhdpi", ios="@2x"),
    Scale(factor=Fraction(3), android="xxhdpi", ios="@3x"),
    Scale(factor=Fraction(4), android="xxxhdpi"),
)


def pictures(drawings: Iterable[str]) -> Mapping[str, bytes]:
    """Return PNG files by the SVG they show, as large as it says; what is there twice, once.

    Drawings cannot have text: no font is looked for.

    Raises:
        ValueError: A drawing cannot be read.
    """
    once = list(dict.fromkeys(drawings))
    try:
        drawn = svg2png_py.render_many_par(once, svg2png_py.FontDatabase())
    except RuntimeError as error:
        raise ValueError(f"a drawing cannot be read: {error}") from error
    return dict(zip(once, drawn, strict=True))
