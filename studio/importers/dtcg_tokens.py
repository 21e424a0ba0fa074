"""Which tokens does a file hold, of which type, and what do aliases stand for?

Groups hand their `$type` down, a token's value may be an alias of another token, and nothing here
goes round in circles or deeper than a file of tokens does (Format Module 2025.10, 6 and 7).
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Self

from studio.client.hints import quoted
from studio.importers.reading import pointer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

type Json = bool | int | float | str | list[Json] | dict[str, Json] | None
type Path = tuple[str, ...]

_DEEPEST = 50
_MOST_TOKENS = 20_000
_ALIAS = re.compile(r"\{([^{}]+)\}")
_NESTED = re.compile(r'"(?:[^"\\]|\\[\s\S])*+"?|[\[{]|[\]}]')


class TokensError(ValueError):
    """A file cannot be read as tokens; the message follows the file's name and begins with ":"."""


@dataclass(frozen=True, kw_only=True)
class Token:
    """A token; `missing` is an alias that leads nowhere, and then there is no value."""

    type: str
    value: Json
    extensions: Mapping[str, Json] = field(default_factory=dict)
    missing: str = ""

    def extension(self, name: str) -> Mapping[str, Json]:
        """Return what a tool has written beside the token."""
        found = self.extensions.get(name)
        return found if isinstance(found, dict) else {}


def alias(value: Json) -> Path | None:
    """Return the token that `{group.token}` names, None for any other value."""
    found = _ALIAS.fullmatch(value.strip()) if isinstance(value, str) else None
    return tuple(found[1].split(".")) if found else None


class Tokens:
    """The tokens of a file by path, in its order; `left_out` says what is not followed."""

    def __init__(self, found: Mapping[Path, Token], left_out: tuple[str, ...] = ()) -> None:
        self._found = found
        self._resolved: dict[Path, Token] = {}
        self.left_out = left_out

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a file.

        Raises:
            TokensError: It is not JSON, not of tokens, or an alias leads back to itself.
        """
        root = _parsed(text)
        found: dict[Path, Token] = {}
        left_out: list[str] = []
        for path, node, kind in _groups(root):
            left_out += [
                f"{pointer((*path, key))}: is not followed"
                for key in ("$ref", "$extends")
                if key in node
            ]
            if "$value" in node:
                found[path] = _token(path, node, kind)
            if len(found) > _MOST_TOKENS:
                raise TokensError(
                    f": {pointer(path)}: is token {_MOST_TOKENS + 1:,}; split the file"
                )
        if not found:
            raise TokensError(': has no token: nothing with a "$value"')
        tokens = cls(found, tuple(left_out))
        for path in found:
            tokens.resolved(path)
        return tokens

    @property
    def paths(self) -> tuple[Path, ...]:
        """The paths of all tokens."""
        return tuple(self._found)

    def find(self, path: Path) -> Path | None:
        """Return the path that an alias names: of a token, or of a group's own (`$root`)."""
        return next((one for one in (path, (*path, "$root")) if one in self._found), None)

    def resolved(self, path: Path) -> Token:
        """Return a token with the value that its alias, or the alias' alias, stands for.

        Raises:
            TokensError: The alias leads back to itself.
        """
        chain: dict[Path, None] = {}
        at = path
        while at not in self._resolved:
            chain[at] = None
            target = alias(self._found[at].value)
            if target is None:
                self._resolved[at] = self._found[at]
                break
            following = self.find(target)
            if following is None:
                missing = "{" + ".".join(target) + "}"
                self._resolved[at] = replace(self._found[at], value=None, missing=missing)
                break
            if following in chain:
                way = " > ".join(".".join(one) for one in [*chain, following])
                raise TokensError(f": {pointer(at)}: the alias leads back to itself: {quoted(way)}")
            at = following
        end = self._resolved[at]
        for one in chain:
            own = self._found[one]
            self._resolved[one] = replace(end, type=own.type or end.type)
        return self._resolved[path]


def _parsed(text: str) -> dict[str, Json]:
    _check_depth(text)
    try:
        root: Json = json.loads(text, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise TokensError(f":{error.lineno}:{error.colno} this is not JSON: {error.msg}") from None
    except ValueError as error:
        raise TokensError(f": this is not JSON: {error}") from None
    if not isinstance(root, dict):
        raise TokensError(": /: a file of tokens is an object with groups and tokens")
    return root


def _no_number(text: str) -> Json:
    raise ValueError(f"{text} is no number of JSON")


def _check_depth(text: str) -> None:
    """Refuse deep nesting before the parser, which calls itself, meets it."""
    depth = 0
    for found in _NESTED.finditer(text):
        sign = found[0][:1]
        depth += (sign in "[{") - (sign in "]}")
        if depth > _DEEPEST:
            line = text.count("\n", 0, found.start()) + 1
            column = found.start() - text.rfind("\n", 0, found.start())
            raise TokensError(f":{line}:{column} the nesting is deeper than {_DEEPEST} levels")


def _groups(root: dict[str, Json]) -> Iterator[tuple[Path, dict[str, Json], str]]:
    """Yield groups and tokens with the type that they have or inherit, in the file's order."""
    waiting: list[tuple[Path, dict[str, Json], str]] = [((), root, "")]
    while waiting:
        path, node, inherited = waiting.pop()
        kind = node.get("$type", inherited)
        if not isinstance(kind, str):
            raise TokensError(f': {pointer((*path, "$type"))}: has to be a text, such as "color"')
        yield path, node, kind
        if "$value" not in node:
            waiting += [
                ((*path, key), _group((*path, key), inner), kind)
                for key, inner in reversed(node.items())
                if not key.startswith("$") or key == "$root"
            ]


def _group(path: Path, node: Json) -> dict[str, Json]:
    if not isinstance(node, dict):
        raise TokensError(f": {pointer(path)}: has to be a group or a token, not {_shown(node)}")
    return node


def _shown(node: Json) -> str:
    return "a list" if isinstance(node, list) else quoted(json.dumps(node))


def _token(path: Path, node: dict[str, Json], kind: str) -> Token:
    if not path:
        raise TokensError(": /$value: a value has a name; put it into a token")
    extensions = node.get("$extensions")
    return Token(
        type=kind,
        value=node["$value"],
        extensions=extensions if isinstance(extensions, dict) else {},
    )
