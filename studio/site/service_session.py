"""What a sample service keeps of a person who is signed in, and what it asks CONNECT for.

Rules kept here:

* the code is exchanged from server to server, with the verifier of the request it answers;
* an access token that is over is refreshed once; where that is refused the session is over too;
* a session that ends by itself takes its tokens with it (RFC 7009).
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Protocol

from studio.engine.sessions import Method

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from immutables import Map

    from studio.engine.world import World
    from studio.pages.hosting import HostedClient

    Claims = Mapping[str, object]

SERVICE_LIFETIME = timedelta(days=90)
"""How long a service on a phone keeps its own session; a common choice."""


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What userinfo tells of a person; what it does not tell is empty."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceSession:
    """The service's own session: what it was told, its tokens, and until when (UTC).

    `asked` tells whether the service made the request itself, as `state` proves; `by_password`
    whether a password was used.
    """

    client_id: str
    sid: str
    id_token: str
    access_token: str
    refresh_token: str = ""
    claims: tuple[tuple[str, str], ...]
    signed_in_as: str
    profile: Profile = field(default_factory=Profile)
    asked: bool = False
    by_password: bool = False
    expires: datetime


class ServiceBackend(Protocol):
    """What a service works on: its sessions, the time, and the way to CONNECT's back door."""

    services: Map[str, ServiceSession]
    world: World

    def client(self, client_id: str) -> HostedClient | None:
        """Return a hosted client, None where there is none of that id."""

    def ask_connect(
        self, path: str, fields: Mapping[str, str], bearer: str = ""
    ) -> tuple[int, Claims]:
        """Ask CONNECT from server to server: a POST with form fields, answered with JSON."""


class NotSignedInError(Exception):
    """CONNECT did not sign the person in; the message is the word for why."""


def exchange(backend: ServiceBackend, client_id: str, code: Mapping[str, str]) -> Claims:
    """Exchange a code for tokens; `code` are the fields about it.

    Raises:
        NotSignedInError: It was refused, or nobody's identity came with it.
    """
    fields = {"grant_type": "authorization_code", "client_id": client_id, **code}
    status, tokens = backend.ask_connect("/oauth/token", fields)
    if "code_verifier" in str(tokens.get("error_description")):
        # Somebody else's request, such as a pasted one: its code is for whoever made it.
        raise NotSignedInError("code_of_another")
    if status != HTTPStatus.OK:
        raise NotSignedInError(str(tokens.get("error")))
    if "id_token" not in tokens:
        raise NotSignedInError("no_id_token")
    return tokens


def new_session(
    backend: ServiceBackend, client_id: str, tokens: Claims, *, asked: bool
) -> ServiceSession:
    """Return a session of what the ID token and userinfo tell."""
    id_token, access_token = str(tokens["id_token"]), str(tokens["access_token"])
    claims = backend.world.keys.read(id_token) or {}
    _status, told = backend.ask_connect("/oauth/userinfo", {}, bearer=access_token)
    used = claims.get("td_au") or told.get("phone_number") or told.get("email")
    return ServiceSession(
        client_id=client_id,
        sid=str(claims.get("sid")),
        id_token=id_token,
        access_token=access_token,
        refresh_token=str(tokens["refresh_token"]),
        claims=tuple((name, _shown(value)) for name, value in claims.items()),
        signed_in_as=str(used or claims.get("sub")),
        profile=_profile(told),
        asked=asked,
        by_password=Method.PASSWORD.value in str(claims.get("amr")),
        expires=backend.world.now + SERVICE_LIFETIME,
    )


def asked_again(backend: ServiceBackend, session: ServiceSession) -> ServiceSession | None:
    """Return a session with what CONNECT tells now; None where it tells this service nothing."""
    told = _told(backend, session)
    if told is None:
        session = _refreshed(backend, session)
        told = _told(backend, session)
    return None if told is None else replace(session, profile=_profile(told))


def revoke(backend: ServiceBackend, session: ServiceSession) -> None:
    """Give a session's tokens back: the refresh token takes the access token with it."""
    fields = {"client_id": session.client_id, "token": session.refresh_token}
    backend.ask_connect("/oauth/revoke", fields)


def _told(backend: ServiceBackend, session: ServiceSession) -> Claims | None:
    status, told = backend.ask_connect("/oauth/userinfo", {}, bearer=session.access_token)
    return told if status == HTTPStatus.OK else None


def _refreshed(backend: ServiceBackend, session: ServiceSession) -> ServiceSession:
    fields = {
        "grant_type": "refresh_token",
        "client_id": session.client_id,
        "refresh_token": session.refresh_token,
    }
    status, tokens = backend.ask_connect("/oauth/token", fields)
    if status != HTTPStatus.OK:
        return session
    return replace(
        session,
        access_token=str(tokens["access_token"]),
        refresh_token=str(tokens["refresh_token"]),
    )


def _profile(told: Claims) -> Profile:
    name, phone, email = (str(told.get(one, "")) for one in ("name", "phone_number", "email"))
    return Profile(name=name, phone=phone, email=email)


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
