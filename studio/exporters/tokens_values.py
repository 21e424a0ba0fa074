"""Which values make up the look of the sign-in pages? One list, for every form of design tokens.

The brand's colours are those that the pages are made with (`studio.pages.hosting`); colours and
sizes of the page itself are read from its style sheet, so that there is no second copy of them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import tinycss2

from studio.client.colour import Colour, Gradient, Solid, parse_paint
from studio.client.gradient import Linear, Stop
from studio.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.client.colour import Paint
    from studio.pages.hosting import HostedClient

PREFIX = "connect"
ROOT_FONT = 16
"""CSS pixels of a rem on the pages."""
HEADER = (360, 80)
"""Width and height of the header on a phone, in CSS pixels: what places in px are a share of."""

_BRAND = {
    "--header-ink": ("header-ink", "Text on the header, where there is no logo."),
    "--brand": ("main", "The one colour that stands for the brand."),
    "--tint": ("tint", "Behind the message on the first screen."),
    "--glow": ("glow", "The light around the button."),
    "--focus": ("focus", "The ring around what has the focus; 3:1 on the page at least."),
}
_PAGE = {
    "--page": ("background", "Behind everything."),
    "--ink": ("ink", "Text."),
    "--quiet": ("quiet", "Text of less weight."),
    "--line": ("line", "Borders of fields."),
    "--button": ("button", "The button of a page; its text is white."),
    "--danger": ("danger", "What is wrong."),
}
_SIZES = {
    "header-height": (".header", "min-height", "Height of the header on a phone."),
    "header-height-symbol": (
        ".header-symbol",
        "min-height",
        "The same, for a logo without a name.",
    ),
    "logo-height": (".logo", "height", "Height of the logo."),
    "logo-height-symbol": (".header-symbol .logo", "height", "The same, without a name."),
    "column-width": (".column", "max-width", "Width of what is below the header, at most."),
    "title": ("h1", "font-size", "Size of a page's title."),
    "text": ("body", "font-size", "Size of text and of what is typed."),
    "text-small": (".link", "font-size", "Size of links and of what is wrong with a field."),
    "button-height": (".button", "min-height", "Height of the button."),
    "button-radius": (".button", "border-radius", "Corners of the button and of fields."),
}

type Sheet = Mapping[tuple[str, str], str]


@dataclass(frozen=True, kw_only=True)
class Token:
    """A value with its name; `value` is a paint, or a size in CSS pixels."""

    path: tuple[str, ...]
    value: Paint | float
    about: str


def tokens(hosted: HostedClient) -> tuple[Token, ...]:
    """Return the tokens of a client, the brand's first."""
    sheet = page_sheet()
    return (*_brand(hosted), *_page(sheet), *_sizes(sheet))


def _brand(hosted: HostedClient) -> Iterator[Token]:
    header = hosted.client.branding.header
    yield Token(path=(PREFIX, "brand", "header"), value=header, about="Behind the logo.")
    for name, (short, about) in _BRAND.items():
        paint = parse_paint(hosted.variables[name])
        yield Token(path=(PREFIX, "brand", short), value=paint, about=about)


def _page(sheet: Sheet) -> Iterator[Token]:
    for name, (short, about) in _PAGE.items():
        paint = parse_paint(sheet[":root", name])
        yield Token(path=(PREFIX, "page", short), value=paint, about=about)


def _sizes(sheet: Sheet) -> Iterator[Token]:
    for short, (selector, name, about) in _SIZES.items():
        size = _pixels(sheet[selector, name])
        yield Token(path=(PREFIX, "size", short), value=size, about=about)


def page_sheet() -> Sheet:
    """Return what the pages' style sheet declares outside of media queries; the first one counts.

    Keys are a selector and a property, as they are written.
    """
    text = (folder("flow_templates") / "static" / "page.css").read_text("utf-8")
    found: dict[tuple[str, str], str] = {}
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        selector = tinycss2.serialize(rule.prelude).strip()
        for line in tinycss2.parse_blocks_contents(rule.content):
            if line.type == "declaration":
                value = tinycss2.serialize(line.value).strip()
                found.setdefault((selector, line.name), value)
    return found


def _pixels(text: str) -> float:
    token = tinycss2.parse_one_component_value(text)
    return float(token.value) * (ROOT_FONT if token.lower_unit == "rem" else 1)


def stops(gradient: Gradient) -> tuple[tuple[Colour, float], ...]:
    """Return the colours of a gradient and where they stand, from 0 to 1 (CSS Images 3, 3.4.3).

    Hints are left out: they bend the way from one colour to the next. Places in px are a share of
    the line across a phone's header.
    """
    found = [stop for stop in gradient.stops if isinstance(stop, Stop)]
    length = _line(gradient)
    places = [_share(stop, length) for stop in found]
    places[0] = places[0] or 0.0
    places[-1] = 1.0 if places[-1] is None else places[-1]
    filled: list[float] = []
    for at, place in enumerate(places):
        highest = max(filled, default=0.0)
        between = _between(places, at, highest) if place is None else place
        filled.append(min(1.0, max(between, highest)))
    return tuple((stop.colour, place) for stop, place in zip(found, filled, strict=True))


def _line(gradient: Gradient) -> float:
    wide, high = HEADER
    if not isinstance(gradient.shape, Linear) or isinstance(gradient.shape.direction, str):
        return math.hypot(wide, high)
    turn = math.radians(gradient.shape.direction)
    return abs(wide * math.sin(turn)) + abs(high * math.cos(turn))


def _share(stop: Stop, length: float) -> float | None:
    if stop.position is None:
        return None
    return stop.position.value / (100 if stop.position.unit == "%" else length)


def _between(places: list[float | None], at: int, before: float) -> float:
    """Return the place of a stop that names none: evenly between those around it that do."""
    steps, after = next((n, one) for n, one in enumerate(places[at:], 1) if one is not None)
    return before + (max(after, before) - before) / steps


def colours(value: Paint) -> tuple[Colour, ...]:
    """Return the colours of a paint as they are, with their alpha."""
    if isinstance(value, Solid):
        return (value.colour,)
    return tuple(colour for colour, _place in stops(value))


def css(token: Token) -> str:
    """Return a token's value as CSS has it."""
    value = token.value
    return f"{value:g}px" if isinstance(value, int | float) else value.css()
