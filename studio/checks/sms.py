"""Does a message fit into one part of an SMS (3GPP TS 23.038, 23.040)?"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from studio.checks.catalogue import Entry, LanguageTexts, TextCheck
from studio.checks.finding import Fault
from studio.engine.flow import CODE_DIGITS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

NAME_LETTERS = 20
"""The longest name of a client that a message has room for; the check of a client uses its own."""

_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ ÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_GSM_TWO = frozenset("^{}\\[~]|€\f")
_PARTS: Mapping[str, int] = MappingProxyType({"code": 1, "news": 2})


class Length(NamedTuple):
    """How long an SMS is, in characters of its alphabet, and in how many parts it is sent."""

    characters: int
    parts: int
    room: int
    """Characters of one part where there is only one."""
    spoilers: str
    """The characters for which it takes the alphabet with less room."""


def length(text: str) -> Length:
    """Measure an SMS: 160 characters of GSM-7 in one part (153 in several), or 70 (67) of UCS-2."""
    spoilers = "".join(char for char in dict.fromkeys(text) if char not in _GSM | _GSM_TWO)
    if spoilers:
        count, room, each = len(text.encode("utf-16-be")) // 2, 70, 67
    else:
        count, room, each = len(text) + sum(char in _GSM_TWO for char in text), 160, 153
    parts = 1 if count <= room else -(-count // each)
    return Length(count, parts, room, spoilers)


class SmsLength(TextCheck):
    """The message with a code fits into one part of an SMS, news into two.

    With a client's name of 20 letters and a full code: each further part costs, and may be late.
    """

    name = "sms-length"

    def applies(self, texts: LanguageTexts, entry: Entry) -> bool:
        """Only the templates of `messages/` are sent."""
        del texts
        return _parts(entry) > 0

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield a text that is too long."""
        del texts, source
        found = length(filled(text))
        if found.parts > _parts(entry):
            yield Fault(
                message=f"{entry.name}: {found.characters} characters with a name of "
                f"{NAME_LETTERS} letters are {found.parts} parts of an SMS{_why(found)}",
                mend=f"Shorten it: {_parts(entry)} part{'s' * (_parts(entry) > 1)} are the most.",
            )


def filled(text: str, name: str = "M" * NAME_LETTERS) -> str:
    """Return a message with a name and code in it."""
    values = {"code": "0" * CODE_DIGITS, "client": name, "about": name}
    try:
        return text % values
    except (KeyError, TypeError, ValueError):
        return text  # Its placeholders are another check's business.


def _parts(entry: Entry) -> int:
    stems = [name.removeprefix("flow_templates/messages/") for name in entry.references]
    return max((_PARTS.get(stem.removesuffix(".txt"), 0) for stem in stems), default=0)


def _why(found: Length) -> str:
    some = " ".join(found.spoilers[:5])
    ascii_like = len(found.spoilers) <= 5  # noqa: PLR2004  few enough to be replaced
    return f"; {some} leave room for {found.room} only" if some and ascii_like else ""
