"""How is a value written in YAML? Plain where every reader takes it for the same text."""

from __future__ import annotations

import re

import yaml

type Scalar = str | bool | int

# YAML 1.2, section 10.3.2: plain text that typed readers take for something else.
_TYPED = re.compile(
    r"|true|false|null|~|[-+]?[0-9]+|0o[0-7]+|0x[0-9a-f]+"
    r"|[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)(e[-+]?[0-9]+)?|[-+]?\.inf|\.nan",
    re.IGNORECASE,
)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_LINE_ENDS = "\n\r\x85\u2028\u2029"


def scalar_text(value: Scalar, *, style: str | None = None, flow: bool = False) -> str:
    """Return the text of a value.

    Args:
        value: What a reader has to find.
        style: The quotes to keep where they can hold the value; None for plain.
        flow: Whether it stands between `[` and `]` or `{` and `}`.
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if style == "'" and _fits(single := "'" + value.replace("'", "''") + "'", value, flow=flow):
        return single
    if not style and _is_plain(value, flow=flow):
        return value
    return _double_quoted(value)


def literal_text(value: str, indent: int, newline: str) -> str | None:
    """Return the text of a literal block (`|`), or None where it cannot hold the value.

    Args:
        value: What a reader has to find.
        indent: The number of spaces before each line.
        newline: How lines end in the file.
    """
    lines = value.split("\n")
    ends = lines[-1] == ""
    if ends:
        lines.pop()
    if not lines or not lines[0].strip() or lines[0][0] in " \t" or lines[-1].strip() == "":
        return None
    body = newline.join(" " * indent + line if line else "" for line in lines)
    text = f"|{'' if ends else '-'}{newline}{body}"
    return text if _reads_as("k: " + text + newline, value) else None


def _is_plain(value: str, *, flow: bool) -> bool:
    return _TYPED.fullmatch(value) is None and _fits(value, value, flow=flow)


def _fits(text: str, value: str, *, flow: bool) -> bool:
    """Tell whether YAML reads the text as the value, on one line."""
    if any(character in text for character in _LINE_ENDS):
        return False
    return _reads_as(f"k: [{text}]" if flow else f"k: {text}", value)


def _reads_as(document: str, value: str) -> bool:
    try:
        read = yaml.load(document, yaml.BaseLoader)  # noqa: S506  BaseLoader makes nothing but text
    except yaml.YAMLError:
        return False
    return read in ({"k": value}, {"k": [value]})


def _double_quoted(value: str) -> str:
    return '"' + "".join(map(_escaped, value)) + '"'


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    # Marks of direction and joining are invisible and belong to the text: they stay as they are.
    if character.isprintable() or character in "\u200b\u200c\u200d\u200e\u200f\u00a0":
        return character
    code = ord(character)
    return f"\\U{code:08x}" if code > 0xFFFF else f"\\u{code:04x}"  # noqa: PLR2004  four digits hold it
