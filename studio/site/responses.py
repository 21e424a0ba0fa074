"""Responses and the headers they carry: nothing inline, nothing from elsewhere, nothing cached."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from werkzeug.datastructures import Headers

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; frame-ancestors 'self'; form-action 'self'"
)


def html(
    text: str, *, status: int = 200, leads_to: str | None = None, asks: bool = False
) -> Response:
    """Return a page; its forms may end at the address it leads to, a valid redirect URI.

    A browser checks `form-action` along the redirects of a POST too (CSP Level 3, 6.4.1), so the
    redirect target has to stand there. `asks` tells that the page's script asks this site.
    """
    response = Response(text, status=status, mimetype="text/html")
    target = f" {_source(leads_to)}" if leads_to else ""
    own = "; connect-src 'self'" if asks else ""
    response.headers["Content-Security-Policy"] = f"{_POLICY}{target}{own}"
    return _guarded(response, "no-store")


def text(line: str, *, status: int, headers: Headers | None = None) -> Response:
    """Return a line of plain text, with the headers its status asks for."""
    return _guarded(Response(line, status, headers, mimetype="text/plain"), "no-store")


def see_other(location: str) -> Response:
    """Answer a POST: the browser goes on with a GET (RFC 9110 section 15.4.4)."""
    response = Response(status=303)
    response.headers["Location"] = location
    response.autocorrect_location_header = False
    return _guarded(response, "no-store")


def asset(data: bytes, mimetype: str, *, forever: bool) -> Response:
    """Return a file of the site; `forever` where its URL changes with its content."""
    response = Response(data, mimetype=mimetype)
    if mimetype == "image/svg+xml":
        response.headers["Content-Security-Policy"] = (
            "default-src 'none'; style-src 'unsafe-inline'; sandbox"
        )
    return _guarded(response, "public, max-age=31536000, immutable" if forever else "no-cache")


def _guarded(response: Response, cache: str) -> Response:
    response.headers["Cache-Control"] = cache
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def _source(uri: str) -> str:
    """Return a URI as a CSP source: the origin of a web address, the scheme of an app's."""
    parts = urlsplit(uri)
    return (
        f"{parts.scheme}://{parts.netloc}"
        if parts.scheme in {"http", "https"}
        else f"{parts.scheme}:"
    )
