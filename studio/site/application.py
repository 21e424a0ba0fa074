"""The WSGI application: each route reads a request, asks the engine, and answers.

Rules kept here:

* a POST is answered with a redirect, and a page is shown by a GET that can be repeated: a refresh,
  the back button and a change of language or brand are safe at any moment;
* a flow belongs to the browser it began in, which a cookie proves;
* nobody is sent to an address that the client has not registered.
"""

from __future__ import annotations

import hmac
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, Rule
from werkzeug.wrappers import Request, Response

from studio.engine.connect import begin, happen, location_of
from studio.engine.detection import Circumstances
from studio.engine.effects import KeepSession, SendCode
from studio.engine.events import ChooseLocales
from studio.engine.flow import Finished
from studio.engine.request import BadClientError, BadRequestError, parse_request
from studio.engine.screens import (
    CodePage,
    NotFound,
    RequestRefused,
    SignedOut,
    SignOut,
    StartAgain,
)
from studio.engine.showing import screen_of
from studio.engine.sign_out import (
    LogoutDecision,
    NotifyLogout,
    logout_by_token,
    logout_request,
    logout_token,
    sign_out_of_connect,
)
from studio.engine.tokens import TokenError
from studio.engine.turn import Turn
from studio.site import assets, forms, oauth
from studio.site.assets import Assets
from studio.site.context import bare_page, client_page, flow_page
from studio.site.cookies import (
    BROWSER_COOKIE,
    SESSION_COOKIE,
    keep_browser,
    keep_session,
    sign_out_token,
    without_session,
)
from studio.site.messages import code_message, news_message
from studio.site.responses import html, see_other, text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from studio.engine.connect import Form
    from studio.engine.effects import Tell
    from studio.engine.events import Event
    from studio.engine.flow import Flow
    from studio.engine.policy import ClientPolicy
    from studio.engine.screens import Screen
    from studio.engine.sessions import Session
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Page, Pages
    from studio.site.backend import Backend

ORIGIN = "https://id.connect.example"
"""Where the simulated CONNECT lives; reserved for documentation by RFC 6761."""

ISSUER = f"{ORIGIN}/oauth"

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
"""The redirect URI of a client that has none of its own: the code is shown to be copied."""

SCREENS_KEY = "connect_studio.screens"
"""Where the WSGI environ may hold a list that takes the screen answered: a simulated device's."""

CIRCUMSTANCES_KEY = "connect_studio.circumstances"
"""Where the WSGI environ may hold the `Circumstances` of the connection: a simulated device's."""

