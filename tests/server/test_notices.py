"""Clients on this machine are told that a session has ended, and nobody else."""

from __future__ import annotations

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, ClassVar
from urllib.parse import parse_qs

import pytest

from studio.server.notices import Notice, Notices, is_loopback

if TYPE_CHECKING:
    from collections.abc import Iterator


class Listener(BaseHTTPRequestHandler):
    """A client's back-channel address."""

    took: ClassVar[list[tuple[str, str]]]
    status: ClassVar[int]
    port: ClassVar[int]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.took.append((self.path, parse_qs(body)["logout_token"][0]))
        self.send_response(self.status)
        self.send_header("Location", "/elsewhere")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


@pytest.fixture
def listener() -> Iterator[type[Listener]]:
    class Own(Listener):
        took: ClassVar[list[tuple[str, str]]] = []
        status: ClassVar[int] = 200

    with HTTPServer(("127.0.0.1", 0), Own) as server:
        Own.port = server.server_port
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield Own
        server.shutdown()
        thread.join()


def sent(uri: str) -> list[str]:
    """Send a notice, and return what was told of it."""
    told: list[str] = []
    notices = Notices(told.append, time_limit=2)
    notices.send(Notice(client_id="news", uri=uri, token="secret-token"))
    notices.close()
    return told


def address(listener: type[Listener], path: str = "/back?a=b") -> str:
    return f"http://127.0.0.1:{listener.port}{path}"


def test_a_client_on_this_machine_is_told(listener: type[Listener]) -> None:
    assert sent(address(listener)) == []
    assert listener.took == [("/back?a=b", "secret-token")]


def test_a_redirect_is_not_followed(listener: type[Listener]) -> None:
    listener.status = 307
    (line,) = sent(address(listener, "/back"))
    assert line.endswith("/back did not arrive: it answered 307")
    assert [path for path, _ in listener.took] == ["/back"]


@pytest.mark.parametrize(
    "uri",
    [
        "https://news.example/back",
        "http://127.0.0.1.example/back",
        "http://127.0.0.1@news.example/back",
        "http://192.0.2.7/back",
        "ftp://127.0.0.1/back",
        "http://[::1/back",
    ],
)
def test_nobody_elsewhere_is_told(uri: str) -> None:
    assert not is_loopback(uri)
    (line,) = sent(uri)
    assert line.startswith("news: the logout notice to ")
    assert line.endswith("only programs on this machine are told")


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "localhost"])
def test_these_are_this_machine(host: str) -> None:
    assert is_loopback(f"http://{host}:8081/back")


def test_a_client_that_is_not_there_is_told_of_without_the_token(
    listener: type[Listener],
) -> None:
    (line,) = sent("http://127.0.0.1:1/back?secret=x")
    assert "news: the logout notice to http://127.0.0.1:1/back did not arrive: " in line
    assert "secret" not in line
    assert not listener.took
