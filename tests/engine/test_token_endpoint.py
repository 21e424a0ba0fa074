from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from studio.engine.claims import at_hash, userinfo
from studio.engine.token_endpoint import token_request
from studio.engine.tokens import Grant, TokenError, open_access
from tests.engine.test_tokens import (
    APP,
    CHALLENGE,
    CLIENTS,
    GRANT,
    ISSUER,
    KEYS,
    REQUEST,
    VERIFIER,
    given,
    granting,
)

if TYPE_CHECKING:
    from studio.engine.world import World

NONCE = replace(GRANT, request=replace(REQUEST, nonce="n"))
PROVEN = replace(GRANT, request=replace(REQUEST, code_challenge=CHALLENGE))
WIDE = granting("openid", "email", "phone")


def form_of(values: dict[str, str | None]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in values.items() if value is not None]


def ask(
    world: World, form: list[tuple[str, str]], authorization: str | None = None
) -> tuple[World, dict[str, object] | TokenError]:
    return token_request(world, form, CLIENTS, issuer=ISSUER, authorization=authorization)


def code_form(**changes: str | None) -> list[tuple[str, str]]:
    values: dict[str, str | None] = {
        "grant_type": "authorization_code",
        "client_id": "fakebrand",
        "code": GRANT.code,
        "redirect_uri": APP,
    }
    return form_of(values | changes)


def refresh_form(refresh: str, **changes: str | None) -> list[tuple[str, str]]:
    values: dict[str, str | None] = {
        "grant_type": "refresh_token",
        "client_id": "fakebrand",
        "refresh_token": refresh,
    }
    return form_of(values | changes)


def must_give(world: World, form: list[tuple[str, str]]) -> tuple[World, dict[str, str]]:
    """Ask for tokens that have to be given; return what is text of the answer."""
    world, answer = ask(world, form)
    assert isinstance(answer, dict), answer
    return world, {name: value for name, value in answer.items() if isinstance(value, str)}


def must_refuse(world: World, form: list[tuple[str, str]]) -> tuple[World, str]:
    """Ask for tokens that have to be refused; return the error."""
    world, answer = ask(world, form)
    assert isinstance(answer, TokenError), answer
    return world, answer.error


def exchanged(grant: Grant = GRANT) -> tuple[World, dict[str, str]]:
    return must_give(given(grant), code_form())


def is_good(world: World, access_token: str) -> bool:
    try:
        open_access(world, access_token)
    except TokenError:
        return False
    return True


def access_of(given_tokens: tuple[World, dict[str, str]]) -> tuple[World, str]:
    """Return the world and the access token of an answer."""
    world, answer = given_tokens
    return world, answer["access_token"]


# A code


def test_a_code_is_exchanged_for_tokens() -> None:
    world, answer = ask(given(WIDE), code_form())
    assert isinstance(answer, dict)
    access, refresh, signed = (
        str(answer.pop(name)) for name in ("access_token", "refresh_token", "id_token")
    )
    assert answer == {"token_type": "Bearer", "expires_in": 3600, "scope": "openid email phone"}
    assert userinfo(world, access)["email"] == "user@example.com"
    assert refresh in world.refresh_tokens
    claims = KEYS.read(signed)
    assert claims
    assert claims["at_hash"] == at_hash(access)
    assert "nonce" not in claims


def test_the_nonce_of_the_request_comes_back() -> None:
    claims = KEYS.read(exchanged(NONCE)[1]["id_token"])
    assert claims
    assert claims["nonce"] == "n"


def test_without_the_scope_openid_there_is_no_id_token() -> None:
    assert "id_token" not in exchanged(granting("email"))[1]


@pytest.mark.parametrize(
    ("seconds", "error"), [(0, None), (59, None), (60, "invalid_grant"), (61, "invalid_grant")]
)
def test_a_code_is_good_for_a_minute(seconds: int, error: str | None) -> None:
    world = given().later(timedelta(seconds=seconds))
    if error is None:
        assert is_good(*access_of(must_give(world, code_form())))
    else:
        assert must_refuse(world, code_form()) == (world, error)