MAX_BODY = 64 * 1024


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
                Rule("/oauth/token", endpoint=self._token, methods=["POST"]),
                Rule("/oauth/userinfo", endpoint=self._userinfo, methods=["GET", "POST"]),
                Rule("/oauth/tokeninfo", endpoint=self._tokeninfo, methods=["GET"]),
                Rule("/oauth/revoke", endpoint=self._revoke, methods=["POST"]),
                Rule("/oauth/logout", endpoint=self._logout, methods=["GET", "POST"]),
                Rule("/id/sign-out", endpoint=self._confirm_sign_out, methods=["POST"]),
                Rule("/oauth/public_keys.jwks", endpoint=self._keys, methods=["GET"]),
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
        browser = _browser(request) or self._new_browser()
        try:
            asked, policy = parse_request(_parameters(request), self._policy)
        except BadClientError as mistake:
            return self._refused(request, mistake)
        except BadRequestError as mistake:
            return see_other(mistake.location())
        turn = begin(
            self._backend.world,
            policy,
            asked,
            browser=browser,
            circumstances=_circumstances(request),
            session=self._session(request),
        )
        location = location_of(turn.flow) or OUT_OF_BAND
        here = location.startswith(OUT_OF_BAND)
        response = see_other(f"/id/signin/{turn.flow.id}" if here else location)
        keep_browser(response, browser)
        return self._carried_out(turn, response)

    def _show(self, request: Request, flow_id: str) -> Response:
        found = self._find(request, flow_id)
        if isinstance(found, Response):
            return found
        turn, hosted = found
        wanted = _wanted(request)
        if wanted:
            return self._happened(turn, ChooseLocales(tags=wanted))
        screen = screen_of(turn)
        if isinstance(screen, Finished):
            return self._left(request, turn, hosted, screen.location)
        return self._page(request, screen, flow_page(turn.flow, hosted), flow=turn.flow)

    def _left(self, request: Request, turn: Turn, hosted: HostedClient, location: str) -> Response:
        """Send the browser back to the service; a client without an address gets a page to copy."""
        if not location.startswith(OUT_OF_BAND):
            return see_other(location)
        code = dict(parse_qsl(location.partition("?")[2])).get("code")
        again = turn.flow.request.parameters
        page = client_page(hosted, turn.flow.locales, again=again)
        screen = CodePage(code=code) if code else StartAgain(reason="declined")
        return self._page(request, screen, page)

    def _submit(self, request: Request, flow_id: str) -> Response:
        found = self._find(request, flow_id)
        if isinstance(found, Response):
            return found
        turn, _hosted = found
        event = forms.event(request.form)
        if event is None:
            return see_other(f"/id/signin/{flow_id}")
        return self._happened(turn, event, forms.origin(request.form))

    def _happened(self, turn: Turn, event: Event, form: Form | None = None) -> Response:
        """Let an event happen, and answer with the way to what comes of it."""
        turn = happen(turn, event, form)
        return self._carried_out(turn, see_other(f"/id/signin/{turn.flow.id}"))

    def _token(self, request: Request) -> Response:
        return oauth.token(self._backend, request, issuer=ISSUER)

    def _userinfo(self, request: Request) -> Response:
        return oauth.user_info(self._backend, request)

    def _tokeninfo(self, request: Request) -> Response:
        return oauth.token_info(self._backend, request)

    def _revoke(self, request: Request) -> Response:
        return oauth.revoke(self._backend, request)

    def _keys(self, request: Request) -> Response:
        return oauth.public_keys(self._backend, request)

    def _logout(self, request: Request) -> Response:
        """Sign out of CONNECT: at once where an ID token proves who asks, else after asking."""
        if request.method == "POST":
            return self._logout_by_token(request)
        parameters = list(request.args.items(multi=True))
        try:
            decision = logout_request(self._backend.world, parameters, self._policy, issuer=ISSUER)
        except BadClientError as mistake:
            return self._refused(request, mistake)
        session = self._session(request)
        page = self._logout_page(request, decision, session)
        if session and decision.session_id != session.id:
            action = f"/id/sign-out?{urlencode(parameters)}"
            page = replace(page, action=action, token=sign_out_token(session))
            return self._page(request, SignOut(), page)
        self._sign_out(session.id if session else None)
        if decision.location:
            return without_session(see_other(decision.location))
        return without_session(self._page(request, SignedOut(), page))

    def _logout_by_token(self, request: Request) -> Response:
        try:
            decision = logout_by_token(self._backend.world, oauth.bearer_token(request))
        except TokenError as mistake:
            return oauth.bearer_refused(mistake)
        self._sign_out(decision.session_id)
        return oauth.as_json({})

    def _logout_page(
        self, request: Request, decision: LogoutDecision, session: Session | None
    ) -> Page:
        hosted = self._backend.client(decision.client_id or "")
        wanted = _wanted(request) or (session.locales if session else ())
        return client_page(hosted, wanted) if hosted else bare_page(wanted)

    def _confirm_sign_out(self, request: Request) -> Response:
        """Sign out as the person has said, and go on with what the service asked for."""
        session = self._session(request)
        token = request.form.get("token", "").encode()
        if session and hmac.compare_digest(token, sign_out_token(session).encode()):
            self._sign_out(session.id)
        return see_other(f"/oauth/logout?{request.query_string.decode('ascii', 'ignore')}")

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

    def _session(self, request: Request) -> Session | None:
        """Return CONNECT's own session in this browser."""
        session_id, _, secret = request.cookies.get(SESSION_COOKIE, "").partition(".")
        session = self._backend.world.sessions.get(session_id)
        if session is None or not hmac.compare_digest(secret.encode(), session.secret.encode()):
            return None
        return session

    def _sign_out(self, session_id: str | None) -> None:
        """End a session, and tell the services that were signed in with it."""
        world, notices = sign_out_of_connect(self._backend.world, session_id or "")
        self._backend.world = world
        for notice in notices:
            self._notify(notice)

    def _find(self, request: Request, flow_id: str) -> tuple[Turn, HostedClient] | Response:
        """Return the flow as a turn with its client, or the page that says why there is none."""
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
        session = self._session(request)
        flow = replace(
            flow,
            circumstances=_circumstances(request),
            session_id=session.id if session else None,
        )
        return Turn(world=world, policy=hosted.policy, flow=flow), hosted

    def _refused(self, request: Request, mistake: BadClientError) -> Response:
        screen = RequestRefused(parameter=mistake.parameter, value=mistake.value)
        return self._page(request, screen, bare_page(_wanted(request)), status=400)

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

    def _carried_out(self, turn: Turn, response: Response) -> Response:
        """Keep the world after a turn, and carry out its effects; sessions go into a cookie."""
        self._backend.world = turn.world
        for effect in turn.effects:
            if isinstance(effect, KeepSession):
                keep_session(response, effect.session)
            elif isinstance(effect, NotifyLogout):
                self._notify(effect)
            else:
                self._deliver(effect)
        return response

    def _deliver(self, effect: SendCode | Tell) -> None:
        hosted = self._backend.client(effect.client_id)
        if hosted is None:
            return
        if isinstance(effect, SendCode):
            self._backend.deliver(code_message(effect, hosted, self._pages))
        else:
            self._backend.deliver(news_message(effect, hosted, self._pages))

    def _notify(self, notice: NotifyLogout) -> None:
        policy = self._policy(notice.client_id)
        if policy is None or policy.backchannel_logout_uri is None:
            return
        world = self._backend.world
        token = logout_token(world, ISSUER, notice.client_id, notice.sub, notice.sid)
        self._backend.notify(notice.client_id, policy.backchannel_logout_uri, token)


def _browser(request: Request) -> str:
    """Return the name of the browser, empty before its first cookie."""
    return request.cookies.get(BROWSER_COOKIE, "")


def _circumstances(request: Request) -> Circumstances:
    """Return what can be told of the connection; a real server can tell nothing."""
    found = request.environ.get(CIRCUMSTANCES_KEY)
    return found if isinstance(found, Circumstances) else Circumstances()


def _wanted(request: Request) -> tuple[str, ...]:
    """Return the languages wanted by `ui_locales`, best first."""
    return tuple(request.args.get("ui_locales", "").split())


def _parameters(request: Request) -> list[tuple[str, str]]:
    """Return the parameters in their order, of a GET or a POST (OpenID Connect Core 3.1.2.1)."""
    source = request.form if request.method == "POST" else request.args
    return list(source.items(multi=True))
