"""On which page, and where, is a message of the catalogue seen?

Pages are rendered with a catalogue that puts signs of the private use area around each text: one
that opens, one that says which message it is, one that closes. They pass through templates as
letters do, so that the finished page tells where each message has come to stand: in its text, in an
attribute, in the title, in an SMS.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, override

from studio.i18n.catalogues import Catalogue, Catalogues, Completeness

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.i18n.locales import Locale

OPEN, CLOSE = "\ue000", "\ue001"
FIRST = 0xE100
"""The code point of message number 0."""
_MOST = 0xF8FF - FIRST + 1
_MARKED = re.compile(f"{OPEN}(.)")

type Key = tuple[str, str]
"""A message: its msgctxt (empty without one) and its msgid (of a countable one, the singular)."""


class TooManyMessagesError(ValueError):
    """There are more messages than signs to tell them apart."""


@dataclass(frozen=True)
class Numbers:
    """A number for each message, and back."""

    keys: tuple[Key, ...]

    def __post_init__(self) -> None:
        if len(self.keys) > _MOST:
            raise TooManyMessagesError(f"{len(self.keys)} messages; at most {_MOST} can be marked")

    def by_key(self) -> Mapping[Key, int]:
        """Return the numbers by message."""
        return {key: number for number, key in enumerate(self.keys)}

    def found_in(self, text: str) -> list[int]:
        """Return the numbers of the messages in a page or another text, each once, in order."""
        return list(dict.fromkeys(ord(sign) - FIRST for sign in _MARKED.findall(text)))


class MarkingCatalogues(Catalogues):
    """Catalogues whose texts are marked."""

    def __init__(self, plain: Catalogues, numbers: Numbers) -> None:
        self._plain = plain
        self._numbers = numbers.by_key()

    @override
    def load(self, tag: str) -> Catalogue:
        return _Marking(self._plain.load(tag), self._numbers)

    @override
    def completeness(self, tag: str) -> Completeness:
        return self._plain.completeness(tag)


class _Marking(Catalogue):
    def __init__(self, plain: Catalogue, numbers: Mapping[Key, int]) -> None:
        self.locale: Locale = plain.locale
        self._plain = plain
        self._numbers = numbers

    @override
    def gettext(self, message: str) -> str:
        return self._marked("", message, self._plain.gettext(message))

    @override
    def ngettext(self, singular: str, plural: str, n: int) -> str:
        return self._marked("", singular, self._plain.ngettext(singular, plural, n))

    @override
    def pgettext(self, context: str, message: str) -> str:
        return self._marked(context, message, self._plain.pgettext(context, message))

    @override
    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str:
        text = self._plain.npgettext(context, singular, plural, n)
        return self._marked(context, singular, text)

    @override
    def missing(self, context: str | None, message: str) -> bool:
        return self._plain.missing(context, message)

    def _marked(self, context: str, message: str, text: str) -> str:
        number = self._numbers.get((context, message))
        return text if number is None else f"{OPEN}{chr(FIRST + number)}{text}{CLOSE}"
