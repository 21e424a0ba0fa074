"""What did the service get? The ID token decoded, and how long its opaque tokens are good."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

from studio.device.expiries import access_token, refresh_token
from studio.engine.explain import masked
from studio.engine.tokens import ACCESS_LIFETIME, REFRESH_LIFETIME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.device.device import DeviceState
    from studio.site.service import ServiceSession

Claim = str | int | float | bool | None | datetime | tuple[str, ...]

_TIMES = frozenset({"iat", "exp", "auth_time", "nbf"})
_NAMES = frozenset({"sid", "at_hash", "nonce", "jti"})
"""Claims that name something secret, or stand for it."""


@dataclass(frozen=True, kw_only=True)
class TokenFacts:
    """An opaque token: its beginning, and until when it is good; `state` is good or over."""

    kind: str
    token: str
    issued: datetime
    expires: datetime
    state: str


@dataclass(frozen=True, kw_only=True)
class ServiceFacts:
    """What a service got last: the ID token decoded, and the tokens that came with it."""

    client_id: str
    signed_in_as: str
    expires: datetime
    header: Mapping[str, str]
    claims: Mapping[str, Claim]
    tokens: tuple[TokenFacts, ...]


def service_facts(state: DeviceState, service: ServiceSession) -> ServiceFacts:
    """Tell what a service got when somebody signed in to it last."""
    claims = state.world.keys.read(service.id_token) or {}
    return ServiceFacts(
        client_id=service.client_id,
        signed_in_as=service.signed_in_as,
        expires=service.expires,
        header=MappingProxyType(_header(service.id_token)),
        claims=MappingProxyType({name: _claim(name, value) for name, value in claims.items()}),
        tokens=_tokens(state, service),
    )


def _header(token: str) -> dict[str, str]:
    """Return the header of a JWT (RFC 7515 section 7.1)."""
    encoded = token.partition(".")[0]
    found = json.loads(base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)))
    return {name: str(value) for name, value in found.items()}


def _claim(name: str, value: object) -> Claim:
    if name in _TIMES and isinstance(value, int):
        return datetime.fromtimestamp(value, UTC)
    if name in _NAMES:
        return masked(str(value))
    if isinstance(value, list):
        return tuple(map(str, value))
    return value if isinstance(value, str | int | float | bool | None) else str(value)


def _tokens(state: DeviceState, service: ServiceSession) -> tuple[TokenFacts, ...]:
    access = access_token(state, service.access_token)
    if access is None:
        return ()
    refresh, now = refresh_token(state, access), state.world.now
    good = {True: "over", False: "good"}
    first = TokenFacts(
        kind="access",
        token=masked(access.token),
        issued=access.issued,
        expires=access.issued + ACCESS_LIFETIME,
        state=good[access.expired(now)],
    )
    if refresh is None:
        return (first,)
    second = TokenFacts(
        kind="refresh",
        token=masked(refresh.token),
        issued=refresh.issued,
        expires=refresh.issued + REFRESH_LIFETIME,
        state=good[refresh.expired(now)],
    )
    return first, second
