"""The texts that a service shows beside CONNECT's pages, in each language: nothing is said anew.

The label of the button and the words of the account are those of the sample services; the message
on the first screen is the client's own.
"""

from __future__ import annotations

from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.i18n.catalogues import Catalogues
from studio.i18n.locales import SOURCE
from studio.resources import folder

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.client.model import Client

CONTEXT = "service"
LABEL = "Sign in with CONNECT"

TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "sign_in": LABEL,
        "welcome": "Welcome to %(service)s",
        "lead": "Sign in to go on.",
        "refused": "CONNECT did not sign you in: %(error)s",
        "signed_in_as": "Signed in as %(who)s",
        "signed_in_with": "Signed in with %(who)s",
        "manage": "Manage account",
        "manage_connect": "Manage CONNECT account",
        "switch": "Switch user",
        "sign_out": "Sign out",
        "sign_out_of_connect": "Sign out of CONNECT too",
        "account": "My CONNECT account",
        "name": "Your name",
        "change_name": "Change your name",
        "phone": "Your phone number",
        "change_phone": "Change your phone number",
        "email": "Your email address",
        "change_email": "Change your email address",
        "password": "Your password",
        "change_password": "Change your password",
        "only_connect": "Only CONNECT knows it",
        "nothing": "Not given yet",
    }
)
"""The English texts, which are the keys of the catalogues, by a short name."""


def texts(tag: str) -> Mapping[str, str]:
    """Return the texts in a language, by their short names."""
    catalogue = _catalogues().load(tag)
    return {name: catalogue.pgettext(CONTEXT, text) for name, text in TEXTS.items()}


def sign_in_label(tag: str) -> str:
    """Return the label of the sign-in button."""
    return _catalogues().load(tag).pgettext(CONTEXT, LABEL)


def message_in(client: Client, tag: str) -> str | None:
    """Return the client's message in a language, None where it has none of its own."""
    return {str(key): text for key, text in client.branding.message.items()}.get(tag)


def message_otherwise(client: Client) -> str | None:
    """Return what stands in where a language has no message; None where there is none at all.

    It is the one in the client's own language, else the English one, else an empty text: as the
    pages have it (`studio.pages.language`).
    """
    if not client.branding.message:
        return None
    return message_in(client, client.language.default) or message_in(client, SOURCE) or ""


@cache
def _catalogues() -> Catalogues:
    return Catalogues(folder("locales"))
