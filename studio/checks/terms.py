"""Does a text keep to its language's playbook?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.catalogue import Entry, LanguageTexts, TextCheck
from studio.checks.finding import Fault
from studio.checks.words import folded, occurrences, visible, within
from studio.client.hints import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.i18n.playbook import Playbook


class Terms(TextCheck):
    """No text has a term that the playbook avoids."""

    name = "terms"

    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield the terms to avoid."""
        del source
        for fault in avoided(texts.playbook, text):
            yield Fault(message=f"{entry.name}: {fault.message}", mend=fault.mend)


def avoided(playbook: Playbook, text: str) -> Iterator[Fault]:
    """Yield each term of a text that a playbook avoids.

    A spelling inside of a chosen term is right: "account" may be avoided by itself and chosen in
    "CONNECT account".
    """
    script = playbook.locale.script
    shown = folded(visible(text))
    chosen = [
        span for term in playbook.terms for span in occurrences(folded(term.use), shown, script)
    ]
    for term in playbook.terms:
        for wrong in term.avoid:
            spans = occurrences(folded(wrong), shown, script)
            if not all(within(span, chosen) for span in spans):
                yield Fault(
                    message=f"{quoted(wrong)} is not the term for {quoted(term.name)}",
                    mend=f"Use {quoted(term.use)}. {term.reason}",
                )
