"""How is a client written as a file, with comments, as the samples are?

What has its default is left out. The words of the comments are those of the model, so that file,
schema and window say the same.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from pydantic import BaseModel

from studio.client.model import Client
from studio.client.scalar import scalar_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pydantic.fields import FieldInfo

_WIDE = 100
_COMMENT = 37
"""The column of comments beside values, from 0."""
_QUOTED = {"header"}
"""Values that hold a # as a rule: quotes around them remind whoever edits them."""

_FURTHER = re.compile(r"[:;] |, such as|\.$")
"""Where the first part of what the model says ends."""

type Value = str | int | bool | list[str] | dict[str, Value]


def client_text(client: Client, origin: str) -> str:
    """Return a client file of a client; `origin` is a sentence about where it comes from."""
    data: dict[str, Value] = client.model_dump(
        mode="json", exclude_defaults=True, exclude_none=True
    )
    lines = [
        f"# {_one_line(client.registration.name)}, a client of CONNECT. {origin}",
        "# docs/client-file.md explains every setting; what is left out has its default.",
        "version: 1",
    ]
    for name, field in Client.model_fields.items():
        section = data.get(name)
        if isinstance(section, dict) and _says_something(section):
            lines += ["", f"# {field.description}", f"{name}:"]
            lines += _entries(section, _model(field), 1)
    return "\n".join(lines) + "\n"


def _entries(section: Mapping[str, Value], model: type[BaseModel] | None, depth: int) -> list[str]:
    lines: list[str] = []
    for key, value in section.items():
        field = model.model_fields.get(key) if model else None
        lines += _entry(key, value, field, depth)
    return lines


def _entry(key: str, value: Value, field: FieldInfo | None, depth: int) -> Iterator[str]:
    """Yield the lines of one setting."""
    indent = "  " * depth
    name = f"{indent}{scalar_text(key)}:"
    if isinstance(value, dict):
        if _says_something(value):
            yield _commented(name, field)
            yield from _entries(value, _model(field) if field else None, depth + 1)
        return
    if not isinstance(value, list):
        style = '"' if key in _QUOTED else None
        yield _commented(f"{name} {scalar_text(value, style=style)}", field)
        return
    in_line = f"{name} [{', '.join(scalar_text(item, flow=True) for item in value)}]"
    if len(in_line) <= _WIDE and not any("://" in item for item in value):
        yield _commented(in_line, field)
        return
    yield _commented(name, field)
    yield from (f"{indent}  - {scalar_text(item)}" for item in value)


def _commented(line: str, field: FieldInfo | None) -> str:
    """Add what a setting is for, where there is room for it."""
    about = _about(field) if field else ""
    whole = f"{line:<{_COMMENT - 1}} # {about}"
    return whole if about and len(line) < _COMMENT and len(whole) <= _WIDE else line


def _about(field: FieldInfo) -> str:
    """Return the values of a closed list, or the first part of what the model says."""
    kind = field.annotation
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        *others, last = (str(member.value) for member in kind)
        return f"{', '.join(others)} or {last}" if others else last
    words = _FURTHER.split(field.description or "")[0]
    return words[:1].lower() + words[1:]


def _model(field: FieldInfo) -> type[BaseModel] | None:
    kind = field.annotation
    return kind if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _says_something(section: Mapping[str, Value]) -> bool:
    return any(_says_something(one) if isinstance(one, dict) else True for one in section.values())


def _one_line(text: str) -> str:
    return " ".join(text.split())
