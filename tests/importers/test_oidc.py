"""Client metadata, taken over; the round trip is in tests/exporters/test_oidc.py."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from studio.client.file import parse
from studio.engine.policy import Level
from studio.importers import ImportFileError, guessed
from studio.importers.oidc import read
from tests.importers.limited import answers

if TYPE_CHECKING:
    from pathlib import Path

    from studio.client.model import Client

SMALLEST = {"redirect_uris": ["https://a.example/back"], "client_name": "A thing"}
# An answer as RFC 7591, section 3.2.1, shows it, with members of other specifications.
ANSWER = {
    "client_id": "s6BhdRkqt3",
    "client_secret": "cf136dc3c1fc93f31185e5885805d",
    "client_id_issued_at": 2893256800,
    "client_secret_expires_at": 2893276800,
    "redirect_uris": ["https://a.example/back", "http://localhost:8080/back", "http://b.example/"],
    "grant_types": ["authorization_code", "refresh_token"],
    "client_name": "My Example Client",
    "client_name#ja-Jpan-JP": "クライアント名",
    "token_endpoint_auth_method": "private_key_jwt",
    "logo_uri": "https://a.example/logo.png",
    "jwks_uri": "https://a.example/keys.jwks",
    "contacts": ["one@a.example", "two@a.example"],
    "default_acr_values": ["urn:mace:incommon:iap:silver", "2"],
    "default_max_age": 600,
    "subject_type": "pairwise",
    "tos_uri": "ftp://a.example/terms",
    "scope": "profile email",
}


def taken(content: object, name: str = "t.json") -> tuple[Client, tuple[str, ...]]:
    found = read(json.dumps(content).encode(), name)
    assert (found.logo, found.logo_name) == (None, None)
    return parse(found.text, "t"), found.left_out


def test_the_smallest_registration_is_enough() -> None:
    client, left_out = taken(SMALLEST)
    assert client.registration.name == "A thing"
    assert client.registration.id == "a-thing"
    assert client.registration.redirect_uris.production == ("https://a.example/back",)
    # RFC 7591, section 2: client_secret_basic where nothing is said.
    assert client.registration.confidential
    assert left_out == (
        "/scope: openid is added; sign-in is not possible without it",
        "/client_id: there is none that a client file can have; a-thing is made up",
    )


def test_an_answer_of_a_provider_is_taken_over_without_its_secrets() -> None:
    client, left_out = taken(ANSWER)
    own = client.registration
    assert own.id == "s6BhdRkqt3"
    assert own.redirect_uris.staging == ("http://localhost:8080/back",)
    assert own.redirect_uris.production == ("https://a.example/back",)
    assert own.contact == "one@a.example"
    assert own.scopes == ("openid", "profile", "email")
    assert own.terms_uri is None
    assert client.flow.level is Level.PASSWORD
    assert client.session.max_age == 600
    told = {line.partition(":")[0] for line in left_out}
    assert told == {
        "/client_secret", "/client_name#ja-Jpan-JP", "/token_endpoint_auth_method", "/logo_uri",
        "/jwks_uri", "/contacts", "/default_acr_values", "/subject_type", "/tos_uri", "/scope",
        "/redirect_uris",
    }  # fmt: skip
    assert not any("cf136dc3" in line for line in left_out)
    assert any('"http://b.example/" must begin with https://' in line for line in left_out)


@pytest.mark.parametrize(
    ("name", "staging", "production"),
    [("staging.registration.json", 2, 0), ("Production.json", 0, 2), ("a.json", 1, 1)],
)
def test_the_name_of_the_file_tells_the_environment(
    name: str, staging: int, production: int
) -> None:
    uris = ["https://a.example/back", "http://127.0.0.1/back"]
    client, _left_out = taken({**SMALLEST, "redirect_uris": uris}, name)
    found = client.registration.redirect_uris
    assert (len(found.staging), len(found.production)) == (staging, production)


def test_messages_keep_their_languages() -> None:
    both = {"initial_message": "Hi", "initial_message#nb": "Hei", "initial_message#xx": "?"}
    client, left_out = taken({**SMALLEST, **both})
    assert dict(client.branding.message) == {"nb": "Hei"}
    assert any(line.startswith("/initial_message#xx: ") for line in left_out)
    client, _left_out = taken({**SMALLEST, "initial_message": "Hi"})
    assert dict(client.branding.message) == {"en": "Hi"}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"redirect_uris": None}, "t.json: /redirect_uris: is missing; one address is needed"),
        ({"redirect_uris": []}, "t.json: /redirect_uris: is missing; one address is needed"),
        ({"redirect_uris": "https://a.example"}, "t.json: /redirect_uris: must be a list of texts"),
        ({"redirect_uris": [["a"]]}, "t.json: /redirect_uris: must be a list of texts"),
        ({"redirect_uris": ["http://a.example"]}, "t.json: /redirect_uris: holds no address; one"),
        ({"client_name": ""}, "t.json: /client_name: is missing; it has no default"),
        ({"client_name": None}, "t.json: /client_name: is missing; it has no default"),
        ({"client_name": {"a": 1}}, "t.json: /client_name: must be one value"),
        ({"contacts": "one@a.example"}, "t.json: /contacts: must be a list of texts"),
        ({"scope": ["openid"]}, "t.json: /scope: must be one value"),
    ],
)
def test_metadata_that_cannot_be_a_client_are_refused(change: dict[str, object], line: str) -> None:
    with pytest.raises(ImportFileError) as caught:
        taken({name: value for name, value in {**SMALLEST, **change}.items() if value is not None})
    assert str(caught.value).startswith(line)
    assert "\n" not in str(caught.value)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
_NAMES = st.sampled_from([*ANSWER, "initial_message", "initial_message#nb", "software_id", "x"])


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(_NAMES, _JSON, max_size=4))
@example({"client_id": {"\x1e": -(10**15)}})
@example({"contacts": ["one@a.example", "two\n@a.example"]})
@example({"client_name": "a\x85b", "x": {"\u2028": 10**15}})
def test_whatever_stands_in_a_member_it_is_read_or_refused_in_a_line(
    members: dict[str, object],
) -> None:
    try:
        client, left_out = taken({**SMALLEST, **members})
        told = "\n".join(left_out)
        lines = len(left_out)
        assert client.registration.redirect_uris
    except ImportFileError as error:
        told, lines = str(error), 1
    assert len(told.splitlines()) == lines


def test_files_made_to_hurt_are_refused_soon_and_in_little_memory(tmp_path: Path) -> None:
    uris = [f"https://a.example/{index}" for index in range(900)]
    hurting = {
        "truncated": json.dumps(ANSWER).encode()[:-1],
        "nested": b'{"redirect_uris":' + b"[" * 1_000_000,
        "enormous": json.dumps({**SMALLEST, "client_uri": "a" * 3_000_000}).encode(),
        "members": json.dumps({str(index): 0 for index in range(100_000)}).encode(),
        "all-wrong": json.dumps(
            {**SMALLEST, "redirect_uris": [uri.replace("s", "", 1) for uri in uris]}
        ).encode(),
        "long-name": json.dumps({**SMALLEST, "client_name": "a" * 1_900_000}).encode(),
    }
    many = json.dumps({**SMALLEST, "redirect_uris": uris}).encode()
    told = answers(tmp_path, "oidc", {**hurting, "many": many})
    assert told.pop("many") == "read"
    assert all(one.startswith("t:") for one in told.values()), told


def test_what_metadata_look_like() -> None:
    for content, expected in (
        (json.dumps(ANSWER).encode(), "oidc"),
        (b'{"redirect_uris" : [', "oidc"),
        (b'{"registration": {"redirect_uris": []}}', "config"),
        (b'{"properties": {"redirect_uris": {}}}', None),
        (b"[]", None),
    ):
        found = guessed(content, "t.json")
        assert (found.name if found else None) == expected
