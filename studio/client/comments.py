"""Where are the comments of a client file, and what does each stand beside?

PyYAML drops comments, but every token has its place: what begins with `#` between two tokens is a
comment. Each is given to an entry (a key with its value, or an item of a list): in front of it,
behind it on its line, or to the end of the part that it is indented into.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import yaml

from studio.client.tree import is_absent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.client.splice import Document

_COMMENT = re.compile(r"#[^\r\n\x85\u2028\u2029]*")
_LINES = re.compile(r"\r\n|[\r\n\x85\u2028\u2029]")


class Comment(NamedTuple):
    """A comment: where it begins, its column from 0, and whether it has a line of its own."""

    start: int
    column: int
    text: str
    alone: bool


@dataclass(kw_only=True, eq=False)
class Entry:
    """A key with its value (of an item: the value alone), and the comments beside it.

    `above` holds lines, empty ones for blank lines. `below` is what ends the value's section.
    """

    key: yaml.ScalarNode | None
    value: yaml.Node
    start: int
    column: int
    around: Entry | None
    above: list[str] = field(default_factory=list)
    behind: Comment | None = None
    below: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    @property
    def is_flow(self) -> bool:
        """Whether the value is written with brackets."""
        return isinstance(self.value, yaml.CollectionNode) and bool(self.value.flow_style)

    @property
    def is_open(self) -> bool:
        """Whether comments below may be a part of it: a section, a list, or an empty value."""
        return bool(self.entries) or is_absent(self.value)

    def walk(self) -> Iterator[Entry]:
        """Yield what is in it, in the order of the text."""
        for entry in self.entries:
            yield entry
            yield from entry.walk()

    def has(self, other: Entry) -> bool:
        """Whether another entry is somewhere in this one."""
        outer = other.around
        while outer is not None and outer is not self:
            outer = outer.around
        return outer is self


def entries(root: yaml.MappingNode) -> Entry:
    """Return the nodes of a file as entries, without comments."""
    whole = Entry(key=None, value=root, start=-1, column=0, around=None)
    _fill(whole)
    return whole


def _fill(entry: Entry) -> None:
    node = entry.value
    if not isinstance(node, yaml.CollectionNode):
        return
    for part in node.value:
        key, value = part if isinstance(part, tuple) else (None, part)
        first = value if key is None else key
        column = node.start_mark.column if key is None else first.start_mark.column
        inner = Entry(
            key=key, value=value, start=first.start_mark.index, column=column, around=entry
        )
        _fill(inner)
        entry.entries.append(inner)


def comments(document: Document) -> list[Comment]:
    """Return the comments of a text, in its order."""
    found: list[Comment] = []
    text, end = document.text, 0
    for token in yaml.scan(text, yaml.BaseLoader):
        found += _between(document, end, token.start_mark.index)
        end = token.end_mark.index
        if isinstance(token, yaml.ScalarToken) and token.style in {"|", ">"}:
            header = _LINES.split(text[token.start_mark.index : end], maxsplit=1)[0]
            found += _between(
                document, token.start_mark.index, token.start_mark.index + len(header)
            )
    return [*found, *_between(document, end, len(text))]


def _between(document: Document, start: int, end: int) -> Iterator[Comment]:
    for match in _COMMENT.finditer(document.text, start, end):
        line = document.line_start(match.start())
        before = document.text[line : match.start()]
        yield Comment(
            start=match.start(),
            column=len(before.lstrip("\ufeff")),
            text=match[0].rstrip(),
            alone=not before.strip(" \t\ufeff"),
        )


def attach(document: Document, whole: Entry) -> None:
    """Give every comment, and the blank lines around it, to the entry that it stands beside."""
    every = list(whole.walk())
    starts = [entry.start for entry in every]
    for comment in comments(document):
        at = bisect_right(starts, comment.start)
        last = every[at - 1] if at else None
        if last is not None and not comment.alone:
            _put_behind(_on_line(document, last, comment), comment)
        else:
            _put_alone(document, whole, comment, last, every[at] if at < len(every) else None)
    for entry in every:
        if _blank_before(document, entry.start):
            entry.above.append("")


def _on_line(document: Document, entry: Entry, comment: Comment) -> Entry:
    """Return the entry that ends before a comment: behind a bracket, that of the whole list."""
    outer = entry.around
    while outer is not None and outer.is_flow and document.end(outer.value) <= comment.start:
        entry, outer = outer, outer.around
    return entry


def _put_behind(entry: Entry, comment: Comment) -> None:
    if entry.behind is None and entry.around is not None:
        entry.behind = comment
    elif entry.around is None:
        entry.below.append(comment.text)
    else:
        entry.above.append(comment.text)


def _put_alone(
    document: Document,
    whole: Entry,
    comment: Comment,
    last: Entry | None,
    following: Entry | None,
) -> None:
    blank = [""] if _blank_before(document, comment.start) else []
    if last and not last.entries and comment.start < document.end(last.value):
        # Between a key and its value, or within brackets that hold nothing.
        last.above += [*blank, comment.text]
        return
    ended = _ended(document, comment, last, following)
    if ended is not None:
        ended.below += [*blank, comment.text]
    elif following is not None:
        following.above += [*blank, comment.text]
    else:
        whole.below += [*blank, comment.text]


def _ended(
    document: Document, comment: Comment, last: Entry | None, following: Entry | None
) -> Entry | None:
    """Return the innermost section that ends with a comment, None where what follows has it."""
    inner = last
    while inner is not None and inner.around is not None:
        inside = inner.is_flow and comment.start < document.end(inner.value)
        if following is None or not inner.has(following):
            if inside:
                return inner
            if inner.is_open and not inner.is_flow and _reaches(comment, inner, following):
                return inner
        inner = inner.around
    return None


def _reaches(comment: Comment, section: Entry, following: Entry | None) -> bool:
    inside = section.entries[0].column if section.entries else section.column + 1
    beyond = following.column if following else 0
    return comment.column >= inside and comment.column > beyond


def _blank_before(document: Document, index: int) -> bool:
    """Tell whether the line before that of an index is empty."""
    line = document.line_start(index)
    if not line:
        return False
    end = line - (2 if document.text.startswith("\r\n", line - 2) else 1)
    return not document.text[document.line_start(end) : end].strip(" \t\ufeff")
