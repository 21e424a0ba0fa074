"""May a `.po` file that comes back from a translator take the place of the program's own?"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.checks.catalogue import read_file
from studio.checks.catalogues import find_in_texts
from studio.checks.completeness import Fuzzy, Missing, Obsolete
from studio.checks.finding import Finding, Severity
from studio.client.hints import quoted
from studio.i18n import pofiles
from studio.i18n.locales import LOCALES, TAGS, Locale

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from studio.checks.catalogue import LanguageTexts
    from studio.checks.fonts import Fonts

_LANGUAGE = re.compile(r'^"Language: *([A-Za-z_@-]*)', re.MULTILINE)
_LATER = {Missing.name, Fuzzy.name, Obsolete.name}
"""Work that is still to do; it does not keep what is done from being taken."""


@dataclass(frozen=True, kw_only=True)
class Returned:
    """A file that came back.

    Attributes:
        file: The file.
        locale: Its language.
        findings: What its checks say; with an error among them it cannot be taken.
        contents: What would be written, by path.
    """

    file: Path
    locale: Locale
    findings: tuple[Finding, ...]
    contents: dict[Path, bytes]

    @property
    def good(self) -> bool:
        """Whether it can be taken."""
        return all(one.severity is not Severity.ERROR for one in self.findings)


class UnknownLanguageError(ValueError):
    """A file does not say which of the languages it is in."""


def take_back(file: Path, folder: Path, fonts: Fonts | None = None) -> Returned:
    """Read a translated `.po` file and hold it to the template of a folder `locales/`.

    Nothing is written.

    Raises:
        CatalogueError: It cannot be read.
        UnknownLanguageError: Its header names none of the languages.
        OSError: It is not there.
    """
    of = language_of(file)
    texts = read_file(file, of, folder, fonts, name=str(file))
    findings = (*_other_messages(texts), *_mistakes(texts))
    template = pofiles.read(pofiles.template_path(folder))
    merged = pofiles.merged(template, pofiles.read(file), of)
    place = pofiles.path(folder, of)
    contents = {
        place: pofiles.po_bytes(merged),
        place.with_suffix(".mo"): pofiles.mo_bytes(merged, of),
    }
    return Returned(file=file, locale=of, findings=findings, contents=contents)


def language_of(file: Path) -> Locale:
    """Return the language that the header of a `.po` file names.

    Raises:
        UnknownLanguageError: It names none of the languages, or none at all.
        OSError: The file is not there.
    """
    found = _LANGUAGE.search(file.read_text("utf-8", "replace"))
    named = found[1] if found else ""
    for one in LOCALES:
        if named.replace("-", "_") == one.babel_id:
            return one
    told = f"its header says Language: {quoted(named)}" if named else "its header names no Language"
    raise UnknownLanguageError(f"{file}: {told}; allowed are {', '.join(TAGS)}")


def _mistakes(texts: LanguageTexts) -> Iterator[Finding]:
    for finding in find_in_texts(texts):
        if finding.check not in _LATER:
            yield finding


def _other_messages(texts: LanguageTexts) -> Iterator[Finding]:
    """Yield the messages that the template lacks, or that the file lacks."""
    wanted = {entry.key: entry for entry in texts.wanted}
    present = {entry.key: entry for entry in texts.entries if not entry.obsolete}
    for key in present.keys() - wanted.keys():
        entry = present[key]
        yield Finding(
            check="messages",
            severity=Severity.ERROR,
            message=f"{entry.name} is not a message of the program",
            mend="Leave msgctxt and msgid as they were in the file that was sent.",
            file=texts.file,
            line=entry.line,
            locale=texts.locale.tag,
        )
    for key in wanted.keys() - present.keys():
        yield Finding(
            check="messages",
            severity=Severity.ERROR,
            message=f"{wanted[key].name} ({wanted[key].context or 'no context'}) is missing",
            mend="Put its msgctxt and msgid back, with an empty msgstr where there is none yet.",
            file=texts.file,
            locale=texts.locale.tag,
        )
