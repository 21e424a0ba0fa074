"""What of an SVG picture may be shown? An allow-list; the rest is removed and reported.

Nothing is fetched and no entity is expanded. The result has no script, event attribute, link,
animation or foreign content; it refers to its own parts (`#id`) and to pictures embedded in it,
and to nothing else. It is well-formed, and the same bytes for the same input.
"""

from __future__ import annotations

import base64
import binascii
import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree

from studio.client.svg_allowed import ATTRIBUTES, ELEMENTS, UNWRAPPED
from studio.client.svg_style import clean_declarations, clean_sheet, outside_reference

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HREFS = ("href", f"{{{XLINK}}}href")
_EMBEDDED = re.compile(r"data:(image/(?:png|jpeg|webp));base64,([A-Za-z0-9+/=\s]+)")
_DECLARATION = re.compile(r"\A<\?xml\s[^>]*\?>")
_LENGTH = re.compile(r"\s*\+?([0-9]*\.?[0-9]+(?:[eE][+-]?[0-9]{1,2})?)\s*(px|pt|pc|mm|cm|in|)\s*")
_PIXELS = {
    "": 1.0,
    "px": 1.0,
    "pt": 96 / 72,
    "pc": 16.0,
    "mm": 96 / 25.4,
    "cm": 96 / 2.54,
    "in": 96.0,
}
_MOST_COPIES = 10_000
_DEEPEST = 250
_LONGEST_SIDE = 1_000_000

type PictureTest = Callable[[bytes, str], bool]


class SvgError(ValueError):
    """The data cannot be a logo; the message follows a file name."""


@dataclass(frozen=True, kw_only=True)
class Svg:
    """A cleaned picture; width and height in CSS pixels."""

    data: bytes
    width: int
    height: int
    removed: tuple[str, ...]


def clean_svg(data: bytes, is_picture: PictureTest) -> Svg:
    """Return the picture without anything that is not on the allow-list.

    Args:
        data: The content of the file.
        is_picture: Tells whether embedded data is a picture of a media type.

    Raises:
        SvgError: It is not SVG, declares entities, has no size, or copies itself endlessly.
    """
    text = _decoded(data)
    root = _parse(text)
    removed = dict.fromkeys((*_beside_root(text), *_clean(root, is_picture)))
    _check_copies(root)
    width, height = _size(root)
    etree.cleanup_namespaces(root)
    cleaned = etree.tostring(root, encoding="unicode") + "\n"
    return Svg(data=cleaned.encode("utf-8"), width=width, height=height, removed=tuple(removed))


def _parse(text: str) -> etree._Element:
    if "<!ENTITY" in text:
        raise SvgError("declares entities; save it as plain SVG")
    # The declaration names the encoding the file had; the parser is given UTF-8.
    without_declaration = _DECLARATION.sub("", text)
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(without_declaration.encode("utf-8"), parser)
    except etree.XMLSyntaxError as error:
        problem = error.msg.partition(", ")[0]
        raise SvgError(f"is not well-formed SVG: {problem} (line {error.lineno})") from None
    if root.tag != f"{{{SVG}}}svg":
        raise SvgError(f'is not SVG: it begins with <{_local(root)}> and lacks xmlns="{SVG}"')
    return root


def _decoded(data: bytes) -> str:
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig").lstrip()
    except UnicodeDecodeError:
        text = ""
    if not text.startswith("<"):
        raise SvgError("is not a PNG, JPEG, WebP or SVG picture (SVG is text in UTF-8)")
    return text


def _beside_root(text: str) -> Iterator[str]:
    """Name what the parser leaves out: it is neither kept nor obeyed."""
    if "<!DOCTYPE" in text:
        yield "<!DOCTYPE>"
    if "<?" in _DECLARATION.sub("", text):
        yield "processing instruction"


def _clean(root: etree._Element, is_picture: PictureTest) -> Iterator[str]:
    """Clean an element and what is in it, naming what is removed."""
    for node in list(root.iter()):
        if node is not root and not _is_inside(node, root):
            continue
        if isinstance(node, etree._Entity):  # noqa: SLF001  lxml has no public name for the class
            _remove(node)
            yield f"entity {node.text}"
            continue
        name = _local(node)
        if node.tag == f"{{{SVG}}}{name}" and name in UNWRAPPED:
            node.tag = f"{{{SVG}}}g"
            yield f"<{name}> (its content stays)"
        elif node.tag != f"{{{SVG}}}{name}" or name not in ELEMENTS:
            shown = _shown(node)
            _remove(node)
            yield f"<{shown}>"
            continue
        yield from _clean_attributes(node, is_picture)
        if name == "style":
            yield from _clean_style(node)


def _is_inside(node: etree._Element, root: etree._Element) -> bool:
    return any(parent is root for parent in node.iterancestors())


def _local(node: etree._Element) -> str:
    return etree.QName(node).localname


def _shown(node: etree._Element) -> str:
    return f"{node.prefix}:{_local(node)}" if node.prefix else _local(node)


