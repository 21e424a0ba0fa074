"""What the routes of the site share: who asks, which client, how to answer and to carry out.

Rules kept here:

* CONNECT's own client, that of My CONNECT account, is hosted beside the backend's clients;
* every page that is answered goes to whoever watches (`SCREENS_KEY`);
* a message goes out only for a client that is hosted.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from studio.client.file import read
from studio.client.model import RedirectUris
from studio.engine.account_screens import AccountPassword
from studio.engine.checks import SESSION_LIFETIME
from studio.engine.detection import Circumstances
from studio.engine.effects import KeepSession, SendCode
from studio.engine.screens import PasswordChosen, RequestRefused
from studio.engine.sign_out import (
    NotifyLogout,
    logout_token,
    sign_out_of_connect,
    sign_out_of_service,
)
from studio.engine.visit import ACCOUNT_CLIENT
from studio.pages.hosting import HostedClient
from studio.resources import folder
from studio.site.context import bare_page
from studio.site.cookies import keep_session
from studio.site.messages import code_message, news_message
from studio.site.place import ORIGIN, SIMULATED
from studio.site.responses import html

if TYPE_CHECKING:
    from collections.abc import Iterable

    from werkzeug.wrappers import Request, Response

    from studio.engine.account_screens import AccountScreen
    from studio.engine.effects import Effect, Tell
    from studio.engine.policy import ClientPolicy
    from studio.engine.request import BadClientError
    from studio.engine.screens import Screen
    from studio.engine.sessions import Session
    from studio.engine.world import World
    from studio.pages.render import Page, Pages
    from studio.site.backend import Backend
    from studio.site.place import Place

__all__ = [
    "CIRCUMSTANCES_KEY",
    "ISSUER",
    "ORIGIN",
    "SCREENS_KEY",
    "Host",
    "account_client",
    "circumstances_of",
    "parameters",
    "wanted",
]

ISSUER = SIMULATED.issuer

SCREENS_KEY = "connect_studio.screens"
"""Where the WSGI environ may hold a list that takes the screen answered: a simulated device's."""

CIRCUMSTANCES_KEY = "connect_studio.circumstances"
"""Where the WSGI environ may hold the `Circumstances` of the connection: a simulated device's."""


_BROWSER = re.compile(r"[0-9a-f]{32}")
"""A name that was drawn here; another one, which may be long, is none."""


@cache
def account_client(place: Place = SIMULATED) -> HostedClient:
    """Return CONNECT's own client: signing in to My CONNECT account, at a place."""
    path = folder("assets") / "account" / f"{ACCOUNT_CLIENT}.client.yaml"
    client = read(path)[1]
    # A client file takes no plain http but on loopback; in one's own network CONNECT itself has it.
    uris = RedirectUris.model_construct(production=(f"{place.origin}/id/account/signed-in",))
    # Its id is refused in every client file, so that no service can take its place.
    own = {"id": ACCOUNT_CLIENT, "redirect_uris": uris}
    registration = client.registration.model_copy(update=own)
    return HostedClient(client.model_copy(update={"registration": registration}))


