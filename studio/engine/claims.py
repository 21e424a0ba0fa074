"""What a client is told about a person: in the ID token, by userinfo, by tokeninfo.

Rules kept here:

* a claim about the person is told only for the scope that stands for it (OpenID Connect Core 5.4),
  or where a client that is registered for that scope asks for the claim itself (5.5);
* claims about the authentication are those of the moment it happened, also in later tokens
  (Core 12.2).
"""

from __future__ import annotations

import base64
import hashlib
from datetime import timedelta
from typing import TYPE_CHECKING

from studio.engine.claims_request import CLAIM_SCOPES
from studio.engine.policy import IdentifierKind
from studio.engine.tokens import ACCESS_LIFETIME, TokenError, open_access

if TYPE_CHECKING:
    from collections.abc import Collection

    from studio.engine.accounts import Account
    from studio.engine.tokens import AccessToken, Grant
    from studio.engine.world import World

ID_TOKEN_LIFETIME = timedelta(hours=1)


def id_token(
    world: World, grant: Grant, access: AccessToken, *, issuer: str, nonce: str | None
) -> str:
    """Return the signed ID token that goes with an access token (Core 2 and 3.1.3.6).

    `nonce` is None where the client sent none, and on refresh (Core 12.2).
    """
    issued = int(world.now.timestamp())
    claims: dict[str, object] = {
        "iss": issuer,
        "aud": grant.request.client_id,
        "azp": grant.request.client_id,
        "iat": issued,
        "exp": issued + int(ID_TOKEN_LIFETIME.total_seconds()),
        **_authentication_claims(grant),
        "sid": grant.session_id,
        "at_hash": at_hash(access.token),
        "td_sls": not grant.stay_signed_in,
    }
    if {"email", "phone"} <= set(access.scope):
        claims["td_au"] = grant.authentication.used.value
    if nonce is not None:
        claims["nonce"] = nonce
    return world.keys.sign(claims | _asked_for(world, grant, access))


def _asked_for(world: World, grant: Grant, access: AccessToken) -> dict[str, object]:
    """Return the claims about the person that the client wants in the ID token."""
    account = world.accounts.get(grant.authentication.account_id)
    asked = _still(grant.request.id_token_claims, grant, access)
    return person_claims(account, (), asked) if account and asked else {}


def _still(asked: frozenset[str], grant: Grant, access: AccessToken) -> frozenset[str]:
    """Leave out what the client has given up since, by asking for a smaller scope."""
    gone = set(grant.request.scope) - set(access.scope)
    return frozenset(claim for claim in asked if CLAIM_SCOPES[claim] not in gone)


def read_id_token(world: World, token: str, issuer: str) -> dict[str, object] | None:
    """Return what an ID token of this issuer says, expired or not; None for anything else."""
    claims = world.keys.read(token)
    return claims if claims and claims.get("iss") == issuer else None


def _authentication_claims(grant: Grant) -> dict[str, object]:
    authentication = grant.authentication
    return {
        "sub": authentication.account_id,
        "auth_time": int(authentication.when.timestamp()),
        "acr": str(authentication.level.value),
        "amr": [method.value for method in authentication.methods],
    }


def at_hash(token: str) -> str:
    """Return the left half of a token's SHA-256 in base64url (Core 3.1.3.6)."""
    half = hashlib.sha256(token.encode()).digest()[:16]
    return base64.urlsafe_b64encode(half).rstrip(b"=").decode()


def userinfo(world: World, token: str) -> dict[str, object]:
    """Return what the UserInfo endpoint tells the holder of an access token (Core 5.3.2).

    Raises:
        TokenError: The token is not good, or not for `openid` (RFC 6750 section 3.1).
    """
    access, grant = open_access(world, token)
    if "openid" not in access.scope:
        raise TokenError("insufficient_scope", "the access token is not for scope openid", 403)
    account = world.accounts.get(grant.authentication.account_id)
    if account is None:
        raise TokenError("invalid_token", "the account is no longer there", 401)
    asked = _still(grant.request.userinfo_claims, grant, access)
    return person_claims(account, access.scope, asked)


def person_claims(
    account: Account, scope: Collection[str], asked: Collection[str] = ()
) -> dict[str, object]:
    """Return the claims about a person for a scope, and those asked for one by one.

    What is not known is left out.
    """
    known: dict[str, object] = {
        "name": account.name,
        "locale": account.locale,
        **_identifier_claims(account, IdentifierKind.EMAIL, "email"),
        **_identifier_claims(account, IdentifierKind.PHONE, "phone_number"),
    }
    told = {
        name: value
        for name, value in known.items()
        if value is not None and (name in asked or CLAIM_SCOPES[name] in scope)
    }
    return {"sub": account.id, **told}


def _identifier_claims(account: Account, kind: IdentifierKind, name: str) -> dict[str, object]:
    first = account.first(kind)
    if first is None:
        return {}
    return {name: first.value, f"{name}_verified": first not in account.unproven}


def tokeninfo(world: World, token: str) -> dict[str, object]:
    """Return what an access token is good for; `expires_in` in seconds.

    Raises:
        TokenError: The token is not good (RFC 6750 section 3.1).
    """
    access, grant = open_access(world, token)
    left = access.issued + ACCESS_LIFETIME - world.now
    return {
        "client_id": grant.request.client_id,
        "scope": " ".join(access.scope),
        "expires_in": int(left.total_seconds()),
        **_authentication_claims(grant),
    }
