from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, parse_qsl, urlsplit

import pytest

from studio.engine.policy import Level, Prompt
from studio.engine.request import (
    BadClientError,
    BadRequestError,
    parse_request,
    with_query,
)
from tests.engine.given import APP, POLICY, WEB, find, parameters, request

CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


def test_a_request_holds_what_it_came_with() -> None:
    asked, policy = parse_request(
        [
            *parameters(
                redirect_uri=WEB,
                scope="openid email openid",
                nonce="n",
                code_challenge=CHALLENGE,
                code_challenge_method="S256",
                acr_values="2 1",
                max_age="0",
                prompt="login no_seam",
                ui_locales="ur-PK  en",
                claims='{"userinfo": {"email": {"essential": true}}}',
                log_session_id="l",
            ),
            ("login_hint", "99912345"),
            ("login_hint", "user@example.com"),
        ],
        find,
    )
    assert policy == POLICY
    assert asked.client_id == "fakebrand"
    assert asked.redirect_uri == WEB
    assert asked.scope == ("openid", "email")
    assert asked.state == "s 1"
    assert asked.nonce == "n"
    assert asked.code_challenge == CHALLENGE
    assert asked.level is Level.PASSWORD
    assert asked.max_age == 0
    assert asked.prompt == {Prompt.LOGIN, Prompt.NO_SEAM}
    assert asked.login_hints == ("99912345", "user@example.com")
    assert asked.ui_locales == ("ur-PK", "en")
    assert asked.essential_claims == {"email"}
    assert asked.log_session_id == "l"
    assert dict(asked.parameters)["nonce"] == "n"


def test_what_is_left_out_is_none_or_empty() -> None:
    asked = request(state=None)
    assert asked.state is None
    assert asked.nonce is None
    assert asked.code_challenge is None
    assert asked.level is None
    assert asked.max_age is None
    assert asked.prompt == frozenset()
    assert asked.login_hints == ()
    assert asked.ui_locales == ()
    assert asked.essential_claims == frozenset()
    assert asked.log_session_id is None


OPTIONAL = [
    "state",
    "nonce",
    "code_challenge",
    "code_challenge_method",
    "acr_values",
    "max_age",
    "prompt",
    "login_hint",
    "ui_locales",
    "claims",
    "log_session_id",
    "request",
    "request_uri",
    "registration",
    "response_mode",
]


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_parameter_without_a_value_counts_as_left_out(name: str) -> None:
    left_out = parse_request(parameters(state=None), find)[0]
    empty = parse_request([*parameters(state=None), (name, "")], find)[0]
    assert dict(empty.parameters).pop(name) == ""
    assert empty.__dict__ | {"parameters": ()} == left_out.__dict__ | {"parameters": ()}


NO_REDIRECT = [
    ({"client_id": None}, "client_id"),
    ({"client_id": ""}, "client_id"),
    ({"client_id": "somebody-else"}, "client_id"),
    ({"client_id": "FakeBrand"}, "client_id"),
    ({"client_id": None, "redirect_uri": None}, "client_id"),
    ({"redirect_uri": None}, "redirect_uri"),
    ({"redirect_uri": ""}, "redirect_uri"),
    ({"redirect_uri": "https://evil.example/"}, "redirect_uri"),
    ({"redirect_uri": APP + "/"}, "redirect_uri"),
    ({"redirect_uri": APP.upper()}, "redirect_uri"),
    ({"redirect_uri": APP + "?x=1"}, "redirect_uri"),
    ({"redirect_uri": WEB.partition("?")[0]}, "redirect_uri"),
    ({"redirect_uri": WEB + " "}, "redirect_uri"),
    # The client comes first: what is wrong besides does not matter then.
    ({"redirect_uri": "https://evil.example/", "response_type": "token"}, "redirect_uri"),
]


@pytest.mark.parametrize(("changes", "parameter"), NO_REDIRECT)
def test_without_a_known_client_and_redirect_uri_nobody_is_redirected(
    changes: dict[str, str | None], parameter: str
) -> None:
    with pytest.raises(BadClientError) as caught:
        request(**changes)
    assert caught.value.parameter == parameter
    assert caught.value.value == (changes.get(parameter) or "")


LISTENING = (
    "http://127.0.0.1/callback",
    "http://[::1]:1/callback?a=b",
    "http://localhost:8081",
    "http://elsewhere.example:1/",
)
"""Addresses of an application on a device that listens for the answer."""


def _redirected(uri: str, *, native: bool) -> str:
    policy = replace(POLICY, native=native, redirect_uris=LISTENING)
    return parse_request(parameters(redirect_uri=uri), lambda _id: policy)[0].redirect_uri


