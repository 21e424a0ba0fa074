"""What an OpenID Provider is told about a client, and the URLs that begin signing in.

Metadata as RFC 7591 (section 2), OpenID Connect Dynamic Client Registration 1.0, RP-Initiated
Logout 1.0 and Back-Channel Logout 1.0 have them, for staging and for production. A member is there
where the client says something about it. `studio.importers.oidc` reads them again.
"""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import segno

from studio.client.choices import EntryPoint
from studio.device.entry import authorization_url, default_fields
from studio.engine.policy import Level, Prompt
from studio.exporters.config import as_json
from studio.exporters.templates import rendered
from studio.site.application import ORIGIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.client.model import Client, RedirectUris
    from studio.device.entry import AuthorizationFields
    from studio.exporters.handover import Handover

MESSAGE = "initial_message"
"""The client's message on the first screen: a member of CONNECT's own (RFC 7591, section 2)."""

ENVIRONMENTS = ("staging", "production")

_POINTS = {
    EntryPoint.BUTTON: "Sign in, by the button",
    EntryPoint.STARTUP: "Sign in, at the start of the app",
    EntryPoint.LINK: "Sign in, by a link",
}
_QUIET_ZONE = 4
"""Modules of white around a QR code (ISO/IEC 18004, 9.1)."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One way to begin signing in: what it is for, and its URL with a picture of it (SVG)."""

    environment: str
    name: str
    title: str
    redirect_uri: str
    url: str

    @property
    def file(self) -> str:
        """The name of its QR code."""
        return f"qr/{self.environment}-{self.name}.svg"

    @property
    def qr(self) -> str:
        """The URL as a QR code."""
        out = io.BytesIO()
        code = segno.make_qr(self.url, error="m")
        code.save(
            out,
            kind="svg",
            border=_QUIET_ZONE,
            light="#fff",
            omitsize=True,
            svgclass=None,
            lineclass=None,
            title=self.title,
        )
        return out.getvalue().decode()


def files(handover: Handover) -> dict[str, bytes]:
    """Return the metadata of each environment that has an address, and the authorisation URLs."""
    client = handover.hosted.client
    every = tuple(entries(handover))
    lines = [f"{one.environment:<10}  {one.name:<15}  {one.url}\n" for one in every]
    page = rendered("oidc.html", name=client.registration.name, entries=every)
    return {
        **{
            f"{environment}.registration.json": as_json(metadata(client, environment))
            for environment in _environments(client)
        },
        "authorization.txt": "".join(lines).encode(),
        "authorization.html": page.encode(),
        **{one.file: one.qr.encode() for one in every},
    }


def metadata(client: Client, environment: str) -> dict[str, object]:
    """Return the client metadata of a registration request (RFC 7591, section 3.1).

    Args:
        client: The client.
        environment: `staging` or `production`, whose addresses are meant.
    """
    own = client.registration
    grants = ["authorization_code", "refresh_token"]
    every: dict[str, object] = {
        "redirect_uris": list(getattr(own.redirect_uris, environment)),
        "response_types": ["code"],
        "grant_types": grants,
        "application_type": own.application_type.value,
        "token_endpoint_auth_method": "client_secret_basic" if own.confidential else "none",
        "client_name": own.name,
        "software_id": own.id,
        "contacts": [own.contact] if own.contact else None,
        "tos_uri": own.terms_uri,
        "policy_uri": own.privacy_uri,
        "scope": client.policy().scope,
        "default_acr_values": [str(client.flow.level.value)],
        "default_max_age": client.session.max_age,
        "post_logout_redirect_uris": list(getattr(own.post_logout_redirect_uris, environment)),
        "backchannel_logout_uri": own.backchannel_logout_uri,
        "backchannel_logout_session_required": True if own.backchannel_logout_uri else None,
        **_localised(MESSAGE, dict(client.branding.message.items()), client.language.default),
    }
    return {name: value for name, value in every.items() if value not in (None, [])}


def entries(handover: Handover) -> Iterator[Entry]:
    """Yield each way to begin signing in, of each environment and address."""
    client = handover.hosted.client
    asked = default_fields(handover.hosted.policy)
    for environment in _environments(client):
        seen: Counter[str] = Counter()
        for uri in getattr(client.registration.redirect_uris, environment):
            for name, title, fields in _ways(client, replace(asked, redirect_uri=uri)):
                seen[name] += 1
                url = authorization_url(client.registration.id, fields)
                yield Entry(
                    environment=environment,
                    name=name if seen[name] == 1 else f"{name}-{seen[name]}",
                    title=title,
                    redirect_uri=uri,
                    url=handover.base + url.removeprefix(ORIGIN),
                )


def _ways(
    client: Client, plain: AuthorizationFields
) -> Iterator[tuple[str, str, AuthorizationFields]]:
    """Yield name, title and request of each way that the client's settings leave open."""
    prompt = " ".join(client.session.prompt)
    yield "sign-in", _POINTS[client.entry.point], replace(plain, prompt=prompt)
    if client.flow.level is Level.PHONE:
        secured = replace(plain, acr_values=str(Level.PASSWORD.value))
        yield "secured-area", "Ask for a password too, for a secured area", secured
    again = replace(plain, prompt=Prompt.LOGIN.value)
    yield "sign-in-again", "Ask who it is once more", again
    if client.session.sso:
        silent = replace(plain, prompt=Prompt.NONE.value)
        yield "silent", "Find out whether somebody is signed in, without a screen", silent


def _environments(client: Client) -> list[str]:
    uris: RedirectUris = client.registration.redirect_uris
    return [name for name in ENVIRONMENTS if getattr(uris, name)]


def _localised(name: str, texts: Mapping[str, str], default: str) -> dict[str, str]:
    """Return a member in each language, and first without a tag (RFC 7591, section 2.2)."""
    if not texts:
        return {}
    untagged = texts.get(default) or texts.get("en") or next(iter(sorted(texts.items())))[1]
    return {name: untagged} | {f"{name}#{tag}": text for tag, text in sorted(texts.items())}
