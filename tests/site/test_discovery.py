"""The provider's metadata: complete, and true."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

from studio.site.discovery import configuration
from studio.site.oauth import DISCOVERY
from studio.site.place import SIMULATED
from tests.engine.test_tokens import KEYS as OTHER_KEYS
from tests.site.serving import KEYS, PLACE, Asking, told

if TYPE_CHECKING:
    from collections.abc import Sequence

# OpenID Connect Discovery 1.0, section 3: REQUIRED and RECOMMENDED members.
WANTED = {
    *("issuer", "authorization_endpoint", "token_endpoint", "userinfo_endpoint", "jwks_uri"),
    *("registration_endpoint", "scopes_supported", "response_types_supported"),
    *("subject_types_supported", "id_token_signing_alg_values_supported", "claims_supported"),
}


def told_of(name: str) -> Sequence[str]:
    value = configuration(PLACE)[name]
    assert isinstance(value, list | tuple)
    return value


@pytest.mark.parametrize("path", DISCOVERY)
def test_the_metadata_are_where_libraries_look(path: str) -> None:
    reply = Asking().ask("GET", path)
    assert (reply.status_code, reply.mimetype) == (200, "application/json")
    assert reply.get_json()["issuer"] == PLACE.issuer
    assert reply.get_json().keys() >= WANTED


def test_every_endpoint_is_there() -> None:
    asking = Asking()
    metadata = configuration(PLACE)
    endpoints = [name for name in metadata if name.endswith(("_endpoint", "_uri"))]
    assert len(endpoints) == 7
    for name in endpoints:
        url = urlsplit(str(metadata[name]))
        assert f"{url.scheme}://{url.netloc}" == PLACE.origin
        statuses = {asking.ask(method, url.path).status_code for method in ("GET", "POST")}
        assert 404 not in statuses


def test_registration_is_offered_only_where_it_is() -> None:
    closed = replace(PLACE, registration=False)
    for place in (closed, SIMULATED):
        assert "registration_endpoint" not in configuration(place)
    assert Asking(closed).ask("POST", "/oauth/register", data="{}").status_code == 404


def test_the_issuer_is_that_of_the_tokens() -> None:
    asking = Asking()
    tokens = asking.tokens(asking.sign_in(nonce="n", scope="openid email phone")["code"])
    claims = KEYS.read(tokens.get_json()["id_token"])
    assert claims
    assert claims["iss"] == PLACE.issuer
    assert set(claims) <= set(told_of("claims_supported"))
    assert OTHER_KEYS.read(tokens.get_json()["id_token"]) is None


@pytest.mark.parametrize(
    ("member", "parameter"),
    [
        ("prompt_values_supported", "prompt"),
        ("display_values_supported", "display"),
        ("acr_values_supported", "acr_values"),
        ("response_modes_supported", "response_mode"),
        ("response_types_supported", "response_type"),
        ("ui_locales_supported", "ui_locales"),
    ],
)
def test_every_value_that_is_told_is_taken(member: str, parameter: str) -> None:
    for value in told_of(member):
        reply = Asking().authorize(**{parameter: value})
        refused = reply.headers["Location"].startswith("https://")
        assert refused is (value == "none")
        if refused:
            assert told(reply)["error"] == "login_required"


@pytest.mark.parametrize(
    ("member", "parameter"),
    [
        ("request_parameter_supported", "request"),
        ("request_uri_parameter_supported", "request_uri"),
    ],
)
def test_what_is_not_supported_is_refused(member: str, parameter: str) -> None:
    assert configuration(PLACE)[member] is False
    error = told(Asking().authorize(**{parameter: "x"}))["error"]
    assert error == f"{parameter}_not_supported"


@pytest.mark.parametrize(
    "fields",
    [
        {"claims_locales": "nb en"},
        {"display": "wap"},
        {"display": "none of these"},
        {"login_hint": "99912345"},
        {"unknown": "x"},
        {"max_age": "60"},
    ],
)
def test_what_asks_for_no_more_than_there_is_is_taken(fields: dict[str, str]) -> None:
    assert Asking().authorize(**fields).headers["Location"].startswith("/id/signin/")
