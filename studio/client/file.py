"""Is this text a client file, and if not, what is wrong with it, all at once?

Text in, `Client` out. Reading and saving keep every byte: byte order mark and line ends included.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml
from pydantic import BaseModel, ValidationError

from studio import storage
from studio.client.hints import did_you_mean, quoted
from studio.client.mistake import ClientFileError, Mistake
from studio.client.model import Client
from studio.client.tree import Data, Fault, TreeError, child, compose, data_of

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic_core import ErrorDetails

__all__ = ["ClientFileError", "Mistake", "parse", "read", "save", "validated"]

_COLOUR_AS_COMMENT = re.compile(
    r"[ \t]+(#(?:[0-9a-fA-F]{6}(?:[0-9a-fA-F]{2})?|[0-9a-fA-F]{3,4}))\b"
)


def parse(text: str, name: str) -> Client:
    """Read a client from text; `name` is the file's name in the mistakes.

    Raises:
        ClientFileError: With every mistake, in the order of the text.
    """
    try:
        tree = compose(text)
    except TreeError as error:
        raise ClientFileError(_mistakes(error.faults, name)) from None
    faults = list(tree.faults)
    client = None
    if tree.root is not None and not isinstance(tree.root, yaml.MappingNode):
        faults.append(Fault(1, 1, (), 'a client file is a mapping that begins with "version: 1"'))
    else:
        client, found = validated(data_of(tree.root), tree.root)
        faults += found
    faults = _with_unquoted_colour(text, tree.root, faults)
    if client is None or faults:
        raise ClientFileError(_mistakes(sorted(faults), name))
    return client


def validated(data: Data, root: yaml.Node | None = None) -> tuple[Client | None, list[Fault]]:
    """Return the client of a file's data, or what is wrong with them, at the nodes of `root`."""
    try:
        return Client.model_validate(_without_absent(data) or {}), []
    except ValidationError as error:
        return None, [_located(root, detail) for detail in error.errors()]


def read(path: Path) -> tuple[str, Client]:
    """Return the text of a client file as it is on disk, and the client.

    Raises:
        ClientFileError: The file cannot be read, is not UTF-8, or has mistakes.
    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8")
    except OSError as error:
        raise _unreadable(path, 0, 0, f"cannot be read: {error.strerror or error}") from None
    except UnicodeDecodeError as error:
        before = error.object[: error.start]
        start_of_line = before.rfind(b"\n") + 1
        column = len(before[start_of_line:].decode("utf-8", "replace")) + 1
        message = "is not UTF-8 here; save it as UTF-8"
        raise _unreadable(path, before.count(b"\n") + 1, column, message) from None
    return text, parse(text, path.name)


def save(path: Path, text: str) -> None:
    """Write a client file whole or not at all; a link stays, its target is replaced.

    Raises:
        OSError: The file cannot be written; what was there before is unchanged.
    """
    storage.write(path, text.encode("utf-8"))


def _unreadable(path: Path, line: int, column: int, message: str) -> ClientFileError:
    mistake = Mistake(file=path.name, line=line, column=column, path="", message=message)
    return ClientFileError((mistake,))


def _mistakes(faults: tuple[Fault, ...] | list[Fault], name: str) -> tuple[Mistake, ...]:
    return tuple(
        Mistake(
            file=name,
            line=fault.line,
            column=fault.column,
            path=".".join(fault.path),
            message=fault.message,
        )
        for fault in faults
    )


def _without_absent(data: Data) -> Data:
    """Leave out the keys that say nothing; an item of a list cannot be left out and be there."""
    if isinstance(data, dict):
        return {key: _without_absent(value) for key, value in data.items() if value is not None}
    if isinstance(data, list):
        return [_without_absent(item) for item in data]
    return data


def _with_unquoted_colour(text: str, root: yaml.Node | None, faults: list[Fault]) -> list[Fault]:
    """Find a header colour that YAML takes for a comment: its other mistakes follow from it."""
    _, branding = child(root, "branding") or (None, None)
    _, header = child(branding, "header") or (None, None)
    if not isinstance(header, yaml.ScalarNode) or header.style:
        return faults
    found = _COLOUR_AS_COMMENT.match(text, header.end_mark.index)
    if found is None:
        return faults
    path = ("branding", "header")
    column = header.end_mark.column + 1 + found.start(1) - found.start()
    message = f'"{found[1]}" is a comment here; put the whole colour in quotes'
    others = [fault for fault in faults if fault.path != path]
    return [*others, Fault(header.end_mark.line + 1, column, path, message)]


def _located(root: yaml.Node | None, error: ErrorDetails) -> Fault:
    """Say an error of the model in a sentence, at the node it is about."""
    path = tuple(str(part) for part in error["loc"] if part != "[key]")
    about_key = error["type"] == "extra_forbidden" or error["loc"][-1:] == ("[key]",)
    line, column = _place(root, path, about_key=about_key)
    return Fault(line, column, path, _sentence(error, path))


def _place(root: yaml.Node | None, path: tuple[str, ...], *, about_key: bool) -> tuple[int, int]:
    """Return line and column of a node, or of the nearest one around it."""
    node, mark = root, root.start_mark if root is not None else None
    for name in path:
        found = child(node, name)
        if found is None:
            break
        key, node = found
        at = key if about_key or isinstance(node, yaml.MappingNode) else node
        mark = at.start_mark
    return (1, 1) if mark is None else (mark.line + 1, mark.column + 1)


def _sentence(error: ErrorDetails, path: tuple[str, ...]) -> str:
    if error["input"] is None:
        return "is empty; write a value or remove it"
    match error["type"]:
        case "value_error":
            return str(error["ctx"]["error"])
        case "missing":
            return "is missing; it has no default"
        case "extra_forbidden":
            return _unknown_key(path)
        case "literal_error":
            return f"must be {error['ctx']['expected']}, not {quoted(error['input'])}"
        case _:
            return f"must be a section of keys and values, not {quoted(error['input'])}"


def _unknown_key(path: tuple[str, ...]) -> str:
    allowed = tuple(_section(path[:-1]).model_fields)
    guess = did_you_mean(path[-1], allowed)
    return f"unknown key{guess or ';'} allowed: {', '.join(allowed)}"


def _section(path: tuple[str, ...]) -> type[BaseModel]:
    """Return the model of a section, which knows the keys that are allowed there."""
    model: type[BaseModel] = Client
    for name in path:
        annotation = model.model_fields[name].annotation
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            model = annotation
    return model
