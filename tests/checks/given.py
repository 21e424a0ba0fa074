"""Languages with a few messages, for the checks to look at."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from studio.checks.catalogue import Entry, LanguageTexts
from studio.checks.fonts import Fonts
from studio.i18n.locales import locale
from studio.i18n.playbook import Playbook, parse
from studio.resources import folder

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studio.checks.catalogue import CatalogueCheck

PLAYBOOK = """\
terms:
  sign in:
    use: sign in
    avoid: [log in, login]
    reason: One entry.
  account:
    use: CONNECT account
    avoid: [account]
    reason: The full name.
"""
PAGE = ("flow_templates/start.html",)


def entry(source: str, *texts: str, plural: str = "", references: tuple[str, ...] = PAGE) -> Entry:
    """Return a message with its translation, on line 12."""
    sources = (source, plural) if plural else (source,)
    return Entry(context="start", sources=sources, texts=texts, line=12, references=references)


def language(tag: str, entries: Iterable[Entry], playbook: str = "") -> LanguageTexts:
    """Return a language with messages that are all wanted."""
    of, held = locale(tag), tuple(entries)
    terms = parse(playbook, "playbook.yaml", of) if playbook else Playbook(locale=of)
    return LanguageTexts(
        locale=of,
        file="connect.po",
        entries=held,
        plural_forms=of.plural_forms,
        wanted=tuple(replace(one, obsolete=False) for one in held if not one.obsolete),
        playbook=terms,
    )


def told(check: CatalogueCheck, texts: LanguageTexts) -> list[str]:
    """Return what a check says."""
    return [finding.message for finding in check.find(texts)]


@cache
def fonts() -> Fonts:
    """Return the fonts of the pages."""
    style = (folder("flow_templates") / "static" / "page.css").read_text("utf-8")
    return Fonts(style, folder("assets") / "fonts")
