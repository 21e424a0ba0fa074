"""What is the canonical form of a client file? The same decisions and comments, in one spelling.

* sections and keys stand in the order of docs/client-file.md, languages as the author has them;
* two spaces of indentation, one blank line between sections, one at most within them;
* quotes only where YAML needs them; brackets stay where they fit on a line;
* comments stay with what they stand beside, those behind a value in their column.

The result is refused if it does not read as the same client with the same comments.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import dropwhile
from typing import TYPE_CHECKING, NamedTuple, get_args

import yaml

from studio.client.comments import Entry, attach, comments, entries
from studio.client.file import parse
from studio.client.model import Client, Section
from studio.client.scalar import literal_text, scalar_text
from studio.client.splice import Document
from studio.client.tree import compose, is_absent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WIDTH = 100
_STEP = 2
_GAP = 2
"""Spaces between a value and the comment behind it, at least."""
_LINES = re.compile(r"\r\n|[\n\r\x85\u2028\u2029]")


class FormatError(ValueError):
    """The canonical form would not say the same; the file is left as it is."""


class _Line(NamedTuple):
    """Text, with the comment behind it; a line of a literal block says something where empty."""

    text: str
    comment: str = ""
    column: int = 0
    literal: bool = False

    def __str__(self) -> str:
        if not self.comment:
            return self.text
        return self.text.ljust(max(self.column, len(self.text) + _GAP)) + self.comment


def formatted(text: str, name: str) -> str:
    """Return a client file's text in its canonical form; `name` is the file's, for mistakes.

    Raises:
        ClientFileError: It is no client file.
        FormatError: Its canonical form would not say the same.
    """
    client = parse(text, name)
    root = compose(text).root
    if not isinstance(root, yaml.MappingNode):
        raise FormatError(f"{name}: there is nothing to format")
    document = Document(text, root)
    whole = entries(root)
    attach(document, whole)
    lines = _single_blanks(_file(document, whole))
    new = document.newline.join(map(str, lines)) + document.newline
    _check(document, new, client, name)
    return new


def _check(document: Document, new: str, client: Client, name: str) -> None:
    """Compare what is read, and the comments, before and after.

    Raises:
        FormatError: They differ.
    """
    after = Document(new, compose(new).root)
    kept = _texts(document) == _texts(after)
    if not kept or parse(new, name) != client:
        raise FormatError(f"{name}: cannot be formatted without changing what it says")


def _texts(document: Document) -> Counter[str]:
    return Counter(comment.text for comment in comments(document))


def _single_blanks(lines: Iterable[_Line]) -> Iterator[_Line]:
    """Leave out blank lines at the beginning, and all but one elsewhere."""
    blank = True
    for line in lines:
        if line.text or line.literal or not blank:
            yield line
        blank = not line.text and not line.literal


def _file(document: Document, whole: Entry) -> Iterator[_Line]:
    header = _header(whole)
    yield from map(_Line, header)
    for number, entry in enumerate(_ordered(whole, Client)):
        if number or header:
            yield _Line("")
        yield from _entry(document, entry, 0, _kind(Client, entry))
    if whole.below:
        yield _Line("")
        yield from map(_Line, _trimmed(whole.below))


def _header(whole: Entry) -> list[str]:
    """Take what stands above a blank line at the top: it is about the file."""
    first = whole.entries[0]
    above = _trimmed_start(first.above)
    if "" not in above:
        return []
    last = len(above) - above[::-1].index("")
    header, first.above = above[:last], above[last:]
    return _trimmed(header)


def _trimmed_start(lines: list[str]) -> list[str]:
    start = next((at for at, line in enumerate(lines) if line), len(lines))
    return lines[start:]


def _trimmed(lines: list[str]) -> list[str]:
    return _trimmed_start(_trimmed_start(lines)[::-1])[::-1]


def _ordered(entry: Entry, kind: type[Section] | None) -> list[Entry]:
    """Return what is in a section in the order of its settings; languages stay as they are."""
    if kind is None:
        return entry.entries
    names = list(kind.model_fields)
    return sorted(entry.entries, key=lambda one: names.index(one.key.value if one.key else ""))


def _kind(around: type[Section] | None, entry: Entry) -> type[Section] | None:
    """Return the model of a section, None for a value."""
    if around is None or entry.key is None:
        return None
    annotation = around.model_fields[entry.key.value].annotation
    options = (annotation, *get_args(annotation))
    return next(
        (one for one in options if isinstance(one, type) and issubclass(one, Section)), None
    )


def _entry(
    document: Document, entry: Entry, indent: int, kind: type[Section] | None
) -> Iterator[_Line]:
    """Yield the lines of an entry of a block."""
    space = " " * indent
    yield from _comment_lines(entry.above, indent)
    head = space + ("-" if entry.key is None else _scalar(document, entry.key, flow=False) + ":")
    value, body = _value(document, entry, indent, len(head), kind)
    yield _commented(f"{head} {value}" if value else head, entry)
    yield from body
    yield from _comment_lines(entry.below, indent + _STEP)


def _comment_lines(lines: list[str], indent: int) -> Iterator[_Line]:
    for line in lines:
        yield _Line(" " * indent + line if line else "")


def _commented(text: str, entry: Entry) -> _Line:
    if entry.behind is None:
        return _Line(text)
    return _Line(text, entry.behind.text, entry.behind.column)


def _value(
    document: Document, entry: Entry, indent: int, taken: int, kind: type[Section] | None
) -> tuple[str, list[_Line]]:
    """Return what stands behind the colon, and the lines below it."""
    node = entry.value
    if isinstance(node, yaml.ScalarNode):
        return _scalar_value(document, node, indent)
    flow = _flow(document, entry, kind)
    fits = entry.is_flow and taken + 1 + len(flow) <= _WIDTH and not _has_comments(entry)
    if fits or not entry.entries:
        return flow, []
    inner = (
        line
        for one in _ordered(entry, kind)
        for line in _entry(document, one, indent + _STEP, _kind(kind, one))
    )
    return "", list(dropwhile(lambda line: not line.text, inner))


def _scalar_value(
    document: Document, node: yaml.ScalarNode, indent: int
) -> tuple[str, list[_Line]]:
    if is_absent(node):
        return "", []
    if node.style in {"|", ">"}:
        block = literal_text(node.value, indent + _STEP, "\n")
        if block is not None:
            sign, *lines = block.split("\n")
            return sign, [_Line(line, literal=True) for line in lines]
    return _scalar(document, node, flow=False), []


def _scalar(document: Document, node: yaml.ScalarNode, *, flow: bool) -> str:
    """Return a value on one line: as it is where it has no quotes, else with as few as it takes."""
    source = document.text[node.start_mark.index : node.end_mark.index]
    if not node.style and source == node.value and _is_one_line(source):
        return source
    return scalar_text(node.value, flow=flow)


def _is_one_line(text: str) -> bool:
    return bool(text) and _LINES.search(text) is None


def _flow(document: Document, entry: Entry, kind: type[Section] | None) -> str:
    """Return a value as it is written within brackets."""
    node = entry.value
    if isinstance(node, yaml.ScalarNode):
        return "null" if is_absent(node) else _scalar(document, node, flow=True)
    parts = [_flow_part(document, one, _kind(kind, one)) for one in _ordered(entry, kind)]
    text = ", ".join(parts)
    return f"[{text}]" if isinstance(node, yaml.SequenceNode) else "{" + text + "}"


def _flow_part(document: Document, entry: Entry, kind: type[Section] | None) -> str:
    value = _flow(document, entry, kind)
    return value if entry.key is None else f"{_scalar(document, entry.key, flow=True)}: {value}"


def _has_comments(entry: Entry) -> bool:
    return bool(entry.below) or any(
        one.behind is not None or any(one.above) or one.below for one in entry.walk()
    )
