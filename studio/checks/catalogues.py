"""The checks of catalogues, in the order in which their findings are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.checks.catalogue import read_texts
from studio.checks.completeness import Fuzzy, Missing, Obsolete, SameAsSource
from studio.checks.finding import Finding, Severity
from studio.checks.fonts import Glyphs
from studio.checks.neighbours import WrongLanguage
from studio.checks.script import MixedWords, Script, WrongLetters, Zawgyi
from studio.checks.shape import (
    DoubledWords,
    FinalPunctuation,
    Markup,
    Placeholders,
    PluralForms,
    Spaces,
)
from studio.checks.sms import SmsLength
from studio.checks.terms import Terms
from studio.i18n import pofiles
from studio.i18n.playbook import PlaybookError
from studio.i18n.pofiles import CatalogueError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from studio.checks.catalogue import CatalogueCheck, LanguageTexts
    from studio.checks.fonts import Fonts
    from studio.i18n.locales import Locale

CATALOGUE_CHECKS: tuple[CatalogueCheck, ...] = (
    Missing(),
    Fuzzy(),
    Obsolete(),
    SameAsSource(),
    Script(),
    MixedWords(),
    WrongLetters(),
    WrongLanguage(),
    Zawgyi(),
    Placeholders(),
    Markup(),
    PluralForms(),
    Spaces(),
    FinalPunctuation(),
    DoubledWords(),
    SmsLength(),
    Glyphs(),
    Terms(),
)


def find_in_texts(texts: LanguageTexts) -> Iterator[Finding]:
    """Yield what all checks find in one language."""
    for check in CATALOGUE_CHECKS:
        yield from check.find(texts)


def find_in_folder(
    folder: Path, locales: Iterable[Locale], fonts: Fonts | None = None
) -> Iterator[Finding]:
    """Yield what is wrong in the catalogues of a folder `locales/`.

    A file that cannot be read is a finding too.
    """
    for of in locales:
        try:
            texts = read_texts(folder, of, fonts)
        except (CatalogueError, PlaybookError) as error:
            yield from _unreadable(str(error), folder, of)
        else:
            yield from find_in_texts(texts)


def _unreadable(told: str, folder: Path, of: Locale) -> Iterator[Finding]:
    """Turn the lines of an error, which begin with their place, into findings."""
    for line in told.splitlines():
        place, _, message = line.partition(" ")
        file, _, numbers = place.rstrip(":").partition(":")
        number = numbers.partition(":")[0]
        yield Finding(
            check="catalogue-file",
            severity=Severity.ERROR,
            message=message or line,
            mend="Mend the file there; nothing else in it was looked at.",
            file=file.removeprefix(f"{folder}/") or pofiles.path(folder, of).name,
            line=int(number) if number.isdecimal() else 0,
            locale=of.tag,
        )
