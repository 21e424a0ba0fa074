"""What is asked of CONNECT, and what is wrong with it?"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

from studio.device.entry import authorization_url, default_fields
from studio.engine.request import BadClientError, BadRequestError, parse_request

if TYPE_CHECKING:
    from studio.device.entry import AuthorizationFields
    from studio.engine.policy import ClientPolicy
    from studio.pages.hosting import HostedClient


def mistakes_of(policy: ClientPolicy, fields: AuthorizationFields) -> dict[str, str]:
    """Return what is wrong with a client's request, by parameter; empty where it is good."""
    url = authorization_url(policy.client_id, fields)
    try:
        parse_request(parse_qsl(urlsplit(url).query), lambda _id: policy)
    except BadRequestError as mistake:
        return {mistake.parameter: mistake.description}
    except BadClientError as mistake:
        return {mistake.parameter: str(mistake)}
    return {}


def asks_differently(before: HostedClient, after: HostedClient) -> bool:
    """Tell whether the request itself has to be another one."""
    old, new = before.policy, after.policy
    return (old.client_id, default_fields(old)) != (new.client_id, default_fields(new))
