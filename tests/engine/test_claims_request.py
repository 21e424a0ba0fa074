"""OpenID Connect Core 1.0, section 5.5: which claims are asked for, and where they are told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from studio.engine.claims import id_token, read_id_token, userinfo
from studio.engine.claims_request import CLAIM_SCOPES, ClaimsRequest, parse_claims
from studio.engine.events import Continue, SubmitCode
from studio.engine.policy import Consent, Level
from studio.engine.request import BadRequestError, parse_request
from studio.engine.tokens import issue
from tests.engine.given import (
    PHONE,
    PHONE_ONLY,
    POLICY,
    Walk,
    find,
    parameters,
    request,
    session_of,
)
from tests.engine.test_tokens import GRANT, ISSUER, KEYS, REQUEST, given

if TYPE_CHECKING:
    from studio.engine.tokens import Grant

ALL = frozenset({"openid", "profile", "email", "phone"})
SSO = replace(POLICY, sso=True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{}", ClaimsRequest()),
        ('{"other": [1]}', ClaimsRequest()),
        ('{"userinfo": null, "id_token": null}', ClaimsRequest()),
        (
            '{"userinfo": {"email": null, "name": {"essential": false}}}',
            ClaimsRequest(userinfo=frozenset({"email", "name"})),
        ),
        ('{"id_token": {"locale": null}}', ClaimsRequest(id_token=frozenset({"locale"}))),
        (
            '{"id_token": {"nonsense": null, "auth_time": {"essential": true}}}',
            ClaimsRequest(essential=frozenset({"auth_time"})),
        ),
        (
            '{"userinfo": {"email": {"value": "a@b.example"}}}',
            ClaimsRequest(userinfo=frozenset({"email"})),
        ),
        ('{"userinfo": {"email": 7}}', ClaimsRequest(userinfo=frozenset({"email"}))),
        ('{"id_token": {"sub": {"value": "a"}}}', ClaimsRequest(subjects=frozenset({"a"}))),
        ('{"userinfo": {"sub": {"value": "a"}}}', ClaimsRequest(subjects=frozenset({"a"}))),
        (
            '{"userinfo": {"sub": {"value": "a"}}, "id_token": {"sub": {"value": "b"}}}',
            ClaimsRequest(subjects=frozenset({"a", "b"})),
        ),
        ('{"id_token": {"sub": null}}', ClaimsRequest()),
        ('{"id_token": {"sub": {"value": 7}}}', ClaimsRequest()),
        ('{"id_token": {"acr": {"values": ["2", 1, "1"]}}}', ClaimsRequest(levels=("2", "1"))),
        ('{"id_token": {"acr": {"value": "2"}}}', ClaimsRequest(levels=("2",))),
        ('{"id_token": {"acr": {"values": "2"}}}', ClaimsRequest()),
        ('{"userinfo": {"acr": {"value": "2"}}}', ClaimsRequest()),
    ],
)
def test_a_request_for_claims_is_read(text: str, expected: ClaimsRequest) -> None:
    assert parse_claims(text, ALL) == expected


@pytest.mark.parametrize("claim", CLAIM_SCOPES)
def test_a_claim_is_asked_for_in_vain_without_the_scope_that_stands_for_it(claim: str) -> None:
    text = json.dumps({"userinfo": {claim: None}, "id_token": {claim: {"essential": True}}})
    scopes = ALL - {CLAIM_SCOPES[claim]}
    assert parse_claims(text, scopes) == ClaimsRequest(essential=frozenset({claim}))
    read = parse_claims(text, ALL)
    assert read.userinfo == read.id_token == {claim}


@pytest.mark.parametrize(
    ("acr", "acr_values", "level"),
    [
        ({"values": ["2", "1"]}, None, Level.PASSWORD),
        ({"values": ["1", "2"]}, "2", Level.PHONE),
        ({"value": "2"}, "1", Level.PASSWORD),
        ({"value": "2", "essential": True}, None, Level.PASSWORD),
        ({"value": "3"}, "2", Level.PASSWORD),
        ({"value": "3"}, None, None),
        ({"essential": True}, "2", Level.PASSWORD),
        (None, "1", Level.PHONE),
    ],
)
def test_acr_among_the_claims_is_the_level(
    acr: object, acr_values: str | None, level: Level | None
) -> None:
    claims = json.dumps({"id_token": {"acr": acr}})
    assert request(claims=claims, acr_values=acr_values).level is level


def test_an_essential_acr_that_cannot_be_is_refused() -> None:
    """Section 5.5.1.1: it is a failed authentication."""
    claims = '{"id_token": {"acr": {"essential": true, "values": ["3"]}}}'
    with pytest.raises(BadRequestError) as caught:
        request(claims=claims)
    assert caught.value.error == "unmet_authentication_requirements"
    assert caught.value.redirect_uri


# Where claims are told


def asking(
    scope: str = "openid", userinfo_: str = "", id_token_: str = "", granted: str | None = None
) -> tuple[dict[str, object], dict[str, object]]:
    """Return what userinfo and the ID token tell about the person."""
    asked = replace(
        REQUEST,
        scope=tuple(scope.split()),
        userinfo_claims=frozenset(userinfo_.split()),
        id_token_claims=frozenset(id_token_.split()),
    )
    grant: Grant = replace(GRANT, request=asked)
    narrowed = tuple((granted or scope).split())
    world, access, _ = issue(given(grant), grant, narrowed)
    told = KEYS.read(id_token(world, grant, access, issuer=ISSUER, nonce=None)) or {}
    about = {name: value for name, value in told.items() if name in {"sub", *CLAIM_SCOPES}}
    return userinfo(world, access.token), about


SUB = {"sub": "person"}
EMAIL = {"email": "user@example.com"}


def test_a_claim_is_told_where_it_is_asked_for() -> None:
    assert asking() == (SUB, SUB)
    assert asking(userinfo_="email") == (SUB | EMAIL, SUB)
    assert asking(id_token_="email") == (SUB, SUB | EMAIL)
    assert asking(userinfo_="name", id_token_="phone_number_verified") == (
        SUB | {"name": "A Person"},
        SUB | {"phone_number_verified": True},
    )


def test_a_scope_tells_by_userinfo_alone() -> None:
    assert asking("openid email") == (SUB | EMAIL | {"email_verified": True}, SUB)


def test_who_gives_up_a_scope_gives_up_its_claims() -> None:
    told = asking("openid email", userinfo_="email name", id_token_="email", granted="openid")
    assert told == (SUB | {"name": "A Person"}, SUB)


def test_what_is_asked_for_by_claims_is_asked_of_the_person() -> None:
    policy = replace(POLICY, consent=Consent.ASK, scopes=ALL)
    claims = '{"userinfo": {"email": null}, "id_token": {"phone_number": null}}'
    walk = Walk(policy, claims=claims)
    walk = walk.typed(PHONE)
    walk = walk.do(SubmitCode(text=walk.code))
    assert getattr(walk.stage, "scopes", None) == ("email", "phone")
    walk = walk.do(Continue())
    account = walk.world.accounts[walk.grant.authentication.account_id]
    assert account.given("fakebrand") == {"openid", "email", "phone"}


# Who is meant


@pytest.mark.parametrize(("sub", "error"), [("full", None), ("phone", "login_required")])
def test_without_a_screen_only_the_session_of_whom_is_meant_counts(
    sub: str, error: str | None
) -> None:
    claims = json.dumps({"id_token": {"sub": {"value": sub}}})
    walk = Walk(SSO, session=session_of(), prompt="none", claims=claims)
    assert walk.answer.get("error") == error


def test_somebody_else_than_is_meant_cannot_sign_in() -> None:
    walk = Walk(SSO, session=session_of(), claims='{"id_token": {"sub": {"value": "phone"}}}')
    other = walk.fork().typed(PHONE)
    other = other.do(SubmitCode(text=other.code))
    assert (other.answer["error"], other.kept) == ("login_required", [])
    right = walk.typed(PHONE_ONLY)
    right = right.do(SubmitCode(text=right.code))
    assert "code" in right.answer


def test_a_hint_means_whom_it_is_about() -> None:
    hinted = [*parameters(), ("id_token_hint", "a token")]
    assert parse_request(hinted, find, {"a token": "full"}.get)[0].subjects == {"full"}
    assert parse_request(hinted, find)[0].subjects == frozenset()
    with pytest.raises(BadRequestError) as caught:
        parse_request(hinted, find, {"another": "full"}.get)
    query = parse_qs(urlsplit(caught.value.location()).query)
    assert query["error"] == ["invalid_request"]
    assert "a token" not in caught.value.location()


def test_only_an_id_token_of_this_issuer_is_read() -> None:
    world = given()
    good = KEYS.sign({"iss": ISSUER, "sub": "person"})
    assert read_id_token(world, good, ISSUER) == {"iss": ISSUER, "sub": "person"}
    for bad in (
        KEYS.sign({"iss": "https://other.example", "sub": "person"}),
        KEYS.sign({"iss": ISSUER, "sub": "person"}, typ="logout+jwt"),
        good[:-2],
        "",
    ):
        assert read_id_token(world, bad, ISSUER) is None
