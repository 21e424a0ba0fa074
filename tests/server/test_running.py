"""What one request may cost, told at the socket."""

from __future__ import annotations

import socket
import threading
from http.client import HTTPConnection
from typing import TYPE_CHECKING

import pytest

from studio.server.running import HttpServer, Limits, listening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

SMALL = Limits(headers=2000, body=1000, reading=0.2, idle=0.2, connections=50, threads=2)


class Echo:
    """An application that says how much came; `/wait` answers when it may."""

    def __init__(self) -> None:
        self.came = threading.Event()
        self.go_on = threading.Event()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/wait":
            self.came.set()
            self.go_on.wait(5)
        body = environ["wsgi.input"].read()
        start("200 OK", [("Content-Type", "text/plain")])
        return [f"{len(body)} {environ.get('HTTP_X_FORWARDED_FOR', '-')}".encode()]


@pytest.fixture
def echo() -> Echo:
    return Echo()


@pytest.fixture
def server(echo: Echo) -> Iterator[HttpServer]:
    running = HttpServer(echo, listening("127.0.0.1", 0), SMALL)
    running.start()
    yield running
    echo.go_on.set()
    running.stop()


@pytest.fixture
def connection(server: HttpServer) -> Iterator[HTTPConnection]:
    one = HTTPConnection("127.0.0.1", server.port, timeout=5)
    yield one
    one.close()


def raw(server: HttpServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=5)


def everything(from_server: socket.socket) -> bytes:
    """Read until the server closes the connection."""
    return b"".join(iter(lambda: from_server.recv(1000), b""))


def test_a_connection_is_used_again(connection: HTTPConnection) -> None:
    told = []
    for size in (0, 10, 1000):
        connection.request("POST", "/", b"x" * size)
        answer = connection.getresponse()
        told.append((answer.status, answer.read()))
        assert answer.headers["Server"] is None
    assert told == [(200, b"0 -"), (200, b"10 -"), (200, b"1000 -")]


def test_a_body_that_is_too_large_is_refused(connection: HTTPConnection) -> None:
    connection.request("POST", "/", b"x" * 1001)
    assert connection.getresponse().status == 413


def test_a_body_in_pieces_that_is_too_large_is_refused(connection: HTTPConnection) -> None:
    connection.request("POST", "/", iter([b"x" * 600] * 2), encode_chunked=True)
    assert connection.getresponse().status == 413


def test_headers_that_are_too_large_are_refused(connection: HTTPConnection) -> None:
    connection.request("GET", "/", headers={"X": "y" * 2000})
    assert connection.getresponse().status == 431


@pytest.mark.parametrize("line", [b"GET\r\n\r\n", b"GET / HTTP/1.1\r\nA b\r\n\r\n"])
def test_what_is_no_request_is_refused(server: HttpServer, line: bytes) -> None:
    with raw(server) as client:
        client.sendall(line)
        assert everything(client).startswith(b"HTTP/1.0 400 ")


@pytest.mark.parametrize(
    "begun",
    [
        b"",
        b"GET / HTT",
        b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc",
    ],
)
def test_whoever_does_not_go_on_is_cut_off(server: HttpServer, begun: bytes) -> None:
    with raw(server) as client:
        client.sendall(begun)
        assert everything(client) == b""


def test_whoever_drips_is_cut_off_too(server: HttpServer) -> None:
    with raw(server) as client:
        client.sendall(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
        client.settimeout(0.05)
        sent = 0
        # One byte after the other, until the server ends it, in one of three ways.
        with pytest.raises(OSError, match=r"reset|pipe|closed"):  # noqa: PT012
            while sent < 1000:
                sent += client.send(b"x")
                _closed(client)
    assert sent < 1000


def _closed(client: socket.socket) -> None:
    """Wait a moment for the end of a connection, and raise when it comes."""
    try:
        if client.recv(1) == b"":
            raise ConnectionError("closed")
    except TimeoutError:
        pass


def test_nobody_says_where_they_come_from(connection: HTTPConnection) -> None:
    connection.request("GET", "/", headers={"X-Forwarded-For": "192.0.2.1"})
    assert connection.getresponse().read() == b"0 -"


def test_one_that_waits_holds_up_no_other(
    server: HttpServer, connection: HTTPConnection, echo: Echo
) -> None:
    with raw(server) as slow:
        slow.sendall(b"GET /wait HTTP/1.0\r\n\r\n")
        assert echo.came.wait(5)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        echo.go_on.set()
        assert everything(slow).endswith(b"0 -")


def test_stopping_answers_what_is_being_answered(server: HttpServer, echo: Echo) -> None:
    with raw(server) as client:
        client.sendall(b"GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
        assert echo.came.wait(5)
        stopping = threading.Thread(target=server.stop)
        stopping.start()
        echo.go_on.set()
        assert everything(client).endswith(b"0 -")
        stopping.join()
    with pytest.raises(ConnectionRefusedError):
        raw(server)


def test_no_thread_is_left_behind(echo: Echo) -> None:
    before = threading.active_count()
    running = HttpServer(echo, listening("127.0.0.1", 0), SMALL)
    running.start()
    running.stop()
    assert threading.active_count() == before


def test_it_can_listen_on_ipv6(echo: Echo) -> None:
    try:
        listener = listening("::1", 0)
    except OSError:
        pytest.skip("this machine has no IPv6")
    running = HttpServer(echo, listener, SMALL)
    running.start()
    try:
        connection = HTTPConnection("::1", listener.getsockname()[1], timeout=5)
        connection.request("GET", "/")
        assert connection.getresponse().status == 200
        connection.close()
    finally:
        running.stop()
