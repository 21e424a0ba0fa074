"""Two libraries that relying parties use: sessions, tokens afterwards, logout, registration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from tests.server.parties.known import CONFIDENTIAL, PUBLIC
from tests.server.parties.listening import Listener, logout_claims
from tests.server.parties.party import refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.server.parties.party import Asked, Library, Party, Tokens
    from tests.server.parties.person import Person


def signed_in(party: Party, person: Person, asked: Asked | None = None) -> Tokens:
    asked = asked or party.ask()
    return party.exchange(person.sign_in(asked.url), asked)


# Asking about the session (OpenID Connect Core 3.1.2.1)


def test_without_a_session_prompt_none_shows_nothing(
    library: Library, issuer: str, person: Person
) -> None:
    party = library.party(issuer, CONFIDENTIAL)
    asked = party.ask(prompt="none")
    person.go(asked.url)
    with refused("login_required"):
        party.exchange(person.left, asked)


def test_with_a_session_prompt_none_signs_in(library: Library, issuer: str, person: Person) -> None:
    party = library.party(issuer, CONFIDENTIAL)
    first = signed_in(party, person)
    asked = party.ask(prompt="none")
    again = party.exchange(person.go(asked.url).left, asked)
    assert again.claims["amr"] == ["SSO"]
    for name in ("sub", "sid", "auth_time", "acr"):
        assert again.claims[name] == first.claims[name]


def test_a_second_client_needs_no_second_sign_in(
    library: Library, issuer: str, person: Person
) -> None:
    first = signed_in(library.party(issuer, CONFIDENTIAL), person)
    second = signed_in(library.party(issuer, PUBLIC), person)
    assert person.screens == []
    assert second.claims["sid"] == first.claims["sid"]


@pytest.mark.parametrize("parameter", ["max_age", "prompt"])
def test_a_new_sign_in_can_be_asked_for(
    library: Library, issuer: str, person: Person, parameter: str
) -> None:
    party = library.party(issuer, CONFIDENTIAL)
    first = signed_in(party, person)
    asked = party.ask(**{parameter: {"max_age": "0", "prompt": "login"}[parameter]})
    again = signed_in(party, person, asked)
    assert person.screens == ["reauth-password"]
    assert again.claims["amr"] == ["UID_PWD"]
    assert int(str(again.claims["auth_time"])) >= int(str(first.claims["auth_time"]))


def test_a_sign_in_that_is_young_enough_is_not_repeated(
    library: Library, issuer: str, person: Person
) -> None:
    party = library.party(issuer, CONFIDENTIAL)
    signed_in(party, person)
    again = signed_in(party, person, party.ask(max_age="10000"))
    assert person.screens == []
    assert again.claims["auth_time"]


def test_an_old_sign_in_is_repeated(library: Library, issuer: str, person: Person) -> None:
    party = library.party(issuer, CONFIDENTIAL)
    signed_in(party, person)
    person.move_clock(days=1)
    person.go(party.ask(max_age="10000").url)
    assert person.screen == "reauth-password"


def test_a_higher_level_is_stepped_up_to(library: Library, issuer: str, person: Person) -> None:
    party = library.party(issuer, PUBLIC)
    assert signed_in(party, person).claims["acr"] == "1"
    again = signed_in(party, person, party.ask(acr_values="2"))
    assert person.screens == ["step-up"]
    assert again.claims["acr"] == "2"


def test_a_hint_names_the_person(library: Library, issuer: str, person: Person) -> None:
    party = library.party(issuer, CONFIDENTIAL)
    tokens = signed_in(party, person)
    asked = party.ask(prompt="none", id_token_hint=tokens.id_token)
    again = party.exchange(person.go(asked.url).left, asked)
    assert again.claims["sub"] == tokens.claims["sub"]


def test_a_hint_at_somebody_else_needs_a_sign_in(
    library: Library, issuer: str, person: Person
) -> None:
    party = library.party(issuer, CONFIDENTIAL)
    signed_in(party, person)
    other = {"id_token": {"sub": {"value": "somebody else"}}}
    asked = party.ask(prompt="none", claims=json.dumps(other))
    person.go(asked.url)
    with refused("login_required"):
        party.exchange(person.left, asked)


# Tokens (RFC 6749 section 6, RFC 7009, OpenID Connect Core 5.3)


def test_a_refresh_token_is_good_once(library: Library, issuer: str, person: Person) -> None:
    party = library.party(issuer, CONFIDENTIAL)
    first = signed_in(party, person)
    second = party.refresh(first)
    assert second.refresh != first.refresh
    assert second.claims["sub"] == first.claims["sub"]
    assert second.claims["auth_time"] == first.claims["auth_time"]
    with refused("invalid_grant"):
        party.refresh(first)


def test_a_refresh_token_used_twice_takes_its_family_with_it(
    library: Library, issuer: str, person: Person
) -> None:
    party = library.party(issuer, PUBLIC)
    first = signed_in(party, person)
    second = party.refresh(first)
    party.userinfo(second)
    with refused("invalid_grant"):
        party.refresh(first)
    with refused("invalid_grant"):
        party.refresh(second)
    with refused("invalid_token"):
        party.userinfo(second)


def test_userinfo_can_be_posted_for(library: Library, issuer: str, person: Person) -> None:
    party = library.party(issuer, CONFIDENTIAL)
    tokens = signed_in(party, person)
    assert party.post_userinfo(tokens) == party.userinfo(tokens)


def test_an_access_token_that_is_given_back_is_not_good(
    library: Library, issuer: str, person: Person
) -> None:
    party = library.party(issuer, CONFIDENTIAL)
    tokens = signed_in(party, person)
    party.revoke(tokens.access)
    with refused("invalid_token"):
        party.userinfo(tokens)
    assert party.userinfo(party.refresh(tokens))["sub"] == tokens.claims["sub"]


def test_a_refresh_token_that_is_given_back_takes_all_with_it(
    library: Library, issuer: str, person: Person
) -> None:
    party = library.party(issuer, PUBLIC)
    tokens = signed_in(party, person)
    party.revoke(tokens.refresh)
    with refused("invalid_token"):
        party.userinfo(tokens)
    with refused("invalid_grant"):
        party.refresh(tokens)


# Signing out (OpenID Connect RP-Initiated Logout 1.0, Back-Channel Logout 1.0)


def test_signing_out_comes_back_with_the_state(
    library: Library, issuer: str, person: Person
) -> None:
    party = library.party(issuer, CONFIDENTIAL)
    tokens = signed_in(party, person)
    person.go(party.sign_out(tokens, "a state & more"))
    assert person.left == "http://localhost:8084/bye?state=a+state+%26+more"
    asked = party.ask(prompt="none")
    person.go(asked.url)
    with refused("login_required"):
        party.exchange(person.left, asked)
    with refused("invalid_token"):
        party.userinfo(tokens)


@pytest.fixture
def listener() -> Iterator[Listener]:
    with Listener() as running:
        yield running


REGISTRATION = {
    "client_name": "A party of its own",
    "redirect_uris": ["http://127.0.0.1:8085/back"],
    "post_logout_redirect_uris": ["http://127.0.0.1:8085/bye"],
    "scope": "openid profile phone email",
}


@pytest.mark.parametrize("method", ["none", "client_secret_basic", "client_secret_post"])
def test_a_client_registers_itself_and_signs_in(
    library: Library, issuer: str, person: Person, method: str
) -> None:
    wanted = {**REGISTRATION, "token_endpoint_auth_method": method}
    party = library.registered(issuer, wanted)
    assert (party.known.secret is None) == (method == "none")
    asked = party.ask()
    person.go(asked.url)
    assert person.service == "A party of its own"
    tokens = party.exchange(person.finish(), asked)
    assert tokens.claims["aud"] == party.known.client_id
    assert party.userinfo(party.refresh(tokens))["sub"] == tokens.claims["sub"]
    person.go(party.sign_out(tokens, "over"))
    assert person.left == "http://127.0.0.1:8085/bye?state=over"


def test_the_other_clients_of_a_session_are_told_that_it_has_ended(
    library: Library, issuer: str, person: Person, listener: Listener
) -> None:
    wanted = {
        **REGISTRATION,
        "token_endpoint_auth_method": "client_secret_basic",
        "backchannel_logout_uri": f"{listener.origin}/backchannel",
        "backchannel_logout_session_required": True,
    }
    told = library.registered(issuer, wanted)
    tokens = signed_in(told, person)
    other = library.party(issuer, CONFIDENTIAL)
    person.go(other.sign_out(signed_in(other, person), "over"))
    claims = logout_claims(listener.next_form()["logout_token"], told)
    assert claims["iss"] == issuer
    assert claims["aud"] == told.known.client_id
    assert claims["sub"] == tokens.claims["sub"]
    assert claims["sid"] == tokens.claims["sid"]
    assert claims["events"] == {"http://schemas.openid.net/event/backchannel-logout": {}}
    assert "nonce" not in claims
    assert "jti" in claims
