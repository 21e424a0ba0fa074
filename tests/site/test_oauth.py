from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

import pytest
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from studio.client.file import parse
from studio.engine.tokens import TokenError, issue, revoke_grant
from studio.pages.hosting import HostedClient
from studio.site import oauth
from tests.engine.test_tokens import APP, GRANT, ISSUER, KEYS, given, granting

if TYPE_CHECKING:
    from collections.abc import Callable

    from studio.engine.world import World
    from studio.site.backend import Backend
    from studio.site.messages import Message

HOSTED = HostedClient(
    parse(
        "version: 1\n"
        "registration:\n"
        "  id: fakebrand\n"
        "  name: FakeBrand\n"
        f"  redirect_uris: {{production: ['{APP}']}}\n",
        "fakebrand.client.yaml",
    )
)
WIDE = granting("openid", "email")
INVALID = 'Bearer realm="CONNECT", error="invalid_token", error_description='


@dataclass
class Served:
    """A backend with one client."""

    world: World

    def client(self, client_id: str) -> HostedClient | None:
        return HOSTED if client_id == "fakebrand" else None

    def deliver(self, message: Message) -> None:
        raise AssertionError(message)

    def home(self, client_id: str) -> str | None:
        del client_id
        return None

    def notify(self, client_id: str, uri: str, logout_token: str) -> None:
        raise AssertionError(client_id, uri, logout_token)

    def secret(self, client_id: str) -> str | None:
        del client_id
        return None

    def register(self, hosted: HostedClient, secret: str | None) -> bool:
        raise AssertionError(hosted, secret)


def _backend() -> tuple[Served, str]:
    """Return a backend where a code was exchanged, and the access token."""
    world, access, _ = issue(given(WIDE), WIDE, WIDE.request.scope)
    return Served(world), access.token


def _request(
    method: str = "GET",
    form: dict[str, str] | str | None = None,
    query: dict[str, str] | None = None,
    **headers: str,
) -> Request:
    builder = EnvironBuilder(
        method=method,
        data=form,
        query_string=query,
        headers=Headers(list(headers.items())),
        content_type="application/x-www-form-urlencoded" if form else None,
    )
    return builder.get_request(Request)


def _bearer(token: str) -> Request:
    return _request(Authorization=f"Bearer {token}")


def _code(**changes: str) -> dict[str, str]:
    values = {
        "grant_type": "authorization_code",
        "client_id": "fakebrand",
        "code": GRANT.code,
        "redirect_uri": APP,
    }
    return values | changes


def _json(response: Response) -> dict[str, object]:
    return cast("dict[str, object]", response.get_json())


# The token endpoint


def test_a_code_is_exchanged() -> None:
    served = Served(given())
    response = oauth.token(served, _request("POST", _code()), issuer=ISSUER)
    answer = _json(response)
    assert response.status_code == 200
    assert set(answer) == {
        *("access_token", "token_type", "expires_in", "refresh_token", "scope", "id_token")
    }
    assert answer["access_token"] in served.world.access_tokens
    assert (KEYS.read(str(answer["id_token"])) or {})["iss"] == ISSUER


@pytest.mark.parametrize(
    ("form", "status", "error", "challenge"),
    [
        (_code(code="x"), 400, "invalid_grant", None),
        (_code(grant_type="password"), 400, "unsupported_grant_type", None),
        (_code(client_id="nobody"), 401, "invalid_client", 'Basic realm="CONNECT"'),
        (f"{'code=a&' * 2}client_id=fakebrand", 400, "invalid_request", None),
    ],
)
def test_a_mistake_is_told_in_json(
    form: dict[str, str] | str, status: int, error: str, challenge: str | None
) -> None:
    response = oauth.token(Served(given()), _request("POST", form), issuer=ISSUER)
    assert response.status_code == status
    assert set(_json(response)) == {"error", "error_description"}
    assert _json(response)["error"] == error
    assert response.headers.get("WWW-Authenticate") == challenge


def test_credentials_that_nobody_gave_the_client_are_refused() -> None:
    request = _request("POST", _code(), Authorization="Basic ZmFrZWJyYW5kOng=")
    response = oauth.token(Served(given()), request, issuer=ISSUER)
    assert response.status_code == 401
    assert _json(response)["error"] == "invalid_client"


def test_parameters_in_the_address_do_not_count() -> None:
    served = Served(given())
    response = oauth.token(served, _request("POST", query=_code()), issuer=ISSUER)
    assert response.status_code == 401
    assert served.world == given()


def test_a_code_used_twice_takes_the_tokens_from_the_world() -> None:
    served = Served(given(WIDE))
    first = _json(oauth.token(served, _request("POST", _code()), issuer=ISSUER))
    token = str(first["access_token"])
    assert oauth.user_info(served, _bearer(token)).status_code == 200
    assert oauth.token(served, _request("POST", _code()), issuer=ISSUER).status_code == 400
    assert oauth.user_info(served, _bearer(token)).status_code == 401


