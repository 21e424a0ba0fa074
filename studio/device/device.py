"""A simulated device: it keeps cookies and messages, and calls the site as a browser would.

Rules kept here:

* everything the device and CONNECT know is one frozen `DeviceState`; a snapshot is a reference, a
  fork is a second device on the same value;
* it presents `https://id.connect.example` and follows nothing by itself: whoever drives it does;
* no address outside CONNECT is ever loaded: it becomes a page of the device's own.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qsl, quote, urljoin, urlsplit

from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder, run_wsgi_app

from studio.device.jar import Jar
from studio.site.application import ORIGIN, SCREENS_KEY, Site

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import timedelta
    from wsgiref.types import WSGIEnvironment

    from studio.engine.screens import Screen
    from studio.engine.world import World
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages
    from studio.site.messages import Message

DEVICE_ORIGIN = "https://device.connect.example"
HOST = urlsplit(ORIGIN).netloc
DEVICE_HOST = urlsplit(DEVICE_ORIGIN).netloc


@dataclass(frozen=True, kw_only=True)
class Returned:
    """The service again, after CONNECT; `state` is `code`, `nothing`, or the error it was told."""

    id: ClassVar[str] = "returned"
    client_name: str
    state: str


@dataclass(frozen=True)
class Outside:
    """An address that is not part of the preview."""

    id: ClassVar[str] = "outside"
    state: ClassVar[str] = "empty"
    address: str


@dataclass(frozen=True, kw_only=True)
class DeviceState:
    """All that a device and the world around it know at one moment.

    `asked` is the last authorisation URL that was opened, to begin again from.
    """

    world: World
    jar: Jar = field(default_factory=Jar)
    inbox: tuple[Message, ...] = ()
    asked: str = ""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An answer; `location` is where a redirect leads, as an absolute URL the device can load."""

    url: str
    status: int
    headers: Headers
    body: bytes
    location: str | None = None
    screen: Screen | Returned | Outside | None = None

    @property
    def mimetype(self) -> str:
        """The media type without its parameters."""
        return self.headers.get("Content-Type", "").partition(";")[0]


class Device:
    """A phone or browser in one person's hand; it is also the backend its site works on."""

    def __init__(
        self, state: DeviceState, pages: Pages, hosted: Iterable[HostedClient] = ()
    ) -> None:
        self.state = state
        self.pages = pages
        self._clients = {one.client.registration.id: one for one in hosted}
        self._site = Site(self, pages)

    def fork(self) -> Device:
        """Return a second device that goes on from this moment by itself."""
        return Device(self.state, self.pages, self._clients.values())

    def host(self, hosted: HostedClient) -> None:
        """Let CONNECT host a client, in place of every other one."""
        self._clients = {hosted.client.registration.id: hosted}

    # The site's backend

    @property
    def world(self) -> World:
        """CONNECT's state."""
        return self.state.world

    @world.setter
    def world(self, world: World) -> None:
        self.state = replace(self.state, world=world)

    def client(self, client_id: str) -> HostedClient | None:
        """Return a hosted client, None where there is none of that id."""
        return self._clients.get(client_id)

    def deliver(self, message: Message) -> None:
        """Put a message into the inbox, the newest last."""
        self.state = replace(self.state, inbox=(*self.state.inbox, message))

    # The person's side

    def wait(self, span: timedelta) -> None:
        """Let time pass."""
        self.world = self.world.later(span)

    def close_window(self) -> None:
        """Close the browser window: its session cookies are gone."""
        self.state = replace(self.state, jar=self.state.jar.window_closed())

    def request(self, method: str, url: str, *, body: bytes = b"", origin: str = "") -> Reply:
        """Make one request to an absolute URL, with cookies, and follow nothing.

        `body` is a form (`application/x-www-form-urlencoded`) where the method is POST.
        """
        host = _host(url)
        if host == DEVICE_HOST:
            return self._own_page(url)
        if host != HOST:
            return self._own_page(self.arrival(url))
        return self._connect(method, url, body, origin)

    def arrival(self, url: str) -> str:
        """Return the address of the device's own page for one outside of CONNECT."""
        return f"{DEVICE_ORIGIN}/arrived?to={quote(url, safe='')}"

    def _connect(self, method: str, url: str, body: bytes, origin: str) -> Reply:
        environ = self._environ(method, url, body, origin)
        screens: list[Screen] = []
        environ[SCREENS_KEY] = screens
        chunks, status, headers = run_wsgi_app(self._site, environ, buffered=True)
        jar = self.state.jar.updated(HOST, headers.getlist("Set-Cookie"), self.world.now)
        begins = method == "GET" and urlsplit(url).path == "/oauth/authorize"
        asked = url if begins else self.state.asked
        self.state = replace(self.state, jar=jar, asked=asked)
        return Reply(
            url=url,
            status=int(status.split()[0]),
            headers=headers,
            body=b"".join(chunks),
            location=self._location(url, headers.get("Location")),
            screen=screens[-1] if screens else None,
        )

    def _environ(self, method: str, url: str, body: bytes, origin: str) -> WSGIEnvironment:
        parts = urlsplit(url)
        cookies = self.state.jar.header(HOST, parts.path or "/", self.world.now)
        headers = Headers({"Cookie": cookies} if cookies else {})
        if origin:
            headers["Origin"] = origin
        builder = EnvironBuilder(
            method=method,
            base_url=ORIGIN,
            path=parts.path or "/",
            query_string=parts.query,
            headers=headers,
            data=body if method == "POST" else None,
            content_type="application/x-www-form-urlencoded" if method == "POST" else None,
        )
        return builder.get_environ()

    def _location(self, url: str, location: str | None) -> str | None:
        if location is None:
            return None
        absolute = urljoin(url, location) if location.startswith("/") else location
        return absolute if _host(absolute) == HOST else self.arrival(absolute)

    def _own_page(self, url: str) -> Reply:
        target = dict(parse_qsl(urlsplit(url).query)).get("to", "")
        client = self._client_at(target)
        shown = _returned(target, client) if client else Outside(address=target)
        values: dict[str, object] = {"host": HOST, "address": _without_query(target)}
        if isinstance(shown, Returned):
            # Without its scheme, so that the address holds in a web view too.
            again = self.state.asked.removeprefix("https:")
            parameters = parse_qsl(urlsplit(target).query)
            values |= {"shown": shown, "parameters": parameters, "again": again}
        body = self.pages.device(shown.id, **values).encode()
        return Reply(url=url, status=200, headers=_OWN_HEADERS, body=body, screen=shown)

    def _client_at(self, target: str) -> HostedClient | None:
        address = _without_query(target)
        for hosted in self._clients.values():
            if address in map(_without_query, hosted.policy.redirect_uris):
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


def _returned(target: str, hosted: HostedClient) -> Returned:
    answer = dict(parse_qsl(urlsplit(target).query))
    state = answer.get("error") or ("code" if "code" in answer else "nothing")
    return Returned(client_name=hosted.client.registration.name, state=state)


def _host(url: str) -> str:
    """Return the host of an https URL, empty for any other: CONNECT is an https origin."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.netloc if parts.scheme == "https" else ""


def _without_query(uri: str) -> str:
    return uri.partition("#")[0].partition("?")[0]
