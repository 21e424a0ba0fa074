"""A program on this machine that listens for notices that a session has ended."""

from __future__ import annotations

import queue
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl

import requests
from joserfc import jwt
from joserfc.jwk import KeySet

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.server.parties.party import Party

WAITING = 10
"""Seconds for a notice to come."""


class Listener:
    """Takes the forms that are posted to it, on a free port."""

    def __init__(self) -> None:
        self._forms: queue.Queue[dict[str, str]] = queue.Queue()
        self._server = HTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def next_form(self) -> dict[str, str]:
        """Return the next form that comes."""
        return self._forms.get(timeout=WAITING)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        forms = self._forms

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                self.send_response(200)
                self.end_headers()
                forms.put(dict(parse_qsl(body.decode())))

            def log_message(self, *_line: object) -> None:
                pass

        return Handler


def logout_claims(token: str, party: Party) -> Mapping[str, object]:
    """Return what a logout token says, its signature checked with the provider's keys."""
    keys = requests.get(str(party.metadata["jwks_uri"]), timeout=WAITING).json()
    read = jwt.decode(token, KeySet.import_key_set(keys), algorithms=["RS256"])
    assert read.header["typ"] == "logout+jwt"
    return read.claims