def _remove(node: etree._Element) -> None:
    """Take a node out of the tree; the text after it stays."""
    parent = node.getparent()
    if parent is None:
        raise SvgError("is not SVG")
    if node.tail:
        before = node.getprevious()
        if before is None:
            parent.text = (parent.text or "") + node.tail
        else:
            before.tail = (before.tail or "") + node.tail
        node.tail = None
    parent.remove(node)


def _clean_attributes(node: etree._Element, is_picture: PictureTest) -> Iterator[str]:
    for key in list(node.attrib):
        name, value = str(key), str(node.attrib[key])
        if name in _HREFS:
            problem = _href_problem(node, value, is_picture)
        elif name == "style":
            node.attrib[name], dropped = clean_declarations(value)
            yield from (f"{thing} on <{_local(node)}>" for thing in dropped)
            problem = None if node.attrib[name] else ""
        else:
            problem = _attribute_problem(name, value)
        if problem is not None:
            del node.attrib[key]
        if problem:
            yield f"{problem} on <{_local(node)}>"


def _attribute_problem(name: str, value: str) -> str | None:
    """Say what is wrong with an attribute, or return None."""
    if name == _XML_SPACE:
        return None
    if name not in ATTRIBUTES:
        return f"attribute {_short(name)}"
    outside = outside_reference(value)
    return None if outside is None else f"{outside} in {name}"


def _short(name: str) -> str:
    """Return an attribute's name; of a name space, its last word."""
    qualified = etree.QName(name)
    space = (qualified.namespace or "").rstrip("/").rpartition("/")[2]
    return f"{space}:{qualified.localname}" if space else qualified.localname


def _href_problem(node: etree._Element, value: str, is_picture: PictureTest) -> str | None:
    reference = value.strip()
    if _local(node) != "image" and re.fullmatch(r"#[^\s\"'()<>]+", reference):
        return None
    embedded = _EMBEDDED.fullmatch(reference)
    if _local(node) == "image" and embedded and _decodes(embedded, is_picture):
        return None
    return f'reference to "{reference[:60]}"'


def _decodes(embedded: re.Match[str], is_picture: PictureTest) -> bool:
    try:
        data = base64.b64decode("".join(embedded[2].split()), validate=True)
    except binascii.Error:
        return False
    return is_picture(data, embedded[1])


def _clean_style(node: etree._Element) -> Iterator[str]:
    text = "".join(map(str, node.itertext()))
    for part in list(node):
        node.remove(part)
        yield "element in <style>"
    node.text, dropped = clean_sheet(text)
    yield from (f"{thing} in <style>" for thing in dropped)


def _check_copies(root: etree._Element) -> None:
    """Refuse pictures whose <use> elements multiply: what a browser would draw is counted."""
    by_id = {node.get("id"): node for node in reversed(list(root.iter()))}
    known: dict[etree._Element, int] = {}

    def count(node: etree._Element, around: tuple[etree._Element, ...]) -> int:
        if node in around:
            raise SvgError("uses a part inside of itself")
        if len(around) > _DEEPEST:
            raise SvgError("nests its parts too deeply; simplify it")
        if node not in known:
            total = 1 + sum(count(part, (*around, node)) for part in node)
            target = by_id.get(_use_target(node))
            if target is not None:
                total += count(target, (*around, node))
            known[node] = total
        return known[node]

    if count(root, ()) > _MOST_COPIES:
        raise SvgError(f"draws more than {_MOST_COPIES:,} parts; simplify it")


def _use_target(node: etree._Element) -> str:
    """Return the id that a <use> copies; "/" is no id that could be found."""
    reference = node.get("href") or node.get(_HREFS[1]) or ""
    return reference.strip()[1:] if _local(node) == "use" else "/"


def _size(root: etree._Element) -> tuple[int, int]:
    """Return width and height in CSS pixels, and see to it that the picture can be scaled."""
    width, height = _length(root.get("width")), _length(root.get("height"))
    box = _view_box(root.get("viewBox"))
    if box is None:
        if width is None or height is None:
            raise SvgError("has no size; give it a viewBox, or width and height")
        root.set("viewBox", f"0 0 {width:g} {height:g}")
        box = (width, height)
    if width is None:
        width = box[0] if height is None else height * box[0] / box[1]
    if height is None:
        height = width * box[1] / box[0]
    return max(1, round(width)), max(1, round(height))


def _length(text: str | None) -> float | None:
    """Return a length in CSS pixels; None for per cent, relative units and nonsense."""
    match = _LENGTH.fullmatch(text or "")
    if match is None:
        return None
    length = float(match[1]) * _PIXELS[match[2]]
    return length if 0 < length < _LONGEST_SIDE else None


def _view_box(text: str | None) -> tuple[float, float] | None:
    try:
        numbers = [float(part) for part in re.split(r"[\s,]+", (text or "").strip())]
    except ValueError:
        return None
    if len(numbers) != 4 or not all(map(math.isfinite, numbers)):  # noqa: PLR2004  x, y, width, height
        return None
    width, height = numbers[2:]
    fits = 0 < width < _LONGEST_SIDE and 0 < height < _LONGEST_SIDE
    return (width, height) if fits else None
