"""Codes and tokens: what each stands for, how long it is good, and how it is taken back.

Rules kept here:

* every token comes from the grant of one authorisation code and is good only as long as the grant
  is kept: taking the grant away revokes the whole family at once (RFC 9700 section 4.14.2);
* a grant that was exchanged must therefore stay in the world; one that never was may be forgotten
  once its code has expired;
* tokens are opaque, so nothing can be read from one but what its endpoint tells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from studio.engine.request import AuthorizationRequest
    from studio.engine.sessions import Authentication
    from studio.engine.world import World

GRANT_LIFETIME = timedelta(seconds=60)
"""RFC 6749 section 4.1.2 allows ten minutes at most; a service exchanges a code at once."""

ACCESS_LIFETIME = timedelta(hours=1)

REFRESH_LIFETIME = timedelta(days=90)
"""How long a refresh token may lie unused (RFC 9700 section 4.14.2)."""

_NOT_IN_DESCRIPTIONS = re.compile(r"[^\x20-\x21\x23-\x5b\x5d-\x7e]")


class TokenError(Exception):
    """A mistake the client is told of in JSON (RFC 6749 section 5.2, RFC 6750 section 3.1).

    `error` is a code of the specifications, empty where no credentials were sent at all; `status`
    is that of HTTP. Of the description only the characters that section allows are kept.
    """

    def __init__(self, error: str, description: str, status: int = 400) -> None:
        self.error = error
        self.description = _NOT_IN_DESCRIPTIONS.sub("?", description)
        super().__init__(self.description)
        self.status = status


class ReplayError(TokenError):
    """What is good for one use came a second time: the family of `code` is to be revoked."""

    def __init__(self, description: str, code: str) -> None:
        super().__init__("invalid_grant", description)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Grant:
    """What an authorisation code stands for, and after it the tokens exchanged for it.

    `stay_signed_in` is true as well where the person was not asked.
    """

    code: str
    request: AuthorizationRequest
    authentication: Authentication
    session_id: str
    issued: datetime
    stay_signed_in: bool
    redeemed: bool = False

    def expired(self, now: datetime) -> bool:
        """Tell whether the code's time is over; tokens have times of their own."""
        return now >= self.issued + GRANT_LIFETIME


@dataclass(frozen=True, kw_only=True)
class AccessToken:
    """A bearer token (RFC 6750) of the family of `code`."""

    token: str
    code: str
    scope: tuple[str, ...]
    issued: datetime

    def expired(self, now: datetime) -> bool:
        """Tell whether its time is over."""
        return now >= self.issued + ACCESS_LIFETIME


@dataclass(frozen=True, kw_only=True)
class RefreshToken:
    """A refresh token of the family of `code`; kept after its use, to know it again."""

    token: str
    code: str
    issued: datetime
    used: bool = False

    def expired(self, now: datetime) -> bool:
        """Tell whether its time is over."""
        return now >= self.issued + REFRESH_LIFETIME


def issue(
    world: World, grant: Grant, scope: tuple[str, ...]
) -> tuple[World, AccessToken, RefreshToken]:
    """Make an access token for a scope, and the refresh token that comes with it."""
    world, first = world.token()
    world, second = world.token()
    access = AccessToken(token=first, code=grant.code, scope=scope, issued=world.now)
    refresh = RefreshToken(token=second, code=grant.code, issued=world.now)
    world = replace(world, access_tokens=world.access_tokens.set(first, access))
    return with_refresh_token(world, refresh), access, refresh


def with_refresh_token(world: World, refresh: RefreshToken) -> World:
    """Keep a refresh token in its newest form."""
    return replace(world, refresh_tokens=world.refresh_tokens.set(refresh.token, refresh))


def open_access(world: World, token: str) -> tuple[AccessToken, Grant]:
    """Return what an access token stands for.

    Raises:
        TokenError: It is missing, unknown, revoked or expired (RFC 6750 section 3.1).
    """
    if not token:
        raise TokenError("", "an access token is needed", 401)
    access = world.access_tokens.get(token)
    grant = world.grants.get(access.code) if access else None
    if access is None or grant is None:
        raise TokenError("invalid_token", "the access token is unknown or revoked", 401)
    if access.expired(world.now):
        raise TokenError("invalid_token", "the access token has expired", 401)
    return access, grant


def revoke_grant(world: World, code: str) -> World:
    """Take back a code, or everything that was exchanged for it."""
    return replace(world, grants=world.grants.delete(code)) if code in world.grants else world


def revoke_grants(world: World, where: Callable[[Grant], bool]) -> World:
    """Take back every code and token whose grant fits; looks at all grants of the world."""
    taken = [code for code, grant in world.grants.items() if where(grant)]
    return reduce(revoke_grant, taken, world)
