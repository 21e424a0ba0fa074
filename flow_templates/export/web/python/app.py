"""A web service that people sign in to with CONNECT. Run it with `python app.py`.

What it asks for is in `../connect.json`, its pages are in `../pages/`. The environment says the
rest: CONNECT_ISSUER is where CONNECT is, CONNECT_CLIENT_SECRET what only the service knows.

Rules kept here:

* each sign-in has a state, a nonce and a code verifier of its own, kept on the server for the one
  browser that began it (RFC 9700, section 2.1.1);
* an ID token counts when its signature, issuer, audience, nonce, time and level are right (OpenID
  Connect Core 1.0, section 3.1.3.7);
* who did not choose to stay signed in (`td_sls`) is signed out with the browser window;
* who signs out at CONNECT is signed out here too, when CONNECT says so (Back-Channel Logout 1.0).
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import secrets
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from werkzeug.exceptions import HTTPException, NotFound
from werkzeug.serving import WSGIRequestHandler, run_simple
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

if TYPE_CHECKING:
    from collections.abc import Mapping

HERE = Path(__file__).parent.parent
DAY = 24 * 60 * 60
STAY = 90 * DAY
"""Seconds that a session lasts; of others the cookie ends with the browser window."""
MOST_WAITING = 10_000
PATIENCE = 10
"""Seconds to wait for CONNECT."""
REQUEST, SESSION = "service-request", "service-session"
LOG = logging.getLogger("service")
LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout"


class RefusedError(Exception):
    """An answer of CONNECT that must not sign anybody in; the message is for the page."""


@dataclass(frozen=True, kw_only=True)
class SignIn:
    """A sign-in that has begun: what its answer has to fit."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, kw_only=True)
class Session:
    """Somebody who is signed in. `until` is in seconds since 1970."""

    sub: str
    sid: str
    id_token: str
    who: str
    name: str
    phone: str
    email: str
    stays: bool
    until: float


@dataclass(frozen=True, kw_only=True)
class Settings:
    """What `connect.json` and the environment say."""

    issuer: str
    secret: str | None
    values: Mapping[str, Any]

    @classmethod
    def read(cls) -> Settings:
        """Read the settings."""
        values = json.loads((HERE / "connect.json").read_text("utf-8"))
        values["redirect_uri"] = os.environ.get("CONNECT_REDIRECT_URI", values["redirect_uri"])
        return cls(
            issuer=os.environ.get("CONNECT_ISSUER", values["issuer"]),
            secret=os.environ.get("CONNECT_CLIENT_SECRET"),
            values=values,
        )

    @property
    def client_id(self) -> str:
        """Who the service is."""
        return str(self.values["client_id"])

    @property
    def redirect_uri(self) -> str:
        """Where CONNECT answers to."""
        return str(self.values["redirect_uri"])

    @property
    def secure(self) -> bool:
        """Whether the service is reached by https, so that cookies go by nothing else."""
        return urlsplit(self.redirect_uri).scheme == "https"


