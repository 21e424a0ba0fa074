"""Which nodes does the text of a client file have, and where do they stand?

PyYAML's nodes with their marks, without types: every scalar is text. The shape is narrowed to
what a client file needs: one document of mappings, lists and scalars. Anchors, aliases, tags,
duplicate keys and deep nesting are refused, each with its place.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, Protocol, TypeGuard

import yaml
from yaml.composer import Composer
from yaml.resolver import BaseResolver

type KeyPath = tuple[str, ...]
type Data = str | list[Data] | dict[str, Data] | None

_LONGEST = 1_000_000
_DEEPEST = 20
_MOST = 5_000
"""Values, keys, and beginnings and ends of sections; PyYAML reads so many in less than a second."""

_ABSENT = {"", "~", "null", "Null", "NULL"}


class Mark(Protocol):
    """A place in the text, counted from 0; PyYAML has two classes for it."""

    @property
    def line(self) -> int:
        """The line, from 0."""

    @property
    def column(self) -> int:
        """The column in characters, from 0."""


class Fault(NamedTuple):
    """What is wrong with the text itself; line and column from 1."""

    line: int
    column: int
    path: KeyPath
    message: str


class TreeError(ValueError):
    """The text has no tree at all, or one that a client file may not have."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{x.line}:{x.column} {x.message}" for x in faults))
        self.faults = faults


class Tree(NamedTuple):
    """The nodes of a text (None: it has none), and the keys that occur twice."""

    root: yaml.Node | None
    faults: tuple[Fault, ...]


class _Replay(Composer, BaseResolver):
    """Make nodes from events that have been looked at already."""

    def __init__(self, events: list[yaml.Event]) -> None:
        Composer.__init__(self)
        BaseResolver.__init__(self)
        self._events = events
        self._next = 0

    def check_event(self, *kinds: type[yaml.Event]) -> bool:
        return isinstance(self._events[self._next], kinds)

    def peek_event(self) -> yaml.Event:
        return self._events[self._next]

    def get_event(self) -> yaml.Event:
        self._next += 1
        return self._events[self._next - 1]


# An edit reads the old text, the new one, and the new one again for the client; a drag of the
# colour does so for every move, so the last trees are kept. Nobody changes a tree.
@lru_cache(maxsize=4)
def compose(text: str) -> Tree:
    """Return the nodes of a text.

    Raises:
        TreeError: The text is not YAML, or YAML of a shape that is refused.
    """
    if len(text) > _LONGEST:
        message = f"the file has {len(text)} characters; at most {_LONGEST} are allowed"
        raise TreeError((Fault(1, 1, (), message),))
    events = _events(text)
    root = _Replay(events).get_single_node()
    return Tree(root, tuple(_double_keys(root, ())))


def compose_quickly(text: str) -> Tree:
    """Return the same by libyaml, where PyYAML has it: for many small files that are only read.

    Raises:
        TreeError: The same, in the same words.
    """
    loader = getattr(yaml, "CBaseLoader", None)
    if loader is None or len(text) > _LONGEST:
        return compose(text)
    try:
        root = _Replay(_events(text, loader)).get_single_node()
    except TreeError:
        return compose(text)
    return Tree(root, tuple(_double_keys(root, ())))


def compose_at_most(text: str, *, longest: int, most: int) -> Tree:
    """Return the nodes of a text from elsewhere, which may be long and has few values.

    Args:
        text: YAML of the shape of a client file.
        longest: How many characters it may have.
        most: How many keys, values and beginnings and ends of sections it may have.

    Raises:
        TreeError: The text is not YAML, of a shape that is refused, or has more than that.
    """
    if len(text) > longest:
        message = f"the file has {len(text)} characters; at most {longest} are allowed"
        raise TreeError((Fault(1, 1, (), message),))
    strange = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if strange is not None:
        raise TreeError((_strange(text, strange.start()),))
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    root = _Replay(_events(text, loader, most)).get_single_node()
    return Tree(root, tuple(_double_keys(root, ())))


