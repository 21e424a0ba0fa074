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
from studio.client.stops import line, positions
from studio.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.client.colour import Paint
    from studio.pages.hosting import HostedClient

PREFIX, BRAND = "connect", "brand"
"""With which every path begins, and what follows for the colours of the brand."""
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
    yield Token(path=(PREFIX, BRAND, "header"), value=header, about="Behind the logo.")
    for name, (short, about) in _BRAND.items():
        paint = parse_paint(hosted.variables[name])
        yield Token(path=(PREFIX, BRAND, short), value=paint, about=about)


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
        for each in tinycss2.parse_blocks_contents(rule.content):
            if each.type == "declaration":
                value = tinycss2.serialize(each.value).strip()
                found.setdefault((selector, each.name), value)
    return found


def _pixels(text: str) -> float:
    token = tinycss2.parse_one_component_value(text)
    return float(token.value) * (ROOT_FONT if token.lower_unit == "rem" else 1)


def stops(gradient: Gradient) -> tuple[tuple[Colour, float], ...]:
    """Return the colours of a gradient and where they stand, from 0 to 1 (CSS Images 3, 3.4.3).

    Hints are left out. Places in px are a share of the line across a phone's header, of a radial
    gradient a share of half its diagonal.
    """
    colours = [stop.colour for stop in gradient.stops if isinstance(stop, Stop)]
    shape = gradient.shape
    length = line(shape, *HEADER) if isinstance(shape, Linear) else math.hypot(*HEADER) / 2
    places = [min(1.0, max(0.0, place)) for place in positions(gradient, length)]
    return tuple(zip(colours, places, strict=True))


def colours(value: Paint) -> tuple[Colour, ...]:
    """Return the colours of a paint as they are, with their alpha."""
    if isinstance(value, Solid):
        return (value.colour,)
    return tuple(colour for colour, _place in stops(value))


def css(token: Token) -> str:
    """Return a token's value as CSS has it."""
    value = token.value
    return f"{value:g}px" if isinstance(value, int | float) else value.css()
