"""The endpoints that services call themselves: JSON in the manner of OAuth 2.0, no pages.

Rules kept here:

* nothing is cached (RFC 6749 section 5.1), and every 401 and 403 says how to do it right
  (RFC 9110 section 15.5.2, RFC 6750 section 3);
* parameters count only where the specifications put them: in the body of a POST, and an access
  token never in an address (RFC 9700 section 4.3.2).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from werkzeug.wrappers import Response

from studio.engine.claims import tokeninfo, userinfo
from studio.engine.token_endpoint import revocation_request, token_request
from studio.engine.tokens import TokenError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from werkzeug.wrappers import Request

    from studio.engine.policy import ClientPolicy
    from studio.engine.world import World
    from studio.site.backend import Backend

REALM = "CONNECT"


def token(backend: Backend, request: Request, *, issuer: str) -> Response:
    """Answer POST /oauth/token."""
    backend.world, answer = token_request(
        backend.world,
        _body(request),
        _find_client(backend),
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
            _find_client(backend),
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


def as_json(
    value: Mapping[str, object], *, status: int = 200, mimetype: str = "application/json"
) -> Response:
    """Return a JSON object that nobody may keep."""
    response = Response(json.dumps(value), status, mimetype=mimetype)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Pragma"] = "no-cache"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
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


def _find_client(backend: Backend) -> Callable[[str], ClientPolicy | None]:
    def find(client_id: str) -> ClientPolicy | None:
        hosted = backend.client(client_id)
        return hosted.policy if hosted else None

    return find
