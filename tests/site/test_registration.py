"""RFC 7591 and OpenID Connect Dynamic Client Registration 1.0."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from studio.engine.client_authentication import digest
from studio.engine.policy import Level
from studio.site.registration import MAX_URI, MAX_URIS
from tests.site.serving import Asking, basic

if TYPE_CHECKING:
    from werkzeug.test import TestResponse

WEB = "https://rp.example/callback"
APP = "com.example.app:/callback"


def register(asked: object, asking: Asking | None = None) -> TestResponse:
    """Send the metadata of a client."""
    data = asked if isinstance(asked, str) else json.dumps(asked)
    asking = asking or Asking()
    return asking.ask("POST", "/oauth/register", data=data, content_type="application/json")


def test_a_client_is_registered_with_what_is_usual() -> None:
    asking = Asking()
    reply = register({"redirect_uris": [WEB]}, asking)
    assert (reply.status_code, reply.mimetype) == (201, "application/json")
    assert reply.headers["Cache-Control"] == "no-store"
    told = reply.get_json()
    secret, client_id = told["client_secret"], told["client_id"]
    assert asking.server.secrets == {client_id: digest(secret)}
    assert len(secret) == 64
    assert told == {
        "client_id": client_id,
        "client_id_issued_at": int(asking.server.world.now.timestamp()),
        "client_secret": secret,
        "client_secret_expires_at": 0,
        "client_name": "rp.example",
        "application_type": "web",
        "redirect_uris": [WEB],
        "post_logout_redirect_uris": [],
        "token_endpoint_auth_method": "client_secret_basic",
        "grant_types": ["authorization_code", "refresh_token"],
        "response_types": ["code"],
        "scope": "openid email phone profile",
        "subject_type": "public",
        "id_token_signed_response_alg": "RS256",
        "default_acr_values": ["1"],
    }


def test_a_client_is_registered_with_what_it_asks_for() -> None:
    asking = Asking()
    asked = {
        "redirect_uris": [APP, "http://127.0.0.1:9/x"],
        "application_type": "native",
        "token_endpoint_auth_method": "none",
        "grant_types": ["authorization_code"],
        "response_types": ["code"],
        "scope": "email openid nothing",
        "client_name": "An app",
        "client_name#nb": "En app",
        "logo_uri": "https://rp.example/logo.png",
        "post_logout_redirect_uris": ["com.example.app:/out"],
        "backchannel_logout_uri": "https://rp.example/out",
        "tos_uri": "https://rp.example/terms",
        "default_max_age": 60,
        "default_acr_values": ["x", "2", "1"],
        "unknown": {"a": 1},
    }
    told = register(asked, asking).get_json()
    assert "client_secret" not in told
    assert asking.server.secrets == {}
    for name in ("redirect_uris", "application_type", "client_name", "default_max_age", "tos_uri"):
        assert told[name] == asked[name]
    assert (told["scope"], told["default_acr_values"]) == ("openid email", ["2"])
    policy = asking.server.clients[told["client_id"]].policy
    assert (policy.level, policy.max_age, policy.name) == (Level.PASSWORD, 60, "An app")
    assert policy.backchannel_logout_uri == "https://rp.example/out"


def test_a_name_in_languages_only_is_a_name() -> None:
    asked = {"redirect_uris": [WEB], "client_name#sv": "Ett namn", "client_name#nb": "Et navn"}
    assert register(asked).get_json()["client_name"] == "Et navn"


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_a_registered_client_proves_who_it_is(method: str) -> None:
    asking = Asking()
    asked = {"redirect_uris": [WEB], "token_endpoint_auth_method": method}
    told = register(asked, asking).get_json()
    client_id, secret = told["client_id"], told["client_secret"]
    answer = asking.sign_in(client_id=client_id, redirect_uri=WEB)
    code = {
        "grant_type": "authorization_code",
        "code": answer["code"],
        "redirect_uri": WEB,
    }
    refused = asking.ask("POST", "/oauth/token", data=code | {"client_id": client_id})
    assert (refused.status_code, refused.get_json()["error"]) == (401, "invalid_client")
    if method == "client_secret_basic":
        reply = asking.ask("POST", "/oauth/token", data=code, headers=basic(client_id, secret))
    else:
        sent = code | {"client_id": client_id, "client_secret": secret}
        reply = asking.ask("POST", "/oauth/token", data=sent)
    assert reply.status_code == 200


def test_a_registered_app_is_answered_at_the_port_it_listens_on() -> None:
    asking = Asking()
    asked = {
        "redirect_uris": ["http://127.0.0.1/callback"],
        "application_type": "native",
        "token_endpoint_auth_method": "none",
    }
    client_id = register(asked, asking).get_json()["client_id"]
    there = "http://127.0.0.1:51004/callback"
    answer = asking.sign_in(client_id=client_id, redirect_uri=there)
    sent = {
        "grant_type": "authorization_code",
        "client_id": client_id,
        "code": answer["code"],
        "redirect_uri": there,
    }
    elsewhere = sent | {"redirect_uri": "http://127.0.0.1:51005/callback"}
    refused = asking.ask("POST", "/oauth/token", data=elsewhere)
    assert (refused.status_code, refused.get_json()["error"]) == (400, "invalid_grant")
    assert asking.ask("POST", "/oauth/token", data=sent).status_code == 200


REFUSED_URIS = [
    ([], "web"),
    (["http://rp.example/callback"], "web"),
    ([APP], "web"),
    ([WEB + "#x"], "web"),
    (["javascript:alert(1)"], "web"),
    (["javascript:alert(1)"], "native"),
    (["data:text/html,x"], "native"),
    (["/callback"], "web"),
    ([""], "native"),
    (["https://[::1/x"], "web"),
    (["https://rp.example;x/"], "web"),
    ([WEB], "native"),
    (["http://rp.example/callback"], "native"),
    ([f"{WEB}/{number}" for number in range(MAX_URIS + 1)], "web"),
    ([WEB + "x" * MAX_URI], "web"),
]


@pytest.mark.parametrize(("uris", "kind"), REFUSED_URIS)
def test_an_address_that_fits_not_is_refused(uris: list[str], kind: str) -> None:
    reply = register({"redirect_uris": uris, "application_type": kind})
    assert (reply.status_code, reply.get_json()["error"]) == (400, "invalid_redirect_uri")


@pytest.mark.parametrize(
    ("uri", "kind"),
    [
        ("http://localhost:8081/callback", "web"),
        ("http://localhost:8081/callback", "native"),
        ("http://[::1]/callback", "native"),
        ("urn:ietf:wg:oauth:2.0:oob", "native"),
        ("https://rp.example/callback?a=b", "web"),
    ],
)
def test_an_address_that_fits_is_taken(uri: str, kind: str) -> None:
    reply = register({"redirect_uris": [uri], "application_type": kind})
    assert (reply.status_code, reply.get_json()["redirect_uris"]) == (201, [uri])


@pytest.mark.parametrize(
    "changes",
    [
        {"application_type": "desktop"},
        {"application_type": 1},
        {"token_endpoint_auth_method": "private_key_jwt"},
        {"grant_types": ["implicit"]},
        {"grant_types": ["refresh_token"]},
        {"response_types": ["code", "id_token"]},
        {"response_types": "code"},
        {"client_name": "x" * 201},
        {"client_name": ["x"]},
        {"client_name": "a\u0000b"},
        {"scope": ["openid"]},
        {"post_logout_redirect_uris": ["http://rp.example/"]},
        {"backchannel_logout_uri": "http://rp.example/"},
        {"backchannel_logout_uri": 7},
        {"tos_uri": "javascript:x"},
        {"default_max_age": -1},
        {"default_max_age": "soon"},
        {"default_acr_values": "2"},
    ],
)
def test_metadata_that_are_not_right_are_refused(changes: dict[str, object]) -> None:
    asking = Asking()
    reply = register({"redirect_uris": [WEB], **changes}, asking)
    told = reply.get_json()
    assert (reply.status_code, told["error"]) == (400, "invalid_client_metadata")
    assert next(iter(changes)) in told["error_description"]
    assert set(asking.server.clients) == {"fakebrand"}


@pytest.mark.parametrize("body", ["", "{", "[]", "7", "[" * 50_000, '{"tos_uri": "\\ud800"}'])
def test_what_is_no_object_is_refused(body: str) -> None:
    reply = register(body)
    assert (reply.status_code, reply.get_json()["error"]) == (400, "invalid_client_metadata")


def test_where_there_is_no_room_nobody_registers() -> None:
    asking = Asking()
    assert register({"redirect_uris": [WEB]}, asking).status_code == 201
    reply = register({"redirect_uris": [WEB]}, asking)
    assert (reply.status_code, reply.get_json()["error"]) == (503, "temporarily_unavailable")


def test_only_json_is_read() -> None:
    asking = Asking()
    reply = asking.ask("POST", "/oauth/register", data={"redirect_uris": WEB})
    assert (reply.status_code, reply.get_json()["error"]) == (415, "invalid_request")
    long = json.dumps({"redirect_uris": [WEB], "x": "x" * 70_000})
    assert register(long, asking).status_code == 413
