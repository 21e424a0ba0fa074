"""The routes of My CONNECT account: a section a URL, a visit a session.

Rules kept here:

* whoever has no session signs in first, to CONNECT's own client, and comes back to the section; the
  code of that sign-in is taken back at once, because nobody exchanges it;
* a GET with parameters keeps them in the visit and goes on to the plain URL: nothing that was asked
  for once stands in the address of a page;
* a link back leads to an address that its client has registered, or to its own site, and nowhere
  else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from studio.engine.account_door import (
    arrive,
    enter,
    happen,
    is_own_code,
    proof_request,
    resume,
)
from studio.engine.account_showing import screen_of
from studio.engine.screens import SignOut, StartAgain
from studio.engine.tokens import revoke_grant
from studio.engine.visit import ACCOUNT_CLIENT, BackLink, Section
from studio.site import account_forms, forms
from studio.site.context import client_page, languages_of
from studio.site.cookies import sign_out_token
from studio.site.host import account_client
from studio.site.responses import see_other
from studio.site.signing_in import OUT_OF_BAND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Request, Response

    from studio.engine.account_turn import AccountTurn
    from studio.engine.sessions import Session
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Page
    from studio.site.host import Host
    from studio.site.signing_in import SigningIn

_KEPT = ("ui_locales", "client_id", "back")
"""What a deep link may ask for and a sign-in on the way keeps; `login_hint` is for the sign-in."""


_PLAIN = re.compile(r"[\x21-\x5b\x5d-\x7e]+")
"""What an address is made of (RFC 3986, section 2)."""

_UP = re.compile(r"/(?:\.|%2e){1,2}/", re.IGNORECASE)


@dataclass(frozen=True)
class MyAccount:
    """The routes below `/id/account`."""

    host: Host
    signing_in: SigningIn

    def show(self, request: Request, section: str = Section.OVERVIEW) -> Response:
        """Show a section; the one of the password after a proof."""
        here = Section(section)
        session = self.host.session(request)
        if session is None:
            return self._sign_in(request, here)
        turn = enter(self._arrive(request, session), here)
        if any(name in request.args for name in (*_KEPT, "login_hint")):
            turn = self._linked(turn, request.args)
            self.host.world = turn.world
            return see_other(path_of(here))
        if turn.prove:
            return self._prove(request, turn)
        self.host.world = turn.world
        return self.host.page(request, screen_of(turn), self._page(turn))

    def submit(self, request: Request, section: str = Section.OVERVIEW) -> Response:
        """Take a form of a section."""
        here = Section(section)
        session, event = self.host.session(request), account_forms.event(request.form)
        if session is None or event is None:
            return see_other(path_of(here))
        turn = happen(self._arrive(request, session), here, event, forms.origin(request.form))
        return self._prove(request, turn) if turn.prove else self._onward(turn)

    def signed_in(self, request: Request) -> Response:
        """Come back from signing in or from a proof, to what was wanted."""
        section, link = _state(request.args.get("state", ""))
        session = self.host.session(request)
        declined = "error" in request.args
        if session is None:
            return (
                self._declined(request, section, link)
                if declined
                else see_other(f"{path_of(section)}{_query(link)}")
            )
        turn = self._without_code(self._arrive(request, session), request.args.get("code", ""))
        if declined:
            # The section of the password would only ask for the proof again.
            there = Section.OVERVIEW if section is Section.PASSWORD else section
            return self._onward(self._linked(enter(turn, there), link))
        pending = turn.visit.pending is not None
        turn = resume(turn) if pending else enter(turn, section)
        return self._onward(self._linked(turn, link))

    def sign_out(self, request: Request) -> Response:
        """Ask whether to sign out of CONNECT."""
        session = self.host.session(request)
        if session is None:
            return see_other("/oauth/logout")
        turn = self._arrive(request, session)
        afterwards = {"client_id": ACCOUNT_CLIENT, "ui_locales": " ".join(turn.locales)}
        action = f"/id/sign-out{_query(afterwards)}"
        page = replace(self._page(turn), action=action, token=sign_out_token(session))
        return self.host.page(request, SignOut(), page)

    # Signing in, and proving

    def _sign_in(self, request: Request, section: Section) -> Response:
        link = {name: request.args[name] for name in _KEPT if request.args.get(name)}
        hints = [("login_hint", hint) for hint in request.args.getlist("login_hint") if hint]
        asked = {"state": f"{path_of(section)}{_query(link)}"}
        if "ui_locales" in link:
            asked["ui_locales"] = link["ui_locales"]
        return self.signing_in.begin(request, [*self._request(asked), *hints])

    def _prove(self, request: Request, turn: AccountTurn) -> Response:
        """Ask for a proof; the box "Stay signed in" is as it was for this session."""
        self.host.world = turn.world
        asked = {"state": path_of(turn.visit.stage.section), **proof_request(turn)}
        if turn.locales:
            asked["ui_locales"] = " ".join(turn.locales)
        staying = turn.session.lasting
        return self.signing_in.begin(request, self._request(asked), staying=staying)

    def _declined(self, request: Request, section: Section, link: Mapping[str, str]) -> Response:
        """Go back to the service, or offer to sign in again."""
        back = self._back_link(link)
        if back:
            return see_other(back.address)
        languages = link.get("ui_locales", "").split()
        page = replace(client_page(self._own, languages), again=path_of(section))
        return self.host.page(request, StartAgain(reason="declined"), page)

    def _without_code(self, turn: AccountTurn, code: str) -> AccountTurn:
        if not is_own_code(turn, code):
            return turn
        return replace(turn, world=revoke_grant(turn.world, code))

    # What routes share

    @property
    def _own(self) -> HostedClient:
        """CONNECT's own client, which people sign in to here."""
        return account_client(self.host.place)

    def _request(self, asked: Mapping[str, str]) -> list[tuple[str, str]]:
        """Return the parameters of a sign-in to CONNECT's own client."""
        policy = self._own.policy
        fixed = {
            "client_id": policy.client_id,
            "redirect_uri": policy.redirect_uris[0],
            "response_type": "code",
            "scope": policy.scope,
        }
        return [*fixed.items(), *asked.items()]

    def _arrive(self, request: Request, session: Session) -> AccountTurn:
        return arrive(
            self.host.world,
            self._own.policy,
            session,
            browser=self.host.browser(request),
            find_client=self.host.policy,
        )

    def _onward(self, turn: AccountTurn) -> Response:
        """Carry out a turn, and answer with the way to the section it has led to."""
        onward = see_other(path_of(turn.visit.stage.section))
        return self.host.carried_out(turn.world, turn.effects, onward)

    def _linked(self, turn: AccountTurn, link: Mapping[str, str]) -> AccountTurn:
        """Keep in the visit what a link asks for."""
        visit = turn.visit
        locales = tuple(link.get("ui_locales", "").split()) or visit.locales
        visit = replace(visit, locales=locales, back=self._back_link(link) or visit.back)
        return replace(turn, visit=visit, world=turn.world.with_visit(visit))

    def _back_link(self, link: Mapping[str, str]) -> BackLink | None:
        client_id, address = link.get("client_id", ""), link.get("back", "")
        known = bool(address) and self._leads_to(client_id, address)
        return BackLink(client_id=client_id, address=address) if known else None

    def _leads_to(self, client_id: str, address: str) -> bool:
        """Tell whether an address is the client's own."""
        policy = self.host.policy(client_id)
        if policy is None or client_id == ACCOUNT_CLIENT or address.startswith(OUT_OF_BAND):
            return False
        registered = (*policy.redirect_uris, *policy.post_logout_redirect_uris)
        home = self.host.backend.home(client_id)
        return address in registered or (home is not None and _is_below(address, home))

    def _page(self, turn: AccountTurn) -> Page:
        visit = turn.visit
        own = self._own
        action = path_of(visit.stage.section)
        page = client_page(own, turn.locales, action=action, token=visit.token)
        page = replace(page, languages=languages_of(own.client))
        back = visit.back
        if back is None or not self._leads_to(back.client_id, back.address):
            return page
        policy = self.host.policy(back.client_id)
        return replace(page, back_href=back.address, back_name=policy.name if policy else "")


