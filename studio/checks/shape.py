"""Has a translation the shape of its source: placeholders, markup, forms, spaces, punctuation?"""

from __future__ import annotations

import re
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.checks.catalogue import CatalogueCheck, Entry, LanguageTexts, TextCheck
from studio.checks.finding import Fault, Finding, Severity
from studio.checks.words import MARKUP, folded
from studio.client.hints import quoted
from studio.i18n import pofiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_CLOSING = "\"'”’»)]}）】」』*_ \t\n\u200e\u200f"
_REPEATING = frozenset({"bn", "ur-PK"})
_WORD = re.compile(r"[^\s.,;:!?…。，、！？；：।။၊۔،؟]+|[.,;:!?…。，、！？；：।။၊۔،؟]")

type Ends = Mapping[str, tuple[str, ...]]

_LATIN_ENDS: Ends = MappingProxyType(
    {".": (".",), "?": ("?",), "!": ("!",), ":": (":",), "…": ("…", "...")}
)
ENDS: Mapping[str, Ends] = MappingProxyType(
    {
        "Arab": {**_LATIN_ENDS, ".": ("۔",), "?": ("؟",)},
        "Beng": {**_LATIN_ENDS, ".": ("।",)},
        "Cyrl": _LATIN_ENDS,
        "Hans": {".": ("。",), "?": ("？",), "!": ("！",), ":": ("：",), "…": ("…", "……")},
        "Latn": _LATIN_ENDS,
        # A Burmese question ends like a sentence; its particle asks.
        "Mymr": {**_LATIN_ENDS, ".": ("။",), "?": ("။", "?"), "!": ("။", "!")},
        # Thai has no full stop, and its question words ask.
        "Thai": {**_LATIN_ENDS, ".": ("",), "?": ("?", ""), "!": ("!", "")},
    }
)
"""By script (ISO 15924): what an English text ends in, and what its translation may end in."""

# Longer ones first, so that "......" is not taken for a single sign.
_SIGNS = sorted(
    {
        *_LATIN_ENDS,
        "...",
        *(sign for ends in ENDS.values() for each in ends.values() for sign in each),
    }
    - {""},
    key=len,
    reverse=True,
)


class Placeholders(TextCheck):
    """A translation has the placeholders of its source, and can be filled."""

    name = "placeholders"

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield what would leave a value out, or break the page."""
        del texts, source
        fault = pofiles.placeholder_fault(entry.sources, text)
        if fault:
            yield Fault(
                message=f"{entry.name}: {fault}",
                mend="Write every %(name)s of the English text as it stands there, and no others.",
            )


class Markup(TextCheck):
    """A translation has the tags and character references of its source."""

    name = "markup"

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield tags that are lacking or new."""
        del texts
        wanted, found = sorted(MARKUP.findall(source)), sorted(MARKUP.findall(text))
        if wanted != found:
            has = ", ".join(found) or "none"
            yield Fault(
                message=f"{entry.name}: its markup is {', '.join(wanted) or 'none'}, "
                f"the translation's {has}",
                mend="Write the tags of the English text as they stand there, and no others.",
            )


class PluralForms(CatalogueCheck):
    """A catalogue knows how its language counts (CLDR), and countable texts have every form."""

    name = "plural-forms"

    def find(self, texts: LanguageTexts) -> Iterator[Finding]:
        """Yield a wrong header, and messages with too few forms."""
        wanted = texts.locale.plural_forms
        if texts.entries and _squeezed(texts.plural_forms or "") != _squeezed(wanted):
            told = quoted(texts.plural_forms) if texts.plural_forms else "not there"
            fault = Fault(
                message=f"the header Plural-Forms is {told}",
                mend=f'Write "Plural-Forms: {wanted}".',
            )
            yield texts.finding(type(self), fault)
        for entry in texts.entries:
            if entry.obsolete or len(entry.sources) == 1 or not any(entry.texts):
                continue
            count = sum(map(bool, entry.texts))
            if count != texts.locale.plural_count:
                fault = Fault(
                    message=f"{entry.name} has {count} plural forms",
                    mend=f"Write all {texts.locale.plural_count} forms of this language.",
                )
                yield texts.finding(type(self), fault, entry)


def _squeezed(text: str) -> str:
    return "".join(text.split()).rstrip(";").replace("(", "").replace(")", "")


class Spaces(TextCheck):
    """A translation begins and ends with the space of its source, and has no double spaces."""

    name = "spaces"

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield a difference, or a double space."""
        del texts
        for where, wanted, found in (
            ("begins", source[: len(source) - len(source.lstrip())], _leading(text)),
            ("ends", source[len(source.rstrip()) :], text[len(text.rstrip()) :]),
        ):
            if wanted != found:
                yield Fault(
                    message=f"{entry.name}: the English text {where} with {_named(wanted)}, "
                    f"the translation with {_named(found)}",
                    mend="Write the same spaces and line ends.",
                )
        if "  " in text and "  " not in source:
            yield Fault(message=f"{entry.name}: has two spaces in a row", mend="Remove one.")


def _leading(text: str) -> str:
    return text[: len(text) - len(text.lstrip())]


def _named(space: str) -> str:
    return f"white space ({len(space)})" if space else "none"


class FinalPunctuation(TextCheck):
    """A translation ends as its source does, in the sign of its script (`ENDS`)."""

    name = "final-punctuation"

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield another end."""
        ends = ENDS[texts.locale.script]
        allowed = ends.get(_end(source), ("",))
        found = _end(text)
        if found not in allowed:
            wanted = " or ".join(quoted(sign) if sign else "no sign" for sign in allowed)
            has = quoted(found) if found else "no sign"
            yield Fault(
                message=f"{entry.name}: the translation ends with {has}",
                mend=f"End it with {wanted}.",
            )


def _end(text: str) -> str:
    """Return the punctuation that a text ends with, quotes and brackets left aside."""
    bare = text.rstrip(_CLOSING)
    return next((sign for sign in _SIGNS if bare.endswith(sign)), "")


class DoubledWords(TextCheck):
    """No word stands twice in a row; not where languages repeat words for emphasis."""

    name = "doubled-words"
    severity = Severity.WARNING

    def applies(self, texts: LanguageTexts, entry: Entry) -> bool:
        """Bengali and Urdu say things twice."""
        del entry
        return texts.locale.tag not in _REPEATING

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield a word that follows itself."""
        del texts, source
        for one, next_one in pairwise(_WORD.findall(folded(text))):
            if one == next_one and any(map(str.isalpha, one)):
                yield Fault(
                    message=f"{entry.name}: the translation has {quoted(one)} twice in a row",
                    mend="Remove one of them.",
                )
