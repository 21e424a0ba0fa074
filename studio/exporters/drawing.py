"""A page of boxes, pictures and lines of text, as it was measured, written as SVG.

Text stays text. Each line is given the width it was measured with, so that it keeps its place
where a viewer has none of the fonts (`textLength`, SVG 2, 11.5).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypedDict
from xml.sax.saxutils import escape, quoteattr

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


_SVG = "http://www.w3.org/2000/svg"


class _At(TypedDict):
    x: float
    y: float
    width: float
    height: float


class Box(_At):
    """A rectangle; `line` is the width of its border."""

    kind: Literal["box"]
    fill: str
    stroke: str
    line: float
    radius: float


class PictureAt(_At):
    """Where a picture stands, by its number on the page."""

    kind: Literal["picture"]
    number: int


class Drawing(_At):
    """An `svg` element with its place."""

    kind: Literal["drawing"]
    markup: str


class Line(_At):
    """A line of text; `ascent` is from its top to the baseline."""

    kind: Literal["text"]
    words: str
    ascent: float
    size: float
    weight: str
    colour: str
    families: str
    direction: Literal["ltr", "rtl"]
    lang: str
    underlined: bool


Shape = Box | PictureAt | Drawing | Line


class Sheet(TypedDict):
    """What `assets/scripts/storyboard.js` returns: the size of a page, and its shapes in order."""

    width: float
    height: float
    shapes: list[Shape]


def svg(sheet: Sheet, title: str, pictures: Sequence[str]) -> str:
    """Return a page as SVG; `pictures` are data URIs in the order of the page."""
    wide, high = _number(sheet["width"]), _number(sheet["height"])
    lines = (
        f'<svg xmlns="{_SVG}" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}">',
        f"<title>{escape(title)}</title>",
        f'<rect width="{wide}" height="{high}" fill="#fff"/>',
        *_elements(sheet["shapes"], pictures),
        "</svg>",
    )
    return "\n".join(lines) + "\n"


def _elements(shapes: Sequence[Shape], pictures: Sequence[str]) -> Iterator[str]:
    for shape in shapes:
        match shape["kind"]:
            case "box":
                yield _box(shape)
            case "picture":
                yield f"<image {_place(shape)} href={quoteattr(pictures[shape['number']])}/>"
            case "drawing":
                yield shape["markup"]
            case "text":
                yield _line(shape)


def _box(box: Box) -> str:
    """Draw a box with its border inside, as CSS does."""
    inner = _At(
        x=box["x"] + box["line"] / 2,
        y=box["y"] + box["line"] / 2,
        width=box["width"] - box["line"],
        height=box["height"] - box["line"],
    )
    radius = max(box["radius"] - box["line"] / 2, 0)
    return (
        f'<rect {_place(inner)} rx="{_number(radius)}" fill={quoteattr(box["fill"])}'
        f' stroke={quoteattr(box["stroke"])} stroke-width="{_number(box["line"])}"/>'
    )


def _line(line: Line) -> str:
    start = line["x"] if line["direction"] == "ltr" else line["x"] + line["width"]
    underline = ' text-decoration="underline"' if line["underlined"] else ""
    return (
        f'<text x="{_number(start)}" y="{_number(line["y"] + line["ascent"])}"'
        f' direction="{line["direction"]}" xml:lang={quoteattr(line["lang"])}'
        f' font-family={quoteattr(line["families"])} font-size="{_number(line["size"])}"'
        f' font-weight="{line["weight"]}" fill={quoteattr(line["colour"])}{underline}'
        f' textLength="{_number(line["width"])}" lengthAdjust="spacingAndGlyphs"'
        f">{escape(line['words'])}</text>"
    )


def _place(at: _At) -> str:
    return " ".join(f'{name}="{_number(value)}"' for name, value in (
        ("x", at["x"]), ("y", at["y"]), ("width", at["width"]), ("height", at["height"]),
    ))  # fmt: skip


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
