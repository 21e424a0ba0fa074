"""What does a file from elsewhere hold? Plain values of JSON or YAML, or one line of refusal.

Sizes, depths and counts have limits, so that no file takes long or much memory. Every refusal names
the file and the place: line and column where the text is wrong, a JSON pointer (RFC 6901) where a
value is.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn

import yaml

from studio.client.hints import plain
from studio.client.tree import Fault, TreeError, child, compose_at_most, data_of
from studio.importers.shape import ImportFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.client.tree import Data, KeyPath

MOST_BYTES = 2_000_000
"""Enough for the largest logo as base64, and all texts."""
_DEEPEST = 20
_LONGEST_LIST = 1000
_MOST_VALUES = 20_000
_LONGEST_NUMBER = 15
_BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{\]}]', re.DOTALL)


class _Twice:
    """Stands where an object has a key twice."""


class _NoNumber:
    """Stands where JSON of other programs has NaN or Infinity, or a number is too long."""


def decoded(data: bytes, name: str) -> str:
    """Return the text of a file.

    Raises:
        ImportFileError: It is too long, or not UTF-8.
    """
    if len(data) > MOST_BYTES:
        raise ImportFileError(f"{name}: has more than {MOST_BYTES:,} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode("utf-8", "replace")
        raise ImportFileError(_at(name, before, "is not UTF-8 here; save it as UTF-8")) from None


@dataclass(frozen=True, kw_only=True)
class Source:
    """A mapping from a file: its values as text, and its nodes where it is YAML."""

    name: str
    data: dict[str, Data]
    root: yaml.Node | None = None

    def refuse(self, path: KeyPath, message: str, faults: int = 1) -> NoReturn:
        """Refuse the file for a value: at its line and column in YAML, by its pointer in JSON.

        Raises:
            ImportFileError: Always.
        """
        place = (0, 0) if self.root is None else _place(self.root, path)
        self.refuse_fault(Fault(*place, path, message), faults)

    def refuse_fault(self, fault: Fault, faults: int = 1) -> NoReturn:
        """Refuse the file for what is wrong with it as a client file, of which there are several.

        Raises:
            ImportFileError: Always.
        """
        place = f"{self.name}: {pointer(fault.path)}"
        if self.root is not None:
            place = f"{self.name}:{fault.line}:{fault.column} {'.'.join(map(plain, fault.path))}"
        raise ImportFileError(f"{place}: {' '.join(fault.message.split())}{_more(faults)}")


def json_source(text: str, name: str) -> Source:
    """Return the object of a JSON text.

    Raises:
        ImportFileError: It is not JSON, no object, is nested too deeply, or holds too much.
    """
    _check_depth(text, name)
    try:
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_number,
            parse_constant=lambda _name: _NoNumber(),
        )
    except json.JSONDecodeError as error:
        place = f"{name}:{error.lineno}:{error.colno}"
        raise ImportFileError(f"{place} this is not JSON: {error.msg.lower()}") from None
    _check_values(value, name)
    data = _as_data(value)
    if not isinstance(data, dict):
        raise ImportFileError(f"{name}:1:1 the file has to hold an object: {{ ... }}")
    return Source(name=name, data=data)


def yaml_source(text: str, name: str) -> Source:
    """Return the mapping of a YAML text.

    Raises:
        ImportFileError: It is not YAML, no mapping, or of a shape that a client file may not have.
    """
    try:
        tree = compose_at_most(text, longest=MOST_BYTES, most=_MOST_VALUES)
    except TreeError as error:
        _refuse_first(name, error.faults)
    if tree.faults:
        _refuse_first(name, tree.faults)
    data = data_of(tree.root)
    if not isinstance(data, dict):
        raise ImportFileError(f"{name}:1:1 the file has to hold keys and values")
    for path, value in _values(data, ()):
        if isinstance(value, list | dict) and len(value) > _LONGEST_LIST:
            Source(name=name, data=data, root=tree.root).refuse(path, _fault_of(value))
    return Source(name=name, data=data, root=tree.root)


def _refuse_first(name: str, faults: Sequence[Fault]) -> NoReturn:
    first = min(faults)
    setting = f"{'.'.join(map(plain, first.path))}: " if first.path else ""
    message = " ".join(f"{setting}{first.message}".split())
    raise ImportFileError(f"{name}:{first.line}:{first.column} {message}{_more(len(faults))}")


def _more(faults: int) -> str:
    return f" (and {faults - 1} more)" if faults > 1 else ""


def _place(root: yaml.Node, path: KeyPath) -> tuple[int, int]:
    """Return line and column of a node, or of the nearest one around it."""
    node, mark = root, root.start_mark
    for name in path:
        found = child(node, name)
        if found is None:
            break
        key, node = found
        mark = (key if isinstance(node, yaml.MappingNode) else node).start_mark
    return mark.line + 1, mark.column + 1


def pointer(path: KeyPath) -> str:
    """Return a JSON pointer (RFC 6901); a long key is shortened, and all is in one line."""
    return "".join("/" + plain(key.replace("~", "~0").replace("/", "~1")) for key in path) or "/"


def _at(name: str, before: str, message: str) -> str:
    line = before.count("\n") + 1
    return f"{name}:{line}:{len(before) - before.rfind('\n')} {message}"


def _check_depth(text: str, name: str) -> None:
    depth = 0
    for found in _BRACKETS.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(found[0], 0)
        if depth > _DEEPEST:
            message = f"the nesting is deeper than {_DEEPEST} levels"
            raise ImportFileError(_at(name, text[: found.start()], message))


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) < len(pairs):
        seen: set[str] = set()
        for key, _value in pairs:
            made[key] = _Twice() if key in seen else made[key]
            seen.add(key)
    return made


def _integer(text: str) -> int | _NoNumber:
    return int(text) if len(text) <= _LONGEST_NUMBER else _NoNumber()


def _number(text: str) -> float | _NoNumber:
    return float(text) if len(text) <= 2 * _LONGEST_NUMBER else _NoNumber()


def _as_data(value: object) -> Data:
    """Return a JSON value as the values of client files are: all scalars are text."""
    if isinstance(value, dict):
        return {str(key): _as_data(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_as_data(one) for one in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return None if value is None else str(value)


def _check_values(value: object, name: str) -> None:
    for count, (path, one) in enumerate(_values(value, ())):
        fault = "the file holds too many values" if count > _MOST_VALUES else _fault_of(one)
        if fault:
            raise ImportFileError(f"{name}: {pointer(path)}: {fault}")


def _values(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, object]]:
    yield path, value
    if isinstance(value, dict):
        for key, one in value.items():
            yield (*path, key), key
            yield from _values(one, (*path, key))
    if isinstance(value, list):
        for index, one in enumerate(value):
            yield from _values(one, (*path, str(index)))


def _fault_of(value: object) -> str:
    """Return what is wrong with a value, whatever it is for."""
    if isinstance(value, _Twice):
        return "the key is there twice; remove one"
    if isinstance(value, _NoNumber):
        return "is not a number that can be taken over"
    if isinstance(value, list | dict) and len(value) > _LONGEST_LIST:
        return f"has {len(value)} entries; at most {_LONGEST_LIST} are allowed"
    if isinstance(value, str) and any("\ud800" <= sign <= "\udfff" for sign in value):
        return "holds half of a character (a lone surrogate)"
    return ""
