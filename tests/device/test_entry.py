from __future__ import annotations

from dataclasses import fields
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.device.entry import (
    AUTHORIZE,
    AuthorizationFields,
    authorization_url,
    default_fields,
    fields_of,
)
from tests.pages.given import hosted

EVERYTHING = AuthorizationFields(
    scope="openid email",
    acr_values="2",
    prompt="login no_seam",
    max_age="0",
    ui_locales="ur-PK en",
    login_hint="+4799912345\nuser@example.com",
    claims='{"userinfo": {"email": {"essential": true}}}',
    state="s & 1",
    nonce="n=1",
    redirect_uri="fakebrand://connect/oauth2callback",
    more=(("code_challenge", "x"),),
)
NAMES = [field.name for field in fields(AuthorizationFields) if field.name != "more"]


def test_the_url_says_everything_that_was_chosen() -> None:
    parts = urlsplit(authorization_url("fakebrand", EVERYTHING))
    assert parts._replace(query="").geturl() == AUTHORIZE
    pairs = parse_qsl(parts.query)
    assert pairs[:2] == [("client_id", "fakebrand"), ("response_type", "code")]
    assert [value for name, value in pairs if name == "login_hint"] == [
        "+4799912345",
        "user@example.com",
    ]
    assert {name for name, _ in pairs} - {"client_id", "response_type"} == {
        *NAMES,
        "code_challenge",
    }


def test_what_is_empty_is_left_out() -> None:
    chosen = AuthorizationFields(scope="openid", state=" ", login_hint="\n \n")
    pairs = parse_qsl(urlsplit(authorization_url("x", chosen)).query, keep_blank_values=True)
    assert [name for name, _ in pairs] == ["client_id", "response_type", "scope"]


def test_a_client_asks_for_its_scopes_and_its_first_redirect_uri() -> None:
    chosen = default_fields(hosted().policy)
    assert chosen == AuthorizationFields(
        scope="openid email phone", redirect_uri="http://localhost:8081/callback"
    )


def test_the_url_can_be_read_back() -> None:
    assert fields_of(authorization_url("fakebrand", EVERYTHING)) == ("fakebrand", EVERYTHING)


# One line without spaces at its ends: what a field holds after it was sent.
LINE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp"]), max_size=12)
TIDY = LINE.map(str.strip)


@given(
    st.builds(
        AuthorizationFields,
        **{name: TIDY for name in NAMES if name != "login_hint"},
        login_hint=st.lists(TIDY.filter(bool), max_size=3).map("\n".join),
    ),
    TIDY.filter(bool),
)
def test_whatever_was_chosen_can_be_read_back(chosen: AuthorizationFields, client: str) -> None:
    assert fields_of(authorization_url(client, chosen)) == (client, chosen)


def test_what_a_pasted_url_has_besides_the_fields_is_kept() -> None:
    pasted = f"  {AUTHORIZE}?client_id=a&client_id=b&code_challenge=x&scope=openid&state=  "
    chosen = AuthorizationFields(scope="openid", more=(("code_challenge", "x"),))
    assert fields_of(pasted) == ("a", chosen)
    assert authorization_url("a", chosen).endswith("scope=openid&code_challenge=x")


def test_a_pasted_url_without_a_scope_has_none() -> None:
    assert fields_of(f"{AUTHORIZE}?client_id=a")[1] == AuthorizationFields(scope="")


@pytest.mark.parametrize("text", ["", "hello", AUTHORIZE, f"{AUTHORIZE}?state=1", "https://[x"])
def test_what_is_not_an_authorisation_url_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an authorisation URL"):
        fields_of(text)
