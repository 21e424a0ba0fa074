"""What a text reads in a language, and whether that language has it.

Rules kept here:

- A text that a language lacks reads as its English source, and `Catalogue.missing` says so to
  whoever checks a language.
- The methods are gettext's, so that Jinja's i18n extension and Python code use a catalogue alike:
  `environment.install_gettext_translations(catalogue, newstyle=True)`.
- Reading is lazy and kept by the `Catalogues` object that its owner makes; there is no state of
  the module.
"""

from __future__ import annotations

from dataclasses import dataclass
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING, NoReturn

from studio.i18n import pofiles
from studio.i18n.locales import Locale, locale

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def pgettext_noop(context: str, message: str) -> tuple[str, str]:
    """Mark a text of a Python table for extraction, to be looked up later.

    Returns:
        The two arguments, ready for `catalogue.pgettext(*marked)`.
    """
    return context, message


class _MissingError(LookupError):
    """A catalogue lacks a text."""


class _Missing(NullTranslations):
    """The end of gettext's chain of fallbacks: it tells instead of answering."""

    # Arguments not used below (ARG002) belong to gettext's signatures.

    def gettext(self, message: str) -> NoReturn:
        raise _MissingError(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> NoReturn:  # noqa: ARG002
        raise _MissingError(msgid1)

    def pgettext(self, context: str, message: str) -> NoReturn:  # noqa: ARG002
        raise _MissingError(message)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> NoReturn:  # noqa: ARG002
        raise _MissingError(msgid1)


class Catalogue:
    """The texts of one language, with English for those that it lacks."""

    def __init__(self, of: Locale, translations: NullTranslations) -> None:
        self.locale = of
        self._translations = translations

    def gettext(self, message: str) -> str:
        """Return a text without a context."""
        try:
            return self._translations.gettext(message)
        except _MissingError:
            return message

    def ngettext(self, singular: str, plural: str, n: int) -> str:
        """Return the form of a countable text that suits `n`."""
        try:
            return self._translations.ngettext(singular, plural, n)
        except _MissingError:
            return _english(singular, plural, n)

    def pgettext(self, context: str, message: str) -> str:
        """Return a text; the context tells apart texts that are alike in English."""
        try:
            return self._translations.pgettext(context, message)
        except _MissingError:
            return message

    def npgettext(self, context: str, singular: str, plural: str, n: int) -> str:
        """Return the form of a countable text with a context that suits `n`."""
        try:
            return self._translations.npgettext(context, singular, plural, n)
        except _MissingError:
            return _english(singular, plural, n)

    def missing(self, context: str | None, message: str) -> bool:
        """Tell whether the language lacks a text (a countable one: by its singular)."""
        # gettext's own way to store a context with a text.
        entry = message if context is None else f"{context}\x04{message}"
        return _lacks(self._translations.gettext, entry) and _lacks(
            self._translations.ngettext, entry, entry, 1
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Completeness:
    """How far a translation has come: messages there are, and those translated."""

    messages: int
    translated: int


class Catalogues:
    """The catalogues in a folder `locales/`, each read once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._loaded: dict[str, Catalogue] = {}

    def load(self, tag: str) -> Catalogue:
        """Return the catalogue of a language; without a compiled file it lacks every text.

        Raises:
            UnknownLocaleError: No language has this tag.
        """
        if tag not in self._loaded:
            self._loaded[tag] = Catalogue(locale(tag), self._read(tag))
        return self._loaded[tag]

    def completeness(self, tag: str) -> Completeness:
        """Count a language's texts against the template; a text marked fuzzy is untranslated.

        Raises:
            UnknownLocaleError: No language has this tag.
            CatalogueError: A catalogue's text cannot be read.
        """
        template = pofiles.read(pofiles.template_path(self._folder))
        catalogue = pofiles.read(pofiles.path(self._folder, locale(tag)))
        wanted = {pofiles.key(message) for message in pofiles.messages(template)}
        done = {
            pofiles.key(message)
            for message in pofiles.messages(catalogue)
            if pofiles.is_translated(message)
        }
        return Completeness(messages=len(wanted), translated=len(wanted & done))

    def _read(self, tag: str) -> NullTranslations:
        compiled = pofiles.path(self._folder, locale(tag)).with_suffix(".mo")
        if not compiled.is_file():
            return _Missing()
        with compiled.open("rb") as file:
            translations = GNUTranslations(file)
        translations.add_fallback(_Missing())
        return translations


def _lacks[**P](look_up: Callable[P, str], *args: P.args, **kwargs: P.kwargs) -> bool:
    try:
        look_up(*args, **kwargs)
    except _MissingError:
        return True
    return False


def _english(singular: str, plural: str, n: int) -> str:
    return singular if n == 1 else plural
