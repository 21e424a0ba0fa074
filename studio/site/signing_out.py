"""The routes of signing out: what a service asks for, what a person confirms.

A session ends at once only where a token proves who asks; otherwise the person is asked.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from studio.engine.request import BadClientError
from studio.engine.screens import SignedOut, SignOut
from studio.engine.sign_out import logout_by_token, logout_request
from studio.engine.tokens import TokenError
from studio.engine.visit import ACCOUNT_CLIENT
from studio.site import oauth
from studio.site.context import bare_page, client_page
from studio.site.cookies import sign_out_token, without_session
from studio.site.host import wanted
from studio.site.responses import as_json, see_other

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Request, Response

    from studio.engine.sessions import Session
    from studio.engine.sign_out import LogoutDecision
    from studio.pages.render import Page
    from studio.site.host import Host


BY_BROWSER = frozenset({"id_token_hint", "client_id", "post_logout_redirect_uri", "logout_hint"})
"""What a request of a browser has one of (OpenID Connect RP-Initiated Logout 1.0, section 2)."""


@dataclass(frozen=True)
class SigningOut:
    """The routes `/oauth/logout`, `/id/sign-out` and `/id/signed-out`."""

    host: Host

    def logout(self, request: Request) -> Response:
        """Sign out of CONNECT: at once where an ID token proves who asks, else after asking."""
        if request.method == "POST":
            return self._posted(request)
        asked = list(request.args.items(multi=True))
        try:
            decision = self._decision(asked)
        except BadClientError as mistake:
            return self.host.refused(request, mistake)
        session = self.host.session(request)
        page = self._page(request, decision.client_id, session)
        if session and decision.session_id != session.id:
            page = replace(
                page, action=f"/id/sign-out?{urlencode(asked)}", token=sign_out_token(session)
            )
            screen = SignOut(service=self._service(decision.client_id))
            return self.host.page(request, screen, page, leads_to=decision.location)
        self.host.sign_out(session.id if session else None)
        if decision.location:
            return without_session(see_other(decision.location), self.host.place)
        return without_session(self.host.page(request, SignedOut(), page), self.host.place)

    def confirm(self, request: Request) -> Response:
        """Sign out as the person has said, and go on with what the service asked for."""
        asked = list(request.args.items(multi=True))
        try:
            decision = self._decision(asked)
        except BadClientError as mistake:
            return self.host.refused(request, mistake)
        session = self.host.session(request)
        token = request.form.get("token", "").encode()
        if session and hmac.compare_digest(token, sign_out_token(session).encode()):
            if request.form.get("action") == "service" and decision.client_id:
                self.host.sign_out_of_service(session, decision.client_id)
                return see_other(decision.location or self._told(request, decision.client_id))
            self.host.sign_out(session.id)
        return see_other(f"/oauth/logout?{urlencode(asked)}")

    def signed_out(self, request: Request) -> Response:
        """Tell that the person is signed out of a service alone, where that is so."""
        client_id, session = request.args.get("client_id"), self.host.session(request)
        service = self._service(client_id)
        if session and (service is None or client_id in session.clients):
            return see_other(f"/oauth/logout?{urlencode(list(request.args.items(multi=True)))}")
        screen = SignedOut(service=service if session else None)
        return self.host.page(request, screen, self._page(request, client_id, session))

    def _decision(self, asked: Sequence[tuple[str, str]]) -> LogoutDecision:
        issuer = self.host.place.issuer
        return logout_request(self.host.world, asked, self.host.policy, issuer=issuer)

    def _posted(self, request: Request) -> Response:
        """Take what an app sends with its token, or a page of a service without one (section 2).

        With a form of another site no cookie comes (`SameSite=Lax`), but with the GET after it.
        """
        asked = list(request.form.items(multi=True))
        names = {name for name, _ in asked}
        if "Authorization" in request.headers or "access_token" in names or not names & BY_BROWSER:
            return self._by_token(request)
        return see_other(f"/oauth/logout?{urlencode(asked)}")

    def _by_token(self, request: Request) -> Response:
        try:
            decision = logout_by_token(self.host.world, oauth.bearer_token(request))
        except TokenError as mistake:
            return oauth.bearer_refused(mistake)
        self.host.sign_out(decision.session_id)
        return as_json({})

    def _told(self, request: Request, client_id: str) -> str:
        """Return where it is told that the person is signed out of a service alone."""
        languages = {"ui_locales": " ".join(wanted(request))} if wanted(request) else {}
        return f"/id/signed-out?{urlencode({'client_id': client_id} | languages)}"

    def _service(self, client_id: str | None) -> str | None:
        """Return the name of the service that asks; CONNECT's own client is none."""
        hosted = self.host.client(client_id or "") if client_id != ACCOUNT_CLIENT else None
        return hosted.policy.name if hosted else None

    def _page(self, request: Request, client_id: str | None, session: Session | None) -> Page:
        hosted = self.host.client(client_id or "")
        languages = wanted(request) or (session.locales if session else ())
        if hosted is None:
            return bare_page(languages)
        home = self.host.backend.home(hosted.policy.client_id)
        return replace(client_page(hosted, languages), home=home)
