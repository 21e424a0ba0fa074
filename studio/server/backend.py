"""What CONNECT knows while it serves, and whom it asks: the clients, the people, inbox and clock.

Rules kept here:

* everything is in memory, and gone when the server ends; the signing key is made in each run;
* randomness is the world's stream, keyed with 512 bits of the operating system's: BLAKE2b with a
  secret key is a pseudorandom function, so with a counter it is a generator nobody can predict
  (NIST SP 800-90A builds one in the same way, of HMAC);
* time is the machine's, moved on by whoever tries something out, and never goes back;
* what can grow has a bound: the inbox, registered clients, what the engine forgets by itself.
"""

from __future__ import annotations

import json
import secrets
import sys
from collections import deque
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from immutables import Map
from werkzeug.test import run_wsgi_app

from studio.device.people import PEOPLE, populate
from studio.engine.client_authentication import digest
from studio.engine.forgetting import swept
from studio.engine.world import World
from studio.server.hosting import at_place, service_home, service_path
from studio.server.notices import Notice, Notices
from studio.site.application import Site
from studio.site.service import Service, ServiceSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from wsgiref.types import WSGIEnvironment

    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages
    from studio.site.messages import Message
    from studio.site.place import Place

SEED_BYTES = 64
HASH_COST = 2**14
INBOX = 500
REGISTERED = 200
"""As many clients can register themselves in one run."""

FURTHEST = timedelta(days=3660)
"""How far the clock can be moved on: everything that ends has ended by then."""

_FORGETTING = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Arrived:
    """A message in the inbox. `number` counts from 1; a larger one came later."""

    number: int
    message: Message


