"""Whatever comes as a request is one, or is refused in one of the two ways."""

from __future__ import annotations

import json
import re
from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as st

from studio.engine.request import (
    AuthorizationRequest,
    BadClientError,
    BadRequestError,
    parse_request,
)
from tests.engine.given import APP, POLICY, WEB, find, parameters
from tests.engine.test_request import CHALLENGE, OPTIONAL

NAMES = st.sampled_from(
    [
        *OPTIONAL,
        *("client_id", "redirect_uri", "response_type", "scope", "unknown"),
        *("id_token_hint", "claims_locales", "display"),
    ]
)
WISHES = ["userinfo", "id_token", "essential", "value", "values", "acr", "sub", "email"]
VALUES = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        ["code", "openid", APP, WEB, "fakebrand", "S256", CHALLENGE, "none", "login", "1", "{}"]
    ),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=3),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WISHES), inner),
        max_leaves=6,
    ).map(json.dumps),
)
ERRORS = {
    "invalid_request",
    "invalid_scope",
    "unsupported_response_type",
    "request_not_supported",
    "request_uri_not_supported",
    "registration_not_supported",
    "unmet_authentication_requirements",
}


@given(st.lists(st.tuples(NAMES, VALUES), max_size=6), st.sets(NAMES, max_size=3))
def test_whatever_comes_is_a_request_or_one_of_the_two_refusals(
    added: list[tuple[str, str]], removed: set[str]
) -> None:
    asked = [(name, value) for name, value in parameters() if name not in removed]
    judge(asked + added)


@given(st.lists(st.tuples(NAMES | st.text(max_size=5), VALUES), max_size=12))
def test_so_it_is_where_nothing_of_it_is_right(asked: list[tuple[str, str]]) -> None:
    judge(asked)


def judge(asked: list[tuple[str, str]]) -> None:
    """Hold the answer to its rules: nobody is redirected but to a registered address."""
    match answer(asked):
        case BadClientError() as refusal:
            assert refusal.parameter in {"client_id", "redirect_uri"}
        case BadRequestError() as refusal:
            assert refusal.redirect_uri in POLICY.redirect_uris
            assert refusal.error in ERRORS
            assert refusal.location().startswith(refusal.redirect_uri)
            told = parse_qs(urlsplit(refusal.location()).query)["error_description"][0]
            assert re.fullmatch(r"[\x20-\x21\x23-\x5b\x5d-\x7e]+", told)
        case parsed:
            assert parsed.redirect_uri in POLICY.redirect_uris
            assert set(parsed.scope) <= POLICY.scopes


def answer(
    asked: list[tuple[str, str]],
) -> AuthorizationRequest | BadClientError | BadRequestError:
    """Return the request, or which refusal it meets; anything else is raised."""
    try:
        return parse_request(asked, find, {"a": "person"}.get)[0]
    except (BadClientError, BadRequestError) as refusal:
        return refusal
