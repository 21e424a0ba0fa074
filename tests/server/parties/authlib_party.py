"""A relying party made of Authlib: what its integrations for web frameworks are, without one."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import requests
from authlib.integrations.base_client import (
    BaseApp,
    OAuth2Mixin,
    OAuthError,
    OpenIDMixin,
)
from authlib.integrations.requests_client import OAuth2Session

from tests.server.parties.party import Asked, RefusedError, Tokens, as_known

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tests.server.parties.party import Known, Party

WAITING = 10
"""Seconds for an answer."""


class _App(OAuth2Mixin, OpenIDMixin, BaseApp):
    """Authlib's client, as it is for Flask and Django."""

    client_cls = OAuth2Session


class AuthlibParty:
    """A party that has discovered the provider."""

    def __init__(self, issuer: str, known: Known) -> None:
        self.known = known
        self._app = _App(
            None,
            "connect",
            client_id=known.client_id,
            client_secret=known.secret,
            server_metadata_url=f"{issuer}/.well-known/openid-configuration",
            client_kwargs={
                "scope": known.scope,
                "code_challenge_method": "S256",
                "token_endpoint_auth_method": known.method,
                "revocation_endpoint_auth_method": known.method,
                "default_timeout": WAITING,
            },
        )
        self.metadata: Mapping[str, object] = self._app.load_server_metadata()

    def ask(self, **parameters: str) -> Asked:
        made = self._app.create_authorization_url(self.known.redirect_uri, **parameters)
        return Asked(
            url=str(made["url"]),
            state=str(made["state"]),
            nonce=str(made["nonce"]),
            verifier=str(made["code_verifier"]),
            max_age=int(parameters["max_age"]) if "max_age" in parameters else None,
        )

    def exchange(self, arrived: str, asked: Asked) -> Tokens:
        with _mistakes_told():
            _refuse_mistake(arrived)
            with self._session() as session:
                answer = session.fetch_token(
                    self.metadata["token_endpoint"],
                    authorization_response=arrived,
                    state=asked.state,
                    code_verifier=asked.verifier,
                    redirect_uri=self.known.redirect_uri,
                )
        return self._tokens(answer, asked.nonce)

    def refresh(self, tokens: Tokens) -> Tokens:
        with _mistakes_told(), self._session() as session:
            address = self.metadata["token_endpoint"]
            answer = session.refresh_token(address, refresh_token=tokens.refresh)
        return self._tokens(answer, None)

    def userinfo(self, tokens: Tokens) -> Mapping[str, object]:
        return self._asked_for("GET", tokens)

    def post_userinfo(self, tokens: Tokens) -> Mapping[str, object]:
        return self._asked_for("POST", tokens)

    def revoke(self, token: str) -> None:
        with self._session() as session:
            _told(session.revoke_token(self.metadata["revocation_endpoint"], token=token))

    def sign_out(self, tokens: Tokens, state: str) -> str:
        made = self._app.create_logout_url(self.known.after, tokens.id_token, state)
        return made["url"]

    def _session(self) -> OAuth2Session:
        return OAuth2Session(
            self.known.client_id,
            self.known.secret,
            token_endpoint_auth_method=self.known.method,
            revocation_endpoint_auth_method=self.known.method,
            default_timeout=WAITING,
        )

    def _asked_for(self, method: str, tokens: Tokens) -> Mapping[str, object]:
        with self._session() as session:
            session.token = {"access_token": tokens.access, "token_type": "Bearer"}
            return _told(session.request(method, str(self.metadata["userinfo_endpoint"])))

    def _tokens(self, answer: Mapping[str, object], nonce: str | None) -> Tokens:
        claims = self._app.parse_id_token(answer, nonce=nonce)
        assert claims is not None
        return Tokens(
            access=str(answer["access_token"]),
            refresh=str(answer["refresh_token"]),
            id_token=str(answer["id_token"]),
            claims=dict(claims),
        )


class Authlib:
    """Makes parties of Authlib."""

    def party(self, issuer: str, known: Known) -> Party:
        return AuthlibParty(issuer, known)

    def registered(self, issuer: str, metadata: Mapping[str, object]) -> Party:
        """Register by HTTP: Authlib has a server for RFC 7591, and no client."""
        found = requests.get(f"{issuer}/.well-known/openid-configuration", timeout=WAITING).json()
        answer = requests.post(found["registration_endpoint"], json=metadata, timeout=WAITING)
        return AuthlibParty(issuer, as_known(_told(answer)))


def _refuse_mistake(arrived: str) -> None:
    """Raise what an answer says is wrong, as Authlib's integrations do before anything else."""
    answer = dict(parse_qsl(urlsplit(arrived).query))
    if "error" in answer:
        raise OAuthError(error=answer["error"], description=answer["error_description"])


@contextmanager
def _mistakes_told() -> Iterator[None]:
    try:
        yield
    except OAuthError as mistake:
        raise RefusedError(str(mistake.error)) from mistake


def _told(answer: requests.Response) -> dict[str, object]:
    """Return the JSON object of an answer, or raise what it says is wrong."""
    told: dict[str, object] = answer.json()
    if not answer.ok:
        raise RefusedError(str(told["error"]))
    return told
