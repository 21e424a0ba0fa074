"""Signing out: of CONNECT, or of one service; and what a service's request for it means.

Rules kept here (OpenID Connect RP-Initiated Logout 1.0, Back-Channel Logout 1.0):

* signing out of CONNECT ends the session and every code and token made in it, and tells every
  client that was signed in with it and can be told;
* signing out of a service leaves the session to the others;
* nobody is sent to an address that the client has not registered for it;
* only an ID token or an access token names a session: without one, the person is to be asked.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from studio.engine.claims import read_id_token
from studio.engine.request import BadClientError, with_query
from studio.engine.tokens import open_access, revoke_grants

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from studio.engine.policy import ClientPolicy
    from studio.engine.world import World

    FindClient = Callable[[str], ClientPolicy | None]

LOGOUT_TOKEN_LIFETIME = timedelta(minutes=2)
"""What Back-Channel Logout 1.0 section 4 recommends as the most."""

LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"
_ONCE = ("client_id", "id_token_hint", "post_logout_redirect_uri", "state")


@dataclass(frozen=True, kw_only=True)
class NotifyLogout:
    """A client's back-channel URI gets the token that `logout_token` makes of this.

    `sub` is the person's account, `sid` the session that has ended.
    """

    client_id: str
    sub: str
    sid: str


@dataclass(frozen=True, kw_only=True)
class LogoutDecision:
    """What a request to sign out may do.

    `session_id` is the session that a token proves the request to be about: where it is the
    browser's own, nothing has to be asked; where it is another or None, the person is asked.
    `client_id` is the service that asks, None where it has not said so. `location` is where the
    browser goes afterwards, None for CONNECT's own page.
    """

    client_id: str | None = None
    session_id: str | None = None
    location: str | None = None


def sign_out_of_connect(world: World, session_id: str) -> tuple[World, tuple[NotifyLogout, ...]]:
    """End a session and everything made in it.

    What its clients are told comes in their order; whoever carries it out knows which of them have
    an address for it.
    """
    world = revoke_grants(world, lambda grant: grant.session_id == session_id)
    session = world.sessions.get(session_id)
    if session is None:
        return world, ()
    effects = tuple(
        NotifyLogout(client_id=client, sub=session.authentication.account_id, sid=session_id)
        for client in sorted(session.clients)
    )
    return world.without_session(session_id), effects


def sign_out_of_service(world: World, session_id: str, client_id: str) -> World:
    """Take back a client's codes and tokens of a session; CONNECT's session stays."""
    world = revoke_grants(
        world,
        lambda grant: grant.session_id == session_id and grant.request.client_id == client_id,
    )
    session = world.sessions.get(session_id)
    if session is None:
        return world
    session = replace(session, clients=session.clients - {client_id})
    return replace(world, sessions=world.sessions.set(session_id, session))


def logout_token(world: World, issuer: str, client_id: str, sub: str, sid: str) -> str:
    """Return the signed token of a back-channel notice (Back-Channel Logout 1.0 section 2.4).

    A client learns once at a moment that a session has ended, so these three make the `jti`; at
    another moment it may have come into the same session again.
    """
    issued = int(world.now.timestamp())
    claims: dict[str, object] = {
        "iss": issuer,
        "sub": sub,
        "aud": client_id,
        "iat": issued,
        "exp": issued + int(LOGOUT_TOKEN_LIFETIME.total_seconds()),
        "jti": _unique(sid, client_id, world.now.isoformat()),
        "sid": sid,
        "events": {LOGOUT_EVENT: {}},
    }
    return world.keys.sign(claims, typ="logout+jwt")


def _unique(*parts: str) -> str:
    return hashlib.blake2b(" ".join(parts).encode(), digest_size=16).hexdigest()


def logout_request(
    world: World,
    parameters: Sequence[tuple[str, str]],
    find_client: FindClient,
    *,
    issuer: str,
) -> LogoutDecision:
    """Judge a browser's request to sign out (RP-Initiated Logout 1.0 section 2).

    An ID token that has expired is as good as a new one: it only says who asks.

    Raises:
        BadClientError: The client, its ID token or the address afterwards is not known, or a
            parameter comes twice; must not redirect.
    """
    values = _values(parameters)
    hint = _hint(world, values, issuer)
    client_id = _client_id(values, hint)
    policy = find_client(client_id) if client_id else None
    if client_id and policy is None:
        raise BadClientError("client_id", client_id)
    return LogoutDecision(
        client_id=client_id,
        session_id=hint.session_id if hint else None,
        location=_location(values, policy),
    )


def logout_by_token(world: World, token: str) -> LogoutDecision:
    """Judge an app's request to sign out, which brings an access token.

    Raises:
        TokenError: The token is not good (RFC 6750 section 3.1).
    """
    _, grant = open_access(world, token)
    return LogoutDecision(client_id=grant.request.client_id, session_id=grant.session_id)


def _values(parameters: Sequence[tuple[str, str]]) -> dict[str, str]:
    values = {name: value for name, value in parameters if value}
    counts = Counter(name for name, _ in parameters)
    for name in _ONCE:
        if counts[name] > 1:
            raise BadClientError(name, values.get(name, ""))
    return values


@dataclass(frozen=True, kw_only=True)
class _Hint:
    client_id: str
    session_id: str


def _hint(world: World, values: dict[str, str], issuer: str) -> _Hint | None:
    token = values.get("id_token_hint")
    if token is None:
        return None
    claims = read_id_token(world, token, issuer)
    if claims is None:
        # The token itself may hold a phone number, and the mistake is shown.
        raise BadClientError("id_token_hint", "")
    return _Hint(client_id=str(claims["aud"]), session_id=str(claims["sid"]))


def _client_id(values: dict[str, str], hint: _Hint | None) -> str | None:
    """Return who asks; where it is said twice, it has to be the same."""
    named = values.get("client_id")
    if named and hint and named != hint.client_id:
        raise BadClientError("client_id", named)
    return hint.client_id if hint else named


def _location(values: dict[str, str], policy: ClientPolicy | None) -> str | None:
    """Return the address afterwards, compared character by character (section 3.1)."""
    uri = values.get("post_logout_redirect_uri")
    if uri is None:
        return None
    if policy is None or uri not in policy.post_logout_redirect_uris:
        raise BadClientError("post_logout_redirect_uri", uri)
    return with_query(uri, [("state", values["state"])]) if "state" in values else uri
