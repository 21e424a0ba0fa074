"""How a service asks CONNECT to sign somebody in: the authorisation request as fields and a URL."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from studio.site.application import ORIGIN

if TYPE_CHECKING:
    from studio.engine.policy import ClientPolicy

AUTHORIZE = f"{ORIGIN}/oauth/authorize"


@dataclass(frozen=True, kw_only=True)
class AuthorizationFields:
    """What can be chosen of a request, as typed; an empty one is left out of the URL.

    `login_hint` may hold several, one a line: it is the one parameter that may occur again. `more`
    are parameters without a field, as a pasted URL may have them.
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
    more: tuple[tuple[str, str], ...] = ()


_FIELDS = tuple(field.name for field in fields(AuthorizationFields) if field.name != "more")


def default_fields(policy: ClientPolicy) -> AuthorizationFields:
    """Return the request a client makes where it chooses nothing."""
    return AuthorizationFields(scope=policy.scope, redirect_uri=policy.redirect_uris[0])


def authorization_url(client_id: str, chosen: AuthorizationFields) -> str:
    """Return the URL that begins signing in; the same fields give the same URL."""
    pairs = [("client_id", client_id), ("response_type", "code")]
    for name in _FIELDS:
        value = str(getattr(chosen, name))
        values = value.split("\n") if name == "login_hint" else [value]
        pairs += [(name, one.strip()) for one in values if one.strip()]
    return f"{AUTHORIZE}?{urlencode([*pairs, *chosen.more])}"


def fields_of(url: str) -> tuple[str, AuthorizationFields]:
    """Read an authorisation URL back into its client and fields.

    Raises:
        ValueError: It has no `client_id`, so it is not an authorisation URL.
    """
    query = url.strip().partition("?")[2].partition("#")[0]
    pairs = parse_qsl(query, keep_blank_values=True)
    values = dict(reversed(pairs))
    if "client_id" not in values:
        raise ValueError("this is not an authorisation URL: it has no client_id")
    known = {name: values.get(name, "") for name in _FIELDS}
    known["login_hint"] = "\n".join(value for name, value in pairs if name == "login_hint")
    own = {*_FIELDS, "client_id", "response_type"}
    more = tuple((name, value) for name, value in pairs if name not in own)
    return values["client_id"], AuthorizationFields(**known, more=more)
