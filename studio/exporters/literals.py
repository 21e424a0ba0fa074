"""How is a text written as a literal of a language? Nothing a person typed becomes code.

Rules kept here:

* what has a meaning of its own in a literal is escaped, and so is every character that is not seen:
  marks of direction would show a line of code in another order than a compiler reads it;
* a literal comes with its quotes, so a template adds none.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_BASIC_PLANE = 0xFFFF
_COMMON = {"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t"}
_KOTLIN = {**_COMMON, "$": r"\$"}
_ANDROID = {**_COMMON, "'": r"\'"}
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#|!&~])")
_RUN_OF_SPACES = re.compile("(?<= ) |^ | $")


def kotlin(text: str) -> str:
    """Return a Kotlin string literal, without templates in it."""
    return f'"{_escaped(text, _KOTLIN, _utf16(r"\u{:04x}"))}"'


def swift(text: str) -> str:
    """Return a Swift string literal, without interpolations in it."""
    return f'"{_escaped(text, _COMMON, lambda char: rf"\u{{{ord(char):x}}}")}"'


def localizable(text: str) -> str:
    r"""Return a quoted string of a `.strings` file of Apple's, whose escape is `\Uxxxx`."""
    return f'"{_escaped(text, _COMMON, _utf16(r"\U{:04x}"))}"'


def android(text: str) -> str:
    """Return the content of an Android string resource, before it is escaped as XML.

    Without quotes: white space at the ends and in a row would be lost, so it is escaped, and so is
    what means a reference at the beginning ("String resources" in Android's documentation).
    """
    written = _escaped(text, _ANDROID, _android_code)
    written = _RUN_OF_SPACES.sub(r"\\u0020", written)
    return f"\\{written}" if written.startswith(("@", "?")) else written


def markdown(text: str) -> str:
    """Return a text of one line for CommonMark, where it is nothing but text."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def _escaped(text: str, known: Mapping[str, str], code: Callable[[str], str]) -> str:
    return "".join(known.get(char) or (char if char.isprintable() else code(char)) for char in text)


def _utf16(form: str) -> Callable[[str], str]:
    """Return what escapes a character by its UTF-16 code units."""

    def code(char: str) -> str:
        units = char.encode("utf-16-be")
        return "".join(
            form.format(int.from_bytes(units[at : at + 2])) for at in range(0, len(units), 2)
        )

    return code


def _android_code(char: str) -> str:
    """Escape what fits into four digits; Android's tools know no pairs of surrogates."""
    return f"\\u{ord(char):04x}" if ord(char) <= _BASIC_PLANE else char
