"""Render screens: a strict Jinja environment for each language, and what templates may use.

Rules kept here: an undefined name is an error, HTML is escaped, and a template sees `screen`
(a value of `studio.engine.screens`), `page` (a `Page`) and `spoken` (the language of its texts).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from studio.engine.policy import IdentifierKind
from studio.i18n.breaking import breakable, unbroken
from studio.i18n.formats import date, duration_minutes, money, phone, phone_parts, recurrence
from studio.i18n.locales import SOURCE, locale
from studio.pages.compiled import CompiledTemplates
from studio.pages.language import LocalText

if TYPE_CHECKING:
    from datetime import timedelta
    from pathlib import Path

    from studio.engine.account_screens import AccountScreen
    from studio.engine.identifiers import Identifier
    from studio.engine.screens import Screen
    from studio.i18n.catalogues import Catalogues
    from studio.i18n.locales import Locale


@dataclass(frozen=True, kw_only=True)
class Page:
    """What a page needs besides its screen.

    `action` is the URL its forms go to, `token` their flow's; `again` begins the flow anew. URLs
    are relative to CONNECT's origin; None where there is none. `account` tells that the page is of
    My CONNECT account; `back_href` leads to the service one came from, whose name is `back_name`.
    `flow` is the URL of the flow the page is of, `home` that of the client's own site. `live` is
    the path of a script that shows the newest look in an open browser, empty for none.
    """

    locale: Locale
    client_name: str = "CONNECT"
    symbol: bool = False
    brand_href: str | None = None
    logo_href: str | None = None
    action: str = ""
    token: str = ""
    message: LocalText | None = None
    terms_uri: str | None = None
    privacy_uri: str | None = None
    again: str | None = None
    account: bool = False
    back_href: str | None = None
    back_name: str = ""
    flow: str | None = None
    home: str | None = None
    languages: tuple[Locale, ...] = ()
    live: str = ""

    def text_url(self, name: str) -> str:
        """Return the URL of a page to read, such as "terms": of the flow, else in the language."""
        return f"{self.flow}/{name}" if self.flow else f"/id/{name}?ui_locales={self.locale.tag}"


class Pages:
    """The templates of one folder in all languages."""

    def __init__(self, templates: Path, catalogues: Catalogues) -> None:
        self.templates = templates
        self._catalogues = catalogues
        self._compiled = CompiledTemplates()
        self._environments: dict[str, Environment] = {}
        self._written: dict[str, bool] = {}

    def html(self, screen: Screen | AccountScreen, page: Page) -> str:
        """Render a screen's template, which its id names."""
        template = self._environment(page.locale.tag).get_template(f"{screen.id}.html")
        return template.render(screen=screen, page=page, spoken=self._spoken(page.locale))

    def text(self, name: str, tag: str, **values: str) -> str:
        """Render a message of `flow_templates/messages/` in a language; plain text, one line."""
        template = self._environment(tag).get_template(f"messages/{name}.txt")
        return breakable(template.render(values).strip())

    def device(self, name: str, **values: object) -> str:
        """Render a page of the simulated device (`flow_templates/device/`), in English."""
        return self._environment("en").get_template(f"device/{name}.html").render(values)

    def studio(self, name: str, **values: object) -> str:
        """Render a page of the studio itself (`flow_templates/studio/`), in English."""
        return self._environment("en").get_template(f"studio/{name}.html").render(values)

    def service(self, name: str, page: Page, **values: object) -> str:
        """Render a page of a sample service (`flow_templates/service/`) in the page's language."""
        template = self._environment(page.locale.tag).get_template(f"service/{name}.html")
        return template.render(page=page, spoken=self._spoken(page.locale), **values)

    def local_text(self, name: str, tag: str) -> LocalText:
        """Render a message like `text`, with the language it really is in."""
        spoken = self._spoken(locale(tag))
        return LocalText(text=self.text(name, tag), lang=spoken.tag, direction=spoken.direction)

    def _spoken(self, wanted: Locale) -> Locale:
        """Return the language a page really is in: English, where nothing is translated yet.

        A page tells it to screen readers (WCAG 2.2, 3.1.1).
        """
        if wanted.tag not in self._written:
            self._written[wanted.tag] = bool(self._catalogues.completeness(wanted.tag).translated)
        return wanted if self._written[wanted.tag] else locale(SOURCE)

    def _environment(self, tag: str) -> Environment:
        if tag not in self._environments:
            self._environments[tag] = self._make(tag)
        return self._environments[tag]

    def _make(self, tag: str) -> Environment:
        environment = Environment(
            loader=FileSystemLoader(self.templates),
            autoescape=select_autoescape(["html"]),
            undefined=StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.i18n"],
            bytecode_cache=self._compiled,
        )
        catalogue = self._catalogues.load(tag)
        environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by i18n
            lambda *text: unbroken(catalogue.gettext(*text)),
            lambda *text: unbroken(catalogue.ngettext(*text)),
            newstyle=True,
            pgettext=lambda *text: unbroken(catalogue.pgettext(*text)),
            npgettext=lambda *text: unbroken(catalogue.npgettext(*text)),
        )
        environment.filters["phone"] = phone
        environment.filters["fixed"] = fixed
        environment.filters["span"] = span
        environment.filters["plain"] = plain
        environment.filters["date"] = date
        environment.filters["money"] = money
        environment.filters["recurrence"] = recurrence
        environment.filters["language"] = locale
        return environment


def span(waiting: timedelta, shown: Locale) -> str:
    """Format a time to wait, in whole minutes, rounded up: "15 minutes"."""
    return duration_minutes(int(waiting.total_seconds()), shown)


def plain(identifier: Identifier) -> str:
    """Format a number or address where no mark-up can stand, such as a label."""
    email = identifier.kind is IdentifierKind.EMAIL
    return identifier.value if email else phone(identifier.value)


def fixed(identifier: Identifier) -> str:
    """Format a number or address that cannot be changed: "(+47) 99912345"."""
    if identifier.kind is IdentifierKind.EMAIL:
        return identifier.value
    country, national = phone_parts(identifier.value)
    return f"(+{country}) {national}"
