"""The endpoints that services call themselves: JSON in the manner of OAuth 2.0, no pages.

Rules kept here:

* nothing is cached (RFC 6749 section 5.1), and every 401 and 403 says how to do it right
  (RFC 9110 section 15.5.2, RFC 6750 section 3);
* parameters count only where the specifications put them: in the body of a POST, and an access
  token never in an address (RFC 9700 section 4.3.2).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from werkzeug.routing import Rule

from studio.engine.claims import tokeninfo, userinfo
from studio.engine.client_authentication import Clients
from studio.engine.token_endpoint import revocation_request, token_request
from studio.engine.tokens import TokenError
from studio.site.discovery import configuration
from studio.site.registration import register
from studio.site.responses import as_json, no_content

if TYPE_CHECKING:
    from collections.abc import Callable

    from werkzeug.datastructures import Headers
    from werkzeug.exceptions import HTTPException
    from werkzeug.wrappers import Request, Response

    from studio.engine.policy import ClientPolicy
    from studio.engine.world import World
    from studio.site.backend import Backend
    from studio.site.place import Place

REALM = "CONNECT"

DISCOVERY = (
    "/oauth/.well-known/openid-configuration",
    "/.well-known/oauth-authorization-server/oauth",
)
"""OpenID Connect Discovery 1.0 section 4, RFC 8414 section 3.1."""

SHARED = frozenset(
    {*DISCOVERY, "/oauth/token", "/oauth/userinfo", "/oauth/revoke", "/oauth/public_keys.jwks"}
)
"""What a page of any origin may ask by script; cookies count at none of them (Fetch, 3.2)."""

OWN = frozenset({*SHARED, "/oauth/tokeninfo", "/oauth/register"})
"""What services ask themselves, and are told in JSON."""


def rules(backend: Backend, place: Place) -> tuple[Rule, ...]:
    """Return the routes that services call themselves; registration where the place has it."""
    keys, about = partial(public_keys, backend), partial(metadata, place)
    whoever = partial(user_info, backend)
    offered = [("/oauth/register", partial(register, backend), ["POST"])]
    routes = (
        *((path, about, ["GET"]) for path in DISCOVERY),
        ("/oauth/token", partial(token, backend, issuer=place.issuer), ["POST"]),
        ("/oauth/userinfo", whoever, ["GET", "POST"]),
        ("/oauth/tokeninfo", partial(token_info, backend), ["GET"]),
        ("/oauth/revoke", partial(revoke, backend), ["POST"]),
        ("/oauth/public_keys.jwks", keys, ["GET"]),
        *(offered if place.registration else []),
    )
    return tuple(
        rule
        for path, endpoint, methods in routes
        for rule in (
            Rule(path, endpoint=endpoint, methods=methods),
            *([Rule(path, endpoint=preflight, methods=["OPTIONS"])] if path in SHARED else []),
        )
    )


def preflight(_request: Request) -> Response:
    """Answer a browser that asks whether a script may ask; the headers say what it may."""
    return no_content()


def metadata(place: Place, _request: Request) -> Response:
    """Answer with the provider's metadata."""
    return as_json(configuration(place))


def token(backend: Backend, request: Request, *, issuer: str) -> Response:
    """Answer POST /oauth/token."""
    backend.world, answer = token_request(
        backend.world,
        _body(request),
        clients_of(backend),
        issuer=issuer,
        authorization=request.headers.get("Authorization"),
    )
    return client_refused(answer) if isinstance(answer, TokenError) else as_json(answer)


def revoke(backend: Backend, request: Request) -> Response:
    """Answer POST /oauth/revoke (RFC 7009)."""
    try:
        backend.world = revocation_request(
            backend.world,
            _body(request),
            clients_of(backend),
            authorization=request.headers.get("Authorization"),
        )
    except TokenError as mistake:
        return client_refused(mistake)
    return as_json({})


def user_info(backend: Backend, request: Request) -> Response:
    """Answer GET and POST /oauth/userinfo (OpenID Connect Core 5.3)."""
    return _for_bearer(backend, request, userinfo)


def token_info(backend: Backend, request: Request) -> Response:
    """Answer GET /oauth/tokeninfo."""
    return _for_bearer(backend, request, tokeninfo)


def public_keys(backend: Backend, _request: Request) -> Response:
    """Answer GET /oauth/public_keys.jwks (RFC 7517)."""
    return as_json(backend.world.keys.jwks(), mimetype="application/jwk-set+json")


def bearer_token(request: Request) -> str:
    """Return the access token of a request, empty where it has none (RFC 6750 section 2).

    Raises:
        TokenError: It has more than one.
    """
    sent = [value for name, value in _body(request) if name == "access_token"]
    header = request.authorization
    if header and header.type == "bearer":
        sent.append(header.token or "")
    if len(sent) > 1:
        raise TokenError("invalid_request", "the access token must be sent once, in one way")
    return sent[0] if sent else ""


def bearer_refused(mistake: TokenError) -> Response:
    """Tell a client what is wrong with its access token (RFC 6750 section 3)."""
    about = {"realm": REALM}
    if mistake.error:
        about |= {"error": mistake.error, "error_description": mistake.description}
    challenge = ", ".join(f'{name}="{value}"' for name, value in about.items())
    return _refused(mistake, f"Bearer {challenge}")


def client_refused(mistake: TokenError) -> Response:
    """Tell a client what is wrong with its request (RFC 6749 section 5.2)."""
    challenge = f'Basic realm="{REALM}"' if mistake.status == 401 else None  # noqa: PLR2004 - HTTP
    return _refused(mistake, challenge)


def misused(mistake: HTTPException, headers: Headers) -> Response:
    """Tell a service of a request that fits no endpoint: method, kind or size of its body."""
    told = {"error": "invalid_request", "error_description": mistake.description or mistake.name}
    response = as_json(told, status=mistake.code or 400)
    if "Allow" in headers:
        response.headers["Allow"] = headers["Allow"]
    return response


def _for_bearer(
    backend: Backend, request: Request, tell: Callable[[World, str], dict[str, object]]
) -> Response:
    try:
        return as_json(tell(backend.world, bearer_token(request)))
    except TokenError as mistake:
        return bearer_refused(mistake)


def _refused(mistake: TokenError, challenge: str | None) -> Response:
    body = {"error": mistake.error, "error_description": mistake.description}
    response = as_json(body if mistake.error else {}, status=mistake.status)
    if challenge:
        response.headers["WWW-Authenticate"] = challenge
    return response


def _body(request: Request) -> list[tuple[str, str]]:
    return list(request.form.items(multi=True)) if request.method == "POST" else []


def clients_of(backend: Backend) -> Clients:
    """Return what is known of a backend's clients."""

    def find(client_id: str) -> ClientPolicy | None:
        hosted = backend.client(client_id)
        return hosted.policy if hosted else None

    return Clients(find=find, secret=backend.secret)
