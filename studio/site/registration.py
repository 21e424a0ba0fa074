"""A client that registers itself (RFC 7591, OpenID Connect Dynamic Client Registration 1.0).

Rules kept here:

* what comes is JSON, and becomes the same values as a client file: whatever is not allowed there is
  not allowed here;
* the answer tells what is registered, which may be less or more than was asked for; members that
  CONNECT does not know are ignored;
* a secret is drawn here, told once, and kept as its SHA-256.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pydantic import ValidationError
from werkzeug.exceptions import UnsupportedMediaType

from studio.client.choices import ApplicationType
from studio.client.model import Client
from studio.engine.client_authentication import METHODS, digest
from studio.engine.policy import Level
from studio.engine.token_endpoint import GRANT_TYPES
from studio.pages.hosting import HostedClient
from studio.site.discovery import SCOPES
from studio.site.place import LOOPBACK
from studio.site.responses import as_json

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from werkzeug.wrappers import Request, Response

    from studio.site.backend import Backend

    Metadata = Mapping[str, object]

MAX_URIS = 20
MAX_URI = 2000
"""Characters."""

DEFAULT_METHOD = "client_secret_basic"
_RESPONSE_TYPES = ("code",)


class MetadataError(Exception):
    """What is wrong with a registration; `error` is a code of RFC 7591 section 3.2.2."""

    def __init__(self, description: str, error: str = "invalid_client_metadata") -> None:
        super().__init__(description)
        self.error = error


def register(backend: Backend, request: Request) -> Response:
    """Answer POST /oauth/register."""
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("the body must be application/json")
    try:
        asked = _object(request.get_data())
        world, client_id = backend.world.token()
        client = _client(client_id, asked)
        method = _method(asked)
    except MetadataError as mistake:
        told = {"error": mistake.error, "error_description": str(mistake)}
        return as_json(told, status=400)
    world, raw = world.draw(32)
    backend.world, secret = world, None if method == "none" else raw.hex()
    if not backend.register(HostedClient(client), digest(secret) if secret else None):
        told = {"error": "temporarily_unavailable", "error_description": "no more can register"}
        return as_json(told, status=503)
    issued = int(backend.world.now.timestamp())
    return as_json(_registered(client, method, secret, issued), status=201)


def _object(body: bytes) -> Metadata:
    try:
        asked = json.loads(body)
        # Half of a pair is a character nowhere else (RFC 8259 section 8.2).
        json.dumps(asked, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise MetadataError("the body is not JSON") from None
    if not isinstance(asked, dict):
        raise MetadataError("the body must be a JSON object")
    return asked


def _registered(client: Client, method: str, secret: str | None, issued: int) -> dict[str, object]:
    """Return what is registered (RFC 7591 section 3.2.1); the secret never expires."""
    registration = client.registration
    level = str(client.flow.level.value)
    told: dict[str, object] = {
        "client_id": registration.id,
        "client_id_issued_at": issued,
        "client_secret": secret,
        "client_secret_expires_at": 0 if secret else None,
        "client_name": registration.name,
        "application_type": registration.application_type.value,
        "redirect_uris": registration.redirect_uris.production,
        "post_logout_redirect_uris": registration.post_logout_redirect_uris.production,
        "backchannel_logout_uri": registration.backchannel_logout_uri,
        "backchannel_logout_session_required": bool(registration.backchannel_logout_uri) or None,
        "token_endpoint_auth_method": method,
        "grant_types": list(GRANT_TYPES),
        "response_types": _RESPONSE_TYPES,
        "scope": client.policy().scope,
        "tos_uri": registration.terms_uri,
        "policy_uri": registration.privacy_uri,
        "subject_type": "public",
        "id_token_signed_response_alg": "RS256",
        "default_max_age": client.session.max_age,
        "default_acr_values": [level],
    }
    return {name: value for name, value in told.items() if value is not None}


# Metadata become a client


def _client(client_id: str, asked: Metadata) -> Client:
    """Return the client that the metadata describe.

    Raises:
        MetadataError: Something in them is not allowed.
    """
    kind = _one_of(asked, "application_type", tuple(ApplicationType), ApplicationType.WEB)
    uris = _redirect_uris(asked, kind)
    _check_types(asked)
    values = {
        "version": 1,
        "registration": {
            "id": client_id,
            "name": _name(asked) or urlsplit(uris[0]).hostname or client_id,
            "application_type": kind,
            "confidential": _method(asked) != "none",
            "scopes": _scopes(asked),
            "redirect_uris": {"production": uris},
            "post_logout_redirect_uris": {"production": _uris(asked, "post_logout_redirect_uris")},
            "backchannel_logout_uri": asked.get("backchannel_logout_uri"),
            "terms_uri": asked.get("tos_uri"),
            "privacy_uri": asked.get("policy_uri"),
        },
        "flow": {"level": _level(asked)},
        "session": {"max_age": asked.get("default_max_age")},
    }
    try:
        return Client.model_validate(_without_none(values))
    except ValidationError as mistake:
        raise _told(mistake) from None


_MEMBERS = {
    "redirect_uris": "redirect_uris",
    "name": "client_name",
    "terms_uri": "tos_uri",
    "privacy_uri": "policy_uri",
    "max_age": "default_max_age",
}
"""What the values of a client file are called in the metadata, where that differs."""


def _told(mistake: ValidationError) -> MetadataError:
    """Return the first mistake in the words of the client file, about the member at fault."""
    first = mistake.errors()[0]
    name = str(first["loc"][1]) if len(first["loc"]) > 1 else str(first["loc"][0])
    member = _MEMBERS.get(name, name)
    why = first["msg"].removeprefix("Value error, ")
    error = "invalid_redirect_uri" if member == "redirect_uris" else "invalid_client_metadata"
    return MetadataError(f"{member}: {why}", error)


def _without_none(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: _without_none(value) if isinstance(value, dict) else value
        for name, value in values.items()
        if value is not None
    }


def _redirect_uris(asked: Metadata, kind: str) -> list[str]:
    """Return the redirect URIs, which have to fit the type of application.

    Registration 1.0 section 2: a web site has addresses of its own, an application on a device a
    scheme of its own or the machine itself; plain http leads to the machine itself alone.
    """
    uris = _uris(asked, "redirect_uris")
    if not uris:
        raise MetadataError("redirect_uris: one address at least", "invalid_redirect_uri")
    for uri in uris:
        parts = urlsplit(uri)
        web = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        own = parts.scheme not in {"http", "https"} or parts.hostname in LOOPBACK
        if not (web if kind == ApplicationType.WEB else own):
            raise MetadataError(
                f"redirect_uris: {uri} is not for application_type {kind}", "invalid_redirect_uri"
            )
    return uris


def _uris(asked: Metadata, name: str) -> list[str]:
    error = "invalid_redirect_uri" if name == "redirect_uris" else "invalid_client_metadata"
    uris = list(dict.fromkeys(_texts(asked, name)))
    if len(uris) > MAX_URIS or any(len(uri) > MAX_URI for uri in uris):
        raise MetadataError(f"{name}: at most {MAX_URIS} of {MAX_URI} characters", error)
    try:
        for uri in uris:
            _ = urlsplit(uri).hostname
    except ValueError:
        raise MetadataError(f"{name}: not an address", error) from None
    return uris


def _texts(asked: Metadata, name: str) -> list[str]:
    value = asked.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise MetadataError(f"{name}: must be a list of strings")
    return value


def _text(asked: Metadata, name: str) -> str:
    value = asked.get(name)
    if value is not None and not isinstance(value, str):
        raise MetadataError(f"{name}: must be a string")
    return value or ""


def _name(asked: Metadata) -> str:
    """Return the name; where it comes in languages only (`client_name#nb`), the first of them.

    A client has one name here, in all languages.
    """
    names = [name for name in asked if name.partition("#")[0] == "client_name"]
    return next(filter(None, [_text(asked, name) for name in sorted(names)]), "")


def _method(asked: Metadata) -> str:
    return _one_of(asked, "token_endpoint_auth_method", METHODS, DEFAULT_METHOD)


def _one_of(asked: Metadata, name: str, allowed: Sequence[str], default: str) -> str:
    value = _text(asked, name) or default
    if value not in allowed:
        raise MetadataError(f"{name}: must be {' or '.join(allowed)}")
    return value


def _check_types(asked: Metadata) -> None:
    """Refuse other ways than that with a code: nothing else would be answered."""
    for name, allowed in (("grant_types", GRANT_TYPES), ("response_types", _RESPONSE_TYPES)):
        for value in _texts(asked, name):
            if value not in allowed:
                raise MetadataError(f"{name}: must be of {', '.join(allowed)}")
    if asked.get("grant_types") and "authorization_code" not in _texts(asked, "grant_types"):
        raise MetadataError("grant_types: authorization_code is missing")


def _scopes(asked: Metadata) -> list[str]:
    """Return the scopes: those asked for that stand for something here, else all of them."""
    wanted = _text(asked, "scope").split()
    return [one for one in SCOPES if not wanted or one == "openid" or one in wanted]


def _level(asked: Metadata) -> Level:
    """Return the first level asked for that is known."""
    levels = {str(level.value): level for level in Level}
    known = (levels[one] for one in _texts(asked, "default_acr_values") if one in levels)
    return next(known, Level.PHONE)
