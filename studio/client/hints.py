"""How is a mistake worded? Quoting, lists of what is allowed, and "did you mean"."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60


def quoted(value: object) -> str:
    """Return a value as it is shown in a sentence: in quotes, on one line, not too long."""
    text = " ".join(str(value).split())
    short = text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return f'"{short}"'


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
