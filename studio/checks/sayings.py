"""Is a text that is seen on a page one of the catalogue's, with values in its placeholders?

A page shows a text without markup and line breaks; word joiners, which keep words in one line, are
not seen, and a no-break space looks like any other. Both sides are brought into that form.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.words import MARKUP, PLACEHOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable

_WORD_JOINER = "\u2060"


class Sayings:
    """What pages say. A placeholder stands for any value; a text of nothing else is none.

    All of those with values are one compiled pattern, so that a page's texts are looked up fast.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        every = {_squeezed(MARKUP.sub("", text)) for text in texts}
        said = {text for text in every if _has_letter(PLACEHOLDER.sub("", text))}
        open_ones = {text for text in said if PLACEHOLDER.search(text)}
        self._plain = said - open_ones
        self._open = re.compile("|".join(map(_pattern, sorted(open_ones))) or "(?!)")

    def has(self, text: str) -> bool:
        """Tell whether a text is one of them."""
        return _squeezed(text) in self._plain or self.with_value(text)

    def with_value(self, text: str) -> bool:
        """Tell whether a text is one of those with a value in it, such as a service's name."""
        seen = _squeezed(text)
        return seen not in self._plain and bool(self._open.fullmatch(seen))


def _squeezed(text: str) -> str:
    return " ".join(text.replace(_WORD_JOINER, "").split())


def _has_letter(text: str) -> bool:
    return any(map(str.isalpha, text))


def _pattern(text: str) -> str:
    parts = [re.escape(part) for part in PLACEHOLDER.split(text)[::2]]
    return ".+?".join(parts)
