"""Two libraries that relying parties use sign in: codes, ID tokens, claims, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest

from tests.server.given import serving as served
from tests.server.parties.known import CONFIDENTIAL, PUBLIC, STRANGE_SECRET
from tests.server.parties.openid_client_party import OpenidClient
from tests.server.parties.party import refused
from tests.server.parties.person import EMAIL, PHONE, Person

if TYPE_CHECKING:
    from tests.server.parties.openid_client_party import Program
    from tests.server.parties.party import Known, Library


def test_discovery_tells_all_that_the_library_needs(library: Library, issuer: str) -> None:
    metadata = library.party(issuer, PUBLIC).metadata
    assert metadata["issuer"] == issuer
    endpoints = [value for name, value in metadata.items() if name.endswith(("_endpoint", "_uri"))]
    assert len(endpoints) == 7
    assert all(str(one).startswith(f"{issuer}/") for one in endpoints)
    assert metadata["code_challenge_methods_supported"] == ["S256"]


def test_a_public_client_signs_in_at_level_1(library: Library, issuer: str, person: Person) -> None:
    party = library.party(issuer, PUBLIC)
    asked = party.ask()
    tokens = party.exchange(person.sign_in(asked.url), asked)
    assert person.screens == ["start", "verify-phone"]
    assert tokens.claims["iss"] == issuer
    assert tokens.claims["aud"] == "fakebrand"
    assert tokens.claims["nonce"] == asked.nonce
    assert tokens.claims["acr"] == "1"
    assert tokens.claims["amr"] == ["OTP"]
    told = party.userinfo(tokens)
    assert told["sub"] == tokens.claims["sub"]
    assert told["phone_number"] == PHONE
    assert told["phone_number_verified"] is True


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_a_confidential_client_signs_in_at_level_2(
    library: Library, issuer: str, person: Person, method: str
) -> None:
    party = library.party(issuer, replace(CONFIDENTIAL, method=method))
    asked = party.ask()
    tokens = party.exchange(person.sign_in(asked.url), asked)
    assert "password" in person.screens
    assert tokens.claims["acr"] == "2"
    assert party.userinfo(tokens)["email"] == EMAIL


@pytest.mark.parametrize(
    "known",
    [
        replace(CONFIDENTIAL, secret="guessed"),
        replace(CONFIDENTIAL, secret="guessed", method="client_secret_post"),
        replace(CONFIDENTIAL, secret=None, method="none"),
    ],
    ids=["basic", "post", "none"],
)
def test_a_client_without_its_secret_is_refused(
    library: Library, issuer: str, person: Person, known: Known
) -> None:
    party = library.party(issuer, known)
    asked = party.ask()
    arrived = person.sign_in(asked.url)
    with refused("invalid_client"):
        party.exchange(arrived, asked)


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_a_secret_may_have_any_characters(program: Program, method: str) -> None:
    # With openid-client alone: Authlib sends a secret by HTTP Basic without encoding it.
    known = replace(CONFIDENTIAL, method=method, secret=STRANGE_SECRET)
    with served("strusic", secrets={"strusic": STRANGE_SECRET}) as running:
        place = running.place
        party = OpenidClient(program).party(place.issuer, known)
        asked = party.ask()
        with Person(place.origin) as person:
            assert party.exchange(person.sign_in(asked.url), asked).claims["acr"] == "2"


def test_a_code_with_the_wrong_verifier_is_refused(
    library: Library, issuer: str, person: Person
) -> None:
    party = library.party(issuer, PUBLIC)
    asked, other = party.ask(), party.ask()
    arrived = person.sign_in(asked.url)
    with refused("invalid_grant"):
        party.exchange(arrived, replace(asked, verifier=other.verifier))


def test_a_code_used_twice_takes_its_tokens_with_it(
    library: Library, issuer: str, person: Person
) -> None:
    party = library.party(issuer, PUBLIC)
    asked = party.ask()
    arrived = person.sign_in(asked.url)
    tokens = party.exchange(arrived, asked)
    party.userinfo(tokens)
    with refused("invalid_grant"):
        party.exchange(arrived, asked)
    with refused("invalid_token"):
        party.userinfo(tokens)
    with refused("invalid_grant"):
        party.refresh(tokens)


def test_a_code_of_another_client_is_refused_and_stays_good(
    library: Library, issuer: str, person: Person
) -> None:
    party, thief = library.party(issuer, PUBLIC), library.party(issuer, CONFIDENTIAL)
    asked = party.ask()
    arrived = person.sign_in(asked.url)
    with refused("invalid_grant"):
        thief.exchange(arrived, asked)
    assert party.exchange(arrived, asked).claims["aud"] == "fakebrand"


def test_state_and_issuer_come_back_in_every_answer(
    library: Library, issuer: str, person: Person
) -> None:
    party = library.party(issuer, PUBLIC)
    state = 'a state: 50% + & = / " é'
    person.sign_in(party.ask(state=state).url)
    assert person.answer["state"] == state
    assert person.answer["iss"] == issuer
    person.go(party.ask(state=state, prompt="none", claims="no JSON").url)
    assert person.answer["error"] == "invalid_request"
    assert person.answer["state"] == state
    assert person.answer["iss"] == issuer


def test_an_answer_to_another_request_is_not_taken(
    library: Library, issuer: str, person: Person
) -> None:
    party = library.party(issuer, PUBLIC)
    asked, other = party.ask(), party.ask()
    arrived = person.sign_in(asked.url)
    with pytest.raises(Exception, match=r"(?i)state|INVALID_RESPONSE"):
        party.exchange(arrived, replace(asked, state=other.state))
    assert party.exchange(arrived, asked).claims["nonce"] == asked.nonce


def test_claims_are_told_where_they_are_asked_for(
    library: Library, issuer: str, person: Person
) -> None:
    party = library.party(issuer, replace(PUBLIC, scope="openid"))
    asked = party.ask(claims='{"id_token": {"phone_number": null}, "userinfo": {"name": null}}')
    tokens = party.exchange(person.sign_in(asked.url), asked)
    assert tokens.claims["phone_number"] == PHONE
    assert "name" not in tokens.claims
    assert party.userinfo(tokens) == {"sub": tokens.claims["sub"], "name": "Example User"}


def test_a_form_may_ask_too(library: Library, issuer: str, person: Person) -> None:
    party = library.party(issuer, PUBLIC)
    asked = party.ask()
    address, _, query = asked.url.partition("?")
    person.go(address, dict(parse_qsl(query)))
    assert party.exchange(person.finish(), asked).claims["aud"] == "fakebrand"


def test_an_address_that_is_not_registered_gets_no_answer(
    library: Library, issuer: str, person: Person
) -> None:
    elsewhere = replace(PUBLIC, redirect_uri="http://localhost:8081/oauth2callback/other")
    person.go(library.party(issuer, elsewhere).ask().url)
    assert person.left == ""
    assert person.status == 400
    assert "redirect_uri" in person.document.text_content()


def test_an_unknown_client_gets_no_answer(library: Library, issuer: str, person: Person) -> None:
    person.go(library.party(issuer, replace(PUBLIC, client_id="nobody")).ask().url)
    assert person.left == ""
    assert person.status == 400


def test_going_back_is_an_answer(library: Library, issuer: str, person: Person) -> None:
    party = library.party(issuer, PUBLIC)
    asked = party.ask()
    person.go(asked.url).send(action="back")
    with refused("access_denied"):
        party.exchange(person.left, asked)
