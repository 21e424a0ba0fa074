"""The token endpoint: a code or a refresh token becomes tokens; and their revocation.

Rules kept here (RFC 6749, RFC 7009, RFC 7636, RFC 9700):

* a code is good once, for the client, redirect URI and code verifier it was made for;
* a refresh token is good once: its answer brings the next one;
* what comes a second time revokes everything that came from the same code: one of the two senders
  is a thief, and nobody can tell which;
* the mistake of another client changes nothing.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections import Counter
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.engine.claims import id_token
from studio.engine.client_authentication import authenticate
from studio.engine.tokens import (
    ACCESS_LIFETIME,
    Grant,
    ReplayError,
    TokenError,
    issue,
    revoke_grant,
    with_refresh_token,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from studio.engine.client_authentication import Clients
    from studio.engine.policy import ClientPolicy
    from studio.engine.tokens import AccessToken
    from studio.engine.world import World

    Answer = tuple[World, dict[str, object]]

_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}", re.ASCII)


def token_request(
    world: World,
    parameters: Sequence[tuple[str, str]],
    clients: Clients,
    *,
    issuer: str,
    authorization: str | None = None,
) -> tuple[World, dict[str, object] | TokenError]:
    """Answer a token request with the JSON object of RFC 6749 section 5.1, or the mistake.

    The mistake is returned, not raised, because a replay changes the world as well.
    `authorization` is the header of that name.
    """
    try:
        values = _values(parameters)
        policy = authenticate(values, clients, authorization)
        return _grant_type(values)(world, values, policy, issuer)
    except ReplayError as replay:
        return revoke_grant(world, replay.code), replay
    except TokenError as mistake:
        return world, mistake


def revocation_request(
    world: World,
    parameters: Sequence[tuple[str, str]],
    clients: Clients,
    *,
    authorization: str | None = None,
) -> World:
    """Take back a token at the wish of its client; an unknown one is no mistake (RFC 7009 2.2).

    A refresh token takes everything from the same code with it, an access token only itself.

    Raises:
        TokenError: The client is not known, no token was sent, or it is another client's.
    """
    values = _values(parameters)
    policy = authenticate(values, clients, authorization)
    token = _required(values, "token")
    found = world.refresh_tokens.get(token) or _living_access(world, token)
    grant = world.grants.get(found.code) if found else None
    if grant is None:
        return world
    if grant.request.client_id != policy.client_id:
        raise TokenError("invalid_grant", "the token is not one of this client's")
    if token in world.refresh_tokens:
        return revoke_grant(world, grant.code)
    return replace(world, access_tokens=world.access_tokens.delete(token))


def _living_access(world: World, token: str) -> AccessToken | None:
    access = world.access_tokens.get(token)
    return access if access and not access.expired(world.now) else None


def _values(parameters: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Return the parameters that have a value; none may come twice (RFC 6749 section 3.2)."""
    for name, count in Counter(name for name, _ in parameters).items():
        if count > 1:
            raise TokenError("invalid_request", f"{name} occurs more than once")
    return {name: value for name, value in parameters if value}


def _required(values: Mapping[str, str], name: str) -> str:
    if name not in values:
        raise TokenError("invalid_request", f"{name} is missing")
    return values[name]


def _grant_type(
    values: Mapping[str, str],
) -> Callable[[World, Mapping[str, str], ClientPolicy, str], Answer]:
    name = _required(values, "grant_type")
    if name not in GRANT_TYPES:
        allowed = " or ".join(GRANT_TYPES)
        raise TokenError("unsupported_grant_type", f"grant_type must be {allowed}")
    return GRANT_TYPES[name]


def _exchange(world: World, values: Mapping[str, str], policy: ClientPolicy, issuer: str) -> Answer:
    """Exchange an authorisation code (RFC 6749 section 4.1.3)."""
    grant = world.grants.get(_required(values, "code"))
    if grant is None or grant.request.client_id != policy.client_id:
        raise TokenError("invalid_grant", "the code is not one of this client's, or was revoked")
    if grant.redeemed:
        raise ReplayError("the code was used before; its tokens are revoked now", grant.code)
    if grant.expired(world.now):
        raise TokenError("invalid_grant", "the code has expired")
    if _required(values, "redirect_uri") != grant.request.redirect_uri:
        raise TokenError("invalid_grant", "redirect_uri is not the one the code was sent to")
    _check_verifier(grant.request.code_challenge, values)
    world = world.with_grant(replace(grant, redeemed=True))
    return _answer(world, grant, grant.request.scope, issuer=issuer, nonce=grant.request.nonce)


def _check_verifier(challenge: str | None, values: Mapping[str, str]) -> None:
    """Check the proof of possession of a code (RFC 7636 section 4.6).

    A verifier without a challenge is refused too, or leaving the challenge out of the request
    would switch the check off (RFC 9700 section 2.1.1).
    """
    if challenge is None:
        if "code_verifier" in values:
            raise TokenError("invalid_grant", "the request for the code had no code_challenge")
        return
    verifier = _required(values, "code_verifier")
    if not _VERIFIER.fullmatch(verifier):
        raise TokenError("invalid_request", "code_verifier must be 43 to 128 unreserved characters")
    hashed = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=")
    if not hmac.compare_digest(hashed, challenge.encode()):
        raise TokenError("invalid_grant", "code_verifier does not fit the code_challenge")


def _refresh(world: World, values: Mapping[str, str], policy: ClientPolicy, issuer: str) -> Answer:
    """Exchange a refresh token for the next one (RFC 6749 section 6)."""
    token = world.refresh_tokens.get(_required(values, "refresh_token"))
    grant = world.grants.get(token.code) if token else None
    if token is None or grant is None or grant.request.client_id != policy.client_id:
        raise TokenError(
            "invalid_grant", "the refresh token is not one of this client's, or was revoked"
        )
    if token.used:
        raise ReplayError(
            "the refresh token was used before; its family is revoked now", token.code
        )
    if token.expired(world.now):
        raise TokenError("invalid_grant", "the refresh token has expired")
    scope = _narrowed(values, grant)
    world = with_refresh_token(world, replace(token, used=True))
    return _answer(world, grant, scope, issuer=issuer, nonce=None)


def _narrowed(values: Mapping[str, str], grant: Grant) -> tuple[str, ...]:
    """Return the scope of the new access token: the granted one, or a part of it."""
    scope = tuple(dict.fromkeys(values.get("scope", "").split())) or grant.request.scope
    for name in scope:
        if name not in grant.request.scope:
            raise TokenError("invalid_scope", f"scope {name} was not granted")
    return scope


def _answer(
    world: World, grant: Grant, scope: tuple[str, ...], *, issuer: str, nonce: str | None
) -> Answer:
    world, access, refresh = issue(world, grant, scope)
    answer: dict[str, object] = {
        "access_token": access.token,
        "token_type": "Bearer",
        "expires_in": int(ACCESS_LIFETIME.total_seconds()),
        "refresh_token": refresh.token,
        "scope": " ".join(scope),
    }
    if "openid" in scope:
        answer["id_token"] = id_token(world, grant, access, issuer=issuer, nonce=nonce)
    return world, answer


GRANT_TYPES: Mapping[str, Callable[[World, Mapping[str, str], ClientPolicy, str], Answer]] = (
    MappingProxyType({"authorization_code": _exchange, "refresh_token": _refresh})
)
