"""A sample service: the client's own side of signing in, as a WSGI application.

It does what a service is told to do: it sends people to CONNECT, exchanges the code at the token
endpoint, keeps a session of its own that honours `td_sls`, and ends it when CONNECT says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, ClassVar, Protocol
from urllib.parse import parse_qsl, urlencode

from immutables import Map
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map as Routes
from werkzeug.routing import Rule
from werkzeug.wrappers import Request, Response

from studio.site.application import SCREENS_KEY
from studio.site.cookies import keep
from studio.site.responses import html, see_other, text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from wsgiref.types import WSGIEnvironment

    from studio.engine.world import World
    from studio.pages.hosting import HostedClient
    from studio.pages.render import Pages

    Claims = Mapping[str, object]

SERVICE_COOKIE = "__Host-service-session"
SERVICE_LIFETIME = timedelta(days=90)
"""How long a service on a phone keeps its own session; a common choice."""


@dataclass(frozen=True, kw_only=True)
class AtService:
    """A page of the service; `state` is `signed-out`, `signed-in`, or the error it was told."""

    id: ClassVar[str] = "service"
    client_name: str
    state: str
    claims: tuple[tuple[str, str], ...] = ()
    signed_in_as: str = ""


@dataclass(frozen=True, kw_only=True)
class ServiceSession:
    """The service's own session: what it knows from the ID token, and until when (UTC)."""

    client_id: str
    sid: str
    id_token: str
    access_token: str
    claims: tuple[tuple[str, str], ...]
    signed_in_as: str
    expires: datetime


class ServiceBackend(Protocol):
    """What a service works on: its sessions, the time, and the way to CONNECT's back door."""

    services: Map[str, ServiceSession]
    world: World

    def client(self, client_id: str) -> HostedClient | None:
        """Return a hosted client, None where there is none of that id."""

    def ask_connect(
        self, path: str, fields: Mapping[str, str], bearer: str = ""
    ) -> tuple[int, Claims]:
        """Ask CONNECT from server to server: a POST with form fields, answered with JSON."""