@pytest.mark.parametrize(
    "uri",
    [
        "http://127.0.0.1:51004/callback",
        "http://127.0.0.1:65535/callback",
        "http://[::1]:51004/callback?a=b",
        "http://[::1]/callback?a=b",
        "http://localhost:51004",
    ],
)
def test_on_loopback_every_port_is_good_for_an_app_and_no_other_for_a_site(uri: str) -> None:
    assert _redirected(uri, native=True) == uri
    with pytest.raises(BadClientError, match="redirect_uri"):
        _redirected(uri, native=False)


@pytest.mark.parametrize(
    "uri",
    [
        "http://127.0.0.1:51004/",
        "http://127.0.0.1:51004/callback/",
        "http://127.0.0.1:51004/callback?a=b",
        "http://127.0.0.1:51004/callback#f",
        "http://127.0.0.1:65536/callback",
        "http://127.0.0.1:/callback",
        "http://127.0.0.1:٣/callback",
        "http://127.0.0.1:1@evil.example/callback",
        "http://a@127.0.0.1:1/callback",
        "http://127.0.0.2:1/callback",
        "http://localhost:1/callback",
        "http://localhost.evil.example:1",
        "https://127.0.0.1:1/callback",
        "HTTP://127.0.0.1:1/callback",
        "http://127.0.0.1:1/callback\r\nA: b",
        "http://127.0.0.1:1/callback\n",
        "http://[::1]:51004/callback",
        "http://elsewhere.example:2/",
    ],
)
def test_on_loopback_all_but_the_port_is_compared_character_by_character(uri: str) -> None:
    with pytest.raises(BadClientError, match="redirect_uri"):
        _redirected(uri, native=True)


@pytest.mark.parametrize("name", ["client_id", "redirect_uri"])
def test_a_doubled_client_or_redirect_uri_redirects_nobody(name: str) -> None:
    good = dict(parameters())[name]
    with pytest.raises(BadClientError) as caught:
        parse_request([*parameters(), (name, good)], find)
    assert caught.value.parameter == name


TO_THE_CLIENT = [
    ({"response_type": None}, "invalid_request", "response_type is missing"),
    ({"response_type": ""}, "invalid_request", "response_type is missing"),
    ({"response_type": "token"}, "unsupported_response_type", "response_type must be code"),
    ({"response_type": "code id_token"}, "unsupported_response_type", "response_type must be code"),
    ({"response_type": "CODE"}, "unsupported_response_type", "response_type must be code"),
    ({"response_mode": "fragment"}, "invalid_request", "response_mode must be query"),
    ({"response_mode": "form_post"}, "invalid_request", "response_mode must be query"),
    ({"request": "e30.e30."}, "request_not_supported", "request is not supported"),
    (
        {"request_uri": "https://a.example/r"},
        "request_uri_not_supported",
        "request_uri is not supported",
    ),
    ({"registration": "{}"}, "registration_not_supported", "registration is not supported"),
    ({"scope": None}, "invalid_scope", "scope is missing"),
    ({"scope": "  "}, "invalid_scope", "scope is missing"),
    (
        {"scope": "openid address"},
        "invalid_scope",
        "scope address is not registered for this client",
    ),
    ({"scope": "OPENID"}, "invalid_scope", "scope OPENID is not registered for this client"),
    (
        {"code_challenge_method": "S256"},
        "invalid_request",
        "code_challenge is missing",
    ),
    (
        {"code_challenge": CHALLENGE},
        "invalid_request",
        "code_challenge_method must be S256",
    ),
    (
        {"code_challenge": CHALLENGE, "code_challenge_method": "plain"},
        "invalid_request",
        "code_challenge_method must be S256",
    ),
    (
        {"code_challenge": CHALLENGE[:-1], "code_challenge_method": "S256"},
        "invalid_request",
        "code_challenge must be 43 base64url characters",
    ),
    (
        {"code_challenge": CHALLENGE + "\n", "code_challenge_method": "S256"},
        "invalid_request",
        "code_challenge must be 43 base64url characters",
    ),
    (
        {"code_challenge": CHALLENGE[:-1] + "=", "code_challenge_method": "S256"},
        "invalid_request",
        "code_challenge must be 43 base64url characters",
    ),
    ({"max_age": "-1"}, "invalid_request", "max_age must be a number of seconds"),
    ({"max_age": "1.5"}, "invalid_request", "max_age must be a number of seconds"),
    ({"max_age": "١٠"}, "invalid_request", "max_age must be a number of seconds"),
    ({"max_age": "9" * 11}, "invalid_request", "max_age must be a number of seconds"),
    (
        {"prompt": "select_account"},
        "invalid_request",
        "prompt must be of none, login, consent, no_seam",
    ),
    (
        {"prompt": "none login"},
        "invalid_request",
        "prompt none cannot stand with login or consent",
    ),
    (
        {"prompt": "consent none"},
        "invalid_request",
        "prompt none cannot stand with login or consent",
    ),
    ({"claims": "{"}, "invalid_request", "claims is not JSON"),
    ({"claims": "[" * 100_000}, "invalid_request", "claims is not JSON"),
    ({"claims": "1" * 5_000}, "invalid_request", "claims is not JSON"),
    ({"claims": "[]"}, "invalid_request", "claims must be a JSON object"),
    *[
        (
            {"claims": '{"%s": %s}' % (place, value)},  # noqa: UP031 - the braces are JSON's
            "invalid_request",
            "claims.userinfo and claims.id_token must be objects",
        )
        for place in ("userinfo", "id_token")
        for value in ("[]", "0", '""', "false", '["email"]', "1")
    ],
]


