"""How a service asks CONNECT to sign somebody in: the authorisation request as fields and a URL."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from studio.site.application import ORIGIN

if TYPE_CHECKING:
    from studio.engine.policy import ClientPolicy

AUTHORIZE = f"{ORIGIN}/oauth/authorize"


@dataclass(frozen=True, kw_only=True)
class AuthorizationFields:
    """What can be chosen of a request, as typed; an empty one is left out of the URL.

    `login_hint` may hold several, one a line: it is the one parameter that may occur again.
    """

    scope: str = "openid"
    acr_values: str = ""
    prompt: str = ""
    max_age: str = ""
    ui_locales: str = ""
    login_hint: str = ""
    claims: str = ""
    state: str = ""
    nonce: str = ""
    redirect_uri: str = ""


def default_fields(policy: ClientPolicy) -> AuthorizationFields:
    """Return the request a client makes where it chooses nothing."""
    scopes = sorted(policy.scopes, key=lambda name: (name != "openid", name))
    return AuthorizationFields(scope=" ".join(scopes), redirect_uri=policy.redirect_uris[0])


def authorization_url(client_id: str, chosen: AuthorizationFields) -> str:
    """Return the URL that begins signing in; the same fields give the same URL."""
    pairs = [("client_id", client_id), ("response_type", "code")]
    for name, value in asdict(chosen).items():
        values = value.split("\n") if name == "login_hint" else [value]
        pairs += [(name, one.strip()) for one in values if one.strip()]
    return f"{AUTHORIZE}?{urlencode(pairs)}"


def fields_of(url: str) -> tuple[str, AuthorizationFields]:
    """Read an authorisation URL back into its client and fields; what has no field is dropped.

    Raises:
        ValueError: It has no `client_id`, so it is not an authorisation URL.
    """
    query = url.strip().partition("?")[2].partition("#")[0]
    pairs = parse_qsl(query, keep_blank_values=True)
    values = dict(reversed(pairs))
    if "client_id" not in values:
        raise ValueError("this is not an authorisation URL: it has no client_id")
    known = {field.name: values.get(field.name, "") for field in fields(AuthorizationFields)}
    known["login_hint"] = "\n".join(value for name, value in pairs if name == "login_hint")
    return values["client_id"], AuthorizationFields(**known)
