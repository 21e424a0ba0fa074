"""What does the sign-in button look like? Its colours and sizes, for every platform.

The colours are those of `flow_templates/static/service.css`; a test holds them to it. A label has
4.5:1 or more in every state, but for white on the blue as it rests: 4.47:1, which passes as large
text alone (3:1; WCAG 2.2, 1.4.3). So every platform writes the label `TEXT_SIZE` high and bold.
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
    """Colours of a button as `#rrggbb`; `name` is its name in resources.

    `edge` is the border of one that would have no end on a white page (WCAG 2.2, 1.4.11), empty
    where there is none.
    """

    name: str
    background: str
    hover: str
    pressed: str
    ink: str
    mark: str
    line: str
    edge: str = ""

    @property
    def camel(self) -> str:
        """Return its name in code: `DarkGrey`."""
        return "".join(part.capitalize() for part in self.name.split("_"))


DISABLED, DISABLED_INK, DISABLED_LINE = "#d6d6d6", "#595959", "#bdbdbd"
CORNER = 4
"""CSS pixels, dp or points."""
TEXT_SIZE, TEXT_WEIGHT = 19, 700
"""CSS pixels, sp or points; bold text is large from 18.67 on (14 pt; WCAG 2.2, 1.4.3)."""
LEAST_HEIGHT = 48
"""What Android asks for, in dp; WCAG 2.2, 2.5.5 asks for 44 CSS pixels."""
HEIGHT = 52
"""As in the sample services."""

SCHEMES: Mapping[ButtonScheme, Scheme] = MappingProxyType(
    {
        ButtonScheme.DARK_GREY: Scheme(
            name="dark_grey",
            background="#404040",
            hover="#333333",
            pressed="#1f1f1f",
            ink="#ffffff",
            mark="#6cc4ee",
            line="#5e5e5e",
        ),
        ButtonScheme.LIGHT_GREY: Scheme(
            name="light_grey",
            background="#f2f2f2",
            hover="#e6e6e6",
            pressed="#d6d6d6",
            ink="#333333",
            mark="#007cb0",
            line="#d0d0d0",
            edge="#858585",
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
