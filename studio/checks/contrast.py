"""How well is the logo seen on the header?"""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import TYPE_CHECKING

from studio.pages.hosting import header_ink, lowest_contrast

if TYPE_CHECKING:
    from studio.client.colour import Colour
    from studio.client.model import Client

ENOUGH = 3.0
"""What WCAG 2.2, criterion 1.4.11, asks of graphics and 1.4.3 of large text."""
_TINY = 1e-6
"""What binary fractions lose: white on black is 20.999999999999996."""


@dataclass(frozen=True, kw_only=True)
class HeaderContrast:
    """The lowest contrast on the header, over all of its colours.

    Attributes:
        ratio: From 1 to 21.
        of: What stands on the header, such as `Logo`.
    """

    ratio: float
    of: str

    @property
    def enough(self) -> bool:
        """Whether the ratio reaches what WCAG asks for."""
        return self.ratio >= ENOUGH

    @property
    def text(self) -> str:
        """The ratio as people write it, rounded down: 2.96 does not reach 3."""
        return f"{self.of} {floor(self.ratio * 10 + _TINY) / 10:.1f}:1"

    @property
    def sentence(self) -> str:
        """The ratio with what to make of it."""
        verdict = "enough" if self.enough else f"low; {ENOUGH:.0f}:1 is needed"
        return f"{self.text}, {verdict}."


def header_contrast(client: Client, logo: Colour | None) -> HeaderContrast:
    """Measure the logo's average colour, or without one the service's name, on the header."""
    paint = client.branding.header
    ratio = lowest_contrast(logo or header_ink(paint), paint)
    return HeaderContrast(ratio=ratio, of="Logo" if logo else "Name")
