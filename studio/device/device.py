"""A simulated device: it keeps cookies and messages, and calls the site as a browser would.

Rules kept here:

* everything the device and CONNECT know is one frozen `DeviceState`; a snapshot is a reference, a
  fork is a second device on the same value;
* it presents `https://id.connect.example` and follows nothing by itself: whoever drives it does;
* no address outside CONNECT is ever loaded: it becomes a page of the device's own.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, parse_qsl, quote, unquote, urlencode, urljoin, urlsplit

from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from studio.device.hosts import service_origin
from studio.device.network import circumstances
from studio.device.passwords import kept, offer, typed
from studio.device.reply import Outside, Reply
from studio.device.state import DeviceState
from studio.engine.detection import reads_code
from studio.site.application import CIRCUMSTANCES_KEY, ORIGIN, SCREENS_KEY, Site
from studio.site.backend import StoreError
from studio.site.failure import FAILURES_KEY
from studio.site.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import timedelta
    from wsgiref.types import WSGIEnvironment

    from immutables import Map

    from studio.device.network import Connection
    from studio.device.passwords import Offer, Saved
    from studio.device.people import Person
    from studio.engine.screens import Screen
    from studio.engine.world import World
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages
    from studio.site.messages import Message
    from studio.site.service import AtService, ServiceSession

DEVICE_ORIGIN = "https://device.connect.example"
HOST = urlsplit(ORIGIN).netloc
DEVICE_HOST = urlsplit(DEVICE_ORIGIN).netloc
__all__ = [
    "DEVICE_HOST",
    "DEVICE_ORIGIN",
    "HOST",
    "Device",
    "DeviceState",
    "Outside",
    "Reply",
    "service_origin",
]


class Device:
    """A phone or browser in one person's hand; it is also the backend its site works on."""

    def __init__(
        self, state: DeviceState, pages: Pages, hosted: Iterable[HostedClient] = ()
    ) -> None:
        self.state = state
        self.pages = pages
        self._clients = {one.client.registration.id: one for one in hosted}
        self._site = Site(self, pages)
        self._service = Service(self, pages)

    def fork(self, pages: Pages | None = None) -> Device:
        """Return a second device that goes on from this moment by itself, with pages of its own."""
        return Device(self.state, pages or self.pages, self._clients.values())

    def host(self, *hosted: HostedClient) -> None:
        """Let CONNECT host these clients, in place of every other one."""
        self._clients = {one.client.registration.id: one for one in hosted}

    # The site's backend

    @property
    def world(self) -> World:
        """CONNECT's state."""
        return self.state.world

    @world.setter
    def world(self, world: World) -> None:
        if self.state.failing:
            raise StoreError("CONNECT's store has been made to fail")
        self.state = replace(self.state, world=world)

    def client(self, client_id: str) -> HostedClient | None:
        """Return a hosted client, None where there is none of that id."""
        return self._clients.get(client_id)

    def home(self, client_id: str) -> str | None:
        """Return the origin of a client's sample service."""
        return service_origin(client_id) if client_id in self._clients else None

    def deliver(self, message: Message) -> None:
        """Put a message into the inbox, the newest last."""
        self.state = replace(self.state, inbox=(*self.state.inbox, message))

    def notify(self, client_id: str, uri: str, logout_token: str) -> None:
        """Take a logout token to the sample service of a client, wherever its address is."""
        del uri  # the sample service stands in for it
        hosted = self.client(client_id)
        if hosted:
            body = urlencode({"logout_token": logout_token}).encode()
            environ = self._environ("POST", f"{service_origin(client_id)}/backchannel", body, "")
            self._service.answer(hosted, environ)

    def secret(self, client_id: str) -> str | None:
        """Return None: the clients of a simulated CONNECT are public ones."""
        del client_id
        return None

    def register(self, hosted: HostedClient, secret: str | None) -> bool:
        """Return False: what a device's CONNECT hosts is what it was given."""
        del hosted, secret
        return False

    # The services' backend

    @property
    def services(self) -> Map[str, ServiceSession]:
        """The sessions of the services themselves."""
        return self.state.services

    @services.setter
    def services(self, services: Map[str, ServiceSession]) -> None:
        self.state = replace(self.state, services=services)

    def ask_connect(
        self, path: str, fields: Mapping[str, str], bearer: str = ""
    ) -> tuple[int, dict[str, object]]:
        """Ask CONNECT from server to server: without cookies, answered with JSON."""
        builder = EnvironBuilder(
            method="POST",
            base_url=ORIGIN,
            path=path,
            data=dict(fields),
            headers=Headers({"Authorization": f"Bearer {bearer}"} if bearer else {}),
        )
        chunks, status, _headers = run_wsgi_app(self._site, builder.get_environ(), buffered=True)
        return int(status.split()[0]), json.loads(b"".join(chunks))

    # The person's side

    def wait(self, span: timedelta) -> None:
        """Let time pass."""
        self.state = replace(self.state, world=self.world.later(span))

    def read_code(self, client_id: str) -> str | None:
        """Return the newest code, as the Android SDK reads it once the person has agreed.

        None where the client or the browser does not have it read (`sdk.read_code`).
        """
        hosted, person = self.client(client_id), self.state.person
        met = circumstances(self.state.connection, phone=person.phone, subscriber=person.subscriber)
        if hosted is None or not reads_code(met, hosted.policy.sdk):
            return None
        codes = [one.code for one in self.state.inbox if one.kind == "sms" and one.code]
        return codes[-1] if codes else None

    @property
    def saved_passwords(self) -> Saved:
        """What the password manager of the browser in use keeps."""
        return self.state.saved_passwords

    def offer(self, screen: object) -> Offer | None:
        """Return what the password manager offers to fill in on a screen, None for nothing."""
        return offer(self.saved_passwords, screen)

    def fail(self, *, failing: bool) -> None:
        """Let CONNECT's store fail, or work again; meanwhile what needs it is `server-error`."""
        self.state = replace(self.state, failing=failing)

    def close_window(self) -> None:
        """Close the browser window: its session cookies are gone."""
        self.state = self.state.with_jar(self.state.jar.window_closed())

    def connect_by(self, connection: Connection) -> None:
        """Change the network, or what pages are shown in."""
        self.state = replace(self.state, connection=connection)

    def hand_to(self, person: Person) -> None:
        """Give the device to somebody else, with a SIM of theirs."""
        self.state = replace(self.state, person=person)

    def request(self, method: str, url: str, *, body: bytes = b"", origin: str = "") -> Reply:
        """Make one request to an absolute URL, with cookies, and follow nothing.

        `body` is a form (`application/x-www-form-urlencoded`) where the method is POST.
        """
        host = _host(url)
        hosted = self._served_at(host)
        if host == HOST or hosted:
            sent = typed(self.state, url, body) if method == "POST" else None
            reply = self._ask(hosted, method, url, body, origin)
            saved = kept(self.state.saved_passwords, sent, self.state)
            self.state = self.state.with_saved_passwords(saved)
            return reply
        return self._outside(url if host == DEVICE_HOST else self.arrival(url))

    def destination(self, url: str) -> str:
        """Return where a link leads: to CONNECT and the services as it is, else to its arrival."""
        host = _host(url)
        return url if host == HOST or self._served_at(host) else self.arrival(url)

    def arrival(self, url: str) -> str:
        """Return where an address outside of CONNECT leads.

        An address that a client has registered, for signing in or out, leads to its sample service,
        everything else to a page of the device's own.
        """
        hosted = self._client_at(url)
        origin = service_origin(hosted.policy.client_id) if hosted else DEVICE_ORIGIN
        return f"{origin}/arrived?to={quote(url, safe='')}"

    def _ask(
        self, hosted: HostedClient | None, method: str, url: str, body: bytes, origin: str
    ) -> Reply:
        """Ask CONNECT, or the service of a client."""
        environ = self._environ(method, url, body, origin)
        screens: list[Screen | AtService] = []
        environ[SCREENS_KEY] = screens
        failures: list[Exception] = []
        environ[FAILURES_KEY] = failures
        if hosted:
            answer = self._service.answer(hosted, environ)
            status, headers, data = answer.status, answer.headers, answer.get_data()
        else:
            chunks, status, headers = run_wsgi_app(self._site, environ, buffered=True)
            data = b"".join(chunks)
        jar = self.state.jar.updated(_host(url), headers.getlist("Set-Cookie"), self.world.now)
        self.state = self.state.with_jar(jar)
        return Reply(
            url=url,
            status=int(status.split()[0]),
            headers=headers,
            body=data,
            location=self._location(url, headers.get("Location")),
            screen=screens[-1] if screens else None,
            failure=failures[-1] if failures else None,
        )

    def _environ(self, method: str, url: str, body: bytes, origin: str) -> WSGIEnvironment:
        """Return a request as a WSGI server would pass it on (PEP 3333)."""
        parts = urlsplit(url)
        cookies = self.state.jar.header(parts.netloc, parts.path or "/", self.world.now)
        sent = {"HTTP_COOKIE": cookies, "HTTP_ORIGIN": origin}
        person = self.state.person
        return {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(parts.path or "/", "latin-1"),
            "QUERY_STRING": parts.query,
            "HTTP_HOST": parts.netloc,
            "SERVER_NAME": parts.netloc,
            "SERVER_PORT": "443",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded" if method == "POST" else "",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "https",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
            **{name: value for name, value in sent.items() if value},
            CIRCUMSTANCES_KEY: circumstances(
                self.state.connection, phone=person.phone, subscriber=person.subscriber
            ),
        }

    def _location(self, url: str, location: str | None) -> str | None:
        """Return where a redirect leads.

        A service knows in which languages it has asked, also where CONNECT refused to begin: its
        arrival is told them.
        """
        if location is None:
            return None
        absolute = urljoin(url, location) if location.startswith("/") else location
        there, asked = self.destination(absolute), parse_qs(urlsplit(url).query).get("ui_locales")
        arrives = there != absolute and urlsplit(there).netloc != DEVICE_HOST
        return f"{there}&{urlencode({'ui_locales': asked[-1]})}" if arrives and asked else there

    def _outside(self, url: str) -> Reply:
        target = dict(parse_qsl(urlsplit(url).query)).get("to", "")
        shown = Outside(address=target)
        body = self.pages.device(shown.id, host=HOST, address=_without_query(target)).encode()
        return Reply(url=url, status=200, headers=_OWN_HEADERS, body=body, screen=shown)

    def _served_at(self, host: str) -> HostedClient | None:
        """Return the client whose sample service has a host."""
        for client_id, hosted in self._clients.items():
            if host == urlsplit(service_origin(client_id)).netloc:
                return hosted
        return None

    def _client_at(self, target: str) -> HostedClient | None:
        """Return the client that has registered an address; where several have, that in use."""
        address, in_use = _without_query(target), self.client(self.state.app)
        for hosted in sorted(self._clients.values(), key=lambda one: one is not in_use):
            policy = hosted.policy
            own = (*policy.redirect_uris, *policy.post_logout_redirect_uris)
            if address in map(_without_query, own):
                return hosted
        return None


_OWN_HEADERS = Headers(
    {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": (
            f"default-src 'none'; style-src {ORIGIN}; font-src {ORIGIN}; base-uri 'none'; "
            "form-action 'none'; frame-ancestors 'self'"
        ),
    }
)


def _host(url: str) -> str:
    """Return the host of an https URL, empty for any other: CONNECT is an https origin."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.netloc if parts.scheme == "https" else ""


def _without_query(uri: str) -> str:
    return uri.partition("#")[0].partition("?")[0]
