"""Serve clients at a real address: what the command `serve` and the window's preview on a phone do.

Rules kept here:

* where it lives is known once its socket is bound, so everything that says an address is made then;
* on loopback all of it is there; in one's own network a pass is asked for, and neither the clock
  nor the registration of clients is offered.
"""

from __future__ import annotations

import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from studio.device.fresh import fresh_pages
from studio.server.application import Application
from studio.server.backend import HASH_COST, Server
from studio.server.gate import Gate, pass_url
from studio.server.passes import Passes
from studio.server.running import HttpServer, Limits, listening
from studio.server.studio_pages import LIVE
from studio.site.place import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import TracebackType

    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages
    from studio.server.watching import ClientFiles

LOOPBACK = "127.0.0.1"
LOOPBACK_6 = "::1"
HTTP = 80
"""The port that no browser names, because it is the scheme's own (RFC 9110 section 4.2.1)."""

EVERYWHERE = "0.0.0.0"  # noqa: S104 - asked for by --lan alone, with a pass
_SOMEWHERE_ELSE = ("192.0.2.1", 9)
"""An address for documentation (RFC 5737): no packet is sent to it."""


class NoNetworkError(OSError):
    """The machine has no address in a network."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """Whom a server tells what.

    `line` and `request` take a line, `secret` a client's id and the secret that was drawn for it,
    `new_pass` the address that lets the next browser in.
    """

    line: Callable[[str], None] = lambda _line: None
    secret: Callable[[str, str], None] = lambda _client_id, _secret: None
    request: Callable[[str], None] | None = None
    new_pass: Callable[[str], None] = lambda _url: None


@dataclass(frozen=True, kw_only=True)
class Settings:
    """How to serve. Port 0 is a free one; `address` is the machine's in its network, if `lan`."""

    port: int = 0
    lan: bool = False
    address: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    hash_cost: int = HASH_COST


class Serving:
    """CONNECT with some clients at a real address, from `start` to `stop`.

    What is hosted can be replaced while it runs, also by a client that is in no file yet. With
    `files` it is what they say, at each request.
    """

    def __init__(
        self,
        clients: Iterable[HostedClient] = (),
        settings: Settings | None = None,
        *,
        files: ClientFiles | None = None,
        pages: Pages | None = None,
        told: Told | None = None,
    ) -> None:
        self._settings = settings or Settings()
        self._clients = tuple(clients) if files is None else files.hosted
        self._files = files
        self._pages = pages or fresh_pages()
        self._told = told or Told()
        self._place = Place()
        self._passes: Passes | None = None
        self._server: Server | None = None
        self._application: Application | None = None
        self._http: tuple[HttpServer, ...] = ()

    def start(self) -> None:
        """Begin to answer, in threads of its own.

        Raises:
            OSError: The port is in use, or there is no network.
        """
        settings = self._settings
        address = settings.address or (own_address() if settings.lan else LOOPBACK)
        listener = listening(EVERYWHERE if settings.lan else LOOPBACK, settings.port)
        port = listener.getsockname()[1]
        self._place = Place(
            origin=origin_at(address, port),
            serving=True,
            live=LIVE,
            registration=not settings.lan,
        )
        self._server = Server(
            self._pages,
            self._place,
            given_secrets=settings.secrets,
            tell=self._told.line,
            drew=self._told.secret,
            hash_cost=settings.hash_cost,
        )
        self._server.host(self._clients)
        self._server.world.keys.jwks()  # made now, so that nobody's sign-in waits for it
        self._application = Application(
            self._server,
            self._pages,
            files=self._files,
            gate=self._gate(address) if settings.lan else None,
            log=self._told.request,
        )
        self._http = tuple(
            HttpServer(self._application, one, settings.limits)
            for one in (listener, *_second(port))
        )
        for http in self._http:
            http.start()

    def stop(self) -> None:
        """Answer what is being answered, and end."""
        for http in self._http:
            http.stop()
        if self._http and self._server:
            self._server.close()
        self._http = ()

    def replace(self, *hosted: HostedClient) -> None:
        """Host these clients in place of those before; open browsers show it within a second."""
        self._clients = hosted
        if self._application:
            self._application.change(lambda server: server.host(hosted))

    @property
    def place(self) -> Place:
        """Where it lives, once it has been started."""
        return self._place

    @property
    def url(self) -> str:
        """The address of the first page, once it has been started."""
        return f"{self._place.origin}/"

    @property
    def pass_url(self) -> str | None:
        """The address that lets one browser in, now; None on loopback, where nobody is asked."""
        return pass_url(self._place, self._passes.current) if self._passes else None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _gate(self, address: str) -> Gate:
        self._passes = Passes(lambda now: self._told.new_pass(pass_url(self._place, now)))
        self._passes.draw()
        own = frozenset({LOOPBACK, LOOPBACK_6, address})
        return Gate(self._passes, self._pages, self._place, own)


def origin_at(address: str, port: int) -> str:
    """Return the origin as browsers say it: without the scheme's own port (RFC 6454 section 6)."""
    return f"http://{address}" if port == HTTP else f"http://{address}:{port}"


def _second(port: int) -> tuple[socket.socket, ...]:
    """Return where the name localhost may lead too, where the machine has that and it is free."""
    try:
        return (listening(LOOPBACK_6, port),)
    except OSError:
        return ()


def own_address() -> str:
    """Return this machine's address in its network.

    Raises:
        NoNetworkError: It has none.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asking:
        try:
            asking.connect(_SOMEWHERE_ELSE)
        except OSError:
            raise NoNetworkError("this machine is in no network; connect it to one") from None
        return str(asking.getsockname()[0])
