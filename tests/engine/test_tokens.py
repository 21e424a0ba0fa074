"""What a token stands for; and what the other tests of tokens begin with."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from studio.engine.accounts import Account
from studio.engine.client_authentication import Clients
from studio.engine.identifiers import Identifier
from studio.engine.keys import Keys
from studio.engine.policy import ClientPolicy, IdentifierKind, Level
from studio.engine.request import AuthorizationRequest
from studio.engine.sessions import Authentication, Method, Session
from studio.engine.tokens import (
    Grant,
    TokenError,
    issue,
    open_access,
    revoke_grant,
    revoke_grants,
)
from studio.engine.world import FIRST_MOMENT, World

ISSUER = "https://id.connect.example/oauth"
APP = "fakebrand://connect/oauth2callback"
SHOP = "https://shop.example/callback"
LATER = timedelta(minutes=5)
PHONE = Identifier(IdentifierKind.PHONE, "+4799912345")
EMAIL = Identifier(IdentifierKind.EMAIL, "user@example.com")
ACCOUNT = Account(id="person", identifiers=(PHONE, EMAIL), name="A Person", locale="nb-NO")
# From RFC 7636, appendix B.
VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
KEYS = Keys()
POLICIES = {
    "fakebrand": ClientPolicy(
        client_id="fakebrand",
        name="FakeBrand",
        redirect_uris=(APP,),
        post_logout_redirect_uris=("fakebrand://signed-out", "https://fakebrand.example/?out=1"),
        backchannel_logout_uri="https://fakebrand.example/backchannel",
    ),
    "shop": ClientPolicy(client_id="shop", name="Shop", redirect_uris=(SHOP,)),
}
REQUEST = AuthorizationRequest(client_id="fakebrand", redirect_uri=APP, scope=("openid",))
AUTHENTICATION = Authentication(
    account_id="person",
    used=PHONE,
    level=Level.PHONE,
    methods=(Method.OTP,),
    when=FIRST_MOMENT - LATER,
)
GRANT = Grant(
    code="the code",
    request=REQUEST,
    authentication=AUTHENTICATION,
    session_id="session",
    issued=FIRST_MOMENT,
    stay_signed_in=True,
)
SESSION = Session(
    id="session",
    secret="secret",
    authentication=AUTHENTICATION,
    created=FIRST_MOMENT - LATER,
    lasting=True,
    clients=frozenset({"fakebrand", "shop"}),
)


def find(client_id: str) -> ClientPolicy | None:
    """Return one of the two clients."""
    return POLICIES.get(client_id)


CLIENTS = Clients(find=find, secret=lambda _id: None)


def given(*grants: Grant, account: Account = ACCOUNT) -> World:
    """Return a world with a person, a session and grants, all with the same key."""
    world = World(keys=KEYS).with_account(account)
    world = replace(world, sessions=world.sessions.set(SESSION.id, SESSION))
    for grant in grants or (GRANT,):
        world = world.with_grant(grant)
    return world


def granting(*scope: str, grant: Grant = GRANT) -> Grant:
    """Return a grant for a scope."""
    return replace(grant, request=replace(grant.request, scope=scope))


def with_access(grant: Grant = GRANT, world: World | None = None) -> tuple[World, str]:
    """Return a world in which a grant was exchanged, and the access token."""
    world, access, _ = issue(world or given(grant), grant, grant.request.scope)
    return world, access.token


def test_an_access_token_stands_for_its_grant_and_scope() -> None:
    world, _, _ = issue(given(), GRANT, ("openid",))
    world, access, refresh = issue(world, GRANT, ("openid", "email"))
    assert open_access(world, access.token) == (access, GRANT)
    assert access.scope == ("openid", "email")
    assert len({*world.access_tokens, *world.refresh_tokens}) == 4
    assert access.code == refresh.code == GRANT.code


@pytest.mark.parametrize(
    ("seconds", "good"), [(0, True), (3599, True), (3600, False), (3601, False)]
)
def test_an_access_token_is_good_for_an_hour(seconds: int, *, good: bool) -> None:
    world, token = with_access()
    world = world.later(timedelta(seconds=seconds))
    if good:
        assert open_access(world, token)[1] == GRANT
        return
    with pytest.raises(TokenError, match="expired") as caught:
        open_access(world, token)
    assert (caught.value.error, caught.value.status) == ("invalid_token", 401)


def test_without_an_access_token_no_error_is_named() -> None:
    """RFC 6750, section 3.1: nothing was wrong with what was not sent."""
    with pytest.raises(TokenError, match="needed") as caught:
        open_access(given(), "")
    assert (caught.value.error, caught.value.status) == ("", 401)


def test_no_other_string_is_an_access_token() -> None:
    world, access, refresh = issue(given(), GRANT, ("openid",))
    for other in ("x", access.token.upper(), access.token[:-1], refresh.token, GRANT.code):
        with pytest.raises(TokenError, match="unknown") as caught:
            open_access(world, other)
        assert (caught.value.error, caught.value.status) == ("invalid_token", 401)


def test_revoking_a_grant_takes_its_tokens_and_no_others() -> None:
    other = replace(GRANT, code="another")
    world, mine = with_access(GRANT, given(GRANT, other))
    world, theirs = with_access(other, world)
    world = revoke_grant(world, GRANT.code)
    with pytest.raises(TokenError, match="revoked"):
        open_access(world, mine)
    assert open_access(world, theirs)[1] == other
    assert revoke_grant(world, GRANT.code) == world


def test_revoking_where_something_holds_takes_just_these() -> None:
    grants = [replace(GRANT, code=f"{n}", session_id=f"{n % 2}") for n in range(6)]
    before = given(*grants)
    world = revoke_grants(before, lambda grant: grant.session_id == "0")
    assert set(world.grants) == {"1", "3", "5"}
    assert len(before.grants) == 6


def test_a_description_has_only_the_characters_the_specification_allows() -> None:
    assert TokenError("invalid_request", 'a "b" \\ ø\n').description == "a ?b? ? ??"


def test_a_replaced_token_does_not_reach_a_fork() -> None:
    world = given()
    one, token = with_access(world=world)
    other, _ = with_access(granting("openid", "email"), world)
    assert token in other.access_tokens
    assert one.access_tokens[token].scope != other.access_tokens[token].scope
    assert not world.access_tokens
