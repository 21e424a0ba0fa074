"""The WSGI application: each route reads a request, asks the engine, and answers.

Rules kept here:

* a POST is answered with a redirect, and a page is shown by a GET that can be repeated: a refresh,
  the back button and a change of language or brand are safe at any moment;
* a flow belongs to the browser it began in, which a cookie proves;
* nobody is sent to an address that the client has not registered.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from studio.engine.connect import begin, happen
from studio.engine.events import ChooseLocales
from studio.engine.flow import Finished
from studio.engine.request import BadClientError, BadRequestError, parse_request
from studio.engine.screens import NotFound, RequestRefused, Screen, StartAgain, screen_of
from studio.site import assets, forms
from studio.site.assets import Assets
from studio.site.context import bare_page, client_page, flow_page
from studio.site.messages import Message, code_by_sms
from studio.site.responses import html, see_other, text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from studio.engine.effects import Effect
    from studio.engine.flow import Flow
    from studio.engine.policy import ClientPolicy
    from studio.engine.world import World
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Page, Pages

ORIGIN = "https://id.connect.example"
"""Where the simulated CONNECT lives; reserved for documentation by RFC 6761."""

SCREENS_KEY = "connect_studio.screens"
"""Where the WSGI environ may hold a list that takes the screen answered: a simulated device's."""

BROWSER_COOKIE = "__Host-connect-browser"
MAX_BODY = 64 * 1024


class Backend(Protocol):
    """What the site works on: the world, the hosted clients and a way to deliver messages."""

    world: World

    def client(self, client_id: str) -> HostedClient | None:
        """Return a hosted client, None where there is none of that id."""

    def deliver(self, message: Message) -> None:
        """Take an SMS or e-mail to the person."""


class Site:
    """The application. One serves one backend."""

    def __init__(self, backend: Backend, pages: Pages) -> None:
        self._backend = backend
        self._pages = pages
        self._assets = Assets(pages.templates)
        look = "/brand/<client_id>/<version>"
        self._routes = Map(
            [
                Rule("/oauth/authorize", endpoint=self._authorize, methods=["GET", "POST"]),
                Rule("/id/signin/<flow_id>", endpoint=self._show, methods=["GET"]),
                Rule("/id/signin/<flow_id>", endpoint=self._submit, methods=["POST"]),
                Rule(f"{look}/brand.css", endpoint=self._brand, methods=["GET"]),
                Rule(f"{look}/logo", endpoint=self._logo, methods=["GET"]),
                Rule("/static/<path:name>", endpoint=self._static, methods=["GET"]),
            ],
            merge_slashes=False,
        )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request (PEP 3333)."""
        request = Request(environ)
        request.max_content_length = MAX_BODY
        return self._answer(request)(environ, start_response)

    def _answer(self, request: Request) -> Response:
        routes = self._routes.bind_to_environ(request.environ)
        try:
            endpoint, values = routes.match()
            answer: Response = endpoint(request, **values)
        except HTTPException as mistake:
            return self._mistake(request, mistake)
        return answer

    def _mistake(self, request: Request, mistake: HTTPException) -> Response:
        plain = mistake.get_response(request.environ)
        status = plain.status_code
        if status in {405, 413}:
            return text(mistake.name, status=status, headers=plain.headers)
        return self._page(request, NotFound(), bare_page(_wanted(request)), status=status)

    # Routes

    def _authorize(self, request: Request) -> Response:
        try:
            asked, policy = parse_request(_parameters(request), self._policy)
            browser = _browser(request) or self._new_browser()
            world, flow = begin(self._backend.world, policy, asked, browser=browser)
        except BadClientError as mistake:
            screen = RequestRefused(parameter=mistake.parameter, value=mistake.value)
            return self._page(request, screen, bare_page(_wanted(request)), status=400)
        except BadRequestError as mistake:
            return see_other(mistake.location())
        self._backend.world = world
        response = see_other(f"/id/signin/{flow.id}")
        response.set_cookie(
            BROWSER_COOKIE, browser, path="/", secure=True, httponly=True, samesite="Lax"
        )
        return response

    def _show(self, request: Request, flow_id: str) -> Response:
        found = self._find(request, flow_id)
        if isinstance(found, Response):
            return found
        flow, hosted = found
        wanted = _wanted(request)
        if wanted:
            event = ChooseLocales(tags=wanted)
            turn = happen(self._backend.world, hosted.policy, flow, event)
            self._backend.world = turn.world
            return see_other(f"/id/signin/{flow_id}")
        screen = screen_of(flow, hosted.policy)
        if isinstance(screen, Finished):
            return see_other(screen.location)
        return self._page(request, screen, flow_page(flow, hosted), flow=flow)

    def _submit(self, request: Request, flow_id: str) -> Response:
        found = self._find(request, flow_id)
        if isinstance(found, Response):
            return found
        flow, hosted = found
        event = forms.event(request.form)
        if event:
            origin = forms.origin(request.form)
            turn = happen(self._backend.world, hosted.policy, flow, event, origin)
            self._backend.world = turn.world
            for effect in turn.effects:
                self._carry_out(effect, hosted)
        return see_other(f"/id/signin/{flow_id}")

    def _brand(self, _request: Request, client_id: str, version: str) -> Response:
        return assets.brand(self._backend.client(client_id), version)

    def _logo(self, _request: Request, client_id: str, version: str) -> Response:
        return assets.logo(self._backend.client(client_id), version)

    def _static(self, _request: Request, name: str) -> Response:
        return self._assets.static(name)

    # What routes share

    def _policy(self, client_id: str) -> ClientPolicy | None:
        hosted = self._backend.client(client_id)
        return hosted.policy if hosted else None

    def _new_browser(self) -> str:
        self._backend.world, browser = self._backend.world.token()
        return browser

    def _find(self, request: Request, flow_id: str) -> tuple[Flow, HostedClient] | Response:
        """Return the flow and its client, or the page that says why there is none to show."""
        world = self._backend.world
        flow = world.flows.get(flow_id)
        hosted = self._backend.client(flow.request.client_id) if flow else None
        if flow is None or hosted is None:
            return self._page(request, NotFound(), bare_page(_wanted(request)), status=404)
        if _browser(request) != flow.browser:
            page = client_page(hosted, flow.locales)
            return self._page(request, StartAgain(reason="no-cookie"), page, status=403)
        if flow.expired(world.now):
            page = client_page(hosted, flow.locales, again=flow.request.parameters)
            return self._page(request, StartAgain(reason="expired"), page, status=410)
        return flow, hosted

    def _page(
        self,
        request: Request,
        screen: Screen,
        page: Page,
        *,
        status: int = 200,
        flow: Flow | None = None,
    ) -> Response:
        request.environ.get(SCREENS_KEY, []).append(screen)
        body = self._pages.html(screen, page)
        return html(body, status=status, request=flow.request if flow else None)

    def _carry_out(self, effect: Effect, hosted: HostedClient) -> None:
        self._backend.deliver(code_by_sms(effect, hosted, self._pages))


def _browser(request: Request) -> str:
    """Return the name of the browser, empty before its first cookie."""
    return request.cookies.get(BROWSER_COOKIE, "")


def _wanted(request: Request) -> tuple[str, ...]:
    """Return the languages wanted by `ui_locales`, best first."""
    return tuple(request.args.get("ui_locales", "").split())


def _parameters(request: Request) -> list[tuple[str, str]]:
    """Return the parameters in their order, of a GET or a POST (OpenID Connect Core 3.1.2.1)."""
    source = request.form if request.method == "POST" else request.args
    return list(source.items(multi=True))
