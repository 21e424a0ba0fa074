from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import lxml.etree
import lxml.html
import pytest
from hypothesis import given, settings

from studio.client.file import parse
from studio.client.samples import SAMPLES
from studio.device.entry import fields_of
from studio.exporters import oidc
from studio.importers import IMPORTERS
from tests.client.test_file import SMALLEST
from tests.exporters.handovers import handover_of, sample, written
from tests.exporters.strategies import hosted_clients
from tests.site.serving import Asking

if TYPE_CHECKING:
    from studio.client.model import Client
    from studio.pages.hosting import HostedClient

MEMBERS = {
    # RFC 7591, section 2.
    "redirect_uris": list, "token_endpoint_auth_method": str, "grant_types": list,
    "response_types": list, "client_name": str, "scope": str, "contacts": list, "tos_uri": str,
    "policy_uri": str, "software_id": str,
    # OpenID Connect Registration 1.0, section 2.
    "application_type": str, "default_max_age": int, "default_acr_values": list,
    # RP-Initiated Logout 1.0 section 3.1, Back-Channel Logout 1.0 section 2.2.
    "post_logout_redirect_uris": list, "backchannel_logout_uri": str,
    "backchannel_logout_session_required": bool,
    # CONNECT's own.
    oidc.MESSAGE: str,
}  # fmt: skip


def client_of(name: str) -> Client:
    return sample(name).hosted.client


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("environment", oidc.ENVIRONMENTS)
def test_every_member_is_of_a_specification_and_of_its_type(name: str, environment: str) -> None:
    found = oidc.metadata(client_of(name), environment)
    for member, value in found.items():
        kind = MEMBERS[member.partition("#")[0]]
        assert type(value) is kind, member
        assert value not in ("", []), member
    localised = {member for member in found if "#" in member}
    assert {member.partition("#")[0] for member in localised} <= set(found)


def test_the_environments_differ_in_their_addresses_only() -> None:
    client = client_of("strusic")
    staging, production = (oidc.metadata(client, one) for one in oidc.ENVIRONMENTS)
    differing = {name for name in staging | production if staging[name] != production[name]}
    assert differing == {"redirect_uris", "post_logout_redirect_uris"}
    assert staging["redirect_uris"] == ["http://localhost:8084/signed-in"]
    assert production["redirect_uris"] == ["https://play.strusic.example/signed-in"]


def test_a_client_that_keeps_a_secret_authenticates_with_it() -> None:
    methods = [
        oidc.metadata(client_of(name), "production")["token_endpoint_auth_method"]
        for name in ("fakebrand", "all-the-news")
    ]
    assert methods == ["none", "client_secret_basic"]


def test_what_the_client_does_not_say_is_not_there() -> None:
    found = oidc.metadata(parse(SMALLEST, "f.yaml"), "staging")
    assert set(found) & {"contacts", "tos_uri", "policy_uri", "default_max_age"} == set()
    assert not any(name.startswith(oidc.MESSAGE) for name in found)


def test_the_message_is_there_without_a_language_first() -> None:
    text = SMALLEST + "branding: {message: {sv: Hej, nb: Hei}}\nlanguage: {default: nb}\n"
    found = oidc.metadata(parse(text, "f.yaml"), "staging")
    assert list(found.items())[-3:] == [
        ("initial_message", "Hei"),
        ("initial_message#nb", "Hei"),
        ("initial_message#sv", "Hej"),
    ]


def test_an_environment_without_an_address_has_no_files() -> None:
    text = SMALLEST.replace("production:", "staging:") if "staging" not in SMALLEST else SMALLEST
    names = list(oidc.files(written(text)))
    assert [name for name in names if name.endswith(".json")] == ["staging.registration.json"]
    assert all(name.startswith("qr/staging-") for name in names if name.startswith("qr/"))


def test_each_url_asks_for_what_its_entry_is_for() -> None:
    handover = sample("fakebrand")
    every = [one for one in oidc.entries(handover) if one.environment == "production"]
    asked = {one.name: fields_of(one.url)[1] for one in every}
    assert list(asked) == ["sign-in", "secured-area", "sign-in-again", "silent"]
    assert [one.acr_values for one in asked.values()] == ["", "2", "", ""]
    assert [one.prompt for one in asked.values()] == ["", "", "login", "none"]
    assert {one.redirect_uri for one in asked.values()} == {"fakebrand://connect/oauth2callback"}
    names = [one.name for one in oidc.entries(handover) if one.environment == "staging"]
    assert len(set(names)) == len(names) == 8


def test_the_urls_are_of_the_connect_that_is_asked_for() -> None:
    handover = replace(sample("strusic"), base="http://localhost:9000")
    for entry in oidc.entries(handover):
        assert entry.url.startswith("http://localhost:9000/oauth/authorize?client_id=strusic&")


def test_a_client_without_single_sign_on_has_no_silent_entry() -> None:
    text = SMALLEST + "session: {sso: false}\nflow: {level: 2}\n"
    assert [one.name for one in oidc.entries(written(text))] == ["sign-in", "sign-in-again"]


def test_what_the_client_insists_on_is_asked_for() -> None:
    text = SMALLEST + "session: {prompt: [login, consent]}\n"
    first = next(oidc.entries(written(text)))
    assert parse_qs(urlsplit(first.url).query)["prompt"] == ["login consent"]


def test_the_page_shows_each_code_with_its_link() -> None:
    files = oidc.files(sample("hipstagram"))
    page = lxml.html.document_fromstring(files["authorization.html"].decode())
    urls = [one.url for one in oidc.entries(sample("hipstagram"))]
    assert page.xpath("//article//a/@href") == urls
    assert page.xpath("//h2/text()") == ["staging", "production"]
    pictures = page.xpath("//article/img/@src")
    assert pictures == [name for name in files if name.startswith("qr/")]
    for name in pictures:
        svg = lxml.etree.fromstring(files[str(name)])
        assert (svg.get("viewBox") or "").startswith("0 0 ")
    lines = files["authorization.txt"].decode().splitlines()
    assert [line.split()[2] for line in lines] == urls


@settings(max_examples=40, deadline=None)
@given(hosted_clients())
def test_a_registration_comes_back_as_the_same_metadata(hosted: HostedClient) -> None:
    for environment in oidc.ENVIRONMENTS:
        before = oidc.metadata(hosted.client, environment)
        if "redirect_uris" in before:
            text = json.dumps(before).encode()
            taken = IMPORTERS["oidc"].read(text, f"{environment}.registration.json")
            again = parse(taken.text, "new.client.yaml")
            spoken = oidc.metadata(again, environment)
            before.pop(oidc.MESSAGE, None)
            spoken.pop(oidc.MESSAGE, None)
            assert spoken == before


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("environment", oidc.ENVIRONMENTS)
def test_serve_registers_the_client_as_it_is_exported(name: str, environment: str) -> None:
    sent = oidc.files(sample(name))[f"{environment}.registration.json"]
    reply = Asking().ask("POST", "/oauth/register", data=sent, content_type="application/json")
    assert reply.status_code == 201
    told, asked = reply.get_json(), json.loads(sent)
    kept = {name: value for name, value in asked.items() if name in told}
    assert kept == {name: told[name] for name in kept}
    ignored = {name.partition("#")[0] for name in asked.keys() - kept.keys()}
    assert ignored == {"software_id", "contacts", oidc.MESSAGE}


def test_the_same_client_gives_the_same_bytes() -> None:
    one = oidc.files(sample("all-the-news"))
    assert one == oidc.files(handover_of(sample("all-the-news").hosted))
