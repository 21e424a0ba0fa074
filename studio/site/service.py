"""A sample service: the client's own side of signing in, as a WSGI application.

It does what a service is told to do: it sends people to CONNECT with `state` and PKCE, exchanges
the code at the token endpoint, keeps a session of its own that honours `td_sls`, ends it when
CONNECT says so, and gives its tokens back when a person signs out. In the simulated place it stands
in for the client's app, whose requests the window makes: an answer to one that is not its own is
taken too, and told as that. Where it is served, CONNECT answers at its own address, and an answer
to nothing it has asked is refused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from immutables import Map
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule

from studio.site import assets
from studio.site.application import SCREENS_KEY
from studio.site.cookies import keep
from studio.site.place import SIMULATED
from studio.site.reading import BoundedRequest
from studio.site.responses import see_other, text
from studio.site.routes import Routes
from studio.site.service_pages import AtService, ServicePages, prefix_of
from studio.site.service_request import (
    REQUEST_LIFETIME,
    answered,
    cookie_name,
    new_request,
    request_fields,
)
from studio.site.service_session import (
    SERVICE_LIFETIME,
    NotSignedInError,
    ServiceBackend,
    ServiceSession,
    asked_again,
    exchange,
    new_session,
    revoke,
)

if TYPE_CHECKING:
    from datetime import timedelta
    from wsgiref.types import WSGIEnvironment

    from werkzeug.wrappers import Request, Response

    from studio.engine.world import World
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages
    from studio.site.place import Place
    from studio.site.service_pages import Ways

__all__ = [
    "ARRIVED",
    "SERVICE_COOKIE",
    "SERVICE_LIFETIME",
    "SIGNED_OUT",
    "AtService",
    "Service",
    "ServiceBackend",
    "ServiceSession",
]

SERVICE_COOKIE = cookie_name(SIMULATED, "service-session")

ARRIVED = "/arrived"
"""Where a service is answered, below its own address."""

SIGNED_OUT = "/signed-out"
"""Where a service is returned to after signing out, below its own address."""


class Service:
    """The services of all clients, each at an address of its own.

    Where it is below a path of CONNECT's own place, `SCRIPT_NAME` says so (PEP 3333).
    """

    def __init__(self, backend: ServiceBackend, pages: Pages, place: Place = SIMULATED) -> None:
        self._backend = backend
        self._pages = ServicePages(pages, place)
        self._assets = assets.Assets(pages.templates)
        self._place = place
        self._session_cookie = cookie_name(place, "service-session")
        self._request_cookie = cookie_name(place, "service-request")
        look = "/brand/<client_id>/<version>"
        self._routes = Routes(
            [
                Rule("/", endpoint=self._home, methods=["GET"]),
                Rule("/settings", endpoint=self._settings, methods=["GET"]),
                Rule("/account", endpoint=self._account, methods=["GET"]),
                Rule("/sign-in", endpoint=self._sign_in, methods=["GET"]),
                Rule(ARRIVED, endpoint=self._arrived, methods=["GET"]),
                Rule(SIGNED_OUT, endpoint=self._arrived, methods=["GET"]),
                Rule("/sign-out", endpoint=self._sign_out, methods=["POST"]),
                Rule("/backchannel", endpoint=self._backchannel, methods=["POST"]),
                Rule(f"{look}/brand.css", endpoint=self._brand, methods=["GET"]),
                Rule(f"{look}/logo", endpoint=self._logo, methods=["GET"]),
                Rule("/static/<path:name>", endpoint=self._static, methods=["GET"]),
            ]
        )

    def answer(self, hosted: HostedClient, environ: WSGIEnvironment) -> Response:
        """Answer one request to the service of a client."""
        request = BoundedRequest(environ)
        try:
            endpoint, values = self._routes.match(environ)
            answered = endpoint(hosted, request, **values)
        except HTTPException as mistake:
            return text(mistake.name, status=mistake.code or 500)
        return answered

    # Pages

    def _home(self, hosted: HostedClient, request: Request) -> Response:
        """Show who is signed in, or the way to sign in; `?start` is the start of the app."""
        session = self._session(hosted, request)
        if session:
            return self._page(hosted, request, "signed-in", session)
        begun = "splash" if "start" in request.args else "signed-out"
        return self._page(hosted, request, request.args.get("error", begun))

    def _settings(self, hosted: HostedClient, request: Request) -> Response:
        session = self._session(hosted, request)
        if session is None:
            return see_other(self._pages.ways(request, hosted).here("/"))
        return self._page(hosted, request, "settings", session)

    def _account(self, hosted: HostedClient, request: Request) -> Response:
        """Show what CONNECT tells of the person now."""
        session = self._session(hosted, request)
        home = self._pages.ways(request, hosted).here("/")
        if session is None:
            return see_other(home)
        secret = request.cookies[self._session_cookie]
        newest = asked_again(self._backend, session)
        if newest is None:
            return self._forgotten(request, secret, home)
        self._backend.services = self._backend.services.set(secret, newest)
        return self._page(hosted, request, "account", newest)

    def _page(
        self,
        hosted: HostedClient,
        request: Request,
        state: str,
        session: ServiceSession | None = None,
    ) -> Response:
        shown = AtService(client_name=hosted.client.registration.name, state=state)
        if session:
            shown = AtService(
                client_name=shown.client_name,
                state=state,
                claims=session.claims,
                signed_in_as=session.signed_in_as,
                profile=session.profile,
                asked=session.asked,
                by_password=session.by_password,
            )
        request.environ.get(SCREENS_KEY, []).append(shown)
        return self._pages.html(request, hosted, shown)

    # To CONNECT and back

    def _sign_in(self, hosted: HostedClient, request: Request) -> Response:
        self._backend.world, own = new_request(self._backend.world)
        fields = request_fields(hosted.policy, own, request.args)
        response = see_other(f"{self._place.origin}/oauth/authorize?{urlencode(fields)}")
        self._keep(request, response, self._request_cookie, own.cookie, REQUEST_LIFETIME)
        return response

    def _arrived(self, hosted: HostedClient, request: Request) -> Response:
        """Take the answer that CONNECT sent here, or in the simulated place to the address `to`.

        Without a flow, where CONNECT refused the request, the languages come with it.
        """
        ways = self._pages.ways(request, hosted)
        own = f"{ways.home}{ways.prefix}{request.full_path}"
        target = own if self._place.serving else request.args.get("to", "")
        answer = dict(parse_qsl(target.partition("?")[2]))
        asked = tuple(request.args.get("ui_locales", "").split())
        locales = asked or _asked_locales(self._backend.world, hosted.policy.client_id)
        if target.partition("?")[0] in hosted.policy.post_logout_redirect_uris:
            return _home_again(ways, locales)
        try:
            session = self._answered(hosted, request, target, answer)
        except NotSignedInError as why:
            return self._without_request(request, _home_again(ways, locales, error=str(why)))
        kept = self._kept(request, session, _home_again(ways, locales))
        return self._without_request(request, kept)

    def _answered(
        self, hosted: HostedClient, request: Request, target: str, answer: dict[str, str]
    ) -> ServiceSession:
        """Make a session of an answer.

        Raises:
            NotSignedInError: CONNECT did not sign the person in.
        """
        issuer = self._place.issuer
        # RFC 9207 section 2.4; what the window takes as an answer may come from anywhere.
        if answer.get("iss", "" if self._place.serving else issuer) != issuer:
            raise NotSignedInError("wrong_issuer")
        own = answered(request.cookies.get(self._request_cookie, ""), answer.get("state", ""))
        if own is None and self._place.serving:
            raise NotSignedInError("wrong_state")  # RFC 6749 section 10.12
        if "code" not in answer:
            raise NotSignedInError(answer.get("error", "nothing"))
        fields = {"code": answer["code"], "redirect_uri": _address(hosted, target)}
        if own:
            fields["code_verifier"] = own.verifier
        client_id = hosted.policy.client_id
        tokens = exchange(self._backend, client_id, fields)
        return new_session(self._backend, client_id, tokens, asked=own is not None)

    def _sign_out(self, hosted: HostedClient, request: Request) -> Response:
        """End the service's own session, and CONNECT's too where that is wanted."""
        session = self._session(hosted, request)
        ways = self._pages.ways(request, hosted)
        there = ways.here("/")
        if request.form.get("action") == "sign-out-of-connect":
            id_token = session.id_token if session else ""
            there = ways.sign_out(id_token, hosted.policy.post_logout_redirect_uris)
        elif session:
            revoke(self._backend, session)
        return self._forgotten(request, request.cookies.get(self._session_cookie, ""), there)

    def _backchannel(self, hosted: HostedClient, request: Request) -> Response:
        """End the sessions that CONNECT says have ended (Back-Channel Logout 1.0)."""
        keys = self._backend.world.keys
        claims = keys.read(request.form.get("logout_token", ""), typ="logout+jwt")
        if claims is None or claims.get("aud") != hosted.policy.client_id:
            return text("not a logout token of CONNECT", status=400)
        kept = {
            secret: session
            for secret, session in self._backend.services.items()
            if (session.client_id, session.sid) != (hosted.policy.client_id, claims.get("sid"))
        }
        self._backend.services = Map(kept)
        return text("", status=200)

    # Files

    def _brand(self, hosted: HostedClient, _request: Request, version: str, **_id: str) -> Response:
        return assets.brand(hosted, version)

    def _logo(self, hosted: HostedClient, _request: Request, version: str, **_id: str) -> Response:
        return assets.logo(hosted, version)

    def _static(self, _hosted: HostedClient, _request: Request, name: str) -> Response:
        return self._assets.static(name)

    # What routes share

    def _session(self, hosted: HostedClient, request: Request) -> ServiceSession | None:
        session = self._backend.services.get(request.cookies.get(self._session_cookie, ""))
        if session is None or session.client_id != hosted.policy.client_id:
            return None
        return session if self._backend.world.now < session.expires else None

    def _kept(self, request: Request, session: ServiceSession, response: Response) -> Response:
        """Keep a session of its own; it ends with the window where the person wants that."""
        self._backend.world, secret = self._backend.world.token()
        self._backend.services = self._backend.services.set(secret, session)
        until_closed = dict(session.claims).get("td_sls") == "true"
        lifetime = None if until_closed else SERVICE_LIFETIME
        self._keep(request, response, self._session_cookie, secret, lifetime)
        return response

    def _forgotten(self, request: Request, secret: str, location: str) -> Response:
        if secret in self._backend.services:
            self._backend.services = self._backend.services.delete(secret)
        return self._without_cookie(request, see_other(location), self._session_cookie)

    def _without_request(self, request: Request, response: Response) -> Response:
        """Let the browser forget the request that has been answered."""
        if self._request_cookie not in request.cookies:
            return response
        return self._without_cookie(request, response, self._request_cookie)

    def _keep(
        self,
        request: Request,
        response: Response,
        name: str,
        value: str,
        lifetime: timedelta | None,
    ) -> None:
        path = f"{prefix_of(request)}/"
        keep(response, name, value, lifetime, secure=self._place.secure, path=path)

    def _without_cookie(self, request: Request, response: Response, name: str) -> Response:
        path, secure = f"{prefix_of(request)}/", self._place.secure
        response.delete_cookie(name, path=path, secure=secure, httponly=True, samesite="Lax")
        return response


def _asked_locales(world: World, client_id: str) -> tuple[str, ...]:
    """Return the languages that the newest request of a service asked for.

    A service knows what it has asked for; what the window asks, it asks in the service's name.
    """
    flows = (flow for flow in world.flows.values() if flow.request.client_id == client_id)
    newest = max(flows, key=lambda flow: flow.serial, default=None)
    return newest.locales if newest else ()


def _address(hosted: HostedClient, target: str) -> str:
    """Return the redirect URI that an answer came to; one may have a query of its own."""
    registered = sorted(hosted.policy.redirect_uris, key=len, reverse=True)
    return next((uri for uri in registered if target.startswith(uri)), target.partition("?")[0])


def _home_again(ways: Ways, locales: tuple[str, ...], error: str = "") -> Response:
    """Go home, and say there why nobody is signed in."""
    fields = {"error": error, "ui_locales": " ".join(locales)}
    query = urlencode({name: value for name, value in fields.items() if value})
    home = f"{ways.prefix}/"
    return see_other(f"{home}?{query}" if query else home)
