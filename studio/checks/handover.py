"""Is a client ready to be handed over? The checks of a client, and what only matters then.

Texts are those of the languages that the client offers, read once in a run of the program. No page
is drawn.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.checks.brand import page_colours
from studio.checks.catalogue import read_texts
from studio.checks.client import ClientSubject
from studio.checks.clients import find_in_client
from studio.checks.finding import Severity
from studio.checks.fonts import Fonts
from studio.checks.settings import SettingCheck
from studio.client.choices import ApplicationType
from studio.i18n.locales import locale
from studio.i18n.playbook import PlaybookError
from studio.i18n.pofiles import CatalogueError
from studio.resources import folder
from studio.site.place import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from studio.checks.catalogue import LanguageTexts
    from studio.checks.finding import Finding
    from studio.client.colour import Colour
    from studio.client.model import Client
    from studio.pages.hosting import HostedClient


def _of_another_type(client: Client) -> bool:
    """Tell whether a redirect URI does not fit the type (OpenID Connect Registration 1.0, 2)."""
    registration = client.registration
    uris = (*registration.redirect_uris.staging, *registration.redirect_uris.production)
    of_site = [urlsplit(uri).scheme in {"http", "https"} for uri in uris]
    at_home = [urlsplit(uri).hostname in LOOPBACK for uri in uris]
    if registration.application_type is ApplicationType.WEB:
        return not all(of_site)
    return any(site and not home for site, home in zip(of_site, at_home, strict=True))


HANDOVER_CHECKS = (
    SettingCheck(
        name="type-and-addresses",
        path="registration.application_type",
        when=_of_another_type,
        message="a web application has redirect URIs that begin with https, a native one a scheme "
        "of its own or localhost; providers refuse to register others",
        mend="Set registration.application_type to what the redirect URIs are of.",
    ),
    SettingCheck(
        name="production-only",
        path="registration.redirect_uris",
        when=lambda client: not client.registration.redirect_uris.staging,
        message="has no address for trying out, so the first try is with the service in use",
        mend="Name an address below registration.redirect_uris.staging.",
    ),
    SettingCheck(
        name="logo-missing",
        path="branding.logo",
        when=lambda client: client.branding.logo is None,
        message="there is no logo; the pages show the name of the service instead",
        mend="Put a picture beside the client file, and name it at branding.logo.",
    ),
    SettingCheck(
        name="contact-missing",
        path="registration.contact",
        when=lambda client: client.registration.contact is None,
        message="there is nobody to ask about this client",
        mend="Write an e-mail address at registration.contact.",
    ),
)
"""What matters when a client leaves the studio."""


def findings(
    file: str, text: str, hosted: HostedClient, logo_colour: Colour | None = None
) -> tuple[Finding, ...]:
    """Return what is to be mended or known before a client is handed over, errors first.

    Args:
        file: How the client file is named in findings.
        text: Its text, for the lines.
        hosted: The client and its logo.
        logo_colour: The average colour of the logo; without, its contrast is not judged.
    """
    subject = ClientSubject(
        file=file,
        text=text,
        hosted=hosted,
        colours=page_colours(_style()),
        logo_colour=logo_colour,
        languages=tuple(filter(None, map(_language, hosted.client.language.offered))),
    )
    return in_order([*find_in_client(subject), *_before_handover(subject)])


def in_order(found: Sequence[Finding]) -> tuple[Finding, ...]:
    """Return findings with the errors first, each kind in the order it was found."""
    return tuple(sorted(found, key=lambda one: one.severity is not Severity.ERROR))


def stops(found: Sequence[Finding]) -> bool:
    """Tell whether a client should not be handed over as it is."""
    return any(one.severity is Severity.ERROR for one in found)


def _before_handover(subject: ClientSubject) -> Iterator[Finding]:
    for check in HANDOVER_CHECKS:
        yield from check.find(subject)


@cache
def _style() -> str:
    return (folder("flow_templates") / "static" / "page.css").read_text("utf-8")


@cache
def _fonts() -> Fonts:
    return Fonts(_style(), folder("assets") / "fonts")


@cache
def _language(tag: str) -> LanguageTexts | None:
    """Return the texts of a language; of a catalogue that cannot be read its own check tells."""
    try:
        return read_texts(folder("locales"), locale(tag), _fonts())
    except (CatalogueError, PlaybookError):
        return None
