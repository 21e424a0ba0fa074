"""Which settings do two client files not share? Each with its place in both, readable.

Comments, order and spelling are no difference: the clients are compared as they are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import BaseModel

from studio.client.colour import Gradient, Solid
from studio.client.logo import Logo
from studio.client.tree import child, compose

if TYPE_CHECKING:
    import yaml

    from studio.pages.hosting import HostedClient

_LOGO = "branding.logo"
NOT_SET = "not set"


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two clients: the name that it is shown by, its text and what is hosted."""

    name: str
    text: str
    hosted: HostedClient


@dataclass(frozen=True, kw_only=True)
class Value:
    """What one side has: readable text, the line it stands on (0: a default), a colour as CSS."""

    text: str
    line: int
    css: str = ""


@dataclass(frozen=True, kw_only=True)
class Change:
    """A setting, by its dotted path, that the two sides do not share."""

    path: str
    before: Value
    after: Value

    @property
    def section(self) -> str:
        """The part of the client file that it is in."""
        return self.path.partition(".")[0]


def changes(before: Side, after: Side) -> tuple[Change, ...]:
    """Return the settings that differ, in the order of the client file."""
    old, new = _settings(before), _settings(after)
    paths = [path for path in dict.fromkeys([*old, *new]) if old.get(path) != new.get(path)]
    order = {section: at for at, section in enumerate(type(after.hosted.client).model_fields)}
    found = [
        Change(path=path, before=_value(before, old, path), after=_value(after, new, path))
        for path in paths
    ]
    return tuple(sorted(found, key=lambda change: order[change.section]))


def _settings(side: Side) -> dict[str, object]:
    """Return the settings of a client by dotted path; a logo is what it shows, too."""
    found = _flat(side.hosted.client, "")
    if side.hosted.logo is not None:
        found[_LOGO] = (found[_LOGO], side.hosted.logo)
    return found


def _flat(value: object, path: str) -> dict[str, object]:
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if not isinstance(value, Mapping):
        return {path: value}
    inner = ((f"{path}.{name}".removeprefix("."), one) for name, one in value.items())
    return {name: leaf for around, one in inner for name, leaf in _flat(one, around).items()}


def _value(side: Side, settings: dict[str, object], path: str) -> Value:
    value = settings.get(path)
    css = value.css() if isinstance(value, Solid | Gradient) else ""
    return Value(text=css or _readable(value), line=_line(side.text, path), css=css)


def _readable(value: object) -> str:
    match value:
        case None | ():
            return NOT_SET
        case bool():
            return "true" if value else "false"
        case (str() as name, Logo() as logo):
            return f"{name} ({logo.width}×{logo.height}, {len(logo.data):,} bytes)"
        case tuple():
            return ", ".join(map(str, value))
        case _:
            return str(value)


def _line(text: str, path: str) -> int:
    """Return the line of a setting, from 1; 0 where the file leaves it out."""
    node: yaml.Node | None = compose(text).root
    line = 0
    for name in path.split("."):
        found = child(node, name)
        if found is None:
            return 0
        line = found[0].start_mark.line + 1
        node = found[1]
    return line
