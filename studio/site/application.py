"""The WSGI application: its routes, and what answers each.

Rules kept here:

* a POST is answered with a redirect, and a page is shown by a GET that can be repeated: a refresh,
  the back button and a change of language or brand are safe at any moment;
* the endpoints that services call themselves know only the backend's clients, not CONNECT's own.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from werkzeug.exceptions import HTTPException, MisdirectedRequest
from werkzeug.routing import Rule

from studio.engine.screens import NotFound
from studio.engine.visit import Section
from studio.site import assets, oauth
from studio.site.account import MyAccount
from studio.site.assets import Assets
from studio.site.context import bare_page
from studio.site.failure import failed
from studio.site.host import CIRCUMSTANCES_KEY, ISSUER, ORIGIN, SCREENS_KEY, Host, wanted
from studio.site.place import SIMULATED
from studio.site.reading import MAX_BODY, BoundedRequest
from studio.site.responses import fortified, shared, text
from studio.site.routes import Routes
from studio.site.signing_in import SigningIn
from studio.site.signing_out import SigningOut
from studio.site.strength import password_strength
from studio.site.texts import TEXTS, Texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from wsgiref.types import StartResponse, WSGIEnvironment

    from werkzeug.wrappers import Request, Response

    from studio.pages.render import Pages
    from studio.site.backend import Backend
    from studio.site.place import Place

__all__ = ["CIRCUMSTANCES_KEY", "ISSUER", "MAX_BODY", "ORIGIN", "SCREENS_KEY", "Site"]


class Site:
    """The application. One serves one backend, at one place."""

    def __init__(self, backend: Backend, pages: Pages, place: Place = SIMULATED) -> None:
        self._host = Host(backend, pages, place)
        self._assets = Assets(pages.templates)
        self._routes = Routes(
            [
                *self._signing_in(),
                *self._signing_out(),
                *self._account(),
                *self._texts(),
                *oauth.rules(backend, place),
                *self._files(),
            ]
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        return self.answer(environ)(environ, start_response)

    def answer(self, environ: WSGIEnvironment) -> Response:
        """Return the answer to a request, not sent yet."""
        request = BoundedRequest(environ)
        answer = fortified(self._answer(request), self._host.place, request.path)
        return shared(answer) if request.path in oauth.SHARED else answer

    def _answer(self, request: Request) -> Response:
        values: Mapping[str, str] = {}
        try:
            self._check_host(request)
            endpoint, values = self._routes.match(request.environ)
            answer = endpoint(request, **values)
        except HTTPException as mistake:
            return self._mistake(request, mistake)
        except Exception as error:  # noqa: BLE001 - whatever it is, a person is told in words
            return failed(self._host, request, error, values.get("flow_id", ""))
        return answer

    def _check_host(self, request: Request) -> None:
        """Refuse a request for somebody else: a name that leads here is not our name.

        A page elsewhere could otherwise let its own name lead to this machine, and read what is
        answered to it (DNS rebinding).
        """
        place = self._host.place
        if place.serving and request.environ.get("HTTP_HOST", "").lower() != place.host.lower():
            raise MisdirectedRequest(f"this is {place.origin}")

    def _mistake(self, request: Request, mistake: HTTPException) -> Response:
        plain = mistake.get_response(request.environ)
        status = plain.status_code
        if request.path in oauth.OWN:
            return oauth.misused(mistake, plain.headers)
        if status in {405, 413, 415, 421}:
            return text(mistake.name, status=status, headers=plain.headers)
        return self._host.page(request, NotFound(), bare_page(wanted(request)), status=status)

    # Routes

    def _signing_in(self) -> Sequence[Rule]:
        routes = SigningIn(self._host)
        return (
            Rule("/oauth/authorize", endpoint=routes.authorize, methods=["GET", "POST"]),
            Rule("/id/signin/<flow_id>", endpoint=routes.show, methods=["GET"]),
            Rule("/id/signin/<flow_id>", endpoint=routes.submit, methods=["POST"]),
        )

    def _signing_out(self) -> Sequence[Rule]:
        routes = SigningOut(self._host)
        return (
            Rule("/oauth/logout", endpoint=routes.logout, methods=["GET", "POST"]),
            Rule("/id/sign-out", endpoint=routes.confirm, methods=["POST"]),
            Rule("/id/signed-out", endpoint=routes.signed_out, methods=["GET"]),
        )

    def _account(self) -> Sequence[Rule]:
        routes = MyAccount(self._host, SigningIn(self._host))
        names = ",".join(one for one in Section if one is not Section.OVERVIEW)
        overview, section = "/id/account", f"/id/account/<any({names}):section>"
        return (
            Rule(overview, endpoint=routes.show, methods=["GET"]),
            Rule(overview, endpoint=routes.submit, methods=["POST"]),
            Rule(section, endpoint=routes.show, methods=["GET"]),
            Rule(section, endpoint=routes.submit, methods=["POST"]),
            Rule("/id/account/signed-in", endpoint=routes.signed_in, methods=["GET"]),
            Rule("/id/account/sign-out", endpoint=routes.sign_out, methods=["GET"]),
        )

    def _texts(self) -> Sequence[Rule]:
        routes = Texts(self._host, SigningIn(self._host))
        name = f"<any({','.join(TEXTS)}):name>"
        strength = partial(password_strength, self._host)
        return (
            Rule(f"/id/{name}", endpoint=routes.show, methods=["GET"]),
            Rule(f"/id/signin/<flow_id>/{name}", endpoint=routes.show_in_flow, methods=["GET"]),
            Rule("/id/password-strength", endpoint=strength, methods=["POST"]),
        )

    def _files(self) -> Sequence[Rule]:
        look = "/brand/<client_id>/<version>"
        return (
            Rule(f"{look}/brand.css", endpoint=self._brand, methods=["GET"]),
            Rule(f"{look}/logo", endpoint=self._logo, methods=["GET"]),
            Rule("/static/<path:name>", endpoint=self._static, methods=["GET"]),
            Rule(assets.ICON, endpoint=self._assets.icon, methods=["GET"]),
        )

    def _brand(self, _request: Request, client_id: str, version: str) -> Response:
        return assets.brand(self._host.client(client_id), version)

    def _logo(self, _request: Request, client_id: str, version: str) -> Response:
        return assets.logo(self._host.client(client_id), version)

    def _static(self, _request: Request, name: str) -> Response:
        return self._assets.static(name)
