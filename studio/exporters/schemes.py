"""The three colour schemes of the sign-in button, for code that draws it itself.

The values are those of `flow_templates/static/service.css`; a test holds them to it. White on the
blue is 4.47:1, which is enough for large text alone: so the label is bold and `TEXT_SIZE` high.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.client.choices import ButtonScheme

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, kw_only=True)
class Scheme:
    """Colours of a button as `#rrggbb`; `name` is what the Android and iOS code call it."""

    name: str
    background: str
    hover: str
    pressed: str
    ink: str
    mark: str
    line: str


DISABLED, DISABLED_INK = "#d6d6d6", "#595959"
CORNER = 4
"""CSS pixels, dp or points."""
TEXT_SIZE = 19
"""CSS pixels, sp or points; bold, that is large text (14 pt; WCAG 2.2, 1.4.3)."""
HEIGHT = 48
"""The least; Android asks for 48 dp, WCAG 2.2, 2.5.5 for 44 CSS pixels."""

SCHEMES: Mapping[ButtonScheme, Scheme] = MappingProxyType(
    {
        ButtonScheme.DARK_GREY: Scheme(
            name="dark",
            background="#404040",
            hover="#333333",
            pressed="#1f1f1f",
            ink="#ffffff",
            mark="#6cc4ee",
            line="#5e5e5e",
        ),
        ButtonScheme.LIGHT_GREY: Scheme(
            name="light",
            background="#f2f2f2",
            hover="#e6e6e6",
            pressed="#d6d6d6",
            ink="#333333",
            mark="#007cb0",
            line="#d0d0d0",
        ),
        ButtonScheme.BLUE: Scheme(
            name="blue",
            background="#007ad0",
            hover="#006fbe",
            pressed="#0762a2",
            ink="#ffffff",
            mark="#ffffff",
            line="#4da3de",
        ),
    }
)
