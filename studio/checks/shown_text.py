"""Is everything on a page in the page's language? No keys, no placeholders, no English left."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studio.checks.catalogue import is_source
from studio.checks.finding import Fault, Severity
from studio.checks.script import in_script
from studio.checks.words import words
from studio.client.hints import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.catalogue import LanguageTexts
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
    """No English is left on a page in another language.

    A text of the catalogue is right, whatever is in its placeholders. Of others, the values that
    stand on the page too (a name, an address) do not count as words.
    """

    name = "untranslated"
    severity = Severity.ERROR

    def faults(self, layout: Layout, texts: LanguageTexts) -> Iterator[tuple[str, Fault]]:
        """Yield English texts of the catalogue, and texts in another script."""
        if is_source(texts):
            return
        values = _values(layout)
        for text, lang in _said(layout):
            if (lang and lang != texts.locale.tag) or texts.own.has(text):
                continue
            if texts.english.has(text) or _is_foreign(values.sub(" ", text), texts.locale.script):
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


def _values(layout: Layout) -> re.Pattern[str]:
    """Return what finds in a text the values that the page shows by themselves."""
    shown = {one["text"] for one in layout["things"] if one["value"] and one["kind"] != "box"}
    longest_first = sorted(filter(None, shown), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, longest_first)) or "(?!)")


def _is_foreign(text: str, script: str) -> bool:
    """Tell whether a text is more than a name, and in another script."""
    letters = sum(map(str.isalpha, (word[0] for word in words(text))))
    return letters > 2 and not in_script(text, script)  # noqa: PLR2004 - words