class Connect:
    """What CONNECT is asked, and what its answers are worth."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def metadata(self) -> dict[str, Any]:
        """Where everything is (OpenID Connect Discovery 1.0, section 4)."""
        issuer = self._settings.issuer
        found = self._get(f"{issuer}/.well-known/openid-configuration")
        if found["issuer"] != issuer:
            raise RefusedError("wrong_issuer")
        return found

    def begin(self, languages: str, *, switch: bool) -> tuple[SignIn, str]:
        """Begin a sign-in; return what to remember of it, and where the browser goes."""
        values = self._settings.values
        begun = SignIn(
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
        )
        asked = dict(values["parameters"])
        if languages:
            asked["ui_locales"] = languages
        if switch:
            asked["prompt"] = "login"
        with self._client() as client:
            url, _state = client.create_authorization_url(
                self.metadata["authorization_endpoint"],
                state=begun.state,
                code_verifier=begun.verifier,
                nonce=begun.nonce,
                **asked,
            )
        hints = [] if switch else [("login_hint", hint) for hint in values["login_hint"]]
        return begun, f"{url}&{urlencode(hints)}" if hints else url

    def finish(self, begun: SignIn, answer: Mapping[str, str]) -> Session:
        """Exchange the code of an answer, and return who has signed in.

        Raises:
            RefusedError: The answer is an error, or is not to be believed.
        """
        if not hmac.compare_digest(begun.state.encode(), answer.get("state", "").encode()):
            raise RefusedError("wrong_state")
        if answer.get("iss", self._settings.issuer) != self._settings.issuer:
            raise RefusedError("wrong_issuer")  # RFC 9207
        if "error" in answer:
            raise RefusedError(answer["error"])
        metadata = self.metadata
        with self._client() as client:
            tokens = client.fetch_token(
                metadata["token_endpoint"],
                grant_type="authorization_code",
                code=answer.get("code", ""),
                code_verifier=begun.verifier,
            )
            claims = self._id_token(tokens["id_token"], begun.nonce)
            person = client.get(metadata["userinfo_endpoint"], timeout=PATIENCE).json()
        if person.get("sub") != claims["sub"]:
            raise RefusedError("wrong_person")
        return self._session(tokens["id_token"], claims, person)

    def sign_out_url(self, session: Session) -> str:
        """Return where CONNECT is signed out of (RP-Initiated Logout 1.0)."""
        back = self._settings.values["post_logout_redirect_uri"]
        asked = {"id_token_hint": session.id_token}
        if back:
            asked["post_logout_redirect_uri"] = back
        return f"{self.metadata['end_session_endpoint']}?{urlencode(asked)}"

    def signed_out(self, logout_token: str) -> tuple[str, str]:
        """Return person and session that a logout token is about; one of them may be empty.

        Raises:
            RefusedError: The token is not to be believed (Back-Channel Logout 1.0, section 2.6).
        """
        claims = self._claims(logout_token)
        if LOGOUT_EVENT not in claims.get("events", {}) or "nonce" in claims:
            raise RefusedError("not_a_logout_token")
        person, session = str(claims.get("sub", "")), str(claims.get("sid", ""))
        if not person and not session:
            raise RefusedError("not_a_logout_token")
        return person, session

    def account_url(self, section: str, back: str) -> str:
        """Return the deep link to a section of My CONNECT account."""
        origin = self._settings.issuer.removesuffix("/oauth")
        query = urlencode({"client_id": self._settings.client_id, "back": back})
        return f"{origin}/id/account{section}?{query}"

    def _client(self) -> OAuth2Session:
        settings = self._settings
        return OAuth2Session(
            client_id=settings.client_id,
            client_secret=settings.secret,
            token_endpoint_auth_method="client_secret_basic" if settings.secret else "none",
            scope=settings.values["scope"],
            redirect_uri=settings.redirect_uri,
            code_challenge_method="S256",
            default_timeout=PATIENCE,
        )

    def _id_token(self, token: str, nonce: str) -> dict[str, Any]:
        claims = self._claims(token, nonce={"essential": True, "value": nonce})
        if claims.get("azp", self._settings.client_id) != self._settings.client_id:
            raise RefusedError("wrong_audience")
        wanted = self._settings.values
        if int(claims.get("acr", "0")) < wanted["level"]:
            raise RefusedError("level_too_low")
        age = wanted["parameters"].get("max_age")
        if age is not None and claims["auth_time"] + int(age) + PATIENCE < time.time():
            raise RefusedError("too_long_ago")
        return claims

    def _claims(self, token: str, **more: dict[str, Any]) -> dict[str, Any]:
        """Return the claims of a token that CONNECT signed for this service.

        A busy service keeps the keys for some minutes; this one asks for them each time.
        """
        keys = KeySet.import_key_set(self._get(self.metadata["jwks_uri"]))
        claims = jwt.decode(token, keys, algorithms=["RS256"]).claims
        jwt.JWTClaimsRegistry(
            leeway=PATIENCE,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": self._settings.client_id},
            exp={"essential": True},
            iat={"essential": True},
            **more,
        ).validate(claims)
        return claims

    def _session(
        self, id_token: str, claims: Mapping[str, Any], person: Mapping[str, Any]
    ) -> Session:
        phone, email = person.get("phone_number", ""), person.get("email", "")
        stays = not claims.get("td_sls")
        return Session(
            sub=claims["sub"],
            sid=claims.get("sid", ""),
            id_token=id_token,
            who=claims.get("td_au") or phone or email,
            name=person.get("name", ""),
            phone=phone,
            email=email,
            stays=stays,
            until=time.time() + (STAY if stays else DAY),
        )

    def _get(self, url: str) -> dict[str, Any]:
        answer = requests.get(url, timeout=PATIENCE)
        answer.raise_for_status()
        return dict(answer.json())


@dataclass(kw_only=True)
class Service:
    """The service as a WSGI application. Who is signed in is kept in memory."""

    settings: Settings
    connect: Connect
    waiting: OrderedDict[str, SignIn] = field(default_factory=OrderedDict)
    sessions: dict[str, Session] = field(default_factory=dict)

    @Request.application
    def __call__(self, request: Request) -> Response:
        """Answer a request."""
        try:
            return _guarded(self._answer(request), self.settings.issuer)
        except HTTPException as mistake:
            return mistake.get_response()

    def _answer(self, request: Request) -> Response:
        values = self.settings.values
        after = values["post_logout_redirect_uri"]
        ways = {
            ("GET", "/"): self.show,
            ("GET", "/connect.css"): _style,
            ("GET", "/sign-in"): self.sign_in,
            ("POST", "/sign-out"): self.sign_out,
            ("POST", values["backchannel_logout_path"]): self.told,
            ("GET", urlsplit(after or "/").path or "/"): self.show,
            ("GET", urlsplit(self.settings.redirect_uri).path or "/"): self.arrive,
        }
        way = ways.get((request.method, request.path))
        if way is None:
            raise NotFound
        return way(request)

    def show(self, request: Request) -> Response:
        """Show the page with the button, or the one of somebody who is signed in."""
        session = self._session(request)
        if session is None:
            return self._page(request, "signed-out")
        home = self.settings.values["post_logout_redirect_uri"] or request.host_url
        parts = {
            "who": session.who,
            "name": session.name,
            "phone": session.phone,
            "email": session.email,
            "account": self.connect.account_url("", home),
            "profile": self.connect.account_url("/profile", home),
            "phones": self.connect.account_url("/phones", home),
            "emails": self.connect.account_url("/emails", home),
            "password": self.connect.account_url("/password", home),
        }
        return self._page(request, "signed-in", **parts)

    def sign_in(self, request: Request) -> Response:
        """Send the browser to CONNECT."""
        wanted = self.settings.values["ui_locales"]
        languages = " ".join(request.accept_languages.values()) if wanted else ""
        begun, url = self.connect.begin(languages, switch="switch" in request.args)
        key = secrets.token_urlsafe(32)
        self.waiting[key] = begun
        while len(self.waiting) > MOST_WAITING:
            self.waiting.popitem(last=False)
        response = redirect(url, 303)
        # Lax: the answer comes as a link from CONNECT's site.
        response.set_cookie(
            REQUEST, key, httponly=True, samesite="Lax", secure=self.settings.secure
        )
        return response

    def arrive(self, request: Request) -> Response:
        """Take the answer of CONNECT; it is good once."""
        if "state" not in request.args:
            return self.show(request)
        begun = self.waiting.pop(request.cookies.get(REQUEST, ""), None)
        if begun is None:
            return self._page(request, "refused", 403, error="not_begun_here")
        try:
            session = self.connect.finish(begun, request.args)
        except RefusedError as refused:
            went_back = str(refused) == "access_denied"
            name = "signed-out" if went_back else "refused"
            return self._page(request, name, 403, error=str(refused))
        except (AuthlibBaseError, JoseError, requests.RequestException) as error:
            LOG.warning("CONNECT's answer was refused: %s", error)
            return self._page(request, "refused", 502, error="invalid_answer")
        response = redirect("/", 303)
        self._remember(response, session)
        response.delete_cookie(REQUEST)
        return response

    def sign_out(self, request: Request) -> Response:
        """End the session here, and at CONNECT where that is asked for."""
        session = self._session(request)
        self.sessions.pop(request.cookies.get(SESSION, ""), None)
        everywhere = session is not None and request.form.get("of") == "connect"
        url = self.connect.sign_out_url(session) if session and everywhere else "/"
        response = redirect(url, 303)
        response.delete_cookie(SESSION)
        return response

    def told(self, request: Request) -> Response:
        """End the sessions that CONNECT says have ended."""
        try:
            person, session = self.connect.signed_out(request.form.get("logout_token", ""))
        except (RefusedError, JoseError, ValueError):
            return Response("", 400, headers={"Cache-Control": "no-store"})
        for key, one in list(self.sessions.items()):
            if one.sid == session if session else one.sub == person:
                del self.sessions[key]
        return Response("", headers={"Cache-Control": "no-store"})

    def _remember(self, response: Response, session: Session) -> None:
        """Sign somebody in; without a time the cookie ends with the browser window."""
        key = secrets.token_urlsafe(32)
        self.sessions[key] = session
        response.set_cookie(
            SESSION,
            key,
            max_age=STAY if session.stays else None,
            httponly=True,
            samesite="Lax",
            secure=self.settings.secure,
        )

    def _session(self, request: Request) -> Session | None:
        session = self.sessions.get(request.cookies.get(SESSION, ""))
        return session if session and time.time() < session.until else None

    def _page(self, request: Request, name: str, status: int = 200, /, **parts: str) -> Response:
        """Return a page in the person's language; nothing in its parts is HTML."""
        values = self.settings.values
        tag = request.accept_languages.best_match(values["pages"], values["language"])
        text = (HERE / "pages" / str(tag) / f"{name}.html").read_text("utf-8")
        for part, value in parts.items():
            text = text.replace(f"[[{part}]]", escape(value))
        return Response(text, status, mimetype="text/html", headers={"Cache-Control": "no-store"})


def _style(_request: Request) -> Response:
    return Response((HERE / "connect.css").read_bytes(), mimetype="text/css")


def _guarded(response: Response, issuer: str) -> Response:
    """Add what keeps other sites out. Signing out sends a form on to CONNECT."""
    connect = "://".join(urlsplit(issuer)[:2])
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src 'self'; img-src data:; form-action 'self' {connect}; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


class _Quiet(WSGIRequestHandler):
    """Writes no line for a request: an address may hold a code."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


def main() -> None:
    """Run the service where its redirect URI says."""
    settings = Settings.read()
    address = urlsplit(settings.redirect_uri)
    local = address.scheme == "http"
    port = (address.port or 80) if local else int(os.environ.get("PORT", "8081"))
    service = Service(settings=settings, connect=Connect(settings))
    host = address.hostname or "localhost"
    run_simple(host if local else "localhost", port, service, request_handler=_Quiet)


if __name__ == "__main__":
    main()
