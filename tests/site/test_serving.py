"""A service and a browser at a CONNECT that is served: from the request to the last token."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.site.serving import KEYS, PLACE, SECRET, Asking, basic, told


def code_fields(asking: Asking) -> dict[str, str]:
    """Return what a confidential client sends besides what proves it."""
    redirect_uri = "https://fakebrand.example/callback?tenant=7"
    code = asking.sign_in()["code"]
    return {"grant_type": "authorization_code", "redirect_uri": redirect_uri, "code": code}


# Client authentication (RFC 6749, sections 2.3 and 5.2)


def test_a_confidential_client_proves_who_it_is_by_the_header_or_in_the_body() -> None:
    asking = Asking(confidential=True)
    header = basic("fakebrand", SECRET)
    assert asking.ask("POST", "/oauth/token", data=code_fields(asking), headers=header).json
    asking = Asking(confidential=True)
    body = {**code_fields(asking), "client_id": "fakebrand", "client_secret": SECRET}
    tokens = asking.ask("POST", "/oauth/token", data=body).get_json()
    refresh = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    refused = asking.ask("POST", "/oauth/token", data=refresh | {"client_id": "fakebrand"})
    assert refused.status_code == 401
    assert asking.ask("POST", "/oauth/token", data=refresh, headers=header).status_code == 200


@pytest.mark.parametrize(
    ("body", "header", "status", "error"),
    [
        ({"client_id": "fakebrand"}, {}, 401, "invalid_client"),
        ({"client_id": "fakebrand", "client_secret": "x"}, {}, 401, "invalid_client"),
        ({}, basic("fakebrand", "x"), 401, "invalid_client"),
        ({}, {"Authorization": "Bearer x"}, 401, "invalid_client"),
        ({"client_secret": SECRET}, basic("fakebrand", SECRET), 400, "invalid_request"),
        ({"client_id": "x"}, basic("fakebrand", SECRET), 400, "invalid_request"),
    ],
)
@pytest.mark.parametrize("path", ["/oauth/token", "/oauth/revoke"])
def test_who_does_not_prove_who_it_is_is_refused(
    path: str, body: dict[str, str], header: dict[str, str], status: int, error: str
) -> None:
    asking = Asking(confidential=True)
    fields = {**code_fields(asking), "token": "x", **body}
    before = asking.server.world
    reply = asking.ask("POST", path, data=fields, headers=header)
    assert (reply.status_code, reply.get_json()["error"]) == (status, error)
    assert ("WWW-Authenticate" in reply.headers) is (status == 401)
    assert reply.headers.get("WWW-Authenticate", "Basic").startswith("Basic")
    assert asking.server.world == before


def test_a_confidential_client_revokes_its_tokens() -> None:
    asking = Asking(confidential=True)
    header = basic("fakebrand", SECRET)
    tokens = asking.ask("POST", "/oauth/token", data=code_fields(asking), headers=header).get_json()
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    assert asking.ask("GET", "/oauth/userinfo", headers=bearer).status_code == 200
    fields = {"token": tokens["refresh_token"]}
    assert asking.ask("POST", "/oauth/revoke", data=fields, headers=header).status_code == 200
    assert asking.ask("GET", "/oauth/userinfo", headers=bearer).status_code == 401


# Claims (Core 5.5)


def test_claims_are_told_where_they_are_asked_for() -> None:
    asking = Asking()
    claims = {
        "userinfo": {"email": {"essential": True}, "name": None},
        "id_token": {"phone_number": None, "auth_time": {"essential": True}},
    }
    tokens = asking.tokens(asking.sign_in(claims=json.dumps(claims))["code"]).get_json()
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    about = asking.ask("GET", "/oauth/userinfo", headers=bearer).get_json()
    # The client is not registered for the scope that stands for the name.
    assert about == {"sub": "full", "email": "user@example.com"}
    signed = KEYS.read(tokens["id_token"]) or {}
    assert signed["phone_number"] == "+4799912345"
    assert "auth_time" in signed
    assert not {"email", "name"} & set(signed)


# Whom a request means (Core 3.1.2.1)


def id_token(asking: Asking) -> str:
    token = asking.tokens(asking.sign_in()["code"]).get_json()["id_token"]
    assert isinstance(token, str)
    return token


def hint(sub: str, iss: str = PLACE.issuer) -> str:
    return KEYS.sign({"iss": iss, "sub": sub, "aud": "fakebrand", "sid": "x"})


def test_who_is_signed_in_and_meant_sees_no_screen() -> None:
    asking = Asking()
    signed = id_token(asking)
    assert "code" in told(asking.authorize(prompt="none", id_token_hint=signed))
    asking.server.world = asking.server.world.later(timedelta(days=2))
    assert "code" in told(asking.authorize(prompt="none", id_token_hint=signed))
    other = told(asking.authorize(prompt="none", id_token_hint=hint("somebody")))
    assert other["error"] == "login_required"
    foreign = told(asking.authorize(prompt="none", id_token_hint=hint("full", "https://x.example")))
    assert foreign["error"] == "invalid_request"


def test_somebody_else_than_is_meant_is_not_told_of() -> None:
    asking = Asking()
    answer = asking.sign_in(id_token_hint=hint("somebody"))
    assert (answer["error"], answer["iss"]) == ("login_required", PLACE.issuer)
    assert told(asking.authorize(prompt="none"))["error"] == "login_required"


def test_the_time_of_the_sign_in_is_told_and_held_to() -> None:
    """Core 3.1.2.1: with `max_age`, `auth_time` is in the ID token."""
    asking = Asking()
    id_token(asking)
    asking.server.world = asking.server.world.later(timedelta(seconds=61))
    again = told(asking.authorize(prompt="none", max_age="100"))
    claims = KEYS.read(asking.tokens(again["code"]).get_json()["id_token"]) or {}
    assert claims["auth_time"] == int(asking.server.world.now.timestamp()) - 61
    for age in ("60", "0"):
        assert told(asking.authorize(prompt="none", max_age=age))["error"] == "login_required"


# Nothing that is secret is written down


def test_a_secret_is_not_repeated() -> None:
    asking = Asking(confidential=True)
    asking.server.clients.clear()
    fields = {"client_id": "fakebrand", "client_secret": SECRET}
    for path in ("/oauth/token", "/oauth/revoke"):
        reply = asking.ask("POST", path, data=fields)
        assert SECRET.encode() not in reply.data
        assert "Location" not in reply.headers
