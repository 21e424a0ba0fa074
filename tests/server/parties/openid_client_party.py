"""A relying party made of npm's openid-client, in a Node of the development dependencies."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tests.node import NODE
from tests.node import install as install_packages
from tests.server.parties.party import Asked, RefusedError, Tokens, as_known

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.server.parties.party import Known, Party

HERE = Path(__file__).parent
PROGRAM = "relying_party.mjs"


def install(folder: Path) -> None:
    """Install openid-client and what it needs into a folder, in the versions of package.json.

    Raises:
        RuntimeError: npm cannot; the message is what it says.
    """
    for name in ("package.json", PROGRAM):
        shutil.copy(HERE / name, folder)
    install_packages(folder)


class Program:
    """A running relying party; it does one step after the other."""

    def __init__(self, folder: Path) -> None:
        self._process = subprocess.Popen(
            [NODE, PROGRAM],
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def step(self, name: str, **values: object) -> object:
        """Do a step and return what came of it.

        Raises:
            RefusedError: The provider or the library refuses.
        """
        print(json.dumps({"step": name, **values}), file=self._stdin, flush=True)
        told = json.loads(self._stdout.readline())
        if "refused" in told:
            raise RefusedError(told["refused"])
        return told["value"]

    def close(self) -> None:
        """End it."""
        with self._process:
            self._stdin.close()
            self._process.wait(timeout=10)

    @property
    def _stdin(self) -> IO[str]:
        assert self._process.stdin is not None
        return self._process.stdin

    @property
    def _stdout(self) -> IO[str]:
        assert self._process.stdout is not None
        return self._process.stdout


class OpenidClientParty:
    """A party that has discovered the provider, in a program of its own."""

    def __init__(self, program: Program, issuer: str, known: Known) -> None:
        self.known = known
        self._program = program
        self._number: object = None
        found = self._object(
            "discover",
            issuer=issuer,
            client_id=known.client_id,
            secret=known.secret,
            method=known.method,
        )
        self._number, metadata = found["number"], found["metadata"]
        assert isinstance(metadata, dict)
        self.metadata: Mapping[str, object] = metadata

    def ask(self, **parameters: str) -> Asked:
        wanted = {"redirect_uri": self.known.redirect_uri, "scope": self.known.scope, **parameters}
        made = self._object("ask", parameters=wanted)
        return Asked(
            url=str(made["url"]),
            state=str(made["state"]),
            nonce=str(made["nonce"]),
            verifier=str(made["verifier"]),
            max_age=int(parameters["max_age"]) if "max_age" in parameters else None,
        )

    def exchange(self, arrived: str, asked: Asked) -> Tokens:
        return self._tokens(
            "exchange",
            arrived=arrived,
            state=asked.state,
            nonce=asked.nonce,
            verifier=asked.verifier,
            max_age=asked.max_age,
        )

    def refresh(self, tokens: Tokens) -> Tokens:
        return self._tokens("refresh", token=tokens.refresh)

    def userinfo(self, tokens: Tokens) -> Mapping[str, object]:
        return self._object("userinfo", token=tokens.access, subject=tokens.claims["sub"])

    def post_userinfo(self, tokens: Tokens) -> Mapping[str, object]:
        return self._object("post_userinfo", token=tokens.access)

    def revoke(self, token: str) -> None:
        self._step("revoke", token=token)

    def sign_out(self, tokens: Tokens, state: str) -> str:
        asked = {
            "id_token_hint": tokens.id_token,
            "post_logout_redirect_uri": self.known.after,
            "state": state,
        }
        return str(self._step("sign_out", parameters=asked))

    def _step(self, step: str, **values: object) -> object:
        return self._program.step(step, number=self._number, **values)

    def _object(self, step: str, **values: object) -> Mapping[str, object]:
        told = self._step(step, **values)
        assert isinstance(told, dict)
        return told

    def _tokens(self, step: str, **values: object) -> Tokens:
        told = self._object(step, **values)
        claims = told["claims"]
        assert isinstance(claims, dict)
        return Tokens(
            access=str(told["access_token"]),
            refresh=str(told["refresh_token"]),
            id_token=str(told["id_token"]),
            claims=claims,
        )


class OpenidClient:
    """Makes parties of openid-client."""

    def __init__(self, program: Program) -> None:
        self._program = program

    def party(self, issuer: str, known: Known) -> Party:
        return OpenidClientParty(self._program, issuer, known)

    def registered(self, issuer: str, metadata: Mapping[str, object]) -> Party:
        told = self._program.step("register", issuer=issuer, metadata=metadata)
        assert isinstance(told, dict)
        return OpenidClientParty(self._program, issuer, as_known(told))
