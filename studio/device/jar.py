"""A cookie jar as a value, so that a device can be snapshot and forked with its cookies.

Kept after RFC 6265: path, Secure, Max-Age, and session cookies that go when the window closes.
There is one origin per jar entry; `Domain` is not honoured, because `__Host-` cookies forbid it
and CONNECT sets no others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from http.cookies import CookieError, Morsel, SimpleCookie
from typing import TYPE_CHECKING

from immutables import Map

if TYPE_CHECKING:
    from collections.abc import Iterable

# What is not a number of seconds is ignored (RFC 6265 section 5.2.2); nine digits are 31 years.
_SECONDS = re.compile(r"-?[0-9]{1,9}")


@dataclass(frozen=True, kw_only=True)
class Cookie:
    """One cookie; `expires` is None for one that ends with the browser window."""

    value: str
    path: str = "/"
    expires: datetime | None = None


@dataclass(frozen=True)
class Jar:
    """The cookies of one browser by host and name."""

    cookies: Map[tuple[str, str], Cookie] = field(default_factory=Map)

    def header(self, host: str, path: str, now: datetime) -> str:
        """Return the `Cookie` header for a request, empty where there is nothing to send."""
        pairs = (
            f"{name}={cookie.value}"
            for (owner, name), cookie in sorted(self.cookies.items())
            if owner == host and _covers(cookie.path, path) and not _over(cookie, now)
        )
        return "; ".join(pairs)

    def updated(self, host: str, headers: Iterable[str], now: datetime) -> Jar:
        """Take the `Set-Cookie` headers of an answer."""
        jar = self
        for header in headers:
            jar = jar._with_header(host, header, now)
        return jar

    def window_closed(self) -> Jar:
        """Drop what lasts only as long as the browser window."""
        kept = {key: cookie for key, cookie in self.cookies.items() if cookie.expires}
        return Jar(Map(kept))

    def _with_header(self, host: str, header: str, now: datetime) -> Jar:
        parsed: SimpleCookie = SimpleCookie()
        try:
            parsed.load(header)
        except CookieError:
            return self
        cookies = self.cookies
        for name, morsel in parsed.items():
            cookies = cookies.set((host, name), _cookie(morsel, now))
        return replace(self, cookies=cookies)


def _cookie(morsel: Morsel[str], now: datetime) -> Cookie:
    age = morsel["max-age"]
    expires = now + timedelta(seconds=int(age)) if _SECONDS.fullmatch(age) else None
    return Cookie(value=morsel.coded_value, path=morsel["path"] or "/", expires=expires)


def _covers(cookie_path: str, path: str) -> bool:
    return path == cookie_path or path.startswith(cookie_path.rstrip("/") + "/")


def _over(cookie: Cookie, now: datetime) -> bool:
    return cookie.expires is not None and cookie.expires <= now
