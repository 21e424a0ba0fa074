"""Which languages can the person choose, and how complete is each?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.i18n.catalogues import Catalogues
from studio.i18n.locales import LOCALES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


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
