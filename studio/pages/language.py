"""Which language a page is in, and which of the client's messages it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studio.i18n.locales import TAGS, Locale, locale, match

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studio.client.model import Client


@dataclass(frozen=True, kw_only=True)
class LocalText:
    """A text and the language it is in, which need not be the page's."""

    text: str
    lang: str
    direction: str


def page_locale(client: Client, wanted: Sequence[str]) -> Locale:
    """Return the first wanted language that the client offers, else the client's own.

    `wanted` are BCP 47 tags, best first (`ui_locales`, OpenID Connect Core 3.1.2.1).
    """
    offered = client.language.offered or TAGS
    found = match(wanted, offered) if client.language.by_request else None
    return found or locale(client.language.default)


def page_message(client: Client, shown: Locale) -> LocalText | None:
    """Return the client's short message in the page's language.

    Where it has none, the one in the client's default language, then the English one stands in,
    marked with the language it is in.
    """
    messages = {str(tag): text for tag, text in client.branding.message.items()}
    for tag in (shown.tag, client.language.default, "en"):
        text = messages.get(tag)
        if text:
            return LocalText(text=text, lang=tag, direction=locale(tag).direction)
    return None
