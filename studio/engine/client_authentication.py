"""Which client is it that asks, and can it prove that?

RFC 6749, section 2.3.

Rules kept here:

* a client that has a secret proves it, by HTTP Basic or in the body, and in one way only; one that
  has none is known by its word, and sends no secret;
* of a secret only the SHA-256 is known here, and comparing takes the same time for every mistake;
* who is refused is told so in the same words, whether the secret is missing or wrong.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_plus

from studio.engine.tokens import TokenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studio.engine.policy import ClientPolicy

METHODS = ("none", "client_secret_basic", "client_secret_post")
"""The ways of RFC 8414's `token_endpoint_auth_methods_supported` that are served."""


@dataclass(frozen=True)
class Clients:
    """What is known of clients, by their ids.

    `find` returns the policy of one, None where there is none; `secret` the SHA-256 of its secret
    in hexadecimal digits, None for a public client.
    """

    find: Callable[[str], ClientPolicy | None]
    secret: Callable[[str], str | None]


@dataclass(frozen=True)
class _Sent:
    client_id: str
    secret: str


def authenticate(
    values: Mapping[str, str], clients: Clients, authorization: str | None
) -> ClientPolicy:
    """Return the client that a request comes from; `authorization` is the header of that name.

    Raises:
        TokenError: The client is not known, does not prove who it is, or tries to in two ways.
    """
    sent = _sent(values, authorization)
    policy = clients.find(sent.client_id)
    if policy is None:
        raise _refused("client_id is missing or unknown")
    known = clients.secret(sent.client_id)
    if known is None and sent.secret:
        raise _refused("a public client sends client_id in the body, and no secret")
    if known is not None and not hmac.compare_digest(digest(sent.secret), known):
        raise _refused("the client's secret is missing or wrong")
    return policy


def digest(secret: str) -> str:
    """Return what is kept of a secret: its SHA-256 in hexadecimal digits."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _refused(description: str) -> TokenError:
    return TokenError("invalid_client", description, 401)


def _sent(values: Mapping[str, str], authorization: str | None) -> _Sent:
    """Return what the client says of itself, by the header or in the body."""
    in_body = _Sent(values.get("client_id", ""), values.get("client_secret", ""))
    if not authorization:
        return in_body
    in_header = _basic(authorization)
    if in_body.secret:
        raise TokenError("invalid_request", "the client must authenticate in one way only")
    if in_body.client_id not in {"", in_header.client_id}:
        raise TokenError("invalid_request", "client_id is not that of the Authorization header")
    return in_header


def _basic(authorization: str) -> _Sent:
    """Read HTTP Basic credentials; both parts are form-encoded (RFC 6749 section 2.3.1)."""
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        raise _refused("the Authorization header must be of the scheme Basic")
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode()
    except ValueError:
        raise _refused("the Authorization header is not base64 of UTF-8") from None
    client_id, _, secret = text.partition(":")
    return _Sent(unquote_plus(client_id), unquote_plus(secret))
