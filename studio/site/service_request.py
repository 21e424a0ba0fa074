"""A sample service's own authorisation request: how it knows the answer to it again.

Rules kept here (RFC 6749 section 10.12, RFC 7636, RFC 9700 section 2.1.1):

* each request has a `state` and a code verifier of its own, drawn at random and kept in a cookie of
  the browser that made it;
* CONNECT is told the verifier's SHA-256 alone, and the verifier itself only with the code.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from studio.site.place import SIMULATED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studio.engine.policy import ClientPolicy
    from studio.engine.world import World
    from studio.site.place import Place


def cookie_name(place: Place, name: str) -> str:
    """Return the name of a service's cookie: bound to its host where it lives at https.

    On plain http, where CONNECT and all services share a host, a cookie has the service's path.
    """
    return f"__Host-{name}" if place.secure else name


REQUEST_COOKIE = cookie_name(SIMULATED, "service-request")
REQUEST_LIFETIME = timedelta(hours=1)
"""As long as CONNECT waits for somebody who is signing in."""

CHOICES = frozenset({"acr_values", "prompt", "max_age", "login_hint", "ui_locales", "claims"})
"""What a link within the service may choose of a request; all else is the service's own."""


@dataclass(frozen=True, kw_only=True)
class OwnRequest:
    """What the service remembers of a request until its answer comes."""

    state: str
    verifier: str

    @property
    def cookie(self) -> str:
        """The value of the cookie that keeps it."""
        return f"{self.state}.{self.verifier}"

    @property
    def challenge(self) -> str:
        """The code challenge, by method S256 (RFC 7636 section 4.2)."""
        hashed = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()


def new_request(world: World) -> tuple[World, OwnRequest]:
    """Draw a request that nobody can guess."""
    world, state = world.token()
    world, raw = world.draw(32)
    return world, OwnRequest(state=state, verifier=raw.hex())


def answered(cookie: str, state: str) -> OwnRequest | None:
    """Return the request that an answer with this `state` belongs to, None where there is none."""
    own, _, verifier = cookie.partition(".")
    if not verifier or not hmac.compare_digest(own.encode(), state.encode()):
        return None
    return OwnRequest(state=own, verifier=verifier)


def request_fields(
    policy: ClientPolicy, own: OwnRequest, chosen: Mapping[str, str]
) -> dict[str, str]:
    """Return the fields of the authorisation request: all the client may ask, and the choices."""
    return {
        "client_id": policy.client_id,
        "response_type": "code",
        "scope": policy.scope,
        "redirect_uri": policy.redirect_uris[0],
        "state": own.state,
        "code_challenge": own.challenge,
        "code_challenge_method": "S256",
        **{name: value for name, value in chosen.items() if name in CHOICES},
    }
