"""A CONNECT that is served: a site at a place on loopback, and what asks it."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, quote_plus, urlsplit

from werkzeug.test import Client

from studio.engine.accounts import Account
from studio.engine.client_authentication import digest
from studio.engine.keys import Keys
from studio.engine.world import World
from studio.site.application import Site
from studio.site.place import Place
from tests.engine.given import EMAIL, PHONE
from tests.pages.given import hosted, pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.test import TestResponse

    from studio.pages.hosting import HostedClient
    from studio.site.messages import Message

ORIGIN = "http://127.0.0.1:8080"
PLACE = Place(origin=ORIGIN, serving=True, registration=True, live="/static/live.js")
BACK = "https://fakebrand.example/callback?tenant=7"
SECRET = "a secret: with % and +"
KEYS = Keys()


@dataclass
class Server:
    """A backend that keeps what it is given."""

    world: World = field(default_factory=lambda: World(keys=KEYS))
    clients: dict[str, HostedClient] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)
    inbox: list[Message] = field(default_factory=list)
    room: int = 1

    def client(self, client_id: str) -> HostedClient | None:
        return self.clients.get(client_id)

    def home(self, client_id: str) -> str | None:
        del client_id
        return None

    def deliver(self, message: Message) -> None:
        self.inbox.append(message)

    def notify(self, client_id: str, uri: str, logout_token: str) -> None:
        raise AssertionError(client_id, uri, logout_token)

    def secret(self, client_id: str) -> str | None:
        return self.secrets.get(client_id)

    def register(self, client: HostedClient, secret: str | None) -> bool:
        if self.room < 1:
            return False
        self.room -= 1
        self.clients[client.policy.client_id] = client
        if secret:
            self.secrets[client.policy.client_id] = secret
        return True


class Asking:
    """A browser, or a service, that asks a served CONNECT."""

    def __init__(self, place: Place = PLACE, *, confidential: bool = False) -> None:
        self.server = Server(clients={"fakebrand": hosted()})
        if confidential:
            self.server.secrets["fakebrand"] = digest(SECRET)
        account = Account(id="full", identifiers=(PHONE, EMAIL), name="A Person")
        self.server.world = self.server.world.with_account(account)
        self.place = place
        self.browser = Client(Site(self.server, pages(), place))

    def ask(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        data: Mapping[str, str] | str | bytes | None = None,
        headers: Mapping[str, str] | None = None,
        content_type: str | None = None,
    ) -> TestResponse:
        """Make one request, and follow nothing."""
        return self.browser.open(
            path,
            method=method,
            base_url=self.place.origin,
            query_string=query,
            data=data,
            headers=dict(headers or {}),
            content_type=content_type,
        )

    def authorize(self, **changes: str) -> TestResponse:
        """Send an authorisation request; an empty value takes a parameter away."""
        values = {
            "client_id": "fakebrand",
            "redirect_uri": BACK,
            "response_type": "code",
            "scope": "openid",
            "state": "s",
        }
        kept = {name: value for name, value in (values | changes).items() if value}
        return self.ask("GET", "/oauth/authorize", query=kept)

    def sign_in(self, **changes: str) -> dict[str, str]:
        """Sign in with a code by SMS; return what the service is told."""
        path = self.authorize(**changes).headers["Location"]
        self._press(path, kind="phone", identifier=PHONE.value)
        self._press(path, code=self.server.inbox[-1].code or "")
        return told(self.ask("GET", path))

    def _press(self, path: str, **fields: str) -> None:
        page = self.ask("GET", path).get_data(as_text=True)
        hidden = dict(re.findall(r'name="(screen|token)" value="([^"]*)"', page))
        assert self.ask("POST", path, data={**hidden, **fields}).status_code == 303

    def tokens(self, code: str, **more: str) -> TestResponse:
        """Exchange a code as a public client does, or with a secret in the body."""
        fields = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK}
        return self.ask("POST", "/oauth/token", data={"client_id": "fakebrand", **fields, **more})


def basic(client_id: str, secret: str) -> dict[str, str]:
    """Return the header of RFC 6749, section 2.3.1."""
    pair = f"{quote_plus(client_id)}:{quote_plus(secret)}"
    return {"Authorization": "Basic " + b64encode(pair.encode()).decode()}


def told(response: TestResponse) -> dict[str, str]:
    """Return what a service is told by redirect."""
    assert response.status_code == 303
    return dict(parse_qsl(urlsplit(response.headers["Location"]).query))
