"""Requests that are answered one after the other, told at the socket."""

from __future__ import annotations

import socket
import threading
from typing import TYPE_CHECKING

import pytest

from studio.server.running import HttpServer, Limits, listening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

LARGE = 8 * 1024 * 1024
"""More bytes than the sockets of a connection hold."""


class Sized:
    """An application that answers `/10` with ten bytes, and remembers in which threads it was."""

    def __init__(self) -> None:
        self.threads: set[int] = set()

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        self.threads.add(threading.get_ident())
        size = int(environ["PATH_INFO"][1:])
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(size))])
        return [b"x" * size]


@pytest.fixture
def sized() -> Sized:
    return Sized()


@pytest.fixture
def server(sized: Sized) -> Iterator[HttpServer]:
    running = HttpServer(sized, listening("127.0.0.1", 0), Limits())
    running.start()
    yield running
    running.stop()


def connected(server: HttpServer) -> socket.socket:
    return socket.create_connection(("127.0.0.1", server.port), timeout=5)


def asked(*sizes: int) -> bytes:
    return b"".join(b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n" % size for size in sizes)


def taken(client: socket.socket, size: int) -> None:
    """Read an answer of that size, to its end."""
    with client.makefile("rb") as answer:
        assert answer.readline() == b"HTTP/1.1 200 OK\r\n"
        while answer.readline() != b"\r\n":
            pass
        assert answer.read(size) == b"x" * size


def test_all_are_answered_in_one_thread(server: HttpServer, sized: Sized) -> None:
    clients = [connected(server) for _ in range(20)]
    for size, client in enumerate(clients):
        client.sendall(asked(size))
    for size, client in enumerate(clients):
        taken(client, size)
        client.close()
    assert len(sized.threads) == 1


def test_requests_that_come_together_are_answered_in_their_order(server: HttpServer) -> None:
    with connected(server) as client:
        client.sendall(asked(3, LARGE, 1) + b"GET /2 HTTP/1.0\r\n\r\n")
        answers = b"".join(iter(lambda: client.recv(1 << 20), b""))
    bodies = [answer.partition(b"\r\n\r\n")[2] for answer in answers.split(b"HTTP/1.")[1:]]
    assert [len(body) for body in bodies] == [3, LARGE, 1, 2]


def test_whoever_does_not_take_an_answer_holds_up_nobody(server: HttpServer) -> None:
    with connected(server) as greedy, connected(server) as modest:
        greedy.sendall(asked(*[LARGE] * 5))
        for _ in range(3):
            modest.sendall(asked(7))
            taken(modest, 7)


def test_stopping_does_not_wait_for_whoever_does_not_take_an_answer(sized: Sized) -> None:
    before = threading.active_count()
    running = HttpServer(sized, listening("127.0.0.1", 0), Limits())
    running.start()
    with connected(running) as greedy:
        greedy.sendall(asked(*[LARGE // 16] * 32))
        assert greedy.recv(1) == b"H"
        running.stop()
    assert threading.active_count() == before
