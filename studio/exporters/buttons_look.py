"""What does the sign-in button look like in a scheme and a state, and is it easy to see?

Its colours are those of `studio.exporters.schemes`. The ring of the focus is white inside and dark
outside: two colours that are 9:1 apart show on every ground (WCAG technique C40).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from studio.client.colour import parse_paint
from studio.client.srgb import contrast
from studio.exporters.schemes import DISABLED, DISABLED_INK, DISABLED_LINE, SCHEMES

if TYPE_CHECKING:
    from studio.client.choices import ButtonScheme

RING_INSIDE, RING_OUTSIDE = "#ffffff", "#1f1f1f"
RING_APART = 9.0
"""The contrast of the two colours of a ring that shows everywhere (WCAG technique C40)."""
LARGE_TEXT, NON_TEXT = 3.0, 3.0
"""The least contrast of text from 14 pt bold (WCAG 2.2, 1.4.3), and of what is drawn (1.4.11)."""

_PAGE = "#ffffff"


class State(StrEnum):
    """What a person does to the button."""

    DEFAULT = "default"
    HOVER = "hover"
    FOCUS = "focus"
    PRESSED = "pressed"
    DISABLED = "disabled"


@dataclass(frozen=True, kw_only=True)
class Look:
    """The colours of a button as `#rrggbb`; an empty `edge` is none.

    `ring` tells whether it is drawn as having the focus, `raised` whether it throws a shadow.
    """

    face: str
    ink: str
    mark: str
    line: str
    edge: str = ""
    ring: bool = False
    raised: bool = True


@dataclass(frozen=True, kw_only=True)
class Ratios:
    """How much parts of a button stand out, each from 1 to 21.

    `label` and `mark` against the face, `boundary` the edge or else the face against a white page,
    `ring` the two colours of the focus ring against each other; None where there is none.
    """

    label: float
    mark: float
    boundary: float
    ring: float | None


def look(scheme: ButtonScheme, state: State) -> Look:
    """Return how the button of a scheme is drawn in a state; disabled, all schemes are alike."""
    if state is State.DISABLED:
        return Look(
            face=DISABLED, ink=DISABLED_INK, mark=DISABLED_INK, line=DISABLED_LINE, raised=False
        )
    colours = SCHEMES[scheme]
    faces = {State.HOVER: colours.hover, State.PRESSED: colours.pressed}
    return Look(
        face=faces.get(state, colours.background),
        ink=colours.ink,
        mark=colours.mark,
        line=colours.line,
        edge=colours.edge,
        ring=state is State.FOCUS,
        raised=state is not State.PRESSED,
    )


def ratios(of: Look) -> Ratios:
    """Measure how much the parts of a button stand out (WCAG 2.2, 1.4.3 and 1.4.11)."""
    return Ratios(
        label=_ratio(of.ink, of.face),
        mark=_ratio(of.mark, of.face),
        boundary=_ratio(of.edge or of.face, _PAGE),
        ring=_ratio(RING_INSIDE, RING_OUTSIDE) if of.ring else None,
    )


def _ratio(one: str, other: str) -> float:
    """Return a contrast ratio with two decimals, cut, so that none looks better than it is."""
    return int(contrast(parse_paint(one).main(), parse_paint(other).main()) * 100) / 100
