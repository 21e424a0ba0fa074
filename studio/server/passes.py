"""Who may come in from one's own network?

Rules kept here:

* a pass lets one browser in, once; then another is drawn, which is shown on the machine alone;
* a pass has 10 signs of 31, about 50 bits; after five wrong ones nobody comes in for a minute, and
  the pass is another;
* comparing takes the same time for every mistake; of a browser's cookie only the hash is kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LENGTH = 10
TRIES = 5
CLOSED = 60.0
"""Seconds that nobody comes in for after too many wrong passes."""

LASTS = timedelta(hours=12)
"""How long a browser is let in."""

BROWSERS = 100
"""As many browsers are remembered; the one that came in first is forgotten first."""


class Passes:
    """The pass that is good now, and the browsers that have been let in.

    `drawn` is told of every new pass, the first one too; `now` is a clock of seconds.
    """

    def __init__(
        self, drawn: Callable[[str], None], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._drawn = drawn
        self._now = now
        self._browsers: dict[bytes, float] = {}
        self._wrong = 0
        self._closed_until = 0.0
        self.current = ""
        """The pass that is good now, as it is shown: "ABCDE-23456"."""

    def draw(self) -> None:
        """Draw another pass; the one before is good no more."""
        signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
        self.current = f"{signs[: LENGTH // 2]}-{signs[LENGTH // 2 :]}"
        self._drawn(self.current)

    @property
    def closed(self) -> bool:
        """Whether there were too many wrong passes a moment ago."""
        return self._now() < self._closed_until

    def enter(self, typed: str) -> str | None:
        """Return what the browser keeps in a cookie to be known by; None for a wrong pass."""
        if self.closed:
            return None
        if not hmac.compare_digest(_signs(typed), _signs(self.current)):
            self._count_wrong()
            return None
        self._wrong = 0
        self.draw()
        return self._let_in()

    def admits(self, cookie: str) -> bool:
        """Tell whether a browser has been let in, and not too long ago, by its cookie."""
        return self._now() < self._browsers.get(_hashed(cookie), 0.0)

    def _count_wrong(self) -> None:
        self._wrong += 1
        if self._wrong >= TRIES:
            self._wrong = 0
            self._closed_until = self._now() + CLOSED
            self.draw()

    def _let_in(self) -> str:
        cookie = secrets.token_urlsafe(32)
        self._browsers[_hashed(cookie)] = self._now() + LASTS.total_seconds()
        if len(self._browsers) > BROWSERS:
            del self._browsers[next(iter(self._browsers))]
        return cookie


def _signs(typed: str) -> bytes:
    """Return the signs of a pass; people type it with or without dashes, large or small."""
    return "".join(sign for sign in typed.upper() if sign not in "- \t").encode()


def _hashed(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode()).digest()
