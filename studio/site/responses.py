"""Responses and the headers they carry: nothing inline, nothing from elsewhere, nothing cached."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.wrappers import Response

from studio.site.place import SIMULATED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.datastructures import Headers

    from studio.site.place import Place

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; frame-ancestors {ancestors}; form-action 'self'"
)

_PERMISSIONS = "camera=(), geolocation=(), microphone=()"
"""Of the features of Permissions Policy those that Qt's Chromium knows too; it tells of others."""

_SHARED = (
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Allow-Methods", "GET, HEAD, POST, OPTIONS"),
    ("Access-Control-Allow-Headers", "Authorization, Content-Type"),
    ("Access-Control-Expose-Headers", "WWW-Authenticate"),
    ("Access-Control-Max-Age", "600"),
)


def html(
    text: str,
    *,
    status: int = 200,
    leads_to: str | None = None,
    asks: bool = False,
    place: Place = SIMULATED,
) -> Response:
    """Return a page; its forms may end at the address it leads to, a valid redirect URI.

    A browser checks `form-action` along the redirects of a POST too (CSP Level 3, 6.4.1), so the
    redirect target has to stand there. `asks` tells that the page's script asks this site.
    """
    response = Response(text, status=status, mimetype="text/html")
    target = f" {_source(leads_to)}" if leads_to else ""
    own = "; connect-src 'self'" if asks or place.live else ""
    policy = _POLICY.format(ancestors=place.frame_ancestors)
    response.headers.add("Content-Security-Policy", f"{policy}{target}{own}")
    return _guarded(response, "no-store")


def text(line: str, *, status: int, headers: Headers | None = None) -> Response:
    """Return a line of plain text, with the headers its status asks for."""
    return _guarded(Response(line, status, headers, mimetype="text/plain"), "no-store")


def see_other(location: str) -> Response:
    """Answer a POST: the browser goes on with a GET (RFC 9110 section 15.4.4)."""
    response = Response(status=303)
    response.headers.add("Location", location)
    response.autocorrect_location_header = False
    return _guarded(response, "no-store")


def same_at(location: str) -> Response:
    """Send a browser to ask the same at another address, for now (RFC 9110 section 15.4.8)."""
    response = see_other(location)
    response.status_code = 307
    return response


def asset(data: bytes, mimetype: str, *, forever: bool) -> Response:
    """Return a file of the site; `forever` where its URL changes with its content."""
    response = Response(data, mimetype=mimetype)
    if mimetype == "image/svg+xml":
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
        )
    return _guarded(response, "public, max-age=31536000, immutable" if forever else "no-cache")


def as_json(
    value: Mapping[str, object], *, status: int = 200, mimetype: str = "application/json"
) -> Response:
    """Return a JSON object that nobody may keep."""
    response = Response(json.dumps(value), status, mimetype=mimetype)
    response.headers.add("Pragma", "no-cache")
    return _guarded(response, "no-store")


def no_content() -> Response:
    """Return an answer that says all in its headers (RFC 9110 section 15.3.5)."""
    return _guarded(Response(status=204), "no-store")


def fortified(response: Response, place: Place, path: str) -> Response:
    """Add to an answer of any kind what holds for the whole site, where it is not there yet.

    A service may have opened the way to signing in or out as a pop-up, and keeps hold of it there;
    the account, where there is more to lose, lets go of whoever has opened it (HTML, 7.1.3). What
    has been fortified stays as it is.
    """
    headers = response.headers
    if "Permissions-Policy" in headers:
        return response
    headers.add("Permissions-Policy", _PERMISSIONS)
    if "Content-Security-Policy" not in headers:
        ancestors = place.frame_ancestors
        headers.add("Content-Security-Policy", f"default-src 'none'; frame-ancestors {ancestors}")
    if place.serving and place.is_trustworthy and path.startswith("/id/account"):
        headers.add("Cross-Origin-Opener-Policy", "same-origin")
    return response


def shared(response: Response) -> Response:
    """Let a script of any origin ask, without credentials, and read the answer (Fetch, 3.2)."""
    for name, value in _SHARED:
        response.headers.add(name, value)
    return response


def _guarded(response: Response, cache: str) -> Response:
    # Nothing of this is there yet, and `add` does not look for it.
    response.headers.add("Cache-Control", cache)
    response.headers.add("Referrer-Policy", "no-referrer")
    response.headers.add("X-Content-Type-Options", "nosniff")
    return response


def _source(uri: str) -> str:
    """Return a URI as a CSP source: the origin of a web address, the scheme of an app's."""
    parts = urlsplit(uri)
    return (
        f"{parts.scheme}://{parts.netloc}"
        if parts.scheme in {"http", "https"}
        else f"{parts.scheme}:"
    )
