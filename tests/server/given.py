"""What tests of the server share: clients, a server without a network, and a browser by HTTP."""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import Message as Headers
from functools import cache
from http.cookiejar import CookieJar
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

import lxml.html
from werkzeug.test import Client, TestResponse

from studio.cli.hosted import hosted_client
from studio.client.samples import sample_path
from studio.device.fresh import fresh_pages
from studio.server.application import Application
from studio.server.backend import Server
from studio.server.serving import Serving, Settings, Told
from studio.site.place import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages
    from studio.server.gate import Gate

CHEAP = 2**4
MOMENT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PLACE = Place(
    origin="http://127.0.0.1:8400", serving=True, live="/static/live.js", registration=True
)


@cache
def pages() -> Pages:
    return fresh_pages()


@cache
def sample(name: str) -> HostedClient:
    return hosted_client(sample_path(name))


@dataclass
class Clock:
    """The machine's time in a test."""

    now: datetime = MOMENT

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, span: timedelta) -> None:
        self.now += span


@dataclass
class Heard:
    """What was told."""

    lines: list[str] = field(default_factory=list)
    secrets: dict[str, str] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    passes: list[str] = field(default_factory=list)

    @property
    def told(self) -> Told:
        return Told(
            line=self.lines.append,
            secret=self.secrets.__setitem__,
            request=self.requests.append,
            new_pass=self.passes.append,
        )


def new_server(
    *names: str, heard: Heard | None = None, clock: Clock | None = None, place: Place = PLACE
) -> Server:
    """Return a server that hosts samples, without a network."""
    told = (heard or Heard()).told
    server = Server(
        pages(),
        place,
        tell=told.line,
        drew=told.secret,
        real_time=clock or Clock(),
        hash_cost=CHEAP,
    )
    server.host([sample(name) for name in names or ("fakebrand",)])
    return server


def asked(server: Server, gate: Gate | None = None) -> Client:
    """Return what asks a server's application, without a network."""
    return Client(Application(server, pages(), gate=gate))


def json_of(answer: TestResponse) -> dict[str, Any]:
    """Return the JSON object of an answer."""
    assert answer.mimetype == "application/json"
    return dict(answer.get_json())


def get(client: Client, path: str, *, host: str = PLACE.host, **headers: str) -> TestResponse:
    return client.get(path, base_url=f"http://{host}", headers=list(headers.items()))


@contextmanager
def serving(*names: str, heard: Heard | None = None, **settings: object) -> Iterator[Serving]:
    """Serve samples on a free port."""
    how = Settings(**{"hash_cost": CHEAP, **settings})  # type: ignore[arg-type]  # named ones
    hosted = [sample(name) for name in names or ("fakebrand",)]
    with Serving(hosted, how, pages=pages(), told=(heard or Heard()).told) as running:
        yield running


class Browser:
    """A browser that talks HTTP, follows redirects and keeps cookies; `phone` is its owner's."""

    def __init__(self, origin: str, phone: str = "99912345") -> None:
        self.phone = phone
        self.cookies = CookieJar()
        self._opener = build_opener(HTTPCookieProcessor(self.cookies))
        self._origin = origin
        self.url = origin
        self.status = 0
        self.headers = Headers()
        self.text = ""

    def open(self, path: str, fields: dict[str, str] | None = None) -> Browser:
        url = urljoin(self.url, path)
        body = None if fields is None else urlencode(fields).encode()
        request = Request(url, body)  # noqa: S310 - of the test's own server
        try:
            answer = self._opener.open(request, timeout=10)
        except HTTPError as mistake:
            answer = mistake
        with answer:
            self.status, self.url = answer.status, answer.url
            self.headers, self.text = answer.headers, answer.read().decode()
        return self

    @property
    def document(self) -> lxml.html.HtmlElement:
        return lxml.html.document_fromstring(self.text)

    @property
    def screen(self) -> str:
        """Return the screen of CONNECT that is shown, empty for another page."""
        found = self.document.xpath("//form[@class='form']/input[@name='screen']/@value")
        return str(found[0]) if found else ""

    def send(self, **fields: str) -> Browser:
        """Fill in the form of the page, and send it; of a box that is not checked nothing is."""
        form = self.document.xpath("//form[@class='form']")[0]
        there = {name: value for name, value in form.fields.items() if value is not None}
        return self.open(form.get("action"), {**there, "action": "submit", **fields})

    def newest_code(self) -> str:
        other = Browser(self._origin)
        messages = json.loads(other.open("/studio/inbox.json").text)["messages"]
        return next(str(one["code"]) for one in messages if one["code"])

    def sign_in(self, service: str) -> Browser:
        """Go through what is asked for, from the sign-in button of a sample service."""
        self.open(f"/services/{service}/sign-in")
        for _ in range(6):
            match self.screen:
                case "start":
                    self.send(identifier=self.phone)
                case "verify-phone":
                    self.send(code=self.newest_code())
                case "password" | "step-up" | "reauth-password":
                    self.send(password="correct horse")
                case "":
                    break
        return self

    @property
    def signed_in_as(self) -> str:
        """Return as whom a sample service shows that one is signed in, empty for nobody."""
        found = self.document.xpath("//*[@class='signed-in-as']")
        return found[0].text_content().strip() if found else ""
