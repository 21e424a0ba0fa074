"""How is a mistake worded? Quoting, lists of what is allowed, and "did you mean"."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60
_NOT_SHOWN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
"""Control characters, other ends of lines, and halves of a character."""


def quoted(value: object) -> str:
    """Return a value as it is shown in a sentence: in quotes, on one line, not too long."""
    return f'"{plain(value)}"'


def plain(value: object) -> str:
    """Return a value as `quoted` has it, without the quotes: nothing in it ends the line."""
    text = " ".join(_NOT_SHOWN.sub(" ", str(value)).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def nearest(word: str, options: Iterable[str]) -> str | None:
    """Return the option most like a misspelt word, or None when nothing is near."""
    by_lower = {option.lower(): option for option in options}
    found = get_close_matches(word.strip().lower(), by_lower, n=1, cutoff=0.6)
    return by_lower[found[0]] if found else None


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """Return `; did you mean "green"?`, or nothing when no option is near."""
    option = nearest(word, options)
    return "" if option is None else f'; did you mean "{option}"?'


def choice(word: str, options: Iterable[str]) -> str:
    """Return the sentence for a value outside of a closed list."""
    allowed = tuple(options)
    guess = did_you_mean(word, allowed)
    return f"{quoted(word)} is not allowed{guess or ';'} allowed: {', '.join(allowed)}"
