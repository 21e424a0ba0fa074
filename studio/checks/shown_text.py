"""Is everything on a page in the page's language? No keys, no placeholders, no English left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.catalogue import Entry, LanguageTexts, is_source
from studio.checks.finding import Fault, Severity
from studio.checks.script import in_script
from studio.checks.words import PLACEHOLDER, words
from studio.client.hints import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.measuring import Layout

_RAW = re.compile(
    r"%\(\w+\)|\{\{|\{%|\}\}|%\}"
    r"|^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*[._][a-z0-9_.-]*[a-z0-9]$"
    r"|^(?:None|True|False|undefined|null)$"
)


class RawKeys:
    """No key, placeholder or value of a program is seen."""

    name = "raw-key"
    severity = Severity.ERROR

    def faults(self, layout: Layout, texts: LanguageTexts) -> Iterator[tuple[str, Fault]]:
        """Yield them."""
        del texts
        for text, _lang in _said(layout):
            if _RAW.search(text):
                yield (
                    text,
                    Fault(
                        message=f"{quoted(text)} is shown, which is no text for people",
                        mend="Look up the text in the template, and fill its placeholders.",
                    ),
                )


class Untranslated:
    """No English is left on a page in another language."""

    name = "untranslated"
    severity = Severity.ERROR

    def faults(self, layout: Layout, texts: LanguageTexts) -> Iterator[tuple[str, Fault]]:
        """Yield English texts of the catalogue, and texts in another script."""
        if is_source(texts):
            return
        english = _english(texts)
        for text, lang in _said(layout):
            if lang and lang != texts.locale.tag:
                continue
            known = any(pattern.fullmatch(text) for pattern in english)
            if known or (_is_sentence(text) and not in_script(text, texts.locale.script)):
                yield (
                    text,
                    Fault(
                        message=f"{quoted(text)} is not in {texts.locale.english_name}",
                        mend="Translate it; a text that no catalogue has belongs through pgettext.",
                    ),
                )


def _said(layout: Layout) -> Iterator[tuple[str, str]]:
    """Yield the texts that are CONNECT's own, with their languages."""
    for thing in layout["things"]:
        if thing["text"] and not thing["value"]:
            yield thing["text"], thing["lang"]
    for attribute in layout["attributes"]:
        yield attribute["text"], attribute["lang"]


def _english(texts: LanguageTexts) -> list[re.Pattern[str]]:
    """Return what English texts look like that this language has others for."""
    patterns = []
    for entry in texts.entries:
        if not entry.obsolete and entry.translated and entry.texts[0] != entry.sources[0]:
            patterns += [_pattern(source) for source in entry.sources if _long_enough(entry)]
    return patterns


def _long_enough(entry: Entry) -> bool:
    return bool(PLACEHOLDER.sub("", entry.sources[0]).strip())


def _pattern(source: str) -> re.Pattern[str]:
    parts = [re.escape(part) for part in PLACEHOLDER.split(source)[::2]]
    return re.compile(".+?".join(parts))


def _is_sentence(text: str) -> bool:
    """Tell whether a text is more than a name."""
    return sum(map(str.isalpha, (word[0] for word in words(text)))) > 2  # noqa: PLR2004 - words
