"""Which colours does a logo show? Those that take up a part of it worth measuring.

Of a picture its pixels are counted; of a drawing the colours that its shapes are filled and drawn
with, each shape once, because nothing here paints.
"""

from __future__ import annotations

import base64
import re
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

import tinycss2
from lxml import etree
from PIL import Image

from studio.client.colour import Colour, Solid, parse_paint
from studio.client.logo import LogoError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.client.logo import Logo

_SIDE = 96
_OPAQUE = 128
_LEAST = 0.06
"""The share of a logo that a colour needs to count: edges are blends of two colours."""
_STEP = 32
"""Channels that are nearer than this (of 255) are one colour."""
_MOST = 12
_SHAPES = {
    "path", "rect", "circle", "ellipse", "polygon", "polyline", "line", "text", "tspan", "use",
}  # fmt: skip
_NEVER_SEEN = {"defs", "clipPath", "mask", "symbol", "marker", "pattern"}
_URL = re.compile(r"""url\(\s*["']?#([^"')]+)["']?\s*\)""")
_DATA = re.compile(r"data:[^,]*;base64,(.*)", re.DOTALL)

type _Rgb = tuple[int, int, int]


def logo_colours(logo: Logo) -> tuple[Colour, ...]:
    """Return a logo's colours, the most frequent first; none where all of it is transparent.

    Raises:
        LogoError: It cannot be decoded.
    """
    counted = _of_svg(logo.data) if logo.media_type == "image/svg+xml" else _of_picture(logo.data)
    groups: dict[_Rgb, Counter[_Rgb]] = {}
    for rgb, times in counted.items():
        groups.setdefault(_near(rgb), Counter())[rgb] += times
    whole = counted.total()
    sizes = sorted(groups.values(), key=lambda group: -group.total())
    kept = [group for group in sizes if group.total() >= whole * _LEAST] or sizes[:1]
    return tuple(_colour(group.most_common(1)[0][0]) for group in kept[:_MOST])


def _near(rgb: _Rgb) -> _Rgb:
    red, green, blue = (channel // _STEP for channel in rgb)
    return red, green, blue


def _colour(rgb: _Rgb) -> Colour:
    red, green, blue = (channel / 255 for channel in rgb)
    return Colour.rounded(red, green, blue)


def _of_picture(data: bytes) -> Counter[_Rgb]:
    try:
        with Image.open(BytesIO(data)) as image:
            image.draft("RGB", (_SIDE, _SIDE))
            image.thumbnail((_SIDE, _SIDE), Image.Resampling.BOX, reducing_gap=2)
            pixels = image.convert("RGBA").tobytes()
    except Exception:  # noqa: BLE001  Pillow's decoders raise whatever broken data leads them to
        raise LogoError("the logo is a broken picture; save it again") from None
    counted: Counter[_Rgb] = Counter()
    for at in range(0, len(pixels), 4):
        red, green, blue, alpha = pixels[at : at + 4]
        if alpha >= _OPAQUE:
            counted[red, green, blue] += 1
    return counted


def _of_svg(data: bytes) -> Counter[_Rgb]:
    """Count the colours of a cleaned drawing."""
    root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    by_id = {one.get("id", ""): one for one in root.iter(etree.Element)}
    counted: Counter[_Rgb] = Counter()
    waiting: list[tuple[etree._Element, dict[str, str]]] = [(root, {"fill": "#000"})]
    while waiting:
        element, inherited = waiting.pop()
        name = etree.QName(element).localname
        style = {**inherited, **_style(element)}
        if name in _NEVER_SEEN or style.get("display") == "none":
            continue
        if name in _SHAPES:
            counted.update(_painted(style, by_id))
        elif name == "image":
            counted.update(_embedded(element))
        elif name == "style":
            counted.update(_of_sheet(element.text or ""))
        style.pop("opacity", None)
        waiting += [(child, style) for child in element.iterchildren(etree.Element)]
    return counted


def _style(element: etree._Element) -> dict[str, str]:
    """Return what paints an element: its attributes, and its style, which wins."""
    found = {str(key): str(value) for key, value in element.attrib.items()}
    wanted = ("fill", "stroke", "color", "display", "stop-color")
    style = {name: found[name] for name in wanted if name in found}
    for line in tinycss2.parse_blocks_contents(found.get("style", "")):
        if line.type == "declaration" and line.lower_name in wanted:
            style[line.lower_name] = tinycss2.serialize(line.value).strip()
    return style


def _painted(style: dict[str, str], by_id: dict[str, etree._Element]) -> Iterator[_Rgb]:
    for name in ("fill", "stroke"):
        value = style.get(name, "none")
        if value.lower() == "currentcolor":
            value = style.get("color", "#000")
        found = _URL.match(value)
        if found:
            yield from _stops(by_id.get(found[1]), by_id)
        else:
            yield from _rgb(value)


def _stops(gradient: etree._Element | None, by_id: dict[str, etree._Element]) -> Iterator[_Rgb]:
    """Yield the colours of a gradient, or of the one that it takes its stops from."""
    if gradient is None:
        return
    stops = [one for one in gradient if etree.QName(one).localname == "stop"]
    if not stops:
        href = gradient.get("href") or gradient.get("{http://www.w3.org/1999/xlink}href") or ""
        other = by_id.get(href.removeprefix("#"))
        stops = [] if other is None else list(other.iterchildren(etree.Element))
    for stop in stops:
        yield from _rgb(_style(stop).get("stop-color", "#000"))


def _of_sheet(text: str) -> Iterator[_Rgb]:
    """Yield the colours of a style sheet's rules, wherever they are used."""
    for rule in tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True):
        if rule.type != "qualified-rule":
            continue
        for line in tinycss2.parse_blocks_contents(rule.content):
            if line.type == "declaration" and line.lower_name in {"fill", "stroke", "stop-color"}:
                yield from _rgb(tinycss2.serialize(line.value).strip())


def _rgb(value: str) -> Iterator[_Rgb]:
    """Yield the colour that a value is, if it is one and can be seen."""
    try:
        paint = parse_paint(value)
    except ValueError:
        return
    if isinstance(paint, Solid) and paint.colour.alpha * 255 >= _OPAQUE:
        text = paint.colour.hex()
        yield int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def _embedded(element: etree._Element) -> Counter[_Rgb]:
    href = element.get("href") or element.get("{http://www.w3.org/1999/xlink}href") or ""
    found = _DATA.match(href)
    return _of_picture(base64.b64decode(found[1])) if found else Counter()