def path_of(section: Section) -> str:
    """Return the URL of a section, relative to CONNECT's origin."""
    return "/id/account" if section is Section.OVERVIEW else f"/id/account/{section}"


def _state(state: str) -> tuple[Section, dict[str, str]]:
    """Read where somebody wanted to be; what is not known leads to the overview."""
    path, _, query = state.partition("?")
    sections = {path_of(section): section for section in Section}
    link = {name: value for name, value in parse_qsl(query) if name in _KEPT}
    return sections.get(path, Section.OVERVIEW), link


def _query(link: Mapping[str, str]) -> str:
    return f"?{urlencode(link)}" if link else ""


def _is_below(address: str, home: str) -> bool:
    """Tell whether an address is of a site: of its origin, and where it has a path, below that.

    Browsers take a backslash for a slash, and follow `..` up, encoded too (URL Standard, 4.4).
    """
    try:
        paths = [f"{urlsplit(one).path}/" for one in (address, home)]
    except ValueError:
        return False
    plain = _PLAIN.fullmatch(address) and not _UP.search(paths[0])
    return bool(plain) and _origin(address) == _origin(home) and paths[0].startswith(paths[1])


def _origin(address: str) -> str:
    """Return the origin of a web address (RFC 6454), empty for any other."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    web = parts.scheme in {"https", "http"}
    return f"{parts.scheme}://{parts.netloc}" if web else ""
