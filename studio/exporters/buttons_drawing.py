"""The sign-in button as SVG that looks the same in every viewer: no fonts, styles or filters.

Around the face of the button is room for the focus ring and the shadow, the same in every state, so
that nothing moves when the state changes. Sizes are CSS pixels; width and height are multiples of
two, so that they are whole pixels at 1.5 times the size too. In a language that is written from
right to left the mark stands on the right.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from studio.exporters.buttons_label import short
from studio.exporters.buttons_look import RING_INSIDE, RING_OUTSIDE
from studio.exporters.buttons_pictures import NATURAL
from studio.exporters.schemes import CORNER, TEXT_SIZE
from studio.exporters.schemes import HEIGHT as FACE
from studio.i18n.locales import locale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.exporters.buttons_label import Outline
    from studio.exporters.buttons_look import Look
    from studio.exporters.buttons_pictures import Scale

ROOM = 4
"""CSS pixels on each side between the face and the end of the picture."""
HEIGHT = FACE + 2 * ROOM

_MARK = 56
"""How wide the part with the mark is; a line of one pixel is its end."""
_PADDING = 18
_CAPITALS = 0.714
"""How high capitals of Noto Sans are, as a share of its size."""
_LEAST_ABOVE, _LEAST_BELOW = 5, 3
"""What stays free above and below the highest and lowest ink of a label."""
_RING = 2
_SHADOWS = ((2.0, 0.06), (1.25, 0.09), (0.5, 0.16))
"""How far each layer of the shadow reaches beyond the face, and how dark it is."""


@dataclass(frozen=True, kw_only=True)
class Label:
    """A label in a language, and how it is drawn."""

    tag: str
    text: str
    outline: Outline

    @property
    def rtl(self) -> bool:
        """Whether the button is mirrored."""
        return locale(self.tag).direction == "rtl"

    @property
    def width(self) -> int:
        """How wide the picture is."""
        wide = _MARK + 2 * _PADDING + self.outline.width + 2 * ROOM
        return 2 * math.ceil(wide / 2)

    @property
    def baseline(self) -> float:
        """Where letters stand: capitals are in the middle, unless tall letters need the room."""
        wanted = ROOM + (FACE + _CAPITALS * TEXT_SIZE) / 2
        lowest = ROOM + FACE - _LEAST_BELOW - self.outline.bottom
        return max(min(wanted, lowest), ROOM + _LEAST_ABOVE - self.outline.top)


def svg(label: Label, look: Look, scale: Scale = NATURAL) -> str:
    """Return a button; its name for screen readers is the label."""
    wide = label.width
    start = (
        '<svg xmlns="http://www.w3.org/2000/svg"'
        f' width="{scale.pixels(wide)}" height="{scale.pixels(HEIGHT)}"'
        f' viewBox="0 0 {wide} {HEIGHT}" role="img" lang="{label.tag}"'
        f" aria-label={quoteattr(label.text)}>"
    )
    lines = (
        start,
        f"<title>{escape(label.text)}</title>",
        *_behind(wide, look),
        *_face(wide, look),
        *_mark(label, look),
        *_words(label, look),
        "</svg>",
    )
    return "\n".join(lines) + "\n"


def _behind(wide: int, look: Look) -> Iterator[str]:
    """Draw the shadow, or the ring of the focus over it."""
    if look.raised and not look.ring:
        for reach, dark in _SHADOWS:
            yield _box(wide, reach, f'fill="#000" fill-opacity="{dark}"', down=1)
    if look.ring:
        yield _box(wide, 2 * _RING, f'fill="{RING_OUTSIDE}"')
        yield _box(wide, _RING, f'fill="{RING_INSIDE}"')


def _face(wide: int, look: Look) -> Iterator[str]:
    if look.edge:
        yield _box(wide, 0, f'fill="{look.edge}"')
    yield _box(wide, -1 if look.edge else 0, f'fill="{look.face}"')


def _mark(label: Label, look: Look) -> Iterator[str]:
    """Draw CONNECT's two rings, 32 by 20 with strokes of 2, and the line beside them."""
    start = label.width - ROOM - _MARK if label.rtl else ROOM
    line = start if label.rtl else start + _MARK - 1
    inside = 1 if look.edge else 0
    yield (
        f'<rect x="{line}" y="{ROOM + inside}" width="1" height="{FACE - 2 * inside}"'
        f' fill="{look.line}"/>'
    )
    middle, down = start + (_MARK + (1 if label.rtl else -1)) / 2, ROOM + FACE / 2
    rings = "".join(
        f'<circle cx="{short(middle + side)}" cy="{short(down)}" r="7.43"/>'
        for side in (-6.86, 6.86)
    )
    yield f'<g fill="none" stroke="{look.mark}" stroke-width="2.29">{rings}</g>'


def _words(label: Label, look: Look) -> Iterator[str]:
    room = label.width - 2 * ROOM - _MARK - label.outline.width
    start = ROOM + room / 2 + (0 if label.rtl else _MARK)
    place = f"{short(start)} {short(label.baseline)}"
    yield f'<path transform="translate({place})" fill="{look.ink}" d="{label.outline.path}"/>'


def _box(wide: int, reach: float, paint: str, down: int = 0) -> str:
    """Draw the face's shape, reaching beyond it on all sides."""
    side = ROOM - reach
    return (
        f'<rect x="{short(side)}" y="{short(side + down)}" width="{short(wide - 2 * side)}"'
        f' height="{short(HEIGHT - 2 * side)}" rx="{short(CORNER + reach)}" {paint}/>'
    )
