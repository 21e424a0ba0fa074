"""At which characters does the text change for one edit? The cuts, in terms of PyYAML's marks.

PyYAML ends a block mapping or list at the next token, after comments and blank lines, so ends are
found here (`Document.end`) from the last value that has characters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import yaml

from studio.client.scalar import Scalar, literal_text, scalar_text
from studio.client.tree import KeyPath, child, is_absent

if TYPE_CHECKING:
    from collections.abc import Iterable

type Value = Scalar | list[str]

_STEP = 2
_LINE_END = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")
_GAP = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)*,")


class Splice(NamedTuple):
    """Replace the characters from start to end."""

    start: int
    end: int
    text: str


def apply(text: str, splices: Iterable[Splice]) -> str:
    """Return the text with all splices done; they do not overlap."""
    for start, end, new in sorted(splices, reverse=True):
        text = text[:start] + new + text[end:]
    return text


class Document:
    """A text, its nodes, and where its lines and values end."""

    def __init__(self, text: str, root: yaml.Node | None) -> None:
        self.text = text
        self.root = root
        first = _LINE_END.search(text)
        self.newline = first[0] if first else "\n"

    def end(self, node: yaml.Node) -> int:
        """Return the index after a node's last character."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            return self.end(_values(node)[-1])
        end = node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
            header = self.text[node.start_mark.index : end].splitlines()[0]
            if "+" not in header.partition("#")[0]:
                return node.start_mark.index + len(self.text[node.start_mark.index : end].rstrip())
        return end

    def line_start(self, index: int) -> int:
        """Return the index of the first character on a line."""
        while index > 0 and self.text[index - 1] not in "\n\r\x85\u2028\u2029":
            index -= 1
        return index

    def next_line(self, index: int) -> int:
        """Return the index of the next line's first character, or the length of the text."""
        if index and self.text[index - 1] in "\n\r":
            return index
        found = _LINE_END.search(self.text, index)
        return found.end() if found else len(self.text)

    def insert_lines(self, index: int, lines: list[str]) -> Splice:
        """Put whole lines where a line begins, or after the last line, however it ends."""
        block = self.newline.join(lines)
        if index == len(self.text) and index and self.text[index - 1] not in "\n\r\ufeff":
            return Splice(index, index, self.newline + block)
        return Splice(index, index, block + self.newline)


def replace(document: Document, key: yaml.Node, node: yaml.Node, value: Value) -> list[Splice]:
    """Replace the value at a scalar or list; of an item, the key is the item itself."""
    if isinstance(node, yaml.SequenceNode) and isinstance(value, list):
        return _replace_items(document, node, value) if value else _empty_list(document, key, node)
    if isinstance(value, list):
        return _replace_span(document, node, _flow_list(value))
    if isinstance(node, yaml.ScalarNode) and node.style in {"|", ">"}:
        return _replace_block(document, node, value)
    style = node.style if isinstance(node, yaml.ScalarNode) else None
    text = scalar_text(value, style=style, flow=_in_flow(document, node))
    return _replace_span(document, node, text)


def _replace_span(document: Document, node: yaml.Node, new: str) -> list[Splice]:
    start, end = node.start_mark.index, document.end(node)
    if start < end:
        return [Splice(start, end, new)]
    # Nothing stands here yet: the mark is right behind the colon.
    blank = _blanks(document.text[end:])
    if document.text[end + blank : end + blank + 1] in {",", "}", "]"}:
        return [Splice(start, start + blank, " " + new)]
    return [Splice(start, start, " " + new)]


def _replace_block(document: Document, node: yaml.ScalarNode, value: Scalar) -> list[Splice]:
    """Replace a literal or folded block; a comment behind its sign stays."""
    start = node.start_mark.index
    block = document.text[start : node.end_mark.index].rstrip()
    end = start + len(block)
    header, _, body = block.partition("\n")
    comment = header.rstrip("\r").partition("#")
    behind = f" {comment[1]}{comment[2]}" if comment[1] else ""
    indent = len(body.lstrip("\r\n")) - len(body.lstrip())
    if isinstance(value, str) and node.style == "|" and indent and end < len(document.text):
        literal = literal_text(value, indent, document.newline)
        if literal is not None:
            sign, _, rest = literal.partition(document.newline)
            return [Splice(start, end, sign + behind + document.newline + rest)]
    return [Splice(start, end, scalar_text(value) + behind)]


def _in_flow(document: Document, node: yaml.Node) -> bool:
    """Tell whether a node stands within `{}` or `[]`."""
    around = document.root
    while around is not None and around is not node:
        if isinstance(around, yaml.CollectionNode) and around.flow_style:
            return True
        around = _part_around(around, node)
    return False


def _part_around(node: yaml.Node, inner: yaml.Node) -> yaml.Node | None:
    values = _values(node) if isinstance(node, yaml.CollectionNode) else []
    before = [value for value in values if value.start_mark.index <= inner.start_mark.index]
    return before[-1] if before else None


def _flow_list(values: list[str]) -> str:
    return "[" + ", ".join(scalar_text(value, flow=True) for value in values) + "]"


def _replace_items(document: Document, node: yaml.SequenceNode, values: list[str]) -> list[Splice]:
    """Keep the items that stay at both ends, change the ones between, then add or remove."""
    old = [item.value if isinstance(item, yaml.ScalarNode) else None for item in node.value]
    before = _common(old, values)
    behind = _common(old[before:][::-1], values[before:][::-1])
    items = node.value[before : len(old) - behind]
    wanted = values[before : len(values) - behind]
    splices: list[Splice] = []
    for item, value in zip(items, wanted, strict=False):
        splices += replace(document, item, item, value)
    splices += _remove_items(document, node, items[len(wanted) :])
    if wanted[len(items) :]:
        splices.append(_add_items(document, node, before + len(items), wanted[len(items) :]))
    return splices


