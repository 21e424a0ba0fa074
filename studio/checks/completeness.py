"""Is everything translated, and nothing else?"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.checks.catalogue import CatalogueCheck, Entry, LanguageTexts, TextCheck, is_source
from studio.checks.finding import Fault, Finding, Severity
from studio.checks.words import visible, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LATIN = frozenset({"da", "en", "id", "ms", "nb", "sr-Latn", "sr-Latn-ME", "sv"})
_SCANDINAVIAN = frozenset({"da", "nb", "sv"})
_SLAVIC = frozenset({"sr-Latn", "sr-Latn-ME"})
EVERYWHERE = frozenset({*_LATIN, "bg", "bn", "my", "th", "ur-PK", "zh-Hans"})

SAME: Mapping[str, tuple[frozenset[str], str]] = MappingProxyType(
    {
        "CONNECT": (EVERYWHERE, "a name"),
        "SMS": (EVERYWHERE, "written so in most languages"),
        "PUK": (EVERYWHERE, "an abbreviation of the standard"),
        "OK": (EVERYWHERE, "an international word"),
        "Email": (frozenset({"id", *_SLAVIC}), "the everyday word there"),
        "Status": (_LATIN, "the same word"),
        "Start": (_SCANDINAVIAN, "the same word"),
        "Service": (frozenset({"da"}), "the same word"),
        "Support": (_SCANDINAVIAN, "the everyday word there"),
        "Information": (frozenset({"da", "sv"}), "the same word"),
        "Total": (frozenset({"da", "id"}), "the same word"),
        "Cookies": (frozenset({"da"}), "the everyday word there"),
        "Cookie": (frozenset({"zh-Hans"}), "written so there, without the plural"),
    }
)
"""English words that may stay as they are: in which languages, and why."""

_NOWHERE: tuple[frozenset[str], str] = (frozenset(), "")


class Missing(CatalogueCheck):
    """Every message of the template has a translation; without it people read English."""

    name = "missing"

    def find(self, texts: LanguageTexts) -> Iterator[Finding]:
        """Yield the messages without a translation."""
        present = {entry.key: entry for entry in texts.entries if not entry.obsolete}
        for wanted in texts.wanted:
            entry = present.get(wanted.key)
            if entry is None:
                fault = Fault(
                    message=f"{wanted.name} is not in the file",
                    mend="Bring the file up to date: python -m studio.i18n update.",
                )
                yield texts.finding(type(self), fault)
            elif not any(entry.texts):
                fault = Fault(
                    message=f"{entry.name} has no translation; people read it in English",
                    mend="Translate it.",
                )
                yield texts.finding(type(self), fault, entry)


class Fuzzy(CatalogueCheck):
    """No translation is in doubt; the pages do not use one that is."""

    name = "fuzzy"

    def find(self, texts: LanguageTexts) -> Iterator[Finding]:
        """Yield the messages marked fuzzy."""
        for entry in texts.entries:
            if entry.fuzzy and not entry.obsolete:
                fault = Fault(
                    message=f"{entry.name} is marked fuzzy; people read it in English",
                    mend="Read the translation again and remove the mark.",
                )
                yield texts.finding(type(self), fault, entry)


class Obsolete(CatalogueCheck):
    """No translation is left of a text that is gone."""

    name = "obsolete"
    severity = Severity.WARNING

    def find(self, texts: LanguageTexts) -> Iterator[Finding]:
        """Yield the translations that nothing uses."""
        wanted = {entry.key for entry in texts.wanted}
        for entry in texts.entries:
            if entry.obsolete or (wanted and entry.key not in wanted):
                fault = Fault(
                    message=f"{entry.name} is not in the program any more",
                    mend="Use the translation where its text went, then remove it.",
                )
                yield texts.finding(type(self), fault, entry)


class SameAsSource(TextCheck):
    """A translation differs from the English text, save for names and shared words (`SAME`)."""

    name = "same-as-source"

    def applies(self, texts: LanguageTexts, entry: Entry) -> bool:
        """English is its own source."""
        return not is_source(texts) and not entry.fuzzy

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield the text that is still English."""
        if text != source or not _words_to_translate(source, texts.locale.tag):
            return
        yield Fault(
            message=f"{entry.name} is the English text",
            mend="Translate it; a word that is the same in this language belongs into the list of "
            "allowed ones.",
        )


def _words_to_translate(source: str, tag: str) -> set[str]:
    """Return the words of an English text that this language has others for."""
    return {word for word in words(visible(source)) if tag not in SAME.get(word, _NOWHERE)[0]}