@pytest.mark.parametrize("wait", [timedelta(0), timedelta(seconds=59), timedelta(minutes=59)])
def test_a_code_used_twice_revokes_the_tokens_it_gave(wait: timedelta) -> None:
    world, answer = exchanged()
    world = world.later(wait)
    world, refreshed = must_give(world, refresh_form(answer["refresh_token"]))
    world, error = must_refuse(world, code_form())
    assert error == "invalid_grant"
    assert not is_good(world, answer["access_token"])
    assert not is_good(world, refreshed["access_token"])
    assert must_refuse(world, refresh_form(refreshed["refresh_token"]))[1] == "invalid_grant"
    assert must_refuse(world, code_form())[1] == "invalid_grant"


def test_a_code_used_twice_leaves_the_tokens_of_another() -> None:
    other = replace(GRANT, code="another")
    world, kept = must_give(given(GRANT, other), code_form(code="another"))
    world, _ = must_give(world, code_form())
    world, _ = must_refuse(world, code_form())
    assert is_good(world, kept["access_token"])


def test_another_client_can_neither_use_nor_revoke_with_a_code() -> None:
    stolen = code_form(client_id="shop", redirect_uri="https://shop.example/callback")
    world = given()
    assert must_refuse(world, stolen) == (world, "invalid_grant")
    world, answer = must_give(world, code_form())
    assert must_refuse(world, stolen) == (world, "invalid_grant")
    assert is_good(world, answer["access_token"])


@pytest.mark.parametrize(
    ("form", "error"),
    [
        (code_form(grant_type=None), "invalid_request"),
        (code_form(grant_type=""), "invalid_request"),
        (code_form(grant_type="password"), "unsupported_grant_type"),
        (code_form(client_id=None), "invalid_client"),
        (code_form(client_id="nobody"), "invalid_client"),
        (code_form(code=None), "invalid_request"),
        (code_form(code="another"), "invalid_grant"),
        (code_form(redirect_uri=None), "invalid_request"),
        (code_form(redirect_uri=APP + "/"), "invalid_grant"),
        (code_form(code_verifier=VERIFIER), "invalid_grant"),
        ([*code_form(), ("code", GRANT.code)], "invalid_request"),
        ([*code_form(), ("client_id", "fakebrand")], "invalid_request"),
        (refresh_form("x", refresh_token=None), "invalid_request"),
        (refresh_form("x"), "invalid_grant"),
        ([], "invalid_client"),
    ],
)
def test_a_mistake_is_told_and_changes_nothing(form: list[tuple[str, str]], error: str) -> None:
    world = given()
    assert must_refuse(world, form) == (world, error)
    assert is_good(*access_of(must_give(world, code_form())))


@pytest.mark.parametrize(
    ("form", "authorization", "status"),
    [
        (code_form(client_id="nobody"), None, 401),
        (code_form(), "Basic ZmFrZWJyYW5kOng=", 401),
        (code_form(code="another"), None, 400),
    ],
)
def test_an_unknown_client_is_unauthorised(
    form: list[tuple[str, str]], authorization: str | None, status: int
) -> None:
    _, answer = ask(given(), form, authorization)
    assert isinstance(answer, TokenError)
    assert answer.status == status
    assert (answer.error == "invalid_client") is (status == 401)


# The code verifier (RFC 7636)


@pytest.mark.parametrize(
    ("verifier", "error"),
    [
        (VERIFIER, None),
        (None, "invalid_request"),
        ("", "invalid_request"),
        (CHALLENGE, "invalid_grant"),
        (VERIFIER + "x", "invalid_grant"),
        ("x" * 43, "invalid_grant"),
        ("x" * 128, "invalid_grant"),
        (VERIFIER[:42], "invalid_request"),
        ("x" * 129, "invalid_request"),
        (VERIFIER[:42] + "ø", "invalid_request"),
        (VERIFIER + "\n", "invalid_request"),
    ],
)
def test_a_challenge_needs_its_verifier(verifier: str | None, error: str | None) -> None:
    world, form = given(PROVEN), code_form(code_verifier=verifier)
    if error is None:
        assert is_good(*access_of(must_give(world, form)))
    else:
        assert must_refuse(world, form) == (world, error)
