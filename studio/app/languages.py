"""Which languages can the person choose, and how complete is each?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.i18n.catalogues import Catalogues
from studio.i18n.locales import LOCALES, SOURCE, locale, match

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studio.client.model import Client

FEW = 50
"""Below this percentage a language has so few texts that the page says little in it."""


@dataclass(frozen=True, kw_only=True)
class Language:
    """A language as the window shows it."""

    tag: str
    own_name: str
    english_name: str
    rtl: bool = False
    """Whether it is written from right to left."""
    messages: int
    translated: int

    @property
    def percentage(self) -> int:
        """How much is translated, rounded down, so that 100 means all."""
        return self.translated * 100 // self.messages if self.messages else 0


def by_tag(languages: Iterable[Language], tag: str) -> Language | None:
    """Return the language with a tag."""
    return next((each for each in languages if each.tag == tag), None)


def not_offered(client: Client, language: Language) -> str:
    """Return why people cannot have the pages in a language; empty when they can."""
    name, offered = client.registration.name, client.language.offered
    if offered and language.tag not in offered:
        return f"{name} does not offer {language.own_name}."
    if not client.language.by_request and language.tag != client.language.default:
        return f"{name} lets no request choose the language."
    return ""


def stands_in(client: Client, wanted: str, shown: Language) -> str:
    """Return why a page is not, or hardly, in the language that is wanted; empty when it is.

    Args:
        client: The client that offers languages.
        wanted: The request's first choice (`ui_locales`), empty when it makes none.
        shown: The language of the page.
    """
    asked = match([wanted])
    if wanted and asked is None:
        return f"CONNECT does not speak {wanted}: {shown.own_name} is shown."
    if asked and asked.tag != shown.tag:
        name = client.registration.name
        if asked.tag in client.language.offered:
            return f"{name} lets no request choose the language: {shown.own_name} is shown."
        return f"{name} does not offer {asked.own_name}: {shown.own_name} is shown."
    if shown.percentage < FEW:
        done = f"{shown.translated} of {shown.messages} texts are translated"
        return f"{shown.own_name}: {done}; {locale(SOURCE).own_name} stands in."
    return ""


def installed(folder: Path) -> tuple[Language, ...]:
    """Return the fourteen languages with how much of each is translated.

    Args:
        folder: The folder `locales`.
    """
    catalogues = Catalogues(folder)
    counts = {locale.tag: catalogues.completeness(locale.tag) for locale in LOCALES}
    return tuple(
        Language(
            tag=locale.tag,
            own_name=locale.own_name,
            english_name=locale.english_name,
            rtl=locale.direction == "rtl",
            messages=counts[locale.tag].messages,
            translated=counts[locale.tag].translated,
        )
        for locale in LOCALES
    )
