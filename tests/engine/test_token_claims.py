from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from immutables import Map

from studio.engine.claims import at_hash, id_token, person_claims, tokeninfo, userinfo
from studio.engine.policy import Level
from studio.engine.sessions import Method
from studio.engine.tokens import Grant, TokenError, issue, revoke_grant
from studio.engine.world import FIRST_MOMENT
from tests.engine.test_tokens import (
    ACCOUNT,
    AUTHENTICATION,
    EMAIL,
    GRANT,
    ISSUER,
    KEYS,
    LATER,
    PHONE,
    given,
    granting,
    with_access,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.engine.accounts import Account
    from studio.engine.sessions import Authentication
    from studio.engine.world import World

NOW = int(FIRST_MOMENT.timestamp())
BOTH = granting("openid", "email", "phone")
ALWAYS = {
    "iss": ISSUER,
    "sub": "person",
    "aud": "fakebrand",
    "azp": "fakebrand",
    "iat": NOW,
    "exp": NOW + 3600,
    "auth_time": NOW - 300,
    "acr": "1",
    "amr": ["OTP"],
    "sid": "session",
    "td_sls": False,
}


def _claims(grant: Grant = GRANT, nonce: str | None = None) -> dict[str, object]:
    world, access, _ = issue(given(grant), grant, grant.request.scope)
    read = KEYS.read(id_token(world, grant, access, issuer=ISSUER, nonce=nonce))
    assert read
    assert read.pop("at_hash") == at_hash(access.token)
    return read


def _authenticated(authentication: Authentication) -> Grant:
    return replace(GRANT, authentication=authentication)


@pytest.mark.parametrize(
    ("grant", "nonce", "differing"),
    [
        pytest.param(GRANT, None, {}, id="least"),
        pytest.param(GRANT, "n-0S6_WzA2Mj", {"nonce": "n-0S6_WzA2Mj"}, id="nonce"),
        pytest.param(
            _authenticated(replace(AUTHENTICATION, level=Level.PASSWORD)),
            None,
            {"acr": "2"},
            id="acr",
        ),
        pytest.param(
            _authenticated(replace(AUTHENTICATION, methods=(Method.DETECTED, Method.PASSWORD))),
            None,
            {"amr": ["HDR", "UID_PWD"]},
            id="amr",
        ),
        pytest.param(
            _authenticated(replace(AUTHENTICATION, methods=(Method.SESSION,))),
            None,
            {"amr": ["SSO"]},
            id="amr-sso",
        ),
        pytest.param(
            _authenticated(replace(AUTHENTICATION, when=FIRST_MOMENT - timedelta(days=1))),
            None,
            {"auth_time": NOW - 86400},
            id="auth_time",
        ),
        pytest.param(replace(GRANT, stay_signed_in=False), None, {"td_sls": True}, id="td_sls"),
        pytest.param(replace(GRANT, session_id="s"), None, {"sid": "s"}, id="sid"),
        pytest.param(BOTH, None, {"td_au": "+4799912345"}, id="td_au-phone"),
        pytest.param(
            granting(
                "openid",
                "email",
                "phone",
                grant=_authenticated(replace(AUTHENTICATION, used=EMAIL)),
            ),
            None,
            {"td_au": "user@example.com"},
            id="td_au-email",
        ),
        pytest.param(granting("openid", "email"), None, {}, id="no-td_au-for-email-alone"),
        pytest.param(granting("openid", "phone"), None, {}, id="no-td_au-for-phone-alone"),
    ],
)
def test_an_id_token_has_exactly_these_claims(
    grant: Grant, nonce: str | None, differing: dict[str, object]
) -> None:
    assert _claims(grant, nonce) == ALWAYS | differing


def test_the_hash_of_an_access_token_is_that_of_the_specification() -> None:
    """OpenID Connect Core 1.0, appendix A.3."""
    token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"
    assert at_hash(token) == "77QmUPtjPfzWtF2AnpK9RQ"


SUB = {"sub": "person"}
MAIL = {"email": "user@example.com", "email_verified": True}
NUMBER = {"phone_number": "+4799912345", "phone_number_verified": True}


@pytest.mark.parametrize(
    ("account", "scope", "claims"),
    [
        pytest.param(ACCOUNT, "", {}, id="openid"),
        pytest.param(ACCOUNT, "profile", {"name": "A Person", "locale": "nb-NO"}, id="profile"),
        pytest.param(
            replace(ACCOUNT, name=None), "profile", {"locale": "nb-NO"}, id="profile-without-name"
        ),
        pytest.param(
            replace(ACCOUNT, locale=None), "profile", {"name": "A Person"}, id="without-locale"
        ),
        pytest.param(ACCOUNT, "email", MAIL, id="email"),
        pytest.param(ACCOUNT, "phone", NUMBER, id="phone"),
        pytest.param(ACCOUNT, "email phone", MAIL | NUMBER, id="email-and-phone"),
        pytest.param(
            replace(ACCOUNT, unproven=frozenset({EMAIL})),
            "email phone",
            MAIL | NUMBER | {"email_verified": False},
            id="email-unproven",
        ),
        pytest.param(
            replace(ACCOUNT, unproven=frozenset({PHONE})),
            "email phone",
            MAIL | NUMBER | {"phone_number_verified": False},
            id="phone-unproven",
        ),
        pytest.param(replace(ACCOUNT, identifiers=(PHONE,)), "email", {}, id="no-email"),
        pytest.param(replace(ACCOUNT, identifiers=(EMAIL,)), "phone", {}, id="no-phone"),
        pytest.param(ACCOUNT, "address id.user.read", {}, id="scopes-without-claims"),
    ],
)
def test_userinfo_tells_what_the_scope_stands_for(
    account: Account, scope: str, claims: dict[str, object]
) -> None:
    grant = granting("openid", *scope.split())
    world, token = with_access(grant, given(grant, account=account))
    assert userinfo(world, token) == SUB | claims
    assert person_claims(account, scope.split()) == SUB | claims


def test_userinfo_tells_what_is_so_now() -> None:
    world, token = with_access(granting("openid", "profile"))
    world = world.with_account(replace(ACCOUNT, name="Another Name"))
    assert userinfo(world, token)["name"] == "Another Name"


def test_userinfo_is_for_openid_only() -> None:
    world, token = with_access(granting("email"))
    with pytest.raises(TokenError, match="openid") as caught:
        userinfo(world, token)
    assert (caught.value.error, caught.value.status) == ("insufficient_scope", 403)


def test_userinfo_of_an_account_that_is_gone_is_refused() -> None:
    world, token = with_access()
    with pytest.raises(TokenError, match="no longer") as caught:
        userinfo(replace(world, accounts=Map()), token)
    assert (caught.value.error, caught.value.status) == ("invalid_token", 401)


@pytest.mark.parametrize("tell", [userinfo, tokeninfo])
def test_nothing_is_told_for_a_token_that_is_not_good(
    tell: Callable[[World, str], dict[str, object]],
) -> None:
    world, token = with_access()
    for past, sent in (
        (world, "x"),
        (world.later(timedelta(hours=1)), token),
        (revoke_grant(world, GRANT.code), token),
    ):
        with pytest.raises(TokenError) as caught:
            tell(past, sent)
        assert (caught.value.error, caught.value.status) == ("invalid_token", 401)


def test_tokeninfo_tells_what_the_token_is_good_for() -> None:
    world, token = with_access(BOTH)
    assert tokeninfo(world.later(LATER), token) == {
        "client_id": "fakebrand",
        "scope": "openid email phone",
        "expires_in": 3300,
        "sub": "person",
        "auth_time": NOW - 300,
        "acr": "1",
        "amr": ["OTP"],
    }
