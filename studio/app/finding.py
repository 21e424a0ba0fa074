"""Which commands fit what was typed? Starts of words first, then letters inside of one word.

Letters scattered over a title fit nothing: whoever types `fill` does not look for
`Open fakebrand`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.app.commands import Command

_BEGINS_TITLE = 0
_BEGINS_WORD = 1
_BEGINS_WORDS = 2
_INSIDE = 4
_BY_MENU = 8


def score(wanted: str, title: str) -> int | None:
    """Tell how well a title fits: 0 is best, None is not at all.

    Each word of `wanted` has to be found: as the start of the title, as the start of a word, as
    starts of several words in order (`zi` for Zoom In), or inside of a word.
    """
    words = _words(title)
    costs = [_cost(part, words) for part in _words(wanted)]
    known = [cost for cost in costs if cost is not None]
    return sum(known) if len(known) == len(costs) else None


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _cost(part: str, words: list[str]) -> int | None:
    if words and words[0].startswith(part):
        return _BEGINS_TITLE
    if any(word.startswith(part) for word in words):
        return _BEGINS_WORD
    if _begins_words(part, words):
        return _BEGINS_WORDS
    return _INSIDE if any(part in word for word in words) else None


def _begins_words(part: str, words: list[str]) -> bool:
    """Tell whether letters are starts of words, one after the other; words may be left out."""
    if not part:
        return True
    if not words:
        return False
    first, *rest = words
    return any(
        first.startswith(part[:taken]) and _begins_words(part[taken:], rest)
        for taken in range(min(len(part), len(first)), -1, -1)
    )


def ranked(wanted: str, commands: Iterable[Command]) -> list[Command]:
    """Return the commands that fit, best first; ties keep the order of the menus."""
    scored = [(_fit(wanted, each), each) for each in commands if each.shown()]
    fitting = [(cost, each) for cost, each in scored if cost is not None]
    return [each for _, each in sorted(fitting, key=lambda pair: pair[0])]


def _fit(wanted: str, command: Command) -> int | None:
    """Fit the title, or less well the title with the menu's."""
    by_title = score(wanted, command.full_text)
    if by_title is not None:
        return by_title
    by_menu = score(wanted, f"{command.full_text} {command.menu}")
    return None if by_menu is None else by_menu + _BY_MENU