def _events(
    text: str, loader: type[yaml.BaseLoader] = yaml.BaseLoader, most: int = _MOST
) -> list[yaml.Event]:
    events: list[yaml.Event] = []
    faults: list[Fault] = []
    depth = 0
    try:
        for event in yaml.parse(text, loader):
            events.append(event)
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                message = f"the nesting is deeper than {_DEEPEST} levels"
                raise TreeError((_fault(event.start_mark, message),))
            faults += _refused(event, events)
            if len(events) > most:
                raise TreeError((_fault(event.start_mark, "the file holds too many values"),))
    except yaml.MarkedYAMLError as error:
        raise TreeError((_syntax(error),)) from None
    except yaml.reader.ReaderError as error:
        raise TreeError((_unreadable(text, error),)) from None
    if faults:
        raise TreeError(tuple(faults))
    return events


def _refused(event: yaml.Event, before: list[yaml.Event]) -> list[Fault]:
    found = []
    if isinstance(event, yaml.AliasEvent):
        found.append("an alias (*name) is not allowed; write the value again")
    elif isinstance(event, yaml.NodeEvent) and event.anchor is not None:
        found.append("an anchor (&name) is not allowed; remove it")
    if getattr(event, "tag", None) is not None:
        found.append("a tag (!name) is not allowed; remove it")
    if isinstance(event, yaml.DocumentStartEvent) and len(before) > 2:  # noqa: PLR2004  not the first
        found.append("a second document begins here; a client file has one")
    return [_fault(event.start_mark, message) for message in found]


def _fault(mark: Mark | None, message: str, path: KeyPath = ()) -> Fault:
    if mark is None:
        return Fault(1, 1, path, message)
    return Fault(mark.line + 1, mark.column + 1, path, message)


def _syntax(error: yaml.MarkedYAMLError) -> Fault:
    problem = " ".join(part for part in (error.context, error.problem) if part)
    return _fault(error.problem_mark or error.context_mark, f"this is not YAML: {problem}")


def _unreadable(text: str, error: yaml.reader.ReaderError) -> Fault:
    return _strange(text, error.position)


def _strange(text: str, position: int) -> Fault:
    before = text[:position]
    column = len(before) - (before.rfind("\n") + 1) + 1
    code = ord(text[position])
    message = f"the character U+{code:04X} is not allowed; remove it"
    return Fault(before.count("\n") + 1, column, (), message)


def _double_keys(node: yaml.Node | None, path: KeyPath) -> list[Fault]:
    faults: list[Fault] = []
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            faults += _double_keys(item, (*path, str(index)))
    if not isinstance(node, yaml.MappingNode):
        return faults
    first: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise TreeError((_fault(key.start_mark, "a key must be one word", path),))
        faults += _double_keys(value, (*path, key.value))
        if key.value in first:
            line = first[key.value].start_mark.line + 1
            message = f"the key is there twice; it is on line {line} too; remove one"
            faults.append(_fault(key.start_mark, message, (*path, key.value)))
        first.setdefault(key.value, key)
    return faults


def is_absent(node: yaml.Node) -> TypeGuard[yaml.ScalarNode]:
    """Tell whether a node says "nothing": no text, `~` or `null`, without quotes."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _ABSENT


def data_of(node: yaml.Node | None) -> Data:
    """Return a node as text, lists and mappings; None where it says nothing."""
    if node is None or is_absent(node):
        return None
    if isinstance(node, yaml.MappingNode):
        data: dict[str, Data] = {}
        for key, value in node.value:
            data.setdefault(key.value, data_of(value))
        return data
    if isinstance(node, yaml.SequenceNode):
        return [data_of(item) for item in node.value]
    return str(node.value)


def child(node: yaml.Node | None, name: str) -> tuple[yaml.Node, yaml.Node] | None:
    """Return key and value of an entry, or index (as its own key) and item of a list."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == name), None)
    if isinstance(node, yaml.SequenceNode) and name.isdecimal() and int(name) < len(node.value):
        item = node.value[int(name)]
        return item, item
    return None
