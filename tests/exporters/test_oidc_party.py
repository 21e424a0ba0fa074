"""A relying party made of Authlib registers with what was exported, and somebody signs in to it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from studio.client.samples import SAMPLES
from studio.exporters import oidc
from tests.exporters.handovers import sample
from tests.server.given import serving as served
from tests.server.parties.authlib_party import Authlib
from tests.server.parties.person import PHONE, Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.server.serving import Serving


@pytest.fixture(scope="module")
def serving() -> Iterator[Serving]:
    """CONNECT with no client of a file but one, which is not asked for."""
    with served("fakebrand") as running:
        yield running


@pytest.mark.parametrize("environment", oidc.ENVIRONMENTS)
@pytest.mark.parametrize("name", SAMPLES)
def test_somebody_signs_in_to_a_party_that_has_registered_itself(
    serving: Serving, name: str, environment: str
) -> None:
    given = sample(name)
    metadata = json.loads(oidc.files(given)[f"{environment}.registration.json"])
    party = Authlib().registered(serving.place.issuer, metadata)
    client = given.hosted.client
    uris = getattr(client.registration.redirect_uris, environment)
    assert party.known.client_id != client.registration.id
    assert (party.known.secret is not None) == client.registration.confidential
    assert party.known.redirect_uri == uris[0]
    with Person(serving.place.origin) as person:
        asked = party.ask()
        assert person.go(asked.url).service == client.registration.name
        tokens = party.exchange(person.finish(), asked)
    assert tokens.claims["acr"] == str(client.flow.level.value)
    assert party.userinfo(tokens)["phone_number"] == PHONE


@pytest.mark.parametrize("name", SAMPLES)
def test_each_url_that_was_exported_leads_to_its_screen(serving: Serving, name: str) -> None:
    given = sample(name)
    metadata = json.loads(oidc.files(given)["staging.registration.json"])
    party = Authlib().registered(serving.place.issuer, metadata)
    own = f"client_id={given.hosted.client.registration.id}&"
    for entry in oidc.entries(given):
        if entry.environment != "staging" or entry.redirect_uri != party.known.redirect_uri:
            continue
        _origin, path = entry.url.split("/oauth/", 1)
        url = f"{serving.place.issuer}/{path.replace(own, f'client_id={party.known.client_id}&')}"
        with Person(serving.place.origin) as person:
            person.go(f"{url}&state=s&code_challenge={'c' * 43}&code_challenge_method=S256")
            if entry.name == "silent":
                assert person.answer["error"] == "login_required"
            else:
                assert person.screen == "start"
