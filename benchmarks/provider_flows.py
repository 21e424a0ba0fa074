"""Code flows over HTTP: what a browser and a client send to whichever provider, and nothing else.

A flow is an authorisation request with PKCE (S256), the code it brings, the token endpoint and
userinfo. In one kind the browser has a session already, which makes three requests; in the other a
browser without any cookie fills in a number, then the code that is sent to it: eight requests.
Every answer is checked; what is not as it should be raises.

One connection a client, kept alive; asyncio, so that one process asks faster than any of the
providers answers.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import html
import json
import re
import secrets
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping

CLIENT_ID = "fakebrand"
REDIRECT_URI = "http://localhost:8081/oauth2callback"
SCOPE = "openid profile email phone"

_STEPS = 12
"""A sign-in that takes more requests than this goes round in circles."""
_FORM = re.compile(r'<form[^>]* action="([^"]+)"[^>]*>(.*?)</form>', re.DOTALL)
_HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


class FlowError(RuntimeError):
    """A provider did not answer as it should."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """An HTTP response; names of headers are in small letters, cookies by their names."""

    status: int
    headers: Mapping[str, str]
    cookies: Mapping[str, str]
    body: bytes

    def json(self) -> dict[str, object]:
        """Return the JSON object that it holds."""
        read: dict[str, object] = json.loads(self.body)
        return read


@dataclass(frozen=True, kw_only=True)
class Endpoints:
    """Where a provider is: its host with port, its issuer, and the paths of its endpoints."""

    host: str
    issuer: str
    authorize: str
    token: str
    userinfo: str
    inbox: str


class Connection:
    """A client's connection, which is kept alive."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._host = host

    async def get(self, path: str, headers: Mapping[str, str]) -> Answer:
        """Ask with GET."""
        return await self._ask(f"GET {path} HTTP/1.1", headers, b"")

    async def post(
        self, path: str, fields: Mapping[str, str], headers: Mapping[str, str]
    ) -> Answer:
        """Send a form."""
        body = urlencode(fields).encode()
        kind = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
        }
        return await self._ask(f"POST {path} HTTP/1.1", {**headers, **kind}, body)

    async def _ask(self, line: str, headers: Mapping[str, str], body: bytes) -> Answer:
        lines = [line, f"Host: {self._host}", *(f"{key}: {headers[key]}" for key in headers)]
        self._writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        return await self._answer()

    async def _answer(self) -> Answer:
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        cookies: dict[str, str] = {}
        for line in filter(None, head[1:]):
            name, _, value = line.partition(": ")
            if name.lower() == "set-cookie":
                cookie, _, kept = value.partition(";")[0].partition("=")
                cookies[cookie] = kept
            headers[name.lower()] = value
        body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        return Answer(status=int(head[0].split()[1]), headers=headers, cookies=cookies, body=body)


@asynccontextmanager
async def connected(host: str) -> AsyncIterator[Connection]:
    """Connect to `host:port`, and hang up in the end."""
    name, _, port = host.partition(":")
    reader, writer = await asyncio.open_connection(name, int(port))
    try:
        yield Connection(reader, writer, host)
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


@dataclass
class Browser:
    """Whoever has these cookies; one that has signed in knows who it is."""

    cookies: dict[str, str] = field(default_factory=dict)
    subject: str = ""

    def headers(self) -> dict[str, str]:
        """Return what it sends with every request."""
        kept = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return {"Cookie": kept} if kept else {}

    def keep(self, answer: Answer) -> None:
        """Take the cookies of an answer; an empty one is to be forgotten."""
        self.cookies |= answer.cookies
        self.cookies = {name: value for name, value in self.cookies.items() if value}


@dataclass(frozen=True, kw_only=True)
class Asked:
    """An authorisation request: what must come back, and what proves whose it was."""

    state: str
    verifier: str
    path: str


@dataclass(frozen=True, kw_only=True)
class Halfway:
    """A sign-in that waits for the code sent to a number."""

    browser: Browser
    asked: Asked
    number: str
    path: str
    fields: Mapping[str, str]


async def discovered(host: str, issuer: str, inbox: str) -> Endpoints:
    """Ask a provider where its endpoints are (OpenID Connect Discovery 1.0 section 4)."""
    path = f"{urlsplit(issuer).path.rstrip('/')}/.well-known/openid-configuration"
    async with connected(host) as connection:
        told = (await connection.get(path, {})).json()
    return Endpoints(
        host=host,
        issuer=str(told["issuer"]),
        authorize=urlsplit(str(told["authorization_endpoint"])).path,
        token=urlsplit(str(told["token_endpoint"])).path,
        userinfo=urlsplit(str(told["userinfo_endpoint"])).path,
        inbox=inbox,
    )