class Service:
    """The service of one client, at an address of its own."""

    def __init__(self, backend: ServiceBackend, pages: Pages, connect: str) -> None:
        self._backend = backend
        self._pages = pages
        self._connect = connect
        self._routes = Routes(
            [
                Rule("/", endpoint=self._home, methods=["GET"]),
                Rule("/sign-in", endpoint=self._sign_in, methods=["GET"]),
                Rule("/arrived", endpoint=self._arrived, methods=["GET"]),
                Rule("/sign-out", endpoint=self._sign_out, methods=["POST"]),
                Rule("/backchannel", endpoint=self._backchannel, methods=["POST"]),
            ]
        )

    def answer(self, hosted: HostedClient, environ: WSGIEnvironment) -> Response:
        """Answer one request to the service of a client."""
        request = Request(environ)
        try:
            endpoint, values = self._routes.bind_to_environ(environ).match()
            answered: Response = endpoint(hosted, request, **values)
        except HTTPException as mistake:
            return text(mistake.name, status=mistake.code or 500)
        return answered

    # Routes

    def _home(self, hosted: HostedClient, request: Request) -> Response:
        session = self._session(hosted, request)
        shown = AtService(
            client_name=hosted.client.registration.name,
            state="signed-in" if session else request.args.get("error", "signed-out"),
            claims=session.claims if session else (),
            signed_in_as=session.signed_in_as if session else "",
        )
        request.environ.get(SCREENS_KEY, []).append(shown)
        body = self._pages.device("service", shown=shown, host=self._connect.partition("//")[2])
        response = html(body)
        response.headers["Content-Security-Policy"] = (
            f"default-src 'none'; style-src {self._connect}; font-src {self._connect}; "
            f"base-uri 'none'; frame-ancestors 'self'; form-action 'self' {self._connect}"
        )
        return response

    def _sign_in(self, hosted: HostedClient, request: Request) -> Response:
        policy = hosted.policy
        fields = {
            "client_id": policy.client_id,
            "response_type": "code",
            "scope": policy.scope,
            "redirect_uri": policy.redirect_uris[0],
            **{name: value for name, value in request.args.items() if name in _CHOICES},
        }
        return see_other(f"{self._connect}/oauth/authorize?{urlencode(fields)}")

    def _arrived(self, hosted: HostedClient, request: Request) -> Response:
        """Take the answer that CONNECT sent to the redirect URI `to`."""
        target = request.args.get("to", "")
        uri, _, query = target.partition("?")
        answer = dict(parse_qsl(query))
        if "code" not in answer:
            return _not_signed_in(answer.get("error", "nothing"))
        fields = {
            "grant_type": "authorization_code",
            "code": answer["code"],
            "redirect_uri": uri,
            "client_id": hosted.policy.client_id,
        }
        status, tokens = self._backend.ask_connect("/oauth/token", fields)
        if "code_verifier" in str(tokens.get("error_description")):
            # Somebody else's request, such as a pasted one: its code is for whoever made it.
            return _not_signed_in("code_of_another")
        if status != HTTPStatus.OK:
            return _not_signed_in(str(tokens.get("error")))
        if "id_token" not in tokens:
            return _not_signed_in("no_id_token")
        return self._signed_in(hosted, tokens)

    def _sign_out(self, hosted: HostedClient, request: Request) -> Response:
        """End the service's own session, and CONNECT's too where that is wanted."""
        session = self._session(hosted, request)
        secret = request.cookies.get(SERVICE_COOKIE, "")
        if secret in self._backend.services:
            self._backend.services = self._backend.services.delete(secret)
        everywhere = request.form.get("action") == "sign-out-of-connect"
        hint = {"id_token_hint": session.id_token} if session else {}
        there = f"{self._connect}/oauth/logout?{urlencode(hint)}" if everywhere else "/"
        response = see_other(there)
        response.delete_cookie(SERVICE_COOKIE, path="/", secure=True, httponly=True, samesite="Lax")
        return response

    def _backchannel(self, hosted: HostedClient, request: Request) -> Response:
        """End the sessions that CONNECT says have ended (Back-Channel Logout 1.0)."""
        keys = self._backend.world.keys
        claims = keys.read(request.form.get("logout_token", ""), typ="logout+jwt")
        if claims is None or claims.get("aud") != hosted.policy.client_id:
            return text("not a logout token of CONNECT", status=400)
        kept = {
            secret: session
            for secret, session in self._backend.services.items()
            if (session.client_id, session.sid) != (hosted.policy.client_id, claims.get("sid"))
        }
        self._backend.services = Map(kept)
        return text("", status=200)

    # What routes share

    def _session(self, hosted: HostedClient, request: Request) -> ServiceSession | None:
        session = self._backend.services.get(request.cookies.get(SERVICE_COOKIE, ""))
        if session is None or session.client_id != hosted.policy.client_id:
            return None
        return session if self._backend.world.now < session.expires else None

    def _signed_in(self, hosted: HostedClient, tokens: Claims) -> Response:
        """Keep a session of its own; it ends with the window where the person wants that."""
        id_token, access_token = str(tokens["id_token"]), str(tokens["access_token"])
        claims = self._backend.world.keys.read(id_token) or {}
        _status, person = self._backend.ask_connect("/oauth/userinfo", {}, bearer=access_token)
        used = claims.get("td_au") or person.get("phone_number") or person.get("email")
        session = ServiceSession(
            client_id=hosted.policy.client_id,
            sid=str(claims.get("sid")),
            id_token=id_token,
            access_token=access_token,
            claims=tuple((name, _shown(value)) for name, value in claims.items()),
            signed_in_as=str(used or claims.get("sub")),
            expires=self._backend.world.now + SERVICE_LIFETIME,
        )
        self._backend.world, secret = self._backend.world.token()
        self._backend.services = self._backend.services.set(secret, session)
        response = see_other("/")
        lifetime = None if claims.get("td_sls") else SERVICE_LIFETIME
        keep(response, SERVICE_COOKIE, secret, lifetime)
        return response


_CHOICES = frozenset({"acr_values", "prompt", "max_age", "login_hint", "ui_locales", "claims"})


def _not_signed_in(error: str) -> Response:
    """Go home, and say there why nobody is signed in."""
    return see_other(f"/?{urlencode({'error': error})}")


def _shown(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
