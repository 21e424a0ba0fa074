"""How does the text of a client file change when one value does? Nothing else moves.

The text is spliced at PyYAML's marks: comments, order, quotes, indentation and line ends stay.
Afterwards the new text is read again; if anything but the wanted value has changed, the edit is
refused. A comment on a line of its own always stays; one beside a removed entry goes with it.
"""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import yaml

from studio.client import splice
from studio.client.splice import Splice, apply
from studio.client.tree import Data, KeyPath, TreeError, child, compose, data_of, is_absent

if TYPE_CHECKING:
    from studio.client.scalar import Scalar

type Value = Scalar | list[str]


class EditError(ValueError):
    """The edit would change something else, or there is no place for it."""


def set_value(text: str, path: KeyPath, value: Value | None) -> str:
    """Return the text with a value set; missing sections are made. None removes the entry.

    Raises:
        EditError: The text is not YAML, the path leads through something that is no section, or
            the edit would change another value.
    """
    if value is None:
        return remove(text, path)
    root = _root(text, path)
    before = data_of(root)
    if _pruned(_changed(before, path, _as_data(value))) == _pruned(before):
        return text
    document = splice.Document(text, root)
    new = apply(text, _set(document, root, path, value))
    _check(root, new, path, value)
    return new


def remove(text: str, path: KeyPath) -> str:
    """Return the text without an entry; nothing changes where it is not there.

    Raises:
        EditError: The text is not YAML, or the edit would change another value.
    """
    root = _root(text, path)
    parent, node = root, root
    for name in path:
        found = child(node, name)
        if found is None:
            return text
        parent, node = node, found[1]
    if not isinstance(parent, yaml.MappingNode):
        raise EditError(f"{_named(path)} is no entry that can be removed")
    new = apply(text, splice.remove_entry(splice.Document(text, root), parent, path[-1]))
    _check(root, new, path, None)
    return new


def _root(text: str, path: KeyPath) -> yaml.Node | None:
    if not path:
        raise EditError("a path has one name at least")
    try:
        tree = compose(text)
    except TreeError as error:
        raise EditError(f"the text cannot be edited: {error}") from None
    if tree.faults:
        raise EditError(f"the text cannot be edited: {tree.faults[0].message}")
    return tree.root


def _set(
    document: splice.Document, root: yaml.Node | None, path: KeyPath, value: Value
) -> list[Splice]:
    """Find the deepest node there is on the path, and change or fill it."""
    key: yaml.Node | None = None
    node = root
    for depth, name in enumerate(path):
        if node is None or is_absent(node):
            return splice.fill_empty(document, key, node, path[depth:], value)
        if not isinstance(node, yaml.MappingNode):
            raise EditError(f"{_named(path[:depth])} is no section, so it cannot have {name!r}")
        found = child(node, name)
        if found is None:
            return splice.add_entry(document, node, path[depth:], value)
        key, node = found
    if key is None or node is None or isinstance(node, yaml.MappingNode):
        raise EditError(f"{_named(path)} is a section and not one value")
    return splice.replace(document, key, node, value)


def _named(path: KeyPath) -> str:
    return ".".join(path) or "the file"


def _check(root: yaml.Node | None, new: str, path: KeyPath, value: Value | None) -> None:
    """Compare what is read before and after.

    Raises:
        EditError: More or less than the wanted value has changed.
    """
    expected = _changed(data_of(root), path, _as_data(value))
    try:
        tree = compose(new)
    except TreeError as error:
        raise EditError(f"{_named(path)} cannot be changed here: {error}") from None
    if tree.faults or _pruned(data_of(tree.root)) != _pruned(expected):
        raise EditError(f"{_named(path)} cannot be changed without changing something else")


def _as_data(value: Value | None) -> Data:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    return list(value) if isinstance(value, list) else value


def _changed(data: Data, path: KeyPath, value: Data) -> Data:
    """Return a copy of the data with one value set (None: left out)."""
    changed = copy.deepcopy(data) if isinstance(data, dict) else {}
    if len(path) == 1:
        changed[path[0]] = value
    else:
        changed[path[0]] = _changed(changed.get(path[0]), path[1:], value)
    return changed


def _pruned(data: Data) -> Data:
    """Leave out what says nothing: an empty section is the same as none."""
    if not isinstance(data, dict):
        return data
    pruned = {key: _pruned(value) for key, value in data.items()}
    return {key: value for key, value in pruned.items() if value is not None} or None
