"""What a relying party can do, whichever library it is made of; and what it holds between steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pytest

if TYPE_CHECKING:
    from collections.abc import Mapping


class RefusedError(Exception):
    """The provider or the library refused a step; `code` is the error of the specifications."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, kw_only=True)
class Known:
    """How a relying party is registered. `method` is its `token_endpoint_auth_method`."""

    client_id: str
    redirect_uri: str
    scope: str = "openid profile phone email"
    secret: str | None = None
    method: str = "none"
    after: str | None = None


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An authorisation request that waits for its answer."""

    url: str
    state: str
    nonce: str
    verifier: str
    max_age: int | None = None


@dataclass(frozen=True, kw_only=True)
class Tokens:
    """What the token endpoint gave; `claims` are those of the ID token, which is validated."""

    access: str
    refresh: str
    id_token: str
    claims: Mapping[str, object]


class Party(Protocol):
    """A relying party; a step that the provider or the library refuses raises `RefusedError`."""

    @property
    def known(self) -> Known:
        """How it is registered."""

    @property
    def metadata(self) -> Mapping[str, object]:
        """What it has discovered of the provider."""

    def ask(self, **parameters: str) -> Asked:
        """Begin, with PKCE, state and nonce of its own, unless the parameters have them."""

    def exchange(self, arrived: str, asked: Asked) -> Tokens:
        """Check the answer that came to an address, exchange its code, validate the ID token."""

    def refresh(self, tokens: Tokens) -> Tokens:
        """Exchange a refresh token."""

    def userinfo(self, tokens: Tokens) -> Mapping[str, object]:
        """Ask for claims with GET, and check that they are about the same person."""

    def post_userinfo(self, tokens: Tokens) -> Mapping[str, object]:
        """Ask for claims with POST."""

    def revoke(self, token: str) -> None:
        """Give a token back."""

    def sign_out(self, tokens: Tokens, state: str) -> str:
        """Return where a browser signs out, and comes back from with a state."""


class Library(Protocol):
    """A library that relying parties are made of."""

    def party(self, issuer: str, known: Known) -> Party:
        """Return a party that has discovered the provider."""

    def registered(self, issuer: str, metadata: Mapping[str, object]) -> Party:
        """Return a party that has registered itself (RFC 7591)."""


def refused(code: str) -> pytest.RaisesExc[RefusedError]:
    """Expect that a step is refused with an error."""
    return pytest.raises(RefusedError, match=rf"^{code}$")


def as_known(registered: Mapping[str, object]) -> Known:
    """Return what a registration's answer says (RFC 7591 section 3.2.1)."""
    uris, after = registered["redirect_uris"], registered["post_logout_redirect_uris"]
    assert isinstance(uris, list)
    assert isinstance(after, list)
    secret = registered.get("client_secret")
    return Known(
        client_id=str(registered["client_id"]),
        redirect_uri=uris[0],
        scope=str(registered["scope"]),
        secret=None if secret is None else str(secret),
        method=str(registered["token_endpoint_auth_method"]),
        after=after[0] if after else None,
    )
