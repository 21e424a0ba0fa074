"""The OpenAPI description that is served is true to what the endpoints do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pytest
import requests
import schemathesis
import yaml
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from studio.resources import folder
from tests.server.given import serving
from tests.server.parties.authlib_party import AuthlibParty
from tests.server.parties.known import PUBLIC
from tests.server.parties.person import Person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from schemathesis import BaseSchema, CheckFunction
    from schemathesis.core.jsonschema.types import JsonValue

    from studio.server.serving import Serving

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = {GenerationMode.POSITIVE: 12, GenerationMode.NEGATIVE: 6}
"""Requests to each operation of the kind that is described, and of one that is not."""

FORM = "application/x-www-form-urlencoded"
JSON = "application/json"
METHODS = {"get", "post", "put", "patch", "delete"}
WAITING = 10
"""Seconds for an answer."""

PATHS = yaml.safe_load((folder("assets") / "openapi.yaml").read_text("utf-8"))["paths"]
OPERATIONS = [(path, method) for path, item in PATHS.items() for method in item]
CAN_BE_MISTAKEN = [
    (path, method)
    for path, method in OPERATIONS
    if {"parameters", "requestBody"} & PATHS[path][method].keys()
]


@pytest.fixture(scope="module")
def running() -> Iterator[Serving]:
    with serving("fakebrand", "strusic") as started:
        yield started


@pytest.fixture(scope="module")
def described(running: Serving) -> BaseSchema:
    return schemathesis.openapi.from_url(f"{running.url}studio/openapi.json")


class Asking(Protocol):
    """A request as schemathesis makes it, for an operation of any kind."""

    def call_and_validate(
        self,
        *,
        checks: list[CheckFunction],
        headers: dict[str, str],
        allow_redirects: bool,
        timeout: int,
    ) -> schemathesis.Response: ...


def ask(case: Asking, **headers: str) -> schemathesis.Response:
    """Ask, and check the answer; redirects are answers too."""
    return case.call_and_validate(
        checks=CHECKS, headers=headers, allow_redirects=False, timeout=WAITING
    )


@pytest.mark.parametrize(
    ("path", "method", "mode"),
    [(*one, GenerationMode.POSITIVE) for one in OPERATIONS]
    + [(*one, GenerationMode.NEGATIVE) for one in CAN_BE_MISTAKEN],
)
def test_every_answer_is_as_described(
    described: BaseSchema, path: str, method: str, mode: GenerationMode
) -> None:
    @given(case=described[path][method].as_strategy(generation_mode=mode))
    @settings(
        max_examples=EXAMPLES[mode],
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    def answered(case: Asking) -> None:
        ask(case)

    answered()


@pytest.mark.parametrize("path", PATHS)
def test_other_methods_are_told_what_is_allowed(running: Serving, path: str) -> None:
    with requests.Session() as session:
        for method in METHODS - PATHS[path].keys():
            answer = session.request(method, f"{running.place.origin}{path}", timeout=WAITING)
            assert answer.status_code == 405
            allowed = {one.strip().lower() for one in answer.headers["Allow"].split(",")}
            assert PATHS[path].keys() <= allowed
            assert method not in allowed


def test_the_metadata_tell_of_back_channel_logout(described: BaseSchema) -> None:
    for path in PATHS:
        if ".well-known" in path:
            told = ask(described[path]["get"].Case()).json()
            assert told["backchannel_logout_supported"] is True
            assert told["backchannel_logout_session_supported"] is True
            assert {"iss", "sub", "sid"} <= set(told["claims_supported"])


@pytest.fixture(scope="module")
def tokens(described: BaseSchema, running: Serving) -> dict[str, str]:
    """What the token endpoint gives for the code of a person who has signed in."""
    asked = AuthlibParty(running.place.issuer, PUBLIC).ask()
    with Person(running.place.origin) as person:
        person.sign_in(asked.url)
    exchange: dict[str, JsonValue] = {
        "grant_type": "authorization_code",
        "code": person.answer["code"],
        "redirect_uri": PUBLIC.redirect_uri,
        "code_verifier": asked.verifier,
        "client_id": PUBLIC.client_id,
    }
    answer = ask(described["/oauth/token"]["post"].Case(body=exchange, media_type=FORM))
    assert answer.status_code == 200
    told: dict[str, str] = answer.json()
    return told


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/oauth/userinfo", "get"),
        ("/oauth/userinfo", "post"),
        ("/oauth/tokeninfo", "get"),
    ],
)
def test_what_a_token_opens_is_as_described(
    described: BaseSchema, tokens: dict[str, str], path: str, method: str
) -> None:
    case = described[path][method].Case()
    answer = ask(case, Authorization=f"Bearer {tokens['access_token']}")
    assert answer.status_code == 200
    assert answer.json()["sub"]


def test_a_token_in_the_body_is_as_good(described: BaseSchema, tokens: dict[str, str]) -> None:
    body: dict[str, JsonValue] = {"access_token": tokens["access_token"]}
    case = described["/oauth/userinfo"]["post"].Case(body=body, media_type=FORM)
    assert ask(case).status_code == 200
    twice = ask(case, Authorization=f"Bearer {tokens['access_token']}")
    assert twice.status_code == 400


def test_messages_are_as_described(described: BaseSchema, tokens: dict[str, str]) -> None:
    assert tokens["id_token"]
    answer = ask(described["/studio/inbox.json"]["get"].Case())
    assert answer.json()["messages"][-1]["kind"] == "sms"


def test_a_registration_is_as_described(described: BaseSchema) -> None:
    body: dict[str, JsonValue] = {
        "redirect_uris": ["https://party.example/back"],
        "client_name": "A party",
    }
    answer = ask(described["/oauth/register"]["post"].Case(body=body, media_type=JSON))
    assert answer.status_code == 201


def test_giving_back_a_token_is_as_described(described: BaseSchema, tokens: dict[str, str]) -> None:
    body: dict[str, JsonValue] = {"token": tokens["refresh_token"], "client_id": PUBLIC.client_id}
    answer = ask(described["/oauth/revoke"]["post"].Case(body=body, media_type=FORM))
    assert answer.status_code == 200
    case = described["/oauth/userinfo"]["get"].Case()
    assert ask(case, Authorization=f"Bearer {tokens['access_token']}").status_code == 401


@pytest.mark.parametrize(("kind", "status"), [(JSON, 200), (FORM, 303)])
def test_moving_the_clock_is_as_described(described: BaseSchema, kind: str, status: int) -> None:
    case = described["/studio/clock"]["post"].Case(body={"days": 1}, media_type=kind)
    assert ask(case).status_code == status
