"""What the OpenID conformance suite asks of a provider, where no other test here asks it.

docs/conformance.md says which module is which test.
"""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import pytest
import requests
from joserfc import jws

from tests.server.given import serving as served
from tests.server.parties.authlib_party import WAITING, Authlib, AuthlibParty
from tests.server.parties.known import CONFIDENTIAL, PUBLIC, SECRET
from tests.server.parties.party import refused
from tests.server.parties.person import EMAIL, PHONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from studio.server.serving import Serving
    from tests.server.parties.party import Asked, Party, Tokens
    from tests.server.parties.person import Person


@pytest.fixture(scope="module")
def serving() -> Iterator[Serving]:
    """One for all: nobody here moves the clock or gets an SMS, which are limited."""
    with served("strusic", "fakebrand", secrets={"strusic": SECRET}) as running:
        yield running


@pytest.fixture
def party(issuer: str) -> Party:
    return AuthlibParty(issuer, CONFIDENTIAL)


def signed_in(party: Party, person: Person) -> Tokens:
    asked = party.ask()
    return party.exchange(person.sign_in(asked.url), asked)


def changed(asked: Asked, **parameters: str | None) -> str:
    """Return the address of a request with other parameters; None leaves one out."""
    address, _, query = asked.url.partition("?")
    values = {**dict(parse_qsl(query)), **parameters}
    return f"{address}?{urlencode({name: one for name, one in values.items() if one is not None})}"


# The authorisation request


@pytest.mark.parametrize(
    "parameters",
    [
        {"display": "page"},
        {"display": "popup"},
        {"ui_locales": "nb en"},
        {"claims_locales": "nb"},
        {"login_hint": EMAIL},
        {"acr_values": "2 1"},
        {"extra": "foobar"},
        {"scope": "phone openid"},
        {"max_age": "10000"},
        {"claims": '{"userinfo": {"name": {"essential": true}}}'},
    ],
    ids=lambda parameters: next(iter(parameters)),
)
def test_a_request_for_more_is_answered(
    party: Party, person: Person, parameters: dict[str, str]
) -> None:
    asked = party.ask(**parameters)
    tokens = party.exchange(person.sign_in(asked.url), asked)
    assert tokens.claims["acr"] == "2"
    assert tokens.claims["auth_time"]


def test_the_order_of_parameters_and_scopes_means_nothing(party: Party, person: Person) -> None:
    asked = party.ask(scope="email phone profile openid")
    address, _, query = asked.url.partition("?")
    arrived = person.sign_in(f"{address}?{'&'.join(reversed(query.split('&')))}")
    assert party.userinfo(party.exchange(arrived, asked))["email"] == EMAIL


def test_a_login_hint_is_filled_in(party: Party, person: Person) -> None:
    person.go(party.ask(login_hint=EMAIL).url)
    assert person.field("identifier") == EMAIL


def test_the_pages_speak_the_language_asked_for(party: Party, person: Person) -> None:
    person.go(party.ask(ui_locales="xx nb").url)
    assert person.document.get("lang") == "nb"


def test_a_nonce_may_be_left_out(party: Party, person: Person) -> None:
    asked = party.ask()
    arrived = person.sign_in(changed(asked, nonce=None))
    assert "nonce" not in party.exchange(arrived, replace(asked, nonce="")).claims


TOLD = {
    "openid profile": {"name"},
    "openid email": {"email", "email_verified"},
    "openid phone": {"phone_number", "phone_number_verified"},
    "openid profile email phone": {
        *("name", "email", "email_verified", "phone_number", "phone_number_verified"),
    },
}


@pytest.mark.parametrize("scope", TOLD)
def test_a_scope_tells_its_claims(party: Party, person: Person, scope: str) -> None:
    asked = party.ask(scope=scope)
    tokens = party.exchange(person.sign_in(asked.url), asked)
    assert party.userinfo(tokens).keys() - {"sub", "locale"} == TOLD[scope]


REFUSED: Mapping[str, tuple[dict[str, str | None], str]] = {
    "response_type missing": ({"response_type": None}, "invalid_request"),
    "response_type unknown": ({"response_type": "id_token"}, "unsupported_response_type"),
    "scope address": ({"scope": "openid address"}, "invalid_scope"),
    "request": ({"request": "eyJhbGciOiJub25lIn0.e30."}, "request_not_supported"),
    "request_uri": ({"request_uri": "https://party.example/r"}, "request_uri_not_supported"),
    "prompt none and login": ({"prompt": "none login"}, "invalid_request"),
}


@pytest.mark.parametrize("mistake", REFUSED)
def test_a_request_that_cannot_be_is_refused_by_redirect(
    party: Party, person: Person, mistake: str
) -> None:
    parameters, error = REFUSED[mistake]
    asked = party.ask()
    person.go(changed(asked, **parameters))
    assert person.left.startswith(CONFIDENTIAL.redirect_uri)
    assert person.answer["error"] == error
    assert person.answer["state"] == asked.state


def with_query(issuer: str) -> Party:
    """Return a party whose redirect URI has a query of its own."""
    return Authlib().registered(issuer, {"redirect_uris": ["http://127.0.0.1:8085/back?tenant=7"]})


def test_a_redirect_uri_may_have_a_query(issuer: str, person: Person) -> None:
    party = with_query(issuer)
    asked = party.ask()
    arrived = person.sign_in(asked.url)
    assert arrived.startswith("http://127.0.0.1:8085/back?tenant=7&code=")
    assert party.exchange(arrived, asked).claims["sub"]