class Server:
    """CONNECT while it serves: the backend of its site and of the sample services.

    `given_secrets` are those of confidential clients by their ids, `tell` takes a line for the
    terminal, `drew` a client's id and the secret that was drawn for it.
    """

    def __init__(
        self,
        pages: Pages,
        place: Place,
        *,
        given_secrets: Mapping[str, str] | None = None,
        tell: Callable[[str], None] = lambda _line: None,
        drew: Callable[[str, str], None] = lambda _client_id, _secret: None,
        real_time: Callable[[], datetime] = lambda: datetime.now(UTC),
        hash_cost: int = HASH_COST,
    ) -> None:
        self.place = place
        self._real_time = real_time
        self._ahead = timedelta()
        seed = secrets.token_bytes(SEED_BYTES)
        self.world = populate(World(seed=seed, now=real_time(), hash_cost=hash_cost), PEOPLE)
        self._forget_at = self.world.now + _FORGETTING
        self.services: Map[str, ServiceSession] = Map()
        self.inbox: deque[Arrived] = deque(maxlen=INBOX)
        self.looks = 0
        """Counts the edits of clients."""
        self._arrived = 0
        self._clients: dict[str, HostedClient] = {}
        self._registered: dict[str, HostedClient] = {}
        self._secrets = dict(given_secrets or {})
        self._digests: dict[str, str] = {}
        self._drew = drew
        self._notices = Notices(tell)
        self.site = Site(self, pages, place)
        self.service = Service(self, pages, place)

    # Clients

    @property
    def clients(self) -> tuple[HostedClient, ...]:
        """The clients of files, in their order; with a sample service each."""
        return tuple(self._clients.values())

    @property
    def registered(self) -> tuple[HostedClient, ...]:
        """The clients that have registered themselves."""
        return tuple(self._registered.values())

    def host(self, hosted: Iterable[HostedClient]) -> None:
        """Host these clients in place of those before, and of a registered one of the same id.

        A confidential client without a secret is given one, which `drew` is told.
        """
        clients = [at_place(one, self.place) for one in hosted]
        self._clients = {one.policy.client_id: one for one in clients}
        self.looks += 1
        confidential = {
            one.policy.client_id for one in clients if one.client.registration.confidential
        }
        for client_id in sorted(confidential - self._secrets.keys()):
            self._secrets[client_id] = secrets.token_urlsafe(32)
            self._drew(client_id, self._secrets[client_id])
        self._digests |= {one: digest(self._secrets[one]) for one in confidential}

    def client(self, client_id: str) -> HostedClient | None:
        """Return a hosted client, None where there is none of that id."""
        return self._clients.get(client_id) or self._registered.get(client_id)

    def home(self, client_id: str) -> str | None:
        """Return where a client's sample service is; a client that registers itself has none."""
        return service_home(self.place, client_id) if client_id in self._clients else None

    def secret(self, client_id: str) -> str | None:
        """Return the SHA-256 of a client's secret in hexadecimal digits; None for a public one."""
        hosted = self._clients.get(client_id)
        if hosted and not hosted.client.registration.confidential:
            return None
        return self._digests.get(client_id)

    def register(self, hosted: HostedClient, secret: str | None) -> bool:
        """Keep a client that registers itself; False where there is no room for it."""
        client_id = hosted.policy.client_id
        if len(self._registered) >= REGISTERED or self.client(client_id):
            return False
        self._registered[client_id] = hosted
        if secret is not None:
            self._digests[client_id] = secret
        return True

    # Messages and notices

    @property
    def arrived(self) -> int:
        """How many messages have come."""
        return self._arrived

    def deliver(self, message: Message) -> None:
        """Put a message into the inbox; the oldest leaves where it is full."""
        self._arrived += 1
        self.inbox.append(Arrived(number=self._arrived, message=message))

    def notify(self, client_id: str, uri: str, logout_token: str) -> None:
        """Tell a client that a session has ended: its sample service, and itself on loopback."""
        hosted = self._clients.get(client_id)
        if hosted:
            fields = {"logout_token": logout_token}
            path = service_path(client_id)
            self.service.answer(hosted, self._environ(path, "/backchannel", fields))
        self._notices.send(Notice(client_id=client_id, uri=uri, token=logout_token))

    def close(self) -> None:
        """Send the notices that wait."""
        self._notices.close()

    # The services' way to CONNECT

    def ask_connect(
        self, path: str, fields: Mapping[str, str], bearer: str = ""
    ) -> tuple[int, dict[str, object]]:
        """Ask CONNECT from server to server, with the client's secret where it has one."""
        client_id = fields.get("client_id", "")
        known = {"client_secret": self._secrets[client_id]} if self.secret(client_id) else {}
        environ = self._environ("", path, {**fields, **known})
        if bearer:
            environ["HTTP_AUTHORIZATION"] = f"Bearer {bearer}"
        chunks, status, _headers = run_wsgi_app(self.site, environ, buffered=True)
        return int(status.split()[0]), json.loads(b"".join(chunks))

    def _environ(self, below: str, path: str, fields: Mapping[str, str]) -> WSGIEnvironment:
        """Return a form sent from one part of the server to another (PEP 3333)."""
        body = urlencode(fields).encode()
        return {
            "REQUEST_METHOD": "POST",
            "SCRIPT_NAME": below,
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "HTTP_HOST": self.place.host,
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "CONTENT_TYPE": "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(body),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": False,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }

    # Time

    def tick(self) -> None:
        """Let the time that has passed pass in the world too, and forget what is over."""
        now = max(self.world.now, self._real_time() + self._ahead)
        self.world = replace(self.world, now=now)
        if now >= self._forget_at:
            self.world = swept(self.world)
            kept = {secret: one for secret, one in self.services.items() if now < one.expires}
            self.services = Map(kept)
            self._forget_at = now + _FORGETTING

    def move_clock(self, to: datetime) -> None:
        """Move the clock on to a moment.

        Raises:
            ValueError: It has passed, or is further away than anything lasts.
        """
        if to <= self.world.now:
            raise ValueError("the clock only goes on; choose a later moment")
        if to > self._real_time() + FURTHEST:
            raise ValueError("the clock goes on by ten years at most")
        self._ahead += to - self.world.now
        self.tick()
