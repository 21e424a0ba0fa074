"""Where does a site live, and what follows from it?

Rules kept here:

* every absolute URL of CONNECT is made of the place's origin, never of what a request says;
* cookies are bound to the host where the origin is https (RFC 6265bis, section 4.1.3.2); on plain
  http, which is loopback or one's own network, a browser would not keep such cookies.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

ORIGIN = "https://id.connect.example"
"""Where the simulated CONNECT lives; reserved for documentation by RFC 6761."""

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
"""The names of the machine itself."""

_HOSTS = ("localhost", "127.0.0.1", "[::1]")
"""The same as a URL and the header have them (RFC 3986, section 3.2.2)."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where CONNECT lives.

    `origin` has no slash at its end (RFC 6454). `serving` tells that anybody's browsers and clients
    come here, by a network: requests for another host are refused, and no page stands in a frame.
    `live` is the path of a script that every page gets, so that an open browser shows the newest
    look; empty for none. `registration` tells whether clients may register themselves.
    """

    origin: str = ORIGIN
    serving: bool = False
    live: str = ""
    registration: bool = False

    @property
    def issuer(self) -> str:
        """The issuer identifier (OpenID Connect Discovery 1.0, section 3)."""
        return f"{self.origin}/oauth"

    @property
    def host(self) -> str:
        """The host, with its port where that is not the scheme's own, as the header has it."""
        return urlsplit(self.origin).netloc

    def is_own(self, host: str) -> bool:
        """Tell whether a host, as the header has it, is this machine by a name of loopback."""
        _, colon, port = self.host.rpartition(":")
        return host in {f"{name}{colon}{port}" if colon else name for name in _HOSTS}

    @property
    def secure(self) -> bool:
        """Whether cookies may go by https alone."""
        return self.origin.startswith("https://")

    @property
    def is_trustworthy(self) -> bool:
        """Whether browsers take the origin for one that nobody can listen to or change.

        Secure Contexts, section 3.1: https, and plain http on loopback.
        """
        return self.secure or urlsplit(self.origin).hostname in LOOPBACK

    @property
    def browser_cookie(self) -> str:
        """The name of the cookie that tells which browser this is."""
        return self._cookie("connect-browser")

    @property
    def session_cookie(self) -> str:
        """The name of the cookie with CONNECT's session."""
        return self._cookie("connect-session")

    @property
    def frame_ancestors(self) -> str:
        """What may show pages in a frame (CSP Level 3, section 6.4.2)."""
        return "'none'" if self.serving else "'self'"

    def _cookie(self, name: str) -> str:
        return f"__Host-{name}" if self.secure else name


SIMULATED = Place()
"""The place in process: what a simulated device asks."""