@pytest.mark.parametrize(
    "uri",
    [
        None,
        "http://127.0.0.1:8085/back",
        "http://127.0.0.1:8085/back?tenant=8",
        "http://127.0.0.1:8085/back?tenant=7&more=1",
        "http://127.0.0.1:8086/back?tenant=7",
    ],
)
def test_a_redirect_uri_is_the_registered_one(issuer: str, person: Person, uri: str | None) -> None:
    person.go(changed(with_query(issuer).ask(), redirect_uri=uri))
    assert person.left == ""
    assert person.status == 400


# Tokens


def test_an_id_token_is_signed_with_a_published_key(party: Party, person: Person) -> None:
    tokens = signed_in(party, person)
    header = jws.extract_compact(tokens.id_token.encode()).headers()
    keys = requests.get(str(party.metadata["jwks_uri"]), timeout=WAITING).json()["keys"]
    assert header["alg"] == "RS256"
    assert header["kid"] in {one["kid"] for one in keys}
    assert all("d" not in one for one in keys)


def test_a_refresh_token_of_another_client_is_refused_and_stays_good(
    issuer: str, party: Party, person: Person
) -> None:
    tokens = signed_in(party, person)
    with refused("invalid_grant"):
        AuthlibParty(issuer, PUBLIC).refresh(tokens)
    assert party.refresh(tokens).claims["sub"] == tokens.claims["sub"]


def test_a_refresh_token_ends_with_the_session(party: Party, person: Person) -> None:
    tokens = signed_in(party, person)
    person.go(party.sign_out(tokens, "over"))
    with refused("invalid_grant"):
        party.refresh(tokens)


# Registration


def test_a_fragment_cannot_be_registered(issuer: str) -> None:
    with refused("invalid_redirect_uri"):
        Authlib().registered(issuer, {"redirect_uris": ["https://party.example/back#here"]})


def test_what_is_registered_of_the_service_is_shown(issuer: str, person: Person) -> None:
    party = Authlib().registered(
        issuer,
        {
            "redirect_uris": ["http://127.0.0.1:8085/back"],
            "client_name": "A party of its own",
            "tos_uri": "https://party.example/terms",
            "policy_uri": "https://party.example/privacy",
            "logo_uri": "https://party.example/logo.png",
        },
    )
    person.go(party.ask().url).send(identifier=PHONE)
    assert person.service == "A party of its own"
    links = person.document.xpath("//main//a/@href")
    assert "https://party.example/terms" in links
    assert "https://party.example/privacy" in links
    assert "logo.png" not in person.text


# Signing out (RP-Initiated Logout 1.0)


def unsigned(token: str) -> str:
    """Return a token with `none` for its algorithm, and no signature."""
    header = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).rstrip(b"=").decode()
    return f"{header}.{token.split('.')[1]}."


def sign_out(party: Party, person: Person, **parameters: str) -> Person:
    address = str(party.metadata["end_session_endpoint"])
    return person.go(f"{address}?{urlencode(parameters)}" if parameters else address)


AFTER = str(CONFIDENTIAL.after)


def is_signed_in(party: Party, person: Person) -> bool:
    """Tell whether the browser has a session still."""
    person.go(party.ask(prompt="none").url)
    return "code" in person.answer


@pytest.mark.parametrize("after", [f"{AFTER}/other", f"{AFTER}?more=1", "https://evil.example/"])
def test_an_address_after_signing_out_is_a_registered_one(
    party: Party, person: Person, after: str
) -> None:
    token = signed_in(party, person).id_token
    sign_out(party, person, id_token_hint=token, post_logout_redirect_uri=after, state="s")
    assert (person.left, person.status) == ("", 400)
    assert is_signed_in(party, person)


@pytest.mark.parametrize("spoil", [unsigned, lambda token: f"{token[:-8]}AAAAAAAA", lambda _: "x"])
def test_a_hint_that_is_not_ours_signs_nobody_out(
    party: Party, person: Person, spoil: type[str]
) -> None:
    hint = spoil(signed_in(party, person).id_token)
    sign_out(party, person, id_token_hint=hint, post_logout_redirect_uri=AFTER, state="s")
    assert (person.left, person.status) == ("", 400)
    assert is_signed_in(party, person)


@pytest.mark.parametrize(
    "parameters",
    [
        {},
        {"state": "s"},
        {"client_id": "strusic"},
        {"client_id": "strusic", "post_logout_redirect_uri": AFTER, "state": "s"},
    ],
    ids=["nothing", "state", "client_id", "address"],
)
def test_without_a_hint_the_person_is_asked(
    party: Party, person: Person, parameters: dict[str, str]
) -> None:
    signed_in(party, person)
    sign_out(party, person, **parameters)
    assert (person.left, person.status) == ("", 200)
    assert person.document.xpath("//form[@method='post']")
    assert is_signed_in(party, person)


def test_an_address_of_nobody_is_refused(party: Party, person: Person) -> None:
    signed_in(party, person)
    sign_out(party, person, post_logout_redirect_uri=AFTER)
    assert (person.left, person.status) == ("", 400)


@pytest.mark.parametrize("state", [None, "a state"])
def test_signing_out_needs_no_state_and_no_address(
    party: Party, person: Person, state: str | None
) -> None:
    token = signed_in(party, person).id_token
    more = {"state": state} if state else {}
    sign_out(party, person, id_token_hint=token, **more)
    assert (person.left, person.status) == ("", 200)
    assert not is_signed_in(party, person)


def test_without_a_state_none_comes_back(party: Party, person: Person) -> None:
    token = signed_in(party, person).id_token
    sign_out(party, person, id_token_hint=token, post_logout_redirect_uri=AFTER)
    assert person.left == AFTER
