"""What does a service ask CONNECT for, and where is it answered? The same for every platform.

CONNECT keeps to the client's settings by itself; a request that says the same makes plain in the
service's own code what it relies on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from studio.engine.policy import IdentifierKind, Level, StartFields
from studio.exporters.literals import markdown
from studio.site.place import LOOPBACK

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.client.model import Client

MEANINGS = MappingProxyType({Level.PHONE: "possession of the phone", Level.PASSWORD: "a password"})
"""What each level of assurance proves."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What the authorisation request of a client says (OpenID Connect Core 1.0, section 3.1.2.1).

    `hints` are numbers and addresses for `login_hint`, `claims` those of the person that are
    essential, `locales` the languages that `ui_locales` may name: none where the client's own
    language is always shown. `more` are parameters with one value.
    """

    scopes: tuple[str, ...]
    level: str
    hints: tuple[str, ...]
    claims: tuple[str, ...]
    locales: tuple[str, ...]
    more: tuple[tuple[str, str], ...]

    def written(self, literal: Callable[[str], str]) -> Asked:
        """Return the same with every text as a literal of a language."""
        return replace(
            self,
            level=literal(self.level),
            scopes=tuple(map(literal, self.scopes)),
            hints=tuple(map(literal, self.hints)),
            claims=tuple(map(literal, self.claims)),
            locales=tuple(map(literal, self.locales)),
            more=tuple((literal(name), literal(value)) for name, value in self.more),
        )


def asked(client: Client) -> Asked:
    """Return what a client's request says."""
    session = client.session
    more = {
        "prompt": " ".join(session.prompt),
        "max_age": "" if session.max_age is None else str(session.max_age),
    }
    return Asked(
        scopes=tuple(client.policy().scope.split()),
        level=str(client.flow.level.value),
        hints=_hints(client),
        claims=("email",) if client.flow.require_email else (),
        locales=tuple(client.language.offered) if client.language.by_request else (),
        more=tuple((name, value) for name, value in more.items() if value),
    )


def _hints(client: Client) -> tuple[str, ...]:
    """Return the number or address a person has to sign in with, else what is filled in."""
    force, start = client.flow.force, client.start
    if force.phone or force.email:
        return tuple(one for one in (force.phone, force.email) if one)
    given = {IdentifierKind.PHONE: start.prefill.phone, IdentifierKind.EMAIL: start.prefill.email}
    kinds = sorted(given, key=lambda kind: kind is not start.first)
    if start.fields is not StartFields.BOTH:
        kinds = [IdentifierKind(start.fields.value)]
    return tuple(value for kind in kinds if (value := given[kind]))


@dataclass(frozen=True, kw_only=True)
class AppAddresses:
    """Where an app is answered: in use, and when it is tried out.

    `stands_in` is the environment whose address is that of the other one, empty for neither.
    `reachable` tells whether a telephone can be called there at all.
    """

    production: str
    staging: str
    stands_in: str = ""
    reachable: bool = True


def app_addresses(client: Client) -> AppAddresses:
    """Return the redirect URI of each environment that suits an app best.

    That is one of the app's own scheme, else an https one. Where one environment has neither, the
    other's stands in, and so it does where an operating system could not tell their addresses from
    other people's web sites by one and the same rule. Where both have none, there is what there is.
    """
    uris = client.registration.redirect_uris
    production, staging = (
        sorted(filter(_is_for_apps, named), key=is_web) for named in (uris.production, uris.staging)
    )
    if not production and not staging:
        first = (*uris.staging, *uris.production)[0]
        return AppAddresses(production=first, staging=first, reachable=False)
    if not production:
        return AppAddresses(production=staging[0], staging=staging[0], stands_in="production")
    if not staging or _cannot_share(production[0], staging[0]):
        return AppAddresses(production=production[0], staging=production[0], stands_in="staging")
    return AppAddresses(production=production[0], staging=staging[0])


def notes(client: Client) -> list[str]:
    """Return what the developer of an app has to know of this client in particular."""
    own, told = app_addresses(client), []
    if not own.reachable:
        told.append(
            "An app cannot be called at such an address: name one of the app's own scheme, such "
            f"as `{client.registration.id.lower()}://connect/oauth2callback`, in the client file."
        )
    if own.stands_in:
        told.append(
            f"The client file names no address of {own.stands_in} that the app could be called "
            "at as well; the other one stands in for it."
        )
    if len(asked(client).hints) > 1:
        told.append(
            "The SDK sends one `login_hint`, and the client file fills in two: the first is sent."
        )
    return told


def facts(client: Client) -> dict[str, object]:
    """Return what the README of an app says about its client, for a template."""
    own = app_addresses(client)
    return {
        "name": markdown(client.registration.name),
        "client_id": client.registration.id,
        "addresses": own,
        "web": is_web(own.production) or is_web(own.staging),
        "confidential": client.registration.confidential,
        "notes": notes(client),
    }


def is_loopback(uri: str) -> bool:
    """Tell whether an address leads to the machine itself (RFC 8252, section 7.3)."""
    return urlsplit(uri).hostname in LOOPBACK


def is_web(uri: str) -> bool:
    """Tell whether an address is that of a page on the web."""
    return urlsplit(uri).scheme in {"http", "https"}


def _is_for_apps(uri: str) -> bool:
    return not is_loopback(uri) and urlsplit(uri).scheme != "urn"


def _cannot_share(one: str, other: str) -> bool:
    """Tell whether only one of two has a host, and the other is a web site's."""
    uris = (one, other)
    return any(is_web(uri) for uri in uris) and not all(urlsplit(uri).hostname for uri in uris)