# Userinfo and tokeninfo


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_userinfo_takes_the_token_in_the_header(method: str, scheme: str) -> None:
    served, token = _backend()
    response = oauth.user_info(served, _request(method, Authorization=f"{scheme} {token}"))
    assert response.status_code == 200
    assert _json(response) == {
        "sub": "person",
        "email": "user@example.com",
        "email_verified": True,
    }


def test_userinfo_takes_the_token_in_the_body_of_a_post() -> None:
    served, token = _backend()
    assert oauth.user_info(served, _request("POST", {"access_token": token})).status_code == 200
    assert oauth.user_info(served, _request("GET", {"access_token": token})).status_code == 401


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_token_in_the_address_does_not_count(method: str) -> None:
    served, token = _backend()
    request = _request(method, query={"access_token": token})
    assert oauth.user_info(served, request).status_code == 401
    assert oauth.token_info(served, request).status_code == 401


@pytest.mark.parametrize("endpoint", [oauth.user_info, oauth.token_info])
@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer ", "Basic dTpw", "x"])
def test_without_a_token_the_answer_asks_for_one(
    endpoint: Callable[[Backend, Request], Response], authorization: str
) -> None:
    """RFC 6750, section 3.1: no error is named where nothing was sent."""
    response = endpoint(_backend()[0], _request(Authorization=authorization))
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="CONNECT"'
    assert _json(response) == {}


@pytest.mark.parametrize("endpoint", [oauth.user_info, oauth.token_info])
def test_a_token_that_is_not_good_is_refused(
    endpoint: Callable[[Backend, Request], Response],
) -> None:
    served, token = _backend()
    served.world = revoke_grant(served.world, GRANT.code)
    for sent in (token, "x", "a=b"):
        response = endpoint(served, _bearer(sent))
        assert response.status_code == 401
        if "=" not in sent:
            assert response.headers["WWW-Authenticate"].startswith(INVALID)
            assert _json(response)["error"] == "invalid_token"


def test_a_token_for_something_else_is_refused() -> None:
    world, access, _ = issue(given(granting("email")), granting("email"), ("email",))
    response = oauth.user_info(Served(world), _bearer(access.token))
    assert response.status_code == 403
    assert 'error="insufficient_scope"' in response.headers["WWW-Authenticate"]


def test_a_token_in_two_ways_is_refused() -> None:
    served, token = _backend()
    request = _request("POST", {"access_token": token}, Authorization=f"Bearer {token}")
    response = oauth.user_info(served, request)
    assert response.status_code == 400
    assert _json(response)["error"] == "invalid_request"
    assert 'error="invalid_request"' in response.headers["WWW-Authenticate"]
    with pytest.raises(TokenError, match="once"):
        oauth.bearer_token(_request("POST", "access_token=a&access_token=a"))


def test_tokeninfo_tells_what_a_token_is_good_for() -> None:
    served, token = _backend()
    answer = _json(oauth.token_info(served, _bearer(token)))
    assert (answer["client_id"], answer["scope"]) == ("fakebrand", "openid email")
    assert answer["expires_in"] == 3600


# Revocation and keys


def test_a_token_is_revoked() -> None:
    served, token = _backend()
    form = {"client_id": "fakebrand", "token": token}
    for _ in range(2):
        response = oauth.revoke(served, _request("POST", form))
        assert (response.status_code, _json(response)) == (200, {})
        assert oauth.user_info(served, _bearer(token)).status_code == 401


def test_an_unknown_client_revokes_nothing() -> None:
    served, token = _backend()
    response = oauth.revoke(served, _request("POST", {"client_id": "nobody", "token": token}))
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Basic realm="CONNECT"'
    assert oauth.user_info(served, _bearer(token)).status_code == 200


def test_the_public_key_is_published() -> None:
    response = oauth.public_keys(Served(given()), _request())
    assert response.mimetype == "application/jwk-set+json"
    assert _json(response) == KEYS.jwks()


# What all of them share


def _answers() -> list[Response]:
    served, token = _backend()
    return [
        oauth.token(Served(given()), _request("POST", _code()), issuer=ISSUER),
        oauth.token(Served(given()), _request("POST"), issuer=ISSUER),
        oauth.user_info(served, _bearer(token)),
        oauth.user_info(served, _request()),
        oauth.token_info(served, _bearer(token)),
        oauth.revoke(served, _request("POST", {"client_id": "fakebrand", "token": "x"})),
        oauth.public_keys(served, _request()),
    ]


def test_no_answer_is_kept_or_taken_for_anything_but_json() -> None:
    for response in _answers():
        assert str(response.mimetype).endswith("json")
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Pragma"] == "no-cache"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Referrer-Policy"] == "no-referrer"


def test_a_name_of_any_script_arrives() -> None:
    grant = granting("openid", "profile")
    world = given(grant)
    world = world.with_account(replace(world.accounts["person"], name='আনিকা "A"'))
    world, access, _ = issue(world, grant, grant.request.scope)
    assert _json(oauth.user_info(Served(world), _bearer(access.token)))["name"] == 'আনিকা "A"'