def asking(at: Endpoints) -> Asked:
    """Make an authorisation request; the secrets of each are new (RFC 7636 section 4.1)."""
    state, verifier = secrets.token_urlsafe(12), secrets.token_urlsafe(32)
    digest = hashlib.sha256(verifier.encode()).digest()
    query = {
        "client_id": CLIENT_ID,
        "response_type": "code",
        "redirect_uri": REDIRECT_URI,
        "scope": SCOPE,
        "state": state,
        "nonce": secrets.token_urlsafe(12),
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    return Asked(state=state, verifier=verifier, path=f"{at.authorize}?{urlencode(query)}")


async def with_session(connection: Connection, at: Endpoints, browser: Browser) -> None:
    """Do a whole flow in a browser that has a session: three requests."""
    asked = asking(at)
    answer = await connection.get(asked.path, browser.headers())
    browser.keep(answer)
    await _redeemed(connection, at, browser, asked, answer)


async def begun(connection: Connection, at: Endpoints, number: str) -> Halfway:
    """Ask in a browser without cookies, and give a number: up to where its code is asked for."""
    browser, asked = Browser(), asking(at)
    answer = await _followed(connection, browser, asked.path)
    path, fields = _form(answer, "identifier")
    answer = await _sent(connection, browser, path, {**fields, "identifier": number})
    path, fields = _form(answer, "code")
    return Halfway(browser=browser, asked=asked, number=number, path=path, fields=fields)


async def finished(connection: Connection, at: Endpoints, halfway: Halfway, code: str) -> Browser:
    """Type the code that was sent, and do the rest of the flow; the browser has a session then."""
    fields = {**halfway.fields, "code": code}
    answer = await _sent(connection, halfway.browser, halfway.path, fields)
    await _redeemed(connection, at, halfway.browser, halfway.asked, answer)
    return halfway.browser


async def codes_sent(at: Endpoints) -> dict[str, str]:
    """Return the newest code of every number, from the provider's inbox."""
    async with connected(at.host) as connection:
        told = (await connection.get(at.inbox, {"Accept": "application/json"})).json()
    messages = told["messages"]
    if not isinstance(messages, list):
        raise FlowError(f"the inbox of {at.issuer} has no messages")
    return {one["to"]: one["code"] for one in reversed(messages)}


async def at_once[Job, Result](
    at: Endpoints,
    clients: int,
    jobs: Iterable[Job],
    work: Callable[[Connection, Job], Awaitable[Result]],
) -> list[Result]:
    """Do the jobs with as many clients at once, each on a connection of its own."""
    waiting = iter(jobs)
    results: list[Result] = []

    async def client() -> None:
        async with connected(at.host) as connection:
            results.extend([await work(connection, job) for job in waiting])

    await asyncio.gather(*(client() for _ in range(clients)))
    return results


async def _redeemed(
    connection: Connection, at: Endpoints, browser: Browser, asked: Asked, answer: Answer
) -> None:
    """Exchange the code that an answer brings, and ask userinfo."""
    back = dict(parse_qsl(urlsplit(answer.headers.get("location", "")).query))
    if "code" not in back or back.get("state") != asked.state:
        raise _wrong(at.authorize, answer)
    fields = {
        "grant_type": "authorization_code",
        "code": back["code"],
        "redirect_uri": REDIRECT_URI,
        "client_id": CLIENT_ID,
        "code_verifier": asked.verifier,
    }
    answer = await connection.post(at.token, fields, {})
    tokens = answer.json()
    if not {"access_token", "refresh_token", "id_token"} <= tokens.keys():
        raise _wrong(at.token, answer)
    bearer = {"Authorization": f"Bearer {tokens['access_token']}"}
    answer = await connection.get(at.userinfo, bearer)
    told = answer.json()
    if "phone_number" not in told or told["sub"] != (browser.subject or told["sub"]):
        raise _wrong(at.userinfo, answer)
    browser.subject = str(told["sub"])


async def _followed(connection: Connection, browser: Browser, path: str) -> Answer:
    """Get a path and go where it leads, until that is a page or away from the provider."""
    for _ in range(_STEPS):
        answer = await connection.get(path, browser.headers())
        browser.keep(answer)
        if _leads_away(answer):
            return answer
        path = _onward(answer)
    raise FlowError(f"{path} leads round in circles")


async def _sent(
    connection: Connection, browser: Browser, path: str, fields: Mapping[str, str]
) -> Answer:
    answer = await connection.post(path, fields, browser.headers())
    browser.keep(answer)
    if _leads_away(answer):
        return answer
    return await _followed(connection, browser, _onward(answer))


def _leads_away(answer: Answer) -> bool:
    location = answer.headers.get("location")
    return location is None or location.startswith(REDIRECT_URI)


def _onward(answer: Answer) -> str:
    parts = urlsplit(answer.headers["location"])
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _form(answer: Answer, name: str) -> tuple[str, dict[str, str]]:
    """Return where the form with a field goes, and what it sends besides."""
    for action, inside in _FORM.findall(answer.body.decode()):
        if f'name="{name}"' in inside:
            hidden = {key: html.unescape(value) for key, value in _HIDDEN.findall(inside)}
            return html.unescape(action), {**hidden, "action": "submit"}
    raise _wrong(f"the form with {name}", answer)


def _wrong(where: str, answer: Answer) -> FlowError:
    start = answer.body[:200].decode(errors="replace")
    return FlowError(f"{where}: {answer.status} {answer.headers.get('location', '')} {start}")
