"""The WSGI application that is served: CONNECT, the sample services, and the studio's own pages.

Rules kept here:

* one request at a time, each in the time that it is then: the state is one value, and Python runs
  one thread at a time anyway (only hashing a password, 50 ms, could run beside the rest);
* the server that calls it has read the whole request before, so nobody waits for a slow one;
* a request for another host is refused, so that no other site's name can be pointed here
  (DNS rebinding); whoever opens a page by another name of the machine itself is sent to the one
  address that cookies and tokens are of;
* a request is a line in the log: without query, form, cookie, or anything else that is secret.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import quote

from werkzeug.exceptions import HTTPException

from studio.server.hosting import SERVICES
from studio.server.studio_pages import StudioPages
from studio.site.failure import failed
from studio.site.host import Host
from studio.site.oauth import OWN
from studio.site.reading import BoundedRequest
from studio.site.responses import fortified, same_at, see_other, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from werkzeug.wrappers import Request, Response

    from studio.pages.render import Pages
    from studio.server.backend import Server
    from studio.server.gate import Gate
    from studio.server.watching import ClientFiles
    from studio.site.place import Place

NOT_HERE = "This host is not served here."

_IN_QUERIES = "%/?:@!$&'()*+,;=-._~"
"""What a query has as it is (RFC 3986, section 3.4)."""

_UNLOGGED = "/studio/changes"
"""Every open page asks for it each second."""


class Application:
    """What is served. `log` takes a line for each request; `gate` stands before the pages."""

    def __init__(
        self,
        server: Server,
        pages: Pages,
        *,
        files: ClientFiles | None = None,
        gate: Gate | None = None,
        log: Callable[[str], None] | None = None,
    ) -> None:
        self._server = server
        self._files = files
        self._gate = gate
        self._log = log
        self._lock = threading.Lock()
        self._host = Host(server, pages, server.place)
        mistakes = _no_mistakes if files is None else lambda: files.mistakes
        self._studio = StudioPages(server, pages, mistakes, clock_moves=gate is None)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        began = time.perf_counter()
        with self._lock:
            response = self._answer(environ)
        if self._log and environ["PATH_INFO"] != _UNLOGGED:
            self._log(_line(environ, response.status_code, time.perf_counter() - began))
        return response(environ, start_response)

    def change(self, work: Callable[[Server], object]) -> None:
        """Do something with the state between two requests."""
        with self._lock:
            work(self._server)

    def _answer(self, environ: WSGIEnvironment) -> Response:
        request = BoundedRequest(environ)
        try:
            answer = self._stopped(request) or self._gone_on(environ, request)
        except HTTPException as mistake:
            answer = text(mistake.name, status=mistake.code or 500)
        except Exception as error:  # noqa: BLE001 - what is said of it is said in one way
            answer = failed(self._host, request, error)
        return fortified(answer, self._server.place, request.path)

    def _stopped(self, request: Request) -> Response | None:
        """Return the answer to a request that may not go on."""
        host, place = request.environ.get("HTTP_HOST", "").lower(), self._server.place
        if host != place.host:
            return _at_place(request, place) if place.is_own(host) else text(NOT_HERE, status=421)
        return self._gate.answer(request) if self._gate else None

    def _gone_on(self, environ: WSGIEnvironment, request: Request) -> Response:
        if self._files and self._files.look():
            self._server.host(self._files.hosted)
        self._server.tick()
        return self._answer_here(environ, request)

    def _answer_here(self, environ: WSGIEnvironment, request: Request) -> Response:
        path = environ["PATH_INFO"]
        if path.startswith(SERVICES):
            return self._service(environ, path)
        if path == "/" or path.startswith("/studio/"):
            return self._studio.answer(request)
        return self._server.site.answer(environ)

    def _service(self, environ: WSGIEnvironment, path: str) -> Response:
        """Answer for a sample service, below its own path."""
        client_id, slash, rest = path.removeprefix(SERVICES).partition("/")
        hosted = next((c for c in self._server.clients if c.policy.client_id == client_id), None)
        if hosted is None:
            return text("There is no such service.", status=404)
        home = f"{SERVICES}{client_id}"
        if not slash:
            return see_other(f"{home}/")
        return self._server.service.answer(
            hosted, {**environ, "SCRIPT_NAME": home, "PATH_INFO": f"/{rest}"}
        )


def _at_place(request: Request, place: Place) -> Response:
    """Send a browser to the same page at the place; a service has to know where that is."""
    if request.path in OWN or request.method not in {"GET", "HEAD"}:
        return text(f"{NOT_HERE} Ask {place.origin}, where it is.", status=421)
    path = quote(request.environ["PATH_INFO"].encode("latin-1"))
    query = quote(request.environ.get("QUERY_STRING", ""), safe=_IN_QUERIES)
    return same_at(f"{place.origin}{path}{'?' if query else ''}{query}")


def _no_mistakes() -> tuple[str, ...]:
    return ()


def _line(environ: WSGIEnvironment, status: int, seconds: float) -> str:
    """Return a request's line: who, what and how it went."""
    path = quote(environ["PATH_INFO"].encode("latin-1"))
    method = quote(environ["REQUEST_METHOD"])
    return f"{environ.get('REMOTE_ADDR', '-')} {method} {path} {status} {seconds * 1000:.1f} ms"
