"""RFC 6749 section 2.3: how clients prove who they are, and how they are refused."""

from __future__ import annotations

import base64
from urllib.parse import quote_plus

import pytest

from studio.engine.client_authentication import Clients, authenticate, digest
from studio.engine.tokens import TokenError
from tests.engine.test_tokens import POLICIES, find

SECRET = "a secret: with %, +, and ø"
SECRETS = {"shop": digest(SECRET)}
CLIENTS = Clients(find=find, secret=SECRETS.get)


def basic(client_id: str, secret: str) -> str:
    """Return the header of section 2.3.1."""
    pair = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return "Basic " + base64.b64encode(pair.encode()).decode()


@pytest.mark.parametrize(
    ("values", "authorization", "client_id"),
    [
        ({"client_id": "fakebrand"}, None, "fakebrand"),
        ({"client_id": "fakebrand"}, "", "fakebrand"),
        ({"client_id": "shop", "client_secret": SECRET}, None, "shop"),
        ({}, basic("shop", SECRET), "shop"),
        ({}, basic("shop", SECRET).replace("Basic", "bAsIc"), "shop"),
        ({"client_id": "shop"}, basic("shop", SECRET), "shop"),
        # "The client MAY omit the parameter if the client secret is an empty string."
        ({}, basic("fakebrand", ""), "fakebrand"),
    ],
)
def test_a_client_is_known(
    values: dict[str, str], authorization: str | None, client_id: str
) -> None:
    assert authenticate(values, CLIENTS, authorization) == POLICIES[client_id]


@pytest.mark.parametrize(
    ("values", "authorization"),
    [
        ({}, None),
        ({"client_id": "nobody"}, None),
        ({"client_id": "nobody", "client_secret": SECRET}, None),
        ({}, basic("nobody", SECRET)),
        ({"client_id": "shop"}, None),
        ({"client_id": "shop", "client_secret": "wrong"}, None),
        ({"client_id": "shop", "client_secret": SECRET + " "}, None),
        ({"client_id": "shop", "client_secret": digest(SECRET)}, None),
        ({}, basic("shop", "wrong")),
        ({}, basic("shop", "")),
        ({"client_id": "fakebrand", "client_secret": "x"}, None),
        ({}, basic("fakebrand", "x")),
        ({"client_id": "fakebrand"}, "Bearer x"),
        ({}, "Basic"),
        ({}, "Basic ø"),
        ({"client_id": "fakebrand"}, "Basic /////w=="),
        # The parts are form-encoded before they are joined: as it is, it is another secret.
        ({}, "Basic " + base64.b64encode(f"shop:{SECRET}".encode()).decode()),
    ],
)
def test_who_proves_nothing_is_refused(values: dict[str, str], authorization: str | None) -> None:
    with pytest.raises(TokenError) as caught:
        authenticate(values, CLIENTS, authorization)
    assert (caught.value.error, caught.value.status) == ("invalid_client", 401)
    assert SECRET not in caught.value.description


@pytest.mark.parametrize(
    "values",
    [
        {"client_id": "shop", "client_secret": SECRET},
        {"client_secret": SECRET},
        {"client_secret": "wrong"},
        {"client_id": "fakebrand"},
    ],
)
def test_a_client_authenticates_in_one_way(values: dict[str, str]) -> None:
    with pytest.raises(TokenError) as caught:
        authenticate(values, CLIENTS, basic("shop", SECRET))
    assert (caught.value.error, caught.value.status) == ("invalid_request", 400)


def test_a_missing_secret_is_refused_like_a_wrong_one() -> None:
    told = set()
    for values in ({"client_id": "shop"}, {"client_id": "shop", "client_secret": "wrong"}):
        with pytest.raises(TokenError) as caught:
            authenticate(values, CLIENTS, None)
        told.add(str(caught.value))
    assert len(told) == 1
