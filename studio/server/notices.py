"""How is a client told, by HTTP, that a session has ended (OpenID Connect Back-Channel Logout 1.0)?

Rules kept here:

* only programs on this machine are told: what serves people's own trials sends nothing elsewhere;
* nobody waits for a client: a thread of its own sends, for a few seconds at most, and whatever
  comes back, a redirect too, is read no further than its first line;
* a notice that is not sent, or not taken, is told in a line, without the token.
"""

from __future__ import annotations

import queue
import threading
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
TIME_LIMIT = 5.0
"""Seconds that a client has for each step of taking a notice."""

WAITING = 100
"""Notices that may wait; more are left out."""


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A logout token on its way to a client."""

    client_id: str
    uri: str
    token: str


class Notices:
    """Sends notices one after the other; `tell` takes a line for the terminal."""

    def __init__(self, tell: Callable[[str], None], time_limit: float = TIME_LIMIT) -> None:
        self._tell = tell
        self._time_limit = time_limit
        self._waiting: queue.Queue[Notice | None] = queue.Queue(WAITING)
        self._thread: threading.Thread | None = None

    def send(self, notice: Notice) -> None:
        """Let a client be told, where it is on this machine."""
        if not is_loopback(notice.uri):
            self._left_out(notice, "only programs on this machine are told")
            return
        try:
            self._waiting.put_nowait(notice)
        except queue.Full:
            self._left_out(notice, "too many are waiting")
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="notices", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Send what waits, and end; a client that takes long is not waited for."""
        if self._thread is not None:
            with suppress(queue.Full):  # then it ends with the program, as its thread does
                self._waiting.put_nowait(None)
                self._thread.join(self._time_limit)
            self._thread = None

    def _run(self) -> None:
        while (notice := self._waiting.get()) is not None:
            try:
                status = _posted(notice, self._time_limit)
            except (OSError, HTTPException, ValueError) as error:
                self._left_out(notice, str(error) or type(error).__name__)
            else:
                if status not in {HTTPStatus.OK, HTTPStatus.NO_CONTENT}:
                    self._left_out(notice, f"it answered {status}")

    def _left_out(self, notice: Notice, why: str) -> None:
        address = notice.uri.partition("?")[0]
        self._tell(f"{notice.client_id}: the logout notice to {address} did not arrive: {why}")


def is_loopback(uri: str) -> bool:
    """Tell whether a web address is one of this machine's own."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and parts.hostname in LOOPBACK


def _posted(notice: Notice, time_limit: float) -> int:
    """Return the status a client answered a notice with (section 2.5)."""
    parts = urlsplit(notice.uri)
    kind = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=time_limit)
    path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    try:
        connection.request(
            "POST",
            path,
            urlencode({"logout_token": notice.token}),
            {"Content-Type": "application/x-www-form-urlencoded", "Connection": "close"},
        )
        return connection.getresponse().status
    finally:
        connection.close()