@pytest.mark.parametrize(("changes", "error", "description"), TO_THE_CLIENT)
def test_every_other_mistake_goes_back_to_the_client(
    changes: dict[str, str | None], error: str, description: str
) -> None:
    with pytest.raises(BadRequestError) as caught:
        request(**changes)
    assert (caught.value.error, caught.value.description) == (error, description)
    location = urlsplit(caught.value.location())
    assert caught.value.location().startswith(APP + "?")
    assert dict(parse_qsl(location.query)) == {
        "error": error,
        "error_description": description,
        "state": "s 1",
    }


@pytest.mark.parametrize(
    "name", ["response_type", "scope", "state", "acr_values", "prompt", "ui_locales", "unknown"]
)
def test_no_parameter_but_login_hint_may_come_twice(name: str) -> None:
    doubled = [*parameters(), (name, "a"), (name, "a")]
    with pytest.raises(BadRequestError) as caught:
        parse_request(doubled, find)
    assert caught.value.error == "invalid_request"
    assert caught.value.description == f"{name} occurs more than once"


def test_without_a_state_none_is_sent_back() -> None:
    with pytest.raises(BadRequestError) as caught:
        request(scope=None, state=None)
    assert "state" not in parse_qs(urlsplit(caught.value.location()).query)


def test_a_description_keeps_to_the_characters_of_the_specification() -> None:
    """RFC 6749 section 4.1.2.1 allows ASCII without the quotation mark and the backslash."""
    with pytest.raises(BadRequestError) as caught:
        request(scope='a"b\\cø')
    query = parse_qs(urlsplit(caught.value.location()).query)
    assert query["error_description"] == ["scope a?b?c? is not registered for this client"]


def test_unknown_parameters_are_ignored_and_kept() -> None:
    asked = request(sdk_version="android_v1_14_tab", utm="x")
    assert dict(asked.parameters)["utm"] == "x"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("1", Level.PHONE),
        ("2", Level.PASSWORD),
        ("2 1", Level.PASSWORD),
        ("1 2", Level.PHONE),
        ("urn:mace:silver 2", Level.PASSWORD),
        ("3", None),
        ("٢", None),
        ("", None),
    ],
)
def test_acr_values_are_a_list_of_which_the_first_known_counts(
    text: str, level: Level | None
) -> None:
    assert request(acr_values=text).level is level


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ('{"userinfo": {"email": {"essential": true}}}', {"email"}),
        ('{"id_token": {"phone_number": {"essential": true}}}', {"phone_number"}),
        (
            '{"userinfo": {"email": {"essential": true}}, "id_token": {"a": {"essential": true}}}',
            {"email", "a"},
        ),
        ('{"userinfo": {"email": null}}', set()),
        ('{"userinfo": {"email": {"essential": false}}}', set()),
        ('{"userinfo": {"email": {"essential": "true"}}}', set()),
        ('{"userinfo": {"email": {"value": "a"}}}', set()),
        ('{"userinfo": null}', set()),
        ('{"other": [1]}', set()),
        ("{}", set()),
    ],
)
def test_essential_claims(text: str, claims: set[str]) -> None:
    assert request(claims=text).essential_claims == claims


def test_prompt_none_may_stand_with_no_seam() -> None:
    assert request(prompt="none no_seam").prompt == {Prompt.NONE, Prompt.NO_SEAM}


@pytest.mark.parametrize(
    ("uri", "expected"),
    [
        (APP, APP + "?code=a+b"),
        (WEB, WEB + "&code=a+b"),
        ("https://fakebrand.example", "https://fakebrand.example?code=a+b"),
        ("https://fakebrand.example/?", "https://fakebrand.example/?code=a+b"),
        ("https://fakebrand.example/?a=1&", "https://fakebrand.example/?a=1&code=a+b"),
        ("fakebrand:///callback", "fakebrand:///callback?code=a+b"),
        ("fakebrand:/callback", "fakebrand:/callback?code=a+b"),
        ("urn:ietf:wg:oauth:2.0:oob", "urn:ietf:wg:oauth:2.0:oob?code=a+b"),
    ],
)
def test_an_answer_leaves_the_registered_uri_as_it_is(uri: str, expected: str) -> None:
    assert with_query(uri, [("code", "a b"), ("state", None)]) == expected
