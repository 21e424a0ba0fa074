"""Are the client's own messages there, short, and written like the pages around them?"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studio.checks.catalogue import Entry
from studio.checks.finding import Fault, Finding, Severity
from studio.checks.fonts import Glyphs
from studio.checks.neighbours import WrongLanguage
from studio.checks.script import MixedWords, Script, WrongLetters, Zawgyi
from studio.checks.shape import DoubledWords
from studio.checks.sms import filled, length
from studio.checks.terms import Terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.checks.catalogue import LanguageTexts
    from studio.checks.client import ClientSubject

LONGEST_MESSAGE = 140
"""Letters of a client's message: about four lines at 320 CSS pixels."""

_AS_TEXTS = (
    Script(), MixedWords(), WrongLetters(), WrongLanguage(), Zawgyi(), DoubledWords(), Glyphs(),
    Terms(),
)  # fmt: skip
_CODE = "flow_templates/messages/code.txt"


class MessageMissing:
    """A client with messages has one in each language that it offers."""

    name = "message-missing"

    def find(self, subject: ClientSubject) -> Iterator[Finding]:
        """Yield the languages without one."""
        client = subject.client
        there = client.branding.message
        missing = [tag for tag in client.language.offered if tag not in there] if there else []
        for tag in missing:
            fault = Fault(
                message=f"there is no message in {tag}; people read another language in its place",
                mend=f"Write branding.message.{tag}, or leave the language out of "
                "language.offered.",
            )
            yield subject.finding(self.name, Severity.WARNING, fault, "branding.message", tag)


class MessageLength:
    """A message is short: it stands above the first field."""

    name = "message-length"

    def find(self, subject: ClientSubject) -> Iterator[Finding]:
        """Yield the long ones."""
        for tag, text in subject.client.branding.message.items():
            if len(text) > LONGEST_MESSAGE:
                fault = Fault(
                    message=f"the message has {len(text)} characters and pushes the field down",
                    mend=f"Write at most {LONGEST_MESSAGE}.",
                )
                path = f"branding.message.{tag}"
                yield subject.finding(self.name, Severity.WARNING, fault, path, tag)


class MessageTexts:
    """A message passes the checks of a text: script, language, letters, glyphs, terms."""

    name = "message"

    def find(self, subject: ClientSubject) -> Iterator[Finding]:
        """Yield what those checks find, each under its own name."""
        languages = {texts.locale.tag: texts for texts in subject.languages}
        for tag, text in subject.client.branding.message.items():
            if tag in languages:
                path = f"branding.message.{tag}"
                told = self._as_entry(subject, text, subject.line(path))
                for finding in _looked_at(languages[tag], told):
                    yield replace(finding, file=subject.file, screen="start")

    def _as_entry(self, subject: ClientSubject, text: str, line: int) -> Entry:
        # The service's name is what it is, in any language.
        bare = text.replace(subject.client.registration.name, "%(client)s")
        return Entry(context="message", sources=(bare,), texts=(bare,), line=line)


def _looked_at(texts: LanguageTexts, entry: Entry) -> Iterator[Finding]:
    alone = replace(texts, entries=(entry,))
    for check in _AS_TEXTS:
        yield from check.find(alone)


class ClientSms:
    """The message with a code fits into one SMS with this client's own name."""

    name = "sms-length"

    def find(self, subject: ClientSubject) -> Iterator[Finding]:
        """Yield the languages in which it does not."""
        name = subject.client.registration.name
        for texts in subject.languages:
            for entry in texts.entries:
                if _CODE not in entry.references or not entry.translated or entry.obsolete:
                    continue
                found = length(filled(entry.texts[0], name))
                if found.parts > 1:
                    fault = Fault(
                        message=f"with this name the SMS with a code has {found.characters} "
                        f"characters in {texts.locale.tag}, which are {found.parts} parts",
                        mend=f"Use a shorter name: {found.room} characters fit.",
                    )
                    yield subject.finding(
                        self.name, Severity.WARNING, fault, "registration.name", texts.locale.tag
                    )


class LanguageUnfinished:
    """A language that is offered is translated."""

    name = "language-unfinished"

    def find(self, subject: ClientSubject) -> Iterator[Finding]:
        """Yield the languages with texts still in English."""
        for texts in subject.languages:
            done = {entry.key for entry in texts.entries if entry.translated and not entry.fuzzy}
            count = sum(wanted.key not in done for wanted in texts.wanted)
            if count:
                tag = texts.locale.tag
                some = "no text" if count == len(texts.wanted) else f"{count} texts not"
                fault = Fault(
                    message=f"{texts.locale.english_name} has {some} translated; "
                    "people read English there",
                    mend=f"Leave {tag} out of language.offered until it is finished.",
                )
                yield subject.finding(self.name, Severity.WARNING, fault, "language.offered", tag)