class Host:
    """What one site works with: its backend, its pages, and where it lives."""

    def __init__(self, backend: Backend, pages: Pages, place: Place = SIMULATED) -> None:
        self.backend = backend
        self.pages = pages
        self.place = place

    @property
    def world(self) -> World:
        """CONNECT's state."""
        return self.backend.world

    @world.setter
    def world(self, world: World) -> None:
        self.backend.world = world

    def client(self, client_id: str) -> HostedClient | None:
        """Return a hosted client, or CONNECT's own; None where there is none of that id."""
        own = client_id == ACCOUNT_CLIENT
        return account_client(self.place) if own else self.backend.client(client_id)

    def policy(self, client_id: str) -> ClientPolicy | None:
        """Return what the engine obeys of a client."""
        hosted = self.client(client_id)
        return hosted.policy if hosted else None

    def new_browser(self) -> str:
        """Draw a name for a browser that has none yet."""
        self.world, browser = self.world.token()
        return browser

    def browser(self, request: Request) -> str:
        """Return the name of the browser, empty before its first cookie."""
        name = request.cookies.get(self.place.browser_cookie, "")
        return name if _BROWSER.fullmatch(name) else ""

    def is_browser(self, request: Request, name: str) -> bool:
        """Tell whether a request comes from the browser of that name."""
        return hmac.compare_digest(self.browser(request).encode(), name.encode())

    def session(self, request: Request) -> Session | None:
        """Return CONNECT's own session in this browser, while it lasts."""
        kept = request.cookies.get(self.place.session_cookie, "")
        session_id, _, secret = kept.partition(".")
        session = self.world.sessions.get(session_id)
        if session is None or not hmac.compare_digest(secret.encode(), session.secret.encode()):
            return None
        return session if self.world.now < session.created + SESSION_LIFETIME else None

    def sign_out(self, session_id: str | None) -> None:
        """End a session, and tell the services that were signed in with it."""
        self.world, notices = sign_out_of_connect(self.world, session_id or "")
        for notice in notices:
            self._notify(notice)

    def sign_out_of_service(self, session: Session, client_id: str) -> None:
        """Let a service alone forget a session, and tell it to end its own."""
        self.world = sign_out_of_service(self.world, session.id, client_id)
        if client_id in session.clients:
            sub = session.authentication.account_id
            self._notify(NotifyLogout(client_id=client_id, sub=sub, sid=session.id))

    def refused(self, request: Request, mistake: BadClientError) -> Response:
        """Show a mistake that must not be answered by redirect."""
        screen = RequestRefused(parameter=mistake.parameter, value=mistake.value)
        return self.page(request, screen, bare_page(wanted(request)), status=400)

    def page(
        self,
        request: Request,
        screen: Screen | AccountScreen,
        page: Page,
        *,
        status: int = 200,
        leads_to: str | None = None,
    ) -> Response:
        """Answer with a page; `leads_to` is the address where its forms may end."""
        request.environ.get(SCREENS_KEY, []).append(screen)
        body = self.pages.html(screen, replace(page, live=self.place.live))
        asks = isinstance(screen, PasswordChosen | AccountPassword)
        return html(body, status=status, leads_to=leads_to, asks=asks, place=self.place)

    def carried_out(self, world: World, effects: Iterable[Effect], response: Response) -> Response:
        """Keep the world after a turn, and carry out its effects; sessions go into a cookie."""
        self.world = world
        for effect in effects:
            if isinstance(effect, KeepSession):
                keep_session(response, effect.session, self.place)
            elif isinstance(effect, NotifyLogout):
                self._notify(effect)
            else:
                self._deliver(effect)
        return response

    def _deliver(self, effect: SendCode | Tell) -> None:
        hosted = self.client(effect.client_id)
        if hosted is None:
            return
        if isinstance(effect, SendCode):
            self.backend.deliver(code_message(effect, hosted, self.pages))
        else:
            self.backend.deliver(news_message(effect, hosted, self.pages))

    def _notify(self, notice: NotifyLogout) -> None:
        policy = self.policy(notice.client_id)
        if policy is None or policy.backchannel_logout_uri is None:
            return
        issuer = self.place.issuer
        token = logout_token(self.world, issuer, notice.client_id, notice.sub, notice.sid)
        self.backend.notify(notice.client_id, policy.backchannel_logout_uri, token)


def circumstances_of(request: Request) -> Circumstances:
    """Return what can be told of the connection; a real server can tell nothing."""
    found = request.environ.get(CIRCUMSTANCES_KEY)
    return found if isinstance(found, Circumstances) else Circumstances()


def wanted(request: Request) -> tuple[str, ...]:
    """Return the languages wanted by `ui_locales`, best first."""
    return tuple(request.args.get("ui_locales", "").split())


def parameters(request: Request) -> list[tuple[str, str]]:
    """Return the parameters in their order, of a GET or a POST (OpenID Connect Core 3.1.2.1)."""
    source = request.form if request.method == "POST" else request.args
    return list(source.items(multi=True))