def _common(first: list[str | None], second: list[str]) -> int:
    for index, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return index
    return min(len(first), len(second))


def _empty_list(document: Document, key: yaml.Node, node: yaml.SequenceNode) -> list[Splice]:
    if node.flow_style:
        return [Splice(node.start_mark.index, node.end_mark.index, "[]")]
    behind_colon = document.text.index(":", key.end_mark.index) + 1
    return [
        Splice(behind_colon, behind_colon, " []"),
        *_remove_items(document, node, node.value),
    ]


def _remove_items(
    document: Document, node: yaml.SequenceNode, items: list[yaml.Node]
) -> list[Splice]:
    if node.flow_style and items:
        return _cut_from_flow(document, node, items[0], items[-1])
    starts = [document.line_start(item.start_mark.index) for item in items]
    ends = [document.next_line(document.end(item)) for item in items]
    return [Splice(start, end, "") for start, end in zip(starts, ends, strict=True)]


def _add_items(
    document: Document, node: yaml.SequenceNode, index: int, values: list[str]
) -> Splice:
    if node.flow_style:
        texts = [scalar_text(value, flow=True) for value in values]
        if index:
            end = document.end(node.value[index - 1])
            return Splice(end, end, "".join(f", {text}" for text in texts))
        start = node.start_mark.index + 1
        return Splice(start, start, ", ".join(texts) + (", " if node.value else ""))
    indent = " " * node.start_mark.column
    lines = [f"{indent}- {scalar_text(value)}" for value in values]
    if index:
        place = document.next_line(document.end(node.value[index - 1]))
    else:
        place = document.line_start(node.start_mark.index)
    return document.insert_lines(place, lines)


def add_entry(
    document: Document, mapping: yaml.MappingNode, path: KeyPath, value: Value
) -> list[Splice]:
    """Add an entry, and the sections it needs, at the end of a mapping."""
    if mapping.flow_style:
        entry = _flow_entry(path, value)
        if not mapping.value:
            start = mapping.start_mark.index + 1
            return [Splice(start, start, entry)]
        end = document.end(mapping.value[-1][1])
        # An empty value ends at its colon, and a comma right behind that would not be seen as one.
        gap = " , " if is_absent(mapping.value[-1][1]) else ", "
        return [Splice(end, end, gap + entry)]
    lines = _block_lines(path, value, mapping.value[0][0].start_mark.column)
    place = document.next_line(document.end(mapping.value[-1][1]))
    return [document.insert_lines(place, lines)]


def fill_empty(
    document: Document, key: yaml.Node | None, node: yaml.Node | None, path: KeyPath, value: Value
) -> list[Splice]:
    """Make a section, with one entry in it, where nothing stands yet."""
    if key is None or node is None:
        return [document.insert_lines(len(document.text), _block_lines(path, value, 0))]
    if _in_flow(document, node):
        return _replace_span(document, node, "{" + _flow_entry(path, value) + "}")
    cuts = [Splice(node.start_mark.index, document.end(node), "")]
    lines = _block_lines(path, value, key.start_mark.column + _STEP)
    place = document.next_line(document.end(node))
    return [*cuts, document.insert_lines(place, lines)]


def _block_lines(path: KeyPath, value: Value, indent: int) -> list[str]:
    lines = [
        " " * (indent + depth * _STEP) + scalar_text(name) + ":" for depth, name in enumerate(path)
    ]
    text = _flow_list(value) if isinstance(value, list) else scalar_text(value)
    return [*lines[:-1], f"{lines[-1]} {text}"]


def _flow_entry(path: KeyPath, value: Value) -> str:
    text = _flow_list(value) if isinstance(value, list) else scalar_text(value, flow=True)
    for name in reversed(path[1:]):
        text = "{" + f"{scalar_text(name, flow=True)}: {text}" + "}"
    return f"{scalar_text(path[0], flow=True)}: {text}"


def remove_entry(document: Document, mapping: yaml.MappingNode, name: str) -> list[Splice]:
    """Remove an entry of a mapping with all that is in it."""
    found = child(mapping, name)
    if found is None:
        return []
    key, node = found
    if mapping.flow_style:
        return _cut_from_flow(document, mapping, key, node)
    start = document.line_start(key.start_mark.index)
    start += document.text.startswith("\ufeff", start)
    return [Splice(start, document.next_line(document.end(node)), "")]


def _cut_from_flow(
    document: Document, collection: yaml.CollectionNode, first: yaml.Node, last: yaml.Node
) -> list[Splice]:
    """Cut an entry or item, and one comma: the one behind it, or else the one before."""
    text, start, end = document.text, first.start_mark.index, document.end(last)
    comma = _GAP.match(text, end)
    if comma and "#" not in comma[0]:
        return [Splice(start, comma.end() + _blanks(text[comma.end() :]), "")]
    ends = [document.end(part) for part in _values(collection)]
    before = [index for index in ends if index <= start]
    if comma is None and before:
        comma = _GAP.match(text, before[-1])
        if comma and not text[comma.end() : start].strip():
            return [Splice(before[-1], end, "")]
    commas = [Splice(comma.end() - 1, comma.end(), "")] if comma else []
    return [Splice(start, end, ""), *commas]


def _blanks(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _values(collection: yaml.CollectionNode) -> list[yaml.Node]:
    return [part[1] if isinstance(part, tuple) else part for part in collection.value]
