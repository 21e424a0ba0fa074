"""In which order are requests answered?

Rules kept here:

* one after the other, in the server's own thread, between two looks at its connections: the
  application answers one request at a time anyway, and to hand each to another thread and back
  takes more processor time than a whole answer;
* whoever sends the next request before taking the last answer waits until it is taken, and holds up
  nobody.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from waitress.channel import HTTPChannel


class InTurn:
    """The connections whose requests have been read and not been answered.

    It stands in the place of waitress's `ThreadedTaskDispatcher`.
    """

    def __init__(self) -> None:
        self._waiting: deque[HTTPChannel] = deque()

    @property
    def is_ready(self) -> bool:
        """Whether somebody can be answered now."""
        return any(not _has_to_take(one) for one in self._waiting)

    def add_task(self, task: HTTPChannel) -> None:
        """Let a connection wait for its answer."""
        self._waiting.append(task)

    def answer(self) -> None:
        """Answer each that waits, once."""
        for _ in range(len(self._waiting)):
            channel = self._waiting.popleft()
            if _has_to_take(channel):
                self._waiting.append(channel)
            else:
                channel.service()

    def shutdown(self, *, timeout: float) -> None:  # noqa: ARG002 - nobody has to be waited for
        """Answer nobody any more."""
        while self._waiting:
            self._waiting.popleft().cancel()


def _has_to_take(channel: HTTPChannel) -> bool:
    """Tell whether a connection has not taken its last answer yet."""
    return bool(channel.connected and channel.total_outbufs_len)
