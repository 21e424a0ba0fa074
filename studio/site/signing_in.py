"""The routes of signing in: an authorisation request becomes a flow, and a flow its pages.

Rules kept here:

* a flow belongs to the browser it began in, which a cookie proves;
* nobody is sent to an address that the client has not registered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from studio.engine.claims import read_id_token
from studio.engine.connect import begin, happen, location_of
from studio.engine.events import ChooseLocales
from studio.engine.flow import Finished
from studio.engine.request import BadClientError, BadRequestError, parse_request, with_query
from studio.engine.screens import CodePage, NotFound, StartAgain
from studio.engine.showing import screen_of
from studio.engine.turn import Turn
from studio.site import forms
from studio.site.context import bare_page, client_page, flow_page
from studio.site.cookies import keep_browser
from studio.site.host import circumstances_of, parameters, wanted
from studio.site.responses import see_other

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Request, Response

    from studio.engine.connect import Form
    from studio.engine.events import Event
    from studio.pages.hosting import HostedClient
    from studio.site.host import Host

OUT_OF_BAND = "urn:ietf:wg:oauth:2.0:oob"
"""The redirect URI of a client that has none of its own: the code is shown to be copied."""

LONGEST_QUERY = 6000
"""Characters of a query that every server and browser takes."""


@dataclass(frozen=True)
class SigningIn:
    """The routes `/oauth/authorize` and `/id/signin/<flow>`."""

    host: Host

    def authorize(self, request: Request) -> Response:
        """Begin a flow for an authorisation request."""
        asked = parameters(request)
        if self._came_without_cookies(request) and len(urlencode(asked)) <= LONGEST_QUERY:
            return see_other(f"/oauth/authorize?{urlencode(asked)}")
        try:
            return self.begin(request, asked)
        except BadClientError as mistake:
            return self.host.refused(request, mistake)
        except BadRequestError as mistake:
            if mistake.redirect_uri.startswith(OUT_OF_BAND):
                # There is no address to tell it at, so that it is told here.
                told = BadClientError(mistake.parameter or "error", mistake.error)
                return self.host.refused(request, told)
            return see_other(self._answer(mistake.location()))

    def _came_without_cookies(self, request: Request) -> bool:
        """Tell whether a form of a service came without cookies, as `SameSite=Lax` has it.

        They do come with the GET after it, so that a session counts there.
        """
        sent = self.host.place.serving and request.method == "POST"
        return sent and not self.host.browser(request)

    def _answer(self, location: str) -> str:
        """Return an authorisation response that tells whose it is (RFC 9207 section 2)."""
        return with_query(location, [("iss", self.host.place.issuer)])

    def _person_of(self, hint: str) -> str | None:
        """Return whom an `id_token_hint` is about."""
        claims = read_id_token(self.host.world, hint, self.host.place.issuer)
        return str(claims["sub"]) if claims else None

    def begin(
        self, request: Request, asked: Sequence[tuple[str, str]], *, staying: bool | None = None
    ) -> Response:
        """Begin a flow, and answer with the way to its first page, or to where it has ended.

        `staying` is how the "Stay signed in" box is at first, None as the client has it.

        Raises:
            BadClientError: As of `parse_request`.
            BadRequestError: The same.
        """
        browser = self.host.browser(request) or self.host.new_browser()
        valid, policy = parse_request(asked, self.host.policy, self._person_of)
        turn = begin(
            self.host.world,
            policy,
            valid,
            browser=browser,
            circumstances=circumstances_of(request),
            session=self.host.session(request),
            staying=staying,
        )
        location = location_of(turn.flow) or OUT_OF_BAND
        here = location.startswith(OUT_OF_BAND)
        response = see_other(f"/id/signin/{turn.flow.id}" if here else self._answer(location))
        keep_browser(response, browser, self.host.place)
        return self.host.carried_out(turn.world, turn.effects, response)

    def show(self, request: Request, flow_id: str) -> Response:
        """Show the page a flow is at."""
        found = self.find(request, flow_id)
        if not isinstance(found, tuple):
            return found
        turn, hosted = found
        languages = wanted(request)
        if languages:
            return self._happened(turn, ChooseLocales(tags=languages))
        screen = screen_of(turn)
        if isinstance(screen, Finished):
            return self._left(request, turn, hosted, screen.location)
        page = flow_page(turn.flow, hosted)
        return self.host.page(request, screen, page, leads_to=turn.flow.request.redirect_uri)

    def submit(self, request: Request, flow_id: str) -> Response:
        """Take a form of a flow."""
        found = self.find(request, flow_id)
        if not isinstance(found, tuple):
            return found
        turn, _hosted = found
        event = forms.event(request.form)
        if event is None:
            return see_other(f"/id/signin/{flow_id}")
        return self._happened(turn, event, forms.origin(request.form))

    def find(self, request: Request, flow_id: str) -> tuple[Turn, HostedClient] | Response:
        """Return the flow as a turn with its client, or the page that says why there is none."""
        world = self.host.world
        flow = world.flows.get(flow_id)
        hosted = self.host.client(flow.request.client_id) if flow else None
        if flow is None or hosted is None:
            return self.host.page(request, NotFound(), bare_page(wanted(request)), status=404)
        if not self.host.is_browser(request, flow.browser):
            page = client_page(hosted, flow.locales)
            return self.host.page(request, StartAgain(reason="no-cookie"), page, status=403)
        if flow.expired(world.now):
            page = client_page(hosted, flow.locales, again=flow.request.parameters)
            return self.host.page(request, StartAgain(reason="expired"), page, status=410)
        session = self.host.session(request)
        flow = replace(
            flow,
            circumstances=circumstances_of(request),
            session_id=session.id if session else None,
        )
        return Turn(world=world, policy=hosted.policy, flow=flow), hosted

    def _left(self, request: Request, turn: Turn, hosted: HostedClient, location: str) -> Response:
        """Send the browser back to the service; a client without an address gets a page to copy."""
        if not location.startswith(OUT_OF_BAND):
            return see_other(self._answer(location))
        code = dict(parse_qsl(location.partition("?")[2])).get("code")
        again = turn.flow.request.parameters
        page = client_page(hosted, turn.flow.locales, again=again)
        screen = CodePage(code=code) if code else StartAgain(reason="declined")
        return self.host.page(request, screen, page)

    def _happened(self, turn: Turn, event: Event, form: Form | None = None) -> Response:
        """Let an event happen, and answer with the way to what comes of it."""
        turn = happen(turn, event, form)
        onward = see_other(f"/id/signin/{turn.flow.id}")
        return self.host.carried_out(turn.world, turn.effects, onward)
