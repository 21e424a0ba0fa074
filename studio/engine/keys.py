"""The key that CONNECT signs its tokens with: RS256 (RFC 7518 section 3.3).

Rules kept here:

* the key is made when it is first needed, because making one takes up to a second;
* snapshots and forks of a world hold the same `Keys`, so a token of one is good in the other;
* the private key never leaves this module, and is the one thing not drawn from the world's seed.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

if TYPE_CHECKING:
    from collections.abc import Mapping

ALGORITHM = "RS256"
KEY_BITS = 2048


class Keys:
    """The signing key of one world and its forks. Equal only to itself."""

    @cached_property
    def _key(self) -> RSAKey:
        return RSAKey.generate_key(KEY_BITS, {"use": "sig", "alg": ALGORITHM}, auto_kid=True)

    def jwks(self) -> dict[str, object]:
        """Return the public key as a JWK set (RFC 7517 section 5)."""
        return {"keys": [self._key.as_dict(private=False)]}

    def sign(self, claims: Mapping[str, object], *, typ: str = "JWT") -> str:
        """Return a signed JWT (RFC 7519); `typ` keeps kinds of tokens apart (RFC 8725 3.11)."""
        header = {"alg": ALGORITHM, "typ": typ, "kid": self._key.kid}
        return jwt.encode(header, dict(claims), self._key, algorithms=[ALGORITHM])

    def read(self, token: str, *, typ: str = "JWT") -> dict[str, object] | None:
        """Return the claims of a JWT signed here, expired or not; None for anything else."""
        try:
            read = jwt.decode(token, self._key, algorithms=[ALGORITHM])
        except (JoseError, TypeError):  # it iterates over `crit` without a look at its type
            return None
        return dict(read.claims) if read.header.get("typ") == typ else None
