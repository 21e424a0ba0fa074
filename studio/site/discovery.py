"""What tells a client's library all that it needs: the provider's metadata.

OpenID Connect Discovery 1.0 section 3, RFC 8414, and the specifications that add to them. Every
member is what the program does: it is taken from where that is decided.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from studio.engine.claims_request import CLAIM_SCOPES
from studio.engine.client_authentication import METHODS
from studio.engine.keys import ALGORITHM
from studio.engine.policy import Level, Prompt
from studio.engine.token_endpoint import GRANT_TYPES
from studio.i18n.locales import LOCALES

if TYPE_CHECKING:
    from studio.site.place import Place

SCOPES = ("openid", *dict.fromkeys(CLAIM_SCOPES.values()))
"""The scopes that stand for something here; a client file may have others of its service's own."""

TOKEN_CLAIMS = (
    *("iss", "sub", "aud", "azp", "exp", "iat", "auth_time", "nonce", "acr", "amr", "sid"),
    *("at_hash", "td_au", "td_sls"),
)
"""The claims of an ID token that are not about the person."""

DISPLAYS = ("page", "popup", "touch", "wap")
"""Every value of `display`: pages fit themselves to where they are shown (Core 3.1.2.1)."""


def configuration(place: Place) -> dict[str, object]:
    """Return the metadata of the provider at a place."""
    return {
        "issuer": place.issuer,
        **_endpoints(place),
        **_requests(),
        **_tokens(),
        "token_endpoint_auth_methods_supported": METHODS,
        "revocation_endpoint_auth_methods_supported": METHODS,
        "backchannel_logout_supported": True,
        "backchannel_logout_session_supported": True,
        "ui_locales_supported": [one.tag for one in LOCALES],
    }


def _endpoints(place: Place) -> dict[str, object]:
    names = {
        "authorization_endpoint": "authorize",
        "token_endpoint": "token",
        "userinfo_endpoint": "userinfo",
        "jwks_uri": "public_keys.jwks",
        "revocation_endpoint": "revoke",
        "end_session_endpoint": "logout",
    }
    offered = {"registration_endpoint": "register"} if place.registration else {}
    return {name: f"{place.issuer}/{path}" for name, path in (names | offered).items()}


def _requests() -> dict[str, object]:
    """Return what an authorisation request may ask for, and how it is answered."""
    return {
        "scopes_supported": SCOPES,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "grant_types_supported": list(GRANT_TYPES),
        "code_challenge_methods_supported": ["S256"],
        "acr_values_supported": [str(level.value) for level in Level],
        "prompt_values_supported": [one.value for one in Prompt],
        "display_values_supported": DISPLAYS,
        "claims_parameter_supported": True,
        "request_parameter_supported": False,
        "request_uri_parameter_supported": False,
        "require_request_uri_registration": False,
        "authorization_response_iss_parameter_supported": True,
    }


def _tokens() -> dict[str, object]:
    return {
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [ALGORITHM],
        "claim_types_supported": ["normal"],
        "claims_supported": [*TOKEN_CLAIMS, *CLAIM_SCOPES],
    }
