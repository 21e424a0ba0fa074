"""What a catalogue says, as its checks see it: each message with line, language and screens."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from studio.checks.finding import Fault, Finding, Severity
from studio.checks.sayings import Sayings
from studio.client.hints import quoted
from studio.i18n import playbook, pofiles
from studio.i18n.locales import SOURCE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Catalog, Message

    from studio.checks.fonts import Fonts
    from studio.i18n.locales import Locale
    from studio.i18n.playbook import Playbook

_PLURAL_FORMS = re.compile(r"Plural-Forms:\s*([^\"\\\n]*)")
_SHARED = ("base", "parts", "components", "icons")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A message in one language.

    Attributes:
        context: Its msgctxt, empty without one.
        sources: Its English text; a countable one has two, singular and plural.
        texts: The translation, one for each form; empty where there is none.
        line: The line of its msgid, from 1.
        references: Where the program says it, such as `flow_templates/start.html`.
    """

    context: str
    sources: tuple[str, ...]
    texts: tuple[str, ...]
    line: int
    references: tuple[str, ...] = ()
    fuzzy: bool = False
    obsolete: bool = False

    @property
    def translated(self) -> bool:
        """Whether every form has a text."""
        return all(self.texts)

    @property
    def key(self) -> tuple[str, tuple[str, ...]]:
        """What tells it from all others."""
        return self.context, self.sources

    @property
    def screen(self) -> str:
        """The screens whose own templates say it, separated by spaces."""
        stems = [name.rpartition("/")[2].partition(".")[0] for name in self.references]
        return " ".join(stem for stem in dict.fromkeys(stems) if not stem.endswith(_SHARED))

    @property
    def name(self) -> str:
        """Name it in a sentence."""
        return quoted(self.sources[0])

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each form with the English text that it stands for."""
        for number, text in enumerate(self.texts):
            one = number == 0 and len(self.texts) > 1
            yield self.sources[0 if one or len(self.sources) == 1 else 1], text


@dataclass(frozen=True, kw_only=True)
class LanguageTexts:
    """Everything written in one language.

    Attributes:
        file: How the `.po` file is named in findings.
        plural_forms: What its header says; None without one.
        wanted: The messages of the template, which it should have.
        fonts: The pages' fonts; None where glyphs are not looked at.
    """

    locale: Locale
    file: str
    entries: tuple[Entry, ...]
    plural_forms: str | None
    wanted: tuple[Entry, ...]
    playbook: Playbook
    fonts: Fonts | None = None

    @cached_property
    def own(self) -> Sayings:
        """What pages in this language say."""
        return Sayings(text for one in self._used() for text in one.texts)

    @cached_property
    def english(self) -> Sayings:
        """The English texts that this language has others for."""
        return Sayings(
            text for one in self._used() if one.texts != one.sources for text in one.sources
        )

    def _used(self) -> Iterator[Entry]:
        return (one for one in self.entries if one.translated and not one.obsolete)

    def finding(
        self, check: type[CatalogueCheck], fault: Fault, entry: Entry | None = None
    ) -> Finding:
        """Place what a check says."""
        return Finding(
            check=check.name,
            severity=check.severity,
            message=fault.message,
            mend=fault.mend,
            file=self.file,
            line=entry.line if entry else 0,
            locale=self.locale.tag,
            screen=entry.screen if entry else "",
        )


class CatalogueCheck(ABC):
    """Looks at everything written in a language."""

    name: ClassVar[str]
    severity: ClassVar[Severity] = Severity.ERROR

    @abstractmethod
    def find(self, texts: LanguageTexts) -> Iterator[Finding]:
        """Yield what is wrong, in the order of the file."""


class TextCheck(CatalogueCheck):
    """Looks at each translated text by itself."""

    def find(self, texts: LanguageTexts) -> Iterator[Finding]:
        """Yield what is wrong, in the order of the file; each fault of a message once."""
        for entry in texts.entries:
            if entry.obsolete or not entry.translated or not self.applies(texts, entry):
                continue
            found = [
                fault
                for source, text in entry.pairs()
                for fault in self.faults(texts, entry, source, text)
            ]
            for fault in dict.fromkeys(found):
                yield texts.finding(type(self), fault, entry)

    def applies(self, texts: LanguageTexts, entry: Entry) -> bool:  # noqa: ARG002 - for others
        """Tell whether a message is one that this check looks at."""
        return True

    @abstractmethod
    def faults(self, texts: LanguageTexts, entry: Entry, source: str, text: str) -> Iterator[Fault]:
        """Yield what is wrong with one form of a message."""


def read_texts(folder: Path, of: Locale, fonts: Fonts | None = None) -> LanguageTexts:
    """Read what a folder `locales/` has in a language.

    Raises:
        CatalogueError: The template or the catalogue cannot be read.
        PlaybookError: The playbook cannot be read.
    """
    file = pofiles.path(folder, of)
    return read_file(file, of, folder, fonts, name=file.relative_to(folder).as_posix())


def read_file(
    file: Path, of: Locale, folder: Path, fonts: Fonts | None = None, *, name: str = ""
) -> LanguageTexts:
    """Read a `.po` file of a language, to be held to the template and playbook of a folder.

    Raises:
        CatalogueError: The template or the catalogue cannot be read.
        PlaybookError: The playbook cannot be read.
    """
    catalogue = pofiles.read(file)
    header = _PLURAL_FORMS.search(file.read_text("utf-8") if file.is_file() else "")
    return LanguageTexts(
        locale=of,
        file=name or file.name,
        entries=tuple(_entries(catalogue)),
        plural_forms=header[1].strip() if header else None,
        wanted=tuple(_entries(pofiles.read(pofiles.template_path(folder)))),
        playbook=playbook.load(folder, of.tag),
        fonts=fonts,
    )


def is_source(texts: LanguageTexts) -> bool:
    """Tell whether the language is the one that templates are written in."""
    return texts.locale.tag == SOURCE


def _entries(catalogue: Catalog) -> Iterator[Entry]:
    found = [_entry(message) for message in pofiles.messages(catalogue)]
    found += [_entry(message, obsolete=True) for message in catalogue.obsolete.values()]
    return iter(sorted(found, key=lambda entry: entry.line))


def _entry(message: Message, *, obsolete: bool = False) -> Entry:
    sources, texts = message.id, message.string
    return Entry(
        context=message.context or "",
        sources=(sources,) if isinstance(sources, str) else tuple(sources),
        texts=(texts,) if isinstance(texts, str) else tuple(texts),
        line=message.lineno or 0,
        references=tuple(dict.fromkeys(name for name, _line in message.locations)),
        fuzzy=message.fuzzy,
        obsolete=obsolete,
    )
