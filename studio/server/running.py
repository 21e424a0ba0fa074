"""Who takes requests from the network, and what may one cost?

Rules kept here (waitress does what is not written here):

* a request is read whole before it is answered, in as little memory as its size: 16 KiB of headers,
  64 KiB of body, and for all of it together a time limit, however slowly it drips in;
* a connection that does nothing is closed after a while, and there are not more of them than the
  machine can hold;
* stopping ends what runs, closes every connection, and leaves no thread behind.
"""

from __future__ import annotations

import logging
import socket
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer

from studio.server.turns import InTurn
from studio.site.reading import MAX_BODY

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication
    from waitress.task import ThreadedTaskDispatcher
    from waitress.trigger import trigger

MAX_HEADERS = 16 * 1024
TURN = 1.0
"""Seconds after which the server looks at its connections again, where nothing happens."""

_LAST_TURNS = 10


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What a connection may cost. Times are in seconds.

    `reading` is for a request from its first byte to its last, `idle` for a connection between two,
    `connections` how many there may be at once. `threads` are for an application that answers
    several requests at once; with none they are answered in turn, in the server's own thread.
    """

    headers: int = MAX_HEADERS
    body: int = MAX_BODY
    reading: float = 20
    idle: float = 60
    connections: int = 500
    threads: int = 0


def listening(host: str, port: int) -> socket.socket:
    """Return a socket that waits for connections; port 0 takes a free one.

    Raises:
        OSError: The port is in use, or may not be used.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=256)


class _Channel(HTTPChannel):
    """A connection that remembers when its request began to come."""

    began: float | None = None

    def received(self, data: bytes) -> bool:
        """Take what has come of a request."""
        if self.began is None:
            self.began = time.monotonic()
        more = super().received(data)
        if self.request is None:
            self.began = None
        return more


class HttpServer(TcpWSGIServer):
    """Serves an application on a socket, in a thread of its own."""

    channel_class = _Channel

    def __init__(
        self, application: WSGIApplication, listener: socket.socket, limits: Limits
    ) -> None:
        self.port: int = listener.getsockname()[1]
        self._limits = limits
        self._turn_time = min(TURN, limits.reading, limits.idle)
        # Dispatchers, in truth; typeshed takes the values for sockets.
        self._sockets: dict[int, socket.socket] = {}
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._thread = threading.Thread(target=self._serve, name="connect-studio-serve")
        # Told for every request that waits for another one, which is nothing to be warned of.
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        self._in_turn = None if limits.threads else InTurn()
        adjustments = Adjustments(
            sockets=[listener],
            threads=limits.threads or 1,
            max_request_header_size=limits.headers,
            max_request_body_size=limits.body + 1,  # it refuses what has this size
            cleanup_interval=int(self._turn_time),
            connection_limit=limits.connections,
            asyncore_use_poll=True,
            clear_untrusted_proxy_headers=True,
            ident=None,
        )
        place = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(
            application,
            self._sockets,
            _sock=listener,
            # It does what waitress asks of one, without threads.
            dispatcher=cast("ThreadedTaskDispatcher | None", self._in_turn),
            adj=adjustments,
            sockinfo=place,
            bind_socket=False,
        )

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def stop(self) -> None:
        """Answer what is being answered, close all connections, and wait until that is done."""
        if self._thread.is_alive():
            # Not a number, as typeshed has it.
            cast("trigger", self.trigger).pull_trigger(self._stop_here)
            self._woken.set()
            self._thread.join()

    def _stop_here(self, _nothing: None = None) -> None:
        """Stop, in the server's own thread: before, it could close the trigger that is pulled."""
        self._stopping.set()

    def pull_trigger(self) -> None:
        """Wake the server; it is awake where it answers itself."""
        if threading.current_thread() is not self._thread:
            super().pull_trigger()

    def maintenance(self, now: float) -> None:
        """Close the connections that are idle, or that take too long to say what they want."""
        late, idle = time.monotonic() - self._limits.reading, now - self._limits.idle
        for channel in self._channels():
            slow = channel.began is not None and channel.began < late
            if not channel.requests and (slow or channel.last_activity < idle):
                channel.will_close = True

    def _channels(self) -> list[_Channel]:
        """Return the open connections."""
        # A mapping, in truth; typeshed takes it for one channel.
        return list(cast("dict[int, _Channel]", self.active_channels).values())

    def _serve(self) -> None:
        while not self._stopping.is_set():
            self._turn(self._turn_time)
        # Something else may have woken it: the trigger stays until whoever stops it has pulled.
        self._woken.wait()
        self.accepting = False
        self.task_dispatcher.shutdown(timeout=int(TURN))
        self._send_rest()
        self.close()
        wasyncore.close_all(self._sockets, ignore_all=True)

    def _send_rest(self) -> None:
        """Send what has been answered already, to those who take it at once."""
        for _ in range(_LAST_TURNS):
            if any(one.total_outbufs_len for one in self._channels()):
                self._turn(TURN / _LAST_TURNS)

    def _turn(self, longest: float) -> None:
        """Look at every connection once; wait for something to happen for some seconds."""
        waiting = self._in_turn is not None and self._in_turn.is_ready
        longest = 0 if waiting else longest
        wasyncore.loop(timeout=longest, use_poll=True, map=self._sockets, count=1)
        if self._in_turn:
            self._in_turn.answer()
