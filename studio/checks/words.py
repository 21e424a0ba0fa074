"""Where does a word stand in a text, in any script?

Python's `re` does not count combining vowel signs as letters, so that its word boundaries break
Bengali, Burmese, Thai and Urdu words apart. Words here are runs of letters, digits, marks and
joiners.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|%%")
MARKUP = re.compile(r"<[^<>]*>|&(?:#\d+|#x[0-9a-fA-F]+|\w+);")
_JOINERS = "\u200c\u200d\u2060"
# Scripts that put no spaces between words: there a term is looked for as text.
_WITHOUT_SPACES = {"Hans", "Mymr", "Thai"}

type Span = tuple[int, int]


def visible(text: str) -> str:
    """Return a text without its placeholders and markup, each of them a space."""
    return MARKUP.sub(" ", PLACEHOLDER.sub(" ", text))


def folded(text: str) -> str:
    """Return a text as it is compared: composed, without regard to capitals."""
    return unicodedata.normalize("NFC", text).casefold()


def is_part_of_word(char: str) -> bool:
    """Tell whether a character belongs to a word."""
    return unicodedata.category(char)[0] in "LNM" or char in _JOINERS


def words(text: str) -> Iterator[str]:
    """Yield the words of a text, in their order."""
    word = ""
    for char in text:
        if is_part_of_word(char):
            word += char
        elif word:
            yield word
            word = ""
    if word:
        yield word


def occurrences(term: str, text: str, script: str) -> Iterator[Span]:
    """Yield where a term stands in a text: as whole words, or as text where words have no spaces.

    Both are folded; any space of the term stands for one or more in the text.

    Args:
        term: One or several words.
        text: What is searched.
        script: ISO 15924 code of the text's script.
    """
    pattern = r"\s+".join(re.escape(part) for part in term.split())
    for found in re.finditer(pattern, text):
        anywhere = script in _WITHOUT_SPACES and not term.isascii()
        if anywhere or not _continues(text, found.start(), found.end()):
            yield found.span()


def within(span: Span, others: Iterable[Span]) -> bool:
    """Tell whether a span is part of another one."""
    return any(
        start <= span[0] and span[1] <= end and (start, end) != span for start, end in others
    )


def _continues(text: str, start: int, end: int) -> bool:
    """Tell whether a word goes on before or behind a place in the text."""
    before = start > 0 and is_part_of_word(text[start - 1]) and is_part_of_word(text[start])
    behind = end < len(text) and is_part_of_word(text[end]) and is_part_of_word(text[end - 1])
    return before or behind
